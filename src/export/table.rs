//! A document as tables: a node a row, a value a row, a note a row, a source a row. csv and xlsx draw from
//! it, so that both have the same columns under the same names (`docs/export-format.md`). Columns are fields
//! that the plan's tables declare, and what is worked out beside them; a field that no column names has
//! columns of its own after them.
//!
//! A cell knows what it is (a text, a number with its decimals, a day) but not how a format writes it.

mod fields;
mod nodes;
mod notes;
mod sources;
mod values;

use self::fields::UnnamedField;
use super::document::{Document, EntryReason, NodeEntry};
use super::json;
use super::plain::PlainRenderer;
use super::report::ReportBuilder;
use crate::journal::ZonedInstant;
use crate::journal::fold::NodeRecords;
use crate::plan::metric::{Decimal, Moment};
use crate::progress::Interval;
use crate::text::{Lang, Text};
use crate::text::{clean::many_lines, clean::one_line};

#[derive(Clone, Debug, Default, PartialEq)]
pub enum TableCell {
    /// Nothing is known, or nothing is said.
    #[default]
    Nothing,
    /// Words, safe to show; they may have several lines.
    Text(String),
    /// A figure with its decimals as written.
    Number(Decimal),
    /// A computed number, to six decimals.
    Computed(f64),
    Count(u64),
    /// A year, month or day.
    Moment(Moment),
    /// An instant with the offset of the place it was written at.
    At(ZonedInstant),
}

impl TableCell {
    fn line(text: &str) -> Self {
        if text.is_empty() { TableCell::Nothing } else { TableCell::Text(one_line(text).into_owned()) }
    }

    /// Text with its line breaks.
    fn lines(text: &str) -> Self {
        if text.is_empty() { TableCell::Nothing } else { TableCell::Text(many_lines(text).into_owned()) }
    }

    fn optional_line(text: Option<&str>) -> Self {
        text.map_or(TableCell::Nothing, TableCell::line)
    }

    /// A word of the files.
    fn word(word: Option<&'static str>) -> Self {
        TableCell::optional_line(word)
    }

    fn count(number: usize) -> Self {
        TableCell::Count(u64::try_from(number).unwrap_or(u64::MAX))
    }

    /// `yes`, or nothing.
    fn yes(is: bool) -> Self {
        if is { TableCell::Text("yes".to_owned()) } else { TableCell::Nothing }
    }

    fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let texts = texts.into_iter().map(|text| one_line(text).into_owned());
        TableCell::line(&texts.collect::<Vec<_>>().join("; "))
    }

    /// Both ends of a number; the second only where it is open.
    fn ends(number: Option<Interval>) -> [Self; 2] {
        let Some(number) = number else { return [TableCell::Nothing, TableCell::Nothing] };
        let computed = |number: f64| TableCell::Computed(json::rounded(number));
        [computed(number.lo()), if number.is_point() { TableCell::Nothing } else { computed(number.hi()) }]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Nodes, and what has left the plan.
    Nodes,
    Values,
    Notes,
    /// Documents cited.
    Sources,
}

/// How wide a column is, in Latin letters, and whether it is one or one a language shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnShape {
    One(u16),
    Each(u16),
}

