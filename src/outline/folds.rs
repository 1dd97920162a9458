//! Which nodes stand open. A set of bits over the nodes of one load; kept across loads by key.

use crate::plan::{Key, NodeId, Tree};

/// The open nodes. A node that is not open hides everything below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    open: Vec<u64>,
}

impl Folds {
    /// Everything closed, for a tree of so many nodes.
    pub fn closed(nodes: usize) -> Self {
        Self { open: vec![0; nodes.div_ceil(64)] }
    }

    /// Everything open, for a tree of so many nodes.
    pub fn opened(nodes: usize) -> Self {
        Self { open: vec![u64::MAX; nodes.div_ceil(64)] }
    }

    /// Every parent of less than `depth` levels from the top open, and the groups right below them; the rest
    /// closed.
    pub fn to_depth(tree: &Tree, depth: u32) -> Self {
        let mut folds = Self::closed(tree.count());
        for id in tree.ids() {
            if tree.shows_children(id, depth) {
                folds.open(id);
            }
        }
        folds
    }

    /// Whether a node stands open.
    pub fn is_open(&self, id: NodeId) -> bool {
        self.open.get(id.index() / 64).is_some_and(|word| word & (1 << (id.index() % 64)) != 0)
    }

    pub fn open(&mut self, id: NodeId) {
        if let Some(word) = self.open.get_mut(id.index() / 64) {
            *word |= 1 << (id.index() % 64);
        }
    }

    /// Closes a node; what was open below it stays so, and shows again when it opens.
    pub fn close(&mut self, id: NodeId) {
        if let Some(word) = self.open.get_mut(id.index() / 64) {
            *word &= !(1 << (id.index() % 64));
        }
    }

    /// Opens or closes a node.
    pub fn toggle(&mut self, id: NodeId) {
        if self.is_open(id) { self.close(id) } else { self.open(id) }
    }

    /// The keys of open nodes, in reading order, to be kept until the next load.
    pub fn keys(&self, tree: &Tree) -> Vec<Key> {
        tree.ids().filter(|id| self.is_open(*id)).map(|id| tree.node(id).key.clone()).collect()
    }

    /// The same nodes open in another load; keys that are gone are dropped, aliases count.
    pub fn from_keys<'k>(tree: &Tree, keys: impl IntoIterator<Item = &'k str>) -> Self {
        let mut folds = Self::closed(tree.count());
        for id in keys.into_iter().filter_map(|key| tree.find(key)) {
            folds.open(id);
        }
        folds
    }
}
