//! Why nothing was written, in words.

use std::io;
use std::path::{Path, PathBuf};

use super::entry::LeftOut;
use crate::plan::regular_file::UnreadableFile;
use crate::text::Bilingual;
use crate::text::clean::shown;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CannotWrite {
    /// The system refuses.
    #[error("cannot write {}: {error}", path.display())]
    Io {
        /// The folder that could not be created.
        path: PathBuf,
        /// The system's error.
        #[source]
        error: io::Error,
    },
    /// Another holds the lock.
    #[error("{} is locked by another program", path.display())]
    Busy {
        /// The file that could not be written.
        path: PathBuf,
    },
    /// Another held the lock when the program was asked to end.
    #[error("the wait for {} was interrupted", path.display())]
    Interrupted {
        /// The file that another process holds locked.
        path: PathBuf,
    },
    /// The author's file holds something else.
    #[error("{} is no journal", path.display())]
    Foreign {
        /// The file that changed while it was being written.
        path: PathBuf,
    },
    /// The author's file cannot be read, or something else stands in its place.
    #[error("cannot write {}: {}", path.display(), why.reason().en)]
    LeftOut {
        /// The file that is no regular file.
        path: PathBuf,
        /// Why such a file is not read.
        why: LeftOut,
    },
    /// The author's file would become too large to be read.
    #[error("{} would become too large", path.display())]
    Full {
        /// The file whose line could not be completed.
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

    pub(super) fn unreadable(path: &Path) -> impl FnOnce(UnreadableFile) -> Self {
        let path = path.to_owned();
        |why| Self::LeftOut { path, why: LeftOut::Unreadable(why) }
    }

    /// In words: what, and what to do.
    pub fn said(&self) -> (Bilingual, Bilingual) {
        (self.what(), self.next())
    }

    fn what(&self) -> Bilingual {
        match self {
            CannotWrite::Io { path, error } => {
                let path = shown(path);
                Bilingual::new(format!("无法写入 {path}：{error}"), format!("cannot write {path}: {error}"))
            }
            CannotWrite::Busy { path } => {
                let path = shown(path);
                Bilingual::new(
                    format!("{path} 被另一个程序锁住超过5秒"),
                    format!("{path} has been locked by another program for more than 5 seconds"),
                )
            }
            CannotWrite::Interrupted { path } => {
                let path = shown(path);
                Bilingual::new(
                    format!("程序要结束时 {path} 还被另一个程序锁住"),
                    format!("another program still had {path} locked when this one was asked to end"),
                )
            }
            CannotWrite::Foreign { path } => {
                let path = shown(path);
                Bilingual::new(
                    format!("{path} 不是记录文件，不往里写"),
                    format!("{path} is no journal, so nothing is written to it"),
                )
            }
            CannotWrite::LeftOut { path, why } => {
                let (path, reason) = (shown(path), why.reason());
                Bilingual::new(
                    format!("无法写入 {path}：{}", reason.zh),
                    format!("cannot write {path}: {}", reason.en),
                )
            }
            CannotWrite::Full { path, limit_bytes } => {
                let (path, reason) =
                    (shown(path), UnreadableFile::TooLarge { limit_bytes: *limit_bytes }.reason());
                Bilingual::new(
                    format!("没有写入 {path}：写入后文件{}", reason.zh),
                    format!("nothing is written to {path}: after that {}", reason.en),
                )
            }
        }
    }

    fn next(&self) -> Bilingual {
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
        Bilingual::new(zh, en)
    }
}
