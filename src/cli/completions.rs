//! `plan158 completions SHELL`.

use std::io::Write;

use clap_complete::Shell;

use super::failure::{Exit, Stop};
use super::{CommandContext, args};

/// Runs the command; the descriptions are in the program's language.
///
/// # Errors
/// When the result cannot be written.
pub fn run(context: &CommandContext, out: &mut dyn Write, shell: Shell) -> Result<Exit, Stop> {
    let mut command = args::command(context.ui());
    let mut script = Vec::new();
    // Into memory first: the generator panics on a writer that fails.
    clap_complete::generate(shell, &mut command, "plan158", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Done)
}
