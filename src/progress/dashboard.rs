//! The plan at a glance: how many commitments there are and how far they can be judged, what changed since
//! the last review, and what is due.
//!
//! A commitment is what [`super::lint`] takes for one: a goal, a metric with a target, or an action that a
//! plan states.

use super::rollup::States;
use super::series::JournalData;
use super::timeline::{Due, MarkKind, Timeline};
use super::{Interval, Judge, Promise, Promises, lint, time};
use crate::journal::{Event, Journal, ZonedInstant, fold::FoldLimit};
use crate::plan::metric::When;
use crate::plan::{NodeId, Plan, State};

/// Counts over commitments. The first six add up to all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// On track, holding, or achieved with the target's time ahead.
    pub on_pace: u32,
    /// Regressing, limited, or in need of acceleration.
    pub behind: u32,
    /// The target's time is over, and it was met.
    pub past_met: u32,
    /// The target's time is over, and it was not met.
    pub past_missed: u32,
    /// Of which nothing is known: no figure, or nobody's verdict.
    pub without_data: u32,
    /// Commitments whose state is none of the columns: dropped, contested, no target and so on.
    pub not_judged: u32,
    /// Metrics with a target that states a number.
    pub with_number: u32,
    /// Metrics with a target that has a date.
    pub dated: u32,
    /// With sources that disagree.
    pub contested: u32,
}

impl Tally {
    /// The number of commitments in the row.
    pub fn commitments(&self) -> u32 {
        self.judgeable() + self.without_data + self.not_judged
    }

    /// Those that can be judged.
    pub fn judgeable(&self) -> u32 {
        self.on_pace + self.behind + self.past_met + self.past_missed
    }

    /// The sum of two rows, column by column.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            on_pace: self.on_pace + other.on_pace,
            behind: self.behind + other.behind,
            past_met: self.past_met + other.past_met,
            past_missed: self.past_missed + other.past_missed,
            without_data: self.without_data + other.without_data,
            not_judged: self.not_judged + other.not_judged,
            with_number: self.with_number + other.with_number,
            dated: self.dated + other.dated,
            contested: self.contested + other.contested,
        }
    }
}

/// A row of the dashboard's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TallyRow {
    /// [`Tally::commitments`].
    Commitments,
    /// [`Tally::on_pace`].
    OnPace,
    /// [`Tally::behind`].
    Behind,
    /// [`Tally::past_met`].
    PastMet,
    /// [`Tally::past_missed`].
    PastMissed,
    /// [`Tally::without_data`].
    WithoutData,
    /// [`Tally::not_judged`].
    NotJudged,
    /// [`Tally::with_number`].
    WithNumber,
    /// [`Tally::dated`].
    Dated,
    /// [`Tally::judgeable`].
    Judgeable,
    /// [`Tally::contested`].
    Contested,
}

impl TallyRow {
    /// Every row in reading order: the sum, the rows that add up to it, and those beside.
    pub const ALL: [TallyRow; 11] = [
        TallyRow::Commitments,
        TallyRow::OnPace,
        TallyRow::Behind,
        TallyRow::PastMet,
        TallyRow::PastMissed,
        TallyRow::WithoutData,
        TallyRow::NotJudged,
        TallyRow::WithNumber,
        TallyRow::Dated,
        TallyRow::Judgeable,
        TallyRow::Contested,
    ];

    /// The column's figure in this row.
    pub fn of(self, tally: &Tally) -> u32 {
        match self {
            TallyRow::Commitments => tally.commitments(),
            TallyRow::OnPace => tally.on_pace,
            TallyRow::Behind => tally.behind,
            TallyRow::PastMet => tally.past_met,
            TallyRow::PastMissed => tally.past_missed,
            TallyRow::WithoutData => tally.without_data,
            TallyRow::NotJudged => tally.not_judged,
            TallyRow::WithNumber => tally.with_number,
            TallyRow::Dated => tally.dated,
            TallyRow::Judgeable => tally.judgeable(),
            TallyRow::Contested => tally.contested,
        }
    }

    /// The heading of the row, Chinese first.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            TallyRow::Commitments => ("目标任务", "commitments"),
            TallyRow::OnPace => ("符合序时进度", "on pace"),
            TallyRow::Behind => ("落后", "behind"),
            TallyRow::PastMet => ("到期已达成", "past targets met"),
            TallyRow::PastMissed => ("到期未达成", "past targets missed"),
            TallyRow::WithoutData => ("无数据", "without data"),
            TallyRow::NotJudged => ("其他不能判断", "not judged otherwise"),
            TallyRow::WithNumber => ("有数字", "with a number"),
            TallyRow::Dated => ("有期限", "dated"),
            TallyRow::Judgeable => ("可以判断", "can be judged"),
            TallyRow::Contested => ("来源不一", "contested"),
        }
    }
}

