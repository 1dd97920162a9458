//! Prompts that wait for a line of standard input.

use std::io::{BufRead, IsTerminal, Write};

use super::failure::Stop;
use super::output::Output;
use crate::text::clean::one_line;

/// Lines of standard input.
pub struct StdinLines {
    lines: std::io::StdinLock<'static>,
    is_terminal: bool,
}

impl StdinLines {
    pub fn open() -> Self {
        Self { lines: std::io::stdin().lock(), is_terminal: std::io::stdin().is_terminal() }
    }

    /// The next line behind a prompt; `None` at the end of input, and where it cannot be read any more.
    ///
    /// # Errors
    /// When the prompt cannot be written.
    pub fn line(&mut self, out: &mut Output, prompt: &str) -> Result<Option<String>, Stop> {
        write!(out, "{prompt}")?;
        out.flush()?;
        let mut bytes = Vec::new();
        let read = self.lines.read_until(b'\n', &mut bytes).unwrap_or(0);
        // A terminal shows the line that was typed, with its end; a script's transcript has to.
        if !self.is_terminal || read == 0 {
            let shown = String::from_utf8_lossy(&bytes);
            writeln!(out, "{}", one_line(shown.trim_end_matches(['\r', '\n'])))?;
        }
        Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
    }
}
