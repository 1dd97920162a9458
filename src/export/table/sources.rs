//! A document cited a row.

use super::ColumnShape::{Each, One};
use super::fields::{ColumnSource, UnnamedField, field, worked};
use super::{TableCell, Tables};
use crate::plan::SourceId;
use crate::plan::fields::register::SOURCE;

type OfNumber = fn(usize) -> TableCell;

pub(super) const COLUMNS: &[ColumnSource<OfNumber>] = &[
    worked("number", One(8), TableCell::count),
    field("id", One(18)),
    field("title", Each(48)),
    field("title_basis", One(11)),
    field("publisher", Each(24)),
    field("date", One(12)),
    field("date_basis", One(11)),
    field("index", One(20)),
    field("kind", One(12)),
    field("standing", One(13)),
    field("cadence", One(12)),
    field("reading", One(9)),
    field("grade", One(7)),
    field("link", One(48)),
    field("note", Each(36)),
    field("sha256", One(14)),
    field("author", Each(18)),
    field("appeared_in", Each(24)),
    field("pages", One(10)),
];

/// The fields that no column names, but for the digests of its paragraphs, which `check --source` is for.
pub(super) fn rest() -> Vec<UnnamedField> {
    UnnamedField::of(&SOURCE, |key| key == "section" || COLUMNS.iter().any(|column| column.name == key))
}

impl Tables<'_, '_> {
    pub(super) fn source(&self, number: usize, id: SourceId) -> Vec<TableCell> {
        let source = self.document.plan().source(id);
        let mut row = self.fill(COLUMNS, (&SOURCE, source), |get| vec![get(number)]);
        row.extend(self.rest(&self.more.sources, &SOURCE, |_| Some(source)));
        row
    }
}
