//! What people added, as far as searching needs it. The caller fills it from the journal; this module does
//! not read journals.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::plan::{NodeId, State};
use crate::progress::Turn;

/// What people said of one node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeExtras {
    /// Tags people added (without those of the plan).
    pub tags: Vec<Box<str>>,
    /// Texts of the notes, oldest first.
    pub notes: Vec<Box<str>>,
    /// Progress people gave, in percent.
    pub progress: Option<f64>,
    /// Everybody who said something.
    pub authors: Vec<Box<str>>,
    /// The day of the latest review.
    pub reviewed: Option<Date>,
    /// Whether it has a star.
    pub star: Star,
}

/// Whether somebody starred a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Star {
    /// Nobody did.
    #[default]
    None,
    /// Somebody did.
    Starred,
}

/// Everything people added to a plan, and how its nodes stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JournalExtras {
    /// By node; only nodes somebody said something of.
    pub said: BTreeMap<NodeId, NodeExtras>,
    /// How each node stands, in reading order; empty where nobody worked it out.
    pub states: Vec<Option<State>>,
    /// Which way each node's figures went, in reading order; empty where nobody worked it out.
    pub turns: Vec<Option<Turn>>,
}

impl JournalExtras {
    /// What people said of a node.
    pub fn get(&self, node: NodeId) -> Option<&NodeExtras> {
        self.said.get(&node)
    }

    /// How a node stands, if that is known.
    pub fn state(&self, node: NodeId) -> Option<State> {
        self.states.get(node.index()).copied().flatten()
    }

    /// Which way a node's figures went, if that is known.
    pub fn turn(&self, node: NodeId) -> Option<Turn> {
        self.turns.get(node.index()).copied().flatten()
    }
}
