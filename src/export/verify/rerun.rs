//! A new run held against the bytes of a file.

use std::io::{self, Write};

use super::edit::digest_of;
use crate::export::digest::with_own_line_ends;
use crate::export::document::{BLANK, Document};
use crate::export::format::{ExportError, ExportProgress, Format, Medium, Options};
use crate::export::writer::writer;

/// Whether a file is what a new run writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RerunBody {
    /// In every byte but line ends, or in a workbook in every cell.
    Same,
    Differs {
        /// The first line that differs, from 1; `None` in a format that is no text.
        line: Option<usize>,
    },
    /// There is no telling: another version wrote it, or another moment was asked for.
    NotCompared,
}

/// Writes a document again and compares on the way, so that no second copy of it stands in memory.
///
/// # Errors
/// When somebody stops it.
pub fn rerun(
    document: &Document<'_>,
    format: Format,
    options: &Options,
    bytes: &[u8],
    progress: &mut dyn ExportProgress,
) -> Result<RerunBody, ExportError> {
    let write = writer(format);
    if format.medium() == Medium::Binary || format == Format::Csv {
        // What a package says are its cells or texts: another program saves them in other bytes. csv has line
        // ends of its own.
        let mut whole = Vec::new();
        write(document, options, &mut whole, progress)?;
        let made = digest_of(format, &whole, BLANK);
        let is_same = made.is_some() && made == digest_of(format, bytes, BLANK);
        return Ok(if is_same { RerunBody::Same } else { RerunBody::Differs { line: None } });
    }
    let mended = with_own_line_ends(bytes);
    let bytes = mended.as_slice();
    let mut against = ExpectedBytes { expected: bytes, at: 0, differs: false };
    match write(document, options, &mut against, progress) {
        Err(ExportError::Write(_)) if against.differs => {}
        other => other?,
    }
    if !against.differs && against.at == bytes.len() {
        return Ok(RerunBody::Same);
    }
    let line = || 1 + bytes[..against.at].iter().filter(|byte| **byte == b'\n').count();
    Ok(RerunBody::Differs { line: (format.medium() == Medium::Text).then(line) })
}

/// A sink that expects certain bytes, and fails at the first that is another.
struct ExpectedBytes<'b> {
    expected: &'b [u8],
    at: usize,
    differs: bool,
}

impl Write for ExpectedBytes<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let rest = &self.expected[self.at..];
        let same = bytes.iter().zip(rest).take_while(|(one, other)| one == other).count();
        self.at += same;
        self.differs |= same < bytes.len();
        if self.differs { Err(io::Error::other("the files differ")) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
