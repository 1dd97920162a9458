//! The manifest: what the plan is called, its languages and levels, and the files that hold the rest.

use toml::de::DeTable;

use super::cursor::ValueCursor;
use super::reader::{FileReader, Problems, RawItem, span_of};
use crate::plan::Level;
use crate::plan::diagnostic::ByteSpan;
use crate::plan::diagnostic::trouble::{self, ExpectedValue, Flaw, IdKind};
use crate::plan::fields::Presence;
use crate::plan::fields::manifest::{MANIFEST, Manifest};
use crate::plan::frame::ManifestFrame;
use crate::plan::key::LevelId;
use crate::plan::node::Period;

/// Reads a manifest with the frame in which every file is read.
pub(crate) fn manifest(table: &DeTable<'_>, problems: Problems) -> (Manifest, ManifestFrame, Problems) {
    let mut manifest = Manifest::default();
    let mut frame = ManifestFrame::default();
    let mut reader = FileReader::new(&frame);
    reader.problems = problems;
    manifest.format = format(&mut reader, table);
    let languages = languages(&mut reader, table);
    manifest.id = table.get("id").and_then(|item| plan_id(&mut reader, item));
    let problems = reader.problems;
    frame.languages = languages;

    let mut reader = FileReader::new(&frame);
    reader.problems = problems;
    take(&mut reader, table, &mut manifest, |key| key != "matrix");
    for field in MANIFEST.fields().filter(|field| field.info.need == Presence::Required) {
        let key = field.info.key;
        if !table.contains_key(key) {
            reader.missing(MANIFEST.heading, &[key], ByteSpan::default());
        }
    }
    let mut problems = reader.problems;
    frame.period = manifest.period;
    if let Some(period) = manifest.period {
        for (year, at) in checkpoints_outside(table, period) {
            problems.add(at, trouble::outside_period(year, (period.start.year(), period.end.year())));
        }
    }
    add_levels(&mut frame, std::mem::take(&mut manifest.levels), &mut problems);
    // The matrix names levels.
    let mut reader = FileReader::new(&frame);
    reader.problems = problems;
    take(&mut reader, table, &mut manifest, |key| key == "matrix");
    let problems = reader.problems;
    (manifest, frame, problems)
}

/// Reads those fields of the manifest that are wanted.
fn take(reader: &mut FileReader<'_>, table: &DeTable<'_>, manifest: &mut Manifest, want: fn(&str) -> bool) {
    for (at, field) in MANIFEST.fields().enumerate().filter(|(_, field)| want(field.info.key)) {
        if let Some(item) = table.get(field.info.key) {
            MANIFEST.take(at, &mut ValueCursor::new(reader, field.info.key, item), manifest);
        }
    }
}

/// Format 2 has words that 1 has not: groups, readings, `title_short`, announcements between two times.
/// Either is read by the same rules.
const NEWEST_FORMAT: u32 = 2;

/// The format that is read: the newest where it is none that is known, the first where nothing is said.
fn format(reader: &mut FileReader<'_>, table: &DeTable<'_>) -> u32 {
    match table.get("format") {
        None => return 1,
        Some(item) => match item.get_ref().as_integer() {
            Some(number) if number.as_str() == "1" => return 1,
            Some(number) if number.as_str() == "2" => {}
            Some(number) => reader.problems.add(span_of(item), trouble::format_unknown(number.as_str())),
            None => reader.wrong_type("format", ExpectedValue::Whole, item),
        },
    }
    NEWEST_FORMAT
}

/// Most languages a plan may have; far above any real one.
const MAX_LANGUAGES: usize = 32;

fn languages(reader: &mut FileReader<'_>, table: &DeTable<'_>) -> Vec<Box<str>> {
    let default = || vec!["zh".into(), "en".into()];
    let Some(item) = table.get("languages") else { return default() };
    let mut found: Vec<Box<str>> = Vec::new();
    for item in reader.list("languages", ExpectedValue::List, item) {
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
        reader.invalid("languages", flaw, span_of(item));
    }
    if found.is_empty() {
        reader.invalid("languages", Flaw::NoLanguages, span_of(item));
        return default();
    }
    found
}

/// `[a-z0-9][a-z0-9._-]{0,63}`: it names folders of journals and kept places.
fn plan_id(reader: &mut FileReader<'_>, item: &RawItem<'_>) -> Option<Box<str>> {
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

/// Most levels a plan may have.
const MAX_LEVELS: usize = 1000;

fn add_levels(frame: &mut ManifestFrame, levels: Box<[(Level, ByteSpan)]>, problems: &mut Problems) {
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

/// Checkpoints outside the period, with their places.
fn checkpoints_outside(table: &DeTable<'_>, period: Period) -> Vec<(i16, ByteSpan)> {
    let Some(items) = table.get("checkpoints").and_then(|item| item.get_ref().as_array()) else {
        return Vec::new();
    };
    let year = |item: &RawItem<'_>| item.get_ref().as_integer()?.as_str().parse::<i16>().ok();
    let outside = |year: &i16| *year < period.start.year() || *year > period.end.year();
    items.iter().filter_map(|item| Some((year(item).filter(outside)?, span_of(item)))).collect()
}
