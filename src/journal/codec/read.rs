//! From a line to what it is: a record of this version, one of a newer, or no record at all.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::author::Author;
use super::super::event::{Blindness, Event, NoteKind, Outcome, RecordedAmount, RecordedFigure, SessionMark};
use super::super::quote::ClaimRole;
use super::super::record::{NodeName, Record, RecordId, VERSION, WriterCount, ZonedInstant};
use super::texts;
use crate::plan::State;
use crate::plan::key::MAX_KEY_BYTES;
use crate::plan::metric::{Bound, Decimal, Grade, Moment, Stage, When};

/// Names seen so far, so that a thousand records of one node share one text.
#[derive(Clone, Debug, Default)]
pub struct NameInterner(HashSet<NodeName>);

impl NameInterner {
    fn intern(&mut self, text: &str) -> NodeName {
        if let Some(name) = self.0.get(text) {
            return NodeName::clone(name);
        }
        let name = NodeName::from(text);
        self.0.insert(NodeName::clone(&name));
        name
    }
}

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadLineReason {
    /// No JSON object, or broken off.
    Json,
    /// No version, or one below the first.
    Version,
    /// `id` is missing or no id.
    Id,
    /// `at` is missing or no RFC 3339 instant.
    At,
    /// `by` is missing or no author's name.
    By,
    /// A key is missing or of another type.
    Shape,
}

/// One line of a journal file, read as far as this version understands it.
#[derive(Clone, Debug, PartialEq)]
pub enum ParsedLine {
    /// A record of this version.
    Record(Record),
    /// A record of a newer version, as far as it can be told.
    Newer {
        /// The plan it was written for, where that much can be read.
        plan: Option<Box<str>>,
        /// The author, where that much can be read.
        by: Option<Author>,
        /// The time, where that much can be read.
        at: Option<ZonedInstant>,
    },
    /// No record.
    Bad(BadLineReason),
}

#[derive(Deserialize)]
struct Wire<'a> {
    v: u64,
    #[serde(borrow)]
    id: Cow<'a, str>,
    seq: u64,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow)]
    by: Cow<'a, str>,
    #[serde(borrow)]
    plan: Cow<'a, str>,
    #[serde(default)]
    session: Option<Box<str>>,
    #[serde(borrow, default)]
    ahead: Raw<'a>,
    #[serde(borrow, default)]
    writer: Raw<'a>,
    #[serde(borrow, default)]
    n: Raw<'a>,
    #[serde(borrow)]
    events: Vec<&'a RawValue>,
}

/// Every key any event has; what a key means depends on the event.
#[derive(Deserialize)]
struct WireEvent<'a> {
    #[serde(borrow)]
    event: Cow<'a, str>,
    #[serde(borrow, default)]
    node: Raw<'a>,
    #[serde(borrow, default)]
    status: Raw<'a>,
    #[serde(borrow, default)]
    reason: Raw<'a>,
    #[serde(borrow, default)]
    progress: Raw<'a>,
    #[serde(borrow, default)]
    kind: Raw<'a>,
    #[serde(borrow, default)]
    text: Raw<'a>,
    #[serde(borrow, default)]
    of: Raw<'a>,
    #[serde(borrow, default)]
    tag: Raw<'a>,
    #[serde(borrow, default)]
    outcome: Raw<'a>,
    #[serde(borrow, default)]
    until: Raw<'a>,
    #[serde(borrow, default)]
    seconds: Raw<'a>,
    #[serde(borrow, default)]
    mark: Raw<'a>,
    #[serde(borrow, default)]
    query: Raw<'a>,
    #[serde(borrow, default)]
    order: Raw<'a>,
    #[serde(borrow, default)]
    seed: Raw<'a>,
    #[serde(borrow, default)]
    blind: Raw<'a>,
    #[serde(borrow, default)]
    after: Raw<'a>,
    #[serde(borrow, default)]
    to: Raw<'a>,
    #[serde(borrow, default)]
    value: Raw<'a>,
    #[serde(borrow, default)]
    label: Raw<'a>,
    #[serde(borrow, default)]
    stage: Raw<'a>,
    #[serde(borrow, default)]
    year: Raw<'a>,
    #[serde(borrow, default)]
    on: Raw<'a>,
    #[serde(borrow, default)]
    announced: Raw<'a>,
    #[serde(borrow, default)]
    period: Raw<'a>,
    #[serde(borrow, default)]
    bound: Raw<'a>,
    #[serde(borrow, default)]
    source: Raw<'a>,
    #[serde(borrow, default)]
    grade: Raw<'a>,
    #[serde(borrow, default)]
    at: Raw<'a>,
    #[serde(borrow, default)]
    quote: Raw<'a>,
}

