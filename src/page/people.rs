//! What people say of a node: verdicts with who said them when, notes, and the history.

use super::block::{Block, Inline, Line, NoteBlock, Pair, Table};
use super::kinds::AnnotationItem;
use super::reader::{PageReader, ReadingMedium, pairs, plain};
use crate::journal::fold::{AuthorRecords, NodeRecords, Note};
use crate::journal::{Annotations, Book, Fold, Journal, NoteKind, RecordIndex, ZonedInstant, describe};
use crate::plan::figure;
use crate::text::clean::one_line;

/// What people say, now or at some moment.
#[derive(Clone, Copy, Debug)]
pub struct People<'j> {
    pub book: &'j Book,
    pub fold: &'j Fold,
}

impl<'j> From<&'j Journal> for People<'j> {
    fn from(journal: &'j Journal) -> Self {
        Self { book: journal.book(), fold: journal.fold() }
    }
}

/// The date and time of day of a moment, where it was written.
pub fn when(at: ZonedInstant) -> String {
    let there = at.offset.to_datetime(at.instant);
    format!("{} {:02}:{:02}", there.date(), there.hour(), there.minute())
}

/// A moment with its offset, to the minute: 2026-11-23 14:02 +08.
pub fn moment(at: ZonedInstant) -> String {
    format!("{} {}", when(at), at.offset)
}

/// The headings of a table of authors.
const COLUMNS: [(&str, &str); 6] = [
    ("作者", "Author"),
    ("结论", "Verdict"),
    ("进度", "Progress"),
    ("理由", "Reason"),
    ("时间", "When"),
    ("复核", "Reviewed"),
];

/// So many records of the history are shown; `log` has all.
const SHOWN: usize = 20;

impl PageReader<'_> {
    /// Each author's verdict and estimate; then star, tags and breaks of the series.
    pub(super) fn people(&self, said: &Annotations, form: ReadingMedium<'_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        if said.is_disputed() {
            blocks.push(Block::Remark(self.say("异 作者结论不同", "! authors differ")));
        }
        let mut details: Vec<Pair> = Vec::new();
        if form.is_report() {
            let rows: Vec<Vec<Line>> = said.authors().map(|author| self.author(author)).collect();
            if !rows.is_empty() {
                let columns = COLUMNS.map(|(zh, en)| self.say(zh, en)).into();
                blocks.push(Block::Table(Table::new(columns, rows)));
            }
        } else {
            let mut authors: Vec<&AuthorRecords> = said.authors().collect();
            authors.sort_by_key(|author| std::cmp::Reverse(author.at().map(|at| at.instant)));
            details.extend(authors.into_iter().filter_map(|author| self.by_one(author)));
        }
        if said.is_starred() {
            details.push(self.pair("星标", "star", vec![Inline::Words(self.say("是", "yes"))]));
        }
        let tags: Vec<&str> = said.tags().map(AsRef::as_ref).collect();
        if !tags.is_empty() {
            details.push(self.pair("自定标签", "own tags", plain(tags.join(" · "))));
        }
        for cut in said.breaks() {
            let from = Inline::Words(self.spoken(|ui| figure::moment(cut.moment, ui)));
            let by = Inline::Plain(cut.by.as_str().to_owned());
            details.push(self.pair("口径变化", "series break", vec![from, by]));
        }
        if let Some(at) = said.reviewed_at().filter(|_| !form.is_report()) {
            details.push(self.pair("上次复核", "last review", plain(when(at))));
        }
        blocks.extend(pairs(details));
        blocks
    }

    /// What one author says: verdict, estimate, when, why. `None` of one who only reviewed it.
    pub(super) fn by_one(&self, author: &AuthorRecords) -> Option<Pair> {
        let verdict = author.verdict.as_ref();
        let at = verdict.map(|verdict| verdict.at).or(author.share.map(|share| share.at))?;
        let mut value: Line = verdict.map(|verdict| self.state_piece(verdict.status)).into_iter().collect();
        value.extend(author.share.map(|share| Inline::Plain(format!("{}%", share.progress))));
        value.push(Inline::Plain(when(at)));
        let reason = verdict.and_then(|verdict| verdict.reason.as_deref());
        value.extend(reason.map(|reason| Inline::Plain(one_line(reason).into_owned())));
        Some(Pair::new(self.as_it_is(author.by.as_str()), value))
    }

    /// What one author says, in the cells of a table: who, verdict, estimate, reason, when, review.
    pub fn author(&self, author: &AuthorRecords) -> Vec<Line> {
        let verdict = author.verdict.as_ref();
        let reason = verdict.and_then(|verdict| verdict.reason.as_deref());
        let spoke = verdict.map(|verdict| verdict.at).or(author.share.map(|share| share.at));
        let mut reviewed: Line = author.reviewed_at.map(|at| Inline::Plain(moment(at))).into_iter().collect();
        if let Some(review) = author.review {
            reviewed.push(Inline::Words(self.label(review.outcome)));
            reviewed.extend(review.until.map(|until| Inline::Plain(until.to_string())));
        }
        vec![
            plain(author.by.as_str()),
            verdict.map(|verdict| self.state_piece(verdict.status)).into_iter().collect(),
            author.share.map(|share| plain(format!("{}%", share.progress))).unwrap_or_default(),
            reason.map(plain).unwrap_or_default(),
            spoke.map(|at| plain(moment(at))).unwrap_or_default(),
            reviewed,
        ]
    }

    /// Notes: the newest first on a screen, the oldest first in a report.
    pub(super) fn notes(&self, said: &Annotations, form: ReadingMedium<'_>) -> Vec<Block> {
        let notes = said.notes().map(|note| Block::Note(self.note(note, form)));
        if form.is_report() { notes.collect() } else { notes.rev().collect() }
    }

    /// A note with who wrote it when. A report is read elsewhere: its times have their offset.
    pub fn note(&self, note: &Note, form: ReadingMedium<'_>) -> NoteBlock {
        let told = |at| if form.is_report() { moment(at) } else { when(at) };
        let mut head = vec![Inline::Plain(note.by.as_str().to_owned()), self.note_kind(note.kind)];
        head.extend(note.edited.map(|at| {
            let when = told(at);
            Inline::Words(self.spoken(|ui| ui.pick(format!("{when} 修改"), format!("edited {when}"))))
        }));
        let item = AnnotationItem::Note(note.id.clone());
        NoteBlock { when: told(note.at), head, item, text: note.text.to_string() }
    }

    pub fn note_kind(&self, kind: NoteKind) -> Inline {
        Inline::Words(self.label(kind))
    }

    /// The records of a node, or of what has left the plan, newest first.
    pub(super) fn history(&self, people: People<'_>, home: &NodeRecords) -> Vec<Block> {
        let line = |index: &RecordIndex| {
            let record = people.book.record(*index);
            let what = self.spoken(|ui| {
                let undone = people.fold.validity(*index).remark(ui);
                format!("{}{undone}", describe::in_book(people.book, *index, ui))
            });
            let value = vec![Inline::Plain(one_line(record.by.as_str()).into_owned()), Inline::Words(what)];
            Pair::new(self.as_it_is(&when(record.at)), value)
        };
        let mut blocks = pairs(home.records.iter().rev().take(SHOWN).map(line).collect());
        let more = home.records.len().saturating_sub(SHOWN);
        if more > 0 {
            let key = one_line(&home.name);
            blocks.push(Block::Remark(self.spoken(|ui| {
                ui.pick(
                    format!("另有{more}条更早的记录：`plan158 log {key}`"),
                    format!("{more} earlier: `plan158 log {key}`"),
                )
            })));
        }
        blocks
    }
}
