//! What the figures give, before words: a state and what it rests on.

use super::interval::Interval;
use super::lack::Lack;
use crate::plan::State;

/// What the figures give, before words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The state.
    pub state: State,
    /// Why there is no number behind it, where there is none.
    pub lack: Option<Lack>,
    /// Worst and best of the classes left open.
    pub open: Option<(State, State)>,
    /// The rule's number, from its lowest to its highest end; only where the rule decided.
    pub number: Option<Interval>,
    /// What decided.
    pub ground: Ground,
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A step before the last: no ratio is meant, or none can be reckoned.
    Order,
    /// The rule set on its number, at one end at least.
    Rule,
}

impl Outcome {
    pub(super) fn plain(state: State) -> Self {
        Self { state, lack: None, open: None, number: None, ground: Ground::Order }
    }

    pub(super) fn lacking(state: State, lack: Lack) -> Self {
        Self { lack: Some(lack), ..Self::plain(state) }
    }
}
