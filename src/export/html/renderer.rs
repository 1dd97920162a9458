//! Pieces of a report as HTML.

use std::cell::RefCell;

use super::{escape, plot};
use crate::export::document::Document;
use crate::page::block::{Align, Block, Inline, Line, ListItem, Pair, Section, Table, Words, side_by_side};
use crate::plan::State;
use crate::text::Ui;
use crate::text::language::is_right_to_left;

/// Draws pieces, and remembers which sources it cited.
pub(super) struct HtmlRenderer<'d, 'p> {
    /// The document whose nodes ids lead to; a page of its own has none.
    document: Option<&'d Document<'p>>,
    ui: Ui,
    /// The languages of the program's words, the main one first.
    spoken: Vec<Ui>,
    cited: RefCell<Vec<usize>>,
}

/// Where a node stands in the page. Ids of nodes hold nothing that an attribute could not; an orphan's name
/// may.
pub(super) fn anchor(id: &str) -> String {
    format!("n-{}", escape::line(id))
}

impl<'d, 'p> HtmlRenderer<'d, 'p> {
    pub(super) fn new(document: &'d Document<'p>) -> Self {
        let ui = document.scene.voice(document.scene.show.main()).ui;
        let mut spoken: Vec<Ui> = document.scene.voices().iter().map(|voice| voice.ui).collect();
        spoken.dedup();
        Self { document: Some(document), ui, spoken, cited: RefCell::default() }
    }

    /// For a page that is of no document.
    pub(super) fn alone(ui: Ui) -> Self {
        Self { document: None, ui, spoken: vec![ui], cited: RefCell::default() }
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
            let direction = direction(&one.tag);
            format!("<span lang=\"{tag}\"{direction}>{}</span>{borrowed}", escape::line(&one.text))
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
        let sign = match words.sign(state) {
            "" => String::new(),
            sign if sign == state.glyph() => format!("<span class=\"glyph\" lang=\"zh\">{sign}</span> "),
            sign => format!("<span class=\"glyph\" aria-hidden=\"true\">{sign}</span> "),
        };
        format!("<span class=\"state {class}\">{sign}{}</span>", self.words(words))
    }

    /// An id; one of a node of the page leads there.
    pub(super) fn code(&self, id: &str) -> String {
        format!("<code>{}</code>", escape::line(id))
    }

    fn id(&self, id: &str) -> String {
        let node = self.document.and_then(|document| {
            let tree = &document.plan().tree;
            tree.find(id).filter(|node| tree.node(*node).key.as_str() == id && document.holds(*node))
        });
        match node {
            Some(_) => format!("<a href=\"#{}\">{}</a>", anchor(id), self.code(id)),
            None => self.code(id),
        }
    }

    /// The way back from a source to a node that cites it, by the node's id.
    pub(super) fn back(&self, key: &str) -> String {
        format!("<a href=\"#{}\">↩ {}</a>", anchor(key), self.code(key))
    }

