//! Looks at what could be read and asks whether somebody should look again: figures against units, years against the period, texts against the
//! glossary. Every answer is a warning; nothing is changed.

mod series;

use toml::de::{DeTable, DeValue};

use super::diagnostic::trouble;
use super::diagnostic::{Span, Trouble};
use super::metric::{Amount, Kind, Measure, Metric, Value, When};
use super::raw::metric::Part;
use super::raw::reader::{Item, Reader, span_of};
use super::register::{Enforce, Term};
use super::text::{Lang, Text};

pub(super) use series::series;

/// A title that is there but says nothing in a language.
pub(super) fn title(reader: &mut Reader<'_>, item: &Item<'_>, title: Option<&Text>) {
    if title.is_none() {
        return;
    }
    match item.get_ref() {
        DeValue::Table(table) => {
            if table.is_empty() {
                reader.problems.add(span_of(item), trouble::empty_title(""));
            }
            for (tag, wording) in table {
                if wording.get_ref().as_str().is_some_and(|text| text.trim().is_empty()) {
                    reader.problems.add(span_of(wording), trouble::empty_title(tag.get_ref()));
                }
            }
        }
        DeValue::String(text) if text.trim().is_empty() => {
            let tag = reader.frame.languages.first().map_or("", AsRef::as_ref);
            reader.problems.add(span_of(item), trouble::empty_title(tag));
        }
        _ => {}
    }
}

/// A value against its metric's unit and the plan's period.
pub(super) fn value(
    reader: &mut Reader<'_>,
    metric: &Metric,
    part: Part,
    value: &Value,
    table: &DeTable<'_>,
    whole: Span,
) {
    let numbers: &[_] = match &value.amount {
        Amount::Number(number) => &[*number],
        Amount::Range(from, to) => &[*from, *to],
        Amount::Label(..) | Amount::Stage(_) => &[],
    };
    let place = |key: &str| table.get(key).map_or(whole, span_of);
    for (number, key) in numbers.iter().zip(["value", "to"]) {
        // A share has no negative level; a change in percent may fall, though not by more than all.
        let is_level = metric.measure == Measure::Percentage && value.kind == Kind::Level;
        let floor = if is_level { 0.0 } else { -100.0 };
        if is_percent(metric) && (number.value > 100.0 && !metric.gross || number.value < floor) {
            reader.problems.add(place(key), trouble::against_unit(&number.to_string(), "%"));
        }
        let is_place = number.value >= 1.0 && number.value.fract() == 0.0;
        if metric.measure == Measure::Rank && value.kind == Kind::Level && !is_place {
            reader.problems.add(place(key), trouble::against_rank(&number.to_string()));
        }
    }
    if let (Part::Target, Some(period)) = (part, reader.frame.period) {
        let (year, key) = match value.when {
            When::At(moment) => (moment.year(), if table.contains_key("year") { "year" } else { "on" }),
            When::Period(_, end) => (end.year(), "period"),
            When::Announced(_) | When::Undated | When::Unstated => return,
        };
        // Earlier is history: a target of the plan before this one.
        if year > period.end.year() {
            let period = (period.start.year(), period.end.year());
            reader.problems.add(place(key), trouble::outside_period(year, period));
        }
    }
}

fn is_percent(metric: &Metric) -> bool {
    metric.measure == Measure::Percentage
        || metric.unit.iter().any(|(_, unit)| matches!(unit.trim(), "%" | "％"))
}

/// The renderings that the glossary wants and those it does not.
pub(super) struct Glossary<'p> {
    terms: Vec<Entry<'p>>,
}

struct Entry<'p> {
    term: &'p Term,
    /// Lower case, with the established rendering beside it.
    avoid: Vec<String>,
    accept: Vec<String>,
}

impl<'p> Glossary<'p> {
    /// Takes the terms that ask for anything.
    pub fn new(terms: &'p [Term]) -> Self {
        let asks = |term: &&Term| term.enforce == Enforce::Rendering || !term.avoid.is_empty();
        let lower = |words: &[Box<str>]| words.iter().map(|word| word.to_lowercase()).collect();
        let terms = terms
            .iter()
            .filter(asks)
            .map(|term| Entry { term, avoid: lower(&term.avoid), accept: lower(&term.accept) })
            .collect();
        Self { terms }
    }

    /// Nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// How a text departs from the glossary.
    pub fn departures(&self, text: &Text, tags: &[Box<str>]) -> Vec<Trouble> {
        let wordings: Vec<(Lang, String)> =
            text.iter().map(|(lang, wording)| (lang, wording.to_lowercase())).collect();
        let mut out = Vec::new();
        for entry in &self.terms {
            let right = |lang: Lang| entry.term.title.get(lang).unwrap_or_default();
            for (lang, wording) in &wordings {
                let wrong = entry.avoid.iter().position(|avoid| has_word(wording, avoid));
                if let Some(wrong) = wrong {
                    out.push(trouble::wrong_rendering(&entry.term.avoid[wrong], right(*lang)));
                }
            }
            if entry.term.enforce == Enforce::Rendering {
                out.extend(entry.missing(&wordings, tags));
            }
        }
        out
    }
}

impl Entry<'_> {
    /// The first language writes the term; each other one that says anything must have its rendering or an accepted one.
    fn missing(&self, wordings: &[(Lang, String)], tags: &[Box<str>]) -> Option<Trouble> {
        let own = self.term.title.get(Lang(0))?;
        let (first, said) = wordings.first().filter(|(lang, _)| *lang == Lang(0))?;
        if !said.contains(&own.to_lowercase()) {
            return None;
        }
        wordings.iter().filter(|(lang, _)| lang != first).find_map(|(lang, wording)| {
            let right = self.term.title.get(*lang)?;
            let kept = wording.contains(&right.to_lowercase())
                || self.accept.iter().any(|accept| wording.contains(accept.as_str()));
            let tag = tags.get(usize::from(lang.0)).map_or("", AsRef::as_ref);
            (!kept).then(|| trouble::missing_rendering(own, right, tag))
        })
    }
}

/// Whether a word or phrase stands in a text, not as a part of a longer Latin word.
fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c.is_ascii());
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !word.is_empty() && !is_letter(before) && !is_letter(after)
    })
}
