//! What people do to nodes. An event says what became, not how: folding them in order gives what holds.

use jiff::civil::Date;

use super::name::{NodeName, RecordId};
use crate::plan::State;
use crate::plan::metric::{Bound, Decimal, Grade, Moment, Stage, When, words};

words!(
    /// What a note is.
    NoteKind {
        /// How it goes.
        Progress = "progress" ("进展", "progress"),
        /// What shows it.
        Evidence = "evidence" ("证据", "evidence"),
        /// What worries.
        Concern = "concern" ("担忧", "concern"),
        /// What is to be asked.
        Question = "question" ("问题", "question"),
        /// What a word or figure means.
        Definition = "definition" ("定义", "definition"),
        /// What was decided.
        Decision = "decision" ("决定", "decision"),
    }
);

words!(
    /// What came of a look at a node in a review.
    Outcome {
        /// Still accurate.
        Unchanged = "unchanged" ("仍准确", "still accurate"),
        /// A verdict was given.
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
        /// It begins.
        Start = "start",
        /// It is over.
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
    /// How much.
    pub reading: RecordedAmount,
    /// The time it refers to.
    pub when: When,
    /// What it says of the true value.
    pub bound: Bound,
    /// Where it was found: a source of the plan by its id, or any text.
    pub source: Option<Box<str>>,
    /// How good that is.
    pub grade: Option<Grade>,
}

/// One thing that happened. `of` names a note or value as [`super::record::Record::item_id`] does.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A verdict, or none any more.
    Status {
        /// Where.
        node: NodeName,
        /// The verdict.
        status: Option<State>,
        /// Why.
        reason: Option<Box<str>>,
    },
    /// How far it is, 0–100, by somebody's estimate; or none any more.
    Progress {
        /// Where.
        node: NodeName,
        /// The share.
        progress: Option<u8>,
    },
    /// A note.
    Note {
        /// Where.
        node: NodeName,
        /// What it is.
        kind: NoteKind,
        /// Its words.
        text: Box<str>,
    },
    /// Other words for one's own note.
    NoteEdit {
        /// Where, for readers of the line; the note knows it.
        node: Option<NodeName>,
        /// The note.
        of: Box<str>,
        /// Its words.
        text: Box<str>,
    },
    /// One's own note holds no longer.
    NoteRetract {
        /// Where.
        node: Option<NodeName>,
        /// The note.
        of: Box<str>,
    },
    /// An observed value of a metric.
    Value {
        /// Where.
        node: NodeName,
        /// The value.
        figure: RecordedFigure,
    },
    /// One's own value holds no longer.
    ValueRetract {
        /// Where.
        node: Option<NodeName>,
        /// The value.
        of: Box<str>,
    },
    /// A tag.
    Tag {
        /// Where.
        node: NodeName,
        /// The word.
        tag: NodeName,
    },
    /// No such tag any more.
    Untag {
        /// Where.
        node: NodeName,
        /// The word.
        tag: NodeName,
    },
    /// A star.
    Star {
        /// Where.
        node: NodeName,
    },
    /// No star any more.
    Unstar {
        /// Where.
        node: NodeName,
    },
    /// Somebody looked.
    Reviewed {
        /// Where.
        node: NodeName,
        /// With what result.
        outcome: Outcome,
        /// Until when it is put off.
        until: Option<Date>,
        /// How long it took.
        seconds: Option<u32>,
    },
    /// A review session begins or ends.
    Session {
        /// Which.
        mark: SessionMark,
        /// What was to be reviewed.
        query: Option<Box<str>>,
        /// In which order.
        order: Option<Box<str>>,
        /// Of a random order.
        seed: Option<u64>,
        /// Whether verdicts were hidden until one had decided.
        blind: Blindness,
    },
    /// After this moment the series counts something else.
    SeriesBreak {
        /// Where.
        node: NodeName,
        /// When.
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
        /// Where.
        node: NodeName,
        /// How.
        reason: Option<Box<str>>,
    },
    /// A whole record is taken back.
    Undo {
        /// Which.
        of: RecordId,
    },
    /// What this version does not know: kept in its line, skipped and counted.
    Unknown,
}

/// Whether a review session hides verdicts until one has decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blindness {
    /// They show.
    #[default]
    Sighted,
    /// They are hidden.
    Blind,
}

impl Event {
    /// The word of files.
    pub fn word(&self) -> &'static str {
        match self {
            Event::Status { .. } => "status",
            Event::Progress { .. } => "progress",
            Event::Note { .. } => "note",
            Event::NoteEdit { .. } => "note-edit",
            Event::NoteRetract { .. } => "note-retract",
            Event::Value { .. } => "value",
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
            Event::Session { .. } | Event::Undo { .. } | Event::Unknown => None,
        }
    }

    /// The words somebody wrote for it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Event::Status { reason, .. } | Event::Settled { reason, .. } => reason.as_deref(),
            Event::Note { text, .. } | Event::NoteEdit { text, .. } => Some(text),
            Event::Value { figure: RecordedFigure { source, .. }, .. } => source.as_deref(),
            Event::Tag { tag, .. } => Some(tag),
            _ => None,
        }
    }
}
