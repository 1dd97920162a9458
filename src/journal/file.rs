//! The journal's folder: reads every `*.jsonl` in it, and appends. All of the journal's disk is here and in
//! the files below.
//!
//! Reading keeps, for each file, how far it was read and a digest of what was read. A file that only grew
//! gives what is new; one that shrank or changed before that place is read from its start. What a line means
//! is not known here, except whether the last one is complete.

mod append;
mod cannot_write;
mod entry;
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

pub use append::{Appending, TornTail};
pub use cannot_write::CannotWrite;
pub use entry::{LeftOut, MAX_FILE_BYTES};
pub use lock::{Locked, WAIT};

use super::codec::is_whole;
use crate::plan::disk;
use crate::plan::regular_file::{self, Links, UnreadableFile};
use crate::text::Bilingual;
use crate::text::clean::shown;

/// Something that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {why}", path.display())]
pub struct CannotRead {
    /// The file or folder that was to be read.
    pub path: PathBuf,
    /// The reason the system or the reader gave.
    #[source]
    pub why: UnreadableFile,
}

impl CannotRead {
    fn at<E: Into<UnreadableFile>>(path: &Path) -> impl FnOnce(E) -> Self {
        let path = path.to_owned();
        |error| Self { path, why: error.into() }
    }

    /// The error in both languages, with the path.
    pub fn said(&self) -> Bilingual {
        let (path, why) = (shown(&self.path), self.why.reason());
        Bilingual::new(format!("无法读取 {path}：{}", why.zh), format!("cannot read {path}: {}", why.en))
    }
}

/// Whole lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The file's name within the folder, without the path.
    pub file: Box<str>,
    /// Which line the first is, from 1.
    pub first_line: u32,
    /// The bytes; a line feed ends each line but maybe the last, which is whole all the same.
    pub bytes: Vec<u8>,
}

impl Chunk {
    /// The lines that are not blank, without line ends, each with its number. Objects that stand on one line,
    /// as after a merge of files whose last line had no end, are lines of the same number.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let bytes = match self.first_line {
            1 => self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes),
            _ => &self.bytes,
        };
        let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let lines =
            (self.first_line..).zip(lines).filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace));
        lines.flat_map(|(number, line)| objects(line).into_iter().map(move |object| (number, object)))
    }
}

/// The objects of a line; the line itself where it is not two or more whole ones and nothing else.
fn objects(line: &[u8]) -> Vec<&[u8]> {
    if memchr::memmem::find(line, b"}{").is_none() && memchr::memmem::find(line, b"} {").is_none() {
        return vec![line];
    }
    let mut found = serde_json::Deserializer::from_slice(line).into_iter::<serde::de::IgnoredAny>();
    let (mut objects, mut start) = (Vec::new(), 0);
    while let Some(object) = found.next() {
        let end = found.byte_offset();
        let bytes = line[start..end].trim_ascii();
        if object.is_err() || !bytes.starts_with(b"{") {
            return vec![line];
        }
        objects.push(bytes);
        start = end;
    }
    if objects.len() > 1 { objects } else { vec![line] }
}

/// What one pass over the folder found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOutcome {
    /// No file has grown since the last pass.
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
struct FileFingerprint {
    bytes: u64,
    modified: Option<SystemTime>,
    inode: (u64, u64),
}

impl FileFingerprint {
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
struct ReadPosition {
    mark: FileFingerprint,
    /// Bytes read: whole lines only.
    read_bytes: u64,
    digest: DefaultHasher,
    /// Line feeds among them.
    lines: u32,
    tail: Tail,
}

impl ReadPosition {
    fn new(mark: FileFingerprint) -> Self {
        Self { mark, read_bytes: 0, digest: DefaultHasher::new(), lines: 0, tail: Tail::Ended }
    }

    /// Takes the file's bytes; gives those after the place read so far that are whole lines. `None`: what was
    /// read before has changed.
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

    fn count(&mut self, bytes: &[u8]) {
        self.digest.write(bytes);
        self.read_bytes += bytes.len() as u64;
        let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
        self.lines = self.lines.saturating_add(u32::try_from(feeds).unwrap_or(u32::MAX));
    }
}

/// Git and sync tools put files in place of others; a folder in the middle of that is read again.
const ATTEMPTS: usize = 5;

/// Who may read what is written to a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JournalAudience {
    /// The user alone: notes may be candid.
    #[default]
    Owner,
    /// Whoever the folder is shared with: new files take its group and the process's umask.
    Folder,
}

