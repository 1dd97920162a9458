//! Where authors agree, on the screen.

use super::super::view::Focus;
use crate::progress::agreement::Agreement;

/// What was found in the scope.
#[derive(Clone, Debug)]
pub struct Agreed {
    /// It, those nodes first on which authors differ.
    pub found: Agreement,
    /// The pane that had the keys before.
    pub focus: Focus,
}
