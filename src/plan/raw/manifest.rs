//! The manifest: what the plan is called, its languages and levels, and the files that hold the rest.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::DeTable;

use super::reader::{Frame, Item, Lines, Problems, Reader, span_of};
use crate::plan::diagnostic::Span;
use crate::plan::diagnostic::trouble::{self, Flaw, IdKind, Want};
use crate::plan::key::LevelId;
use crate::plan::node::{Period, Role};
use crate::plan::text::Text;
use crate::plan::{Level, Matrix};

/// Keys of a manifest that are no tables of content.
pub(crate) const MANIFEST_KEYS: &[&str] = &[
    "format",
    "id",
    "title",
    "languages",
    "period",
    "checkpoints",
    "files",
    "sources",
    "facts",
    "glossary",
    "matrix",
    "level",
];
const LEVEL_KEYS: &[&str] = &["id", "role", "mark", "label"];

/// A path as the manifest names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathAt {
    pub path: String,
    pub at: Span,
}

/// What the manifest says beyond the [`Frame`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Manifest {
    pub id: Option<Box<str>>,
    pub title: Text,
    pub checkpoints: Vec<i16>,
    pub files: Vec<PathAt>,
    pub sources: Option<PathAt>,
    pub facts: Option<PathAt>,
    pub glossary: Option<PathAt>,
    pub matrix: Option<Matrix>,
}

/// Reads a manifest with the frame in which every file is read.
pub(crate) fn manifest(table: &DeTable<'_>, problems: Problems) -> (Manifest, Frame, Problems) {
    let mut frame = Frame::default();
    let mut reader = Reader::new(&frame);
    reader.problems = problems;
    format(&mut reader, table);
    let languages = languages(&mut reader, table);
    let problems = reader.problems;
    frame.languages = languages;

    let mut reader = Reader::new(&frame);
    reader.problems = problems;
    let mut manifest = Manifest::default();
    let mut period = None;
    let mut levels = Vec::new();
    for (name, item) in table {
        match name.get_ref().as_ref() {
            "period" => period = reader.period("period", item),
            "level" => levels = reader.each("level", Want::Tables, item, level).into(),
            _ => manifest.take(&mut reader, name, item),
        }
    }
    for key in ["id", "title", "level"] {
        if !table.contains_key(key) {
            reader.missing("plan.toml", &[key], Span::default());
        }
    }
    let mut problems = reader.problems;
    frame.period = period;
    if let Some(period) = period {
        for (year, at) in checkpoints_outside(table, period) {
            problems.add(at, trouble::outside_period(year, (period.start.year(), period.end.year())));
        }
    }
    add_levels(&mut frame, levels, &mut problems);
    if let Some(item) = table.get("matrix") {
        let mut reader = Reader::new(&frame);
        reader.problems = problems;
        manifest.matrix = matrix(&mut reader, item);
        problems = reader.problems;
    }
    (manifest, frame, problems)
}

fn format(reader: &mut Reader<'_>, table: &DeTable<'_>) {
    match table.get("format") {
        None => reader.missing("plan.toml", &["format"], Span::default()),
        Some(item) => match item.get_ref().as_integer() {
            Some(number) if number.as_str() == "1" => {}
            Some(number) => reader.problems.add(span_of(item), trouble::format_unknown(number.as_str())),
            None => reader.wrong_type("format", Want::Whole, item),
        },
    }
}

/// Most languages a plan may have; far above any real one.
const MAX_LANGUAGES: usize = 32;

