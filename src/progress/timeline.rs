//! What is due when: a row a node, with its span and the marks of its values, as data for any drawing.

use super::Judge;
use super::at_date::{AtDate, Meets, asked, at_date, meets};
use super::case::MetricCase;
use super::interval::Interval;
use super::milestone;
use super::rollup::States;
use super::series::{JournalData, Passed, Reading};
use super::time;
use crate::plan::metric::{Direction, Measure, Metric, When};
use crate::plan::{NodeId, State};

/// The kind of value that a mark shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// The starting value.
    Baseline,
    /// An actual value, or a stage that a milestone has reached.
    Observed,
    /// A target before the last.
    Checkpoint,
    /// The target with the latest date.
    Target,
}

/// How a date to be met stands to today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing is due: it happened.
    Past,
    /// The target was met in time.
    Met,
    /// Has passed, and was not met.
    Overdue,
    /// Has passed, and no figure says how it went.
    Unreported,
    /// Within the next twelve months.
    WithinYear,
    /// The target is not due yet.
    Later,
}

/// A value or target at its place in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimelineMark {
    /// Which kind of value it shows.
    pub kind: MarkKind,
    /// Where, in decimal years; open where the reference time is not stated.
    pub at: Interval,
    /// The same as its source gives it.
    pub when: When,
    /// How it stands to today.
    pub due: Due,
    /// The reading, for numbers.
    pub reading: Option<Reading>,
}

/// One node's row.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRow {
    /// The node whose values the row shows.
    pub node: NodeId,
    /// Its own period, from its beginning to its end.
    pub span: Option<Interval>,
    /// How the period's end stands to today.
    pub due: Option<Due>,
    /// The marks in order of time.
    pub marks: Vec<TimelineMark>,
}

/// Rows over years.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// First calendar year.
    pub first: i16,
    /// Last calendar year.
    pub last: i16,
    /// Today in decimal years.
    pub today: f64,
    /// One row a node, in the order asked for.
    pub rows: Vec<TimelineRow>,
}

/// A time axis is never longer than so many years before and after the plan.
const MARGIN_YEARS: i16 = 30;

impl Timeline {
    /// The rows of some nodes. The axis covers the plan's period, today, and all marks within reason.
    pub fn new<'a>(
        judge: &Judge<'_>,
        nodes: impl IntoIterator<Item = NodeId>,
        states: &States,
        added: impl Fn(NodeId) -> JournalData<'a>,
    ) -> Self {
        let rows: Vec<TimelineRow> =
            nodes.into_iter().map(|id| row(judge, id, states.of(id), &added(id))).collect();
        let today = judge.as_of.day().year();
        let (start, end) = judge
            .plan
            .period
            .map_or((today, today.saturating_add(10)), |period| (period.start.year(), period.end.year()));
        let years = || rows.iter().flat_map(|row| &row.marks).filter_map(|mark| time::year_of(mark.when));
        let (start, end) = (start.min(today), end.max(today).max(start));
        let first = years().chain([start]).filter(|year| *year >= start.saturating_sub(MARGIN_YEARS)).min();
        let last = years().chain([end]).filter(|year| *year <= end.saturating_add(MARGIN_YEARS)).max();
        let (first, last) = (first.unwrap_or(start), last.unwrap_or(end));
        Self { first, last, today: time::day_years(judge.as_of.day()), rows }
    }

    /// What is due within the next twelve months, soonest first.
    pub fn due_soon(&self) -> Vec<(NodeId, TimelineMark)> {
        self.with(Due::WithinYear)
    }

    /// What has passed without being met, oldest first.
    pub fn overdue(&self) -> Vec<(NodeId, TimelineMark)> {
        self.with(Due::Overdue)
    }

    fn with(&self, due: Due) -> Vec<(NodeId, TimelineMark)> {
        let marks = self.rows.iter().flat_map(|row| row.marks.iter().map(|mark| (row.node, *mark)));
        let mut found: Vec<(NodeId, TimelineMark)> = marks.filter(|(_, mark)| mark.due == due).collect();
        found.sort_by(|one, other| one.1.at.hi().total_cmp(&other.1.at.hi()).then(one.0.cmp(&other.0)));
        found
    }
}

