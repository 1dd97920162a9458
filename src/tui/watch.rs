//! Reads the plan again when its files change. Nothing is polled: the system tells.
//!
//! Folders are watched and not files: an editor that saves by renaming puts another file in the place of the
//! old one, and a file that is named in the manifest may come into being only later.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::incoming::Incoming;
use super::message::Message;
use crate::plan::load::{self, PlanSource};

/// Quiet time after a change before the plan is read again: editors write a file in several steps.
const SETTLE: Duration = Duration::from_millis(120);

/// Longest wait for quiet, where something writes without end.
const SETTLE_AT_MOST: Duration = Duration::from_secs(2);

type PlanWatchRequest = notify::Result<Event>;

/// The files of a plan and what they were like when it was read.
#[derive(Clone, Debug)]
pub struct AsRead {
    interest: Interest,
    stamps: Stamps,
}

impl AsRead {
    /// Looks at the files; for a moment before they are read, so that no change is missed.
    pub fn new(source: &PlanSource, places: &[PathBuf]) -> Self {
        let interest = Interest::new(source, places);
        Self { stamps: interest.stamps(), interest }
    }
}

/// Watches a plan that was read, on a thread of its own. What has changed meanwhile is read again at once.
pub fn watch(source: PlanSource, as_read: AsRead, out: Sender<Incoming>) {
    thread::spawn(move || keep_watch(&source, as_read, &out));
}

/// Watches until nobody listens any more.
pub fn keep_watch(source: &PlanSource, as_read: AsRead, out: &Sender<Incoming>) {
    if as_read.interest.places.is_empty() {
        return;
    }
    let (told, changes) = channel::<PlanWatchRequest>();
    // Where nothing can be watched, the plan is still there to be read.
    let Ok(watcher) = notify::recommended_watcher(told) else { return };
    let mut watch = PlanWatch { watcher, watched: BTreeSet::new(), as_read, missed: Missed::Nothing };
    watch.follow();
    while watch.missed == Missed::Something || watch.wait(&changes) {
        watch.follow();
        if let Some(message) = watch.reread(source)
            && out.send(Incoming::Message(message)).is_err()
        {
            return;
        }
    }
}

/// Whether something may have changed while nobody watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missed {
    Nothing,
    Something,
}

struct PlanWatch {
    watcher: RecommendedWatcher,
    /// Folders told of to the watcher.
    watched: BTreeSet<PathBuf>,
    as_read: AsRead,
    missed: Missed,
}

impl PlanWatch {
    /// Watches the folders again, since another folder may be in the place of one; then looks for what
    /// changed before that.
    fn follow(&mut self) {
        for folder in std::mem::take(&mut self.watched) {
            let _ = self.watcher.unwatch(&folder);
        }
        for folder in self.as_read.interest.folders() {
            if self.watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                self.watched.insert(folder);
            }
        }
        let same = self.as_read.interest.stamps() == self.as_read.stamps;
        self.missed = if same { Missed::Nothing } else { Missed::Something };
    }

    /// Waits for a change and for the quiet after it; `false` when there is nobody to tell of one.
    fn wait(&self, changes: &Receiver<PlanWatchRequest>) -> bool {
        loop {
            match changes.recv() {
                Ok(told) if self.as_read.interest.is_touched_by(&told) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        let until = Instant::now() + SETTLE_AT_MOST;
        while Instant::now() < until && changes.recv_timeout(SETTLE).is_ok() {}
        true
    }

    /// Reads the plan; nothing to say where the same files are as they were.
    fn reread(&mut self, source: &PlanSource) -> Option<Message> {
        self.missed = Missed::Nothing;
        let before = self.as_read.interest.stamps();
        let read = load::load(source);
        let interest = match &read {
            Ok(loaded) => Interest::new(source, &loaded.watched),
            Err(_) => self.as_read.interest.clone(),
        };
        let same_files = interest == self.as_read.interest;
        let news = !same_files || before.files != self.as_read.stamps.files;
        // Of what joined only now nothing earlier is known.
        let mut stamps = interest.stamps();
        stamps.take_over(before);
        self.as_read = AsRead { interest, stamps };
        if !same_files {
            self.follow();
        }
        news.then(|| match read {
            Ok(loaded) => Message::PlanRead(Arc::new(loaded)),
            Err(unreadable) => Message::PlanBroke(unreadable.diagnostics.into()),
        })
    }
}

/// The files and folders a plan is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Interest {
    /// Under the names by which they are found, and where links lead.
    places: BTreeSet<PathBuf>,
}

