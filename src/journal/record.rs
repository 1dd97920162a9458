//! One step somebody took: when, who, on which plan, and what. Records never change once written.

use std::cmp::Ordering;
use std::fmt;
use std::time::SystemTime;

use jiff::civil::Date;
use jiff::fmt::temporal::{DateTimePrinter, Pieces};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use uuid::Uuid;

use super::author::Author;
use super::event::Event;
pub use super::name::{NodeName, RecordId};
use crate::plan::as_of::AsOf;
use crate::text::Ui;

/// The version of records that this program writes.
pub const VERSION: u64 = 1;

/// Whether a record counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordValidity {
    /// The record counts.
    Holds,
    /// A later record took it back, or it is not visible at the as-of instant.
    Undone,
}

impl RecordValidity {
    /// What is written behind a record in a list: nothing where it counts.
    pub fn remark(self, ui: Ui) -> &'static str {
        match self {
            RecordValidity::Holds => "",
            RecordValidity::Undone => ui.pick("（已撤销）", " (undone)"),
        }
    }
}

/// An instant with the offset from UTC of the place it was written at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZonedInstant {
    /// The point in time, in UTC.
    pub instant: Timestamp,
    /// The offset of the clock that wrote it, so that its day is the author's day.
    pub offset: Offset,
}

impl ZonedInstant {
    /// A moment of the clock, to the millisecond.
    pub fn new(now: &ZonedDateTime) -> Self {
        let whole = Timestamp::from_millisecond(now.timestamp().as_millisecond()).unwrap_or(now.timestamp());
        // Offsets are written in whole minutes; a few historical ones have seconds.
        let minutes = now.offset().seconds() / 60 * 60;
        Self { instant: whole, offset: Offset::from_seconds(minutes).unwrap_or(Offset::UTC) }
    }

    /// Reads RFC 3339 with its offset: `2026-11-23T14:02:11.204+08:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text).ok()?;
        if pieces.time_zone_annotation().is_some() {
            return None;
        }
        let offset = pieces.to_numeric_offset()?;
        let instant = offset.to_timestamp(pieces.date().to_datetime(pieces.time()?)).ok()?;
        Some(Self { instant, offset })
    }

    /// The calendar day of the author's own clock at that instant.
    pub fn day(self) -> Date {
        self.offset.to_datetime(self.instant).date()
    }

    /// This moment, or the first whole millisecond at least one after another, where that is later: an
    /// author's records never run backwards.
    pub fn not_before(self, latest: Option<Timestamp>) -> Self {
        let Some(latest) = latest else { return self };
        let next = latest.saturating_add(SignedDuration::from_micros(1999)).unwrap_or(Timestamp::MAX);
        let whole = Timestamp::from_millisecond(next.as_millisecond()).unwrap_or(next);
        Self { instant: self.instant.max(whole), ..self }
    }

    /// Whether it was there by an as-of: by that instant, or before the end of that day. Of a day whose end is
    /// not known, as in files of version 1, the record's own day counts.
    pub fn is_by(self, as_of: AsOf) -> bool {
        match (as_of.instant(), as_of.end()) {
            (Some(instant), _) => self.instant <= instant,
            (None, Some(end)) => self.instant < end,
            (None, None) => !as_of.is_named() || self.day() <= as_of.day(),
        }
    }
}

impl fmt::Display for ZonedInstant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = if self.instant.subsec_nanosecond() % 1_000_000 == 0 { 3 } else { 9 };
        let printer = DateTimePrinter::new().precision(Some(places));
        out.write_str(&printer.timestamp_with_offset_to_string(&self.instant, self.offset))
    }
}

/// One step: all its events or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The id that later records use to edit, undo or withdraw this one.
    pub id: RecordId,
    /// Its number: one more than the highest its writer had read.
    pub seq: u64,
    /// The time as of which it counts: that at which it was written, or where a record names it as written by
    /// a clock that ran ahead, that of the naming (`docs/journal-format.md`, Clocks).
    pub at: ZonedInstant,
    /// The author, who is also the owner of the file.
    pub by: Author,
    /// The plan's id.
    pub plan: NodeName,
    /// The review session it belongs to.
    pub session: Option<Box<str>>,
    /// Records that were written by a clock that ran ahead: they count as of this one's time.
    pub ahead: Box<[RecordId]>,
    /// Who wrote it, as an installation of the program counts its records.
    pub writer: Option<WriterCount>,
    /// What happened, in order.
    pub events: Box<[Event]>,
}

/// A record's number among those that one installation wrote. It orders nothing: it says which records
/// somebody held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriterCount {
    /// The installation and the author.
    pub writer: Box<str>,
    /// From 1, without gaps.
    pub n: u64,
}

