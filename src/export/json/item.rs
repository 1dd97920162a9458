//! What stands under a key of the JSON export, or in a list.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::people::AnnotationJson;
use super::verdict::{AssessmentJson, RollupJson};
use crate::plan::fields::{FieldRow, FieldValue};
use crate::plan::metric::{Decimal, Moment};
use crate::plan::{NodeId, Plan, SourceId};
use crate::text::words::VocabularyWord;
use crate::text::{Lang, Text};
use crate::text::{clean::many_lines, clean::one_line};

/// A value of JSON, written in the order in which it was built. Its strings are safe for a terminal.
#[derive(Debug)]
pub(super) enum JsonItem<'p> {
    Nothing,
    Flag(bool),
    Line(Cow<'p, str>),
    Whole(i64),
    Float(f64),
    /// A number with its decimals as written: 84000, 95.20.
    Decimal(Box<RawValue>),
    List(Vec<JsonItem<'p>>),
    Object(Vec<(&'p str, JsonItem<'p>)>),
    Assessment(Box<AssessmentJson>),
    Annotation(Box<AnnotationJson<'p>>),
    Rollup(Box<RollupJson<'p>>),
}

impl Serialize for JsonItem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            JsonItem::Nothing => serializer.serialize_none(),
            JsonItem::Flag(flag) => serializer.serialize_bool(*flag),
            JsonItem::Line(line) => serializer.serialize_str(line),
            JsonItem::Whole(number) => serializer.serialize_i64(*number),
            JsonItem::Float(number) => serializer.serialize_f64(*number),
            JsonItem::Decimal(number) => number.serialize(serializer),
            JsonItem::List(items) => serializer.collect_seq(items),
            JsonItem::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, item)| map.serialize_entry(key, item))?;
                map.end()
            }
            JsonItem::Assessment(found) => found.serialize(serializer),
            JsonItem::Annotation(said) => said.serialize(serializer),
            JsonItem::Rollup(rollup) => rollup.serialize(serializer),
        }
    }
}

impl<'p> JsonItem<'p> {
    pub fn line(text: &'p str) -> Self {
        JsonItem::Line(one_line(text))
    }

    /// One line of text, or null.
    pub fn optional_line(text: Option<&'p str>) -> Self {
        text.map_or(JsonItem::Nothing, JsonItem::line)
    }

    /// A word of the files.
    pub fn word(word: impl VocabularyWord) -> Self {
        JsonItem::Line(word.word().into())
    }

    pub fn node(plan: &'p Plan, id: NodeId) -> Self {
        JsonItem::Line(plan.tree.node(id).key.as_str().into())
    }

    /// A document by its id.
    fn source(plan: &'p Plan, id: SourceId) -> Self {
        JsonItem::line(&plan.source(id).id)
    }

    /// A text as one entry a language of the plan, in its order; a missing wording is null, a text without
    /// any wording null itself.
    pub fn text(plan: &'p Plan, text: &'p Text) -> Self {
        if text.is_empty() {
            return JsonItem::Nothing;
        }
        let langs = (0u8..).map(Lang).take(plan.languages.len());
        let wording =
            |lang| text.get(lang).map_or(JsonItem::Nothing, |words| JsonItem::Line(many_lines(words)));
        JsonItem::Object(langs.map(|lang| (plan.tag(lang), wording(lang))).collect())
    }

    fn decimal(number: Decimal) -> Self {
        RawValue::from_string(number.to_string()).map_or(JsonItem::Nothing, JsonItem::Decimal)
    }

    /// A year as a number, a month or day as text.
    pub fn moment(moment: Moment) -> Self {
        match moment {
            Moment::Year(year) => JsonItem::Whole(year.into()),
            Moment::Month(..) | Moment::Day(_) | Moment::Between(..) => {
                JsonItem::Line(moment.to_string().into())
            }
        }
    }

    pub fn of(plan: &'p Plan, value: FieldValue<'p>) -> Self {
        match value {
            FieldValue::Nothing => JsonItem::Nothing,
            FieldValue::Line(line) => JsonItem::line(line),
            FieldValue::Text(text) => JsonItem::text(plan, text),
            FieldValue::Word(word) => JsonItem::Line(word.key.into()),
            FieldValue::Flag(flag) => JsonItem::Flag(flag),
            FieldValue::Number(number) => JsonItem::decimal(number),
            FieldValue::Float(number) => JsonItem::Float(number),
            FieldValue::Count(count) => JsonItem::Whole(count.into()),
            FieldValue::Year(year) => JsonItem::Whole(year.into()),
            FieldValue::Moment(at) => JsonItem::Line(at.to_string().into()),
            FieldValue::Source(id) => JsonItem::source(plan, id),
            FieldValue::Node(id) => JsonItem::node(plan, id),
            FieldValue::Level(id) => JsonItem::line(&plan.level(id).id),
            FieldValue::Term(used) => {
                let id = &plan.term(used.term).id;
                match used.sense.as_deref() {
                    Some(sense) => JsonItem::Line(one_line(&format!("{id}.{sense}")).into_owned().into()),
                    None => JsonItem::line(id),
                }
            }
            FieldValue::List(items) => {
                JsonItem::List(items.into_iter().map(|item| JsonItem::of(plan, item)).collect())
            }
            FieldValue::Table(row) => JsonItem::row(plan, row),
        }
    }

    /// A table within a table, with all its keys.
    fn row(plan: &'p Plan, row: FieldRow<'p>) -> Self {
        let is_span = row.name == "period";
        let entry = |value| match value {
            FieldValue::Moment(at) if is_span => JsonItem::moment(at),
            value => JsonItem::of(plan, value),
        };
        JsonItem::Object(row.fields.into_iter().map(|(info, value)| (info.key, entry(value))).collect())
    }
}
