//! Conditions on fields, resolved against the plan and tested against one node. Reading them from a query is
//! `query`'s business.

use std::ops::Range;

use super::extra::{JournalExtras, Star};
use super::field::values;
use super::fold_text::folded;
use crate::plan::metric::{Basis, Moment, Value, When};
use crate::plan::node::Period;
use crate::plan::{LevelId, NodeId, Plan, Role, SourceId, State};
use crate::progress::Turn;
use crate::text::words::words;

/// A condition. Lists are alternatives; ids and tags are folded.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Goal, action or metric.
    Role(Vec<Role>),
    Level(Vec<LevelId>),
    /// An id, an earlier id, or a part of one from a dot, dash or underscore on.
    Id(Vec<String>),
    /// A tag, or how it begins.
    Tag(Vec<String>),
    Status(Vec<State>),
    /// Which way its figures went.
    Trend(Vec<Turn>),
    /// Nodes of these stretches in reading order (`serves`, `under`).
    Nodes(Vec<Range<u32>>),
    /// A document it rests on.
    Source(Vec<SourceId>),
    Basis(Vec<Basis>),
    Has(Vec<NodeFact>),
    /// When a target, or its own period, ends.
    Due(DateTest),
    /// A year one of its values, or the end of its period, falls in.
    Year(DateTest),
    /// Progress people gave, in percent.
    Progress(NumberTest),
    /// Somebody who said something.
    By(Vec<String>),
    /// The day of the latest review.
    Reviewed(DateTest),
    Starred,
}

impl Condition {
    /// Whether it asks for what people recorded: their verdicts, progress, reviews, notes, tags of their own
    /// or stars.
    pub fn reads_records(&self) -> bool {
        match self {
            Condition::Status(_)
            | Condition::Progress(_)
            | Condition::By(_)
            | Condition::Reviewed(_)
            | Condition::Starred => true,
            Condition::Has(facts) => facts.iter().any(|fact| {
                matches!(
                    fact,
                    NodeFact::Note | NodeFact::Tag | NodeFact::Progress | NodeFact::Review | NodeFact::Star
                )
            }),
            Condition::Role(_)
            | Condition::Level(_)
            | Condition::Id(_)
            | Condition::Tag(_)
            | Condition::Trend(_)
            | Condition::Nodes(_)
            | Condition::Source(_)
            | Condition::Basis(_)
            | Condition::Due(_)
            | Condition::Year(_) => false,
        }
    }
}

words!(
    NodeFact {
        /// A note of somebody's.
        Note = "note" ("笔记", "note", "备注"),
        Target = "target" ("目标", "target"),
        Baseline = "baseline" ("基期", "baseline"),
        Value = "value" ("数值", "value"),
        /// A source that says otherwise.
        Conflict = "conflict" ("出入", "conflict", "不同说法"),
        Summary = "summary" ("说明", "summary", "摘要"),
        Tag = "tag" ("标签", "tag"),
        /// A glossary entry.
        Term = "term" ("术语", "term"),
        /// A link to what it serves.
        Serves = "serves" ("服务", "serves"),
        Office = "office" ("部门", "office"),
        /// Nodes below it.
        Children = "children" ("下级", "children"),
        /// Progress people gave.
        Progress = "progress" ("进度", "progress"),
        Review = "review" ("复核", "review"),
        Star = "star" ("星标", "star"),
    }
);

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Meets the value.
    Is,
    /// `<`.
    Before,
    /// `<=`.
    UpTo,
    /// `>`.
    After,
    /// `>=`.
    From,
}

/// Days from the first to the last, as yyyymmdd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub first: i32,
    pub last: i32,
}

impl Days {
    /// The days of a year, a month, a day or a span.
    pub fn of(moment: Moment) -> Self {
        let year = i32::from(moment.year()) * 10_000;
        match moment {
            Moment::Year(_) => Self { first: year + 101, last: year + 1231 },
            Moment::Month(_, month) => {
                let month = year + i32::from(month) * 100;
                Self { first: month + 1, last: month + 31 }
            }
            Moment::Day(day) => {
                let day = year + i32::from(day.month()) * 100 + i32::from(day.day());
                Self { first: day, last: day }
            }
            Moment::Between(first, last) => {
                Self { first: Self::of(first.into()).first, last: Self::of(last.into()).last }
            }
        }
    }
}

/// A condition on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTest {
    pub relation: Relation,
    pub days: Days,
}

impl DateTest {
    /// Whether days that are only known as from–to meet it: `<2028` wants all of them before 2028, `2028` any
    /// of them in it.
    pub fn admits(self, days: Days) -> bool {
        match self.relation {
            Relation::Is => days.first <= self.days.last && days.last >= self.days.first,
            Relation::Before => days.last < self.days.first,
            Relation::UpTo => days.last <= self.days.last,
            Relation::After => days.first > self.days.last,
            Relation::From => days.first >= self.days.first,
        }
    }
}

/// A condition on a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberTest {
    pub relation: Relation,
    /// With what: from, to (the same for one number).
    pub range: (f64, f64),
}

impl NumberTest {
    /// Whether a number meets it.
    pub fn admits(self, number: f64) -> bool {
        let (from, to) = self.range;
        match self.relation {
            Relation::Is => from <= number && number <= to,
            Relation::Before => number < from,
            Relation::UpTo => number <= to,
            Relation::After => number > to,
            Relation::From => number >= from,
        }
    }
}

