//! A word of a query as the matchers want it: folded characters, where each occurs, and a mask that rules
//! most texts out.

use super::fold_text::{LetterCase, fold};

/// Longest stretch of a pattern that one character consumes: the letters of the longest syllable (zhuang).
pub const MAX_STEP_CHARS: usize = 6;

/// Longest pattern that is matched by pinyin and by scattered letters; a longer one is looked for as it
/// stands.
pub const MAX_LOOSE_CHARS: usize = 63;

/// One spelling of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    chars: Box<[char]>,
    upper: Box<[bool]>,
    mask: u64,
}

impl Pattern {
    /// Folds a text. The pattern is empty where nothing of it is left.
    pub fn new(text: &str) -> Self {
        let folded = fold(text);
        let chars: Box<[char]> = folded.iter().map(|folded| folded.c).collect();
        let upper: Vec<bool> = folded.iter().map(|folded| folded.case == LetterCase::Upper).collect();
        let upper = if upper.contains(&true) { upper.into() } else { Box::default() };
        Self { mask: mask_of(&chars), chars, upper }
    }

    /// A pattern of characters that are folded already.
    pub fn from_folded(chars: Vec<char>) -> Self {
        Self { mask: mask_of(&chars), chars: chars.into(), upper: Box::default() }
    }

    /// The folded characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Which characters were upper case, one flag a character; empty where none was, and case then does not
    /// matter (smart case).
    pub fn upper(&self) -> &[bool] {
        &self.upper
    }

    /// Bits that the mask of a text must have for the pattern to match in it.
    pub fn mask(&self) -> u64 {
        self.mask
    }

    pub fn is_ascii(&self) -> bool {
        self.chars.iter().all(char::is_ascii)
    }

    /// Short enough for pinyin and scattered letters.
    pub fn is_loose(&self) -> bool {
        self.chars.len() <= MAX_LOOSE_CHARS
    }

    /// The bytes of an ASCII pattern.
    pub fn bytes(&self) -> Vec<u8> {
        self.chars.iter().filter_map(|c| u8::try_from(*c).ok()).collect()
    }

    /// Where a character stands, as bits; nothing for a pattern that is too long for it.
    pub fn places_of(&self, c: char) -> u64 {
        if !self.is_loose() {
            return 0;
        }
        (0..).zip(&self.chars).filter(|(_, own)| **own == c).fold(0, |mask, (at, _): (u32, _)| mask | 1 << at)
    }
}

fn mask_of(chars: &[char]) -> u64 {
    chars.iter().fold(0, |mask, c| mask | char_bit(*c))
}

/// The bit a folded character sets in the mask of its text: 26 letters, 10 digits, 28 classes of everything
/// beyond ASCII.
///
/// A Chinese character in a text sets its own bit and those of all letters of its readings, so that whatever
/// matches has its bits set.
pub fn char_bit(c: char) -> u64 {
    match c {
        'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
        '0'..='9' => 1 << (26 + u32::from(c) - u32::from('0')),
        c if c.is_ascii() => 0,
        c => 1 << (36 + (u32::from(c).wrapping_mul(0x9E37_79B1) >> 16) % 28),
    }
}
