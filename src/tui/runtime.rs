//! The loop: take what came, change the model, do what it asks, draw. When nothing happens it sleeps.

mod edit;
mod effects;
mod start;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::clipboard;
use super::draft_keeper::{self, Unsaved};
use super::drafts::store::{Durability, Store};
use super::draw::draw;
use super::finding::PATIENCE_MS;
use super::history;
use super::host::{self, Incoming, InputLease, Keys};
use super::journal_watch::JournalWatch;
use super::message::{Message, Mouse};
use super::model::Model;
use super::place::{self, SavedPlace};
use super::restore::TerminalModes;
use super::searcher::Searcher;
use super::signals::{ShutdownRequest, listen_to_signals};
use super::terminal::{Suspension, TerminalGuard, panic_for_test, screen_size};
use super::theme::Theme;
use super::update::update;
use crate::journal::Author;
use crate::plan::load::PlanSource;
use crate::text::Bilingual;

use effects::Done;
pub use start::{AuthorLookup, Start};
use start::{ask_who_writes, open, path_of};

#[derive(Debug)]
pub enum Ended {
    Quit,
    /// A signal asked for it: which.
    Signalled(i32),
    /// The terminal is gone.
    Hangup,
    /// The terminal could not be written, read or set: why.
    Failed(io::Error),
}

/// Quiet time after a change before place and draft are written, so that a crash costs little and a held key
/// writes nothing.
const KEEP_AFTER: Duration = Duration::from_secs(2);

/// Longest time in which somebody who never pauses has nothing written.
const KEEP_WITHIN: Duration = Duration::from_secs(3);

/// Longest time that starting another program takes.
const STARTING: Duration = Duration::from_millis(500);

/// Opens the screen and stays until the user leaves. Words that could not even be kept as a draft come back.
///
/// # Errors
/// Where the terminal cannot be taken over.
pub fn run(start: Start) -> io::Result<(Ended, Option<Unsaved>)> {
    let (send, incoming) = channel();
    let hand = Arc::new(InputLease::default());
    let (taken, ending) = (TerminalModes::default(), ShutdownRequest::default());
    listen_to_signals(send.clone(), Arc::clone(&hand), taken.clone(), ending.clone())?;
    let size = screen_size()?;
    let kept_in = start
        .state_dir
        .as_deref()
        .map(|dir| place::file(dir, &start.opening.plan().id, path_of(&start.source)));
    let kept = kept_in.as_deref().map(place::read).unwrap_or_default();
    let model = open(&start, &kept, size);
    let held = TerminalGuard::take(model.mouse, size, taken)?;
    let answers = send.clone();
    let people = JournalWatch::listen(start.journal.clone(), start.as_of, send.clone());
    let searcher = Searcher::start(move |message| answers.send(Incoming::Message(message)).is_ok());
    let history = start.state_dir.as_deref().map(history::file);
    let drafts = Store::new(start.state_dir.as_deref());
    let copied = start.state_dir.as_deref().map(clipboard::file);
    let files = Files { kept_in, history, lenses: start.lenses.clone(), drafts, copied };
    let began = Instant::now();
    let keys = host::listen_to_terminal(send.clone(), hand)?;
    let author = Some(ask_who_writes(start.author, send.clone()));
    let journal = start.journal.clone();
    let mut running = Running {
        model,
        held,
        theme: start.theme,
        began,
        files,
        kept,
        searcher,
        people,
        keys,
        author,
        journal,
        source: start.source.clone(),
        out: send.clone(),
        stop_export: Arc::default(),
        ending,
    };
    // The first frame waits for none of the listeners.
    running.draw()?;
    host::listen_for_hangup(send.clone());
    start.opening.follow(start.source, send);
    let ended = running.stay(&incoming);
    let unsaved = draft_keeper::keep_last(&mut running.model, &running.files.drafts);
    running.keep_place();
    running.leave();
    Ok((ended, unsaved))
}

