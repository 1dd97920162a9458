//! When a person's verdict wants a reason: it departs from the computed one, or things are said to have
//! turned worse. Asked for, never demanded.

use super::Judge;
use super::series::JournalData;
use super::status::severity;
use crate::plan::{NodeId, State};
use crate::text::{Bilingual, Ui};

/// Why a reason is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonWanted {
    /// The figures give another verdict: which.
    Departs(State),
    /// The node stood better: how.
    Worse(State),
}

impl ReasonWanted {
    /// The request for a reason, in both languages.
    pub fn said(self) -> Bilingual {
        let named = |state: State| (state.signed(Ui::Zh), state.signed(Ui::En));
        match self {
            ReasonWanted::Departs(computed) => {
                let (zh, en) = named(computed);
                Bilingual::new(
                    format!("与计算结论（{zh}）不同"),
                    format!("this departs from the computed verdict ({en})"),
                )
            }
            ReasonWanted::Worse(before) => {
                let (zh, en) = named(before);
                Bilingual::new(format!("比原来（{zh}）差"), format!("this is worse than before ({en})"))
            }
        }
    }
}

impl Judge<'_> {
    /// Whether a new verdict on a node wants a reason; `added` is what held before it.
    pub fn reason_wanted(&self, id: NodeId, added: &JournalData<'_>, verdict: State) -> Option<ReasonWanted> {
        let computed = self.assess(id, added).map(|found| found.state);
        if let Some(computed) = computed.filter(|state| severity(*state).is_some() && *state != verdict) {
            return Some(ReasonWanted::Departs(computed));
        }
        let before = self.state(id, added);
        // The scale has the worst first; to give something up is worse than anything on it.
        let worse = match (severity(before), severity(verdict)) {
            (Some(before), Some(verdict)) => verdict < before,
            (Some(_), None) => verdict == State::Dropped,
            (None, _) => false,
        };
        worse.then_some(ReasonWanted::Worse(before))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::*;
    use super::*;
    use crate::plan::Role;

    #[rstest]
    #[case(None, State::Limited, None)]
    #[case(Some(State::OnTrack), State::Limited, Some(ReasonWanted::Worse(State::OnTrack)))]
    #[case(Some(State::Limited), State::OnTrack, None)]
    #[case(Some(State::Limited), State::Limited, None)]
    #[case(Some(State::Achieved), State::Dropped, Some(ReasonWanted::Worse(State::Achieved)))]
    #[case(Some(State::OnTrack), State::InsufficientEvidence, None)]
    fn an_action_that_is_said_to_have_turned_worse_wants_a_reason(
        #[case] before: Option<State>,
        #[case] verdict: State,
        #[case] wanted: Option<ReasonWanted>,
    ) {
        let plan = plan(vec![node("a1", Role::Action, None, 1)]);
        let judge = Judge::new(&plan, super::super::RuleRef::PACE, super::super::AsOf::on(TODAY));
        let added = JournalData { verdict: before, ..JournalData::default() };
        assert_eq!(judge.reason_wanted(NodeId(0), &added, verdict), wanted);
    }

    #[test]
    fn a_verdict_that_departs_from_the_figures_wants_a_reason() {
        // V1: 63.5 (2024) → 64.25 (2025) → 75 (2035) needs acceleration.
        let metric = with(
            share(),
            Some(in_year("63.5", 2024)),
            vec![in_year("64.25", 2025)],
            vec![in_year("75", 2035)],
        );
        let plan = plan(vec![measured(node("m", Role::Metric, None, 1), metric)]);
        let judge = Judge::new(&plan, super::super::RuleRef::PACE, super::super::AsOf::on(TODAY));
        let wanted = |verdict| judge.reason_wanted(NodeId(0), &JournalData::default(), verdict);
        assert_eq!(wanted(State::OnTrack), Some(ReasonWanted::Departs(State::NeedsAcceleration)));
        assert_eq!(wanted(State::NeedsAcceleration), None);
    }
}