/// A value not looked into yet; null counts as absent.
type Raw<'a> = Option<&'a RawValue>;

/// Reads a line (without its line end).
pub fn parse(line: &str, names: &mut NameInterner) -> ParsedLine {
    let Ok(wire) = serde_json::from_str::<Wire<'_>>(line) else { return other(line) };
    if wire.v > VERSION {
        return newer(Some(&wire.plan), Some(&wire.by), Some(&wire.at));
    }
    if wire.v < VERSION {
        return ParsedLine::Bad(BadLineReason::Version);
    }
    let Some(id) = RecordId::new(&wire.id) else { return ParsedLine::Bad(BadLineReason::Id) };
    let Some(at) = ZonedInstant::parse(&wire.at) else { return ParsedLine::Bad(BadLineReason::At) };
    let Ok(by) = Author::new(&wire.by) else { return ParsedLine::Bad(BadLineReason::By) };
    let by = Author::shared(names.intern(by.as_str()));
    let plan = names.intern(&wire.plan);
    let events = wire.events.iter().map(|raw| event(raw, names).unwrap_or(Event::Unknown)).collect();
    let ahead = wire.ahead.map(ahead).unwrap_or_default();
    let writer = writer(wire.writer, wire.n);
    let session = wire.session;
    ParsedLine::Record(Record { id, seq: wire.seq, at, by, plan, session, ahead, writer, events })
}

/// The records that a record names as ahead of the clock; what is no id names none.
fn ahead(raw: &RawValue) -> Box<[RecordId]> {
    let named: Vec<String> = serde_json::from_str(raw.get()).unwrap_or_default();
    named.iter().filter_map(|id| RecordId::new(id)).collect()
}

fn writer(writer: Raw<'_>, n: Raw<'_>) -> Option<WriterCount> {
    let writer: Box<str> = serde_json::from_str(writer?.get()).ok()?;
    let n = serde_json::from_str(n?.get()).ok()?;
    Some(WriterCount { writer, n })
}

/// What is no record of this version: one of a newer, which may have another shape, or none.
fn other(line: &str) -> ParsedLine {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(line) else {
        return ParsedLine::Bad(BadLineReason::Json);
    };
    let text = |key: &str| object.get(key).and_then(serde_json::Value::as_str);
    match object.get("v").and_then(serde_json::Value::as_u64) {
        Some(version) if version > VERSION => newer(text("plan"), text("by"), text("at")),
        Some(VERSION) if text("id").is_none() => ParsedLine::Bad(BadLineReason::Id),
        Some(VERSION) if text("at").is_none() => ParsedLine::Bad(BadLineReason::At),
        Some(VERSION) if text("by").is_none() => ParsedLine::Bad(BadLineReason::By),
        Some(VERSION) => ParsedLine::Bad(BadLineReason::Shape),
        _ => ParsedLine::Bad(BadLineReason::Version),
    }
}

fn newer(plan: Option<&str>, by: Option<&str>, at: Option<&str>) -> ParsedLine {
    let by = by.and_then(|by| Author::new(by).ok());
    ParsedLine::Newer { plan: plan.map(Box::from), by, at: at.and_then(ZonedInstant::parse) }
}

