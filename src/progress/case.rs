//! One metric made ready for judging: the target that counts, the actuals that count, and what is wrong with
//! the figures.

use super::Judge;
use super::interval_corner::{IntervalCorner, corner};
use super::no_number::NoNumberReason;
use super::pace::Point;
use super::series::{JournalData, Reading, ReadingOrigin, Series, written_unit};
use crate::plan::Plan;
use crate::plan::metric::{Bound, Direction, Measure, Metric};

/// Sums of decimals that differ by less are the same.
pub(super) const SLACK: f64 = 1e-9;

/// A metric with its readings sorted out.
#[derive(Clone, Debug)]
pub(super) struct MetricCase<'a> {
    pub plan: &'a Plan,
    pub metric: &'a Metric,
    pub series: Series,
    /// Dated targets that may decide, earliest first: the plan's own where it has any, else others'.
    pub dated: Vec<Reading>,
    /// Actuals that a verdict may rest on, latest first: no estimates, comparable with the target, after the
    /// baseline and the last break; the baseline itself, where it can be used, stands last.
    pub usable: Vec<Reading>,
    /// The target that counts, with others of the same date and force. One without a date where there is no
    /// dated one.
    pub targets: Vec<Reading>,
    /// The latest actual, with rivals of the same time and grade.
    pub latest: Vec<Reading>,
    /// The baseline, or why there is none to start from.
    pub baseline: Result<Reading, NoNumberReason>,
    /// Checkpoints between baseline and target as (time, value), by time.
    pub checkpoints: Vec<(f64, f64)>,
    /// Today in decimal years.
    pub now: f64,
}

impl<'a> MetricCase<'a> {
    /// Reads and sorts out.
    pub fn new(judge: &Judge<'a>, metric: &'a Metric, added: &JournalData<'_>) -> Self {
        let series = Series::new(judge.plan, metric, added, judge.as_of);
        let own: Vec<Reading> = series.targets.iter().filter(|target| target.own).copied().collect();
        let mut case = Self {
            plan: judge.plan,
            metric,
            dated: if own.is_empty() { series.targets.clone() } else { own },
            usable: Vec::new(),
            targets: Vec::new(),
            latest: Vec::new(),
            baseline: Err(NoNumberReason::Baseline),
            checkpoints: Vec::new(),
            now: super::time::day_years(judge.as_of.day()),
            series,
        };
        case.aim_at(case.chosen_target());
        case
    }

    /// The same metric with another target in its place.
    pub fn aimed_at(&self, target: Reading) -> Self {
        let mut case = self.clone();
        case.aim_at(Some(target));
        case
    }

    /// Takes a target for the one that counts.
    fn aim_at(&mut self, target: Option<Reading>) {
        self.targets = target.map(|target| self.rivals_of(&target)).unwrap_or_default();
        self.usable = self.usable_for(target.as_ref());
        self.choose_latest();
        self.baseline = self.usable_baseline();
        self.choose_checkpoints();
    }

    /// Ranks and ordinals are compared, never followed along a path.
    pub fn only_compares(&self) -> bool {
        matches!(self.metric.measure, Measure::Rank | Measure::Ordinal)
    }

    /// Whether nothing is known after the baseline.
    pub fn has_only_baseline(&self) -> bool {
        self.latest
            .first()
            .is_some_and(|latest| matches!(latest.origin, ReadingOrigin::Baseline | ReadingOrigin::Start))
    }

    /// Whether the target that counts is over.
    pub fn is_over(&self) -> bool {
        self.targets.first().is_some_and(|target| self.is_dated(target) && target.at.hi() <= self.now + SLACK)
    }

    /// Whether a target has a date.
    pub fn is_dated(&self, target: &Reading) -> bool {
        self.dated.iter().any(|one| one.origin == target.origin)
    }

