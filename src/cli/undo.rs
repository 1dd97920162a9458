//! `plan158 undo` and `plan158 redo`: the author's last step, by name; exit code 1 when there is none.

use std::io::Write;

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::journal::{author, stamp, tell_beside, unwritten};
use super::open::{OpenPlan, open};
use super::output::{Output, tell};
use crate::journal::{Appended, RecordIndex, describe};
use crate::text::Bilingual;

/// Takes the last step back.
///
/// # Errors
/// When the plan or the journal cannot be opened or written.
pub fn undo(context: &CommandContext, out: &mut Output) -> Result<Exit, Stop> {
    let mut opened = open(context)?;
    let by = author(context)?;
    let loaded = std::sync::Arc::clone(&opened.loaded);
    let done = opened.journal.undo(&loaded.plan, &by, &stamp(context));
    let done = done.map_err(|why| unwritten(&why, String::new()))?;
    let none = Bilingual::new("没有可撤销的操作", "there is nothing to undo");
    say(context, &opened, out, done, ("已撤销：", "undone: "), &none)
}

/// Brings it back.
///
/// # Errors
/// When the plan or the journal cannot be opened or written.
pub fn redo(context: &CommandContext, out: &mut Output) -> Result<Exit, Stop> {
    let mut opened = open(context)?;
    let by = author(context)?;
    let loaded = std::sync::Arc::clone(&opened.loaded);
    let done = opened.journal.redo(&loaded.plan, &by, &stamp(context));
    let done = done.map_err(|why| unwritten(&why, String::new()))?;
    let none = Bilingual::new("没有可重做的操作", "there is nothing to redo");
    say(context, &opened, out, done, ("已重做：", "redone: "), &none)
}

fn say(
    context: &CommandContext,
    opened: &OpenPlan,
    out: &mut Output,
    done: Option<(Appended, RecordIndex)>,
    (zh, en): (&str, &str),
    none: &Bilingual,
) -> Result<Exit, Stop> {
    let ui = context.ui();
    let Some((appended, index)) = done else {
        tell(none.get(ui));
        return Ok(Exit::No);
    };
    tell_beside(context, &appended, &opened.journal);
    let named = describe::named(opened.journal.record(index), jiff::ZonedDateTime::now().date());
    writeln!(out, "{}{}", ui.pick(zh, en), named.get(ui))?;
    Ok(Exit::Done)
}
