//! What drawing pages has in common.

use crate::tui::content::Content;
use crate::tui::model::Model;
use crate::tui::text::{cut, reach, wrap};

use super::page::joined;

/// What a page puts in the card's pane; `None` where another or none is on top.
pub fn content(model: &Model) -> Option<Content> {
    let page = model.pages.last().filter(|_| model.find.prompt.is_none())?;
    joined(page).content(model)
}

/// A text in at most so many lines; `…` where there is more of it.
pub fn clipped(text: &str, max_cols: usize, max_lines: u16) -> Vec<String> {
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
