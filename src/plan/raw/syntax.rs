//! From text to TOML tables, with every syntax error at its place and what a broken header has swept into the table before it thrown out.

use toml::de::{DeTable, DeValue};

use super::reader::Problems;
use crate::plan::diagnostic::Span;
use crate::plan::diagnostic::trouble;

/// The tables of a file and its syntax errors.
pub(crate) struct Parsed<'t> {
    pub table: DeTable<'t>,
    pub problems: Problems,
}

impl Parsed<'_> {
    /// There was a syntax error.
    pub fn is_broken(&self) -> bool {
        !self.problems.is_empty()
    }
}

/// Parses a text.
pub(crate) fn parse(text: &str) -> Parsed<'_> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut table = table.into_inner();
    let mut problems = Problems::default();
    if !errors.is_empty() {
        let headers = report(text, &errors, &mut problems);
        problems.hold_back();
        prune(&mut table, &headers);
    }
    Parsed { table, problems }
}

/// Takes errors down and answers where headers are broken, in order.
fn report(text: &str, errors: &[toml::de::Error], problems: &mut Problems) -> Vec<usize> {
    let mut headers: Vec<usize> = Vec::new();
    let mut spans: Vec<(Span, &str)> = errors
        .iter()
        .map(|error| (Span::from(error.span().unwrap_or(text.len()..text.len())), error.message()))
        .collect();
    spans.sort_by_key(|(span, _)| span.start);
    let mut last = None;
    for (span, message) in spans {
        // Past the number that is shown, errors are counted only: walking the text for each would make nonsense slow.
        let walks = problems.found.len() < super::reader::SHOWN_PER_FILE;
        let line = if walks { line_start(text, span.start as usize) } else { usize::MAX };
        let in_header = walks && text[line..].trim_start_matches([' ', '\t']).starts_with('[');
        let swept =
            message == "duplicate key" && !in_header && headers.last() == Some(&last_header(text, line));
        if in_header && headers.last() != Some(&line) {
            headers.push(line);
        }
        // A line broken in one place is broken in many for the parser; the first tells.
        if swept || (walks && last == Some(line)) {
            continue;
        }
        last = Some(line);
        problems.add_always(span, trouble::broken_toml(message));
    }
    headers
}

fn line_start(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    text.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1)
}

/// Where the nearest line begins, from `line` up, that looks like a header.
fn last_header(text: &str, line: usize) -> usize {
    let mut line = line.min(text.len());
    while line > 0 {
        if text[line..].trim_start_matches([' ', '\t']).starts_with('[') {
            return line;
        }
        line = line_start(text, line - 1);
    }
    0
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
