//! The first lines of an export, before it is written.

pub mod draw;
pub mod keys;
pub mod state;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::page::{OpenPage, PageKeys};
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
}
