//! `plan158 merge FILE|DIR…`: the union of other journals, and of records that exported plans carry, into
//! this one.

use std::io::Write;
use std::path::PathBuf;

use super::CommandContext;
use super::failure::{Exit, Failure, Stop};
use super::journal::unwritten;
use super::open::open;
use super::output::{Output, tell};
use crate::text::Bilingual;
use crate::text::counted;
use crate::text::{clean::one_line, clean::shown};

/// Runs the command.
///
/// # Errors
/// When another journal is not there, one cannot be read, or this one not be written.
pub fn run(context: &CommandContext, out: &mut Output, others: &[PathBuf]) -> Result<Exit, Stop> {
    let ui = context.ui();
    if let Some(missing) = others.iter().find(|path| !path.exists()) {
        let shown = shown(missing);
        let what = Bilingual::new(format!("没有 {shown}"), format!("there is no {shown}"));
        let next = Bilingual::new(
            "给出 *.jsonl 文件、含有它们的文件夹，或导出的 .toml",
            "name *.jsonl files, folders that hold some, or an exported .toml",
        );
        return Err(Failure::usage(what, next).into());
    }
    let mut opened = open(context)?;
    let loaded = std::sync::Arc::clone(&opened.loaded);
    let merged = opened.journal.merge(&loaded.plan, others, &jiff::ZonedDateTime::now());
    let merged = merged.map_err(|why| unwritten(&why, String::new()))?;
    for problem in &merged.left_out {
        tell(problem.said().get(ui));
    }
    for (file, line) in &merged.bad {
        let file = one_line(file);
        tell(&ui.pick(
            format!("{file}:{line}：不是记录，未并入"),
            format!("{file}:{line}: no record; not taken in"),
        ));
    }
    for (by, count) in &merged.added {
        let by = one_line(by.as_str());
        writeln!(out, "{by}  {}", ui.pick(format!("{count}条记录"), counted(*count, "record")))?;
    }
    for (plan, count) in &merged.other_plans {
        let plan = one_line(plan);
        writeln!(
            out,
            "{}",
            ui.pick(
                format!("{count}条记录属于其他规划（{plan}），未并入"),
                format!("{} of another plan ({plan}), not taken in", counted(*count, "record")),
            )
        )?;
    }
    let added: usize = merged.added.values().sum();
    let line = ui.pick(
        format!("并入{added}条记录，已有 {} 条", merged.known),
        format!("{} taken in, {} there already", counted(added, "record"), merged.known),
    );
    writeln!(out, "{line}")?;
    Ok(Exit::Done)
}
