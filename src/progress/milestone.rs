//! Milestones: done by their date, done late, due, or not heard of. That nobody reported one is no proof that
//! it was not done.

use super::case::MetricCase;
use super::interval::Interval;
use super::no_number::NoNumberReason;
use super::outcome::{Decision, DecisionStep};
use super::series::Passed;
use crate::plan::State;
use crate::plan::metric::{Official, Stage};

/// The verdict on a milestone. Only a source that says so makes one overdue.
pub(super) fn decide(case: &MetricCase<'_>, official: Option<&Official>) -> Decision {
    if case.series.stated_targets == 0 {
        return event(case);
    }
    let Some((due, date)) = next_due(case) else {
        return match case.series.due.first().filter(|due| done(case, due.stage).is_some()) {
            Some(_) => Decision::plain(State::Achieved, DecisionStep::Met),
            None => Decision::lacking(State::Undated, NoNumberReason::Date),
        };
    };
    let over = date <= case.now;
    if done(case, due.stage).is_some() {
        Decision::plain(State::Achieved, if over { DecisionStep::AtDate } else { DecisionStep::Met })
    } else if !over {
        Decision::lacking(State::NoData, NoNumberReason::NotDue)
    } else if official.is_some_and(|official| official.status == State::Overdue) {
        Decision::plain(State::Overdue, DecisionStep::AtDate)
    } else {
        Decision::lacking(State::NoData, NoNumberReason::Unreported)
    }
}

/// An event: no target asks for it.
fn event(case: &MetricCase<'_>) -> Decision {
    match (case.series.done.is_empty(), case.series.due.is_empty()) {
        (false, _) => Decision::plain(State::Occurred, DecisionStep::Met),
        (true, false) => Decision::lacking(State::NoData, NoNumberReason::NotDue),
        (true, true) => Decision::lacking(State::NoData, NoNumberReason::Actual),
    }
}

/// The stage to be reached next and its date: the earliest still ahead that is not reached, else the last.
pub(super) fn next_due(case: &MetricCase<'_>) -> Option<(Passed, f64)> {
    let dated =
        || case.series.due.iter().filter_map(|due| Some((*due, due.at.filter(|at| at.is_point())?.hi())));
    let ahead = dated()
        .filter(|(due, at)| *at > case.now && done(case, due.stage).is_none())
        .min_by(|one, other| one.1.total_cmp(&other.1));
    ahead.or_else(|| dated().max_by(|one, other| one.1.total_cmp(&other.1)))
}

/// A stage's date has passed, and nobody reported it.
pub(super) fn is_unreported(case: &MetricCase<'_>) -> bool {
    let over = |due: &Passed| due.at.is_some_and(|at| at.is_point() && at.hi() <= case.now);
    case.series.due.iter().any(|due| over(due) && done(case, due.stage).is_none())
}

/// The first time it was done, or one whose time is not known.
pub(super) fn done(case: &MetricCase<'_>, wanted: Option<Stage>) -> Option<Passed> {
    let at = |passed: &Passed| passed.at.map_or(f64::INFINITY, Interval::hi);
    let reached = case.series.done.iter().filter(|passed| is_reached(wanted, passed.stage));
    reached.min_by(|one, other| at(one).total_cmp(&at(other))).copied()
}

/// Whether a stage is as far as the wanted one. Only a few follow one another: what is in force was issued or
/// signed before.
fn is_reached(wanted: Option<Stage>, stage: Option<Stage>) -> bool {
    match (wanted, stage) {
        (None, _) => true,
        (Some(wanted), Some(stage)) if wanted == stage => true,
        (Some(Stage::Issued | Stage::Signed), Some(Stage::InForce | Stage::Launched)) => true,
        _ => false,
    }
}
