//! Moving over the card: from link to link, or through its text.

use super::super::card_window::CardWindow;
use super::super::command::CommandId;
use super::super::effect::Effect;
use super::super::keymap::Call;
use super::super::layout::relayout;
use super::super::model::{Focus, Model};
use crate::outline::SiblingDirection;

/// On the card, rows are its links and pages its text; everything else acts on the node as in the outline.
pub fn run(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    if model.focus != Focus::Card {
        return None;
    }
    let n = call.count.unwrap_or(1) as usize;
    let page = model.panes.card_height().max(1);
    match call.id {
        CommandId::Down => step(model, n, SiblingDirection::On),
        CommandId::Up => step(model, n, SiblingDirection::Back),
        CommandId::HalfDown => scroll(model, (page / 2).max(1) * n, SiblingDirection::On),
        CommandId::HalfUp => scroll(model, (page / 2).max(1) * n, SiblingDirection::Back),
        CommandId::PageDown => scroll(model, page * n, SiblingDirection::On),
        CommandId::PageUp => scroll(model, page * n, SiblingDirection::Back),
        CommandId::First => model.card = CardWindow::default(),
        CommandId::Last => scroll(model, usize::MAX, SiblingDirection::On),
        _ => return None,
    }
    Some(Vec::new())
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
