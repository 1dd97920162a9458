//! Which stretches of a query a character can consume: itself, a whole syllable of any of its readings, its
//! initial, or the beginning of a syllable where the query ends in the middle of one.
//!
//! Every reading counts (重 is zhong and chong, 长 chang and zhang, 行 hang and xing): which one is right is the
//! reader's knowledge, not ours. Products of readings are never formed; see `automaton`.

use pinyin::ToPinyinMulti;

use super::pattern::{MAX_STEP_CHARS, Pattern};

/// The readings of a character without tones, each once, ü as v and u besides; empty for anything but a
/// Chinese character.
pub fn readings(c: char) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain();
        if plain.is_ascii() && plain.len() <= MAX_STEP_CHARS {
            push_new(&mut out, plain);
        }
        for spelling in respelled(plain) {
            push_new(&mut out, spelling);
        }
    }
    out
}

fn push_new(out: &mut Vec<&'static str>, reading: &'static str) {
    if !reading.is_empty() && !out.contains(&reading) {
        out.push(reading);
    }
}

/// How keyboards write the syllables with ü.
fn respelled(plain: &str) -> &'static [&'static str] {
    match plain {
        "lü" | "lv" => &["lv", "lu"],
        "nü" | "nv" => &["nv", "nu"],
        "lüe" | "lve" => &["lve", "lue"],
        "nüe" | "nve" => &["nve", "nue"],
        "lüan" => &["lvan", "luan"],
        _ => &[],
    }
}

/// The stretches of a pattern that one character can consume: bit i of a mask says that it can start at the
/// pattern's character i.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PinyinSteps {
    /// Itself, one character long.
    pub literal: u64,
    /// A syllable, or at the pattern's end its beginning; entry n is n + 1 letters long.
    pub syllable: [u64; MAX_STEP_CHARS],
    /// An initial: one letter, or two for zh, ch and sh.
    pub initial: [u64; 2],
}

impl PinyinSteps {
    /// Consumes nothing.
    pub fn is_none(&self) -> bool {
        self.literal == 0 && self.syllable.iter().chain(&self.initial).all(|mask| *mask == 0)
    }

    /// Adds what a character takes by being there itself.
    pub fn add_literal(&mut self, c: char, pattern: &Pattern) {
        self.literal |= pattern.places_of(c);
    }

    /// Adds what a reading takes. A pattern of one letter is no pinyin: initials need two.
    pub fn add_reading(&mut self, reading: &str, pattern: &Pattern) {
        let letters = reading.as_bytes();
        let chars = pattern.chars();
        let Some(first) = letters.first().filter(|_| chars.len() > 1) else { return };
        let mut places = pattern.places_of(char::from(*first));
        while places != 0 {
            let at = places.trailing_zeros() as usize;
            places &= places - 1;
            let rest = &chars[at..];
            let common =
                rest.iter().zip(letters).take_while(|(c, letter)| **c == char::from(**letter)).count();
            let whole = common == letters.len();
            let unfinished = common == rest.len();
            if whole || unfinished {
                self.syllable[common - 1] |= 1 << at;
            }
            self.initial[0] |= 1 << at;
            let digraph = matches!(first, b'z' | b'c' | b's') && letters.get(1) == Some(&b'h');
            if digraph && common >= 2 {
                self.initial[1] |= 1 << at;
            }
        }
    }

    /// Adds all that another takes.
    pub fn add(&mut self, other: &PinyinSteps) {
        self.literal |= other.literal;
        for (own, more) in self.syllable.iter_mut().zip(&other.syllable) {
            *own |= more;
        }
        for (own, more) in self.initial.iter_mut().zip(&other.initial) {
            *own |= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case('重', &["zhong", "chong"])]
    #[case('长', &["chang", "zhang"])]
    #[case('行', &["xing", "hang"])]
    #[case('银', &["yin"])]
    #[case('会', &["hui", "kuai"])]
    #[case('率', &["lv", "lu", "shuai"])]
    #[case('绿', &["lv", "lu"])]
    #[case('女', &["nv", "nu"])]
    #[case('略', &["lve", "lue"])]
    #[case('校', &["xiao", "jiao"])]
    fn all_readings_count(#[case] c: char, #[case] expected: &[&str]) {
        let got = readings(c);
        assert!(expected.iter().all(|reading| got.contains(reading)), "{c}: {got:?}");
    }

    #[test]
    fn what_is_not_chinese_has_no_reading() {
        assert!("aA1 ，é🙂ع".chars().all(|c| readings(c).is_empty()));
    }

    #[test]
    fn a_character_takes_syllable_initial_and_unfinished_end() {
        let pattern = Pattern::new("zhiyezh");
        let mut steps = PinyinSteps::default();
        steps.add_reading("zhi", &pattern);
        // z, zh at 0 and 5; zhi whole at 0; zh at the end.
        assert_eq!(steps.initial, [0b100001, 0b100001]);
        assert_eq!(steps.syllable, [0, 0b100000, 0b1, 0, 0, 0]);
        let mut ye = PinyinSteps::default();
        ye.add_reading("ye", &pattern);
        assert_eq!((ye.initial, ye.syllable[1]), ([0b1000, 0], 0b1000));
    }

    #[test]
    fn one_letter_is_no_pinyin() {
        let mut steps = PinyinSteps::default();
        steps.add_reading("e", &Pattern::new("e"));
        assert!(steps.is_none());
    }
}
