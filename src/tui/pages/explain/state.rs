//! A verdict that is explained.

use crate::plan::NodeId;
use crate::tui::card_window::CardWindow;
use crate::tui::view::Focus;

/// A verdict that is explained.
#[derive(Clone, Debug)]
pub struct Explain {
    pub node: NodeId,
    /// The card's window before.
    pub card: CardWindow,
    /// The pane that had the keys before.
    pub focus: Focus,
}
