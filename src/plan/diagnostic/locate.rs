//! From byte spans to lines and columns, with the line to show. Only files that have problems are read again for this.

use std::ops::Range;

use super::trouble::{Trouble, more};
use super::{Diagnostic, Severity, Snippet};

/// A stretch of a file in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub start: u32,
    pub end: u32,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        let bytes = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: bytes(range.start), end: bytes(range.end) }
    }
}

/// A problem of one file; without a span it concerns the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub span: Option<Span>,
    pub trouble: Trouble,
}

/// Characters of a line that a snippet keeps before the marked stretch, and of it and after it.
const BEFORE_CHARS: usize = 160;
const FROM_MARK_CHARS: usize = 220;

/// Whether lines of a file may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quoting {
    Lines,
    Nothing,
}

/// Problems of one file as diagnostics in the order of their places. `text` is the file as it stands now (`None` where it cannot be read); it may
/// have changed since the spans were taken, which costs accuracy but nothing else. `hidden` counts problems left out, errors then warnings.
pub(crate) fn locate(
    file: &str,
    text: Option<&[u8]>,
    mut problems: Vec<Problem>,
    hidden: [usize; 2],
    quoting: Quoting,
) -> Vec<Diagnostic> {
    problems.sort_by_key(|problem| problem.span.map_or((0, 0), |span| (span.start, span.end)));
    let mut cursor = Cursor::new(text.unwrap_or_default());
    let mut out: Vec<Diagnostic> = problems
        .into_iter()
        .map(|problem| {
            let place = problem.span.filter(|_| text.is_some()).map(|span| cursor.place(span));
            let (line, column, snippet) = place.map_or((0, 0, None), |(l, c, snippet)| (l, c, Some(snippet)));
            let snippet = snippet.filter(|_| quoting == Quoting::Lines);
            diagnostic(file, problem.trouble, (line, column), snippet)
        })
        .collect();
    for (severity, count) in [Severity::Error, Severity::Warning].into_iter().zip(hidden) {
        if count > 0 {
            out.push(diagnostic(file, more(severity, count), (0, 0), None));
        }
    }
    out
}

fn diagnostic(
    file: &str,
    trouble: Trouble,
    (line, column): (u32, u32),
    snippet: Option<Snippet>,
) -> Diagnostic {
    Diagnostic {
        code: trouble.code,
        severity: Severity::of(trouble.code),
        file: file.to_owned(),
        line,
        column,
        message: trouble.message,
        help: trouble.help,
        snippet,
    }
}

/// Walks a file once, from line to line and within a line from column to column, so that a line of ten megabytes costs no more than many lines.
/// Works on bytes, since the file with a byte that is no UTF-8 has a problem too.
struct Cursor<'a> {
    bytes: &'a [u8],
    line: u32,
    line_bytes: Range<usize>,
    /// A place in the line and its column.
    counted: (usize, u32),
}

impl<'a> Cursor<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        Self { bytes, line: 1, line_bytes: line_from(bytes, start), counted: (start, 1) }
    }

    /// Line, column in characters and the line itself for a span; spans must come in order.
    fn place(&mut self, span: Span) -> (u32, u32, Snippet) {
        let start = (span.start as usize).clamp(self.line_bytes.start, self.bytes.len());
        while start > self.line_bytes.end && self.line_bytes.end < self.bytes.len() {
            self.line_bytes = line_from(self.bytes, self.line_bytes.end + 1);
            self.line = self.line.saturating_add(1);
            self.counted = (self.line_bytes.start, 1);
        }
        let line = &self.bytes[self.line_bytes.clone()];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let from = (start - self.line_bytes.start).min(line.len());
        let length = (span.end as usize).saturating_sub(span.start as usize);
        let to = from.saturating_add(length).min(line.len());
        (self.line, self.column(self.line_bytes.start + from), snippet(line, from, to))
    }

    fn column(&mut self, at: usize) -> u32 {
        let (counted, column) = self.counted;
        let passed = self.bytes[counted.min(at)..at].iter().filter(|byte| is_char_start(**byte)).count();
        self.counted = (counted.max(at), column.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX)));
        self.counted.1
    }
}

/// The line that begins at a byte, without its line feed.
fn line_from(bytes: &[u8], start: usize) -> Range<usize> {
    let length = bytes[start..].iter().position(|byte| *byte == b'\n');
    start..length.map_or(bytes.len(), |length| start + length)
}

/// The byte order mark, which is no column.
const BOM: &[u8] = "\u{FEFF}".as_bytes();

fn is_char_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// The part of a line around bytes `from..to`.
fn snippet(line: &[u8], from: usize, to: usize) -> Snippet {
    let is_start = |at: &usize| line.get(*at).is_none_or(|byte| is_char_start(*byte));
    let start = (0..from).rev().filter(is_start).nth(BEFORE_CHARS - 1).unwrap_or(0);
    let end = (from..line.len()).filter(is_start).nth(FROM_MARK_CHARS).unwrap_or(line.len());
    let piece = |range: Range<usize>| String::from_utf8_lossy(&line[range]).into_owned();
    let cut = |is_cut| if is_cut { "…" } else { "" };
    let before = format!("{}{}", cut(start > 0), piece(start..from));
    let marked = piece(from..to.min(end));
    let bytes = before.len()..before.len() + marked.len();
    Snippet { line: format!("{before}{marked}{}{}", piece(to.min(end)..end), cut(end < line.len())), bytes }
}
