//! Scores for scattered matches, behind a trait: fuzzy-matcher is not maintained any more, and whatever
//! replaces it goes here.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::{SkimMatcherV2, SkimScoreConfig};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FuzzyMatch {
    /// Higher is better; comparable for one pattern only.
    pub score: i64,
    /// Which characters of the window matched, in order.
    pub chars: Vec<usize>,
}

/// Scores how well a pattern sits in a text. Both are folded already, and the pattern's characters are in the
/// text in their order.
pub trait Scorer: Send + Sync {
    /// The score, with the characters taken; `None` where the pattern is not in the text.
    fn score(&self, text: &str, pattern: &str) -> Option<FuzzyMatch>;
}

/// fuzzy-matcher's second algorithm, tuned so that characters side by side beat scattered ones in Chinese too
/// (its own bonuses take 教学体育 for a better 教育 than 职业教育).
pub struct Skim(SkimMatcherV2);

/// Texts longer than this many cells of its matrix are scored by a cheaper rule of its own.
const ELEMENTS: usize = 1 << 14;

impl Default for Skim {
    fn default() -> Self {
        let config = SkimScoreConfig {
            bonus_first_char_multiplier: 1,
            gap_start: -8,
            bonus_consecutive: 9,
            ..SkimScoreConfig::default()
        };
        Self(SkimMatcherV2::default().score_config(config).respect_case().element_limit(ELEMENTS))
    }
}

impl Scorer for Skim {
    fn score(&self, text: &str, pattern: &str) -> Option<FuzzyMatch> {
        // `fuzzy_match` disagrees with `fuzzy_indices` in some matches: always the latter, so that what is
        // ranked is what is shown.
        self.0.fuzzy_indices(text, pattern).map(|(score, chars)| FuzzyMatch { score, chars })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn side_by_side_beats_scattered_in_chinese() {
        let skim = Skim::default();
        let score = |text: &str| skim.score(text, "教育").map(|scored| scored.score);
        assert!(score("职业教育") > score("教学体育"));
        assert_eq!(score("教学"), None);
    }

    #[test]
    fn places_count_characters() {
        let scored = Skim::default().score("教学体育", "教育").unwrap();
        assert_eq!(scored.chars, [0, 3]);
    }
}
