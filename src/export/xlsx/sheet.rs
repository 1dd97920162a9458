//! A table as a sheet: a header that stays in sight, a filter, widths, and cells of their own types.
//!
//! A text longer than a cell may be goes on in the sheet `overflow`, so that nothing is cut away.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError, utility};

use super::formats::XlsxFormats;
use crate::export::digest::SheetDigest;
use crate::export::table::{TableCell, TableColumn};
use crate::journal::ZonedInstant;
use crate::plan::metric::Moment;
use crate::text::columns;

/// Longest text of a cell, in units of UTF-16.
const MAX_CELL_UNITS: usize = 32_767;

/// What is kept free at the end of a text that goes on elsewhere.
const RESERVED_UNITS: usize = 100;

/// Room for the arrow of the filter, in letters.
const ARROW: usize = 4;

/// A sheet that is being written, and the digest of what stands in it.
pub(super) struct SheetInk<'w> {
    pub page: &'w mut Worksheet,
    pub digest: &'w mut SheetDigest,
}

impl SheetInk<'_> {
    pub fn text(&mut self, row: u32, column: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
        if !text.is_empty() {
            self.digest.text((row, column), text);
            self.page.write_string_with_format(row, column, text, look)?;
        }
        Ok(())
    }

    pub fn number(&mut self, row: u32, column: u16, number: f64, look: &Format) -> Result<(), XlsxError> {
        self.digest.number((row, column), number);
        self.page.write_number_with_format(row, column, number, look)?;
        Ok(())
    }

    fn time(&mut self, row: u32, column: u16, at: &ExcelDateTime, look: &Format) -> Result<(), XlsxError> {
        self.digest.number((row, column), at.to_excel());
        self.page.write_datetime_with_format(row, column, at, look)?;
        Ok(())
    }
}

/// A table that is being filled.
pub(super) struct XlsxSheet {
    name: &'static str,
    pub digest: SheetDigest,
    texts: Texts,
    columns: u16,
    rows: u32,
}

/// How texts stand in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Texts {
    /// On one line, so that many rows fit a screen.
    Short,
    /// With all their lines, to be read.
    Wrapped,
}

/// Columns of text that are counted on in a line of a wrapped text, lines that a row may have at most, and
/// the height of one.
const LINE_COLS: usize = 60;
const MAX_LINES: u32 = 27;
const LINE_POINTS: u32 = 15;

/// How many lines a text takes in so many columns, as far as a row may be high.
pub(super) fn height_points(text: &str, line_cols: usize) -> u32 {
    let lines: usize = text.split('\n').map(|line| columns::cols(line).div_ceil(line_cols).max(1)).sum();
    u32::try_from(lines).unwrap_or(u32::MAX).clamp(1, MAX_LINES) * LINE_POINTS
}

impl XlsxSheet {
    /// Writes the header.
    pub fn begin(
        page: &mut Worksheet,
        name: &'static str,
        texts: Texts,
        columns: &[TableColumn],
        inks: &XlsxFormats,
    ) -> Result<Self, XlsxError> {
        page.set_name(name)?;
        for_paper(page);
        let mut digest = SheetDigest::default();
        for (at, column) in (0..).zip(columns) {
            let width = usize::from(column.width).max(column.name.len() + ARROW);
            page.set_column_width(at, u32::try_from(width).unwrap_or(u32::MAX))?;
            SheetInk { page: &mut *page, digest: &mut digest }.text(0, at, &column.name, &inks.head)?;
        }
        page.set_freeze_panes(1, 1)?;
        page.set_repeat_rows(0, 0)?;
        Ok(Self { name, digest, texts, columns: u16::try_from(columns.len()).unwrap_or(u16::MAX), rows: 0 })
    }

    pub fn row(
        &mut self,
        page: &mut Worksheet,
        row: &[TableCell],
        inks: &XlsxFormats,
        spill: &mut OverflowSheet,
    ) -> Result<(), XlsxError> {
        self.rows += 1;
        for (at, cell) in (0..).zip(row) {
            self.cell(page, at, cell, inks, spill)?;
        }
        if self.texts == Texts::Wrapped {
            let height = |cell: &TableCell| match cell {
                TableCell::Text(text) => height_points(text, LINE_COLS),
                _ => 0,
            };
            let highest = row.iter().map(height).max().unwrap_or_default();
            page.set_row_height(self.rows, highest.max(LINE_POINTS))?;
        }
        Ok(())
    }

