//! Movement in the outline: one action of it, or to a node wherever it stands.

use super::super::card_window::CardWindow;
use super::super::command::{Call, Motion};
use super::super::effect::Effect;
use super::super::finding::Purpose;
use super::super::model::{Model, Request};
use std::sync::Arc;

use crate::outline::{OutlineAction, OutlineChange};
use crate::plan::NodeId;
use crate::text::Bilingual;

/// Moves in the outline; a move of another kind than a step is a jump that can be taken back.
pub fn act(model: &mut Model, action: OutlineAction) -> Vec<Effect> {
    let before = model.selected();
    if before.is_none() && !is_window_move(action) {
        return Vec::new();
    }
    let leaps = matches!(action, OutlineAction::Row(_) | OutlineAction::Last);
    let outcome = step(model, action);
    if let (true, Some(from)) = (leaps && before != model.selected(), before) {
        let key = model.plan().tree.node(from).key.clone();
        model.jumps.leave(key);
    }
    if outcome == OutlineChange::Unchanged {
        model.notice = why_not(action);
    }
    Vec::new()
}

/// A motion over the rows of the outline.
pub fn outline_motion(model: &mut Model, call: Call, motion: Motion) -> Vec<Effect> {
    let n = call.times();
    let action = match motion {
        Motion::Down => OutlineAction::Down(n),
        Motion::Up => OutlineAction::Up(n),
        Motion::First => OutlineAction::Row(n),
        Motion::Last => call.count.map_or(OutlineAction::Last, |row| OutlineAction::Row(row as usize)),
        Motion::HalfDown => OutlineAction::HalfDown(n),
        Motion::HalfUp => OutlineAction::HalfUp(n),
        Motion::PageDown => OutlineAction::PageDown(n),
        Motion::PageUp => OutlineAction::PageUp(n),
    };
    act(model, action)
}

/// Moves that need no node under the cursor: from the rows of orphans one goes back up.
fn is_window_move(action: OutlineAction) -> bool {
    matches!(
        action,
        OutlineAction::Down(_)
            | OutlineAction::Up(_)
            | OutlineAction::Row(_)
            | OutlineAction::Last
            | OutlineAction::HalfDown(_)
            | OutlineAction::HalfUp(_)
            | OutlineAction::PageDown(_)
            | OutlineAction::PageUp(_)
    )
}

/// Why an action did nothing, where that is not plain to see.
fn why_not(action: OutlineAction) -> Option<Bilingual> {
    match action {
        OutlineAction::ZoomIn => Some(Bilingual::new("没有下级，不能进入", "nothing below to zoom into")),
        OutlineAction::ZoomOut => Some(Bilingual::new("已是整个规划", "this is the whole plan already")),
        OutlineAction::Toggle | OutlineAction::Unfold => {
            Some(Bilingual::new("没有下级可展开", "nothing below to unfold"))
        }
        _ => None,
    }
}

/// One action of the outline; the card goes back to its top when another node is selected.
pub fn step(model: &mut Model, action: OutlineAction) -> OutlineChange {
    let under = |model: &Model| (model.selected(), model.outline.selected_in_tail());
    let before = under(model);
    model.moved();
    let loaded = Arc::clone(&model.loaded);
    let outcome = model.outline.act(&loaded.plan.tree, action);
    if before != under(model) {
        model.card = CardWindow::default();
    }
    outcome
}

/// Goes to a node and notes where one came from.
pub fn go_to(model: &mut Model, target: NodeId) {
    if model.reviewing().is_some() {
        model.asked_for = Some(Request::Card(target));
        return;
    }
    let from = model.selected().map(|id| model.plan().tree.node(id).key.clone());
    let scope = model.outline.scope();
    make_way(model, target);
    step(model, OutlineAction::GoTo(target));
    if let Some(from) = from.filter(|_| model.selected() == Some(target)) {
        model.jumps.leave(from);
    }
    if scope.is_some() && model.outline.scope().is_none() {
        model.notice = Some(Bilingual::new(
            "目标在范围之外：已回到整个规划",
            "the target is outside the scope: showing the whole plan",
        ));
    }
}

/// Everything shows again; the cursor stays where it is.
pub fn clear_filter(model: &mut Model) {
    if model.find.standing.take().is_some() {
        model.find.awaited.remove(&Purpose::Standing);
        let loaded = Arc::clone(&model.loaded);
        // Under a line being typed it is the outline to come back to that was filtered.
        let outline = match &mut model.find.prompt {
            Some(prompt) => &mut prompt.before.outline,
            None => &mut model.outline,
        };
        outline.unsift(&loaded.plan.tree);
    }
}

/// Leaves the filter where it holds back a node that is gone to, and says so.
pub fn make_way(model: &mut Model, target: NodeId) {
    if model.find.standing.is_some() && !model.outline.admits(target) {
        clear_filter(model);
        model.notice = Some(Bilingual::new(
            "目标不在筛选结果中：筛选已取消（F 再按 C-p 取回）",
            "the filter held the target back: it is cleared (F, then C-p brings it back)",
        ));
    }
}
