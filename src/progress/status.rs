//! The order of decision: which state the figures give, first hit wins (`docs/judging.md`, Order of decision).
//!
//! Everything is decided at each end of what is open (bounds, reference times, rival sources); where the ends disagree the state is
//! `undetermined`, with the worst and the best of them.

use super::case::{Case, Corner, SLACK};
use super::interval::Interval;
use super::lack::Lack;
pub use super::outcome::{Ground, Outcome};
use super::rules::Rule;
use super::series::{Added, Origin, Reading};
use super::{Judge, milestone};
use crate::plan::metric::{Direction, Measure};
use crate::plan::node::{Judging, Node};
use crate::plan::{NodeId, State};

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
    )
}

/// How far a percentage may lie from its target, or slip, and still hold: half a point.
const HOLD_POINTS: f64 = 0.5;

/// How a node stands, all considered.
pub(super) fn state(judge: &Judge<'_>, id: NodeId, added: &Added<'_>) -> State {
    let node = judge.plan.tree.node(id);
    let computed = match &node.metric {
        Some(metric) if node.judging() == Judging::Computed => {
            let case = Case::new(judge, metric, added);
            decide(node, &case, judge.rule).state
        }
        _ => State::NoData,
    };
    if gives_way(computed) { added.verdict.unwrap_or(computed) } else { computed }
}

/// The verdict under one rule set.
pub(super) fn decide(node: &Node, case: &Case<'_>, rule: Rule) -> Outcome {
    if case.metric.measure == Measure::Milestone {
        return milestone::decide(case);
    }
    first_steps(node, case)
        .or_else(|| case.doubt().map(|doubt| Outcome::lacking(State::Undetermined, doubt)))
        .unwrap_or_else(|| at_all_corners(case, rule))
}

/// Steps 1 to 4: what is not even there.
fn first_steps(node: &Node, case: &Case<'_>) -> Option<Outcome> {
    let metric = case.metric;
    let among = node.more.as_ref().is_some_and(|more| more.among.is_some());
    let series = &case.series;
    let (state, lack) = match metric.measure {
        Measure::Qualitative if metric.scale.is_empty() => (State::NotAssessable, Lack::Scale),
        Measure::Rank if !among => (State::NotAssessable, Lack::Among),
        _ if series.stated_targets == 0 => (State::NoTarget, Lack::Target),
        _ if series.targets.is_empty() && series.undated.is_empty() && case.adds_to_nothing() => {
            (State::NoBaseline, Lack::Baseline)
        }
        _ if series.targets.is_empty() && series.undated.is_empty() => {
            (State::NotAssessable, Lack::TargetNumber)
        }
        _ if series.targets.is_empty() => (State::Undated, Lack::Date),
        _ if !case.latest.is_empty() => return None,
        _ if series.actuals.iter().any(|actual| !actual.is_estimate()) => (State::NoData, Lack::SameLength),
        _ if series.actuals.is_empty() => (State::NoData, Lack::Actual),
        _ => (State::NoData, Lack::OnlyEstimates),
    };
    Some(Outcome::lacking(state, lack))
}

/// Steps 5 to 10 at every corner, and what they have in common.
fn at_all_corners(case: &Case<'_>, rule: Rule) -> Outcome {
    let mut all: Option<Outcome> = None;
    case.corners(|corner| {
        let here = at_corner(case, corner, rule);
        all = Some(all.map_or(here, |so_far| both(so_far, here)));
    });
    let all = all.unwrap_or(Outcome::lacking(State::NoData, Lack::Actual));
    match all.open {
        Some((worst, best)) if worst != best => Outcome { state: State::Undetermined, ..all },
        _ => Outcome { open: None, ..all },
    }
}

/// Two corners as one: the classes left open, and the number's ends.
fn both(one: Outcome, other: Outcome) -> Outcome {
    let number = one.number.zip(other.number).map(|(one, other)| one.hull(other));
    let ground = if one.ground == Ground::Rule { Ground::Rule } else { other.ground };
    let rank = |outcome: &Outcome, pick: fn((State, State)) -> State| {
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
        return Outcome { state, open: None, number, ground, ..doubtful };
    };
    let open = (SCALE[low.min(other_low)], SCALE[high.max(other_high)]);
    Outcome { state: open.0, lack: one.lack.or(other.lack), open: Some(open), number, ground }
}

/// Steps 5 to 10 for exact figures.
pub(super) fn at_corner(case: &Case<'_>, corner: &Corner, rule: Rule) -> Outcome {
    let sign = case.sign(corner.baseline.map(|(value, _)| value), corner.target);
    if is_met(case, corner, sign) || was_met(case, corner, sign) {
        return Outcome::plain(State::Achieved);
    }
    if corner.target_at <= case.now + SLACK && corner.actual_at >= corner.target_at - SLACK {
        return Outcome::plain(State::Overdue);
    }
    let (baseline, baseline_at) = match (corner.baseline, case.baseline) {
        (Some(baseline), _) => baseline,
        (None, Err(lack)) => return Outcome::lacking(State::NoBaseline, lack),
        (None, Ok(_)) => return Outcome::lacking(State::NoBaseline, Lack::Baseline),
    };
    let open_time = case.latest.iter().any(|latest| latest.at.hi() > baseline_at + SLACK);
    if corner.actual_at < baseline_at || (corner.actual_at <= baseline_at && !open_time) {
        return Outcome::lacking(State::NoData, Lack::SinceBaseline);
    }
    let gained = sign * (corner.actual - baseline);
    if case.only_compares() {
        return compared(gained);
    }
    hold(case, corner, baseline, gained)
        .or_else(|| kept(case, corner, sign, baseline))
        .unwrap_or_else(|| by_rule(case, corner, rule, (sign * (corner.target - baseline), gained)))
}

