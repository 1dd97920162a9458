//! A node of the plan in the export: what its tables declare, and what is worked out of it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::contract::{Contract, JsonKey, UndeclaredFields, field, worked};
use super::item::JsonItem;
use super::people::AnnotationJson;
use super::shape::{JsonObject, JsonType};
use super::verdict::{AssessmentJson, RollupJson};
use super::{people, trend, verdict};
use crate::export::document::{ExportContext, NodeEntry, NodeTie, ValueEntry};
use crate::journal::Author;
use crate::page::ValueKind;
use crate::plan::fields::FieldTable;
use crate::plan::fields::metric::{COMPARATOR, METRIC, OFFICIAL, VALUE};
use crate::plan::fields::node::{LINK, NODE};
use crate::plan::fields::register::SOURCE;
use crate::plan::metric::{Grade, Kind, Metric, Value};
use crate::plan::node::Node;
use crate::plan::register::Source;
use crate::plan::unresolved::{NodeDraft, RawMetric, RawSource, RawValue};
use crate::plan::{Plan, Role, State};
use crate::progress::promise::Promise;
use crate::text::words::VocabularyWord;

/// A node with what it is worked out from.
pub(super) struct NodeContext<'a, 'p> {
    scene: &'a ExportContext<'p>,
    entry: &'a NodeEntry<'p>,
}

