//! What can be wrong with a journal's files, and why something was not written; each in words.

use std::path::Path;

use super::codec::BadLineReason;
use super::file::{CannotRead, CannotWrite, JournalFolder, LeftOut};
use super::record::RecordId;
use crate::plan::as_of::AsOf;
use crate::text::Bilingual;
use crate::text::clean::{one_line, shown};

/// Something wrong with a file. Nothing is lost by any of them: lines stay where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalProblem {
    /// A file cannot be read, leads out of the folder, or something else stands in its place; it is left out.
    LeftOut {
        /// The file's name within the folder.
        file: Box<str>,
        /// Why the file is not read.
        why: LeftOut,
    },
    /// A line is no record; it is kept and skipped.
    BadLine {
        /// The file's name within the folder.
        file: Box<str>,
        /// The line, from 1.
        line: u32,
        /// Why the line cannot be read; it is kept as it is.
        why: BadLineReason,
    },
    /// No line of the file is a record; it is skipped.
    Foreign {
        /// The file's name within the folder.
        file: Box<str>,
    },
    /// The last line is not whole: its writer is at it, or it broke off and the author's next step sets it
    /// aside.
    Unfinished {
        /// The file's name within the folder.
        file: Box<str>,
    },
    /// Several lines share one id; all are kept, the smallest bytes count.
    Rivals {
        /// The id that several lines carry with different content.
        id: RecordId,
        /// The number of such lines.
        lines: usize,
    },
}

impl JournalProblem {
    /// The problem in one sentence, in both languages.
    pub fn said(&self) -> Bilingual {
        match self {
            JournalProblem::LeftOut { file, why } => {
                let (file, why) = (one_line(file), why.reason());
                Bilingual::new(format!("{file}：{}；已跳过", why.zh), format!("{file}: {}; left out", why.en))
            }
            JournalProblem::BadLine { file, line, why } => {
                let (file, why) = (one_line(file), why_bad(*why));
                Bilingual::new(
                    format!("{file}:{line}：不是记录（{}），已跳过", why.zh),
                    format!("{file}:{line}: no record ({}); skipped", why.en),
                )
            }
            JournalProblem::Foreign { file } => {
                let file = one_line(file);
                Bilingual::new(
                    format!("{file}：不是记录文件，已跳过"),
                    format!("{file}: no journal; skipped"),
                )
            }
            JournalProblem::Unfinished { file } => {
                let file = one_line(file);
                Bilingual::new(
                    format!("{file}：末行不完整，未计入；其作者下一次写入时移到 {file}.torn"),
                    format!(
                        "{file}: the last line is not whole and does not count; its author's next step sets it aside in {file}.torn"
                    ),
                )
            }
            JournalProblem::Rivals { id, lines } => Bilingual::new(
                format!("记录 {id} 有{lines}行内容不同；都保留，取字节最小的一行"),
                format!(
                    "record {id} has {lines} lines that differ; all are kept, the one with the smallest bytes counts"
                ),
            ),
        }
    }
}

impl JournalProblem {
    /// The files of a folder that are left out, by name.
    pub(super) fn left_out(folder: &JournalFolder) -> impl Iterator<Item = Self> {
        let left_out = folder.left_out();
        left_out.map(|(file, why)| Self::LeftOut { file: file.to_string_lossy().into(), why: why.clone() })
    }

    /// What somebody can do about it; nothing is ever repaired unasked.
    pub fn advice(&self) -> Bilingual {
        match self {
            JournalProblem::LeftOut { why, .. } => why.advice(),
            JournalProblem::Foreign { .. } => Bilingual::new(
                "若不是记录文件，请移出该文件夹",
                "move it out of the folder if it is no journal",
            ),
            JournalProblem::Unfinished { .. } => Bilingual::new(
                "由其作者再写入一次即可；内容不会丢失",
                "the author's next step sets it aside; nothing is lost",
            ),
            JournalProblem::BadLine { .. } | JournalProblem::Rivals { .. } => Bilingual::new(
                "原行保留；可在该文件中改正",
                "the lines stay as they are; correct them in that file",
            ),
        }
    }
}

