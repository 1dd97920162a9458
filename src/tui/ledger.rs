//! What people say, as the screen sees it, and how every node stands with it; now, or as it was when one looks back.

use std::sync::Arc;

use super::model::Model;
use crate::journal::fold::NodeRecords;
use crate::journal::{Annotations, Author, Fold, Journal, JournalProblem, NodeName};
use crate::page::People;
use crate::plan::as_of::AsOf;
use crate::plan::{NodeId, State};
use crate::progress::dashboard::Dashboard;
use crate::progress::{JournalData, Judge, Rollup, States};
use crate::text::Bilingual;

/// The journal on screen.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What people added to this plan, once it is read. Nobody else holds it for long, so that a step does not copy it.
    pub journal: Option<Arc<Journal>>,
    /// Who writes, or why nobody can.
    pub author: Result<Author, Bilingual>,
    /// Grows with every change, so that what was worked out before is known to be old.
    pub version: u64,
    /// How every node stands, once that is worked out.
    pub states: Option<Arc<States>>,
    /// The version as of which the states were asked for: an answer for another is old.
    pub asked: u64,
    /// How often all of it was worked out.
    pub judged: u64,
    /// The plan at a glance, and the version it was counted for.
    pub glance: Option<(u64, Arc<Dashboard>)>,
    /// Nodes that changed after their states were asked for.
    pub late: Vec<NodeId>,
    /// Files of the journal that are left out, as far as the user has been told.
    pub left_out: Vec<JournalProblem>,
    /// What one looks back at.
    pub past: Option<Past>,
}

/// The plan as it stood after some record.
#[derive(Clone, Debug)]
pub struct Past {
    pub fold: Fold,
    pub as_of: AsOf,
    /// How every node stood; `None` in plans too large to work it out with each key.
    pub states: Option<States>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            journal: None,
            author: Err(Bilingual::new("尚未设置作者名", "no author name is set")),
            version: 0,
            states: None,
            asked: 0,
            judged: 0,
            glance: None,
            late: Vec::new(),
            left_out: Vec::new(),
            past: None,
        }
    }
}

impl Ledger {
    /// Everything may have changed: the states are to be worked out again (`Effect::Index`).
    pub fn renew(&mut self) {
        self.version += 1;
        self.asked = self.version;
        self.states = None;
        self.late.clear();
    }
}

/// What the next step is about: a node, or an id that has left the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub name: NodeName,
    /// The node, where it is one.
    pub node: Option<NodeId>,
}

impl Model {
    /// What holds: now, or at the moment one looks back at.
    pub fn fold(&self) -> Option<&Fold> {
        let past = self.ledger.past.as_ref().map(|past| &past.fold);
        past.or_else(|| self.ledger.journal.as_deref().map(Journal::fold))
    }

    /// What people say of a node.
    pub fn said(&self, id: NodeId) -> Option<&Annotations> {
        self.fold().and_then(|fold| fold.of(id))
    }

    /// What people say, for cards.
    pub fn people(&self) -> Option<People<'_>> {
        let journal = self.ledger.journal.as_deref()?;
        Some(People { book: journal.book(), fold: self.fold()? })
    }

    /// The day everything is looked at from.
    pub fn as_of(&self) -> AsOf {
        self.ledger.past.as_ref().map_or(self.view.as_of, |past| past.as_of)
    }

    pub fn judge(&self) -> Judge<'_> {
        Judge::new(self.plan(), self.view.rule, self.as_of())
    }

    /// What people add to a node, as far as judging needs it.
    pub fn added(&self, id: NodeId) -> JournalData<'_> {
        JournalData::of(self.said(id))
    }

    /// How every node stands, where it is worked out.
    pub fn states(&self) -> Option<&States> {
        match &self.ledger.past {
            Some(past) => past.states.as_ref(),
            None => self.ledger.states.as_deref(),
        }
    }

    pub fn state(&self, id: NodeId) -> State {
        self.states().map_or_else(|| self.judge().state(id, &self.added(id)), |states| states.of(id))
    }

    /// How everything below a node stands, once that is worked out.
    pub fn rollup(&self, id: NodeId) -> Option<Rollup> {
        self.states()?.rollup(self.plan(), id)
    }

    /// What belongs to no node of the plan, in the order of its rows.
    pub fn orphans(&self) -> Vec<&NodeRecords> {
        self.fold().map(Fold::orphans).unwrap_or_default()
    }

    /// The orphan under the cursor.
    pub fn selected_orphan(&self) -> Option<&NodeRecords> {
        let name = self.outline.selected_name().filter(|_| self.review().is_none())?;
        self.orphans().into_iter().find(|home| home.name == *name)
    }

    /// Gives the orphans of now their rows, in the outline to come back to as well.
    pub fn set_orphan_rows(&mut self) {
        let names: Vec<NodeName> =
            self.orphans().into_iter().map(|home| NodeName::clone(&home.name)).collect();
        if let Some(prompt) = &mut self.find.prompt {
            prompt.before.outline.set_tail(names.clone());
        }
        self.outline.set_tail(names);
    }

    /// What the next step is about.
    pub fn here(&self) -> Option<Here> {
        if let Some(orphan) = self.selected_orphan() {
            return Some(Here { name: NodeName::clone(&orphan.name), node: None });
        }
        let node = self.selected()?;
        Some(Here { name: self.plan().tree.node(node).key.as_str().into(), node: Some(node) })
    }

    /// What people say of what is under the cursor.
    pub fn said_here(&self) -> Option<&Annotations> {
        match self.selected_orphan() {
            Some(orphan) => Some(&orphan.annotations),
            None => self.said(self.selected()?),
        }
    }
}
