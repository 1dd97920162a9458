//! The tables that a plan's files hold, each field declared once: its key, what it holds, whether it must be
//! there, its label, its meaning, and how a plan's own structs take it in and give it back.
//!
//! From these declarations come the reader with its hints for unknown keys (`raw`), the TOML writer
//! (`export::toml`), the reference in `docs/plan-format.md` ([`mod@reference`]) and the JSON Schema
//! ([`schema`]). A declaration knows keys and kinds but not the parser, which stands behind
//! `plan::input::Input`.

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

pub(crate) use nested::{NestedTable, NestedTables, Of};
pub(crate) use read::GivenFields;

use super::diagnostic::trouble::ExpectedValue;
use super::input::{InputName, LineForm, TextForm};
use super::key::{Key, LevelId, NodeId, SourceId};
use super::metric::{Decimal, Moment};
use super::node::TermUse;
use crate::text::Text;
use crate::text::words::WordNames;

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
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
    pub need: Presence,
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

/// A field of a table: `R` is what a file is read into, with references still by name; `T` is what the plan
/// keeps.
pub(crate) struct Field<R: 'static, T: 'static> {
    pub info: Info,
    pub kind: FieldKind<R, T>,
}

/// Describes an optional field by its key and its labels.
pub(crate) const fn info(key: &'static str, label: (&'static str, &'static str)) -> Info {
    Info {
        key,
        need: Presence::Optional,
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
        self.need = Presence::Essential;
        self
    }

    pub const fn required(mut self) -> Self {
        self.need = Presence::Required;
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
pub(crate) enum ReferenceTarget {
    Node,
    Term,
    File,
}

/// What only the manifest has, and reads before everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ManifestHead {
    /// The version of the format.
    Version,
    PlanId,
    Languages,
}

/// What a field holds, with the way out of a `T` and the way into an `R`.
pub(crate) enum FieldKind<R: 'static, T: 'static> {
    Head(ManifestHead, fn(&T) -> FieldValue<'_>),
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
    Name(ReferenceTarget, fn(&T) -> Option<FieldValue<'_>>, fn(&mut R, InputName)),
    Names(ReferenceTarget, fn(&T) -> Vec<FieldValue<'_>>, fn(&mut R, Box<[InputName]>)),
    Table(&'static dyn nested::Nested<R, T>),
    Tables(&'static dyn nested::Nested<R, T>),
}

/// What a field says, free of how any file writes it.
#[derive(Clone, Debug)]
pub(crate) enum FieldValue<'a> {
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
    Table(FieldRow<'a>),
    List(Vec<FieldValue<'a>>),
}

impl FieldValue<'_> {
    /// Whether it says anything: an empty list does not.
    pub fn says(&self) -> bool {
        match self {
            FieldValue::Nothing => false,
            FieldValue::List(items) => !items.is_empty(),
            _ => true,
        }
    }

    /// Whether it is what the field means where it is left out.
    pub fn is(&self, word: &str) -> bool {
        match self {
            FieldValue::Word(wording) => wording.key == word,
            FieldValue::Flag(flag) => word.parse() == Ok(*flag),
            _ => false,
        }
    }
}

/// A table as it stands: all its fields, in the order of their declaration.
#[derive(Clone, Debug)]
pub(crate) struct FieldRow<'a> {
    /// The table's name among all tables.
    pub name: &'static str,
    /// Whether a bare string may stand for it where it says no more than its first field.
    pub short: bool,
    pub fields: Vec<(&'static Info, FieldValue<'a>)>,
}

#[cfg(test)]
impl<'a> FieldRow<'a> {
    /// What a field says, if anything.
    pub fn get(&self, key: &str) -> Option<&FieldValue<'a>> {
        self.fields.iter().find(|(info, value)| info.key == key && value.says()).map(|(_, value)| value)
    }
}

impl<R, T> Field<R, T> {
    /// What a `T` says of it; of a word that is left out, what that means.
    pub fn value<'a>(&self, of: &'a T) -> FieldValue<'a> {
        fn list<'a>(items: impl Iterator<Item = FieldValue<'a>>) -> FieldValue<'a> {
            FieldValue::List(items.collect())
        }
        fn one<'a, V>(found: Option<V>, value: impl FnOnce(V) -> FieldValue<'a>) -> FieldValue<'a> {
            found.map_or(FieldValue::Nothing, value)
        }
        match &self.kind {
            FieldKind::Head(_, get) => get(of),
            FieldKind::Id(get, _) | FieldKind::Line(_, get, _) => one(get(of), FieldValue::Line),
            FieldKind::Ids(get, _) => list(get(of).iter().map(|key| FieldValue::Line(key.as_str()))),
            FieldKind::Lines(get, _) => list(get(of).iter().map(|line| FieldValue::Line(line))),
            FieldKind::Text(form, get, _) => one(get(of), |text| match text.in_all() {
                Some(mark) if *form == TextForm::Mark => FieldValue::Line(mark),
                _ => FieldValue::Text(text),
            }),
            FieldKind::Texts(_, get, _) => list(get(of).iter().map(FieldValue::Text)),
            FieldKind::Word(field) => {
                one(field.get(of).or_else(|| self.info.default(field.words())), FieldValue::Word)
            }
            FieldKind::Flag(get, _) => FieldValue::Flag(get(of)),
            FieldKind::Number(get, _) => one(get(of), FieldValue::Number),
            FieldKind::Float(get, _) => one(get(of), FieldValue::Float),
            FieldKind::Count(get, _) => one(get(of), FieldValue::Count),
            FieldKind::Year(get, _) => one(get(of), FieldValue::Year),
            FieldKind::Years(get, _) => list(get(of).iter().copied().map(FieldValue::Year)),
            FieldKind::Moment(get, _) | FieldKind::MomentOrSpan(get, _) => one(get(of), FieldValue::Moment),
            FieldKind::Source(get, _) => one(get(of), FieldValue::Source),
            FieldKind::Sources(get, _) => list(get(of).iter().copied().map(FieldValue::Source)),
            FieldKind::Level(get, _) => one(get(of), FieldValue::Level),
            FieldKind::Name(_, get, _) => get(of).unwrap_or(FieldValue::Nothing),
            FieldKind::Names(_, get, _) => list(get(of).into_iter()),
            FieldKind::Table(nested) => one(nested.rows(of).into_iter().next(), FieldValue::Table),
            FieldKind::Tables(nested) => list(nested.rows(of).into_iter().map(FieldValue::Table)),
        }
    }
}

