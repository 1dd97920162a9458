//! `plan158 export [ID] [--format F] [-o FILE] [--filter QUERY] [--template FILE] …`.

mod shape;
pub(super) mod target;
mod watch;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use self::watch::{ExportWatch, Stopped};
use super::CommandContext;
use super::args::ExportArgs;
use super::failure::{Exit, Failure, Stop};
use super::find;
use super::open::{self, OpenPlan, open};
use super::output::{Output, OutputTarget, tell};
use crate::export::digest::is_digest;
use crate::export::document::ExportFilter;
use crate::export::format::{CsvDialect, Medium, RowUnit};
use crate::export::template::{self, Template};
use crate::export::writer::{FormatWriter, writer};
use crate::export::{Document, ExportContext, ExportError, ExportProgress, Format, Options};
use crate::export::{stamp_file, verify};
use crate::find::{Query, SearchScope};
use crate::outline::Sieve;
use crate::plan::write_file::{Existing, to_file};
use crate::plan::{NodeId, regular_file};
use crate::progress::{Promises, States};
use crate::text::Bilingual;
use crate::text::{clean::one_line, clean::shown};

/// The plan as the exports see it.
pub fn scene<'p>(context: &CommandContext, opened: &'p OpenPlan, states: States) -> ExportContext<'p> {
    ExportContext {
        plan: opened.plan(),
        errors: opened.loaded.errors(),
        states,
        promises: Promises::new(opened.plan(), opened.as_of),
        journal: &opened.journal,
        judge: opened.judge(),
        show: opened.show,
        ui: context.ui(),
    }
}

enum DocumentWriter {
    Format(FormatWriter),
    Template(Box<Template>),
}

