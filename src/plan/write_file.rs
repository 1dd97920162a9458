//! Puts a file in its place whole: a reader, or a crash, finds the old one or the new one, never half of one.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the new one is refused.
    Keep,
    /// The new file takes its place in one step.
    Replace,
}

/// Whether a file is to survive a failure of the machine besides that of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// It is handed to the system.
    Program,
    /// It is on the disk; takes longer.
    Machine,
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// Whoever the user's own settings let.
    Usual,
    /// The user alone.
    Owner,
}

/// Writes the content of a file; called once, with a buffered writer.
pub type Fill<'f, E> = &'f mut dyn FnMut(&mut dyn Write) -> Result<(), E>;

/// Writes a file at a place that somebody named. A link stays a link: the file it leads to is replaced. What
/// is no plain file (a device, a pipe) is written as it is.
///
/// # Errors
/// Where it cannot be written or was stopped; then the place is as it was, with nothing beside it.
/// `AlreadyExists` where a file is there that is to be kept.
pub fn to_file<E: From<io::Error>>(path: &Path, over: Existing, fill: Fill<'_, E>) -> Result<(), E> {
    let special = path.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    if special {
        return fill_whole(&OpenOptions::new().write(true).open(path)?, fill);
    }
    if over == Existing::Keep && path.symlink_metadata().is_ok() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
    }
    put(&followed(path), (over, Durability::Machine, Readers::Usual), fill)
}

/// Puts a file of the program's own in the place of another; its folder is made where it is missing. A link
/// stays a link.
///
/// # Errors
/// Where its folder cannot be written, or something else than a file is there.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_for(path, bytes, Readers::Usual)
}

/// The same of a file that is nobody else's business: places, history, what was copied. So is a folder that is
/// made for it.
///
/// # Errors
/// As [`replace`].
pub fn replace_own(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_for(path, bytes, Readers::Owner)
}

fn replace_for(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        if readers == Readers::Owner {
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        }
        builder.create(folder)?;
    }
    // A pipe or a device in its place is somebody's, and stays.
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("something else than a file is in its place"));
    }
    let how = (Existing::Replace, Durability::Program, readers);
    put(&followed(path), how, &mut |sink| sink.write_all(bytes))
}

/// Puts a file for the user alone in the place of another. A link there is replaced, not followed.
///
/// # Errors
/// Where its folder cannot be written; the file is as it was.
pub fn replace_private(path: &Path, bytes: &[u8], durability: Durability) -> io::Result<()> {
    put(path, (Existing::Replace, durability, Readers::Owner), &mut |sink| sink.write_all(bytes))
}

/// Where a link leads; the path itself where it is none.
fn followed(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Writes a file beside its place and moves it there when it is whole.
fn put<E: From<io::Error>>(
    path: &Path,
    (over, durability, readers): (Existing, Durability, Readers),
    fill: Fill<'_, E>,
) -> Result<(), E> {
    let beside = beside(path);
    let file = create(&beside, readers)?;
    let placed = fill_whole(&file, fill).and_then(|()| {
        if durability == Durability::Machine {
            file.sync_all()?;
        }
        match over {
            Existing::Replace => fs::rename(&beside, path)?,
            Existing::Keep => place_new(&beside, path)?,
        }
        Ok(())
    });
    if placed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    placed
}

/// Gives the finished file its name. `hard_link` refuses one that came up meanwhile; a file system without
/// links falls back on a rename.
fn place_new(beside: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(beside, path) {
        Ok(()) => fs::remove_file(beside),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => fs::rename(beside, path),
    }
}

fn fill_whole<E: From<io::Error>>(file: &File, fill: Fill<'_, E>) -> Result<(), E> {
    let mut sink = BufWriter::with_capacity(1 << 16, file);
    fill(&mut sink)?;
    Ok(sink.flush()?)
}

/// A name in the same folder that no other program, thread or earlier run uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let token = RandomState::new().build_hasher().finish();
    path.with_file_name(format!(".{name}.{token:016x}.tmp"))
}

fn create(path: &Path, readers: Readers) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    options.open(path)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(io::ErrorKind::StorageFull)]
    #[case(io::ErrorKind::Interrupted)]
    fn a_file_that_ends_early_leaves_the_old_one_and_nothing_else(#[case] why: io::ErrorKind) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.json");
        fs::write(&file, "old").unwrap();
        let failed = to_file::<io::Error>(&file, Existing::Replace, &mut |sink| {
            sink.write_all(b"new")?;
            Err(why.into())
        });
        assert_eq!(failed.unwrap_err().kind(), why);
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[rstest]
    #[case(io::ErrorKind::StorageFull)]
    #[case(io::ErrorKind::Interrupted)]
    fn a_new_file_that_is_not_finished_never_appears(#[case] why: io::ErrorKind) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.json");
        let failed = to_file::<io::Error>(&file, Existing::Keep, &mut |sink| {
            sink.write_all(b"new")?;
            Err(why.into())
        });
        assert_eq!(failed.unwrap_err().kind(), why);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_came_up_meanwhile_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.json");
        let failed = to_file::<io::Error>(&file, Existing::Keep, &mut |sink| {
            fs::write(&file, "theirs")?;
            sink.write_all(b"new")
        });
        assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&file).unwrap(), "theirs");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_but_for_a_file_of_the_users_alone() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let [target, link] = ["target", "link"].map(|name| dir.path().join(name));
        fs::write(&target, "old").unwrap();
        symlink(&target, &link).unwrap();
        replace(&link, b"through").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "through");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        replace_private(&link, b"instead", Durability::Machine).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "through");
        let meta = link.symlink_metadata().unwrap();
        assert_eq!((meta.is_file(), meta.permissions().mode() & 0o777), (true, 0o600));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
