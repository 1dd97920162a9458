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
use crate::card::Reader;
use crate::export::json::NodeJson;
use crate::plan::NodeId;
use crate::tui::{Look, lay_out};

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
pub fn run(context: &Context, out: &mut Output, id: &str, form: Form) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let node = opened.node(id)?;
    match form {
        Form::Json => json(context, &opened, node, out)?,
        Form::Card => card(context, &opened, node, out)?,
    }
    Ok(Exit::Done)
}

fn json(context: &Context, opened: &Opened, node: NodeId, out: &mut Output) -> Result<(), Stop> {
    let tree = &opened.plan().tree;
    let mut ancestors: Vec<&str> = tree.ancestors(node).map(|id| tree.node(id).key.as_str()).collect();
    ancestors.reverse();
    let scene = scene(context, opened);
    let whole = NodeJson::new(&scene, &scene.entry(node));
    let shown = Shown { node: whole, ancestors, history: history(opened, node) };
    serde_json::to_writer_pretty(&mut *out, &shown).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Widest text on a terminal; longer lines are hard to read.
const MAX_COLS: usize = 100;

/// The card as the screen lays it out. Into a file or pipe each paragraph is one line, whole.
fn card(context: &Context, opened: &Opened, node: NodeId, out: &mut Output) -> Result<(), Stop> {
    let ui = context.ui();
    let reader =
        Reader { plan: opened.plan(), show: opened.show, ui, rule: opened.judge().rule, as_of: opened.as_of };
    let width = match out.target {
        Target::Terminal { cols } => cols.min(MAX_COLS),
        Target::Other => usize::MAX / 2,
    };
    let ink = out.ink;
    for line in lay_out(&reader.card_with(node, Some(&opened.journal)), ui, width) {
        let painted = line.spans.iter().map(|(look, text)| paint(ink, *look, text));
        writeln!(out, "{}", painted.collect::<String>().trim_end())?;
    }
    Ok(())
}

fn paint(ink: Ink, look: Look, text: &str) -> String {
    match look {
        Look::Plain | Look::Link => text.to_owned(),
        Look::Heading => ink.strong(text),
        Look::Quiet => ink.quiet(text),
        Look::State(state) => ink.state(text, state),
    }
}
