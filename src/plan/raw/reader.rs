//! Typed readers over the parsed TOML of one file. A reader never fails: what is not as it should be is
//! reported with its place and left out.

mod numbers;
mod texts;

use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::plan::diagnostic::trouble::{self, ExpectedValue, Flaw, IdKind, NamedKind};
use crate::plan::diagnostic::{ByteSpan, DiagnosticText, FileProblem, Severity};
use crate::plan::frame::ManifestFrame;
use crate::plan::input::{Known, TextForm};
use crate::plan::key::{Key, LevelId, SourceId};
use crate::text::clean::is_unsafe_char;
use crate::text::suggest::closest;
use crate::text::words::WordNames;

/// A value with its place.
pub(crate) type RawItem<'i> = Spanned<DeValue<'i>>;

/// Problems shown for one file, of each severity; the rest is counted.
pub(crate) const SHOWN_PER_FILE: usize = 100;

/// The problems of one file as they are found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Problems {
    pub found: Vec<FileProblem>,
    /// Errors and warnings beyond [`SHOWN_PER_FILE`].
    pub hidden: [usize; 2],
    shown: [usize; 2],
    held_back: bool,
}

impl Problems {
    /// Takes a problem down, unless the file is too broken for it to mean anything.
    pub fn add(&mut self, span: impl Into<Option<ByteSpan>>, trouble: DiagnosticText) {
        if !self.held_back {
            self.add_always(span, trouble);
        }
    }

    /// Takes a problem down in any case.
    pub fn add_always(&mut self, span: impl Into<Option<ByteSpan>>, trouble: DiagnosticText) {
        let severity = Severity::of(trouble.code);
        if self.has_room(severity) {
            self.shown[slot(severity)] += 1;
            self.found.push(FileProblem { span: span.into(), trouble });
        } else {
            self.hidden[slot(severity)] += 1;
        }
    }

    /// Whether one more of this severity would be shown; wording a problem that is only counted is wasted on
    /// a file full of them.
    pub fn has_room(&self, severity: Severity) -> bool {
        self.shown[slot(severity)] < SHOWN_PER_FILE
    }

    /// Counts a problem for which there is no room.
    pub fn count_only(&mut self, severity: Severity) {
        self.hidden[slot(severity)] += 1;
    }

    /// Takes a problem down whose wording costs something.
    pub fn add_lazily(
        &mut self,
        span: ByteSpan,
        severity: Severity,
        trouble: impl FnOnce() -> DiagnosticText,
    ) {
        if self.held_back {
        } else if self.has_room(severity) {
            self.add_always(span, trouble());
        } else {
            self.count_only(severity);
        }
    }

    /// From here on only [`Problems::add_always`] counts: the TOML is broken, so keys may stand in tables
    /// where nobody wrote them.
    pub fn hold_back(&mut self) {
        self.held_back = true;
    }

    /// No problem at all.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.hidden == [0, 0]
    }
}

fn slot(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
    }
}

/// Names of documents as one file uses them; a number here is a place in `names`, not yet in the plan.
#[derive(Clone, Debug, Default)]
pub(crate) struct DocumentNames {
    number_of: HashMap<Box<str>, u32>,
    last: u32,
    pub names: Vec<Used>,
}

/// A name, where it was used first, and how often.
#[derive(Clone, Debug)]
pub(crate) struct Used {
    pub name: Box<str>,
    pub first: ByteSpan,
    pub times: u32,
}

impl DocumentNames {
    pub fn number(&mut self, name: &str, span: ByteSpan) -> SourceId {
        // Most values name the document that the one before them named.
        let same =
            self.names.get(self.last as usize).filter(|used| used.name.as_ref() == name).map(|_| self.last);
        if let Some(number) = same.or_else(|| self.number_of.get(name).copied()) {
            let used = &mut self.names[number as usize];
            used.times += 1;
            used.first = used.first.min(span);
            self.last = number;
            return SourceId(number);
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(Used { name: name.into(), first: span, times: 1 });
        self.number_of.insert(name.into(), number);
        SourceId(number)
    }
}

/// Reads the values of one file.
pub(crate) struct FileReader<'f> {
    pub frame: &'f ManifestFrame,
    pub problems: Problems,
    pub sources: DocumentNames,
}

/// What TOML calls a value, in both languages.
pub(crate) fn type_name(item: &RawItem<'_>) -> (&'static str, &'static str) {
    match item.get_ref() {
        DeValue::String(_) => ("字符串", "a string"),
        DeValue::Integer(_) => ("整数", "a whole number"),
        DeValue::Float(_) => ("小数", "a number with decimals"),
        DeValue::Boolean(_) => ("布尔值", "true or false"),
        DeValue::Datetime(_) => ("日期", "a date or time"),
        DeValue::Array(_) => ("数组", "a list"),
        DeValue::Table(_) => ("表", "a table"),
    }
}

pub(crate) fn span_of<T>(item: &Spanned<T>) -> ByteSpan {
    item.span().into()
}

