//! The visible rows: rebuilt whole when a fold, the scope or the plan changes, never patched.

use super::folds::Folds;
use super::sieve::Sieve;
use crate::plan::{NodeId, Tree};

/// Visible nodes in reading order, so that a node's row is found by bisection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(Vec<NodeId>);

impl Rows {
    /// Rows of the scope (the node and what is below it), or of the whole plan, that the sieve keeps. A scope's own node always shows, and
    /// is always open.
    pub fn build(tree: &Tree, folds: &Folds, scope: Option<NodeId>, sieve: Option<&Sieve>) -> Self {
        let mut rows = Vec::new();
        let (mut next, end) = match scope {
            Some(id) => {
                rows.push(id);
                (id.0 + 1, tree.end(id).0)
            }
            None => (0, u32::try_from(tree.count()).unwrap_or(u32::MAX)),
        };
        while next < end {
            let id = NodeId(next);
            let kept = sieve.is_none_or(|sieve| sieve.keeps(id));
            if kept {
                rows.push(id);
            }
            next = if kept && folds.is_open(id) { next + 1 } else { tree.end(id).0 };
        }
        Self(rows)
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The node on a row.
    pub fn get(&self, row: usize) -> Option<NodeId> {
        self.0.get(row).copied()
    }

    /// The row of a node, if it is visible.
    pub fn row_of(&self, id: NodeId) -> Option<usize> {
        self.0.binary_search(&id).ok()
    }

    /// The row of a node, or of its nearest visible ancestor, or the first.
    pub fn row_at_or_above(&self, tree: &Tree, id: NodeId) -> usize {
        std::iter::once(id).chain(tree.ancestors(id)).find_map(|id| self.row_of(id)).unwrap_or(0)
    }

    /// The nodes of some rows, cut to what there is.
    pub fn slice(&self, rows: std::ops::Range<usize>) -> &[NodeId] {
        let end = rows.end.min(self.0.len());
        &self.0[rows.start.min(end)..end]
    }
}
