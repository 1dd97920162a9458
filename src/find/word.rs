//! A word of a query: how it is to match, in which spellings, and what a text can say to it.

use super::fuzzy::Scorer;
use super::numerals;
use super::pattern::Pattern;
use super::rank::Rank;

/// How a word is to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// In any of the ways there are.
    Fuzzy,
    /// As it stands (`'exact`, `"a phrase"`, `!not`).
    Exact,
}

/// Which edges of the field a word is tied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordAnchor {
    /// None.
    Free,
    /// `^start`.
    Start,
    /// `end$`.
    End,
    /// `^all$`.
    Both,
}

/// A word to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchWord {
    pub matching: Matching,
    pub anchor: WordAnchor,
    /// As typed first, then other spellings of the numbers in it. The first is never empty.
    pub spellings: Vec<Pattern>,
    /// The number it is, in its shortest form.
    pub figure: Option<Box<str>>,
}

impl SearchWord {
    /// A word, or `None` where nothing is left of it after folding.
    pub fn new(text: &str, matching: Matching, anchor: WordAnchor) -> Option<Self> {
        let typed = Pattern::new(text);
        if typed.is_empty() {
            return None;
        }
        let others = match matching {
            Matching::Fuzzy if typed.upper().is_empty() => numerals::spellings(typed.chars()),
            _ => Vec::new(),
        };
        let figure = std::iter::once(typed.chars())
            .chain(others.iter().map(Vec::as_slice))
            .find_map(numerals::figure)
            .map(Into::into);
        let spellings = std::iter::once(typed).chain(others.into_iter().map(Pattern::from_folded)).collect();
        Some(Self { matching, anchor, spellings, figure })
    }

    /// Whether all that matches this word also passes `earlier`'s loose test, so that its candidates can be
    /// narrowed.
    pub fn narrows(&self, earlier: &SearchWord) -> bool {
        if self == earlier {
            return true;
        }
        let (Some(now), Some(then)) = (self.spellings.first(), earlier.spellings.first()) else {
            return false;
        };
        let free = |word: &SearchWord| {
            word.matching == Matching::Fuzzy
                && word.anchor == WordAnchor::Free
                && word.spellings.len() == 1
                && word.figure.is_none()
        };
        free(self) && free(earlier) && then.chars().len() > 1 && now.chars().starts_with(then.chars())
    }
}

/// What a text says to a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordMatch {
    /// Its characters are not there.
    Nothing,
    /// They are, but too far apart to count; longer queries need not look elsewhere.
    Loosely,
    Matched(Rank),
}

impl WordMatch {
    pub fn better(&mut self, other: WordMatch) {
        let value = |seen: &WordMatch| match seen {
            WordMatch::Nothing => (0, Rank::default()),
            WordMatch::Loosely => (1, Rank::default()),
            WordMatch::Matched(rank) => (2, *rank),
        };
        if value(&other) > value(self) {
            *self = other;
        }
    }
}

/// How much is asked about a scattered match.
#[derive(Clone, Copy)]
pub enum Detail<'a> {
    Coarse,
    Scored(&'a dyn Scorer),
}
