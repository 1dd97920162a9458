//! Sources, facts and glossary entries of one file, with references still by name.

use super::metric::RawTime;
use super::node::{RawLink, evidence, link};
use super::reader::{Item, Lines, Reader, span_of};
use crate::plan::diagnostic::Span;
use crate::plan::diagnostic::trouble::{self, Want};
use crate::plan::metric::Bound;
use crate::plan::register::{Enforce, Fact, Paragraph, Section, Sense, Source, Term};

/// Keys of a [[source]].
pub(crate) const SOURCE_KEYS: &[&str] = &[
    "id",
    "title",
    "title_basis",
    "publisher",
    "date",
    "date_basis",
    "link",
    "index",
    "kind",
    "standing",
    "cadence",
    "reading",
    "grade",
    "note",
    "sha256",
    "section",
];
/// Keys of a [[fact]].
pub(crate) const FACT_KEYS: &[&str] = &[
    "id",
    "source",
    "at",
    "subject",
    "written",
    "also_written",
    "names",
    "value",
    "unit",
    "bound",
    "year",
    "on",
    "period",
    "announced",
    "published",
    "undated",
    "node",
    "left_out",
];
/// Keys of a [[term]].
pub(crate) const TERM_KEYS: &[&str] =
    &["id", "title", "accept", "avoid", "summary", "enforce", "senses", "evidence"];
/// Keys of a section.
pub(crate) const SECTION_KEYS: &[&str] = &["id", "heading", "sha256", "maps_to", "order", "paragraphs"];

/// A document; its sections' links to nodes are names yet.
#[derive(Clone, Debug)]
pub(crate) struct RawSource {
    pub source: Source,
    pub maps_to: Vec<Vec<RawLink>>,
    pub id_at: Span,
}

/// A fact; the node that carries it is a name yet.
#[derive(Clone, Debug)]
pub(crate) struct RawFact {
    pub fact: Fact,
    pub node: Option<(Box<str>, Span)>,
    pub id_at: Span,
}

/// A glossary entry.
#[derive(Clone, Debug)]
pub(crate) struct RawTerm {
    pub term: Term,
    pub id_at: Span,
}

/// A required id: reported where it is missing or ill-formed.
fn id_of(reader: &mut Reader<'_>, table_name: &str, item: &Item<'_>) -> Option<(Box<str>, Span)> {
    let table = item.get_ref().as_table()?;
    let Some(id) = table.get("id") else {
        reader.missing(table_name, &["id"], span_of(item));
        return None;
    };
    reader.key("id", id).map(|key| (key.as_str().into(), span_of(id)))
}

pub(crate) fn source(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<RawSource> {
    let table = reader.table("[[source]]", Want::Table, item)?;
    let id = id_of(reader, "[[source]]", item);
    let mut source = Source::default();
    let mut maps_to = Vec::new();
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "id" => {}
            "title" => source.title = reader.text(key, item, Lines::One).unwrap_or_default(),
            "title_basis" => source.title_basis = reader.word(key, item),
            "publisher" => source.publisher = reader.text(key, item, Lines::One).unwrap_or_default(),
            "date" => source.date = reader.moment(key, item),
            "date_basis" => source.date_basis = reader.word(key, item),
            "link" => source.link = reader.boxed(key, item),
            "index" => source.index = reader.boxed(key, item),
            "kind" => source.kind = reader.word(key, item),
            "standing" => source.standing = reader.word(key, item),
            "cadence" => source.cadence = reader.word(key, item),
            "reading" => source.reading = reader.word(key, item),
            "grade" => source.grade = reader.word(key, item),
            "note" => source.note = reader.text(key, item, Lines::Many),
            "sha256" => source.sha256 = reader.digest(key, item),
            "section" => {
                let sections = reader.each(key, Want::Tables, item, section);
                let (sections, links): (Vec<_>, Vec<_>) = sections.into_iter().unzip();
                source.sections = sections.into();
                maps_to = links;
            }
            _ => reader.unknown_key("[[source]]", name, SOURCE_KEYS),
        }
    }
    if !table.contains_key("title") {
        reader.missing("[[source]]", &["title"], span_of(item));
    }
    let (id, id_at) = id?;
    source.id = id;
    Some(RawSource { source, maps_to, id_at })
}

fn section(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<(Section, Vec<RawLink>)> {
    let table = reader.table("section", Want::Table, item)?;
    let id = id_of(reader, "section", item);
    let (mut heading, mut sha256, mut maps_to, mut order) = (None, None, Vec::new(), None);
    let mut paragraphs = Box::default();
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "id" => {}
            "heading" => heading = reader.text(key, item, Lines::One),
            "sha256" => sha256 = reader.digest(key, item),
            "maps_to" => maps_to = reader.each(key, Want::List, item, link).into(),
            "order" => order = reader.whole(key, item),
            "paragraphs" => paragraphs = reader.each(key, Want::Tables, item, paragraph),
            _ => reader.unknown_key("section", name, SECTION_KEYS),
        }
    }
    let (id, _) = id?;
    let heading = heading.unwrap_or_default();
    Some((Section { id, heading, sha256, maps_to: Box::default(), order, paragraphs }, maps_to))
}

