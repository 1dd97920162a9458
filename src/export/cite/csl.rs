//! CSL-JSON: items as citation processors take them in, each an object on lines of its own.

use serde_json::{Map, Value as Json, json};

use super::{CitedWork, DataEntry};
use crate::export::document::TOOL;
use crate::plan::metric::{Edge, Moment};
use crate::plan::register::SourceKind;

pub(super) fn data(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), hash, day, tag, .. } = entry;
    let mut item = Item::new(&format!("{plan_id}:{id}"), "dataset", tag);
    item.text("title", title);
    item.text("number", id);
    item.text("container-title", plan);
    item.text("version", hash);
    item.text("publisher", TOOL);
    item.0.insert("issued".into(), issued(Moment::Day(*day), false));
    item.written()
}

/// A document of the register.
pub(super) fn work(work: &CitedWork) -> String {
    let mut item = Item::new(&work.id, kind(work), &work.tag);
    if !work.authors.is_empty() {
        let authors = work.authors.iter().map(|author| json!({"literal": author})).collect();
        item.0.insert("author".into(), Json::Array(authors));
    }
    item.text("title", &work.named());
    item.text("container-title", &work.container);
    item.text("publisher", &work.publisher);
    item.text("number", &work.number);
    item.text("page", &work.pages);
    if let Some(date) = work.date {
        item.0.insert("issued".into(), issued(date, work.inferred));
    }
    item.text("URL", work.link.as_deref().unwrap_or_default());
    item.written()
}

fn kind(work: &CitedWork) -> &'static str {
    match work.kind {
        Some(SourceKind::Newspaper) => "article-newspaper",
        Some(SourceKind::Document) => "regulation",
        Some(SourceKind::Statistics) => "report",
        _ if work.link.is_some() => "webpage",
        _ => "document",
    }
}

/// A date by its parts, the second of two for a span; one that is worked out is said to be about that.
fn issued(at: Moment, inferred: bool) -> Json {
    let parts: Vec<Json> = match at {
        Moment::Between(first, last) => {
            [first, last].into_iter().map(|edge: Edge| date_parts(Moment::from(edge))).collect()
        }
        at => vec![date_parts(at)],
    };
    let mut issued = json!({"date-parts": parts});
    if inferred {
        issued["circa"] = Json::Bool(true);
    }
    issued
}

fn date_parts(at: Moment) -> Json {
    match at {
        Moment::Year(year) => json!([year]),
        Moment::Month(year, month) => json!([year, month]),
        Moment::Day(day) => json!([day.year(), day.month(), day.day()]),
        Moment::Between(first, _) => date_parts(first.into()),
    }
}

struct Item(Map<String, Json>);

impl Item {
    fn new(id: &str, kind: &str, tag: &str) -> Self {
        let language = if tag == "zh" { "zh-CN" } else { tag };
        let keys = [("id", id), ("type", kind), ("language", language)];
        Self(keys.into_iter().map(|(key, value)| (key.to_owned(), Json::from(value))).collect())
    }

    /// What is known; nothing for nothing.
    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.0.insert(key.to_owned(), Json::from(text));
        }
    }

    fn written(self) -> String {
        let entries = self.0.iter().map(|(key, value)| format!("    {}: {value}", Json::from(key.as_str())));
        format!("  {{\n{}\n  }}", entries.collect::<Vec<_>>().join(",\n"))
    }
}
