//! The reference of a plan's fields for `docs/plan-format.md`, from the declarations.

use std::fmt::Write as _;

use super::manifest::MANIFEST;
use super::metric::METRIC;
use super::node::NODE;
use super::register::{FACT, SOURCE, TERM};
use super::{Absent, FieldShape, Info, ManifestHead, Presence, ReferenceTarget, TableOutline};
use crate::plan::input::{LineForm, TextForm};
use crate::text::words::WordNames;

/// Every table with its fields, then the words that fields may hold, as Markdown.
pub fn markdown() -> String {
    let tops = [
        ("`plan.toml`", MANIFEST.outline()),
        ("`[[goal]]`, `[[action]]`, `[[metric]]`, `[[group]]`", NODE.outline()),
        ("`[[metric]]`", METRIC.outline()),
        ("`[[source]]`", SOURCE.outline()),
        ("`[[fact]]`", FACT.outline()),
        ("`[[term]]`", TERM.outline()),
    ];
    let mut out = String::new();
    let mut within: Vec<TableOutline> = Vec::new();
    for (heading, outline) in &tops {
        table(heading, outline, &mut out);
        gather(outline, &mut within);
    }
    for outline in &within {
        table(&title(outline.name), outline, &mut out);
    }
    let mut words = Vec::new();
    tops.iter()
        .map(|(_, outline)| outline)
        .chain(&within)
        .for_each(|outline| enumerations(outline, &mut words));
    vocabulary(&words, &mut out);
    out
}

/// What a table within a table is called.
fn title(name: &str) -> String {
    format!("{}: a table within a table", name.replace('-', " "))
}

/// Tables within tables, each once, in the order in which they are met.
fn gather(outline: &TableOutline, out: &mut Vec<TableOutline>) {
    for (_, shape) in &outline.fields {
        if let Some(inner) = table_of(shape)
            && out.iter().all(|known| known.name != inner.name)
        {
            out.push(inner.clone());
            gather(inner, out);
        }
    }
}

fn table_of(shape: &FieldShape) -> Option<&TableOutline> {
    match shape {
        FieldShape::Table(outline) => Some(outline),
        FieldShape::List(items) => table_of(items),
        _ => None,
    }
}

fn table(heading: &str, outline: &TableOutline, out: &mut String) {
    let (zh, en) = outline.about;
    // Writing into memory never fails.
    let _ = writeln!(out, "### {heading}\n\n{en} {zh}\n");
    out.push_str("| field | 名称 | holds | left out | what it means | 含义 |\n|---|---|---|---|---|---|\n");
    for (info, shape) in &outline.fields {
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} | {} | {} |",
            info.key,
            info.label.0,
            holds(shape),
            left_out(info),
            info.about.1,
            info.about.0
        );
    }
    out.push('\n');
}

fn left_out(info: &Info) -> String {
    match (info.need, info.absent) {
        (Presence::Essential, _) => "never: the table is not kept".to_owned(),
        (Presence::Required, _) => "never".to_owned(),
        (Presence::Optional, Absent::Unwritten(word) | Absent::Written(word)) => format!("`{word}`"),
        (Presence::Optional, Absent::Nothing) => String::new(),
    }
}

fn holds(shape: &FieldShape) -> String {
    let plain = match shape {
        FieldShape::Head(ManifestHead::Version) => "the number 1 or 2",
        FieldShape::Head(ManifestHead::PlanId) => "`[a-z0-9][a-z0-9._-]{0,63}`",
        FieldShape::Head(ManifestHead::Languages) => "list of language tags",
        FieldShape::Id => "`[A-Za-z0-9][A-Za-z0-9._-]*`",
        FieldShape::Line(LineForm::Any) => "string",
        FieldShape::Line(LineForm::Digest) => "64 hexadecimal digits, lower case",
        FieldShape::Line(LineForm::Remark) => "string or text",
        FieldShape::Text(TextForm::Line | TextForm::Title) => "text",
        FieldShape::Text(TextForm::Mark) => "text, or a string for all languages",
        FieldShape::Text(TextForm::Lines) => "text of several lines",
        FieldShape::Word(words) => return listed(words),
        FieldShape::Flag => "true or false",
        FieldShape::Number => "number",
        FieldShape::Count => "whole number",
        FieldShape::Year => "year",
        FieldShape::Moment => "year, month or day",
        FieldShape::MomentOrSpan => "year, month, day or span of months or days",
        FieldShape::Source => "id of a source",
        FieldShape::Level => "id of a level",
        FieldShape::Name(ReferenceTarget::Node) => "id of a node",
        FieldShape::Name(ReferenceTarget::Term) => "id of a term",
        FieldShape::Name(ReferenceTarget::File) => "path",
        FieldShape::Table(outline) => return outline.name.replace('-', " "),
        FieldShape::List(items) => return format!("list: {}", holds(items)),
    };
    plain.to_owned()
}

fn listed(words: &[WordNames]) -> String {
    words.iter().map(|word| format!("`{}`", word.key)).collect::<Vec<_>>().join(", ")
}

/// An enumeration with the fields that hold its words.
type Enumeration = (&'static [WordNames], Vec<String>);

fn enumerations(outline: &TableOutline, out: &mut Vec<Enumeration>) {
    for (info, shape) in &outline.fields {
        let FieldShape::Word(words) = shape else { continue };
        let key = format!("`{}`", info.key);
        match out.iter_mut().find(|(known, _)| known == words) {
            Some((_, keys)) if keys.contains(&key) => {}
            Some((_, keys)) => keys.push(key),
            None => out.push((words, vec![key])),
        }
    }
}

fn vocabulary(all: &[Enumeration], out: &mut String) {
    out.push_str("### Words\n\nWhat the words of the files are called on the screen and in reports.\n\n");
    out.push_str("| field | word | English | 中文 |\n|---|---|---|---|\n");
    for (words, keys) in all {
        for (at, word) in words.iter().enumerate() {
            let fields = if at == 0 { keys.join(", ") } else { String::new() };
            let _ = writeln!(out, "| {fields} | `{}` | {} | {} |", word.key, word.en, word.zh);
        }
    }
}
