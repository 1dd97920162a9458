//! Which file a name in the journal's folder leads to, and why some are left out.
//!
//! A folder is shared: whoever writes to it may put a link, a pipe or a folder in a file's place. Such a
//! thing is left out and named, and stops nobody but the author whose own file it stands for.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::plan::regular_file::UnreadableFile;
use crate::text::Bilingual;
use crate::text::clean::shown;

/// Largest journal file that is read or written, in bytes.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// Why a file is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It is a link that leads out of the folder.
    Outside {
        /// The path the symbolic link points to.
        target: PathBuf,
    },
    /// It is a link to what is not there.
    Dangling,
    /// It is a link that leads back to itself.
    Circular,
    /// It cannot be read, or is no regular file.
    Unreadable(UnreadableFile),
}

impl From<io::Error> for LeftOut {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.into())
    }
}

impl LeftOut {
    /// The reason in words, to stand behind the file's name and a colon.
    pub fn reason(&self) -> Bilingual {
        match self {
            LeftOut::Outside { target } => {
                let target = shown(target);
                Bilingual::new(
                    format!("它是链接，指向文件夹之外的 {target}"),
                    format!("it is a link that leads out of the folder, to {target}"),
                )
            }
            LeftOut::Dangling => {
                Bilingual::new("它是链接，所指的文件不存在", "it is a link to a file that is not there")
            }
            LeftOut::Circular => {
                Bilingual::new("它是指向自身的链接", "it is a link that leads back to itself")
            }
            LeftOut::Unreadable(why) => why.reason(),
        }
    }

    /// What the owner of the folder can do so that the file is read.
    pub fn advice(&self) -> Bilingual {
        match self {
            LeftOut::Outside { .. } => Bilingual::new(
                "把所指文件的副本放进该文件夹",
                "put a copy of that file into the folder instead",
            ),
            LeftOut::Dangling => Bilingual::new(
                "恢复所指的文件，或删除该链接",
                "restore the file that it leads to, or remove the link",
            ),
            LeftOut::Circular => Bilingual::new("删除该链接", "remove the link"),
            LeftOut::Unreadable(UnreadableFile::TooLarge { .. }) => Bilingual::new(
                "按行拆成几个 *.jsonl 放在同一文件夹，都会读取",
                "split it between lines into several *.jsonl files in the folder; all are read",
            ),
            LeftOut::Unreadable(UnreadableFile::NotRegular(_)) => {
                Bilingual::new("把它移出该文件夹，或改名", "move it out of the folder, or rename it")
            }
            LeftOut::Unreadable(why) => why.advice(),
        }
    }
}

/// The file that a path in a folder leads to: itself, or, for a link, what it leads to within the folder. A
/// path at which there is nothing leads to itself.
///
/// # Errors
/// Where a link leads elsewhere, to nothing, or round in a circle.
pub fn locate(dir: &Path, path: &Path) -> Result<PathBuf, LeftOut> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {}
        Ok(_) => return Ok(path.to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path.to_owned()),
        Err(error) => return Err(error.into()),
    }
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(LeftOut::Dangling),
        Err(error) if is_circle(&error) => return Err(LeftOut::Circular),
        Err(error) => return Err(error.into()),
    };
    if target.starts_with(fs::canonicalize(dir)?) { Ok(target) } else { Err(LeftOut::Outside { target }) }
}

#[cfg(unix)]
fn is_circle(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_circle(_: &io::Error) -> bool {
    false
}
