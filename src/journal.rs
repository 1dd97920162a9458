//! What people add to a plan: verdicts, notes, values, tags, as records that are appended and never changed
//! (`docs/journal-format.md`).
//!
//! ```text
//! *.jsonl ─file─► lines ─codec─► Book (a set of records) ─fold─► Annotations of each node
//!    ▲                                   │ merge: set union
//!    └────────── append ◄── Step ◄───────┘
//! ```
//!
//! Everything but `file` is pure. The clock and ids enter as a [`RecordStamp`]. How a node stands is not
//! judged here (see `progress`), and this module does not forget anything it does not understand.

#![warn(missing_docs)]

pub mod author;
pub mod book;
mod carried;
pub mod clock;
pub mod codec;
pub mod describe;
pub mod documents;
pub mod event;
pub mod file;
pub mod fold;
mod import;
pub mod merge;
pub mod name;
mod problem;
pub mod quote;
pub mod record;
pub mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::ZonedDateTime;
use sha2::{Digest, Sha256};

pub use author::Author;
pub use book::{Book, RecordIndex, Skipped};
pub use documents::ReadDocuments;
pub use event::{Event, NoteKind};
pub use file::{CannotRead, CannotWrite, JournalAudience, LeftOut, TornTail};
pub use fold::{Annotations, Changed, Fold, FoldLimit, NodeRecords, TagUse};
pub use problem::{JournalProblem, NotWrittenReason};
pub use record::{NodeName, Record, RecordStamp, RecordValidity, Step, WriterCount, ZonedInstant};

pub use import::Merged;

use self::book::LineOutcome;
use self::clock::ClockReading;
use self::file::{Chunk, JournalFolder, ReadOutcome};
use self::name::RecordId;
use self::problem::FileReport;
use crate::plan::as_of::AsOf;
use crate::plan::{NodeId, Plan};
use crate::text::{Bilingual, hex};

/// A step that is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The record as it is held in the [`Book`].
    pub index: RecordIndex,
    /// The nodes whose annotations the step may have changed, so that only they are judged again.
    pub changed: Changed,
    /// A torn tail that was found in the author's file and set aside.
    pub torn: Option<TornTail>,
    /// What the author should know of the clock.
    pub clock: Option<Bilingual>,
}

/// A step that is not on disk, with its words to hand back.
#[derive(Debug)]
pub struct NotSaved {
    /// The reason; the caller keeps the words typed and offers to try again.
    pub why: NotWrittenReason,
    /// Every word somebody wrote for it.
    pub text: String,
}

/// How many new records are folded in one by one; more than that are folded all together.
const ONE_BY_ONE: usize = 256;

/// A plan's journal: what was read so far, and the folder it is in.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: Option<JournalFolder>,
    book: Book,
    fold: Fold,
    as_of: AsOf,
    files: BTreeMap<Box<str>, FileReport>,
    /// What was taken in for a step that was then not written: told with the next poll or step.
    untold: Changed,
}

impl Journal {
    /// Reads the journal of a plan in a folder; one that is not there is empty. Without a folder there is
    /// nothing, and nothing can be written.
    ///
    /// # Errors
    /// Where the folder cannot be read. A file in it that cannot be is one of the [`Journal::problems`].
    pub fn open(dir: Option<PathBuf>, plan: &Plan, as_of: AsOf) -> Result<Self, CannotRead> {
        let book = Book::new(&plan.id);
        let fold = Fold::new(&book, plan, FoldLimit { as_of, through: None });
        let (folder, files, untold) = (dir.map(JournalFolder::new), BTreeMap::new(), Changed::Nothing);
        let mut journal = Self { folder, book, fold, as_of, files, untold };
        journal.poll(plan)?;
        Ok(journal)
    }

    /// Takes in what was written since, by this program or another.
    ///
    /// # Errors
    /// Where the folder cannot be read. A file in it that cannot be is one of the [`Journal::problems`].
    pub fn poll(&mut self, plan: &Plan) -> Result<Changed, CannotRead> {
        self.take_in(plan)?;
        Ok(self.news())
    }

    /// What was taken in and nobody was told of: a step that is not written takes in what others wrote all
    /// the same.
    pub fn news(&mut self) -> Changed {
        std::mem::take(&mut self.untold)
    }

