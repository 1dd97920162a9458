//! What comes before what: the kind of match first, then the field, then the place and the length, then
//! reading order.
//!
//! The order is the issue's: exact Chinese, exact English, prefix, full pinyin, initials, scattered; title,
//! former titles, tags, id, figures, summary, glossary, notes. They are not weighed against each other: a
//! better kind of match always wins.

/// How a word matched. Later variants are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchClass {
    /// Its characters or initials stand there in order, with others between.
    Scattered,
    /// In the middle of a word.
    Inside,
    /// By initials, side by side.
    Initials,
    /// By whole syllables; the last may be unfinished.
    Pinyin,
    /// At the beginning of a word that goes on.
    Prefix,
    /// One or more whole words of English, or a whole number.
    ExactLatin,
    /// The Chinese (or other non-Latin) characters themselves, side by side.
    Exact,
}

/// Where a word matched. Later variants are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchZone {
    /// People's notes.
    Note,
    /// Titles of the glossary entries used.
    Glossary,
    Summary,
    Figure,
    /// Id and earlier ids.
    Id,
    /// Tags of the plan and of the journal.
    Tag,
    FormerTitle,
    Title,
}

/// Where in the field. Later variants are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchPlace {
    Inside,
    WordStart,
    FieldStart,
    Whole,
}

/// How good a match is; greater is better. Written as a decimal it reads class, zone, quality (`7 7 3 995`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(u32);

const ZONE: u32 = 10_000;
const CLASS: u32 = 10 * ZONE;
const MAX_QUALITY: u32 = ZONE - 1;

impl Rank {
    /// A match side by side. `field_chars` is the length of the field, the shorter the better.
    pub fn contiguous(class: MatchClass, zone: MatchZone, place: MatchPlace, field_chars: usize) -> Self {
        let length = 999 - u32::try_from(field_chars).unwrap_or(u32::MAX).min(999);
        Self::new(class, zone, place as u32 * 1_000 + length)
    }

    /// A scattered match with the scorer's score.
    pub fn scattered(zone: MatchZone, score: i64) -> Self {
        Self::new(MatchClass::Scattered, zone, u32::try_from(score.max(0)).unwrap_or(MAX_QUALITY))
    }

    fn new(class: MatchClass, zone: MatchZone, quality: u32) -> Self {
        Self((class as u32 + 1) * CLASS + zone as u32 * ZONE + quality.min(MAX_QUALITY))
    }

    /// Whether the match is scattered.
    pub fn is_scattered(self) -> bool {
        self.0 / CLASS == MatchClass::Scattered as u32 + 1
    }

    /// As a number for people and contracts.
    pub fn score(self) -> u32 {
        self.0
    }
}

/// The ranks of several words in one node: the worst of them decides on class and zone, then whether they
/// stand as a phrase in a title, then the mean.
#[derive(Clone, Copy, Debug)]
pub struct CombinedRank {
    worst: u32,
    quality: u64,
    words: u32,
}

impl Default for CombinedRank {
    fn default() -> Self {
        Self { worst: u32::MAX, quality: 0, words: 0 }
    }
}

impl CombinedRank {
    /// Takes in a word. The default rank (a condition that is met) says nothing.
    pub fn add(&mut self, rank: Rank) {
        if rank > Rank::default() {
            self.worst = self.worst.min(rank.0 / ZONE);
            self.quality += u64::from(rank.0 % ZONE);
            self.words += 1;
        }
    }

    /// The rank of the node.
    pub fn rank(self, phrase: Phrase) -> Rank {
        match self.words {
            0 => Rank::default(),
            1 => Rank(self.worst * ZONE + u32::try_from(self.quality).unwrap_or(MAX_QUALITY)),
            words => {
                let mean = u32::try_from(self.quality / u64::from(words)).unwrap_or(0).min(MAX_QUALITY);
                let phrase = match phrase {
                    Phrase::Apart => 0,
                    Phrase::InTitle => ZONE / 2,
                };
                Rank(self.worst * ZONE + phrase + mean / 2)
            }
        }
    }
}

/// Whether the words of a query stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phrase {
    Apart,
    /// As they were typed, in a title.
    InTitle,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_kind_of_match_beats_a_better_field_and_both_beat_place_and_length() {
        let best_note = Rank::contiguous(MatchClass::Pinyin, MatchZone::Note, MatchPlace::Inside, 5_000);
        let title = Rank::contiguous(MatchClass::Initials, MatchZone::Title, MatchPlace::Whole, 2);
        assert!(best_note > title);
        assert!(
            Rank::contiguous(MatchClass::Exact, MatchZone::Title, MatchPlace::Inside, 900)
                > Rank::contiguous(MatchClass::Exact, MatchZone::FormerTitle, MatchPlace::Whole, 2)
        );
        assert!(
            Rank::contiguous(MatchClass::Exact, MatchZone::Title, MatchPlace::FieldStart, 900)
                > Rank::contiguous(MatchClass::Exact, MatchZone::Title, MatchPlace::WordStart, 3)
        );
        assert!(
            Rank::contiguous(MatchClass::Inside, MatchZone::Note, MatchPlace::Inside, 9)
                > Rank::scattered(MatchZone::Title, 1 << 40)
        );
    }

    #[test]
    fn the_worst_word_decides_and_a_phrase_comes_first() {
        let good = Rank::contiguous(MatchClass::Exact, MatchZone::Title, MatchPlace::Whole, 4);
        let bad = Rank::contiguous(MatchClass::Prefix, MatchZone::Summary, MatchPlace::Inside, 80);
        let middling = Rank::contiguous(MatchClass::Prefix, MatchZone::Title, MatchPlace::Inside, 80);
        let together = |ranks: [Rank; 2], phrase| {
            let mut together = CombinedRank::default();
            ranks.into_iter().for_each(|rank| together.add(rank));
            together.rank(phrase)
        };
        assert!(together([good, bad], Phrase::InTitle) < together([middling, middling], Phrase::Apart));
        assert!(together([good, bad], Phrase::Apart) < together([bad, bad], Phrase::InTitle));
        assert_eq!(together([good, Rank::default()], Phrase::Apart), good);
    }
}
