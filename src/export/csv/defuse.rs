//! Text that a spreadsheet would take for a formula is made text again, in a way that can be undone.
//!
//! Such a text gets an apostrophe before it, and so does one that begins with an apostrophe; so whoever takes
//! one leading apostrophe away has the text as it was.

use std::borrow::Cow;

/// What is put before a text.
const MARK: char = '\'';

/// Signs that begin a formula, or a cell that is read again as one; the full-width forms too, since input
/// methods and imports fold them.
fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+'
            | '-'
            | '@'
            | '\t'
            | '\r'
            | '\n'
            | '＝'
            | '＋'
            | '－'
            | '＠'
            | '−'
            | '﹢'
            | '﹣'
            | '﹦'
            | '﹫'
    )
}

/// What programs drop or look through before they look for a formula.
fn is_passed(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '＂' | '＇')
        || (c.is_whitespace() && !matches!(c, '\t' | '\r' | '\n'))
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\0')
}

/// The text as a cell has it.
pub fn defused(text: &str) -> Cow<'_, str> {
    let first = text.chars().find(|c| !is_passed(*c));
    if text.starts_with(MARK) || first.is_some_and(begins_formula) {
        return Cow::Owned(format!("{MARK}{text}"));
    }
    Cow::Borrowed(text)
}

/// The text as a cell has it that Excel takes for nothing but text: one that it would read as a number, a date,
/// a time, a truth or an error gets an apostrophe as well.
pub fn shielded(text: &str) -> Cow<'_, str> {
    match defused(text) {
        Cow::Borrowed(text) if is_converted(text) => Cow::Owned(format!("{MARK}{text}")),
        cell => cell,
    }
}

/// Months, of whose names three letters are enough for a date.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether Excel makes something else of a text, quoted or not: `007`, `1.10`, `3E5`, `1-2`, `2024年5月`,
/// `12:30`, `50%`, `Mar 1`, `TRUE`, `#N/A`.
fn is_converted(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with('#') || text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return true;
    }
    let has_digit = text.chars().any(is_digit);
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    let is_word = |word: &str| {
        let word = word.to_ascii_lowercase();
        matches!(word.as_str(), "e" | "am" | "pm" | "a" | "p")
            || (word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word)))
    };
    let is_part = |c: char| {
        is_digit(c)
            || c.is_ascii_alphabetic()
            || c.is_whitespace()
            || "+-−.,:/%()$¥€£年月日时時分秒上午下".contains(c)
    };
    has_digit && words.all(is_word) && text.chars().all(is_part)
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The text as it was.
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix(MARK).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("=1+1", "'=1+1")]
    #[case("+86 23", "'+86 23")]
    #[case("-3 points", "'-3 points")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("\t=1", "'\t=1")]
    #[case("\r=1", "'\r=1")]
    #[case(" =1", "' =1")]
    #[case("\u{3000}＝1", "'\u{3000}＝1")]
    #[case("\"=1\"", "'\"=1\"")]
    #[case("“＠x”", "'“＠x”")]
    #[case("'quoted'", "''quoted'")]
    #[case("95.20 % [a=b]", "95.20 % [a=b]")]
    #[case("“教共体”覆盖率", "“教共体”覆盖率")]
    #[case("", "")]
    fn what_a_spreadsheet_would_reckon_is_text(#[case] text: &str, #[case] cell: &str) {
        assert_eq!(defused(text), cell);
    }

    #[rstest]
    #[case("007")]
    #[case("1.10")]
    #[case("3E5")]
    #[case("1-2")]
    #[case("2024/5")]
    #[case("2024年5月")]
    #[case("12:30")]
    #[case("50%")]
    #[case("１２３")]
    #[case("(5)")]
    #[case("Mar 1")]
    #[case("5-September")]
    #[case("12:30 pm")]
    #[case("true")]
    #[case("#N/A")]
    fn what_excel_would_convert_is_shielded(#[case] text: &str) {
        assert_eq!(shielded(text), format!("'{text}"));
        assert_eq!(defused(text), text, "only where it is asked for");
    }

    #[rstest]
    #[case("a2.school-communities")]
    #[case("more than 96%")]
    #[case("第3条")]
    #[case("market 5")]
    #[case("")]
    #[case("April and 2")]
    fn other_texts_stay_as_they_are(#[case] text: &str) {
        assert_eq!(shielded(text), text);
    }

    #[test]
    fn a_text_gets_one_apostrophe_at_most() {
        assert_eq!(shielded("-3"), "'-3");
        assert_eq!(shielded("'007"), "''007");
    }

    proptest! {
        #[test]
        fn any_shielded_text_comes_back(text in "([0-9eE.:/%'年月#-]|.){0,12}") {
            let cell = shielded(&text);
            prop_assert_eq!(restored(&cell), &text);
        }

        #[test]
        fn any_text_comes_back_and_none_begins_a_formula(text in "([=+@'\" \t\r\n＝－-]|\u{200B}|.){0,12}") {
            let cell = defused(&text);
            prop_assert_eq!(restored(&cell), &text);
            let first = cell.chars().find(|c| !matches!(c, ' ' | '"'));
            prop_assert!(!first.is_some_and(begins_formula), "{:?}", cell);
        }
    }
}
