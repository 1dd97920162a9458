//! The reference of a plan's fields for `docs/plan-format.md`, from the declarations.

use std::fmt::Write as _;

use super::manifest::MANIFEST;
use super::metric::METRIC;
use super::node::NODE;
use super::register::{FACT, SOURCE, TERM};
use super::{Absent, Head, Info, Need, Outline, Shape, Target};
use crate::plan::input::{LineForm, TextForm};
use crate::text::words::WordNames;

/// Every table with its fields, then the words that fields may hold, as Markdown.
pub fn markdown() -> String {
    let tops = [
        ("`plan.toml`", MANIFEST.outline()),
        ("`[[goal]]`, `[[action]]`, `[[metric]]`", NODE.outline()),
        ("`[[metric]]`", METRIC.outline()),
        ("`[[source]]`", SOURCE.outline()),
        ("`[[fact]]`", FACT.outline()),
        ("`[[term]]`", TERM.outline()),
    ];
    let mut out = String::new();
    let mut within: Vec<Outline> = Vec::new();
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
fn gather(outline: &Outline, out: &mut Vec<Outline>) {
    for (_, shape) in &outline.fields {
        if let Some(inner) = table_of(shape)
            && out.iter().all(|known| known.name != inner.name)
        {
            out.push(inner.clone());
            gather(inner, out);
        }
    }
}

fn table_of(shape: &Shape) -> Option<&Outline> {
    match shape {
        Shape::Table(outline) => Some(outline),
        Shape::List(items) => table_of(items),
        _ => None,
    }
}

fn table(heading: &str, outline: &Outline, out: &mut String) {
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
        (Need::Essential, _) => "never: the table is not kept".to_owned(),
        (Need::Required, _) => "never".to_owned(),
        (Need::Optional, Absent::Unwritten(word) | Absent::Written(word)) => format!("`{word}`"),
        (Need::Optional, Absent::Nothing) => String::new(),
    }
}

fn holds(shape: &Shape) -> String {
    let plain = match shape {
        Shape::Head(Head::Version) => "the number 1 or 2",
        Shape::Head(Head::PlanId) => "`[a-z0-9][a-z0-9._-]{0,63}`",
        Shape::Head(Head::Languages) => "list of language tags",
        Shape::Id => "`[A-Za-z0-9][A-Za-z0-9._-]*`",
        Shape::Line(LineForm::Any) => "string",
        Shape::Line(LineForm::Digest) => "64 hexadecimal digits, lower case",
        Shape::Line(LineForm::Remark) => "string or text",
        Shape::Text(TextForm::Line | TextForm::Title) => "text",
        Shape::Text(TextForm::Lines) => "text of several lines",
        Shape::Word(words) => return listed(words),
        Shape::Flag => "true or false",
        Shape::Number => "number",
        Shape::Count => "whole number",
        Shape::Year => "year",
        Shape::Moment => "year, month or day",
        Shape::MomentOrSpan => "year, month, day or span of months or days",
        Shape::Source => "id of a source",
        Shape::Level => "id of a level",
        Shape::Name(Target::Node) => "id of a node",
        Shape::Name(Target::Term) => "id of a term",
        Shape::Name(Target::File) => "path",
        Shape::Table(outline) => return outline.name.replace('-', " "),
        Shape::List(items) => return format!("list: {}", holds(items)),
    };
    plain.to_owned()
}

fn listed(words: &[WordNames]) -> String {
    words.iter().map(|word| format!("`{}`", word.key)).collect::<Vec<_>>().join(", ")
}

/// An enumeration with the fields that hold its words.
type Enumeration = (&'static [WordNames], Vec<String>);

fn enumerations(outline: &Outline, out: &mut Vec<Enumeration>) {
    for (info, shape) in &outline.fields {
        let Shape::Word(words) = shape else { continue };
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
