//! What people do to nodes. An event says what became, not how: folding them in order gives what holds.

use jiff::civil::Date;

use super::name::{NodeName, RecordId};
use super::quote::{ClaimRole, FigureDecision, Quote, ReadDocument};
use crate::plan::State;
use crate::plan::metric::{Bound, Decimal, Grade, Moment, Stage, When, words};

words!(
    /// What a note is meant as; shown beside it and asked for by queries.
    NoteKind {
        Progress = "progress" ("进展", "progress"),
        Evidence = "evidence" ("证据", "evidence"),
        Concern = "concern" ("担忧", "concern"),
        Question = "question" ("问题", "question"),
        /// What a word or figure means.
        Definition = "definition" ("定义", "definition"),
        Decision = "decision" ("决定", "decision"),
    }
);

words!(
    /// What came of a look at a node in a review.
    Outcome {
        Unchanged = "unchanged" ("仍准确", "still accurate"),
        Verdict = "verdict" ("已判断", "verdict"),
        /// Put off to the end of the session.
        Skipped = "skipped" ("跳过", "skipped"),
        /// Put off until a day.
        Buried = "buried" ("搁置", "buried"),
        /// Somebody must work on it.
        NeedsWork = "needs-work" ("待处理", "needs work"),
    }
);

words!(
    /// Which end of a session.
    SessionMark {
        Start = "start",
        End = "end",
    }
);

impl Outcome {
    /// Whether the node counts as reviewed by it.
    pub fn is_review(self) -> bool {
        matches!(self, Outcome::Unchanged | Outcome::Verdict | Outcome::NeedsWork)
    }
}

/// What an observed value says.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordedAmount {
    /// A number, decimals as written.
    Number(Decimal),
    /// From the first to the second.
    Range(Decimal, Decimal),
    /// Words: a step of a scale, or a description.
    Label(Box<str>),
    /// How far a milestone has come.
    Stage(Stage),
}

/// An observed value as somebody recorded it.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedFigure {
    /// The amount with its bound and unit.
    pub reading: RecordedAmount,
    /// The time it refers to.
    pub when: When,
    /// What it says of the true value.
    pub bound: Bound,
    /// Where it was found: a source of the plan by its id, or any text.
    pub source: Option<Box<str>>,
    /// How sure the author is of it; [`None`] where nothing was said.
    pub grade: Option<Grade>,
    /// Where it stands, if it was taken from a document that was read.
    pub quote: Option<Box<Quote>>,
}

/// One thing that happened. `of` names a note or value as [`super::record::Record::item_id`] does.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A verdict, or none any more.
    Status {
        /// The node that is judged.
        node: NodeName,
        /// The verdict; [`None`] withdraws the author's earlier one.
        status: Option<State>,
        /// The author's grounds, in their own words.
        reason: Option<Box<str>>,
    },
    /// How far it is, 0–100, by somebody's estimate; or none any more.
    Progress {
        /// The node whose progress is estimated.
        node: NodeName,
        /// The estimate in per cent, 0 to 100; [`None`] withdraws the earlier one.
        progress: Option<u8>,
    },
    /// A note is added to a node.
    Note {
        /// The node the note is on.
        node: NodeName,
        /// Whether it is a remark, a question, a risk or a decision.
        kind: NoteKind,
        /// The text as typed, line breaks kept.
        text: Box<str>,
    },
    /// Other words for one's own note.
    NoteEdit {
        /// Where, for readers of the line; the note knows it.
        node: Option<NodeName>,
        /// The record id of the note.
        of: Box<str>,
        /// The text that replaces the earlier one.
        text: Box<str>,
    },
    /// One's own note holds no longer.
    NoteRetract {
        /// The node the note moves to, where it moves.
        node: Option<NodeName>,
        /// The record id of the note that is taken back.
        of: Box<str>,
    },
    /// An observed value of a metric.
    Value {
        /// The metric that was measured.
        node: NodeName,
        /// The figure, its date and its source.
        figure: RecordedFigure,
    },
    /// A figure of a document that is no observed value: a target, another's word, a conflict.
    Claim {
        /// The metric it is of.
        node: NodeName,
        /// What it is to the metric.
        role: ClaimRole,
        /// The figure with its place.
        figure: RecordedFigure,
    },
    /// A document that figures are taken from was read.
    Document(Box<ReadDocument>),
    /// A figure of a document was decided on.
    Decided(Box<FigureDecision>),
    /// One's own value holds no longer.
    ValueRetract {
        /// The metric the value moves to, where it moves.
        node: Option<NodeName>,
        /// The record id of the value that is taken back.
        of: Box<str>,
    },
    /// A tag is put on a node.
    Tag {
        /// The node that gets the tag.
        node: NodeName,
        /// The tag, without the `#`.
        tag: NodeName,
    },
    /// No such tag any more.
    Untag {
        /// The node that loses the tag.
        node: NodeName,
        /// The tag, without the `#`.
        tag: NodeName,
    },
    /// A node is starred by its author.
    Star {
        /// The node that gets the star.
        node: NodeName,
    },
    /// No star any more.
    Unstar {
        /// The node that loses the star.
        node: NodeName,
    },
    /// Somebody looked.
    Reviewed {
        /// The node of the card.
        node: NodeName,
        /// What the reviewer did with the card.
        outcome: Outcome,
        /// Until when it is put off.
        until: Option<Date>,
        /// How long it took.
        seconds: Option<u32>,
    },
    /// A review session begins or ends.
    Session {
        /// Whether the session starts, pauses, resumes or ends.
        mark: SessionMark,
        /// What was to be reviewed.
        query: Option<Box<str>>,
        /// The order of the cards, as `--order` names it.
        order: Option<Box<str>>,
        /// Of a random order.
        seed: Option<u64>,
        /// Whether verdicts were hidden until one had decided.
        blind: Blindness,
    },
    /// After this moment the series counts something else.
    SeriesBreak {
        /// The metric whose series breaks.
        node: NodeName,
        /// The first moment at which values follow the new definition.
        at: Moment,
    },
    /// What was said of a node that has left the plan belongs to another.
    Reattach {
        /// The id that left.
        node: NodeName,
        /// The node it belongs to.
        to: NodeName,
    },
    /// That authors differ on the node has been talked over.
    Settled {
        /// The node on which authors disagreed.
        node: NodeName,
        /// How the disagreement was settled, in the author's words.
        reason: Option<Box<str>>,
    },
    /// A whole record is taken back.
    Undo {
        /// The id of the record that is undone.
        of: RecordId,
    },
    /// What this version does not know: kept in its line, skipped and counted.
    Unknown,
}

