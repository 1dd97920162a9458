//! `plan158 cite ID [--style gbt7714|gbt7714-2015|apa|bibtex|biblatex|csl-json|ris]`.

use std::io::Write;

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::open::{self, open};
use super::output::Output;
use crate::export::cite::{Citing, Style, cite};

/// Runs the command: an entry a line; entries of several lines with an empty line between them.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, id: &str, style: Option<Style>) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let node = opened.node(id)?;
    let hash = open::hash(context)?;
    let citing = Citing {
        plan: opened.plan(),
        plan_hash: &hash,
        as_of: opened.as_of,
        lang: opened.show.main(),
        ui: context.ui(),
    };
    let style = style.unwrap_or(Style::of(context.ui()));
    writeln!(out, "{}", style.list(&cite(&citing, node, style)))?;
    Ok(Exit::Done)
}
