//! The values of a metric as intervals in time and amount: what was known by the day one looks from, and nothing later.
//!
//! Bounds have arithmetic (`docs/judging.md`, Bounds): "more than 9,000" lies between 9,000 and the next unit, 10,000; "nearly 100" between 90 and
//! 100; "about 40" between 35 and 45. The unit is the place of the last digit that is not 0, and a tenth for 10, 100, 1,000 ….

use std::cmp::Ordering;

use super::interval::Interval;
use super::time;
use crate::journal::Annotations;
use crate::journal::fold::Observed;
use crate::plan::as_of::AsOf;
use crate::plan::metric::{
    Amount, Bound, Direction, Force, Grade, Kind, Measure, Metric, Moment, Stage, Stat, Value, When,
};
use crate::plan::{Plan, SourceId, State};

/// A value that somebody recorded.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// The value, in the plan's own terms.
    pub value: &'a Value,
    /// Who recorded it.
    pub by: &'a str,
}

/// What people add to a node, as far as judging needs it. The default is nothing.
#[derive(Clone, Debug, Default)]
pub struct Added<'a> {
    /// The latest verdict over all authors.
    pub verdict: Option<State>,
    /// Recorded values, oldest first.
    pub values: Vec<Recorded<'a>>,
    /// Moments after which the series counts something else.
    pub breaks: Vec<Moment>,
}

impl<'a> Added<'a> {
    /// What the journal says of a node.
    pub fn of(said: Option<&'a Annotations>) -> Self {
        let Some(said) = said else { return Self::default() };
        let recorded = |observed: &'a Observed| Recorded { value: &observed.value, by: observed.by.as_str() };
        Self {
            verdict: said.verdict().map(|(_, verdict)| verdict.status),
            values: said.values().map(recorded).collect(),
            breaks: said.breaks().iter().map(|own| own.moment).collect(),
        }
    }
}

/// Which value a reading was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// [`Metric::baseline`].
    Baseline,
    /// One of [`Metric::observed`].
    Observed(usize),
    /// One of [`Added::values`].
    Recorded(usize),
    /// One of [`Metric::target`].
    Target(usize),
}

/// A value where it was written down.
#[derive(Clone, Copy, Debug)]
pub enum Written<'a> {
    /// In the plan.
    Plan(&'a Value),
    /// By a person.
    Recorded(&'a Observed),
}

impl<'a> Written<'a> {
    /// The value.
    pub fn value(self) -> &'a Value {
        match self {
            Written::Plan(value) => value,
            Written::Recorded(own) => &own.value,
        }
    }
}

impl Origin {
    /// The value itself, from the metric or from what people said of its node.
    pub fn written<'a>(self, metric: &'a Metric, said: Option<&'a Annotations>) -> Option<Written<'a>> {
        match self {
            Origin::Baseline => metric.baseline.as_ref().map(Written::Plan),
            Origin::Observed(at) => metric.observed.get(at).map(Written::Plan),
            Origin::Target(at) => metric.target.get(at).map(Written::Plan),
            Origin::Recorded(at) => said?.values().nth(at).map(Written::Recorded),
        }
    }
}

