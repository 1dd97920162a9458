//! Commands that several things understand, each in its own way: what has the keys takes them.

use super::super::command::{Call, Motion};
use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pages::keys as pages;
use super::super::pages::matrix::keys as matrix;
use super::super::pages::review::keys as review;
use super::super::view::Focus;
use super::{annotate, card, compose, find, lists, movement, prompt};
use crate::outline::OutlineAction;
use crate::text::Bilingual;

/// A motion over the entries of a list, matches, the rows of a page, the card or the outline.
pub fn motion(model: &mut Model, call: Call, motion: Motion) -> Vec<Effect> {
    if !model.layers.is_empty() {
        lists::motion(model, call, motion);
    } else if model.is_prompting() {
        find::motion(model, call, motion);
    } else if !pages::motion(model, call, motion) && !card::motion(model, call, motion) {
        return movement::outline_motion(model, call, motion);
    }
    Vec::new()
}

/// Takes what is selected: an entry, a match, a row of a page.
pub fn take(model: &mut Model) -> Vec<Effect> {
    if !model.layers.is_empty() {
        lists::take(model)
    } else if model.is_prompting() {
        find::take(model)
    } else {
        pages::take(model)
    }
}

/// Cancels one thing, the topmost first.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    if model.layers.pop().is_some() {
        return Vec::new();
    }
    if model.is_composing() {
        return compose::cancel(model);
    }
    if model.is_prompting() {
        prompt::cancel(model);
        return Vec::new();
    }
    if let Some(effects) = pages::cancel(model) {
        return effects;
    }
    let is_lit = model.find.is_lit();
    if let Some(effects) = matrix::back_from_cell(model, !is_lit) {
        return effects;
    }
    if is_lit {
        find::unmark(model);
    } else if model.columns.is_some() && model.focus == Focus::Outline {
        model.columns = None;
    } else {
        model.notice = Some(Bilingual::new("没有可取消的；q 退出", "nothing to cancel; q quits"));
    }
    Vec::new()
}

/// Back by one, or out of the program.
pub fn quit(model: &mut Model) -> Vec<Effect> {
    if model.layers.pop().is_some() {
        return Vec::new();
    }
    if let Some(effects) = pages::quit(model) {
        return effects;
    }
    let leaves_cell = model.focus == Focus::Outline || model.panes.is_wide();
    if let Some(effects) = matrix::back_from_cell(model, leaves_cell) {
        return effects;
    }
    if model.columns.is_some() && model.focus == Focus::Outline {
        model.columns = None;
    } else if model.focus == Focus::Card && !model.panes.is_wide() {
        model.focus = Focus::Outline;
    } else {
        return vec![Effect::Quit];
    }
    Vec::new()
}

/// Out of a branch, or from a cell back to the matrix.
pub fn zoom_out(model: &mut Model) -> Vec<Effect> {
    let leaves_cell = model.outline.scope().is_none();
    matrix::back_from_cell(model, leaves_cell).unwrap_or_else(|| movement::act(model, OutlineAction::ZoomOut))
}

/// Takes one's last step back: in a session, its last.
pub fn undo(model: &mut Model) -> Vec<Effect> {
    review::undo_here(model).unwrap_or_else(|| annotate::undo(model))
}

/// Says how far it is: on a card that hides verdicts without the share of last time.
pub fn progress(model: &mut Model) -> Vec<Effect> {
    review::progress_unseen(model).unwrap_or_else(|| annotate::progress(model))
}

/// The next language; minutes are written again in it.
pub fn language(model: &mut Model) -> Vec<Effect> {
    let show = model.next_show();
    model.set_show(show);
    review::language_changed(model);
    Vec::new()
}
