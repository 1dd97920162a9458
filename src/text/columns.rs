//! Text on a grid of columns: the one width function, cutting, padding and wrapping. Pure: nothing here
//! depends on what the text says, and colours.
//!
//! A text may be a megabyte without a space, and it may be one letter under half a million accents. So
//! nothing here looks at the rest of a text for each of its pieces, and what fills so many columns looks at
//! no more of a text than [`reach`] gives it.

mod pieces;
mod terminal;

use std::borrow::Cow;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::work;

pub use pieces::{Grapheme, Graphemes, pieces, plain_cols};
pub use terminal::{AmbiguousWidth, ambiguous_width, set_ambiguous_width, with_ambiguous_width};

/// Columns a text takes on the terminal; see [`ambiguous_width`] for what not all terminals agree on.
pub fn cols(text: &str) -> usize {
    plain_text_cols(text).unwrap_or_else(|| pieces(text).map(|piece| piece.cols).sum())
}

/// Columns of a text of plain characters; `None` where it has any other.
fn plain_text_cols(text: &str) -> Option<usize> {
    work::look_at(text.len());
    text.chars().map(plain_cols).sum()
}

/// Bytes of a text that may have to be looked at for one column. The longest emoji in use take 18 bytes a
/// column, stacked accents of real languages less; what takes more has characters without a width by the
/// dozen.
const BYTES_PER_COL: usize = 64;

/// The start of a text in which whatever shows in so many columns is found: all of a text that is not much
/// longer than that. Splits no character, but it may split a grapheme.
pub fn reach(text: &str, max_cols: usize) -> &str {
    let most = max_cols.saturating_add(1).saturating_mul(BYTES_PER_COL);
    &text[..text.floor_char_boundary(most)]
}

/// The end of a text in which whatever shows in so many columns before its end is found.
pub fn reach_back(text: &str, max_cols: usize) -> &str {
    let most = max_cols.saturating_add(1).saturating_mul(BYTES_PER_COL);
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

/// The text cut to so many columns, its end marked by `…` where something is left out. Splits no grapheme of
/// less than [`reach`].
pub fn cut(text: &str, max_cols: usize) -> Cow<'_, str> {
    if text.len() <= max_cols {
        return text.into();
    }
    let seen = reach(text, max_cols);
    // Where the text ends if the mark has to stand behind it.
    let mark_cols = cols(MARK);
    let (mut used, mut end, mut kept) = (0, 0, 0);
    for piece in pieces(seen) {
        used += piece.cols;
        end += piece.text.len();
        if used > max_cols {
            return marked(&text[..kept], max_cols);
        }
        if used + mark_cols <= max_cols {
            kept = end;
        }
    }
    if seen.len() == text.len() { text.into() } else { marked(&text[..kept], max_cols) }
}

/// What stands where something is left out.
const MARK: &str = "…";

/// A start of a text with the mark of what is left out, where there is a column for it.
fn marked(kept: &str, max_cols: usize) -> Cow<'_, str> {
    if max_cols < cols(MARK) { "".into() } else { format!("{kept}{MARK}").into() }
}

/// Columns of a text, but never more than so many; no more of it is looked at than they take.
pub fn cols_up_to(text: &str, max_cols: usize) -> usize {
    let mut used = 0;
    let seen = reach(text, max_cols);
    let full = pieces(seen).any(|piece| {
        used += piece.cols;
        used >= max_cols
    });
    if full || seen.len() < text.len() { max_cols } else { used }
}

/// The text cut or filled with spaces to exactly so many columns.
pub fn fit(text: &str, exact_cols: usize) -> String {
    let cut = cut(text, exact_cols);
    let fill = exact_cols.saturating_sub(cols(&cut));
    format!("{cut}{}", " ".repeat(fill))
}

/// The text with spaces before it, to so many columns.
pub fn right(text: &str, exact_cols: usize) -> String {
    let cut = cut(text, exact_cols);
    let fill = exact_cols.saturating_sub(cols(&cut));
    format!("{}{cut}", " ".repeat(fill))
}

