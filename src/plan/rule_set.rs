//! What a rule set is: a number, where its classes are cut, and what is decided before it. Data only;
//! `progress` reads it.

use std::borrow::Cow;

use super::Plan;
use crate::text::clean::one_line;
use crate::text::words::words;
use crate::text::{Lang, Text, Ui};

words!(
    /// The number that a rule set reads (`docs/judging.md`, Formulas).
    RuleNumber {
        /// The pace ρ against the path through the checkpoints.
        Pace = "pace" ("进度比 ρ", "pace ρ"),
        /// The lead D over that path, in points of the whole way.
        Lead = "lead" ("领先 D", "lead D"),
        CompoundRatio = "compound-ratio" ("复合增长比 R", "compound ratio R"),
        ProjectedShare = "projected-share" ("外推完成率 λ", "projected share λ"),
    }
);

words!(
    /// What is decided before a rule set's number is read.
    RuleSteps {
        /// Every step of the order of decision.
        All = "all" ("全部", "all"),
        /// Every step but `hold`.
        NoHold = "all-but-hold" ("除“保持”外全部", "all but hold"),
        /// None: the method of Open SDG as a whole, in calendar years.
        None = "none" ("不设", "none"),
    }
);

/// Ids of the rule sets that are always there.
pub const BUILT_IN: [&str; 4] = ["pace", "xushi", "opensdg", "projection"];

/// A rule set of a plan, as it is written there.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRule {
    /// What `--rule` and exports call it.
    pub id: Box<str>,
    /// The name shown beside a verdict.
    pub title: Text,
    /// The quantity that its cut-offs are applied to.
    pub number: RuleNumber,
    /// Lower ends of the three better classes.
    pub cuts: [f64; 3],
    /// Words for its four classes, the best first; none where they are called as the states are.
    pub words: Box<[Text]>,
    /// What is decided before.
    pub steps: RuleSteps,
    /// A verdict is provisional while less than this share of the time has passed.
    pub early: f64,
    /// The publication the rule follows.
    pub source: Text,
}

impl Default for OwnRule {
    fn default() -> Self {
        Self {
            id: Box::default(),
            title: Text::default(),
            number: RuleNumber::Pace,
            cuts: [0.0; 3],
            words: Box::default(),
            steps: RuleSteps::All,
            early: 0.15,
            source: Text::default(),
        }
    }
}

impl OwnRule {
    /// Whether a built-in rule set has its id.
    pub fn is_taken(&self) -> bool {
        BUILT_IN.contains(&self.id.as_ref())
    }

    /// As verdicts take it: its texts in the program's languages, one for the other where the plan has only
    /// one.
    pub fn set(&self, plan: &Plan) -> RuleSet {
        let said = |text: &Text| -> BilingualText {
            let of = |tag: &str| {
                let own = plan.lang(tag).and_then(|lang| text.get(lang));
                let first = || text.get_or_first(Lang(0)).text;
                one_line(own.unwrap_or_else(first)).into_owned()
            };
            (of("zh").into(), of("en").into())
        };
        let name = if self.title.is_empty() {
            (Cow::Owned(self.id.to_string()), Cow::Owned(self.id.to_string()))
        } else {
            said(&self.title)
        };
        RuleSet {
            id: Cow::Owned(self.id.to_string()),
            name,
            number: self.number,
            cuts: self.cuts,
            classes: std::array::from_fn(|at| self.words.get(at).map(said).unwrap_or_default()),
            steps: self.steps,
            early: self.early,
            source: said(&self.source),
        }
    }
}

/// A text in Chinese and English.
pub type BilingualText = (Cow<'static, str>, Cow<'static, str>);

/// A way of deciding a state from a number: which quantity, which cut-offs, which states.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSet {
    /// What `--rule` and exports call it.
    pub id: Cow<'static, str>,
    /// What it is called on screens.
    pub name: BilingualText,
    /// The quantity that its cut-offs are applied to.
    pub number: RuleNumber,
    /// Lower ends of on-track, needs-acceleration and limited; each belongs to the better class. Points for
    /// [`RuleNumber::Lead`].
    pub cuts: [f64; 3],
    /// Its own words for the four classes, the best first; empty where they are called as the states are.
    pub classes: [BilingualText; 4],
    /// What is decided before.
    pub steps: RuleSteps,
    /// A verdict is provisional while less than this share of the time has passed.
    pub early: f64,
    /// The publication the rule follows.
    pub source: BilingualText,
}

impl RuleSet {
    /// One of its texts in a language.
    pub fn text(said: &BilingualText, ui: Ui) -> &str {
        ui.pick(&said.0, &said.1)
    }
}
