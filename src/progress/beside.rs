//! What stands beside a verdict: what the other rule sets say, what a date would make of an undated target,
//! sources that disagree.

use super::interval::Interval;
use super::no_number::NoNumberReason;
use super::outcome::Scale;
use super::rules::{RuleRef, beside_cuts};
use super::series::Reading;
use crate::plan::State;
use crate::text::Ui;

/// The verdict under one rule set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByRule {
    /// The rule set applied.
    pub rule: RuleRef,
    /// The state under that rule set.
    pub state: State,
    /// Its number, where the rule decided.
    pub value: Option<Interval>,
    /// Why it has none.
    pub lack: Option<NoNumberReason>,
    /// Sign and cut-offs of the number, where they are not the rule set's own.
    pub scale: Option<Scale>,
    /// Open SDG's score, −5 to +5.
    pub score: Option<f64>,
}

impl ByRule {
    /// The sign of its number.
    pub fn symbol(&self) -> &'static str {
        self.scale.map_or(self.rule.symbol(), |scale| scale.symbol)
    }

    /// The cut-offs it was read against.
    pub fn cuts(&self) -> [f64; 3] {
        self.scale.map_or(self.rule.cuts(), |scale| scale.cuts)
    }

    /// The cut-offs in words.
    pub fn cuts_said(&self, ui: Ui) -> String {
        self.rule.cuts_as(self.symbol(), self.cuts(), ui)
    }

    /// Its number from end to end, each on its side of the cut-offs.
    pub fn number_said(&self, ui: Ui) -> Option<String> {
        let value = self.value?;
        let [low, high] = [value.lo(), value.hi()].map(|end| beside_cuts(end, 3, self.cuts()));
        Some(if low == high { low } else { format!("{low}{}{high}", ui.pick("—", "–")) })
    }

    /// The rule set's own word for its class, where it has one and the number decided.
    pub fn class_said(&self, ui: Ui) -> Option<&'static str> {
        let value = self.value?;
        let [low, high] = [value.lo(), value.hi()].map(|end| self.rule.class_word(end, self.cuts(), ui));
        low.filter(|_| low == high)
    }
}

/// What an undated target would mean with a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IfDue {
    /// The year by whose end.
    pub year: i16,
    /// The state if the target had been due on that date.
    pub state: State,
    /// The rule's number then.
    pub value: Option<f64>,
    /// The figure of the target is taken for an addition to the baseline; else for a total.
    pub added: bool,
}

/// Two sources that disagree on one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contest {
    /// The lower of the two rival figures.
    pub low: Reading,
    /// The higher of the two rival figures.
    pub high: Reading,
    /// How far they lie apart at least.
    pub spread: f64,
}
