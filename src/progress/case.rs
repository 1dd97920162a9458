//! One metric made ready for judging: the target that counts, the actuals that count, and what is wrong with the figures.

use super::Judge;
use super::lack::Lack;
use super::pace::Point;
use super::series::{Added, Reading, Series, written_unit};
use crate::plan::Plan;
use crate::plan::metric::{Bound, Direction, Kind, Measure, Metric, Stat};

/// Sums of decimals that differ by less are the same.
pub(super) const SLACK: f64 = 1e-9;

/// A metric with its readings sorted out.
#[derive(Clone, Debug)]
pub(super) struct Case<'a> {
    pub plan: &'a Plan,
    pub metric: &'a Metric,
    pub series: Series,
    /// Actuals that a verdict may rest on, latest first: no estimates, flows of the target's length only, and the baseline too where
    /// it is what is known of the target's own date.
    pub usable: Vec<Reading>,
    /// The target that counts, with others of the same date and force.
    pub targets: Vec<Reading>,
    /// The latest actual, with rivals of the same time and grade.
    pub latest: Vec<Reading>,
    /// The baseline, or why there is none to reckon with.
    pub baseline: Result<Reading, Lack>,
    /// Checkpoints between baseline and target as (time, value), by time.
    pub checkpoints: Vec<(f64, f64)>,
    /// Today in decimal years.
    pub now: f64,
}

/// One end of everything that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    pub baseline: Option<(f64, f64)>,
    pub actual: f64,
    pub actual_at: f64,
    /// Where the true value lies from `actual`: 1 above, −1 below, 0 maybe on it.
    pub lean: f64,
    pub target: f64,
    pub target_at: f64,
    /// The target is met only beyond its figure ("more than").
    pub beyond: bool,
}

impl<'a> Case<'a> {
    /// Reads and sorts out.
    pub fn new(judge: &Judge<'a>, metric: &'a Metric, added: &Added<'_>) -> Self {
        let series = Series::new(judge.plan, metric, added, judge.as_of);
        let mut case = Self {
            plan: judge.plan,
            metric,
            usable: Vec::new(),
            targets: Vec::new(),
            latest: Vec::new(),
            baseline: Err(Lack::Baseline),
            checkpoints: Vec::new(),
            now: super::time::day_years(judge.as_of.day()),
            series,
        };
        case.choose_target();
        case.choose_usable();
        case.choose_latest();
        case.baseline = case.usable_baseline();
        case
    }

    /// Ranks, ordinals and flows are compared, never followed along a path.
    pub fn only_compares(&self) -> bool {
        matches!(self.metric.measure, Measure::Rank | Measure::Ordinal) || self.metric.stat != Stat::Stock
    }

    /// The earliest target still ahead, else the last; firm before striven for.
    fn choose_target(&mut self) {
        let dated = &self.series.targets;
        let ahead = dated.iter().find(|target| target.at.lo() > self.now);
        let last = || dated.iter().find(|target| Some(target.at) == dated.last().map(|last| last.at));
        let Some(chosen) = ahead.or_else(last).copied() else { return };
        let rivals = dated.iter().filter(|target| target.at == chosen.at && target.force == chosen.force);
        self.targets = rivals.copied().collect();
        self.targets.dedup_by(|one, other| one.amount == other.amount && one.bound == other.bound);
        let from = self.series.baseline.map_or(f64::NEG_INFINITY, |baseline| baseline.at.hi());
        let between = |target: &&Reading| target.at.lo() > from && target.at.lo() < chosen.at.lo();
        self.checkpoints =
            dated.iter().filter(between).map(|target| (target.at.lo(), target.amount.middle())).collect();
        self.checkpoints.dedup_by(|later, first| later.0 <= first.0); // of one date the firm one, sorted first, stays
    }

    /// The latest actual that may drive a verdict, with those that rival it.
    fn choose_latest(&mut self) {
        let Some(latest) = self.usable.first() else { return };
        let rank = latest.rank();
        let tolerance = self.tolerance(latest);
        let rivals: Vec<&Reading> = self
            .usable
            .iter()
            .skip(1)
            .filter(|other| other.is_same_time(latest) && other.rank() == rank)
            .filter(|other| latest.amount.distance(other.amount) > tolerance + SLACK)
            .collect();
        // What lies between the ends changes no verdict.
        let lowest = rivals.iter().min_by(|one, other| one.amount.lo().total_cmp(&other.amount.lo()));
        let highest = rivals.iter().max_by(|one, other| one.amount.hi().total_cmp(&other.amount.hi()));
        let mut chosen: Vec<Reading> =
            [Some(latest), lowest.copied(), highest.copied()].into_iter().flatten().copied().collect();
        chosen.dedup();
        self.latest = chosen;
    }

    fn choose_usable(&mut self) {
        let target = self.targets.first();
        let at_the_date =
            |baseline: &&Reading| target.is_some_and(|target| target.at.hi() <= baseline.at.lo() + SLACK);
        let usable = |actual: &&Reading| {
            !actual.is_estimate() && target.is_none_or(|target| target.is_comparable(actual))
        };
        let baseline = self.series.baseline.iter().filter(at_the_date);
        let mut chosen: Vec<Reading> =
            self.series.actuals.iter().chain(baseline).filter(usable).copied().collect();
        chosen.sort_by(|one, other| other.recency(one));
        self.usable = chosen;
    }

    /// [`Case::usable`], latest first.
    pub fn comparable(&self) -> impl Iterator<Item = &Reading> {
        self.usable.iter()
    }

