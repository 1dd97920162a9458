//! A year, month or day as people write it, alone in a text: 2025, 2025-10, 2025年10月, ２０２５年.

use super::input::plain;
use super::letters::is_dash;
use crate::plan::metric::Moment;

/// A time written with 年, 月 and 日 as one with dashes: `2025年3月` is `2025-03`. Anything else stays as it is.
fn dashed(text: &str) -> String {
    let parts: Vec<&str> = text.split_inclusive(['年', '月', '日']).collect();
    let numbers: Option<Vec<&str>> =
        parts.iter().zip(['年', '月', '日']).map(|(part, word)| part.strip_suffix(word)).collect();
    match numbers {
        Some(numbers) if numbers.len() == parts.len() && !parts.is_empty() => {
            let numbers: Vec<String> =
                numbers.iter().map(|number| format!("{:0>2}", number.trim())).collect();
            numbers.join("-")
        }
        _ => text.to_owned(),
    }
}

/// A month by its English name and a year: `Mar 2025`.
fn by_name(text: &str) -> Option<Moment> {
    let (month, year) = text.split_once(' ')?;
    let month = super::times::month_number(month.trim_end_matches('.'))?;
    let year = year.trim();
    let year = (year.len() == 4).then(|| year.parse().ok())??;
    Some(Moment::Month(year, month))
}

/// A year, month or day that is all of a text.
pub fn moment(text: &str) -> Option<Moment> {
    let plain = plain(text);
    Moment::parse(&dashed(&plain)).or_else(|| by_name(&plain))
}

/// Two times with `..` or a dash between them: `2021..2025`, 2021—2025年.
pub fn period(text: &str) -> Option<(Moment, Moment)> {
    if let Some((from, to)) = plain(text).split_once("..") {
        return Some((moment(from)?, moment(to)?));
    }
    // Before the dashes are all one: 2025-10 is a month, 2021–2025 a period.
    let at = text.find(|c| is_dash(c) && c != '-')?;
    let (from, to) = text.split_at(at);
    let to = to.trim_start_matches(is_dash);
    Some((moment(from)?, moment(to)?))
}
