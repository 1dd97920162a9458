//! A plan's problems as text, and how many of them are errors.

use super::output::{Ink, Target};
use crate::plan::diagnostic::{self, Diagnostic, Paint, Severity};
use crate::text::Ui;

/// How many of the problems are errors.
pub fn errors(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|problem| problem.severity == Severity::Error).count()
}

/// The problems with their lines and carets.
pub fn render(diagnostics: &[Diagnostic], ui: Ui, ink: Ink, target: Target) -> String {
    let paint = match ink {
        Ink::Plain => Paint::Plain,
        Ink::Colour => Paint::Colour,
    };
    let width_cols = match target {
        Target::Terminal { cols } => cols,
        Target::Other => FILE_COLS,
    };
    diagnostic::render(diagnostics, ui, paint, width_cols)
}

/// Lines in a file or pipe may be this wide.
const FILE_COLS: usize = 140;
