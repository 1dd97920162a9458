//! What a page is to the rest of the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::screen_page::ScreenPage;
use crate::outline::SiblingDirection;
use crate::tui::command::{Call, Motion};
use crate::tui::content::Content;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::theme::Theme;

/// A page, joined from its folder. Each page has a body of its own (`rows`, `draw`) or puts
/// text in the card's pane (`content`).
pub trait OpenPage {
    /// What the commands that every page understands in its own way do on it.
    fn keys(&self) -> &'static PageKeys;

    /// Rows of its list that show at once in an area.
    fn rows(&self, _area: Rect) -> usize {
        0
    }

    /// What it puts in the card's pane.
    fn content(&self, _model: &Model) -> Option<Content> {
        None
    }

    /// Draws its body; returns where the terminal's cursor goes.
    fn draw(&self, _: &Model, _: Theme, _area: Rect, _: &mut Buffer) -> Option<Position> {
        None
    }
}

/// What changed under the open pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageChange {
    /// The journal was read again.
    Journal,
    /// Every node's state is known, or another than before.
    States,
    /// Verdicts follow another rule set.
    Rule,
}

/// What the commands that every page understands in its own way do on one of them. Functions of the model and
/// not methods, since the page is a part of what they change.
#[derive(Clone, Copy)]
pub struct PageKeys {
    /// Moves what is selected; whether the page has rows of its own to move over.
    pub motion: fn(&mut Model, Call, Motion) -> bool,
    /// Takes what is selected.
    pub take: fn(&mut Model) -> Vec<Effect>,
    pub sideways: fn(&mut Model, Call, SiblingDirection) -> Vec<Effect>,
    /// Cancels one thing; `None` where what is to be cancelled does not belong to the page.
    pub cancel: fn(&mut Model) -> Option<Vec<Effect>>,
    pub quit: fn(&mut Model) -> Vec<Effect>,
    /// Scrolls so that what is selected stays on screen when the area of its body shrinks.
    pub keep_in_view: fn(&mut Model, Rect),
    /// Puts back what showed before the page, which is off the stack already.
    pub left: fn(&mut Model, ScreenPage),
    /// Brings the page up to date, wherever it lies in the stack.
    pub follow: fn(&mut Model, PageChange),
    /// The plan was exchanged, so that its nodes have other numbers. Whether the page stays open.
    pub outlives_plan: fn(&mut Model) -> bool,
}

/// The page as the rest of the screen sees it.
pub fn joined(page: &ScreenPage) -> &dyn OpenPage {
    match page {
        ScreenPage::History(page) => page,
        ScreenPage::Export(page) => page,
        ScreenPage::Explain(page) => page,
        ScreenPage::Timeline(page) => page,
        ScreenPage::Matrix(page) => page,
        ScreenPage::Review(page) => page.as_ref(),
        ScreenPage::Agreement(page) => page.as_ref(),
        ScreenPage::Legend(page) => page,
    }
}
