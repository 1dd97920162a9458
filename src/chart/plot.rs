//! A metric's values over time in data coordinates: what the braille chart and other drawings (SVG) are made
//! from.

use super::cells::ChartRole;
use crate::plan::Plan;
use crate::plan::figure::told;
use crate::progress::{Assessment, Flag, Interval, Reading};
use crate::text::Ui;

#[derive(Clone, Debug, PartialEq)]
pub struct PlotMark {
    /// [`ChartRole::Baseline`], [`ChartRole::Actual`], [`ChartRole::Checkpoint`] or [`ChartRole::Target`].
    pub ink: ChartRole,
    /// When, in decimal years; open where the reference time is not stated.
    pub at: Interval,
    /// How much; open where a bound says no more.
    pub amount: Interval,
    /// The figure as written.
    pub value: f64,
    /// It is the latest actual.
    pub latest: bool,
    /// The figure in the language's own way.
    pub text: String,
}

/// Values, the expected path and today, in decimal years and the metric's unit. All numbers are finite, and
/// both ranges wider than nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// From the beginning of the first year to the end of the last.
    pub years: (f64, f64),
    /// From the lowest to the highest value shown, with a little room.
    pub amounts: (f64, f64),
    /// Values by time.
    pub marks: Vec<PlotMark>,
    /// Corners of the expected path: baseline, checkpoints, target.
    pub path: Vec<(f64, f64)>,
    /// Actual values joined in order of time; breaks of the series divide it.
    pub lines: Vec<Vec<(f64, f64)>>,
    pub today: f64,
    /// Values left of the first year shown; the table of values has them.
    pub earlier: usize,
    /// What the amounts count; empty where that is not known.
    pub unit: String,
    /// The day that it is drawn as of, for its legend.
    pub as_of: String,
    /// What it is of, where nothing beside it says so.
    pub title: String,
}

/// Values older than so many years before the plan are not drawn: 2015 for a plan of 2024.
const YEARS_BEFORE: f64 = 9.0;
/// A plan without a period shows so many years from the first value.
const YEARS_AFTER: f64 = 10.0;
/// Room above and below, as a share of the range.
const ROOM: f64 = 0.05;

impl Plot {
    /// The plot of a verdict's series; `None` where there is nothing to draw. `today` is in decimal years.
    pub fn new(plan: &Plan, found: &Assessment, today: f64, ui: Ui) -> Option<Self> {
        let series = &found.series;
        let actuals = series.actuals.iter().rev().map(|reading| (ChartRole::Actual, reading));
        let baseline = series.baseline.iter().map(|reading| (ChartRole::Baseline, reading));
        let target = found.target.filter(|target| series.targets.contains(target));
        let targets = series.targets.iter().map(|reading| {
            let counts = target.is_some_and(|target| target.at == reading.at);
            (if counts { ChartRole::Target } else { ChartRole::Checkpoint }, reading)
        });
        let all: Vec<(ChartRole, &Reading)> = baseline.chain(actuals).chain(targets).collect();
        let period =
            plan.period.map(|period| (f64::from(period.start.year()), f64::from(period.end.year()) + 1.0));
        let first = all.iter().map(|(_, reading)| reading.at.lo()).fold(f64::INFINITY, f64::min);
        let last = all.iter().map(|(_, reading)| reading.at.hi()).fold(f64::NEG_INFINITY, f64::max);
        if !first.is_finite() {
            return None;
        }
        let oldest = period.map_or(f64::NEG_INFINITY, |period| period.0 - YEARS_BEFORE);
        // A year's value stands at its end, which is the next one's beginning.
        let start = (first - 1e-9).floor().max(oldest);
        let end = period
            .map_or(last.max(start + YEARS_AFTER), |period| period.1)
            .max(last.min(start + 60.0))
            .ceil();
        let years = (start, end.max(start + 1.0));
        let shown: Vec<(ChartRole, &Reading)> = all
            .iter()
            .filter(|(_, reading)| (years.0..=years.1).contains(&reading.at.hi()))
            .copied()
            .collect();
        let earlier = all.iter().filter(|(_, reading)| reading.at.hi() < years.0).count();
        let latest = found.actual.map(|actual| actual.origin);
        let marks: Vec<PlotMark> = shown
            .iter()
            .map(|(ink, reading)| PlotMark {
                ink: *ink,
                at: reading.at,
                amount: reading.amount,
                value: reading.written(),
                latest: *ink == ChartRole::Actual && Some(reading.origin) == latest,
                text: told(reading.written(), 4, ui),
            })
            .collect();
        if marks.is_empty() {
            return None;
        }
        Some(Self {
            years,
            amounts: range(&marks)?,
            path: path(found, &shown),
            lines: lines(&marks, &cuts(found)),
            marks,
            today,
            earlier,
            unit: String::new(),
            as_of: String::new(),
            title: String::new(),
        })
    }

