//! The only writing: one step is one line is one `write`, then a sync. What fails is cut back, so that a step is whole or not there.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::entry::LeftOut;
use super::lock::{Born, Locked, for_owner_only};
use super::{Folder, Mark, Seen, Tail, shown};
use crate::plan::Said;
use crate::plan::regular_file::{self, Links, Unreadable};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CannotWrite {
    /// The system refuses.
    #[error("cannot write {}: {error}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Another holds the lock.
    #[error("{} is locked by another program", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// Another held the lock when the program was asked to end.
    #[error("the wait for {} was interrupted", path.display())]
    Interrupted {
        /// The file.
        path: PathBuf,
    },
    /// The author's file holds something else.
    #[error("{} is no journal", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The author's file cannot be read, or something else stands in its place.
    #[error("cannot write {}: {}", path.display(), why.reason().en)]
    LeftOut {
        /// The file.
        path: PathBuf,
        /// Why it is left out.
        why: LeftOut,
    },
    /// The author's file would become too large to be read.
    #[error("{} would become too large", path.display())]
    Full {
        /// The file.
        path: PathBuf,
        /// The largest size that is read.
        limit_bytes: u64,
    },
}

impl CannotWrite {
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |error| Self::Io { path, error }
    }

    pub(super) fn unreadable(path: &Path) -> impl FnOnce(Unreadable) -> Self {
        let path = path.to_owned();
        |why| Self::LeftOut { path, why: LeftOut::Unreadable(why) }
    }

    /// In words: what, and what to do.
    pub fn said(&self) -> (Said, Said) {
        (self.what(), self.next())
    }

    fn what(&self) -> Said {
        match self {
            CannotWrite::Io { path, error } => {
                let path = shown(path);
                Said::new(format!("无法写入 {path}：{error}"), format!("cannot write {path}: {error}"))
            }
            CannotWrite::Busy { path } => {
                let path = shown(path);
                Said::new(
                    format!("{path} 被另一个程序锁住超过 5 秒"),
                    format!("{path} has been locked by another program for more than 5 seconds"),
                )
            }
            CannotWrite::Interrupted { path } => {
                let path = shown(path);
                Said::new(
                    format!("程序要结束时 {path} 还被另一个程序锁住"),
                    format!("another program still had {path} locked when this one was asked to end"),
                )
            }
            CannotWrite::Foreign { path } => {
                let path = shown(path);
                Said::new(
                    format!("{path} 不是记录文件，不往里写"),
                    format!("{path} is no journal, so nothing is written to it"),
                )
            }
            CannotWrite::LeftOut { path, why } => {
                let (path, reason) = (shown(path), why.reason());
                Said::new(
                    format!("无法写入 {path}：{}", reason.zh),
                    format!("cannot write {path}: {}", reason.en),
                )
            }
            CannotWrite::Full { path, limit_bytes } => {
                let (path, reason) =
                    (shown(path), Unreadable::TooLarge { limit_bytes: *limit_bytes }.reason());
                Said::new(
                    format!("没有写入 {path}：写入后文件{}", reason.zh),
                    format!("nothing is written to {path}: after that {}", reason.en),
                )
            }
        }
    }

    fn next(&self) -> Said {
        let (zh, en) = match self {
            CannotWrite::LeftOut { why, .. } => return why.advice(),
            CannotWrite::Io { .. } => (
                "检查磁盘空间与写入权限，或用 --journal 换一个文件夹",
                "check free space and permissions, or choose another folder with --journal",
            ),
            CannotWrite::Busy { .. } => ("等它结束后重试", "try again when that program is done"),
            CannotWrite::Interrupted { .. } => {
                ("等那个程序结束后重试", "try again when that program is done")
            }
            CannotWrite::Foreign { .. } => (
                "移走该文件，或用 --author 换一个作者名",
                "move that file away, or choose another author with --author",
            ),
            CannotWrite::Full { .. } => (
                "在同一文件夹中给它改名（仍以 .jsonl 结尾，照样读取），下一条记录另起新文件",
                "rename it in its folder (still ending in .jsonl, so that it is read on); your next record begins a new file",
            ),
        };
        Said::new(zh, en)
    }
}

/// The end of a file that was broken off, set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TornTail {
    /// The file it stood in.
    pub file: PathBuf,
    /// The file it stands in now.
    pub aside: PathBuf,
    /// How much.
    pub bytes: usize,
}

/// What came of an append.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appending {
    /// A torn tail found on the way.
    pub torn: Option<TornTail>,
}

impl Folder {
    /// Appends lines (each without its line feed) to a locked file of which everything has been read. When it returns they are on disk.
    ///
    /// # Errors
    /// Where anything fails; the file is then as it was, but for a torn tail.
    pub fn append(&mut self, lock: &Locked, lines: &[impl AsRef<[u8]>]) -> Result<Appending, CannotWrite> {
        let written = self.append_lines(lock, lines);
        if written.is_err()
            && lock.born == Born::Now
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
        let mut seen = self.files.get(name).cloned().unwrap_or_else(|| Seen::new(Mark::of(&meta)));
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
            // The error that matters is the first; a file that cannot even be cut back is mended by the next writer.
            let _ = lock.file.set_len(before);
            return Err(refused(error));
        }
        if lock.born == Born::Now {
            sync_folder(&self.dir);
        }
        seen.count(&bytes);
        seen.tail = Tail::Ended;
        if let Ok(meta) = lock.file.metadata() {
            seen.mark = Mark::of(&meta);
        }
        self.files.insert(name.to_owned(), seen);
        Ok(Appending { torn })
    }
}

/// One `write` of everything, and a sync.
fn write_whole(mut file: &File, bytes: &[u8], born: Born) -> io::Result<()> {
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
        Born::Before => file.sync_data(),
        Born::Now => file.sync_all(),
    }
}

/// A new file is only safe when its folder is. Some file systems cannot do this; the file's own sync was done.
fn sync_folder(dir: &Path) {
    if let Ok(dir) = File::open(dir) {
        let _ = dir.sync_all();
    }
}

/// Moves what follows the last whole line to `<file>.torn`: first there, then away from here, so that it is never lost.
fn set_aside(lock: &Locked, from: u64) -> Result<TornTail, CannotWrite> {
    let refused = |error| CannotWrite::at(&lock.path)(error);
    let mut tail = Vec::new();
    let mut file = &lock.file;
    file.seek(SeekFrom::Start(from)).and_then(|_| file.read_to_end(&mut tail)).map_err(refused)?;
    let aside = lock.path.with_file_name(format!("{}.torn", lock.name));
    let mut options = regular_file::options(Links::Refuse);
    options.append(true).create(true);
    for_owner_only(&mut options);
    regular_file::look_or_missing(&aside).map_err(CannotWrite::unreadable(&aside))?;
    let mut kept = options.open(&aside).map_err(CannotWrite::at(&aside))?;
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
        let mut folder = Folder::new(dir.path().to_owned());
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
