//! What people add to the node under the cursor: each command asks for what it needs, and ends in one step.

use std::sync::Arc;

use super::super::compose::{Asks, Compose, VALUE_FIELDS};
use super::super::draft_keeper::title;
use super::super::drafts::note::Draft;
use super::super::effect::Effect;
use super::super::effect::UndoDirection;
use super::super::layers::Choosing;
use super::super::model::Model;
use super::super::view::Here;
use super::compose;
use crate::journal::fold::Note;
use crate::journal::{Annotations, Event, NodeName, NoteKind, Step, describe};
use crate::page::AnnotationItem;
use crate::page::LineTarget;
use crate::plan::{Key, Role, State};
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// What writes a record: not while one looks back at history.
fn writing(model: &mut Model, write: impl FnOnce(&mut Model) -> Vec<Effect>) -> Vec<Effect> {
    if model.journal_view.past.is_some() {
        model.notice = Some(Bilingual::new(
            "正在回看历史，不能写入；Esc 回到现在",
            "you are looking back: nothing can be written; Esc comes back to now",
        ));
        return Vec::new();
    }
    write(model)
}

/// The same of what is under the cursor.
fn writing_here(model: &mut Model, write: impl FnOnce(&mut Model, Here) -> Vec<Effect>) -> Vec<Effect> {
    writing(model, |model| model.here().map_or_else(Vec::new, |here| write(model, here)))
}

/// Takes back one's last step.
pub fn undo(model: &mut Model) -> Vec<Effect> {
    writing(model, |_| vec![Effect::Turn(UndoDirection::Undo)])
}

/// Brings back what was taken back last.
pub fn redo(model: &mut Model) -> Vec<Effect> {
    writing(model, |_| vec![Effect::Turn(UndoDirection::Redo)])
}

/// A note in a line.
pub fn add_note(model: &mut Model) -> Vec<Effect> {
    writing_here(model, |model, here| ask(model, Compose::line(Asks::Note(NoteKind::Progress), here, "")))
}

/// A note in the editor.
pub fn write_note(model: &mut Model) -> Vec<Effect> {
    writing_here(model, |model, here| vec![Effect::Edit(draft(model, here))])
}

/// Other words for one's own note.
pub fn edit_note(model: &mut Model) -> Vec<Effect> {
    writing_here(model, |model, here| edit_note_here(model, &here))
}

/// Takes back one's own note or value.
pub fn retract(model: &mut Model) -> Vec<Effect> {
    writing_here(model, |model, here| retract_here(model, &here))
}

/// Lets one choose the state.
pub fn verdict(model: &mut Model) -> Vec<Effect> {
    judging_here(model).unwrap_or_else(|| choose_here(model, Choosing::Verdict))
}

/// What becomes of a judgement on a heading: nobody judges one.
fn judging_here(model: &mut Model) -> Option<Vec<Effect>> {
    let here = model.selected().filter(|_| model.selected_orphan().is_none())?;
    if model.plan().tree.node(here).role != Role::Group {
        return None;
    }
    model.notice = Some(Bilingual::new(
        "这是分组标题，不作判断；a 可写笔记",
        "this is a heading, which nobody judges; a writes a note",
    ));
    Some(Vec::new())
}

/// Lets one put tags on and off.
pub fn tags(model: &mut Model) -> Vec<Effect> {
    choose_here(model, Choosing::Tags)
}

fn choose_here(model: &mut Model, choosing: Choosing) -> Vec<Effect> {
    writing_here(model, |model, _| {
        model.open_list(choosing);
        Vec::new()
    })
}

/// How far it is, in per cent.
pub fn progress(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = judging_here(model) {
        return effects;
    }
    writing_here(model, |model, here| {
        let share = model.said_here().and_then(|said| said.share());
        let now = share.map(|(_, share)| share.progress.to_string());
        ask(model, Compose::line(Asks::Share, here, &now.unwrap_or_default()))
    })
}

/// A value that was observed.
pub fn observe(model: &mut Model) -> Vec<Effect> {
    writing_here(model, observe_here)
}

/// The moment from which a series counts something else.
pub fn series_break(model: &mut Model) -> Vec<Effect> {
    writing_here(model, |model, here| ask(model, Compose::line(Asks::SeriesBreak, here, "")))
}

/// Puts one's star on, or takes it off.
pub fn star(model: &mut Model) -> Vec<Effect> {
    writing_here(model, |model, here| star_here(model, here))
}

/// Gives what was said of an id that left the plan to a node.
pub fn reattach(model: &mut Model) -> Vec<Effect> {
    writing_here(model, |model, here| reattach_here(model, &here))
}

