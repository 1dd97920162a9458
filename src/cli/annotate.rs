//! `plan158 annotate ID …`: what one has to say of a node. One call is one record: all of it is saved or
//! none.

mod figure;
mod items;

use crate::plan::Role;
use std::io::Write;
use std::sync::Arc;

use clap::Args as _;

use super::CommandContext;
use super::args::AnnotateArgs;
use super::failure::{Exit, Failure, Stop};
use super::journal::{author, stamp, tell_beside};
use super::open::{OpenPlan, open};
use super::output::{Output, tell};
use crate::journal::words::{self, RefusedText};
use crate::journal::{Annotations, Author, Event, NodeName, NoteKind, Step, describe};
use crate::plan::NodeId;
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// Runs the command.
///
/// # Errors
/// When the id is unknown, a value is out of range, or the step cannot be written: then its words come back.
pub fn run(context: &CommandContext, out: &mut Output, wish: &AnnotateArgs) -> Result<Exit, Stop> {
    refuse_flags(wish)?;
    let mut opened = open(context).map_err(|stop| handing_back(stop, wish))?;
    let node = opened.node(&wish.id)?;
    let by = author(context)?;
    let step = step(&opened, node, &by, wish)?;
    if let Some(hint) = reason_hint(&opened, node, &step) {
        tell(hint.get(context.ui()));
    }
    let loaded = Arc::clone(&opened.loaded);
    let appended = opened.journal.append(&loaded.plan, &by, step, &stamp(context))?;
    tell_beside(context, &appended, &opened.journal);
    let record = opened.journal.record(appended.index);
    for event in &record.events {
        writeln!(out, "{}", describe::event(event, context.ui()))?;
    }
    writeln!(out, "{}", out.ink.quiet(record.id.as_str()))?;
    Ok(Exit::Done)
}

/// Words may begin with a dash. What is the name of one of the command's own flags stands there because words
/// were forgotten.
///
/// # Errors
/// Exit code 2 where that is so.
fn refuse_flags(wish: &AnnotateArgs) -> Result<(), Failure> {
    let command = AnnotateArgs::augment_args(clap::Command::new("annotate"));
    let is_flag = |text: &str| {
        let name = text.strip_prefix("--");
        name.is_some_and(|name| command.get_arguments().any(|flag| flag.get_long() == Some(name)))
    };
    let words = [
        ("--note", &wish.note),
        ("--reason", &wish.reason),
        ("--value-source", &wish.value_source),
        ("--settle", &wish.settle),
    ];
    let forgotten = words
        .iter()
        .find_map(|(flag, text)| Some((flag, text.as_deref()?)).filter(|(_, text)| is_flag(text)));
    let Some((flag, next)) = forgotten else { return Ok(()) };
    Err(Failure::usage(
        Bilingual::new(
            format!("{flag} 之后没有内容，紧接着 {next}"),
            format!("{flag} has no words before {next}"),
        ),
        Bilingual::new(format!("把内容写在 {flag} 之后"), format!("write the words behind {flag}")),
    ))
}

/// A journal that cannot even be read takes nobody's words with it.
fn handing_back(stop: Stop, wish: &AnnotateArgs) -> Stop {
    match stop {
        Stop::Failed(mut failure) if failure.exit == Exit::Journal => {
            let words: Vec<&str> = [&wish.reason, &wish.note, &wish.value_source, &wish.settle]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            failure.unsaved = words.join("\n\n").into();
            Stop::Failed(failure)
        }
        other => other,
    }
}

/// A wrong value, with what would be right.
fn refused(flag: &str, refused: RefusedText) -> Failure {
    let RefusedText { value, next } = refused;
    if value.is_empty() {
        return Failure::usage(
            Bilingual::new(format!("{flag} 的内容为空"), format!("{flag} is empty")),
            next,
        );
    }
    Failure::usage(
        Bilingual::new(format!("{flag} 不接受 {value}"), format!("{flag} does not take {value}")),
        next,
    )
}

/// A tag from a flag.
///
/// # Errors
/// Exit code 2 where it is none.
pub fn tag(text: &str) -> Result<NodeName, Failure> {
    words::tag(text).map_err(|why| refused("--tag", why))
}

/// A group is a heading: nobody judges it.
fn can_be_judged(opened: &OpenPlan, node: NodeId) -> Result<(), Failure> {
    let node = opened.plan().tree.node(node);
    if node.role != Role::Group {
        return Ok(());
    }
    let key = &node.key;
    Err(Failure::usage(
        Bilingual::new(
            format!("{key} 是分组标题，不作判断"),
            format!("{key} is a heading, which nobody judges"),
        ),
        Bilingual::new(
            "可对其下的节点给出结论；标题上可写笔记",
            "judge the nodes under it; a heading takes notes",
        ),
    ))
}

