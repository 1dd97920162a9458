//! Pages: opening, leaving, and what their keys do.

pub mod agreement;
pub mod explain;
pub mod export;
pub mod history;
pub mod legend;
pub mod matrix;
pub mod review;
pub mod timeline;

pub use review::{
    go_to, hashed as plan_hashed, journal_read, open_by_id as open_review, recorded, take_line,
};

use super::super::card_window::CardWindow;
use super::super::command::{Call, Motion};
use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pages::{PlaceBefore, ScreenPage};
use super::super::view::Focus;
use crate::outline::{Outline, SiblingDirection};

/// What the commands that every page understands in its own way do on one of them.
struct PageKeys {
    /// Moves what is selected; whether the page has rows of its own to move over.
    motion: fn(&mut Model, Call, Motion) -> bool,
    /// Takes what is selected.
    take: fn(&mut Model) -> Vec<Effect>,
    sideways: fn(&mut Model, Call, SiblingDirection) -> Vec<Effect>,
    /// Cancels one thing; `None` where what is to be cancelled does not belong to the page.
    cancel: fn(&mut Model) -> Option<Vec<Effect>>,
    quit: fn(&mut Model) -> Vec<Effect>,
}

impl PageKeys {
    /// A page of text in the card's pane, which is left by what cancels or quits.
    const TEXT: Self = Self {
        motion: |_, _, _| false,
        take: |_| Vec::new(),
        sideways: |_, _, _| Vec::new(),
        cancel: |model| Some(leave_one(model)),
        quit: leave_one,
    };

    fn of(page: &ScreenPage) -> &'static Self {
        match page {
            ScreenPage::History(_) => &history::KEYS,
            ScreenPage::Export(_) => &export::KEYS,
            ScreenPage::Explain(_) => &explain::KEYS,
            ScreenPage::Timeline(_) => &timeline::KEYS,
            ScreenPage::Matrix(_) => &matrix::KEYS,
            ScreenPage::Agreement(_) => &agreement::KEYS,
            ScreenPage::Legend(_) => &legend::KEYS,
            ScreenPage::Review(_) => &review::KEYS,
        }
    }
}

fn keys(model: &Model) -> Option<&'static PageKeys> {
    model.pages.last().map(PageKeys::of)
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
fn leave(model: &mut Model) {
    match model.pages.pop() {
        Some(ScreenPage::History(history)) => {
            model.journal_view.past = None;
            come_back(model, &history.left);
        }
        Some(ScreenPage::Explain(explain)) => (model.card, model.focus) = (explain.card, explain.focus),
        Some(ScreenPage::Review(review)) => (model.focus, model.card) = (review.focus, CardWindow::default()),
        Some(ScreenPage::Legend(legend)) => (model.focus, model.card) = (legend.focus, legend.card),
        Some(ScreenPage::Agreement(agreed)) => {
            (model.focus, model.card) = (agreed.focus, CardWindow::default())
        }
        Some(ScreenPage::Timeline(_) | ScreenPage::Matrix(_) | ScreenPage::Export(_)) | None => {}
    }
}

/// Leaves every page, the topmost first.
pub fn leave_all(model: &mut Model) {
    while !model.pages.is_empty() {
        leave(model);
    }
    model.focus = Focus::Outline;
}

fn here(model: &Model) -> PlaceBefore {
    PlaceBefore { place: model.place(), focus: model.focus }
}

fn come_back(model: &mut Model, left: &PlaceBefore) {
    let height = model.outline.cursor().height;
    model.outline = Outline::restore(&model.loaded.plan.tree, &left.place, height);
    model.set_orphan_rows();
    (model.focus, model.card) = (left.focus, CardWindow::default());
}

/// What people say changed under the pages.
pub fn people_changed(model: &mut Model) {
    review::follow(model);
    history::refresh(model);
    agreement::refresh(model);
    states_changed(model);
}

/// Every node's state is known, or another than before.
pub fn states_changed(model: &mut Model) {
    timeline::refresh(model);
    matrix::refresh(model);
}

/// Verdicts follow another rule set: so does what one looks back at.
pub fn rule_changed(model: &mut Model) {
    history::rejudge(model);
    states_changed(model);
}

/// The plan was exchanged: its nodes have other numbers.
pub fn plan_changed(model: &mut Model) {
    if review::plan_changed(model) {
        // A session is found again by its records; what lies over it is not.
        while !matches!(model.pages.last(), Some(ScreenPage::Review(_))) {
            leave(model);
        }
    } else if !model.pages.is_empty() {
        leave_all(model);
    }
    if model.find.cell().is_some() {
        super::movement::clear_filter(model);
    }
}