impl DocumentWriter {
    fn write(
        &self,
        document: &Document<'_>,
        options: &Options,
        out: &mut dyn Write,
        progress: &mut dyn ExportProgress,
    ) -> Result<(), ExportError> {
        match self {
            DocumentWriter::Format(writer) => writer(document, options, out, progress),
            DocumentWriter::Template(template) => template.write(document, out, progress),
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, the query is not understood, the file exists, or the
/// result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, wish: &ExportArgs) -> Result<Exit, Stop> {
    let file = wish.output.as_deref().filter(|path| *path != Path::new("-"));
    let over = if wish.force { Existing::Replace } else { Existing::Keep };
    let format = if wish.template.is_some() { wish.format } else { Some(target::format(wish.format, file)?) };
    if let Some(path) = file {
        target::check(path, over)?;
    }
    let shape = shape::shape(context, wish, format)?;
    if wish.stamp {
        can_stamp(wish, format, file, over)?;
    }
    let drawer = drawer(wish, format)?;
    let binary = wish.template.is_none() && format.is_some_and(|format| format.medium() == Medium::Binary);
    if binary && file.is_none() && matches!(out.target, OutputTarget::Terminal { .. }) {
        return Err(no_terminal().into());
    }
    let opened = open(context)?;
    let scope = wish.id.as_deref().map(|id| opened.node(id)).transpose()?;
    let states = opened.states();
    let filter = match &wish.filter {
        None => None,
        Some(text) => match filter(&opened, &states, scope, text)? {
            Some(filter) => Some(filter),
            None => {
                tell(context.ui().pick("没有匹配，未写文件", "nothing matches; nothing was written"));
                return Ok(Exit::No);
            }
        },
    };
    let document = Document::new(scene(context, &opened, states), open::hash(context)?, scope, filter);
    let document = document.shaped(shape);
    let options = Options {
        rows: wish.table.unwrap_or(RowUnit::Nodes),
        csv: match (wish.plain_csv, wish.excel) {
            (true, _) => CsvDialect::Plain,
            (_, true) => CsvDialect::Shielded,
            _ => CsvDialect::Excel,
        },
    };
    let stopped = Stopped::listen(file);
    let mut watch = ExportWatch::new(context.ui(), &stopped, file);
    let written = match file {
        Some(path) if wish.stamp => with_stamp(path, over, &document, &options, &mut |sink| {
            drawer.write(&document, &options, sink, &mut watch)
        }),
        None => drawer.write(&document, &options, out, &mut watch),
        Some(path) => to_file(path, over, &mut |sink| drawer.write(&document, &options, sink, &mut watch)),
    };
    watch.clear();
    match written {
        Ok(()) => {
            if let Some(digest) = file.and_then(|file| digest(file, wish.stamp)) {
                let label = context.ui().pick("摘要值", "digest");
                writeln!(out, "{label} {digest}")?;
            }
            Ok(Exit::Done)
        }
        Err(ExportError::Interrupted) => Ok(Exit::Signalled(stopped.signal())),
        Err(error) => Err(stop(error, file)),
    }
}

/// A larger file is not read again for its digest.
const MAX_READ_AGAIN_BYTES: u64 = 64 << 20;

/// The file that holds the stamp of a csv file.
pub(super) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(stamp_file::ENDING);
    name.into()
}

/// Writes a csv file and its stamp beside it.
fn with_stamp(
    path: &Path,
    over: Existing,
    document: &Document<'_>,
    options: &Options,
    write: &mut dyn FnMut(&mut dyn Write) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut csv = Vec::new();
    write(&mut csv)?;
    to_file(path, over, &mut |sink| Ok::<(), ExportError>(sink.write_all(&csv)?))?;
    to_file(&beside(path), over, &mut |sink| stamp_file::write(document, options, &csv, sink))
}

/// Whether a stamp can be written beside the file.
fn can_stamp(
    wish: &ExportArgs,
    format: Option<Format>,
    file: Option<&Path>,
    over: Existing,
) -> Result<(), Failure> {
    if format != Some(Format::Csv) || wish.template.is_some() {
        return Err(stamp_in_file());
    }
    file.map_or(Ok(()), |path| target::check(&beside(path), over))
}

fn stamp_in_file() -> Failure {
    Failure::usage(
        Bilingual::new("--stamp 只用于 csv", "--stamp is for csv"),
        Bilingual::new(
            "其他格式的标记写在文件之内；模板用 {{ stamp_block }}",
            "other formats have the stamp in the file; a template puts {{ stamp_block }}",
        ),
    )
}

/// The digest that a file carries, or the file beside it, to be noted apart from it.
fn digest(file: &Path, is_beside: bool) -> Option<String> {
    let digest = if is_beside {
        let text = regular_file::read_text(&beside(file), MAX_READ_AGAIN_BYTES).ok()?;
        verify::read_beside(&text).ok()?.stamp.digest
    } else {
        let bytes = regular_file::read(file, MAX_READ_AGAIN_BYTES).ok()?;
        verify::read(&bytes).ok()?.stamp.digest
    };
    is_digest(&digest).then_some(digest)
}

pub(super) fn stop(error: ExportError, file: Option<&Path>) -> Stop {
    match (error, file) {
        (ExportError::Write(error), Some(path)) if error.kind() == io::ErrorKind::AlreadyExists => {
            target::exists(path).into()
        }
        (ExportError::Write(error), Some(path)) => target::failed(path, &error).into(),
        (ExportError::Write(error), None) => error.into(),
        (ExportError::Refused(said), _) => {
            Failure::usage(said, Bilingual::new("改正后再导出", "correct that, then export again")).into()
        }
        (ExportError::Interrupted, _) => Stop::PipeClosed,
    }
}

fn drawer(wish: &ExportArgs, format: Option<Format>) -> Result<DocumentWriter, Failure> {
    if let Some(path) = &wish.template {
        return template(path, format).map(|template| DocumentWriter::Template(Box::new(template)));
    }
    let format = format.unwrap_or(Format::Json);
    Ok(DocumentWriter::Format(writer(format)))
}

/// Longest template read, in bytes.
const MAX_TEMPLATE_BYTES: u64 = 1 << 20;

fn template(path: &Path, format: Option<Format>) -> Result<Template, Failure> {
    let shown = shown(path);
    let text = regular_file::read_text(path, MAX_TEMPLATE_BYTES).map_err(|why| {
        let Bilingual { zh, en } = why.reason();
        let what = Bilingual::new(
            format!("无法读取模板 {shown}：{zh}"),
            format!("cannot read the template {shown}: {en}"),
        );
        Failure::usage(what, why.advice())
    })?;
    let read = template::parse(&shown, text, format).map_err(|said| {
        Failure::usage(said, Bilingual::new("docs/templates/ 有两个样例", "docs/templates/ has two samples"))
    })?;
    Ok(read.gauged(super::memory::resident))
}

/// What a query finds in the scope; `None` where nothing does. A report must not be signed over a condition
/// that was left out, so a query that is not understood whole is refused.
pub(super) fn filter(
    opened: &OpenPlan,
    states: &States,
    scope: Option<NodeId>,
    text: &str,
) -> Result<Option<ExportFilter>, Failure> {
    let plan = opened.plan();
    let query = Query::parse(text, plan);
    if let Some(problem) = query.problems.first() {
        let part = one_line(query.text.get(problem.bytes.clone()).unwrap_or_default()).into_owned();
        let (zh, en) = (one_line(&problem.said.zh), one_line(&problem.said.en));
        return Err(unclear(format!("“{part}”：{zh}"), format!("{part}: {en}")));
    }
    if query.is_empty() {
        return Err(unclear("查询为空".into(), "the query is empty".into()));
    }
    let index = opened.index(states);
    // Nobody cancels it.
    let scope = scope.map_or(SearchScope::Whole, SearchScope::Under);
    let matched =
        find::found(opened, &index, &query, scope, 0).map(|found| found.matched).unwrap_or_default();
    let sieve = Sieve::new(&plan.tree, matched);
    Ok((!sieve.matched().is_empty()).then(|| ExportFilter { query: text.into(), sieve }))
}

fn unclear(zh: String, en: String) -> Failure {
    Failure::usage(
        Bilingual::new(format!("筛选条件未能理解：{zh}"), format!("the filter is not understood: {en}")),
        Bilingual::new(
            "先用 `plan158 find QUERY` 试查询，再用于导出",
            "try it with `plan158 find QUERY` first, then export",
        ),
    )
}

pub(super) fn no_terminal() -> Failure {
    Failure::usage(
        Bilingual::new(
            "该格式不是文本，不能输出到终端",
            "this format is no text and cannot be shown in a terminal",
        ),
        Bilingual::new("用 -o FILE 写入文件", "write it into a file with -o FILE"),
    )
}
