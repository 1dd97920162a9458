//! The English phrases: half of, one in five, doubled, ranks second, top 10.

use crate::figures::english;
use crate::figures::letters::Letters;
use crate::figures::names;
use crate::figures::phrase::{AmountPhrase, percent, share};
use crate::figures::reading;
use crate::figures::text_figure::FigureKind;
use crate::plan::metric::{Bound, Decimal};

/// half of, two thirds, one in five, nine out of ten.
pub fn english_share(line: &Letters, at: usize) -> Option<AmountPhrase> {
    if line.before(at).is_alphanumeric() || line.before(at) == '-' {
        return None;
    }
    let word = line.word(at).map(|word| (line.text(word.clone()), word.end));
    if let Some((text, end)) = &word {
        if text == "half" {
            return half(line, at, *end);
        }
        // two-thirds in one word
        if let Some((part, whole)) = text.split_once('-')
            && let (Some(part), Some(whole)) = (small_number(part), english::denominator(whole))
            && whole >= 2
            && part < whole
        {
            return percent(as_f64(part), as_f64(whole)).map(|value| share(at, *end, value));
        }
        if matches!(text.as_str(), "a" | "one") {
            let next = line.word(line.skip_spaces(*end))?;
            let whole = english::denominator(&line.text(next.clone()))
                .filter(|_| line.text(next.clone()) != "second");
            let of = line.word(line.skip_spaces(next.end)).map(|word| line.text(word));
            let by = line.word_before(line.skip_spaces_back(at)).is_some_and(|word| line.text(word) == "by");
            if let Some(whole) = whole.filter(|_| by || of.as_deref() == Some("of")) {
                return percent(1.0, as_f64(whole)).map(|value| share(at, next.end, value));
            }
        }
    }
    let part = reading::numeral(line, at).filter(|part| part.value.value.fract() == 0.0)?;
    let next = line.word(line.skip_spaces(part.end))?;
    let text = line.text(next.clone());
    if let Some(whole) = english::denominator(&text).filter(|_| text.ends_with('s') && part.value.value > 1.0)
    {
        return (part.value.value < as_f64(whole))
            .then(|| percent(part.value.value, as_f64(whole)).map(|value| share(at, next.end, value)))?;
    }
    let behind = match text.as_str() {
        "in" => next.end,
        "out" => line.word(line.skip_spaces(next.end)).filter(|of| line.text(of.clone()) == "of")?.end,
        _ => return None,
    };
    let whole = reading::numeral(line, line.skip_spaces(behind))?;
    let sane = whole.value.value > part.value.value && whole.value.value <= 100.0 && part.value.value >= 1.0;
    // "12 in 20 districts" is no share; round wholes are.
    let round = matches!(whole.value.value as i64, 2..=10 | 20 | 100);
    let plain = line.word(line.skip_spaces(whole.end)).is_none_or(|next| line.text(next) != "years");
    if !(sane && round && plain) {
        return None;
    }
    percent(part.value.value, whole.value.value).map(|value| share(at, whole.end, value))
}

fn as_f64(value: u64) -> f64 {
    u32::try_from(value).map_or(f64::INFINITY, f64::from)
}

fn small_number(word: &str) -> Option<u64> {
    const WORDS: [&str; 10] = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.iter().position(|own| *own == word && !word.is_empty()).and_then(|at| u64::try_from(at).ok())
}

/// doubled, tripled, threefold, three times, twice.
pub fn english_multiple(line: &Letters, at: usize) -> Option<AmountPhrase> {
    if line.before(at).is_alphanumeric() || line.before(at) == '-' {
        return None;
    }
    let multiple = |end, value: Decimal| AmountPhrase {
        start: at,
        end,
        value,
        unit: "times",
        kind: FigureKind::Multiple,
        bound: None,
    };
    if let Some(word) = line.word(at) {
        let text = line.text(word.clone());
        let known = match text.as_str() {
            "doubled" | "twofold" | "doubling" => Some(2),
            "tripled" | "trebled" | "threefold" | "tripling" => Some(3),
            "quadrupled" | "fourfold" => Some(4),
            "fivefold" => Some(5),
            "tenfold" => Some(10),
            "twice" => line
                .word(line.skip_spaces(word.end))
                .map(|next| line.text(next))
                .and_then(|next| matches!(next.as_str(), "the" | "as" | "that" | "its").then_some(2)),
            "double" | "triple" => {
                let next = line.word(line.skip_spaces(word.end)).map(|next| line.text(next));
                let figure = next.as_deref().is_some_and(|next| matches!(next, "the" | "that" | "its"));
                figure.then_some(if text == "double" { 2 } else { 3 })
            }
            _ => None,
        };
        if let Some(known) = known {
            return Some(multiple(word.end, Decimal::whole(known)));
        }
    }
    let number = reading::numeral(line, at)?;
    let next = line.word(line.skip_spaces(number.end))?;
    let text = line.text(next.clone());
    let after = line.word(line.skip_spaces(next.end)).map(|word| line.text(word));
    let compares = after.as_deref().is_some_and(|after| {
        matches!(after, "the" | "as" | "that" | "more" | "higher" | "larger" | "its" | "faster")
    });
    ((text == "times" && compares) || (text == "fold")).then(|| multiple(next.end, number.value))
}