/// A value as arithmetic takes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Which value it was.
    pub origin: Origin,
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
    /// How good the source is.
    pub grade: Option<Grade>,
    /// The document.
    pub source: Option<SourceId>,
    /// Promise or aspiration, for targets.
    pub force: Force,
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

    /// Where the true value lies, seen from the lower or the upper end of `amount`: 1 above it, −1 below it, 0 maybe on it.
    pub(super) fn lean(&self, end: f64) -> f64 {
        let lower = end <= self.amount.lo() && !self.amount.is_point();
        let upper = end >= self.amount.hi() && !self.amount.is_point();
        match self.bound {
            Bound::MoreThan if self.amount.is_point() => 1.0, // at a ceiling
            Bound::MoreThan | Bound::Nearly | Bound::AtMost if lower => 1.0,
            Bound::MoreThan | Bound::Nearly | Bound::AtLeast if upper && end != 100.0 => -1.0,
            _ => 0.0,
        }
    }

    /// Whether both may speak of one time: the same calendar year, and not two different days or months of it.
    pub fn is_same_time(&self, other: &Reading) -> bool {
        let precise = |when| match when {
            When::At(moment) | When::Announced(moment) if !matches!(moment, Moment::Year(_)) => Some(moment),
            _ => None,
        };
        time::year_of(self.when).is_some()
            && time::year_of(self.when) == time::year_of(other.when)
            && self.length.is_some() == other.length.is_some()
            && match (precise(self.when), precise(other.when)) {
                (Some(one), Some(other)) => one == other,
                _ => true,
            }
    }

    /// Whether flows run over spans of one length; what is no flow has none.
    pub fn is_comparable(&self, other: &Reading) -> bool {
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

    /// Order of "the latest actual": reference time, then grade, then recorded time.
    pub(super) fn recency(&self, other: &Reading) -> Ordering {
        let by_time = self.at.hi().total_cmp(&other.at.hi());
        by_time.then(self.rank().cmp(&other.rank())).then(self.origin.cmp(&other.origin))
    }
}

/// The figure's unit as written: the place of its last digit that is not 0; a tenth for a one followed by zeros.
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

/// Where the true amount lies. `None` for words without a number, and for numbers that are none.
fn amount(metric: &Metric, value: &Value) -> Option<(Interval, u8)> {
    let number = value.amount.number()?;
    if let Amount::Range(low, high) = value.amount {
        return Some((Interval::new(low.value, high.value)?, low.places.max(high.places)));
    }
    let (figure, unit) = (number.value, written_unit(number.value, number.places));
    let (lo, hi) = match value.bound {
        Bound::Exact => (figure, figure),
        Bound::AtLeast | Bound::MoreThan => (figure, figure + unit),
        Bound::AtMost | Bound::Nearly => (figure - unit, figure),
        Bound::About => (figure - unit / 2.0, figure + unit / 2.0),
    };
    let share = metric.measure == Measure::Percentage;
    let floor = if figure >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let ceiling = if share && !metric.gross && figure <= 100.0 { 100.0 } else { f64::INFINITY };
    Some((Interval::new(lo.max(floor), hi.min(ceiling))?, number.places))
}

/// The level that a target asks for: its bound says from where it is met, so the figure itself; of a range the end that comes first;
/// only "about" and "nearly" leave it open.
fn asked(metric: &Metric, value: &Value) -> Option<(Interval, u8)> {
    let (open, places) = amount(metric, value)?;
    let level = match (&value.amount, value.bound) {
        (Amount::Range(..), _) if metric.direction == Direction::Decrease => open.hi(),
        (Amount::Range(..), _) | (_, Bound::Exact | Bound::AtLeast | Bound::MoreThan) => open.lo(),
        (_, Bound::AtMost) => open.hi(),
        (_, Bound::About | Bound::Nearly) => return Some((open, places)),
    };
    Some((Interval::point(level)?, places))
}

/// Grade of a value: its own, else its source's.
fn grade_of(plan: &Plan, value: &Value) -> Option<Grade> {
    value.grade.or_else(|| {
        value.source.and_then(|id| plan.sources.get(id.0 as usize)).and_then(|source| source.grade)
    })
}

/// A value with the place in time it is given; `None` where it has no number.
fn placed(plan: &Plan, metric: &Metric, value: &Value, origin: Origin, at: Interval) -> Option<Reading> {
    let read = if let Origin::Target(_) = origin { asked } else { amount };
    let (amount, places) = read(metric, value)?;
    Some(Reading {
        origin,
        amount,
        bound: value.bound,
        places,
        at,
        when: value.when,
        length: match (metric.stat, value.when) {
            (Stat::Stock, _) => None,
            (Stat::Cumulative, When::At(_)) => None, // counted from the start, whatever the day
            _ => time::length(value.when),
        },
        grade: grade_of(plan, value),
        source: value.source,
        force: value.force,
    })
}