    /// Round steps of the amounts, and the range from a step below the lowest to one above the highest.
    pub fn steps(&self) -> (f64, (f64, f64)) {
        let (low, high) = self.amounts;
        let rough = (high / 4.0 - low / 4.0).max(f64::MIN_POSITIVE);
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
        let step = step.filter(|step| step.is_finite() && *step > 0.0).unwrap_or(rough);
        let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
        (step, if from.is_finite() && to.is_finite() { (from, to) } else { self.amounts })
    }

    /// A time's place from the left, 0 to 1.
    pub fn across(&self, at: f64) -> f64 {
        ((at - self.years.0) / (self.years.1 - self.years.0)).clamp(0.0, 1.0)
    }

    /// An amount's place from below, 0 to 1. Halves keep the differences of the largest numbers finite.
    pub fn up(&self, amount: f64) -> f64 {
        let (lo, hi) = self.amounts;
        ((amount / 2.0 - lo / 2.0) / (hi / 2.0 - lo / 2.0)).clamp(0.0, 1.0)
    }

    /// The amount that the path expects at a time; `None` outside it.
    pub fn expected(&self, at: f64) -> Option<f64> {
        let leg = self.path.windows(2).find(|leg| (leg[0].0..=leg[1].0).contains(&at))?;
        let ((from, low), (to, high)) = (leg[0], leg[1]);
        let part = if to > from { (at - from) / (to - from) } else { 1.0 };
        Some(low * (1.0 - part) + high * part)
    }
}

/// The range of everything shown, never empty.
fn range(marks: &[PlotMark]) -> Option<(f64, f64)> {
    let lo = marks.iter().map(|mark| mark.amount.lo()).fold(f64::INFINITY, f64::min);
    let hi = marks.iter().map(|mark| mark.amount.hi()).fold(f64::NEG_INFINITY, f64::max);
    let room = ROOM * (hi / 2.0 - lo / 2.0) * 2.0;
    let room = if room > 0.0 && room.is_finite() { room } else { 0.0 };
    let (low, high) = (lo - room, hi + room);
    let (low, high) = if low.is_finite() && high.is_finite() { (low, high) } else { (lo, hi) };
    if low < high {
        return Some((low, high));
    }
    // A flat series lies in the middle.
    let around = (lo.abs() * ROOM).max(1.0);
    let (low, high) = (lo - around, lo + around);
    (low < high && low.is_finite() && high.is_finite()).then_some((low, high))
}

/// Baseline, checkpoints and target, where there are both ends.
fn path(found: &Assessment, shown: &[(ChartRole, &Reading)]) -> Vec<(f64, f64)> {
    let (Some(baseline), Some(target)) = (found.baseline, found.target) else { return Vec::new() };
    let later = found.series.targets.iter().filter(|one| one.at.lo() > target.at.lo());
    let stops = found.checkpoints().into_iter().chain([target]).chain(later.copied());
    let is_shown = |one: &Reading| shown.iter().any(|(_, other)| other.origin == one.origin);
    let mut path: Vec<(f64, f64)> = std::iter::once(baseline)
        .chain(stops)
        .filter(is_shown)
        .map(|reading| (reading.at.hi(), reading.written()))
        .collect();
    path.dedup_by(|later, first| later.0 <= first.0);
    if path.len() > 1 { path } else { Vec::new() }
}

/// Times that divide the line: recorded breaks, and a jump, which is more likely a break than a rise.
fn cuts(found: &Assessment) -> Vec<f64> {
    let jump = found.actual.filter(|_| found.flags.contains(&Flag::Jump));
    found.series.breaks.iter().copied().chain(jump.map(|latest| latest.at.hi() - 1e-9)).collect()
}

/// Baseline and actuals joined, apart at cuts.
fn lines(marks: &[PlotMark], breaks: &[f64]) -> Vec<Vec<(f64, f64)>> {
    let known = marks.iter().filter(|mark| matches!(mark.ink, ChartRole::Actual | ChartRole::Baseline));
    let mut points: Vec<(f64, f64)> = known.map(|mark| (mark.at.hi(), mark.value)).collect();
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    let between =
        |one: &(f64, f64), other: &(f64, f64)| !breaks.iter().any(|cut| one.0 <= *cut && *cut < other.0);
    points.chunk_by(between).filter(|part| part.len() > 1).map(<[(f64, f64)]>::to_vec).collect()
}
