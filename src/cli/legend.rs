//! `plan158 legend`: what every sign on a row means.

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::open::open;
use super::output::Output;
use super::show::print_blocks;

/// Columns into a file or pipe.
const FILE_COLS: usize = 100;

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
