//! Text that Markdown takes for nothing but text.
//!
//! Meant for CommonMark, GitHub's dialect and pandoc's: whatever one of them reads as a mark is escaped, so that a note cannot become a
//! heading, a link, a table or HTML.

use std::fmt::Write;

use crate::plan::text::{many_lines, one_line};

/// A text on one line: for headings, cells, list items.
pub fn line(text: &str) -> String {
    escaped(one_line(text).trim())
}

/// A text with its line breaks, as one paragraph: breaks stay, blank lines become breaks.
pub fn paragraph(text: &str) -> String {
    let text = many_lines(text);
    text.trim().split('\n').map(|line| escaped(line.trim())).collect::<Vec<_>>().join("\\\n")
}

fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut before = None;
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in line.char_indices() {
        let first = at == 0;
        let must = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~' | '$' | '^' | '@'
            | '{' | '}' | '!' => true,
            // List items, rules, headings underlined, definitions; dashes that a typesetter would join.
            '+' | '=' | ':' if first => true,
            '-' => first || before == Some('-'),
            // Numbered items.
            '.' | ')' => {
                (digits > 0 && at == digits)
                    || (c == '.' && (before == Some('w') || before == Some('W') || before == Some('.')))
            }
            '(' => first,
            // Addresses that some readers make links of.
            ':' => line[at + 1..].starts_with('/') || before == Some(':'),
            _ => false,
        };
        if must {
            out.push('\\');
        }
        match c {
            // An entity would be read as its character; a no-break space at an end would be cut.
            '\u{a0}' => drop(write!(out, "&nbsp;")),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}
