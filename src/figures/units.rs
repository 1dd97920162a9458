//! Units and counters: what stands behind a number and says what it counts.

mod words;

use super::letters::{Letters, is_chinese};
use super::numeral::NumeralScript;
use words::{
    COUNTERS, IRREGULAR, LATIN_UNITS, NO_COUNT_OF_THINGS, NOT_PLURAL, NOUN_UNITS, OTHER_WORDS, STOPS,
    TIME_UNITS,
};

/// Whether a counter is the beginning of another word, by the letter behind it: 大 of 大学.
fn is_something_else(line: &Letters, counter: &str, end: usize) -> bool {
    let next = line.at(end);
    match counter {
        "大" if line.has(end, "学科") => return false,
        "个" if line.has(end, "人才") || line.has(end, "体系") => return false,
        "个" => return NO_COUNT_OF_THINGS.iter().any(|word| line.has(end, word)),
        "位" if line.has(end, "一体") => return true,
        "所" if next == '以' => return !matches!(line.at(end + 1), '上' | '下' | '内'),
        "人" if line.has(end, "才") => return !line.has(end, "才计"),
        _ => {}
    }
    OTHER_WORDS.iter().any(|(own, letters)| *own == counter && letters.contains(next))
}

/// A unit at a place: as it is written down, and its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundUnit {
    pub unit: String,
    pub end: usize,
}

/// The end of a unit of time at a place, and the unit.
pub fn time_unit(line: &Letters, end: usize) -> Option<(&'static str, usize)> {
    line.longest(line.skip_spaces(end), TIME_UNITS)
}

/// Per cent and points in both languages.
fn percent(line: &Letters, at: usize, script: NumeralScript) -> Option<FoundUnit> {
    const POINTS: &[&str] = &[
        "个百分点",
        "百分点",
        "个百分比点",
        "percentage points",
        "percentage point",
        "pp",
        "pps",
        "% points",
        "pts",
    ];
    const PERCENT: &[&str] = &["%", "per cent", "percent", "pct", "per-cent"];
    let spaced = line.skip_spaces(at);
    let found = |unit: &str, end| Some(FoundUnit { unit: unit.to_owned(), end });
    let ends_word =
        |end: usize| !(line.at(end).is_ascii_alphabetic() && line.before(end).is_ascii_alphabetic());
    if let Some((_, end)) = line.longest(spaced, POINTS).filter(|(_, end)| ends_word(*end)) {
        return found("pp", end);
    }
    let hyphen = if line.at(at) == '-' { at + 1 } else { spaced };
    if let Some((_, end)) = line.longest(hyphen, &["percentage-point", "percentage point"]) {
        return found("pp", end);
    }
    if let Some((_, end)) = line.longest(spaced, PERCENT).filter(|(_, end)| ends_word(*end)) {
        let points = line.skip_spaces(end);
        return match line.longest(points, &["points", "point", "个点"]) {
            Some((_, end)) if line.before(points) == ' ' => found("pp", end),
            _ => found("%", end),
        };
    }
    if line.at(spaced) == '‰' {
        return found("‰", spaced + 1);
    }
    // "6 points" counts points only behind digits; the plural says that it is no place.
    let points: &[&str] = if script == NumeralScript::Digits { &["points"] } else { &[] };
    line.longest(spaced, points)
        .filter(|(_, end)| spaced > at && ends_word(*end))
        .and_then(|(_, end)| found("pp", end))
}

/// The unit behind a number that ends at `at`.
pub fn unit(line: &Letters, at: usize, script: NumeralScript) -> Option<FoundUnit> {
    if let Some(found) = percent(line, at, script) {
        return Some(found);
    }
    let spaced = line.skip_spaces(at);
    if let Some((counter, end)) = line.longest(spaced, COUNTERS).filter(|_| script != NumeralScript::English)
    {
        let other = is_something_else(line, counter, end);
        if !other {
            return Some(FoundUnit { unit: counter.to_owned(), end });
        }
    }
    if script == NumeralScript::Digits {
        if let Some((noun, end)) = line.longest(spaced, NOUN_UNITS)
            && !is_something_else(line, noun, end)
        {
            return Some(FoundUnit { unit: noun.to_owned(), end });
        }
        if let Some(word) = line.word(spaced) {
            let mut end = word.end;
            while matches!(line.at(end), '²' | '³' | '2' | '3') && end < word.end + 1 {
                end += 1;
            }
            let text = line.text(word.start..end);
            if LATIN_UNITS.contains(&text.as_str()) {
                return Some(FoundUnit { unit: text, end });
            }
        }
    }
    None
}

/// Whether a word goes on with the sentence and is nothing that is counted or named.
pub fn is_small_word(word: &str) -> bool {
    const MORE: &[&str] = &[
        "new",
        "newly",
        "additional",
        "not",
        "also",
        "only",
        "already",
        "now",
        "then",
        "overall",
        "annually",
        "today",
        "yearly",
        "altogether",
        "so",
        "were",
        "built",
        "fewer",
        "ago",
        "against",
        "through",
        "thus",
        "both",
        "given",
        "established",
        "fostered",
        "apart",
        "among",
        "whereas",
        "because",
        "times",
        "who",
        "whose",
        "where",
        "he",
        "she",
        "they",
        "we",
        "without",
        "here",
        "yet",
        "still",
        "just",
        "about",
        "nearly",
        "almost",
        "towards",
        "per",
    ];
    STOPS.contains(&word)
        || MORE.contains(&word)
        || word.ends_with("ed")
        || word.ends_with("ly")
        || word.ends_with("ing")
}

fn is_plural(word: &str) -> bool {
    IRREGULAR.contains(&word)
        || (word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !NOT_PLURAL.contains(&word))
}

/// English words of time: a number before them is a duration.
pub fn is_time_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "year", "month", "day", "week", "hour", "minute", "decade", "century", "semester", "quarter", "term",
        "second", "am", "pm", "o'clock", "centurie", "weekday",
    ];
    let singular = word.strip_suffix('s').unwrap_or(word);
    WORDS.contains(&singular) || word.starts_with("year-") || word.starts_with("month-")
}

/// The noun that an English number counts: up to four words on, the first plural.
pub fn english_noun(line: &Letters, end: usize) -> Option<FoundUnit> {
    let mut at = end;
    for _ in 0..6 {
        let start = line.skip_spaces(at);
        if start == at {
            return None;
        }
        let word = line.word(start)?;
        let text = line.text(word.clone());
        if STOPS.contains(&text.as_str()) {
            return None;
        }
        if is_plural(&text) || is_time_word(&text) {
            // "schools and programmes" are counted together; a noun before a noun is not yet the one.
            return Some(FoundUnit { unit: text, end: word.end });
        }
        at = word.end;
    }
    None
}

/// Whether a Chinese letter goes on behind a number that has no unit.
pub fn goes_on_in_chinese(line: &Letters, at: usize) -> bool {
    is_chinese(line.at(at))
}
