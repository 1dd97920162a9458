//! Rows for a spreadsheet or for analysis: no head, plain columns, one table a file (`docs/export-format.md`,
//! Tables).

mod defuse;

use std::borrow::Cow;
use std::io::{self, Write};

use ::csv::{ByteRecord, Terminator, WriterBuilder};

pub use defuse::{defused, restored, shielded};

use super::document::{Document, NodeEntry};
use super::format::{CsvDialect, ExportError, ExportProgress, Options, RowUnit};
use super::table::{RowKind, TableCell, Tables};
use crate::plan::metric::Moment;

/// What a Chinese Excel tells UTF-8 by.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes one table.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub fn write(
    document: &Document<'_>,
    options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn ExportProgress,
) -> Result<(), ExportError> {
    let tables = Tables::new(document);
    let kind = match options.rows {
        RowUnit::Nodes => RowKind::Nodes,
        RowUnit::Values => RowKind::Values,
    };
    if options.csv != CsvDialect::Plain {
        out.write_all(BYTE_ORDER_MARK)?;
    }
    let names = tables.columns(kind).into_iter().map(|column| column.name);
    out.write_all(&rows(options.csv, [names.map(TableCell::Text).collect()])?)?;
    let mut done = 0;
    document.each(
        |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| {
            bytes.extend(rows(options.csv, tables.rows(kind, entry))?);
            Ok(())
        },
        |bytes| {
            out.write_all(bytes)?;
            done += 1;
            progress.step(done, document.count())
        },
    )?;
    for home in document.orphans() {
        out.write_all(&rows(options.csv, tables.orphan_rows(kind, home))?)?;
    }
    Ok(())
}

fn rows(dialect: CsvDialect, rows: impl IntoIterator<Item = Vec<TableCell>>) -> io::Result<Vec<u8>> {
    let text: fn(&str) -> Cow<'_, str> = match dialect {
        CsvDialect::Excel => defused,
        CsvDialect::Shielded => shielded,
        CsvDialect::Plain => return plain(rows),
    };
    let mut bytes = Vec::new();
    rows.into_iter().for_each(|row| quoted(&row, text, &mut bytes));
    Ok(bytes)
}

/// A row for Excel. Every text is quoted: one that looks like a number (`007`, `1.10`) stays a text for
/// programs that tell by the quotes, and where the list separator is a semicolon, one inside a bare text
/// would begin a cell.
fn quoted(row: &[TableCell], own: fn(&str) -> Cow<'_, str>, out: &mut Vec<u8>) {
    for (at, cell) in row.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        match cell {
            TableCell::Nothing => out.extend_from_slice(b"\"\""),
            TableCell::Text(text) => put_quoted(&own(text), out),
            TableCell::Number(_)
            | TableCell::Computed(_)
            | TableCell::Count(_)
            | TableCell::Moment(Moment::Year(_)) => out.extend_from_slice(field(cell).as_bytes()),
            TableCell::Moment(_) | TableCell::At(_) => put_quoted(&field(cell), out),
        }
    }
    out.extend_from_slice(b"\r\n");
}

fn put_quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for (at, part) in text.split('"').enumerate() {
        if at > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}

/// Rows with quotes only where they are needed.
fn plain(rows: impl IntoIterator<Item = Vec<TableCell>>) -> io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    let mut record = ByteRecord::new();
    for row in rows {
        record.clear();
        row.iter().for_each(|cell| match cell {
            TableCell::Text(text) => record.push_field(defused(text).as_bytes()),
            cell => record.push_field(field(cell).as_bytes()),
        });
        writer.write_byte_record(&record).map_err(io::Error::from)?;
    }
    writer.into_inner().map_err(::csv::IntoInnerError::into_error)
}

/// A cell that is no text, as it is written. Numbers and dates of ours are never taken for a formula.
fn field(cell: &TableCell) -> String {
    match cell {
        TableCell::Nothing => String::new(),
        TableCell::Text(text) => text.clone(),
        TableCell::Number(number) => number.to_string(),
        TableCell::Computed(number) => number.to_string(),
        TableCell::Count(count) => count.to_string(),
        TableCell::Moment(moment) => moment.to_string(),
        TableCell::At(at) => at.to_string(),
    }
}
