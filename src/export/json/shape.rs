//! What the objects of the export hold, for those who describe them: the page, and the JSON Schema.

use std::borrow::Cow;

use crate::plan::fields::{Absent, FieldShape, Info, Presence, TableOutline};
use crate::text::words::WordNames;

/// What may stand under a key.
#[derive(Clone, Debug)]
pub(super) enum JsonType {
    String,
    Word(Vec<&'static str>),
    /// A text in the plan's languages, or null.
    Text,
    /// A sentence of the program in Chinese and English.
    Sentence,
    Number,
    Whole,
    Flag,
    /// A year as a number, a month or a day as a string.
    Moment,
    OrNull(Box<JsonType>),
    List(Box<JsonType>),
    /// Any keys, and what stands under each.
    Map(Box<JsonType>),
    Object(Box<JsonObject>),
}

impl JsonType {
    pub fn words(words: &[WordNames]) -> Self {
        JsonType::Word(words.iter().map(|word| word.key).collect())
    }

    pub fn or_null(self) -> Self {
        JsonType::OrNull(Box::new(self))
    }

    pub fn list(self) -> Self {
        JsonType::List(Box::new(self))
    }

    pub fn object(object: JsonObject) -> Self {
        JsonType::Object(Box::new(object))
    }

    /// What a field of the plan's tables becomes.
    pub fn of(info: &Info, shape: &FieldShape) -> Self {
        let stands_in =
            matches!(shape, FieldShape::Word(_) | FieldShape::Level) && info.need == Presence::Required;
        let has_default = matches!(shape, FieldShape::Word(_)) && info.absent != Absent::Nothing;
        let never_null = matches!(shape, FieldShape::List(_) | FieldShape::Flag | FieldShape::Text(_));
        let is_there = info.need == Presence::Essential || stands_in || has_default && info.beside.is_none();
        let plain = JsonType::of_shape(shape);
        if is_there || never_null { plain } else { plain.or_null() }
    }

    fn of_shape(shape: &FieldShape) -> Self {
        match shape {
            // A moment of a value stands under a key that says how exact it is.
            FieldShape::Head(_)
            | FieldShape::Id
            | FieldShape::Line(_)
            | FieldShape::Moment
            | FieldShape::MomentOrSpan => JsonType::String,
            FieldShape::Source | FieldShape::Level | FieldShape::Name(_) => JsonType::String,
            FieldShape::Text(_) => JsonType::Text,
            FieldShape::Word(words) => JsonType::words(words),
            FieldShape::Flag => JsonType::Flag,
            FieldShape::Number => JsonType::Number,
            FieldShape::Count | FieldShape::Year => JsonType::Whole,
            FieldShape::Table(outline) => JsonType::object(JsonObject::of(outline)),
            FieldShape::List(items) => JsonType::of_shape(items).list(),
        }
    }
}

/// An object of the export with its keys, for those who describe it.
#[derive(Clone, Debug)]
pub(super) struct JsonObject {
    pub name: &'static str,
    pub about: &'static str,
    pub keys: Vec<(&'static str, JsonType, Cow<'static, str>)>,
}

impl JsonObject {
    /// One whose keys are declared by hand.
    pub fn new<const N: usize>(
        name: &'static str,
        about: &'static str,
        keys: [(&'static str, JsonType, &'static str); N],
    ) -> Self {
        Self { name, about, keys: keys.into_iter().map(|(key, of, about)| (key, of, about.into())).collect() }
    }

    /// A table within a table of the plan.
    pub fn of(outline: &TableOutline) -> Self {
        let is_span = outline.name == "period";
        let of = |info: &Info, shape: &FieldShape| match shape {
            FieldShape::Moment if is_span => JsonType::Moment,
            shape => JsonType::of(info, shape),
        };
        let key = |(info, shape): &(Info, FieldShape)| (info.key, of(info, shape), info.about.1.into());
        Self { name: outline.name, about: outline.about.1, keys: outline.fields.iter().map(key).collect() }
    }
}
