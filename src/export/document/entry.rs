//! One node with all that is said of it, by the plan and by people, as data: what a format says of it is drawn from here.

use super::Scene;
use crate::journal::fold::Observed;
use crate::journal::{Annotations, At, Author, describe};
use crate::page::ValueKind;
use crate::plan::metric::{Amount, Basis, Decimal, Grade, Metric, Moment, Stage, Value, When};
use crate::plan::{Level, Node, NodeId, Period, Plan, SourceId, State};
use crate::progress::{Added, Assessment, Rollup, Step};
use crate::text::{Bilingual, Text, Ui};

/// How two nodes are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The other is above it.
    Parent,
    /// It names the other in its `serves`.
    Serves,
    /// Something above it does.
    ServesThroughParent,
    /// Its metric is a part of the other's.
    PartOf,
    /// The other serves it.
    ServedBy,
}

/// A tie to another node.
#[derive(Clone, Copy, Debug)]
pub struct LinkEntry<'p> {
    /// How.
    pub tie: Tie,
    /// The other.
    pub to: NodeId,
    /// Whether the tie is the source's or ours.
    pub basis: Basis,
    /// A remark on it; of a part, which one.
    pub note: Option<&'p Text>,
}

/// The time of a value, taken apart as the exports have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Time {
    /// A year alone.
    pub year: Option<i16>,
    /// A month or a day.
    pub on: Option<Moment>,
    /// The day of an announcement without a reference time.
    pub announced: Option<Moment>,
    /// A span.
    pub period: Option<Period>,
}

impl From<When> for Time {
    fn from(when: When) -> Self {
        match when {
            When::At(Moment::Year(year)) => Self { year: Some(year), ..Self::default() },
            When::At(on) => Self { on: Some(on), ..Self::default() },
            When::Period(start, end) => Self { period: Some(Period { start, end }), ..Self::default() },
            When::Announced(day) => Self { announced: Some(day), ..Self::default() },
            When::Undated | When::Unstated => Self::default(),
        }
    }
}

/// A figure of the plan, or of a person.
#[derive(Clone, Copy, Debug)]
pub struct ValueEntry<'p> {
    /// What it is to its metric.
    pub kind: ValueKind,
    /// The figure, in the plan's terms.
    pub value: &'p Value,
    /// Who recorded it, for one of the journal.
    pub own: Option<&'p Observed>,
}

impl<'p> ValueEntry<'p> {
    /// The time it refers to.
    pub fn time(&self) -> Time {
        self.value.when.into()
    }

    /// Its number, and a range's upper end.
    pub fn numbers(&self) -> (Option<Decimal>, Option<Decimal>) {
        match &self.value.amount {
            Amount::Range(from, to) => (Some(*from), Some(*to)),
            other => (other.number(), None),
        }
    }

    /// Its words, where it has no bare number.
    pub fn label(&self) -> Option<&'p Text> {
        match &self.value.amount {
            Amount::Label(label, _) => Some(label),
            _ => None,
        }
    }

    /// How far a milestone has come.
    pub fn stage(&self) -> Option<Stage> {
        match self.value.amount {
            Amount::Stage(stage) => stage,
            _ => None,
        }
    }

    /// Its grade: its own, else its source's.
    pub fn grade(&self, plan: &Plan) -> Option<Grade> {
        self.value.grade.or_else(|| self.value.source.and_then(|id| plan.source(id).grade))
    }

    /// Where a person found it, in their own words, where the plan has no such source.
    pub fn source_words(&self) -> Option<&'p str> {
        let own = self.own.filter(|_| self.value.source.is_none())?;
        own.figure.source.as_deref()
    }

    /// The id of its source, or a person's own words for it. Not made safe for any output yet.
    pub fn source(&self, plan: &'p Plan) -> Option<&'p str> {
        let id = |id: SourceId| &*plan.source(id).id;
        self.value.source.map(id).or_else(|| self.own.and_then(|own| own.figure.source.as_deref()))
    }

    /// Who recorded it.
    pub fn by(&self) -> Option<&'p Author> {
        self.own.map(|own| &own.by)
    }
}

/// A record of the journal that touches a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: At,
    /// Who.
    pub by: Author,
    /// What, in words.
    pub what: Bilingual,
    /// Whether it still holds.
    pub holds: Holds,
}

/// Whether a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It does.
    Yes,
    /// It was taken back.
    Undone,
}

