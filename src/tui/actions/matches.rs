//! From match to match: below the line being typed, and with `n` and `N` afterwards.

use std::sync::Arc;

use super::super::card_window::CardWindow;
use super::super::command::Call;
use super::super::effect::Effect;
use super::super::finding::{Arrangement, Asking, Lit, Purpose};
use super::super::model::Model;
use super::movement;
use super::prompt::{ask, within};
use crate::find::Query;
use crate::outline::{OutlineAction, SiblingDirection};
use crate::plan::NodeId;
use crate::text::Bilingual;

/// Puts the cursor of what shows on a node; how it was stays untouched. A card that shows already keeps its
/// place and its cursor.
pub fn show(model: &mut Model, node: NodeId) {
    let loaded = Arc::clone(&model.loaded);
    let before = model.selected();
    model.outline.act(&loaded.plan.tree, OutlineAction::GoTo(node));
    if model.selected() != before {
        model.card = CardWindow::default();
    }
}

/// Puts the cursor on a match, and in the flat list on its line.
pub fn select_node(model: &mut Model, node: NodeId) {
    show(model, node);
    if model.find.is_flat() {
        let (line, lines) = (model.flat_rows().line_of(node), model.flat_rows().count());
        let height = model.panes.outline_height();
        if let (Some(line), Some(prompt)) = (line, &mut model.find.prompt) {
            prompt.list.select(line, lines, height);
        }
    }
}

/// Moves the selection below the line: over the flat list, over the matches of the tree, or over rows where
/// nothing is typed.
pub fn select(model: &mut Model, n: usize, way: SiblingDirection) {
    if model.find.is_flat() {
        let at = model.find.prompt.as_ref().map_or(0, |prompt| prompt.list.selected);
        return select_in_list(model, way.from(at, n));
    }
    let answer = model.find.prompt.as_ref().and_then(|prompt| prompt.answer.clone());
    let Some(answer) = answer else {
        let loaded = Arc::clone(&model.loaded);
        let action = if way == SiblingDirection::On { OutlineAction::Down(n) } else { OutlineAction::Up(n) };
        model.outline.act(&loaded.plan.tree, action);
        model.card = CardWindow::default();
        return;
    };
    let (Some(here), matched) = (model.selected(), answer.sieve.matched()) else { return };
    // The first match behind the cursor, and the last before it.
    let target = match way {
        SiblingDirection::On => matched.partition_point(|id| *id <= here).checked_add(n - 1),
        SiblingDirection::Back => matched.partition_point(|id| *id < here).checked_sub(n),
    };
    let target = target.unwrap_or(0).min(matched.len().saturating_sub(1));
    if let Some(node) = matched.get(target) {
        show(model, *node);
    }
}

/// Selects a line of the flat list.
pub fn select_in_list(model: &mut Model, line: usize) {
    let lines = model.flat_rows().count();
    let height = model.panes.outline_height();
    let Some(prompt) = &mut model.find.prompt else { return };
    prompt.list.select(line, lines, height);
    let node = model.find.prompt.as_ref().and_then(|prompt| model.flat_rows().get(prompt.list.selected));
    if let Some(node) = node {
        show(model, node);
    }
}

pub fn tree_or_flat(model: &mut Model) -> Vec<Effect> {
    let here = model.selected();
    let Some(prompt) = &mut model.find.prompt else { return Vec::new() };
    if prompt.asking != Asking::Search {
        return Vec::new();
    }
    prompt.arrangement = match prompt.arrangement {
        Arrangement::Tree => Arrangement::Flat,
        Arrangement::Flat => Arrangement::Tree,
    };
    if prompt.arrangement == Arrangement::Flat {
        let rows = model.flat_rows();
        let line = here.and_then(|node| rows.line_of(node));
        select_in_list(model, line.unwrap_or(0));
    }
    Vec::new()
}

/// `n` and `N`: to the next match, round the ends of what is in scope.
pub fn next_match(model: &mut Model, call: Call, way: SiblingDirection) -> Vec<Effect> {
    let Some(search) = &mut model.find.search else {
        model.notice = Some(Bilingual::new("还没有查找；/ 开始", "nothing was searched for yet; / begins"));
        return Vec::new();
    };
    search.lit = Lit::Yes;
    let (Some(answer), text) = (search.answer.clone(), search.text.clone()) else {
        model.notice = Some(Bilingual::new("还在查找", "still searching"));
        return Vec::new();
    };
    let matched: Vec<NodeId> = {
        let all = answer.sieve.within(&model.plan().tree, model.outline.scope());
        all.iter().copied().filter(|id| model.outline.admits(*id)).collect()
    };
    if matched.is_empty() {
        model.notice = Some(Bilingual::new("范围内没有匹配", "no match in scope"));
        return Vec::new();
    }
    let n = call.times() % matched.len();
    let n = if n == 0 { matched.len() } else { n };
    let before = matched.partition_point(|id| model.selected().is_some_and(|here| *id < here));
    let on = model.selected().is_some_and(|here| matched.get(before) == Some(&here));
    let (place, round) = if way == SiblingDirection::On {
        let place = before + usize::from(on) + n - 1;
        (place % matched.len(), place >= matched.len())
    } else {
        ((before + matched.len() - n) % matched.len(), before < n)
    };
    movement::go_to(model, matched[place]);
    let (at, of) = (place + 1, matched.len());
    let round =
        if round { Bilingual::new(" · 已绕回", " · went round") } else { Bilingual::new("", "") };
    model.notice = Some(Bilingual::new(
        format!("{text} · {at}/{of}{}", round.zh),
        format!("{text} · {at}/{of}{}", round.en),
    ));
    Vec::new()
}

/// Scope or filter changed under the last search: it is looked for again.
pub fn follow(model: &mut Model) -> Vec<Effect> {
    let (scope, within) = (model.outline.scope(), within(model));
    let Some(search) = &mut model.find.search else { return Vec::new() };
    if model.find.prompt.is_some() || (search.scope, &search.within) == (scope, &within) {
        return Vec::new();
    }
    (search.scope, search.within) = (scope, within.clone());
    let query = Query::parse(&search.text, &model.loaded.plan);
    ask(model, Purpose::Last, query, within)
}
