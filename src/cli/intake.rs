//! `plan158 intake FILE|- [--json] [--write FILE]`: the figures of a text, each with its nearest nodes.

mod answer;
mod plain;

use std::io::Write;
use std::path::Path;

use super::CommandContext;
use super::args::IntakeArgs;
use super::failure::{Exit, Failure, Stop, cannot_write};
use super::journal::author;
use super::open::{OpenPlan, open};
use super::output::Output;
use super::texts::{self, NamedDocument};
use crate::intake::known::{KnownRole, KnownValue, recorded};
use crate::intake::paragraphs::LineChars;
use crate::intake::report::{self, Comparison, DocumentFacts, IntakeAnswer, IntakeFigure};
use crate::intake::session::IntakeSession;
use crate::intake::{patch, verdict::Would};
use crate::plan::metric::Value;
use crate::plan::write_file::{Existing, to_file};
use crate::plan::{NodeId, figure};
use crate::text::clean::{one_line, shown};
use crate::text::counted;
use crate::text::{Bilingual, Ui};

/// Runs the command.
///
/// # Errors
/// When the text, the plan or the journal cannot be read, or the result not be written.
pub fn run(context: &CommandContext, out: &mut Output, args: &IntakeArgs) -> Result<Exit, Stop> {
    let read = texts::read("intake", &args.file, context.ui())?;
    let date = texts::date(args.date.as_deref())?;
    let opened = open(context)?;
    let facts = DocumentFacts { title: args.title.clone(), publisher: args.publisher.clone(), date };
    let added = |node: NodeId| values_of(&opened, node);
    let comparison = Comparison::new(opened.plan(), opened.as_of, &added);
    if args.plain {
        if args.file == Path::new("-") {
            return Err(answers_want_a_file().into());
        }
        let by = author(context)?;
        let session =
            IntakeSession::begin(&comparison, &opened.journal, &read.document, (&facts, &read.name));
        let lines = LineChars::new(&read.document);
        return plain::run(plain::PlainIntake { context, opened, by, session, lines }, out);
    }
    let found = comparison.intake(&read.document, &facts);
    if args.json {
        return json(&opened, context.ui(), &read, &found, out);
    }
    if let Some(file) = &args.write {
        let over = if args.force { Existing::Replace } else { Existing::Keep };
        write_patch(&opened, (&read, &facts), &found, (file, over))?;
    }
    list(&opened, context.ui(), &read, &found, out)?;
    if let Some(file) = &args.write {
        let file = shown(file);
        let said = context.ui().pick(
            format!("已写入 {file}，请审阅；规划未改动"),
            format!("written to {file}, to be reviewed; the plan is unchanged"),
        );
        writeln!(out, "{said}")?;
    }
    Ok(Exit::Done)
}

/// The answers come from standard input, so the document cannot.
fn answers_want_a_file() -> Failure {
    Failure::usage(
        Bilingual::new(
            "--plain 从标准输入读答案，文件不能也是 -",
            "--plain reads answers from standard input, so the file cannot be -",
        ),
        Bilingual::new("先存成文件：pdftotext 文件 文件.txt", "save the text first: pdftotext FILE FILE.txt"),
    )
}

/// The values that people recorded of a node.
pub fn values_of(opened: &OpenPlan, node: NodeId) -> Vec<(KnownRole, &Value)> {
    recorded(opened.journal.annotations(node))
}