fn row(judge: &Judge<'_>, id: NodeId, state: State, added: &JournalData<'_>) -> TimelineRow {
    let node = judge.plan.tree.node(id);
    let span =
        node.period().and_then(|period| Interval::new(time::start(period.start), time::years(period.end)));
    let over = matches!(state, State::Achieved | State::Dropped);
    let due = span.map(|span| {
        ahead(span.hi(), time::day_years(judge.as_of.day()), if over { Due::Met } else { Due::Overdue })
    });
    let mut marks = node.metric.as_ref().map_or_else(Vec::new, |metric| marks(judge, metric, added));
    marks.sort_by(|one, other| one.at.hi().total_cmp(&other.at.hi()).then(one.kind.cmp(&other.kind)));
    TimelineRow { node: id, span, due, marks }
}

/// How a date stands to today; one that has passed stands as given.
fn ahead(at: f64, now: f64, passed: Due) -> Due {
    match at {
        at if passed == Due::Met || at <= now => passed,
        at if at <= now + 1.0 => Due::WithinYear,
        _ => Due::Later,
    }
}

fn marks(judge: &Judge<'_>, metric: &Metric, added: &JournalData<'_>) -> Vec<TimelineMark> {
    let case = MetricCase::new(judge, metric, added);
    if metric.measure == Measure::Milestone {
        let official = judge.as_of.official(judge.plan, metric);
        return of_milestone(&case, official.is_some_and(|official| official.status == State::Overdue));
    }
    let series = &case.series;
    let past = |kind: MarkKind, reading: &Reading| TimelineMark {
        kind,
        at: reading.at,
        when: reading.when,
        due: Due::Past,
        reading: Some(*reading),
    };
    let baseline = series.baseline.iter().map(|reading| past(MarkKind::Baseline, reading));
    let observed = series.actuals.iter().map(|reading| past(MarkKind::Observed, reading));
    let last = series.targets.last().map(|target| target.at);
    let targets = series.targets.iter().map(|target| TimelineMark {
        kind: if Some(target.at) == last { MarkKind::Target } else { MarkKind::Checkpoint },
        at: target.at,
        when: target.when,
        due: of_target(&case, target),
        reading: Some(*target),
    });
    baseline.chain(observed).chain(targets).collect()
}

/// A date ahead is met where the latest actual meets it already, but for what is to be maintained until then.
fn of_target(case: &MetricCase<'_>, target: &Reading) -> Due {
    let asked = asked(case, target);
    if target.at.hi() > case.now {
        let met = case.latest.first().is_some_and(|latest| meets(case, latest, &asked) == Meets::Yes);
        let met = met && case.metric.direction != Direction::Maintain;
        return ahead(target.at.hi(), case.now, if met { Due::Met } else { Due::Unreported });
    }
    match at_date(case, &asked) {
        AtDate::Met | AtDate::Late => Due::Met,
        AtDate::Short => Due::Overdue,
        AtDate::Unreported | AtDate::Open => Due::Unreported,
    }
}

