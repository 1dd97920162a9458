//! A review session on the screen: one card at a time, and at its end what came of it.

use crate::journal::event::Blindness;
use crate::page::block::Block;
use crate::plan::NodeId;
use crate::review::{Session, SessionHead};
use crate::tui::chord::Chord;
use crate::tui::view::Focus;

/// A review session at work.
#[derive(Clone, Debug)]
pub struct Review {
    pub session: Session,
    /// Which side of it shows.
    pub face: Face,
    /// Whether it ends by itself once every card is decided.
    pub ending: SessionEnding,
    /// The pane that had the keys before.
    pub focus: Focus,
}

/// Which side of a session shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Face {
    Card,
    /// Nothing: the plan was exchanged, and its nodes have other numbers until the journal is read for it.
    /// With the minutes that showed before.
    Reading(Option<Closing>),
    Minutes(Report),
}

/// Whether a session ends by itself once every card is decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionEnding {
    #[default]
    ByItself,
    /// Not now: its end was taken back.
    WhenAsked,
}

/// Minutes to read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Title and what is below it; `None` until the plan's files are hashed.
    pub blocks: Option<Vec<Block>>,
    /// The hash of the plan's files.
    pub hash: String,
    /// Whether the session goes on.
    pub closing: Closing,
}

/// Whether a session goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Closing {
    /// It was stopped and goes on at the same card.
    #[default]
    Stopped,
    Ended,
}

/// A session that the command line began, until the journal is read; and the keys that were pressed
/// meanwhile.
#[derive(Clone, Debug)]
pub struct Awaited {
    pub head: SessionHead,
    /// The keys, in order.
    pub keys: Vec<Chord>,
}

impl Review {
    /// The card at hand; `None` where every card is decided, and where no card shows.
    pub fn card(&self) -> Option<NodeId> {
        if self.face == Face::Card { self.session.card() } else { None }
    }

    /// Whether it hides verdicts of a card that is decided.
    pub fn can_reveal(&self) -> bool {
        self.session.head().blind == Blindness::Blind && self.session.counts().decided > 0
    }

    /// Whether it was ended for good.
    pub fn is_over(&self) -> bool {
        matches!(&self.face, Face::Minutes(report) if report.closing == Closing::Ended)
    }
}
