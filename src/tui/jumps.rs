//! Where one came from, and marks: by key, so that they outlive a reload.

use std::collections::BTreeMap;

use crate::plan::Key;

/// Jumps kept; older ones fall off.
const MAX_JUMPS: usize = 100;

/// The list of places jumped from, with a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jumps {
    back: Vec<Key>,
    forward: Vec<Key>,
}

impl Jumps {
    /// Notes a jump away from a place.
    pub fn leave(&mut self, from: Key) {
        self.forward.clear();
        if self.back.last() != Some(&from) {
            self.back.push(from);
        }
        if self.back.len() > MAX_JUMPS {
            self.back.remove(0);
        }
    }

    /// The place before, from here.
    pub fn back(&mut self, here: Key) -> Option<Key> {
        let target = self.back.pop()?;
        self.forward.push(here);
        Some(target)
    }

    /// The place after, from here.
    pub fn forward(&mut self, here: Key) -> Option<Key> {
        let target = self.forward.pop()?;
        self.back.push(here);
        Some(target)
    }

    /// Whether there is a place before.
    pub fn can_go_back(&self) -> bool {
        !self.back.is_empty()
    }

    /// Whether there is a place after.
    pub fn can_go_forward(&self) -> bool {
        !self.forward.is_empty()
    }
}

/// Marks: a letter for a node.
pub type NodeMarks = BTreeMap<char, Key>;

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::new(text).unwrap()
    }

    #[test]
    fn back_and_forward_walk_the_same_places() {
        let mut jumps = Jumps::default();
        jumps.leave(key("a1"));
        jumps.leave(key("a2"));
        assert_eq!(jumps.back(key("a3")), Some(key("a2")));
        assert_eq!(jumps.back(key("a2")), Some(key("a1")));
        assert_eq!(jumps.back(key("a1")), None);
        assert_eq!(jumps.forward(key("a1")), Some(key("a2")));
        assert_eq!(jumps.forward(key("a2")), Some(key("a3")));
        assert_eq!(jumps.forward(key("a3")), None);
    }

    #[test]
    fn a_new_jump_forgets_what_lay_ahead() {
        let mut jumps = Jumps::default();
        jumps.leave(key("a1"));
        let _ = jumps.back(key("a2"));
        jumps.leave(key("a1"));
        assert!(!jumps.can_go_forward());
    }
}
