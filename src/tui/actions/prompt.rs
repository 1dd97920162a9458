//! The line of a search or filter: it opens, is read as it is typed, asks for its matches, and closes as if
//! it had not been.
//!
//! What shows while one types is a copy of the outline; how it was stands in [`crate::tui::finding::Before`],
//! so that Esc brings back exactly that.

use std::sync::Arc;

use super::super::effect::Effect;
use super::super::finding::{Arrangement, Asking, Before, ListWindow, Prompt, Purpose, SearchQuery, Taking};
use super::super::model::Model;
use super::super::view::Focus;
use crate::find::Query;

/// Opens the line, with something in it.
pub fn open(model: &mut Model, asking: Asking, arrangement: Arrangement, text: &str) -> Vec<Effect> {
    model.layers.clear();
    let before = Before {
        outline: model.outline.clone(),
        card: model.card.clone(),
        focus: model.focus,
        awaited: model.kept_place.place().cloned(),
    };
    model.focus = Focus::Outline;
    model.find.prompt = Some(Prompt {
        asking,
        input: text.into(),
        query: Query::default(),
        arrangement,
        kept: None,
        answer: None,
        list: ListWindow::default(),
        recalled: None,
        completing: None,
        taking: Taking::No,
        before: Box::new(before),
    });
    typed(model)
}

/// The line has changed: reads it as a query and asks for its matches. What is not understood leaves what
/// shows as it is.
pub fn typed(model: &mut Model) -> Vec<Effect> {
    let loaded = Arc::clone(&model.loaded);
    let Some(prompt) = &mut model.find.prompt else { return Vec::new() };
    if prompt.asking == Asking::LensName {
        return Vec::new();
    }
    let text = prompt.input.value().to_owned();
    prompt.query = Query::parse(&text, &loaded.plan);
    prompt.kept = None;
    if text.trim().is_empty() {
        prompt.answer = None;
        prompt.list = ListWindow::default();
        model.find.awaited.remove(&Purpose::Prompt);
        model.outline = resting(model);
        return Vec::new();
    }
    let query = prompt.query.clone();
    if query.is_empty() {
        return Vec::new();
    }
    let within = if prompt.asking == Asking::Search { within(model) } else { None };
    ask(model, Purpose::Prompt, query, within)
}

/// The outline under the line, with nothing typed: as it was, or for a filter being edited, all of it.
fn resting(model: &Model) -> crate::outline::Outline {
    let Some(prompt) = &model.find.prompt else { return model.outline.clone() };
    let mut outline = prompt.before.outline.clone();
    if prompt.asking == Asking::Filter {
        outline.unsift(&model.plan().tree);
    }
    outline
}

pub fn within(model: &Model) -> Option<String> {
    // A cell of the matrix has no query, and an empty one asks nothing: its answers are narrowed when they
    // come.
    model.find.standing.as_ref().map(|standing| standing.text.clone())
}

/// Asks the worker; the answer comes as a message.
pub fn ask(model: &mut Model, purpose: Purpose, query: Query, within: Option<String>) -> Vec<Effect> {
    model.find.generation += 1;
    let generation = model.find.generation;
    model.find.awaited.insert(purpose, generation);
    // A filter holds for all of the plan; the rows see to the scope.
    let within = within.map(|text| Query::parse(&text, model.plan()));
    let scope = if purpose == Purpose::Standing { None } else { model.outline.scope() };
    vec![Effect::Search(SearchQuery { purpose, generation, query, within, scope })]
}

/// Closes the line and brings everything back as it was.
pub fn cancel(model: &mut Model) {
    let Some(prompt) = model.find.prompt.take() else { return };
    model.find.awaited.remove(&Purpose::Prompt);
    let before = *prompt.before;
    (model.outline, model.card) = (before.outline, before.card);
    model.focus = before.focus;
    model.kept_place.set_place(before.awaited);
}
