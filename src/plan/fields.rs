//! The tables that a plan's files hold, each field declared once: its key, what it holds, whether it must be there, its label, its meaning, and
//! how a plan's own structs take it in and give it back.
//!
//! From these declarations come the reader with its hints for unknown keys (`raw`), the TOML writer (`export::toml`), the reference in
//! `docs/plan-format.md` ([`mod@reference`]) and the JSON Schema ([`schema`]). A declaration knows keys and kinds; it refuses to know the parser, which
//! stands behind `plan::input::Input`.

pub(crate) mod manifest;
pub(crate) mod metric;
pub(crate) mod nested;
pub(crate) mod node;
mod read;
pub mod reference;
pub(crate) mod register;
pub mod schema;
#[cfg(test)]
mod tests;

pub(crate) use nested::{Many, Of, One};
pub(crate) use read::Given;

use super::diagnostic::trouble::Want;
use super::input::{LineForm, Name, TextForm};
use super::key::{Key, LevelId, NodeId, SourceId};
use super::metric::{Decimal, Moment};
use super::node::TermUse;
use crate::text::Text;
use crate::text::words::WordNames;

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Without it the table says nothing: what is missing is an error, and the table is left out.
    Essential,
    /// What is missing is an error; the rest of the table is kept.
    Required,
    /// It may be left out.
    Optional,
}

/// What a field means where it is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// That nothing is known.
    Nothing,
    /// This word or flag; it is not written.
    Unwritten(&'static str),
    /// This word; it is written all the same, so that a reader sees it.
    Written(&'static str),
}

/// What is known of a field without its table's types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Info {
    /// Its key in the files.
    pub key: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What it means where it is left out.
    pub absent: Absent,
    /// The field of the same table without which it says nothing.
    pub beside: Option<&'static str>,
    /// Whether each of its tables stands under a heading of its own: `[[level]]`.
    pub headed: bool,
    /// What a form or a report calls it: Chinese, English.
    pub label: (&'static str, &'static str),
    /// What it means: Chinese, English.
    pub about: (&'static str, &'static str),
}

/// A field of a table: `R` is what a file is read into, with references still by name; `T` is what the plan keeps.
pub(crate) struct Field<R: 'static, T: 'static> {
    pub info: Info,
    pub kind: Kind<R, T>,
}

/// Describes an optional field by its key and its labels.
pub(crate) const fn info(key: &'static str, label: (&'static str, &'static str)) -> Info {
    Info {
        key,
        need: Need::Optional,
        absent: Absent::Nothing,
        beside: None,
        headed: false,
        label,
        about: ("", ""),
    }
}

impl Info {
    /// Its table cannot be kept without it.
    pub const fn essential(mut self) -> Self {
        self.need = Need::Essential;
        self
    }

    /// It must be there.
    pub const fn required(mut self) -> Self {
        self.need = Need::Required;
        self
    }

    /// Left out it means this word or flag.
    pub const fn or(mut self, word: &'static str) -> Self {
        self.absent = Absent::Unwritten(word);
        self
    }

    /// Left out it means this word, which exports write all the same.
    pub const fn or_written(mut self, word: &'static str) -> Self {
        self.absent = Absent::Written(word);
        self
    }

    /// It says something of another field of the table, and nothing without it.
    pub const fn beside(mut self, key: &'static str) -> Self {
        self.beside = Some(key);
        self
    }

    /// Each of its tables stands under a heading of its own.
    pub const fn headed(mut self) -> Self {
        self.headed = true;
        self
    }

    /// The word that it means where it is left out.
    fn default(&self, words: &'static [WordNames]) -> Option<&'static WordNames> {
        let (Absent::Unwritten(word) | Absent::Written(word)) = self.absent else { return None };
        words.iter().find(|known| known.key == word)
    }

    /// What it means, in Chinese and English.
    pub const fn about(mut self, zh: &'static str, en: &'static str) -> Self {
        self.about = (zh, en);
        self
    }
}

/// What a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Node,
    Term,
    File,
}

/// What only the manifest has, and reads before everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// The version of the format.
    Version,
    /// The plan's id.
    PlanId,
    /// Language tags.
    Languages,
}

