//! Puts steps on disk, and takes in those of others. The one place from which the screen writes to a journal.

use super::effect::UndoDirection;
use std::path::PathBuf;
use std::sync::Arc;

use super::message::Message;
use super::model::Model;
use crate::journal::{
    Appended, Journal, NotSaved, NotWrittenReason, RecordIndex, RecordStamp, Step, describe,
};
use crate::review::{SessionId, SessionRequest};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

/// Writes a step, as one of the review session that is open. When it is told of as recorded it is on disk.
pub fn record(model: &mut Model, step: Step, stamp: &RecordStamp) -> Message {
    let step = model.in_session(step);
    let text = step.text();
    let author = match &model.journal_view.author {
        Ok(author) => author.clone(),
        Err(why) => return unsaved(why.clone(), who(), text),
    };
    let loaded = Arc::clone(&model.loaded);
    let Some(journal) = own_journal(model) else { return unread(text) };
    match journal.append(&loaded.plan, &author, step, stamp) {
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

/// Begins a review session. Its id is that of the record, and so is the seed of its order: 32 bits of it,
/// which every reader of JSON keeps whole.
pub fn begin_review(model: &mut Model, wish: SessionRequest, stamp: &RecordStamp) -> Message {
    let id = SessionId::new(&stamp.id.to_string());
    let seed = stamp.id.as_u64_pair().1 & u64::from(u32::MAX);
    match record(model, wish.with_seed(seed).start(&id), stamp) {
        Message::Recorded { changed, .. } => Message::ReviewBegun { changed, id },
        failed => failed,
    }
}

/// Takes one's last step back, or brings it back; says which it was.
pub fn turn(model: &mut Model, turn: UndoDirection, stamp: &RecordStamp) -> Message {
    let author = match &model.journal_view.author {
        Ok(author) => author.clone(),
        Err(why) => return unsaved(why.clone(), who(), String::new()),
    };
    let loaded = Arc::clone(&model.loaded);
    let Some(journal) = own_journal(model) else { return unread(String::new()) };
    let turned = match turn {
        UndoDirection::Undo => journal.undo(&loaded.plan, &author, stamp),
        UndoDirection::Redo => journal.redo(&loaded.plan, &author, stamp),
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
            Message::Recorded { changed: appended.changed, said: torn(said, appended.torn.as_ref()), at }
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

/// Reads the journal where it is wanted before the thread that reads it has answered. What cannot be read is
/// said when writing fails.
pub fn read_now(model: &Model, dir: Option<PathBuf>) -> Option<Message> {
    if model.journal_view.journal.is_some() {
        return None;
    }
    let journal = Journal::open(dir, &model.loaded.plan, model.view.as_of).ok()?;
    Some(Message::JournalRead(Arc::clone(&model.loaded), Arc::new(journal)))
}

/// Takes in what others wrote.
pub fn poll(model: &mut Model) -> Message {
    let loaded = Arc::clone(&model.loaded);
    let Some(journal) = own_journal(model) else {
        return Message::JournalNews(crate::journal::Changed::Nothing);
    };
    match journal.poll(&loaded.plan) {
        Ok(changed) => Message::JournalNews(changed),
        Err(error) => Message::JournalUnread(error.said()),
    }
}

/// What was taken in from others for a step that was not written then. It reads nothing.
pub fn news(model: &mut Model) -> Message {
    let has_news = model.journal_view.journal.as_deref().is_some_and(Journal::has_news);
    let changed = if has_news { own_journal(model).map(Journal::news) } else { None };
    Message::JournalNews(changed.unwrap_or_default())
}

/// The journal, for writing. Where a worker still reads it, it goes on reading a copy.
pub fn own_journal(model: &mut Model) -> Option<&mut Journal> {
    model.journal_view.journal.as_mut().map(Arc::make_mut)
}

/// The node a record is about, by the name it has now.
fn node_of(journal: &Journal, index: RecordIndex) -> Option<crate::journal::NodeName> {
    journal.record(index).events.iter().find_map(|event| event.node().cloned())
}

fn recorded(appended: Appended, said: Bilingual) -> Message {
    Message::Recorded { changed: appended.changed, said: torn(said, appended.torn.as_ref()), at: None }
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
