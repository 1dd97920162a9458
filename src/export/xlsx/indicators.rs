//! The sheet in front: of each metric its latest value, target, trend and state, under headings in words with the
//! names of the columns below them.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::formats::XlsxFormats;
use super::sheet::{OverflowSheet, SheetInk, XlsxSheet, for_paper};
use crate::export::digest::SheetDigest;
use crate::export::table::{RowKind, TableCell, Tables};

pub(super) const INDICATORS: &str = "indicators";

/// Columns of the table of nodes, by name, with their headings and widths; one that ends in `_` stands for all
/// of its languages.
const COLUMNS: [(&str, (&str, &str), u32); 10] = [
    ("title_", ("指标", "Indicator"), 40),
    ("latest_value", ("现值", "Latest value"), 13),
    ("unit_", ("单位", "Unit"), 10),
    ("latest_when", ("时间", "When"), 20),
    ("target_value", ("目标", "Target"), 13),
    ("target_when", ("期限", "Due"), 20),
    ("trend", ("趋势", "Trend"), 10),
    ("trend_per_year", ("年均变化", "Change a year"), 14),
    ("state_words", ("状态", "State"), 24),
    ("id", ("编号", "Id"), 36),
];

pub(super) struct Indicators {
    pub digest: SheetDigest,
    /// The places of its columns in the table of nodes.
    places: Vec<usize>,
    rows: u32,
}

/// Rows of headings.
const HEADS: u32 = 2;

impl Indicators {
    /// Writes the headings.
    pub fn begin(
        tables: &Tables<'_, '_>,
        inks: &XlsxFormats,
        page: &mut Worksheet,
    ) -> Result<Self, XlsxError> {
        page.set_name(INDICATORS)?;
        for_paper(page);
        let all = tables.columns(RowKind::Nodes);
        let mut found = Vec::new();
        for (name, (zh, en), width) in COLUMNS {
            // `title_zh`, and not `title_short_zh`.
            let is_language = |own: &str| own.strip_prefix(name).is_some_and(|tag| !tag.contains('_'));
            let is_it = |own: &str| own == name || (name.ends_with('_') && is_language(own));
            let places = (0..all.len()).filter(|at| is_it(&all[*at].name));
            found.extend(places.map(|at| (at, tables.plain().words(&tables.report().say(zh, en)), width)));
        }
        let mut digest = SheetDigest::default();
        let mut ink = SheetInk { page, digest: &mut digest };
        for (at, (_, heading, width)) in (0..).zip(&found) {
            ink.page.set_column_width(at, *width)?;
            ink.text(0, at, heading, &inks.head)?;
        }
        for (at, (place, ..)) in (0..).zip(&found) {
            ink.text(1, at, &all[*place].name, &inks.text)?;
        }
        page.set_freeze_panes(HEADS, 1)?;
        page.set_repeat_rows(0, 0)?;
        Ok(Self { digest, places: found.into_iter().map(|(at, ..)| at).collect(), rows: HEADS - 1 })
    }

    /// The row of a metric, from that of the table of nodes.
    pub fn row(
        &mut self,
        page: &mut Worksheet,
        row: &[TableCell],
        inks: &XlsxFormats,
        spill: &mut OverflowSheet,
    ) -> Result<(), XlsxError> {
        self.rows += 1;
        let nothing = TableCell::Nothing;
        for (at, place) in (0..).zip(&self.places) {
            let cell = row.get(*place).unwrap_or(&nothing);
            let ink = SheetInk { page: &mut *page, digest: &mut self.digest };
            XlsxSheet::put(ink, (INDICATORS, self.rows, at), cell, (&inks.wrapped, inks), spill)?;
        }
        Ok(())
    }

    /// A filter over all that was written.
    pub fn end(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        let last = u16::try_from(self.places.len()).unwrap_or(u16::MAX).saturating_sub(1);
        page.autofilter(HEADS - 1, 0, self.rows, last)?;
        Ok(())
    }
}