/// Lets one choose the tag to rename.
pub fn choose_tag(model: &mut Model) -> Vec<Effect> {
    writing(model, |model| {
        let none = model.fold().is_none_or(|fold| fold.tags().is_empty());
        if none {
            model.notice = Some(Bilingual::new("还没有标签；t 加一个", "there are no tags yet; t puts one"));
        } else {
            model.open_list(Choosing::TagToRename);
        }
        Vec::new()
    })
}

fn ask(model: &mut Model, asked: Compose) -> Vec<Effect> {
    compose::open(model, asked)
}

fn draft(model: &Model, here: Here) -> Draft {
    let title = title(model, &here);
    Draft { here, title, kind: NoteKind::Progress, text: String::new(), of: None }
}

/// One's own notes here, newest first.
fn own_notes(model: &Model) -> Vec<&Note> {
    let author = model.journal_view.author.as_ref().ok();
    let notes = model.said_here().into_iter().flat_map(|said| said.notes().rev());
    notes.filter(|note| Some(&note.by) == author).collect()
}

/// `e`: the note under the cursor, or one's only note here, or one chooses.
fn edit_note_here(model: &mut Model, here: &Here) -> Vec<Effect> {
    let Ok(pointed) = model.pointed_on_card() else { return Vec::new() };
    match pointed {
        Some(LineTarget::Item(AnnotationItem::Note(id))) => return edit_this(model, here, &id),
        Some(LineTarget::Item(AnnotationItem::Value(_))) => {
            model.notice = Some(Bilingual::new(
                "数值不能改：dd 撤回，再用 + 重记",
                "a value is not edited: dd retracts it, + records another",
            ));
            return Vec::new();
        }
        _ => {}
    }
    let own: Vec<Box<str>> = own_notes(model).iter().map(|note| note.id.clone()).collect();
    match own.as_slice() {
        [] => {
            model.notice =
                Some(Bilingual::new("这里没有自己的笔记；a 写一条", "no note of yours here; a writes one"));
            Vec::new()
        }
        [only] => edit_this(model, here, only),
        _ => {
            model.open_list(Choosing::OwnNotes);
            Vec::new()
        }
    }
}

/// Opens a note for other words: in the line, or in the editor where it has several.
pub fn edit_this(model: &mut Model, here: &Here, id: &str) -> Vec<Effect> {
    let notes = model.said_here().into_iter().flat_map(Annotations::notes);
    let Some(note) = notes.into_iter().find(|note| *note.id == *id).cloned() else { return Vec::new() };
    if let Some(refusal) = not_ones_own(model, note.by.as_str()) {
        model.notice = Some(refusal);
        return Vec::new();
    }
    if note.text.contains('\n') {
        let title = title(model, here);
        let (text, of) = (note.text.to_string(), Some(note.id.clone()));
        return vec![Effect::Edit(Draft { here: here.clone(), title, kind: note.kind, text, of })];
    }
    ask(model, Compose::line(Asks::EditNote(note.id.clone()), here.clone(), &note.text))
}

fn not_ones_own(model: &Model, by: &str) -> Option<Bilingual> {
    let own = model.journal_view.author.as_ref().is_ok_and(|author| author.as_str() == by);
    let by = one_line(by);
    (!own).then(|| {
        Bilingual::new(
            format!("这是 {by} 写的，只能修改或撤回自己的"),
            format!("{by} wrote it: one edits and retracts only one's own"),
        )
    })
}

/// `dd`: takes back the note or value under the cursor, or one's only one here, or one chooses.
fn retract_here(model: &mut Model, here: &Here) -> Vec<Effect> {
    let Ok(pointed) = model.pointed_on_card() else { return Vec::new() };
    if let Some(LineTarget::Item(item)) = pointed {
        return retract_this(model, here, &item);
    }
    let own = own_items(model);
    match own.as_slice() {
        [] => {
            let said = Bilingual::new("这里没有自己的笔记或数值", "no note or value of yours here");
            model.notice = Some(said);
            Vec::new()
        }
        [only] => retract_this(model, here, only),
        _ => {
            model.open_list(Choosing::OwnItems);
            Vec::new()
        }
    }
}

/// One's own notes and values here, newest first, notes before values.
pub fn own_items(model: &Model) -> Vec<AnnotationItem> {
    let author = model.journal_view.author.as_ref().ok();
    let values = model.said_here().into_iter().flat_map(|said| said.values().rev());
    let values =
        values.filter(|value| Some(&value.by) == author).map(|value| AnnotationItem::Value(value.id.clone()));
    own_notes(model).into_iter().map(|note| AnnotationItem::Note(note.id.clone())).chain(values).collect()
}

