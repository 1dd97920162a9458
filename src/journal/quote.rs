//! What people take from documents: where a figure stands, what was decided of it, and the documents themselves.

use super::name::NodeName;
use crate::plan::metric::words;

/// A place in a document that outlives the moving of its paragraphs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QuotePlace {
    /// The id of the document, as its `document` event has it.
    pub document: Box<str>,
    /// The number of the paragraph when it was read, from 1: for people, not for finding it again.
    pub paragraph: u32,
    /// SHA-256 of the paragraph, trimmed.
    pub digest: Box<str>,
    /// Which of the paragraphs with these very words it is, from 1.
    pub nth: u32,
    /// First character of the figure in the trimmed paragraph.
    pub start: u32,
    /// The first character behind it.
    pub end: u32,
}

impl QuotePlace {
    /// Whether it is the same place, wherever the paragraph stands now.
    pub fn is_same(&self, other: &Self) -> bool {
        let key = |place: &Self| (place.nth, place.start, place.end);
        self.document == other.document && self.digest == other.digest && key(self) == key(other)
    }

    /// As it is shown and as `at` of a value has it: `12:3-9`.
    pub fn short(&self) -> String {
        format!("{}:{}-{}", self.paragraph, self.start, self.end)
    }
}

/// A value's place and the digest of its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Where the figure stands.
    pub place: QuotePlace,
    /// SHA-256 of its sentence, trimmed.
    pub sentence: Box<str>,
}

words!(
    /// What a figure that was found in a document is to its metric, other than an observed value.
    ClaimRole {
        /// The document says that it is to be.
        Target = "target" ("目标", "target"),
        /// The document repeats a value that is known.
        SameValue = "same-value" ("另见", "also said"),
        /// The document says something else than what is known.
        Conflict = "conflict" ("另有说法", "said otherwise"),
    }
);

words!(
    /// What somebody decided of a figure of a document.
    FigureOutcome {
        Observed = "observed" ("取为实际值", "taken as observed"),
        Target = "target" ("取为目标", "taken as a target"),
        SameValue = "same-value" ("同一数值的另一来源", "another source of the same value"),
        Conflict = "conflict" ("记为不同说法", "recorded as a conflict"),
        /// The plan has it, from this very document.
        Known = "known" ("规划已有", "there already"),
        NoFigure = "no-figure" ("不是数字", "not a figure"),
        Later = "later" ("以后再定", "left for later"),
    }
);

impl FigureOutcome {
    /// Whether the figure is asked for again in the next session.
    pub fn is_open(self) -> bool {
        self == FigureOutcome::Later
    }

    /// What the figure becomes of its metric; `None` for an observed value and for what is none.
    pub fn role(self) -> Option<ClaimRole> {
        match self {
            FigureOutcome::Target => Some(ClaimRole::Target),
            FigureOutcome::SameValue => Some(ClaimRole::SameValue),
            FigureOutcome::Conflict => Some(ClaimRole::Conflict),
            FigureOutcome::Observed
            | FigureOutcome::Known
            | FigureOutcome::NoFigure
            | FigureOutcome::Later => None,
        }
    }

    /// Whether a node is taken with it.
    pub fn takes_node(self) -> bool {
        self == FigureOutcome::Observed || self.role().is_some()
    }
}

/// A document that figures were taken from, in one of its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadDocument {
    /// What places name it by; a changed copy keeps it.
    pub id: Box<str>,
    /// Its title.
    pub title: Box<str>,
    /// Who published it, where that was said.
    pub publisher: Option<Box<str>>,
    /// Its date as it was given, where it was.
    pub date: Option<Box<str>>,
    /// SHA-256 of its text.
    pub sha256: Box<str>,
    /// SHA-256 of each paragraph, trimmed; empty paragraphs are left out.
    pub paragraphs: Box<[Box<str>]>,
}

/// A decision on a figure of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureDecision {
    /// The figure.
    pub place: QuotePlace,
    /// What was decided.
    pub outcome: FigureOutcome,
    /// The node it was taken to, where there is one.
    pub node: Option<NodeName>,
}
