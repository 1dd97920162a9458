//! What is the case now, as far as the availability of commands asks.

use super::Model;
use crate::journal::{Author, Journal, Record};
use crate::plan::Role;
use crate::plan::diagnostic::Diagnostic;
use crate::tui::command::{CommandId, Situation};
use crate::tui::compose::Compose;
use crate::tui::pages::review::state::Review;
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::view::{Focus, Freshness};

impl Model {
    /// What is the case now, for the availability of commands.
    pub fn situation(&self) -> Situation {
        let tree = &self.plan().tree;
        let here = self.selected();
        Situation {
            on_node: here.is_some(),
            on_card: self.focus == Focus::Card,
            on_parent: here.is_some_and(|id| self.outline.is_parent(tree, id)),
            is_open: here.is_some_and(|id| self.outline.is_parent(tree, id) && self.outline.is_open(id)),
            has_parent: here.is_some_and(|id| tree.node(id).parent.is_some()),
            has_links: here.is_some_and(|id| !tree.serves(id).is_empty() || !tree.served_by(id).is_empty()),
            is_zoomed: self.outline.scope().is_some(),
            can_go_back: self.jumps.can_go_back(),
            can_go_forward: self.jumps.can_go_forward(),
            has_marks: !self.marks.is_empty(),
            can_cancel: !self.pending.is_empty()
                || !self.layers.is_empty()
                || self.compose.is_some()
                || !self.pages.is_empty()
                || self.find.prompt.is_some()
                || self.find.is_lit()
                || self.find.cell().is_some()
                || self.columns.is_some(),
            is_typing: self.is_prompting(),
            is_composing: self.is_composing(),
            has_fields: self.compose.as_ref().is_some_and(Compose::has_fields),
            on_page: !self.pages.is_empty(),
            is_reviewing: self.reviewing().is_some(),
            has_review_card: self.review().is_some_and(|review| review.card().is_some()),
            can_reveal: self.reviewing().is_some_and(Review::can_reveal),
            on_difference: self.difference_here().is_some(),
            can_say: self.here().is_some() && self.journal_view.past.is_none(),
            can_judge: self.here().is_some()
                && self.journal_view.past.is_none()
                && here.is_none_or(|id| tree.node(id).role != Role::Group),
            on_metric: here.is_some_and(|id| tree.node(id).metric.is_some()),
            on_orphan: self.selected_orphan().is_some(),
            has_own: self
                .said_here()
                .is_some_and(|said| said.notes().next().is_some() || said.values().next().is_some()),
            can_undo: self.own_step(Journal::undo_target),
            can_redo: self.own_step(Journal::redo_target),
            has_records: self
                .journal_view
                .journal
                .as_deref()
                .is_some_and(|journal| !journal.fold().homes().is_empty()),
            has_orphans: self.outline.tail() > 0,
            has_search: self.find.search.is_some(),
            is_lit: self.find.is_lit(),
            is_filtered: self.find.standing.is_some(),
            has_lenses: !self.find.lenses.is_empty(),
            has_languages: self.plan().languages.len() > 1,
            has_problems: self.has_problems(),
            has_columns: self.columns.is_some(),
            has_matrix: self.plan().matrix.is_some(),
            on_matrix: matches!(self.pages.last(), Some(ScreenPage::Matrix(_))),
            on_grid: matches!(self.pages.last(), Some(ScreenPage::Matrix(_) | ScreenPage::Timeline(_))),
            can_suspend: cfg!(unix),
        }
    }

    /// Whether a command can run now.
    pub fn is_available(&self, id: CommandId) -> bool {
        (self.keymap.spec(id).when)(&self.situation())
    }

    /// Whether one has a step of that kind.
    fn own_step(&self, find: impl for<'j> Fn(&'j Journal, &Author) -> Option<&'j Record>) -> bool {
        let (Some(journal), Ok(author)) = (self.journal_view.journal.as_deref(), &self.journal_view.author)
        else {
            return false;
        };
        find(journal, author).is_some()
    }

    /// The problems on screen: those of the files as they are now, else of the plan as it was read.
    pub fn problems(&self) -> &[Diagnostic] {
        match &self.freshness {
            Freshness::Stale(diagnostics) => diagnostics,
            _ => &self.loaded.diagnostics,
        }
    }

    /// Whether the files of the plan or the journal have problems to list.
    pub fn has_problems(&self) -> bool {
        !self.problems().is_empty()
            || self.journal_view.journal.as_ref().is_some_and(|journal| journal.has_problems())
    }
}
