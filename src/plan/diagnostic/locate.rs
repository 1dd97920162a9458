//! From byte spans to lines and columns, with the line to show. Only files that have problems are read again
//! for this.

use std::ops::Range;

use super::trouble::{DiagnosticText, more};
use super::{Diagnostic, Severity, Snippet};

/// A stretch of a file in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ByteSpan {
    pub start: u32,
    pub end: u32,
}

impl From<Range<usize>> for ByteSpan {
    fn from(range: Range<usize>) -> Self {
        let bytes = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: bytes(range.start), end: bytes(range.end) }
    }
}

/// A problem of one file; without a span it concerns the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileProblem {
    pub span: Option<ByteSpan>,
    pub trouble: DiagnosticText,
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

/// Problems of one file as diagnostics in the order of their places. `text` is the file as it stands now
/// (`None` where it cannot be read); it may have changed since the spans were taken, which costs accuracy but
/// nothing else. `hidden` counts problems left out, errors then warnings.
pub(crate) fn locate(
    file: &str,
    text: Option<&[u8]>,
    mut problems: Vec<FileProblem>,
    hidden: [usize; 2],
    quoting: Quoting,
) -> Vec<Diagnostic> {
    problems.sort_by_key(|problem| problem.span.map_or((0, 0), |span| (span.start, span.end)));
    let mut cursor = FileCursor::new(text.unwrap_or_default());
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
    trouble: DiagnosticText,
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

/// Walks a file once, from line to line and within a line from column to column, so that a line of ten
/// megabytes costs no more than many lines. Works on bytes, since the file with a byte that is no UTF-8 has a
/// problem too.
struct FileCursor<'a> {
    bytes: &'a [u8],
    line: u32,
    line_bytes: Range<usize>,
    /// A place in the line and its column.
    counted: (usize, u32),
}

impl<'a> FileCursor<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let start = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        Self { bytes, line: 1, line_bytes: line_from(bytes, start), counted: (start, 1) }
    }

    /// Line, column in characters and the line itself for a span; spans must come in order.
    fn place(&mut self, span: ByteSpan) -> (u32, u32, Snippet) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::plan::diagnostic::trouble;

    fn at(text: &[u8], span: Range<usize>) -> Diagnostic {
        let problem = FileProblem { span: Some(span.into()), trouble: trouble::not_utf8() };
        locate("f", Some(text), vec![problem], [0, 0], Quoting::Lines).remove(0)
    }

    #[rstest]
    #[case("abc", 1..2, 1, 2, "abc", "b")]
    #[case("a\n教育强市\n", 5..8, 2, 2, "教育强市", "育")]
    #[case("a\r\nbc\r\n", 3..5, 2, 1, "bc", "bc")]
    #[case("a\nb\n", 4..4, 3, 1, "", "")]
    #[case("a\nbc\nd", 2..6, 2, 1, "bc", "bc")]
    #[case("\u{FEFF}ab", 3..4, 1, 1, "ab", "a")]
    #[case("ab", 9..12, 1, 3, "ab", "")]
    #[case("", 0..1, 1, 1, "", "")]
    fn a_span_becomes_line_and_column(
        #[case] text: &str,
        #[case] span: Range<usize>,
        #[case] line: u32,
        #[case] column: u32,
        #[case] shown: &str,
        #[case] marked: &str,
    ) {
        let found = at(text.as_bytes(), span);
        let snippet = found.snippet.unwrap();
        assert_eq!((found.line, found.column, snippet.line.as_str()), (line, column, shown));
        assert_eq!(&snippet.line[snippet.bytes], marked);
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_mark() {
        let text = format!("{}X{}", "教".repeat(1000), "育".repeat(1000));
        let found = at(text.as_bytes(), 3000..3001);
        let snippet = found.snippet.unwrap();
        assert_eq!((found.line, found.column), (1, 1001));
        assert_eq!(&snippet.line[snippet.bytes.clone()], "X");
        assert!(snippet.line.starts_with("…教") && snippet.line.ends_with("育…"));
        assert_eq!(snippet.line.chars().count(), BEFORE_CHARS + FROM_MARK_CHARS + 2);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_counted_and_shown_without_failing() {
        let found = at(b"ab\xFF\xFEc", 2..3);
        assert_eq!((found.line, found.column), (1, 3));
        assert_eq!(found.snippet.unwrap().line, "ab\u{FFFD}\u{FFFD}c");
    }

    #[test]
    fn a_file_that_cannot_be_read_again_still_has_its_problems() {
        let problem = FileProblem { span: Some((0..1).into()), trouble: trouble::not_utf8() };
        let found = locate("f", None, vec![problem], [2, 3], Quoting::Lines);
        let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["E05", "E99", "W99"]);
        assert_eq!((found[0].line, found[0].snippet.clone()), (0, None));
    }

    proptest! {
        #[test]
        fn places_of_many_spans_point_at_their_characters(text in "[a教\n\r\u{FEFF}é]{0,40}", picks in proptest::collection::vec(any::<prop::sample::Index>(), 1..6)) {
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut picked: Vec<usize> = picks.iter().map(|pick| *pick.get(&starts)).collect();
            let problems = picked.iter().map(|at| FileProblem { span: Some((*at..*at + 1).into()), trouble: trouble::not_utf8() }).collect();
            let found = locate("f", Some(text.as_bytes()), problems, [0, 0], Quoting::Lines);
            picked.sort_unstable();
            for (at, found) in picked.into_iter().zip(found) {
                // The mark at the beginning is no column and a carriage return at a line's end none either.
                let at = if text.starts_with('\u{FEFF}') { at.max(3) } else { at };
                let before = text[..at].strip_prefix('\u{FEFF}').unwrap_or(&text[..at]);
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                let at_line_end = text[at..].starts_with('\n') && before.ends_with('\r') || text[at..].is_empty() && before.ends_with('\r');
                let column = if at_line_end { column - 1 } else { column };
                prop_assert_eq!((found.line as usize, found.column as usize), (line, column));
            }
        }
    }
}