/// A table of the files.
pub(crate) struct FieldTable<R: 'static, T: 'static> {
    /// What messages call it where it does not stand under a key: `[[goal]]`.
    pub heading: &'static str,
    /// Its name among all tables, for those who describe them.
    pub name: &'static str,
    /// What it must look like, where something else stands there.
    pub want: ExpectedValue,
    /// What it holds: Chinese, English.
    pub about: (&'static str, &'static str),
    /// An empty one, filled field by field.
    pub blank: fn() -> R,
    /// What a bare string in its place stands for.
    pub short: Option<fn(InputName) -> R>,
    /// Its fields in the order in which they are read and written.
    pub fields: &'static [&'static [Field<R, T>]],
}

impl<R, T> FieldTable<R, T> {
    /// Its fields in the order in which they are read and written.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field<R, T>> + use<R, T> {
        self.fields.iter().flat_map(|group| group.iter())
    }

    /// The field under a key.
    pub fn field(&self, key: &str) -> Option<&'static Field<R, T>> {
        self.fields().find(|field| field.info.key == key)
    }

    /// What a `T` says of the field under a key. One that says something of another field says nothing where
    /// that one does not.
    pub fn value<'a>(&self, key: &str, of: &'a T) -> FieldValue<'a> {
        let Some(field) = self.field(key) else { return FieldValue::Nothing };
        let beside = field.info.beside.and_then(|key| self.field(key));
        if beside.is_some_and(|other| !other.value(of).says()) {
            FieldValue::Nothing
        } else {
            field.value(of)
        }
    }

    /// What a `T` says.
    pub fn row<'a>(&self, of: &'a T) -> FieldRow<'a> {
        self.row_of(self.fields().map(|field| field.value(of)))
    }

    /// A row of values that no `T` holds, in the order of the fields.
    pub fn row_of<'a>(&self, values: impl IntoIterator<Item = FieldValue<'a>>) -> FieldRow<'a> {
        let fields = self.fields().map(|field| &field.info).zip(values).collect();
        FieldRow { name: self.name, short: self.short.is_some(), fields }
    }
}

/// What a field holds, without its table's types.
#[derive(Clone, Debug)]
pub(crate) enum FieldShape {
    Head(ManifestHead),
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
    Name(ReferenceTarget),
    Table(TableOutline),
    List(Box<FieldShape>),
}

/// A table without its types.
#[derive(Clone, Debug)]
pub(crate) struct TableOutline {
    pub name: &'static str,
    pub about: (&'static str, &'static str),
    pub short: bool,
    pub fields: Vec<(Info, FieldShape)>,
}

impl<R, T> FieldTable<R, T> {
    /// What it holds, for those who describe it.
    pub fn outline(&self) -> TableOutline {
        let fields = self.fields().map(|field| (field.info, field.kind.shape())).collect();
        TableOutline { name: self.name, about: self.about, short: self.short.is_some(), fields }
    }
}

impl<R, T> FieldKind<R, T> {
    /// What it holds, for those who describe it.
    pub fn shape(&self) -> FieldShape {
        let list = |shape| FieldShape::List(Box::new(shape));
        match self {
            FieldKind::Head(head, _) => FieldShape::Head(*head),
            FieldKind::Id(..) => FieldShape::Id,
            FieldKind::Ids(..) => list(FieldShape::Id),
            FieldKind::Line(form, ..) => FieldShape::Line(*form),
            FieldKind::Lines(..) => list(FieldShape::Line(LineForm::Any)),
            FieldKind::Text(form, ..) => FieldShape::Text(*form),
            FieldKind::Texts(form, ..) => list(FieldShape::Text(*form)),
            FieldKind::Word(field) => FieldShape::Word(field.words()),
            FieldKind::Flag(..) => FieldShape::Flag,
            FieldKind::Number(..) | FieldKind::Float(..) => FieldShape::Number,
            FieldKind::Count(..) => FieldShape::Count,
            FieldKind::Year(..) => FieldShape::Year,
            FieldKind::Years(..) => list(FieldShape::Year),
            FieldKind::Moment(..) => FieldShape::Moment,
            FieldKind::MomentOrSpan(..) => FieldShape::MomentOrSpan,
            FieldKind::Source(..) => FieldShape::Source,
            FieldKind::Sources(..) => list(FieldShape::Source),
            FieldKind::Level(..) => FieldShape::Level,
            FieldKind::Name(target, ..) => FieldShape::Name(*target),
            FieldKind::Names(target, ..) => list(FieldShape::Name(*target)),
            FieldKind::Table(nested) => FieldShape::Table(nested.outline()),
            FieldKind::Tables(nested) => list(FieldShape::Table(nested.outline())),
        }
    }
}