impl Record {
    /// The order in which every machine folds: instant, author, number, id.
    pub fn order(&self, other: &Self) -> Ordering {
        let by_time = self.at.instant.cmp(&other.at.instant);
        by_time
            .then_with(|| self.by.cmp(&other.by))
            .then_with(|| self.seq.cmp(&other.seq))
            .then_with(|| self.id.cmp(&other.id))
    }

    /// The records it takes back.
    pub fn undoes(&self) -> impl Iterator<Item = &RecordId> {
        self.events.iter().filter_map(|event| match event {
            Event::Undo { of } => Some(of),
            _ => None,
        })
    }

    /// Whether it takes others back.
    pub fn is_undo(&self) -> bool {
        self.undoes().next().is_some()
    }

    /// Whether `undo` may pick it: it says something, and is more than the frame of a review session.
    pub fn is_ordinary(&self) -> bool {
        !self.is_undo() && self.events.iter().any(|event| !matches!(event, Event::Session { .. }))
    }

    /// How a note or value is called that the record's event at `index` (from 0) made: by the record where it
    /// made no other, else with the event's place from 1 behind a dot.
    pub fn item_id(&self, index: usize) -> String {
        let items = self.events.iter().filter(|event| event.makes_item());
        if items.count() == 1 { self.id.to_string() } else { format!("{}.{}", self.id, index + 1) }
    }
}

/// What is to be recorded: everything but who, when and the id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// What happens, in order.
    pub events: Vec<Event>,
    /// The review session it belongs to.
    pub session: Option<Box<str>>,
    /// Records of others that are named as written by a clock that ran ahead.
    pub ahead: Vec<RecordId>,
}

impl Step {
    /// A step of these events, which are written and undone together.
    pub fn new(events: Vec<Event>) -> Self {
        Self { events, ..Self::default() }
    }

    /// A step that says nothing but that a record was written by a clock that ran ahead.
    pub fn correcting(record: RecordId) -> Self {
        Self { ahead: vec![record], ..Self::default() }
    }

    /// Whether there is nothing to be written.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.ahead.is_empty()
    }

    /// Every word somebody wrote for it, to be handed back where it could not be saved.
    pub fn text(&self) -> String {
        self.events.iter().filter_map(Event::text).collect::<Vec<_>>().join("\n\n")
    }
}

/// The moment and the id of a step, taken at the edge.
#[derive(Clone, Debug)]
pub struct RecordStamp {
    /// The time and zone that the records will carry.
    pub now: ZonedDateTime,
    /// A fresh UUIDv7.
    pub id: Uuid,
    /// The random id of this installation; `None` where it has no state directory.
    pub installation: Option<Box<str>>,
}

impl RecordStamp {
    /// A moment and an id, written by no installation.
    pub fn new(now: ZonedDateTime, id: Uuid) -> Self {
        Self { now, id, installation: None }
    }

    /// The same, written by an installation.
    pub fn written_by(self, installation: Option<&str>) -> Self {
        Self { installation: installation.map(Into::into), ..self }
    }

    /// The moment it is, and a fresh id.
    pub fn now() -> Self {
        Self::of_clock(SystemTime::now())
    }

    /// The moment a clock tells, in the system's time zone, and a fresh id. A clock may tell anything: a
    /// computer without a battery begins in 1970 or before. The id of a moment that no UUIDv7 can hold has
    /// the nearest one that it can; what makes it unique is random.
    pub fn of_clock(clock: SystemTime) -> Self {
        let since_1970 = clock.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let moment = uuid::Timestamp::from_unix(
            uuid::NoContext,
            since_1970.as_secs().min(MAX_ID_SECONDS),
            since_1970.subsec_nanos(),
        );
        let instant = Timestamp::try_from(clock).unwrap_or(Timestamp::UNIX_EPOCH);
        Self::new(instant.to_zoned_datetime(TimeZone::system()), Uuid::new_v7(moment))
    }
}

