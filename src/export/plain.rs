//! Pieces of a report as plain text: for cells and for notes of outlines, where nothing can be emphasised or
//! linked.
//!
//! Languages stand side by side with a slash, what belongs together with a middle dot, a source as its id in
//! brackets. Every text is made safe; an escape for the format is the format's matter.

use super::document::Document;
use super::report::ReportBuilder;
use crate::page::block::{Block, Inline, Line, ListItem, Pair, Section, Wording, Words, side_by_side};
use crate::plan::State;
use crate::text::Ui;
use crate::text::{clean::many_lines, clean::one_line};

/// Draws pieces of a report as plain text.
pub struct PlainRenderer<'d, 'p> {
    document: &'d Document<'p>,
    ui: Ui,
}

/// A wording that stands in for a missing one says which language it is in.
fn borrowed(one: &Wording) -> String {
    if one.borrowed { format!(" ({})", one_line(&one.tag)) } else { String::new() }
}

impl<'d, 'p> PlainRenderer<'d, 'p> {
    /// For the report of a document.
    pub fn new(report: &ReportBuilder<'d, 'p>) -> Self {
        let document = report.document();
        Self { document, ui: document.scene.voice(document.scene.show.main()).ui }
    }

    /// The mark between a label and what it says.
    pub fn colon(&self) -> &'static str {
        self.ui.pick("：", ": ")
    }

    /// Words in every language shown, on one line.
    pub fn words(&self, words: &Words) -> String {
        let each = words.wordings().iter().map(|one| format!("{}{}", one_line(&one.text), borrowed(one)));
        each.collect::<Vec<_>>().join(" / ")
    }

    /// Words in every language shown, with their line breaks, a paragraph each.
    pub fn paragraphs(&self, words: &Words) -> String {
        let each = words.wordings().iter().map(|one| format!("{}{}", many_lines(&one.text), borrowed(one)));
        each.collect::<Vec<_>>().join("\n")
    }

    /// Pieces side by side on one line.
    pub fn line(&self, line: &[Inline]) -> String {
        let mut out = String::new();
        for piece in line {
            let text = self.piece(piece);
            if !text.is_empty() && !out.is_empty() {
                out.push_str(if matches!(piece, Inline::Cite { .. }) { " " } else { " · " });
            }
            out.push_str(&text);
        }
        out
    }

    /// A state's words with its sign before them, where it has one.
    pub(super) fn signed(&self, state: State, words: &Words) -> String {
        match words.sign(state) {
            "" => self.words(words),
            sign => format!("{sign} {}", self.words(words)),
        }
    }

    fn piece(&self, piece: &Inline) -> String {
        match piece {
            Inline::Words(words) | Inline::Title(words) => self.words(words),
            Inline::Plain(text) | Inline::Id(text) | Inline::Link(text) => one_line(text).into_owned(),
            Inline::State(state, words) => self.signed(*state, words),
            Inline::Count(state, words, count) => format!("{} {count}", self.signed(*state, words)),
            Inline::Cite { source, at, .. } => {
                let id = one_line(&self.document.plan().source(*source).id).into_owned();
                let at = at.as_deref().map(|at| format!(" {}", one_line(at))).unwrap_or_default();
                format!("[{id}{at}]")
            }
        }
    }

    /// `label: value`.
    pub fn pair(&self, pair: &Pair) -> String {
        format!("{}{}{}", self.words(&pair.label), self.colon(), self.line(&pair.whole()))
    }

    pub fn pairs(&self, pairs: &[Pair]) -> String {
        pairs.iter().map(|pair| self.pair(pair)).collect::<Vec<_>>().join("\n")
    }

    /// What a row says, without the cells that say nothing.
    pub fn row(&self, row: &[Line]) -> String {
        let cells = row.iter().map(|cell| self.line(cell));
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// A block, in lines.
    pub fn block(&self, block: &Block) -> String {
        match block {
            Block::Heading(line) | Block::Aside(line) => self.line(line),
            Block::Remark(words) => self.paragraphs(words),
            Block::Paragraph(line) => match line.as_slice() {
                [Inline::Words(words)] => self.paragraphs(words),
                line => self.line(line),
            },
            Block::Pairs(pairs) => self.pairs(pairs),
            Block::Table(table) => table.rows.iter().map(|row| self.row(row)).collect::<Vec<_>>().join("\n"),
            Block::Note(note) => {
                format!("{}\n{}", self.line(&note.whole_head()), many_lines(&note.text))
            }
            Block::List(items) => items.iter().map(|item| self.item(item)).collect::<Vec<_>>().join("\n"),
            Block::Dial(_) | Block::Plot(_) => String::new(),
        }
    }

    /// A line of a list, and below it what there is to know of it besides.
    fn item(&self, item: &ListItem) -> String {
        let margin = "  ".repeat(usize::from(item.depth));
        let below = item.below.iter().map(|pair| {
            let piece = |piece: &Inline| match piece {
                Inline::Plain(text) => many_lines(text).replace('\n', &format!("\n{margin}  ")),
                piece => self.piece(piece),
            };
            let colon = if pair.label.is_empty() { "" } else { self.colon() };
            let value = side_by_side(&pair.whole(), piece, str::to_owned);
            format!("\n{margin}  {}{colon}{value}", self.words(&pair.label))
        });
        format!("{margin}{}{}", self.line(&item.line), below.collect::<String>())
    }

    /// Sections with their headings, a blank line between them.
    pub fn sections(&self, sections: &[Section]) -> String {
        let section = |section: &Section| {
            let drawn = section.blocks.iter().map(|block| self.block(block));
            let blocks = drawn.filter(|text| !text.is_empty());
            std::iter::once(format!("【{}】", self.words(&section.heading)))
                .chain(blocks)
                .collect::<Vec<_>>()
                .join("\n")
        };
        sections.iter().map(section).collect::<Vec<_>>().join("\n\n")
    }
}
