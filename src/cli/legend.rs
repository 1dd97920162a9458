//! `plan158 legend`: what every sign on a row means.

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::open::open;
use super::output::Output;
use super::show::{FILE_COLS, print_blocks};

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, or the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let blocks = opened.reader(context.ui()).legend(context.settings.glyphs.value);
    print_blocks(out, context.ui(), &blocks, FILE_COLS)?;
    Ok(Exit::Done)
}
