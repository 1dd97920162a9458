//! The random id of this installation, by which its records are counted.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::journal::WriterCount;
use crate::plan::regular_file;
use crate::plan::write_file::replace_own;

const FILE: &str = "writer";

/// A longer file holds something else.
const MAX_BYTES: u64 = 64;

/// The id of this installation, and the file it is kept in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    pub id: Box<str>,
    file: PathBuf,
}

impl Installation {
    /// The id in the state directory, or a new one that is not kept yet.
    pub fn of(state_dir: &Path) -> Self {
        let file = state_dir.join(FILE);
        let kept = regular_file::read_text(&file, MAX_BYTES).ok();
        let kept = kept.as_deref().map(str::trim).filter(|kept| is_id(kept));
        // The last 48 bits of a UUIDv7 are random.
        let new = || format!("w-{:012x}", Uuid::now_v7().as_u128() & 0xffff_ffff_ffff);
        Self { id: kept.map_or_else(new, str::to_owned).into(), file }
    }

    /// The installation that wrote a record. Its id stands before the part that names the author.
    pub fn of_record(state_dir: &Path, count: &WriterCount) -> Self {
        let id = count.writer.rsplit_once('-').map_or(&*count.writer, |(id, _)| id);
        Self { id: id.into(), file: state_dir.join(FILE) }
    }

    /// Keeps the id, once a record carries it. Where that cannot be, the next record has another.
    pub fn keep(&self) {
        if self.file.exists() && Self::of(self.file.parent().unwrap_or(&self.file)).id == self.id {
            return;
        }
        let _ = replace_own(&self.file, format!("{}\n", self.id).as_bytes());
    }
}

fn is_id(text: &str) -> bool {
    let digits = text.strip_prefix("w-").unwrap_or_default();
    (4..=32).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_keeps_its_id_once_it_was_used_and_has_another_where_that_is_spoilt() {
        let dir = tempfile::tempdir().unwrap();
        let state = dir.path().join("state");
        let first = Installation::of(&state);
        assert!(is_id(&first.id) && !state.exists(), "{first:?}");
        first.keep();
        assert_eq!(Installation::of(&state), first);
        std::fs::write(state.join(FILE), "w-\u{1b}[31m").unwrap();
        assert_ne!(Installation::of(&state), first);
    }
}
