//! What the figures give, before words: a state and what it rests on.

use super::interval::Interval;
use super::no_number::NoNumberReason;
use crate::plan::State;

/// What the figures give, before words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// The state that the order of decision arrived at.
    pub state: State,
    /// Why there is no number behind it, where there is none.
    pub lack: Option<NoNumberReason>,
    /// Worst and best of the classes left open.
    pub open: Option<(State, State)>,
    /// The rule's number, from its lowest to its highest end; only where the rule decided.
    pub number: Option<Interval>,
    /// The step of the order of decision that stopped it.
    pub ground: DecisionStep,
    /// Cut-offs and sign of the number where they are not the rule set's own.
    pub scale: Option<Scale>,
    /// Open SDG's score, −5 to +5.
    pub score: Option<f64>,
}

/// Another number than the rule set's first, with its own cut-offs: growth a year where there is no target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The sign of the number.
    pub symbol: &'static str,
    /// Lower ends of the three better classes.
    pub cuts: [f64; 3],
}

/// What a verdict rests on: the step of the order of decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionStep {
    /// Something is missing, or no step below applies.
    Order,
    /// The latest actual meets the target.
    Met,
    /// A level to be maintained is met before its date.
    Kept,
    /// The target's date has passed: what was known of it then, or first after it.
    AtDate,
    /// A saturated rate at its level.
    Hold,
    /// The target is no better than the baseline, and the actual is short of both.
    Behind,
    /// Better, the same or worse, without a ratio.
    Compared,
    /// The path has not left the baseline in the wanted direction: at or beyond it, or not.
    PathBehind,
    /// The rule set on its number.
    Rule,
}

impl Decision {
    pub(super) fn plain(state: State, ground: DecisionStep) -> Self {
        Self { state, lack: None, open: None, number: None, ground, scale: None, score: None }
    }

    pub(super) fn lacking(state: State, lack: NoNumberReason) -> Self {
        Self { lack: Some(lack), ..Self::plain(state, DecisionStep::Order) }
    }
}