/// Whether a review session hides verdicts until one has decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blindness {
    /// Other people's verdicts are shown on the cards.
    #[default]
    Sighted,
    /// Other people's verdicts are hidden until the round ends.
    Blind,
}

impl Event {
    /// The `type` that journal files carry (`docs/journal-format.md`).
    pub fn word(&self) -> &'static str {
        match self {
            Event::Status { .. } => "status",
            Event::Progress { .. } => "progress",
            Event::Note { .. } => "note",
            Event::NoteEdit { .. } => "note-edit",
            Event::NoteRetract { .. } => "note-retract",
            Event::Value { .. } => "value",
            Event::Claim { role, .. } => role.word(),
            Event::Document(_) => "document",
            Event::Decided(_) => "figure-decision",
            Event::ValueRetract { .. } => "value-retract",
            Event::Tag { .. } => "tag",
            Event::Untag { .. } => "untag",
            Event::Star { .. } => "star",
            Event::Unstar { .. } => "unstar",
            Event::Reviewed { .. } => "reviewed",
            Event::Session { .. } => "session",
            Event::SeriesBreak { .. } => "series-break",
            Event::Reattach { .. } => "reattach",
            Event::Settled { .. } => "settled",
            Event::Undo { .. } => "undo",
            Event::Unknown => "",
        }
    }

    /// The node it says it is about.
    pub fn node(&self) -> Option<&NodeName> {
        match self {
            Event::Status { node, .. }
            | Event::Progress { node, .. }
            | Event::Note { node, .. }
            | Event::Value { node, .. }
            | Event::Claim { node, .. }
            | Event::Tag { node, .. }
            | Event::Untag { node, .. }
            | Event::Star { node }
            | Event::Unstar { node }
            | Event::Reviewed { node, .. }
            | Event::SeriesBreak { node, .. }
            | Event::Reattach { node, .. }
            | Event::Settled { node, .. } => Some(node),
            Event::NoteEdit { node, .. }
            | Event::NoteRetract { node, .. }
            | Event::ValueRetract { node, .. } => node.as_ref(),
            Event::Session { .. }
            | Event::Undo { .. }
            | Event::Document(_)
            | Event::Decided(_)
            | Event::Unknown => None,
        }
    }

    /// Whether it makes something that later events name: a note, a value, a claim.
    pub fn makes_item(&self) -> bool {
        matches!(self, Event::Note { .. }) || self.makes_value()
    }

    /// Whether it makes what `value-retract` names.
    pub fn makes_value(&self) -> bool {
        matches!(self, Event::Value { .. } | Event::Claim { .. })
    }

    /// The words somebody wrote for it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Event::Status { reason, .. } | Event::Settled { reason, .. } => reason.as_deref(),
            Event::Note { text, .. } | Event::NoteEdit { text, .. } => Some(text),
            Event::Value { figure: RecordedFigure { source, .. }, .. }
            | Event::Claim { figure: RecordedFigure { source, .. }, .. } => source.as_deref(),
            Event::Tag { tag, .. } => Some(tag),
            _ => None,
        }
    }
}
