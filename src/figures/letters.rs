//! The characters of a line, folded one to one: full-width letters and digits as the plain ones, one sign for
//! each kind of dash and space, so that places count the same before and after.

use std::ops::Range;

/// A line as it is scanned. Its characters stand where those of the text stand.
pub struct Letters {
    /// As written, full-width ones folded.
    pub cased: Vec<char>,
    /// The same in small letters.
    pub small: Vec<char>,
}

/// How far from a figure its sentence may reach, in characters: a text without marks is no one sentence.
const REACH: usize = 400;

/// What stands for "no character": before the first and behind the last.
pub const NOTHING: char = '\0';

impl Letters {
    pub fn new(text: &str) -> Self {
        let cased: Vec<char> = text.chars().map(fold).collect();
        let small = cased.iter().map(char::to_ascii_lowercase).collect();
        Self { cased, small }
    }

    pub fn len(&self) -> usize {
        self.small.len()
    }

    pub fn is_empty(&self) -> bool {
        self.small.is_empty()
    }

    /// The small letter at a place, or [`NOTHING`].
    pub fn at(&self, at: usize) -> char {
        self.small.get(at).copied().unwrap_or(NOTHING)
    }

    /// The small letter before a place, or [`NOTHING`].
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(NOTHING, |at| self.at(at))
    }

    /// Whether these small letters stand at a place.
    pub fn has(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, letter)| self.at(at + offset) == letter)
    }

    /// Whether these small letters end before a place.
    pub fn has_before(&self, at: usize, word: &str) -> bool {
        let length = word.chars().count();
        at >= length && self.has(at - length, word)
    }

    /// The longest of some words at a place, and its end.
    pub fn longest<'w>(&self, at: usize, words: &[&'w str]) -> Option<(&'w str, usize)> {
        let here = words.iter().filter(|word| self.has(at, word)).map(|word| (*word, word.chars().count()));
        here.max_by_key(|(_, length)| *length).map(|(word, length)| (word, at + length))
    }

    /// The longest of some words that ends before a place, and its start.
    pub fn longest_before<'w>(&self, at: usize, words: &[&'w str]) -> Option<(&'w str, usize)> {
        let here = words.iter().filter(|word| self.has_before(at, word));
        here.map(|word| (*word, word.chars().count()))
            .max_by_key(|(_, length)| *length)
            .map(|(word, length)| (word, at - length))
    }

    /// The end of the spaces at a place.
    pub fn skip_spaces(&self, mut at: usize) -> usize {
        while self.at(at) == ' ' {
            at += 1;
        }
        at
    }

    /// The start of the spaces before a place.
    pub fn skip_spaces_back(&self, mut at: usize) -> usize {
        while self.before(at) == ' ' {
            at -= 1;
        }
        at
    }

    /// The English word at a place: letters, with apostrophes and hyphens within.
    pub fn word(&self, at: usize) -> Option<Range<usize>> {
        let is_letter = |c: char| c.is_alphabetic() && !is_chinese(c);
        if !is_letter(self.at(at)) {
            return None;
        }
        let mut end = at;
        while is_letter(self.at(end)) || (matches!(self.at(end), '\'' | '-') && is_letter(self.at(end + 1))) {
            end += 1;
        }
        Some(at..end)
    }

    /// The English word that ends before a place.
    pub fn word_before(&self, at: usize) -> Option<Range<usize>> {
        let is_letter = |c: char| (c.is_alphabetic() && !is_chinese(c)) || matches!(c, '\'' | '-');
        let mut start = at;
        while is_letter(self.before(start)) {
            start -= 1;
        }
        (start < at).then_some(start..at)
    }

    /// Some of it, in small letters.
    pub fn text(&self, range: Range<usize>) -> String {
        let end = range.end.min(self.len());
        self.small[range.start.min(end)..end].iter().collect()
    }

    /// Where the clause around a place begins and ends.
    pub fn clause(&self, around: &Range<usize>) -> Range<usize> {
        self.between(around, |at| self.ends_sentence(at) || is_clause_mark(self.at(at)) || self.is_comma(at))
    }

    /// Where the sentence around a place begins and ends.
    pub fn sentence(&self, around: &Range<usize>) -> Range<usize> {
        self.between(around, |at| self.ends_sentence(at))
    }

    fn between(&self, around: &Range<usize>, is_mark: impl Fn(usize) -> bool) -> Range<usize> {
        // What stands in parentheses beside the figure does not cut its clause.
        let mut depth = 0usize;
        let first = around.start.saturating_sub(REACH);
        let mut start = first;
        for at in (first..around.start).rev() {
            match self.at(at) {
                ')' => depth += 1,
                '(' => depth = depth.saturating_sub(1),
                _ if (depth == 0 || around.start - at > 200) && is_mark(at) => {
                    start = at + 1;
                    break;
                }
                _ => {}
            }
        }
        let last = self.len().min(around.end + REACH);
        let end = (around.end..last).find(|at| is_mark(*at)).unwrap_or(last);
        start..end
    }

    fn is_comma(&self, at: usize) -> bool {
        // A comma within a number is none.
        self.at(at) == ',' && !(self.before(at).is_ascii_digit() && self.at(at + 1).is_ascii_digit())
    }

    fn ends_sentence(&self, at: usize) -> bool {
        match self.at(at) {
            '。' | '！' | '？' | '!' | '?' | '…' | '|' | '\t' => true,
            '.' => {
                let next = self.at(at + 1);
                matches!(next, ' ' | NOTHING | '"' | '”' | ')') && !self.is_abbreviation(at)
            }
            _ => false,
        }
    }

    /// `approx.`, `c.`, `No.` and a capital by itself.
    fn is_abbreviation(&self, dot: usize) -> bool {
        let Some(word) = self.word_before(dot) else { return false };
        let text = self.text(word);
        matches!(
            text.as_str(),
            "approx" | "ca" | "c" | "no" | "nos" | "vs" | "dr" | "mr" | "ms" | "prof" | "fig" | "st"
        ) || text.chars().count() == 1
    }
}

/// A mark that ends a clause in either language; commas are looked at by the line.
fn is_clause_mark(c: char) -> bool {
    matches!(c, '，' | '；' | ';' | '：')
}

pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '〇')
}

/// A dash of a range.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '~' | '−')
}

fn fold(c: char) -> char {
    match c {
        '，' | '；' | '：' | '！' | '？' => c,
        '～' | '〜' | '∼' => '~',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' => ' ',
        '﹪' => '%',
        '∶' => ':',
        '‐' | '‑' | '‒' => '-',
        '’' => '\'',
        '○' => '〇',
        _ => c,
    }
}