/// Takes back a note or value, where it is one's own.
pub fn retract_this(model: &mut Model, here: &Here, item: &AnnotationItem) -> Vec<Effect> {
    let by = model.said_here().and_then(|said| match item {
        AnnotationItem::Note(id) => said.notes().find(|note| note.id == *id).map(|note| note.by.clone()),
        AnnotationItem::Value(id) => {
            said.values().find(|value| value.id == *id).map(|value| value.by.clone())
        }
    });
    let Some(by) = by else { return Vec::new() };
    if let Some(refusal) = not_ones_own(model, by.as_str()) {
        model.notice = Some(refusal);
        return Vec::new();
    }
    let node = Some(NodeName::clone(&here.name));
    record(vec![match item {
        AnnotationItem::Note(of) => Event::NoteRetract { node, of: of.clone() },
        AnnotationItem::Value(of) => Event::ValueRetract { node, of: of.clone() },
    }])
}

fn record(events: Vec<Event>) -> Vec<Effect> {
    vec![Effect::Record(Step::new(events))]
}

/// A verdict was chosen: recorded at once, or after a reason where one is wanted.
pub fn give_verdict(model: &mut Model, status: Option<State>) -> Vec<Effect> {
    let Some(here) = model.here() else { return Vec::new() };
    let wanted = match (here.node, status) {
        (Some(node), Some(status)) => model.judge().reason_wanted(node, &model.added(node), status),
        _ => None,
    };
    match wanted {
        Some(wanted) => ask(model, Compose::line(Asks::Reason(status), here, "").with_remark(wanted.said())),
        None => vec![Effect::Record(compose::verdict(here.name, status, ""))],
    }
}

fn observe_here(model: &mut Model, here: Here) -> Vec<Effect> {
    let is_metric = here.node.is_some_and(|node| model.plan().tree.node(node).metric.is_some());
    if !is_metric {
        model.notice = Some(Bilingual::new(
            "不是指标，没有数值；把数值记在它下面的指标上，或用 a 写笔记",
            "no metric, so no values: record them on a metric below, or write a note with a",
        ));
        return Vec::new();
    }
    ask(model, Compose::form(Asks::Value, here, VALUE_FIELDS))
}

fn star_here(model: &Model, here: Here) -> Vec<Effect> {
    let starred = model.said_here().is_some_and(Annotations::is_starred);
    let node = here.name;
    record(vec![if starred { Event::Unstar { node } } else { Event::Star { node } }])
}

/// Puts a tag on, or takes it off.
pub fn toggle_tag(model: &Model, tag: &NodeName) -> Vec<Effect> {
    let Some(here) = model.here() else { return Vec::new() };
    let held = model.said_here().is_some_and(|said| said.tags().any(|own| own == tag));
    let (node, tag) = (here.name, NodeName::clone(tag));
    record(vec![if held { Event::Untag { node, tag } } else { Event::Tag { node, tag } }])
}

/// Asks for a tag's other name.
pub fn ask_new_name(model: &mut Model, tag: NodeName) -> Vec<Effect> {
    let here = Here { name: NodeName::clone(&tag), node: None };
    let text = tag.to_string();
    let remark = Bilingual::new("改成已有的标签即合并", "the name of another tag merges the two");
    ask(model, Compose::line(Asks::RenameTag(tag), here, &text).with_remark(remark))
}

/// One step that gives every node the new tag in the old one's place.
pub fn rename_tag(model: &Model, old: &NodeName, new: &NodeName) -> Step {
    Step::new(model.fold().map(|fold| fold.renaming(old, new)).unwrap_or_default())
}

fn reattach_here(model: &mut Model, here: &Here) -> Vec<Effect> {
    if here.node.is_some() {
        model.notice = Some(Bilingual::new(
            "只有已离开规划的节点可以重新关联；]o 到其中一个",
            "only what has left the plan can be reattached; ]o goes to one",
        ));
        return Vec::new();
    }
    model.open_list(Choosing::Reattach(NodeName::clone(&here.name)));
    Vec::new()
}

/// What was said of an id that left the plan belongs to this node from now on.
pub fn reattach_to(old: &NodeName, to: &Key) -> Vec<Effect> {
    record(vec![Event::Reattach { node: Arc::clone(old), to: to.as_str().into() }])
}

/// One's own note or value in a line.
pub fn item_line(model: &Model, item: &AnnotationItem) -> (String, String) {
    let ui = model.view.ui;
    let said = model.said_here();
    match item {
        AnnotationItem::Note(id) => {
            let note = said.and_then(|said| said.notes().find(|note| note.id == *id));
            note.map(|note| (note.kind.label(ui).to_owned(), one_line(&note.text).into_owned()))
        }
        AnnotationItem::Value(id) => {
            let value = said.and_then(|said| said.values().find(|value| value.id == *id));
            value.map(|value| (ui.pick("数值", "value").to_owned(), describe::figure(&value.figure, ui)))
        }
    }
    .unwrap_or_default()
}
