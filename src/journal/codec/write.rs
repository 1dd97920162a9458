//! The one form in which records are written.

use super::super::event::{Blindness, Event, RecordedAmount, RecordedFigure};
use super::super::record::{Record, RecordValidity, VERSION, WriterCount};
use super::object::{ObjectWriter, null, quoted};
use super::texts;
use crate::plan::metric::{Moment, When};

/// A year as a number, a month or day as text.
fn moment(at: Moment) -> String {
    match at {
        Moment::Year(year) => year.to_string(),
        Moment::Month(..) | Moment::Day(_) | Moment::Between(..) => quoted(&at.to_string()),
    }
}

/// A record as its line, without a line feed.
pub fn line(record: &Record) -> String {
    let mut object = ObjectWriter::new();
    object.raw("v", &VERSION.to_string());
    object.text("id", record.id.as_str());
    object.raw("seq", &record.seq.to_string());
    object.text("at", &record.at.to_string());
    object.text("by", record.by.as_str());
    object.text("plan", &record.plan);
    object.maybe("session", record.session.as_deref());
    if !record.ahead.is_empty() {
        let named: Vec<String> = record.ahead.iter().map(|id| quoted(id.as_str())).collect();
        object.raw("ahead", &format!("[{}]", named.join(",")));
    }
    if let Some(WriterCount { writer, n }) = &record.writer {
        object.text("writer", writer);
        object.raw("n", &n.to_string());
    }
    let events: Vec<String> = record.events.iter().map(event).collect();
    object.raw("events", &format!("[{}]", events.join(",")));
    object.end()
}

/// One event of a record as an entry of `log --json` (`docs/cli.md`): the record's own keys, then the
/// event's; then `item`, the id of the note or value it made, the record's `session`, and whether the record
/// was `undone`.
pub fn entry(record: &Record, index: usize, validity: RecordValidity) -> String {
    let event = &record.events[index];
    let mut object = ObjectWriter::new();
    object.text("id", record.id.as_str());
    object.raw("seq", &record.seq.to_string());
    object.text("at", &record.at.to_string());
    object.text("by", record.by.as_str());
    object.maybe("node", event.node().map(AsRef::as_ref));
    object.text("event", event.word());
    if let Event::Undo { of } = event {
        object.text("of", of.as_str());
    }
    fields(event, &mut object);
    object.maybe("item", event.makes_item().then(|| record.item_id(index)).as_deref());
    object.maybe("session", record.session.as_deref());
    object.raw("undone", if validity == RecordValidity::Undone { "true" } else { "false" });
    object.end()
}

/// An event as an object; one that this version does not know has no form of its own.
fn event(event: &Event) -> String {
    let mut object = ObjectWriter::new();
    object.text("event", event.word());
    match event {
        Event::Undo { of } => object.text("of", of.as_str()),
        Event::Session { .. } | Event::Document(_) | Event::Decided(_) | Event::Unknown => {}
        _ => object.maybe("node", event.node().map(AsRef::as_ref)),
    }
    fields(event, &mut object);
    object.end()
}

fn fields(event: &Event, object: &mut ObjectWriter) {
    match event {
        Event::Status { status, reason, .. } => {
            object.maybe("status", status.map(crate::plan::State::word));
            object.maybe("reason", reason.as_deref());
        }
        Event::Progress { progress, .. } => {
            object.raw("progress", &progress.map_or_else(null, |share| share.to_string()));
        }
        Event::Note { kind, text, .. } => {
            object.text("kind", kind.word());
            object.text("text", text);
        }
        Event::NoteEdit { of, text, .. } => {
            object.text("of", of);
            object.text("text", text);
        }
        Event::NoteRetract { of, .. } | Event::ValueRetract { of, .. } => object.text("of", of),
        Event::Value { figure, .. } | Event::Claim { figure, .. } => value(figure, object),
        Event::Document(document) => texts::document(document, object),
        Event::Decided(decision) => texts::decision(decision, object),
        Event::Tag { tag, .. } | Event::Untag { tag, .. } => object.text("tag", tag),
        Event::Reviewed { outcome, until, seconds, .. } => {
            object.text("outcome", outcome.word());
            object.maybe("until", until.map(|day| day.to_string()).as_deref());
            object.raw("seconds", &seconds.map_or_else(null, |seconds| seconds.to_string()));
        }
        Event::Session { mark, query, order, seed, blind } => {
            object.text("mark", mark.word());
            object.maybe("query", query.as_deref());
            object.maybe("order", order.as_deref());
            object.raw("seed", &seed.map_or_else(null, |seed| seed.to_string()));
            object.raw("blind", if *blind == Blindness::Blind { "true" } else { "false" });
        }
        Event::SeriesBreak { at, .. } => object.raw("after", &moment(*at)),
        Event::Reattach { to, .. } => object.text("to", to),
        Event::Settled { reason, .. } => object.maybe("reason", reason.as_deref()),
        Event::Star { .. } | Event::Unstar { .. } | Event::Undo { .. } | Event::Unknown => {}
    }
}

/// A value in the words of the plan's own values (`docs/plan-format.md`), so that one can be moved there by
/// hand.
fn value(figure: &RecordedFigure, object: &mut ObjectWriter) {
    let (value, to, label, stage) = match &figure.reading {
        RecordedAmount::Number(number) => (Some(*number), None, None, None),
        RecordedAmount::Range(from, to) => (Some(*from), Some(*to), None, None),
        RecordedAmount::Label(label) => (None, None, Some(label.as_ref()), None),
        RecordedAmount::Stage(stage) => (None, None, None, Some(stage.word())),
    };
    object.raw("value", &value.map_or_else(null, |number| number.to_string()));
    object.raw("to", &to.map_or_else(null, |number| number.to_string()));
    object.maybe("label", label);
    object.maybe("stage", stage);
    let (year, on, announced, period) = match figure.when {
        When::At(at @ Moment::Year(_)) => (Some(moment(at)), None, None, None),
        When::At(at) => (None, Some(moment(at)), None, None),
        When::Announced(at) => (None, None, Some(moment(at)), None),
        When::Period(from, to) => {
            (None, None, None, Some(format!("{{\"start\":{},\"end\":{}}}", moment(from), moment(to))))
        }
        When::Undated | When::Unstated => (None, None, None, None),
    };
    for (key, time) in [("year", year), ("on", on), ("announced", announced), ("period", period)] {
        object.raw(key, &time.unwrap_or_else(null));
    }
    object.text("bound", figure.bound.word());
    object.maybe("source", figure.source.as_deref());
    object.maybe("grade", figure.grade.map(crate::plan::metric::Grade::word));
    if let Some(quote) = &figure.quote {
        object.raw("at", &texts::place(&quote.place));
        object.text("quote", &quote.sentence);
    }
}
