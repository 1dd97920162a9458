//! Pages, drawn: one file each.

mod agreement;
mod export;
mod history;
mod legend;
pub mod matrix;
mod review;
pub mod timeline;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::content::Content;
use super::super::model::Model;
use super::super::pages::ScreenPage;
use super::super::text::{cut, reach, wrap};
use super::super::theme::Theme;

pub use review::{foot, header, says_notice_elsewhere};

/// Rows of a page's list that show at once.
pub fn rows(page: &ScreenPage, area: Rect) -> usize {
    match page {
        ScreenPage::History(_) => {
            usize::from(area.height.saturating_sub(history::HEAD_LINES) / history::ROW_LINES)
        }
        ScreenPage::Export(_) => usize::from(area.height.saturating_sub(export::HEAD_LINES)),
        ScreenPage::Explain(_) => 0,
        ScreenPage::Timeline(_) => timeline::rows(area),
        ScreenPage::Matrix(page) => matrix::rows(page, area),
        ScreenPage::Review(_) | ScreenPage::Agreement(_) | ScreenPage::Legend(_) => 0,
    }
}

/// Lines of keys at the foot.
pub fn foot_lines(model: &Model) -> u16 {
    if model.reviewing().is_some() { review::foot_lines(model) } else { 1 }
}

/// What a page puts in the card's pane; `None` where another or none is on top.
pub fn content(model: &Model) -> Option<Content> {
    match model.pages.last().filter(|_| model.find.prompt.is_none())? {
        ScreenPage::Review(review) => Some(review::content(model, review)),
        ScreenPage::Agreement(agreed) => Some(agreement::content(model, agreed)),
        ScreenPage::Legend(_) => Some(legend::content(model)),
        ScreenPage::History(_)
        | ScreenPage::Export(_)
        | ScreenPage::Explain(_)
        | ScreenPage::Timeline(_)
        | ScreenPage::Matrix(_) => None,
    }
}

/// Draws a page; returns where the terminal's cursor goes.
pub fn draw(
    model: &Model,
    page: &ScreenPage,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    match page {
        ScreenPage::History(history) => history::draw(model, history, theme, area, buffer),
        ScreenPage::Export(page) => export::draw(model, page, theme, area, buffer),
        // The card's pane has it.
        ScreenPage::Explain(_) => None,
        ScreenPage::Timeline(page) => timeline::draw(model, page, theme, area, buffer),
        ScreenPage::Matrix(page) => matrix::draw(model, page, theme, area, buffer),
        // The card's pane has them.
        ScreenPage::Review(_) | ScreenPage::Agreement(_) | ScreenPage::Legend(_) => None,
    }
}

/// A text in at most so many lines; `…` where there is more of it.
fn clipped(text: &str, max_cols: usize, max_lines: u16) -> Vec<String> {
    let max_lines = usize::from(max_lines);
    // Lines may end early, but none is left half empty for long.
    let seen = reach(text, max_cols.saturating_mul(max_lines));
    let mut lines = wrap(seen, max_cols);
    if lines.len() > max_lines || seen.len() < text.len() {
        lines.truncate(max_lines);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{}…", last.trim_end()), max_cols).into_owned();
        }
    }
    lines
}
