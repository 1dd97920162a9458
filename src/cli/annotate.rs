//! `plan158 annotate ID …`: what one has to say of a node. One call is one record: all of it is saved or none.

mod figure;
mod items;

use std::io::Write;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::Context;
use super::args::Annotate;
use super::failure::{Exit, Failure, Stop};
use super::journal::{author, stamp, tell_torn};
use super::open::{Opened, open};
use super::output::{Output, tell};
use crate::journal::{Author, Event, Name, NoteKind, Step, describe};
use crate::plan::text::one_line;
use crate::plan::{NodeId, Said, State, Ui, near};

/// Runs the command.
///
/// # Errors
/// When the id is unknown, a value is out of range, or the step cannot be written: then its words come back.
pub fn run(context: &Context, out: &mut Output, wish: &Annotate) -> Result<Exit, Stop> {
    let mut opened = open(context).map_err(|stop| handing_back(stop, wish))?;
    let node = opened.node(&wish.id)?;
    let by = author(context)?;
    let step = step(&opened, node, &by, wish)?;
    if let Some(hint) = reason_hint(&opened, node, &step) {
        tell(hint.get(context.ui()));
    }
    let loaded = Arc::clone(&opened.loaded);
    let appended = opened.journal.append(&loaded.plan, &by, step, &stamp())?;
    tell_torn(context, appended.torn.as_ref());
    let record = opened.journal.record(appended.index);
    for event in &record.events {
        writeln!(out, "{}", describe::event(event, context.ui()))?;
    }
    writeln!(out, "{}", out.ink.quiet(record.id.as_str()))?;
    Ok(Exit::Done)
}

