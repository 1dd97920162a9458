//! Names of nodes: the stable text that annotations point at, and the number that only this load knows.

use std::fmt;

/// A node's stable id as it is written in the plan (`a2.school-communities`). Annotations, links and exports
/// name nodes by it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Box<str>);

/// Longest id the program takes, in bytes; far above any real one, it keeps file names and lines bounded.
pub const MAX_KEY_BYTES: usize = 200;

impl Key {
    /// A key, or `None` where the text is outside `[A-Za-z0-9][A-Za-z0-9._-]*`.
    pub fn new(text: &str) -> Option<Self> {
        let mut bytes = text.bytes();
        let first = bytes.next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        let rest = bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
        (first && rest && text.len() <= MAX_KEY_BYTES).then(|| Self(text.into()))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Key({})", self.0)
    }
}

/// A node's place in reading (pre-) order, valid for one load only. Never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// As an index into [`super::Tree::nodes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A level's place in the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LevelId(pub u16);

/// A source's place in [`super::Plan::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A glossary entry's place in [`super::Plan::terms`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);