    /// The earliest target ahead that the latest actual does not already meet, else the last; firm before
    /// striven for.
    fn chosen_target(&self) -> Option<Reading> {
        let ahead = self.dated.iter().filter(|target| target.at.lo() > self.now + SLACK);
        let is_last = |target: &Reading| Some(target.at) == self.dated.last().map(|last| last.at);
        let mut ahead = ahead;
        let unmet = ahead.find(|target| is_last(target) || !self.is_met_by_latest(target));
        let last = self.dated.iter().find(|target| is_last(target));
        unmet.or(last).or(self.series.undated.first()).copied()
    }

    fn is_met_by_latest(&self, target: &Reading) -> bool {
        let case = self.aimed_at(*target);
        let mut all = !case.latest.is_empty();
        case.corners(|corner| {
            let sign = case.sign(corner.baseline.map(|(value, _)| value), corner.target);
            all &= case.is_enough(corner.actual, corner.lean, corner, sign);
        });
        all
    }

    fn rivals_of(&self, chosen: &Reading) -> Vec<Reading> {
        let all = if self.is_dated(chosen) { &self.dated } else { &self.series.undated };
        let rivals = all.iter().filter(|target| target.at == chosen.at && target.force == chosen.force);
        let mut rivals: Vec<Reading> = rivals.copied().collect();
        rivals.dedup_by(|one, other| one.amount == other.amount && one.bound == other.bound);
        rivals
    }

    fn choose_checkpoints(&mut self) {
        let from = self.series.baseline.map_or(f64::NEG_INFINITY, |baseline| baseline.at.hi());
        let until = self.targets.first().map_or(f64::NEG_INFINITY, |target| target.at.lo());
        let between = |target: &&Reading| target.at.lo() > from && target.at.lo() < until;
        self.checkpoints = self
            .dated
            .iter()
            .filter(between)
            .map(|target| (target.at.lo(), target.amount.middle()))
            .collect();
        self.checkpoints.dedup_by(|later, first| later.0 <= first.0); // of one date the firm one, sorted first, stays
    }

    fn usable_for(&self, target: Option<&Reading>) -> Vec<Reading> {
        let may =
            |one: &&Reading| !one.is_estimate() && target.is_none_or(|target| target.is_comparable(one));
        let baseline = self.series.baseline.as_ref().filter(may);
        let since = baseline.map_or(f64::NEG_INFINITY, |baseline| baseline.at.hi() + SLACK);
        let after = self.series.actuals.iter().filter(may).filter(|actual| actual.at.hi() > since);
        let mut usable: Vec<Reading> = after.chain(baseline).copied().collect();
        let cut = usable.first().and_then(|latest| self.series.break_before(latest.at.hi()));
        usable.retain(|one| cut.is_none_or(|cut| one.at.hi() > cut + SLACK));
        usable
    }

