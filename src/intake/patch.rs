//! A patch in TOML: what a document would add to a plan, to be reviewed and pasted by hand.

use std::fmt::Write as _;

use super::document::TextDocument;
use super::paragraphs::{self, LineChars};
use super::report::{DocumentFacts, IntakeFigure};
use super::verdict::Would;
use crate::figures::FigureTime;
use crate::plan::Plan;
use crate::plan::metric::{Bound, Moment};
use crate::text::clean::one_line;

/// Text as a TOML string.
fn quoted(text: &str) -> String {
    let escaped: String = one_line(text)
        .chars()
        .flat_map(|c| match c {
            '"' | '\\' => vec!['\\', c],
            _ => vec![c],
        })
        .collect();
    format!("\"{escaped}\"")
}

fn time(time: Option<FigureTime>) -> String {
    let written = |at: Moment| match at {
        Moment::Year(year) => year.to_string(),
        other => format!("\"{other}\""),
    };
    match time {
        Some(FigureTime::At(at @ Moment::Year(_))) => format!("year = {}, ", written(at)),
        Some(FigureTime::At(Moment::Day(day))) => format!("on = {day}, "),
        Some(FigureTime::At(at)) => format!("on = {}, ", written(at)),
        Some(FigureTime::Span(from, to)) => {
            format!("period = {{ start = {}, end = {} }}, ", written(from), written(to))
        }
        None => String::new(),
    }
}

/// The patch for a document: its source, and each value at its node. `source` is the id it is to have.
pub fn patch(
    plan: &Plan,
    document: &TextDocument,
    facts: &DocumentFacts,
    (file, source): (&str, &str),
    figures: &[IntakeFigure],
) -> String {
    let mut out = String::from(
        "# What a document would add to the plan, found by plan158 intake. Nothing here has been applied: read each line beside\n\
         # the document, correct it, and copy what holds into the plan's files. `at` is line:start-end in the document.\n\n",
    );
    let title = facts.title.as_deref().or(document.title.as_deref()).unwrap_or(file);
    let _ = writeln!(
        out,
        "[[source]]\nid = {}\ntitle = {{ zh = {title}, en = {title} }}",
        quoted(source),
        title = quoted(title)
    );
    if let Some(publisher) = &facts.publisher {
        let _ = writeln!(
            out,
            "publisher = {{ zh = {publisher}, en = {publisher} }}",
            publisher = quoted(publisher)
        );
    }
    if let Some(date) = facts.date {
        let _ = writeln!(out, "date = \"{date}\"");
    }
    let _ = writeln!(out, "sha256 = {}\n", quoted(&document.text_sha256));
    let lines = LineChars::new(document);
    let (sure, open): (Vec<_>, Vec<_>) = figures.iter().partition(|figure| figure.would != Would::None);
    for found in sure {
        one(plan, &lines, source, found, &mut out);
    }
    for found in open {
        let figure = &found.placed.figure;
        let _ = writeln!(
            out,
            "# {}:{}-{} {} — {}",
            found.placed.line,
            figure.span.start,
            figure.span.end,
            one_line(&found.placed.text),
            Would::None.word()
        );
    }
    out
}

fn one(plan: &Plan, lines: &LineChars, source: &str, found: &IntakeFigure, out: &mut String) {
    let Some(near) = found.near.first() else { return };
    let figure = &found.placed.figure;
    let place = format!("{}:{}-{}", found.placed.line, figure.span.start, figure.span.end);
    let quote = paragraphs::digest(&lines.sentence(&found.placed));
    let id = plan.tree.node(near.node).key.as_str();
    let text = one_line(&found.placed.text);
    if matches!(found.would, Would::Same | Would::OtherSource) {
        let _ = writeln!(
            out,
            "# {id}: {text} at {place} — {}; nothing to add but the source\n",
            found.would.word()
        );
        return;
    }
    let key = if found.would == Would::Target { "target" } else { "observed" };
    let bound = if figure.bound == Bound::Exact {
        String::new()
    } else {
        format!("bound = \"{}\", ", figure.bound.word())
    };
    let value = match figure.to {
        Some(to) => format!("value = {}, to = {to}, ", figure.value),
        None => format!("value = {}, ", figure.value),
    };
    let _ = writeln!(
        out,
        "# {} — {text}\n[[metric]]\nid = {}\n{key} = [{{ {}{value}{bound}source = {}, at = {} }}]\n# sentence: sha256 {quote}\n",
        found.would.word(),
        quoted(id),
        time(figure.time),
        quoted(source),
        quoted(&place),
    );
}
