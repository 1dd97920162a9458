//! Pages, drawn: one file each.

mod export;
mod history;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::model::Model;
use super::super::pages::Page;
use super::super::theme::Theme;

/// Rows of a page's list that show at once.
pub fn rows(page: &Page, area: Rect) -> usize {
    match page {
        Page::History(_) => usize::from(area.height.saturating_sub(history::HEAD_LINES) / history::ROW_LINES),
        Page::Export(_) => usize::from(area.height.saturating_sub(export::HEAD_LINES)),
    }
}

/// Draws a page; returns where the terminal's cursor goes.
pub fn draw(model: &Model, page: &Page, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    match page {
        Page::History(history) => history::draw(model, history, theme, area, buffer),
        Page::Export(page) => export::draw(model, page, theme, area, buffer),
    }
}
