//! Text on a grid of columns: the one width function, cutting, padding and wrapping. Pure; it refuses to know what the text says, and
//! colours.

use std::borrow::Cow;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns a text takes on a terminal. East Asian ambiguous characters count one, as terminals outside CJK legacy modes draw them and as
/// ratatui lays them out.
pub fn cols(text: &str) -> usize {
    plain_text_cols(text).unwrap_or_else(|| text.graphemes(true).map(grapheme_cols).sum())
}

/// Columns of a character that joins with no other, whatever stands beside it, as long as that is such a character too: printable ASCII, Chinese characters
/// and the punctuation used with them. Most text is made of these alone, and then needs no search for graphemes, which is slow.
pub fn plain_cols(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '·' | '—' | '‘' | '’' | '“' | '”' | '…' => Some(1),
        // Box drawing, fold marks, signs of the header and the filter line.
        '\u{2500}'..='\u{257f}' | '▸' | '▾' | '›' => Some(1),
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

/// Columns of a text of plain characters; `None` where it has any other.
fn plain_text_cols(text: &str) -> Option<usize> {
    text.chars().map(plain_cols).sum()
}

/// Columns of one grapheme; never more than two, whatever joins into it.
fn grapheme_cols(grapheme: &str) -> usize {
    grapheme.width().min(2)
}

/// The text cut to so many columns, its end marked by `…` where something is left out. Never splits a grapheme.
pub fn cut(text: &str, max_cols: usize) -> Cow<'_, str> {
    if text.len() <= max_cols || cols(text) <= max_cols {
        return text.into();
    }
    if max_cols == 0 {
        return "".into();
    }
    let kept = take(text, max_cols - 1);
    format!("{}…", &text[..kept]).into()
}

/// Bytes of the longest start that takes at most so many columns.
fn take(text: &str, max_cols: usize) -> usize {
    let mut used = 0;
    let mut fits = |cols: usize| {
        used += cols;
        used <= max_cols
    };
    let first_left_out = if plain_text_cols(text).is_some() {
        text.char_indices().find(|(_, c)| !fits(plain_cols(*c).unwrap_or(0))).map(|(byte, _)| byte)
    } else {
        text.grapheme_indices(true).find(|(_, grapheme)| !fits(grapheme_cols(grapheme))).map(|(byte, _)| byte)
    };
    first_left_out.unwrap_or(text.len())
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

/// The text in lines of at most so many columns, broken where Unicode's line breaking rules (UAX #14) allow it, so that no line starts
/// with a closing mark or ends with an opening one. A word longer than a line is broken between graphemes. Line feeds are kept.
pub fn wrap(text: &str, max_cols: usize) -> Vec<String> {
    let max_cols = max_cols.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut line_cols = 0;
    let mut start = 0;
    for (end, opportunity) in linebreaks(text) {
        let chunk = &text[start..end];
        start = end;
        let bare = chunk.trim_end_matches(['\n', '\r']);
        let bare_cols = cols(bare.trim_end());
        if line_cols + bare_cols > max_cols && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            line_cols = 0;
        }
        let mut rest = bare;
        while cols(rest.trim_end()) > max_cols {
            let kept = take(rest, max_cols).max(rest.graphemes(true).next().map_or(1, str::len));
            lines.push(rest[..kept].to_owned());
            rest = &rest[kept..];
        }
        line.push_str(rest);
        line_cols += cols(rest);
        if opportunity == BreakOpportunity::Mandatory && (end < text.len() || chunk.len() > bare.len()) {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            line_cols = 0;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("", 0)]
    #[case("a2", 2)]
    #[case("教育", 4)]
    #[case("“158N”", 6)]
    #[case("e\u{301}", 1)]
    #[case("👩‍🏫", 2)]
    fn a_text_takes_the_columns_a_terminal_gives_it(#[case] text: &str, #[case] expected: usize) {
        assert_eq!(cols(text), expected);
    }

    #[rstest]
    #[case("教育强市", 8, "教育强市")]
    #[case("教育强市", 7, "教育强…")]
    #[case("教育强市", 6, "教育…")]
    #[case("教育强市", 1, "…")]
    #[case("教育强市", 0, "")]
    #[case("abc", 2, "a…")]
    fn a_text_that_does_not_fit_ends_in_an_ellipsis(
        #[case] text: &str,
        #[case] max: usize,
        #[case] expected: &str,
    ) {
        assert_eq!(cut(text, max), expected);
    }

    #[test]
    fn no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() {
        assert_eq!(wrap("建设“教共体”，覆盖率。", 12), ["建设“教共", "体”，覆盖", "率。"]);
    }

    #[test]
    fn english_breaks_at_spaces_and_long_words_between_letters() {
        assert_eq!(
            wrap("on pace to supercalifragilistic", 8),
            ["on pace", "to", "supercal", "ifragili", "stic"]
        );
    }

    #[test]
    fn line_feeds_are_kept() {
        assert_eq!(wrap("a\n\nb", 10), ["a", "", "b"]);
    }

    #[test]
    fn a_plain_character_takes_what_its_grapheme_takes_and_joins_with_none() {
        let plain: Vec<char> = ('\0'..=char::MAX).filter(|c| plain_cols(*c).is_some()).collect();
        assert!(plain.len() > 20_000);
        for c in &plain {
            assert_eq!(plain_cols(*c), Some(grapheme_cols(&c.to_string())), "{c:?}");
        }
        let all: String = plain.iter().chain(plain.iter().rev()).collect();
        assert_eq!(all.graphemes(true).count(), 2 * plain.len());
    }

    proptest! {
        #[test]
        fn plain_text_is_measured_and_cut_as_by_graphemes(text in "[a-z教育，“”…\u{301}\u{200d}👩]{0,20}", max in 0usize..20) {
            prop_assert_eq!(cols(&text), text.graphemes(true).map(grapheme_cols).sum::<usize>());
            let kept = take(&text, max);
            let whole = text.grapheme_indices(true).map(|(byte, _)| byte).chain([text.len()]);
            let most = whole.filter(|byte| cols(&text[..*byte]) <= max).max();
            prop_assert_eq!(Some(kept), most);
        }

        #[test]
        fn fit_is_exact(text in "\\PC{0,40}", max in 0usize..30) {
            prop_assert_eq!(cols(&fit(&text, max)), max);
        }

        #[test]
        fn wrapped_lines_fit_and_lose_no_letter(text in "[a-z 教育，。“”（）\n]{0,60}", max in 2usize..20) {
            let lines = wrap(&text, max);
            prop_assert!(lines.iter().all(|line| cols(line) <= max));
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
