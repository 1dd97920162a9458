//! Takes in other journals: reads them, finds what is missing here (`merge`), and appends it to its authors'
//! files.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::ZonedDateTime;

use super::carried;
use super::codec::{self, NameInterner, ParsedLine};
use super::file::{self, Chunk, JournalFolder, ReadOutcome};
use super::{Author, CannotRead, Journal, JournalProblem, NotWrittenReason, merge};
use crate::plan::Plan;

/// What `merge` copied into the folder and what it left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Lines added, by author.
    pub added: BTreeMap<Author, usize>,
    /// Lines that were there already.
    pub known: usize,
    /// Records of other plans, by the plan's id: left where they are.
    pub other_plans: BTreeMap<Box<str>, usize>,
    /// Lines that are no records, with their file and number: left where they are.
    pub bad: Vec<(Box<str>, u32)>,
    /// Files of the other folders that are left out.
    pub left_out: Vec<JournalProblem>,
}

impl Journal {
    /// Takes in other journals: files, or folders of files. Lines that are missing here are appended to their
    /// authors' files, byte for byte.
    ///
    /// # Errors
    /// Where one cannot be read, or a line not be written. Lines of authors whose files can be written are
    /// added all the same, and merging again adds the rest.
    pub fn merge(
        &mut self,
        plan: &Plan,
        others: &[PathBuf],
        now: &ZonedDateTime,
    ) -> Result<Merged, NotWrittenReason> {
        self.may_write(now)?;
        let dir = self.dir().ok_or(NotWrittenReason::NoHome)?.to_owned();
        let (mut chunks, mut left_out) = (Vec::new(), Vec::new());
        for path in others {
            let (others, problems) = read_other(path)?;
            chunks.extend(others);
            left_out.extend(problems);
        }
        let lines: Vec<IncomingLine<'_>> = chunks.iter().flat_map(IncomingLine::of).collect();
        let (here, _) = read_folder(&dir).map_err(NotWrittenReason::Read)?;
        let here: Vec<IncomingLine<'_>> = here.iter().flat_map(IncomingLine::of).collect();
        let missing = merge::missing(&plan.id, &texts(&here), lines.iter().map(|line| line.text));
        let mut merged =
            Merged { known: missing.known, left_out, other_plans: missing.other_plans, ..Merged::default() };
        merged.bad =
            missing.bad.iter().map(|(place, _)| (lines[*place].file.into(), lines[*place].number)).collect();
        let mut first_failure = None;
        for (by, lines) in missing.lines {
            match self.append_lines(plan, &by, &lines) {
                Ok(count) => {
                    merged.known += lines.len() - count;
                    merged.added.extend((count > 0).then_some((by, count)));
                }
                // One author's file in disorder keeps no other's lines out.
                Err(why) => first_failure = first_failure.or(Some(why)),
            }
        }
        self.poll(plan).map_err(NotWrittenReason::Read)?;
        first_failure.map_or(Ok(merged), Err)
    }

    /// Appends lines that are not in the author's file yet, and says how many.
    fn append_lines(&mut self, plan: &Plan, by: &Author, lines: &[&str]) -> Result<usize, NotWrittenReason> {
        let lock = self
            .folder
            .as_ref()
            .ok_or(NotWrittenReason::NoHome)?
            .lock(by)
            .map_err(NotWrittenReason::Write)?;
        self.poll(plan).map_err(NotWrittenReason::Read)?;
        self.refuse_unread(by)?;
        let folder = self.folder.as_mut().ok_or(NotWrittenReason::NoHome)?;
        let there = file::read_file(&folder.dir().join(by.file_name())).map_err(NotWrittenReason::Read)?;
        let there: Vec<IncomingLine<'_>> = IncomingLine::of(&there).collect();
        let there = texts(&there);
        let new: Vec<&str> = lines.iter().copied().filter(|line| !there.contains(line)).collect();
        if !new.is_empty() {
            folder.append(&lock, &new).map_err(NotWrittenReason::Write)?;
            drop(lock);
            let text = new.join("\n").into_bytes();
            let chunk = Chunk { file: by.file_name().into(), first_line: 2, bytes: text };
            self.take_more(plan, &[chunk]);
        }
        Ok(new.len())
    }
}

/// A line of another journal.
struct IncomingLine<'a> {
    file: &'a str,
    number: u32,
    /// What is not UTF-8 is no record; it stands empty here and is counted as bad.
    text: &'a str,
}

impl<'a> IncomingLine<'a> {
    fn of(chunk: &'a Chunk) -> impl Iterator<Item = IncomingLine<'a>> {
        chunk.lines().map(|(number, line)| IncomingLine {
            file: &chunk.file,
            number,
            text: std::str::from_utf8(line).unwrap_or_default(),
        })
    }
}

fn texts<'a>(lines: &[IncomingLine<'a>]) -> HashSet<&'a str> {
    lines.iter().map(|line| line.text).collect()
}

/// The lines of a file, of a plan's file that was exported with its records, or of the journal's files in a
/// folder, and which of these are left out.
fn read_other(path: &Path) -> Result<(Vec<Chunk>, Vec<JournalProblem>), NotWrittenReason> {
    let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    if !path.is_dir() && is_toml {
        let text = file::read_text(path).map_err(NotWrittenReason::Read)?;
        return carried::records(path, &text)
            .map(|chunks| (chunks, Vec::new()))
            .map_err(NotWrittenReason::Read);
    }
    if !path.is_dir() {
        let chunk = file::read_file(path).map_err(NotWrittenReason::Read)?;
        return if is_foreign(&chunk) {
            Err(NotWrittenReason::NoJournal(path.into()))
        } else {
            Ok((vec![chunk], Vec::new()))
        };
    }
    read_folder(path).map_err(NotWrittenReason::Read)
}

/// Whether a file has lines and none of them is a record.
fn is_foreign(chunk: &Chunk) -> bool {
    let mut names = NameInterner::default();
    let mut lines = chunk.lines().peekable();
    let mut is_record = |line: &[u8]| {
        std::str::from_utf8(line)
            .is_ok_and(|line| !matches!(codec::parse(line, &mut names), ParsedLine::Bad(_)))
    };
    lines.peek().is_some() && !lines.any(|(_, line)| is_record(line))
}

/// The lines of the journal's files in a folder, and which files are left out; a folder that is not there has
/// none.
fn read_folder(dir: &Path) -> Result<(Vec<Chunk>, Vec<JournalProblem>), CannotRead> {
    let mut folder = JournalFolder::new(dir.to_owned());
    let chunks = match folder.read()? {
        ReadOutcome::Nothing => Vec::new(),
        ReadOutcome::More(chunks) | ReadOutcome::Anew(chunks) => chunks,
    };
    Ok((chunks, JournalProblem::left_out(&folder).collect()))
}
