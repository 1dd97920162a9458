//! Puts an export into a file: a reader sees the old one or the new one, never half of one. The only place of this room that touches the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::format::ExportError;

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the export is refused.
    Keep,
    /// It is replaced.
    Replace,
}

/// What fills a file.
pub type Fill<'f> = &'f mut dyn FnMut(&mut dyn Write) -> Result<(), ExportError>;

/// Writes a file beside its place and moves it there when it is whole and on disk. A link stays a link: the file it leads to is replaced. What
/// is no plain file (a device, a pipe) is written as it is.
///
/// # Errors
/// Where it cannot be written or was stopped; then the place is as it was, with nothing beside it. `AlreadyExists` where a file is there that
/// is to be kept.
pub fn to_file(path: &Path, over: Existing, fill: Fill<'_>) -> Result<(), ExportError> {
    let special = path.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    if special {
        return fill_whole(&OpenOptions::new().write(true).open(path)?, fill);
    }
    if over == Existing::Keep && path.symlink_metadata().is_ok() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
    }
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = beside(&path);
    let file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let placed = fill_whole(&file, fill).and_then(|()| {
        file.sync_all()?;
        match over {
            Existing::Replace => fs::rename(&beside, &path)?,
            Existing::Keep => place_new(&beside, &path)?,
        }
        Ok(())
    });
    if placed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    placed
}

/// Gives the finished file its name. `hard_link` refuses one that came up meanwhile; a file system without links falls back on a rename.
fn place_new(beside: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(beside, path) {
        Ok(()) => fs::remove_file(beside),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => fs::rename(beside, path),
    }
}

fn fill_whole(file: &File, fill: Fill<'_>) -> Result<(), ExportError> {
    let mut sink = BufWriter::with_capacity(1 << 16, file);
    fill(&mut sink)?;
    Ok(sink.flush()?)
}

/// A name in the same folder that nobody else uses.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn full() -> ExportError {
        io::Error::from(io::ErrorKind::StorageFull).into()
    }

    #[rstest]
    #[case(full)]
    #[case(|| ExportError::Interrupted)]
    fn an_export_that_ends_early_leaves_the_old_file_and_nothing_else(#[case] why: fn() -> ExportError) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.json");
        fs::write(&file, "old").unwrap();
        let failed = to_file(&file, Existing::Replace, &mut |sink| {
            sink.write_all(b"new")?;
            Err(why())
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[rstest]
    #[case(full)]
    #[case(|| ExportError::Interrupted)]
    fn a_new_file_that_is_not_finished_never_appears(#[case] why: fn() -> ExportError) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.json");
        let failed = to_file(&file, Existing::Keep, &mut |sink| {
            sink.write_all(b"new")?;
            Err(why())
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_came_up_meanwhile_is_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.json");
        let failed = to_file(&file, Existing::Keep, &mut |sink| {
            fs::write(&file, "theirs")?;
            Ok(sink.write_all(b"new")?)
        });
        assert!(
            matches!(failed, Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::AlreadyExists)
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "theirs");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
