//! Times as decimal years, counted in days of the year (`docs/judging.md`, Time).
//!
//! A year alone means its end (2024 → 2025.0), a month its end, a day its number over the days of its year
//! (2025-10-20 → 2025.803).

use jiff::civil::Date;

use super::interval::Interval;
use crate::plan::metric::{Moment, When};

/// A day in decimal years: its number over the days of its year.
pub fn day_years(day: Date) -> f64 {
    f64::from(day.year()) + f64::from(day.day_of_year()) / f64::from(day.days_in_year())
}

/// A moment in decimal years; a year and a month stand for their end.
pub fn years(moment: Moment) -> f64 {
    match moment {
        Moment::Year(year) => f64::from(year) + 1.0,
        Moment::Month(year, month) => Date::new(year, month, 1)
            .map_or(f64::from(year) + f64::from(month) / 12.0, |first| day_years(first.last_of_month())),
        Moment::Day(day) => day_years(day),
        Moment::Between(_, last) => years(last.into()),
    }
}

/// The month that a time in decimal years falls in; a month's end still belongs to it. `None` beyond the
/// calendar.
pub fn month_of(at: f64) -> Option<Moment> {
    let year = at.ceil().clamp(1.0, 10_000.0) as i16 - 1;
    let ends = (year - 1..=year).flat_map(|year| (1..=12).map(move |month| Moment::Month(year, month)));
    ends.filter(|month| (1..=9999).contains(&month.year())).find(|month| at <= years(*month) + 1e-9)
}

/// The time a value refers to. One that was only announced refers to some time between the end of the year
/// before and that day; `None` where the time is open.
pub fn span(when: When) -> Option<Interval> {
    match when {
        When::At(moment) | When::Period(_, moment) => Interval::point(years(moment)),
        When::Announced(moment) => Interval::new(f64::from(moment.year()), years(moment)),
        When::Undated | When::Unstated => None,
    }
}

/// The first day a value may have been announced on, as the end of that day; the end of its time where that
/// is stated.
pub fn latest_end(when: When) -> Option<f64> {
    match when {
        When::At(moment) | When::Period(_, moment) => Some(years(moment)),
        When::Announced(moment) => Some(day_years(first_day(moment)?)),
        When::Undated | When::Unstated => None,
    }
}

fn first_day(moment: Moment) -> Option<Date> {
    match moment {
        Moment::Year(year) => Date::new(year, 1, 1).ok(),
        Moment::Month(year, month) => Date::new(year, month, 1).ok(),
        Moment::Day(day) => Some(day),
        Moment::Between(first, _) => first_day(first.into()),
    }
}

/// How finely a value's time is given: the finer, the higher.
pub fn fineness(when: When) -> u8 {
    match when {
        When::At(moment) | When::Period(_, moment) | When::Announced(moment) => match moment {
            Moment::Year(_) => 1,
            Moment::Between(..) => 2,
            Moment::Month(..) => 3,
            Moment::Day(_) => 4,
        },
        When::Undated | When::Unstated => 0,
    }
}

/// The year a value refers to.
pub fn year_of(when: When) -> Option<i16> {
    latest_moment(when).map(Moment::year)
}

/// The last moment a value refers to.
pub fn latest_moment(when: When) -> Option<Moment> {
    match when {
        When::At(moment) | When::Period(_, moment) | When::Announced(moment) => Some(moment),
        When::Undated | When::Unstated => None,
    }
}

/// Years a flow runs over: a year is one, a span counts both its ends. `None` for what has no length.
pub fn length(when: When) -> Option<f64> {
    match when {
        When::At(Moment::Year(_)) => Some(1.0),
        When::Period(from, to) => {
            let length = years(to) - start(from);
            (length > 0.0).then_some(length)
        }
        _ => None,
    }
}

/// The beginning of a moment, in decimal years.
pub fn start(moment: Moment) -> f64 {
    match moment {
        Moment::Year(year) => f64::from(year),
        Moment::Month(year, 1) => f64::from(year),
        Moment::Month(year, month) => years(Moment::Month(year, month - 1)),
        Moment::Day(day) => {
            f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year())
        }
        Moment::Between(first, _) => start(first.into()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Moment::Year(2024), 2025.0)]
    #[case(Moment::Day(date(2024, 12, 31)), 2025.0)] // day 366 of 366
    #[case(Moment::Day(date(2025, 10, 20)), 2025.0 + 293.0 / 365.0)]
    #[case(Moment::Month(2025, 12), 2026.0)]
    #[case(Moment::Month(2028, 2), 2028.0 + 60.0 / 366.0)] // a leap year: 31 + 29
    #[case(Moment::Month(2025, 5), 2025.0 + 151.0 / 365.0)]
    fn a_moment_stands_for_its_end(#[case] moment: Moment, #[case] expected: f64) {
        assert!((years(moment) - expected).abs() < 1e-12, "{moment}: {}", years(moment));
    }

    #[rstest]
    #[case(2040.0 + 1.0 / 3.0, Some(Moment::Month(2040, 5)))] // day 122 of 366 is the first of May
    #[case(2040.0 + 121.0 / 366.0, Some(Moment::Month(2040, 4)))] // its last day
    #[case(2036.0, Some(Moment::Month(2035, 12)))] // the end of 2035
    #[case(2036.001, Some(Moment::Month(2036, 1)))]
    #[case(10_001.0, None)]
    #[case(-3.0, None)]
    #[case(f64::MAX, None)]
    fn a_time_falls_in_a_month(#[case] at: f64, #[case] expected: Option<Moment>) {
        assert_eq!(month_of(at), expected);
    }

    #[test]
    fn the_example_of_the_contract_holds_to_three_decimals() {
        assert_eq!(format!("{:.3}", years(Moment::Day(date(2025, 10, 20)))), "2025.803");
    }

    #[test]
    fn what_was_only_announced_lies_between_the_year_before_and_that_day() {
        let span = span(When::Announced(Moment::Day(date(2025, 10, 20)))).unwrap();
        assert!((span.lo() - 2025.0).abs() < 1e-12 && (span.hi() - 2025.8027).abs() < 1e-4);
    }

    #[test]
    fn what_was_announced_between_two_times_lies_before_the_last_of_them() {
        let between = Moment::parse_span("2025-03/2025-05").unwrap();
        let span = span(When::Announced(between)).unwrap();
        assert!((span.lo() - 2025.0).abs() < 1e-12 && (span.hi() - (2025.0 + 151.0 / 365.0)).abs() < 1e-12);
    }

    #[rstest]
    #[case(When::At(Moment::Year(2024)), Some(1.0))]
    #[case(When::Period(Moment::Year(2021), Moment::Year(2025)), Some(5.0))]
    #[case(When::Period(Moment::Month(2025, 1), Moment::Month(2025, 12)), Some(1.0))]
    #[case(When::Period(Moment::Year(2025), Moment::Year(2021)), None)]
    #[case(When::At(Moment::Day(date(2025, 1, 1))), None)]
    fn a_flow_has_the_length_of_its_span(#[case] when: When, #[case] expected: Option<f64>) {
        assert_eq!(length(when).map(|years| (years * 1e6).round() / 1e6), expected);
    }
}
