//! What people added, on its way to the screen: the journal read for the plan on screen, and word of it when
//! its folder changes.
//!
//! It only reads. A thread of its own keeps the screen free; the answer names the plan it belongs to, so that
//! a late one is dropped. From then on the journal is the screen's, which takes in what is new (`recorder`).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::incoming::Incoming;
use super::message::Message;
use super::model::Model;
use super::searcher::ChangedNodes;
use crate::journal::{Journal, JournalAudience};
use crate::plan::NodeId;
use crate::plan::as_of::AsOf;
use crate::plan::load::Loaded;
use crate::review::scope::words;

/// Quiet time after a change before the journal is read again: `git pull` writes in several steps.
const SETTLE: Duration = Duration::from_millis(150);

/// Longest wait for quiet, where somebody writes without end.
const SETTLE_AT_MOST: Duration = Duration::from_secs(2);

/// What the reader is told.
enum WatchRequest {
    /// The screen shows this plan now.
    Plan(Arc<Loaded>),
    /// Something changed where the journal is, or may come to be.
    Touched,
}

/// The way to the thread that reads the journal.
#[derive(Debug)]
pub struct JournalWatch(Option<Sender<WatchRequest>>);

impl JournalWatch {
    /// Starts the thread; without a folder there is nothing to read.
    pub fn listen(
        dir: Option<PathBuf>,
        audience: JournalAudience,
        as_of: AsOf,
        out: Sender<Incoming>,
    ) -> Self {
        let Some(dir) = dir else { return Self(None) };
        let (tell, told) = channel();
        let touched = tell.clone();
        thread::spawn(move || {
            // Until the folder is made its nearest neighbour is watched, where much else happens.
            let names = names(&dir);
            let concerns = move |event: &notify::Event| {
                let near =
                    |path: &PathBuf| names.iter().any(|own| path.starts_with(own) || own.starts_with(path));
                event.paths.is_empty() || event.paths.iter().any(near)
            };
            let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                if event.is_ok_and(|event| !event.kind.is_access() && concerns(&event)) {
                    let _ = touched.send(WatchRequest::Touched);
                }
            });
            FolderReading { dir, audience, as_of, watcher: watcher.ok(), watched: None }.run(&told, &out);
        });
        Self(Some(tell))
    }

    /// Asks for the journal of a plan.
    pub fn read(&self, loaded: &Arc<Loaded>) {
        if let Some(tell) = &self.0 {
            let _ = tell.send(WatchRequest::Plan(Arc::clone(loaded)));
        }
    }
}

/// The names under which a system may tell of a folder: as it stands in the file system, and with links
/// followed as far as it is there.
fn names(dir: &Path) -> Vec<PathBuf> {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let there = whole.ancestors().find(|place| place.is_dir());
    let real = there.and_then(|place| {
        let rest = whole.strip_prefix(place).ok()?;
        Some(place.canonicalize().ok()?.join(rest))
    });
    std::iter::once(whole.clone()).chain(real).collect()
}

struct FolderReading {
    dir: PathBuf,
    audience: JournalAudience,
    as_of: AsOf,
    watcher: Option<RecommendedWatcher>,
    watched: Option<PathBuf>,
}

impl FolderReading {
    fn run(&mut self, told: &Receiver<WatchRequest>, out: &Sender<Incoming>) {
        while let Ok(first) = told.recv() {
            let mut plan = None;
            let mut next = Some(first);
            let until = Instant::now() + SETTLE_AT_MOST;
            while let Some(one) = next {
                if let WatchRequest::Plan(loaded) = one {
                    plan = Some(loaded);
                }
                // A plan's journal is wanted at once; after a change one waits until it is whole.
                let left = until.saturating_duration_since(Instant::now());
                next = match &plan {
                    Some(_) => told.try_recv().ok(),
                    None if left.is_zero() => None,
                    None => told.recv_timeout(SETTLE.min(left)).ok(),
                };
            }
            self.watch();
            let message = plan.map_or(Message::JournalTouched, |loaded| self.read(&loaded));
            if out.send(Incoming::Message(message)).is_err() {
                return;
            }
        }
    }

    /// Watches the folder, or what is nearest to it until it is made.
    fn watch(&mut self) {
        let Some(place) = self.dir.ancestors().find(|place| place.is_dir()).map(Path::to_owned) else {
            return;
        };
        if self.watched.as_ref() == Some(&place) {
            return;
        }
        if let Some(watcher) = &mut self.watcher {
            if let Some(old) = self.watched.take() {
                let _ = watcher.unwatch(&old);
            }
            self.watched = watcher.watch(&place, RecursiveMode::NonRecursive).is_ok().then_some(place);
        }
    }

    fn read(&self, loaded: &Arc<Loaded>) -> Message {
        match Journal::open(Some(self.dir.clone()), &loaded.plan, self.as_of) {
            Ok(journal) => {
                Message::JournalRead(Arc::clone(loaded), Arc::new(journal.for_audience(self.audience)))
            }
            Err(error) => Message::JournalUnread(error.said()),
        }
    }
}

/// What is new about some nodes, for the index.
pub fn change(model: &Model, from: u64, nodes: &[NodeId]) -> ChangedNodes {
    let news = |id: &NodeId| {
        let said = model.journal_view.journal.as_deref().and_then(|journal| journal.annotations(*id));
        (*id, said.filter(|said| !said.is_silent()).map(words), model.state(*id))
    };
    ChangedNodes { from, to: model.journal_view.version, nodes: nodes.iter().map(news).collect() }
}
