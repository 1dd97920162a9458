//! What the objects of the export hold, for those who describe them: the page, and the JSON Schema.

use std::borrow::Cow;

use crate::plan::fields::{Absent, Info, Need, Outline, Shape};
use crate::text::words::WordNames;

/// What may stand under a key.
#[derive(Clone, Debug)]
pub(super) enum Type {
    String,
    /// One of some words.
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
    OrNull(Box<Type>),
    List(Box<Type>),
    /// Any keys, and what stands under each.
    Map(Box<Type>),
    Object(Box<Object>),
}

impl Type {
    pub fn words(words: &[WordNames]) -> Self {
        Type::Word(words.iter().map(|word| word.key).collect())
    }

    pub fn or_null(self) -> Self {
        Type::OrNull(Box::new(self))
    }

    pub fn list(self) -> Self {
        Type::List(Box::new(self))
    }

    pub fn object(object: Object) -> Self {
        Type::Object(Box::new(object))
    }

    /// What a field of the plan's tables becomes.
    pub fn of(info: &Info, shape: &Shape) -> Self {
        let stands_in = matches!(shape, Shape::Word(_) | Shape::Level) && info.need == Need::Required;
        let has_default = matches!(shape, Shape::Word(_)) && info.absent != Absent::Nothing;
        let never_null = matches!(shape, Shape::List(_) | Shape::Flag | Shape::Text(_));
        let is_there = info.need == Need::Essential || stands_in || has_default && info.beside.is_none();
        let plain = Type::of_shape(shape);
        if is_there || never_null { plain } else { plain.or_null() }
    }

    fn of_shape(shape: &Shape) -> Self {
        match shape {
            // A moment of a value stands under a key that says how exact it is.
            Shape::Head(_) | Shape::Id | Shape::Line(_) | Shape::Moment | Shape::MomentOrSpan => Type::String,
            Shape::Source | Shape::Level | Shape::Name(_) => Type::String,
            Shape::Text(_) => Type::Text,
            Shape::Word(words) => Type::words(words),
            Shape::Flag => Type::Flag,
            Shape::Number => Type::Number,
            Shape::Count | Shape::Year => Type::Whole,
            Shape::Table(outline) => Type::object(Object::of(outline)),
            Shape::List(items) => Type::of_shape(items).list(),
        }
    }
}

/// An object of the export with its keys, for those who describe it.
#[derive(Clone, Debug)]
pub(super) struct Object {
    pub name: &'static str,
    pub about: &'static str,
    pub keys: Vec<(&'static str, Type, Cow<'static, str>)>,
}

impl Object {
    /// One whose keys are declared by hand.
    pub fn new<const N: usize>(
        name: &'static str,
        about: &'static str,
        keys: [(&'static str, Type, &'static str); N],
    ) -> Self {
        Self { name, about, keys: keys.into_iter().map(|(key, of, about)| (key, of, about.into())).collect() }
    }

    /// A table within a table of the plan.
    pub fn of(outline: &Outline) -> Self {
        let is_span = outline.name == "period";
        let of = |info: &Info, shape: &Shape| match shape {
            Shape::Moment if is_span => Type::Moment,
            shape => Type::of(info, shape),
        };
        let key = |(info, shape): &(Info, Shape)| (info.key, of(info, shape), info.about.1.into());
        Self { name: outline.name, about: outline.about.1, keys: outline.fields.iter().map(key).collect() }
    }
}
