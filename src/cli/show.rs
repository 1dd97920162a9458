//! `plan158 show ID [--json]`: everything about one node.

use std::io::Write;

use serde::Serialize;
use serde_json::value::RawValue;

use super::Context;
use super::export::scene;
use super::failure::{Exit, Stop};
use super::log::history;
use super::open::{Opened, open};
use super::output::{Ink, Output, Target};
use crate::chart::{Drawing, Glyphs, Row};
use crate::export::json::NodeJson;
use crate::page::{Card, SectionKind};
use crate::plan::NodeId;
use crate::progress::time;
use crate::text::Ui;
use crate::tui::{CardLine, Look, Target as CardTarget, lay_out};

/// How the node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the card the screen shows.
    Card,
    /// As in the JSON export, with ancestors and history.
    Json,
}

/// The node of the export with what `show` adds.
#[derive(Serialize)]
struct Shown<'p> {
    #[serde(flatten)]
    node: NodeJson<'p>,
    ancestors: Vec<&'p str>,
    history: Vec<Box<RawValue>>,
}

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &Context, out: &mut Output, id: &str, form: Form, glyphs: Glyphs) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let node = opened.node(id)?;
    match form {
        Form::Json => json(context, &opened, node, out)?,
        Form::Card => card(context, &opened, node, glyphs, out)?,
    }
    Ok(Exit::Done)
}

fn json(context: &Context, opened: &Opened, node: NodeId, out: &mut Output) -> Result<(), Stop> {
    let tree = &opened.plan().tree;
    let mut ancestors: Vec<&str> = tree.ancestors(node).map(|id| tree.node(id).key.as_str()).collect();
    ancestors.reverse();
    let scene = scene(context, opened, opened.states());
    let whole = NodeJson::new(&scene, &scene.entry(node));
    let shown = Shown { node: whole, ancestors, history: history(opened, node) };
    serde_json::to_writer_pretty(&mut *out, &shown).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Widest text on a terminal; longer lines are hard to read.
const MAX_COLS: usize = 100;

/// The card as the screen lays it out. Into a file or pipe each paragraph is one line, whole.
fn card(
    context: &Context,
    opened: &Opened,
    node: NodeId,
    glyphs: Glyphs,
    out: &mut Output,
) -> Result<(), Stop> {
    let ui = context.ui();
    let reader = opened.reader(ui);
    let mut card = reader.card_with(node, Some(&opened.journal));
    reader.roll_up(&mut card, &opened.states());
    let cols = width(out.target);
    let mut lines = lay_out(&card, ui, cols, usize::MAX).lines;
    let drawn = drawing(opened, node, ui, glyphs, cols.min(MAX_COLS));
    // Before the figures it draws.
    let heading = SectionKind::Values.label(ui);
    let at =
        lines.iter().rposition(|line| matches!(&line.spans[..], [(Look::Heading, text)] if text == heading));
    let rest =
        lines.split_off(at.filter(|_| !drawn.is_empty()).map_or(lines.len(), |at| at.saturating_sub(1)));
    put(out, &lines)?;
    for row in &drawn {
        writeln!(out, "{}", row.text().trim_end())?;
    }
    put(out, &rest)
}

/// Rows of a chart in `show`.
const CHART_ROWS: usize = 11;

/// Dial and chart of a metric, each after an empty line; nothing for what has no figures.
fn drawing(opened: &Opened, node: NodeId, ui: Ui, glyphs: Glyphs, cols: usize) -> Vec<Row> {
    let Some(found) = opened.judge().assess(node, &opened.added(node)) else { return Vec::new() };
    let today = time::day_years(opened.as_of.day());
    let Drawing { dial, chart } =
        Drawing::new(opened.plan(), &found, today, (cols, CHART_ROWS), (glyphs, ui));
    let mut rows: Vec<Row> = dial.into_iter().flat_map(|dial| [Row::default(), dial]).collect();
    if !chart.is_empty() {
        rows.push(Row::default());
        rows.extend(chart);
    }
    rows
}

/// How wide text may be. Into a file or pipe each paragraph is one line, whole.
fn width(target: Target) -> usize {
    match target {
        Target::Terminal { cols } => cols.min(MAX_COLS),
        Target::Other => usize::MAX / 2,
    }
}

/// Prints a card.
///
/// # Errors
/// When the result cannot be written.
pub fn print(out: &mut Output, ui: Ui, card: &Card) -> Result<(), Stop> {
    put(out, &lay_out(card, ui, width(out.target), usize::MAX).lines)
}

fn put(out: &mut Output, lines: &[CardLine]) -> Result<(), Stop> {
    let ink = out.ink;
    for line in lines {
        let painted = line.spans.iter().map(|(look, text)| paint(ink, *look, text));
        let painted: String = painted.collect();
        // The id is what `annotate --edit` and `--retract` take.
        let id = match &line.target {
            Some(CardTarget::Item(item)) => ink.quiet(&format!(" · {}", item.id())),
            _ => String::new(),
        };
        writeln!(out, "{}{id}", painted.trim_end())?;
    }
    Ok(())
}

fn paint(ink: Ink, look: Look, text: &str) -> String {
    match look {
        Look::Plain | Look::Link | Look::Ink(_) => text.to_owned(),
        Look::Heading => ink.strong(text),
        Look::Quiet => ink.quiet(text),
        Look::State(state) => ink.state(text, state),
    }
}
