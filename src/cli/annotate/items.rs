//! Notes and values by their ids, or any part of one that is enough to tell it from the node's others.

use super::super::failure::Failure;
use crate::journal::{Annotations, Author, Event, NodeName, describe};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

/// A note or a value.
struct JournalItem<'a> {
    id: &'a str,
    by: &'a Author,
    what: Bilingual,
    made: Made,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    Note,
    Value,
}

/// Shortest part of an id that is taken.
const MIN_PART: usize = 4;

fn items(said: Option<&Annotations>) -> Vec<JournalItem<'_>> {
    let notes = said.into_iter().flat_map(Annotations::notes).map(|note| JournalItem {
        id: &note.id,
        by: &note.by,
        what: Bilingual::new(one_line(&note.text), one_line(&note.text)),
        made: Made::Note,
    });
    let values = said.into_iter().flat_map(Annotations::values).map(|value| JournalItem {
        id: &value.id,
        by: &value.by,
        what: Bilingual::new(
            describe::figure(&value.figure, Ui::Zh),
            describe::figure(&value.figure, Ui::En),
        ),
        made: Made::Value,
    });
    notes.chain(values).collect()
}

/// The one item that an id or a part of it means, which must be the author's own.
fn find<'a>(
    all: &'a [JournalItem<'a>],
    by: &Author,
    id: &str,
    flag: &str,
) -> Result<&'a JournalItem<'a>, Failure> {
    let is_part =
        |item: &&JournalItem<'_>| id.len() >= MIN_PART && (item.id.starts_with(id) || item.id.ends_with(id));
    let exact = all.iter().find(|item| item.id == id);
    let found: Vec<&JournalItem<'_>> =
        exact.map_or_else(|| all.iter().filter(is_part).collect(), |item| vec![item]);
    let shown = one_line(id);
    let list = |items: &mut dyn Iterator<Item = &JournalItem<'_>>, ui: Ui| {
        items.map(|item| format!("{} {}", item.id, item.what.get(ui))).collect::<Vec<_>>().join("\n  ")
    };
    match found.as_slice() {
        [item] if item.by == by => Ok(item),
        [item] => {
            let owner = one_line(item.by.as_str());
            let what = Bilingual::new(format!("{shown} 是 {owner} 写的"), format!("{shown} is {owner}'s"));
            let next = Bilingual::new(
                "只能修改或撤回自己的；可以另写一条笔记",
                "one edits and retracts only one's own; write a note beside it",
            );
            Err(Failure::usage(what, next))
        }
        [] => {
            let what = Bilingual::new(
                format!("{flag}：该节点没有 {shown}"),
                format!("{flag}: the node has no {shown}"),
            );
            let own = |ui| list(&mut all.iter().filter(|item| item.by == by), ui);
            let next = match own(Ui::En).as_str() {
                "" => Bilingual::new("`plan158 log ID` 列出记录", "`plan158 log ID` lists what there is"),
                _ => Bilingual::new(
                    format!("自己的有：\n  {}", own(Ui::Zh)),
                    format!("your own here:\n  {}", own(Ui::En)),
                ),
            };
            Err(Failure::usage(what, next))
        }
        several => {
            let what = Bilingual::new(format!("{shown} 指代不明"), format!("{shown} may be several"));
            let of = |ui| list(&mut several.iter().copied(), ui);
            let next =
                Bilingual::new(format!("其中之一：\n  {}", of(Ui::Zh)), format!("one of:\n  {}", of(Ui::En)));
            Err(Failure::usage(what, next))
        }
    }
}

/// The id of one's own note.
pub fn own_note(said: Option<&Annotations>, by: &Author, id: &str) -> Result<Box<str>, Failure> {
    let notes: Vec<JournalItem<'_>> =
        items(said).into_iter().filter(|item| item.made == Made::Note).collect();
    find(&notes, by, id, "--edit").map(|item| item.id.into())
}

/// Takes back one's own note or value.
pub fn retract(said: Option<&Annotations>, by: &Author, id: &str, node: &NodeName) -> Result<Event, Failure> {
    let all = items(said);
    let item = find(&all, by, id, "--retract")?;
    let (node, of) = (Some(NodeName::clone(node)), item.id.into());
    Ok(match item.made {
        Made::Note => Event::NoteRetract { node, of },
        Made::Value => Event::ValueRetract { node, of },
    })
}
