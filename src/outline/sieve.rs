//! Which nodes a search or filter leaves standing: those that match, and their ancestors, so that every match
//! stands in its tree.

use crate::plan::{NodeId, Tree};

/// The nodes that match, and a bit for each that shows because of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sieve {
    matched: Vec<NodeId>,
    kept: Vec<u64>,
}

impl Sieve {
    /// The sieve of some matches, in whatever order; ids the tree does not have are dropped.
    pub fn new(tree: &Tree, mut matched: Vec<NodeId>) -> Self {
        matched.retain(|id| id.index() < tree.count());
        if !matched.is_sorted_by(|one, next| one < next) {
            matched.sort_unstable();
            matched.dedup();
        }
        let mut kept = vec![0u64; tree.count().div_ceil(64)];
        for id in &matched {
            for id in std::iter::once(*id).chain(tree.ancestors(*id)) {
                let (word, bit) = (id.index() / 64, 1 << (id.index() % 64));
                // What is above a kept node is kept already.
                if kept[word] & bit != 0 {
                    break;
                }
                kept[word] |= bit;
            }
        }
        Self { matched, kept }
    }

    /// The matches, in reading order.
    pub fn matched(&self) -> &[NodeId] {
        &self.matched
    }

    pub fn matches(&self, id: NodeId) -> bool {
        self.matched.binary_search(&id).is_ok()
    }

    /// Whether a node shows: it matches, or something below it does.
    pub fn keeps(&self, id: NodeId) -> bool {
        self.kept.get(id.index() / 64).is_some_and(|word| word & (1 << (id.index() % 64)) != 0)
    }

    /// The matches of a branch, its own node included; of the whole plan without one.
    pub fn within(&self, tree: &Tree, branch: Option<NodeId>) -> &[NodeId] {
        let Some(top) = branch else { return &self.matched };
        self.between(top, tree.node(top).subtree_end)
    }

    /// The matches below a node.
    pub fn below(&self, tree: &Tree, id: NodeId) -> &[NodeId] {
        self.between(NodeId(id.0 + 1), tree.node(id).subtree_end)
    }

    fn between(&self, from: NodeId, to: NodeId) -> &[NodeId] {
        let place = |bound: NodeId| self.matched.partition_point(|id| *id < bound);
        &self.matched[place(from)..place(to)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_come_in_reading_order_once_and_only_if_they_exist() {
        let sieve = Sieve::new(&Tree::default(), vec![NodeId(3), NodeId(1)]);
        assert_eq!(sieve, Sieve::default());
        assert!(!sieve.keeps(NodeId(70)));
    }
}