fn languages(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Vec<Box<str>> {
    let default = || vec!["zh".into(), "en".into()];
    let Some(item) = table.get("languages") else { return default() };
    let mut found: Vec<Box<str>> = Vec::new();
    for item in reader.list("languages", Want::List, item) {
        let Some(tag) = reader.str("languages", item) else { continue };
        let is_tag = (1..=35).contains(&tag.len())
            && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && tag.starts_with(|c: char| c.is_ascii_alphabetic());
        let flaw = if !is_tag {
            Flaw::LanguageTag
        } else if found.iter().any(|own| own.eq_ignore_ascii_case(tag)) {
            Flaw::LanguageTwice
        } else if found.len() == MAX_LANGUAGES {
            Flaw::TooMany
        } else {
            found.push(tag.into());
            continue;
        };
        reader.invalid("languages", flaw, item);
    }
    if found.is_empty() {
        reader.invalid("languages", Flaw::NoLanguages, item);
        return default();
    }
    found
}

impl Manifest {
    fn take(&mut self, reader: &mut Reader<'_>, name: &Spanned<Cow<'_, str>>, item: &Item<'_>) {
        let key = name.get_ref().as_ref();
        match key {
            "id" => self.id = plan_id(reader, item),
            "title" => self.title = reader.text(key, item, Lines::One).unwrap_or_default(),
            "checkpoints" => {
                let years =
                    reader.each(key, Want::List, item, |reader, item| reader.year("checkpoints", item));
                self.checkpoints = years.into();
            }
            "files" => {
                self.files =
                    reader.each(key, Want::List, item, |reader, item| path(reader, "files", item)).into();
            }
            "sources" => self.sources = path(reader, key, item),
            "facts" => self.facts = path(reader, key, item),
            "glossary" => self.glossary = path(reader, key, item),
            _ => {}
        }
    }
}

fn path(reader: &mut Reader<'_>, key: &str, item: &Item<'_>) -> Option<PathAt> {
    Some(PathAt { path: reader.str(key, item)?.to_owned(), at: span_of(item) })
}

/// `[a-z0-9][a-z0-9._-]{0,63}`: it names folders of journals and kept places.
fn plan_id(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Box<str>> {
    let text = reader.str("id", item)?;
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let right = (1..=64).contains(&text.len())
        && text.bytes().next().is_some_and(is_plain)
        && text.bytes().all(|byte| is_plain(byte) || matches!(byte, b'.' | b'_' | b'-'));
    if !right {
        reader.problems.add(span_of(item), trouble::bad_id(text, IdKind::Plan));
        return None;
    }
    Some(text.into())
}

fn level(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<(Level, Span)> {
    let table = reader.table("[[level]]", Want::Table, item)?;
    let (mut id, mut role, mut mark, mut label, mut id_at) = (None, None, None, None, span_of(item));
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "id" => {
                id = reader.key(key, item);
                id_at = span_of(item);
            }
            "role" => role = reader.word::<Role>(key, item),
            "mark" => mark = reader.boxed(key, item),
            "label" => label = reader.text(key, item, Lines::One),
            _ => reader.unknown_key("[[level]]", name, LEVEL_KEYS),
        }
    }
    for key in LEVEL_KEYS {
        if !table.contains_key(*key) {
            reader.missing("[[level]]", &[key], span_of(item));
        }
    }
    let level = Level {
        id: id?.as_str().into(),
        role: role?,
        mark: mark.filter(|mark| !mark.trim().is_empty()).unwrap_or_else(|| "·".into()),
        label: label.unwrap_or_default(),
    };
    Some((level, id_at))
}

/// Most levels a plan may have.
const MAX_LEVELS: usize = 1000;

fn add_levels(frame: &mut Frame, levels: Vec<(Level, Span)>, problems: &mut Problems) {
    for (level, at) in levels {
        if frame.level_of.contains_key(&level.id) {
            problems.add(at, trouble::duplicate(&level.id, None));
        } else if frame.levels.len() >= MAX_LEVELS {
            problems.add(at, trouble::invalid("level", Flaw::TooMany));
        } else if let Ok(number) = u16::try_from(frame.levels.len()) {
            frame.level_of.insert(level.id.clone(), LevelId(number));
            frame.levels.push(level);
        }
    }
}

fn matrix(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Matrix> {
    let table = reader.table("matrix", Want::Table, item)?;
    let (mut rows, mut columns) = (None, None);
    for (name, item) in table {
        match name.get_ref().as_ref() {
            "rows" => rows = reader.level("rows", item),
            "columns" => columns = reader.level("columns", item),
            _ => reader.unknown_key("matrix", name, &["rows", "columns"]),
        }
    }
    for key in ["rows", "columns"] {
        if !table.contains_key(key) {
            reader.missing("matrix", &[key], span_of(item));
        }
    }
    Some(Matrix { rows: rows?, columns: columns? })
}

/// Checkpoints outside the period, with their places.
fn checkpoints_outside(table: &DeTable<'_>, period: Period) -> Vec<(i16, Span)> {
    let Some(items) = table.get("checkpoints").and_then(|item| item.get_ref().as_array()) else {
        return Vec::new();
    };
    let year = |item: &Item<'_>| item.get_ref().as_integer()?.as_str().parse::<i16>().ok();
    let outside = |year: &i16| *year < period.start.year() || *year > period.end.year();
    items.iter().filter_map(|item| Some((year(item).filter(outside)?, span_of(item)))).collect()
}
