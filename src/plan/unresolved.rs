//! What tables are read into before every file is read: parents, links, terms and nodes are names yet, and
//! documents are numbers of their file.

use super::diagnostic::ByteSpan;
use super::input::InputName;
use super::key::{Key, LevelId, NodeId};
use super::metric::{Amount, Basis, Decimal, Direction, Measure, Metric, Moment, Stage, Value, When};
use super::node::{Evidence, Node, NodeDetails, Period, Role, TableOrigin};
use super::register::{ChapterReading, Fact, Source, SourceSection};
use crate::text::Text;

/// A node whose parent, links and terms are names yet, and whose documents are numbers of its file.
#[derive(Clone, Debug)]
pub(crate) struct RawNode {
    pub node: Node,
    pub parent: Option<InputName>,
    pub refs: Option<Box<RawRefs>>,
    pub id_at: ByteSpan,
    pub title_at: ByteSpan,
    pub summary_at: ByteSpan,
}

/// What few nodes name, kept apart so that a plain one stays small.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawRefs {
    pub serves: Box<[RawLink]>,
    pub part_of: Option<InputName>,
    pub which: Option<Text>,
    pub terms: Box<[InputName]>,
    pub aliases_at: ByteSpan,
}

#[derive(Clone, Debug)]
pub(crate) struct RawLink {
    pub to: Box<str>,
    pub basis: Basis,
    pub note: Option<Text>,
    pub at: ByteSpan,
}

/// A node as its fields come in.
#[derive(Default)]
pub(crate) struct NodeDraft {
    pub key: Option<Key>,
    pub level: Option<LevelId>,
    pub title: Text,
    pub summary: Option<Text>,
    pub parent: Option<InputName>,
    pub parent_basis: Option<Basis>,
    pub tags: Box<[Box<str>]>,
    pub evidence: Box<[Evidence]>,
    pub more: Option<Box<NodeDetails>>,
    pub refs: Option<Box<RawRefs>>,
    pub metric: Option<Box<Metric>>,
}

impl NodeDraft {
    pub fn more(&mut self) -> &mut NodeDetails {
        self.more.get_or_insert_default()
    }

    pub fn refs(&mut self) -> &mut RawRefs {
        self.refs.get_or_insert_default()
    }

    /// The node, if it has an id by which anything could name it. `level` stands in for one that could not be
    /// read.
    pub fn into_node(
        self,
        role: Role,
        level: LevelId,
        header: ByteSpan,
    ) -> Option<(Node, Option<InputName>)> {
        let node = Node {
            key: self.key?,
            level: self.level.unwrap_or(level),
            role,
            depth: 0,
            parent: None,
            parent_basis: self.parent_basis.unwrap_or(Basis::Stated),
            subtree_end: NodeId(0),
            title: self.title,
            summary: self.summary.filter(|summary| !summary.is_empty()),
            serves: Box::default(),
            tags: self.tags,
            evidence: self.evidence,
            metric: self.metric,
            more: self.more,
            origin: TableOrigin { file: 0, byte: header.start },
        };
        Some((node, self.parent))
    }
}

/// A part of the plan's document whose nodes are names yet.
pub(crate) type RawReading = (ChapterReading, Box<[InputName]>);

/// A metric as its fields come in.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawMetric {
    /// Measure and direction hold what stands in until they are read.
    pub metric: Metric,
    pub measure: Option<Measure>,
    pub direction: Option<Direction>,
    pub part_of: Option<InputName>,
    pub which: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueRole {
    Baseline,
    Observed,
    Target,
    Comparator,
}

/// A value as its fields come in.
#[derive(Clone, Debug)]
pub(crate) struct RawValue {
    /// All but amount and time.
    pub value: Value,
    pub time: RawTime,
    pub number: Option<Decimal>,
    pub to: Option<Decimal>,
    pub label: Option<Text>,
    pub stage: Option<Stage>,
}

impl RawValue {
    pub fn new() -> Self {
        let value = Value::new(Amount::Stage(None), When::Unstated);
        Self { value, time: RawTime::default(), number: None, to: None, label: None, stage: None }
    }
}

/// The times of a value or a fact, which may have one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawTime {
    pub year: Option<i16>,
    pub on: Option<Moment>,
    pub announced: Option<Moment>,
    pub period: Option<Period>,
    pub undated: bool,
}

impl RawTime {
    /// The times there are, with their keys, in the order of the keys.
    pub fn given(self) -> impl Iterator<Item = (&'static str, When)> {
        let times = [
            ("announced", self.announced.map(When::Announced)),
            ("on", self.on.map(When::At)),
            ("period", self.period.map(|span| When::Period(span.start, span.end))),
            ("undated", self.undated.then_some(When::Undated)),
            ("year", self.year.map(|year| When::At(Moment::Year(year)))),
        ];
        times.into_iter().filter_map(|(key, when)| Some((key, when?)))
    }

    pub fn when(self) -> When {
        self.given().next().map_or(When::Unstated, |(_, when)| when)
    }
}

/// A document; its sections' links to nodes are names yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawSource {
    pub source: Source,
    pub maps_to: Vec<Box<[RawLink]>>,
    pub id_at: ByteSpan,
}

/// A section; its links to nodes are names yet.
pub(crate) type RawSection = (SourceSection, Box<[RawLink]>);

/// A fact; the node that carries it is a name yet.
#[derive(Clone, Debug)]
pub(crate) struct RawFact {
    pub fact: Fact,
    pub time: RawTime,
    pub node: Option<InputName>,
    pub id_at: ByteSpan,
}

/// The keys of which a value or a fact may have one.
pub(crate) fn times(part: ValueRole) -> &'static [&'static str] {
    const ALL: &[&str] = &["year", "on", "period", "announced", "undated"];
    if part == ValueRole::Target { ALL } else { &ALL[..4] }
}
