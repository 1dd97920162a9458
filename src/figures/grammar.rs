//! The patterns that are compiled once, and the reading of a line or of a whole text with them.

use super::letters::Letters;
use super::names::NamePatterns;
use super::text_figure::{TextContext, TextFigure};
use super::times::{TimePatterns, TimeWords};
use super::{names, scan, times};

/// Reads figures out of lines. Make one and keep it: it compiles its patterns.
pub struct Grammar {
    names: NamePatterns,
    times: TimePatterns,
}

impl Default for Grammar {
    fn default() -> Self {
        Self { names: NamePatterns::compile(), times: TimePatterns::compile() }
    }
}

impl Grammar {
    /// Every countable figure of a line, in order.
    pub fn line(&self, text: &str, context: &mut TextContext) -> Vec<TextFigure> {
        if !text.chars().any(may_count) {
            return Vec::new();
        }
        let line = Letters::new(text);
        let source: String = line.cased.iter().collect();
        let places = places(&source);
        let times = TimeWords::find(&self.times, &line, &source, &places, context);
        let names = self.names.find(&line, &source, &places);
        scan::figures(&line, text, &names, &times)
    }

    /// How many patterns were compiled, and how many there are; a test holds that none is lost.
    pub fn patterns(&self) -> (usize, usize) {
        (self.names.count() + self.times.count(), names::declared() + times::declared())
    }
}

/// Whether a line with this character may hold a figure; lines without any are passed over.
fn may_count(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || super::numeral::is_chinese_numeral(c)
        || ('０'..='９').contains(&c)
        || c == '半'
}

/// The character that each byte belongs to.
fn places(text: &str) -> Vec<usize> {
    let mut places = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for letter in text.chars() {
        places.extend(std::iter::repeat_n(count, letter.len_utf8()));
        count += 1;
    }
    places.push(count);
    places
}