/// One node. What the plan says stands in `node`; the rest is worked out. Nothing in it is made safe for an output yet: each format escapes,
/// after [`crate::text::clean::one_line`] or [`crate::text::clean::many_lines`].
#[derive(Clone, Debug)]
pub struct NodeEntry<'p> {
    /// Its number.
    pub id: NodeId,
    /// What the plan says.
    pub node: &'p Node,
    /// Its level.
    pub level: &'p Level,
    /// How it stands, all considered.
    pub state: State,
    /// Ties: parent, what it serves, what it is a part of, what serves it.
    pub links: Vec<LinkEntry<'p>>,
    /// Figures that were known on the as-of: baseline, actual values, targets, others' values, then those people recorded.
    pub values: Vec<ValueEntry<'p>>,
    /// The computed verdict, without its steps ([`NodeEntry::steps`]); none for what is no metric, and where the plan leaves judging to people.
    pub assessment: Option<Assessment>,
    /// What people say; `None` where nobody said anything.
    pub said: Option<&'p Annotations>,
    /// How what is below it (or serves it) stands.
    pub rollup: Option<Rollup>,
}

impl<'p> NodeEntry<'p> {
    pub(super) fn new(scene: &Scene<'p>, id: NodeId) -> Self {
        let plan = scene.plan;
        let node = plan.tree.node(id);
        let said = scene.journal.annotations(id);
        Self {
            id,
            node,
            level: plan.level(node.level),
            state: scene.states.of(id),
            links: links(plan, id),
            values: node.metric.as_deref().map(|metric| values(scene, metric, said)).unwrap_or_default(),
            assessment: scene.judge.assess_without_steps(id, &Added::of(said)),
            said,
            rollup: scene.rollup(id),
        }
    }

    /// Its metric.
    pub fn metric(&self) -> Option<&'p Metric> {
        self.node.metric.as_deref()
    }

    /// The arithmetic behind the verdict, line by line: worked out when it is asked for, since it takes longer than all the rest.
    pub fn steps(&self, scene: &Scene<'p>) -> Vec<Step> {
        let found = self.assessment.as_ref().and_then(|_| scene.judge.assess(self.id, &Added::of(self.said)));
        found.map(|found| found.steps).unwrap_or_default()
    }

    /// Ties of one kind.
    pub fn links_of(&self, tie: Tie) -> impl Iterator<Item = &LinkEntry<'p>> {
        self.links.iter().filter(move |link| link.tie == tie)
    }

    /// The records that touch it, oldest first, each put into words when it is asked for.
    pub fn history<'s>(
        &self,
        scene: &'s Scene<'p>,
    ) -> impl DoubleEndedIterator<Item = Happened> + use<'s, 'p> {
        let journal = scene.journal;
        let records = journal.fold().home(self.id).map_or(&[][..], |home| &home.records);
        records.iter().map(|index| {
            let record = journal.record(*index);
            let what = |ui| describe::in_book(journal.book(), *index, ui);
            let holds = if journal.fold().is_effective(*index) { Holds::Yes } else { Holds::Undone };
            Happened {
                at: record.at,
                by: record.by.clone(),
                what: Bilingual::new(what(Ui::Zh), what(Ui::En)),
                holds,
            }
        })
    }
}

fn links(plan: &Plan, id: NodeId) -> Vec<LinkEntry<'_>> {
    let node = plan.tree.node(id);
    let note = |to: NodeId| node.link_notes().iter().find(|note| note.to == to).map(|note| &note.note);
    let link = |tie, to, basis| LinkEntry { tie, to, basis, note: note(to) };
    let mut links: Vec<LinkEntry<'_>> = Vec::new();
    links.extend(
        node.parent.map(|parent| LinkEntry { note: None, ..link(Tie::Parent, parent, node.parent_basis) }),
    );
    links.extend(plan.tree.serves(id).into_iter().map(|(to, basis)| {
        let own = node.serves.iter().any(|own| own.to == to);
        link(if own { Tie::Serves } else { Tie::ServesThroughParent }, to, basis)
    }));
    let part = node.metric.as_ref().and_then(|metric| metric.part_of.as_deref());
    links.extend(
        part.map(|part| LinkEntry {
            note: Some(&part.which),
            ..link(Tie::PartOf, part.whole, Basis::Stated)
        }),
    );
    let by = plan.tree.served_by(id).iter();
    links.extend(by.map(|by| LinkEntry { note: None, ..link(Tie::ServedBy, by.to, by.basis) }));
    links
}

fn values<'p>(scene: &Scene<'p>, metric: &'p Metric, said: Option<&'p Annotations>) -> Vec<ValueEntry<'p>> {
    let of = |kind, values: &'p [Value]| values.iter().map(move |value| (kind, value));
    let baseline = metric.baseline.iter().map(|value| (ValueKind::Baseline, value));
    let known = |(_, value): &(ValueKind, &Value)| !scene.judge.as_of.hides(scene.plan, value);
    let plans = baseline
        .chain(of(ValueKind::Observed, &metric.observed))
        .chain(of(ValueKind::Target, &metric.target))
        .chain(of(ValueKind::Comparator, &metric.comparators))
        .filter(known)
        .map(|(kind, value)| ValueEntry { kind, value, own: None });
    let recorded = said.into_iter().flat_map(Annotations::values);
    plans
        .chain(recorded.map(|own| ValueEntry {
            kind: ValueKind::Observed,
            value: &own.value,
            own: Some(own),
        }))
        .collect()
}
