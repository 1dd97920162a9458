//! What pages are made of: blocks of words in every language shown. The terminal, Markdown, HTML, docx and
//! opml draw the same blocks.
//!
//! A block says what it is and nothing of how it looks. Its texts are not yet safe to print: each renderer
//! cleans and escapes them.

use std::borrow::Cow;

use super::kinds::{AnnotationItem, SectionKind};
use crate::chart::{Dial, Plot};
use crate::plan::{NodeId, SourceId, State};
use crate::text::Ui;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Its language (BCP 47).
    pub tag: String,
    /// The words, as the plan or the program has them.
    pub text: String,
    /// It stands in for a missing wording: shown with a mark or with its language.
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

    pub fn wordings(&self) -> &[Wording] {
        &self.0
    }

    /// The wording for where there is room for one.
    pub fn first(&self) -> Option<&Wording> {
        self.0.first()
    }

    /// The sign of a state in the letters of the first language; empty where it has none there.
    pub fn sign(&self, state: State) -> &'static str {
        let is_chinese = self.first().is_none_or(|one| one.tag.starts_with("zh"));
        state.sign(if is_chinese { Ui::Zh } else { Ui::En })
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Words(Words),
    /// The title of something that can be gone to. It stands in every language shown, even on one line of a
    /// terminal.
    Title(Words),
    /// What has no language the program knows of: people's words, names, numbers, formulas.
    Plain(String),
    /// A node's or source's id.
    Id(String),
    /// A state, always as glyph and word.
    State(State, Words),
    /// A state with how many there are of it.
    Count(State, Words, u32),
    /// A source and the place in it.
    Cite {
        /// Its number in the list of sources; 0 where it has none.
        number: usize,
        source: SourceId,
        at: Option<String>,
        /// Title and date, for drawers without a list of sources.
        name: Words,
    },
    Link(String),
}

/// Pieces side by side.
pub type Line = Vec<Inline>;

/// A line as drawn: its pieces side by side, a number close to what it backs. `draw` draws a piece, to
/// nothing where there is nothing to show; `gap` draws what stands before one, which may be nothing.
pub fn side_by_side(
    line: &[Inline],
    mut draw: impl FnMut(&Inline) -> String,
    gap: impl Fn(&str) -> String,
) -> String {
    let mut out = String::new();
    let mut before: Option<&Inline> = None;
    for piece in line {
        let text = draw(piece);
        let between = match (before, piece) {
            _ if text.is_empty() || out.is_empty() => "",
            (Some(Inline::Cite { .. }), Inline::Cite { .. }) => " ",
            (_, Inline::Cite { .. }) => "",
            _ => " · ",
        };
        out.push_str(&gap(between));
        out.push_str(&text);
        before = Some(piece);
    }
    out
}

/// Something that the cursor of a screen can stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineTarget {
    Node(NodeId),
    /// A note or value of somebody's.
    Item(AnnotationItem),
}

/// Whether a terminal shows the label of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labelled {
    #[default]
    Always,
    /// Everywhere; a terminal has it in every language shown, as it has a title.
    InEveryLanguage,
    /// Only in reports: on a terminal the heading above says the same.
    InReports,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    pub label: Words,
    pub value: Line,
    /// What there is to know of it besides: a terminal has it on lines of its own, reports behind the value.
    pub more: Line,
    /// What the cursor stands on here.
    pub target: Option<LineTarget>,
    /// Whether a terminal shows the label.
    pub labelled: Labelled,
}

impl Pair {
    /// A detail that leads nowhere.
    pub fn new(label: Words, value: Line) -> Self {
        Self { label, value, ..Self::default() }
    }

    /// With what there is to know of it besides.
    #[must_use]
    pub fn and(self, more: Line) -> Self {
        Self { more, ..self }
    }

    /// Where the cursor can stand.
    #[must_use]
    pub fn to(self, target: LineTarget) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Without its label on a terminal.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { labelled: Labelled::InReports, ..self }
    }

    /// Everything it says, on one line.
    pub fn whole(&self) -> Cow<'_, [Inline]> {
        match self.more.as_slice() {
            [] => Cow::Borrowed(&self.value),
            more => Cow::Owned([self.value.as_slice(), more].concat()),
        }
    }
}

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// Rows under headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The headings; all empty where the table needs none.
    pub columns: Vec<Words>,
    /// The rows, each as wide as the headings.
    pub rows: Vec<Vec<Line>>,
    /// Columns from the second on stand to this side.
    pub align: Align,
    /// Columns of figures, by number, which stand to the right in documents.
    pub figures: Vec<usize>,
}

impl Table {
    pub fn new(columns: Vec<Words>, rows: Vec<Vec<Line>>) -> Self {
        Self { columns, rows, align: Align::Left, figures: Vec::new() }
    }

    /// With columns of figures.
    #[must_use]
    pub fn with_figures(self, figures: &[usize]) -> Self {
        Self { figures: figures.to_vec(), ..self }
    }

    /// On which side the cells of a column stand in a document.
    pub fn side(&self, column: usize) -> Align {
        let is_right = self.figures.contains(&column) || (self.align == Align::Right && column > 0);
        if is_right { Align::Right } else { Align::Left }
    }

    /// The columns with anything in them, by number.
    pub fn used_columns(&self) -> Vec<usize> {
        let used = |at: &usize| self.rows.iter().any(|row| row.get(*at).is_some_and(|line| !line.is_empty()));
        (0..self.columns.len()).filter(used).collect()
    }
}

/// How much a line is to be noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    #[default]
    Plain,
    Strong,
    Quiet,
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListItem {
    /// How many lines of the list it stands below.
    pub depth: u16,
    pub line: Line,
    /// What there is to know of it besides, on lines of its own; people's words keep their line breaks. A
    /// label may be empty.
    pub below: Vec<Pair>,
    /// How much it is to be noticed.
    pub weight: Weight,
    /// What the cursor stands on here.
    pub target: Option<LineTarget>,
}

/// Somebody's note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteBlock {
    /// When it was written.
    pub when: String,
    /// Who, what kind, when it was edited.
    pub head: Line,
    pub item: AnnotationItem,
    /// Its words, in whatever language, with their line breaks.
    pub text: String,
}

impl NoteBlock {
    /// When, who, what kind, and its id.
    pub fn whole_head(&self) -> Line {
        let when = std::iter::once(Inline::Plain(self.when.clone()));
        when.chain(self.head.iter().cloned()).chain([Inline::Id(self.item.id().to_owned())]).collect()
    }
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading within a page.
    Heading(Line),
    /// A paragraph. One that is only words is a paragraph in each language.
    Paragraph(Line),
    /// A remark of the program, in one language where there is room for one.
    Remark(Words),
    /// What is to be read second.
    Aside(Line),
    Pairs(Vec<Pair>),
    Table(Table),
    /// Lines below one another, and below lines.
    List(Vec<ListItem>),
    Note(NoteBlock),
    /// From baseline to target on one line.
    Dial(Dial),
    /// Values over time.
    Plot(Plot),
}

/// Blocks that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub kind: SectionKind,
    pub heading: Words,
    /// They; never empty.
    pub blocks: Vec<Block>,
}

/// Everything about one thing, under its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The node; `None` where it has left the plan.
    pub node: Option<NodeId>,
    pub title: Words,
    /// Level and id.
    pub head: Line,
    pub sections: Vec<Section>,
}
