//! Text on a grid of columns: the one width function, cutting, padding and wrapping. Pure.

use std::borrow::Cow;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns a text takes on a terminal. East Asian ambiguous characters count one, as terminals outside CJK legacy modes draw them and as
/// ratatui lays them out.
pub fn cols(text: &str) -> usize {
    text.graphemes(true).map(grapheme_cols).sum()
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
    for (byte, grapheme) in text.grapheme_indices(true) {
        used += grapheme_cols(grapheme);
        if used > max_cols {
            return byte;
        }
    }
    text.len()
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

    proptest! {
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