    /// A filter over all that was written.
    pub fn end(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        page.autofilter(0, 0, self.rows, self.columns.saturating_sub(1))?;
        Ok(())
    }

    fn cell(
        &mut self,
        page: &mut Worksheet,
        at: u16,
        cell: &TableCell,
        inks: &XlsxFormats,
        spill: &mut OverflowSheet,
    ) -> Result<(), XlsxError> {
        let look = if self.texts == Texts::Wrapped { &inks.wrapped } else { &inks.text };
        let ink = SheetInk { page, digest: &mut self.digest };
        Self::put(ink, (self.name, self.rows, at), cell, (look, inks), spill)
    }

    /// A cell of a sheet by its row and column, its texts in a look.
    pub fn put(
        mut ink: SheetInk<'_>,
        (name, row, at): (&'static str, u32, u16),
        cell: &TableCell,
        (look, inks): (&Format, &XlsxFormats),
        spill: &mut OverflowSheet,
    ) -> Result<(), XlsxError> {
        match cell {
            TableCell::Nothing => Ok(()),
            TableCell::Text(text) => {
                let text = spill.fitted(text, || (name, utility::row_col_to_cell(row, at)));
                ink.text(row, at, &text, look)
            }
            TableCell::Number(number) => ink.number(row, at, number.value, &inks.decimals(number.places)),
            TableCell::Computed(number) => ink.number(row, at, *number, &inks.pattern("General")),
            // Counts are far below what a number of a sheet keeps exactly.
            TableCell::Count(count) => ink.number(row, at, *count as f64, &inks.pattern("0")),
            TableCell::Moment(moment) => moment_cell(&mut ink, row, at, *moment, inks),
            TableCell::At(instant) => instant_cell(&mut ink, row, at, *instant, inks),
        }
    }
}

/// A4 on its side, as wide as the sheet.
pub(super) fn for_paper(page: &mut Worksheet) {
    const A4: u8 = 9;
    page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
}

/// A day as a date, a year as a number; a month, which no date of a sheet is, as text.
fn moment_cell(
    ink: &mut SheetInk<'_>,
    row: u32,
    at: u16,
    moment: Moment,
    inks: &XlsxFormats,
) -> Result<(), XlsxError> {
    match moment {
        Moment::Year(year) => ink.number(row, at, f64::from(year), &inks.pattern("0")),
        Moment::Day(day) => match excel(day) {
            Some(day) => ink.time(row, at, &day, &inks.pattern("yyyy-mm-dd")),
            None => ink.text(row, at, &moment.to_string(), &inks.text),
        },
        Moment::Month(..) | Moment::Between(..) => ink.text(row, at, &moment.to_string(), &inks.text),
    }
}

/// A moment as it was where it was written; the offset stands in its pattern.
fn instant_cell(
    ink: &mut SheetInk<'_>,
    row: u32,
    at: u16,
    instant: ZonedInstant,
    inks: &XlsxFormats,
) -> Result<(), XlsxError> {
    let local = instant.offset.to_datetime(instant.instant);
    let time = (local.hour().unsigned_abs(), local.minute().unsigned_abs(), f64::from(local.second()));
    let found = excel(local.date()).and_then(|day| day.and_hms(u16::from(time.0), time.1, time.2).ok());
    match found {
        Some(moment) => {
            let pattern = format!("yyyy-mm-dd hh:mm:ss \"{}\"", instant.offset);
            ink.time(row, at, &moment, &inks.pattern(&pattern))
        }
        None => ink.text(row, at, &instant.to_string(), &inks.text),
    }
}

/// A day that a sheet knows: from 1900 on.
fn excel(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

/// Cuts a text into pieces of at most so many units of UTF-16.
fn pieces(text: &str, units: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut from, mut used) = (0, 0);
    for (at, c) in text.char_indices() {
        if used + c.len_utf16() > units {
            pieces.push(&text[from..at]);
            (from, used) = (at, 0);
        }
        used += c.len_utf16();
    }
    pieces.push(&text[from..]);
    pieces
}

/// A line for programs: in the first cell of its row; what is longer than a cell goes on in the cells beside
/// it.
pub(super) fn line(page: &mut Worksheet, row: u32, text: &str, inks: &XlsxFormats) -> Result<(), XlsxError> {
    for (at, piece) in (0..).zip(pieces(text, MAX_CELL_UNITS)) {
        page.write_string_with_format(row, at, piece, &inks.text)?;
    }
    Ok(())
}

/// Where a text that goes on came from, and a piece of it.
struct ContinuedText {
    sheet: &'static str,
    cell: String,
    piece: usize,
    text: String,
}

/// What did not fit into cells.
#[derive(Default)]
pub(super) struct OverflowSheet(Vec<ContinuedText>);

impl OverflowSheet {
    /// The text, or the beginning of it with where it goes on.
    pub fn fitted(&mut self, text: &str, place: impl FnOnce() -> (&'static str, String)) -> String {
        // A text has at least as many bytes as units.
        if text.len() <= MAX_CELL_UNITS || text.encode_utf16().count() <= MAX_CELL_UNITS {
            return text.to_owned();
        }
        let (sheet, cell) = place();
        let mut pieces = pieces(text, MAX_CELL_UNITS - RESERVED_UNITS).into_iter();
        let first = pieces.next().unwrap_or_default();
        let row = self.0.len() + 2;
        for (number, piece) in (2..).zip(pieces) {
            self.0.push(ContinuedText { sheet, cell: cell.clone(), piece: number, text: piece.to_owned() });
        }
        format!("{first} … → {OVERFLOW}!D{row}")
    }

    /// The sheet of what did not fit, where there is any, with its digest.
    pub fn write(
        &self,
        inks: &XlsxFormats,
        workbook: &mut Workbook,
    ) -> Result<Option<SheetDigest>, XlsxError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let page = workbook.add_worksheet();
        page.set_name(OVERFLOW)?;
        let mut digest = SheetDigest::default();
        let mut ink = SheetInk { page, digest: &mut digest };
        for (at, (name, width)) in (0..).zip([("sheet", 10), ("cell", 10), ("piece", 8), ("text", 100)]) {
            ink.page.set_column_width(at, width)?;
            ink.text(0, at, name, &inks.head)?;
        }
        ink.page.set_freeze_panes(1, 0)?;
        for (row, rest) in (1..).zip(&self.0) {
            ink.text(row, 0, rest.sheet, &inks.text)?;
            ink.text(row, 1, &rest.cell, &inks.text)?;
            ink.number(row, 2, rest.piece as f64, &inks.pattern("0"))?;
            ink.text(row, 3, &rest.text, &inks.text)?;
        }
        Ok(Some(digest))
    }
}

/// The sheet of what did not fit into cells.
pub(super) const OVERFLOW: &str = "overflow";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_and_loses_nothing() {
        let text = "重庆𠮷".repeat(5);
        let cut = pieces(&text, 3);
        assert!(cut.iter().all(|piece| piece.encode_utf16().count() <= 3));
        assert_eq!(cut.concat(), text);
        assert_eq!(pieces("", 3), [""]);
    }

    #[test]
    fn a_table_with_more_rows_than_a_sheet_has_is_refused_in_words() {
        let mut workbook = Workbook::new();
        let (inks, page) = (XlsxFormats::new(), workbook.add_worksheet());
        let columns = [TableColumn { name: "id".into(), width: 8 }];
        let mut sheet = XlsxSheet::begin(page, "nodes", Texts::Short, &columns, &inks).unwrap();
        sheet.rows = 1_048_574;
        let row = [TableCell::Count(1)];
        let mut spill = OverflowSheet::default();
        sheet.row(page, &row, &inks, &mut spill).unwrap();
        let error = sheet.row(page, &row, &inks, &mut spill).unwrap_err();
        let refused = crate::export::xlsx::refused(error);
        assert!(refused.to_string().contains("1,048,576 rows"), "{refused}");
    }
}
