//! `plan158 show ID [--json]`: everything about one node.

use std::io::Write;

use serde::Serialize;

use super::Context;
use super::export::scene;
use super::failure::{Exit, Stop};
use super::open::{Opened, open};
use super::output::Output;
use crate::export::json::NodeJson;
use crate::plan::{NodeId, State};

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
    history: [(); 0],
}

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &Context, out: &mut Output, id: &str, form: Form) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let node = opened.node(id)?;
    match form {
        Form::Json => json(&opened, node, out)?,
        Form::Card => {}
    }
    Ok(Exit::Done)
}

fn json(opened: &Opened, node: NodeId, out: &mut Output) -> Result<(), Stop> {
    let tree = &opened.plan.tree;
    let mut ancestors: Vec<&str> = tree.ancestors(node).map(|id| tree.node(id).key.as_str()).collect();
    ancestors.reverse();
    let shown = Shown { node: scene(opened, None).node(node), ancestors, history: [] };
    serde_json::to_writer_pretty(&mut *out, &shown).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// How a node stands.
pub fn state(opened: &Opened, id: NodeId) -> State {
    scene(opened, None).state(id)
}
