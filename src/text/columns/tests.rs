//! Cutting, padding and wrapping: tables and properties, and how much of a text each looks at.

use super::pieces::grapheme_cols;
use super::*;
use crate::text::clean::many_lines;
use crate::text::work::work_of;
use proptest::prelude::*;
use rstest::rstest;
use unicode_segmentation::UnicodeSegmentation;

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
    assert_eq!(wrap("on pace to supercalifragilistic", 8), ["on pace", "to", "supercal", "ifragili", "stic"]);
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

/// Letters of every kind that joins with its neighbours, and those that do not.
const MIXED: &str = "[a-c 教育，“”…\n\u{301}\u{200b}\u{200d}\u{fe0f}👩🏫🏿🇨🇳🇪क्षกำ한가]{0,30}";

/// The longest start of so many columns, by trying them all.
fn take(text: &str, max: usize) -> usize {
    let ends = text.grapheme_indices(true).map(|(byte, _)| byte).chain([text.len()]);
    ends.filter(|byte| cols(&text[..*byte]) <= max).max().unwrap_or(0)
}

/// Wrapping that measures what is left of a text for each of its lines: plain to read, and quadratic.
fn wrap_slowly(text: &str, max: usize) -> Vec<String> {
    let (mut lines, mut line, mut line_cols, mut start) = (Vec::new(), String::new(), 0, 0);
    for (end, opportunity) in linebreaks(text) {
        let chunk = &text[start..end];
        start = end;
        let bare = chunk.trim_end_matches(['\n', '\r']);
        if line_cols + cols(bare.trim_end()) > max && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            line_cols = 0;
        }
        let mut rest = bare;
        while cols(rest.trim_end()) > max {
            let (head, tail) = rest.split_at(take(rest, max));
            lines.push(head.to_owned());
            rest = tail;
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

/// Text that breaks nowhere, everywhere, has no width, or is one letter under many accents.
const KINDS: [&str; 9] = ["x", "e\u{301}", "\u{301}", "教", "👩\u{200d}🏫", "🇨🇳", " ", "ab\t", "\u{200b}"];

#[rstest]
fn wrapping_looks_at_a_text_a_few_times_however_long_it_is(#[values(0, 1, 2, 3, 4, 5, 6, 7, 8)] kind: usize) {
    let text = |n: usize| KINDS[kind].repeat(n);
    let work = |n: usize| work_of(|| wrap(&text(n), 40));
    let (once, eightfold) = (work(1_000), work(8_000));
    assert!(eightfold <= 9 * once, "{:?}: {once} bytes, then {eightfold}", KINDS[kind]);
    assert!(eightfold <= 6 * text(8_000).len(), "{:?}: {eightfold} bytes", KINDS[kind]);
}

#[rstest]
fn what_fills_a_line_is_found_without_looking_at_the_rest(#[values(0, 1, 2, 3, 4, 5, 6, 7, 8)] kind: usize) {
    let text = |n: usize| KINDS[kind].repeat(n);
    let work = |n: usize| {
        let text = text(n);
        work_of(|| (cut(&text, 40), fit(&text, 40), right(&text, 40), cols_up_to(&text, 40)))
    };
    let (some, many) = (work(10_000), work(80_000));
    assert!(some > 0);
    assert_eq!(some, many, "{:?}", KINDS[kind]);
}

#[rstest]
fn the_first_lines_of_a_text_are_found_without_looking_at_the_rest(#[values(0, 1, 3, 7)] kind: usize) {
    let work = |n: usize| {
        let text = KINDS[kind].repeat(n);
        work_of(|| first_lines(&text, many_lines, 40, 10))
    };
    assert_eq!(work(20_000), work(160_000), "{:?}", KINDS[kind]);
}

#[test]
fn a_letter_under_more_accents_than_can_be_seen_is_cut_between_them() {
    let text = format!("e{}", "\u{301}".repeat(100_000));
    let cut = cut(&text, 10);
    assert!(cut.starts_with("e\u{301}") && cut.ends_with("\u{301}…"), "{} bytes", cut.len());
    assert!(cut.len() < 1_000, "{} bytes", cut.len());
    assert_eq!(cols(&cut), 2);
}

proptest! {
    #[test]
    fn pieces_are_the_graphemes_of_the_whole_text(text in MIXED) {
        let found: Vec<(&str, usize)> = pieces(&text).map(|piece| (piece.text, piece.cols)).collect();
        let whole: Vec<(&str, usize)> =
            text.graphemes(true).map(|grapheme| (grapheme, grapheme_cols(grapheme))).collect();
        prop_assert_eq!(found, whole);
    }

    #[test]
    fn text_is_measured_and_cut_as_by_graphemes(text in MIXED, max in 0usize..20) {
        let measured = |text: &str| text.graphemes(true).map(grapheme_cols).sum::<usize>();
        prop_assert_eq!(cols(&text), measured(&text));
        prop_assert_eq!(cols_up_to(&text, max), measured(&text).min(max));
        let cut = cut(&text, max);
        if measured(&text) <= max || max == 0 {
            prop_assert_eq!(cut, if measured(&text) <= max { &text } else { "" });
        } else {
            let ends = text.grapheme_indices(true).map(|(byte, _)| byte).chain([text.len()]);
            let longest = ends.filter(|byte| measured(&text[..*byte]) < max).max().unwrap();
            prop_assert_eq!(cut, format!("{}…", &text[..longest]));
        }
    }

    #[test]
    fn lines_are_those_found_by_measuring_the_rest_each_time(text in MIXED, max in 2usize..12) {
        prop_assert_eq!(wrap(&text, max), wrap_slowly(&text, max));
    }

    #[test]
    fn first_lines_are_those_of_the_whole_text(text in MIXED, repeats in 1usize..40, cols in 2usize..12, lines in 0usize..9) {
        let text = text.repeat(repeats);
        let all = wrap(&many_lines(&text), cols);
        let found = first_lines(&text, many_lines, cols, lines);
        prop_assert_eq!(found.are_all, all.len() <= lines);
        prop_assert_eq!(&found.lines[..], &all[..lines.min(all.len())]);
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
