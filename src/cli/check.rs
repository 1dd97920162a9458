//! `plan158 check [PATH] [--source ID=FILE] [--format human|json]`: the plan's problems; exit code 1 if any
//! is an error.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::CommandContext;
use super::args::CheckForm;
use super::failure::{Exit, Failure, Stop};
use super::output::Output;
use super::problems::{errors, render};
use crate::plan::diagnostic::Diagnostic;
use crate::plan::{Plan, SourceId, check, document, load, regular_file};
use crate::text::clean::one_line;
use crate::text::counted;
use crate::text::{Bilingual, Ui, suggest};

#[derive(Serialize)]
struct CheckAnswer<'d> {
    errors: usize,
    warnings: usize,
    diagnostics: Vec<CheckEntry<'d>>,
}

#[derive(Serialize)]
struct CheckEntry<'d> {
    code: &'static str,
    severity: &'static str,
    file: Cow<'d, str>,
    line: u32,
    column: u32,
    message: Cow<'d, str>,
    help: Cow<'d, str>,
}

/// Runs the command. A plan of which nothing can be read is an answer too, with exit code 3. `sources` are
/// the values of `--source`.
///
/// # Errors
/// When a document cannot be read or is not registered, or the result cannot be written.
pub fn run(
    context: &CommandContext,
    out: &mut Output,
    sources: &[String],
    format: CheckForm,
) -> Result<Exit, Stop> {
    let ui = context.ui();
    let copies = sources.iter().map(|value| DocumentCopy::read(value)).collect::<Result<Vec<_>, _>>()?;
    let (diagnostics, opened) = match load::load(&context.settings.plan.value) {
        Ok(loaded) => {
            let mut diagnostics = loaded.diagnostics;
            diagnostics.extend(check::dated_ahead(&loaded.plan, context.settings.as_of.value));
            for copy in &copies {
                diagnostics.extend(copy.compare(&loaded.plan)?);
            }
            (diagnostics, Exit::Done)
        }
        Err(unreadable) => (unreadable.diagnostics, Exit::Unopened),
    };
    match format {
        CheckForm::Json => json(&diagnostics, ui, out)?,
        CheckForm::Human => human(&diagnostics, ui, out)?,
    }
    Ok(match opened {
        Exit::Done if errors(&diagnostics) > 0 => Exit::No,
        exit => exit,
    })
}

/// A copy of a document, to compare the register with.
struct DocumentCopy<'a> {
    source: &'a str,
    file: String,
    bytes: Vec<u8>,
}

/// Largest copy of a document that is read, in bytes.
const MAX_COPY_BYTES: u64 = 1 << 30;

impl<'a> DocumentCopy<'a> {
    fn read(value: &'a str) -> Result<Self, Failure> {
        let Some((source, file)) =
            value.split_once('=').filter(|(id, file)| !id.is_empty() && !file.is_empty())
        else {
            let value = one_line(value);
            let what =
                Bilingual::new(format!("--source 不接受 {value}"), format!("--source does not take {value}"));
            return Err(Failure::usage(
                what,
                Bilingual::new("写作 --source article=文件", "write --source article=FILE"),
            ));
        };
        let shown = one_line(file).into_owned();
        let bytes = regular_file::read(Path::new(file), MAX_COPY_BYTES).map_err(|why| {
            let Bilingual { zh, en } = why.reason();
            let what =
                Bilingual::new(format!("无法读取 {shown}：{zh}"), format!("cannot read {shown}: {en}"));
            Failure::usage(what, why.advice())
        })?;
        Ok(Self { source, file: shown, bytes })
    }

    fn compare(&self, plan: &Plan) -> Result<Vec<Diagnostic>, Failure> {
        let ids = || plan.sources.iter().map(|source| source.id.as_ref());
        let found = (0u32..).zip(ids()).find(|(_, id)| *id == self.source).map(|(index, _)| SourceId(index));
        let shown = one_line(self.source);
        let Some(source) = found else {
            let next = match suggest::closest(self.source, ids()) {
                Some(meant) => Bilingual::new(format!("是否为 {meant}？"), format!("did you mean {meant}?")),
                None => Bilingual::new(
                    "来源的 id 见规划的来源文件",
                    "the ids stand in the plan's file of sources",
                ),
            };
            let what =
                Bilingual::new(format!("规划没有来源 {shown}"), format!("the plan has no source {shown}"));
            return Err(Failure::usage(what, next));
        };
        if !document::is_registered(plan, source) {
            let what = Bilingual::new(
                format!("来源 {shown} 没有登记摘要值或事实，无从核对"),
                format!("the source {shown} registers no digest and no fact to compare"),
            );
            let next = Bilingual::new(
                "先在来源文件或事实文件中登记",
                "register some in the files of sources and facts first",
            );
            return Err(Failure::usage(what, next));
        }
        Ok(document::compare(plan, source, &self.file, &self.bytes))
    }
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
            format!("错误{errors}处，警告{warnings}处"),
            format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        ),
    };
    writeln!(out, "{line}")?;
    Ok(())
}

fn json<'d>(diagnostics: &'d [Diagnostic], ui: Ui, out: &mut Output) -> Result<(), Stop> {
    let entry = |problem: &'d Diagnostic| {
        let Diagnostic { code, severity, file, line, column, message, help, .. } = problem;
        let (code, line, column, severity) = (*code, *line, *column, severity.word());
        let (message, help) = (one_line(message.get(ui)), one_line(help.get(ui)));
        CheckEntry { code, severity, file: one_line(file), line, column, message, help }
    };
    let errors = errors(diagnostics);
    let answer = CheckAnswer {
        errors,
        warnings: diagnostics.len() - errors,
        diagnostics: diagnostics.iter().map(entry).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
