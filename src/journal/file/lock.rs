//! The exclusive lock on an author's file, held for one append.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use super::cannot_write::CannotWrite;
use super::{FileFingerprint, JournalAudience, JournalFolder, entry};
use crate::journal::author::Author;
use crate::plan::regular_file::{self, Links, UnreadableFile};

/// How long a writer waits for another.
pub const WAIT: Duration = Duration::from_secs(5);

/// How often it looks meanwhile.
const LOOK: Duration = Duration::from_millis(10);

/// An author's file, locked until this is dropped.
#[derive(Debug)]
pub struct Locked {
    pub(super) file: File,
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) born: FileBirth,
    pub(super) audience: JournalAudience,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileBirth {
    Before,
    /// It was made for this append.
    Now,
}

impl JournalFolder {
    /// Locks an author's file, which is made if need be, and the folder with it.
    ///
    /// # Errors
    /// Where neither can be made, something else stands in the file's place, or another holds the lock for
    /// longer than [`WAIT`] or until
    /// [`JournalFolder::stop_waiting_when`] ends that.
    pub fn lock(&self, by: &Author) -> Result<Locked, CannotWrite> {
        make_folder(&self.dir, self.audience).map_err(CannotWrite::at(&self.dir))?;
        let name = by.file_name();
        let path = self.dir.join(&name);
        let since = Instant::now();
        loop {
            let (file, born) = self.open_own(&path)?;
            match file.try_lock() {
                Ok(()) if is_still(&file, &path) => {
                    return Ok(Locked { file, path, name, born, audience: self.audience });
                }
                Ok(()) => {} // put in its place meanwhile by git or a sync tool: the new one is the one to lock
                Err(TryLockError::WouldBlock) => thread::sleep(LOOK),
                Err(TryLockError::Error(error)) => return Err(CannotWrite::at(&path)(error)),
            }
            if self.over.load(Ordering::SeqCst) {
                return Err(CannotWrite::Interrupted { path });
            }
            if since.elapsed() > WAIT {
                return Err(CannotWrite::Busy { path });
            }
        }
    }
}

impl JournalFolder {
    /// Opens an author's file to read and append. A link is followed within the folder only.
    fn open_own(&self, path: &Path) -> Result<(File, FileBirth), CannotWrite> {
        let left_out = |why| CannotWrite::LeftOut { path: path.to_owned(), why };
        let target = entry::locate(&self.dir, path).map_err(left_out)?;
        regular_file::look_or_missing(&target).map_err(CannotWrite::unreadable(path))?;
        let (file, born) = open(&target, self.audience)?;
        let found = regular_file::metadata(&file).map_err(CannotWrite::unreadable(path))?;
        if found.len() > self.limit_bytes {
            return Err(CannotWrite::unreadable(path)(UnreadableFile::TooLarge {
                limit_bytes: self.limit_bytes,
            }));
        }
        Ok((file, born))
    }
}

fn open(path: &Path, audience: JournalAudience) -> Result<(File, FileBirth), CannotWrite> {
    let mut options = regular_file::options(Links::Refuse);
    options.read(true).append(true);
    let there = options.clone();
    match there.open(path) {
        Ok(file) => return Ok((file, FileBirth::Before)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(CannotWrite::at(path)(error)),
    }
    for_audience(&mut options, audience);
    match options.create_new(true).open(path) {
        Ok(file) => {
            take_group(&file, path, audience);
            Ok((file, FileBirth::Now))
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Ok((there.open(path).map_err(CannotWrite::at(path))?, FileBirth::Before))
        }
        Err(error) => Err(CannotWrite::at(path)(error)),
    }
}

/// The folder, made where it is missing: for the user alone, or as the process's umask has it.
fn make_folder(dir: &Path, audience: JournalAudience) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if audience == JournalAudience::Owner {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    builder.create(dir)
}

/// The rights of a new file: 0600, or what the process's umask leaves.
#[cfg(unix)]
pub(super) fn for_audience(options: &mut OpenOptions, audience: JournalAudience) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(match audience {
        JournalAudience::Owner => 0o600,
        JournalAudience::Folder => 0o666,
    });
}

#[cfg(not(unix))]
pub(super) fn for_audience(_: &mut OpenOptions, _: JournalAudience) {}

/// Gives a new file the group of a folder that is shared. Where that is refused the file keeps the user's.
#[cfg(unix)]
pub(super) fn take_group(file: &File, path: &Path, audience: JournalAudience) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let folder = path.parent().filter(|_| audience == JournalAudience::Folder);
    if let Some(meta) = folder.and_then(|folder| fs::metadata(folder).ok()) {
        let _ = fchown(file, None, Some(meta.gid()));
    }
}

#[cfg(not(unix))]
pub(super) fn take_group(_: &File, _: &Path, _: JournalAudience) {}

/// Whether the path still leads to this file.
fn is_still(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(locked), Ok(now)) => FileFingerprint::of(&locked).inode == FileFingerprint::of(&now).inode,
        _ => false,
    }
}
