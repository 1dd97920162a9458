//! The order of decision: which state the figures give, first hit wins (`docs/judging.md`, Order of
//! decision).
//!
//! Everything is decided at each end of what is open (bounds, reference times, rival sources); where the ends
//! disagree the state is `undetermined`, with the worst and the best of them.

use super::at_date::{AtDate, at_date};
use super::case::{MetricCase, SLACK};
use super::interval::Interval;
use super::interval_corner::IntervalCorner;
use super::no_number::NoNumberReason;
pub use super::outcome::{Decision, DecisionStep, Scale};
use super::rules::RuleRef;
use super::scale::both;
pub use super::scale::{BEHIND, SCALE, gives_way, severity};
use super::series::{JournalData, Reading};
use super::trend::{self, Turn};
use super::{Judge, milestone, open_sdg};
use crate::plan::metric::{Direction, Measure};
use crate::plan::node::{Judging, Node};
use crate::plan::rule_set::RuleSteps;
use crate::plan::{NodeId, Role, State};

/// How far a saturated rate may lie from its target, or slip, and still hold, in points.
const HOLD_POINTS: f64 = 0.5;

/// A rate is saturated where it lies so many points from its end at most.
const SATURATED_POINTS: f64 = 5.0;

/// How a node stands, all considered, and which way its figures went.
pub(super) fn state_and_turn(
    judge: &Judge<'_>,
    id: NodeId,
    added: &JournalData<'_>,
) -> (State, Option<Turn>) {
    let node = judge.plan.tree.node(id);
    let case = node.metric.as_ref().map(|metric| MetricCase::new(judge, metric, added));
    let turn = case.as_ref().and_then(trend::trend).and_then(|trend| trend.turn);
    let computed = case
        .as_ref()
        .filter(|_| node.judging() == Judging::Computed)
        .map(|case| decide(judge, node, case, judge.rule).state);
    (beside_people(node, computed, added), turn)
}

/// How a node stands where its figures say so: the latest person's verdict wherever they say nothing. Of a
/// group neither says anything.
pub(super) fn beside_people(node: &Node, computed: Option<State>, added: &JournalData<'_>) -> State {
    if node.role == Role::Group {
        return State::NotJudged;
    }
    let computed =
        computed.unwrap_or(if node.metric.is_some() { State::NotAssessable } else { State::NotJudged });
    if gives_way(computed) { added.verdict.unwrap_or(computed) } else { computed }
}

/// The verdict under one rule set.
pub(super) fn decide(judge: &Judge<'_>, node: &Node, case: &MetricCase<'_>, rule: RuleRef) -> Decision {
    if case.metric.measure == Measure::Milestone {
        return milestone::decide(case, judge.as_of.official(judge.plan, case.metric));
    }
    if rule.is_open_sdg() {
        return open_sdg(judge, node, case, rule);
    }
    in_order(node, case, rule)
}

/// The order of decision, for rule sets that follow it.
fn in_order(node: &Node, case: &MetricCase<'_>, rule: RuleRef) -> Decision {
    first_steps(node, case)
        .or_else(|| case.doubt().map(|doubt| Decision::lacking(State::Undetermined, doubt)))
        .unwrap_or_else(|| at_all_corners(case, rule))
}

/// Open SDG's method; where it has no answer, what is missing, or that it has none.
fn open_sdg(judge: &Judge<'_>, node: &Node, case: &MetricCase<'_>, rule: RuleRef) -> Decision {
    open_sdg::decide(judge, case, rule).unwrap_or_else(|lack| {
        let ordered = in_order(node, case, rule);
        if ordered.open.is_none() && gives_way(ordered.state) {
            return ordered;
        }
        Decision::lacking(State::Undetermined, lack)
    })
}

/// Steps 1 to 5: what is not even there.
fn first_steps(node: &Node, case: &MetricCase<'_>) -> Option<Decision> {
    let metric = case.metric;
    let among = node.more.as_ref().is_some_and(|more| more.among.is_some());
    let series = &case.series;
    let (state, lack) = match metric.measure {
        Measure::Qualitative if metric.scale.is_empty() => (State::NotAssessable, NoNumberReason::Scale),
        Measure::Rank if !among => (State::NotAssessable, NoNumberReason::Among),
        _ if series.stated_targets == 0 => (State::NoTarget, NoNumberReason::Target),
        _ if case.targets.is_empty() && case.adds_to_nothing() => {
            (State::NoBaseline, NoNumberReason::Baseline)
        }
        _ if case.targets.is_empty() => (State::NotAssessable, NoNumberReason::TargetNumber),
        _ if case.dated.is_empty() => return Some(undated(case)),
        _ if case.latest.is_empty() || case.has_only_baseline() && !reaches_date(case) => {
            return without_actual(case);
        }
        _ => return None,
    };
    Some(Decision::lacking(state, lack))
}

