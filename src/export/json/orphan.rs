//! What people recorded on ids that have left the plan.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::contract::{Contract, Key, Rest, field, worked};
use super::item::Item;
use super::people::{self, AnnotationJson};
use super::shape::{Object, Type};
use crate::journal::Home;
use crate::journal::event::Reading;
use crate::journal::fold::Observed;
use crate::plan::Plan;
use crate::plan::fields::metric::VALUE;
use crate::plan::metric::Value;
use crate::plan::unresolved::RawValue;

type OfRecorded = for<'p> fn(&'p Observed) -> Item<'p>;

/// A figure without its metric: a label's language is not known.
static RECORDED: Contract<RawValue, Value, OfRecorded> = Contract {
    name: "orphan-value",
    about: "A figure whose metric has left the plan.",
    table: &VALUE,
    keys: RECORDED_KEYS,
    rest: Rest::LeftOut,
};

const RECORDED_KEYS: &[Key<OfRecorded>] = &[
    field("year"),
    field("on"),
    field("announced"),
    field("period"),
    field("value"),
    field("to"),
    worked(
        "label",
        || Type::String.or_null(),
        "A value in words, as it was recorded",
        |own| match &own.figure.reading {
            Reading::Label(label) => Item::line(label),
            _ => Item::Nothing,
        },
    ),
    field("stage"),
    field("bound"),
    worked(
        "source",
        || Type::String.or_null(),
        "Where it was found, in the words of the person who recorded it",
        |own| Item::optional_line(own.figure.source.as_deref()),
    ),
    field("grade"),
    worked("by", || Type::String, "Who recorded it", |own| Item::line(own.by.as_str())),
];

/// Its keys.
pub(super) fn orphan() -> Object {
    let keys = [
        ("id", Type::String, "The id that left the plan"),
        ("annotation", Type::object(people::annotation()), "What people recorded"),
        ("values", Type::object(RECORDED.object()).list(), "The figures that they recorded"),
    ];
    Object::new("orphan", "What people recorded on an id that has left the plan.", keys)
}

/// What belongs to no node of the plan.
pub(super) struct OrphanJson<'p>(Vec<(&'static str, Item<'p>)>);

impl<'p> OrphanJson<'p> {
    pub fn new(plan: &'p Plan, home: &'p Home) -> Self {
        let value = |own: &'p Observed| Item::Object(RECORDED.entries(plan, &own.value, |get| get(own)));
        Self(vec![
            ("id", Item::line(&home.name)),
            ("annotation", Item::Annotation(Box::new(AnnotationJson::from(&home.annotations)))),
            ("values", Item::List(home.annotations.values().map(value).collect())),
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
