//! The documents that figures were taken from, and what was decided of their figures: what holds of them is
//! worked out from the records that hold, in order, when it is asked for.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Journal;
use super::event::Event;
use super::quote::{FigureDecision, QuotePlace, ReadDocument};

/// What holds of documents.
#[derive(Clone, Debug, Default)]
pub struct ReadDocuments {
    /// By id; of a document that changed, every state that was read, the last one last.
    documents: BTreeMap<Box<str>, Vec<ReadDocument>>,
    decisions: HashMap<PlaceKey, FigureDecision>,
}

/// What tells a figure of a document from others, wherever its paragraph moves.
type PlaceKey = (Box<str>, Box<str>, u32, u32, u32);

fn key(place: &QuotePlace) -> PlaceKey {
    (place.document.clone(), place.digest.clone(), place.nth, place.start, place.end)
}

impl ReadDocuments {
    /// Takes the records that hold. A later decision on a figure stands in the place of an earlier one,
    /// whoever made it.
    pub fn of(journal: &Journal) -> Self {
        let fold = journal.fold();
        let mut this = Self::default();
        for index in fold.records().iter().filter(|index| fold.is_effective(**index)) {
            for event in &journal.record(*index).events {
                match event {
                    Event::Document(document) => {
                        let states = this.documents.entry(document.id.clone()).or_default();
                        states.retain(|state| state.sha256 != document.sha256);
                        states.push((**document).clone());
                    }
                    Event::Decided(decision) => {
                        this.decisions.insert(key(&decision.place), (**decision).clone());
                    }
                    _ => {}
                }
            }
        }
        this
    }

    /// The last state of a document.
    pub fn document(&self, id: &str) -> Option<&ReadDocument> {
        self.documents.get(id)?.last()
    }

    /// Every document, by id, in its last state.
    pub fn documents(&self) -> impl Iterator<Item = &ReadDocument> {
        self.documents.values().filter_map(|states| states.last())
    }

    /// Whether a document was recorded in this very state.
    pub fn has_state(&self, id: &str, sha256: &str) -> bool {
        self.documents.get(id).is_some_and(|states| states.iter().any(|state| *state.sha256 == *sha256))
    }

    /// The document that a text is: one with its digest, else the one that shares most of its paragraphs,
    /// where that is at least half of either. A text that moved or lost paragraphs is still the same one.
    pub fn recognise(&self, sha256: &str, paragraphs: &[Box<str>]) -> Option<&str> {
        let states = || self.documents.iter().flat_map(|(id, all)| all.iter().map(move |state| (id, state)));
        if let Some((id, _)) = states().find(|(_, state)| *state.sha256 == *sha256) {
            return Some(id);
        }
        let own: HashSet<&str> = paragraphs.iter().map(AsRef::as_ref).collect();
        let shared = states().filter_map(|(id, state)| {
            let other: HashSet<&str> = state.paragraphs.iter().map(AsRef::as_ref).collect();
            let both = own.intersection(&other).count();
            (both > 0 && both * 2 >= own.len().max(other.len())).then_some((both, id))
        });
        shared.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1))).map(|(_, id)| &**id)
    }

    /// What was decided of the figure at a place.
    pub fn decision(&self, place: &QuotePlace) -> Option<&FigureDecision> {
        self.decisions.get(&key(place))
    }
}