/// Step 4: no target has a date; met is met all the same, but for what is to be maintained until then.
fn undated(case: &MetricCase<'_>) -> Decision {
    let mut met = !case.latest.is_empty() && case.metric.direction != Direction::Maintain;
    case.corners(|corner| {
        let sign = case.sign(corner.baseline.map(|(value, _)| value), corner.target);
        met &= case.is_enough(corner.actual, corner.lean, corner, sign);
    });
    if met && case.doubt().is_none() {
        return Decision::plain(State::Achieved, DecisionStep::Met);
    }
    Decision::lacking(State::Undated, NoNumberReason::Date)
}

/// Whether the baseline is what is known of a target of its own date.
fn reaches_date(case: &MetricCase<'_>) -> bool {
    let (latest, target) = (case.latest.first(), case.targets.first());
    latest.zip(target).is_some_and(|(latest, target)| target.at.hi() <= latest.at.lo() + SLACK)
}

/// Steps 5, 6 and 9 where nothing is known after the baseline: the baseline may meet the target all the same.
fn without_actual(case: &MetricCase<'_>) -> Option<Decision> {
    let met = case.has_only_baseline() && {
        let mut all = true;
        case.corners(|corner| {
            let sign = case.sign(Some(corner.actual), corner.target);
            let maintained = case.metric.direction == Direction::Maintain;
            all &= !maintained && case.is_enough(corner.actual, corner.lean, corner, sign);
        });
        all
    };
    if met {
        return None;
    }
    let actuals = &case.series.actuals;
    let like = |one: &Reading| case.targets.iter().all(|target| target.is_comparable(one));
    let lack = match (actuals.is_empty(), case.series.ahead) {
        (true, Some(_)) => NoNumberReason::Ahead,
        (true, None) if case.is_over() => NoNumberReason::Unreported,
        (true, None) => NoNumberReason::Actual,
        (false, _) if actuals.iter().all(Reading::is_estimate) => NoNumberReason::OnlyEstimates,
        (false, _) if !actuals.iter().any(like) => NoNumberReason::SameLength,
        (false, _) if case.is_over() => NoNumberReason::Unreported,
        (false, _) => NoNumberReason::SinceBaseline,
    };
    Some(Decision::lacking(State::NoData, lack))
}

/// What the rule set would say of an undated target if it were due at a time, for exact figures at every end
/// of the actual's time.
pub(super) fn if_due(case: &MetricCase<'_>, rule: RuleRef, at: f64, target: f64) -> Decision {
    let mut all: Option<Decision> = None;
    case.corners(|corner| {
        let here = at_corner(case, &IntervalCorner { target, target_at: at, ..*corner }, rule);
        all = Some(all.map_or(here, |so_far| both(so_far, here)));
    });
    let all = all.unwrap_or(Decision::lacking(State::NoData, NoNumberReason::Actual));
    match all.open {
        Some((worst, best)) if worst != best => Decision { state: State::Undetermined, ..all },
        _ => Decision { open: None, ..all },
    }
}

/// Steps 6 to 12 at every corner, and what they have in common.
fn at_all_corners(case: &MetricCase<'_>, rule: RuleRef) -> Decision {
    let mut all: Option<Decision> = None;
    case.corners(|corner| {
        let here = at_corner(case, corner, rule);
        all = Some(all.map_or(here, |so_far| both(so_far, here)));
    });
    let all = all.unwrap_or(Decision::lacking(State::NoData, NoNumberReason::Actual));
    match all.open {
        Some((worst, best)) if worst != best => Decision { state: State::Undetermined, ..all },
        _ => {
            // The sentence speaks of the figures as written.
            let main = case.main().map(|corner| at_corner(case, &corner, rule));
            let same = main.filter(|main| main.state == all.state);
            Decision { open: None, ground: same.map_or(all.ground, |main| main.ground), ..all }
        }
    }
}

/// Steps 6 to 12 for exact figures.
pub(super) fn at_corner(case: &MetricCase<'_>, corner: &IntervalCorner, rule: RuleRef) -> Decision {
    let sign = case.sign(corner.baseline.map(|(value, _)| value), corner.target);
    if let Some(outcome) = met_or_over(case, corner, sign) {
        return outcome;
    }
    let (baseline, baseline_at) = match (corner.baseline, case.baseline) {
        (Some(baseline), _) => baseline,
        (None, Err(lack)) => return Decision::lacking(State::NoBaseline, lack),
        (None, Ok(_)) => return Decision::lacking(State::NoBaseline, NoNumberReason::Baseline),
    };
    let open_time = case.latest.iter().any(|latest| latest.at.hi() > baseline_at + SLACK);
    if case.has_only_baseline() || corner.actual_at <= baseline_at && !open_time {
        return Decision::lacking(State::NoData, NoNumberReason::SinceBaseline);
    }
    let gained = sign * (corner.actual - baseline);
    if case.only_compares() {
        return compared(gained);
    }
    let holds = rule.set().steps == RuleSteps::All;
    let way = sign * (corner.target - baseline);
    holds
        .then(|| hold(case, corner, baseline, sign))
        .flatten()
        .or_else(|| (way <= slack_of(corner)).then(|| behind(case, corner, gained)))
        .unwrap_or_else(|| by_rule(case, corner, rule, gained))
}

