//! From the records to what holds, kept up as records join: a record that sorts last is applied to the nodes
//! it names and to nothing else; one that sorts earlier, or takes another back, has its nodes folded again.
//!
//! What was said under an earlier id folds to the node that has it now (the plan's aliases, then `reattach`);
//! what belongs to no node of the plan is an orphan and is kept the same way. The fold uses neither files nor
//! clocks.

mod annotations;
mod figures;
mod look;
#[cfg(test)]
mod tests;
mod undo;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

pub use annotations::{
    Annotations, AuthorRecords, LastReview, Note, Observed, ProgressEstimate, SeriesBreak, Verdict,
};

use self::annotations::EventPlace;
use self::undo::Undone;
use super::book::{Book, RecordIndex};
use super::event::Event;
use super::record::NodeName;
use crate::plan::as_of::AsOf;
use crate::plan::{NodeId, Plan};
use crate::text::work;

/// Up to where records are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoldLimit {
    /// Later ones are hidden.
    pub as_of: AsOf,
    /// So are those that sort after this one.
    pub through: Option<RecordIndex>,
}

/// What a fold took in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Changed {
    /// Nothing that a reader can see, such as a duplicate of a record.
    #[default]
    Nothing,
    /// These nodes, and orphans maybe.
    Nodes(Vec<NodeId>),
    /// Possibly every node, so that everything is judged again.
    All,
}

impl Changed {
    /// The union of two changes.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Changed::Nothing, other) | (other, Changed::Nothing) => other,
            (Changed::Nodes(mut nodes), Changed::Nodes(others)) => {
                nodes.extend(others);
                Changed::Nodes(nodes)
            }
            _ => Changed::All,
        }
    }
}

/// A node, or what was one, with what people say of it.
#[derive(Clone, Debug)]
pub struct NodeRecords {
    /// The id of the node, or the one that has left the plan.
    pub name: NodeName,
    /// The node; `None` for an orphan.
    pub node: Option<NodeId>,
    /// The annotations that hold on the node.
    pub annotations: Annotations,
    /// Records that touch it, in order, those taken back and those that take back among them.
    pub records: Vec<RecordIndex>,
}

/// A tag and how often it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagUse {
    /// The tag, without the `#`.
    pub tag: NodeName,
    /// The number of nodes that carry it.
    pub nodes: usize,
    /// When it was last put on one.
    pub latest: Timestamp,
}

/// The id that a name stands for now, and the node that has it.
type Resolved = (NodeName, Option<NodeId>);

/// A home's place in the fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct NodeRecordsId(u32);

/// What holds of every node.
#[derive(Clone, Debug)]
pub struct Fold {
    cut: FoldLimit,
    /// Visible records, in order.
    order: Vec<RecordIndex>,
    undone: Undone,
    /// Where ids that left the plan went, by `reattach`.
    moved: HashMap<NodeName, NodeName>,
    /// What names that were looked up stand for.
    resolved: HashMap<NodeName, Resolved>,
    homes: Vec<NodeRecords>,
    by_name: HashMap<NodeName, NodeRecordsId>,
    by_node: HashMap<NodeId, NodeRecordsId>,
    /// Homes of records that take others back: those of what they take back.
    undo_homes: HashMap<RecordIndex, Vec<NodeRecordsId>>,
    /// Records that others name and that are not there (yet).
    awaited: HashSet<Box<str>>,
}

impl Fold {
    /// Folds everything up to a cut.
    pub fn new(book: &Book, plan: &Plan, cut: FoldLimit) -> Self {
        let mut order: Vec<RecordIndex> =
            book.indexes().filter(|index| is_visible(book, *index, cut)).collect();
        order.sort_unstable_by(|one, other| book.order(*one, *other));
        let undone = Undone::new(book, &order);
        let mut fold = Self {
            cut,
            moved: moves(book, &order, &undone),
            resolved: HashMap::new(),
            order: Vec::new(),
            undone,
            homes: Vec::new(),
            by_name: HashMap::new(),
            by_node: HashMap::new(),
            undo_homes: HashMap::new(),
            awaited: HashSet::new(),
        };
        for index in &order {
            let homes = fold.settle(book, plan, *index);
            for home in homes {
                fold.homes[home.0 as usize].records.push(*index);
            }
            if fold.undone.is_effective(*index) {
                fold.apply(book, plan, *index, None);
            }
        }
        fold.order = order;
        fold
    }

