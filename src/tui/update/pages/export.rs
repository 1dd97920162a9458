//! The preview of an export: scrolled, and taken to be written.

use super::super::super::command::{Call, Motion};
use super::super::super::effect::Effect;
use super::super::super::model::Model;
use super::super::super::pages::Page;
use super::super::copy_export;
use super::PageKeys;

pub(super) const KEYS: PageKeys = PageKeys {
    motion,
    take,
    // What is being written is stopped first.
    cancel: |model| match model.pages.last() {
        Some(Page::Export(page)) if page.share.is_some() => Some(vec![Effect::StopExport]),
        _ => (PageKeys::TEXT.cancel)(model),
    },
    ..PageKeys::TEXT
};

fn motion(model: &mut Model, call: Call, motion: Motion) -> bool {
    let height = model.panes.page_height();
    let Some(Page::Export(page)) = model.pages.last_mut() else { return false };
    let lines = page.lines.as_ref().map_or(0, |lines| lines.len());
    let last = lines.saturating_sub(height.max(1));
    page.top = motion.target(call, page.top, last + 1, height).min(last);
    true
}

/// Asks where it is to be written.
fn take(model: &mut Model) -> Vec<Effect> {
    let Some(Page::Export(page)) = model.pages.last() else { return Vec::new() };
    let format = page.format;
    copy_export::ask_path(model, format)
}