/// Differences smaller than this are none, for the figures of a corner.
fn slack_of(corner: &IntervalCorner) -> f64 {
    SLACK * corner.target.abs().max(corner.actual.abs()).max(f64::MIN_POSITIVE)
}

/// Steps 6 and 7: the latest actual meets the target, or the target's time is over.
fn met_or_over(case: &MetricCase<'_>, corner: &IntervalCorner, sign: f64) -> Option<Decision> {
    let met = case.is_enough(corner.actual, corner.lean, corner, sign);
    let over = corner.target_at <= case.now + SLACK;
    let maintained = case.metric.direction == Direction::Maintain;
    let at_its_date = corner.actual_at >= corner.target_at - SLACK;
    if met && (!maintained || over && at_its_date) {
        return Some(Decision::plain(
            State::Achieved,
            if over { DecisionStep::AtDate } else { DecisionStep::Met },
        ));
    }
    if !over {
        return (met && maintained && !case.has_only_baseline())
            .then(|| Decision::plain(State::OnTrack, DecisionStep::Kept));
    }
    Some(match at_date(case, corner) {
        AtDate::Met | AtDate::Late => Decision::plain(State::Achieved, DecisionStep::AtDate),
        AtDate::Short => Decision::plain(State::Overdue, DecisionStep::AtDate),
        AtDate::Unreported => Decision::lacking(State::NoData, NoNumberReason::Unreported),
        AtDate::Open => Decision {
            open: Some((State::Overdue, State::Achieved)),
            ..Decision::plain(State::Undetermined, DecisionStep::AtDate)
        },
    })
}

/// Ranks and ordinals: better, the same or worse than the baseline.
fn compared(gained: f64) -> Decision {
    let state = match gained {
        gained if gained > SLACK => State::Undetermined,
        gained if gained < -SLACK => State::Regressing,
        _ => State::Limited,
    };
    let open = (state == State::Undetermined).then_some((State::NeedsAcceleration, State::OnTrack));
    Decision { open, lack: Some(NoNumberReason::NoRatio), ..Decision::plain(state, DecisionStep::Compared) }
}

/// Step 10: rates that are all but at their end, with a target that is all but the baseline.
fn hold(case: &MetricCase<'_>, corner: &IntervalCorner, baseline: f64, sign: f64) -> Option<Decision> {
    let left = if sign < 0.0 { baseline } else { 100.0 - baseline };
    let saturated = (0.0..=SATURATED_POINTS + SLACK).contains(&left);
    if case.metric.measure != Measure::Percentage || !saturated {
        return None;
    }
    let within = HOLD_POINTS.min(left / 4.0) + SLACK;
    let slip = sign * (baseline - corner.actual);
    ((corner.target - baseline).abs() <= within && slip <= within)
        .then(|| Decision::plain(State::Hold, DecisionStep::Hold))
}

/// Step 11: a target no better than the baseline, which the actual is short of: never a ratio.
fn behind(case: &MetricCase<'_>, corner: &IntervalCorner, gained: f64) -> Decision {
    let lost = gained < 0.0 || case.metric.direction == Direction::Reach && corner.actual != corner.target;
    let state = if lost { State::Regressing } else { State::Limited };
    Decision::plain(state, DecisionStep::Behind)
}

/// Step 12: the rule set on its number.
fn by_rule(case: &MetricCase<'_>, corner: &IntervalCorner, rule: RuleRef, gained: f64) -> Decision {
    let lacking = |lack| Decision::lacking(State::Undetermined, lack);
    let Some(point) = case.point(corner) else { return lacking(NoNumberReason::Baseline) };
    if corner.target_at <= point.baseline_at {
        return lacking(NoNumberReason::TargetBeforeBaseline);
    }
    // The far end of an open reference time is the baseline's own: any change at all is then faster than
    // every path.
    if corner.actual_at <= point.baseline_at {
        let state = match gained {
            gained if gained > 0.0 => State::OnTrack,
            gained if gained < 0.0 => State::Regressing,
            _ => State::Limited,
        };
        return Decision::plain(state, DecisionStep::Rule);
    }
    match rule.number(&point) {
        Ok(number) => Decision {
            number: Interval::point(number),
            ..Decision::plain(rule.class(number, gained < 0.0), DecisionStep::Rule)
        },
        Err(NoNumberReason::FlatPath) => match point.beyond_path() {
            Ok(ahead) if ahead >= 0.0 => beside_path(State::OnTrack),
            Ok(_) => beside_path(State::Regressing),
            Err(lack) => lacking(lack),
        },
        Err(lack) => lacking(lack),
    }
}

fn beside_path(state: State) -> Decision {
    Decision { lack: Some(NoNumberReason::FlatPath), ..Decision::plain(state, DecisionStep::PathBehind) }
}