/// ranks second, top 10, third place.
pub fn english_rank(line: &Letters, at: usize) -> Option<AmountPhrase> {
    if line.before(at).is_alphanumeric() || line.before(at) == '-' {
        return None;
    }
    let word = line.word(at).map(|word| (line.text(word.clone()), word));
    if let Some((text, word)) = &word
        && text == "top"
    {
        let number =
            reading::numeral(line, line.skip_spaces(word.end)).filter(|number| number.start > word.end)?;
        let spaced = line.skip_spaces(number.end);
        let percent = line.longest(spaced, &["%", "per cent", "percent"]);
        let (unit, end) = percent.map_or(("", number.end), |(_, end)| ("%", end));
        return Some(AmountPhrase {
            start: at,
            end,
            value: number.value,
            unit,
            kind: FigureKind::Rank,
            bound: Some(Bound::AtMost),
        });
    }
    if let Some(found) = numbered_rank(line, at) {
        return Some(found);
    }
    let (value, end) = english::ordinal(line, at)?;
    let value = Decimal::whole(i32::try_from(value).ok()?);
    let phrase = |kind| AmountPhrase { start: at, end, value, unit: "", kind, bound: None };
    let before = line.word_before(line.skip_spaces_back(at)).map(|word| line.text(word));
    let before = before.as_deref().unwrap_or_default();
    let next = line.word(line.skip_spaces(end)).map(|word| line.text(word));
    let next = next.as_deref().unwrap_or_default();
    const VERBS: [&str; 14] = [
        "ranks", "ranked", "ranking", "rank", "placed", "places", "came", "comes", "finished", "rose",
        "risen", "coming", "stands", "stood",
    ];
    const BEHIND: [&str; 6] = ["place", "nationwide", "nationally", "worldwide", "globally", "largest"];
    if VERBS.contains(&before)
        || BEHIND.contains(&next)
        || (next == "in" && ["is", "was", "be", "ranks", "and"].contains(&before))
    {
        return Some(phrase(FigureKind::Rank));
    }
    const ROWS: [&str; 14] = [
        "batch",
        "batches",
        "round",
        "edition",
        "session",
        "cohort",
        "phase",
        "cycle",
        "group",
        "generation",
        "wave",
        "term",
        "census",
        "stage",
    ];
    (ROWS.contains(&next) && value.value > 1.0 || (ROWS.contains(&next) && before != "the" && before != "at"))
        .then(|| phrase(FigureKind::Ordinal))
}

/// was number 2, ranked No. 3
fn numbered_rank(line: &Letters, at: usize) -> Option<AmountPhrase> {
    let word = line.word(at).filter(|word| matches!(line.text(word.clone()).as_str(), "number" | "no"))?;
    if !names::ranked_before(line, at) {
        return None;
    }
    let dot = usize::from(line.at(word.end) == '.');
    let number = reading::numeral(line, line.skip_spaces(word.end + dot))?;
    let (value, end) = (number.value, number.end);
    Some(AmountPhrase { start: at, end, value, unit: "", kind: FigureKind::Rank, bound: None })
}

/// half of the teachers; not "first half" and "half a year".
fn half(line: &Letters, at: usize, end: usize) -> Option<AmountPhrase> {
    let next = line.word(line.skip_spaces(end)).map(|word| line.text(word));
    let counts = next
        .as_deref()
        .is_none_or(|next| !matches!(next, "a" | "an" | "day" | "year" | "hour" | "term" | "way"));
    let second = line.word_before(line.skip_spaces_back(at)).map(|word| line.text(word));
    let named = second.as_deref().is_some_and(|word| matches!(word, "first" | "second" | "other"));
    // "two and half" is no share.
    let and = second.as_deref() == Some("and")
        && line
            .word_before(line.skip_spaces_back(line.skip_spaces_back(at).saturating_sub(3)))
            .is_some_and(|word| small_number(&line.text(word)).is_some());
    let named = named || and;
    let of = next
        .as_deref()
        .is_some_and(|next| matches!(next, "of" | "the" | "all" | "its" | "their" | "are" | "were"));
    (counts && !named && of).then(|| share(at, end, Decimal::whole(50)))
}