/// What a field holds, with the way out of a `T` and the way into an `R`.
pub(crate) enum Kind<R: 'static, T: 'static> {
    Head(Head, fn(&T) -> Value<'_>),
    Id(fn(&T) -> Option<&str>, fn(&mut R, Key)),
    Ids(fn(&T) -> &[Key], fn(&mut R, Box<[Key]>)),
    Line(LineForm, fn(&T) -> Option<&str>, fn(&mut R, Box<str>)),
    Lines(fn(&T) -> &[Box<str>], fn(&mut R, Box<[Box<str>]>)),
    Text(TextForm, fn(&T) -> Option<&Text>, fn(&mut R, Text)),
    Texts(TextForm, fn(&T) -> &[Text], fn(&mut R, Box<[Text]>)),
    Word(&'static dyn nested::WordField<R, T>),
    Flag(fn(&T) -> bool, fn(&mut R, bool)),
    Number(fn(&T) -> Option<Decimal>, fn(&mut R, Decimal)),
    /// A number that is compared and never shown as written.
    Float(fn(&T) -> Option<f64>, fn(&mut R, f64)),
    Count(fn(&T) -> Option<u32>, fn(&mut R, u32)),
    Year(fn(&T) -> Option<i16>, fn(&mut R, i16)),
    Years(fn(&T) -> &[i16], fn(&mut R, Box<[i16]>)),
    Moment(fn(&T) -> Option<Moment>, fn(&mut R, Moment)),
    /// A moment, or some time between two.
    MomentOrSpan(fn(&T) -> Option<Moment>, fn(&mut R, Moment)),
    Source(fn(&T) -> Option<SourceId>, fn(&mut R, SourceId)),
    Sources(fn(&T) -> &[SourceId], fn(&mut R, Box<[SourceId]>)),
    Level(fn(&T) -> Option<LevelId>, fn(&mut R, LevelId)),
    /// A node, a term or a file by its name.
    Name(Target, fn(&T) -> Option<Value<'_>>, fn(&mut R, Name)),
    Names(Target, fn(&T) -> Vec<Value<'_>>, fn(&mut R, Box<[Name]>)),
    Table(&'static dyn nested::Nested<R, T>),
    Tables(&'static dyn nested::Nested<R, T>),
}

/// What a field says, free of how any file writes it.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    /// The field says nothing.
    Nothing,
    Line(&'a str),
    Text(&'a Text),
    Word(&'static WordNames),
    Flag(bool),
    Number(Decimal),
    Float(f64),
    Count(u32),
    Year(i16),
    Moment(Moment),
    Source(SourceId),
    Node(NodeId),
    Level(LevelId),
    Term(&'a TermUse),
    Table(Row<'a>),
    List(Vec<Value<'a>>),
}

impl Value<'_> {
    /// Whether it says anything: an empty list does not.
    pub fn says(&self) -> bool {
        match self {
            Value::Nothing => false,
            Value::List(items) => !items.is_empty(),
            _ => true,
        }
    }

    /// Whether it is what the field means where it is left out.
    pub fn is(&self, word: &str) -> bool {
        match self {
            Value::Word(wording) => wording.key == word,
            Value::Flag(flag) => word.parse() == Ok(*flag),
            _ => false,
        }
    }
}

/// A table as it stands: all its fields, in the order of their declaration.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    /// The table's name among all tables.
    pub name: &'static str,
    /// Whether a bare string may stand for it where it says no more than its first field.
    pub short: bool,
    pub fields: Vec<(&'static Info, Value<'a>)>,
}

#[cfg(test)]
impl<'a> Row<'a> {
    /// What a field says, if anything.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.fields.iter().find(|(info, value)| info.key == key && value.says()).map(|(_, value)| value)
    }
}

impl<R, T> Field<R, T> {
    /// What a `T` says of it; of a word that is left out, what that means.
    pub fn value<'a>(&self, of: &'a T) -> Value<'a> {
        fn list<'a>(items: impl Iterator<Item = Value<'a>>) -> Value<'a> {
            Value::List(items.collect())
        }
        fn one<'a, V>(found: Option<V>, value: impl FnOnce(V) -> Value<'a>) -> Value<'a> {
            found.map_or(Value::Nothing, value)
        }
        match &self.kind {
            Kind::Head(_, get) => get(of),
            Kind::Id(get, _) | Kind::Line(_, get, _) => one(get(of), Value::Line),
            Kind::Ids(get, _) => list(get(of).iter().map(|key| Value::Line(key.as_str()))),
            Kind::Lines(get, _) => list(get(of).iter().map(|line| Value::Line(line))),
            Kind::Text(_, get, _) => one(get(of), Value::Text),
            Kind::Texts(_, get, _) => list(get(of).iter().map(Value::Text)),
            Kind::Word(field) => one(field.get(of).or_else(|| self.info.default(field.words())), Value::Word),
            Kind::Flag(get, _) => Value::Flag(get(of)),
            Kind::Number(get, _) => one(get(of), Value::Number),
            Kind::Float(get, _) => one(get(of), Value::Float),
            Kind::Count(get, _) => one(get(of), Value::Count),
            Kind::Year(get, _) => one(get(of), Value::Year),
            Kind::Years(get, _) => list(get(of).iter().copied().map(Value::Year)),
            Kind::Moment(get, _) | Kind::MomentOrSpan(get, _) => one(get(of), Value::Moment),
            Kind::Source(get, _) => one(get(of), Value::Source),
            Kind::Sources(get, _) => list(get(of).iter().copied().map(Value::Source)),
            Kind::Level(get, _) => one(get(of), Value::Level),
            Kind::Name(_, get, _) => get(of).unwrap_or(Value::Nothing),
            Kind::Names(_, get, _) => list(get(of).into_iter()),
            Kind::Table(nested) => one(nested.rows(of).into_iter().next(), Value::Table),
            Kind::Tables(nested) => list(nested.rows(of).into_iter().map(Value::Table)),
        }
    }
}

/// A table of the files.
pub(crate) struct Table<R: 'static, T: 'static> {
    /// What messages call it where it does not stand under a key: `[[goal]]`.
    pub heading: &'static str,
    /// Its name among all tables, for those who describe them.
    pub name: &'static str,
    /// What it must look like, where something else stands there.
    pub want: Want,
    /// What it holds: Chinese, English.
    pub about: (&'static str, &'static str),
    /// An empty one, filled field by field.
    pub blank: fn() -> R,
    /// What a bare string in its place stands for.
    pub short: Option<fn(Name) -> R>,
    /// Its fields in the order in which they are read and written.
    pub fields: &'static [&'static [Field<R, T>]],
}

impl<R, T> Table<R, T> {
    /// Its fields in the order in which they are read and written.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field<R, T>> + use<R, T> {
        self.fields.iter().flat_map(|group| group.iter())
    }

