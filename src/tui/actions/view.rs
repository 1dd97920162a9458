//! What shows and who has the keys: panes, the tree, the mouse.

use super::super::effect::{Effect, MouseCapture};
use super::super::model::Model;
use super::super::pages::keys as pages;
use super::super::panes::WIDE_COLS;
use super::super::view::{CardBeside, Focus};
use crate::text::Bilingual;

/// Gives the keys to a pane.
pub fn focus(model: &mut Model, focus: Focus) -> Vec<Effect> {
    model.focus = focus;
    Vec::new()
}

pub fn other_pane(model: &mut Model) -> Vec<Effect> {
    let other = if model.focus == Focus::Card { Focus::Outline } else { Focus::Card };
    focus(model, other)
}

/// The plain outline, without pages and columns.
pub fn tree(model: &mut Model) -> Vec<Effect> {
    pages::leave_all(model);
    model.columns = None;
    Vec::new()
}

/// Gives the outline the whole width of a wide screen, or shows the card beside it again.
pub fn toggle_card_beside(model: &mut Model) -> Vec<Effect> {
    model.card_beside = match model.card_beside {
        CardBeside::Shown => CardBeside::Hidden,
        CardBeside::Hidden => CardBeside::Shown,
    };
    model.focus = Focus::Outline;
    if model.size.cols < WIDE_COLS {
        model.notice = Some(Bilingual::new(
            "屏幕较窄，卡片不与大纲并排；Enter 打开",
            "the screen is too narrow for the card beside the outline; Enter opens it",
        ));
    }
    Vec::new()
}

/// Takes the mouse from the terminal, or gives it back.
pub fn toggle_mouse(model: &mut Model) -> Vec<Effect> {
    let (next, notice) = match model.mouse {
        MouseCapture::On => (
            MouseCapture::Off,
            Bilingual::new(
                "鼠标已交还终端，可以选取文字",
                "the terminal has the mouse: text can be selected",
            ),
        ),
        MouseCapture::Off => {
            (MouseCapture::On, Bilingual::new("鼠标由本程序使用", "the program has the mouse"))
        }
    };
    model.mouse = next;
    model.notice = Some(notice);
    vec![Effect::CaptureMouse(next)]
}
