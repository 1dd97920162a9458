//! Actions on the card at hand: decisions become steps, moves change the cursor.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Action, Answer, Reason, Refusal, Scene, Session, Standing, Veil};
use crate::journal::event::{Blindness, Outcome};
use crate::journal::{Event, Name, Step};
use crate::outline::Way;
use crate::plan::{NodeId, State};
use crate::progress::{Added, ReasonWanted};
use crate::text::Bilingual;

impl Session {
    /// Does something. Every call tells the time, so that time is counted also where nothing is recorded.
    pub fn act(&mut self, scene: &Scene<'_>, action: Action, now: Timestamp) -> Answer {
        self.watch.touch(now);
        let done = match action {
            Action::Next => self.step_to(scene, Way::On, Which::Any),
            Action::Previous => self.step_to(scene, Way::Back, Which::Any),
            Action::NextOpen => self.step_to(scene, Way::On, Which::Open),
            Action::PreviousOpen => self.step_to(scene, Way::Back, Which::Open),
            Action::GoTo(node) => self.go_to(scene, node),
            Action::Reveal => self.reveal(scene),
            decision => self.decide(scene, decision),
        };
        done.unwrap_or_else(Answer::Refused)
    }

    fn decide(&mut self, scene: &Scene<'_>, decision: Action) -> Result<Answer, Refusal> {
        let node = self.card().ok_or(Refusal::NoCard)?;
        let (outcome, until) = match decision {
            Action::Verdict(status, reason) => return self.verdict(scene, node, status, reason),
            Action::LeaveBranch => return Ok(self.leave_branch(scene, node)),
            Action::Unchanged if matches!(self.standing(node), Standing::Decided(_)) => {
                self.put(scene, self.after(node));
                return Ok(Answer::Moved);
            }
            Action::Bury(day) if day <= self.today => return Err(Refusal::DayNotAhead),
            Action::Bury(day) => (Outcome::Buried, Some(day)),
            Action::Skip => (Outcome::Skipped, None),
            Action::NeedsWork => (Outcome::NeedsWork, None),
            _ => (Outcome::Unchanged, None),
        };
        let event = self.reviewed(scene, node, outcome, until);
        Ok(Answer::Record(self.own(Step::new(vec![event]))))
    }

    fn reviewed(&self, scene: &Scene<'_>, node: NodeId, outcome: Outcome, until: Option<Date>) -> Event {
        let node = name(scene, node);
        Event::Reviewed { node, outcome, until, seconds: Some(self.watch.seconds()) }
    }

    fn verdict(
        &self,
        scene: &Scene<'_>,
        node: NodeId,
        status: State,
        reason: Reason,
    ) -> Result<Answer, Refusal> {
        if !status.is_for_people() {
            return Err(Refusal::ComputedOnly);
        }
        if let (Reason::NotAsked, Some(wanted)) = (&reason, self.reason_wanted(scene, node, status)) {
            return Ok(Answer::ReasonWanted(wanted));
        }
        let reason = match reason {
            Reason::Given(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        };
        let status = Event::Status { node: name(scene, node), status: Some(status), reason };
        let reviewed = self.reviewed(scene, node, Outcome::Verdict, None);
        Ok(Answer::Record(self.own(Step::new(vec![status, reviewed]))))
    }

    /// In a blind session every verdict is asked for its reason in the same words, so that being asked tells nothing.
    fn reason_wanted(&self, scene: &Scene<'_>, node: NodeId, status: State) -> Option<Bilingual> {
        if self.veil(node) == Veil::Drawn {
            return Some(Bilingual::new(
                "盲评中每个结论都会问",
                "asked with every verdict of a blind session",
            ));
        }
        let added = Added::of(scene.journal.annotations(node));
        scene.judge.reason_wanted(node, &added, status).map(ReasonWanted::said)
    }

    /// The open cards of the branch, the one at hand first: of a node with children all of it, of another all below its parent.
    fn leave_branch(&self, scene: &Scene<'_>, node: NodeId) -> Answer {
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
        Answer::Record(self.own(Step::new(events)))
    }

    fn step_to(&mut self, scene: &Scene<'_>, way: Way, which: Which) -> Result<Answer, Refusal> {
        let none = if way == Way::Back { Refusal::NoneBefore } else { Refusal::NoneBehind };
        let here = self.card().and_then(|node| self.place(node)).unwrap_or(self.queue.len());
        let fits = |place: &usize| which == Which::Any || self.standing(self.queue[*place].node).is_open();
        let found = match way {
            Way::On => (here + 1..self.queue.len()).find(fits),
            Way::Back => (0..here).rev().find(fits),
        };
        let node = self.queue[found.ok_or(none)?].node;
        self.put(scene, Some(node));
        Ok(Answer::Moved)
    }

    fn go_to(&mut self, scene: &Scene<'_>, node: NodeId) -> Result<Answer, Refusal> {
        if !self.place.contains_key(&node) {
            return Err(Refusal::NotInSession);
        }
        self.put(scene, Some(node));
        Ok(Answer::Moved)
    }

    fn reveal(&mut self, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        if self.head.blind == Blindness::Sighted {
            return Err(Refusal::NotBlind);
        }
        let decided = |node: &NodeId| matches!(self.standing(*node), Standing::Decided(_));
        let last = || {
            let all = self.queue.iter().map(|entry| entry.node).filter(decided);
            all.max_by_key(|node| self.records.marks.get(node).map(|mark| mark.at.instant))
        };
        let node = self.card().filter(decided).or_else(last).ok_or(Refusal::DecideFirst)?;
        self.revealed.insert(node);
        self.put(scene, Some(node));
        Ok(Answer::Revealed(node))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Any,
    Open,
}

fn name(scene: &Scene<'_>, node: NodeId) -> Name {
    scene.judge.plan.tree.node(node).key.as_str().into()
}
