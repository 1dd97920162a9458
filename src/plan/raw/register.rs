//! Sources, facts and glossary entries of one file, with references still by name.

use super::cursor::ValueCursor;
use super::reader::{FileReader, RawItem, span_of};
use crate::plan::check;
use crate::plan::diagnostic::ByteSpan;
use crate::plan::diagnostic::trouble;
use crate::plan::fields::register::{FACT, SOURCE, TERM};
use crate::plan::input::Input;
use crate::plan::register::GlossaryTerm;
use crate::plan::unresolved::{RawFact, RawSource};

/// A glossary entry.
#[derive(Clone, Debug)]
pub(crate) struct RawTerm {
    pub term: GlossaryTerm,
    pub id_at: ByteSpan,
}

pub(crate) fn source(reader: &mut FileReader<'_>, item: &RawItem<'_>) -> Option<RawSource> {
    let mut cursor = ValueCursor::new(reader, SOURCE.heading, item);
    let raw = SOURCE.read(&mut cursor)?;
    Some(RawSource { id_at: id_at(&cursor), ..raw })
}

pub(crate) fn fact(reader: &mut FileReader<'_>, item: &RawItem<'_>) -> Option<RawFact> {
    let mut cursor = ValueCursor::new(reader, FACT.heading, item);
    let raw = FACT.read(&mut cursor);
    match (cursor.place("node"), cursor.place("left_out")) {
        (None, None) if item.get_ref().is_table() => cursor.lacks("", &["node", "left_out"]),
        (Some(_), Some(_)) => cursor.report(span_of(item), trouble::exclusive("node", "left_out")),
        _ => {}
    }
    let mut raw = RawFact { id_at: id_at(&cursor), ..raw? };
    raw.fact.when = check::fact_time(raw.time, &mut cursor);
    Some(raw)
}

pub(crate) fn term(reader: &mut FileReader<'_>, item: &RawItem<'_>) -> Option<RawTerm> {
    let mut cursor = ValueCursor::new(reader, TERM.heading, item);
    let term = TERM.read(&mut cursor)?;
    Some(RawTerm { term, id_at: id_at(&cursor) })
}

fn id_at(input: &dyn Input) -> ByteSpan {
    input.place("id").unwrap_or_else(|| input.span())
}
