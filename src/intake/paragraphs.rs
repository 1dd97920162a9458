//! Figures of a document with their sentences: where each stands, and the digest of what it stands in.

use sha2::{Digest, Sha256};

use super::document::TextDocument;
use crate::figures::{Grammar, TextContext, TextFigure};
use crate::text::hex;

/// A figure in its document.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedFigure {
    /// Its line, from 1.
    pub line: usize,
    /// The figure with its places in the line.
    pub figure: TextFigure,
    /// Its own characters.
    pub text: String,
    /// The clause it stands in.
    pub clause: String,
    /// The end of the figure before it in the line, and the start of the one behind.
    pub between: (usize, usize),
    /// The time that was named last before it in its line, where its own sentence names none.
    pub earlier_time: Option<crate::figures::FigureTime>,
}

/// Every figure of a document, in order. `written` is the year it was written in.
pub fn figures(grammar: &Grammar, document: &TextDocument, written: Option<i16>) -> Vec<PlacedFigure> {
    let mut context = TextContext { written, spoken_of: None };
    let mut all = Vec::new();
    for (line, text) in (1..).zip(&document.lines) {
        let figures = grammar.line(text, &mut context);
        if figures.is_empty() {
            continue;
        }
        let chars: Vec<char> = text.chars().collect();
        let spans: Vec<_> = figures.iter().map(|figure| figure.span.clone()).collect();
        let mut earlier_time = None;
        for (at, figure) in figures.into_iter().enumerate() {
            let before = at.checked_sub(1).map_or(0, |at| spans[at].end);
            let behind = spans.get(at + 1).map_or(chars.len(), |span| span.start);
            let text: String = chars[figure.span.clone()].iter().collect();
            let clause: String = chars[figure.clause.clone()].iter().collect();
            earlier_time = figure.time.or(earlier_time);
            all.push(PlacedFigure { line, text, clause, between: (before, behind), earlier_time, figure });
        }
    }
    all
}

/// SHA-256 of a sentence, trimmed, lower-case hexadecimal.
pub fn digest(sentence: &str) -> String {
    hex(Sha256::digest(sentence.trim()))
}

/// The lines of a document as characters, for places that count them.
pub struct LineChars(Vec<Vec<char>>);

impl LineChars {
    pub fn new(document: &TextDocument) -> Self {
        Self(document.lines.iter().map(|line| line.chars().collect()).collect())
    }

    /// A line by its number, from 1.
    pub fn line(&self, number: usize) -> &[char] {
        number.checked_sub(1).and_then(|at| self.0.get(at)).map_or(&[], Vec::as_slice)
    }

    /// The sentence that a figure stands in.
    pub fn sentence(&self, placed: &PlacedFigure) -> String {
        let line = self.line(placed.line);
        let range = &placed.figure.sentence;
        line[range.start.min(line.len())..range.end.min(line.len())].iter().collect()
    }
}
