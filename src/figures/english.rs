//! Numbers in English words: twenty-five, two hundred, a dozen.

use super::letters::Letters;
use super::numeral::{Numeral, NumeralScript};
use crate::plan::metric::Decimal;

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const LARGE: [(&str, u64); 5] = [
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("dozen", 12),
];

fn index(words: &[&str], word: &str) -> Option<u64> {
    words.iter().position(|own| *own == word).and_then(|at| u64::try_from(at).ok())
}

/// A word below a hundred: seven, twenty, twenty-five.
fn below_hundred(word: &str) -> Option<u64> {
    if let Some(small) = index(&SMALL, word) {
        return Some(small);
    }
    let (tens, ones) = word.split_once('-').unwrap_or((word, ""));
    let tens = (index(&TENS, tens)? + 2) * 10;
    match ones {
        "" => (!word.ends_with('-')).then_some(tens),
        _ => index(&SMALL, ones).filter(|ones| (1..10).contains(ones)).map(|ones| tens + ones),
    }
}

fn large(word: &str) -> Option<u64> {
    LARGE.iter().find(|(own, _)| *own == word).map(|(_, size)| *size)
}

/// A number in words at the start of a word.
pub fn numeral(line: &Letters, at: usize) -> Option<Numeral> {
    if line.before(at).is_alphanumeric() || line.before(at) == '-' {
        return None;
    }
    let first = line.word(at)?;
    let text = line.text(first.clone());
    let (mut total, mut section, mut end) = match text.as_str() {
        // "a hundred", "a dozen"
        "a" | "an" => {
            let next = line.word(line.skip_spaces(first.end))?;
            let size = large(&line.text(next.clone()))?;
            if size >= 1_000 { (size, 0, next.end) } else { (0, size, next.end) }
        }
        _ => (0, below_hundred(&text)?, first.end),
    };
    while let Some(next) = line.word(line.skip_spaces(end)) {
        let word = line.text(next.clone());
        if let Some(size) = large(&word) {
            if size < 1_000 {
                section *= size;
            } else {
                total = (total + section).checked_mul(size)?;
                section = 0;
            }
        } else if let Some(small) = below_hundred(&word).filter(|_| section >= 100 || total > 0) {
            section += small;
        } else if word == "and"
            && (section >= 100 && section.is_multiple_of(100))
            && let Some(after) = line.word(line.skip_spaces(next.end))
            && let Some(small) = below_hundred(&line.text(after.clone()))
        {
            section += small;
            end = after.end;
            continue;
        } else {
            break;
        }
        end = next.end;
    }
    let value = Decimal::parse(&(total + section).to_string())?;
    let script = NumeralScript::English;
    Some(Numeral {
        start: at,
        end,
        value,
        script,
        power: 0,
        has_more: false,
        is_bare: false,
        is_plain: false,
    })
}

const ORDINALS: [&str; 21] = [
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// An ordinal at a place: second, 2nd.
pub fn ordinal(line: &Letters, at: usize) -> Option<(u64, usize)> {
    if line.before(at).is_alphanumeric() || line.before(at) == '-' {
        return None;
    }
    if let Some(word) = line.word(at) {
        let text = line.text(word.clone());
        return index(&ORDINALS, &text).filter(|value| *value > 0).map(|value| (value, word.end));
    }
    let mut end = at;
    while line.at(end).is_ascii_digit() {
        end += 1;
    }
    let suffix = line.word(end)?;
    let value: u64 = line.text(at..end).parse().ok()?;
    matches!(line.text(suffix.clone()).as_str(), "st" | "nd" | "rd" | "th").then_some((value, suffix.end))
}

/// The whole that a fraction's second word names: half, third, quarters, fifths.
pub fn denominator(word: &str) -> Option<u64> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    match singular {
        "half" | "halve" => Some(2),
        "quarter" => Some(4),
        "third" => Some(3),
        _ => index(&ORDINALS, singular).filter(|value| *value >= 5),
    }
}
