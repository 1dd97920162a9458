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

    proptest! {
        #[test]
        fn any_text_comes_back_and_none_begins_a_formula(text in "([=+@'\" \t\r\n＝－-]|\u{200B}|.){0,12}") {
            let cell = defused(&text);
            prop_assert_eq!(restored(&cell), &text);
            let first = cell.chars().find(|c| !matches!(c, ' ' | '"'));
            prop_assert!(!first.is_some_and(begins_formula), "{:?}", cell);
        }
    }
}
