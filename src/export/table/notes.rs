//! A note a row.

use super::Shape::{Each, One};
use super::{Cell, Group, Tables};
use crate::export::document::NodeEntry;
use crate::journal::Annotations;

pub(super) const GROUPS: &[&Group] = &[&[
    ("node", One(36)),
    ("title", Each(44)),
    ("at", One(26)),
    ("by", One(12)),
    ("kind", One(11)),
    ("kind_words", One(20)),
    ("text", One(72)),
    ("edited", One(26)),
    ("id", One(38)),
]];

impl<'p> Tables<'_, 'p> {
    /// The notes of a node, or of what has left the plan.
    pub(super) fn notes(
        &self,
        name: &str,
        entry: Option<&NodeEntry<'p>>,
        said: &Annotations,
    ) -> Vec<Vec<Cell>> {
        let row = |note: &crate::journal::fold::Note| {
            let mut row = vec![Cell::line(name)];
            row.extend(self.each(entry.map(|entry| &entry.node.title)));
            row.extend([
                Cell::At(note.at),
                Cell::line(note.by.as_str()),
                Cell::line(note.kind.word()),
                Cell::line(&self.plain.line(&[self.report.reader().note_kind(note.kind)])),
                Cell::lines(&note.text),
                note.edited.map_or(Cell::Nothing, Cell::At),
                Cell::line(&note.id),
            ]);
            row
        };
        said.notes().map(row).collect()
    }
}
