//! RIS: a line a field, as reference managers take them in.

use super::{CitedWork, DataEntry};
use crate::export::document::TOOL;
use crate::plan::metric::Moment;
use crate::plan::register::SourceKind;

pub(super) fn data(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), hash, day, tag, .. } = entry;
    let fields = [
        ("ID", format!("{plan_id}:{id}")),
        ("TI", title.clone()),
        ("T2", plan.clone()),
        ("M1", id.clone()),
        ("ET", hash.clone()),
        ("PB", TOOL.to_owned()),
        ("PY", day.year().to_string()),
        ("DA", date(Moment::Day(*day))),
        ("LA", tag.clone()),
    ];
    put("DATA", fields)
}

/// A document of the register.
pub(super) fn work(work: &CitedWork) -> String {
    let kind = match work.kind {
        Some(SourceKind::Newspaper) => "NEWS",
        Some(SourceKind::Document) => "GOVDOC",
        Some(SourceKind::Statistics) => "RPRT",
        _ if work.link.is_some() => "ELEC",
        _ => "GEN",
    };
    let mut fields = vec![("ID", work.id.clone())];
    fields.extend(work.authors.iter().map(|author| ("AU", author.clone())));
    fields.extend([
        ("TI", work.named()),
        ("T2", work.container.clone()),
        ("PB", work.publisher.clone()),
        ("PY", work.date.map(|at| at.year().to_string()).unwrap_or_default()),
        ("DA", work.date.map(date).unwrap_or_default()),
        ("M1", work.number.clone()),
        ("SP", work.pages.clone()),
        ("N1", if work.inferred { "date inferred".to_owned() } else { String::new() }),
        ("UR", work.link.clone().unwrap_or_default()),
        ("LA", work.tag.clone()),
    ]);
    put(kind, fields)
}

/// `2025/02/28/`; of what is not known nothing between the slashes. A span has no form here: its year and the
/// whole of it as its other information.
fn date(at: Moment) -> String {
    match at {
        Moment::Year(year) => format!("{year:04}///"),
        Moment::Month(year, month) => format!("{year:04}/{month:02}//"),
        Moment::Day(day) => format!("{:04}/{:02}/{:02}/", day.year(), day.month(), day.day()),
        Moment::Between(..) => format!("{:04}///{at}", at.year()),
    }
}

/// Fields with anything in them, between the two that every entry has.
fn put(kind: &str, fields: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let known = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let fields: String = known.map(|(name, value)| format!("{name}  - {value}\n")).collect();
    format!("TY  - {kind}\n{fields}ER  - ")
}
