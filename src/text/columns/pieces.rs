//! A text as the pieces it is drawn in, found one after another, so that whoever needs the beginning pays for
//! the beginning.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::terminal::{AmbiguousWidth, ambiguous_width};
use crate::text::work;

/// Columns of a character that joins with no other, whatever stands beside it, as long as that is such a
/// character too: printable ASCII, Chinese characters and the punctuation used with them. Most text is made
/// of these alone, and then needs no search for graphemes, which is slow.
pub fn plain_cols(c: char) -> Option<usize> {
    match c {
        // Fold marks, signs of the header and the filter line.
        ' '..='~' | '▸' | '▾' | '›' => Some(1),
        // The same and box drawing, which not every terminal draws as wide.
        '·' | '—' | '‘' | '’' | '“' | '”' | '…' | '\u{2500}'..='\u{257f}' => {
            match ambiguous_width() {
                AmbiguousWidth::Narrow => Some(1),
                AmbiguousWidth::Wide => Some(grapheme_cols(c.encode_utf8(&mut [0; 4]))),
            }
        }
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

/// Columns of one grapheme; never more than two, whatever joins into it.
pub(super) fn grapheme_cols(grapheme: &str) -> usize {
    match ambiguous_width() {
        AmbiguousWidth::Narrow => grapheme.width().min(2),
        AmbiguousWidth::Wide => grapheme.width_cjk().min(2),
    }
}

/// A grapheme, and the columns it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grapheme<'t> {
    pub text: &'t str,
    /// Columns, at most two.
    pub cols: usize,
}

/// The pieces of a text from its beginning. Each step looks at one grapheme and the character behind it,
/// never at the rest.
#[derive(Clone, Debug)]
pub struct Graphemes<'t> {
    rest: &'t str,
}

pub fn pieces(text: &str) -> Graphemes<'_> {
    Graphemes { rest: text }
}

impl<'t> Iterator for Graphemes<'t> {
    type Item = Grapheme<'t>;

    fn next(&mut self) -> Option<Grapheme<'t>> {
        let mut chars = self.rest.chars();
        let first = chars.next()?;
        // A plain character is a grapheme of its own only where the next one cannot join it.
        let alone = plain_cols(first).filter(|_| chars.next().is_none_or(|next| plain_cols(next).is_some()));
        let (len, cols) = match alone {
            Some(cols) => (first.len_utf8(), cols),
            // What begins at the end of a grapheme does not depend on what stands before it.
            None => {
                let grapheme = self.rest.graphemes(true).next()?;
                (grapheme.len(), grapheme_cols(grapheme))
            }
        };
        work::look_at(len);
        let (text, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(Grapheme { text, cols })
    }
}
