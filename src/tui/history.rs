//! Queries taken before, kept in the state directory, a line each, newest last.

use std::io;
use std::path::{Path, PathBuf};

use super::actions::typing::MAX_HISTORY;
use super::finding::MAX_QUERY_CHARS;
use crate::plan::regular_file;
use crate::plan::write_file::replace_own;
use crate::text::clean::one_line;

pub fn file(state_dir: &Path) -> PathBuf {
    state_dir.join("find-history")
}

/// Largest file that is read, in bytes.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// Reads it; what cannot be read is no history.
pub fn read(file: &Path) -> Vec<String> {
    regular_file::read(file, MAX_FILE_BYTES).map(|bytes| queries(&bytes)).unwrap_or_default()
}

fn queries(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let newest = &lines[lines.len().saturating_sub(MAX_HISTORY)..];
    newest.iter().map(|line| one_line(line).chars().take(MAX_QUERY_CHARS).collect()).collect()
}

/// Adds a query to what the file holds by now: another screen may have added its own.
///
/// # Errors
/// Where the state directory cannot be written, or what stands in the file's place cannot be read; that stays
/// as it is.
pub fn add(file: &Path, query: &str) -> io::Result<()> {
    let mut queries = match regular_file::read(file, MAX_FILE_BYTES) {
        Ok(bytes) => queries(&bytes),
        Err(why) if why.is_missing() => Vec::new(),
        Err(why) => return Err(io::Error::other(why)),
    };
    queries.retain(|old| old != query);
    queries.push(one_line(query).into_owned());
    let from = queries.len().saturating_sub(MAX_HISTORY);
    replace_own(file, format!("{}\n", queries[from..].join("\n")).as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn queries_are_kept_once_newest_last_and_not_without_end() {
        let home = tempfile::tempdir().unwrap();
        let file = file(&home.path().join("not-there-yet"));
        assert!(read(&file).is_empty());
        for query in ["职业", "zyjy", "职业"] {
            add(&file, query).unwrap();
        }
        assert_eq!(read(&file), ["zyjy", "职业"]);
        for number in 0..MAX_HISTORY {
            add(&file, &number.to_string()).unwrap();
        }
        assert_eq!((read(&file).len(), read(&file)[0].as_str()), (MAX_HISTORY, "0"));
    }

    #[test]
    fn what_stands_in_its_place_and_cannot_be_read_stays_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let file = file(home.path());
        fs::File::create(&file).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
        assert!(read(&file).is_empty());
        assert!(add(&file, "职业").is_err());
        assert_eq!(fs::metadata(&file).unwrap().len(), MAX_FILE_BYTES + 1);
    }

    #[test]
    fn a_file_that_is_no_text_is_read_as_far_as_it_goes() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("find-history");
        fs::write(&file, b"a\x1b[31m\n\xff\xfe\n\nb").unwrap();
        assert_eq!(read(&file), ["a\u{fffd}[31m", "\u{fffd}\u{fffd}", "b"]);
    }
}
