//! The only writing: one step is one line is one `write`, then a sync. What fails is cut back, so that a step
//! is whole or not there.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::cannot_write::CannotWrite;
use super::lock::{FileBirth, Locked, for_audience, take_group};
use super::{FileFingerprint, JournalFolder, ReadPosition, Tail};
use crate::plan::regular_file::{self, Links};

/// The end of a file that was broken off, set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TornTail {
    /// The author's file whose last line was incomplete.
    pub file: PathBuf,
    /// The file it stands in now.
    pub aside: PathBuf,
    /// The length of the incomplete line that was set aside, in bytes.
    pub bytes: usize,
}

/// What came of an append.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appending {
    /// A torn tail found on the way.
    pub torn: Option<TornTail>,
}

impl JournalFolder {
    /// Appends lines (each without its line feed) to a locked file of which everything has been read. When it
    /// returns they are on disk.
    ///
    /// # Errors
    /// Where anything fails; the file is then as it was, but for a torn tail.
    pub fn append(&mut self, lock: &Locked, lines: &[impl AsRef<[u8]>]) -> Result<Appending, CannotWrite> {
        let written = self.append_lines(lock, lines);
        if written.is_err()
            && lock.born == FileBirth::Now
            && lock.file.metadata().is_ok_and(|meta| meta.len() == 0)
        {
            // Whoever waits for the lock on it looks again whether it is still there.
            let _ = fs::remove_file(&lock.path);
        }
        written
    }

    fn append_lines(&mut self, lock: &Locked, lines: &[impl AsRef<[u8]>]) -> Result<Appending, CannotWrite> {
        let refused = |error| CannotWrite::at(&lock.path)(error);
        let meta = lock.file.metadata().map_err(refused)?;
        let name = OsStr::new(&lock.name);
        let mut seen =
            self.files.get(name).cloned().unwrap_or_else(|| ReadPosition::new(FileFingerprint::of(&meta)));
        let torn = match seen.tail {
            Tail::Unfinished => Some(set_aside(lock, seen.read_bytes)?),
            Tail::Ended | Tail::Whole => None,
        };
        let mut bytes = Vec::new();
        if seen.tail == Tail::Whole {
            bytes.push(b'\n');
        }
        for line in lines {
            bytes.extend_from_slice(line.as_ref());
            bytes.push(b'\n');
        }
        let before = lock.file.metadata().map_err(refused)?.len();
        // What is acknowledged must be read again.
        if before.saturating_add(bytes.len() as u64) > self.limit_bytes {
            return Err(CannotWrite::Full { path: lock.path.clone(), limit_bytes: self.limit_bytes });
        }
        if let Err(error) = write_whole(&lock.file, &bytes, lock.born) {
            // The error that matters is the first; a file that cannot even be cut back is repaired by the
            // next writer.
            let _ = lock.file.set_len(before);
            return Err(refused(error));
        }
        if lock.born == FileBirth::Now {
            sync_folder(&self.dir);
        }
        seen.count(&bytes);
        seen.tail = Tail::Ended;
        if let Ok(meta) = lock.file.metadata() {
            seen.mark = FileFingerprint::of(&meta);
        }
        self.files.insert(name.to_owned(), seen);
        Ok(Appending { torn })
    }
}

/// One `write` of everything, and a sync.
fn write_whole(mut file: &File, bytes: &[u8], born: FileBirth) -> io::Result<()> {
    let written = loop {
        match file.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other?,
        }
    };
    if written < bytes.len() {
        return Err(io::Error::from(io::ErrorKind::StorageFull));
    }
    match born {
        FileBirth::Before => file.sync_data(),
        FileBirth::Now => file.sync_all(),
    }
}

/// A new file is only safe when its folder is. Some file systems cannot do this; the file's own sync was
/// done.
fn sync_folder(dir: &Path) {
    if let Ok(dir) = File::open(dir) {
        let _ = dir.sync_all();
    }
}

/// Moves what follows the last whole line to `<file>.torn`: first there, then away from here, so that it is
/// never lost.
fn set_aside(lock: &Locked, from: u64) -> Result<TornTail, CannotWrite> {
    let refused = |error| CannotWrite::at(&lock.path)(error);
    let mut tail = Vec::new();
    let mut file = &lock.file;
    file.seek(SeekFrom::Start(from)).and_then(|_| file.read_to_end(&mut tail)).map_err(refused)?;
    let aside = lock.path.with_file_name(format!("{}.torn", lock.name));
    let mut options = regular_file::options(Links::Refuse);
    options.append(true).create(true);
    for_audience(&mut options, lock.audience);
    regular_file::look_or_missing(&aside).map_err(CannotWrite::unreadable(&aside))?;
    let mut kept = options.open(&aside).map_err(CannotWrite::at(&aside))?;
    take_group(&kept, &aside, lock.audience);
    regular_file::metadata(&kept).map_err(CannotWrite::unreadable(&aside))?;
    let whole = kept.write_all(&tail).and_then(|()| kept.write_all(b"\n")).and_then(|()| kept.sync_all());
    whole.map_err(CannotWrite::at(&aside))?;
    file.set_len(from).map_err(refused)?;
    Ok(TornTail { file: lock.path.clone(), aside, bytes: tail.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Author;

    #[test]
    fn a_file_never_becomes_larger_than_what_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let mut folder = JournalFolder::new(dir.path().to_owned());
        folder.limit_bytes = 100;
        let li = Author::new("li").unwrap();
        let mut append = |line: &str| {
            let lock = folder.lock(&li).unwrap();
            folder.read().unwrap();
            folder.append(&lock, &[line])
        };
        append(&"x".repeat(60)).unwrap();
        let full = append(&"y".repeat(39)).unwrap_err();
        assert!(matches!(full, CannotWrite::Full { limit_bytes: 100, .. }), "{full}");
        append(&"z".repeat(38)).unwrap();
        assert_eq!(fs::metadata(dir.path().join("li.jsonl")).unwrap().len(), 100);
        assert_eq!(folder.left_out().count(), 0);
    }
}
