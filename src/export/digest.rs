//! The digest of a file's own content, which the file carries: whoever has the file alone can tell whether it
//! was edited since it was written. It is no signature: who forges the content can forge the digest.
//!
//! Of text it is SHA-256 over the bytes, with LF for CRLF, without a byte order mark, and with zeros in the
//! place of the digest itself; of a workbook over the values of its cells, sheet by sheet, whatever they look
//! like (`docs/export-format.md`, What is proved).

use std::io::{self, BufWriter, Cursor, Seek, SeekFrom, Write};

use calamine::{Data, Reader, Xlsx};
use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

use super::document::BLANK;
use super::format::ExportError;
use super::package::{charts, paragraphs};
use crate::text::hex;

/// The sheet of a workbook whose first column holds the stamp and below it the marks.
pub const STAMP_SHEET: &str = "stamp";

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Whether a text is a digest as this program writes it.
pub fn is_digest(text: &str) -> bool {
    let digits = text.strip_prefix("sha256:").unwrap_or_default();
    digits.len() == 64 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The digest of a text in which `stated` stands for it.
pub fn of_text(bytes: &[u8], stated: &str) -> String {
    let mut whole = with_own_line_ends(bytes);
    if let Some(at) = find(&whole, stated.as_bytes()) {
        whole[at..at + BLANK.len()].copy_from_slice(BLANK.as_bytes());
    }
    digest(&whole)
}

/// A text with the line ends that this program writes, and without a byte order mark.
pub fn with_own_line_ends(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let mut whole = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            whole.push(*byte);
        }
    }
    whole
}

/// Whether a text differs from what this program writes in its line ends or a byte order mark alone.
pub fn has_foreign_line_ends(bytes: &[u8]) -> bool {
    bytes.starts_with(BOM) || find(bytes, b"\r\n").is_some()
}

/// The digest of a sheet, cell by cell, row by row.
#[derive(Clone, Debug, Default)]
pub struct SheetDigest(Sha256);

impl SheetDigest {
    /// A cell that holds text; an empty one holds nothing.
    pub fn text(&mut self, (row, column): (u32, u16), text: &str) {
        if !text.is_empty() {
            self.cell((row as usize, column.into()), &text_value(text));
        }
    }

    /// A cell that holds a number or a time.
    pub fn number(&mut self, (row, column): (u32, u16), number: f64) {
        self.cell((row as usize, column.into()), &number_value(number));
    }

    fn cell(&mut self, (row, column): (usize, usize), value: &str) {
        self.line(&address(row, column), value);
    }

    fn line(&mut self, address: &str, value: &str) {
        self.0.update(format!("{address}\t{value}\n").as_bytes());
    }
}

/// The digest of a workbook from those of its sheets, by name and in order.
pub fn of_sheets<'n>(sheets: impl IntoIterator<Item = (&'n str, SheetDigest)>) -> String {
    let lines = sheets.into_iter().map(|(name, sheet)| format!("{name}\t{}\n", hex(sheet.0.finalize())));
    digest(lines.collect::<String>().as_bytes())
}

/// The digest of a workbook's values; `None` where it cannot be read.
pub fn of_workbook(bytes: &[u8]) -> Option<String> {
    let cells = cells(bytes)?;
    let book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let names: Vec<String> = book.sheet_names().into_iter().filter(|name| name != STAMP_SHEET).collect();
    let mut sheets: Vec<(&str, SheetDigest)> =
        names.iter().map(|name| (name.as_str(), SheetDigest::default())).collect();
    for (place, value) in &cells {
        let (name, address) = place.rsplit_once('!')?;
        let (_, sheet) = sheets.iter_mut().find(|(own, _)| *own == name)?;
        sheet.line(address, value);
    }
    Some(of_sheets(sheets))
}

/// A program that saves again may write line ends its own way.
fn text_value(text: &str) -> String {
    format!("text {:?}", text.replace("\r\n", "\n"))
}

fn number_value(number: f64) -> String {
    format!("number {number}")
}

fn address(row: usize, column_index: usize) -> String {
    format!("{}{}", column(column_index), row + 1)
}

