//! The journal's folder: reads every `*.jsonl` in it, and appends. All of the journal's disk is here and in the files below.
//!
//! Reading keeps, for each file, how far it was read and a digest of what was read. A file that only grew gives what is new; one that shrank
//! or changed before that place gives everything anew. It refuses to know what a line means, except whether a last one is whole.

mod append;
mod lock;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, SystemTime};

pub use append::{Appending, CannotWrite, TornTail};
pub use lock::{Locked, WAIT};

use super::codec::is_whole;
use crate::plan::Said;
use crate::plan::text::one_line;

/// Something that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {error}", path.display())]
pub struct CannotRead {
    /// Where.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub error: io::Error,
}

impl CannotRead {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |error| Self { path, error }
    }

    /// In words.
    pub fn said(&self) -> Said {
        let (path, error) = (shown(&self.path), &self.error);
        Said::new(format!("无法读取 {path}：{error}"), format!("cannot read {path}: {error}"))
    }
}

/// A path for a reader.
pub fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy()).into_owned()
}

/// Whole lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The file's name.
    pub file: Box<str>,
    /// Which line the first is, from 1.
    pub first_line: u32,
    /// The bytes; a line feed ends each line but maybe the last, which is whole all the same.
    pub bytes: Vec<u8>,
}

impl Chunk {
    /// The lines that are not blank, without line ends, each with its number.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let bytes = match self.first_line {
            1 => self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes),
            _ => &self.bytes,
        };
        let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        (self.first_line..).zip(lines).filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
    }
}

/// What reading found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing.
    Nothing,
    /// Lines besides those read before.
    More(Vec<Chunk>),
    /// Everything; what was read before no longer holds.
    Anew(Vec<Chunk>),
}

/// How a file ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tail {
    /// With a line feed, or empty.
    #[default]
    Ended,
    /// With a whole line that lacks its line feed; it counts.
    Whole,
    /// With a line that is not whole (yet); it does not count.
    Unfinished,
}

/// What shows that a file is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    bytes: u64,
    modified: Option<SystemTime>,
    inode: (u64, u64),
}

impl Mark {
    fn of(meta: &Metadata) -> Self {
        Self { bytes: meta.len(), modified: meta.modified().ok(), inode: inode(meta) }
    }
}

#[cfg(unix)]
fn inode(meta: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// How far a file was read.
#[derive(Clone, Debug)]
struct Seen {
    mark: Mark,
    /// Bytes read: whole lines only.
    read_bytes: u64,
    /// Of those bytes.
    digest: DefaultHasher,
    /// Line feeds among them.
    lines: u32,
    tail: Tail,
}

impl Seen {
    fn new(mark: Mark) -> Self {
        Self { mark, read_bytes: 0, digest: DefaultHasher::new(), lines: 0, tail: Tail::Ended }
    }

    /// Takes the file's bytes; gives those after the place read so far that are whole lines. `None`: what was read before has changed.
    fn take(&mut self, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
        let read = usize::try_from(self.read_bytes).ok().filter(|read| *read <= bytes.len())?;
        let mut digest = DefaultHasher::new();
        digest.write(&bytes[..read]);
        if digest.finish() != self.digest.finish() {
            return None;
        }
        let after_feed = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let tail = &bytes[after_feed.max(read)..];
        let (tail, end) = match tail {
            [] if after_feed < read => (self.tail, read),
            [] => (Tail::Ended, after_feed),
            tail if is_whole(tail) => (Tail::Whole, bytes.len()),
            _ => (Tail::Unfinished, after_feed.max(read)),
        };
        bytes.truncate(end);
        bytes.drain(..read);
        self.count(&bytes);
        self.tail = tail;
        Some(bytes)
    }

    /// Counts bytes as read.
    fn count(&mut self, bytes: &[u8]) {
        self.digest.write(bytes);
        self.read_bytes += bytes.len() as u64;
        let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
        self.lines = self.lines.saturating_add(u32::try_from(feeds).unwrap_or(u32::MAX));
    }
}

/// Git and sync tools put files in place of others; a folder in the middle of that is read again.
const ATTEMPTS: usize = 5;

/// A folder of `*.jsonl` files, and how far each was read.
#[derive(Clone, Debug)]
pub struct Folder {
    dir: PathBuf,
    files: BTreeMap<OsString, Seen>,
    /// Set, nobody waits for a lock.
    over: Arc<AtomicBool>,
}

/// A last line that is not whole is looked at again after this time: its writer may be at it.
const LOOK_AGAIN: Duration = Duration::from_millis(15);

impl Folder {
    /// A folder of which nothing was read yet; it need not exist.
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, files: BTreeMap::new(), over: Arc::default() }
    }

    /// A wait for a lock ends once this is set.
    pub fn stop_waiting_when(&mut self, over: Arc<AtomicBool>) {
        self.over = over;
    }

    /// Where it is.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Reads what is new since the last time. A folder that is not there is empty.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read.
    pub fn read(&mut self) -> Result<News, CannotRead> {
        let fresh = self.files.is_empty();
        let present = list(&self.dir)?;
        let gone = self.files.keys().any(|name| !present.contains_key(name));
        let mut chunks = Vec::new();
        if !gone && self.read_into(&present, &mut chunks)? {
            return Ok(match (chunks.is_empty(), fresh) {
                (true, _) => News::Nothing,
                (false, true) => News::Anew(chunks),
                (false, false) => News::More(chunks),
            });
        }
        for _ in 0..ATTEMPTS {
            self.files.clear();
            chunks.clear();
            if self.read_into(&list(&self.dir)?, &mut chunks)? {
                return Ok(News::Anew(chunks));
            }
        }
        let error = io::Error::new(io::ErrorKind::ResourceBusy, "its files keep changing");
        Err(CannotRead { path: self.dir.clone(), error })
    }

    /// Reads every file on from where it was read to; `false` where one has changed before that place, or has gone since it was listed.
    fn read_into(
        &mut self,
        present: &BTreeMap<OsString, Mark>,
        out: &mut Vec<Chunk>,
    ) -> Result<bool, CannotRead> {
        for (name, mark) in present {
            let known = self.files.get(name);
            if known.is_some_and(|seen| seen.mark == *mark) {
                continue;
            }
            let mut seen = known.cloned().unwrap_or_else(|| Seen::new(*mark));
            let first_line = seen.lines + 1;
            let Some(bytes) = read_on(&self.dir.join(name), &mut seen)? else { return Ok(false) };
            self.files.insert(name.clone(), seen);
            if !bytes.is_empty() {
                out.push(Chunk { file: name.to_string_lossy().into(), first_line, bytes });
            }
        }
        Ok(true)
    }

    /// Files whose last line is not whole.
    pub fn unfinished(&self) -> impl Iterator<Item = &OsStr> {
        let torn = self.files.iter().filter(|(_, seen)| seen.tail == Tail::Unfinished);
        torn.map(|(name, _)| name.as_os_str())
    }

    /// How many files there are.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// Files of torn tails that writers set aside.
    pub fn set_aside(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let mut found: Vec<PathBuf> =
            entries.map(|entry| entry.path()).filter(|path| has_ending(path, "torn")).collect();
        found.sort();
        found
    }
}

