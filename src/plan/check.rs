//! What a field cannot tell by itself: fields of a table against one another, figures against units, years
//! against the period, texts against the glossary.

mod series;
mod value;

use super::Plan;
use super::as_of::AsOf;
use super::diagnostic::trouble::{self, Flaw};
use super::diagnostic::{Diagnostic, DiagnosticText};
use super::input::Input;
use super::metric::{Measure, When};
use super::node::{Members, Period};
use super::register::{Enforce, GlossaryTerm};
use super::rule_set::{OwnRule, RuleNumber, RuleSteps};
use crate::text::{Lang, Text};

pub(super) use series::series;
pub(super) use value::{fact_time, value};

/// A period that ends before the year it starts in.
pub(super) fn period<R>(_: &R, period: Period, input: &mut dyn Input) -> Option<Period> {
    if period.end.year() < period.start.year() {
        input.invalid(input.span(), Flaw::EndBeforeStart);
        return None;
    }
    Some(period)
}

/// A rule set whose cuts do not fall, whose words are not four, whose share of the time is none, or that asks
/// for steps its number does not have.
pub(super) fn rule(rule: OwnRule, input: &mut dyn Input) -> Option<OwnRule> {
    let [first, second, third] = rule.cuts;
    let at = |keys: &[&str]| keys.iter().find_map(|key| input.place(key)).unwrap_or_else(|| input.span());
    let flaw = if first <= second || second <= third {
        Some((at(&["needs_acceleration", "limited"]), Flaw::CutsDoNotFall))
    } else if !matches!(rule.words.len(), 0 | 4) {
        Some((at(&["words"]), Flaw::NotFourWords))
    } else if !(0.0..=1.0).contains(&rule.early) {
        Some((at(&["provisional_below"]), Flaw::NoShare))
    } else if rule.steps == RuleSteps::None && rule.number != RuleNumber::CompoundRatio {
        Some((at(&["steps"]), Flaw::StepsNeeded))
    } else if rule.is_taken() {
        Some((at(&["id"]), Flaw::RuleTaken))
    } else {
        None
    };
    if let Some((at, flaw)) = flaw {
        input.invalid(at, flaw);
        return None;
    }
    Some(rule)
}

/// A set that names more members than it has.
pub(super) fn members(members: Members, input: &mut dyn Input) -> Option<Members> {
    if members.named > members.total {
        input.invalid(input.span(), Flaw::NamedAboveTotal);
        return None;
    }
    Some(members)
}

/// The renderings that the glossary wants and those it does not.
pub(super) struct Glossary<'p> {
    terms: Vec<GlossaryEntry<'p>>,
}

struct GlossaryEntry<'p> {
    term: &'p GlossaryTerm,
    /// Lower case, with the established rendering beside it.
    avoid: Vec<String>,
    accept: Vec<String>,
}

impl<'p> Glossary<'p> {
    /// Takes the terms that ask for anything.
    pub fn new(terms: &'p [GlossaryTerm]) -> Self {
        let asks = |term: &&GlossaryTerm| term.enforce == Enforce::Rendering || !term.avoid.is_empty();
        let lower = |words: &[Box<str>]| words.iter().map(|word| word.to_lowercase()).collect();
        let terms = terms
            .iter()
            .filter(asks)
            .map(|term| GlossaryEntry { term, avoid: lower(&term.avoid), accept: lower(&term.accept) })
            .collect();
        Self { terms }
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// How a text departs from the glossary.
    pub fn departures(&self, text: &Text, tags: &[Box<str>]) -> Vec<DiagnosticText> {
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

impl GlossaryEntry<'_> {
    /// The first language writes the term; each other one that says anything must have its rendering or an
    /// accepted one.
    fn missing(&self, wordings: &[(Lang, String)], tags: &[Box<str>]) -> Option<DiagnosticText> {
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

/// Actual values that refer to a time wholly after a day: no verdict counts them before.
pub fn dated_ahead(plan: &Plan, as_of: AsOf) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for node in plan.tree.nodes() {
        let Some(metric) = node.metric.as_deref().filter(|metric| metric.measure != Measure::Milestone)
        else {
            continue;
        };
        let file = plan.files.get(node.origin.file as usize).map(AsRef::as_ref).unwrap_or_default();
        for value in &metric.observed {
            let (When::At(at) | When::Period(_, at) | When::Announced(at)) = value.when else { continue };
            if as_of.is_before(at) {
                found.push(Diagnostic::without_place(
                    file,
                    trouble::dated_ahead(node.key.as_str(), &at.to_string()),
                ));
            }
        }
    }
    found
}
