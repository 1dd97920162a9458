//! Columns that are fields of the plan's tables. A table of the export names some, whose order is fixed; the others follow by themselves.

use super::{Cell, Shape, Tables};
use crate::export::json::rounded;
use crate::plan::fields::{Row, Shape as Held, Table, Value};
use crate::text::Text;
use crate::text::clean::one_line;

/// A column: the field under its name, or what a `G` puts into it.
pub(super) struct Col<G: 'static> {
    pub name: &'static str,
    pub shape: Shape,
    pub get: Option<G>,
}

/// The field under this name.
pub(super) const fn field<G>(name: &'static str, shape: Shape) -> Col<G> {
    Col { name, shape, get: None }
}

/// What is worked out.
pub(super) const fn worked<G>(name: &'static str, shape: Shape, get: G) -> Col<G> {
    Col { name, shape, get: Some(get) }
}

/// Columns by their names.
pub(super) fn named<G>(columns: &[Col<G>]) -> Vec<(String, Shape)> {
    columns.iter().map(|column| (column.name.to_owned(), column.shape)).collect()
}

/// A field that no column names.
#[derive(Clone, Debug)]
pub(super) struct Rest {
    key: &'static str,
    held: Held,
}

impl Rest {
    /// The fields of a table that are not among those named.
    pub fn of<R, T>(table: &Table<R, T>, named: impl Fn(&str) -> bool) -> Vec<Self> {
        let fields = table.outline().fields.into_iter().filter(|(info, _)| !named(info.key));
        fields.map(|(info, held)| Self { key: info.key, held }).collect()
    }

    /// Its columns: a table has one for each of its fields.
    pub fn columns(&self) -> Vec<(String, Shape)> {
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

fn shape(held: &Held) -> Shape {
    if matches!(held, Held::Text(_)) { Shape::Each(24) } else { Shape::One(14) }
}

impl<'p> Tables<'_, 'p> {
    /// The cells of some columns.
    pub(super) fn fill<R, T, G>(
        &self,
        columns: &[Col<G>],
        (table, of): (&Table<R, T>, &'p T),
        get: impl Fn(&G) -> Vec<Cell>,
    ) -> Vec<Cell> {
        let cells = |column: &Col<G>| match &column.get {
            Some(worked) => get(worked),
            None => self.field(table, column.name, of, column.shape),
        };
        columns.iter().flat_map(cells).collect()
    }

    /// The cells of a field.
    pub(super) fn field<R, T>(&self, table: &Table<R, T>, key: &str, of: &'p T, shape: Shape) -> Vec<Cell> {
        self.cells(table.value(key, of), shape)
    }

    /// The cells of the fields that no column names; `of` gives what has the field, where anything has.
    pub(super) fn rest<R, T>(
        &self,
        rest: &[Rest],
        table: &Table<R, T>,
        of: impl Fn(&str) -> Option<&'p T>,
    ) -> Vec<Cell> {
        let cells = |rest: &Rest| -> Vec<Cell> {
            let value = of(rest.key).map_or(Value::Nothing, |of| table.value(rest.key, of));
            match (&rest.held, value) {
                (Held::Table(_), Value::Table(row)) => {
                    let inner = rest.columns().into_iter().zip(row.fields);
                    inner.flat_map(|((_, shape), (_, value))| self.cells(value, shape)).collect()
                }
                (_, value) => {
                    let blank = |(_, shape)| self.cells(Value::Nothing, shape);
                    match &rest.held {
                        Held::Table(_) => rest.columns().into_iter().flat_map(blank).collect(),
                        held => self.cells(value, shape(held)),
                    }
                }
            }
        };
        rest.iter().flat_map(cells).collect()
    }

    fn cells(&self, value: Value<'_>, shape: Shape) -> Vec<Cell> {
        match (shape, value) {
            (Shape::Each(_), Value::Text(text)) => self.each(Some(text)),
            (Shape::Each(_), _) => self.each(None),
            (Shape::One(_), value) => vec![self.cell(value)],
        }
    }

    fn cell(&self, value: Value<'_>) -> Cell {
        match value {
            Value::Number(number) => Cell::Number(number),
            Value::Float(number) => Cell::Reckoned(rounded(number)),
            Value::Count(count) => Cell::Count(count.into()),
            Value::Year(year) => u64::try_from(year).map_or(Cell::Nothing, Cell::Count),
            Value::Moment(at) => Cell::Moment(at),
            Value::Flag(flag) => Cell::yes(flag),
            Value::List(items) => {
                let is_tall = items.iter().any(|item| matches!(item, Value::Table(_) | Value::Text(_)));
                let items: Vec<String> = items.into_iter().map(|item| self.said(item)).collect();
                Cell::lines(&items.join(if is_tall { "\n" } else { "; " }))
            }
            value => Cell::lines(&self.said(value)),
        }
    }

    /// A value as text, safe to show.
    fn said(&self, value: Value<'_>) -> String {
        let plan = self.document.plan();
        match value {
            Value::Nothing => String::new(),
            Value::Line(line) => one_line(line).into_owned(),
            Value::Text(text) => self.words(text),
            Value::Word(word) => word.key.to_owned(),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Count(count) => count.to_string(),
            Value::Year(year) => year.to_string(),
            Value::Moment(at) => at.to_string(),
            Value::Source(id) => one_line(&plan.source(id).id).into_owned(),
            Value::Node(id) => plan.tree.node(id).key.to_string(),
            Value::Level(id) => one_line(&plan.level(id).id).into_owned(),
            Value::Term(used) => one_line(&plan.term(used.term).id).into_owned(),
            Value::List(items) => {
                items.into_iter().map(|item| self.said(item)).collect::<Vec<_>>().join("; ")
            }
            Value::Table(row) => self.row_said(row),
        }
    }

    /// What a table within a table says, field by field.
    fn row_said(&self, row: Row<'_>) -> String {
        let fields = row.fields.into_iter().filter(|(_, value)| value.says());
        fields.map(|(_, value)| self.said(value)).collect::<Vec<_>>().join("; ")
    }

    fn words(&self, text: &Text) -> String {
        self.plain.words(&self.report.reader().text(text))
    }
}
