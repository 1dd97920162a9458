//! A note a row.

use super::ColumnShape::{Each, One};
use super::{ColumnGroup, TableCell, Tables};
use crate::export::document::NodeEntry;
use crate::journal::Annotations;

pub(super) const GROUPS: &[&ColumnGroup] = &[&[
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
    ) -> Vec<Vec<TableCell>> {
        let row = |note: &crate::journal::fold::Note| {
            let mut row = vec![TableCell::line(name)];
            row.extend(self.each(entry.map(|entry| &entry.node.title)));
            row.extend([
                TableCell::At(note.at),
                TableCell::line(note.by.as_str()),
                TableCell::line(note.kind.word()),
                TableCell::line(&self.plain.line(&[self.report.reader().note_kind(note.kind)])),
                TableCell::lines(&note.text),
                note.edited.map_or(TableCell::Nothing, TableCell::At),
                TableCell::line(&note.id),
            ]);
            row
        };
        said.notes().map(row).collect()
    }
}