    /// Whether records have come in that no caller has been told of.
    pub fn has_news(&self) -> bool {
        self.untold != Changed::Nothing
    }

    fn take_in(&mut self, plan: &Plan) -> Result<(), CannotRead> {
        let Some(folder) = &mut self.folder else { return Ok(()) };
        let changed = match folder.read()? {
            ReadOutcome::Nothing => return Ok(()),
            ReadOutcome::More(chunks) => self.take_more(plan, &chunks),
            ReadOutcome::Anew(chunks) => {
                self.book = Book::new(&plan.id);
                self.files.clear();
                for chunk in &chunks {
                    self.take_chunk(chunk, &mut Vec::new());
                }
                self.refold(plan);
                Changed::All
            }
        };
        self.untold = self.news().and(changed);
        Ok(())
    }

    /// Folds again, for a plan that was read again. Another plan's journal is another journal: open it.
    pub fn refold(&mut self, plan: &Plan) {
        self.fold = Fold::new(&self.book, plan, FoldLimit { as_of: self.as_of, through: None });
    }

    fn take_more(&mut self, plan: &Plan, chunks: &[Chunk]) -> Changed {
        let mut new = Vec::new();
        let mut swapped = false;
        for chunk in chunks {
            swapped |= self.take_chunk(chunk, &mut new);
        }
        if swapped || new.len() > ONE_BY_ONE {
            self.refold(plan);
            return Changed::All;
        }
        // An undo of an undo touches what that one touches, which is known once the earlier of the two was
        // taken in.
        new.sort_by(|one, other| self.book.order(*one, *other));
        new.into_iter()
            .fold(Changed::Nothing, |so_far, index| so_far.and(self.fold.add(&self.book, plan, index)))
    }

    /// Takes a file's lines; new records go into `new`. Whether a record now counts that did not.
    fn take_chunk(&mut self, chunk: &Chunk, new: &mut Vec<RecordIndex>) -> bool {
        let report = self.files.entry(chunk.file.clone()).or_default();
        let mut swapped = false;
        for (number, line) in chunk.lines() {
            let taken = match std::str::from_utf8(line) {
                Ok(line) => self.book.take(line),
                Err(_) => LineOutcome::Bad(codec::BadLineReason::Json),
            };
            match taken {
                LineOutcome::Bad(why) => report.bad.push((number, why)),
                LineOutcome::New(index) => new.push(index),
                LineOutcome::Replaced | LineOutcome::Moved(_) | LineOutcome::MovedAside => swapped = true,
                LineOutcome::Known | LineOutcome::Rival | LineOutcome::Aside => {}
            }
            report.records += u32::from(!matches!(taken, LineOutcome::Bad(_)));
        }
        swapped
    }

    /// What people say of a node; `None` where nobody says anything.
    pub fn annotations(&self, node: NodeId) -> Option<&Annotations> {
        self.fold.of(node)
    }

    /// What belongs to no node of the plan, by name.
    pub fn orphans(&self) -> Vec<&NodeRecords> {
        self.fold.orphans()
    }

    /// The annotations that hold, folded up to the as-of instant.
    pub fn fold(&self) -> &Fold {
        &self.fold
    }

    /// What holds as of another moment, or up to a record: for looking back.
    pub fn fold_at(&self, plan: &Plan, cut: FoldLimit) -> Fold {
        Fold::new(&self.book, plan, cut)
    }

    /// Every record of the folder, including those that no longer hold.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Looks a record up by its index in [`Journal::book`].
    pub fn record(&self, index: RecordIndex) -> &Record {
        self.book.record(index)
    }

    /// The as-of of everything that shows.
    pub fn as_of(&self) -> AsOf {
        self.as_of
    }

    /// The folder; `None` where there is no home.
    pub fn dir(&self) -> Option<&Path> {
        self.folder.as_ref().map(JournalFolder::dir)
    }

    /// The same, with files for others too.
    pub fn for_audience(mut self, audience: JournalAudience) -> Self {
        if let Some(folder) = &mut self.folder {
            folder.set_audience(audience);
        }
        self
    }

    /// A wait for the author's lock ends once this is set: the step is then not saved, and its words come
    /// back.
    pub fn stop_waiting_when(&mut self, over: Arc<AtomicBool>) {
        if let Some(folder) = &mut self.folder {
            folder.stop_waiting_when(over);
        }
    }