type OfNode = for<'a, 'p> fn(&NodeContext<'a, 'p>) -> JsonItem<'p>;
type OfValue = for<'a, 'p> fn(&'p Plan, &'a ValueEntry<'p>) -> JsonItem<'p>;
type OfSource = fn(Option<usize>) -> JsonItem<'static>;

pub(super) static NODES: Contract<NodeDraft, Node, OfNode> = Contract {
    name: "node",
    about: "A node of the plan, with all that is said of it.",
    table: &NODE,
    keys: NODE_KEYS,
    rest: UndeclaredFields::Follows(&[]),
};

const NODE_KEYS: &[JsonKey<OfNode>] = &[
    field("id"),
    field("aliases"),
    field("parent"),
    worked(
        "role",
        || JsonType::words(Role::NAMES),
        "What its level's nodes are",
        |case| JsonItem::word(case.entry.node.role),
    ),
    field("level"),
    worked(
        "depth",
        || JsonType::Whole,
        "Levels from the top of the plan, 0 for a root; a group adds none to what is in it",
        |case| JsonItem::Whole(case.scene.plan.tree.level_depth(case.entry.id).into()),
    ),
    field("title"),
    field("summary"),
    field("tags"),
    worked(
        "serves",
        || JsonType::String.list(),
        "The nodes that this one says it serves, by id",
        |case| {
            let plan = case.scene.plan;
            JsonItem::List(case.entry.node.serves.iter().map(|link| JsonItem::node(plan, link.to)).collect())
        },
    ),
    worked(
        "served_by",
        || JsonType::String.list(),
        "The nodes that say they serve this one, by id",
        |case| {
            let links = case.entry.links_of(NodeTie::ServedBy);
            JsonItem::List(links.map(|link| JsonItem::node(case.scene.plan, link.to)).collect())
        },
    ),
    field("attribute"),
    field("period"),
    field("office"),
    field("evidence"),
    worked(
        "state",
        || JsonType::words(State::NAMES).or_null(),
        "How the node stands, everything considered: a [state](cli.md#states); null for a group, and for a goal or an action that nobody has judged",
        |case| match case.entry.state {
            State::NotJudged => JsonItem::Nothing,
            state => JsonItem::word(state),
        },
    ),
    worked(
        "metric",
        || JsonType::object(METRICS.object()).or_null(),
        "For metrics: what is measured, and the figures",
        |case| {
            case.entry
                .metric()
                .map_or(JsonItem::Nothing, |metric| JsonItem::Object(metric_entries(case, metric)))
        },
    ),
    worked(
        "annotation",
        || JsonType::object(people::annotation()).or_null(),
        "What people recorded; null where nobody did",
        |case| {
            let said = case.entry.said.map(|said| Box::new(AnnotationJson::from(said)));
            said.map_or(JsonItem::Nothing, JsonItem::Annotation)
        },
    ),
    worked(
        "rollup",
        || JsonType::object(verdict::rollup()).or_null(),
        "For nodes with others below or serving them: how those stand",
        |case| {
            let rollup = case.entry.rollup.as_ref();
            let made = rollup.map(|rollup| Box::new(RollupJson::new(case.scene.plan, rollup)));
            made.map_or(JsonItem::Nothing, JsonItem::Rollup)
        },
    ),
    worked(
        "links",
        || JsonType::object(linked()).list(),
        "What the node serves, once more: each with how that is known, and a remark",
        |case| JsonItem::of(case.scene.plan, NODE.value("serves", case.entry.node)),
    ),
    worked(
        "commitment",
        || JsonType::words(Promise::NAMES).or_null(),
        "Whose promise the node is, by the documents it rests on; null for what promises nothing ([judging.md](judging.md))",
        |case| case.entry.commitment.map_or(JsonItem::Nothing, JsonItem::word),
    ),
];

fn linked() -> JsonObject {
    JsonObject::of(&LINK.outline())
}

pub(super) static METRICS: Contract<RawMetric, Metric, OfNode> = Contract {
    name: "metric",
    about: "What is measured, and the figures.",
    table: &METRIC,
    keys: METRIC_KEYS,
    // `values` has them.
    rest: UndeclaredFields::Follows(&["baseline", "observed", "target"]),
};

const METRIC_KEYS: &[JsonKey<OfNode>] = &[
    field("measure"),
    field("unit"),
    field("direction"),
    worked(
        "values",
        || JsonType::object(VALUES.object()).list(),
        "The figures. Others' figures, which are only compared with, are under `comparators`",
        |case| {
            let own = case.entry.values.iter().filter(|value| value.kind != ValueKind::Comparator);
            values(case, own, &VALUES)
        },
    ),
    worked(
        "assessment",
        || JsonType::object(verdict::assessment()).or_null(),
        "The computed verdict; null where nothing is computed",
        |case| {
            let found = case.entry.assessment.as_ref().map(|found| Box::new(AssessmentJson::from(found)));
            found.map_or(JsonItem::Nothing, JsonItem::Assessment)
        },
    ),
    field("stat"),
    worked(
        "comparators",
        || JsonType::object(COMPARATORS.object()).list(),
        "Others' values of the same thing, the national one for instance",
        |case| {
            let others = case.entry.values.iter().filter(|value| value.kind == ValueKind::Comparator);
            values(case, others, &COMPARATORS)
        },
    ),
    worked(
        "official",
        || JsonType::object(JsonObject::of(&OFFICIAL.outline())).or_null(),
        "A verdict that a source itself states, where its date is not after the as-of",
        |case| {
            let (plan, as_of) = (case.scene.plan, case.scene.judge.as_of);
            let metric = case.entry.metric().filter(|metric| as_of.official(plan, metric).is_some());
            metric.map_or(JsonItem::Nothing, |metric| JsonItem::of(plan, METRIC.value("official", metric)))
        },
    ),
    worked(
        "trend",
        || JsonType::object(trend::trend()).or_null(),
        "Which way the figures went, target or none; null without two comparable values",
        |case| {
            let trend = case.entry.assessment.as_ref().and_then(|found| found.trend.as_ref());
            trend.map_or(JsonItem::Nothing, |trend| JsonItem::Object(trend::trend_entries(trend)))
        },
    ),
    worked(
        "distances",
        || JsonType::object(trend::distance()).list(),
        "How far the metric is from each of its comparators, in their order",
        |case| {
            let found = case.entry.assessment.iter().flat_map(|found| &found.distances);
            JsonItem::List(found.map(|own| JsonItem::Object(trend::distance_entries(own))).collect())
        },
    ),
];

fn metric_entries<'p>(case: &NodeContext<'_, 'p>, metric: &'p Metric) -> Vec<(&'p str, JsonItem<'p>)> {
    METRICS.entries(case.scene.plan, metric, |get| get(case))
}

