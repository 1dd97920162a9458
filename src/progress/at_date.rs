//! How a target stood when its time was over: the first actual at or after its date decides.

use super::case::{MetricCase, SLACK};
use super::interval_corner::{IntervalCorner, corner};
use super::series::Reading;
use crate::plan::metric::Direction;

/// How a target stood at its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtDate {
    /// The first actual at or after the date met it, or one before it did and none came after.
    Met,
    /// It was short then and is met by the latest.
    Late,
    /// It was short then and is now.
    Short,
    /// No figure refers to the date or later, and none before met it.
    Unreported,
    /// Bounds or a reference time that is not stated leave it open.
    Open,
}

/// Whether a figure with its bounds meets a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meets {
    Yes,
    No,
    Open,
}

/// Whether a reading meets the target of a corner, at all of the reading's ends.
pub(super) fn meets(case: &MetricCase<'_>, reading: &Reading, asked: &IntervalCorner) -> Meets {
    let sign = case.sign(asked.baseline.map(|(value, _)| value), asked.target);
    let (mut yes, mut no) = (false, false);
    for end in reading.amount.ends() {
        let enough = case.is_enough(end, reading.lean(end), asked, sign);
        yes |= enough;
        no |= !enough;
    }
    match (yes, no) {
        (true, false) => Meets::Yes,
        (false, true) => Meets::No,
        _ => Meets::Open,
    }
}

/// A target of its own as a corner, against the case's baseline.
pub(super) fn asked(case: &MetricCase<'_>, target: &Reading) -> IntervalCorner {
    let from = case.baseline.ok().map(|from| (from.written(), from.at.hi()));
    corner(from, (target, target.written(), target.at.hi()), (target, target.written()))
}

/// Usable actuals from the earliest to the latest; of one time the best.
fn by_time<'c>(case: &'c MetricCase<'_>) -> Vec<&'c Reading> {
    let mut all: Vec<&Reading> = case.usable.iter().collect();
    all.sort_by(|one, other| one.at.hi().total_cmp(&other.at.hi()).then(other.recency(one)));
    all
}

/// The first actual that surely refers to a date or to a later time.
pub(super) fn first_after<'c>(case: &'c MetricCase<'_>, date: f64) -> Option<&'c Reading> {
    by_time(case).into_iter().find(|one| one.at.lo() >= date - SLACK)
}

/// The first actual that surely met a target.
pub(super) fn first_met<'c>(case: &'c MetricCase<'_>, asked: &IntervalCorner) -> Option<&'c Reading> {
    by_time(case).into_iter().find(|one| meets(case, one, asked) == Meets::Yes)
}

/// How the target of a corner stood at its date.
pub(super) fn at_date(case: &MetricCase<'_>, asked: &IntervalCorner) -> AtDate {
    let date = asked.target_at;
    let maintained = case.metric.direction == Direction::Maintain;
    let latest = case.latest.first();
    let sure = first_after(case, date);
    let decided = |first: Option<&Reading>| match first.map(|first| meets(case, first, asked)) {
        Some(Meets::Yes) => AtDate::Met,
        Some(Meets::Open) => AtDate::Open,
        Some(Meets::No) => match latest.map(|latest| meets(case, latest, asked)) {
            Some(Meets::Yes) => AtDate::Late,
            Some(Meets::Open) => AtDate::Open,
            _ => AtDate::Short,
        },
        None if !maintained && first_met(case, asked).is_some() => AtDate::Met,
        None => AtDate::Unreported,
    };
    let found = decided(sure);
    // What was only announced after the date may refer to a time before it.
    let maybe =
        by_time(case).into_iter().find(|one| one.at.lo() < date - SLACK && one.at.hi() >= date - SLACK);
    match maybe {
        Some(maybe) if decided(Some(maybe)) != found => AtDate::Open,
        _ => found,
    }
}
