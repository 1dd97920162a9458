//! What people say and how every node stands with it, now or as it was when one looks back.

use super::Model;
use crate::journal::fold::NodeRecords;
use crate::journal::{Annotations, Fold, Journal, NodeName};
use crate::page::People;
use crate::plan::as_of::AsOf;
use crate::plan::{NodeId, State};
use crate::progress::{JournalData, Judge, Rollup, States, Turn};
use crate::tui::view::Here;

impl Model {
    /// What holds: now, or at the moment one looks back at.
    pub fn fold(&self) -> Option<&Fold> {
        let past = self.journal_view.past.as_ref().map(|past| &past.fold);
        past.or_else(|| self.journal_view.journal.as_deref().map(Journal::fold))
    }

    /// What people say of a node.
    pub fn said(&self, id: NodeId) -> Option<&Annotations> {
        self.fold().and_then(|fold| fold.of(id))
    }

    /// What people say, for cards.
    pub fn people(&self) -> Option<People<'_>> {
        let journal = self.journal_view.journal.as_deref()?;
        Some(People { book: journal.book(), fold: self.fold()? })
    }

    /// The day everything is looked at from.
    pub fn as_of(&self) -> AsOf {
        self.journal_view.past.as_ref().map_or(self.view.as_of, |past| past.as_of)
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
        match &self.journal_view.past {
            Some(past) => past.states.as_ref(),
            None => self.journal_view.states.as_deref(),
        }
    }

    pub fn state(&self, id: NodeId) -> State {
        self.states().map_or_else(|| self.judge().state(id, &self.added(id)), |states| states.of(id))
    }

    /// Which way a metric's figures went, once that is worked out.
    pub fn turn(&self, id: NodeId) -> Option<Turn> {
        self.states()?.turn(id)
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
