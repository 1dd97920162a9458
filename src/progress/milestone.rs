//! Milestones: done, due or overdue by their date. That nobody has reported one is itself what is known of it.

use super::case::Case;
use super::interval::Interval;
use super::lack::Lack;
use super::status::Outcome;
use crate::plan::State;
use crate::plan::metric::Stage;

/// The verdict on a milestone.
pub(super) fn decide(case: &Case<'_>) -> Outcome {
    if case.series.due.is_empty() {
        return Outcome::lacking(State::NoTarget, Lack::Target);
    }
    let Some((stage, at)) = next_due(case) else {
        return Outcome::lacking(State::Undated, Lack::Date);
    };
    if done(case, stage).is_some() {
        Outcome::plain(State::Achieved)
    } else if at <= case.now {
        Outcome::plain(State::Overdue)
    } else {
        Outcome::lacking(State::NoData, Lack::NotDue)
    }
}

/// The stage to be reached next and its date: the earliest still ahead, else the last.
pub(super) fn next_due(case: &Case<'_>) -> Option<(Option<Stage>, f64)> {
    let dated = || case.series.due.iter().filter_map(|(stage, at)| at.map(|at| (*stage, at)));
    let ahead = dated().filter(|(_, at)| *at > case.now).min_by(|one, other| one.1.total_cmp(&other.1));
    ahead.or_else(|| dated().max_by(|one, other| one.1.total_cmp(&other.1)))
}

/// When it was done, first.
pub(super) fn done(case: &Case<'_>, wanted: Option<Stage>) -> Option<Interval> {
    let reached = case.series.done.iter().filter(|(stage, _)| is_reached(wanted, *stage)).map(|(_, at)| *at);
    reached.min_by(|one, other| one.hi().total_cmp(&other.hi()))
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
