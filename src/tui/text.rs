//! Text on the screen's grid: the one width function, cutting, padding and wrapping, as
//! [`crate::text::columns`] has them.

use std::borrow::Cow;

use crate::text::clean::one_line;
pub use crate::text::columns::{
    FirstLines, Grapheme, cols, cols_up_to, cut, first_lines, fit, pieces, plain_cols, reach, reach_back,
    right, wrap,
};
use tui_input::Input;
use unicode_segmentation::UnicodeSegmentation;

/// The part of a typed line that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scrolled {
    /// The byte at which it begins.
    pub from: usize,
    /// Columns from there to the caret.
    pub caret_cols: usize,
}

/// Scrolls a typed line in so many columns, the last of which may be the caret's own, as little as lets the
/// caret show. Looks at no more of the line than shows.
pub fn scrolled(input: &Input, room_cols: usize) -> Scrolled {
    let value = input.value();
    let caret = value.char_indices().nth(input.cursor()).map_or(value.len(), |(byte, _)| byte);
    let most = room_cols.saturating_sub(1);
    let (mut from, mut caret_cols) = (caret, 0);
    for grapheme in reach_back(&value[..caret], most).graphemes(true).rev() {
        if caret_cols + cols(grapheme) > most {
            break;
        }
        caret_cols += cols(grapheme);
        from -= grapheme.len();
    }
    Scrolled { from, caret_cols }
}

/// A text in signs of which every terminal knows how wide they are, as wide as it was: of emoji that are joined,
/// coloured or varied the first alone, of flags their letters. Where terminal and program disagree on a width,
/// something stays behind on the screen. The text itself is kept whole.
pub fn with_certain_widths(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_of_a_sequence) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        if !grapheme.chars().any(is_of_a_sequence) {
            out.push_str(grapheme);
            continue;
        }
        let flag: String = grapheme.chars().filter_map(flag_letter).collect();
        let sign = if flag.is_empty() { grapheme.chars().take(1).collect() } else { flag };
        // A joiner or a selector alone is nothing.
        let sign = if sign.chars().all(|c| is_of_a_sequence(c) && flag_letter(c).is_none()) {
            String::new()
        } else {
            sign
        };
        let pad = cols(grapheme).saturating_sub(cols(&sign));
        out.push_str(&sign);
        out.extend(std::iter::repeat_n(' ', pad));
    }
    out.into()
}

/// Whether a character makes a sequence of those around it: joiners, variation selectors, skin tones, tags,
/// keycaps and the letters of flags.
fn is_of_a_sequence(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{1f1e6}'..='\u{1f1ff}' | '\u{e0020}'..='\u{e007f}')
}

fn flag_letter(c: char) -> Option<char> {
    let at = u32::from(c).checked_sub(0x1f1e6).filter(|at| *at < 26)?;
    char::from_u32(u32::from('A') + at)
}

/// As much of a typed line as shows in so many columns.
pub fn shown(input: &Input, room_cols: usize) -> Cow<'_, str> {
    let rest = reach(&input.value()[scrolled(input, room_cols).from..], room_cols);
    let mut used = 0;
    let fitting = pieces(rest).take_while(|piece| {
        used += piece.cols;
        used <= room_cols
    });
    one_line(&rest[..fitting.map(|piece| piece.text.len()).sum()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::work::work_of;
    use rstest::rstest;

    #[rstest]
    #[case("a 👨\u{200d}👩\u{200d}👧 b", "a 👨 b")]
    #[case("🇨🇳", "CN")]
    #[case("👍🏽!", "👍!")]
    #[case("❤\u{fe0f}", "❤ ")]
    #[case("e\u{301} 教育", "e\u{301} 教育")]
    #[case("", "")]
    fn joined_signs_show_by_their_first_and_are_as_wide(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(with_certain_widths(text), shown);
        assert_eq!(cols(&with_certain_widths(text)), cols(text));
    }

    #[rstest]
    #[case("short", 5, 10, "short", 5)]
    #[case("0123456789", 10, 6, "56789", 5)] // the caret stands behind the last
    #[case("0123456789", 3, 6, "012345", 3)]
    #[case("0123456789", 7, 6, "234567", 5)]
    #[case("教育强市建设", 6, 6, "建设", 4)] // half a character is not shown
    #[case("教育强市建设", 2, 7, "教育强", 4)]
    #[case("xe\u{301}e\u{301}", 5, 3, "e\u{301}e\u{301}", 2)]
    #[case("", 0, 5, "", 0)]
    fn a_typed_line_shows_the_caret(
        #[case] value: &str,
        #[case] cursor: usize,
        #[case] room: usize,
        #[case] expected: &str,
        #[case] caret: usize,
    ) {
        let input = Input::new(value.to_owned()).with_cursor(cursor);
        assert_eq!((&*shown(&input, room), scrolled(&input, room).caret_cols), (expected, caret));
    }

    #[rstest]
    #[case("x")]
    #[case("e\u{301}")]
    #[case("教")]
    #[case("👩\u{200d}🏫")]
    #[case("🇨🇳")]
    fn what_shows_of_a_typed_line_is_found_without_looking_at_the_rest(#[case] unit: &str) {
        let work = |n: usize, cursor: usize| {
            let input = Input::new(unit.repeat(n)).with_cursor(cursor);
            work_of(|| (shown(&input, 40), scrolled(&input, 40)))
        };
        assert_eq!(work(10_000, usize::MAX), work(80_000, usize::MAX));
        assert_eq!(work(10_000, 5_000), work(80_000, 5_000));
    }
}
