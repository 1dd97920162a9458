//! What people say of a node, and of what has left the plan.

use super::{Block, Line, NoteBlock, Pair, Piece, Report, Section, Table};
use crate::journal::fold::{AuthorSaid, Note, Observed};
use crate::journal::{Annotations, At, Home, describe};
use crate::page::{Item, SectionKind};
use crate::plan::figure;

/// A moment with its offset, to the minute: 2026-11-23 14:02 +08.
pub(super) fn moment(at: At) -> String {
    format!("{} {}", crate::page::when(at), at.offset)
}

impl Report<'_, '_> {
    /// Verdicts by author, star, tags, breaks.
    pub(super) fn people(&self, said: &Annotations) -> Vec<Block> {
        let mut blocks = Vec::new();
        if said.is_disputed() {
            let words = self.say("异 作者结论不同", "异 authors differ");
            blocks.push(Block::Paragraph(vec![Piece::Words(words)]));
        }
        let rows: Vec<Vec<Line>> = said.authors().map(|author| self.author(author)).collect();
        if !rows.is_empty() {
            let columns = [
                ("作者", "Author"),
                ("结论", "Verdict"),
                ("进度", "Progress"),
                ("理由", "Reason"),
                ("时间", "When"),
                ("复核", "Reviewed"),
            ];
            let columns = columns.map(|(zh, en)| self.say(zh, en)).into();
            blocks.push(Block::Table(Table::new(columns, rows)));
        }
        let mut pairs: Vec<Pair> = Vec::new();
        if said.is_starred() {
            pairs.push(self.pair("星标", "star", vec![Piece::Words(self.say("是", "yes"))]));
        }
        let tags: Vec<&str> = said.tags().map(AsRef::as_ref).collect();
        if !tags.is_empty() {
            pairs.push(self.pair("自定标签", "own tags", vec![Piece::Plain(tags.join(" · "))]));
        }
        for cut in said.breaks() {
            let value = vec![
                Piece::Words(self.spoken(|ui| figure::moment(cut.moment, ui))),
                Piece::Plain(cut.by.as_str().to_owned()),
            ];
            pairs.push(self.pair("口径变化", "series break", value));
        }
        if !pairs.is_empty() {
            blocks.push(Block::Pairs(pairs));
        }
        blocks
    }

    /// What one author says: who, verdict, estimate, reason, when, review.
    pub(in crate::export) fn author(&self, author: &AuthorSaid) -> Vec<Line> {
        let plain = |text: String| Piece::Plain(text);
        let verdict = author.verdict.as_ref();
        let reason = verdict.and_then(|verdict| verdict.reason.as_deref());
        let spoke = verdict.map(|verdict| verdict.at).or(author.share.map(|share| share.at));
        let mut reviewed: Line = author.reviewed_at.map(|at| plain(moment(at))).into_iter().collect();
        if let Some(review) = author.review {
            reviewed.push(Piece::Words(self.spoken(|ui| review.outcome.label(ui).to_owned())));
            reviewed.extend(review.until.map(|until| plain(until.to_string())));
        }
        vec![
            vec![plain(author.by.as_str().to_owned())],
            verdict.map(|verdict| self.state_piece(verdict.status)).into_iter().collect(),
            author.share.map(|share| plain(format!("{} %", share.progress))).into_iter().collect(),
            reason.map(|reason| plain(reason.to_owned())).into_iter().collect(),
            spoke.map(|at| plain(moment(at))).into_iter().collect(),
            reviewed,
        ]
    }

    /// Notes, oldest first.
    pub(super) fn notes(&self, said: &Annotations) -> Vec<Block> {
        said.notes().map(|note| Block::Note(self.note(note))).collect()
    }

    pub(in crate::export) fn note(&self, note: &Note) -> NoteBlock {
        let mut head = vec![Piece::Plain(note.by.as_str().to_owned()), self.kind(note.kind)];
        head.extend(note.edited.map(|at| {
            let when = moment(at);
            Piece::Words(self.spoken(|ui| ui.pick(format!("{when} 修改"), format!("edited {when}"))))
        }));
        let item = Item::Note(note.id.clone());
        NoteBlock { when: moment(note.at), head, item, text: note.text.to_string() }
    }

    /// The sections of what has left the plan: there is no title and no metric any more.
    pub fn orphan(&self, home: &Home) -> Vec<Section> {
        let values: Vec<Block> = home.annotations.values().map(|own| self.lone_value(own)).collect();
        let sections = [
            (SectionKind::People, self.people(&home.annotations)),
            (SectionKind::Values, values),
            (SectionKind::Notes, self.notes(&home.annotations)),
        ];
        let section = |(kind, blocks): (SectionKind, Vec<Block>)| {
            (!blocks.is_empty()).then(|| Section { kind, heading: self.heading(kind), blocks })
        };
        sections.into_iter().filter_map(section).collect()
    }

    pub(in crate::export) fn lone_value(&self, own: &Observed) -> Block {
        let mut line = vec![Piece::Words(self.spoken(|ui| describe::figure(&own.figure, ui)))];
        line.extend(own.figure.source.as_deref().map(|source| Piece::Plain(source.to_owned())));
        line.extend(own.figure.grade.map(|grade| Piece::Plain(grade.word().to_owned())));
        line.push(Piece::Plain(own.by.as_str().to_owned()));
        line.push(Piece::Plain(moment(own.at)));
        line.push(Piece::Id(own.id.to_string()));
        Block::Paragraph(line)
    }

    /// The heading over what has left the plan, and what it means.
    pub fn orphans_heading(&self) -> (super::Words, super::Words) {
        (
            self.say("无主的记录", "Orphaned annotations"),
            self.say(
                "以下节点已不在规划中，记录保留；`plan158 doctor --reattach OLD=NEW` 可改挂。",
                "These nodes have left the plan; what was said of them is kept. `plan158 doctor --reattach OLD=NEW` moves it.",
            ),
        )
    }
}