/// Whether bytes are a whole line: an object that ends. What was cut off never is.
pub fn is_whole(line: &[u8]) -> bool {
    let object = line.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    object && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

fn text<'a>(raw: Raw<'a>) -> Option<Cow<'a, str>> {
    #[derive(Deserialize)]
    struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);
    serde_json::from_str::<Borrowed<'a>>(raw?.get()).ok().map(|borrowed| borrowed.0)
}

/// A value that may be left out: the inner `None`. The outer one: it is there, and not what it should be.
fn optional<'a, T>(raw: Raw<'a>, mut read: impl FnMut(Raw<'a>) -> Option<T>) -> Option<Option<T>> {
    if raw.is_none() { Some(None) } else { read(raw).map(Some) }
}

fn boxed(raw: Raw<'_>) -> Option<Box<str>> {
    text(raw).map(|text| text.into_owned().into())
}

fn name(raw: Raw<'_>, names: &mut NameInterner) -> Option<NodeName> {
    let text = text(raw).filter(|text| !text.is_empty() && text.len() <= MAX_KEY_BYTES)?;
    Some(names.intern(&text))
}

fn number<T: serde::de::DeserializeOwned>(raw: Raw<'_>) -> Option<T> {
    serde_json::from_str(raw?.get()).ok()
}

fn decimal(raw: Raw<'_>) -> Option<Decimal> {
    Decimal::parse(raw?.get())
}

/// A year as a number or text, a month or day as text.
fn moment(raw: Raw<'_>) -> Option<Moment> {
    number(raw)
        .filter(|year| (0..=9999).contains(year))
        .map(Moment::Year)
        .or_else(|| Moment::parse(&text(raw)?))
}

fn event(raw: &RawValue, names: &mut NameInterner) -> Option<Event> {
    let wire: WireEvent<'_> = serde_json::from_str(raw.get()).ok()?;
    let names = &mut *names;
    let kind = wire.event.as_ref();
    match kind {
        "undo" => return Some(Event::Undo { of: RecordId::new(&text(wire.of)?)? }),
        "session" => return session(&wire),
        "document" => return texts::read_document(raw),
        "figure-decision" => {
            let node = optional(wire.node, |raw| name(raw, names))?;
            return texts::read_decision(wire.at?, &text(wire.outcome)?, node);
        }
        "note-edit" | "note-retract" | "value-retract" => {
            let node = optional(wire.node, |raw| text(raw)).flatten().map(|text| names.intern(&text));
            let of = boxed(wire.of)?;
            return Some(match kind {
                "note-edit" => Event::NoteEdit { node, of, text: boxed(wire.text)? },
                "note-retract" => Event::NoteRetract { node, of },
                _ => Event::ValueRetract { node, of },
            });
        }
        _ => {}
    }
    let node = name(wire.node, names)?;
    Some(match kind {
        "status" => {
            let state = |raw| State::parse(&text(raw)?).filter(|state| state.is_for_people());
            Event::Status {
                node,
                status: optional(wire.status, state)?,
                reason: optional(wire.reason, boxed)?,
            }
        }
        "progress" => {
            let share = |raw| number(raw).filter(|share| *share <= 100);
            Event::Progress { node, progress: optional(wire.progress, share)? }
        }
        "note" => {
            let kind = optional(wire.kind, |raw| NoteKind::parse(&text(raw)?))?;
            Event::Note { node, kind: kind.unwrap_or(NoteKind::Progress), text: boxed(wire.text)? }
        }
        "value" => Event::Value { node, figure: figure(&wire)? },
        "target" | "same-value" | "conflict" => {
            Event::Claim { node, role: ClaimRole::parse(kind)?, figure: figure(&wire)? }
        }
        "tag" => Event::Tag { node, tag: name(wire.tag, names)? },
        "untag" => Event::Untag { node, tag: name(wire.tag, names)? },
        "star" => Event::Star { node },
        "unstar" => Event::Unstar { node },
        "reviewed" => Event::Reviewed {
            node,
            outcome: Outcome::parse(&text(wire.outcome)?)?,
            until: optional(wire.until, |raw| text(raw)?.parse().ok())?,
            seconds: optional(wire.seconds, number)?,
        },
        "series-break" => Event::SeriesBreak { node, at: moment(wire.after)? },
        "reattach" => Event::Reattach { node, to: name(wire.to, names)? },
        "settled" => Event::Settled { node, reason: optional(wire.reason, boxed)? },
        _ => Event::Unknown,
    })
}

