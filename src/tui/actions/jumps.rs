//! Links, jumps back and forward, and marks.

use super::super::effect::Effect;
use super::super::layers::Choosing;
use super::super::model::Model;
use super::lists;
use super::movement::{go_to, make_way, step};
use crate::outline::{OutlineAction, SiblingDirection};
use crate::page::LineTarget;
use crate::text::Bilingual;

/// Follows the link selected on the card, the only link there is, or lets one choose.
pub fn follow(model: &mut Model) -> Vec<Effect> {
    let Ok(pointed) = model.pointed_on_card() else { return Vec::new() };
    if let Some(LineTarget::Node(target)) = pointed {
        go_to(model, target);
        return Vec::new();
    }
    let here = model.selected();
    let links = here.map(|here| lists::links(model, here)).unwrap_or_default();
    match (links.as_slice(), here) {
        ([only], _) => go_to(model, only.to),
        ([_, ..], Some(here)) => {
            let key = model.plan().tree.node(here).key.clone();
            model.open_list(Choosing::Links(key));
        }
        _ => model.notice = Some(Bilingual::new("这里没有链接", "no links here")),
    }
    Vec::new()
}

/// To the node one left last, or forward again. Keys that left the plan are passed over.
pub fn jump(model: &mut Model, way: SiblingDirection) -> Vec<Effect> {
    let loaded = std::sync::Arc::clone(&model.loaded);
    let tree = &loaded.plan.tree;
    let Some(here) = model.selected().map(|node| tree.node(node).key.clone()) else { return Vec::new() };
    loop {
        let target = match way {
            SiblingDirection::Back => model.jumps.back(here.clone()),
            SiblingDirection::On => model.jumps.forward(here.clone()),
        };
        let Some(key) = target else {
            model.notice = Some(Bilingual::new("没有更多跳转", "no more jumps"));
            return Vec::new();
        };
        if let Some(target) = tree.find(key.as_str()) {
            make_way(model, target);
            step(model, OutlineAction::GoTo(target));
            return Vec::new();
        }
    }
}

/// Marks the node under the cursor with a letter.
pub fn set_mark(model: &mut Model, letter: Option<char>) -> Vec<Effect> {
    let (Some(letter), Some(here)) = (letter, model.selected()) else { return Vec::new() };
    let key = model.plan().tree.node(here).key.clone();
    model.notice = Some(Bilingual::new(format!("标记 {letter} → {key}"), format!("mark {letter} → {key}")));
    model.marks.insert(letter, key);
    Vec::new()
}

/// To the node that a letter marks.
pub fn go_to_mark(model: &mut Model, letter: Option<char>) -> Vec<Effect> {
    let (Some(letter), Some(_)) = (letter, model.selected()) else { return Vec::new() };
    let Some(key) = model.marks.get(&letter).cloned() else {
        model.notice = Some(Bilingual::new(format!("没有标记 {letter}"), format!("no mark {letter}")));
        return Vec::new();
    };
    match model.plan().tree.find(key.as_str()) {
        Some(target) => go_to(model, target),
        None => {
            model.notice =
                Some(Bilingual::new(format!("{key} 已不在规划中"), format!("{key} has left the plan")))
        }
    }
    Vec::new()
}
