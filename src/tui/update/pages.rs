//! Pages: opening, leaving, and what their keys do.

mod agreement;
mod explain;
mod export;
mod history;
mod matrix;
mod review;
mod timeline;

pub use agreement::here as difference_here;
pub use review::{
    go_to, hashed as plan_hashed, is_shielded, journal_read, open_by_id as open_review, recorded, take,
};

use super::super::card_window::CardWindow;
use super::super::command::CommandId;
use super::super::effect::Effect;
use super::super::keymap::Call;
use super::super::model::{Focus, Model};
use super::super::pages::{Left, Page, Window};
use crate::journal::event::Blindness;
use crate::outline::Outline;

/// The commands that open a page, and those of the topmost one.
pub fn run(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    if let Some(effects) = review::shielded(model, call.id) {
        return Some(effects);
    }
    match call.id {
        CommandId::Review if model.pages.is_empty() => return Some(review::start(model, None)),
        CommandId::ReviewBlind if model.pages.is_empty() => {
            return Some(review::start(model, Some(Blindness::Blind)));
        }
        CommandId::Agreement => return Some(agreement::open(model)),
        CommandId::History => return Some(history::open(model)),
        CommandId::Explain => return Some(explain::open(model)),
        CommandId::Timeline => return Some(timeline::open(model)),
        CommandId::Matrix => return Some(matrix::open(model)),
        CommandId::Tree | CommandId::Columns if !model.pages.is_empty() || call.id == CommandId::Tree => {
            leave_all(model);
            model.columns = (call.id == CommandId::Columns).then(|| model.columns.take().unwrap_or_default());
            return Some(Vec::new());
        }
        _ => {}
    }
    let Some(page) = model.pages.last() else { return matrix::back(model, call) };
    if let (Page::Export(page), CommandId::Cancel) = (page, call.id)
        && page.share.is_some()
    {
        return Some(vec![Effect::StopExport]);
    }
    let is_review = matches!(page, Page::Review(_));
    if !is_review && matches!(call.id, CommandId::Cancel | CommandId::Quit) {
        leave(model);
        return Some(Vec::new());
    }
    match page {
        Page::History(_) => history::run(model, call),
        Page::Export(_) => export::run(model, call),
        Page::Explain(_) => explain::run(model, call),
        Page::Timeline(_) => timeline::run(model, call),
        Page::Matrix(_) => matrix::run(model, call),
        Page::Agreement(_) => agreement::run(model, call),
        Page::Review(_) => review::run(model, call),
    }
}

/// Opens a page over what shows. One of its kind that lies somewhere below comes up again.
pub fn open(model: &mut Model, page: Page) {
    let kind = std::mem::discriminant(&page);
    while model.pages.iter().any(|open| std::mem::discriminant(open) == kind) {
        leave(model);
    }
    model.pages.push(page);
}

/// Leaves the topmost page; everything is as it was before it.
fn leave(model: &mut Model) {
    match model.pages.pop() {
        Some(Page::History(history)) => {
            model.ledger.past = None;
            come_back(model, &history.left);
        }
        Some(Page::Explain(explain)) => (model.card, model.focus) = (explain.card, explain.focus),
        Some(Page::Review(review)) => (model.focus, model.card) = (review.focus, CardWindow::default()),
        Some(Page::Agreement(agreed)) => (model.focus, model.card) = (agreed.focus, CardWindow::default()),
        Some(Page::Timeline(_) | Page::Matrix(_) | Page::Export(_)) | None => {}
    }
}

/// Leaves every page, the topmost first.
fn leave_all(model: &mut Model) {
    while !model.pages.is_empty() {
        leave(model);
    }
    model.focus = Focus::Outline;
}

fn here(model: &Model) -> Left {
    Left { place: model.place(), focus: model.focus }
}

fn come_back(model: &mut Model, left: &Left) {
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
        while !matches!(model.pages.last(), Some(Page::Review(_))) {
            leave(model);
        }
    } else if !model.pages.is_empty() {
        leave_all(model);
    }
    if model.find.cell().is_some() {
        super::filter::clear_filter(model);
    }
}

/// Where a movement leads in a list of rows; `None` for other commands.
fn moved(call: Call, window: Window, rows: usize, height: usize) -> Option<usize> {
    let n = call.count.unwrap_or(1).max(1) as usize;
    let (at, half) = (window.at, (height / 2).max(1));
    Some(match call.id {
        CommandId::Down => at.saturating_add(n),
        CommandId::Up => at.saturating_sub(n),
        CommandId::HalfDown => at.saturating_add(half.saturating_mul(n)),
        CommandId::HalfUp => at.saturating_sub(half.saturating_mul(n)),
        CommandId::PageDown => at.saturating_add(height.saturating_mul(n)),
        CommandId::PageUp => at.saturating_sub(height.saturating_mul(n)),
        CommandId::First => call.count.map_or(0, |row| row.saturating_sub(1) as usize),
        CommandId::Last => call.count.map_or(rows, |row| row.saturating_sub(1) as usize),
        _ => return None,
    })
}
