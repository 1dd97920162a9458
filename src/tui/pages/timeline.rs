//! What is due when.

pub mod draw;
pub mod keys;
pub mod state;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{OpenPage, PageKeys};
use crate::page::PageReader;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use state::TimelinePage;

impl OpenPage for TimelinePage {
    fn keys(&self) -> &'static PageKeys {
        &keys::KEYS
    }

    fn rows(&self, area: Rect) -> usize {
        draw::rows(area)
    }

    fn draw(&self, model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        draw::draw(model, self, theme, area, buffer)
    }

    fn keep_in_view(&mut self, _: PageReader<'_>, area: Rect) {
        let rows = self.drawn.as_ref().map_or(0, |drawn| drawn.found.rows.len());
        self.window.select(self.window.at, rows, draw::rows(area));
    }
}
