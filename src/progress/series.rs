//! The values of a metric in order: what was known by the day one looks from, and nothing later.

use super::interval::Interval;
pub use super::origin::{ReadingOrigin, WrittenPlace};
pub use super::reading::{Reading, written_unit};
use super::reading::{placed, reading};
use super::time;
use crate::journal::Annotations;
use crate::journal::fold::Observed;
use crate::plan::as_of::AsOf;
use crate::plan::metric::{Amount, Bound, Force, Kind, Metric, Moment, Stage, Stat, Value, When};
use crate::plan::{Plan, State};

/// A value that somebody recorded.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// The value, in the plan's own terms.
    pub value: &'a Value,
    /// The author of the record.
    pub by: &'a str,
}

/// What people add to a node, as far as judging needs it. The default is nothing.
#[derive(Clone, Debug, Default)]
pub struct JournalData<'a> {
    /// The latest verdict over all authors.
    pub verdict: Option<State>,
    /// Recorded values, oldest first.
    pub values: Vec<Recorded<'a>>,
    /// Moments after which the series counts something else.
    pub breaks: Vec<Moment>,
}

impl<'a> JournalData<'a> {
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
    /// The starting value, where the plan gives one.
    pub baseline: Option<Reading>,
    /// Actual levels, the latest first (reference time, finer date, grade, publication, recording).
    pub actuals: Vec<Reading>,
    /// Targets and checkpoints with a date and a number, earliest first.
    pub targets: Vec<Reading>,
    /// Targets without a date, as written.
    pub undated: Vec<Reading>,
    /// How many targets there are in all, whatever they say.
    pub stated_targets: usize,
    /// The time of an actual value that lies ahead of the day one looks from, where there is one.
    pub ahead: Option<When>,
    /// Whether a baseline is stated, whatever it says.
    pub states_baseline: bool,
    /// Whether a target is stated as an addition.
    pub adds: bool,
    /// Stages that a milestone has reached, with their times.
    pub done: Vec<Passed>,
    /// Stages that a milestone is to reach, with their dates.
    pub due: Vec<Passed>,
    /// Decimal years after which the series counts something else, ascending.
    pub breaks: Vec<f64>,
}

impl Series {
    /// Takes what was known by the day one looks from.
    pub fn new(plan: &Plan, metric: &Metric, added: &JournalData<'_>, as_of: AsOf) -> Self {
        let visible = |value: &&Value| !as_of.hides(plan, value);
        let now = time::day_years(as_of.day());
        let baseline = metric
            .baseline
            .as_ref()
            .filter(visible)
            .and_then(|value| reading(plan, metric, (value, ReadingOrigin::Baseline), now));
        let observed =
            metric.observed.iter().enumerate().map(|(at, value)| (ReadingOrigin::Observed(at), value));
        let recorded =
            added.values.iter().enumerate().map(|(at, own)| (ReadingOrigin::Recorded(at), own.value));
        let begun = |value: &Value| time::latest_moment(value.when).is_none_or(|at| !as_of.is_before(at));
        // Nothing has happened yet on a day that lies ahead: a stage with such a date is to come.
        let (past, ahead): (Vec<_>, Vec<_>) =
            observed.filter(|(_, value)| visible(value)).chain(recorded).partition(|(_, value)| begun(value));
        let mut actuals: Vec<Reading> = past
            .iter()
            .filter(|(_, value)| value.kind == Kind::Level)
            .filter_map(|(origin, value)| reading(plan, metric, (*value, *origin), now))
            .collect();
        actuals.sort_by(|one, other| other.recency(one));
        let mut series = Self {
            baseline,
            actuals,
            states_baseline: metric.baseline.as_ref().is_some_and(|value| visible(&value)),
            ahead: ahead.first().map(|(_, value)| value.when),
            done: past.iter().filter_map(|(_, value)| passed(value)).collect(),
            due: ahead.iter().filter_map(|(_, value)| passed(value)).collect(),
            ..Self::default()
        };
        series.start_of_count(metric);
        series.take_targets(plan, metric, as_of);
        series.close_open_ends();
        series.breaks = metric
            .breaks
            .iter()
            .map(|year| time::years(Moment::Year(*year)))
            .chain(added.breaks.iter().map(|moment| time::years(*moment)))
            .collect();
        series.breaks.sort_by(f64::total_cmp);
        series
    }

