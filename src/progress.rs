//! How a node stands: the plan's figures and people's, judged in a fixed order under a named rule, with the
//! arithmetic kept.
//!
//! ```text
//! Metric + Added ─► series (readings as intervals) ─► status (order of decision) ─► Assessment
//!                                                      └ pace (formulas) ─► rules (cuts)
//! states of all nodes ─► rollup · matrix          targets and readings ─► timeline
//! ```
//!
//! This module is pure arithmetic. It does not read files or clocks, average states, judge actions, or show a
//! number that is not one: what cannot be computed has a [`NoNumberReason`], and every verdict has its reason
//! in both languages.

#![warn(missing_docs)]

pub mod agreement;
pub mod assess;
mod at_date;
mod beside;
mod case;
pub mod dashboard;
mod flag;
mod flags;
pub mod interval;
mod interval_corner;
pub mod lint;
pub mod matrix;
mod milestone;
pub mod no_number;
pub mod open_sdg;
mod origin;
mod outcome;
pub mod pace;
pub mod promise;
mod reading;
pub mod reason;
pub mod rollup;
pub mod rules;
#[cfg(test)]
mod sample;
mod say;
mod scale;
pub mod series;
pub mod status;
pub mod steps;
mod term;
#[cfg(test)]
mod tests;
pub mod time;
pub mod timeline;
pub mod trend;
mod why;

pub use assess::{Assessment, ByRule, Contest, IfDue, QuickVerdict};
pub use dashboard::{Dashboard, Tally};
pub use flag::Flag;
pub use interval::Interval;
pub use matrix::{Crossing, MatrixCell};
pub use no_number::NoNumberReason;
pub use promise::{Promise, Promises};
pub use reason::ReasonWanted;
pub use rollup::{Rollup, StateCounts, States};
pub use rules::RuleRef;
pub use series::{JournalData, Reading, ReadingOrigin, Recorded};
pub use steps::{ArithmeticStep, ArithmeticTerm};
pub use timeline::{Due, MarkKind, Timeline, TimelineMark, TimelineRow};
pub use trend::{Distance, Trend, Turn};

use crate::plan::as_of::AsOf;
use crate::plan::{NodeId, Plan};

/// What a verdict depends on besides the node itself: the plan, the rule set and the day from which one
/// looks.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'p> {
    /// The plan whose metrics are judged.
    pub plan: &'p Plan,
    /// The rule set that turns numbers into states.
    pub rule: RuleRef,
    /// The day that counts as today.
    pub as_of: AsOf,
}

impl<'p> Judge<'p> {
    /// A judge that knows what was known by `as_of`.
    pub fn new(plan: &'p Plan, rule: RuleRef, as_of: AsOf) -> Self {
        Self { plan, rule, as_of }
    }

    /// The computed verdict with its arithmetic. `None` for what is no metric, and where the plan leaves
    /// judging to people.
    pub fn assess(&self, id: NodeId, added: &JournalData<'_>) -> Option<Assessment> {
        assess::assess(self, id, added, assess::Arithmetic::Written)
    }

    /// The same without its [`Assessment::steps`], for whoever goes through a whole plan.
    pub fn assess_without_steps(&self, id: NodeId, added: &JournalData<'_>) -> Option<Assessment> {
        assess::assess(self, id, added, assess::Arithmetic::LeftOut)
    }

    /// Whether sources disagree on a metric's figures, for counts and jumps; [`Assessment::contests`] says
    /// where.
    pub fn is_contested(&self, id: NodeId, added: &JournalData<'_>) -> bool {
        let metric = self.plan.tree.node(id).metric.as_ref();
        metric.is_some_and(|metric| {
            let contests = flags::contests(&case::MetricCase::new(self, metric, added), added);
            flags::is_contested(self, self.plan.tree.node(id), &contests)
        })
    }

    /// Every rule set there is to choose from ([`RuleRef::all`]), and the one that was chosen.
    pub fn rules(&self) -> Vec<RuleRef> {
        let mut all = RuleRef::all(self.plan);
        if !all.contains(&self.rule) {
            all.push(self.rule);
        }
        all
    }

    /// Whether the time of the target that a metric's verdict is on has passed.
    pub fn is_over(&self, id: NodeId, added: &JournalData<'_>) -> bool {
        let metric = self.plan.tree.node(id).metric.as_ref();
        metric.is_some_and(|metric| flags::is_over(&case::MetricCase::new(self, metric, added)))
    }

    /// A metric's latest actual and the target that counts, whoever judges it; no text is built.
    pub fn latest_and_target(
        &self,
        id: NodeId,
        added: &JournalData<'_>,
    ) -> (Option<Reading>, Option<Reading>) {
        let Some(metric) = self.plan.tree.node(id).metric.as_ref() else { return (None, None) };
        let case = case::MetricCase::new(self, metric, added);
        (case.latest.first().copied(), case.targets.first().copied())
    }

    /// The same verdict without its grounds; builds no text.
    pub fn gist(&self, id: NodeId, added: &JournalData<'_>) -> Option<QuickVerdict> {
        assess::gist(self, id, added)
    }

    /// Whether sources disagree on a metric's figures, or a person or a source gives it another verdict than
    /// the computed one.
    pub fn is_at_odds(&self, id: NodeId, added: &JournalData<'_>) -> bool {
        assess::is_at_odds(self, id, added)
    }

    /// How a node stands, all considered (`docs/judging.md`, The state of a node); builds no text.
    pub fn state(&self, id: NodeId, added: &JournalData<'_>) -> crate::plan::State {
        status::state_and_turn(self, id, added).0
    }

    /// The same where [`Judge::assess`] has answered already.
    pub fn state_given(
        &self,
        id: NodeId,
        found: Option<&Assessment>,
        added: &JournalData<'_>,
    ) -> crate::plan::State {
        status::beside_people(self.plan.tree.node(id), found.map(|found| found.state), added)
    }

    /// The same as [`Judge::state`], and which way a metric's figures went.
    pub fn state_and_turn(&self, id: NodeId, added: &JournalData<'_>) -> (crate::plan::State, Option<Turn>) {
        status::state_and_turn(self, id, added)
    }
}