impl<'f> FileReader<'f> {
    pub fn new(frame: &'f ManifestFrame) -> Self {
        Self { frame, problems: Problems::default(), sources: DocumentNames::default() }
    }

    pub fn wrong_type(&mut self, key: &str, want: ExpectedValue, item: &RawItem<'_>) {
        self.problems
            .add_lazily(span_of(item), Severity::Error, || trouble::wrong_type(key, want, type_name(item)));
    }

    pub fn invalid(&mut self, key: &str, flaw: Flaw, at: ByteSpan) {
        self.problems.add(at, trouble::invalid(key, flaw));
    }

    pub fn unknown_key(&mut self, table: &str, key: &Spanned<std::borrow::Cow<'_, str>>, known: &dyn Known) {
        let name = key.get_ref().as_ref();
        self.problems.add_lazily(span_of(key), Severity::Warning, || {
            trouble::unknown_key(table, name, closest(name, known.keys()))
        });
    }

    pub fn missing(&mut self, table: &str, keys: &[&str], span: ByteSpan) {
        self.problems.add_lazily(span, Severity::Error, || trouble::missing(table, keys));
    }

    pub fn str<'v>(&mut self, key: &str, item: &'v RawItem<'_>) -> Option<&'v str> {
        let found = item.get_ref().as_str();
        if found.is_none() {
            self.wrong_type(key, ExpectedValue::Word, item);
        }
        found
    }

    /// A string that readers may see: unsafe characters are reported and kept.
    pub fn shown<'v>(&mut self, key: &str, item: &'v RawItem<'_>, form: TextForm) -> Option<&'v str> {
        let text = self.str(key, item)?;
        if let Some(c) = first_unsafe(text, form) {
            self.problems.add(span_of(item), trouble::unsafe_characters(key, c));
        }
        Some(text)
    }

    pub fn boxed(&mut self, key: &str, item: &RawItem<'_>) -> Option<Box<str>> {
        self.shown(key, item, TextForm::Line).map(Into::into)
    }

    pub fn flag(&mut self, key: &str, item: &RawItem<'_>) -> Option<bool> {
        let found = item.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(key, ExpectedValue::Flag, item);
        }
        found
    }

    pub fn list<'v, 'i>(
        &mut self,
        key: &str,
        want: ExpectedValue,
        item: &'v RawItem<'i>,
    ) -> &'v [RawItem<'i>] {
        match item.get_ref() {
            DeValue::Array(items) => items,
            _ => {
                self.wrong_type(key, want, item);
                &[]
            }
        }
    }

    pub fn table<'v, 'i>(
        &mut self,
        key: &str,
        want: ExpectedValue,
        item: &'v RawItem<'i>,
    ) -> Option<&'v DeTable<'i>> {
        let found = item.get_ref().as_table();
        if found.is_none() {
            self.wrong_type(key, want, item);
        }
        found
    }

    /// The place of a word among those allowed.
    pub fn word(&mut self, key: &str, item: &RawItem<'_>, words: &'static [WordNames]) -> Option<usize> {
        let text = self.str(key, item)?;
        let found = words.iter().position(|word| word.key == text);
        if found.is_none() {
            self.no_such_word(key, text, words, item);
        }
        found
    }

    fn no_such_word(&mut self, key: &str, text: &str, words: &[WordNames], item: &RawItem<'_>) {
        self.problems.add_lazily(span_of(item), Severity::Error, || {
            let words: Vec<&str> = words.iter().map(|word| word.key).collect();
            trouble::no_such_word(key, text, closest(text, words.iter().copied()), &words)
        });
    }

    pub fn key(&mut self, key: &str, item: &RawItem<'_>) -> Option<Key> {
        let text = self.str(key, item)?;
        let found = Key::new(text);
        if found.is_none() {
            self.problems.add(span_of(item), trouble::bad_id(text, IdKind::Other));
        }
        found
    }

    pub fn source(&mut self, key: &str, item: &RawItem<'_>) -> Option<SourceId> {
        let text = self.str(key, item)?;
        Some(self.sources.number(text, span_of(item)))
    }

    pub fn level(&mut self, key: &str, item: &RawItem<'_>) -> Option<LevelId> {
        let text = self.str(key, item)?;
        let levels = &self.frame.level_of;
        let found = levels.get(text).copied();
        if found.is_none() {
            self.problems.add_lazily(span_of(item), Severity::Error, || {
                let near = closest(text, levels.keys().map(AsRef::as_ref));
                trouble::unknown(NamedKind::Level, text, near, 1)
            });
        }
        found
    }
}

/// The first character that must not be shown as it is. Bytes that no such character can contain or begin
/// with are passed quickly.
fn first_unsafe(text: &str, form: TextForm) -> Option<char> {
    let suspicious = |byte: u8| byte < 0x20 || matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF | 0xF3);
    if !text.bytes().any(suspicious) {
        return None;
    }
    text.chars().find(|c| is_unsafe_char(*c) && !(form == TextForm::Lines && matches!(c, '\n' | '\r' | '\t')))
}
