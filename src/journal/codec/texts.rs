//! Documents, places in them and decisions on their figures, between events and lines.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::event::Event;
use super::super::name::NodeName;
use super::super::quote::{FigureDecision, FigureOutcome, Quote, QuotePlace, ReadDocument};
use super::object::{ObjectWriter, quoted};

/// A place as an object; `nth` is left out where there is one such paragraph.
pub(super) fn place(place: &QuotePlace) -> String {
    let mut object = ObjectWriter::new();
    object.text("document", &place.document);
    object.raw("paragraph", &place.paragraph.to_string());
    object.text("digest", &place.digest);
    if place.nth != 1 {
        object.raw("nth", &place.nth.to_string());
    }
    object.raw("start", &place.start.to_string());
    object.raw("end", &place.end.to_string());
    object.end()
}

pub(super) fn document(document: &ReadDocument, object: &mut ObjectWriter) {
    object.text("document", &document.id);
    object.text("title", &document.title);
    object.maybe("publisher", document.publisher.as_deref());
    object.maybe("date", document.date.as_deref());
    object.text("sha256", &document.sha256);
    let paragraphs: Vec<String> = document.paragraphs.iter().map(|digest| quoted(digest)).collect();
    object.raw("paragraphs", &format!("[{}]", paragraphs.join(",")));
}

pub(super) fn decision(decision: &FigureDecision, object: &mut ObjectWriter) {
    object.raw("at", &place(&decision.place));
    object.text("outcome", decision.outcome.word());
    object.maybe("node", decision.node.as_deref());
}

/// Longest id of a document, in bytes.
const MAX_ID_BYTES: usize = 200;

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= MAX_ID_BYTES
}

fn first() -> u32 {
    1
}

/// A place; `None` where it is none that could be found again.
fn read_place(raw: &RawValue) -> Option<QuotePlace> {
    #[derive(Deserialize)]
    struct WirePlace {
        document: Box<str>,
        paragraph: u32,
        digest: Box<str>,
        #[serde(default = "first")]
        nth: u32,
        start: u32,
        end: u32,
    }
    let WirePlace { document, paragraph, digest, nth, start, end } = serde_json::from_str(raw.get()).ok()?;
    let is_one = is_id(&document) && nth >= 1 && start < end;
    is_one.then_some(QuotePlace { document, paragraph, digest, nth, start, end })
}

/// The place and the sentence of a value; a value whose place is not understood is still a value.
pub(super) fn read_quote(at: Option<&RawValue>, sentence: Option<&str>) -> Option<Box<Quote>> {
    Some(Box::new(Quote { place: read_place(at?)?, sentence: sentence?.into() }))
}

pub(super) fn read_decision(at: &RawValue, outcome: &str, node: Option<NodeName>) -> Option<Event> {
    let outcome = FigureOutcome::parse(outcome)?;
    Some(Event::Decided(Box::new(FigureDecision { place: read_place(at)?, outcome, node })))
}

pub(super) fn read_document(raw: &RawValue) -> Option<Event> {
    #[derive(Deserialize)]
    struct WireDocument {
        document: Box<str>,
        title: Box<str>,
        #[serde(default)]
        publisher: Option<Box<str>>,
        #[serde(default)]
        date: Option<Box<str>>,
        sha256: Box<str>,
        paragraphs: Box<[Box<str>]>,
    }
    let wire: WireDocument = serde_json::from_str(raw.get()).ok()?;
    is_id(&wire.document).then(|| {
        Event::Document(Box::new(ReadDocument {
            id: wire.document,
            title: wire.title,
            publisher: wire.publisher,
            date: wire.date,
            sha256: wire.sha256,
            paragraphs: wire.paragraphs,
        }))
    })
}
