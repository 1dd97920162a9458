//! Anybody's text inside Markdown: it shows as it was written and never becomes markup (CommonMark with GitHub's tables and strike-through).

use crate::text::{clean::many_lines, clean::one_line};

/// Signs that mean something anywhere in a line.
const ANYWHERE: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&', '#', '$'];

/// The text on one line: for a title, a list item, a table's cell.
pub fn inline(text: &str) -> String {
    line(one_line(text).trim())
}

/// The text with its lines kept, each below the other; `indent` stands before every line but the first, so that it stays in its list item.
pub fn block(text: &str, indent: &str) -> String {
    let text = many_lines(text);
    let lines: Vec<String> = text.lines().map(|own| line(own.trim())).filter(|own| !own.is_empty()).collect();
    lines.join(&format!("\\\n{indent}"))
}

fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let at_start = start_chars(text);
    for (at, c) in text.chars().enumerate() {
        if ANYWHERE.contains(&c) || at_start == Some(at) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The character that would make a line a list item, a rule or an underline of a heading: a sign at its start, or behind a number there.
fn start_chars(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if matches!(first, '+' | '-' | '=') {
        return Some(0);
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mut behind = text.chars().skip(digits);
    let sign = behind.next().filter(|_| digits > 0)?;
    let ends = behind.next().is_none_or(char::is_whitespace);
    (matches!(sign, '.' | ')') && ends).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("教师队伍", "教师队伍")]
    #[case("a2.school-communities", "a2.school-communities")]
    #[case("# no heading", "\\# no heading")]
    #[case("- no item", "\\- no item")]
    #[case("1. no item", "1\\. no item")]
    #[case("2026) no item", "2026\\) no item")]
    #[case("95.2 %", "95.2 %")]
    #[case("=== no underline", "\\=== no underline")]
    #[case("<img src=x onerror=y>", "\\<img src=x onerror=y\\>")]
    #[case("[a](javascript:b)", "\\[a\\](javascript:b)")]
    #[case("*a* _b_ `c` ~~d~~ | e & f", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\| e \\& f")]
    #[case("two\nlines\u{1b}[2J", "two lines\u{FFFD}\\[2J")]
    #[case("    no code", "no code")]
    fn text_shows_as_it_was_written(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(inline(text), expected);
    }

    #[test]
    fn lines_stay_lines_of_their_item() {
        assert_eq!(block("one\n\n- two\r\n# three", "  "), "one\\\n  \\- two\\\n  \\# three");
    }
}