fn session(wire: &WireEvent<'_>) -> Option<Event> {
    let blind = optional(wire.blind, number::<bool>)?.unwrap_or(false);
    Some(Event::Session {
        mark: SessionMark::parse(&text(wire.mark)?)?,
        query: optional(wire.query, boxed)?,
        order: optional(wire.order, boxed)?,
        seed: optional(wire.seed, number)?,
        blind: if blind { Blindness::Blind } else { Blindness::Sighted },
    })
}

fn figure(wire: &WireEvent<'_>) -> Option<RecordedFigure> {
    let reading = match (wire.value, wire.to, wire.label, wire.stage) {
        (Some(_), None, None, None) => RecordedAmount::Number(decimal(wire.value)?),
        (Some(_), Some(_), None, None) => RecordedAmount::Range(decimal(wire.value)?, decimal(wire.to)?),
        (None, None, Some(_), None) => RecordedAmount::Label(boxed(wire.label)?),
        (None, None, None, Some(_)) => RecordedAmount::Stage(Stage::parse(&text(wire.stage)?)?),
        _ => return None,
    };
    let when = match (wire.year.or(wire.on), wire.announced, wire.period) {
        (Some(_), None, None) => When::At(moment(wire.year.or(wire.on))?),
        (None, Some(_), None) => When::Announced(moment(wire.announced)?),
        (None, None, Some(raw)) => period(raw)?,
        (None, None, None) => When::Unstated,
        _ => return None,
    };
    Some(RecordedFigure {
        reading,
        when,
        bound: optional(wire.bound, |raw| Bound::parse(&text(raw)?))?.unwrap_or(Bound::Exact),
        source: optional(wire.source, boxed)?,
        grade: optional(wire.grade, |raw| Grade::parse(&text(raw)?))?,
        quote: texts::read_quote(wire.at, wire.quote.and_then(|raw| text(Some(raw))).as_deref()),
    })
}