fn values<'a, 'p: 'a>(
    case: &NodeContext<'_, 'p>,
    values: impl Iterator<Item = &'a ValueEntry<'p>>,
    contract: &Contract<RawValue, Value, OfValue>,
) -> JsonItem<'p> {
    let plan = case.scene.plan;
    let one = |value: &ValueEntry<'p>| {
        JsonItem::Object(contract.entries(plan, value.value, |get| get(plan, value)))
    };
    JsonItem::List(values.map(one).collect())
}

const fn of_values(
    name: &'static str,
    about: &'static str,
    table: &'static FieldTable<RawValue, Value>,
) -> Contract<RawValue, Value, OfValue> {
    Contract { name, about, table, keys: VALUE_KEYS, rest: UndeclaredFields::Follows(&[]) }
}

pub(super) static VALUES: Contract<RawValue, Value, OfValue> =
    of_values("value", "A figure. At most one of `year`, `on`, `announced`, `period` is set.", &VALUE);

pub(super) static COMPARATORS: Contract<RawValue, Value, OfValue> =
    of_values("comparator", "Another's figure; the keys of a value, and whose it is.", &COMPARATOR);

/// What a figure may be to its metric.
const VALUE_KINDS: [ValueKind; 4] =
    [ValueKind::Baseline, ValueKind::Observed, ValueKind::Target, ValueKind::Comparator];

/// What people record has its own words for where it was found, where the plan has no such document.
const VALUE_KEYS: &[JsonKey<OfValue>] = &[
    worked(
        "kind",
        || JsonType::Word(VALUE_KINDS.map(ValueKind::word).to_vec()),
        "What the figure is to its metric",
        |_, value| JsonItem::Line(value.kind.word().into()),
    ),
    field("year"),
    field("on"),
    field("announced"),
    field("period"),
    field("value"),
    field("to"),
    field("label"),
    field("bound"),
    worked(
        "source",
        || JsonType::String.or_null(),
        "Where it stands: the id of a document, or the words of the person who recorded it",
        |plan, value| JsonItem::optional_line(value.source(plan)),
    ),
    field("at"),
    worked(
        "grade",
        || JsonType::words(Grade::NAMES).or_null(),
        "How good the source is: the figure's own grade, or its document's",
        |plan, value| value.grade(plan).map_or(JsonItem::Nothing, JsonItem::word),
    ),
    field("basis"),
    field("note"),
    worked(
        "by",
        || JsonType::String.or_null(),
        "Who recorded it; null for figures of the plan",
        |_, value| JsonItem::optional_line(value.by().map(Author::as_str)),
    ),
    field("published"),
    field("when_basis"),
    field("undated"),
    worked(
        "increment",
        || JsonType::Flag,
        "Whether it is to be added to what there is, not reached",
        |_, value| JsonItem::Flag(value.value.kind == Kind::Increment),
    ),
    field("force"),
    field("stage"),
    field("also"),
    worked(
        "id",
        || JsonType::String.or_null(),
        "Id by which a recorded value is retracted; null for figures of the plan",
        |_, value| value.own.map_or(JsonItem::Nothing, |own| JsonItem::Line((&*own.id).into())),
    ),
];

pub(super) static SOURCES: Contract<RawSource, Source, OfSource> = Contract {
    name: "source",
    about: "A document that something in the export refers to.",
    table: &SOURCE,
    keys: &[
        worked(
            "number",
            || JsonType::Whole.or_null(),
            "The number by which reports of the same scope and filter cite it; null where they do not",
            |number| {
                let number = number.and_then(|number| i64::try_from(number).ok());
                number.map_or(JsonItem::Nothing, JsonItem::Whole)
            },
        ),
        field("id"),
    ],
    // Digests of its paragraphs, for `check --source`.
    rest: UndeclaredFields::Follows(&["section"]),
};

/// One node, as the export and `show --json` have it.
#[derive(Debug)]
pub struct NodeJson<'p>(Vec<(&'p str, JsonItem<'p>)>);

impl<'p> NodeJson<'p> {
    pub fn new(scene: &ExportContext<'p>, entry: &NodeEntry<'p>) -> Self {
        let case = NodeContext { scene, entry };
        Self(NODES.entries(scene.plan, entry.node, |get| get(&case)))
    }
}

impl Serialize for NodeJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(key, item)| map.serialize_entry(key, item))?;
        map.end()
    }
}
