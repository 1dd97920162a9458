//! Between records and their lines. Reading is forgiving about what it does not know and never about what it
//! would have to guess; writing has one form, frozen as `journal-v1` (`docs/journal-format.md`).

mod object;
mod read;
mod texts;
mod write;

pub use read::{BadLineReason, NameInterner, ParsedLine, is_whole, parse};
pub use write::{entry, line};

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::Offset;
    use proptest::prelude::*;

    use super::super::author::Author;
    use super::super::event::{
        Blindness, Event, NoteKind, Outcome, RecordedAmount, RecordedFigure, SessionMark,
    };
    use super::super::quote::{ClaimRole, FigureDecision, FigureOutcome, Quote, QuotePlace, ReadDocument};
    use super::super::record::{NodeName, Record, RecordId, ZonedInstant};
    use super::*;
    use crate::plan::State;
    use crate::plan::metric::{Bound, Decimal, Grade, Moment, Stage, When};

    fn read_back(line: &str) -> Record {
        match parse(line, &mut NameInterner::default()) {
            ParsedLine::Record(record) => record,
            other => panic!("{other:?}: {line}"),
        }
    }

    fn name() -> impl Strategy<Value = NodeName> {
        "[a-z0-9.]{1,8}".prop_map(NodeName::from)
    }

    fn words() -> impl Strategy<Value = Box<str>> {
        "\\PC{1,12}|[\"\\\\\n\t\u{2028}重庆]{1,9}".prop_map(Box::from)
    }

    fn decimal() -> impl Strategy<Value = Decimal> {
        (-99_999_i32..99_999, 0_u8..4).prop_map(|(digits, places)| {
            let text = format!("{:.*}", usize::from(places), f64::from(digits) / 100.0);
            Decimal::parse(&text).unwrap()
        })
    }

    fn moment() -> impl Strategy<Value = Moment> {
        prop_oneof![
            (1990_i16..2040).prop_map(Moment::Year),
            (1990_i16..2040, 1_i8..=12).prop_map(|(year, month)| Moment::Month(year, month)),
            (1990_i16..2040, 1_i8..=12, 1_i8..=28)
                .prop_map(|(year, month, day)| Moment::Day(date(year, month, day))),
        ]
    }

    fn place() -> impl Strategy<Value = QuotePlace> {
        (words(), 1_u32..9, 1_u32..3, 0_u32..99, 1_u32..9).prop_map(
            |(document, paragraph, nth, start, length)| QuotePlace {
                document,
                paragraph,
                digest: "ab12".into(),
                nth,
                start,
                end: start + length,
            },
        )
    }

    fn document() -> impl Strategy<Value = ReadDocument> {
        let optional = || proptest::option::of(words());
        let paragraphs = proptest::collection::vec(words(), 0..3);
        (words(), words(), optional(), optional(), paragraphs).prop_map(
            |(id, title, publisher, date, paragraphs)| ReadDocument {
                id,
                title,
                publisher,
                date,
                sha256: "cd34".into(),
                paragraphs: paragraphs.into(),
            },
        )
    }

    fn figure() -> impl Strategy<Value = RecordedFigure> {
        let reading = prop_oneof![
            decimal().prop_map(RecordedAmount::Number),
            (decimal(), decimal()).prop_map(|(low, high)| RecordedAmount::Range(low, high)),
            words().prop_map(RecordedAmount::Label),
            proptest::sample::select(Stage::ALL).prop_map(RecordedAmount::Stage),
        ];
        let when = prop_oneof![
            moment().prop_map(When::At),
            moment().prop_map(When::Announced),
            (moment(), moment()).prop_map(|(from, to)| When::Period(from, to)),
            Just(When::Unstated),
        ];
        let rest = (
            proptest::sample::select(Bound::ALL),
            proptest::option::of(words()),
            proptest::option::of(proptest::sample::select(Grade::ALL)),
            proptest::option::of(place()),
        );
        (reading, when, rest).prop_map(|(reading, when, (bound, source, grade, place))| RecordedFigure {
            reading,
            when,
            bound,
            source,
            grade,
            quote: place.map(|place| Box::new(Quote { place, sentence: "ef56".into() })),
        })
    }

    fn event() -> impl Strategy<Value = Event> {
        let state = proptest::option::of(proptest::sample::select(&State::ALL[..8]));
        let kind = proptest::sample::select(NoteKind::ALL);
        let outcome = proptest::sample::select(Outcome::ALL);
        let optional = || proptest::option::of(words());
        prop_oneof![
            (name(), state, optional()).prop_map(|(node, status, reason)| Event::Status {
                node,
                status,
                reason
            }),
            (name(), proptest::option::of(0_u8..=100))
                .prop_map(|(node, progress)| Event::Progress { node, progress }),
            (name(), kind, words()).prop_map(|(node, kind, text)| Event::Note { node, kind, text }),
            (proptest::option::of(name()), "[a-f0-9.-]{1,20}", words())
                .prop_map(|(node, of, text)| Event::NoteEdit { node, of: of.into(), text }),
            (name(), "[a-f0-9.-]{1,20}")
                .prop_map(|(node, of)| Event::NoteRetract { node: Some(node), of: of.into() }),
            (name(), figure()).prop_map(|(node, figure)| Event::Value { node, figure }),
            (name(), proptest::sample::select(ClaimRole::ALL), figure())
                .prop_map(|(node, role, figure)| Event::Claim { node, role, figure }),
            document().prop_map(|document| Event::Document(Box::new(document))),
            (place(), proptest::sample::select(FigureOutcome::ALL), proptest::option::of(name())).prop_map(
                |(place, outcome, node)| Event::Decided(Box::new(FigureDecision { place, outcome, node }))
            ),
            (name(), "[a-f0-9.-]{1,20}")
                .prop_map(|(node, of)| Event::ValueRetract { node: Some(node), of: of.into() }),
            (name(), name()).prop_map(|(node, tag)| Event::Tag { node, tag }),
            (name(), name()).prop_map(|(node, tag)| Event::Untag { node, tag }),
            name().prop_map(|node| Event::Star { node }),
            name().prop_map(|node| Event::Unstar { node }),
            (name(), outcome, proptest::option::of(0_u32..9999)).prop_map(|(node, outcome, seconds)| {
                Event::Reviewed { node, outcome, until: Some(date(2027, 1, 2)), seconds }
            }),
            (optional(), proptest::option::of(any::<u64>())).prop_map(|(query, seed)| Event::Session {
                mark: SessionMark::Start,
                query,
                order: Some("random".into()),
                seed,
                blind: Blindness::Blind,
            }),
            (name(), moment()).prop_map(|(node, at)| Event::SeriesBreak { node, at }),
            (name(), name()).prop_map(|(node, to)| Event::Reattach { node, to }),
            (name(), optional()).prop_map(|(node, reason)| Event::Settled { node, reason }),
            "[a-f0-9-]{1,36}".prop_map(|of| Event::Undo { of: RecordId::new(&of).unwrap() }),
        ]
    }

    fn record() -> impl Strategy<Value = Record> {
        let head = ("[a-f0-9-]{8,36}", any::<u64>(), 0_i64..4_000_000_000_000, -12_i8..=14, "[a-z李]{1,9}");
        (head, proptest::collection::vec(event(), 0..4), proptest::option::of(words())).prop_map(
            |((id, seq, millis, hours, by), events, session)| Record {
                id: RecordId::new(&id).unwrap(),
                seq,
                at: ZonedInstant {
                    instant: jiff::Timestamp::from_millisecond(millis).unwrap(),
                    offset: Offset::from_hours(hours).unwrap(),
                },
                by: Author::new(&by).unwrap(),
                plan: "p".into(),
                session,
                ahead: if seq % 3 == 0 { Box::new([RecordId::new("r-9").unwrap()]) } else { Box::default() },
                writer: (seq % 2 == 0).then(|| crate::journal::WriterCount { writer: "w-1".into(), n: seq }),
                events: events.into(),
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(record in record()) {
            let line = line(&record);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(read_back(&line), record);
        }

        #[test]
        fn no_line_makes_the_reader_panic(line in "\\PC{0,40}|[{}\\[\\]\":,a-z0-9]{0,60}") {
            let _ = parse(&line, &mut NameInterner::default());
        }

        #[test]
        fn a_record_cut_short_is_never_taken_for_a_whole_one(record in record(), cut in 0.0_f64..1.0) {
            let line = line(&record);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let bytes = (line.len() as f64 * cut) as usize;
            prop_assert!(!is_whole(&line.as_bytes()[..bytes]));
        }
    }
}
