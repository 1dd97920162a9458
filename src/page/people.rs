//! What people say of a node: verdicts with who said them when, notes newest first, and the history.

use super::{Field, Item, People, Phrase, Reader};
use crate::journal::fold::{AuthorSaid, Home, Note};
use crate::journal::{Annotations, At, describe};
use crate::plan::NodeId;
use crate::text::clean::one_line;

/// The date and time of day of a moment, where it was written.
pub fn when(at: At) -> String {
    let there = at.offset.to_datetime(at.instant);
    format!("{} {:02}:{:02}", there.date(), there.hour(), there.minute())
}

/// Each author's verdict and estimate, the latest first; then star, tags and looks.
pub(super) fn verdicts(reader: &Reader<'_>, said: &Annotations) -> Vec<Field> {
    let ui = reader.ui;
    let mut fields = Vec::new();
    if said.is_disputed() {
        fields.push(Field::Note(ui.pick("异 作者结论不同", "异 authors differ").to_owned()));
    }
    let mut authors: Vec<&AuthorSaid> = said.authors().collect();
    authors.sort_by_key(|author| std::cmp::Reverse(author.at().map(|at| at.instant)));
    fields.extend(authors.into_iter().filter_map(|author| by_one(reader, author)));
    if said.is_starred() {
        fields.push(reader.pair("星标", "star", ui.pick("是", "yes")));
    }
    let tags: Vec<_> = said.tags().map(|tag| one_line(tag)).collect();
    if !tags.is_empty() {
        fields.push(reader.pair("自定标签", "own tags", tags.join(" · ")));
    }
    if let Some(at) = said.reviewed_at() {
        fields.push(reader.pair("上次复核", "last review", when(at)));
    }
    fields
}

pub(super) fn by_one(reader: &Reader<'_>, author: &AuthorSaid) -> Option<Field> {
    let ui = reader.ui;
    let mut parts = Vec::new();
    if let Some(verdict) = &author.verdict {
        parts.push(describe::state(verdict.status, ui));
    }
    parts.extend(author.share.map(|share| format!("{} %", share.progress)));
    let at = author.verdict.as_ref().map(|verdict| verdict.at).or(author.share.map(|share| share.at))?;
    parts.push(when(at));
    let reason = author.verdict.as_ref().and_then(|verdict| verdict.reason.as_deref());
    parts.extend(reason.map(|reason| one_line(reason).into_owned()));
    Some(Field::Pair { label: one_line(author.by.as_str()).into_owned(), value: parts.join(" · ") })
}

/// Notes, newest first, each with its head and its words.
pub(super) fn notes(reader: &Reader<'_>, said: &Annotations) -> Vec<Field> {
    said.notes().rev().flat_map(|note| note_fields(reader, note)).collect()
}

fn note_fields(reader: &Reader<'_>, note: &Note) -> [Field; 2] {
    let ui = reader.ui;
    let mut head = vec![one_line(note.by.as_str()).into_owned(), note.kind.label(ui).to_owned()];
    head.extend(note.edited.map(|at| {
        let when = when(at);
        ui.pick(format!("{when} 修改"), format!("edited {when}"))
    }));
    let words = Phrase { lang: reader.show.main(), text: note.text.to_string(), borrowed: false };
    [
        Field::Item { label: when(note.at), value: head.join(" · "), item: Item::Note(note.id.clone()) },
        Field::Words(vec![words]),
    ]
}

/// So many records of the history are shown; `log` has all.
const SHOWN: usize = 20;

/// The records that touch the node, newest first.
pub(super) fn history(reader: &Reader<'_>, people: People<'_>, node: NodeId) -> Vec<Field> {
    let Some(home) = people.fold.home(node) else { return Vec::new() };
    records(reader, people, home)
}

/// The records of a home, newest first.
pub(super) fn records(reader: &Reader<'_>, people: People<'_>, home: &Home) -> Vec<Field> {
    let ui = reader.ui;
    let line = |index: &crate::journal::Index| {
        let record = people.book.record(*index);
        let undone = match people.fold.is_effective(*index) {
            true => "",
            false => ui.pick("（已撤销）", " (undone)"),
        };
        let what = describe::in_book(people.book, *index, ui);
        let value = format!("{} · {what}{undone}", one_line(record.by.as_str()));
        Field::Pair { label: when(record.at), value }
    };
    let mut fields: Vec<Field> = home.records.iter().rev().take(SHOWN).map(line).collect();
    let more = home.records.len().saturating_sub(SHOWN);
    if more > 0 {
        let key = one_line(&home.name);
        fields.push(Field::Note(ui.pick(
            format!("另有 {more} 条更早的记录：`plan158 log {key}`"),
            format!("{more} earlier: `plan158 log {key}`"),
        )));
    }
    fields
}
