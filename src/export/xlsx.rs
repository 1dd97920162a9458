//! A workbook: a sheet of indicators to be read, one that says what it was made from, one each for nodes, values,
//! notes and sources, and one for programs with the stamp.
//!
//! Numbers are numbers with their decimals as written, dates are dates, every other cell is text and never a
//! formula. The sheet `stamp` has the stamp in its first row and a mark in each row below, sealed JSON
//! (`docs/export-format.md`). A large document goes to temporary files row by row.

mod about;
mod formats;
mod indicators;
mod sheet;

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::formats::XlsxFormats;
use self::indicators::Indicators;
use self::sheet::{OVERFLOW, OverflowSheet, Texts, XlsxSheet};
use super::digest::{STAMP_SHEET, SheetDigest, of_sheets};
use super::document::{Document, NodeEntry, ReportStamp, TOOL};
use super::format::{ExportError, ExportProgress, Format, Options};
use super::table::{RowKind, Tables};
use crate::text::Bilingual;

/// The tables, each a sheet of this name.
const TABLES: [(&str, RowKind); 4] = [
    ("nodes", RowKind::Nodes),
    ("values", RowKind::Values),
    ("notes", RowKind::Notes),
    ("sources", RowKind::Sources),
];

/// Writes the workbook.
///
/// # Errors
/// When the sink fails, somebody stops it, or a sheet would be longer than a workbook allows.
pub fn write(
    document: &Document<'_>,
    _options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn ExportProgress,
) -> Result<(), ExportError> {
    let tables = Tables::new(document);
    let inks = XlsxFormats::new();
    let mut workbook = Workbook::new();
    inks.apply(&mut workbook).map_err(refused)?;
    workbook.set_properties(&properties(&tables)?);
    let mut spill = OverflowSheet::default();
    let mut indicators = Indicators::begin(&tables, &inks, sheet(document, &mut workbook).map_err(refused)?)
        .map_err(refused)?;
    let about = about::write(&tables, &inks, workbook.add_worksheet(), &mut spill).map_err(refused)?;
    let filled = fill(document, &tables, (&inks, &mut indicators), &mut workbook, &mut spill, progress)?;
    let mut digests = vec![(indicators::INDICATORS, indicators.digest), (about::ABOUT, about)];
    digests.extend(filled);
    let rest = spill.write(&inks, &mut workbook).map_err(refused)?;
    digests.extend(rest.map(|digest| (OVERFLOW, digest)));
    stamp(document, of_sheets(digests), &inks, &mut workbook, progress)?;
    let bytes = workbook.save_to_buffer().map_err(refused)?;
    Ok(out.write_all(&bytes)?)
}

/// A document of more nodes is written to temporary files row by row; one of fewer in memory, with each text once.
const IN_MEMORY_NODES: usize = 5_000;

/// A sheet for the rows of a document.
fn sheet<'w>(document: &Document<'_>, workbook: &'w mut Workbook) -> Result<&'w mut Worksheet, XlsxError> {
    if document.count() > IN_MEMORY_NODES {
        workbook.add_worksheet_with_constant_memory()
    } else {
        Ok(workbook.add_worksheet())
    }
}