fn of_milestone(case: &MetricCase<'_>, overdue: bool) -> Vec<TimelineMark> {
    let mark = |kind: MarkKind, passed: &Passed, due: Due| {
        Some(TimelineMark { kind, at: passed.at?, when: passed.when, due, reading: None })
    };
    let done = case.series.done.iter().filter_map(|passed| mark(MarkKind::Observed, passed, Due::Past));
    let short = if overdue { Due::Overdue } else { Due::Unreported };
    let due = case.series.due.iter().filter_map(|due| {
        let passed = if milestone::done(case, due.stage).is_some() { Due::Met } else { short };
        mark(MarkKind::Target, due, ahead(due.at?.hi(), case.now, passed))
    });
    done.chain(due).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::*;
    use super::super::{AsOf, RuleRef};
    use super::*;
    use crate::plan::metric::{Amount, Moment, Stage, Value};
    use crate::plan::node::NodeDetails;
    use crate::plan::{Node, Period, Plan, Role};

    fn drawn(plan: &Plan) -> Timeline {
        let judge = Judge::new(plan, RuleRef::PACE, AsOf::on(TODAY));
        let states = States::new(&judge, |_| JournalData::default());
        Timeline::new(&judge, plan.tree.ids(), &states, |_| JournalData::default())
    }

    fn kinds(timeline: &Timeline) -> Vec<(MarkKind, i16, Due)> {
        let marks = &timeline.rows[0].marks;
        marks.iter().map(|mark| (mark.kind, time::year_of(mark.when).unwrap(), mark.due)).collect()
    }

    #[test]
    fn marks_stand_by_time_and_say_what_is_due() {
        let metric = with(
            share(),
            Some(in_year("50", 2023)),
            vec![in_year("58", 2025)],
            vec![in_year("90", 2035), in_year("60", 2025), in_year("62", 2026), in_year("70", 2027)],
        );
        let timeline = drawn(&plan_of(metric));
        assert_eq!(
            kinds(&timeline),
            [
                (MarkKind::Baseline, 2023, Due::Past),
                (MarkKind::Observed, 2025, Due::Past),
                (MarkKind::Checkpoint, 2025, Due::Overdue),
                (MarkKind::Checkpoint, 2026, Due::WithinYear), // today is 2026-11-23
                (MarkKind::Checkpoint, 2027, Due::Later),
                (MarkKind::Target, 2035, Due::Later),
            ]
        );
        assert_eq!((timeline.first, timeline.last), (2023, 2035));
        assert_eq!(timeline.due_soon().len(), 1);
        assert_eq!(timeline.overdue().len(), 1);
    }

    #[test]
    fn a_passed_date_without_a_figure_is_unreported_and_a_met_one_is_met() {
        let metric = |now| {
            with(share(), Some(in_year("50", 2023)), vec![in_year(now, 2024)], vec![in_year("60", 2025)])
        };
        assert_eq!(kinds(&drawn(&plan_of(metric("58"))))[2].2, Due::Unreported);
        assert_eq!(kinds(&drawn(&plan_of(metric("61"))))[2].2, Due::Met);
    }

    #[rstest]
    #[case(2025, Due::Overdue)]
    #[case(2026, Due::WithinYear)]
    #[case(2030, Due::Later)]
    fn an_action_spans_its_period(#[case] end: i16, #[case] due: Due) {
        let period = Period { start: Moment::Year(2024), end: Moment::Year(end) };
        let more = NodeDetails { period: Some(period), ..NodeDetails::default() };
        let action = Node { more: Some(Box::new(more)), ..node("a", Role::Action, None, 1) };
        let row = &drawn(&plan(vec![action])).rows[0];
        assert_eq!((row.span, row.due), (Interval::new(2024.0, f64::from(end) + 1.0), Some(due)));
    }

    #[test]
    fn milestones_mark_what_is_done_and_due() {
        let stage = |year| Value { amount: Amount::Stage(Some(Stage::Signed)), ..in_year("0", year) };
        let milestone = |done: Vec<Value>| {
            with(Metric { measure: Measure::Milestone, ..count() }, None, done, vec![stage(2025)])
        };
        assert_eq!(kinds(&drawn(&plan_of(milestone(vec![])))), [(MarkKind::Target, 2025, Due::Unreported)]);
        let done = drawn(&plan_of(milestone(vec![stage(2024)])));
        assert_eq!(kinds(&done), [(MarkKind::Observed, 2024, Due::Past), (MarkKind::Target, 2025, Due::Met)]);
    }

    #[test]
    fn a_target_a_thousand_years_away_does_not_stretch_the_axis() {
        let metric = with(share(), None, vec![], vec![in_year("60", 3025)]);
        assert_eq!(drawn(&plan_of(metric)).last, 2035);
    }
}
