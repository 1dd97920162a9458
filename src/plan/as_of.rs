//! The day that counts as today, and what was not yet known on it (`docs/judging.md`, As of). Pure.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;

use super::metric::{Metric, Moment, Official, Value, When};
use super::{Plan, SourceId};

/// How precisely the moment was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AsOfPrecision {
    /// Nobody named one: it is now, and nothing is hidden.
    Now,
    /// A day, wherever it is.
    Day,
    /// A day that ends at an instant, which is the first of the next day where the reader is.
    DayUntil(Timestamp),
    Instant(Timestamp),
}

/// The moment as of which everything is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    day: Date,
    named: AsOfPrecision,
}

impl AsOf {
    /// No as-of: `today` is the day in the local zone.
    pub fn now(today: Date) -> Self {
        Self { day: today, named: AsOfPrecision::Now }
    }

    /// Everything known by the end of `day`.
    pub const fn on(day: Date) -> Self {
        Self { day, named: AsOfPrecision::Day }
    }

    /// Reads a date (`2025-10-20`: all of that day) or an RFC 3339 instant (`2025-10-20T12:00:00+08:00`);
    /// `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() == 10 {
            return text.parse().ok().map(|day| Self { day, named: AsOfPrecision::Day });
        }
        let pieces = Pieces::parse(text).ok()?;
        let complete = pieces.time().is_some()
            && pieces.time_zone_annotation().is_none()
            && text.as_bytes().get(10).is_some_and(|byte| matches!(byte, b'T' | b't' | b' '));
        let instant: Timestamp = text.parse().ok()?;
        complete.then(|| Self { day: pieces.date(), named: AsOfPrecision::Instant(instant) })
    }

    /// The same where a day was named, with its end as it is in a time zone: what was recorded before that is
    /// by the end of the day, wherever it was written.
    #[must_use]
    pub fn ending_in(self, zone: &TimeZone) -> Self {
        let end = || self.day.tomorrow().ok()?.at(0, 0, 0, 0).to_zoned_datetime(zone.clone()).ok();
        match self.named {
            AsOfPrecision::Day => end().map_or(self, |end| self.until(end.timestamp())),
            _ => self,
        }
    }

    /// The same where a day was named, with the instant at which it ends.
    #[must_use]
    pub fn until(self, end: Timestamp) -> Self {
        match self.named {
            AsOfPrecision::Day | AsOfPrecision::DayUntil(_) => {
                Self { named: AsOfPrecision::DayUntil(end), ..self }
            }
            AsOfPrecision::Now | AsOfPrecision::Instant(_) => self,
        }
    }

    /// The first instant that is no longer by it, where a day was named and its end is known.
    pub fn end(self) -> Option<Timestamp> {
        match self.named {
            AsOfPrecision::DayUntil(end) => Some(end),
            _ => None,
        }
    }

    /// The day that counts as today.
    pub fn day(self) -> Date {
        self.day
    }

    /// The instant, where one was named.
    pub fn instant(self) -> Option<Timestamp> {
        match self.named {
            AsOfPrecision::Instant(instant) => Some(instant),
            AsOfPrecision::Now | AsOfPrecision::Day | AsOfPrecision::DayUntil(_) => None,
        }
    }

    /// Whether somebody named it.
    pub fn is_named(self) -> bool {
        self.named != AsOfPrecision::Now
    }

    /// Whether a value of the plan was not yet known: everything that says it is dated later. A value nobody
    /// dated is known.
    ///
    /// A source dated by year or month is later only where all of that year or month is, so that nothing is
    /// hidden on a guess. A source without a date counts by the value's own day of publication or
    /// announcement, which may be later than its source's date too. One figure in several sources was known
    /// with the first.
    pub fn hides(self, plan: &Plan, value: &Value) -> bool {
        if !self.is_named() {
            return false;
        }
        let date_of = |id: &SourceId| plan.sources.get(id.0 as usize)?.date;
        let announced = match value.when {
            When::Announced(moment) => Some(moment),
            _ => None,
        };
        let own = [value.source.as_ref().and_then(date_of), value.published.or(announced)];
        let own_later =
            own.iter().any(Option::is_some).then(|| own.iter().flatten().any(|date| self.is_before(*date)));
        let repeated = value.also.iter().filter_map(date_of).map(|date| self.is_before(date));
        let mut known = own_later.into_iter().chain(repeated).peekable();
        known.peek().is_some() && known.all(|later| later)
    }

    /// The official verdict on a metric, unless its source is dated later.
    pub fn official<'m>(self, plan: &Plan, metric: &'m Metric) -> Option<&'m Official> {
        metric.official.as_ref().filter(|official| {
            let date = official.source.and_then(|id| plan.sources.get(id.0 as usize)?.date);
            !date.is_some_and(|date| self.is_before(date))
        })
    }

    /// Whether a moment lies wholly after this day.
    pub fn is_before(self, moment: Moment) -> bool {
        let day = (self.day.year(), self.day.month(), self.day.day());
        match moment {
            Moment::Year(year) => day.0 < year,
            Moment::Month(year, month) => (day.0, day.1) < (year, month),
            Moment::Day(other) => self.day < other,
            Moment::Between(first, _) => self.is_before(first.into()),
        }
    }
}

