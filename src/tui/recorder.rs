//! Puts steps on disk, and takes in those of others. The one place from which the screen writes to a journal.
//!
//! A job waits for the lock on the author's file and for the disk, so it runs beside the thread that draws. It
//! works on a copy of the journal while the screen goes on showing the one it has; the copy comes back with
//! what was told of it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::drafts::note::Draft;
use super::drafts::store::{self, DraftFile};
use super::effect::UndoDirection;
use super::message::Message;
use super::model::Model;
use crate::journal::{
    Appended, Author, Changed, Event, Journal, NotSaved, NotWrittenReason, RecordIndex, RecordStamp, Step,
    describe,
};
use crate::plan::load::Loaded;
use crate::review::{SessionId, SessionRequest};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

/// What is to be done with the journal's files.
#[derive(Clone, Debug)]
pub enum JournalChange {
    Record(Step),
    /// A note that was written in an editor; its draft goes once the note is recorded.
    Edited {
        step: Step,
        draft: Draft,
        written: DraftFile,
    },
    /// Take one's last step back, or bring it back.
    Turn(UndoDirection),
    BeginReview(SessionRequest),
    /// Take in what others wrote.
    Poll,
}

/// A change of the journal with all that it needs, so that it can be done beside the screen.
#[derive(Clone, Debug)]
pub struct JournalJob {
    loaded: Arc<Loaded>,
    journal: Option<Arc<Journal>>,
    author: Result<Author, Bilingual>,
    change: JournalChange,
}

/// What came of a job.
#[derive(Clone, Debug)]
pub struct JournalAnswer {
    /// The journal the job began with.
    pub began_with: Option<Arc<Journal>>,
    /// The journal as it is now.
    pub journal: Option<Arc<Journal>>,
    pub told: Message,
}

impl JournalJob {
    /// A step that is recorded while a review is held is one of that session.
    pub fn of(model: &Model, change: JournalChange) -> Self {
        let change = match change {
            JournalChange::Record(step) => JournalChange::Record(model.in_session(step)),
            JournalChange::Edited { step, draft, written } => {
                JournalChange::Edited { step: model.in_session(step), draft, written }
            }
            other => other,
        };
        let view = &model.journal_view;
        Self {
            loaded: Arc::clone(&model.loaded),
            journal: view.journal.clone(),
            author: view.author.clone(),
            change,
        }
    }

    /// Whether it only reads.
    pub fn is_poll(&self) -> bool {
        matches!(self.change, JournalChange::Poll)
    }

    /// The events it asks for itself; none of an undo, a redo and the beginning of a review.
    pub fn events(&self) -> &[Event] {
        match &self.change {
            JournalChange::Record(step) | JournalChange::Edited { step, .. } => &step.events,
            JournalChange::Turn(_) | JournalChange::BeginReview(_) | JournalChange::Poll => &[],
        }
    }

    /// Does it. A wait for the author's lock ends once `stop` is set; the words of the step come back then.
    pub fn run(self, stamp: &RecordStamp, stop: Arc<AtomicBool>) -> JournalAnswer {
        let Self { loaded, journal: began_with, author, change } = self;
        let mut journal = began_with.as_deref().cloned();
        if let Some(journal) = &mut journal {
            journal.stop_waiting_when(stop);
        }
        let mut writer = JournalWriter { loaded: &loaded, journal: journal.as_mut(), author };
        let told = match change {
            JournalChange::Record(step) => writer.record(step, stamp),
            JournalChange::Edited { step, draft, written } => writer.edited(step, &draft, &written, stamp),
            JournalChange::Turn(turn) => writer.turn(turn, stamp),
            JournalChange::BeginReview(request) => writer.begin_review(request, stamp),
            JournalChange::Poll => writer.poll(),
        };
        JournalAnswer { began_with, journal: journal.map(Arc::new), told }
    }
}

/// What was taken in from others for a step that was not written then. It reads nothing.
pub fn news(model: &mut Model) -> Message {
    let has_news = model.journal_view.journal.as_deref().is_some_and(Journal::has_news);
    let changed = if has_news {
        model.journal_view.journal.as_mut().map(|journal| Arc::make_mut(journal).news())
    } else {
        None
    };
    Message::JournalNews(changed.unwrap_or_default())
}

struct JournalWriter<'a> {
    loaded: &'a Loaded,
    journal: Option<&'a mut Journal>,
    author: Result<Author, Bilingual>,
}

