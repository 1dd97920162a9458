//! The preview of an export: scrolled, and taken to be written.

use super::super::super::command::CommandId;
use super::super::super::effect::Effect;
use super::super::super::keymap::Call;
use super::super::super::model::Model;
use super::super::super::pages::{Page, Window};
use super::super::takeaway;
use super::moved;

pub fn run(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    let height = model.panes.page_height();
    let Some(Page::Export(page)) = model.pages.last_mut() else { return None };
    if call.id == CommandId::Take {
        let format = page.format;
        return Some(takeaway::ask_path(model, format));
    }
    let lines = page.lines.as_ref().map_or(0, |lines| lines.len());
    let last = lines.saturating_sub(height.max(1));
    let window = Window { at: page.top, top: page.top };
    page.top = moved(call, window, last + 1, height)?.min(last);
    Some(Vec::new())
}
