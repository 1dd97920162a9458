//! An outline of which only part shows: what a search found, or what a filter lets through.

use std::sync::Arc;

use super::Outline;
use super::folds::Folds;
use super::sieve::Sieve;
use crate::plan::{Key, NodeId, Tree};

/// Only part of the nodes show. The folds among them are their own, so that those of the whole are there
/// again afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sifted {
    pub(super) sieve: Arc<Sieve>,
    pub(super) folds: Folds,
    /// Where the cursor was before: it goes back there if the sieve leaves nothing.
    before: Option<NodeId>,
}

/// A sieve and the folds under it, in terms that outlive a load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiftedPlace {
    pub matched: Vec<Key>,
    pub closed: Vec<Key>,
}

impl Sifted {
    pub(super) fn restore(tree: &Tree, place: &SiftedPlace) -> Self {
        let find = |keys: &[Key]| keys.iter().filter_map(|key| tree.find(key.as_str())).collect::<Vec<_>>();
        let mut folds = Folds::opened(tree.count());
        for id in find(&place.closed) {
            folds.close(id);
        }
        Self { sieve: Arc::new(Sieve::new(tree, find(&place.matched))), folds, before: None }
    }

    pub(super) fn place(&self, tree: &Tree) -> SiftedPlace {
        let key = |id: NodeId| tree.node(id).key.clone();
        let closed = tree.ids().filter(|id| tree.is_parent(*id) && !self.folds.is_open(*id));
        SiftedPlace {
            matched: self.sieve.matched().iter().copied().map(key).collect(),
            closed: closed.map(key).collect(),
        }
    }
}

impl Outline {
    /// Shows only what a sieve keeps, all of it unfolded. The cursor stays on its node, or on the nearest
    /// ancestor that shows.
    pub fn sift(&mut self, tree: &Tree, sieve: Arc<Sieve>) {
        let here = self.selected();
        let before = here.or(self.sifted.as_ref().and_then(|sifted| sifted.before));
        self.sifted = Some(Sifted { sieve, folds: Folds::opened(tree.count()), before });
        self.rebuild(tree, here);
    }

    /// Shows everything again, folded as it was before but for what hides the node under the cursor.
    pub fn unsift(&mut self, tree: &Tree) {
        let Some(sifted) = self.sifted.take() else { return };
        let here = self.rows.get(self.cursor.row).or(sifted.before);
        if let Some(here) = here {
            self.reveal(tree, here);
        }
        self.rebuild(tree, here);
    }

    /// What holds part of the nodes back, if anything does.
    pub fn sieve(&self) -> Option<&Arc<Sieve>> {
        self.sifted.as_ref().map(|sifted| &sifted.sieve)
    }

    /// Whether a node can show: nothing holds it back.
    pub fn admits(&self, id: NodeId) -> bool {
        self.sieve().is_none_or(|sieve| sieve.keeps(id))
    }

    /// Whether something below a node can show.
    pub fn is_parent(&self, tree: &Tree, id: NodeId) -> bool {
        tree.is_parent(id) && self.sieve().is_none_or(|sieve| !sieve.below(tree, id).is_empty())
    }
}
