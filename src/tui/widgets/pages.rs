//! Pages, drawn: one file each.

mod history;
pub mod matrix;
pub mod timeline;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::model::Model;
use super::super::pages::Page;
use super::super::text::{cut, wrap};
use super::super::theme::Theme;

/// Rows of a page's list that show at once.
pub fn rows(page: &Page, area: Rect) -> usize {
    match page {
        Page::History(_) => usize::from(area.height.saturating_sub(history::HEAD_LINES) / history::ROW_LINES),
        Page::Explain(_) => 0,
        Page::Timeline(_) => timeline::rows(area),
        Page::Matrix(page) => matrix::rows(page, area),
    }
}

/// Draws a page; returns where the terminal's cursor goes.
pub fn draw(model: &Model, page: &Page, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    match page {
        Page::History(history) => history::draw(model, history, theme, area, buffer),
        // The card's pane has it.
        Page::Explain(_) => None,
        Page::Timeline(page) => timeline::draw(model, page, theme, area, buffer),
        Page::Matrix(page) => matrix::draw(model, page, theme, area, buffer),
    }
}

/// A text in at most so many lines; `…` where there is more of it.
fn clipped(text: &str, max_cols: usize, max_lines: u16) -> Vec<String> {
    let mut lines = wrap(text, max_cols);
    let max_lines = usize::from(max_lines);
    if lines.len() > max_lines {
        lines.truncate(max_lines);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{}…", last.trim_end()), max_cols).into_owned();
        }
    }
    lines
}
