//! The review session that is open, what it hides, and the disagreement under the cursor.

use super::Model;
use crate::journal::Step;
use crate::journal::event::Blindness;
use crate::progress::agreement::Disagreement;
use crate::review::VerdictVisibility;
use crate::tui::command::CommandId;
use crate::tui::pages::review::state::{Face, Review};
use crate::tui::pages::screen_page::ScreenPage;

impl Model {
    /// The session on top of everything but lists and lines.
    pub fn review(&self) -> Option<&Review> {
        match self.pages.last() {
            Some(ScreenPage::Review(review)) if self.find.prompt.is_none() => Some(review),
            _ => None,
        }
    }

    /// The same, while a card shows.
    pub fn reviewing(&self) -> Option<&Review> {
        self.review().filter(|review| review.face == Face::Card)
    }

    /// A step as one of the session that is open, whatever page lies over it.
    #[must_use]
    pub fn in_session(&self, step: Step) -> Step {
        let open = self.pages.iter().find_map(|page| match page {
            ScreenPage::Review(review) if !review.is_over() => Some(review),
            _ => None,
        });
        match open {
            Some(review) if step.session.is_none() => review.session.own(step),
            _ => step,
        }
    }

    /// Whether verdicts are hidden now: by the card at hand, or while a plan that changed is read, by the
    /// card that comes again.
    pub fn is_veiled(&self) -> bool {
        let Some(review) = self.review() else { return false };
        match review.face {
            Face::Card => {
                review.card().is_some_and(|node| review.session.veil(node) == VerdictVisibility::Drawn)
            }
            Face::Reading(None) => review.session.head().blind == Blindness::Blind,
            Face::Reading(Some(_)) | Face::Minutes(_) => false,
        }
    }

    /// What a blind reviewer must not see shows in the outline, the history, the agreement, and beside the
    /// verdicts to choose from.
    pub fn is_shielded(&self, id: CommandId) -> bool {
        let tells = matches!(
            id,
            CommandId::Search
                | CommandId::Pick
                | CommandId::History
                | CommandId::Agreement
                | CommandId::Verdict
                | CommandId::Explain
                | CommandId::Columns
                | CommandId::Timeline
                | CommandId::Matrix
                | CommandId::Tree
                | CommandId::CopyText
                | CommandId::CopyMarkdown
                | CommandId::Export
        );
        tells && self.is_veiled()
    }

    /// The disagreement under the cursor. Those come first on the page, so a node's later lines are about
    /// something else.
    pub fn difference_here(&self) -> Option<&Disagreement> {
        let Some(ScreenPage::Agreement(agreed)) = self.pages.last() else { return None };
        let node = self.card.on.as_ref()?.first_of_node(&self.plan().tree)?;
        agreed.found.differing.iter().find(|one| one.node == node)
    }
}
