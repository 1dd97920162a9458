//! Pages, drawn: one file each.

mod export;
mod history;
pub mod matrix;
pub mod timeline;

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
        Page::Explain(_) => 0,
        Page::Timeline(_) => timeline::rows(area),
        Page::Matrix(page) => matrix::rows(page, area),
    }
}

/// Draws a page; returns where the terminal's cursor goes.
pub fn draw(model: &Model, page: &Page, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    match page {
        Page::History(history) => history::draw(model, history, theme, area, buffer),
        Page::Export(page) => export::draw(model, page, theme, area, buffer),
        // The card's pane has it.
        Page::Explain(_) => None,
        Page::Timeline(page) => timeline::draw(model, page, theme, area, buffer),
        Page::Matrix(page) => matrix::draw(model, page, theme, area, buffer),
    }
}