impl Interest {
    fn new(source: &PlanSource, places: &[PathBuf]) -> Self {
        let mut all: BTreeSet<PathBuf> = places.iter().cloned().collect();
        all.extend(
            places.iter().filter(|place| place.is_symlink()).filter_map(|place| place.canonicalize().ok()),
        );
        if let PlanSource::Path(path) = source
            && path.is_symlink()
        {
            all.extend(std::path::absolute(path));
        }
        Self { places: all }
    }

    /// What is to be watched: of each place the folder it lies in, or would; and folders themselves.
    fn folders(&self) -> BTreeSet<PathBuf> {
        let own = self.places.iter().filter(|place| place.is_dir()).cloned();
        let around = self.places.iter().filter_map(|place| place.ancestors().skip(1).find(|up| up.is_dir()));
        own.chain(around.map(Path::to_path_buf)).collect()
    }

    fn stamps(&self) -> Stamps {
        let (folders, files) = self.places.iter().partition::<Vec<_>, _>(|place| place.is_dir());
        let stamped =
            |places: Vec<&PathBuf>| places.into_iter().map(|at| (at.clone(), Stamp::of(at))).collect();
        Stamps { files: stamped(files), folders: stamped(folders) }
    }

    /// Whether what the system tells may concern the plan.
    fn is_touched_by(&self, told: &PlanWatchRequest) -> bool {
        // Without a word on where, or where some of it was lost, everything may have changed.
        let Ok(event) = told else { return true };
        if event.kind.is_access() {
            return false;
        }
        event.need_rescan() || event.paths.iter().any(|path| self.has(path))
    }

    /// Whether a path is one of the places, or leads to one, or may join a folder that is read by pattern (a
    /// hidden file never does).
    fn has(&self, path: &Path) -> bool {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        self.places.contains(path)
            || self.places.iter().any(|place| place.starts_with(path))
            || (!hidden && path.parent().is_some_and(|folder| self.places.contains(folder)))
    }
}

/// What files and folders were like.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamps {
    /// Of files, also of those that are not there.
    files: BTreeMap<PathBuf, Stamp>,
    /// Of folders; these change also by files that are none of the plan's.
    folders: BTreeMap<PathBuf, Stamp>,
}

impl Stamps {
    fn take_over(&mut self, earlier: Self) {
        for (now, earlier) in [(&mut self.files, earlier.files), (&mut self.folders, earlier.folders)] {
            for (place, stamp) in earlier {
                now.entry(place).and_modify(|now| *now = stamp);
            }
        }
    }
}

/// By what one tells that a file is another than before.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp(Option<(SystemTime, u64, u64, i64)>);

impl Stamp {
    /// `None` inside where there is no such file.
    fn of(file: &Path) -> Self {
        Self(fs::metadata(file).ok().map(|found| {
            let (inode, changed) = identity(&found);
            (found.modified().unwrap_or(SystemTime::UNIX_EPOCH), found.len(), inode, changed)
        }))
    }
}

/// Which file it is, and when its attributes changed, in nanoseconds.
#[cfg(unix)]
fn identity(found: &fs::Metadata) -> (u64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.ino(), found.ctime().wrapping_mul(1_000_000_000).wrapping_add(found.ctime_nsec()))
}

#[cfg(not(unix))]
fn identity(_found: &fs::Metadata) -> (u64, i64) {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::EventKind;
    use notify::event::{AccessKind, CreateKind};

    fn interest() -> Interest {
        let places = ["/p/plan.toml", "/p/nodes", "/p/nodes/a.toml", "/q/sources.toml"];
        Interest { places: places.iter().map(PathBuf::from).collect() }
    }

    fn is_touched(path: &str) -> bool {
        let event = Event::new(EventKind::Create(CreateKind::Any)).add_path(path.into());
        interest().is_touched_by(&Ok(event))
    }

    #[test]
    fn only_what_can_belong_to_the_plan_touches_it() {
        for path in ["/p/plan.toml", "/p/nodes/a.toml", "/p/nodes/new.toml", "/p/nodes", "/p", "/q"] {
            assert!(is_touched(path), "{path}");
        }
        for path in ["/p/notes.log", "/p/plan.toml.new", "/p/nodes/.a.toml.swp", "/q/other.toml", "/r"] {
            assert!(!is_touched(path), "{path}");
        }
    }

    #[test]
    fn reading_touches_nothing_and_a_lost_word_touches_everything() {
        let read = Event::new(EventKind::Access(AccessKind::Any)).add_path("/p/plan.toml".into());
        assert!(!interest().is_touched_by(&Ok(read)));
        assert!(interest().is_touched_by(&Err(notify::Error::generic("overflow"))));
    }
}
