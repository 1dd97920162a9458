//! What stands beside a verdict: what the other rule sets say, what a date would make of an undated target, sources that disagree.

use super::interval::Interval;
use super::lack::Lack;
use super::rules::Rule;
use super::series::Reading;
use crate::plan::State;

/// The verdict under one rule set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByRule {
    /// The rule set.
    pub rule: Rule,
    /// Its verdict.
    pub state: State,
    /// Its number, where the rule decided.
    pub value: Option<Interval>,
    /// Why it has none.
    pub lack: Option<Lack>,
}

/// What an undated target would mean with a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IfDue {
    /// The year by whose end.
    pub year: i16,
    /// The verdict then.
    pub state: State,
    /// The rule's number then.
    pub value: Option<f64>,
}

/// Two sources that disagree on one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contest {
    /// The lower figure.
    pub low: Reading,
    /// The higher one.
    pub high: Reading,
    /// How far they lie apart at least.
    pub spread: f64,
}