/// A value as a reading; `None` where it has no number or no time.
fn reading(plan: &Plan, metric: &Metric, value: &Value, origin: Origin) -> Option<Reading> {
    placed(plan, metric, value, origin, time::span(value.when)?)
}

/// A stage of a milestone and its time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passed {
    /// The stage; `None` where any will do.
    pub stage: Option<Stage>,
    /// When, as the source gives it.
    pub when: When,
    /// When, in decimal years; `None` for what has no date.
    pub at: Option<Interval>,
}

/// The readings of a metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// The baseline.
    pub baseline: Option<Reading>,
    /// Actual levels, the latest first (reference time, then grade, then recorded time).
    pub actuals: Vec<Reading>,
    /// Targets and checkpoints with a date and a number, earliest first.
    pub targets: Vec<Reading>,
    /// Targets without a date, as written.
    pub undated: Vec<Reading>,
    /// How many targets there are in all, whatever they say.
    pub stated_targets: usize,
    /// Stages that a milestone has reached, with their times.
    pub done: Vec<Passed>,
    /// Stages that a milestone is to reach, with their dates.
    pub due: Vec<Passed>,
    /// Decimal years after which the series counts something else, ascending.
    pub breaks: Vec<f64>,
}

impl Series {
    /// Takes what was known by the day one looks from.
    pub fn new(plan: &Plan, metric: &Metric, added: &Added<'_>, as_of: AsOf) -> Self {
        let visible = |value: &&Value| !as_of.hides(plan, value);
        let baseline = metric
            .baseline
            .as_ref()
            .filter(visible)
            .and_then(|value| reading(plan, metric, value, Origin::Baseline));
        let observed = metric.observed.iter().enumerate().map(|(at, value)| (Origin::Observed(at), value));
        let recorded = added.values.iter().enumerate().map(|(at, own)| (Origin::Recorded(at), own.value));
        let begun = |value: &Value| time::latest_moment(value.when).is_none_or(|at| !as_of.is_before(at));
        let mut done = Vec::new();
        let mut actuals: Vec<Reading> = observed
            .filter(|(_, value)| visible(value))
            .chain(recorded)
            .filter(|(_, value)| begun(value)) // nothing has happened yet on a day that lies ahead
            .inspect(|(_, value)| done.extend(passed(value)))
            .filter(|(_, value)| value.kind == Kind::Level)
            .filter_map(|(origin, value)| reading(plan, metric, value, origin))
            .collect();
        actuals.sort_by(|one, other| other.recency(one));
        let mut series = Self { baseline, actuals, done, ..Self::default() };
        series.take_targets(plan, metric, as_of);
        series.breaks = metric
            .breaks
            .iter()
            .map(|year| time::years(Moment::Year(*year)))
            .chain(added.breaks.iter().map(|moment| time::years(*moment)))
            .collect();
        series.breaks.sort_by(f64::total_cmp);
        series
    }

    fn take_targets(&mut self, plan: &Plan, metric: &Metric, as_of: AsOf) {
        for (at, value) in metric.target.iter().enumerate() {
            if as_of.hides(plan, value) {
                continue;
            }
            self.stated_targets += 1;
            let dated = time::span(value.when).filter(|span| span.is_point());
            self.due.extend(passed(value));
            let target = placed(plan, metric, value, Origin::Target(at), dated.unwrap_or(Interval::ZERO))
                .and_then(|target| self.levelled(target, value.kind));
            let list = if dated.is_some() { &mut self.targets } else { &mut self.undated };
            list.extend(target);
        }
        let firm = |target: &Reading| u8::from(target.force == Force::Strive);
        self.targets
            .sort_by(|one, other| one.at.lo().total_cmp(&other.at.lo()).then(firm(one).cmp(&firm(other))));
        self.undated.sort_by_key(firm);
    }