/// The digest of a document's texts; `None` where it cannot be read.
pub fn of_document(bytes: &[u8]) -> Option<String> {
    Some(digest(paragraphs(bytes)?.join("\n").as_bytes()))
}

/// The digest of what the charts of a document draw; `None` where it has none.
pub fn of_charts(bytes: &[u8]) -> Option<String> {
    let drawn = charts(bytes);
    (!drawn.is_empty()).then(|| digest(drawn.join("\n").as_bytes()))
}

/// The cells of a workbook that hold something, each with its address and its typed value; the sheet of the
/// stamp is left out.
pub fn cells(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let mut found = Vec::new();
    for name in book.sheet_names() {
        if name == STAMP_SHEET {
            continue;
        }
        let range = book.worksheet_range(&name).ok()?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, value) in range.used_cells() {
            let address = format!("{name}!{}", address(top as usize + row, left as usize + col));
            let value = match value {
                Data::Empty => continue,
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                    if text.is_empty() {
                        continue;
                    }
                    text_value(text)
                }
                Data::Int(number) => format!("number {number}"),
                Data::Float(number) => number_value(*number),
                Data::DateTime(time) => number_value(time.as_f64()),
                Data::Bool(is) => format!("bool {is}"),
                Data::Error(error) => format!("error {error}"),
            };
            found.push((address, value));
        }
    }
    Some(found)
}

/// A column by its letters, from A.
fn column(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// A text of so many bytes is kept in memory until its digest is known, a longer one in a temporary file.
const IN_MEMORY_BYTES: usize = 32 << 20;

/// The stamp stands within so many bytes of the beginning.
const HEAD_BYTES: usize = 1 << 20;

/// Writes a text with its digest in the place of the blank one.
///
/// # Errors
/// When the sink or the temporary file fails, or somebody stops it.
pub(super) fn seal_text(
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut spool =
        TextSpool { hash: Sha256::default(), head: Vec::new(), kept: SpooledTempFile::new(IN_MEMORY_BYTES) };
    {
        let mut sink = BufWriter::with_capacity(1 << 16, &mut spool);
        write(&mut sink)?;
        sink.flush()?;
    }
    let TextSpool { hash, head, mut kept } = spool;
    // As it is written it has the blank one and its own line ends: its digest is that of its bytes.
    let digest = format!("sha256:{}", hex(hash.finalize()));
    if let Some(at) = find(&head, BLANK.as_bytes()) {
        kept.seek(SeekFrom::Start(at as u64))?;
        kept.write_all(digest.as_bytes())?;
    }
    kept.rewind()?;
    io::copy(&mut kept, out)?;
    Ok(())
}

/// A text that is kept until its digest is known.
struct TextSpool {
    hash: Sha256,
    /// Its beginning, where the blank digest is looked for.
    head: Vec<u8>,
    kept: SpooledTempFile,
}

impl Write for TextSpool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.kept.write(bytes)?;
        self.hash.update(&bytes[..written]);
        let room = HEAD_BYTES.saturating_sub(self.head.len()).min(written);
        self.head.extend_from_slice(&bytes[..room]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.kept.flush()
    }
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(Sha256::digest(bytes)))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.len() > bytes.len() || wanted.is_empty() {
        return None;
    }
    memchr::memmem::find(bytes, wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_a_byte_order_mark_make_no_difference_and_any_other_byte_does() {
        let text = format!("stamp {BLANK}\nvalue 70.5\n");
        let stated = of_text(text.as_bytes(), BLANK);
        assert!(is_digest(&stated));
        let sealed = text.replace(BLANK, &stated);
        assert_eq!(of_text(sealed.as_bytes(), &stated), stated);
        let mailed = format!("\u{feff}{}", sealed.replace('\n', "\r\n"));
        assert_eq!(of_text(mailed.as_bytes(), &stated), stated);
        assert!(has_foreign_line_ends(mailed.as_bytes()) && !has_foreign_line_ends(sealed.as_bytes()));
        assert_ne!(of_text(sealed.replace("70.5", "75.5").as_bytes(), &stated), stated);
    }

    #[test]
    fn columns_have_letters_as_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 701, 702].map(column), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
