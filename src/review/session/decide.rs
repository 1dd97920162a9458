//! Actions on the card at hand: decisions become steps, moves change the cursor.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{
    ActionResult, CardStanding, Reason, Refusal, ReviewAction, Session, SessionContext, VerdictVisibility,
};
use crate::journal::event::{Blindness, Outcome};
use crate::journal::{Event, NodeName, Step};
use crate::outline::SiblingDirection;
use crate::plan::{NodeId, State};
use crate::progress::{JournalData, ReasonWanted};
use crate::text::Bilingual;

impl Session {
    /// Does something. Every call tells the time, so that time is counted also where nothing is recorded.
    pub fn act(&mut self, scene: &SessionContext<'_>, action: ReviewAction, now: Timestamp) -> ActionResult {
        self.watch.touch(now);
        let done = match action {
            ReviewAction::Next => self.step_to(scene, SiblingDirection::On, Which::Any),
            ReviewAction::Previous => self.step_to(scene, SiblingDirection::Back, Which::Any),
            ReviewAction::NextOpen => self.step_to(scene, SiblingDirection::On, Which::Open),
            ReviewAction::PreviousOpen => self.step_to(scene, SiblingDirection::Back, Which::Open),
            ReviewAction::GoTo(node) => self.go_to(scene, node),
            ReviewAction::Reveal => self.reveal(scene),
            decision => self.decide(scene, decision),
        };
        done.unwrap_or_else(ActionResult::Refused)
    }

    fn decide(
        &mut self,
        scene: &SessionContext<'_>,
        decision: ReviewAction,
    ) -> Result<ActionResult, Refusal> {
        let node = self.card().ok_or(Refusal::NoCard)?;
        let (outcome, until) = match decision {
            ReviewAction::Verdict(status, reason) => return self.verdict(scene, node, status, reason),
            ReviewAction::LeaveBranch => return Ok(self.leave_branch(scene, node)),
            ReviewAction::Unchanged if matches!(self.standing(node), CardStanding::Decided(_)) => {
                self.put(scene, self.after(node));
                return Ok(ActionResult::Moved);
            }
            ReviewAction::Bury(day) if day <= self.today => return Err(Refusal::DayNotAhead),
            ReviewAction::Bury(day) => (Outcome::Buried, Some(day)),
            ReviewAction::Skip => (Outcome::Skipped, None),
            ReviewAction::NeedsWork => (Outcome::NeedsWork, None),
            _ => (Outcome::Unchanged, None),
        };
        let event = self.reviewed(scene, node, outcome, until);
        Ok(ActionResult::Record(self.own(Step::new(vec![event]))))
    }

    fn reviewed(
        &self,
        scene: &SessionContext<'_>,
        node: NodeId,
        outcome: Outcome,
        until: Option<Date>,
    ) -> Event {
        let node = name(scene, node);
        Event::Reviewed { node, outcome, until, seconds: Some(self.watch.seconds()) }
    }

    fn verdict(
        &self,
        scene: &SessionContext<'_>,
        node: NodeId,
        status: State,
        reason: Reason,
    ) -> Result<ActionResult, Refusal> {
        if !status.is_for_people() {
            return Err(Refusal::ComputedOnly);
        }
        if let (Reason::NotAsked, Some(wanted)) = (&reason, self.reason_wanted(scene, node, status)) {
            return Ok(ActionResult::ReasonWanted(wanted));
        }
        let reason = match reason {
            Reason::Given(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        };
        let status = Event::Status { node: name(scene, node), status: Some(status), reason };
        let reviewed = self.reviewed(scene, node, Outcome::Verdict, None);
        Ok(ActionResult::Record(self.own(Step::new(vec![status, reviewed]))))
    }

    /// In a blind session every verdict is asked for its reason in the same words, so that being asked tells
    /// nothing.
    fn reason_wanted(&self, scene: &SessionContext<'_>, node: NodeId, status: State) -> Option<Bilingual> {
        if self.veil(node) == VerdictVisibility::Drawn {
            return Some(Bilingual::new(
                "盲评中每个结论都会问",
                "asked with every verdict of a blind session",
            ));
        }
        let added = JournalData::of(scene.journal.annotations(node));
        scene.judge.reason_wanted(node, &added, status).map(ReasonWanted::said)
    }

    /// The open cards of the branch, the one at hand first: of a node with children all of it, of another all
    /// below its parent.
    fn leave_branch(&self, scene: &SessionContext<'_>, node: NodeId) -> ActionResult {
        let tree = &scene.judge.plan.tree;
        let parent = tree.node(node).parent.filter(|_| !tree.is_parent(node));
        let branch = parent.unwrap_or(node);
        let others = self.queue.iter().map(|entry| entry.node).filter(|other| {
            *other != node && tree.contains(branch, *other) && self.standing(*other).is_open()
        });
        let mut events = vec![self.reviewed(scene, node, Outcome::Buried, None)];
        events.extend(others.map(|other| Event::Reviewed {
            node: name(scene, other),
            outcome: Outcome::Buried,
            until: None,
            seconds: None,
        }));
        ActionResult::Record(self.own(Step::new(events)))
    }

    fn step_to(
        &mut self,
        scene: &SessionContext<'_>,
        way: SiblingDirection,
        which: Which,
    ) -> Result<ActionResult, Refusal> {
        let none = if way == SiblingDirection::Back { Refusal::NoneBefore } else { Refusal::NoneBehind };
        let here = self.card().and_then(|node| self.place(node)).unwrap_or(self.queue.len());
        let fits = |place: &usize| which == Which::Any || self.standing(self.queue[*place].node).is_open();
        let found = match way {
            SiblingDirection::On => (here + 1..self.queue.len()).find(fits),
            SiblingDirection::Back => (0..here).rev().find(fits),
        };
        let node = self.queue[found.ok_or(none)?].node;
        self.put(scene, Some(node));
        Ok(ActionResult::Moved)
    }

    fn go_to(&mut self, scene: &SessionContext<'_>, node: NodeId) -> Result<ActionResult, Refusal> {
        if !self.place.contains_key(&node) {
            return Err(Refusal::NotInSession);
        }
        self.put(scene, Some(node));
        Ok(ActionResult::Moved)
    }

    fn reveal(&mut self, scene: &SessionContext<'_>) -> Result<ActionResult, Refusal> {
        if self.head.blind == Blindness::Sighted {
            return Err(Refusal::NotBlind);
        }
        let decided = |node: &NodeId| matches!(self.standing(*node), CardStanding::Decided(_));
        let last = || {
            let all = self.queue.iter().map(|entry| entry.node).filter(decided);
            all.max_by_key(|node| self.records.marks.get(node).map(|mark| mark.at.instant))
        };
        let node = self.card().filter(decided).or_else(last).ok_or(Refusal::DecideFirst)?;
        self.revealed.insert(node);
        self.put(scene, Some(node));
        Ok(ActionResult::Revealed(node))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Any,
    Open,
}

fn name(scene: &SessionContext<'_>, node: NodeId) -> NodeName {
    scene.judge.plan.tree.node(node).key.as_str().into()
}
