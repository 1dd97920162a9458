//! From text to TOML tables, with every syntax error at its place and what a broken header has swept into the
//! table before it thrown out.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml_parser::ParseError;
use toml_parser::parser::{RecursionGuard, ValidateWhitespace, parse_document};

use super::reader::Problems;
use crate::plan::diagnostic::trouble;
use crate::plan::diagnostic::{ByteSpan, Severity};

/// The tables of a file and its syntax errors.
pub(crate) struct ParsedFile<'t> {
    pub table: DeTable<'t>,
    pub problems: Problems,
}

impl ParsedFile<'_> {
    /// There was a syntax error.
    pub fn is_broken(&self) -> bool {
        !self.problems.is_empty()
    }
}

pub(crate) fn parse(text: &str) -> ParsedFile<'_> {
    let (mut table, errors) = tables(text);
    let mut problems = Problems::default();
    if !errors.is_empty() {
        let headers = report(text, &errors, &mut problems);
        problems.hold_back();
        prune(&mut table, &headers);
    }
    ParsedFile { table, problems }
}

/// A file above this many bytes is looked at before every error of it is gathered.
const BIG_BYTES: usize = 1 << 20;

/// A big file with more errors than this is no plan with slips in it; its first error is all that is said.
const MAX_ERRORS: usize = 20_000;

/// Tables and errors. The parser keeps about 150 bytes for each error, so ten megabytes of nonsense could
/// cost gigabytes.
fn tables(text: &str) -> (DeTable<'_>, Vec<toml::de::Error>) {
    if text.len() > BIG_BYTES {
        match DeTable::parse(text) {
            Ok(table) => return (table.into_inner(), Vec::new()),
            Err(first) if count_errors(text) > MAX_ERRORS => return (DeTable::new(), vec![first]),
            Err(_) => {}
        }
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    (table.into_inner(), errors)
}

/// Errors in the order of signs and in comments; those inside strings and of names given twice are not among
/// them.
fn count_errors(text: &str) -> usize {
    let mut count = 0;
    let source = toml_parser::Source::new(text);
    let tokens = source.lex().into_vec();
    let mut nothing = ();
    let mut checked = ValidateWhitespace::new(&mut nothing, source);
    let mut guarded = RecursionGuard::new(&mut checked, MAX_DEPTH);
    parse_document(&tokens, &mut guarded, &mut |_: ParseError| count += 1);
    count
}

/// Depth of nesting to which errors are counted; the parser's own bound.
const MAX_DEPTH: u32 = 80;

/// Takes errors down and answers where headers are broken, in order. A line that is broken in one place is
/// broken in many for the parser: the first tells, so each line counts once, and a text of a single line
/// costs no more than one of many.
fn report(text: &str, errors: &[toml::de::Error], problems: &mut Problems) -> Vec<usize> {
    let mut spans: Vec<(ByteSpan, &str)> = errors
        .iter()
        .map(|error| (ByteSpan::from(error.span().unwrap_or(text.len()..text.len())), error.message()))
        .collect();
    spans.sort_by_key(|(span, _)| span.start);
    let mut headers = Headers { text, broken: Vec::new(), seen_to: 0, last: None };
    let mut line = 0..0;
    for (span, message) in spans {
        let start = (span.start as usize).min(text.len());
        if start < line.end {
            continue;
        }
        line = line_at(text, start);
        let in_header = headers.pass(line.clone());
        if message == "duplicate key" && !in_header && headers.last_is_broken() {
            continue;
        }
        if in_header {
            headers.broken.push(line.start);
        }
        if problems.has_room(Severity::Error) {
            problems.add_always(span, trouble::broken_toml(message));
        } else {
            problems.count_only(Severity::Error);
        }
    }
    headers.broken
}

/// The line that a byte is in, with its line feed; never empty, so that the walk goes on.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |feed| at + feed);
    start..end + 1
}

/// Lines that look like headers, passed once from the top.
struct Headers<'t> {
    text: &'t str,
    broken: Vec<usize>,
    seen_to: usize,
    last: Option<usize>,
}

impl Headers<'_> {
    /// Goes on to a line; whether that line is a header itself.
    fn pass(&mut self, line: Range<usize>) -> bool {
        let mut is_header = false;
        while self.seen_to < line.end.min(self.text.len()) {
            let rest = &self.text.as_bytes()[self.seen_to..];
            let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |feed| feed + 1);
            is_header = rest[..length].trim_ascii_start().starts_with(b"[");
            if is_header {
                self.last = Some(self.seen_to);
            }
            self.seen_to += length;
        }
        is_header
    }

    /// What stands here was meant for another table.
    fn last_is_broken(&self) -> bool {
        self.last.is_some() && self.last == self.broken.last().copied()
    }
}

/// Drops from each element of the top-level arrays what stands after the next broken header.
fn prune(table: &mut DeTable<'_>, headers: &[usize]) {
    if headers.is_empty() {
        return;
    }
    for (_, item) in table.iter_mut() {
        let DeValue::Array(items) = item.get_mut() else { continue };
        for item in items.iter_mut() {
            let start = item.span().start;
            let end = headers.iter().copied().find(|header| *header > start);
            if let (Some(end), DeValue::Table(table)) = (end, item.get_mut()) {
                let swept: Vec<_> = table.keys().filter(|key| key.span().start >= end).cloned().collect();
                for key in swept {
                    table.remove(&key);
                }
            }
        }
    }
}
