//! Rows below those of the plan, known by names alone.

use std::sync::Arc;

use super::Outline;
use crate::plan::Tree;

impl Outline {
    /// The rows below those of the plan (for what people said of nodes that have left it), by names that
    /// differ. None show in a scope or under a sieve. The cursor stays on its name; where that is gone, on
    /// the row that stands in its place.
    pub fn set_tail(&mut self, names: Vec<Arc<str>>) {
        let own = self.selected_name().cloned().or(self.awaited.take());
        self.tail = names;
        let at = own.and_then(|own| self.tail.iter().position(|name| *name == own));
        let row = at.filter(|_| self.tail_rows() > 0).map(|at| self.rows.count() + at);
        self.cursor.to(row.unwrap_or(self.cursor.row), self.last_row_end());
    }

    /// How many rows stand below those of the plan, whether they show or not.
    pub fn tail(&self) -> usize {
        self.tail.len()
    }

    /// The name of the row below those of the plan that is under the cursor.
    pub fn selected_name(&self) -> Option<&Arc<str>> {
        self.tail.get(self.selected_in_tail()?)
    }

    /// Which of the rows below those of the plan is under the cursor.
    pub fn selected_in_tail(&self) -> Option<usize> {
        self.cursor.row.checked_sub(self.rows.count()).filter(|at| *at < self.tail_rows())
    }

    /// Puts the cursor on a row below those of the plan, with the whole plan showing.
    pub fn go_to_tail(&mut self, tree: &Tree, at: usize) {
        if self.scope.is_some() || self.sifted.is_some() {
            (self.scope, self.sifted) = (None, None);
            self.rebuild(tree, None);
        }
        self.cursor.to(self.rows.count() + at.min(self.tail.len().saturating_sub(1)), self.last_row_end());
    }

    /// Rows below those of the plan that show.
    pub fn tail_rows(&self) -> usize {
        if self.scope.is_none() && self.sifted.is_none() { self.tail.len() } else { 0 }
    }
}
