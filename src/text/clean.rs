//! Text from files made fit for a terminal or a report. Nothing that a file says reaches either without
//! passing here.

use std::path::Path;

use super::{columns, work};

/// Whether a character must not reach a terminal or a report as it is: controls (tab and line feed are the
/// caller's matter), and the invisible marks that reorder or hide text (Unicode bidirectional controls,
/// zero-width joiners outside emoji are left alone).
pub fn is_unsafe_char(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
        || matches!(c, '\u{E0000}'..='\u{E007F}' | '\u{FFF9}'..='\u{FFFB}')
}

/// The text on one line with every unsafe character replaced by U+FFFD; runs of tab, CR and LF become one
/// space.
pub fn one_line(text: &str) -> std::borrow::Cow<'_, str> {
    work::look_at(text.len());
    if !text.chars().any(is_unsafe_char) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' if out.ends_with(' ') => {}
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_unsafe_char(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out.into()
}

/// As much of a text as shows in so many columns, made one line as by [`one_line`]; it ends in `…` where more
/// follows. However long the text is, only what may show is looked at.
pub fn line_within(text: &str, max_cols: usize) -> std::borrow::Cow<'_, str> {
    let seen = columns::reach(text, max_cols);
    let line = one_line(seen);
    if seen.len() < text.len() {
        return columns::cut(&format!("{line}…"), max_cols).into_owned().into();
    }
    match line {
        std::borrow::Cow::Borrowed(line) => columns::cut(line, max_cols),
        std::borrow::Cow::Owned(line) => columns::cut(&line, max_cols).into_owned().into(),
    }
}

/// The text with line breaks kept and every other unsafe character replaced by U+FFFD (a tab by a space).
pub fn many_lines(text: &str) -> std::borrow::Cow<'_, str> {
    work::look_at(text.len());
    if !text.chars().any(|c| c != '\n' && is_unsafe_char(c)) {
        return text.into();
    }
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' => '\n',
            '\t' => ' ',
            c if is_unsafe_char(c) => '\u{FFFD}',
            c => c,
        })
        .collect::<String>()
        .into()
}

/// A path on one line, for a reader.
pub fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}