    /// Takes in a record that joined the book.
    pub fn add(&mut self, book: &Book, plan: &Plan, index: RecordIndex) -> Changed {
        self.undone.grow(book.count());
        // Of several that came together, one before may have had everything folded again, this one with it.
        let known = self.order.binary_search_by(|other| book.order(*other, index)).is_ok();
        if known || !is_visible(book, index, self.cut) {
            return Changed::Nothing;
        }
        let record = book.record(index);
        let moves = |event: &Event| matches!(event, Event::Reattach { .. });
        if self.awaited.contains(record.id.as_str()) || record.events.iter().any(moves) {
            *self = Self::new(book, plan, self.cut);
            return Changed::All;
        }
        insert(book, &mut self.order, index);
        let toggled = self.undone.add(book, index);
        if toggled.iter().any(|toggled| book.record(*toggled).events.iter().any(moves)) {
            *self = Self::new(book, plan, self.cut);
            return Changed::All;
        }
        let mut homes = self.settle(book, plan, index);
        let mut in_order = toggled.is_empty();
        for home in &homes {
            let records = &mut self.homes[home.0 as usize].records;
            in_order &= insert(book, records, index) + 1 == records.len();
        }
        if in_order {
            if self.undone.is_effective(index) {
                self.apply(book, plan, index, None);
            }
        } else {
            homes.extend(toggled.iter().flat_map(|toggled| self.settle(book, plan, *toggled)));
            homes.sort_unstable();
            homes.dedup();
            for home in &homes {
                self.replay(book, plan, *home);
            }
        }
        Changed::Nodes(homes.iter().filter_map(|home| self.homes[home.0 as usize].node).collect())
    }

    fn replay(&mut self, book: &Book, plan: &Plan, home: NodeRecordsId) {
        let records = std::mem::take(&mut self.homes[home.0 as usize].records);
        self.homes[home.0 as usize].annotations = Annotations::default();
        for index in &records {
            if self.undone.is_effective(*index) {
                self.apply(book, plan, *index, Some(home));
            }
        }
        self.homes[home.0 as usize].records = records;
    }

    /// Applies a record's events, those of one home or all.
    fn apply(&mut self, book: &Book, plan: &Plan, index: RecordIndex, only: Option<NodeRecordsId>) {
        let record = book.record(index);
        for (event, what) in record.events.iter().enumerate() {
            let target = target(book, index, what);
            let Some(home) = self.home_of(book, plan, what, target) else { continue };
            if only.is_some_and(|only| only != home) {
                continue;
            }
            let home = &mut self.homes[home.0 as usize];
            let node = home.node;
            let place = EventPlace { index, record, event };
            home.annotations.apply(&place, |figure| figures::value(plan, node, figure), target);
        }
    }

    /// The homes that a record touches, each once.
    fn settle(&mut self, book: &Book, plan: &Plan, index: RecordIndex) -> Vec<NodeRecordsId> {
        let mut homes = Vec::new();
        for event in &book.record(index).events {
            match event {
                Event::Undo { of } => homes.extend(self.homes_taken_back(book, plan, index, of)),
                _ => {
                    let target = target(book, index, event);
                    if let (None, Some(of)) = (target, named(event)) {
                        self.awaited.insert(of.into());
                        self.awaited.extend(of.rsplit_once('.').map(|(id, _)| id.into()));
                    }
                    homes.extend(self.home_of(book, plan, event, target));
                }
            }
        }
        homes.sort_unstable();
        homes.dedup();
        if book.record(index).is_undo() {
            self.undo_homes.insert(index, homes.clone());
        }
        homes
    }

    /// The homes of a record that another takes back. It sorts before the other, so its own were found
    /// already if it takes back a third.
    fn homes_taken_back(
        &mut self,
        book: &Book,
        plan: &Plan,
        index: RecordIndex,
        of: &super::record::RecordId,
    ) -> Vec<NodeRecordsId> {
        match book.find(of) {
            None => {
                self.awaited.insert(of.as_str().into());
                Vec::new()
            }
            Some(taken) if book.order(taken, index).is_ge() => Vec::new(),
            Some(taken) if book.record(taken).is_undo() => {
                self.undo_homes.get(&taken).cloned().unwrap_or_default()
            }
            Some(taken) => self.settle(book, plan, taken),
        }
    }

