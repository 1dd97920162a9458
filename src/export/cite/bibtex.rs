//! BibTeX and BibLaTeX. Braces in a text are written as commands, since BibTeX counts even escaped ones.

use super::{CitedWork, DataEntry};
use crate::export::document::TOOL;
use crate::plan::metric::Moment;
use crate::plan::register::SourceKind;

pub(super) fn data(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), hash, day, tag, .. } = entry;
    let fields = [
        ("title", title_of(title)),
        ("howpublished", braced(&escape(&format!("Data set {plan_id}: {plan}")))),
        ("version", braced(&escape(hash))),
        ("note", braced(&escape(&format!("{id}; {TOOL}; as of {day}")))),
        ("year", braced(&day.year().to_string())),
        ("month", month(day.month())),
        ("langid", braced(langid(tag))),
    ];
    put("misc", &format!("{plan_id}:{id}"), fields)
}

pub(super) fn data_for_biblatex(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), hash, day, tag, .. } = entry;
    let fields = [
        ("title", title_of(title)),
        ("maintitle", title_of(plan)),
        ("number", braced(&escape(&format!("{plan_id}:{id}")))),
        ("version", braced(&escape(hash))),
        ("organization", braced(TOOL)),
        ("date", braced(&day.to_string())),
        ("langid", braced(langid(tag))),
    ];
    put("dataset", &format!("{plan_id}:{id}"), fields)
}

/// A document of the register.
pub(super) fn work(work: &CitedWork) -> String {
    let (year, month) = match work.date {
        Some(at @ (Moment::Year(_) | Moment::Between(..))) => (at.year().to_string(), String::new()),
        Some(Moment::Month(year, at)) => (year.to_string(), month(at)),
        Some(Moment::Day(day)) => (day.year().to_string(), month(day.month())),
        None => (String::new(), String::new()),
    };
    let issuer = issuer(work);
    let kind = match work.kind {
        _ if !work.container.is_empty() => "article",
        // BibTeX wants to know who issued a report.
        Some(SourceKind::Document | SourceKind::Statistics) if !issuer.is_empty() => "techreport",
        _ => "misc",
    };
    let fields = [
        ("author", braced(&authors(work))),
        ("title", title_of(&work.named())),
        ("journal", title_of(&work.container)),
        (if kind == "techreport" { "institution" } else { "publisher" }, title_of(&issuer)),
        ("year", braced(&year)),
        ("month", month),
        ("number", braced(&escape(&work.number))),
        ("pages", braced(&escape(&work.pages))),
        ("note", braced(note(work))),
        ("url", braced(work.link.as_deref().unwrap_or_default())),
        ("langid", braced(langid(&work.tag))),
    ];
    put(kind, &work.id, fields)
}

pub(super) fn work_for_biblatex(work: &CitedWork) -> String {
    let kind = match work.kind {
        _ if !work.container.is_empty() => "article",
        Some(SourceKind::Document | SourceKind::Statistics) => "report",
        Some(SourceKind::Web) if work.link.is_some() => "online",
        _ => "misc",
    };
    let subtype = if kind == "article" { "newspaper" } else { "" };
    let fields = [
        ("author", braced(&authors(work))),
        ("title", title_of(&work.named())),
        ("journaltitle", title_of(&work.container)),
        ("entrysubtype", braced(subtype)),
        (if kind == "report" { "institution" } else { "organization" }, title_of(&issuer(work))),
        ("date", braced(&work.date.map(|date| date.to_string()).unwrap_or_default())),
        ("number", braced(&escape(&work.number))),
        ("pages", braced(&escape(&work.pages))),
        ("note", braced(note(work))),
        ("url", braced(work.link.as_deref().unwrap_or_default())),
        ("langid", braced(langid(&work.tag))),
    ];
    put(kind, &work.id, fields)
}

/// Who published it; of a report the body that wrote it.
fn issuer(work: &CitedWork) -> String {
    let is_report = matches!(work.kind, Some(SourceKind::Document | SourceKind::Statistics));
    if work.publisher.is_empty() && is_report { work.authors.join(", ") } else { work.publisher.clone() }
}

/// In braces of their own, names of bodies are not taken apart.
fn authors(work: &CitedWork) -> String {
    work.authors.iter().map(|author| format!("{{{}}}", escape(author))).collect::<Vec<_>>().join(" and ")
}

fn note(work: &CitedWork) -> &'static str {
    match (work.ours, work.inferred) {
        (true, true) => "the title is a description; the date is inferred",
        (true, false) => "the title is a description",
        (false, true) => "the date is inferred",
        (false, false) => "",
    }
}

/// BibTeX knows months by macros of three letters.
fn month(month: i8) -> String {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default().to_owned()
}

/// A language as babel and polyglossia call it; empty for one whose name there is not known.
fn langid(tag: &str) -> &'static str {
    match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "zh" => "chinese",
        "en" => "english",
        "fr" => "french",
        "de" => "german",
        "es" => "spanish",
        "pt" => "portuguese",
        "ru" => "russian",
        "ja" => "japanese",
        "ko" => "korean",
        "ar" => "arabic",
        _ => "",
    }
}

/// A value in braces; nothing for nothing.
fn braced(value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("{{{value}}}") }
}

/// A text in braces of its own, whose capitals stay as they are.
fn title_of(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{{{{{}}}}}", escape(text)) }
}

/// An entry; what is unknown is left out.
fn put<const N: usize>(kind: &str, key: &str, fields: [(&str, String); N]) -> String {
    let key: String = key
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ':') { c } else { '-' })
        .collect();
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let fields: String = fields.map(|(name, value)| format!("  {name} = {value},\n")).collect();
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