    /// The baseline, where it is one to reckon with.
    fn usable_baseline(&self) -> Result<Reading, Lack> {
        let Some(baseline) = self.series.baseline else {
            return Err(if self.metric.baseline.is_some() { Lack::BaselineOpen } else { Lack::Baseline });
        };
        if baseline.is_estimate() {
            return Err(Lack::BaselineEstimated);
        }
        if self.targets.first().is_some_and(|target| !target.is_comparable(&baseline)) {
            return Err(Lack::SameLength);
        }
        let latest = self.latest.first().map_or(f64::NEG_INFINITY, |latest| latest.at.hi());
        match self.series.break_before(latest) {
            Some(cut) if baseline.at.lo() <= cut => Err(Lack::AcrossBreak),
            _ => Ok(baseline),
        }
    }

    /// How far two sources may lie apart: as the metric says, else half a point of a percentage, 1 % of a count, and never less than
    /// twice the rounding as written.
    pub fn tolerance(&self, reading: &Reading) -> f64 {
        if let Some(own) = self.metric.tolerance.filter(|own| own.is_finite() && *own >= 0.0) {
            return own;
        }
        let figure = reading.written();
        let unit = 10f64.powi(-i32::from(reading.places.min(15)));
        match self.metric.measure {
            Measure::Percentage => unit.max(0.5),
            Measure::Rank | Measure::Ordinal => 0.0,
            _ if reading.places == 0 && figure.abs() >= 10_000.0 => {
                (figure.abs() / 100.0).max(written_unit(figure, 0))
            }
            _ => figure.abs() / 100.0,
        }
    }

    /// +1 where an increase is wanted, −1 where a decrease is, 0 where it depends on a baseline there is none of.
    pub fn sign(&self, baseline: Option<f64>, target: f64) -> f64 {
        match (self.metric.measure, self.metric.direction) {
            (Measure::Rank, _) => -1.0,   // 1 is first
            (Measure::Ordinal, _) => 1.0, // more is further along
            (_, Direction::Increase) => 1.0,
            (_, Direction::Decrease) => -1.0,
            (_, Direction::Maintain) => {
                if self.targets.first().is_some_and(|target| target.bound == Bound::AtMost) {
                    -1.0
                } else {
                    1.0
                }
            }
            (_, Direction::Reach) => baseline.map_or(0.0, |from| match target - from {
                way if way > 0.0 => 1.0,
                way if way < 0.0 => -1.0,
                _ => 0.0,
            }),
        }
    }

    /// Every corner of what is open: the ends of baseline, actual, their times, and target, for every rival.
    pub fn corners(&self, mut visit: impl FnMut(&Corner)) {
        let from = self.baseline.ok();
        let starts = from.map_or(vec![None], |from| {
            let at = |value: f64| from.at.ends().map(move |at| Some((value, at)));
            from.amount.ends().flat_map(at).collect()
        });
        for target in &self.targets {
            for actual in &self.latest {
                for level in target.amount.ends() {
                    for figure in actual.amount.ends() {
                        for at in actual.at.ends() {
                            for baseline in &starts {
                                visit(&corner(*baseline, (actual, figure, at), (target, level)));
                            }
                        }
                    }
                }
            }
        }
    }

    /// The corner that words and formulas speak of: figures as written, times at their latest.
    pub fn main(&self) -> Option<Corner> {
        let (actual, target) = (self.latest.first()?, self.targets.first()?);
        let from = self.baseline.ok().map(|from| (from.written(), from.at.hi()));
        Some(corner(from, (actual, actual.written(), actual.at.hi()), (target, target.written())))
    }

    /// A corner as a point of the formulas; `None` without a baseline.
    pub fn point(&self, corner: &Corner) -> Option<Point<'_>> {
        let (baseline, baseline_at) = corner.baseline?;
        Some(Point {
            baseline,
            baseline_at,
            actual: corner.actual,
            actual_at: corner.actual_at,
            target: corner.target,
            target_at: corner.target_at,
            sign: self.sign(Some(baseline), corner.target),
            checkpoints: &self.checkpoints,
        })
    }

    /// What makes the figures themselves doubtful.
    pub fn doubt(&self) -> Option<Lack> {
        let used = || self.series.baseline.iter().chain(self.latest.iter().take(1)).chain(&self.targets);
        let share = self.metric.measure == Measure::Percentage;
        let ceiling = if self.metric.gross { f64::INFINITY } else { 100.0 };
        if share && used().any(|one| one.amount.lo() < 0.0 || one.amount.hi() > ceiling) {
            return Some(Lack::OutsideShare);
        }
        let neighbours = [self.series.baseline.as_ref(), self.comparable().nth(1)];
        let latest = self.latest.first()?;
        let changed = |other: &Reading| self.metric.measure.is_other_unit(other.written(), latest.written());
        neighbours.into_iter().flatten().any(changed).then_some(Lack::UnitChange)
    }

    /// Whether a target is stated as an addition to a baseline that is not there.
    pub fn adds_to_nothing(&self) -> bool {
        self.series.baseline.is_none()
            && self.metric.target.iter().any(|target| target.kind == Kind::Increment)
    }
}

fn corner(
    baseline: Option<(f64, f64)>,
    (actual, figure, at): (&Reading, f64, f64),
    (target, level): (&Reading, f64),
) -> Corner {
    // A figure announced after the baseline refers to no time before it.
    let latest = actual.at.hi();
    let from = baseline.map(|(_, from)| from).filter(|from| latest > *from);
    Corner {
        baseline,
        actual: figure,
        actual_at: from.map_or(at, |from| at.max(from)),
        lean: actual.lean(figure),
        target: level,
        target_at: target.at.hi(),
        beyond: target.bound == Bound::MoreThan,
    }
}