/// Whether the actual of a corner meets its target; to be maintained means at its date.
fn is_met(case: &Case<'_>, corner: &Corner, sign: f64) -> bool {
    let in_time =
        case.metric.direction != Direction::Maintain || corner.actual_at >= corner.target_at - SLACK;
    in_time && is_enough(corner.actual, corner.lean, corner, sign)
}

/// Whether a figure reaches the corner's target.
fn is_enough(figure: f64, lean: f64, corner: &Corner, sign: f64) -> bool {
    let slack = SLACK * corner.target.abs().max(1.0);
    let beyond = sign * (figure - corner.target);
    if (figure - corner.target).abs() > slack {
        return beyond > 0.0;
    }
    match lean * sign {
        side if side > 0.0 => true,
        side if side < 0.0 => false,
        _ => !corner.beyond,
    }
}

/// Whether an actual of another time than the latest surely met the target.
fn was_met(case: &Case<'_>, corner: &Corner, sign: f64) -> bool {
    let latest = case.latest.first();
    met(case, corner, sign).any(|actual| latest.is_none_or(|latest| !latest.is_same_time(actual)))
}

/// Actuals after the baseline, counted alike, that surely met the target; latest first.
pub(super) fn met<'c>(
    case: &'c Case<'_>,
    corner: &'c Corner,
    sign: f64,
) -> impl Iterator<Item = &'c Reading> {
    let since = corner.baseline.map_or(f64::NEG_INFINITY, |(_, at)| at + SLACK);
    let latest = case.latest.first().map_or(f64::NEG_INFINITY, |latest| latest.at.hi());
    let cut = case.series.break_before(latest).unwrap_or(f64::NEG_INFINITY);
    let from = match case.metric.direction {
        Direction::Maintain => corner.target_at - SLACK,
        _ => f64::NEG_INFINITY,
    };
    let surely = move |actual: &Reading| {
        actual.amount.ends().all(|end| is_enough(end, actual.lean(end), corner, sign))
    };
    case.comparable().filter(move |actual| {
        (actual.at.hi() > since || actual.origin == Origin::Baseline)
            && actual.at.lo() > cut
            && actual.at.lo() >= from
            && surely(actual)
    })
}

/// Ranks, ordinals and flows: better, same or worse than the baseline.
fn compared(gained: f64) -> Outcome {
    match gained {
        gained if gained > SLACK => Outcome {
            open: Some((State::NeedsAcceleration, State::OnTrack)),
            ..Outcome::lacking(State::Undetermined, Lack::NoRatio)
        },
        gained if gained < -SLACK => Outcome::lacking(State::Regressing, Lack::NoRatio),
        _ => Outcome::lacking(State::Limited, Lack::NoRatio),
    }
}

/// Step 9: percentages whose target lies within half a point of the baseline.
fn hold(case: &Case<'_>, corner: &Corner, baseline: f64, gained: f64) -> Option<Outcome> {
    let near = (corner.target - baseline).abs() <= HOLD_POINTS + SLACK;
    if case.metric.measure != Measure::Percentage || !near {
        return None;
    }
    let state = if gained >= -HOLD_POINTS - SLACK { State::Hold } else { State::Regressing };
    Some(Outcome::plain(state))
}

/// A level to maintain, before its date: kept, or fallen below where it was and ought to stay.
fn kept(case: &Case<'_>, corner: &Corner, sign: f64, baseline: f64) -> Option<Outcome> {
    if case.metric.direction != Direction::Maintain {
        return None;
    }
    if is_enough(corner.actual, corner.lean, corner, sign) {
        return Some(Outcome::plain(State::OnTrack));
    }
    (sign * (corner.target - baseline) <= SLACK).then(|| Outcome::plain(State::Regressing))
}

/// Step 10: the rule set on its number.
fn by_rule(case: &Case<'_>, corner: &Corner, rule: Rule, (way, gained): (f64, f64)) -> Outcome {
    let lacking = |lack| Outcome::lacking(State::Undetermined, lack);
    let Some(point) = case.point(corner) else { return lacking(Lack::Baseline) };
    if corner.target_at <= point.baseline_at {
        return lacking(Lack::TargetBeforeBaseline);
    }
    if way < 0.0 {
        return lacking(Lack::TargetBehindBaseline);
    }
    // The far end of an open reference time is the baseline's own: any change at all is then faster than every path.
    if corner.actual_at <= point.baseline_at {
        let state = match gained {
            gained if gained > 0.0 => State::OnTrack,
            gained if gained < 0.0 => State::Regressing,
            _ => State::Limited,
        };
        return Outcome { ground: Ground::Rule, ..Outcome::plain(state) };
    }
    match rule.number(&point) {
        Ok(number) => Outcome {
            number: Interval::point(number),
            ground: Ground::Rule,
            ..Outcome::plain(rule.class(number))
        },
        Err(lack) => lacking(lack),
    }
}