    /// A link to a web address; any other text stays text.
    pub(super) fn link(&self, url: &str) -> String {
        match escape::web_address(url) {
            Some(address) => format!("<a href=\"{address}\" rel=\"noreferrer\">{}</a>", escape::line(url)),
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
            Block::Heading(line) => format!("<p class=\"label\">{}</p>\n", self.line(line)),
            Block::Paragraph(line) => self.paragraph(line),
            Block::Remark(words) => self.paragraphs(words),
            Block::Aside(line) => format!("<p class=\"quiet\">{}</p>\n", self.line(line)),
            Block::Pairs(pairs) => self.pairs(pairs),
            Block::Table(table) => self.table(table),
            // Nobody knows the language of what people write.
            Block::Note(note) => format!(
                "<p class=\"note\">{}</p>\n<blockquote lang=\"\">{}</blockquote>\n",
                self.line(&note.whole_head()),
                escape::lines(&note.text)
            ),
            Block::List(items) => self.list(items),
            Block::Dial(_) => String::new(),
            Block::Plot(plot) => plot::figure(plot, &self.spoken),
        });
        each.collect()
    }

    /// Each language is a paragraph of its own.
    fn paragraph(&self, line: &Line) -> String {
        match line.as_slice() {
            [Inline::Words(words)] => self.paragraphs(words),
            line => format!("<p>{}</p>\n", self.line(line)),
        }
    }

    fn paragraphs(&self, words: &Words) -> String {
        let each = words.wordings().iter().cloned().map(|one| self.words(&Words::new(vec![one])));
        each.map(|text| format!("<p>{text}</p>\n")).collect()
    }

    fn list(&self, items: &[ListItem]) -> String {
        let mut text = String::from("<ul>\n");
        let mut open = 0;
        for item in items {
            while open < item.depth {
                text.push_str("<ul>\n");
                open += 1;
            }
            while open > item.depth {
                text.push_str("</ul>\n");
                open -= 1;
            }
            let below: String = item.below.iter().map(|pair| self.below(pair)).collect();
            text.push_str(&format!("<li>{}{below}</li>\n", self.line(&item.line)));
        }
        text + &"</ul>\n".repeat(usize::from(open) + 1)
    }

    /// A detail on a line of its own in a list's item.
    fn below(&self, pair: &Pair) -> String {
        let colon = if pair.label.is_empty() { "" } else { self.ui.pick("：", ": ") };
        let piece = |piece: &Inline| match piece {
            Inline::Plain(text) => escape::lines(text).replace('\n', "<br>"),
            piece => self.piece(piece),
        };
        let value = side_by_side(&pair.whole(), piece, str::to_owned);
        format!("<br>{}{colon}{value}", self.words(&pair.label))
    }

    pub(super) fn pairs(&self, pairs: &[Pair]) -> String {
        if pairs.is_empty() {
            return String::new();
        }
        let each = pairs.iter().map(|pair| {
            format!("<dt>{}</dt><dd>{}</dd>\n", self.words(&pair.label), self.line(&pair.whole()))
        });
        format!("<dl>\n{}</dl>\n", each.collect::<String>())
    }

    /// A table; a column without any content in it is left out.
    fn table(&self, table: &Table) -> String {
        let columns = table.used_columns();
        let side = |at: &usize| if table.side(*at) == Align::Right { " class=\"figure\"" } else { "" };
        let head: String = columns
            .iter()
            .map(|at| format!("<th scope=\"col\"{}>{}</th>", side(at), self.words(&table.columns[*at])))
            .collect();
        let row = |row: &Vec<Line>| {
            let cells = columns.iter().map(|at| {
                let cell = row.get(*at).map(|line| self.line(line)).unwrap_or_default();
                format!("<td{}>{cell}</td>", side(at))
            });
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        };
        let rows: String = table.rows.iter().map(row).collect();
        format!(
            "<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
        )
    }

    pub(super) fn line(&self, line: &[Inline]) -> String {
        side_by_side(line, |piece| self.piece(piece), str::to_owned)
    }

    fn piece(&self, piece: &Inline) -> String {
        match piece {
            Inline::Words(words) | Inline::Title(words) => self.words(words),
            Inline::Plain(text) => escape::line(text),
            Inline::Id(text) => self.id(text),
            Inline::State(state, words) => self.state(*state, words),
            Inline::Count(state, words, count) => format!("{} {count}", self.state(*state, words)),
            Inline::Cite { number: 0, .. } => String::new(),
            Inline::Cite { number, at, .. } => {
                self.cited.borrow_mut().push(*number);
                let at = at.as_deref().map(|at| format!(" {}", escape::line(at))).unwrap_or_default();
                format!("<sup><a href=\"#s-{number}\">[{number}]</a></sup>{at}")
            }
            Inline::Link(url) => self.link(url),
        }
    }
}

/// The attribute of a language that is written from right to left, with a space before it.
pub(super) fn direction(tag: &str) -> &'static str {
    if is_right_to_left(tag) { " dir=\"rtl\"" } else { "" }
}
