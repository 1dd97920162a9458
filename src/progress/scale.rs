//! The states that are verdicts on a scale, and what several of them come to.

use super::outcome::{Decision, DecisionStep};
use crate::plan::State;

/// Scale verdicts by badness, the worst first: the order in which a roll-up looks for its worst.
pub const SCALE: [State; 7] = [
    State::Regressing,
    State::Overdue,
    State::Limited,
    State::NeedsAcceleration,
    State::Hold,
    State::OnTrack,
    State::Achieved,
];

/// States that a roll-up names as its worst.
pub const BEHIND: [State; 4] = [State::Regressing, State::Overdue, State::Limited, State::NeedsAcceleration];

/// A scale verdict's place in [`SCALE`]. `None` for states that are none.
pub fn severity(state: State) -> Option<usize> {
    SCALE.iter().position(|one| *one == state)
}

/// Whether a computed state gives way to a person's.
pub fn gives_way(state: State) -> bool {
    matches!(
        state,
        State::NotAssessable
            | State::Undetermined
            | State::Undated
            | State::NoBaseline
            | State::NoTarget
            | State::NoData
            | State::NotJudged
    )
}

/// Two corners as one: the classes left open, and the number's ends.
pub(super) fn both(one: Decision, other: Decision) -> Decision {
    let number = one.number.zip(other.number).map(|(one, other)| one.hull(other));
    let ground = if one.ground == DecisionStep::Rule { DecisionStep::Rule } else { other.ground };
    let rank = |outcome: &Decision, pick: fn((State, State)) -> State| {
        severity(outcome.open.map_or(outcome.state, pick))
    };
    let ends = (
        rank(&one, |open| open.0),
        rank(&one, |open| open.1),
        rank(&other, |open| open.0),
        rank(&other, |open| open.1),
    );
    let (Some(low), Some(high), Some(other_low), Some(other_high)) = ends else {
        let same = one.state == other.state;
        let doubtful = if severity(one.state).is_none() { one } else { other };
        let state = if same { one.state } else { State::Undetermined };
        return Decision { state, open: None, number, ground, ..doubtful };
    };
    let open = (SCALE[low.min(other_low)], SCALE[high.max(other_high)]);
    Decision { state: open.0, lack: one.lack.or(other.lack), open: Some(open), number, ground, ..one }
}
