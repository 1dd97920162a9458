//! What a terminal says of itself when it is asked.

use crate::text::columns::AmbiguousWidth;
use crate::tui::theme::Background;

/// The line on which the width is asked for. On the first one the answer would be that of a function key.
pub const ASKED_LINE: &str = "2";

/// Answers so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalAnswers {
    /// What stands behind its text.
    pub background: Option<Background>,
    /// How wide the character was that was written before it was asked.
    pub ambiguous: Option<AmbiguousWidth>,
    /// It has said what kind it is, which is asked last.
    pub is_done: bool,
}

impl TerminalAnswers {
    /// A control sequence: what stands before its last letter, and that.
    pub(super) fn take_sequence(&mut self, text: &str, last: u8) {
        match (text.split_once(';'), last) {
            _ if text.starts_with('?') && last == b'c' => self.is_done = true,
            (Some((ASKED_LINE, "2")), b'R') => self.ambiguous = Some(AmbiguousWidth::Narrow),
            (Some((ASKED_LINE, "3")), b'R') => self.ambiguous = Some(AmbiguousWidth::Wide),
            _ => {}
        }
    }

    /// An answer in words: `11;rgb:ffff/ffff/ffff`.
    pub(super) fn take_words(&mut self, text: &str) {
        let Some(color) = text.strip_prefix("11;") else { return };
        self.background = rgb(color).map(Background::of_rgb).or(self.background);
    }
}

/// A colour as X names it, each part from 0 to 1: `rgb:RR/GG/BB` with one to four digits, or `#RRGGBB`.
fn rgb(text: &str) -> Option<[f64; 3]> {
    let part = |digits: &str| {
        let is_hex = matches!(digits.len(), 1..=4) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        let most = (1u32 << (4 * digits.len())) - 1;
        Some(f64::from(value) / f64::from(most))
    };
    if let Some(digits) = text.strip_prefix('#') {
        let size = digits.len() / 3;
        return Some([
            part(digits.get(..size)?)?,
            part(digits.get(size..2 * size)?)?,
            part(digits.get(2 * size..)?)?,
        ]);
    }
    let mut parts = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?.split('/');
    let mut next = || part(parts.next()?);
    Some([next()?, next()?, next()?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("11;rgb:ffff/ffff/ffff", Some(Background::Light))]
    #[case("11;rgb:00/2b/36", Some(Background::Dark))]
    #[case("11;rgba:1717/1414/2121/ffff", Some(Background::Dark))]
    #[case("11;#fafafa", Some(Background::Light))]
    #[case("10;rgb:ffff/ffff/ffff", None)] // that of the text
    #[case("11;rgb:ffff/ffff", None)]
    #[case("11;rgb:+f/ff/ff", None)]
    #[case("11;#教", None)]
    #[case("11;?", None)]
    fn a_background_is_read_as_terminals_write_it(#[case] text: &str, #[case] expected: Option<Background>) {
        let mut answers = TerminalAnswers::default();
        answers.take_words(text);
        assert_eq!(answers.background, expected);
    }
}
