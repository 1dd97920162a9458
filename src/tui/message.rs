//! What can happen to the screen: keys, the mouse, the terminal, the plan's files.

use super::compose::Found;
use super::view::Progress;
use crate::plan::as_of::AsOf;
use crate::progress::{RuleRef, States};
use std::sync::Arc;

use super::chord::Chord;
use super::export_job::ExportEnd;
use super::finding::{Answer, Lens, Purpose};
use crate::journal::{Author, Changed, Journal, NodeName};
use crate::plan::diagnostic::Diagnostic;
use crate::plan::load::Loaded;
use crate::review::SessionId;
use crate::text::Bilingual;

/// A place on the screen, in cells from the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Columns from the left.
    pub col: u16,
    pub line: u16,
}

/// The screen's size in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub cols: u16,
    pub lines: u16,
}

/// The largest screen that is drawn, which is more than eight thousand dots across hold in letters. Whatever
/// a terminal says, a frame takes no more memory than that.
const LARGEST: Size = Size { cols: 2000, lines: 500 };

impl Size {
    /// The part of a terminal that is drawn on, from its top left. One that does not know its size says 0.
    pub fn drawn(cols: u16, lines: u16) -> Self {
        let known = |says: u16, usual: u16| if says == 0 { usual } else { says };
        Self { cols: known(cols, 80).min(LARGEST.cols), lines: known(lines, 24).min(LARGEST.lines) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// A button went down.
    Click(Cell),
    /// The wheel turned towards the user, so many notches.
    WheelDown(Cell, u16),
    /// The wheel turned away from the user, so many notches.
    WheelUp(Cell, u16),
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Message {
    Key(Chord),
    /// Keys were typed ahead.
    Typed(Vec<Chord>),
    Pasted(String),
    Mouse(Mouse),
    /// The terminal has another size.
    Resized(Size),
    /// More of the plan was read: done and all files, with what can be shown so far.
    PlanGrew(Arc<Loaded>, Progress),
    /// The plan was read, the first time or again.
    PlanRead(Arc<Loaded>),
    /// The journal of this plan was read, the first time or again.
    JournalRead(Arc<Loaded>, Arc<Journal>),
    /// The journal cannot be read: why.
    JournalUnread(Bilingual),
    /// Something changed in the journal's folder, or where it may come to be.
    JournalTouched,
    /// Others' records were taken in.
    JournalNews(Changed),
    /// A step is on disk and folded in.
    Recorded {
        changed: Changed,
        /// The step in words.
        said: Bilingual,
        /// What it is about, where the cursor is to go there.
        at: Option<NodeName>,
    },
    /// A step is not on disk.
    NotRecorded {
        /// Why, and what to do.
        why: Bilingual,
        /// Every word somebody wrote for it.
        text: String,
    },
    /// There is a draft of the line that was just opened.
    DraftFound(Box<Found>),
    /// The words of the open line lie on disk, or why they do not.
    DraftKept(Result<(), Bilingual>),
    /// There is no step to take back, or none to bring back: which, in words.
    NotTurned(Bilingual),
    /// A review session has begun.
    ReviewBegun {
        changed: Changed,
        id: SessionId,
    },
    /// The plan's files were hashed.
    PlanHashed(String),
    /// Every node's state was worked out, for a plan and a version of what people say.
    Judged(Arc<Judged>),
    /// Who writes, or why nobody can.
    Author(Result<Author, Bilingual>),
    /// The first lines of an export, for the page of that number.
    Previewed(u64, Arc<[String]>),
    /// How much of an export is written, in percent.
    ExportProgress(usize),
    Exported(ExportEnd),
    Told(Bilingual),
    /// A citation was made, to be copied: its text, and what it is.
    Cited(String, Bilingual),
    /// The plan was read again and nothing of it could be taken.
    PlanBroke(Arc<[Diagnostic]>),
    /// A search was answered.
    Found {
        purpose: Purpose,
        /// Which of all searches it was: only the last one's answer counts.
        generation: u64,
        answer: Arc<Answer>,
    },
    /// Lenses were written, or could not be: those there are now, and what there is to say.
    LensesKept(Vec<Lens>, Bilingual),
    /// The first frame is on screen.
    Opened,
    /// Time passed while a search runs.
    Tick,
    /// The program runs again after it was suspended.
    Resumed,
}

impl Message {
    /// Whether the user did it.
    pub fn is_input(&self) -> bool {
        matches!(self, Message::Key(_) | Message::Typed(_) | Message::Pasted(_) | Message::Mouse(_))
    }
}

/// How every node stands, for a plan and a version of what people say.
#[derive(Clone, Debug)]
pub struct Judged {
    pub loaded: Arc<Loaded>,
    pub version: u64,
    pub rule: RuleRef,
    pub as_of: AsOf,
    pub states: Arc<States>,
}