/// The tables, filled side by side, so that each node is looked at once. Gives the digests of the sheets.
fn fill<'p>(
    document: &Document<'p>,
    tables: &Tables<'_, 'p>,
    (inks, indicators): (&XlsxFormats, &mut Indicators),
    workbook: &mut Workbook,
    spill: &mut OverflowSheet,
    progress: &mut dyn ExportProgress,
) -> Result<Vec<(&'static str, SheetDigest)>, ExportError> {
    let mut sheets = Vec::new();
    for (name, kind) in TABLES {
        let texts = if kind == RowKind::Notes { Texts::Wrapped } else { Texts::Short };
        let page = sheet(document, workbook).map_err(refused)?;
        let sheet = XlsxSheet::begin(page, name, texts, &tables.columns(kind), inks);
        sheets.push((kind, name, sheet.map_err(refused)?));
    }
    let first = workbook.worksheets().len() - sheets.len();
    let (front, pages) = workbook.worksheets_mut().split_at_mut(first);
    let of = document.count() * 2;
    for (done, entry) in (1..).zip(document.entries()) {
        for ((kind, _, sheet), page) in sheets.iter_mut().zip(pages.iter_mut()) {
            for row in tables.rows(*kind, &entry) {
                sheet.row(page, &row, inks, spill).map_err(refused)?;
                let is_metric = *kind == RowKind::Nodes && entry.metric().is_some();
                if let (true, Some(page)) = (is_metric, front.first_mut()) {
                    indicators.row(page, &row, inks, spill).map_err(refused)?;
                }
            }
        }
        progress.step(done, of)?;
    }
    for ((kind, _, sheet), page) in sheets.iter_mut().zip(pages.iter_mut()) {
        for home in document.orphans() {
            for row in tables.orphan_rows(*kind, home) {
                sheet.row(page, &row, inks, spill).map_err(refused)?;
            }
        }
        if *kind == RowKind::Sources {
            for row in tables.source_rows() {
                sheet.row(page, &row, inks, spill).map_err(refused)?;
            }
        }
        sheet.end(page).map_err(refused)?;
    }
    if let Some(page) = front.first_mut() {
        indicators.end(page).map_err(refused)?;
    }
    Ok(sheets.into_iter().map(|(_, name, sheet)| (name, sheet.digest)).collect())
}

/// The stamp and the marks, for programs.
fn stamp(
    document: &Document<'_>,
    digest: String,
    inks: &XlsxFormats,
    workbook: &mut Workbook,
    progress: &mut dyn ExportProgress,
) -> Result<(), ExportError> {
    let page = sheet(document, workbook).map_err(refused)?;
    page.set_name(STAMP_SHEET).map_err(refused)?;
    page.set_column_width(0, 120).map_err(refused)?;
    let stamp = ReportStamp { digest, ..document.stamp(Format::Xlsx) };
    sheet::line(page, 0, &stamp.line(), inks).map_err(refused)?;
    let (count, of) = (document.count(), document.count() * 2);
    let mut row = 0;
    document.each(
        |entry: &NodeEntry<'_>, bytes: &mut Vec<u8>| {
            bytes.extend(document.mark(entry).line().into_bytes());
            Ok(())
        },
        |bytes| {
            row += 1;
            sheet::line(page, row, &String::from_utf8_lossy(bytes), inks).map_err(refused)?;
            progress.step(count + row as usize, of)
        },
    )
}

/// Title and program; the moment is the as-of, so that two runs give the same bytes.
fn properties(tables: &Tables<'_, '_>) -> Result<DocProperties, ExportError> {
    let report = tables.report();
    let day = report.document().scene.judge.as_of.day();
    let made = u16::try_from(day.year()).ok().and_then(|year| {
        ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
    });
    // A workbook knows no day before 1900.
    let made = made.map_or_else(|| ExcelDateTime::from_ymd(1900, 1, 1), Ok).map_err(refused)?;
    let title = tables.plain().words(&report.title());
    let title: String = title.chars().take(MAX_PROPERTY_CHARS).collect();
    Ok(DocProperties::new().set_title(title).set_author(TOOL).set_creation_datetime(&made))
}

/// Longest property that every reader takes.
const MAX_PROPERTY_CHARS: usize = 255;

/// The library's word for what a workbook cannot hold.
fn refused(error: XlsxError) -> ExportError {
    let said = match error {
        XlsxError::RowColumnLimitError => Bilingual::new(
            "超出工作簿的上限（每张工作表1048576行）；请缩小范围，或改用 csv、json",
            "a workbook cannot hold it (1,048,576 rows a sheet); export a part of the plan, or csv or json",
        ),
        error => Bilingual::new(
            format!("无法生成工作簿：{error}"),
            format!("the workbook cannot be made: {error}"),
        ),
    };
    ExportError::Refused(said)
}