    /// Where an event belongs: with what it names, else with the node it says.
    fn home_of(
        &mut self,
        book: &Book,
        plan: &Plan,
        event: &Event,
        target: Option<(RecordIndex, usize)>,
    ) -> Option<NodeRecordsId> {
        let target = target.and_then(|(index, at)| book.record(index).events[at].node());
        let name = target.or_else(|| event.node())?;
        if let Some(home) = self.by_name.get(name) {
            return Some(*home);
        }
        let (now, node) = self.resolve(plan, name);
        let known = match node {
            Some(node) => self.by_node.get(&node),
            None => self.by_name.get(&now),
        };
        let home = known.copied().unwrap_or_else(|| {
            let home = NodeRecordsId(u32::try_from(self.homes.len()).unwrap_or(u32::MAX));
            let annotations = Annotations::default();
            self.homes.push(NodeRecords {
                name: NodeName::clone(&now),
                node,
                annotations,
                records: Vec::new(),
            });
            home
        });
        self.by_name.insert(NodeName::clone(name), home);
        match node {
            Some(node) => drop(self.by_node.insert(node, home)),
            None => drop(self.by_name.insert(now, home)),
        }
        Some(home)
    }

    /// The id that a name stands for now, and the node that has it. What the plan knows is never moved.
    /// In a ring of moves each stands for the one before it. Each step of a way is taken once for all names.
    fn resolve(&mut self, plan: &Plan, name: &NodeName) -> Resolved {
        let mut way: Vec<NodeName> = Vec::new();
        let mut places: HashMap<NodeName, usize> = HashMap::new();
        let mut now = NodeName::clone(name);
        let end = loop {
            work::look_at(1);
            if let Some(known) = self.resolved.get(&now) {
                break known.clone();
            }
            if let Some(node) = plan.tree.find(&now) {
                break (plan.tree.node(node).key.as_str().into(), Some(node));
            }
            if let Some(first) = places.get(&now) {
                let ring = way.split_off(*first);
                for (at, own) in ring.iter().enumerate() {
                    let before = &ring[at.checked_sub(1).unwrap_or(ring.len() - 1)];
                    self.resolved.insert(NodeName::clone(own), (NodeName::clone(before), None));
                }
                continue;
            }
            let Some(next) = self.moved.get(&now).map(NodeName::clone) else { break (now, None) };
            places.insert(NodeName::clone(&now), way.len());
            way.push(std::mem::replace(&mut now, next));
        };
        self.resolved.extend(way.into_iter().map(|passed| (passed, end.clone())));
        end
    }
}

fn is_visible(book: &Book, index: RecordIndex, cut: FoldLimit) -> bool {
    book.record(index).at.is_by(cut.as_of)
        && cut.through.is_none_or(|through| book.order(index, through).is_le())
}

/// Puts a record in its place, and says which.
fn insert(book: &Book, records: &mut Vec<RecordIndex>, index: RecordIndex) -> usize {
    let at = match records.last() {
        Some(last) if book.order(*last, index).is_lt() => records.len(),
        _ => records.partition_point(|other| book.order(*other, index).is_lt()),
    };
    records.insert(at, index);
    at
}

/// The note or value that an event names.
fn named(event: &Event) -> Option<&str> {
    match event {
        Event::NoteEdit { of, .. } | Event::NoteRetract { of, .. } | Event::ValueRetract { of, .. } => {
            Some(of)
        }
        _ => None,
    }
}

/// The record and event that made what an event of a record names, if it sorts before.
fn target(book: &Book, index: RecordIndex, event: &Event) -> Option<(RecordIndex, usize)> {
    let of = named(event)?;
    let found = match event {
        Event::ValueRetract { .. } => book.locate(of, Event::makes_value),
        _ => book.locate(of, |made| matches!(made, Event::Note { .. })),
    };
    found.filter(|(made, _)| book.order(*made, index).is_le())
}

/// Where `reattach` sent ids; a later one of the same id wins.
fn moves(book: &Book, order: &[RecordIndex], undone: &Undone) -> HashMap<NodeName, NodeName> {
    let effective = order.iter().filter(|index| undone.is_effective(**index));
    let events = effective.flat_map(|index| &book.record(*index).events);
    let moved = events.filter_map(|event| match event {
        Event::Reattach { node, to } if node != to => Some((NodeName::clone(node), NodeName::clone(to))),
        _ => None,
    });
    moved.collect()
}
