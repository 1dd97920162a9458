//! A document as lines of text, whatever it was written with.

use sha2::{Digest, Sha256};

use super::unreadable::{MAX_DOCUMENT_BYTES, UnreadableDocument};
use super::{decode, docx, html};
use crate::text::hex;

/// What a document is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentFormat {
    /// Plain text or Markdown: its lines are those of the file.
    Text,
    /// Its lines are its blocks.
    Html,
    /// Its lines are its paragraphs.
    Docx,
}

/// A document that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct TextDocument {
    /// What it is written with.
    pub format: DocumentFormat,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// SHA-256 of its text in UTF-8 with LF, as registers of sources have it.
    pub text_sha256: String,
    /// The title that the document itself gives.
    pub title: Option<String>,
    /// Its lines; the first is line 1.
    pub lines: Vec<String>,
}

/// Reads a document; `name` is the file's, whose ending decides where the bytes leave it open.
///
/// # Errors
/// Where it is none that can be read.
pub fn read(bytes: &[u8], name: &str) -> Result<TextDocument, UnreadableDocument> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_DOCUMENT_BYTES {
        return Err(UnreadableDocument::TooLarge);
    }
    let small = name.to_lowercase();
    let format = match bytes {
        _ if starts(bytes, b"%PDF-") => return Err(UnreadableDocument::Pdf),
        _ if starts(bytes, b"\xd0\xcf\x11\xe0") => return Err(UnreadableDocument::OldOffice),
        _ if starts(bytes, b"PK") => DocumentFormat::Docx,
        _ if small.ends_with(".docx") => return Err(UnreadableDocument::NoDocx),
        _ if small.ends_with(".html") || small.ends_with(".htm") || small.ends_with(".xhtml") => {
            DocumentFormat::Html
        }
        _ => DocumentFormat::Text,
    };
    let (title, lines) = match format {
        DocumentFormat::Docx => docx::paragraphs(bytes)?,
        DocumentFormat::Html => html::blocks(&decode::text(bytes, decode::declared(bytes))?),
        DocumentFormat::Text => {
            let text = decode::text(bytes, None)?;
            match html::looks_like(&text) {
                true => html::blocks(&text),
                false => (None, text.lines().map(str::to_owned).collect()),
            }
        }
    };
    let sha256 = hex(Sha256::digest(bytes));
    let text_sha256 = match format {
        DocumentFormat::Text => hex(Sha256::digest(decode::text(bytes, None)?.replace("\r\n", "\n"))),
        _ => sha256.clone(),
    };
    let title = title.or_else(|| heading(&lines));
    Ok(TextDocument { format, sha256, text_sha256, title, lines })
}

fn starts(bytes: &[u8], with: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).starts_with(with)
}

/// The first heading of Markdown.
fn heading(lines: &[String]) -> Option<String> {
    let first = lines.iter().find(|line| !line.trim().is_empty())?;
    first.trim().strip_prefix("# ").map(|title| title.trim().to_owned())
}
