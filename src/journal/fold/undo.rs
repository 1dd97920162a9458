//! Which records hold, and which `undo` and `redo` would take back.
//!
//! An undo takes back a whole record of the same author that sorts before it; anything else it says is
//! ignored. So whether a record holds depends only on records that sort after it, and there are no cycles.

use std::collections::HashMap;

use super::super::author::Author;
use super::super::book::{Book, RecordIndex};
use super::super::record::RecordId;
use super::insert;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RecordHold {
    /// It is not visible.
    Hidden,
    Holds,
    TakenBack,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Undone {
    holds: Vec<RecordHold>,
    /// Visible records that take back a record, by its id.
    undoers: HashMap<RecordId, Vec<RecordIndex>>,
    /// Each author's visible records, in order.
    own: HashMap<Author, Vec<RecordIndex>>,
}

impl Undone {
    /// Settles every record of `order`, which is sorted.
    pub fn new(book: &Book, order: &[RecordIndex]) -> Self {
        let mut this = Self { holds: vec![RecordHold::Hidden; book.count()], ..Self::default() };
        for index in order {
            let record = book.record(*index);
            for of in record.undoes() {
                this.undoers.entry(of.clone()).or_default().push(*index);
            }
            match this.own.get_mut(&record.by) {
                Some(own) => own.push(*index),
                None => drop(this.own.insert(record.by.clone(), vec![*index])),
            }
        }
        for index in order.iter().rev() {
            this.holds[index.at()] = this.hold(book, *index);
        }
        this
    }

    /// Makes room for records that joined the book.
    pub fn grow(&mut self, count: usize) {
        self.holds.resize(count.max(self.holds.len()), RecordHold::Hidden);
    }

    /// Takes in a record, and says which others it toggled.
    pub fn add(&mut self, book: &Book, index: RecordIndex) -> Vec<RecordIndex> {
        let record = book.record(index);
        for of in record.undoes() {
            self.undoers.entry(of.clone()).or_default().push(index);
        }
        insert(book, self.own.entry(record.by.clone()).or_default(), index);
        self.holds[index.at()] = self.hold(book, index);
        let mut toggled = Vec::new();
        let mut settled = vec![index];
        while let Some(done) = settled.pop() {
            // Every step leads to records that sort earlier, so this ends.
            for of in book.record(done).undoes() {
                let Some(target) = book.find(of).filter(|target| self.takes_back(book, done, *target)) else {
                    continue;
                };
                let hold = self.hold(book, target);
                if self.holds[target.at()] != hold {
                    self.holds[target.at()] = hold;
                    toggled.push(target);
                    settled.push(target);
                }
            }
        }
        toggled
    }

    /// Whether a record takes another back, if it holds itself.
    fn takes_back(&self, book: &Book, undo: RecordIndex, target: RecordIndex) -> bool {
        self.holds[target.at()] != RecordHold::Hidden
            && book.record(undo).by == book.record(target).by
            && book.order(undo, target).is_gt()
    }

    /// Whether a visible record holds, going by those that sort after it.
    fn hold(&self, book: &Book, index: RecordIndex) -> RecordHold {
        let record = book.record(index);
        let undoers = self.undoers.get(&record.id).map_or(&[][..], Vec::as_slice);
        let taken_back = undoers.iter().any(|undo| {
            self.is_effective(*undo) && book.record(*undo).by == record.by && book.order(*undo, index).is_gt()
        });
        if taken_back { RecordHold::TakenBack } else { RecordHold::Holds }
    }

    pub fn is_effective(&self, index: RecordIndex) -> bool {
        self.holds.get(index.at()) == Some(&RecordHold::Holds)
    }

    pub fn authors(&self) -> impl Iterator<Item = &Author> {
        self.own.keys()
    }

    fn own(&self, by: &Author) -> impl DoubleEndedIterator<Item = RecordIndex> {
        self.own.get(by).map_or(&[][..], Vec::as_slice).iter().copied()
    }

    pub fn undo_target(&self, book: &Book, by: &Author) -> Option<RecordIndex> {
        self.own(by).rev().find(|index| self.is_effective(*index) && book.record(*index).is_ordinary())
    }

    pub fn redo_targets(&self, book: &Book, by: &Author) -> Vec<RecordIndex> {
        let since = self.own(by).rev().take_while(|index| !book.record(*index).is_ordinary());
        let mut undos = since.filter(|index| self.is_effective(*index));
        let Some(taken) = undos.find_map(|undo| self.taken_for_good(book, undo)) else { return Vec::new() };
        let id = &book.record(taken).id;
        let undoers = self.undoers.get(id).map_or(&[][..], Vec::as_slice);
        let holds = |undo: &&RecordIndex| self.is_effective(**undo) && self.takes_back(book, **undo, taken);
        let mut found: Vec<RecordIndex> = undoers.iter().filter(holds).copied().collect();
        // A record may name what it takes back more than once.
        found.dedup();
        found
    }

    /// The record that an undo takes back; `None` where it brings one back instead: it takes back an undo.
    fn taken_for_good(&self, book: &Book, undo: RecordIndex) -> Option<RecordIndex> {
        let first = |undo: RecordIndex| {
            let mut targets = book.record(undo).undoes().filter_map(|of| book.find(of));
            targets.find(|target| self.takes_back(book, undo, *target))
        };
        let taken = first(undo)?;
        // Undos of undos alternate; which one this is shows in the length of its chain.
        let chain = std::iter::successors(Some(taken), |target| first(*target)).count();
        (chain % 2 == 1).then_some(taken)
    }
}
