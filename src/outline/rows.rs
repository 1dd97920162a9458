//! The visible rows: rebuilt whole when a fold, the scope or the plan changes, never patched.

use std::collections::BTreeMap;

use super::folds::Folds;
use super::order::SiblingOrder;
use super::sieve::Sieve;
use crate::plan::{NodeId, Tree};

/// Visible nodes from the top, so that a node's row is found by bisection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    nodes: Vec<NodeId>,
    /// Rows by their nodes' ids; empty where the rows stand in reading order.
    by_id: Vec<u32>,
}

impl Rows {
    /// Rows of the scope (the node and what is below it), or of the whole plan, that the sieve keeps. A
    /// scope's own node always shows, and is always open.
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
        Self { nodes: rows, by_id: Vec::new() }
    }

    /// The same rows with siblings in another order.
    #[must_use]
    pub fn ordered(self, tree: &Tree, order: &SiblingOrder) -> Self {
        // Each row's children stand behind it, in reading order: grouped by parent, sorted, and walked from
        // the top.
        let mut below: BTreeMap<Option<NodeId>, Vec<NodeId>> = BTreeMap::new();
        let Some(first) = self.nodes.first().copied() else { return self };
        // A scope's own node is the only row without a parent among the rows.
        let top = tree.node(first).parent;
        for id in &self.nodes {
            let parent = if *id == first { top } else { tree.node(*id).parent };
            below.entry(parent).or_default().push(*id);
        }
        for siblings in below.values_mut() {
            order.sort(siblings);
        }
        let mut nodes = Vec::with_capacity(self.nodes.len());
        let mut stack: Vec<NodeId> = below.remove(&top).unwrap_or_default();
        stack.reverse();
        while let Some(id) = stack.pop() {
            nodes.push(id);
            stack.extend(below.remove(&Some(id)).unwrap_or_default().into_iter().rev());
        }
        let mut by_id: Vec<u32> = (0..u32::try_from(nodes.len()).unwrap_or(u32::MAX)).collect();
        by_id.sort_unstable_by_key(|row| nodes[*row as usize]);
        Self { nodes, by_id }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    pub fn get(&self, row: usize) -> Option<NodeId> {
        self.nodes.get(row).copied()
    }

    /// The row of a node, if it is visible.
    pub fn row_of(&self, id: NodeId) -> Option<usize> {
        if self.by_id.is_empty() {
            return self.nodes.binary_search(&id).ok();
        }
        let at = self.by_id.binary_search_by_key(&id, |row| self.nodes[*row as usize]).ok()?;
        usize::try_from(self.by_id[at]).ok()
    }

    /// The row of a node, or of its nearest visible ancestor, or the first.
    pub fn row_at_or_above(&self, tree: &Tree, id: NodeId) -> usize {
        std::iter::once(id).chain(tree.ancestors(id)).find_map(|id| self.row_of(id)).unwrap_or(0)
    }

    /// The nodes of some rows, cut to what there is.
    pub fn slice(&self, rows: std::ops::Range<usize>) -> &[NodeId] {
        let end = rows.end.min(self.nodes.len());
        &self.nodes[rows.start.min(end)..end]
    }
}
