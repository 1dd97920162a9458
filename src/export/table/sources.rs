//! A document cited a row.

use super::Shape::{Each, One};
use super::{Cell, Group, Tables};
use crate::export::report::SourceReport;
use crate::plan::SourceId;
use crate::plan::metric::{Basis, Grade};
use crate::plan::register::{Cadence, Reading, SourceKind, Standing};

pub(super) const GROUPS: &[&Group] = &[&[
    ("number", One(8)),
    ("id", One(18)),
    ("title", Each(48)),
    ("title_basis", One(11)),
    ("publisher", Each(24)),
    ("date", One(12)),
    ("date_basis", One(11)),
    ("index", One(20)),
    ("kind", One(12)),
    ("standing", One(13)),
    ("cadence", One(12)),
    ("reading", One(9)),
    ("grade", One(7)),
    ("link", One(48)),
    ("note", Each(36)),
]];

impl Tables<'_, '_> {
    pub(super) fn source(&self, report: &SourceReport, id: SourceId) -> Vec<Cell> {
        let source = self.document.plan().source(id);
        let mut row = vec![Cell::count(report.number), Cell::line(&source.id)];
        row.extend(self.each(Some(&source.title)));
        row.push(Cell::word(source.title_basis.map(Basis::word)));
        row.extend(self.each(Some(&source.publisher)));
        row.extend([
            source.date.map_or(Cell::Nothing, Cell::Moment),
            Cell::word(source.date_basis.map(Basis::word)),
            Cell::optional_line(source.index.as_deref()),
            Cell::word(source.kind.map(SourceKind::word)),
            Cell::word(source.standing.map(Standing::word)),
            Cell::word(source.cadence.map(Cadence::word)),
            Cell::word(source.reading.map(Reading::word)),
            Cell::word(source.grade.map(Grade::word)),
            Cell::optional_line(source.link.as_deref()),
        ]);
        row.extend(self.each(source.note.as_ref()));
        row
    }
}
