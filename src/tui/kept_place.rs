//! The place kept from the last time, taken up while a large plan is still being read. A plan that is read in
//! no time takes it up at once.

use crate::outline::OutlinePlace;
use crate::plan::{Key, Tree};

/// What of a kept place has not been taken up.
#[derive(Clone, Debug, Default)]
pub struct KeptPlace {
    /// The place, until the user moves or all is read.
    place: Option<OutlinePlace>,
    /// Nodes that stood open there and may not be read yet, when the user has moved meanwhile.
    folds: Vec<Key>,
}

impl KeptPlace {
    pub fn of(place: OutlinePlace) -> Self {
        Self { place: Some(place), folds: Vec::new() }
    }

    /// The place that is still to be taken up.
    pub fn place(&self) -> Option<&OutlinePlace> {
        self.place.as_ref()
    }

    /// A place that was set aside comes back.
    pub fn set_place(&mut self, place: Option<OutlinePlace>) {
        self.place = place;
    }

    /// The user moves: the place gives way. While nodes are read its folds stay to be taken up.
    pub fn give_way(&mut self, is_reading: bool) {
        if let (Some(place), true) = (self.place.take(), is_reading) {
            self.folds = place.open;
        }
    }

    /// All is read: no fold is waited for, and the place only where a filter may still unfold its node.
    pub fn all_is_read(&mut self, is_filtered: bool) {
        self.folds.clear();
        if !is_filtered {
            self.place = None;
        }
    }

    /// Whether no fold is left to be taken up.
    pub fn has_no_folds(&self) -> bool {
        self.folds.is_empty()
    }

    /// Adds the folds of nodes that a tree does not have yet to a place in it.
    pub fn add_unread_folds(&self, tree: &Tree, place: &mut OutlinePlace) {
        place.open.extend(self.folds.iter().filter(|key| tree.find(key.as_str()).is_none()).cloned());
    }
}
