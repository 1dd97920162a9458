//! The plan at a glance: how many commitments there are and how far they can be judged, what changed since the last review, and what is due.
//!
//! A commitment is what [`super::lint`] takes for one: a goal, a metric with a target, or an action that a plan states.

use super::rollup::States;
use super::series::Added;
use super::status::severity;
use super::timeline::{Due, MarkKind, Timeline};
use super::{Judge, lint, time};
use crate::journal::{At, Event, Journal, fold::Cut};
use crate::plan::metric::{Measure, Metric, Value, When};
use crate::plan::register::Standing;
use crate::plan::{NodeId, Plan, State};

/// Counts over commitments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub commitments: u32,
    /// Metrics whose target can be measured against: with a number, a scale or a dated event.
    pub measurable: u32,
    /// With a scale verdict.
    pub assessed: u32,
    /// On track, achieved or holding.
    pub on_pace: u32,
    /// With sources that disagree.
    pub contested: u32,
    /// Metrics whose target has no date.
    pub undated: u32,
    /// Of which nothing is known: no figure, or nobody's verdict.
    pub without_data: u32,
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            commitments: self.commitments + other.commitments,
            measurable: self.measurable + other.measurable,
            assessed: self.assessed + other.assessed,
            on_pace: self.on_pace + other.on_pace,
            contested: self.contested + other.contested,
            undated: self.undated + other.undated,
            without_data: self.without_data + other.without_data,
        }
    }
}

/// What became of a node since the last review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The node.
    pub node: NodeId,
    /// How it stood then.
    pub before: State,
    /// How it stands now.
    pub after: State,
    /// Records that touched it since, reviews left out.
    pub records: usize,
    /// The latest of them.
    pub at: At,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deadline {
    /// A target or checkpoint of a metric, or a milestone's stage.
    Mark(MarkKind),
    /// A node's period ends.
    Period,
}

/// One date within the next twelve months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueItem {
    /// The node.
    pub node: NodeId,
    /// What is due.
    pub what: Deadline,
    /// When, as its source gives it.
    pub when: When,
    /// When, in decimal years.
    pub at: f64,
}

/// The plan at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dashboard {
    /// The plan's own commitments.
    pub own: Tally,
    /// Those of other documents: that implement it, or are other plans.
    pub other: Tally,
    /// When anybody last reviewed a node; `None` where nobody did.
    pub reviewed: Option<At>,
    /// What changed since then, the latest first. Empty where there was no review.
    pub changes: Vec<Change>,
    /// What is due within twelve months, soonest first.
    pub due: Vec<DueItem>,
    /// What has passed without being met, oldest first.
    pub overdue: Vec<DueItem>,
}

impl Dashboard {
    /// Counts the plan. `states` are those of the judge with the same journal.
    pub fn new(judge: &Judge<'_>, states: &States, journal: &Journal) -> Self {
        let plan = judge.plan;
        let mut dashboard = Self::default();
        for id in plan.tree.ids().filter(|id| lint::is_commitment(plan, *id)) {
            let tally = if is_others(plan, id) { &mut dashboard.other } else { &mut dashboard.own };
            count(judge, states, journal, id, tally);
        }
        let added = |id| Added::of(journal.annotations(id));
        let timeline = Timeline::new(judge, plan.tree.ids(), states, added);
        dashboard.due = dated(plan, &timeline, Due::WithinYear);
        dashboard.overdue = dated(plan, &timeline, Due::Overdue);
        let reviews = plan.tree.ids().filter_map(|id| journal.annotations(id)?.reviewed_at());
        dashboard.reviewed = reviews.max_by_key(|at| at.instant);
        dashboard.changes =
            dashboard.reviewed.map(|since| changes(judge, states, journal, since)).unwrap_or_default();
        dashboard
    }

    /// Own and others' together.
    pub fn all(&self) -> Tally {
        self.own.and(self.other)
    }
}

