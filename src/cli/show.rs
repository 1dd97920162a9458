//! `plan158 show ID [--json]`: everything about one node.

use std::io::Write;

use serde::Serialize;
use serde_json::value::RawValue;

use super::CommandContext;
use super::export::scene;
use super::failure::{Exit, Stop};
use super::log::history;
use super::open::{OpenPlan, open};
use super::output::{ColorMode, Output, OutputTarget};
use crate::chart::Glyphs;
use crate::export::json::NodeJson;
use crate::page::block::{Block, Page};
use crate::page::terminal::{self, Charts, Layout, LineTarget as CardTarget, StyledLine, TextStyle};
use crate::plan::NodeId;
use crate::text::Ui;

/// The width of running text that does not go to a terminal, in columns.
pub const FILE_COLS: usize = 100;

/// How the node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShowForm {
    /// As the card the screen shows.
    Card,
    /// As in the JSON export, with ancestors and history.
    Json,
}

/// The node of the export with what `show` adds.
#[derive(Serialize)]
struct ShownNode<'p> {
    #[serde(flatten)]
    node: NodeJson<'p>,
    ancestors: Vec<&'p str>,
    history: Vec<Box<RawValue>>,
}

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(
    context: &CommandContext,
    out: &mut Output,
    id: &str,
    form: ShowForm,
    glyphs: Glyphs,
) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let node = opened.node(id)?;
    match form {
        ShowForm::Json => json(context, &opened, node, out)?,
        ShowForm::Card => card(context, &opened, node, glyphs, out)?,
    }
    Ok(Exit::Done)
}

fn json(context: &CommandContext, opened: &OpenPlan, node: NodeId, out: &mut Output) -> Result<(), Stop> {
    let tree = &opened.plan().tree;
    let mut ancestors: Vec<&str> = tree.ancestors(node).map(|id| tree.node(id).key.as_str()).collect();
    ancestors.reverse();
    let scene = scene(context, opened, opened.states());
    let whole = NodeJson::new(&scene, &scene.entry(node));
    let shown = ShownNode { node: whole, ancestors, history: history(opened, node) };
    serde_json::to_writer_pretty(&mut *out, &shown).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Widest text on a terminal; longer lines are hard to read.
const MAX_COLS: usize = 100;

/// Rows of a chart in `show`.
const CHART_ROWS: usize = 11;

/// The card as the screen lays it out. Into a file or pipe each paragraph is one line, whole.
fn card(
    context: &CommandContext,
    opened: &OpenPlan,
    node: NodeId,
    glyphs: Glyphs,
    out: &mut Output,
) -> Result<(), Stop> {
    let ui = context.ui();
    let page = opened.reader(ui).node_page(node, Some((&opened.journal).into()), Some(&opened.states()));
    let layout = Layout { charts: Charts::Rows(CHART_ROWS), glyphs, ..layout(out.target, ui) };
    put(out, &terminal::page(&page, &layout).lines)
}

/// How text is laid out. Into a file or pipe each paragraph is one line, whole.
fn layout(target: OutputTarget, ui: Ui) -> Layout {
    let width_cols = match target {
        OutputTarget::Terminal { cols } => cols.min(MAX_COLS),
        OutputTarget::Other => usize::MAX / 2,
    };
    Layout::new(width_cols, ui)
}

/// Prints a page, without charts.
///
/// # Errors
/// When the result cannot be written.
pub fn print(out: &mut Output, ui: Ui, page: &Page) -> Result<(), Stop> {
    put(out, &terminal::page(page, &layout(out.target, ui)).lines)
}

/// Prints blocks as wide as the terminal, or in so many columns into a file or pipe.
///
/// # Errors
/// When the result cannot be written.
pub fn print_blocks(out: &mut Output, ui: Ui, blocks: &[Block], file_cols: usize) -> Result<(), Stop> {
    let width_cols = match out.target {
        OutputTarget::Terminal { cols } => cols,
        OutputTarget::Other => file_cols,
    };
    put(out, &terminal::blocks(blocks, &Layout::new(width_cols, ui)).lines)
}

fn put(out: &mut Output, lines: &[StyledLine]) -> Result<(), Stop> {
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

fn paint(ink: ColorMode, look: TextStyle, text: &str) -> String {
    match look {
        TextStyle::Plain | TextStyle::Link | TextStyle::Chart(_) => text.to_owned(),
        TextStyle::Heading => ink.strong(text),
        TextStyle::Quiet => ink.quiet(text),
        TextStyle::State(state) => ink.state(text, state),
    }
}
