//! The stamp of a csv file, which stands in a file beside it: columns of csv are for data alone.

use std::io::Write;

use super::digest::of_text;
use super::document::{CsvStamp, Document, NodeEntry, ReportStamp};
use super::format::{ExportError, Format, Options};

/// What the name of the file beside a csv file ends in.
pub const ENDING: &str = ".stamp";

/// Writes the stamp of a csv file and, a line each, what the file says of its nodes.
///
/// # Errors
/// When the sink fails.
pub fn write(
    document: &Document<'_>,
    options: &Options,
    csv: &[u8],
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let stamp = ReportStamp {
        csv: Some(CsvStamp::of(options)),
        digest: of_text(csv, ""),
        ..document.stamp(Format::Csv)
    };
    writeln!(out, "{}", stamp.line())?;
    let mark =
        |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| Ok(writeln!(bytes, "{}", document.mark(entry).line())?);
    document.each(mark, |bytes| Ok(out.write_all(bytes)?))
}