/// A folder of `*.jsonl` files, and how far each was read.
#[derive(Clone, Debug)]
pub struct JournalFolder {
    dir: PathBuf,
    files: BTreeMap<OsString, ReadPosition>,
    left_out: BTreeMap<OsString, LeftOut>,
    limit_bytes: u64,
    audience: JournalAudience,
    /// Set, nobody waits for a lock.
    over: Arc<AtomicBool>,
}

/// The `*.jsonl` files that were found in a folder.
struct JournalListing {
    files: BTreeMap<OsString, (PathBuf, FileFingerprint)>,
    left_out: BTreeMap<OsString, LeftOut>,
}

/// What came of reading a file on.
enum ReadOn {
    /// What is new of its whole lines.
    Bytes(Vec<u8>),
    /// It has changed before the place read so far, or is gone.
    Changed,
    LeftOut(LeftOut),
}

/// A last line that is not whole is looked at again after this time: its writer may be at it.
const LOOK_AGAIN: Duration = Duration::from_millis(15);

impl JournalFolder {
    /// A folder of which nothing was read yet; it need not exist.
    pub fn new(dir: PathBuf) -> Self {
        Self {
            dir,
            files: BTreeMap::new(),
            left_out: BTreeMap::new(),
            limit_bytes: MAX_FILE_BYTES,
            audience: JournalAudience::default(),
            over: Arc::default(),
        }
    }

    /// Who may read the files that are made from now on.
    pub fn set_audience(&mut self, audience: JournalAudience) {
        self.audience = audience;
    }

    /// A wait for a lock ends once this is set.
    pub fn stop_waiting_when(&mut self, over: Arc<AtomicBool>) {
        self.over = over;
    }

    /// The folder as it was given, not resolved.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Reads what is new since the last time. A folder that is not there is empty; a file that cannot be read
    /// is left out, with all that was read of it before.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn read(&mut self) -> Result<ReadOutcome, CannotRead> {
        let fresh = self.files.is_empty();
        let listing = list(&self.dir)?;
        let gone = self.files.keys().any(|name| !listing.files.contains_key(name));
        let mut chunks = Vec::new();
        if !gone && self.read_into(listing, &mut chunks) {
            return Ok(match (chunks.is_empty(), fresh) {
                (true, _) => ReadOutcome::Nothing,
                (false, true) => ReadOutcome::Anew(chunks),
                (false, false) => ReadOutcome::More(chunks),
            });
        }
        for _ in 0..ATTEMPTS {
            self.files.clear();
            chunks.clear();
            if self.read_into(list(&self.dir)?, &mut chunks) {
                return Ok(ReadOutcome::Anew(chunks));
            }
        }
        let error = io::Error::new(io::ErrorKind::ResourceBusy, "its files keep changing");
        Err(CannotRead::at(&self.dir)(error))
    }

    /// Reads every file on from where it was read to; `false` where one has changed before that place, or has
    /// gone since it was listed.
    fn read_into(&mut self, listing: JournalListing, out: &mut Vec<Chunk>) -> bool {
        self.left_out = listing.left_out;
        let mut unfinished = Vec::new();
        for (name, (path, mark)) in listing.files {
            if self.files.get(&name).is_some_and(|seen| seen.mark == mark) {
                continue;
            }
            let before = self.files.get(&name).cloned().unwrap_or_else(|| ReadPosition::new(mark));
            let mut seen = before.clone();
            let read = read_on(&path, &mut seen, self.limit_bytes);
            if seen.tail == Tail::Unfinished && matches!(read, ReadOn::Bytes(_)) {
                unfinished.push((name, path, before));
            } else if !self.keep(name, &before, seen, read, out) {
                return false;
            }
        }
        if unfinished.is_empty() {
            return true;
        }
        thread::sleep(LOOK_AGAIN);
        unfinished.into_iter().all(|(name, path, before)| {
            let mut seen = before.clone();
            let read = read_on(&path, &mut seen, self.limit_bytes);
            self.keep(name, &before, seen, read, out)
        })
    }

    /// Keeps how far a file was read, and what was new; `false` where what was read before no longer holds.
    fn keep(
        &mut self,
        name: OsString,
        before: &ReadPosition,
        seen: ReadPosition,
        read: ReadOn,
        out: &mut Vec<Chunk>,
    ) -> bool {
        match read {
            ReadOn::Bytes(bytes) => {
                if !bytes.is_empty() {
                    let file = name.to_string_lossy().into();
                    out.push(Chunk { file, first_line: before.lines + 1, bytes });
                }
                self.files.insert(name, seen);
                true
            }
            ReadOn::LeftOut(why) if !self.files.contains_key(&name) => {
                self.left_out.insert(name, why);
                true
            }
            ReadOn::LeftOut(_) | ReadOn::Changed => false,
        }
    }

    /// Files that are left out, by name, each with the reason.
    pub fn left_out(&self) -> impl Iterator<Item = (&OsStr, &LeftOut)> {
        self.left_out.iter().map(|(name, why)| (name.as_os_str(), why))
    }

    /// Why a file is left out; `None` where it is not.
    pub fn why_left_out(&self, name: &str) -> Option<&LeftOut> {
        self.left_out.get(OsStr::new(name))
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
        let mut found: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| has_ending(path, "torn") && path.is_file())
            .collect();
        found.sort();
        found
    }
}

