//! What stands under a key of the JSON export, or in a list.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::people::AnnotationJson;
use super::verdict::{AssessmentJson, RollupJson};
use crate::plan::fields::{Row, Value};
use crate::plan::metric::{Decimal, Moment};
use crate::plan::{NodeId, Plan, SourceId};
use crate::text::words::Word;
use crate::text::{Lang, Text};
use crate::text::{clean::many_lines, clean::one_line};

/// A value of JSON, written in the order in which it was built. Its strings are safe for a terminal.
#[derive(Debug)]
pub(super) enum Item<'p> {
    Nothing,
    Flag(bool),
    Line(Cow<'p, str>),
    Whole(i64),
    Float(f64),
    /// A number with its decimals as written: 84000, 95.20.
    Decimal(Box<RawValue>),
    List(Vec<Item<'p>>),
    Object(Vec<(&'p str, Item<'p>)>),
    Assessment(Box<AssessmentJson>),
    Annotation(Box<AnnotationJson<'p>>),
    Rollup(Box<RollupJson<'p>>),
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Item::Nothing => serializer.serialize_none(),
            Item::Flag(flag) => serializer.serialize_bool(*flag),
            Item::Line(line) => serializer.serialize_str(line),
            Item::Whole(number) => serializer.serialize_i64(*number),
            Item::Float(number) => serializer.serialize_f64(*number),
            Item::Decimal(number) => number.serialize(serializer),
            Item::List(items) => serializer.collect_seq(items),
            Item::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, item)| map.serialize_entry(key, item))?;
                map.end()
            }
            Item::Assessment(found) => found.serialize(serializer),
            Item::Annotation(said) => said.serialize(serializer),
            Item::Rollup(rollup) => rollup.serialize(serializer),
        }
    }
}

impl<'p> Item<'p> {
    /// One line of text.
    pub fn line(text: &'p str) -> Self {
        Item::Line(one_line(text))
    }

    /// One line of text, or null.
    pub fn optional_line(text: Option<&'p str>) -> Self {
        text.map_or(Item::Nothing, Item::line)
    }

    /// A word of the files.
    pub fn word(word: impl Word) -> Self {
        Item::Line(word.word().into())
    }

    /// A node by its id.
    pub fn node(plan: &'p Plan, id: NodeId) -> Self {
        Item::Line(plan.tree.node(id).key.as_str().into())
    }

    /// A document by its id.
    fn source(plan: &'p Plan, id: SourceId) -> Self {
        Item::line(&plan.source(id).id)
    }

    /// A text as one entry a language of the plan, in its order; a missing wording is null, a text without any wording null itself.
    pub fn text(plan: &'p Plan, text: &'p Text) -> Self {
        if text.is_empty() {
            return Item::Nothing;
        }
        let langs = (0u8..).map(Lang).take(plan.languages.len());
        let wording = |lang| text.get(lang).map_or(Item::Nothing, |words| Item::Line(many_lines(words)));
        Item::Object(langs.map(|lang| (plan.tag(lang), wording(lang))).collect())
    }

    fn decimal(number: Decimal) -> Self {
        RawValue::from_string(number.to_string()).map_or(Item::Nothing, Item::Decimal)
    }

    /// A year as a number, a month or day as text.
    pub fn moment(moment: Moment) -> Self {
        match moment {
            Moment::Year(year) => Item::Whole(year.into()),
            Moment::Month(..) | Moment::Day(_) | Moment::Between(..) => Item::Line(moment.to_string().into()),
        }
    }

    /// What a field of the plan says.
    pub fn of(plan: &'p Plan, value: Value<'p>) -> Self {
        match value {
            Value::Nothing => Item::Nothing,
            Value::Line(line) => Item::line(line),
            Value::Text(text) => Item::text(plan, text),
            Value::Word(word) => Item::Line(word.key.into()),
            Value::Flag(flag) => Item::Flag(flag),
            Value::Number(number) => Item::decimal(number),
            Value::Float(number) => Item::Float(number),
            Value::Count(count) => Item::Whole(count.into()),
            Value::Year(year) => Item::Whole(year.into()),
            Value::Moment(at) => Item::Line(at.to_string().into()),
            Value::Source(id) => Item::source(plan, id),
            Value::Node(id) => Item::node(plan, id),
            Value::Level(id) => Item::line(&plan.level(id).id),
            Value::Term(used) => {
                let id = &plan.term(used.term).id;
                match used.sense.as_deref() {
                    Some(sense) => Item::Line(one_line(&format!("{id}.{sense}")).into_owned().into()),
                    None => Item::line(id),
                }
            }
            Value::List(items) => Item::List(items.into_iter().map(|item| Item::of(plan, item)).collect()),
            Value::Table(row) => Item::row(plan, row),
        }
    }

    /// A table within a table, with all its keys.
    fn row(plan: &'p Plan, row: Row<'p>) -> Self {
        let is_span = row.name == "period";
        let entry = |value| match value {
            Value::Moment(at) if is_span => Item::moment(at),
            value => Item::of(plan, value),
        };
        Item::Object(row.fields.into_iter().map(|(info, value)| (info.key, entry(value))).collect())
    }
}
