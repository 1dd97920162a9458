//! Moving over the card: from link to link, or through its text.

use super::super::card_window::CardWindow;
use super::super::command::{Call, Motion};
use super::super::layout::relayout;
use super::super::model::Model;
use super::super::view::Focus;
use crate::outline::SiblingDirection;

/// On the card, rows are its links and pages its text. Whether the card has the keys at all.
pub fn motion(model: &mut Model, call: Call, motion: Motion) -> bool {
    if model.focus != Focus::Card {
        return false;
    }
    let n = call.times();
    let page = model.panes.card_height().max(1);
    match motion {
        Motion::Down => step(model, n, SiblingDirection::On),
        Motion::Up => step(model, n, SiblingDirection::Back),
        Motion::HalfDown => scroll(model, (page / 2).max(1).saturating_mul(n), SiblingDirection::On),
        Motion::HalfUp => scroll(model, (page / 2).max(1).saturating_mul(n), SiblingDirection::Back),
        Motion::PageDown => scroll(model, page.saturating_mul(n), SiblingDirection::On),
        Motion::PageUp => scroll(model, page.saturating_mul(n), SiblingDirection::Back),
        Motion::First => model.card = CardWindow::default(),
        Motion::Last => scroll(model, usize::MAX, SiblingDirection::On),
    }
    true
}

/// To the next link if it is within a screen of what shows, else a line on.
fn step(model: &mut Model, n: usize, way: SiblingDirection) {
    for _ in 0..n.min(1000) {
        let (top, height) = (model.card.top, model.panes.card_height());
        // Many steps at once may lead beyond what is laid out.
        if !model.panes.lines_are_all && model.panes.lines.len() < top + 2 * height {
            relayout(model);
        }
        let links = model.panes.card_links();
        let mut down = links.iter().copied();
        let mut up = links.iter().rev().copied();
        let next = match (model.card_line(), way) {
            (None, SiblingDirection::On) => down.find(|line| *line >= top),
            (None, SiblingDirection::Back) => up.find(|line| *line < top + height),
            (Some(at), SiblingDirection::On) => down.find(|line| *line > at),
            (Some(at), SiblingDirection::Back) => up.find(|line| *line < at),
        };
        match next.filter(|line| line + 1 >= top && *line <= top + height) {
            Some(line) => {
                model.point_at(Some(line));
                model.card.top = top.clamp((line + 1).saturating_sub(height.max(1)), line);
            }
            None => scroll(model, 1, way),
        }
    }
}

fn scroll(model: &mut Model, lines: usize, way: SiblingDirection) {
    let by = isize::try_from(lines).unwrap_or(isize::MAX);
    model.scroll_card(if way == SiblingDirection::On { by } else { -by });
}
