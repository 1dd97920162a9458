//! Diagnostics as text for people.

use super::Diagnostic;
use crate::plan::text::Ui;

/// Whether colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Plain text.
    Plain,
    /// With terminal colours.
    Colour,
}

/// (to come)
pub fn render(diagnostics: &[Diagnostic], ui: Ui, paint: Paint, width_cols: usize) -> String {
    let _ = (paint, width_cols);
    diagnostics.iter().map(|diagnostic| line_of(diagnostic, ui) + "\n").collect()
}

/// One diagnostic on one line.
pub fn line_of(diagnostic: &Diagnostic, ui: Ui) -> String {
    let Diagnostic { file, line, column, code, .. } = diagnostic;
    format!("{file}:{line}:{column}: {code} {}", diagnostic.message.get(ui))
}

/// (to come)
pub fn report(diagnostics: &[Diagnostic]) -> serde_json::Value {
    let _ = diagnostics;
    serde_json::Value::Null
}
