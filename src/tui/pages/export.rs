//! The first lines of an export, before it is written.

pub mod draw;
pub mod keys;
pub mod state;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{OpenPage, PageKeys};
use crate::page::PageReader;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use state::ExportPage;

impl OpenPage for ExportPage {
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
        let lines = self.lines.as_ref().map_or(0, |lines| lines.len());
        self.top = self.top.min(lines.saturating_sub(draw::rows(area).max(1)));
    }
}
