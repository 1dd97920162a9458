//! The legend, on the screen.

use crate::tui::card_window::CardWindow;
use crate::tui::view::Focus;

/// What showed before it.
#[derive(Clone, Debug)]
pub struct Legend {
    /// The pane that had the keys.
    pub focus: Focus,
    /// The card's window.
    pub card: CardWindow,
}
