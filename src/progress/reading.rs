//! One value as arithmetic takes it: where the true amount and its time lie, and which of two values is the
//! later one.
//!
//! Bounds have arithmetic (`docs/judging.md`, Bounds): "more than 9,000" is open upwards; "nearly 100" lies
//! between 90 and 100; "about 40" between 35 and 45. The unit is the place of the last digit that is not 0,
//! and a tenth for 10, 100, 1,000 ….

use std::cmp::Ordering;

use super::interval::Interval;
use super::origin::ReadingOrigin;
use super::time;
use crate::plan::metric::{Amount, Bound, Direction, Force, Grade, Measure, Metric, Stat, Value, When};
use crate::plan::register::Standing;
use crate::plan::{Plan, SourceId};

/// A value as arithmetic takes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Whether the plan or a journal has the value.
    pub origin: ReadingOrigin,
    /// Where the true amount lies.
    pub amount: Interval,
    /// What the source says of it.
    pub bound: Bound,
    /// Decimals as written.
    pub places: u8,
    /// The time it refers to, in decimal years; nothing to read in a target without a date.
    pub at: Interval,
    /// The same as its source gives it.
    pub when: When,
    /// Years that a flow runs over, where it is one.
    pub length: Option<f64>,
    /// Since when a cumulative count counts, where its time says so.
    pub since: Option<f64>,
    /// How good the source is.
    pub grade: Option<Grade>,
    /// The document that states it; [`None`] where none is named.
    pub source: Option<SourceId>,
    /// Promise or aspiration, for targets.
    pub force: Force,
    /// Open upwards: the upper end of `amount` only stands for everything above all other figures.
    pub open: bool,
    /// When it was made known, in decimal years, as far as that is known.
    pub known: Option<f64>,
    /// The plan's own, rather than another document's.
    pub own: bool,
}

impl Reading {
    /// The figure that was written: the end that the bound starts from.
    pub fn written(&self) -> f64 {
        match self.bound {
            Bound::Exact | Bound::AtLeast | Bound::MoreThan => self.amount.lo(),
            Bound::AtMost | Bound::Nearly => self.amount.hi(),
            Bound::About => f64::midpoint(self.amount.lo(), self.amount.hi()),
        }
    }

    /// Where the true value lies, seen from the lower or the upper end of `amount`: 1 above it, −1 below it,
    /// 0 maybe on it.
    pub(super) fn lean(&self, end: f64) -> f64 {
        let lower = end <= self.amount.lo() && !self.amount.is_point();
        if self.open {
            return if lower && self.bound == Bound::MoreThan { 1.0 } else { 0.0 };
        }
        let upper = end >= self.amount.hi() && !self.amount.is_point();
        match self.bound {
            Bound::MoreThan if self.amount.is_point() => 1.0, // at a ceiling
            Bound::MoreThan | Bound::Nearly | Bound::AtMost if lower => 1.0,
            Bound::MoreThan | Bound::Nearly | Bound::AtLeast if upper && end != 100.0 => -1.0,
            _ => 0.0,
        }
    }

    /// Whether both speak of one time: the same stated one, or the same announcement.
    pub fn is_same_time(&self, other: &Reading) -> bool {
        let announced = |when| matches!(when, When::Announced(_));
        announced(self.when) == announced(other.when)
            && self.length.is_some() == other.length.is_some()
            && self.is_comparable(other)
            && match (time::latest_end(self.when), time::latest_end(other.when)) {
                (Some(one), Some(other)) => (one - other).abs() < 1e-9,
                _ => false,
            }
            && (!announced(self.when) || self.when == other.when)
    }

    /// Whether its reference time is stated, rather than only the day of its announcement.
    pub fn is_time_stated(&self) -> bool {
        matches!(self.when, When::At(_) | When::Period(..))
    }

    /// Whether flows run over spans of one length, and counts count from one start; a level has neither.
    pub fn is_comparable(&self, other: &Reading) -> bool {
        if self.since.zip(other.since).is_some_and(|(one, other)| (one - other).abs() > 0.01) {
            return false;
        }
        match (self.length, other.length) {
            (None, None) => true,
            (Some(one), Some(other)) => (one - other).abs() < 0.01,
            _ => false,
        }
    }

