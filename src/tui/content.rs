//! What stands in the card's pane, before it is laid out. Two that are equal are laid out alike, so that
//! lines are laid out once for each change of what they say: a card may hold a note of a megabyte, and a key
//! that scrolls it is to cost no more than what shows.

use ratatui::layout::Rect;

use crate::chart::Glyphs;
use crate::page::Page;
use crate::page::block::{Block, Inline, Line, ListItem, Weight};
use crate::page::terminal::{self, Charts, Laid, Layout, StyledLine};
use crate::text::Ui;

/// What stands in the card's pane.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A page in at most so many columns, with so much drawn of its figures.
    Card(Page, u16, Charts, Glyphs),
    /// The page of a review below what there is to know of it first.
    Review(Vec<Block>, Page, Glyphs),
    Text(Vec<Block>),
}

/// A line of plain text that wraps.
pub fn line(weight: Weight, text: impl Into<String>) -> ListItem {
    let text: String = text.into();
    let line: Line = if text.is_empty() { Vec::new() } else { vec![Inline::Plain(text)] };
    ListItem { line, weight, ..ListItem::default() }
}

impl Content {
    /// The lines of it for a pane, from its top, as far as so many.
    pub fn lay_out(&self, ui: Ui, area: Rect, most_lines: usize) -> Laid {
        let layout = Layout { max_lines: most_lines, ..Layout::new(usize::from(area.width), ui) };
        match self {
            Content::Card(page, max_cols, charts, glyphs) => {
                let width_cols = layout.width_cols.min(usize::from(*max_cols));
                terminal::page(page, &Layout { width_cols, charts: *charts, glyphs: *glyphs, ..layout })
            }
            Content::Review(above, page, glyphs) => {
                let layout = Layout { charts: Charts::Dial, glyphs: *glyphs, ..layout };
                lay_out_review(above, page, &layout, usize::from(area.height))
            }
            Content::Text(blocks) => terminal::blocks(blocks, &layout),
        }
    }
}

/// With air between its parts where everything fits.
fn lay_out_review(above: &[Block], page: &Page, layout: &Layout, height: usize) -> Laid {
    let (parts, are_all) = terminal::page_beside(above, page, layout);
    let parts: Vec<Vec<StyledLine>> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let needed = parts.iter().map(Vec::len).sum::<usize>() + parts.len();
    let airy = are_all && needed <= height + usize::from(!above.is_empty());
    let mut lines = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        if airy && at > 0 {
            lines.push(StyledLine::default());
        }
        lines.extend(part);
    }
    Laid { lines, are_all }
}
