//! Text that Markdown takes for nothing but text.
//!
//! Meant for CommonMark, GitHub's dialect and pandoc's: whatever one of them reads as a mark is escaped, so
//! that a note cannot become a heading, a link, a table or HTML.

use crate::text::{clean::many_lines, clean::one_line};

/// A text on one line: for headings, cells, list items.
pub fn line(text: &str) -> String {
    escaped(one_line(text).trim_matches(' '))
}

/// A text with its line breaks, as one paragraph: breaks stay, blank lines become breaks.
pub fn paragraph(text: &str) -> String {
    paragraph_in(text, "")
}

/// A paragraph whose lines but the first begin with `indent`, so that they stay in their list item.
pub fn paragraph_in(text: &str, indent: &str) -> String {
    let text = many_lines(text);
    let lines = text.trim_matches([' ', '\n']).split('\n');
    let lines: Vec<String> = lines.map(|line| escaped(line.trim_matches(' '))).collect();
    lines.join(&format!("\\\n{indent}"))
}

/// A text with its line breaks, for where they are no paragraphs: each line is escaped, and set in by three
/// spaces at most, since four would make code of it.
pub fn lines(text: &str) -> String {
    let text = many_lines(text);
    let line = |line: &str| {
        let bare = line.trim_start_matches(' ');
        format!("{}{}", " ".repeat((line.len() - bare.len()).min(3)), escaped(bare.trim_end_matches(' ')))
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a character is a mark wherever it stands.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\\' | '`'
            | '*'
            | '_'
            | '['
            | ']'
            | '<'
            | '>'
            | '#'
            | '&'
            | '|'
            | '~'
            | '$'
            | '^'
            | '@'
            | '{'
            | '}'
            | '!'
    )
}

fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut before = None;
    for (at, c) in line.char_indices() {
        if is_mark(c) || is_mark_here(line, at, c, before) {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Whether a character is a mark only where it stands.
fn is_mark_here(line: &str, at: usize, c: char, before: Option<char>) -> bool {
    let rest = &line[at + c.len_utf8()..];
    match c {
        // List items, rules, underlines of headings, definitions, pandoc's `(@)`; dashes that a typesetter
        // would join. Not the minus of a number.
        '+' | '=' | '(' => at == 0,
        '-' => before == Some('-') || (at == 0 && !rest.starts_with(|next: char| next.is_ascii_digit())),
        // Numbered items, also pandoc's `a.` and `iv)`.
        '.' | ')' if rest.is_empty() || rest.starts_with(' ') => {
            at > 0 && line[..at].bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
        // Addresses that some readers make links of; dots that a typesetter would join.
        '.' => matches!(before, Some('w' | 'W' | '.')),
        ':' => at == 0 || rest.starts_with('/') || before == Some(':'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    use rstest::rstest;

    use super::*;

    /// Everything that any of the dialects reads as a mark, but for what changes quotes only.
    fn dialect() -> Options {
        Options::all() - Options::ENABLE_SMART_PUNCTUATION - Options::ENABLE_OLD_FOOTNOTES
    }

    /// The text within one element, with its breaks; the test fails on anything that is more than text.
    fn only_text(markdown: &str, within: &dyn Fn(&Event<'_>) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        let mut inside: Option<String> = None;
        for event in Parser::new_ext(markdown, dialect()) {
            match (&event, &mut inside) {
                (Event::End(TagEnd::Paragraph | TagEnd::TableCell), _) => found.extend(inside.take()),
                (event, None) if within(event) => inside = Some(String::new()),
                (_, None) => {}
                (Event::Text(text), Some(so_far)) => so_far.push_str(text),
                (Event::HardBreak, Some(so_far)) => so_far.push('\n'),
                (other, Some(_)) => panic!("{other:?} in {markdown}"),
            }
        }
        found
    }

    fn paragraphs(markdown: &str) -> Vec<String> {
        only_text(markdown, &|event| matches!(event, Event::Start(Tag::Paragraph)))
    }

    /// What must come back: the text without the white space at the edges of its lines.
    fn plain(text: &str) -> String {
        let text = many_lines(text);
        let lines = text.trim_matches([' ', '\n']).split('\n').map(|line| line.trim_matches(' '));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[rstest]
    #[case("a2.school-communities 达 87.5 %", "a2.school-communities 达 87.5 %")]
    #[case("# no heading", "\\# no heading")]
    #[case("2026) no item", "2026\\) no item")]
    #[case("=== no underline", "\\=== no underline")]
    #[case("[a](javascript:b)", "\\[a\\](javascript:b)")]
    #[case("*a* _b_ `c` ~~d~~ | e & f", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\| e \\& f")]
    #[case("two\nlines\u{1b}[2J", "two lines\u{FFFD}\\[2J")]
    #[case("    no code", "no code")]
    #[case("1. 一", "1\\. 一")]
    #[case("- x", "\\- x")]
    #[case("-5.2", "-5.2")]
    #[case("[x](http://y)", "\\[x\\](http\\://y)")]
    #[case("<b>", "\\<b\\>")]
    #[case("a|b", "a\\|b")]
    #[case("two\nlines", "two lines")]
    #[case("\u{202e}x", "\u{fffd}x")]
    fn plain_words_stay_readable_and_marks_are_escaped(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(line(text), expected);
    }

    #[test]
    fn lines_stay_lines_of_their_item() {
        let item = format!("- {}\n- end\n", paragraph_in("one\n\n- two\r\n# three", "  "));
        assert_eq!(item, "- one\\\n  \\\n  \\- two\\\n  \\# three\n- end\n");
        let events: Vec<Event<'_>> = Parser::new_ext(&item, dialect()).collect();
        let count = |wanted: &dyn Fn(&Event<'_>) -> bool| events.iter().filter(|event| wanted(event)).count();
        assert_eq!(count(&|event| matches!(event, Event::Start(Tag::Item))), 2, "{events:?}");
        assert_eq!(count(&|event| matches!(event, Event::HardBreak)), 3, "{events:?}");
    }

    #[test]
    fn lines_are_escaped_each_and_none_becomes_code() {
        assert_eq!(lines("【a】\n    # b\n\n  - c [d]\n"), "【a】\n   \\# b\n\n  \\- c \\[d\\]\n");
    }

    /// What the dialects read as marks, and what lies near them.
    #[rustfmt::skip]
    const MARKS: &[&str] = &[
        "#", "-", "+", "*", "_", "`", "~", "|", "\\", "<", ">", "[", "]", "(", ")", "!", "&", "amp;", "^", "$",
        ":", "=", "{", "}", "@", "1.", "2)", "a.", "http://x.cn", "www.x.cn", "<!--", "-->", "---", "```", "***",
        "[^1]", "[^1]: x", "[x]: y", "<b>", "</p>", "\n", "\n\n", "\n    ", " ", "  ", "\t", "\r\n", "一", "x", "。",
        "：", "\u{a0}", "\u{3000}", "\u{202e}", "\u{0}", "\u{2028}", "\\\n", "| --- |", "$$", ":::", "[[x]]", "[ ]",
    ];

    fn nasty() -> impl Strategy<Value = String> {
        let marks = proptest::sample::select(MARKS).prop_map(str::to_owned);
        proptest::collection::vec(prop_oneof![9 => marks, 1 => ".{0,3}"], 0..14)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_note_is_one_paragraph_of_the_same_text(text in nasty()) {
            let expected: Vec<String> = Some(plain(&text)).filter(|text| !text.is_empty()).into_iter().collect();
            prop_assert_eq!(paragraphs(&paragraph(&text)), expected.clone());
            let quoted = format!("> {}\n\nend\n", paragraph(&text).replace('\n', "\n> "));
            let mut quoted = paragraphs(&quoted);
            prop_assert_eq!(quoted.pop(), Some("end".to_owned()));
            prop_assert_eq!(quoted, expected);
        }

        #[test]
        fn any_lines_are_text_with_breaks(text in nasty()) {
            let text = lines(&text);
            for event in Parser::new_ext(&format!("x\n{text}"), dialect()) {
                let is_text = matches!(
                    event,
                    Event::Text(_) | Event::SoftBreak | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
                );
                prop_assert!(is_text, "{:?} in {:?}", event, text);
            }
        }

        #[test]
        fn any_text_is_one_cell_of_a_table(text in nasty()) {
            let table = format!("| a | b |\n| --- | --- |\n| {} | x |\n", line(&text));
            let cells = only_text(&table, &|event| matches!(event, Event::Start(Tag::TableCell)));
            let expected = one_line(&text).trim_matches(' ').to_owned();
            prop_assert_eq!(cells, ["a".to_owned(), "b".to_owned(), expected, "x".to_owned()]);
        }

        #[test]
        fn any_text_is_one_item_of_a_list_or_one_heading(text in nasty()) {
            let text = format!("x {text}");
            let expected = one_line(&text).trim_matches(' ').to_owned();
            let list = format!("- 甲：{}\n\nend\n", line(&text));
            prop_assert_eq!(Parser::new_ext(&list, dialect()).filter(|event| matches!(event, Event::Start(Tag::Item))).count(), 1);
            let heading = format!("## {}\n", line(&text));
            let read: String = Parser::new_ext(&heading, dialect())
                .map(|event| match event {
                    Event::Text(text) => text.into_string(),
                    Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_)) => String::new(),
                    other => panic!("{other:?} in {heading}"),
                })
                .collect();
            prop_assert_eq!(read, expected);
        }
    }
}
