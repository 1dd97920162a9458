//! The loop: draw, wait, take what came, change the model, do what it asks. When nothing happens it sleeps.
//!
//! Everything is done in the order in which it came, each thing whole before the next. What may take time is
//! done by the [`Host`] beside the screen. Where more depends on its answer (a step that is being written, a
//! draft that is looked for) input waits behind it, while frames are drawn and the size is followed.

mod work;

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::drafts::store::Durability;
use super::effect::Effect;
use super::finding::PATIENCE_MS;
use super::host::Host;
use super::incoming::{HostAnswer, Incoming};
use super::message::{Message, Mouse};
use super::model::Model;
use super::place::SavedPlace;
use super::terminal::panic_for_test;
use super::update::update;
use crate::text::Bilingual;

use work::Work;

/// How the loop came to its end.
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
const KEEP_AFTER_MS: u64 = 2_000;

/// Longest time in which somebody who never pauses has nothing written.
const KEEP_WITHIN_MS: u64 = 3_000;

/// Time that input waits before the screen says what for.
const SAY_AFTER_MS: u64 = 300;

/// The screen with what is still to be done.
#[derive(Debug)]
pub struct Runtime<H> {
    pub model: Model,
    pub host: H,
    /// What came and is not taken yet.
    came: VecDeque<Incoming>,
    /// What is to be done, the next first.
    todo: VecDeque<Work>,
    awaiting: Option<Awaiting>,
    /// What waits for author or journal.
    blocked: Option<Effect>,
    /// Whether it was said that input waits.
    is_wait_told: bool,
    /// Who writes is being found out.
    is_author_asked: bool,
    /// The journal is being read for the plan on screen.
    is_journal_asked: bool,
    /// What others wrote is being taken in.
    is_polling: bool,
    /// Since when something has changed that is not kept.
    unkept_since: Option<u64>,
    /// The place that was kept last.
    kept: SavedPlace,
}

/// What the next piece of work waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaiting {
    /// Who writes.
    Author,
    /// The journal of the plan on screen.
    Journal,
    /// The end of taking in what others wrote.
    Poll,
    /// A step on disk.
    Step,
    /// The hash of the plan's files.
    PlanHash,
    /// A draft of the open line.
    Draft,
    /// The open line's words on disk; whether it waits for them to close.
    Save { closes: bool },
    /// The user's editor.
    Editor,
}

impl<H: Host> Runtime<H> {
    /// A screen of which nothing has happened yet, and the place that was kept of it.
    pub fn new(model: Model, host: H, kept: SavedPlace) -> Self {
        Self {
            model,
            host,
            came: VecDeque::new(),
            todo: VecDeque::new(),
            awaiting: None,
            blocked: None,
            is_wait_told: false,
            is_author_asked: false,
            is_journal_asked: false,
            is_polling: false,
            unkept_since: None,
            kept,
        }
    }

    /// Who writes is being found out: whoever records waits for the message.
    pub fn expect_author(&mut self) {
        self.is_author_asked = true;
    }

    /// Whether input waits for an answer.
    pub fn is_held(&self) -> bool {
        self.awaiting.is_some()
    }

    /// Whether it waits to hear who writes, or what the journal says.
    pub fn is_waiting_to_read(&self) -> bool {
        matches!(self.awaiting, Some(Awaiting::Author | Awaiting::Journal))
    }

    /// Goes on until the end.
    pub fn stay(&mut self) -> Ended {
        // What is not needed for the first frame waits for it.
        let mut turned = self.take(Incoming::Message(Message::Opened));
        loop {
            match turned {
                Ok(None) => turned = self.turn(),
                Ok(Some(ended)) => return ended,
                Err(error) => return Ended::Failed(error),
            }
        }
    }