impl JournalWriter<'_> {
    /// Writes a step. When it is told of as recorded it is on disk.
    fn record(&mut self, step: Step, stamp: &RecordStamp) -> Message {
        let text = step.text();
        let author = match &self.author {
            Ok(author) => author,
            Err(why) => return unsaved(why.clone(), who(), text),
        };
        let Some(journal) = self.journal.as_deref_mut() else { return unread(text) };
        match journal.append(&self.loaded.plan, author, step, stamp) {
            Ok(appended) => {
                let what = |ui| describe::in_book(journal.book(), appended.index, ui);
                let said = Bilingual::new(
                    format!("已保存：{} · u 撤销", what(Ui::Zh)),
                    format!("saved: {} · u undoes", what(Ui::En)),
                );
                recorded(appended, said)
            }
            Err(NotSaved { why, text }) => not_saved(&why, text),
        }
    }

    /// Records what was written in an editor. What is not recorded stays a draft.
    fn edited(&mut self, step: Step, draft: &Draft, written: &DraftFile, stamp: &RecordStamp) -> Message {
        match self.record(step, stamp) {
            Message::NotRecorded { why, .. } => Message::Told(draft.kept_because(&why)),
            recorded => {
                store::remove(written);
                recorded
            }
        }
    }

    /// Begins a review session. Its id is that of the record, and so is the seed of its order: 32 bits of
    /// it, which every reader of JSON keeps whole.
    fn begin_review(&mut self, request: SessionRequest, stamp: &RecordStamp) -> Message {
        let id = SessionId::new(&stamp.id.to_string());
        let seed = stamp.id.as_u64_pair().1 & u64::from(u32::MAX);
        match self.record(request.with_seed(seed).start(&id), stamp) {
            Message::Recorded { changed, .. } => Message::ReviewBegun { changed, id },
            failed => failed,
        }
    }

    /// Takes one's last step back, or brings it back; says which it was.
    fn turn(&mut self, turn: UndoDirection, stamp: &RecordStamp) -> Message {
        let author = match &self.author {
            Ok(author) => author,
            Err(why) => return unsaved(why.clone(), who(), String::new()),
        };
        let Some(journal) = self.journal.as_deref_mut() else { return unread(String::new()) };
        let turned = match turn {
            UndoDirection::Undo => journal.undo(&self.loaded.plan, author, stamp),
            UndoDirection::Redo => journal.redo(&self.loaded.plan, author, stamp),
        };
        match turned {
            Ok(Some((appended, index))) => {
                let named = describe::named(journal.record(index), stamp.now.date());
                let Bilingual { zh, en } = named;
                let said = match turn {
                    UndoDirection::Undo => {
                        Bilingual::new(format!("撤销：{zh} · C-r 重做"), format!("undo: {en} · C-r redoes"))
                    }
                    UndoDirection::Redo => Bilingual::new(format!("重做：{zh}"), format!("redo: {en}")),
                };
                let at = node_of(journal, index);
                let said = beside(said, &appended);
                Message::Recorded { changed: appended.changed, said, at }
            }
            Ok(None) => {
                let said = match turn {
                    UndoDirection::Undo => Bilingual::new("没有可撤销的记录", "nothing to undo"),
                    UndoDirection::Redo => Bilingual::new("没有可重做的记录", "nothing to redo"),
                };
                Message::NotTurned(said)
            }
            Err(why) => not_saved(&why, String::new()),
        }
    }

    /// Takes in what others wrote.
    fn poll(&mut self) -> Message {
        let Some(journal) = self.journal.as_deref_mut() else {
            return Message::JournalNews(Changed::Nothing);
        };
        match journal.poll(&self.loaded.plan) {
            Ok(changed) => Message::JournalNews(changed),
            Err(error) => Message::JournalUnread(error.said()),
        }
    }
}

/// The node a record is about, by the name it has now.
fn node_of(journal: &Journal, index: RecordIndex) -> Option<crate::journal::NodeName> {
    journal.record(index).events.iter().find_map(|event| event.node().cloned())
}

fn recorded(appended: Appended, said: Bilingual) -> Message {
    let said = beside(said, &appended);
    Message::Recorded { changed: appended.changed, said, at: None }
}

/// What was said of a step, with what there is to know beside it.
fn beside(said: Bilingual, appended: &Appended) -> Bilingual {
    let said = torn(said, appended.torn.as_ref());
    let Some(clock) = &appended.clock else { return said };
    Bilingual::new(format!("{}；{}", said.zh, clock.zh), format!("{}; {}", said.en, clock.en))
}

/// A broken end that was found in the author's file is told of once: it is gone from there now.
fn torn(said: Bilingual, torn: Option<&crate::journal::TornTail>) -> Bilingual {
    let Some(torn) = torn else { return said };
    let aside = torn.aside.to_string_lossy();
    let aside = one_line(&aside);
    Bilingual::new(
        format!("{}（文件末行不完整，已移到 {aside}）", said.zh),
        format!("{} (the file's last line was not whole: set aside in {aside})", said.en),
    )
}

fn not_saved(why: &NotWrittenReason, text: String) -> Message {
    let (what, next) = why.said();
    unsaved(what, next, text)
}

fn unsaved(what: Bilingual, next: Bilingual, text: String) -> Message {
    let why = Bilingual::new(
        format!("未保存：{}；{}", what.zh, next.zh),
        format!("not saved: {}; {}", what.en, next.en),
    );
    Message::NotRecorded { why, text }
}

fn who() -> Bilingual {
    Bilingual::new(
        "用 --author 或设置文件中的 author 指定作者",
        "say who you are with --author, or author in config.toml",
    )
}

fn unread(text: String) -> Message {
    unsaved(
        Bilingual::new("记录还没有读出", "the journal is not read"),
        Bilingual::new("`plan158 doctor` 说明原因", "`plan158 doctor` says why"),
        text,
    )
}
