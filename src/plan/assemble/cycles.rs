//! Who is whose parent: names to nodes, circles cut open, and the reading order. No step recurses, so a chain
//! of a million parents costs memory but no stack.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::{AssemblyContext, Extent, near, unknown};
use crate::plan::diagnostic::trouble::{self, NamedKind};
use crate::plan::key::{Key, NodeId};
use crate::plan::unresolved::RawNode;

/// Which node has a name, as its id (0) or its n-th alias.
pub(super) struct NameIndex {
    table: HashTable<(u32, u16)>,
    hasher: DefaultHashBuilder,
    /// Nodes whose id an earlier one has.
    doubles: Vec<bool>,
}

fn name_of(nodes: &[Box<RawNode>], (raw, which): (u32, u16)) -> &str {
    let node = &nodes[raw as usize].node;
    match usize::from(which) {
        0 => node.key.as_str(),
        n => node.aliases().get(n - 1).map_or("", Key::as_str),
    }
}

impl NameIndex {
    pub fn find(&self, nodes: &[Box<RawNode>], name: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(name);
        self.table.find(hash, |entry| name_of(nodes, *entry) == name).map(|(raw, _)| *raw)
    }

    /// Enters a name; answers the node that has it already.
    fn enter(&mut self, nodes: &[Box<RawNode>], entry: (u32, u16)) -> Option<u32> {
        let name = name_of(nodes, entry);
        if let Some(first) = self.find(nodes, name) {
            return Some(first);
        }
        let hash = self.hasher.hash_one(name);
        let hasher = &self.hasher;
        self.table.insert_unique(hash, entry, |entry| hasher.hash_one(name_of(nodes, *entry)));
        None
    }

    /// The name that may have been meant.
    pub fn near<'n>(&self, nodes: &'n [Box<RawNode>], name: &str) -> Option<&'n str> {
        near(name, self.table.len(), self.table.iter().map(|entry| name_of(nodes, *entry)))
    }
}

/// Names of all nodes: ids first, then aliases; of two that claim one name the first keeps it, and an alias
/// that is taken is dropped.
pub(super) fn index(ground: &mut AssemblyContext<'_>, nodes: &mut [Box<RawNode>]) -> NameIndex {
    let mut index = NameIndex {
        table: HashTable::with_capacity(nodes.len()),
        hasher: DefaultHashBuilder::default(),
        doubles: vec![false; nodes.len()],
    };
    for (raw, which) in (0u32..).zip(0..nodes.len()) {
        if let Some(first) = index.enter(nodes, (raw, 0)) {
            index.doubles[which] = true;
            report_double(ground, nodes, nodes[which].node.key.as_str(), nodes[which].id_at, (raw, first));
        }
    }
    let mut dropped: Vec<(usize, usize)> = Vec::new();
    for (raw, at) in (0u32..).zip(0..nodes.len()) {
        let count = if index.doubles[at] { 0 } else { nodes[at].node.aliases().len() };
        for (alias, which) in (0..count).zip(1u16..) {
            if let Some(first) = index.enter(nodes, (raw, which)) {
                dropped.push((at, alias));
                report_double(
                    ground,
                    nodes,
                    name_of(nodes, (raw, which)),
                    nodes[at].refs.as_ref().map_or(nodes[at].id_at, |refs| refs.aliases_at),
                    (raw, first),
                );
            }
        }
    }
    drop_aliases(nodes, &mut index, &dropped);
    index
}

fn report_double(
    ground: &mut AssemblyContext<'_>,
    nodes: &[Box<RawNode>],
    name: &str,
    at: super::ByteSpan,
    (raw, first): (u32, u32),
) {
    let file = nodes[raw as usize].node.origin.file;
    let first = ground.name(nodes[first as usize].node.origin.file).to_owned();
    ground.report(file, at, || trouble::duplicate(name, Some(&first)));
}

/// Takes aliases out of their nodes; entries of the index that come after one in its node move up with it.
fn drop_aliases(nodes: &mut [Box<RawNode>], index: &mut NameIndex, dropped: &[(usize, usize)]) {
    for (node, alias) in dropped.iter().rev() {
        let Some(more) = nodes[*node].node.more.as_mut() else { continue };
        let mut aliases = std::mem::take(&mut more.aliases).into_vec();
        aliases.remove(*alias);
        more.aliases = aliases.into();
        for (raw, which) in index.table.iter_mut() {
            if *raw as usize == *node && usize::from(*which) > *alias + 1 {
                *which -= 1;
            }
        }
    }
}

/// The parent of each node by number.
pub(super) struct Parents {
    of: Vec<Option<u32>>,
    /// Not in the tree: a double, or (before all is read) a node whose parent has not come yet.
    left_out: Vec<bool>,
}

