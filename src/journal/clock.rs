//! Clocks that are wrong: what a writer dates its record by, and which of its earlier ones it corrects.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ZonedDateTime};

use super::author::Author;
use super::book::Book;
use super::record::{RecordId, ZonedInstant};
use crate::text::Bilingual;

/// No clock that is right tells a day before this version was made. Set with each release.
pub const RELEASED: Date = date(2026, 11, 1);

/// How far a record may lie ahead of a clock that is right: two machines never quite agree.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(1);

/// What the clock says, and what is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockReading {
    /// The time the record is dated by.
    pub at: ZonedInstant,
    /// The author's own records that lie ahead: the new record names them.
    pub ahead: Vec<RecordId>,
    /// The clock runs behind, so that nothing can be said of records ahead of it.
    pub is_behind: bool,
}

impl ClockReading {
    /// Reads a clock for an author. The record's time is never before that of the author's latest record, but
    /// for those that lie ahead of a clock that may be right.
    pub fn new(book: &Book, by: &Author, now: &ZonedDateTime) -> Self {
        let here = ZonedInstant::new(now);
        let is_behind = now.date() < RELEASED || book.first(by).is_some_and(|first| first > here.instant);
        let limit = if is_behind { Timestamp::MAX } else { limit(here.instant) };
        let ahead = if is_behind { Vec::new() } else { book.ahead_of(by, limit) };
        Self { at: here.not_before(book.latest(by, limit)), ahead, is_behind }
    }

    /// What the author should know of it; nothing where the clock agrees with the records.
    pub fn remark(&self) -> Option<Bilingual> {
        if self.is_behind {
            return Some(Bilingual::new(
                "本机时钟偏早，记录的时间接在您最近一条记录之后；请校准时钟",
                "this machine's clock runs behind: the record is dated after your latest one; set the clock right",
            ));
        }
        let count = self.ahead.len();
        let records = if count == 1 { "1 record".to_owned() } else { format!("{count} records") };
        (count > 0).then(|| {
            Bilingual::new(
                format!("您有{count}条记录的时间晚于现在（时钟曾偏快），自此按本条记录的时间计"),
                format!(
                    "{records} of yours were dated ahead of the clock: they count as of this one from now on"
                ),
            )
        })
    }
}

/// The latest time that is not ahead of a clock.
pub fn limit(now: Timestamp) -> Timestamp {
    now.saturating_add(TOLERANCE).unwrap_or(Timestamp::MAX)
}
