//! How cells look: one font that has Chinese, headings, decimals, dates.

use std::cell::RefCell;
use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

/// A font with Chinese that Excel has on every system it runs on; other programs put their own in its place.
const FONT: &str = "Microsoft YaHei";

/// Formats, made once each: a workbook may hold 64,000 of them, and every equal one is looked up again.
pub(super) struct XlsxFormats {
    pub text: Format,
    pub wrapped: Format,
    pub head: Format,
    pub title: Format,
    pub label: Format,
    pub count: Format,
    numbers: RefCell<HashMap<String, Format>>,
}

fn base() -> Format {
    // 134: the character set of simplified Chinese.
    Format::new().set_font_name(FONT).set_font_size(10).set_font_charset(134).set_align(FormatAlign::Top)
}

impl XlsxFormats {
    pub fn new() -> Self {
        let shade = Color::RGB(0x00E7_E6E6);
        Self {
            text: base(),
            wrapped: base().set_text_wrap(),
            head: base().set_bold().set_background_color(shade).set_border_bottom(FormatBorder::Thin),
            title: base().set_bold().set_font_size(14),
            label: base().set_bold(),
            count: base().set_num_format("0").set_align(FormatAlign::Left),
            numbers: RefCell::default(),
        }
    }

    /// Makes the font that of every cell.
    pub fn apply(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        // A height other than the usual 20 pixels would hold for every row, and wrapped texts would be cut
        // off.
        workbook.set_default_format(&self.text, 20, 64)?;
        Ok(())
    }

    /// Numbers or moments in a pattern.
    pub fn pattern(&self, pattern: &str) -> Format {
        let mut known = self.numbers.borrow_mut();
        match known.get(pattern) {
            Some(format) => format.clone(),
            None => {
                let format = base().set_num_format(pattern);
                known.insert(pattern.to_owned(), format.clone());
                format
            }
        }
    }

    /// A number with so many decimals.
    pub fn decimals(&self, places: u8) -> Format {
        match usize::from(places) {
            0 => self.pattern("0"),
            places => self.pattern(&format!("0.{}", "0".repeat(places))),
        }
    }
}
