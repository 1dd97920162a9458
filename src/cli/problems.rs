//! A plan's problems as text, and how many of them are errors.

use super::output::{ColorMode, OutputTarget};
use crate::plan::diagnostic::{self, Diagnostic, Paint, Severity};
use crate::text::Ui;

/// How many of the problems are errors.
pub fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|problem| problem.severity == Severity::Error).count()
}

/// The problems with their lines and carets.
pub fn render(diagnostics: &[Diagnostic], ui: Ui, ink: ColorMode, target: OutputTarget) -> String {
    let paint = match ink {
        ColorMode::Plain => Paint::Plain,
        ColorMode::Colour => Paint::Colour,
    };
    let width_cols = match target {
        OutputTarget::Terminal { cols } => cols,
        OutputTarget::Other => FILE_COLS,
    };
    diagnostic::render(diagnostics, ui, paint, width_cols)
}

/// Lines in a file or pipe may be this wide.
const FILE_COLS: usize = 140;
