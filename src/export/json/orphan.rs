//! What people recorded on ids that have left the plan.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::contract::{Contract, JsonKey, UndeclaredFields, field, worked};
use super::item::JsonItem;
use super::people::{self, AnnotationJson};
use super::shape::{JsonObject, JsonType};
use crate::journal::NodeRecords;
use crate::journal::event::RecordedAmount;
use crate::journal::fold::Observed;
use crate::plan::Plan;
use crate::plan::fields::metric::VALUE;
use crate::plan::metric::Value;
use crate::plan::unresolved::RawValue;

type OfRecorded = for<'p> fn(&'p Observed) -> JsonItem<'p>;

/// A figure without its metric: a label's language is not known.
static RECORDED: Contract<RawValue, Value, OfRecorded> = Contract {
    name: "orphan-value",
    about: "A figure whose metric has left the plan.",
    table: &VALUE,
    keys: RECORDED_KEYS,
    rest: UndeclaredFields::LeftOut,
};

const RECORDED_KEYS: &[JsonKey<OfRecorded>] = &[
    field("year"),
    field("on"),
    field("announced"),
    field("period"),
    field("value"),
    field("to"),
    worked(
        "label",
        || JsonType::String.or_null(),
        "A value in words, as it was recorded",
        |own| match &own.figure.reading {
            RecordedAmount::Label(label) => JsonItem::line(label),
            _ => JsonItem::Nothing,
        },
    ),
    field("stage"),
    field("bound"),
    worked(
        "source",
        || JsonType::String.or_null(),
        "Where it was found, in the words of the person who recorded it",
        |own| JsonItem::optional_line(own.figure.source.as_deref()),
    ),
    field("grade"),
    worked("by", || JsonType::String, "Who recorded it", |own| JsonItem::line(own.by.as_str())),
];

pub(super) fn orphan() -> JsonObject {
    let keys = [
        ("id", JsonType::String, "The id that left the plan"),
        ("annotation", JsonType::object(people::annotation()), "What people recorded"),
        ("values", JsonType::object(RECORDED.object()).list(), "The figures that they recorded"),
    ];
    JsonObject::new("orphan", "What people recorded on an id that has left the plan.", keys)
}

/// What belongs to no node of the plan.
pub(super) struct OrphanJson<'p>(Vec<(&'static str, JsonItem<'p>)>);

impl<'p> OrphanJson<'p> {
    pub fn new(plan: &'p Plan, home: &'p NodeRecords) -> Self {
        let value = |own: &'p Observed| JsonItem::Object(RECORDED.entries(plan, &own.value, |get| get(own)));
        Self(vec![
            ("id", JsonItem::line(&home.name)),
            ("annotation", JsonItem::Annotation(Box::new(AnnotationJson::from(&home.annotations)))),
            ("values", JsonItem::List(home.annotations.values().map(value).collect())),
        ])
    }
}

impl Serialize for OrphanJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(key, item)| map.serialize_entry(key, item))?;
        map.end()
    }
}
