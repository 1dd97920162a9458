//! The legend, on the screen.

use super::super::card_window::CardWindow;
use super::super::view::Focus;

/// What showed before it.
#[derive(Clone, Debug)]
pub struct Legend {
    /// The pane that had the keys.
    pub focus: Focus,
    /// The card's window.
    pub card: CardWindow,
}