    /// Once round the loop: draws, waits, and takes what came.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn turn(&mut self) -> io::Result<Option<Ended>> {
        self.host.draw(&self.model)?;
        // Keeping changes nothing on the screen: it sleeps on without another frame.
        let first = loop {
            match self.host.next(self.patience()) {
                Some(first) => break first,
                None if self.is_wait_untold() => {
                    self.is_wait_told = true;
                    self.apply(Message::Told(waiting()));
                    return Ok(None);
                }
                None if self.is_searching() => break Incoming::Message(Message::Tick),
                None => self.keep()?,
            }
        };
        let batch: Vec<Incoming> = std::iter::once(first).chain(self.host.waiting()).collect();
        self.came = coalesce(batch).into();
        while let Some(one) = self.came.pop_front() {
            if let Some(ended) = self.take(one)? {
                return Ok(Some(ended));
            }
        }
        if self.unkept_since.is_some_and(|since| self.host.now_ms().saturating_sub(since) > KEEP_WITHIN_MS) {
            self.keep()?;
        }
        Ok(None)
    }

    /// Takes one thing that came and does all that can be done now.
    ///
    /// # Errors
    /// Whatever the terminal refuses.
    pub fn take(&mut self, one: Incoming) -> io::Result<Option<Ended>> {
        match one {
            Incoming::Answered(answer) => self.answered(answer),
            Incoming::Background(background) => self.host.stand_on(background)?,
            Incoming::Terminate(signal) => return self.end(Ended::Signalled(signal)),
            Incoming::Hangup => return self.end(Ended::Hangup),
            Incoming::Failed(error) => return self.end(Ended::Failed(error)),
            Incoming::Message(message) if self.jumps_the_queue(&message) => self.hear(message)?,
            Incoming::Message(message) => self.todo.push_back(Work::Take(message)),
            Incoming::Continued => self.todo.push_back(Work::Take(Message::Resumed)),
            Incoming::Stop => self.todo.push_back(Work::Do(Effect::Suspend)),
        }
        self.work()
    }

    /// Does what is to be done until the next piece waits for something.
    fn work(&mut self) -> io::Result<Option<Ended>> {
        while self.awaiting.is_none()
            && let Some(work) = self.todo.pop_front()
        {
            if let Some(ended) = self.do_one(work)? {
                return Ok(Some(ended));
            }
        }
        Ok(None)
    }

    /// Ends, after what was asked for before: words that are being written are on disk then, or back in their
    /// line.
    fn end(&mut self, ended: Ended) -> io::Result<Option<Ended>> {
        loop {
            if let Some(earlier) = self.work()? {
                return Ok(Some(earlier));
            }
            match self.awaiting {
                None => return Ok(Some(ended)),
                // What is not known now is not waited for.
                Some(awaiting @ (Awaiting::Author | Awaiting::Journal)) => self.go_on_after(awaiting),
                Some(_) => match self.came.pop_front().or_else(|| self.host.next(None)) {
                    Some(Incoming::Answered(answer)) => self.answered(answer),
                    Some(Incoming::Message(message)) if self.jumps_the_queue(&message) => {
                        self.hear(message)?
                    }
                    Some(Incoming::Failed(_) | Incoming::Hangup)
                        if self.awaiting == Some(Awaiting::Editor) =>
                    {
                        return Ok(Some(ended));
                    }
                    _ => {}
                },
            }
        }
    }

    /// Changes the model by a message; what that asks for is done before all else.
    fn hear(&mut self, message: Message) -> io::Result<()> {
        match &message {
            Message::Key(_) => panic_for_test("key"),
            Message::Resized(_) => self.host.repaint()?,
            Message::Author(_) => {
                self.is_author_asked = false;
                self.answer_wait(Awaiting::Author);
            }
            Message::PlanHashed(_) => self.answer_wait(Awaiting::PlanHash),
            Message::JournalRead(loaded, _) if Arc::ptr_eq(loaded, &self.model.loaded) => {
                self.is_journal_asked = false;
                self.go_on_after(Awaiting::Journal);
            }
            // It was read for a plan that has left the screen.
            Message::JournalRead(..) if self.awaiting == Some(Awaiting::Journal) => {
                self.host.read_journal(&self.model.loaded);
            }
            Message::JournalUnread(_) => {
                self.is_journal_asked = false;
                self.go_on_after(Awaiting::Journal);
            }
            _ => {}
        }
        self.unkept_since.get_or_insert(self.host.now_ms());
        self.apply(message);
        Ok(())
    }

    fn apply(&mut self, message: Message) {
        let effects = update(&mut self.model, message, self.host.now_ms());
        for effect in effects.into_iter().rev() {
            self.todo.push_front(Work::Do(effect));
        }
    }

    /// What waits for this goes on, whatever has come of it.
    fn go_on_after(&mut self, awaiting: Awaiting) {
        if self.awaiting == Some(awaiting) {
            if let Some(effect) = self.blocked.take() {
                self.todo.push_front(Work::DoAsItIs(effect));
            }
            self.answered_wait();
        }
    }

    fn answer_wait(&mut self, awaiting: Awaiting) {
        if self.awaiting == Some(awaiting) {
            self.answered_wait();
        }
    }

    fn answered_wait(&mut self) {
        self.awaiting = None;
        if let Some(effect) = self.blocked.take() {
            self.todo.push_front(Work::Do(effect));
        }
        if std::mem::take(&mut self.is_wait_told) && self.model.notice.as_ref() == Some(&waiting()) {
            self.model.notice = None;
        }
    }

    /// Takes an answer in: what it tells is heard before all else.
    fn answered(&mut self, answer: HostAnswer) {
        match answer {
            HostAnswer::Journal(answer) => self.journal_changed(*answer),
            HostAnswer::DraftFound(found) => {
                self.answer_wait(Awaiting::Draft);
                if let Some(found) = found {
                    self.todo.push_front(Work::Take(Message::DraftFound(found)));
                }
            }
            HostAnswer::DraftSaved(saved) => self.draft_saved(*saved),
            HostAnswer::Edited(edited) => {
                self.answer_wait(Awaiting::Editor);
                self.todo.push_front(Work::of(*edited));
            }
        }
    }

    /// Whether a message is taken before what waits: the size shows at once, and what is read is what the work
    /// at hand may wait for.
    fn jumps_the_queue(&self, message: &Message) -> bool {
        match message {
            Message::Resized(_) => self.is_held(),
            Message::Author(_) | Message::JournalRead(..) | Message::JournalUnread(_) => {
                self.is_waiting_to_read()
            }
            Message::PlanHashed(_) => self.awaiting == Some(Awaiting::PlanHash),
            _ => false,
        }
    }

    fn is_searching(&self) -> bool {
        !self.model.find.awaited.is_empty()
    }

    fn is_wait_untold(&self) -> bool {
        self.awaiting.is_some() && !self.is_wait_told
    }

    /// How long to sleep at most: until it is said that input waits, until the spinner turns, until the place
    /// is kept, for ever.
    fn patience(&self) -> Option<Duration> {
        let ms = if self.is_wait_untold() {
            SAY_AFTER_MS
        } else if self.is_searching() {
            PATIENCE_MS
        } else {
            self.unkept_since.map(|_| KEEP_AFTER_MS)?
        };
        Some(Duration::from_millis(ms))
    }

    /// Writes the place, and what is being typed, where they have changed. Words that cannot be written are
    /// still on the screen, and Esc tells of it.
    fn keep(&mut self) -> io::Result<()> {
        self.unkept_since = None;
        self.keep_place();
        self.todo.push_back(Work::Save(Durability::Program));
        // It ends nothing.
        self.work().map(|_| ())
    }

    /// Keeps the place where it has changed. A state directory that cannot be written costs the place and
    /// nothing else.
    pub fn keep_place(&mut self) {
        let place = SavedPlace::of(&self.model);
        if place != self.kept {
            self.host.keep_place(place.clone());
            self.kept = place;
        }
    }
}

/// What is said where input waits.
fn waiting() -> Bilingual {
    Bilingual::new("正在等待磁盘，输入已排队", "waiting for the disk: your keys are queued")
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
