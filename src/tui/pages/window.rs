//! What several pages keep: the rows in view, and the place to come back to.

use crate::outline::OutlinePlace;
use crate::tui::view::Focus;

/// Where one was before a page, by key, so that it outlives a reload.
#[derive(Clone, Debug)]
pub struct PlaceBefore {
    pub place: OutlinePlace,
    /// The pane that had the keys.
    pub focus: Focus,
}

/// A stretch of rows with one of them selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The selected row.
    pub at: usize,
    /// First row on screen.
    pub top: usize,
}

impl Window {
    /// Selects a row (the last where there are fewer) and keeps it on screen.
    pub fn select(&mut self, at: usize, rows: usize, height: usize) {
        self.at = at.min(rows.saturating_sub(1));
        let height = height.max(1);
        self.top = self.top.clamp((self.at + 1).saturating_sub(height), self.at);
    }
}