    /// A cumulative count whose figures say since when they count began there with nothing.
    fn start_of_count(&mut self, metric: &Metric) {
        if metric.stat != Stat::Cumulative || self.states_baseline {
            return;
        }
        let from =
            |reading: &Reading| if let When::Period(from, _) = reading.when { Some(from) } else { None };
        let Some(first) = self.actuals.first().copied() else { return };
        let Some(start) =
            from(&first).filter(|start| self.actuals.iter().all(|one| from(one) == Some(*start)))
        else {
            return;
        };
        let at = Interval::point(time::start(start));
        let nothing = |at| Reading {
            origin: ReadingOrigin::Start,
            amount: Interval::ZERO,
            bound: Bound::Exact,
            places: 0,
            at,
            when: When::At(start),
            open: false,
            ..first
        };
        self.baseline = at.map(nothing);
    }

    /// Puts the upper end of what is open upwards above every other figure: more than that makes no
    /// difference to any class.
    fn close_open_ends(&mut self) {
        let all = || self.baseline.iter().chain(&self.actuals).chain(&self.targets).chain(&self.undated);
        let top = all().map(|reading| reading.amount.hi()).fold(f64::NEG_INFINITY, f64::max);
        let above = top + top.abs().max(1.0);
        for reading in self.baseline.iter_mut().chain(&mut self.actuals).filter(|reading| reading.open) {
            reading.amount = Interval::new(reading.amount.lo(), above).unwrap_or(reading.amount);
        }
    }

    fn take_targets(&mut self, plan: &Plan, metric: &Metric, as_of: AsOf) {
        for (at, value) in metric.target.iter().enumerate() {
            if as_of.hides(plan, value) {
                continue;
            }
            self.stated_targets += 1;
            self.adds |= value.kind == Kind::Increment;
            let dated = time::span(value.when).filter(|span| span.is_point());
            self.due.extend(passed(value));
            let written =
                placed(plan, metric, value, ReadingOrigin::Target(at), dated.unwrap_or(Interval::ZERO));
            let target = written.and_then(|target| self.levelled(target, value.kind));
            // Where the source does not say which, a dated figure stands for both; one without a date is
            // tried as both later.
            let unsaid = dated.is_some() && value.kind == Kind::Unstated;
            let added = written.filter(|_| unsaid).and_then(|target| self.levelled(target, Kind::Increment));
            let list = if dated.is_some() { &mut self.targets } else { &mut self.undated };
            list.extend(target.into_iter().chain(added));
        }
        let firm = |target: &Reading| u8::from(target.force == Force::Strive);
        self.targets
            .sort_by(|one, other| one.at.lo().total_cmp(&other.at.lo()).then(firm(one).cmp(&firm(other))));
        self.undated.sort_by_key(firm);
    }

    /// An increment as the level it leads to; `None` where there is no baseline to add it to.
    fn levelled(&self, target: Reading, kind: Kind) -> Option<Reading> {
        if kind != Kind::Increment {
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

    use super::super::sample::*;
    use super::*;
    use crate::plan::metric::Grade;
    use crate::plan::{Source, SourceId};

    #[test]
    fn more_than_is_open_upwards_and_its_end_lies_above_every_other_figure() {
        let more = bounded(Bound::MoreThan, in_year("130", 2024));
        let metric = with(count(), None, vec![more.clone()], vec![in_year("500", 2030)]);
        let series = Series::new(&plan_of(metric.clone()), &metric, &JournalData::default(), AsOf::on(TODAY));
        let actual = series.actuals[0];
        assert_eq!((actual.open, actual.amount.lo(), actual.amount.hi()), (true, 130.0, 1000.0));
        let share = with(share(), None, vec![bounded(Bound::AtLeast, in_year("80", 2024))], vec![]);
        let series = Series::new(&plan_of(share.clone()), &share, &JournalData::default(), AsOf::on(TODAY));
        assert_eq!((series.actuals[0].open, series.actuals[0].amount.hi()), (false, 100.0));
    }

    #[test]
    fn the_latest_goes_by_time_then_grade_then_recording() {
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
        let series = Series::new(&plan, &metric, &JournalData::default(), AsOf::on(TODAY));
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
        assert!(Series::new(&plan, &metric, &JournalData::default(), AsOf::on(TODAY)).actuals.is_empty());
    }
}