fn period(raw: &RawValue) -> Option<When> {
    #[derive(Deserialize)]
    struct JsonSpan<'a> {
        #[serde(borrow)]
        start: &'a RawValue,
        #[serde(borrow)]
        end: &'a RawValue,
    }
    let span: JsonSpan<'_> = serde_json::from_str(raw.get()).ok()?;
    Some(When::Period(moment(Some(span.start))?, moment(Some(span.end))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const HEAD: &str = r#""id":"r1","seq":1,"at":"2026-11-23T14:02:11.204+08:00","by":"li","plan":"p""#;

    fn read(line: &str) -> ParsedLine {
        parse(line, &mut NameInterner::default())
    }

    fn one_event(event: &str) -> Event {
        match read(&format!("{{\"v\":1,{HEAD},\"session\":null,\"events\":[{event}]}}")) {
            ParsedLine::Record(record) => record.events[0].clone(),
            other => panic!("{other:?}"),
        }
    }

    #[rstest]
    #[case("", BadLineReason::Json)]
    #[case("{", BadLineReason::Json)]
    #[case("[1]", BadLineReason::Json)]
    #[case("{}", BadLineReason::Version)]
    #[case(r#"{"v":0}"#, BadLineReason::Version)]
    #[case(r#"{"v":1}"#, BadLineReason::Id)]
    #[case(r#"{"v":1,"id":"r"}"#, BadLineReason::At)]
    #[case(r#"{"v":1,"id":"r","at":"x"}"#, BadLineReason::By)]
    #[case(r#"{"v":1,"id":"r","at":"x","by":"li"}"#, BadLineReason::Shape)]
    #[case(r#"{"v":1,"id":"r","seq":1,"at":"2026","by":"li","plan":"p","events":[]}"#, BadLineReason::At)]
    #[case(
        r#"{"v":1,"id":"r","seq":1,"at":"2026-01-01T00:00:00Z","by":"..","plan":"p","events":[]}"#,
        BadLineReason::By
    )]
    #[case(
        r#"{"v":1,"id":"","seq":1,"at":"2026-01-01T00:00:00Z","by":"li","plan":"p","events":[]}"#,
        BadLineReason::Id
    )]
    fn a_line_that_is_no_record_says_why(#[case] line: &str, #[case] why: BadLineReason) {
        assert_eq!(read(line), ParsedLine::Bad(why));
    }

    #[rstest]
    #[case(format!("{{\"v\":2,{HEAD},\"events\":[]}}"))]
    #[case(format!("{{\"v\":7,{HEAD},\"events\":{{\"another\":\"shape\"}}}}"))]
    fn a_newer_version_is_told_by_what_it_shares(#[case] line: String) {
        let ParsedLine::Newer { plan, by, at } = read(&line) else { panic!("{line}") };
        assert_eq!((plan.as_deref(), by), (Some("p"), Some(Author::new("li").unwrap())));
        assert!(at.is_some());
    }

    #[rstest]
    #[case(r#"{"event":"mood","node":"a4","value":{"deep":[1]}}"#)]
    #[case(r#"{"event":"status","node":"a4","status":"splendid"}"#)]
    #[case(r#"{"event":"status","node":"a4","status":"no-data"}"#)] // computed only
    #[case(r#"{"event":"status","node":4,"status":null}"#)]
    #[case(r#"{"event":"progress","node":"a4","progress":101}"#)]
    #[case(r#"{"event":"progress","node":"a4","progress":-1}"#)]
    #[case(r#"{"event":"note","node":"a4","text":7}"#)]
    #[case(r#"{"event":"value","node":"a4","value":1,"label":"x"}"#)]
    #[case(r#"{"event":"tag","node":"a4","tag":""}"#)]
    #[case(r#"{"event":"star"}"#)]
    #[case(r#""star""#)]
    #[case("7")]
    fn an_event_that_is_not_understood_is_unknown_and_not_guessed(#[case] event: &str) {
        assert_eq!(one_event(event), Event::Unknown);
    }

    #[test]
    fn keys_that_are_left_out_count_as_null() {
        let status = Event::Status { node: "a4".into(), status: Some(State::OnTrack), reason: None };
        assert_eq!(one_event(r#"{"event":"status","node":"a4","status":"on-track","more":1}"#), status);
        let note = Event::Note { node: "a4".into(), kind: NoteKind::Progress, text: "x".into() };
        assert_eq!(one_event(r#"{"event":"note","node":"a4","text":"x"}"#), note);
    }

    #[test]
    fn names_are_kept_once() {
        let mut names = NameInterner::default();
        let line = format!("{{\"v\":1,{HEAD},\"events\":[{{\"event\":\"star\",\"node\":\"a4\"}}]}}");
        let (ParsedLine::Record(one), ParsedLine::Record(other)) =
            (parse(&line, &mut names), parse(&line, &mut names))
        else {
            panic!("{line}")
        };
        assert!(NodeName::ptr_eq(&one.plan, &other.plan));
    }

    #[rstest]
    #[case("{}", true)]
    #[case(" {\"a\":1} \r", true)]
    #[case("{\"a\":1", false)]
    #[case("12", false)] // a number may go on
    #[case("null", false)]
    #[case("", false)]
    fn only_an_object_can_be_whole(#[case] line: &str, #[case] whole: bool) {
        assert_eq!(is_whole(line.as_bytes()), whole);
    }
}
