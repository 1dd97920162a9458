//! Where authors agree, on the screen.

use crate::progress::agreement::Agreement;
use crate::tui::view::Focus;

/// What was found in the scope.
#[derive(Clone, Debug)]
pub struct Agreed {
    /// It, those nodes first on which authors differ.
    pub found: Agreement,
    /// The pane that had the keys before.
    pub focus: Focus,
}