    /// The folder with its files, for `doctor`.
    pub fn folder(&self) -> Option<&JournalFolder> {
        self.folder.as_ref()
    }

    /// Lines of this plan up to the as-of.
    pub fn line_count(&self) -> usize {
        self.book.line_count(self.as_of)
    }

    /// Which lines of this plan are held up to the as-of: the last number of each writer, and how many lines
    /// have none, with the hash of those.
    pub fn held(&self) -> (BTreeMap<String, u64>, usize, Option<String>) {
        self.book.held(self.as_of)
    }

    /// The hash of the journal up to the as-of (`docs/journal-format.md`, Files).
    pub fn hash(&self) -> String {
        self.book.hash(self.as_of)
    }

    /// The record that `undo` takes back; [`describe::named`] names it.
    pub fn undo_target(&self, by: &Author) -> Option<&Record> {
        self.fold.undo_target(&self.book, by).map(|index| self.book.record(index))
    }

    /// The record that `redo` brings back.
    pub fn redo_target(&self, by: &Author) -> Option<&Record> {
        let undo = self.fold.redo_targets(&self.book, by).into_iter().next()?;
        let of = self.book.record(undo).undoes().next()?;
        self.book.find(of).map(|index| self.book.record(index))
    }

    /// Writes a step. When it returns the record is on disk and folded in.
    ///
    /// # Errors
    /// Where it is not on disk; its words come back.
    pub fn append(
        &mut self,
        plan: &Plan,
        by: &Author,
        step: Step,
        stamp: &RecordStamp,
    ) -> Result<Appended, NotSaved> {
        let text = step.text();
        let written = self.write(plan, by, stamp, |_| Some(step));
        match written {
            Ok(Some(appended)) => Ok(appended),
            Ok(None) => Err(NotSaved { why: NotWrittenReason::Empty, text }),
            Err(why) => Err(NotSaved { why, text }),
        }
    }

    /// Takes back the author's last step; `None` where there is none. The record taken back comes with it.
    ///
    /// # Errors
    /// Where it is not on disk.
    pub fn undo(
        &mut self,
        plan: &Plan,
        by: &Author,
        stamp: &RecordStamp,
    ) -> Result<Option<(Appended, RecordIndex)>, NotWrittenReason> {
        let mut taken = None;
        let written = self.write(plan, by, stamp, |journal| {
            let index = journal.fold.undo_target(&journal.book, by)?;
            taken = Some(index);
            Some(Step::new(vec![Event::Undo { of: journal.record(index).id.clone() }]))
        })?;
        Ok(written.zip(taken))
    }

    /// Brings back the author's last step that was undone; `None` where there is none. The record brought
    /// back comes with it.
    ///
    /// # Errors
    /// Where it is not on disk.
    pub fn redo(
        &mut self,
        plan: &Plan,
        by: &Author,
        stamp: &RecordStamp,
    ) -> Result<Option<(Appended, RecordIndex)>, NotWrittenReason> {
        let mut brought = None;
        let written = self.write(plan, by, stamp, |journal| {
            let undos = journal.fold.redo_targets(&journal.book, by);
            let first = journal.record(*undos.first()?);
            brought = first.undoes().next().and_then(|of| journal.book.find(of));
            let events = undos.iter().map(|undo| Event::Undo { of: journal.record(*undo).id.clone() });
            Some(Step::new(events.collect()))
        })?;
        Ok(written.zip(brought))
    }

