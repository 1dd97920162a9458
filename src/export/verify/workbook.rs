//! The sheet of a workbook that holds stamp and marks.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};

use crate::export::digest::STAMP_SHEET;

/// The lines of that sheet, from the first row on: the stamp's, then the marks', each put together from its
/// row's cells. `None` where there is none.
pub(super) fn stamp_lines(bytes: &[u8]) -> Option<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let sheet = book.worksheet_range(STAMP_SHEET).ok()?;
    let cells = sheet.rows().map(|row| row.iter().filter_map(Data::get_string).collect());
    // A range begins at the first cell that is used.
    (sheet.start() == Some((0, 0))).then(|| cells.collect())
}
