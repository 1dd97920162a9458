//! An order of siblings other than the plan's own.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Outline, OutlineAction};
use crate::plan::{NodeId, Tree};

/// A place for every node among all; siblings stand by it. The plan itself stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiblingOrder {
    rank: Vec<u32>,
}

impl SiblingOrder {
    /// The order that a comparison makes of a tree's nodes; those it takes for equal stand in reading order.
    pub fn new(tree: &Tree, compare: impl Fn(NodeId, NodeId) -> Ordering) -> Self {
        let mut ids: Vec<NodeId> = tree.ids().collect();
        ids.sort_by(|one, other| compare(*one, *other));
        let mut rank = vec![0; ids.len()];
        for (place, id) in (0u32..).zip(ids) {
            rank[id.index()] = place;
        }
        Self { rank }
    }

    /// The place of a node.
    pub fn rank(&self, id: NodeId) -> u32 {
        self.rank.get(id.index()).copied().unwrap_or(u32::MAX)
    }

    /// Sorts nodes by their places.
    pub fn sort(&self, ids: &mut [NodeId]) {
        ids.sort_by_key(|id| self.rank(*id));
    }
}

impl Outline {
    /// How siblings stand, where not as in the plan.
    pub fn order(&self) -> Option<&Arc<SiblingOrder>> {
        self.order.as_ref()
    }

    /// Lets siblings stand in another order, or in the plan's. The cursor stays on its node.
    pub fn set_order(&mut self, tree: &Tree, order: Option<Arc<SiblingOrder>>) {
        let tail = self.selected_in_tail();
        self.order = order;
        self.rebuild(tree, self.selected());
        if let Some(at) = tail {
            self.cursor.to(self.rows.count() + at, self.last_row_end());
        }
    }

    pub(super) fn move_in_tree(&mut self, tree: &Tree, action: OutlineAction) {
        let Some(here) = self.selected() else { return };
        let target = match action {
            OutlineAction::Parent(n) => {
                tree.ancestors(here).take_while(|up| self.in_scope(tree, *up)).take(n).last()
            }
            OutlineAction::NextSibling(n) => {
                let after = self.siblings_of(tree, here).into_iter().skip_while(|id| *id != here);
                after.skip(1).take(n).last()
            }
            OutlineAction::PreviousSibling(n) => {
                let siblings = self.siblings_of(tree, here).into_iter();
                let before: Vec<NodeId> = siblings.take_while(|id| *id != here).collect();
                before.len().checked_sub(n).or((!before.is_empty()).then_some(0)).map(|index| before[index])
            }
            _ => None,
        };
        if let Some(row) = target.and_then(|id| self.rows.row_of(id)) {
            self.cursor.to(row, self.last_row_end());
        }
    }

    fn siblings_of(&self, tree: &Tree, id: NodeId) -> Vec<NodeId> {
        let alone = self.scope == Some(id);
        let shows = |sibling: &NodeId| (!alone || *sibling == id) && self.admits(*sibling);
        let mut siblings: Vec<NodeId> = tree.below(tree.node(id).parent).filter(shows).collect();
        if let Some(order) = &self.order {
            order.sort(&mut siblings);
        }
        siblings
    }
}