    /// The latest actual that may drive a verdict, with those that rival it.
    fn choose_latest(&mut self) {
        self.latest.clear();
        let Some(latest) = self.usable.first() else { return };
        let rank = latest.rank();
        let tolerance = self.tolerance(latest);
        let rivals: Vec<&Reading> = self
            .usable
            .iter()
            .skip(1)
            .filter(|other| !matches!(other.origin, ReadingOrigin::Baseline | ReadingOrigin::Start))
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

    /// The baseline, where a way can start from it.
    fn usable_baseline(&self) -> Result<Reading, NoNumberReason> {
        let Some(baseline) = self.series.baseline else {
            return Err(if self.series.states_baseline {
                NoNumberReason::BaselineOpen
            } else {
                NoNumberReason::Baseline
            });
        };
        if baseline.is_estimate() {
            return Err(NoNumberReason::BaselineEstimated);
        }
        if self.targets.first().is_some_and(|target| !target.is_comparable(&baseline)) {
            return Err(NoNumberReason::SameLength);
        }
        let latest = self.latest.first().map_or(f64::NEG_INFINITY, |latest| latest.at.hi());
        match self.series.break_before(latest) {
            Some(cut) if baseline.at.hi() <= cut + SLACK => Err(NoNumberReason::AcrossBreak),
            _ => Ok(baseline),
        }
    }

    /// How far two sources may lie apart: as the metric says, else half a point of a percentage or 5 % of it
    /// where that is less, 1 % of a count, and never less than twice the rounding as written.
    pub fn tolerance(&self, reading: &Reading) -> f64 {
        if let Some(own) = self.metric.tolerance.filter(|own| own.is_finite() && *own >= 0.0) {
            return own;
        }
        let figure = reading.written().abs();
        let unit = 10f64.powi(-i32::from(reading.places.min(15)));
        match self.metric.measure {
            Measure::Percentage => unit.max((figure / 20.0).min(0.5)),
            Measure::Rank | Measure::Ordinal => 0.0,
            _ if reading.places == 0 && figure >= 10_000.0 => (figure / 100.0).max(written_unit(figure, 0)),
            _ => unit.max(figure / 100.0),
        }
    }

    /// +1 where an increase is wanted, −1 where a decrease is, 0 where it depends on a baseline there is none
    /// of.
    pub fn sign(&self, baseline: Option<f64>, target: f64) -> f64 {
        match (self.metric.measure, self.metric.direction) {
            (Measure::Rank, _) => -1.0,   // 1 is first
            (Measure::Ordinal, _) => 1.0, // more is further along
            (_, Direction::Increase) => 1.0,
            (_, Direction::Decrease) => -1.0,
            (_, Direction::Maintain) => self.side_to_keep(),
            (_, Direction::Reach) => baseline.map_or(0.0, |from| match target - from {
                way if way > 0.0 => 1.0,
                way if way < 0.0 => -1.0,
                _ => 0.0,
            }),
        }
    }

    /// −1 where a level is to stay at or under its target, else +1.
    fn side_to_keep(&self) -> f64 {
        let target = self.targets.first().or(self.dated.last()).or(self.series.undated.first());
        if target.is_some_and(|target| target.bound == Bound::AtMost) { -1.0 } else { 1.0 }
    }

    /// Whether a figure reaches a corner's target. To arrive at a value means within the tolerance of it.
    pub fn is_enough(&self, figure: f64, lean: f64, corner: &IntervalCorner, sign: f64) -> bool {
        let slack = SLACK * corner.target.abs().max(f64::MIN_POSITIVE);
        let beyond = figure - corner.target;
        if self.metric.direction == Direction::Reach && !self.only_compares() {
            let tolerance = self.targets.first().map_or(0.0, |target| self.tolerance(target));
            return beyond.abs() <= tolerance.max(slack) || sign * beyond > 0.0;
        }
        if beyond.abs() > slack {
            return sign * beyond > 0.0;
        }
        match lean * sign {
            side if side > 0.0 => true,
            side if side < 0.0 => false,
            _ => !corner.beyond,
        }
    }

    /// Every corner of what is open: the ends of baseline, actual, their times, and target, for every rival.
    pub fn corners(&self, mut visit: impl FnMut(&IntervalCorner)) {
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
    pub fn main(&self) -> Option<IntervalCorner> {
        let (actual, target) = (self.latest.first()?, self.targets.first()?);
        let from = self.baseline.ok().map(|from| (from.written(), from.at.hi()));
        Some(corner(from, (actual, actual.written(), actual.at.hi()), (target, target.written())))
    }

    /// A corner as a point of the formulas; `None` without a baseline.
    pub fn point(&self, corner: &IntervalCorner) -> Option<Point<'_>> {
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
    pub fn doubt(&self) -> Option<NoNumberReason> {
        let used = || self.series.baseline.iter().chain(self.latest.iter().take(1)).chain(&self.targets);
        let share = self.metric.measure == Measure::Percentage;
        let ceiling = if self.metric.gross { f64::INFINITY } else { 100.0 };
        let outside = share && used().any(|one| one.amount.lo() < 0.0 || one.amount.hi() > ceiling);
        outside.then_some(NoNumberReason::OutsideShare)
    }

    /// Whether a figure that is used is open upwards.
    pub fn is_open_upwards(&self) -> bool {
        self.baseline.iter().chain(&self.latest).any(|reading| reading.open)
    }

    /// Whether a target is stated as an addition to a baseline that is not there.
    pub fn adds_to_nothing(&self) -> bool {
        self.series.baseline.is_none() && self.series.adds
    }
}
