//! `plan158 log [ID] [--json]`: the journal, newest last; of a node and what is below it, or of an id that
//! has left the plan.

use std::io::Write;

use serde::Serialize;
use serde_json::value::RawValue;

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::open::{OpenPlan, open};
use super::output::Output;
use crate::journal::codec::entry;
use crate::journal::{Event, NodeRecords, RecordIndex, describe};
use crate::plan::NodeId;
use crate::text::Ui;
use crate::text::{clean::many_lines, clean::one_line};
use crate::tui::text::{cols, fit};

#[derive(Clone, Copy, Debug)]
enum LogScope<'a> {
    All,
    Below(NodeId),
    /// What has left the plan.
    Orphan(&'a str),
}

impl LogScope<'_> {
    fn holds(self, opened: &OpenPlan, home: &NodeRecords) -> bool {
        match self {
            LogScope::All => true,
            LogScope::Below(top) => home.node.is_some_and(|node| opened.plan().tree.contains(top, node)),
            LogScope::Orphan(name) => *home.name == *name,
        }
    }
}

#[derive(Serialize)]
struct LogAnswer {
    records: Vec<Box<RawValue>>,
}

/// Runs the command.
///
/// # Errors
/// When the plan or the journal cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, id: Option<&str>, json: bool) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let orphan = id.and_then(|id| opened.journal.fold().home_named(id)).filter(|home| home.node.is_none());
    let scope = match (id, orphan) {
        (None, _) => LogScope::All,
        (Some(_), Some(home)) => LogScope::Orphan(&home.name),
        (Some(id), None) => LogScope::Below(opened.node(id)?),
    };
    let entries = entries(&opened, scope);
    if json {
        let records =
            entries.iter().filter_map(|(index, event)| raw_entry(&opened, *index, *event)).collect();
        serde_json::to_writer_pretty(&mut *out, &LogAnswer { records }).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        human(&opened, &entries, context.ui(), out)?;
    }
    Ok(Exit::Done)
}

/// Events in scope, oldest first, those this version knows.
fn entries(opened: &OpenPlan, scope: LogScope<'_>) -> Vec<(RecordIndex, usize)> {
    let (fold, book) = (opened.journal.fold(), opened.journal.book());
    let mut entries = Vec::new();
    for index in fold.records() {
        for (at, event) in book.record(*index).events.iter().enumerate() {
            let is_in = match (scope, event) {
                (_, Event::Unknown) => false,
                (LogScope::All, _) => true,
                (_, Event::Undo { .. }) => {
                    fold.homes_at(book, *index).iter().any(|home| scope.holds(opened, home))
                }
                _ => fold.home_at(book, *index, at).is_some_and(|home| scope.holds(opened, home)),
            };
            if is_in {
                entries.push((*index, at));
            }
        }
    }
    entries
}

/// The entries of one node, without what is below it.
pub fn history(opened: &OpenPlan, node: NodeId) -> Vec<Box<RawValue>> {
    let (fold, book) = (opened.journal.fold(), opened.journal.book());
    let Some(home) = fold.home(node) else { return Vec::new() };
    let mut history = Vec::new();
    for index in &home.records {
        for (at, event) in book.record(*index).events.iter().enumerate() {
            let here = || fold.home_at(book, *index, at).is_some_and(|other| other.node == home.node);
            if matches!(event, Event::Undo { .. }) || here() {
                history.extend(raw_entry(opened, *index, at));
            }
        }
    }
    history
}

fn raw_entry(opened: &OpenPlan, index: RecordIndex, at: usize) -> Option<Box<RawValue>> {
    let validity = opened.journal.fold().validity(index);
    RawValue::from_string(entry(opened.journal.record(index), at, validity)).ok()
}

/// A line an event: when, who, what; below it a reason, or a text that is too long to stand in the line.
fn human(opened: &OpenPlan, entries: &[(RecordIndex, usize)], ui: Ui, out: &mut Output) -> Result<(), Stop> {
    let by = |index: RecordIndex| one_line(opened.journal.record(index).by.as_str()).into_owned();
    let width = entries.iter().map(|(index, _)| cols(&by(*index))).max().unwrap_or(0);
    let ink = out.ink;
    for (index, at) in entries {
        let record = opened.journal.record(*index);
        let event = &record.events[*at];
        let there = record.at.offset.to_datetime(record.at.instant);
        let when = format!("{} {:02}:{:02}", there.date(), there.hour(), there.minute());
        let what = match event {
            Event::Undo { .. } => describe::in_book(opened.journal.book(), *index, ui),
            _ => describe::event(event, ui),
        };
        let undone = opened.journal.fold().validity(*index).remark(ui);
        let id = match event {
            made if made.makes_item() => format!("  {}", record.item_id(*at)),
            _ => String::new(),
        };
        writeln!(out, "{}  {}  {what}{undone}{}", ink.quiet(&when), fit(&by(*index), width), ink.quiet(&id))?;
        for line in below(event).lines() {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}

/// What does not fit into an event's own line.
fn below(event: &Event) -> String {
    match event {
        Event::Status { reason: Some(text), .. } | Event::Settled { reason: Some(text), .. } => {
            many_lines(text).into_owned()
        }
        Event::Note { text, .. } | Event::NoteEdit { text, .. } if describe::is_shortened(text) => {
            many_lines(text).into_owned()
        }
        _ => String::new(),
    }
}