fn why_bad(why: BadLineReason) -> Bilingual {
    let (zh, en) = match why {
        BadLineReason::Json => ("不是 JSON 对象", "no JSON object"),
        BadLineReason::Version => ("没有版本 v", "no version v"),
        BadLineReason::Id => ("没有 id", "no id"),
        BadLineReason::At => ("没有时刻 at", "no moment at"),
        BadLineReason::By => ("没有作者 by", "no author by"),
        BadLineReason::Shape => ("字段不全或类型不符", "a key is missing or of another type"),
    };
    Bilingual::new(zh, en)
}

/// What was found in one file.
#[derive(Clone, Debug, Default)]
pub(super) struct FileReport {
    /// Lines that are records, of whatever plan and version.
    pub records: u32,
    /// Lines that are none, by number.
    pub bad: Vec<(u32, BadLineReason)>,
}

impl FileReport {
    /// Whether it holds something else altogether.
    pub fn is_foreign(&self) -> bool {
        self.records == 0 && !self.bad.is_empty()
    }

    pub fn problems(&self, file: &str) -> Vec<JournalProblem> {
        if self.is_foreign() {
            return vec![JournalProblem::Foreign { file: file.into() }];
        }
        let bad = self.bad.iter();
        bad.map(|(line, why)| JournalProblem::BadLine { file: file.into(), line: *line, why: *why }).collect()
    }
}

/// Why nothing was written.
#[derive(Debug)]
pub enum NotWrittenReason {
    /// One looks from a day that is over.
    AsOf(AsOf),
    /// There is no folder to write to.
    NoHome,
    /// The journal cannot be read.
    Read(CannotRead),
    /// The author's file cannot be written.
    Write(CannotWrite),
    /// There was nothing to write.
    Empty,
    /// The id is that of another record.
    IdTaken,
    /// A file that was to be taken in holds no record.
    NoJournal(Box<Path>),
}

impl NotWrittenReason {
    /// In words: what, and what to do.
    pub fn said(&self) -> (Bilingual, Bilingual) {
        match self {
            NotWrittenReason::AsOf(as_of) => (
                Bilingual::new(
                    format!("正在查看 {as_of} 的情况，不能写入"),
                    format!("this shows how things stood on {as_of}; nothing can be written"),
                ),
                Bilingual::new("去掉 --as-of 再写", "write without --as-of"),
            ),
            NotWrittenReason::NoHome => (
                Bilingual::new("没有主目录，记录无处可写", "there is no home directory to keep a journal in"),
                Bilingual::new(
                    "设置环境变量 HOME，或用 --journal 指定文件夹",
                    "set the variable HOME, or name a folder with --journal",
                ),
            ),
            NotWrittenReason::Read(error) => (error.said(), why_read()),
            NotWrittenReason::Write(error) => error.said(),
            NotWrittenReason::Empty => (
                Bilingual::new("没有要记录的内容", "there is nothing to record"),
                Bilingual::new(
                    "`plan158 annotate --help` 列出可记录的内容",
                    "`plan158 annotate --help` lists what can be recorded",
                ),
            ),
            NotWrittenReason::NoJournal(path) => (
                Bilingual::new(
                    format!("{} 不是记录文件，没有并入任何记录", shown(path)),
                    format!("{} is no journal; nothing was taken in", shown(path)),
                ),
                Bilingual::new(
                    "给出 *.jsonl 文件、含有它们的文件夹，或导出的 .toml",
                    "name *.jsonl files, folders that hold some, or an exported .toml",
                ),
            ),
            NotWrittenReason::IdTaken => (
                Bilingual::new("记录的 id 已被使用", "the record's id is taken"),
                Bilingual::new("再试一次", "try again"),
            ),
        }
    }
}

/// What to do about a journal that cannot be read.
pub fn why_read() -> Bilingual {
    Bilingual::new(
        "检查读取权限，或用 --journal 换一个文件夹；`plan158 doctor` 列出位置",
        "look at its permissions, or choose another folder with --journal; `plan158 doctor` says where it is",
    )
}