/// A single file's lines, for a merge.
///
/// # Errors
/// Where it cannot be read.
pub fn read_file(path: &Path) -> Result<Chunk, CannotRead> {
    let opened = regular_file::open(path, Links::Follow, MAX_FILE_BYTES).map_err(CannotRead::at(path))?;
    let mut seen = ReadPosition::new(FileFingerprint::of(&opened.1));
    let bytes = regular_file::read_opened(opened, MAX_FILE_BYTES).map_err(CannotRead::at(path))?;
    let bytes = seen.take(bytes).unwrap_or_default();
    let file = path.file_name().unwrap_or_default().to_string_lossy().into();
    Ok(Chunk { file, first_line: 1, bytes })
}

/// The text of a file that is no journal but may hold records: a plan.
///
/// # Errors
/// Where it cannot be read, or is no UTF-8.
pub fn read_text(path: &Path) -> Result<String, CannotRead> {
    regular_file::read_text(path, disk::MAX_FILE_BYTES).map_err(CannotRead::at(path))
}

/// Reads a file on. The path is that of no link: where one has come there meanwhile, it is not followed.
fn read_on(path: &Path, seen: &mut ReadPosition, limit_bytes: u64) -> ReadOn {
    let opened = regular_file::open(path, Links::Refuse, limit_bytes);
    let read = opened.and_then(|(file, found)| {
        let mark = FileFingerprint::of(&found);
        Ok((mark, regular_file::read_opened((file, found), limit_bytes)?))
    });
    match read {
        Ok((mark, bytes)) => {
            seen.mark = mark;
            seen.take(bytes).map_or(ReadOn::Changed, ReadOn::Bytes)
        }
        Err(why) if why.is_missing() => ReadOn::Changed,
        Err(why) => ReadOn::LeftOut(LeftOut::Unreadable(why)),
    }
}

/// The `*.jsonl` files of a folder, by name.
fn list(dir: &Path) -> Result<JournalListing, CannotRead> {
    let mut listing = JournalListing { files: BTreeMap::new(), left_out: BTreeMap::new() };
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(listing),
        // Something else stands in its way: above it nothing can have been written, in its place it is an
        // error.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory && fs::metadata(dir).is_err() => {
            return Ok(listing);
        }
        Err(error) => return Err(CannotRead::at(dir)(error)),
    };
    for entry in entries {
        let path = entry.map_err(CannotRead::at(dir))?.path();
        let Some(name) = path.file_name().filter(|_| has_ending(&path, "jsonl")) else { continue };
        let found = entry::locate(dir, &path).and_then(|path| {
            let found = regular_file::look(&path).map_err(LeftOut::Unreadable)?;
            Ok((path, FileFingerprint::of(&found)))
        });
        match found {
            Ok(file) => drop(listing.files.insert(name.to_owned(), file)),
            Err(LeftOut::Unreadable(why)) if why.is_missing() => {} // gone since the folder was listed
            Err(why) => drop(listing.left_out.insert(name.to_owned(), why)),
        }
    }
    Ok(listing)
}

/// Whether a path ends in `.ENDING`, in letters of either case; a name that is nothing else (`.jsonl`) counts
/// too.
fn has_ending(path: &Path, ending: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    name.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.'))
}