/// Columns that belong together.
type ColumnGroup = [(&'static str, ColumnShape)];

/// A column of a group by its name.
fn named(column: &(&'static str, ColumnShape)) -> (String, ColumnShape) {
    (column.0.to_owned(), column.1)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name, the same in every language of the program.
    pub name: String,
    /// Its width, in Latin letters.
    pub width: u16,
}

/// The tables of a document.
pub struct Tables<'d, 'p> {
    document: &'d Document<'p>,
    report: ReportBuilder<'d, 'p>,
    plain: PlainRenderer<'d, 'p>,
    langs: Vec<Lang>,
    more: UnnamedFields,
}

/// The fields that no column names, by the table of the plan that has them.
struct UnnamedFields {
    nodes: Vec<UnnamedField>,
    metrics: Vec<UnnamedField>,
    values: Vec<UnnamedField>,
    sources: Vec<UnnamedField>,
}

impl<'d, 'p> Tables<'d, 'p> {
    /// In the languages the document is shown in.
    pub fn new(document: &'d Document<'p>) -> Self {
        let report = ReportBuilder::new(document);
        let plain = PlainRenderer::new(&report);
        let langs = document.scene.voices().iter().map(|voice| voice.lang).collect();
        let (nodes, metrics) = nodes::rest();
        let more = UnnamedFields { nodes, metrics, values: values::rest(), sources: sources::rest() };
        Self { document, report, plain, langs, more }
    }

    /// The report it has its words from.
    pub fn report(&self) -> &ReportBuilder<'d, 'p> {
        &self.report
    }

    /// What draws a report's pieces.
    pub fn plain(&self) -> &PlainRenderer<'d, 'p> {
        &self.plain
    }

    /// The columns of a table, in their order.
    pub fn columns(&self, kind: RowKind) -> Vec<TableColumn> {
        let of_groups = |groups: &[&ColumnGroup]| groups.iter().copied().flatten().map(named).collect();
        let (fixed, more): (Vec<(String, ColumnShape)>, Vec<&UnnamedField>) = match kind {
            RowKind::Nodes => {
                (of_groups(nodes::GROUPS), self.more.nodes.iter().chain(&self.more.metrics).collect())
            }
            RowKind::Values => (fields::named(values::COLUMNS), self.more.values.iter().collect()),
            RowKind::Notes => (of_groups(notes::GROUPS), Vec::new()),
            RowKind::Sources => (fields::named(sources::COLUMNS), self.more.sources.iter().collect()),
        };
        // Columns that joined later stand behind all others, so that none moves.
        let late: Vec<(String, ColumnShape)> =
            if kind == RowKind::Nodes { of_groups(&[nodes::STANDING]) } else { Vec::new() };
        let mut columns = Vec::new();
        let fields = more.into_iter().flat_map(UnnamedField::columns);
        for (name, shape) in fixed.into_iter().chain(fields).chain(late) {
            match shape {
                ColumnShape::One(width) => columns.push(TableColumn { name, width }),
                ColumnShape::Each(width) => columns.extend(self.langs.iter().map(|lang| TableColumn {
                    name: format!("{name}_{}", one_line(self.document.plan().tag(*lang))),
                    width,
                })),
            }
        }
        columns
    }

    /// The rows of a node. One that is only above something a filter found has its name and state, and no
    /// values and notes.
    pub fn rows(&self, kind: RowKind, entry: &NodeEntry<'p>) -> Vec<Vec<TableCell>> {
        let whole = self.document.part(entry.id) == EntryReason::Whole;
        match kind {
            RowKind::Nodes => vec![self.node(entry)],
            RowKind::Values if whole => entry.values.iter().map(|value| self.value(entry, value)).collect(),
            RowKind::Notes if whole => entry
                .said
                .map(|said| self.notes(entry.node.key.as_str(), Some(entry), said))
                .unwrap_or_default(),
            RowKind::Values | RowKind::Notes | RowKind::Sources => Vec::new(),
        }
    }

    /// The rows of what has left the plan.
    pub fn orphan_rows(&self, kind: RowKind, home: &'p NodeRecords) -> Vec<Vec<TableCell>> {
        match kind {
            RowKind::Nodes => vec![self.orphan(home)],
            RowKind::Values => home.annotations.values().map(|own| self.lone_value(home, own)).collect(),
            RowKind::Notes => self.notes(&home.name, None, &home.annotations),
            RowKind::Sources => Vec::new(),
        }
    }

    /// The rows of the documents cited.
    pub fn source_rows(&self) -> impl Iterator<Item = Vec<TableCell>> {
        (1..).zip(self.document.sources()).map(|(number, id)| self.source(number, *id))
    }

    /// A text in each language shown, a cell each; where one is missing, the first there is, which then says
    /// its language.
    fn each(&self, text: Option<&Text>) -> Vec<TableCell> {
        let cell = |lang: &Lang| {
            let Some(found) = text.map(|text| text.get_or_first(*lang)) else { return TableCell::Nothing };
            let tag = self.document.plan().tag(found.lang);
            let borrowed = if found.borrowed { format!(" ({tag})") } else { String::new() };
            TableCell::lines(&format!("{}{borrowed}", found.text))
        };
        self.langs.iter().map(cell).collect()
    }

    /// So many empty cells as a group has.
    fn blank(&self, group: &ColumnGroup) -> Vec<TableCell> {
        let width =
            |shape: &ColumnShape| if matches!(shape, ColumnShape::Each(_)) { self.langs.len() } else { 1 };
        vec![TableCell::Nothing; group.iter().map(|(_, shape)| width(shape)).sum()]
    }
}