    /// An increment as the level it leads to; `None` where there is no baseline to add it to.
    fn levelled(&self, target: Reading, kind: Kind) -> Option<Reading> {
        if kind == Kind::Level {
            return Some(target);
        }
        let from = self.baseline?.amount;
        let amount = Interval::new(from.lo() + target.amount.lo(), from.hi() + target.amount.hi())?;
        Some(Reading { amount, ..target })
    }

    /// The last break before a time.
    pub fn break_before(&self, at: f64) -> Option<f64> {
        self.breaks.iter().copied().rfind(|cut| *cut < at)
    }
}

/// A value as a stage of a milestone, where it is one.
fn passed(value: &Value) -> Option<Passed> {
    let Amount::Stage(stage) = value.amount else { return None };
    Some(Passed { stage, when: value.when, at: time::span(value.when) })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::super::sample::*;
    use super::*;
    use crate::plan::Source;

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
    #[case(Bound::MoreThan, "130", 130.0, 140.0)]
    #[case(Bound::AtLeast, "80", 80.0, 90.0)]
    #[case(Bound::AtMost, "80", 70.0, 80.0)]
    #[case(Bound::Nearly, "100", 90.0, 100.0)]
    #[case(Bound::About, "40", 35.0, 45.0)]
    fn a_bound_is_an_interval(#[case] bound: Bound, #[case] literal: &str, #[case] lo: f64, #[case] hi: f64) {
        let (interval, _) = amount(&count(), &bounded(bound, in_year(literal, 2024))).unwrap();
        assert_eq!((interval.lo(), interval.hi()), (lo, hi));
    }

    #[test]
    fn a_share_stays_between_nothing_and_all() {
        let hi = |metric| amount(&metric, &bounded(Bound::MoreThan, in_year("90", 2024))).unwrap().0.hi();
        assert!((hi(share()) - 100.0).abs() < 1e-12);
        let high = bounded(Bound::MoreThan, in_year("95", 2024));
        assert!((amount(&share(), &high).unwrap().0.hi() - 96.0).abs() < 1e-12);
        let low = bounded(Bound::AtMost, in_year("5", 2024));
        assert!((amount(&share(), &low).unwrap().0.lo() - 4.0).abs() < 1e-12);
    }

    #[test]
    fn the_latest_goes_by_time_then_grade_then_record() {
        let graded = |literal: &str, year, grade| Value { grade: Some(grade), ..in_year(literal, year) };
        let metric = with(
            share(),
            None,
            vec![
                graded("1", 2025, Grade::B),
                graded("2", 2025, Grade::A),
                graded("3", 2024, Grade::A),
                graded("4", 2025, Grade::A),
            ],
            vec![],
        );
        let plan = plan_of(metric.clone());
        let series = Series::new(&plan, &metric, &Added::default(), AsOf::on(TODAY));
        let order: Vec<f64> = series.actuals.iter().map(Reading::written).collect();
        assert_eq!(order, [4.0, 2.0, 1.0, 3.0]);
    }

    #[test]
    fn a_value_whose_documents_are_all_dated_later_is_hidden() {
        let mut plan = plan(vec![]);
        let dated = |year| Source { date: Some(Moment::Year(year)), ..Source::default() };
        plan.sources = vec![dated(2027), dated(2025), Source::default()];
        let hidden = |source, also: &[u32]| {
            let also = also.iter().map(|id| SourceId(*id)).collect();
            let value = Value { source: Some(SourceId(source)), also, ..in_year("1", 2024) };
            AsOf::on(date(2026, 1, 1)).hides(&plan, &value)
        };
        assert!(hidden(0, &[]));
        assert!(!hidden(0, &[1]), "republished from an earlier document");
        assert!(!hidden(1, &[]) && !hidden(2, &[]));
    }

    #[test]
    fn nothing_has_happened_on_a_day_ahead() {
        let metric = with(share(), None, vec![value("90", When::At(Moment::Day(date(2026, 12, 1))))], vec![]);
        let plan = plan_of(metric.clone());
        assert!(Series::new(&plan, &metric, &Added::default(), AsOf::on(TODAY)).actuals.is_empty());
    }
}
