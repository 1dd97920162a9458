//! Until when a card is put off, as people write it: a day, or so many days, weeks, months or years from
//! today.

use jiff::Span;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::text::Bilingual;

/// Reads `2027-01-31`, `30d`, `6w`, `3m`, `1y`, and the units in Chinese. Whether it lies ahead is the
/// session's question.
///
/// # Errors
/// How it is written.
pub fn parse(text: &str, today: Date) -> Result<Date, Bilingual> {
    // Full-width digits are what an input method types for their twins.
    let text: String = text.trim().nfkc().collect();
    let day = text.parse::<Date>().ok().or_else(|| today.checked_add(span(&text)?).ok());
    day.ok_or_else(|| {
        Bilingual::new(
            "写作 2027-01-31，或 30d、6w、3m、1y（天、周、月、年）",
            "write 2027-01-31, or 30d, 6w, 3m, 1y (days, weeks, months, years)",
        )
    })
}

fn span(text: &str) -> Option<Span> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(unit_at);
    // Four digits reach past the calendar's end at most, which the addition refuses.
    let count = i64::from(count.parse::<u16>().ok()?);
    let span = Span::new();
    match unit.trim() {
        "d" | "天" | "日" => Some(span.days(count)),
        "w" | "周" => Some(span.weeks(count)),
        "m" | "月" | "个月" => Some(span.months(count)),
        "y" | "年" => span.try_years(count).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case("2027-01-31", Some(date(2027, 1, 31)))]
    #[case(" 30d ", Some(date(2026, 12, 23)))]
    #[case("6w", Some(date(2027, 1, 4)))]
    #[case("3m", Some(date(2027, 2, 23)))]
    #[case("1y", Some(date(2027, 11, 23)))]
    #[case("３个月", Some(date(2027, 2, 23)))]
    #[case("10 天", Some(date(2026, 12, 3)))]
    #[case("0d", Some(date(2026, 11, 23)))]
    #[case("", None)]
    #[case("d", None)]
    #[case("3", None)]
    #[case("3x", None)]
    #[case("-3d", None)]
    #[case("99999y", None)]
    #[case("20000y", None)]
    #[case("65535y", None)]
    #[case("soon", None)]
    fn a_day_or_a_while_is_read(#[case] text: &str, #[case] expected: Option<Date>) {
        assert_eq!(parse(text, date(2026, 11, 23)).ok(), expected);
    }
}
