//! Matching in ASCII text: side by side first, then with gaps inside a small window.

use std::ops::Range;

use memchr::memmem::Finder;

use super::rank::{MatchClass, MatchPlace};

/// A pattern ready for ASCII texts.
#[derive(Clone, Debug)]
pub struct Needle {
    bytes: Vec<u8>,
    finder: Finder<'static>,
}

impl Needle {
    /// For a pattern that is not empty.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { finder: Finder::new(&bytes).into_owned(), bytes }
    }

    /// Each occurrence side by side, overlapping ones too.
    pub fn occurrences<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Range<usize>> + 'a {
        let one = match self.bytes.as_slice() {
            [byte] => Some(memchr::memchr_iter(*byte, text)),
            _ => None,
        };
        let mut from = 0;
        let more = std::iter::from_fn(move || {
            let start = from + self.finder.find(text.get(from..)?)?;
            from = start + 1;
            Some(start)
        });
        let more = more.take(if one.is_some() { 0 } else { usize::MAX });
        one.into_iter().flatten().chain(more).map(|start| start..start + self.bytes.len())
    }

    /// The best occurrence of a pattern of one letter; `None` for longer ones. The first letter somebody
    /// types is in nearly every text, so it has a way of its own.
    pub fn best_letter(&self, text: &[u8]) -> Option<Option<(MatchClass, MatchPlace)>> {
        let [letter] = *self.bytes.as_slice() else { return None };
        let mut best = None;
        for at in 0..text.len() {
            if text[at] == letter {
                let judged = judge(text, &(at..at + 1));
                best = best.max(Some(judged));
                if judged.0 == MatchClass::ExactLatin {
                    break; // further right nothing is better
                }
            }
        }
        Some(best)
    }

    /// Whether its letters are in the text in their order.
    pub fn is_within(&self, text: &[u8]) -> bool {
        self.end_after(text, 0).is_some()
    }

    fn end_after(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        for byte in &self.bytes {
            at += memchr::memchr(*byte, text.get(at..)?)? + 1;
        }
        Some(at)
    }

    fn start_before(&self, text: &[u8], end: usize) -> usize {
        let mut left = self.bytes.len();
        let mut at = end;
        while left > 0 && at > 0 {
            at -= 1;
            if text[at] == self.bytes[left - 1] {
                left -= 1;
            }
        }
        at
    }

    /// The smallest stretch that holds its letters in their order, if it is small enough: twice the pattern
    /// and six more. Two letters must both begin a word. Looks at a bounded number of stretches.
    pub fn window(&self, text: &[u8]) -> Option<Range<usize>> {
        let most_chars = 2 * self.bytes.len() + 6;
        match self.bytes.as_slice() {
            [first, second] => two_starts(text, *first, *second, most_chars),
            _ => self.windows(text).filter(|window| window.len() <= most_chars).min_by_key(Range::len),
        }
    }

    fn windows<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Range<usize>> + 'a {
        const MOST: usize = 16;
        let mut from = 0;
        let next = move || {
            let end = self.end_after(text, from)?;
            let start = self.start_before(text, end);
            from = start + 1;
            Some(start..end)
        };
        std::iter::from_fn(next).take(MOST)
    }
}

/// The first stretch between two letters that both begin a word.
fn two_starts(text: &[u8], first: u8, second: u8, most_chars: usize) -> Option<Range<usize>> {
    memchr::memchr_iter(first, text).filter(|at| starts_word(text, *at)).find_map(|start| {
        let rest = &text[start + 1..text.len().min(start + most_chars)];
        memchr::memchr_iter(second, rest)
            .map(|at| start + 1 + at)
            .find(|at| starts_word(text, *at))
            .map(|last| start..last + 1)
    })
}

/// Whether a word begins at a place.
pub fn starts_word(text: &[u8], at: usize) -> bool {
    !text[at].is_ascii_alphanumeric() || at == 0 || !joins(text[at - 1], text[at])
}

/// Whether a word ends before a place.
fn ends_word(text: &[u8], end: usize) -> bool {
    end == 0 || end >= text.len() || !joins(text[end - 1], text[end])
}

/// Whether two characters belong to one word.
fn joins(left: u8, right: u8) -> bool {
    left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric()
}

/// What an occurrence is worth.
pub fn judge(text: &[u8], chars: &Range<usize>) -> (MatchClass, MatchPlace) {
    let starts = starts_word(text, chars.start);
    let ends = ends_word(text, chars.end);
    let class = match (starts, ends) {
        (true, true) => MatchClass::ExactLatin,
        (true, false) => MatchClass::Prefix,
        (false, _) => MatchClass::Inside,
    };
    let place = match (chars.start, chars.end) {
        (0, end) if end == text.len() => MatchPlace::Whole,
        (0, _) => MatchPlace::FieldStart,
        _ if starts => MatchPlace::WordStart,
        _ => MatchPlace::Inside,
    };
    (class, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn needle(text: &str) -> Needle {
        Needle::new(text.into())
    }

    #[rstest]
    #[case("vocational education", "education", MatchClass::ExactLatin, MatchPlace::WordStart)]
    #[case("vocational education", "voc", MatchClass::Prefix, MatchPlace::FieldStart)]
    #[case("vocational education", "cation", MatchClass::Inside, MatchPlace::Inside)]
    #[case("a2.school", "a2", MatchClass::ExactLatin, MatchPlace::FieldStart)]
    #[case("a2", "a2", MatchClass::ExactLatin, MatchPlace::Whole)]
    #[case("a21", "a2", MatchClass::Prefix, MatchPlace::FieldStart)]
    fn an_occurrence_is_judged_by_its_edges(
        #[case] text: &str,
        #[case] word: &str,
        #[case] class: MatchClass,
        #[case] place: MatchPlace,
    ) {
        let at = needle(word).occurrences(text.as_bytes()).next().unwrap();
        assert_eq!(judge(text.as_bytes(), &at), (class, place));
    }

    #[rstest]
    #[case("xxaxxbxxabcxx", "abc", Some(8..11))]
    #[case("a----------------b", "ab", None)]
    #[case("high-quality", "hq", Some(0..6))]
    #[case("highquality", "hq", None)]
    #[case("hazzbzzc", "abc", Some(1..8))]
    #[case("abcabd", "abe", None)]
    fn the_smallest_window_counts(
        #[case] text: &str,
        #[case] word: &str,
        #[case] window: Option<Range<usize>>,
    ) {
        assert_eq!(needle(word).window(text.as_bytes()), window);
    }
}
