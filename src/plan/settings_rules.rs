//! The rule sets that a person's settings bring, in the same form as a plan's own.

use super::Plan;
use super::raw;
use super::rule_set::{OwnRule, RuleSet};
use crate::text::Bilingual;

/// What is wrong with a rule set of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// Where in the text, in bytes.
    pub byte: usize,
    /// What is wrong, and what to do.
    pub said: Bilingual,
}

/// Reads the `[[rules]]` of a file of settings, with the fields of a plan's `[[rule]]` and texts in `zh` and
/// `en`. A rule set that does not hold together is left out and reported.
pub fn rules_of_settings(text: &str) -> (Vec<RuleSet>, Vec<RuleProblem>) {
    let (rules, problems) = raw::read_rules(text);
    // Texts are in the order of these languages.
    let speaker = Plan { languages: vec!["zh".into(), "en".into()], ..Plan::default() };
    let problem = |found: raw::FileProblem| {
        let both = |message: &str, help: &str, comma: &str| format!("{message}{comma}{help}");
        let (message, help) = (&found.trouble.message, &found.trouble.help);
        RuleProblem {
            byte: found.span.map_or(0, |span| span.start as usize),
            said: Bilingual::new(both(&message.zh, &help.zh, "；"), both(&message.en, &help.en, "; ")),
        }
    };
    let sets = rules.iter().map(|own: &OwnRule| own.set(&speaker)).collect();
    (sets, problems.into_iter().map(problem).collect())
}
