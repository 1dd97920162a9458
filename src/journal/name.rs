//! How nodes and records are called in a journal.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

/// A node's id as somebody wrote it; the plan may know it by another by now, or not at all.
pub type NodeName = Arc<str>;

/// A record's id: a UUIDv7 where this program wrote it, any short text in one that came from elsewhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(Box<str>);

/// Longest id taken, in bytes.
const MAX_ID_BYTES: usize = 100;

impl RecordId {
    /// Takes printable text without spaces.
    pub fn new(text: &str) -> Option<Self> {
        let fits =
            !text.is_empty() && text.len() <= MAX_ID_BYTES && text.bytes().all(|b| b.is_ascii_graphic());
        fits.then(|| Self(text.into()))
    }

    /// The id as journal files carry it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Uuid> for RecordId {
    fn from(id: Uuid) -> Self {
        Self(id.hyphenated().to_string().into())
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "RecordId({})", self.0)
    }
}