impl std::fmt::Display for AsOf {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.named {
            AsOfPrecision::Instant(instant) => write!(out, "{instant}"),
            AsOfPrecision::Now | AsOfPrecision::Day | AsOfPrecision::DayUntil(_) => {
                write!(out, "{}", self.day)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::SourceId;
    use crate::plan::metric::{Amount, Decimal};
    use crate::plan::register::Source;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case("2025-10-20", Some(date(2025, 10, 20)), "2025-10-20")]
    #[case("2025-10-20T23:30:00+08:00", Some(date(2025, 10, 20)), "2025-10-20T15:30:00Z")]
    #[case("2025-10-20T23:30:00Z", Some(date(2025, 10, 20)), "2025-10-20T23:30:00Z")]
    #[case("2024-02-29", Some(date(2024, 2, 29)), "2024-02-29")]
    #[case("2025-02-29", None, "")]
    #[case("2025-13-01", None, "")]
    #[case("2025-10", None, "")]
    #[case("2025", None, "")]
    #[case("2025-10-20T23:30:00", None, "")]
    #[case("20/10/2025", None, "")]
    #[case("tomorrow", None, "")]
    #[case("", None, "")]
    #[case("2025-1-2", None, "")]
    #[case("二〇二五年", None, "")]
    fn a_date_or_an_instant_is_read_and_nothing_else(
        #[case] text: &str,
        #[case] day: Option<Date>,
        #[case] shown: &str,
    ) {
        let as_of = AsOf::parse(text);
        assert_eq!(as_of.map(AsOf::day), day);
        assert_eq!(as_of.map(|as_of| as_of.to_string()).unwrap_or_default(), shown);
    }

    fn value(source: Option<u32>, also: &[u32], when: When) -> Value {
        Value {
            source: source.map(SourceId),
            also: also.iter().copied().map(SourceId).collect(),
            ..Value::new(Amount::Number(Decimal::whole(1)), when)
        }
    }

    /// Sources 0: 2025-02-28, 1: 2025-10, 2: 2026, 3: undated.
    fn plan() -> Plan {
        let dates = ["2025-02-28", "2025-10", "2026"].map(Moment::parse).into_iter().chain([None]);
        let sources = dates.map(|date| Source { date, ..Source::default() }).collect();
        Plan { sources, ..Plan::default() }
    }

    #[rstest]
    #[case("2025-02-27", Some(0), &[], true)]
    #[case("2025-02-28", Some(0), &[], false)]
    #[case("2025-09-30", Some(1), &[], true)]
    #[case("2025-10-01", Some(1), &[], false)]
    #[case("2025-12-31", Some(2), &[], true)]
    #[case("2026-01-01", Some(2), &[], false)]
    #[case("1900-01-01", Some(3), &[], false)]
    #[case("1900-01-01", None, &[], false)]
    #[case("2025-03-01", Some(2), &[0], false)]
    #[case("2025-02-01", Some(2), &[0, 3], true)]
    fn values_said_later_are_hidden(
        #[case] as_of: &str,
        #[case] source: Option<u32>,
        #[case] also: &[u32],
        #[case] hidden: bool,
    ) {
        let as_of = AsOf::parse(as_of).unwrap();
        assert_eq!(as_of.hides(&plan(), &value(source, also, When::At(Moment::Year(2020)))), hidden);
    }

    #[test]
    fn without_a_dated_source_the_day_of_announcement_counts() {
        let announced = When::Announced(Moment::Day(date(2025, 10, 20)));
        let before = AsOf::parse("2025-10-19").unwrap();
        assert!(before.hides(&plan(), &value(None, &[], announced)));
        assert!(before.hides(&plan(), &value(Some(3), &[], announced)));
        assert!(!AsOf::parse("2025-10-20").unwrap().hides(&plan(), &value(None, &[], announced)));
    }

    #[rstest]
    #[case("2025-02-28", true)]
    #[case("2025-03-01", false)] // the first day it may have been said on
    fn what_was_said_between_two_times_is_known_from_the_first(#[case] as_of: &str, #[case] hidden: bool) {
        let between = Moment::parse_span("2025-03/2025-05").unwrap();
        let as_of = AsOf::parse(as_of).unwrap();
        assert_eq!(as_of.hides(&plan(), &value(None, &[], When::Announced(between))), hidden);
        let dated =
            Plan { sources: vec![Source { date: Some(between), ..Source::default() }], ..Plan::default() };
        assert_eq!(as_of.hides(&dated, &value(Some(0), &[], When::At(Moment::Year(2024)))), hidden);
    }

    #[test]
    fn a_value_published_after_its_document_is_known_from_then() {
        let value = Value {
            published: Some(Moment::Day(date(2025, 6, 1))),
            ..value(Some(0), &[], When::At(Moment::Year(2024)))
        };
        assert!(AsOf::parse("2025-05-31").unwrap().hides(&plan(), &value)); // the document is of 2025-02-28
        assert!(!AsOf::parse("2025-06-01").unwrap().hides(&plan(), &value));
    }

    #[test]
    fn without_an_as_of_nothing_is_hidden() {
        let now = AsOf::now(date(2020, 1, 1));
        assert!(!now.hides(&plan(), &value(Some(2), &[], When::Unstated)));
    }
}
