//! How a node is tied to others: what stands above it, what it serves, what it is a part of, what serves it.

use super::block::{Inline, Pair};
use super::reader::PageReader;
use crate::plan::metric::Basis;
use crate::plan::{NodeId, Plan};
use crate::text::Text;

/// How two nodes are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeTie {
    /// The other is above it.
    Parent,
    /// It names the other in its `serves`.
    Serves,
    /// Something above it does.
    ServesThroughParent,
    /// Its metric is a part of the other's.
    PartOf,
    ServedBy,
}

/// A tie to another node.
#[derive(Clone, Copy, Debug)]
pub struct LinkEntry<'p> {
    pub tie: NodeTie,
    pub to: NodeId,
    /// Whether the tie is the source's or ours.
    pub basis: Basis,
    /// A remark on it; of a part, which one.
    pub note: Option<&'p Text>,
}

/// The ties of a node.
pub fn links(plan: &Plan, id: NodeId) -> Vec<LinkEntry<'_>> {
    let node = plan.tree.node(id);
    let note = |to: NodeId| node.link_notes().iter().find(|note| note.to == to).map(|note| &note.note);
    let link = |tie, to, basis| LinkEntry { tie, to, basis, note: note(to) };
    let mut links: Vec<LinkEntry<'_>> = Vec::new();
    links.extend(
        node.parent
            .map(|parent| LinkEntry { note: None, ..link(NodeTie::Parent, parent, node.parent_basis) }),
    );
    links.extend(plan.tree.serves(id).into_iter().map(|(to, basis)| {
        let own = node.serves.iter().any(|own| own.to == to);
        link(if own { NodeTie::Serves } else { NodeTie::ServesThroughParent }, to, basis)
    }));
    let part = node.metric.as_ref().and_then(|metric| metric.part_of.as_deref());
    links.extend(part.map(|part| LinkEntry {
        note: Some(&part.which),
        ..link(NodeTie::PartOf, part.whole, Basis::Stated)
    }));
    let by = plan.tree.served_by(id).iter();
    links.extend(by.map(|by| LinkEntry { note: None, ..link(NodeTie::ServedBy, by.to, by.basis) }));
    links
}

impl PageReader<'_> {
    /// A tie in words, where the cursor can go.
    pub fn tie(&self, link: &LinkEntry<'_>) -> Pair {
        let (zh, en) = match link.tie {
            NodeTie::Parent => ("上级", "parent"),
            NodeTie::Serves | NodeTie::ServesThroughParent => ("服务", "serves"),
            NodeTie::PartOf => ("属于", "part of"),
            NodeTie::ServedBy => ("被服务", "served by"),
        };
        let through = (link.tie == NodeTie::ServesThroughParent)
            .then(|| Inline::Words(self.say("随上级", "through its parent")));
        let note = link.note.map(|note| Inline::Words(self.text(note)));
        let more = self.known(link.basis).into_iter().chain(through).chain(note);
        self.link(self.say(zh, en), link.to, more.collect())
    }
}