/// The last second whose milliseconds the 48 bits of a UUIDv7 hold, some day in the year 10889.
const MAX_ID_SECONDS: u64 = (1 << 48) / 1000 - 1;

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("2026-11-23T14:02:11.204+08:00", "2026-11-23T14:02:11.204+08:00")]
    #[case("2026-11-23T14:02:11+08:00", "2026-11-23T14:02:11.000+08:00")]
    #[case("2026-11-23T14:02:11.2045Z", "2026-11-23T14:02:11.204500000+00:00")]
    fn a_moment_keeps_its_offset(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(ZonedInstant::parse(text).unwrap().to_string(), shown);
    }

    #[rstest]
    #[case("2026-11-23")]
    #[case("2026-11-23T14:02:11")]
    #[case("2026-11-23T14:02:11+08:00[Asia/Shanghai]")]
    #[case("")]
    #[case("yesterday")]
    fn what_is_no_instant_is_none(#[case] text: &str) {
        assert_eq!(ZonedInstant::parse(text), None);
    }

    #[rstest]
    #[case("2026-11-23T14:00:00.000Z", None, "2026-11-23T14:00:00.000+00:00")]
    #[case("2026-11-23T14:00:00.000Z", Some("2026-11-23T13:00:00Z"), "2026-11-23T14:00:00.000+00:00")]
    #[case("2026-11-23T14:00:00.000Z", Some("2026-11-23T14:00:00.000Z"), "2026-11-23T14:00:00.001+00:00")]
    #[case("2026-11-23T14:00:00.000Z", Some("2027-01-01T00:00:00.0005Z"), "2027-01-01T00:00:00.002+00:00")]
    fn a_clock_that_runs_backwards_is_overtaken(
        #[case] now: &str,
        #[case] latest: Option<&str>,
        #[case] expected: &str,
    ) {
        let latest = latest.map(|latest| ZonedInstant::parse(latest).unwrap().instant);
        assert_eq!(ZonedInstant::parse(now).unwrap().not_before(latest).to_string(), expected);
    }

    #[rstest]
    #[case("2026-11-23T23:30:00+08:00", "2026-11-23", true)]
    #[case("2026-11-24T00:30:00+08:00", "2026-11-23", false)]
    // The 23rd in UTC, the 24th where it was written.
    #[case("2026-11-24T00:30:00+08:00", "2026-11-23T23:00:00Z", true)]
    #[case("2026-11-23T23:30:00-08:00", "2026-11-23", true)]
    #[case("2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z", true)]
    #[case("2026-11-23T12:00:00.001Z", "2026-11-23T12:00:00Z", false)]
    fn a_day_without_a_known_end_is_counted_in_the_records_own_offset(
        #[case] at: &str,
        #[case] as_of: &str,
        #[case] by: bool,
    ) {
        assert_eq!(ZonedInstant::parse(at).unwrap().is_by(AsOf::parse(as_of).unwrap()), by);
    }

    #[rstest]
    // The reader is in Chongqing, where the 23rd ends at 16:00 UTC.
    #[case("2026-11-23T23:59:59.999+08:00", true)]
    #[case("2026-11-24T00:00:00+08:00", false)]
    #[case("2026-11-23T15:59:59Z", true)]
    // Written in London on the evening of the 23rd, which is the 24th in Chongqing.
    #[case("2026-11-23T20:00:00Z", false)]
    fn a_day_ends_where_the_reader_is(#[case] at: &str, #[case] by: bool) {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let as_of = AsOf::parse("2026-11-23").unwrap().ending_in(&zone);
        assert_eq!(ZonedInstant::parse(at).unwrap().is_by(as_of), by);
        assert_eq!(as_of.to_string(), "2026-11-23");
    }

    /// A clock that many seconds after 1970, or before it.
    fn clock(seconds: i64) -> SystemTime {
        let by = std::time::Duration::from_secs(seconds.unsigned_abs());
        if seconds < 0 { SystemTime::UNIX_EPOCH - by } else { SystemTime::UNIX_EPOCH + by }
    }

    #[rstest]
    #[case::a_day_before_1970(-86_400, "1969-12-31")]
    #[case::the_year_1000(-30_610_224_000, "1000-01-01")]
    #[case::its_first_second(0, "1970-01-01")]
    #[case::a_long_time_from_now(200_000_000_000, "8307-10-01")]
    #[case::beyond_every_calendar(400_000_000_000_000, "1970-01-01")]
    #[case::before_every_calendar(-400_000_000_000_000, "1970-01-01")]
    fn whatever_the_clock_tells_a_step_has_a_moment_that_can_be_read_and_an_id(
        #[case] seconds: i64,
        #[case] day: &str,
    ) {
        let stamps = [RecordStamp::of_clock(clock(seconds)), RecordStamp::of_clock(clock(seconds))];
        assert_eq!(stamps.each_ref().map(|stamp| stamp.id.get_version_num()), [7, 7]);
        assert_ne!(stamps[0].id, stamps[1].id);
        let at = ZonedInstant::new(&stamps[0].now);
        assert_eq!(ZonedInstant::parse(&at.to_string()), Some(at));
        assert_eq!(at.instant.to_zoned_datetime(TimeZone::UTC).date().to_string(), day);
    }

    #[test]
    fn ids_of_later_moments_sort_later() {
        let ids = [-1, 0, 1, 1_800_000_000, 200_000_000_000].map(|at| RecordStamp::of_clock(clock(at)).id);
        // What lies before 1970 has the moment of 1970 in its id.
        assert!(ids[1..].is_sorted() && ids[0] < ids[2], "{ids:?}");
    }

    #[test]
    fn the_last_moment_there_is_does_not_overflow() {
        let at = ZonedInstant { instant: Timestamp::MAX, offset: Offset::UTC };
        assert_eq!(at.not_before(Some(Timestamp::MAX)).instant, Timestamp::MAX);
    }
}
