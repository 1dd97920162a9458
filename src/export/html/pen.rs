//! Pieces of a report as HTML.

use std::cell::RefCell;

use super::escape;
use crate::export::document::Document;
use crate::export::report::{Block, Line, Pair, Piece, Section, Table, Words, side_by_side};
use crate::plan::{NodeId, State};

/// Draws pieces, and remembers which sources it cited.
pub(super) struct Pen<'d, 'p> {
    document: &'d Document<'p>,
    cited: RefCell<Vec<usize>>,
}

/// Where a node stands in the page. Ids of nodes hold nothing that an attribute could not; an orphan's name may.
pub(super) fn anchor(id: &str) -> String {
    format!("n-{}", escape::line(id))
}

impl<'d, 'p> Pen<'d, 'p> {
    pub(super) fn new(document: &'d Document<'p>) -> Self {
        Self { document, cited: RefCell::default() }
    }

    /// The numbers of the sources cited.
    pub(super) fn cited(&self) -> Vec<usize> {
        self.cited.take()
    }

    /// Words in every language shown, each with its language.
    pub(super) fn words(&self, words: &Words) -> String {
        let each = words.wordings().iter().map(|one| {
            let tag = escape::line(&one.tag);
            let borrowed =
                if one.borrowed { format!(" <span class=\"quiet\">({tag})</span>") } else { String::new() };
            format!("<span lang=\"{tag}\">{}</span>{borrowed}", escape::line(&one.text))
        });
        each.collect::<Vec<_>>().join("<span class=\"sep\"> / </span>")
    }

    /// A state: a glyph in a box and its name; colour says nothing more.
    pub(super) fn state(&self, state: State, words: &Words) -> String {
        let class = match state {
            State::OnTrack | State::Achieved | State::Hold => "good",
            State::NeedsAcceleration | State::Limited => "warn",
            State::Regressing | State::Overdue => "bad",
            _ => "none",
        };
        let glyph = state.glyph();
        format!(
            "<span class=\"state {class}\"><span class=\"glyph\" lang=\"zh\">{glyph}</span> {}</span>",
            self.words(words)
        )
    }

    /// An id; one of a node of the page leads there.
    pub(super) fn code(&self, id: &str) -> String {
        format!("<code>{}</code>", escape::line(id))
    }

    fn id(&self, id: &str) -> String {
        let tree = &self.document.plan().tree;
        let node =
            tree.find(id).filter(|node| tree.node(*node).key.as_str() == id && self.document.holds(*node));
        match node {
            Some(_) => format!("<a href=\"#{}\">{}</a>", anchor(id), self.code(id)),
            None => self.code(id),
        }
    }

    /// The way back from a source to a node that cites it.
    pub(super) fn back(&self, id: NodeId) -> String {
        let key = self.document.plan().tree.node(id).key.as_str();
        format!("<a href=\"#{}\">↩ {}</a>", anchor(key), self.code(key))
    }

    /// An address that readers may follow; what is none of the web's stays text.
    pub(super) fn link(&self, url: &str) -> String {
        match escape::web_address(url) {
            Some(address) => format!("<a href=\"{address}\" rel=\"noreferrer\">{address}</a>"),
            None => escape::line(url),
        }
    }

    pub(super) fn sections(&self, sections: &[Section]) -> String {
        let each = sections.iter().map(|section| {
            format!(
                "<p class=\"label\">{}</p>\n{}",
                self.words(&section.heading),
                self.blocks(&section.blocks)
            )
        });
        each.collect()
    }

    pub(super) fn blocks(&self, blocks: &[Block]) -> String {
        let each = blocks.iter().map(|block| match block {
            Block::Paragraph(line) => self.paragraph(line),
            Block::Pairs(pairs) => self.pairs(pairs),
            Block::Table(table) => self.table(table),
            // Nobody knows the language of what people write.
            Block::Note(note) => format!(
                "<p class=\"note\">{}</p>\n<blockquote lang=\"\">{}</blockquote>\n",
                self.line(&note.head),
                escape::lines(&note.text)
            ),
        });
        each.collect()
    }

    /// Each language is a paragraph of its own.
    fn paragraph(&self, line: &Line) -> String {
        match line.as_slice() {
            [Piece::Words(words)] => {
                let each = words.wordings().iter().cloned().map(|one| self.words(&Words::new(vec![one])));
                each.map(|text| format!("<p>{text}</p>\n")).collect()
            }
            line => format!("<p>{}</p>\n", self.line(line)),
        }
    }

    pub(super) fn pairs(&self, pairs: &[Pair]) -> String {
        if pairs.is_empty() {
            return String::new();
        }
        let each = pairs
            .iter()
            .map(|pair| format!("<dt>{}</dt><dd>{}</dd>\n", self.words(&pair.label), self.line(&pair.value)));
        format!("<dl>\n{}</dl>\n", each.collect::<String>())
    }

    /// A table; a column without any content in it is left out.
    fn table(&self, table: &Table) -> String {
        let columns = table.used_columns();
        let head: String = columns
            .iter()
            .map(|at| format!("<th scope=\"col\">{}</th>", self.words(&table.columns[*at])))
            .collect();
        let row = |row: &Vec<Line>| {
            let cells = columns.iter().map(|at| row.get(*at).map(|line| self.line(line)).unwrap_or_default());
            format!("<tr>{}</tr>\n", cells.map(|cell| format!("<td>{cell}</td>")).collect::<String>())
        };
        let rows: String = table.rows.iter().map(row).collect();
        format!(
            "<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
        )
    }

    pub(super) fn line(&self, line: &[Piece]) -> String {
        side_by_side(line, |piece| self.piece(piece), str::to_owned)
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Words(words) => self.words(words),
            Piece::Plain(text) => escape::line(text),
            Piece::Id(text) => self.id(text),
            Piece::State(state, words) => self.state(*state, words),
            Piece::Cite { number: 0, .. } => String::new(),
            Piece::Cite { number, at, .. } => {
                self.cited.borrow_mut().push(*number);
                let at = at.as_deref().map(|at| format!(" {}", escape::line(at))).unwrap_or_default();
                format!("<sup><a href=\"#s-{number}\">[{number}]</a></sup>{at}")
            }
            Piece::Link(url) => self.link(url),
        }
    }
}