fn count(judge: &Judge<'_>, states: &States, journal: &Journal, id: NodeId, tally: &mut Tally) {
    let state = states.of(id);
    let metric = judge.plan.tree.node(id).metric.as_deref();
    let one = u32::from;
    tally.commitments += 1;
    tally.measurable += one(metric.is_some_and(is_measurable));
    tally.assessed += one(severity(state).is_some());
    tally.on_pace += one(matches!(state, State::OnTrack | State::Achieved | State::Hold));
    tally.contested += one(metric.is_some() && judge.is_contested(id, &Added::of(journal.annotations(id))));
    tally.undated += one(metric.is_some_and(|metric| is_undated(judge, metric)));
    tally.without_data += one(state == State::NoData);
}

fn is_measurable(metric: &Metric) -> bool {
    let numeric = metric.target.iter().any(|target| target.amount.number().is_some());
    match metric.measure {
        Measure::Milestone => true,
        Measure::Qualitative | Measure::Ordinal => numeric || !metric.scale.is_empty(),
        Measure::Unit | Measure::Percentage | Measure::Rank => numeric,
    }
}

/// No visible target has a date.
fn is_undated(judge: &Judge<'_>, metric: &Metric) -> bool {
    let mut visible = metric.target.iter().filter(|value| !judge.as_of.hides(judge.plan, value)).peekable();
    visible.peek().is_some() && visible.all(|value| time::span(value.when).is_none())
}

/// Whether only other documents state it: those that implement the plan, or other plans.
fn is_others(plan: &Plan, id: NodeId) -> bool {
    let node = plan.tree.node(id);
    let standing = |source: crate::plan::SourceId| plan.source(source).standing;
    let other = |standing| matches!(standing, Some(Standing::OtherPlan | Standing::Implementing));
    match &node.metric {
        Some(metric) => {
            let of = |value: &Value| other(value.source.and_then(standing));
            !metric.target.is_empty() && metric.target.iter().all(of)
        }
        None => {
            !node.evidence.is_empty() && node.evidence.iter().all(|evidence| other(standing(evidence.source)))
        }
    }
}

fn dated(plan: &Plan, timeline: &Timeline, wanted: Due) -> Vec<DueItem> {
    let mut found = Vec::new();
    for row in &timeline.rows {
        let marks = row.marks.iter().filter(|mark| mark.due == wanted);
        found.extend(marks.map(|mark| DueItem {
            node: row.node,
            what: Deadline::Mark(mark.kind),
            when: mark.when,
            at: mark.at.hi(),
        }));
        let period = plan.tree.node(row.node).period().filter(|_| row.due == Some(wanted));
        found.extend(period.map(|period| DueItem {
            node: row.node,
            what: Deadline::Period,
            when: When::At(period.end),
            at: time::years(period.end),
        }));
    }
    found.sort_by(|one, other| one.at.total_cmp(&other.at).then(one.node.cmp(&other.node)));
    found
}

/// Nodes that records touched after a moment, with their states then and now.
fn changes(judge: &Judge<'_>, states: &States, journal: &Journal, since: At) -> Vec<Change> {
    let (book, fold) = (journal.book(), journal.fold());
    let order = fold.records();
    let later = order.partition_point(|index| book.record(*index).at.instant <= since.instant);
    let mut found: Vec<Change> = Vec::new();
    for index in order.iter().skip(later) {
        let record = book.record(*index);
        let is_review = |event: &Event| matches!(event, Event::Reviewed { .. } | Event::Session { .. });
        if record.events.iter().all(is_review) {
            continue;
        }
        let mut touched: Vec<NodeId> =
            fold.homes_at(book, *index).into_iter().filter_map(|home| home.node).collect();
        touched.sort_unstable();
        touched.dedup();
        for node in touched {
            match found.iter_mut().find(|change| change.node == node) {
                Some(change) => (change.records, change.at) = (change.records + 1, record.at),
                None => {
                    let state = states.of(node);
                    found.push(Change { node, before: state, after: state, records: 1, at: record.at });
                }
            }
        }
    }
    let through = later.checked_sub(1).and_then(|last| order.get(last)).copied();
    let then = journal.fold_at(judge.plan, Cut { as_of: journal.as_of(), through });
    for change in &mut found {
        change.before = judge.state(change.node, &Added::of(then.of(change.node)));
    }
    found.sort_by(|one, other| other.at.instant.cmp(&one.at.instant).then(one.node.cmp(&other.node)));
    found
}