/// What became of a node since the last review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangeSinceReview {
    /// The node whose state changed.
    pub node: NodeId,
    /// The state at the last review.
    pub before: State,
    /// The state as of today, or as of `--as-of`.
    pub after: State,
    /// Records that touched it since, reviews left out.
    pub records: usize,
    /// The time of the latest review.
    pub at: ZonedInstant,
}

/// A deadline: a target, a milestone, or the end of a period.
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
    /// The node that has the deadline.
    pub node: NodeId,
    /// Whether it is a target, a milestone, or the end of a period.
    pub what: Deadline,
    /// When, as its source gives it.
    pub when: When,
    /// When, in decimal years.
    pub at: f64,
}

/// The plan at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dashboard {
    /// Commitments by whose promise they are, in the order of [`Promise::ALL`].
    pub by_promise: [Tally; Promise::ALL.len()],
    /// When anybody last reviewed a node; `None` where nobody did.
    pub reviewed: Option<ZonedInstant>,
    /// What changed since then, the latest first. Empty where there was no review.
    pub changes: Vec<ChangeSinceReview>,
    /// What is due within twelve months, soonest first.
    pub due: Vec<DueItem>,
    /// What has passed without being met, oldest first.
    pub overdue: Vec<DueItem>,
}

/// Whose promise a node is, where it promises something at all.
pub fn commitment(plan: &Plan, promises: &Promises, id: NodeId) -> Option<Promise> {
    lint::is_commitment(plan, id).then(|| promises.of(id))
}

impl Dashboard {
    /// Counts the plan. `states` are those of the judge with the same journal.
    pub fn new(judge: &Judge<'_>, states: &States, journal: &Journal) -> Self {
        let plan = judge.plan;
        let mut dashboard = Self::default();
        let promises = Promises::new(plan, judge.as_of);
        for id in plan.tree.ids() {
            let Some(promise) = commitment(plan, &promises, id) else { continue };
            count(judge, states, journal, id, &mut dashboard.by_promise[promise as usize]);
        }
        let added = |id| JournalData::of(journal.annotations(id));
        let timeline = Timeline::new(judge, plan.tree.ids(), states, added);
        dashboard.due = dated(plan, &timeline, Due::WithinYear);
        dashboard.overdue = dated(plan, &timeline, Due::Overdue);
        let reviews = plan.tree.ids().filter_map(|id| journal.annotations(id)?.reviewed_at());
        dashboard.reviewed = reviews.max_by_key(|at| at.instant);
        dashboard.changes =
            dashboard.reviewed.map(|since| changes(judge, states, journal, since)).unwrap_or_default();
        dashboard
    }

    /// The row of one kind of promise.
    pub fn of(&self, promise: Promise) -> Tally {
        self.by_promise[promise as usize]
    }

    /// All that are counted: a reference is not.
    pub fn all(&self) -> Tally {
        let counted = Promise::COUNTED.iter().map(|promise| self.of(*promise));
        counted.fold(Tally::default(), Tally::and)
    }
}

fn count(judge: &Judge<'_>, states: &States, journal: &Journal, id: NodeId, tally: &mut Tally) {
    let metric = judge.plan.tree.node(id).metric.as_deref();
    let added = || JournalData::of(journal.annotations(id));
    let over = || metric.is_some() && judge.is_over(id, &added());
    let row = match states.of(id) {
        State::Achieved if over() => &mut tally.past_met,
        State::OnTrack | State::Hold | State::Achieved => &mut tally.on_pace,
        State::NeedsAcceleration | State::Limited | State::Regressing => &mut tally.behind,
        State::Overdue => &mut tally.past_missed,
        State::NoData => &mut tally.without_data,
        _ => &mut tally.not_judged,
    };
    *row += 1;
    let Some(metric) = metric else { return };
    let visible = || metric.target.iter().filter(|value| !judge.as_of.hides(judge.plan, value));
    tally.with_number += u32::from(visible().any(|value| value.amount.number().is_some()));
    tally.dated += u32::from(visible().any(|value| time::span(value.when).is_some_and(Interval::is_point)));
    tally.contested += u32::from(judge.is_contested(id, &added()));
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
fn changes(
    judge: &Judge<'_>,
    states: &States,
    journal: &Journal,
    since: ZonedInstant,
) -> Vec<ChangeSinceReview> {
    let (book, fold) = (journal.book(), journal.fold());
    let order = fold.records();
    let later = order.partition_point(|index| book.record(*index).at.instant <= since.instant);
    let mut found: Vec<ChangeSinceReview> = Vec::new();
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
                    found.push(ChangeSinceReview {
                        node,
                        before: state,
                        after: state,
                        records: 1,
                        at: record.at,
                    });
                }
            }
        }
    }
    let through = later.checked_sub(1).and_then(|last| order.get(last)).copied();
    let then = journal.fold_at(judge.plan, FoldLimit { as_of: journal.as_of(), through });
    for change in &mut found {
        change.before = judge.state(change.node, &JournalData::of(then.of(change.node)));
    }
    found.sort_by(|one, other| other.at.instant.cmp(&one.at.instant).then(one.node.cmp(&other.node)));
    found
}