/// The text in lines of at most so many columns, broken where Unicode's line breaking rules (UAX #14) allow
/// it, so that no line starts with a closing mark or ends with an opening one. A word longer than a line is
/// broken between graphemes. Line feeds are kept.
pub fn wrap(text: &str, max_cols: usize) -> Vec<String> {
    wrap_up_to(text, max_cols, usize::MAX)
}

/// The first lines of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstLines {
    /// At most as many as were asked for.
    pub lines: Vec<String>,
    /// Nothing follows them.
    pub are_all: bool,
}

/// The first lines of a text that is cleaned, then wrapped as by [`wrap`]. However long the text is, about as
/// much of it is looked at as these lines hold. What `clean` makes of a character may not depend on what
/// follows it.
pub fn first_lines(
    text: &str,
    clean: fn(&str) -> Cow<'_, str>,
    max_cols: usize,
    max_lines: usize,
) -> FirstLines {
    let mut bytes = max_cols.saturating_mul(max_lines).max(64);
    loop {
        let seen = &text[..text.floor_char_boundary(bytes)];
        let mut lines = wrap_up_to(&clean(seen), max_cols, max_lines.saturating_add(1));
        // Where the text was cut, only its last line may end elsewhere.
        if lines.len() > max_lines || seen.len() == text.len() {
            let are_all = lines.len() <= max_lines;
            lines.truncate(max_lines);
            return FirstLines { lines, are_all };
        }
        bytes = bytes.saturating_mul(4);
    }
}

/// As [`wrap`], but no more than so many lines.
fn wrap_up_to(text: &str, max_cols: usize, max_lines: usize) -> Vec<String> {
    let mut lines = WrappedLines::new(max_cols, max_lines);
    let mut start = 0;
    for (end, opportunity) in linebreaks(text) {
        if lines.are_full() {
            break;
        }
        let chunk = &text[start..end];
        start = end;
        let bare = chunk.trim_end_matches(['\n', '\r']);
        lines.push(bare);
        if opportunity == BreakOpportunity::Mandatory && (end < text.len() || chunk.len() > bare.len()) {
            lines.end();
        }
    }
    lines.finish()
}

/// Lines that fill with one unbreakable stretch of text after another.
struct WrappedLines {
    max_cols: usize,
    max_lines: usize,
    done: Vec<String>,
    line: String,
    line_cols: usize,
}

impl WrappedLines {
    /// A line has room for the widest grapheme, so that each takes something.
    fn new(max_cols: usize, max_lines: usize) -> Self {
        let max_cols = max_cols.max(2);
        Self { max_cols, max_lines, done: Vec::new(), line: String::new(), line_cols: 0 }
    }

    fn are_full(&self) -> bool {
        self.done.len() >= self.max_lines
    }

    /// Puts a stretch behind the others, on a line of its own where it does not fit. Spaces at its end may
    /// stand beyond the line's end.
    fn push(&mut self, stretch: &str) {
        let word = stretch.trim_end();
        let (word_cols, space_cols) = (cols(word), cols(&stretch[word.len()..]));
        if self.line_cols + word_cols > self.max_cols && !self.line.is_empty() {
            self.end();
        }
        let (from, left_cols) =
            if word_cols > self.max_cols { self.fill(word, word_cols) } else { (0, word_cols) };
        self.line.push_str(&stretch[from..]);
        self.line_cols += left_cols + space_cols;
    }

    /// Fills lines with a word until what is left of it fits one; returns the byte where that begins, and its
    /// columns.
    fn fill(&mut self, word: &str, word_cols: usize) -> (usize, usize) {
        let (mut left, mut used, mut from, mut at) = (word_cols, 0, 0, 0);
        for piece in pieces(word) {
            if used + piece.cols > self.max_cols {
                self.done.push(word[from..at].to_owned());
                left -= used;
                (from, used) = (at, 0);
                if left <= self.max_cols || self.are_full() {
                    break;
                }
            }
            used += piece.cols;
            at += piece.text.len();
        }
        (from, left)
    }

    fn end(&mut self) {
        self.done.push(std::mem::take(&mut self.line).trim_end().to_owned());
        self.line_cols = 0;
    }

    fn finish(mut self) -> Vec<String> {
        if !self.are_full() && (!self.line.is_empty() || self.done.is_empty()) {
            self.end();
        }
        self.done
    }
}

#[cfg(test)]
mod tests;