/// Files the screen writes; those it has no place for are `None`.
struct Files {
    kept_in: Option<PathBuf>,
    history: Option<PathBuf>,
    lenses: Option<PathBuf>,
    drafts: Store,
    copied: Option<PathBuf>,
}

struct Running {
    model: Model,
    held: TerminalGuard,
    theme: Theme,
    began: Instant,
    files: Files,
    kept: SavedPlace,
    searcher: Searcher,
    people: JournalWatch,
    keys: Keys,
    /// Who writes, until that was asked for.
    author: Option<Receiver<Result<Author, Bilingual>>>,
    journal: Option<PathBuf>,
    source: PlanSource,
    out: Sender<Incoming>,
    /// Set, the export that is being written ends.
    stop_export: Arc<AtomicBool>,
    /// Whether a signal has asked the program to end.
    ending: ShutdownRequest,
}

impl Running {
    fn stay(&mut self, incoming: &Receiver<Incoming>) -> Ended {
        let mut unkept: Option<Instant> = None;
        // What is not needed for the first frame waits for it.
        if let Err(error) = self.take(Incoming::Message(Message::Opened)) {
            return Ended::Failed(error);
        }
        loop {
            if let Err(error) = self.draw() {
                return Ended::Failed(error);
            }
            // Keeping changes nothing on the screen: it sleeps on without another frame.
            let first = loop {
                match next(incoming, self.patience(unkept.is_some())) {
                    Some(first) => break first,
                    None if self.is_waiting() => break Incoming::Message(Message::Tick),
                    None => self.keep(Durability::Program),
                }
                unkept = None;
            };
            let batch: Vec<Incoming> = std::iter::once(first).chain(incoming.try_iter()).collect();
            for one in coalesce(batch) {
                match self.take(one) {
                    Ok(None) => drop(unkept.get_or_insert_with(Instant::now)),
                    Ok(Some(ended)) => return ended,
                    Err(error) => return Ended::Failed(error),
                }
            }
            if unkept.is_some_and(|since| since.elapsed() > KEEP_WITHIN) {
                self.keep(Durability::Program);
                unkept = None;
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let (model, theme) = (&self.model, self.theme);
        self.held.draw(model.size, |frame| draw(model, theme, frame))
    }

    fn take(&mut self, one: Incoming) -> io::Result<Option<Ended>> {
        if matches!(one, Incoming::Message(Message::Key(_))) {
            panic_for_test("key");
        }
        let message = match one {
            Incoming::Message(message) => message,
            Incoming::Terminate(signal) => return Ok(Some(Ended::Signalled(signal))),
            Incoming::Hangup => return Ok(Some(Ended::Hangup)),
            Incoming::Failed(error) => return Ok(Some(Ended::Failed(error))),
            Incoming::Stop => {
                self.suspend()?;
                return Ok(None);
            }
            Incoming::Continued => Message::Resumed,
        };
        if matches!(message, Message::Resized(_)) {
            self.held.repaint()?;
        }
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.tell(message, now_ms)
    }

    /// Takes a message and does what comes of it, each thing whole before the next.
    fn tell(&mut self, message: Message, now_ms: u64) -> io::Result<Option<Ended>> {
        for effect in update(&mut self.model, message, now_ms) {
            if let Some(read) = self.read_first(&effect)
                && let Some(ended) = self.tell(read, now_ms)?
            {
                return Ok(Some(ended));
            }
            let ended = match self.effect(effect)? {
                Done::Nothing => None,
                Done::Told(message) => self.tell(message, now_ms)?,
                Done::Ended(ended) => Some(ended),
            };
            if ended.is_some() {
                return Ok(ended);
            }
        }
        Ok(None)
    }

    fn is_waiting(&self) -> bool {
        !self.model.find.awaited.is_empty()
    }

    /// How long to sleep at most: until the spinner turns, until the place is kept, for ever.
    fn patience(&self, unkept: bool) -> Option<Duration> {
        if self.is_waiting() {
            return Some(Duration::from_millis(PATIENCE_MS));
        }
        unkept.then_some(KEEP_AFTER)
    }

    /// Stops for the shell. The signal of going on takes the terminal again.
    fn suspend(&mut self) -> io::Result<()> {
        self.keep(Durability::Machine);
        self.let_author_lookup_start();
        if self.held.suspend()? == Suspension::Refused {
            let why = Bilingual::new(
                "没有可以返回的 shell，未挂起",
                "not suspended: there is no shell to return to",
            );
            self.model.notice = Some(why);
        }
        Ok(())
    }

    /// Waits until git, which is asked who writes, has answered or has at least been started. Until a child
    /// is started the system holds the thread that starts it, and a child stopped in that instant holds it
    /// for good: this program would never count as stopped, and the shell would wait for it for ever.
    fn let_author_lookup_start(&mut self) {
        let Some(answered) = self.author.take() else { return };
        match answered.recv_timeout(STARTING) {
            Ok(author) => self.model.journal_view.author = author,
            Err(RecvTimeoutError::Timeout) => self.author = Some(answered),
            Err(RecvTimeoutError::Disconnected) => {}
        }
    }

    /// Gives the terminal back. The plan goes with the process, which is quicker than taking it apart.
    fn leave(self) {
        self.held.leave();
        std::mem::forget(self.model);
    }

    /// Writes the place, and what is being typed, where they have changed. Words that cannot be written are
    /// still on the screen, and Esc tells of it.
    fn keep(&mut self, durability: Durability) {
        let _ = draft_keeper::keep(&mut self.model, &self.files.drafts, durability);
        self.keep_place();
    }

    /// Writes the place where it has changed. A state directory that cannot be written costs the place and
    /// nothing else.
    fn keep_place(&mut self) {
        let kept = SavedPlace::of(&self.model);
        if let (Some(file), true) = (&self.files.kept_in, kept != self.kept) {
            let _ = place::write(file, &kept);
            self.kept = kept;
        }
    }
}

/// Waits for what comes next; `None` where patience ended.
fn next(incoming: &Receiver<Incoming>, patience: Option<Duration>) -> Option<Incoming> {
    let Some(patience) = patience else {
        return Some(incoming.recv().unwrap_or(Incoming::Hangup));
    };
    match incoming.recv_timeout(patience) {
        Ok(first) => Some(first),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => Some(Incoming::Hangup),
    }
}

/// Of resizes that follow one another the last counts; notches of the wheel add up.
fn coalesce(batch: Vec<Incoming>) -> Vec<Incoming> {
    use Incoming::Message as Told;
    let mut out: Vec<Incoming> = Vec::with_capacity(batch.len());
    for one in batch {
        match (out.last_mut(), one) {
            (Some(Told(Message::Resized(last))), Told(Message::Resized(size))) => *last = size,
            (
                Some(Told(Message::Mouse(Mouse::WheelDown(at, n)))),
                Told(Message::Mouse(Mouse::WheelDown(cell, m))),
            ) if *at == cell => *n = n.saturating_add(m),
            (
                Some(Told(Message::Mouse(Mouse::WheelUp(at, n)))),
                Told(Message::Mouse(Mouse::WheelUp(cell, m))),
            ) if *at == cell => *n = n.saturating_add(m),
            (_, one) => out.push(one),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::message::{Cell, Size};

    #[test]
    fn resizes_in_a_row_become_one_and_wheel_notches_add_up() {
        let size = |cols| Incoming::Message(Message::Resized(Size { cols, lines: 24 }));
        let wheel = || Incoming::Message(Message::Mouse(Mouse::WheelDown(Cell { col: 1, line: 1 }, 1)));
        let batch = vec![size(80), size(90), wheel(), wheel(), size(100)];
        let said: Vec<String> = coalesce(batch).iter().map(|one| format!("{one:?}")).collect();
        assert_eq!(said.len(), 3);
        assert!(
            said[0].contains("cols: 90") && said[1].contains("}, 2)") && said[2].contains("cols: 100"),
            "{said:?}"
        );
    }
}
