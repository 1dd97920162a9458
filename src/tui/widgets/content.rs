//! What stands in the card's pane, before it is laid out. Two that are equal are laid out alike, so that lines are
//! laid out once for each change of what they say: a card may hold a note of a megabyte, and a key that scrolls it
//! is to cost no more than what shows.

use ratatui::layout::Rect;

use super::super::text::cols;
use super::card::{CardLine, CardLines, Collector, Look, Target, illustrate, lay_out, lay_out_dense};
use crate::chart::{Dial, Drawing, Glyphs};
use crate::page::{Card, SectionKind};
use crate::text::Ui;
use crate::text::clean::one_line;

/// What stands in the card's pane.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A card with the pictures of its figures, in at most so many columns.
    Card(Card, Option<Drawing>, u16),
    /// The card of a review below what there is to know of it first.
    Review(Vec<Paragraph>, Card, Option<(Dial, Glyphs)>),
    /// Paragraphs.
    Text(Vec<Paragraph>),
}

/// Words of one look that begin on a line of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// How they look.
    pub look: Look,
    /// Columns by which all of its lines are set in.
    pub indent_cols: usize,
    /// The words; an empty one is an empty line.
    pub text: String,
    /// What one can go to from its first line.
    pub target: Option<Target>,
}

impl Paragraph {
    /// Words that are not set in and lead nowhere.
    pub fn new(look: Look, text: impl Into<String>) -> Self {
        Self { look, indent_cols: 0, text: text.into(), target: None }
    }

    /// An empty line.
    pub fn gap() -> Self {
        Self::new(Look::Plain, "")
    }

    fn lay_out(&self, width_cols: usize, out: &mut Collector) {
        if self.text.is_empty() {
            return out.push(CardLine::default());
        }
        let margin = " ".repeat(self.indent_cols);
        let mut target = self.target.clone();
        out.text(&self.text, one_line, width_cols.saturating_sub(self.indent_cols), |line| CardLine {
            spans: vec![(self.look, format!("{margin}{line}"))],
            target: target.take(),
        });
    }
}

impl Content {
    /// The lines of it for a pane, from its top, as far as so many.
    pub fn lay_out(&self, ui: Ui, area: Rect, most_lines: usize) -> CardLines {
        let width_cols = usize::from(area.width);
        match self {
            Content::Card(card, drawing, max_cols) => {
                let mut found = lay_out(card, ui, width_cols.min(usize::from(*max_cols)), most_lines);
                if let Some(drawing) = drawing {
                    illustrate(&mut found.lines, drawing, ui);
                }
                found
            }
            Content::Review(top, card, dial) => {
                lay_out_review(top, card, dial.as_ref(), (ui, area), most_lines)
            }
            Content::Text(paragraphs) => lay_out_text(paragraphs, width_cols, most_lines),
        }
    }
}

fn lay_out_text(paragraphs: &[Paragraph], width_cols: usize, most_lines: usize) -> CardLines {
    let mut out = Collector::new(most_lines);
    paragraphs.iter().for_each(|paragraph| paragraph.lay_out(width_cols, &mut out));
    out.finish()
}

/// With air between its parts where everything fits.
fn lay_out_review(
    top: &[Paragraph],
    card: &Card,
    dial: Option<&(Dial, Glyphs)>,
    (ui, area): (Ui, Rect),
    most_lines: usize,
) -> CardLines {
    let width_cols = usize::from(area.width);
    let CardLines { mut lines, mut are_all } = lay_out_text(top, width_cols, most_lines);
    let (mut blocks, rest) = lay_out_dense(card, ui, width_cols, most_lines - lines.len());
    are_all &= rest;
    if let Some((dial, glyphs)) = dial {
        add_dial(dial, *glyphs, card, &mut blocks, width_cols);
    }
    let needed = lines.len() + blocks.iter().map(Vec::len).sum::<usize>();
    let airy = are_all && needed + blocks.len() <= usize::from(area.height);
    for (at, block) in blocks.into_iter().enumerate() {
        if airy && (at > 0 || !lines.is_empty()) {
            lines.push(CardLine::default());
        }
        lines.extend(block);
    }
    CardLines { lines, are_all }
}

/// Puts the dial of a metric behind its state.
fn add_dial(dial: &Dial, glyphs: Glyphs, card: &Card, blocks: &mut [Vec<CardLine>], width_cols: usize) {
    let at = card.sections.iter().position(|section| section.kind == SectionKind::State);
    // The first block is the card's head.
    let state = at.and_then(|at| blocks.get_mut(at + 1)).filter(|block| !block.is_empty());
    let Some(state) = state else { return };
    let margin: usize =
        state.first().map_or(0, |line| line.spans.iter().take(2).map(|(_, text)| cols(text)).sum());
    let drawn = dial.row(width_cols.saturating_sub(margin), glyphs).0;
    let drawn = drawn.into_iter().map(|cell| (Look::Ink(cell.ink), cell.text));
    let spans = std::iter::once((Look::Plain, " ".repeat(margin))).chain(drawn).collect();
    state.insert(1.min(state.len()), CardLine { spans, target: None });
}
