//! `plan158 tags [--rename OLD=NEW]`: the journal's tags, the last put first; renaming or merging one
//! everywhere is one step.

use std::io::Write;

use super::CommandContext;
use super::annotate::tag;
use super::failure::{Exit, Failure, Stop};
use super::journal::{author, stamp, tell_beside};
use super::open::open;
use super::output::Output;
use crate::journal::Step;
use crate::text::clean::one_line;
use crate::text::counted;
use crate::text::{Bilingual, suggest};
use crate::tui::text::{cols, fit};

/// Lists the tags.
///
/// # Errors
/// When the plan or the journal cannot be opened, or the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let uses = opened.journal.fold().tags();
    let names: Vec<String> = uses.iter().map(|each| one_line(&each.tag).into_owned()).collect();
    let width = names.iter().map(|name| cols(name)).max().unwrap_or(0);
    for (name, each) in names.iter().zip(&uses) {
        let nodes = context.ui().pick(format!("{} 个节点", each.nodes), counted(each.nodes, "node"));
        writeln!(out, "{}  {nodes}", fit(name, width))?;
    }
    Ok(Exit::Done)
}

/// Renames one.
///
/// # Errors
/// When no node has the old one, or the step cannot be written.
pub fn rename(context: &CommandContext, out: &mut Output, rename: &str) -> Result<Exit, Stop> {
    let Some((old, new)) = rename.split_once('=') else {
        let shown = one_line(rename);
        let what =
            Bilingual::new(format!("--rename 不接受 {shown}"), format!("--rename does not take {shown}"));
        return Err(
            Failure::usage(what, Bilingual::new("写作 --rename 旧=新", "write --rename OLD=NEW")).into()
        );
    };
    let (old, new) = (tag(old)?, tag(new)?);
    let mut opened = open(context)?;
    let fold = opened.journal.fold();
    let homes = fold.homes().iter();
    let nodes = homes.filter(|home| home.annotations.tags().any(|tag| *tag == old)).count();
    let events = fold.renaming(&old, &new);
    if nodes == 0 {
        return Err(unknown(&opened.journal.fold().tags(), &old).into());
    }
    let by = author(context)?;
    if !events.is_empty() {
        let loaded = std::sync::Arc::clone(&opened.loaded);
        let appended = opened.journal.append(&loaded.plan, &by, Step::new(events), &stamp(context))?;
        tell_beside(context, &appended, &opened.journal);
    }
    let (old, new) = (one_line(&old), one_line(&new));
    let line = context
        .ui()
        .pick(format!("{old} → {new}：{nodes}个节点"), format!("{old} → {new}: {}", counted(nodes, "node")));
    writeln!(out, "{line}")?;
    Ok(Exit::Done)
}

fn unknown(uses: &[crate::journal::TagUse], old: &str) -> Failure {
    let shown = one_line(old);
    let what = Bilingual::new(format!("没有标签 {shown}"), format!("there is no tag {shown}"));
    let next = match suggest::closest(old, uses.iter().map(|each| &*each.tag)) {
        Some(meant) => {
            let meant = one_line(meant);
            Bilingual::new(format!("是否为 {meant}？"), format!("did you mean {meant}?"))
        }
        None => Bilingual::new("`plan158 tags` 列出全部标签", "`plan158 tags` lists them"),
    };
    Failure::usage(what, next)
}
