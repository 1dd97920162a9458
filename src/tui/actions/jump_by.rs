//! `]x` and
//! `[x`: to the next node in reading order of which something is the case, round the ends of the scope.

use super::super::card_window::CardWindow;
use super::super::command::Call;
use super::super::effect::Effect;
use super::super::model::Model;
use super::movement;
use crate::journal::Annotations;
use crate::outline::SiblingDirection;
use crate::plan::{NodeId, State};
use crate::progress::{Due, Timeline};
use crate::text::Bilingual;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JumpTarget {
    OffPace,
    Noted,
    Unreviewed,
    Due,
    Contested,
}

/// Goes to the next such node, as many times as the count says, or says that there is none.
pub fn go(model: &mut Model, call: Call, target: JumpTarget, way: SiblingDirection) -> Vec<Effect> {
    for _ in 0..call.times().min(1000) {
        match next(model, target, way) {
            Some(node) => movement::go_to(model, node),
            None => {
                model.notice = Some(none(target));
                break;
            }
        }
    }
    Vec::new()
}

/// The next such node; nodes that a filter holds back are passed over.
fn next(model: &Model, target: JumpTarget, way: SiblingDirection) -> Option<NodeId> {
    let scope = model.nodes_in_scope();
    let here = model.selected().map_or(scope.end, |id| id.0);
    let fits = |id: &NodeId| model.outline.admits(*id) && is(model, *id, target);
    let (after, before) =
        ((here + 1).clamp(scope.start, scope.end)..scope.end, scope.start..here.min(scope.end));
    match way {
        SiblingDirection::On => after.chain(before).map(NodeId).find(fits),
        SiblingDirection::Back => before.rev().chain(after.rev()).map(NodeId).find(fits),
    }
}

fn is(model: &Model, id: NodeId, target: JumpTarget) -> bool {
    let said = model.said(id);
    match target {
        JumpTarget::OffPace => matches!(
            model.state(id),
            State::Regressing | State::Overdue | State::Limited | State::NeedsAcceleration
        ),
        JumpTarget::Noted => said.is_some_and(|said| said.notes().next().is_some()),
        JumpTarget::Unreviewed => said.is_none_or(|said| said.reviewed_at().is_none()),
        JumpTarget::Due => is_due(model, id),
        JumpTarget::Contested => {
            said.is_some_and(Annotations::is_disputed) || model.judge().is_at_odds(id, &model.added(id))
        }
    }
}

/// A checkpoint, target or period that ends within the next twelve months, has passed unmet, or has passed
/// without a figure.
fn is_due(model: &Model, id: NodeId) -> bool {
    let node = model.plan().tree.node(id);
    if node.metric.is_none() && node.period().is_none() {
        return false;
    }
    let (judge, states) = (model.judge(), model.states());
    let Some(states) = states else { return false };
    let timeline = Timeline::new(&judge, [id], states, |id| model.added(id));
    let wanted = |due: Due| matches!(due, Due::WithinYear | Due::Overdue | Due::Unreported);
    timeline
        .rows
        .iter()
        .any(|row| row.due.is_some_and(wanted) || row.marks.iter().any(|mark| wanted(mark.due)))
}

fn none(target: JumpTarget) -> Bilingual {
    match target {
        JumpTarget::OffPace => Bilingual::new("范围内没有落后的节点", "nothing in scope is off pace"),
        JumpTarget::Noted => Bilingual::new("范围内没有笔记", "no notes in scope"),
        JumpTarget::Unreviewed => Bilingual::new("范围内都已复核", "everything in scope is reviewed"),
        JumpTarget::Due => Bilingual::new("范围内没有到期的阶段目标", "nothing in scope is due"),
        JumpTarget::Contested => Bilingual::new("范围内没有争议", "nothing in scope is contested"),
    }
}

/// To the next id that has left the plan, round the ends.
pub fn orphan(model: &mut Model, way: SiblingDirection) -> Vec<Effect> {
    let count = model.outline.tail();
    if count == 0 {
        model.notice =
            Some(Bilingual::new("没有离开规划的记录", "nothing that people said has lost its node"));
        return Vec::new();
    }
    let at = match (model.outline.selected_in_tail(), way) {
        (None, SiblingDirection::On) => 0,
        (None, SiblingDirection::Back) => count - 1,
        (Some(at), way) => way.round(at, count),
    };
    model.notice = Some(Bilingual::new(
        "这些记录的节点已离开规划；Enter 两次列出可做的事（重新关联）",
        "the node of these words has left the plan; Enter twice lists what can be done (reattach)",
    ));
    if model.find.standing.is_some() {
        movement::clear_filter(model);
        model.notice = Some(Bilingual::new("筛选已取消", "the filter is cleared"));
    }
    if let Some(from) = model.selected().map(|id| model.plan().tree.node(id).key.clone()) {
        model.jumps.leave(from);
    }
    let loaded = std::sync::Arc::clone(&model.loaded);
    model.outline.go_to_tail(&loaded.plan.tree, at);
    model.card = CardWindow::default();
    Vec::new()
}