impl Condition {
    /// Whether a node meets the condition.
    pub fn admits(&self, plan: &Plan, extra: &JournalExtras, node: NodeId) -> bool {
        let own = plan.tree.node(node);
        let said = extra.get(node);
        match self {
            Condition::Role(roles) => roles.contains(&own.role),
            Condition::Level(levels) => levels.contains(&own.level),
            Condition::Id(ids) => std::iter::once(&own.key)
                .chain(own.aliases())
                .any(|key| has_segment(&folded(key.as_str()), ids)),
            Condition::Tag(wanted) => {
                let added = said.map_or(&[][..], |said| &said.tags);
                own.tags.iter().chain(added).any(|tag| begins(&folded(tag), wanted))
            }
            Condition::Status(states) => extra.state(node).is_some_and(|state| states.contains(&state)),
            Condition::Trend(turns) => extra.turn(node).is_some_and(|turn| turns.contains(&turn)),
            Condition::Nodes(stretches) => stretches.iter().any(|nodes| nodes.contains(&node.0)),
            Condition::Source(sources) => rests_on(plan, node, sources),
            Condition::Basis(bases) => is_known(plan, node, bases),
            Condition::Has(things) => things.iter().any(|thing| thing.is_had(plan, extra, node)),
            Condition::Due(test) => due(plan, node).any(|days| test.admits(days)),
            Condition::Year(test) => years(plan, node).any(|days| test.admits(days)),
            Condition::Progress(test) => {
                said.and_then(|said| said.progress).is_some_and(|percent| test.admits(percent))
            }
            Condition::By(names) => {
                said.is_some_and(|said| said.authors.iter().any(|name| names.contains(&folded(name))))
            }
            Condition::Reviewed(test) => {
                said.and_then(|said| said.reviewed).is_some_and(|day| test.admits(Days::of(Moment::Day(day))))
            }
            Condition::Starred => NodeFact::Star.is_had(plan, extra, node),
        }
    }
}

impl NodeFact {
    fn is_had(self, plan: &Plan, extra: &JournalExtras, node: NodeId) -> bool {
        let own = plan.tree.node(node);
        let metric = own.metric.as_deref();
        let said = extra.get(node);
        match self {
            NodeFact::Note => said.is_some_and(|said| !said.notes.is_empty()),
            NodeFact::Target => metric.is_some_and(|metric| !metric.target.is_empty()),
            NodeFact::Baseline => metric.is_some_and(|metric| metric.baseline.is_some()),
            NodeFact::Value => metric.is_some_and(|metric| !metric.observed.is_empty()),
            NodeFact::Conflict => !own.conflicts().is_empty(),
            NodeFact::Summary => own.summary.as_ref().is_some_and(|summary| !summary.is_empty()),
            NodeFact::Tag => !own.tags.is_empty() || said.is_some_and(|said| !said.tags.is_empty()),
            NodeFact::Term => !own.terms().is_empty(),
            NodeFact::Serves => !own.serves.is_empty(),
            NodeFact::Office => own.office().is_some(),
            NodeFact::Children => plan.tree.is_parent(node),
            NodeFact::Progress => said.is_some_and(|said| said.progress.is_some()),
            NodeFact::Review => said.is_some_and(|said| said.reviewed.is_some()),
            NodeFact::Star => said.is_some_and(|said| said.star == Star::Starred),
        }
    }
}

fn begins(text: &str, wanted: &[String]) -> bool {
    wanted.iter().any(|start| text.starts_with(start.as_str()))
}

/// Whether an id, or what follows a dot, dash or underscore in it, begins as wanted.
fn has_segment(id: &str, wanted: &[String]) -> bool {
    let starts = id.match_indices(['.', '-', '_']).map(|(at, sign)| at + sign.len());
    std::iter::once(0).chain(starts).any(|at| begins(&id[at..], wanted))
}

fn rests_on(plan: &Plan, node: NodeId, sources: &[SourceId]) -> bool {
    let own = plan.tree.node(node);
    let named = own.evidence.iter().map(|evidence| evidence.source);
    let rival = own.conflicts().iter().filter_map(|conflict| conflict.source);
    let of_values = values(plan, node).flat_map(|(_, value)| value.source.iter().chain(&value.also).copied());
    named.chain(rival).chain(of_values).any(|source| sources.contains(&source))
}

fn is_known(plan: &Plan, node: NodeId, bases: &[Basis]) -> bool {
    let own = plan.tree.node(node);
    let of_links = own.serves.iter().map(|link| link.basis);
    let of_values = values(plan, node).flat_map(|(_, value)| [value.basis, value.when_basis]);
    let mut all = own
        .evidence
        .iter()
        .map(|evidence| evidence.basis)
        .chain([own.parent_basis])
        .chain(of_links)
        .chain(of_values);
    all.any(|basis| bases.contains(&basis))
}

/// When its targets are due, and its own period ends.
fn due(plan: &Plan, node: NodeId) -> impl Iterator<Item = Days> {
    let own = plan.tree.node(node);
    let targets = own.metric.as_deref().into_iter().flat_map(|metric| &metric.target);
    let ends = targets.filter_map(|target| match target.when {
        When::At(moment) | When::Period(_, moment) => Some(Days::of(moment)),
        When::Announced(_) | When::Undated | When::Unstated => None,
    });
    ends.chain(own.period().map(end_of))
}

/// The days its values refer to, and the end of its own period.
fn years(plan: &Plan, node: NodeId) -> impl Iterator<Item = Days> {
    let of_values = values(plan, node).filter_map(|(_, value)| days_of(value));
    of_values.chain(plan.tree.node(node).period().map(end_of))
}

fn end_of(period: Period) -> Days {
    Days::of(period.end)
}

fn days_of(value: &Value) -> Option<Days> {
    match value.when {
        When::At(moment) | When::Announced(moment) => Some(Days::of(moment)),
        When::Period(start, end) => Some(Days { first: Days::of(start).first, last: Days::of(end).last }),
        When::Undated | When::Unstated => None,
    }
}