/// Everything that is wished for, in the order of the flags in `docs/cli.md`.
///
/// # Errors
/// Exit code 2 where something of it is wrong, or nothing is wished for.
pub(super) fn step(
    opened: &OpenPlan,
    node: NodeId,
    by: &Author,
    wish: &AnnotateArgs,
) -> Result<Step, Failure> {
    let say = |flag, text: &str| words::words(text).map_err(|why| refused(flag, why));
    let name: NodeName = opened.plan().tree.node(node).key.as_str().into();
    if wish.status.is_some() || wish.progress.is_some() {
        can_be_judged(opened, node)?;
    }
    let mut events = Vec::new();
    if let Some(status) = &wish.status {
        let reason = wish.reason.as_deref().map(|reason| say("--reason", reason)).transpose()?;
        events.push(Event::Status {
            node: NodeName::clone(&name),
            status: words::verdict(status).map_err(|why| refused("--status", why))?,
            reason,
        });
    }
    if let Some(progress) = &wish.progress {
        events.push(Event::Progress {
            node: NodeName::clone(&name),
            progress: words::share(progress).map_err(|why| refused("--progress", why))?,
        });
    }
    if let (Some(text), None) = (&wish.note, &wish.edit) {
        let kind = match &wish.kind {
            Some(kind) => {
                words::word(kind, NoteKind::ALL, NoteKind::word).map_err(|why| refused("--kind", why))?
            }
            None => NoteKind::Progress,
        };
        events.push(Event::Note { node: NodeName::clone(&name), kind, text: say("--note", text)? });
    }
    if let Some(figure) = figure::figure(opened.plan(), node, wish)? {
        events.push(Event::Value { node: NodeName::clone(&name), figure });
    }
    if let Some(text) = &wish.series_break {
        let at = figure::series_break(opened.plan(), node, text)?;
        events.push(Event::SeriesBreak { node: NodeName::clone(&name), at });
    }
    for text in &wish.tag {
        events.push(Event::Tag { node: NodeName::clone(&name), tag: tag(text)? });
    }
    for text in &wish.untag {
        events.push(Event::Untag { node: NodeName::clone(&name), tag: tag(text)? });
    }
    if wish.star {
        events.push(Event::Star { node: NodeName::clone(&name) });
    }
    if wish.unstar {
        events.push(Event::Unstar { node: NodeName::clone(&name) });
    }
    events.extend(about_others(opened, node, by, wish)?);
    if events.is_empty() {
        let what = Bilingual::new("没有要记录的内容", "there is nothing to record");
        let next = Bilingual::new(
            "加上 --status、--progress、--note、--observe、--series-break、--tag 或 --star",
            "add --status, --progress, --note, --observe, --series-break, --tag or --star",
        );
        return Err(Failure::usage(what, next));
    }
    Ok(Step::new(events))
}

/// What is wished for about what was said before: other words, taking back, settling.
fn about_others(
    opened: &OpenPlan,
    node: NodeId,
    by: &Author,
    wish: &AnnotateArgs,
) -> Result<Vec<Event>, Failure> {
    let say = |flag, text: &str| words::words(text).map_err(|why| refused(flag, why));
    let name: NodeName = opened.plan().tree.node(node).key.as_str().into();
    let mut events = Vec::new();
    let said = opened.journal.annotations(node);
    if let (Some(id), Some(text)) = (&wish.edit, &wish.note) {
        let of = items::own_note(said, by, id)?;
        events.push(Event::NoteEdit { node: Some(NodeName::clone(&name)), of, text: say("--note", text)? });
    }
    if let Some(id) = &wish.retract {
        events.push(items::retract(said, by, id, &name)?);
    }
    if let Some(reason) = &wish.settle {
        if !said.is_some_and(Annotations::is_disputed) {
            return Err(nothing_to_settle(&name));
        }
        events.push(Event::Settled { node: name, reason: Some(say("--settle", reason)?) });
    }
    Ok(events)
}

fn nothing_to_settle(node: &str) -> Failure {
    let node = one_line(node);
    Failure::usage(
        Bilingual::new(
            format!("{node} 上没有未解决的分歧"),
            format!("authors do not differ on {node}, or it is settled"),
        ),
        Bilingual::new(
            "`plan158 status --agreement` 列出分歧",
            "`plan158 status --agreement` lists where they differ",
        ),
    )
}

/// A verdict without a reason where one is wanted: hinted at, never refused.
fn reason_hint(opened: &OpenPlan, node: NodeId, step: &Step) -> Option<Bilingual> {
    let verdict = step.events.iter().find_map(|event| match event {
        Event::Status { status, reason: None, .. } => *status,
        _ => None,
    })?;
    let wanted = opened.judge().reason_wanted(node, &opened.added(node), verdict)?.said();
    Some(Bilingual::new(
        format!("提示：{}；可用 --reason 说明理由", wanted.zh),
        format!("hint: {}; --reason says why", wanted.en),
    ))
}