/// A single file's lines, for a merge.
///
/// # Errors
/// Where it cannot be read.
pub fn read_file(path: &Path) -> Result<Chunk, CannotRead> {
    let mut seen = Seen::new(Mark::of(&fs::metadata(path).map_err(CannotRead::at(path))?));
    let bytes = read_on(path, &mut seen)?.unwrap_or_default();
    let file = path.file_name().unwrap_or_default().to_string_lossy().into();
    Ok(Chunk { file, first_line: 1, bytes })
}

/// The text of a file that is no journal but may hold records.
///
/// # Errors
/// Where it cannot be read, or is no UTF-8.
pub fn read_text(path: &Path) -> Result<String, CannotRead> {
    fs::read_to_string(path).map_err(CannotRead::at(path))
}

/// Reads a file on; `None` where it has changed before the place read so far, or is gone. A last line that is not whole gets a second look.
fn read_on(path: &Path, seen: &mut Seen) -> Result<Option<Vec<u8>>, CannotRead> {
    let mut first = seen.clone();
    let read = |seen: &mut Seen| {
        let found = fs::metadata(path).and_then(|meta| Ok((Mark::of(&meta), fs::read(path)?)));
        match found {
            Ok((mark, bytes)) => {
                seen.mark = mark;
                Ok(seen.take(bytes))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CannotRead::at(path)(error)),
        }
    };
    let bytes = read(&mut first)?;
    if first.tail != Tail::Unfinished || bytes.is_none() {
        *seen = first;
        return Ok(bytes);
    }
    thread::sleep(LOOK_AGAIN);
    read(seen)
}

/// The `*.jsonl` files of a folder, by name. What is no plain file is left alone.
fn list(dir: &Path) -> Result<BTreeMap<OsString, Mark>, CannotRead> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        // Something else stands in its way: above it nothing can have been written, in its place it is an error.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory && fs::metadata(dir).is_err() => {
            return Ok(BTreeMap::new());
        }
        Err(error) => return Err(CannotRead::at(dir)(error)),
    };
    let mut files = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(CannotRead::at(dir))?.path();
        let Some(name) = path.file_name().filter(|_| has_ending(&path, "jsonl")) else { continue };
        match fs::metadata(&path) {
            Ok(meta) if meta.is_file() => drop(files.insert(name.to_owned(), Mark::of(&meta))),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {} // gone, or a link to nowhere
            Err(error) => return Err(CannotRead::at(&path)(error)),
        }
    }
    Ok(files)
}

/// Whether a path ends in `.ENDING`; a name that is nothing else (`.jsonl`) counts too.
fn has_ending(path: &Path, ending: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.'))
}
