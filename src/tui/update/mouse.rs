//! The mouse: a click selects, a second one folds, the wheel scrolls what is under it.

use super::super::actions::{find, lists, matches, movement};
use super::super::command::{Call, CommandId, Motion};
use super::super::effect::Effect;
use super::super::message::{Cell, Mouse};
use super::super::model::{Click, Model};
use super::super::pages::keys as pages;
use super::super::panes::Spot;
use super::super::view::Focus;
use crate::outline::{OutlineAction, SiblingDirection};

/// Longest time between the two clicks of a double click, in milliseconds (the common desktop default).
const DOUBLE_CLICK_MS: u64 = 500;

/// Rows a notch of the wheel scrolls.
const WHEEL_ROWS: usize = 3;

pub fn mouse(model: &mut Model, mouse: Mouse, now_ms: u64) -> Vec<Effect> {
    // Nothing of what is laid out shows on a terminal too small for it.
    if model.panes.too_small {
        return Vec::new();
    }
    if !model.layers.is_empty() {
        return lists::mouse(model, mouse);
    }
    if model.is_prompting() {
        return in_prompt(model, mouse);
    }
    match mouse {
        Mouse::Click(cell) => {
            let spot = model.panes.spot(cell);
            match spot {
                Spot::Row(line) => {
                    model.focus = Focus::Outline;
                    movement::step(model, OutlineAction::Line(line));
                }
                Spot::Card(line) => {
                    model.focus = Focus::Card;
                    model.point_at(Some(model.card.top + line));
                }
                Spot::Elsewhere => {}
            }
            let double = is_double(model, cell, now_ms);
            match spot {
                Spot::Row(_) if double || model.panes.is_fold_mark(cell) => {
                    movement::step(model, OutlineAction::Toggle);
                }
                Spot::Card(_) if double => {
                    if let Some(target) = model.pointed_node() {
                        movement::go_to(model, target);
                    }
                }
                _ => {}
            }
        }
        Mouse::WheelDown(cell, notches) => {
            wheel(model, cell, isize::try_from(WHEEL_ROWS * usize::from(notches)).unwrap_or(0))
        }
        Mouse::WheelUp(cell, notches) => {
            wheel(model, cell, -isize::try_from(WHEEL_ROWS * usize::from(notches)).unwrap_or(0))
        }
    }
    Vec::new()
}

/// Whether a click is the second of two at one place on one thing; the first is noted.
fn is_double(model: &mut Model, cell: Cell, now_ms: u64) -> bool {
    let on = (model.here().map(|here| here.name), model.card.on.clone());
    let double = model.click.as_ref().is_some_and(|last| {
        last.cell == cell && last.on == on && now_ms.saturating_sub(last.at_ms) <= DOUBLE_CLICK_MS
    });
    model.click = (!double).then_some(Click { cell, on, at_ms: now_ms });
    double
}

/// While a search is typed a click selects a match and a second one takes it; the wheel moves the selection.
fn in_prompt(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    match mouse {
        Mouse::WheelDown(_, n) => {
            matches::select(model, usize::from(n).max(1), SiblingDirection::On);
            Vec::new()
        }
        Mouse::WheelUp(_, n) => {
            matches::select(model, usize::from(n).max(1), SiblingDirection::Back);
            Vec::new()
        }
        Mouse::Click(cell) => match model.panes.spot(cell) {
            Spot::Row(line) => find::click(model, line),
            _ => Vec::new(),
        },
    }
}

fn wheel(model: &mut Model, cell: Cell, by: isize) {
    // Over a page the wheel moves what is selected on it, as the keys do.
    if model.panes.page.is_some_and(|area| area.contains((cell.col, cell.line).into())) {
        let (id, motion) = if by > 0 { (CommandId::Down, Motion::Down) } else { (CommandId::Up, Motion::Up) };
        let count = u32::try_from(by.unsigned_abs()).ok();
        pages::motion(model, Call { count, ..Call::plain(id) }, motion);
        return;
    }
    match model.panes.spot(cell) {
        Spot::Card(_) => model.scroll_card(by),
        _ => {
            movement::step(model, OutlineAction::Scroll(by));
        }
    }
}