    /// Grade D drives no verdict.
    pub fn is_estimate(&self) -> bool {
        self.grade == Some(Grade::D)
    }

    /// Its grade as a number, the better the higher; 0 where none is known.
    pub(super) fn rank(&self) -> u8 {
        match self.grade {
            Some(Grade::A) => 3,
            Some(Grade::B) => 2,
            Some(Grade::C) => 1,
            Some(Grade::D) | None => 0,
        }
    }

    /// Order of "the latest actual", one total key: the end of the stated time or the first day of the
    /// announcement, the finer date, grade, publication, recording.
    pub(super) fn recency(&self, other: &Reading) -> Ordering {
        let end = |one: &Reading| time::latest_end(one.when).unwrap_or(f64::NEG_INFINITY);
        let known = |one: &Reading| one.known.unwrap_or(f64::NEG_INFINITY);
        end(self)
            .total_cmp(&end(other))
            .then(time::fineness(self.when).cmp(&time::fineness(other.when)))
            .then(self.rank().cmp(&other.rank()))
            .then(known(self).total_cmp(&known(other)))
            .then(self.origin.cmp(&other.origin))
    }
}

/// The figure's unit as written: the place of its last digit that is not 0; a tenth for a one followed by
/// zeros.
pub fn written_unit(figure: f64, places: u8) -> f64 {
    let mut unit = 10f64.powi(-i32::from(places.min(15)));
    if !figure.is_finite() || figure == 0.0 {
        return unit;
    }
    let size = figure.abs();
    while unit * 20.0 <= size * (1.0 + 1e-12) && is_multiple(size, unit * 10.0) && places == 0 {
        unit *= 10.0;
    }
    unit
}

fn is_multiple(size: f64, unit: f64) -> bool {
    let times = size / unit;
    (times - times.round()).abs() < 1e-9 * times.max(1.0)
}

/// Where the true amount lies, its decimals, and whether it is open upwards. `None` for words without a
/// number.
pub(super) fn amount(metric: &Metric, value: &Value) -> Option<(Interval, u8, bool)> {
    let number = value.amount.number()?;
    if let Amount::Range(low, high) = value.amount {
        return Some((Interval::new(low.value, high.value)?, low.places.max(high.places), false));
    }
    let (figure, unit) = (number.value, written_unit(number.value, number.places));
    let share = metric.measure == Measure::Percentage;
    let ceiling = (share && !metric.gross && figure <= 100.0).then_some(100.0);
    let upwards = matches!(value.bound, Bound::AtLeast | Bound::MoreThan);
    let (lo, hi) = match value.bound {
        Bound::Exact => (figure, figure),
        Bound::AtLeast | Bound::MoreThan => (figure, ceiling.unwrap_or(figure + unit)),
        Bound::AtMost if figure >= 0.0 => (0.0, figure),
        Bound::AtMost | Bound::Nearly => (figure - unit, figure),
        Bound::About => (figure - unit / 2.0, figure + unit / 2.0),
    };
    let floor = if figure >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let within = Interval::new(lo.max(floor), hi.min(ceiling.unwrap_or(f64::INFINITY)))?;
    Some((within, number.places, upwards && ceiling.is_none()))
}

/// The level that a target asks for: its bound says from where it is met, so the figure itself; of a range
/// the end that comes first; only "about" and "nearly" leave it open.
fn asked(metric: &Metric, value: &Value) -> Option<(Interval, u8, bool)> {
    let (open, places, _) = amount(metric, value)?;
    let level = match (&value.amount, value.bound) {
        (Amount::Range(..), _) if metric.direction == Direction::Decrease => open.hi(),
        (Amount::Range(..), _) | (_, Bound::Exact | Bound::AtLeast | Bound::MoreThan) => open.lo(),
        (_, Bound::AtMost) => open.hi(),
        (_, Bound::About | Bound::Nearly) => return Some((open, places, false)),
    };
    let level = if value.bound == Bound::AtMost { value.amount.number()?.value } else { level };
    Some((Interval::point(level)?, places, false))
}

