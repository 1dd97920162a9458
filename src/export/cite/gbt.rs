//! GB/T 7714: 主要责任者. 题名[文献类型标识/文献载体标识]. 出版项（更新日期）. 获取和访问路径. The edition of 2025 has commas, colons
//! and parentheses of full width; the day of access stands only with what is read on a network, and is the
//! writer's to add, since the program has looked nothing up.

use super::{CitedWork, DataEntry};
use crate::export::document::TOOL;
use crate::plan::metric::Moment;
use crate::plan::register::SourceKind;

/// What the editions write differently.
struct Signs {
    comma: &'static str,
    colon: &'static str,
    open: &'static str,
    close: &'static str,
}

const OF_2015: Signs = Signs { comma: ", ", colon: ": ", open: "(", close: ")" };
const OF_2025: Signs = Signs { comma: "，", colon: "：", open: "（", close: "）" };

/// A part of a data set (DS), with its version, the program that it was read with, and its day.
pub(super) fn data(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), day, ui, .. } = entry;
    let (kind, version) = ui.pick(("规划数据", "版本"), ("plan data", "Version"));
    let hash = entry.short_hash();
    format!("{title}：{id}[DS]//{plan}：{kind} {plan_id}. {version} {hash}. {TOOL}（{day}）.")
}

/// The same after the edition of 2015: on a disk (DK), and with the day on which it was consulted.
pub(super) fn data_of_2015(entry: &DataEntry) -> String {
    let DataEntry { title, id, plan: (plan, plan_id), day, ui, .. } = entry;
    let kind = ui.pick("规划数据", "plan data");
    let hash = entry.short_hash();
    format!("{title}: {id}[DS/DK]//{plan}: {kind} {plan_id}. {TOOL}, {hash}[{day}].")
}

/// A document of the register.
pub(super) fn work(work: &CitedWork) -> String {
    written(work, &OF_2025)
}

pub(super) fn work_of_2015(work: &CitedWork) -> String {
    written(work, &OF_2015)
}

fn written(work: &CitedWork, signs: &Signs) -> String {
    let Signs { comma, colon, open, close } = signs;
    let mut out = String::new();
    if !work.authors.is_empty() {
        out.push_str(&format!("{}. ", authors(work, comma).trim_end_matches('.')));
    }
    let number = if work.number.is_empty() { String::new() } else { format!("{colon}{}", work.number) };
    let (kind, is_resource) = kind(work);
    out.push_str(&format!("{}{number}[{kind}].", work.named()));
    let date = work.date.map(|date| said(date, work.inferred));
    let pages = if work.pages.is_empty() { String::new() } else { format!("{open}{}{close}", work.pages) };
    let published = match (work.container.as_str(), work.publisher.as_str()) {
        ("", "") if is_resource => date.map(|date| format!("{open}{date}{close}")),
        ("", "") => date,
        ("", place) | (place, _) => {
            Some(std::iter::once(place.to_owned()).chain(date).collect::<Vec<_>>().join(comma))
        }
    };
    if let Some(published) = published {
        out.push_str(&format!(" {published}{pages}."));
    }
    if let Some(link) = &work.link {
        out.push_str(&format!(" {link}."));
    }
    out
}

/// The marks of type and carrier, and whether it is an electronic resource in its own right, whose date stands
/// in parentheses. An official document with an address counts as a web page; without one it has none of the
/// types that the standard names.
fn kind(work: &CitedWork) -> (&'static str, bool) {
    let is_online = work.link.is_some();
    match (work.kind, is_online) {
        (Some(SourceKind::Newspaper), true) => ("N/OL", false),
        (Some(SourceKind::Newspaper), false) => ("N", false),
        (Some(SourceKind::Statistics), true) => ("R/OL", false),
        (Some(SourceKind::Statistics), false) => ("R", false),
        (_, true) => ("EB/OL", true),
        (_, false) => ("Z", false),
    }
}

/// Up to three by name.
fn authors(work: &CitedWork, comma: &str) -> String {
    const NAMED: usize = 3;
    let named = work.authors.iter().take(NAMED).cloned();
    let is_chinese = work.tag.starts_with("zh");
    let others = (work.authors.len() > NAMED).then(|| if is_chinese { "等" } else { "et al" }.to_owned());
    named.chain(others).collect::<Vec<_>>().join(comma)
}

/// 2025-02-28; one that is worked out in square brackets.
fn said(date: Moment, inferred: bool) -> String {
    if inferred { format!("[{date}]") } else { date.to_string() }
}
