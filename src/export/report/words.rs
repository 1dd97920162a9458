//! What reports are made of.

use crate::card::SectionKind;
use crate::plan::{SourceId, State};

/// One wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Its language (BCP 47).
    pub tag: String,
    /// It, as the plan or the program has it.
    pub text: String,
    /// It stands in for a missing wording: shown with its language.
    pub borrowed: bool,
}

/// One thing, in each language shown, the main one first. Wordings that are the same in all stand once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<Wording>);

impl Words {
    /// Takes wordings; empty ones and repetitions go.
    pub fn new(wordings: Vec<Wording>) -> Self {
        let mut kept: Vec<Wording> = Vec::with_capacity(wordings.len());
        for one in wordings {
            if !one.text.is_empty() && kept.iter().all(|other| other.text != one.text) {
                kept.push(one);
            }
        }
        Self(kept)
    }

    /// The wordings.
    pub fn wordings(&self) -> &[Wording] {
        &self.0
    }

    /// Nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words with their languages.
    Words(Words),
    /// What has no language the program knows of: people's words, names, numbers, formulas.
    Plain(String),
    /// A node's or source's id.
    Id(String),
    /// A state, always as glyph and word.
    State(State, Words),
    /// A source by its number (0: not cited otherwise) and the place in it.
    Cite {
        /// Its number in the list of sources.
        number: usize,
        /// It.
        source: SourceId,
        /// The place in it.
        at: Option<String>,
    },
    /// An address.
    Link(String),
}

/// Pieces side by side.
pub type Line = Vec<Piece>;

/// A line as drawn: its pieces side by side, a number close to what it backs. `draw` draws a piece, to nothing where there is nothing
/// to show; `gap` draws what stands before one, which may be nothing.
pub fn side_by_side(
    line: &[Piece],
    mut draw: impl FnMut(&Piece) -> String,
    gap: impl Fn(&str) -> String,
) -> String {
    let mut out = String::new();
    let mut before: Option<&Piece> = None;
    for piece in line {
        let text = draw(piece);
        let between = match (before, piece) {
            _ if text.is_empty() || out.is_empty() => "",
            (Some(Piece::Cite { .. }), Piece::Cite { .. }) => " ",
            (_, Piece::Cite { .. }) => "",
            _ => " · ",
        };
        out.push_str(&gap(between));
        out.push_str(&text);
        before = Some(piece);
    }
    out
}

/// A named detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What it is.
    pub label: Words,
    /// What it says.
    pub value: Line,
}

/// Rows under headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The headings.
    pub columns: Vec<Words>,
    /// The rows, each as wide as the headings.
    pub rows: Vec<Vec<Line>>,
}

impl Table {
    /// The columns with anything in them, by number.
    pub fn used_columns(&self) -> Vec<usize> {
        let used = |at: &usize| self.rows.iter().any(|row| row.get(*at).is_some_and(|line| !line.is_empty()));
        (0..self.columns.len()).filter(used).collect()
    }
}

/// Somebody's note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteBlock {
    /// Who, when, what kind.
    pub head: Line,
    /// Its words, in whatever language, with their line breaks.
    pub text: String,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Line),
    /// Named details.
    Pairs(Vec<Pair>),
    /// A table.
    Table(Table),
    /// A note.
    Note(NoteBlock),
}

/// Blocks that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub kind: SectionKind,
    /// Its heading.
    pub heading: Words,
    /// They; never empty.
    pub blocks: Vec<Block>,
}
