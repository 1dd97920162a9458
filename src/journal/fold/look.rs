//! What a fold is asked for.

use std::collections::HashMap;

use super::{Annotations, Fold, FoldLimit, NodeRecords, TagUse, target};
use crate::journal::author::Author;
use crate::journal::book::{Book, RecordIndex};
use crate::journal::event::Event;
use crate::journal::record::{NodeName, RecordValidity};
use crate::plan::NodeId;

impl Fold {
    /// What people say of a node; `None` where nobody says anything.
    pub fn of(&self, node: NodeId) -> Option<&Annotations> {
        self.home(node).map(|home| &home.annotations).filter(|said| !said.is_silent())
    }

    /// A node's home; `None` where no record ever touched it.
    pub fn home(&self, node: NodeId) -> Option<&NodeRecords> {
        self.by_node.get(&node).map(|home| &self.homes[home.0 as usize])
    }

    /// The home of any name that a record used, orphans' too.
    pub fn home_named(&self, name: &str) -> Option<&NodeRecords> {
        self.by_name.get(name).map(|home| &self.homes[home.0 as usize])
    }

    /// Where an event of a visible record belongs; `None` for what concerns no node.
    pub fn home_at(&self, book: &Book, index: RecordIndex, event: usize) -> Option<&NodeRecords> {
        let event = book.record(index).events.get(event)?;
        let target = target(book, index, event).and_then(|(index, at)| book.record(index).events[at].node());
        self.home_named(target.or_else(|| event.node())?)
    }

    /// The homes that a visible record touches; of one that takes others back, those of what it takes back.
    pub fn homes_at(&self, book: &Book, index: RecordIndex) -> Vec<&NodeRecords> {
        if let Some(homes) = self.undo_homes.get(&index) {
            return homes.iter().map(|home| &self.homes[home.0 as usize]).collect();
        }
        (0..book.record(index).events.len()).filter_map(|event| self.home_at(book, index, event)).collect()
    }

    /// Every home that records touched.
    pub fn homes(&self) -> &[NodeRecords] {
        &self.homes
    }

    /// The events that give every node the new tag in the place of the old one; two tags of one name are one.
    pub fn renaming(&self, old: &NodeName, new: &NodeName) -> Vec<Event> {
        let has_name = |home: &&NodeRecords| home.annotations.tags().any(|tag| tag == old);
        let exchange = |home: &NodeRecords| {
            let node = || NodeName::clone(&home.name);
            [
                Event::Untag { node: node(), tag: NodeName::clone(old) },
                Event::Tag { node: node(), tag: NodeName::clone(new) },
            ]
        };
        let holders = self.homes.iter().filter(has_name).filter(|_| old != new);
        holders.flat_map(exchange).collect()
    }

    /// What belongs to no node of the plan, by name.
    pub fn orphans(&self) -> Vec<&NodeRecords> {
        let silent = |home: &&NodeRecords| home.node.is_none() && !home.annotations.is_silent();
        let mut orphans: Vec<&NodeRecords> = self.homes.iter().filter(silent).collect();
        orphans.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        orphans
    }

    /// Tags in use, the last put first.
    pub fn tags(&self) -> Vec<TagUse> {
        let mut uses: HashMap<&NodeName, TagUse> = HashMap::new();
        for (tag, latest) in self.homes.iter().flat_map(|home| home.annotations.dated_tags()) {
            let none = || TagUse { tag: NodeName::clone(tag), nodes: 0, latest };
            let entry = uses.entry(tag).or_insert_with(none);
            entry.nodes += 1;
            entry.latest = entry.latest.max(latest);
        }
        let mut uses: Vec<TagUse> = uses.into_values().collect();
        uses.sort_unstable_by(|one, other| other.latest.cmp(&one.latest).then(one.tag.cmp(&other.tag)));
        uses
    }

    /// Authors of visible records, by name.
    pub fn authors(&self) -> Vec<&Author> {
        let mut authors: Vec<&Author> = self.undone.authors().collect();
        authors.sort_unstable();
        authors
    }

    /// Visible records, in order.
    pub fn records(&self) -> &[RecordIndex] {
        &self.order
    }

    /// Whether a record holds: it is visible and nobody took it back.
    pub fn is_effective(&self, index: RecordIndex) -> bool {
        self.undone.is_effective(index)
    }

    /// [`Fold::is_effective`] as a word.
    pub fn validity(&self, index: RecordIndex) -> RecordValidity {
        if self.is_effective(index) { RecordValidity::Holds } else { RecordValidity::Undone }
    }

    /// The record that `undo` takes back: the author's newest effective ordinary one.
    pub fn undo_target(&self, book: &Book, by: &Author) -> Option<RecordIndex> {
        self.undone.undo_target(book, by)
    }

    /// The records that `redo` takes back: the author's newest effective undo with no newer ordinary record
    /// after it, and those that take back the same record (two machines may both have undone it).
    pub fn redo_targets(&self, book: &Book, by: &Author) -> Vec<RecordIndex> {
        self.undone.redo_targets(book, by)
    }

    /// The last record, or instant, that was folded.
    pub fn cut(&self) -> FoldLimit {
        self.cut
    }
}
