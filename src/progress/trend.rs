//! What can be said without a target: whether the figures turned better or worse, and how far they are from
//! others' values.

use super::Judge;
use super::case::{MetricCase, SLACK};
use super::series::{Reading, ReadingOrigin};
use super::time;
use crate::plan::metric::{Direction, Measure, Value, When};
use crate::text::words::words;

words!(
    /// Which way a series went.
    Turn {
        /// In the wanted direction, by more than the tolerance.
        Better = "better" ("改善", "better"),
        Worse = "worse" ("变差", "worse"),
        /// Neither, or the first and last value and the slope do not agree.
        Flat = "flat" ("基本持平", "flat"),
    }
);

/// From the first comparable value to the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// The earliest value that can be compared with the last one.
    pub first: Reading,
    /// The latest actual.
    pub last: Reading,
    /// Last less first.
    pub change: f64,
    /// The change per year between the two, in the metric's unit.
    pub per_year: f64,
    /// Slope of the least-squares line, a year; from four values on.
    pub slope: Option<f64>,
    /// How many values there are.
    pub points: usize,
    /// Which way it went; `None` where the wanted direction is not known.
    pub turn: Option<Turn>,
}

/// How far a metric is from another's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// Which of the metric's comparators.
    pub comparator: usize,
    /// The comparator's value, in the metric's unit.
    pub other: f64,
    /// The metric's own value: of the same stated time where there is one, else the latest.
    pub own: Reading,
    /// Own less other, only for the same stated time: in points for percentages, else in per cent of the
    /// other.
    pub difference: Option<f64>,
}

/// So many values at least make a slope.
const FEW: usize = 4;

/// The values of the last segment, one a stated time, earliest first.
fn comparable(case: &MetricCase<'_>) -> Vec<Reading> {
    let may =
        |one: &&Reading| !one.is_estimate() && one.is_time_stated() && one.origin != ReadingOrigin::Start;
    let all = case.series.actuals.iter().chain(&case.series.baseline).filter(may);
    let mut all: Vec<Reading> = all.copied().collect();
    all.sort_by(|one, other| other.recency(one));
    let Some(last) = all.first().copied() else { return Vec::new() };
    let cut = case.series.break_before(last.at.hi());
    all.retain(|one| one.is_comparable(&last) && cut.is_none_or(|cut| one.at.hi() > cut + SLACK));
    all.dedup_by(|other, best| (other.at.hi() - best.at.hi()).abs() < SLACK);
    all.reverse();
    all
}

/// The trend, where there are two comparable values.
pub(super) fn trend(case: &MetricCase<'_>) -> Option<Trend> {
    let all = comparable(case);
    let [first, .., last] = all.as_slice() else { return None };
    let years = last.at.hi() - first.at.hi();
    let change = last.written() - first.written();
    let slope = (all.len() >= FEW).then(|| slope(&all)).flatten();
    let sign = match case.metric.direction {
        Direction::Reach if !case.only_compares() => {
            case.targets.first().map_or(0.0, |target| (target.written() - first.written()).signum())
        }
        _ => case.sign(Some(first.written()), first.written()),
    };
    let tolerance = case.tolerance(last) + SLACK * last.written().abs();
    let beyond =
        |way: f64| way * change > tolerance && slope.is_none_or(|slope| way * slope * years > tolerance);
    let turn = match (beyond(sign), beyond(-sign)) {
        (true, _) => Turn::Better,
        (_, true) => Turn::Worse,
        _ => Turn::Flat,
    };
    let number = !matches!(case.metric.measure, Measure::Milestone | Measure::Qualitative);
    let known = number && years > 0.0 && change.is_finite();
    known.then_some(Trend {
        first: *first,
        last: *last,
        change,
        per_year: change / years,
        slope,
        points: all.len(),
        turn: (sign != 0.0).then_some(turn),
    })
}

/// Slope of the least-squares line through values by their times.
fn slope(all: &[Reading]) -> Option<f64> {
    let count = f64::from(u32::try_from(all.len()).ok()?);
    let mean = |of: fn(&Reading) -> f64| all.iter().map(of).sum::<f64>() / count;
    let (at, value) = (mean(|one| one.at.hi()), mean(Reading::written));
    let both: f64 = all.iter().map(|one| (one.at.hi() - at) * (one.written() - value)).sum();
    let spread: f64 = all.iter().map(|one| (one.at.hi() - at).powi(2)).sum();
    let slope = both / spread;
    slope.is_finite().then_some(slope)
}

/// How far the metric is from each of its comparators.
pub(super) fn distances(judge: &Judge<'_>, case: &MetricCase<'_>) -> Vec<Distance> {
    if matches!(case.metric.measure, Measure::Milestone | Measure::Qualitative) {
        return Vec::new();
    }
    let visible = |value: &Value| !judge.as_of.hides(judge.plan, value);
    let comparators = case.metric.comparators.iter().enumerate().filter(|(_, value)| visible(value));
    comparators.filter_map(|(at, value)| distance(case, at, value)).collect()
}

fn distance(case: &MetricCase<'_>, at: usize, value: &Value) -> Option<Distance> {
    let other = value.amount.number()?.value;
    let mut known: Vec<Reading> = case
        .series
        .actuals
        .iter()
        .chain(&case.series.baseline)
        .filter(|one| !one.is_estimate())
        .copied()
        .collect();
    known.sort_by(|one, other| other.recency(one));
    let stated = matches!(value.when, When::At(_) | When::Period(..));
    let when = time::latest_end(value.when).filter(|_| stated);
    let same = known
        .iter()
        .find(|one| one.is_time_stated() && when.is_some_and(|when| (one.at.hi() - when).abs() < SLACK));
    let own = *same.or(known.first())?;
    let apart = own.written() - other;
    let difference = match case.metric.measure {
        Measure::Percentage => Some(apart),
        Measure::Unit if other != 0.0 => Some(100.0 * apart / other.abs()),
        _ => None,
    };
    Some(Distance { comparator: at, other, own, difference: difference.filter(|_| same.is_some()) })
}