/// Grade of a value: its own, else its source's.
fn grade_of(plan: &Plan, value: &Value) -> Option<Grade> {
    value.grade.or_else(|| {
        value.source.and_then(|id| plan.sources.get(id.0 as usize)).and_then(|source| source.grade)
    })
}

/// A value with the place in time it is given; `None` where it has no number.
pub(super) fn placed(
    plan: &Plan,
    metric: &Metric,
    value: &Value,
    origin: ReadingOrigin,
    at: Interval,
) -> Option<Reading> {
    let read = if let ReadingOrigin::Target(_) = origin { asked } else { amount };
    let (amount, places, open) = read(metric, value)?;
    let source = value.source.and_then(|id| plan.sources.get(id.0 as usize));
    let announced = if let When::Announced(at) = value.when { Some(at) } else { None };
    let known = value.published.or(announced).or(source.and_then(|source| source.date));
    Some(Reading {
        origin,
        amount,
        bound: value.bound,
        places,
        at,
        when: value.when,
        length: match (metric.stat, value.when) {
            // A cumulative count is a level, counted from its start.
            (Stat::Stock | Stat::Cumulative, _) => None,
            _ => time::length(value.when),
        },
        since: match (metric.stat, value.when) {
            (Stat::Cumulative, When::Period(from, _)) => Some(time::start(from)),
            _ => None,
        },
        grade: grade_of(plan, value),
        source: value.source,
        force: value.force,
        open,
        known: known.map(time::years),
        own: source.and_then(|source| source.standing).is_none_or(|standing| standing == Standing::Plan),
    })
}

/// A value as a reading; `None` where it has no number or no time. What was only announced refers to no time
/// after `now`.
pub(super) fn reading(
    plan: &Plan,
    metric: &Metric,
    (value, origin): (&Value, ReadingOrigin),
    now: f64,
) -> Option<Reading> {
    let span = time::span(value.when)?;
    let span = match value.when {
        When::Announced(_) => Interval::new(span.lo(), span.hi().min(now.max(span.lo())))?,
        _ => span,
    };
    placed(plan, metric, value, origin, span)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::*;
    use super::*;

    #[rstest]
    #[case(9_000.0, 0, 1_000.0)]
    #[case(10_000.0, 0, 1_000.0)] // a one followed by zeros: a tenth
    #[case(130.0, 0, 10.0)]
    #[case(3_000.0, 0, 1_000.0)]
    #[case(3_247.0, 0, 1.0)]
    #[case(200_000.0, 0, 100_000.0)]
    #[case(100.0, 0, 10.0)]
    #[case(70.0, 0, 10.0)]
    #[case(95.2, 1, 0.1)]
    #[case(80.0, 1, 0.1)] // written 80.0
    #[case(0.0, 0, 1.0)]
    #[case(7.0, 0, 1.0)]
    fn a_figure_has_the_unit_it_is_written_in(#[case] figure: f64, #[case] places: u8, #[case] unit: f64) {
        assert!(
            (written_unit(figure, places) - unit).abs() < 1e-12 * unit,
            "{}",
            written_unit(figure, places)
        );
    }

    #[rstest]
    #[case(Bound::Exact, "130", 130.0, 130.0)]
    #[case(Bound::AtMost, "80", 0.0, 80.0)]
    #[case(Bound::Nearly, "100", 90.0, 100.0)]
    #[case(Bound::About, "40", 35.0, 45.0)]
    fn a_bound_is_an_interval(#[case] bound: Bound, #[case] literal: &str, #[case] lo: f64, #[case] hi: f64) {
        let (interval, ..) = amount(&count(), &bounded(bound, in_year(literal, 2024))).unwrap();
        assert_eq!((interval.lo(), interval.hi()), (lo, hi));
    }

    #[test]
    fn a_share_stays_between_nothing_and_all() {
        let hi = |metric| amount(&metric, &bounded(Bound::MoreThan, in_year("90", 2024))).unwrap().0.hi();
        assert!((hi(share()) - 100.0).abs() < 1e-12);
        let low = bounded(Bound::AtMost, in_year("5", 2024));
        assert!(amount(&share(), &low).unwrap().0.lo().abs() < 1e-12);
    }
}
