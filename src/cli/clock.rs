//! `plan158 doctor --clock RECORD`: a record that a fast clock dated ahead counts as of now.

use std::io::Write;

use super::CommandContext;
use super::failure::{Exit, Failure, Stop};
use super::journal::{author, stamp, tell_beside};
use super::open::open;
use super::output::Output;
use crate::journal::{Step, clock};
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// Runs the command.
///
/// # Errors
/// When there is no such record, it does not lie ahead, or the correction cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, id: &str) -> Result<Exit, Stop> {
    let mut opened = open(context)?;
    let by = author(context)?;
    let shown = one_line(id);
    let Some(index) = opened.journal.book().find_text(id) else {
        let what = Bilingual::new(format!("没有记录 {shown}"), format!("there is no record {shown}"));
        let next = Bilingual::new(
            "`plan158 doctor` 列出时间晚于现在的记录",
            "`plan158 doctor` lists the records that lie ahead",
        );
        return Err(Failure::usage(what, next).into());
    };
    let record = opened.journal.record(index).clone();
    let stamp = stamp(context);
    if record.at.instant <= clock::limit(stamp.now.timestamp()) {
        let at = record.at;
        let what = Bilingual::new(
            format!("记录 {shown} 的时间（{at}）并不晚于现在"),
            format!("the record {shown} ({at}) does not lie ahead of the clock"),
        );
        let next = Bilingual::new(
            "无需更正；时钟不准时先校准",
            "nothing to correct; where this clock is wrong, set it right first",
        );
        return Err(Failure::usage(what, next).into());
    }
    let loaded = std::sync::Arc::clone(&opened.loaded);
    let appended = opened.journal.append(&loaded.plan, &by, Step::correcting(record.id.clone()), &stamp)?;
    tell_beside(context, &appended, &opened.journal);
    let (whose, from) = (one_line(record.by.as_str()), record.at);
    let now = opened.journal.record(index).at;
    writeln!(
        out,
        "{}",
        context.ui().pick(
            format!("{whose} 的记录 {shown}：{from} → 按 {now} 计"),
            format!("{shown} of {whose}: {from} → counts as of {now}")
        )
    )?;
    Ok(Exit::Done)
}