fn paragraph(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Paragraph> {
    let table = reader.table("paragraphs", Want::Table, item)?;
    let id = id_of(reader, "paragraphs", item);
    let (mut sha256, mut continues) = (None, None);
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "id" => {}
            "sha256" => sha256 = reader.digest(key, item),
            "continues" => continues = reader.boxed(key, item),
            _ => reader.unknown_key("paragraphs", name, &["id", "sha256", "continues"]),
        }
    }
    Some(Paragraph { id: id?.0, sha256, continues })
}

pub(crate) fn fact(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<RawFact> {
    let table = reader.table("[[fact]]", Want::Table, item)?;
    let id = id_of(reader, "[[fact]]", item);
    let (mut source, mut at, mut subject, mut written, mut value, mut unit) =
        (None, None, None, None, None, None);
    let (mut also_written, mut names) = (Box::default(), Box::default());
    let (mut bound, mut node, mut left_out, mut time) = (None, None, None, RawTime::default());
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "id" => {}
            "source" => source = reader.source(key, item),
            "at" => at = reader.boxed(key, item),
            "subject" => subject = reader.text(key, item, Lines::One),
            "written" => written = reader.boxed(key, item),
            "also_written" => also_written = reader.strings(key, item),
            "names" => names = reader.strings(key, item),
            "value" => value = reader.decimal(key, item),
            "unit" => unit = reader.text(key, item, Lines::One),
            "bound" => bound = reader.word(key, item),
            "node" => node = reader.str(key, item).map(|name| (name.into(), span_of(item))),
            "left_out" => left_out = reader.text(key, item, Lines::Many),
            _ if time.take(reader, key, item) => {}
            _ => reader.unknown_key("[[fact]]", name, FACT_KEYS),
        }
    }
    for keys in [&["source"][..], &["subject"], &["node", "left_out"]] {
        if !keys.iter().any(|key| table.contains_key(*key)) {
            reader.missing("[[fact]]", keys, span_of(item));
        }
    }
    if table.contains_key("node") && table.contains_key("left_out") {
        reader.problems.add(span_of(item), trouble::exclusive("node", "left_out"));
    }
    let (id, id_at) = id?;
    let fact = Fact {
        id,
        source: source?,
        at,
        subject: subject.unwrap_or_default(),
        written,
        also_written,
        names,
        value,
        unit,
        bound: bound.unwrap_or(Bound::Exact),
        when: time.when(),
        node: None,
        left_out,
    };
    Some(RawFact { fact, node, id_at })
}

pub(crate) fn term(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<RawTerm> {
    let table = reader.table("[[term]]", Want::Table, item)?;
    let id = id_of(reader, "[[term]]", item);
    let (mut title, mut accept, mut avoid, mut summary) = (None, Box::default(), Box::default(), None);
    let (mut enforce, mut senses, mut proof) = (false, Box::default(), Box::default());
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "id" => {}
            "title" => title = reader.text(key, item, Lines::One),
            "accept" => accept = reader.strings(key, item),
            "avoid" => avoid = reader.strings(key, item),
            "summary" => summary = reader.text(key, item, Lines::Many),
            "enforce" => enforce = reader.flag(key, item).unwrap_or(false),
            "senses" => senses = reader.each(key, Want::Tables, item, sense),
            "evidence" => proof = reader.each(key, Want::Tables, item, evidence),
            _ => reader.unknown_key("[[term]]", name, TERM_KEYS),
        }
    }
    if !table.contains_key("title") {
        reader.missing("[[term]]", &["title"], span_of(item));
    }
    let (id, id_at) = id?;
    let enforce = if enforce { Enforce::Rendering } else { Enforce::AvoidOnly };
    let title = title.unwrap_or_default();
    Some(RawTerm {
        term: Term { id, title, accept, avoid, summary, enforce, senses, evidence: proof },
        id_at,
    })
}

fn sense(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Sense> {
    let table = reader.table("senses", Want::Table, item)?;
    let id = id_of(reader, "senses", item);
    let (mut title, mut note) = (None, None);
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "id" => {}
            "title" => title = reader.text(key, item, Lines::One),
            "note" => note = reader.text(key, item, Lines::Many),
            _ => reader.unknown_key("senses", name, &["id", "title", "note"]),
        }
    }
    if !table.contains_key("title") {
        reader.missing("senses", &["title"], span_of(item));
    }
    Some(Sense { id: id?.0, title: title.unwrap_or_default(), note })
}
