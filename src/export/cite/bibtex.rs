//! BibTeX. Braces in a text are written as commands, since BibTeX counts even escaped ones.

use super::{CitedWork, DataEntry};
use crate::plan::metric::Moment;
use crate::plan::register::SourceKind;

pub(super) fn data(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), hash, day, .. } = entry;
    let fields = [
        ("title", format!("{{{}}}", escape(title))),
        ("howpublished", escape(&format!("Data set {plan_id}: {plan}"))),
        ("version", escape(hash)),
        ("note", escape(&format!("{id}; {}; as of {day}", crate::export::document::TOOL))),
        ("urldate", day.to_string()),
    ];
    put("misc", &format!("{plan_id}:{id}"), fields)
}

pub(super) fn work(work: &CitedWork) -> String {
    let kind =
        if work.kind == Some(SourceKind::Newspaper) && !work.paper.is_empty() { "article" } else { "misc" };
    let (year, month) = match work.date {
        Some(at @ (Moment::Year(_) | Moment::Between(..))) => (at.year().to_string(), String::new()),
        Some(Moment::Month(year, month)) => (year.to_string(), month.to_string()),
        Some(Moment::Day(day)) => (day.year().to_string(), day.month().to_string()),
        None => (String::new(), String::new()),
    };
    let date = work.date.map(|date| date.to_string()).unwrap_or_default();
    let note = match (work.ours, work.inferred) {
        (true, true) => "the title is a description; the date is inferred",
        (true, false) => "the title is a description",
        (false, true) => "the date is inferred",
        (false, false) => "",
    };
    // In braces of their own, names of bodies are not taken apart.
    let authors: Vec<String> = work.authors.iter().map(|author| format!("{{{}}}", escape(author))).collect();
    let fields = [
        ("author", authors.join(" and ")),
        ("title", format!("{{{}}}", escape(&work.named()))),
        ("journal", escape(&work.paper)),
        ("year", year),
        ("month", month),
        ("date", date),
        ("number", escape(&work.number)),
        ("note", note.to_owned()),
        ("url", work.link.clone().unwrap_or_default()),
    ];
    put(kind, &work.id, fields)
}

/// An entry; what is unknown is left out.
fn put<const N: usize>(kind: &str, key: &str, fields: [(&str, String); N]) -> String {
    let key: String = key
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ':') { c } else { '-' })
        .collect();
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let fields: String = fields.map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
    format!("@{kind}{{{key},\n{fields}}}")
}

/// Text that TeX sets as it stands.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '%' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
