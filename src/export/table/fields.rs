//! Columns that are fields of the plan's tables. A table of the export names some, whose order is fixed; the
//! others follow by themselves.

use super::{ColumnShape, TableCell, Tables};
use crate::export::json::rounded;
use crate::plan::fields::{FieldRow, FieldShape as Held, FieldTable, FieldValue};
use crate::text::Text;
use crate::text::clean::one_line;

/// A column: the field under its name, or what a `G` puts into it.
pub(super) struct ColumnSource<G: 'static> {
    pub name: &'static str,
    pub shape: ColumnShape,
    pub get: Option<G>,
}

/// The field under this name.
pub(super) const fn field<G>(name: &'static str, shape: ColumnShape) -> ColumnSource<G> {
    ColumnSource { name, shape, get: None }
}

pub(super) const fn worked<G>(name: &'static str, shape: ColumnShape, get: G) -> ColumnSource<G> {
    ColumnSource { name, shape, get: Some(get) }
}

pub(super) fn named<G>(columns: &[ColumnSource<G>]) -> Vec<(String, ColumnShape)> {
    columns.iter().map(|column| (column.name.to_owned(), column.shape)).collect()
}

/// A field that no column names.
#[derive(Clone, Debug)]
pub(super) struct UnnamedField {
    key: &'static str,
    held: Held,
}

impl UnnamedField {
    /// The fields of a table that are not among those named.
    pub fn of<R, T>(table: &FieldTable<R, T>, named: impl Fn(&str) -> bool) -> Vec<Self> {
        let fields = table.outline().fields.into_iter().filter(|(info, _)| !named(info.key));
        fields.map(|(info, held)| Self { key: info.key, held }).collect()
    }

    /// Its columns: a table has one for each of its fields.
    pub fn columns(&self) -> Vec<(String, ColumnShape)> {
        match &self.held {
            Held::Table(outline) => {
                let inner = outline
                    .fields
                    .iter()
                    .map(|(info, held)| (format!("{}_{}", self.key, info.key), shape(held)));
                inner.collect()
            }
            held => vec![(self.key.to_owned(), shape(held))],
        }
    }
}

fn shape(held: &Held) -> ColumnShape {
    if matches!(held, Held::Text(_)) { ColumnShape::Each(24) } else { ColumnShape::One(14) }
}

impl<'p> Tables<'_, 'p> {
    /// The cells of some columns.
    pub(super) fn fill<R, T, G>(
        &self,
        columns: &[ColumnSource<G>],
        (table, of): (&FieldTable<R, T>, &'p T),
        get: impl Fn(&G) -> Vec<TableCell>,
    ) -> Vec<TableCell> {
        let cells = |column: &ColumnSource<G>| match &column.get {
            Some(worked) => get(worked),
            None => self.field(table, column.name, of, column.shape),
        };
        columns.iter().flat_map(cells).collect()
    }

    /// The cells of a field.
    pub(super) fn field<R, T>(
        &self,
        table: &FieldTable<R, T>,
        key: &str,
        of: &'p T,
        shape: ColumnShape,
    ) -> Vec<TableCell> {
        self.cells(table.value(key, of), shape)
    }

    /// The cells of the fields that no column names; `of` gives what has the field, where anything has.
    pub(super) fn rest<R, T>(
        &self,
        rest: &[UnnamedField],
        table: &FieldTable<R, T>,
        of: impl Fn(&str) -> Option<&'p T>,
    ) -> Vec<TableCell> {
        let cells = |rest: &UnnamedField| -> Vec<TableCell> {
            let value = of(rest.key).map_or(FieldValue::Nothing, |of| table.value(rest.key, of));
            match (&rest.held, value) {
                (Held::Table(_), FieldValue::Table(row)) => {
                    let inner = rest.columns().into_iter().zip(row.fields);
                    inner.flat_map(|((_, shape), (_, value))| self.cells(value, shape)).collect()
                }
                (_, value) => {
                    let blank = |(_, shape)| self.cells(FieldValue::Nothing, shape);
                    match &rest.held {
                        Held::Table(_) => rest.columns().into_iter().flat_map(blank).collect(),
                        held => self.cells(value, shape(held)),
                    }
                }
            }
        };
        rest.iter().flat_map(cells).collect()
    }

    fn cells(&self, value: FieldValue<'_>, shape: ColumnShape) -> Vec<TableCell> {
        match (shape, value) {
            (ColumnShape::Each(_), FieldValue::Text(text)) => self.each(Some(text)),
            (ColumnShape::Each(_), _) => self.each(None),
            (ColumnShape::One(_), value) => vec![self.cell(value)],
        }
    }

    fn cell(&self, value: FieldValue<'_>) -> TableCell {
        match value {
            FieldValue::Number(number) => TableCell::Number(number),
            FieldValue::Float(number) => TableCell::Computed(rounded(number)),
            FieldValue::Count(count) => TableCell::Count(count.into()),
            FieldValue::Year(year) => u64::try_from(year).map_or(TableCell::Nothing, TableCell::Count),
            FieldValue::Moment(at) => TableCell::Moment(at),
            FieldValue::Flag(flag) => TableCell::yes(flag),
            FieldValue::List(items) => {
                let is_tall =
                    items.iter().any(|item| matches!(item, FieldValue::Table(_) | FieldValue::Text(_)));
                let items: Vec<String> = items.into_iter().map(|item| self.said(item)).collect();
                TableCell::lines(&items.join(if is_tall { "\n" } else { "; " }))
            }
            value => TableCell::lines(&self.said(value)),
        }
    }

    /// A value as text, safe to show.
    fn said(&self, value: FieldValue<'_>) -> String {
        let plan = self.document.plan();
        match value {
            FieldValue::Nothing => String::new(),
            FieldValue::Line(line) => one_line(line).into_owned(),
            FieldValue::Text(text) => self.words(text),
            FieldValue::Word(word) => word.key.to_owned(),
            FieldValue::Flag(flag) => flag.to_string(),
            FieldValue::Number(number) => number.to_string(),
            FieldValue::Float(number) => number.to_string(),
            FieldValue::Count(count) => count.to_string(),
            FieldValue::Year(year) => year.to_string(),
            FieldValue::Moment(at) => at.to_string(),
            FieldValue::Source(id) => one_line(&plan.source(id).id).into_owned(),
            FieldValue::Node(id) => plan.tree.node(id).key.to_string(),
            FieldValue::Level(id) => one_line(&plan.level(id).id).into_owned(),
            FieldValue::Term(used) => one_line(&plan.term(used.term).id).into_owned(),
            FieldValue::List(items) => {
                items.into_iter().map(|item| self.said(item)).collect::<Vec<_>>().join("; ")
            }
            FieldValue::Table(row) => self.row_said(row),
        }
    }

    /// What a table within a table says, field by field.
    fn row_said(&self, row: FieldRow<'_>) -> String {
        let fields = row.fields.into_iter().filter(|(_, value)| value.says());
        fields.map(|(_, value)| self.said(value)).collect::<Vec<_>>().join("; ")
    }

    fn words(&self, text: &Text) -> String {
        self.plain.words(&self.report.reader().text(text))
    }
}
