//! The nodes in reading order: one flat pre-order list, in which a subtree is a slice and a fold is one jump.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

use super::key::NodeId;
use super::metric::Basis;
use super::node::{Link, Node, Role};

/// All nodes of a plan. Made by [`Tree::new`] from nodes that are in pre-order already.
#[derive(Clone, Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    /// The end of each node's subtree once more: who jumps over many nodes reads these alone.
    ends: Vec<NodeId>,
    by_name: HashTable<(NodeId, u16)>,
    hasher: RandomState,
    served_by: Vec<Link>,
    served_from: Vec<u32>,
    /// Nodes that name what they serve.
    serving: Holders,
    /// Of each node, how many groups are above it; empty where the plan has none.
    groups_above: Vec<u32>,
}

/// The nodes that hold something of one kind, to be found from any node below them without a step for each
/// level between: a plan may be a chain as deep as it is long.
#[derive(Clone, Debug)]
pub struct Holders {
    /// Of each node, the nearest holder at or above it.
    nearest: Vec<Option<NodeId>>,
}

impl Holders {
    /// Those among nodes in pre-order.
    pub fn new(nodes: &[Node], holds: impl Fn(&Node) -> bool) -> Self {
        let mut nearest: Vec<Option<NodeId>> = Vec::with_capacity(nodes.len());
        for (index, node) in (0u32..).zip(nodes) {
            // A parent stands before its children.
            let above = || node.parent.and_then(|up| nearest.get(up.index()).copied().flatten());
            nearest.push(if holds(node) { Some(NodeId(index)) } else { above() });
        }
        Self { nearest }
    }

    /// The node where it is one, then those above it, the nearest first.
    pub fn at_or_above<'a>(&'a self, nodes: &'a [Node], id: NodeId) -> impl Iterator<Item = NodeId> + 'a {
        let above = |id: &NodeId| nodes[id.index()].parent.and_then(|up| self.nearest[up.index()]);
        std::iter::successors(self.nearest[id.index()], above)
    }
}

impl Default for Tree {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

/// How many groups are above each of nodes in pre-order; empty where there are no groups.
fn groups_above(nodes: &[Node]) -> Vec<u32> {
    let is_group = |node: &Node| node.role == Role::Group;
    if !nodes.iter().any(is_group) {
        return Vec::new();
    }
    let mut above: Vec<u32> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let of = |up: NodeId| above[up.index()] + u32::from(is_group(&nodes[up.index()]));
        above.push(node.parent.map_or(0, of));
    }
    above
}

/// The text of a name: 0 is the key, n the n-th alias.
fn name_of(nodes: &[Node], (id, which): (NodeId, u16)) -> &str {
    let node = &nodes[id.index()];
    match usize::from(which) {
        0 => node.key.as_str(),
        n => node.aliases().get(n - 1).map_or("", |key| key.as_str()),
    }
}

impl Tree {
    /// Takes nodes in pre-order whose `parent`, `depth`, `subtree_end` and links are right; where two claim
    /// one name the first keeps it.
    pub fn new(nodes: Vec<Node>) -> Self {
        let hasher = RandomState::new();
        let mut by_name = HashTable::with_capacity(nodes.len());
        for (index, node) in (0u32..).zip(&nodes) {
            let names = 1 + u16::try_from(node.aliases().len()).unwrap_or(u16::MAX - 1);
            for which in 0..names {
                let entry = (NodeId(index), which);
                let hash = hasher.hash_one(name_of(&nodes, entry));
                let taken =
                    by_name.find(hash, |other| name_of(&nodes, *other) == name_of(&nodes, entry)).is_some();
                if !taken {
                    by_name.insert_unique(hash, entry, |other| hasher.hash_one(name_of(&nodes, *other)));
                }
            }
        }
        let (served_by, served_from) = turn_round(&nodes);
        let ends = nodes.iter().map(|node| node.subtree_end).collect();
        let serving = Holders::new(&nodes, |node| !node.serves.is_empty());
        let groups_above = groups_above(&nodes);
        Self { nodes, ends, by_name, hasher, served_by, served_from, serving, groups_above }
    }

    /// Steps from the top as the plan counts its levels: a group is no level, and adds none to what is in it.
    pub fn level_depth(&self, id: NodeId) -> u32 {
        self.node(id).depth - self.groups_above.get(id.index()).copied().unwrap_or(0)
    }

    /// Whether what is below a node shows where so many levels above the last one stand open: a group shows
    /// what is in it as soon as it shows itself.
    pub fn shows_children(&self, id: NodeId, levels: u32) -> bool {
        let needed = self.level_depth(id) + u32::from(self.node(id).role != Role::Group);
        needed <= levels && self.is_parent(id)
    }

    /// Every node, in reading order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How many nodes there are.
    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    /// One node. The id must be of this tree.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The node behind the last one below a node.
    pub fn end(&self, id: NodeId) -> NodeId {
        self.ends[id.index()]
    }

    /// Every id, in reading order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// The node that has an id now or had it earlier.
    pub fn find(&self, name: &str) -> Option<NodeId> {
        let hash = self.hasher.hash_one(name);
        self.by_name.find(hash, |entry| name_of(&self.nodes, *entry) == name).map(|entry| entry.0)
    }

