//! The first sheet: what people sign, and how everything stands.

use rust_xlsxwriter::{Format, Worksheet, XlsxError, utility};

use super::TABLES;
use super::formats::XlsxFormats;
use super::indicators::INDICATORS;
use super::sheet::{OverflowSheet, SheetInk, height_points};
use crate::export::digest::{STAMP_SHEET, SheetDigest};
use crate::export::table::Tables;
use crate::page::block::{Block, Line, Pair};

/// Height of a heading's row.
const HEADING_POINTS: u32 = 24;

/// Width of the second column, in Latin letters, and how many columns of text are counted on in it.
const WIDTH: u32 = 100;
const LINE_COLS: usize = 96;

pub(super) const ABOUT: &str = "about";

pub(super) fn write(
    tables: &Tables<'_, '_>,
    inks: &XlsxFormats,
    page: &mut Worksheet,
    spill: &mut OverflowSheet,
) -> Result<SheetDigest, XlsxError> {
    page.set_name(ABOUT)?;
    page.set_column_width(0, 34)?;
    page.set_column_width(1, WIDTH)?;
    page.set_paper_size(9).set_print_fit_to_pages(1, 0);
    let report = tables.report();
    let mut digest = SheetDigest::default();
    let ink = SheetInk { page, digest: &mut digest };
    let mut about = AboutSheet { tables, inks, ink, spill, row: 0 };
    about.heading(&tables.plain().words(&report.title()))?;
    about.pairs(&report.head())?;
    if let Some(overview) = report.overview() {
        about.row += 1;
        about.heading(&tables.plain().words(&overview.heading))?;
        for block in &overview.blocks {
            match block {
                Block::Pairs(pairs) => about.pairs(pairs)?,
                Block::Table(table) => {
                    for row in &table.rows {
                        about.table_row(row)?;
                    }
                }
                block => about.text(&tables.plain().block(block))?,
            }
        }
    }
    about.row += 1;
    about.sheets()?;
    Ok(digest)
}

/// What is written so far.
struct AboutSheet<'a, 'd, 'p> {
    tables: &'a Tables<'d, 'p>,
    inks: &'a XlsxFormats,
    ink: SheetInk<'a>,
    spill: &'a mut OverflowSheet,
    row: u32,
}

impl<'a> AboutSheet<'a, '_, '_> {
    /// A text in a cell of the row at hand; what does not fit goes on elsewhere.
    fn words(&mut self, column: u16, text: &str, look: &'a Format) -> Result<(), XlsxError> {
        let row = self.row;
        let text = self.spill.fitted(text, || (ABOUT, utility::row_col_to_cell(row, column)));
        self.ink.text(row, column, &text, look)
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.words(0, text, &self.inks.title)?;
        self.ink.page.set_row_height(self.row, HEADING_POINTS)?;
        self.row += 1;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        self.words(1, text, &self.inks.wrapped)?;
        // Not every program makes a row as high as its text.
        self.ink.page.set_row_height(self.row, height_points(text, LINE_COLS))?;
        self.row += 1;
        Ok(())
    }

    fn pairs(&mut self, pairs: &[Pair]) -> Result<(), XlsxError> {
        for pair in pairs {
            let label = self.tables.plain().words(&pair.label);
            self.words(0, &label, &self.inks.label)?;
            self.text(&self.tables.plain().line(&pair.value))?;
        }
        Ok(())
    }

    /// A state and how many there are of it.
    fn table_row(&mut self, row: &[Line]) -> Result<(), XlsxError> {
        for (at, cell) in (0..).zip(row) {
            let text = self.tables.plain().line(cell);
            match text.parse::<u32>() {
                Ok(count) => self.ink.number(self.row, at, f64::from(count), &self.inks.count)?,
                Err(_) => self.words(at, &text, &self.inks.text)?,
            }
        }
        self.row += 1;
        Ok(())
    }

    fn sheets(&mut self) -> Result<(), XlsxError> {
        let report = self.tables.report();
        let say = |zh: &str, en: &str| self.tables.plain().words(&report.say(zh, en));
        let heading = say("工作表", "Sheets");
        let words = [
            say("每行一个节点", "a node a row"),
            say("每行一个数值", "a value a row"),
            say("每行一条笔记", "a note a row"),
            say("每行一个来源", "a source a row"),
        ];
        let stamp = say("供 plan158 verify 核对，请勿改动", "for plan158 verify; leave it as it is");
        self.heading(&heading)?;
        let front = say("每行一个指标，供阅读", "an indicator a row, to be read");
        let tables = TABLES.iter().map(|(name, _)| *name).zip(words);
        let sheets = std::iter::once((INDICATORS, front)).chain(tables);
        for (name, words) in sheets.chain([(STAMP_SHEET, stamp)]) {
            self.words(0, name, &self.inks.label)?;
            self.text(&words)?;
        }
        Ok(())
    }
}
