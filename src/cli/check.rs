//! `plan158 check [PATH] [--format human|json]`: the plan's problems; exit code 1 if any is an error.

use std::io::Write;

use serde::Serialize;

use super::Context;
use super::args::CheckFormat;
use super::failure::{Exit, Stop};
use super::open::{counted, errors};
use super::output::{Ink, Output, Target};
use crate::plan::Ui;
use crate::plan::diagnostic::{self, Diagnostic, Paint};
use crate::plan::load;

#[derive(Serialize)]
struct Answer<'d> {
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry<'d>>,
}

#[derive(Serialize)]
struct Entry<'d> {
    code: &'static str,
    severity: &'static str,
    file: &'d str,
    line: u32,
    column: u32,
    message: &'d str,
    help: &'d str,
}

/// Runs the command. A plan of which nothing can be read is an answer too, with exit code 3.
///
/// # Errors
/// When the result cannot be written.
pub fn run(context: &Context, out: &mut Output, format: CheckFormat) -> Result<Exit, Stop> {
    let ui = context.ui();
    let (diagnostics, opened) = match load::load(&context.settings.plan.value) {
        Ok(loaded) => (loaded.diagnostics, Exit::Done),
        Err(unreadable) => (unreadable.diagnostics, Exit::Unopened),
    };
    match format {
        CheckFormat::Json => json(&diagnostics, ui, out)?,
        CheckFormat::Human => human(&diagnostics, ui, out)?,
    }
    Ok(match opened {
        Exit::Done if errors(&diagnostics) > 0 => Exit::No,
        exit => exit,
    })
}

fn human(diagnostics: &[Diagnostic], ui: Ui, out: &mut Output) -> Result<(), Stop> {
    let ink = out.ink;
    let target = out.target;
    write!(out, "{}", render(diagnostics, ui, ink, target))?;
    let errors = errors(diagnostics);
    let warnings = diagnostics.len() - errors;
    let line = match (errors, warnings) {
        (0, 0) => ui.pick("没有问题".to_owned(), "no problems".to_owned()),
        _ => ui.pick(
            format!("错误 {errors} 处，警告 {warnings} 处"),
            format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        ),
    };
    writeln!(out, "{line}")?;
    Ok(())
}

fn json<'d>(diagnostics: &'d [Diagnostic], ui: Ui, out: &mut Output) -> Result<(), Stop> {
    let entry = |problem: &'d Diagnostic| {
        let Diagnostic { code, severity, file, line, column, message, help, .. } = problem;
        let (line, column) = (*line, *column);
        Entry {
            code,
            severity: severity.word(),
            file,
            line,
            column,
            message: message.get(ui),
            help: help.get(ui),
        }
    };
    let errors = errors(diagnostics);
    let answer = Answer {
        errors,
        warnings: diagnostics.len() - errors,
        diagnostics: diagnostics.iter().map(entry).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
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