/// A journal that cannot even be read takes nobody's words with it.
fn handing_back(stop: Stop, wish: &Annotate) -> Stop {
    match stop {
        Stop::Failed(mut failure) if failure.exit == Exit::Journal => {
            let words: Vec<&str> = [&wish.reason, &wish.note, &wish.value_source]
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
fn refused(flag: &str, value: &str, next: Said) -> Failure {
    let value = one_line(value);
    Failure::usage(Said::new(format!("{flag} 不接受 {value}"), format!("{flag} does not take {value}")), next)
}

/// The word among some, or what is wrong with it.
fn word<T: Copy>(flag: &str, value: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, Failure> {
    if let Some(found) = all.iter().find(|each| name(**each) == value) {
        return Ok(*found);
    }
    let list = || all.iter().map(|each| name(*each)).collect::<Vec<_>>().join(", ");
    // A letter is near every other.
    let meant =
        near::closest(value, all.iter().map(|each| name(*each))).filter(|_| value.chars().count() > 2);
    let next = match meant {
        Some(meant) => Said::new(format!("是否为 {meant}？"), format!("did you mean {meant}?")),
        None => Said::new(format!("可用：{}", list()), format!("there are: {}", list())),
    };
    Err(refused(flag, value, next))
}

/// Words that are not all white space, in NFC where `nfc` matters for comparing them.
fn words(flag: &str, text: &str) -> Result<Box<str>, Failure> {
    if text.trim().is_empty() {
        let what = Said::new(format!("{flag} 的内容为空"), format!("{flag} is empty"));
        return Err(Failure::usage(what, Said::new("写出内容", "say something")));
    }
    Ok(text.into())
}

/// A tag: trimmed, in NFC, on one line.
///
/// # Errors
/// Exit code 2 where nothing remains, or more than a tag.
pub fn tag(text: &str) -> Result<Name, Failure> {
    let tag: String = text.trim().trim_start_matches('#').nfc().collect();
    let fits = !tag.is_empty() && tag.chars().count() <= 64 && !tag.chars().any(char::is_control);
    if fits {
        return Ok(tag.into());
    }
    let next = Said::new("标签为 1 至 64 个字符，不换行", "a tag has 1 to 64 characters on one line");
    Err(refused("--tag", text, next))
}

/// Everything that is wished for, in the order of the flags in `cli.md`.
fn step(opened: &Opened, node: NodeId, by: &Author, wish: &Annotate) -> Result<Step, Failure> {
    let name: Name = opened.plan().tree.node(node).key.as_str().into();
    let mut events = Vec::new();
    if let Some(status) = &wish.status {
        let reason = wish.reason.as_deref().map(|reason| words("--reason", reason)).transpose()?;
        events.push(Event::Status { node: Name::clone(&name), status: verdict(status)?, reason });
    }
    if let Some(progress) = &wish.progress {
        events.push(Event::Progress { node: Name::clone(&name), progress: share(progress)? });
    }
    if let (Some(text), None) = (&wish.note, &wish.edit) {
        let kind = match &wish.kind {
            Some(kind) => word("--kind", kind, NoteKind::ALL, NoteKind::word)?,
            None => NoteKind::Progress,
        };
        events.push(Event::Note { node: Name::clone(&name), kind, text: words("--note", text)? });
    }
    if let Some(figure) = figure::figure(opened.plan(), node, wish)? {
        events.push(Event::Value { node: Name::clone(&name), figure });
    }
    if let Some(text) = &wish.series_break {
        let at = figure::series_break(opened.plan(), node, text)?;
        events.push(Event::SeriesBreak { node: Name::clone(&name), at });
    }
    for text in &wish.tag {
        events.push(Event::Tag { node: Name::clone(&name), tag: tag(text)? });
    }
    for text in &wish.untag {
        events.push(Event::Untag { node: Name::clone(&name), tag: tag(text)? });
    }
    if wish.star {
        events.push(Event::Star { node: Name::clone(&name) });
    }
    if wish.unstar {
        events.push(Event::Unstar { node: Name::clone(&name) });
    }
    let said = opened.journal.annotations(node);
    if let (Some(id), Some(text)) = (&wish.edit, &wish.note) {
        let of = items::own_note(said, by, id)?;
        events.push(Event::NoteEdit { node: Some(Name::clone(&name)), of, text: words("--note", text)? });
    }
    if let Some(id) = &wish.retract {
        events.push(items::retract(said, by, id, &name)?);
    }
    if events.is_empty() {
        let what = Said::new("没有要记录的内容", "there is nothing to record");
        let next = Said::new(
            "加上 --status、--progress、--note、--observe、--series-break、--tag 或 --star",
            "add --status, --progress, --note, --observe, --series-break, --tag or --star",
        );
        return Err(Failure::usage(what, next));
    }
    Ok(Step::new(events))
}

/// What clears a verdict or an estimate.
const NONE: &str = "none";

/// A person's verdict by its word, glyph or Chinese label; `None` clears it.
fn verdict(text: &str) -> Result<Option<State>, Failure> {
    if text == NONE {
        return Ok(None);
    }
    let named = |state: &State| text == state.word() || text == state.glyph() || text == state.label(Ui::Zh);
    let people: Vec<State> = State::ALL.into_iter().filter(|state| state.is_for_people()).collect();
    match State::ALL.iter().find(|state| named(state)) {
        Some(state) if state.is_for_people() => Ok(Some(*state)),
        Some(_) => {
            let list = people.iter().map(|state| state.word()).collect::<Vec<_>>().join(", ");
            let next = Said::new(
                format!("该状态只由计算得出；可用：{list}"),
                format!("that one is computed only; there are: {list}"),
            );
            Err(refused("--status", text, next))
        }
        None => word("--status", text, &people, State::word).map(Some),
    }
}

/// 0 to 100, with or without a percent sign; `None` clears it.
fn share(text: &str) -> Result<Option<u8>, Failure> {
    if text == NONE {
        return Ok(None);
    }
    let number = text.strip_suffix(['%', '％']).unwrap_or(text).trim();
    let share = number.parse::<u8>().ok().filter(|share| *share <= 100);
    share.map(Some).ok_or_else(|| {
        let next =
            Said::new("0 到 100 的整数，或 none 清除", "a whole number from 0 to 100, or none to clear it");
        refused("--progress", text, next)
    })
}

/// A verdict without a reason where one is wanted: hinted at, never refused.
fn reason_hint(opened: &Opened, node: NodeId, step: &Step) -> Option<Said> {
    let verdict = step.events.iter().find_map(|event| match event {
        Event::Status { status, reason: None, .. } => *status,
        _ => None,
    })?;
    let wanted = opened.judge().reason_wanted(node, &opened.added(node), verdict)?.said();
    Some(Said::new(
        format!("提示：{}；可用 --reason 说明理由", wanted.zh),
        format!("hint: {}; --reason says why", wanted.en),
    ))
}
