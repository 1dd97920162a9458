//! What reaches the runtime: from the terminal, from signals, and from what runs beside the screen.

use std::io;

use super::compose::{Found, OwnDrafts};
use super::drafts::note::Draft;
use super::drafts::store::DraftFile;
use super::message::Message;
use super::recorder::JournalAnswer;
use super::theme::Background;
use crate::journal::Step;
use crate::text::Bilingual;

#[derive(Debug)]
pub enum Incoming {
    /// For `update`.
    Message(Message),
    /// What the runtime waits for before it takes more input.
    Answered(HostAnswer),
    /// The terminal has said what stands behind its text, later than was waited for.
    Background(Background),
    /// A signal asks the program to end: which.
    Terminate(i32),
    /// A signal asks the program to stop.
    Stop,
    /// The program was stopped and goes on.
    Continued,
    /// The terminal is gone.
    Hangup,
    /// The terminal cannot be read: why.
    Failed(io::Error),
}

#[derive(Debug)]
pub enum HostAnswer {
    /// The journal was written or read.
    Journal(Box<JournalAnswer>),
    /// A draft of the line that was just opened, where there is one.
    DraftFound(Option<Box<Found>>),
    /// Where the words of the open line lie now, or why they lie nowhere.
    DraftSaved(Box<Result<OwnDrafts, Bilingual>>),
    /// The user's editor came back.
    Edited(Box<Edited>),
}

/// What came of a note in the user's editor.
#[derive(Debug)]
pub enum Edited {
    /// There is nothing to record: what there is to say.
    Nothing(Bilingual),
    /// Words to be recorded, and the draft they lie in until then.
    Words { step: Step, draft: Draft, written: DraftFile },
}
