//! A value a row, tidy: for analysis.

use super::ColumnShape::{Each, One};
use super::fields::{ColumnSource, UnnamedField, field, worked};
use super::{TableCell, Tables};
use crate::export::document::{NodeEntry, ValueEntry};
use crate::journal::Author;
use crate::journal::fold::{NodeRecords, Observed};
use crate::page::ValueKind;
use crate::plan::Plan;
use crate::plan::fields::metric::VALUE;
use crate::plan::metric::{Grade, Kind, When};
use crate::plan::node::Period;
use crate::text::Text;

/// A figure, and the node it is of: one that has left the plan is a name only.
#[derive(Clone, Copy)]
pub(super) struct FigureRow<'a, 'p> {
    name: &'a str,
    entry: Option<&'a NodeEntry<'p>>,
    value: &'a ValueEntry<'p>,
}

/// What a column shows of a figure.
#[derive(Clone, Copy)]
pub(super) enum FigureView {
    Cell(for<'a, 'p> fn(FigureRow<'a, 'p>, &'p Plan) -> TableCell),
    Text(for<'a, 'p> fn(FigureRow<'a, 'p>, &'p Plan) -> Option<&'p Text>),
}
use FigureView::{Cell as C, Text as T};

pub(super) const COLUMNS: &[ColumnSource<FigureView>] = &[
    worked("node", One(36), C(|of, _| TableCell::line(of.name))),
    worked("title", Each(44), T(|of, _| of.entry.map(|entry| &entry.node.title))),
    worked("kind", One(11), C(|of, _| TableCell::line(of.value.kind.word()))),
    worked("whose", Each(14), T(|of, _| of.value.value.whose.as_deref())),
    field("year", One(7)),
    field("on", One(12)),
    field("announced", One(12)),
    worked("period_start", One(12), C(|of, _| span(of, |span| span.start))),
    worked("period_end", One(12), C(|of, _| span(of, |span| span.end))),
    field("undated", One(9)),
    field("published", One(12)),
    field("value", One(12)),
    field("to", One(12)),
    field("label", Each(16)),
    field("stage", One(11)),
    field("bound", One(10)),
    worked("increment", One(10), C(|of, _| TableCell::yes(of.value.value.kind == Kind::Increment))),
    field("force", One(8)),
    worked("unit", Each(8), T(|of, _| of.entry?.metric().map(|metric| &metric.unit))),
    field("source", One(18)),
    worked("source_title", Each(36), T(|of, plan| of.value.value.source.map(|id| &plan.source(id).title))),
    worked("source_words", One(24), C(|of, _| TableCell::optional_line(of.value.source_words()))),
    field("also", One(18)),
    field("at", One(12)),
    worked("grade", One(7), C(|of, plan| TableCell::word(of.value.grade(plan).map(Grade::word)))),
    field("basis", One(10)),
    field("when_basis", One(11)),
    field("note", Each(36)),
    worked("by", One(12), C(|of, _| TableCell::optional_line(of.value.by().map(Author::as_str)))),
    worked(
        "recorded_at",
        One(26),
        C(|of, _| of.value.own.map_or(TableCell::Nothing, |own| TableCell::At(own.at))),
    ),
    worked("record", One(16), C(|of, _| TableCell::optional_line(of.value.own.map(|own| &*own.id)))),
];

/// The fields that no column names.
pub(super) fn rest() -> Vec<UnnamedField> {
    UnnamedField::of(&VALUE, |key| key == "period" || COLUMNS.iter().any(|column| column.name == key))
}

fn span(of: FigureRow<'_, '_>, end: fn(Period) -> crate::plan::metric::Moment) -> TableCell {
    match of.value.value.when {
        When::Period(start, stop) => TableCell::Moment(end(Period { start, end: stop })),
        _ => TableCell::Nothing,
    }
}

impl<'p> Tables<'_, 'p> {
    pub(super) fn value(&self, entry: &NodeEntry<'p>, value: &ValueEntry<'p>) -> Vec<TableCell> {
        self.figure_row(FigureRow { name: entry.node.key.as_str(), entry: Some(entry), value })
    }

    /// A figure whose metric has left the plan.
    pub(super) fn lone_value(&self, home: &NodeRecords, own: &'p Observed) -> Vec<TableCell> {
        let value = ValueEntry { kind: ValueKind::Observed, value: &own.value, own: Some(own) };
        self.figure_row(FigureRow { name: &home.name, entry: None, value: &value })
    }

    fn figure_row(&self, figure: FigureRow<'_, 'p>) -> Vec<TableCell> {
        let (plan, value) = (self.document.plan(), figure.value.value);
        let mut row = self.fill(COLUMNS, (&VALUE, value), |shown| match shown {
            C(get) => vec![get(figure, plan)],
            T(get) => self.each(get(figure, plan)),
        });
        row.extend(self.rest(&self.more.values, &VALUE, |_| Some(value)));
        row
    }
}
