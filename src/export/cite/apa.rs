//! APA 7: Author. (Date). Title [Description]. Source. Address. Without an author the title comes first.

use jiff::civil::Date;

use super::{CitedWork, DataEntry};
use crate::plan::figure::month_in_full;
use crate::plan::metric::{Edge, Moment};

/// A data set that changes: with its version, and the day it was retrieved for.
pub(super) fn data(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), .. } = entry;
    let (tool, hash, day) = (crate::export::document::TOOL, entry.short_hash(), day(entry.day));
    format!(
        "{title} ({id}). (n.d.). In {} (Version {hash}) [Data set {plan_id}]. {tool}. Retrieved {day}.",
        ended(plan)
    )
}

/// A title that ends a sentence of its own goes without the stop.
fn ended(title: &str) -> &str {
    title.trim_end_matches('.')
}

/// A document of the register.
pub(super) fn work(work: &CitedWork) -> String {
    let date = work.date.map_or("n.d.".to_owned(), |date| said(date, work.inferred));
    let number = if work.number.is_empty() { String::new() } else { format!(" (No. {})", work.number) };
    let named = format!("{}{number}", work.named());
    let mut parts = if work.authors.is_empty() {
        vec![stopped(&named), format!("({date}).")]
    } else {
        vec![stopped(&authors(work)), format!("({date})."), stopped(&named)]
    };
    let pages = if work.pages.is_empty() { String::new() } else { format!(", {}", work.pages) };
    if !work.container.is_empty() {
        parts.push(stopped(&format!("{}{pages}", work.container)));
    }
    if !work.publisher.is_empty() && work.publisher != work.container {
        parts.push(stopped(&work.publisher));
    }
    parts.extend(work.link.clone());
    parts.join(" ")
}

/// The last joined with `&`, behind a comma even of two.
fn authors(work: &CitedWork) -> String {
    match work.authors.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{}, & {last}", first.join(", ")),
        all => all.concat(),
    }
}

/// A sentence, with one stop at its end.
fn stopped(text: &str) -> String {
    if text.ends_with(['.', '?', '!', '。', '？', '！']) { text.to_owned() } else { format!("{text}.") }
}

/// `2025, February 28`; `ca. 2025` where it is worked out.
fn said(date: Moment, inferred: bool) -> String {
    let plain = match date {
        Moment::Year(year) => year.to_string(),
        Moment::Month(year, month) => format!("{year}, {}", month_in_full(month)),
        Moment::Day(day) => format!("{}, {} {}", day.year(), month_in_full(day.month()), day.day()),
        Moment::Between(Edge::Month(year, first), Edge::Month(end, last)) if year == end => {
            format!("{year}, {}–{}", month_in_full(first), month_in_full(last))
        }
        Moment::Between(first, last) => {
            format!("{}–{}", said(first.into(), false), said(last.into(), false))
        }
    };
    if inferred { format!("ca. {plain}") } else { plain }
}

fn day(day: Date) -> String {
    format!("{} {}, {}", month_in_full(day.month()), day.day(), day.year())
}