    /// Nodes without a parent, in order.
    pub fn roots(&self) -> Siblings<'_> {
        Siblings {
            tree: self,
            next: NodeId(0),
            end: NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)),
        }
    }

    /// Children, in order.
    pub fn children(&self, id: NodeId) -> Siblings<'_> {
        Siblings { tree: self, next: NodeId(id.0 + 1), end: self.end(id) }
    }

    /// Children of a node, or the roots.
    pub fn below(&self, parent: Option<NodeId>) -> Siblings<'_> {
        parent.map_or_else(|| self.roots(), |id| self.children(id))
    }

    /// Whether it has children.
    pub fn is_parent(&self, id: NodeId) -> bool {
        self.end(id).0 > id.0 + 1
    }

    /// The node and everything below it, as ids in reading order.
    pub fn subtree(&self, id: NodeId) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (id.0..self.end(id).0).map(NodeId)
    }

    /// Whether `inner` is `outer` or below it.
    pub fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        outer <= inner && inner < self.end(outer)
    }

    /// What is below a node, or at the top, with what is in a group in the group's place.
    pub fn next_level(&self, parent: Option<NodeId>) -> Vec<NodeId> {
        let mut found = Vec::new();
        let mut open: Vec<NodeId> = self.below(parent).collect();
        open.reverse();
        while let Some(id) = open.pop() {
            if self.node(id).role == Role::Group {
                let from = open.len();
                open.extend(self.children(id));
                open[from..].reverse();
            } else {
                found.push(id);
            }
        }
        found
    }

    /// The parent, its parent, and so on up to a root.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).parent, |up| self.node(*up).parent)
    }

    /// Ids of the ancestors and the node itself, from the root down.
    pub fn path(&self, id: NodeId) -> Vec<NodeId> {
        let mut path: Vec<NodeId> = std::iter::once(id).chain(self.ancestors(id)).collect();
        path.reverse();
        path
    }

    /// Nodes that name this one in their `serves`, in reading order, with the link's basis.
    pub fn served_by(&self, id: NodeId) -> &[Link] {
        let from = self.served_from[id.index()] as usize;
        let to = self.served_from[id.index() + 1] as usize;
        &self.served_by[from..to]
    }

    /// What a node serves: what it or an ancestor names, each once, the nearest naming first, with how that
    /// is known.
    pub fn serves(&self, id: NodeId) -> Vec<(NodeId, Basis)> {
        let mut out: Vec<(NodeId, Basis)> = Vec::new();
        for holder in self.serving.at_or_above(&self.nodes, id) {
            for link in &self.node(holder).serves {
                if !out.iter().any(|(to, _)| *to == link.to) {
                    out.push((link.to, link.basis));
                }
            }
        }
        out
    }
}

/// The `serves` links seen from their other end, as one list with offsets.
fn turn_round(nodes: &[Node]) -> (Vec<Link>, Vec<u32>) {
    let mut from = vec![0u32; nodes.len() + 1];
    for link in nodes.iter().flat_map(|node| &node.serves) {
        from[link.to.index() + 1] += 1;
    }
    for index in 1..from.len() {
        from[index] += from[index - 1];
    }
    let mut next = from.clone();
    let total = from.last().map_or(0, |total| *total as usize);
    let mut links = vec![Link { to: NodeId(0), basis: Basis::Stated }; total];
    for (index, node) in (0u32..).zip(nodes) {
        for link in &node.serves {
            let slot = &mut next[link.to.index()];
            links[*slot as usize] = Link { to: NodeId(index), basis: link.basis };
            *slot += 1;
        }
    }
    (links, from)
}

/// Nodes of one parent, in order, a jump at a time.
#[derive(Clone, Debug)]
pub struct Siblings<'a> {
    tree: &'a Tree,
    next: NodeId,
    end: NodeId,
}

impl Iterator for Siblings<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.next >= self.end {
            return None;
        }
        let this = self.next;
        self.next = self.tree.end(this);
        Some(this)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::node::TableOrigin;
    use crate::plan::{Key, LevelId, Role};
    use crate::text::Text;

    fn node(key: &str, parent: Option<u32>, end: u32) -> Node {
        Node {
            key: Key::new(key).unwrap(),
            level: LevelId(0),
            role: Role::Goal,
            depth: 0,
            parent: parent.map(NodeId),
            parent_basis: Basis::Stated,
            subtree_end: NodeId(end),
            title: Text::default(),
            summary: None,
            serves: Box::default(),
            tags: Box::default(),
            evidence: Box::default(),
            metric: None,
            more: None,
            origin: TableOrigin { file: 0, byte: 0 },
        }
    }

    #[test]
    fn holders_above_a_node_are_found_the_nearest_first() {
        // A chain of five beside a root of its own.
        let chain = (0..5u32).map(|id| node(&format!("n{id}"), id.checked_sub(1), 5));
        let nodes: Vec<Node> = chain.chain([node("other", None, 6)]).collect();
        let holders = Holders::new(&nodes, |node| ["n0", "n3"].contains(&node.key.as_str()));
        let found = |id: u32| -> Vec<u32> {
            holders.at_or_above(&nodes, NodeId(id)).map(|NodeId(holder)| holder).collect()
        };
        assert_eq!([0, 2, 3, 4, 5].map(found), [vec![0], vec![0], vec![3, 0], vec![3, 0], vec![]]);
    }
}