/// Finds each node's parent; one that is unknown leaves its child a root.
pub(super) fn parents(
    ground: &mut AssemblyContext<'_>,
    nodes: &[Box<RawNode>],
    index: &NameIndex,
) -> Parents {
    let mut parents = Parents { of: vec![None; nodes.len()], left_out: index.doubles.clone() };
    for (at, raw) in nodes.iter().enumerate() {
        let Some((name, span)) = raw.parent.as_ref().filter(|_| !index.doubles[at]) else { continue };
        parents.of[at] = index.find(nodes, name);
        if parents.of[at].is_some() {
            continue;
        }
        if ground.extent == Extent::Beginning {
            parents.left_out[at] = true;
        } else if !ground.lost.contains(name) {
            let near = || index.near(nodes, name);
            ground.report(raw.node.origin.file, *span, || unknown(NamedKind::Parent, name, near()));
        }
    }
    parents
}

pub(super) struct ReadingOrder {
    /// Nodes by number, in reading order.
    pub raw: Vec<u32>,
    pub place_of: Vec<Option<NodeId>>,
    /// Each node's parent by number.
    pub parents: Vec<Option<u32>>,
}

/// Pre-order over all roots, children in place order.
pub(super) fn order(
    ground: &mut AssemblyContext<'_>,
    nodes: &[Box<RawNode>],
    mut parents: Parents,
) -> ReadingOrder {
    if ground.extent == Extent::Whole {
        open_circles(ground, nodes, &mut parents);
    }
    let Parents { of, left_out } = parents;
    // Each list runs from the last child to the first, so that the first lies on top of the stack.
    let mut last_child: Vec<Option<u32>> = vec![None; nodes.len()];
    let mut before: Vec<Option<u32>> = vec![None; nodes.len()];
    let mut last_root = None;
    for (raw, at) in (0u32..).zip(0..nodes.len()).filter(|(_, at)| !left_out[*at]) {
        let list = of[at].map_or(&mut last_root, |parent| &mut last_child[parent as usize]);
        before[at] = list.replace(raw);
    }
    let mut order = Vec::with_capacity(nodes.len());
    let mut place_of = vec![None; nodes.len()];
    let mut stack: Vec<u32> = Vec::new();
    let push = |stack: &mut Vec<u32>, last: Option<u32>| {
        stack.extend(std::iter::successors(last, |raw| before[*raw as usize]));
    };
    push(&mut stack, last_root);
    while let Some(raw) = stack.pop() {
        place_of[raw as usize] = u32::try_from(order.len()).ok().map(NodeId);
        order.push(raw);
        push(&mut stack, last_child[raw as usize]);
    }
    ReadingOrder { raw: order, place_of, parents: of }
}

/// How far the look upwards has come with a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum VisitState {
    Not,
    /// In the walk that is under way.
    Now,
    Before,
}

/// Finds every circle of parents, reports it and makes its first node (in place order) a root.
fn open_circles(ground: &mut AssemblyContext<'_>, nodes: &[Box<RawNode>], parents: &mut Parents) {
    let mut seen = vec![VisitState::Not; nodes.len()];
    let mut walk: Vec<u32> = Vec::new();
    for start in (0u32..).take(nodes.len()) {
        let mut at = Some(start);
        while let Some(raw) = at.filter(|raw| seen[*raw as usize] == VisitState::Not) {
            seen[raw as usize] = VisitState::Now;
            walk.push(raw);
            at = parents.of[raw as usize];
        }
        if let Some(met) = at.filter(|raw| seen[*raw as usize] == VisitState::Now) {
            let from = walk.iter().position(|raw| *raw == met).unwrap_or(0);
            open_circle(ground, nodes, parents, &walk[from..]);
        }
        for raw in walk.drain(..) {
            seen[raw as usize] = VisitState::Before;
        }
    }
}

/// Nodes of a circle that a message names.
const SHOWN_OF_CIRCLE: usize = 6;

fn open_circle(
    ground: &mut AssemblyContext<'_>,
    nodes: &[Box<RawNode>],
    parents: &mut Parents,
    circle: &[u32],
) {
    let Some(first) = circle.iter().enumerate().min_by_key(|(_, raw)| **raw).map(|(at, _)| at) else {
        return;
    };
    let head = &nodes[circle[first] as usize];
    let round = (0..=circle.len()).map(|step| circle[(first + step) % circle.len()]);
    let key = |raw: u32| nodes[raw as usize].node.key.as_str();
    let mut chain: Vec<&str> = round.take(SHOWN_OF_CIRCLE).map(key).collect();
    let left_out = (circle.len() + 1).saturating_sub(SHOWN_OF_CIRCLE + 1);
    if circle.len() + 1 > SHOWN_OF_CIRCLE {
        chain.push(head.node.key.as_str());
    }
    let at = head.parent.as_ref().map_or(head.id_at, |(_, span)| *span);
    ground.report(head.node.origin.file, at, || trouble::cycle(&chain, left_out));
    parents.of[circle[first] as usize] = None;
}
