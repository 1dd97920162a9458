//! The cursor of the card, and its window.

use super::Model;
use crate::page::LineTarget;
use crate::plan::NodeId;
use crate::text::Bilingual;
use crate::tui::card_window::{Anchor, Gone, MOST_LINES, Pointed};
use crate::tui::view::Focus;

impl Model {
    /// The line of the card with its cursor, as laid out last.
    pub fn card_line(&self) -> Option<usize> {
        self.card.on.as_ref()?.line(&self.panes.lines, &self.plan().tree)
    }

    /// What the cursor of the card stands on, as laid out last.
    pub fn pointed(&self) -> Pointed {
        if self.card.on.is_none() {
            return Pointed::Nothing;
        }
        let line = self.card_line().and_then(|line| self.panes.lines.get(line));
        line.and_then(|line| line.target.clone()).map_or(Pointed::Gone, Pointed::At)
    }

    /// The node that the cursor of the card stands on.
    pub fn pointed_node(&self) -> Option<NodeId> {
        match self.pointed() {
            Pointed::At(LineTarget::Node(node)) => Some(node),
            _ => None,
        }
    }

    /// Puts the cursor of the card on what begins on a line, or on nothing.
    pub fn point_at(&mut self, line: Option<usize>) {
        self.card.on = line.and_then(|line| Anchor::at(line, &self.panes.lines, &self.plan().tree));
    }

    /// Scrolls the card by so many lines. Where its end is not laid out yet, the next layout finds it.
    pub fn scroll_card(&mut self, by: isize) {
        let top = self.card.top.saturating_add_signed(by);
        self.card.top = top.min(self.panes.last_card_top().unwrap_or(MOST_LINES));
    }

    /// Says that what was selected is gone, so that a key never acts on something else in its place. The next
    /// key finds nothing selected.
    pub fn refuse_gone(&mut self) {
        if self.journal_view.journal.is_none() {
            self.notice = Some(Bilingual::new(
                "记录正在重新读取，稍后再按一次",
                "the journal is being read: press again in a moment",
            ));
            return;
        }
        self.card.on = None;
        self.notice = Some(Bilingual::new(
            "选中的一项已不在这里，未做任何事；j、k 重新选择",
            "what was selected is no longer here, so nothing was done; j and k choose again",
        ));
    }

    /// What a key on the card acts on. Where it is gone that is said, and the answer is `Err`.
    ///
    /// # Errors
    /// Where what was selected is on the card no longer.
    pub fn pointed_on_card(&mut self) -> Result<Option<LineTarget>, Gone> {
        if self.focus != Focus::Card {
            return Ok(None);
        }
        match self.pointed() {
            Pointed::At(target) => Ok(Some(target)),
            Pointed::Nothing => Ok(None),
            Pointed::Gone => {
                self.refuse_gone();
                Err(Gone)
            }
        }
    }
}
