//! One input, whole: nothing of it is left to chance, so that it can be done again.

use crossterm::event::Event as Terminal;
use plan158::journal::Event;
use plan158::tui::chord::Chord;
use plan158::tui::effect::UndoDirection;
use plan158::tui::message::{Mouse, Size};

use super::dice::Dice;
use super::edits;

/// Something that happens to the screen, or to the files under it.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A key.
    Key(Chord),
    /// Bytes from the terminal, which may break off in a sequence, or be none of any.
    Bytes(Vec<u8>),
    /// An event as the terminal's decoder gives it.
    Terminal(Terminal),
    /// A paste.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// Another size of the terminal.
    Size(Size),
    /// Time passes, in milliseconds, and the screen hears of it.
    Wait(u64),
    /// The program goes on after it was stopped.
    Resumed,
    /// What one of the threads beside the screen told is heard.
    Deliver(usize),
    /// It becomes known who writes.
    Author,
    /// The editor ends with this in its file; `None`: it fails.
    Editor(Option<String>),
    /// The plan's file holds this now.
    Plan(String),
    /// Another process writes a step.
    Write(&'static str, Vec<Event>),
    /// Another process takes a step of an author back, or brings it back.
    Turn(&'static str, UndoDirection),
    /// A journal file holds these bytes now.
    File(String, Vec<u8>),
    /// These bytes come behind those of a journal file.
    Behind(String, Vec<u8>),
    /// A journal file ends after so many thousandths of its bytes.
    Cut(String, u16),
    /// A journal file is gone.
    Remove(String),
    /// A journal file takes the place of another.
    Rename(String, String),
    /// The journal's folder is gone, or a file stands in its place, or a folder does again.
    Folder(Place),
    /// The system tells that something happened in the journal's folder.
    Touch,
}

/// What stands where the journal's folder belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Nothing,
    File,
    Folder,
}

impl Act {
    /// Whether the user did it: what they point at may change then, and only then. A pause ends a paste that
    /// broke off.
    pub fn is_the_users(&self) -> bool {
        use Act::{Bytes, Editor, Key, Mouse, Paste, Terminal, Wait};
        matches!(self, Key(_) | Bytes(_) | Terminal(_) | Paste(_) | Mouse(_) | Editor(_) | Wait(_))
    }
}

/// The names of people who write; the first is the one at the screen.
pub const PEOPLE: [&str; 4] = ["li", "wang", "赵 敏", "li.2"];

/// How an episode begins.
#[derive(Clone, Debug)]
pub struct Beginning {
    pub languages: &'static str,
    pub size: &'static str,
    /// The plan's file; `None` is the plan that comes with the program.
    pub plan: Option<String>,
    /// Its beginnings, where the screen shows it before all of it is read.
    pub parts: Vec<String>,
    /// Whether it is known from the start who writes.
    pub is_author_known: bool,
}

/// The plans that episodes begin with.
const SMALL: &str = include_str!("../plans/small.toml");
const JUDGED: &str = include_str!("../plans/judged.toml");

impl Beginning {
    pub fn thrown(dice: &mut Dice) -> Self {
        let plan = match dice.number(0..8) {
            0..3 => Some(SMALL.to_owned()),
            3..6 => Some(JUDGED.to_owned()),
            6 => Some(edits::grown(SMALL, dice)),
            _ => None,
        };
        let parts = match &plan {
            Some(text) if dice.happens(250) => edits::beginnings(text, dice),
            _ => Vec::new(),
        };
        Self {
            languages: dice.word(&["zh", "en", "both"]),
            size: dice.word(&["80x24", "120x40", "60x16", "100x30", "40x10", "200x60"]),
            plan,
            parts,
            is_author_known: dice.happens(800),
        }
    }
}
