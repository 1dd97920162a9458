//! Milestones: done, due or overdue by their date. That nobody has reported one is itself what is known of it.

use super::case::Case;
use super::interval::Interval;
use super::lack::Lack;
use super::outcome::Outcome;
use super::series::Passed;
use crate::plan::State;
use crate::plan::metric::Stage;

/// The verdict on a milestone.
pub(super) fn decide(case: &Case<'_>) -> Outcome {
    if case.series.due.is_empty() {
        return Outcome::lacking(State::NoTarget, Lack::Target);
    }
    let Some((due, date)) = next_due(case) else {
        return Outcome::lacking(State::Undated, Lack::Date);
    };
    if done(case, due.stage).is_some() {
        Outcome::plain(State::Achieved)
    } else if date <= case.now {
        Outcome::plain(State::Overdue)
    } else {
        Outcome::lacking(State::NoData, Lack::NotDue)
    }
}

/// The stage to be reached next and its date: the earliest still ahead, else the last.
pub(super) fn next_due(case: &Case<'_>) -> Option<(Passed, f64)> {
    let dated =
        || case.series.due.iter().filter_map(|due| Some((*due, due.at.filter(|at| at.is_point())?.hi())));
    let ahead = dated().filter(|(_, at)| *at > case.now).min_by(|one, other| one.1.total_cmp(&other.1));
    ahead.or_else(|| dated().max_by(|one, other| one.1.total_cmp(&other.1)))
}

/// The first time it was done, or one whose time is not known.
pub(super) fn done(case: &Case<'_>, wanted: Option<Stage>) -> Option<Passed> {
    let at = |passed: &Passed| passed.at.map_or(f64::INFINITY, Interval::hi);
    let reached = case.series.done.iter().filter(|passed| is_reached(wanted, passed.stage));
    reached.min_by(|one, other| at(one).total_cmp(&at(other))).copied()
}

/// Whether a stage is as far as the wanted one. Only a few follow one another: what is in force was issued or signed before.
fn is_reached(wanted: Option<Stage>, stage: Option<Stage>) -> bool {
    match (wanted, stage) {
        (None, _) => true,
        (Some(wanted), Some(stage)) if wanted == stage => true,
        (Some(Stage::Issued | Stage::Signed), Some(Stage::InForce | Stage::Launched)) => true,
        _ => false,
    }
}
