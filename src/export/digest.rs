//! The digest of a file's own content, which the file carries: whoever has the file alone can tell whether it
//! was edited since it was written. It is no signature: who forges the content can forge the digest.
//!
//! Of text it is SHA-256 over the bytes, with LF for CRLF, without a byte order mark, and with zeros in the
//! place of the digest itself; of a workbook over the values of its cells, sheet by sheet, whatever they look
//! like (`docs/export-format.md`, What is proved).

use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsx};
use sha2::{Digest, Sha256};

use super::document::{BLANK, Document};
use super::format::ExportError;
use super::package::{charts, paragraphs};
use super::xlsx::STAMP_SHEET;
use crate::text::hex;

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

/// The digest of a workbook's values; `None` where it cannot be read.
pub fn of_workbook(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    for (address, value) in cells(bytes)? {
        text.push_str(&format!("{address}\t{value}\n"));
    }
    Some(digest(text.as_bytes()))
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
            let address = format!("{name}!{}{}", column(left as usize + col), top as usize + row + 1);
            let value = match value {
                Data::Empty => continue,
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                    // A program that saves again may write line ends its own way.
                    format!("text {:?}", text.replace("\r\n", "\n"))
                }
                Data::Int(number) => format!("number {number}"),
                Data::Float(number) => format!("number {number}"),
                Data::DateTime(time) => format!("number {}", time.as_f64()),
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

/// Writes a text with its digest in the place of the blank one.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub(super) fn seal_text(
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut whole = Vec::new();
    write(&mut whole)?;
    let digest = of_text(&whole, BLANK);
    if let Some(at) = find(&whole, BLANK.as_bytes()) {
        whole[at..at + BLANK.len()].copy_from_slice(digest.as_bytes());
    }
    Ok(out.write_all(&whole)?)
}

/// Writes a workbook or a document twice: the first tells what it holds, the second says so. `of` is the digest
/// of what was written.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub(super) fn seal_package(
    document: &Document<'_>,
    out: &mut dyn Write,
    of: fn(&[u8]) -> Option<String>,
    mut write: impl FnMut(&Document<'_>, &mut dyn Write) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut first = Vec::new();
    write(document, &mut first)?;
    let mut sealed = document.clone();
    sealed.digest = of(&first).map(Into::into);
    sealed.charts = of_charts(&first).map(Into::into);
    drop(first);
    write(&sealed, out)
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
