//! `plan158 doctor --reattach OLD=NEW`: what was said of a node that has left the plan belongs to another
//! from now on.

use std::io::Write;

use super::CommandContext;
use super::failure::{Exit, Failure, Stop};
use super::journal::{author, stamp, tell_beside};
use super::open::{OpenPlan, open};
use super::output::Output;
use crate::journal::{Event, Step};
use crate::text::clean::one_line;
use crate::text::{Bilingual, suggest};

/// Runs the command.
///
/// # Errors
/// When there is no such orphan or no such node, or the step cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, reattach: &str) -> Result<Exit, Stop> {
    let Some((old, new)) = reattach.split_once('=') else {
        let shown = one_line(reattach);
        let what =
            Bilingual::new(format!("--reattach 不接受 {shown}"), format!("--reattach does not take {shown}"));
        return Err(Failure::usage(
            what,
            Bilingual::new("写作 --reattach 旧=新", "write --reattach OLD=NEW"),
        )
        .into());
    };
    let mut opened = open(context)?;
    let node = opened.node(new)?;
    if !opened.journal.orphans().iter().any(|orphan| *orphan.name == *old) {
        return Err(no_orphan(&opened, old).into());
    }
    let by = author(context)?;
    let loaded = std::sync::Arc::clone(&opened.loaded);
    let to = loaded.plan.tree.node(node).key.as_str();
    let step = Step::new(vec![Event::Reattach { node: old.into(), to: to.into() }]);
    let appended = opened.journal.append(&loaded.plan, &by, step, &stamp(context))?;
    tell_beside(context, &appended, &opened.journal);
    let old = one_line(old);
    writeln!(
        out,
        "{}",
        context.ui().pick(
            format!("{old} 的记录重新关联到 {to}"),
            format!("what was said of {old} belongs to {to} now")
        )
    )?;
    Ok(Exit::Done)
}

fn no_orphan(opened: &OpenPlan, old: &str) -> Failure {
    let shown = one_line(old);
    if opened.plan().tree.find(old).is_some() {
        return Failure::usage(
            Bilingual::new(format!("{shown} 仍在规划中"), format!("{shown} is still in the plan")),
            Bilingual::new(
                "只有已离开规划的节点可以重新关联",
                "only what has left the plan can be reattached",
            ),
        );
    }
    let orphans = opened.journal.orphans();
    let next = match suggest::closest(old, orphans.iter().map(|orphan| &*orphan.name)) {
        Some(meant) => {
            let meant = one_line(meant);
            Bilingual::new(format!("是否为 {meant}？"), format!("did you mean {meant}?"))
        }
        None => Bilingual::new(
            "`plan158 doctor` 列出离开规划的节点",
            "`plan158 doctor` lists what has left the plan",
        ),
    };
    Failure::usage(
        Bilingual::new(format!("没有属于 {shown} 的记录"), format!("nothing was said of {shown}")),
        next,
    )
}