    /// Writes what `compose` makes of everything there is once the author's file is locked. `None` or no
    /// event: nothing is written.
    fn write(
        &mut self,
        plan: &Plan,
        by: &Author,
        stamp: &RecordStamp,
        compose: impl FnOnce(&Self) -> Option<Step>,
    ) -> Result<Option<Appended>, NotWrittenReason> {
        self.may_write(&stamp.now)?;
        let lock = self
            .folder
            .as_ref()
            .ok_or(NotWrittenReason::NoHome)?
            .lock(by)
            .map_err(NotWrittenReason::Write)?;
        self.take_in(plan).map_err(NotWrittenReason::Read)?;
        self.refuse_unread(by)?;
        let Some(step) = compose(self).filter(|step| !step.is_empty()) else { return Ok(None) };
        let clock = ClockReading::new(&self.book, by, &stamp.now);
        let remark = clock.remark();
        let ahead: Box<[RecordId]> = clock.ahead.into_iter().chain(step.ahead).collect();
        let record = Record {
            id: stamp.id.into(),
            seq: self.book.highest_seq().saturating_add(1),
            at: clock.at,
            by: by.clone(),
            plan: plan.id.as_ref().into(),
            session: step.session,
            ahead,
            writer: stamp.installation.as_deref().map(|installation| self.writer(installation, by)),
            events: step.events.into(),
        };
        let line = codec::line(&record);
        let folder = self.folder.as_mut().ok_or(NotWrittenReason::NoHome)?;
        let appending = folder.append(&lock, &[&line]).map_err(NotWrittenReason::Write)?;
        drop(lock);
        self.files.entry(by.file_name().into()).or_default().records += 1;
        let (index, changed) = match self.book.take(&line) {
            LineOutcome::New(index) => (index, self.fold.add(&self.book, plan, index)),
            LineOutcome::Moved(index) => {
                self.refold(plan);
                (index, Changed::All)
            }
            // Ids are random; one that is taken would be a stamp used twice.
            _ => return Err(NotWrittenReason::IdTaken),
        };
        let changed = self.news().and(changed);
        Ok(Some(Appended { index, changed, torn: appending.torn, clock: remark }))
    }

    /// The number of an author's next record on an installation. Each author has a count there, since the lock
    /// under which it grows is the author's.
    fn writer(&self, installation: &str, by: &Author) -> WriterCount {
        let digest = hex(Sha256::digest(by.as_str()));
        let writer: Box<str> = format!("{installation}-{}", &digest[..4]).into();
        WriterCount { n: self.book.next_number(&writer), writer }
    }

    /// Whether a step may be written now; not where one looks from a day that is over.
    ///
    /// # Errors
    /// [`NotWrittenReason::AsOf`] there.
    pub fn may_write(&self, now: &ZonedDateTime) -> Result<(), NotWrittenReason> {
        let past = match self.as_of.instant() {
            Some(instant) => instant < now.timestamp(),
            None => self.as_of.is_named() && self.as_of.day() < now.date(),
        };
        if past { Err(NotWrittenReason::AsOf(self.as_of)) } else { Ok(()) }
    }

    /// An author's own file that holds something else, or cannot be read, is not written to.
    fn refuse_unread(&self, by: &Author) -> Result<(), NotWrittenReason> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let name = by.file_name();
        let path = folder.dir().join(&name);
        if let Some(why) = folder.why_left_out(&name) {
            return Err(NotWrittenReason::Write(CannotWrite::LeftOut { path, why: why.clone() }));
        }
        if self.files.get(name.as_str()).is_some_and(FileReport::is_foreign) {
            return Err(NotWrittenReason::Write(CannotWrite::Foreign { path }));
        }
        Ok(())
    }

    /// Files that are left out, by name.
    pub fn left_out(&self) -> impl Iterator<Item = JournalProblem> {
        self.folder.iter().flat_map(JournalProblem::left_out)
    }

    /// Whether anything is wrong with the files.
    pub fn has_problems(&self) -> bool {
        self.left_out().next().is_some()
            || self.files.iter().any(|(_, report)| !report.bad.is_empty())
            || self.folder.iter().flat_map(JournalFolder::unfinished).next().is_some()
            || self.book.has_rivals()
    }

    /// What is wrong with the files, in their order: files that are left out, bad lines, files that hold
    /// something else, broken ends, ids that several lines share.
    pub fn problems(&self) -> Vec<JournalProblem> {
        let mut problems: Vec<JournalProblem> = self.left_out().collect();
        problems.extend(self.files.iter().flat_map(|(file, report)| report.problems(file)));
        let unfinished = self.folder.iter().flat_map(JournalFolder::unfinished);
        problems.extend(
            unfinished.map(|file| JournalProblem::Unfinished { file: file.to_string_lossy().into() }),
        );
        let rivals = self.book.rivals().map(|(id, lines)| JournalProblem::Rivals { id: id.clone(), lines });
        problems.extend(rivals);
        problems
    }
}
