//! Pages: opening, leaving, and handing on what their keys do.

use super::page::{PageChange, PageKeys, joined};
use super::screen_page::ScreenPage;
use super::window::PlaceBefore;
use crate::outline::{Outline, SiblingDirection};
use crate::tui::card_window::CardWindow;
use crate::tui::command::{Call, Motion};
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::view::Focus;

/// A page of text in the card's pane, which is left by what cancels or quits.
pub const TEXT: PageKeys = PageKeys {
    motion: |_, _, _| false,
    take: |_| Vec::new(),
    sideways: |_, _, _| Vec::new(),
    cancel: |model| Some(leave_one(model)),
    quit: leave_one,
    keep_in_view: |_, _| {},
    left: |_, _| {},
    follow: |_, _| {},
    outlives_plan: |_| false,
};

fn keys(model: &Model) -> Option<&'static PageKeys> {
    model.pages.last().map(|page| joined(page).keys())
}

/// The keys of every open page, the lowest first.
fn all_keys(model: &Model) -> Vec<&'static PageKeys> {
    model.pages.iter().map(|page| joined(page).keys()).collect()
}

/// On a page in the card's pane the card has the keys.
pub fn before_command(model: &mut Model) {
    if model.pages.last().is_some_and(ScreenPage::is_card) {
        model.focus = Focus::Card;
    }
}

/// A motion over the rows of the topmost page; whether it has any.
pub fn motion(model: &mut Model, call: Call, motion: Motion) -> bool {
    keys(model).is_some_and(|keys| (keys.motion)(model, call, motion))
}

/// Takes what is selected on the topmost page.
pub fn take(model: &mut Model) -> Vec<Effect> {
    keys(model).map_or_else(Vec::new, |keys| (keys.take)(model))
}

/// A column or a year to the side.
pub fn sideways(model: &mut Model, call: Call, way: SiblingDirection) -> Vec<Effect> {
    keys(model).map_or_else(Vec::new, |keys| (keys.sideways)(model, call, way))
}

/// Cancels one thing on the topmost page, or leaves it.
pub fn cancel(model: &mut Model) -> Option<Vec<Effect>> {
    keys(model).and_then(|keys| (keys.cancel)(model))
}

/// Leaves the topmost page.
pub fn quit(model: &mut Model) -> Option<Vec<Effect>> {
    keys(model).map(|keys| (keys.quit)(model))
}

fn leave_one(model: &mut Model) -> Vec<Effect> {
    leave(model);
    Vec::new()
}

/// Opens a page over what shows. One of its kind that lies somewhere below comes up again.
pub fn open(model: &mut Model, page: ScreenPage) {
    let kind = std::mem::discriminant(&page);
    while model.pages.iter().any(|open| std::mem::discriminant(open) == kind) {
        leave(model);
    }
    model.pages.push(page);
}

/// Leaves the topmost page; everything is as it was before it.
pub fn leave(model: &mut Model) {
    if let Some(page) = model.pages.pop() {
        let left = joined(&page).keys().left;
        left(model, page);
    }
}

/// Leaves every page, the topmost first.
pub fn leave_all(model: &mut Model) {
    while !model.pages.is_empty() {
        leave(model);
    }
    model.focus = Focus::Outline;
}

pub fn here(model: &Model) -> PlaceBefore {
    PlaceBefore { place: model.place(), focus: model.focus }
}

/// Back to a place that was left, by key.
pub fn come_back(model: &mut Model, left: &PlaceBefore) {
    let height = model.outline.cursor().height;
    model.outline = Outline::restore(&model.loaded.plan.tree, &left.place, height);
    model.set_orphan_rows();
    (model.focus, model.card) = (left.focus, CardWindow::default());
}

/// Brings every open page up to date.
pub fn follow(model: &mut Model, change: PageChange) {
    for keys in all_keys(model) {
        (keys.follow)(model, change);
    }
}

/// The plan was exchanged: pages that cannot be found again in the new one are left, with what lies over
/// them.
pub fn plan_changed(model: &mut Model) {
    let kept = all_keys(model).iter().rposition(|keys| (keys.outlives_plan)(model));
    match kept {
        Some(kept) => {
            while model.pages.len() > kept + 1 {
                leave(model);
            }
        }
        None if !model.pages.is_empty() => leave_all(model),
        None => {}
    }
    if model.find.cell().is_some() {
        crate::tui::actions::movement::clear_filter(model);
    }
}
