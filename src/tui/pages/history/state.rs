//! The records of the scope.

use crate::journal::record::RecordId;
use crate::tui::pages::window::{PlaceBefore, Window};

/// The records of the scope.
#[derive(Clone, Debug)]
pub struct History {
    /// Their ids, newest first: their places in the journal change when its files do.
    pub records: Vec<RecordId>,
    pub window: Window,
    pub left: PlaceBefore,
}