    /// The field under a key.
    pub fn field(&self, key: &str) -> Option<&'static Field<R, T>> {
        self.fields().find(|field| field.info.key == key)
    }

    /// What a `T` says of the field under a key. One that says something of another field says nothing where that one does not.
    pub fn value<'a>(&self, key: &str, of: &'a T) -> Value<'a> {
        let Some(field) = self.field(key) else { return Value::Nothing };
        let beside = field.info.beside.and_then(|key| self.field(key));
        if beside.is_some_and(|other| !other.value(of).says()) { Value::Nothing } else { field.value(of) }
    }

    /// What a `T` says.
    pub fn row<'a>(&self, of: &'a T) -> Row<'a> {
        self.row_of(self.fields().map(|field| field.value(of)))
    }

    /// A row of values that no `T` holds, in the order of the fields.
    pub fn row_of<'a>(&self, values: impl IntoIterator<Item = Value<'a>>) -> Row<'a> {
        let fields = self.fields().map(|field| &field.info).zip(values).collect();
        Row { name: self.name, short: self.short.is_some(), fields }
    }
}

/// What a field holds, without its table's types.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Head(Head),
    Id,
    Line(LineForm),
    Text(TextForm),
    Word(&'static [WordNames]),
    Flag,
    Number,
    Count,
    Year,
    Moment,
    MomentOrSpan,
    Source,
    Level,
    Name(Target),
    Table(Outline),
    List(Box<Shape>),
}

/// A table without its types.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub name: &'static str,
    pub about: (&'static str, &'static str),
    pub short: bool,
    pub fields: Vec<(Info, Shape)>,
}

impl<R, T> Table<R, T> {
    /// What it holds, for those who describe it.
    pub fn outline(&self) -> Outline {
        let fields = self.fields().map(|field| (field.info, field.kind.shape())).collect();
        Outline { name: self.name, about: self.about, short: self.short.is_some(), fields }
    }
}

impl<R, T> Kind<R, T> {
    /// What it holds, for those who describe it.
    pub fn shape(&self) -> Shape {
        let list = |shape| Shape::List(Box::new(shape));
        match self {
            Kind::Head(head, _) => Shape::Head(*head),
            Kind::Id(..) => Shape::Id,
            Kind::Ids(..) => list(Shape::Id),
            Kind::Line(form, ..) => Shape::Line(*form),
            Kind::Lines(..) => list(Shape::Line(LineForm::Any)),
            Kind::Text(form, ..) => Shape::Text(*form),
            Kind::Texts(form, ..) => list(Shape::Text(*form)),
            Kind::Word(field) => Shape::Word(field.words()),
            Kind::Flag(..) => Shape::Flag,
            Kind::Number(..) | Kind::Float(..) => Shape::Number,
            Kind::Count(..) => Shape::Count,
            Kind::Year(..) => Shape::Year,
            Kind::Years(..) => list(Shape::Year),
            Kind::Moment(..) => Shape::Moment,
            Kind::MomentOrSpan(..) => Shape::MomentOrSpan,
            Kind::Source(..) => Shape::Source,
            Kind::Sources(..) => list(Shape::Source),
            Kind::Level(..) => Shape::Level,
            Kind::Name(target, ..) => Shape::Name(*target),
            Kind::Names(target, ..) => list(Shape::Name(*target)),
            Kind::Table(nested) => Shape::Table(nested.outline()),
            Kind::Tables(nested) => list(Shape::Table(nested.outline())),
        }
    }
}
