//! GB/T 7714-2015: 主要责任者. 题名[文献类型标识/文献载体标识]. 出版项(更新日期)[引用日期]. 获取和访问路径.

use super::{CitedWork, DataEntry};
use crate::plan::metric::Moment;
use crate::plan::register::SourceKind;

/// A part of a data set (DS) that lies on a disk (DK), with its version and the day it was consulted.
pub(super) fn data(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), day, ui, .. } = entry;
    let kind = ui.pick("规划数据", "plan data");
    let (tool, hash) = (crate::export::document::TOOL, entry.short_hash());
    format!("{title}: {id}[DS/DK]//{plan}: {kind} {plan_id}. {tool}, {hash}[{day}].")
}

/// A document of the register.
pub(super) fn work(work: &CitedWork) -> String {
    let is_online = work.link.is_some();
    let kind = match (work.kind, is_online) {
        (Some(SourceKind::Newspaper), _) => "N",
        (Some(SourceKind::Document), _) => "A",
        (Some(SourceKind::Statistics), _) => "R",
        (Some(SourceKind::Web), _) | (None, true) => "EB",
        (Some(SourceKind::Conference) | None, _) => "Z",
    };
    // A page of the web is one, whether its address is known or not.
    let carrier = if is_online || work.kind == Some(SourceKind::Web) { "/OL" } else { "" };
    let number = if work.number.is_empty() { String::new() } else { format!(": {}", work.number) };
    let mut out = String::new();
    if !work.authors.is_empty() {
        out.push_str(&format!("{}. ", authors(work).trim_end_matches('.')));
    }
    out.push_str(&format!("{}{number}[{kind}{carrier}].", work.named()));
    let date = work.date.map(|date| said(date, work.inferred));
    let parts: Vec<String> = match (work.paper.as_str(), date) {
        ("", date) if carrier.is_empty() => date.into_iter().collect(),
        ("", date) => date.map(|date| format!("({date})")).into_iter().collect(),
        (paper, date) => vec![std::iter::once(paper.to_owned()).chain(date).collect::<Vec<_>>().join(", ")],
    };
    // The day of access is the writer's to add: the program has looked nothing up.
    let published = parts.concat();
    if !published.is_empty() {
        out.push_str(&format!(" {published}."));
    }
    if let Some(link) = &work.link {
        out.push_str(&format!(" {link}."));
    }
    out
}

/// Up to three by name.
fn authors(work: &CitedWork) -> String {
    const NAMED: usize = 3;
    let named = work.authors.iter().take(NAMED).cloned();
    let others = (work.authors.len() > NAMED).then(|| work.ui.pick("等", "et al").to_owned());
    named.chain(others).collect::<Vec<_>>().join(", ")
}

/// 2025-02-28; one that is worked out in square brackets.
fn said(date: Moment, inferred: bool) -> String {
    if inferred { format!("[{date}]") } else { date.to_string() }
}