fn json(
    opened: &OpenPlan,
    ui: Ui,
    read: &NamedDocument,
    found: &[IntakeFigure],
    out: &mut Output,
) -> Result<Exit, Stop> {
    let lang = opened.show.main();
    let lines = LineChars::new(&read.document);
    let entry = |figure: &IntakeFigure| report::entry(opened.plan(), &lines, figure, (lang, ui));
    let title = read.document.title.as_deref().map(|title| one_line(title).into_owned());
    let answer = IntakeAnswer {
        file: &read.name,
        sha256: &read.document.sha256,
        title: title.as_deref(),
        figures: found.iter().map(entry).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(Exit::Done)
}

fn write_patch(
    opened: &OpenPlan,
    (read, facts): (&NamedDocument, &DocumentFacts),
    found: &[IntakeFigure],
    (file, over): (&Path, Existing),
) -> Result<(), Stop> {
    let source = format!("doc-{}", &read.document.sha256[..8]);
    let text = patch::patch(opened.plan(), &read.document, facts, (&read.name, &source), found);
    let written = to_file(file, over, &mut |to| to.write_all(text.as_bytes()));
    written.map_err(|error: std::io::Error| {
        let place = shown(file);
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return Failure::usage(
                Bilingual::new(format!("{place} 已存在"), format!("{place} exists already")),
                Bilingual::new("换一个名字，或加 --force", "choose another name, or add --force"),
            );
        }
        cannot_write(&Bilingual::new(place.clone(), place), &error)
    })?;
    Ok(())
}

/// The figures as text: place and words, the reading, the node, what it would change.
fn list(
    opened: &OpenPlan,
    ui: Ui,
    read: &NamedDocument,
    found: &[IntakeFigure],
    out: &mut Output,
) -> Result<(), Stop> {
    let plan = opened.plan();
    let lang = opened.show.main();
    for one in found {
        let figure = &one.placed.figure;
        let place = format!("{}:{}-{}", one.placed.line, figure.span.start, figure.span.end);
        let text = one_line(&one.placed.text);
        let what = one_line(&figure.what);
        let time = figure.time.map_or(String::new(), |time| format!("，{time}"));
        let time = ui.pick(time.clone(), time.replace('，', ", "));
        writeln!(out, "{place}  {text}  {what}")?;
        writeln!(out, "    {}{time} · {}", amount(one, ui), figure.kind.label(ui))?;
        let near: Vec<String> = one
            .near
            .iter()
            .take(if one.is_sure { 1 } else { 3 })
            .map(|near| {
                let node = plan.tree.node(near.node);
                format!("{} {}", node.key, one_line(node.title.get_or_first(lang).text))
            })
            .collect();
        let outcome = match (one.near.is_empty(), one.is_sure) {
            (true, _) => ui.pick("附近没有节点", "no node near").to_owned(),
            (false, false) => ui.pick("不能确定，可能是", "not sure, perhaps").to_owned(),
            (false, true) => one.would.label(ui).to_owned(),
        };
        let known = one.beside.as_ref().filter(|_| one.is_sure);
        let known = known.map_or(String::new(), |value| known_beside(value, ui));
        let near = if near.is_empty() { String::new() } else { format!(": {}", near.join(" · ")) };
        writeln!(out, "    {outcome}{known}{near}")?;
    }
    let open = found.iter().filter(|one| one.would == Would::None).count();
    let name = one_line(&read.name);
    let line = ui.pick(
        format!("{name}：{}个数字，其中{open}个不能确定所指", found.len()),
        format!("{name}: {}, {open} of them without a clear subject", counted(found.len(), "figure")),
    );
    writeln!(out, "{line}")?;
    Ok(())
}

/// The known value that a figure repeats or contradicts, behind what it would change.
fn known_beside(value: &KnownValue, ui: Ui) -> String {
    let number = figure::bounded(&figure::number(value.amount, ui), value.bound, ui);
    let when = figure::when(value.when, ui);
    ui.pick(format!("；已知 {number}（{when}）"), format!("; known: {number} ({when})"))
}

/// The value as it was read, with its bound and unit.
fn amount(one: &IntakeFigure, ui: Ui) -> String {
    let figure = &one.placed.figure;
    let number = match figure.to {
        Some(to) => format!("{}..{}", figure::number(figure.value, ui), figure::number(to, ui)),
        None => figure::number(figure.value, ui),
    };
    let unit = match figure.unit.as_str() {
        "pp" => ui.pick("个百分点", "points"),
        unit => unit,
    };
    figure::bounded(&figure::with_unit(&number, unit, ui), figure.bound, ui)
}
