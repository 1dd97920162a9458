//! `]x` and `[x`: to the next node in reading order of which something is the case, round the ends of the scope.

use super::super::card_window::CardWindow;
use super::super::command::CommandId;
use super::super::effect::Effect;
use super::super::keymap::Call;
use super::super::model::Model;
use super::keys;
use crate::journal::Annotations;
use crate::outline::SiblingDirection;
use crate::plan::{NodeId, State};
use crate::progress::{Due, Timeline};
use crate::text::Bilingual;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    OffPace,
    Noted,
    Unreviewed,
    Due,
    Contested,
}

/// Goes there, or says that there is none. `None` for other commands.
pub fn run(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    let (meaning, way) = match call.id {
        CommandId::NextOffPace => (Meaning::OffPace, SiblingDirection::On),
        CommandId::PreviousOffPace => (Meaning::OffPace, SiblingDirection::Back),
        CommandId::NextNoted => (Meaning::Noted, SiblingDirection::On),
        CommandId::PreviousNoted => (Meaning::Noted, SiblingDirection::Back),
        CommandId::NextUnreviewed => (Meaning::Unreviewed, SiblingDirection::On),
        CommandId::PreviousUnreviewed => (Meaning::Unreviewed, SiblingDirection::Back),
        CommandId::NextDue => (Meaning::Due, SiblingDirection::On),
        CommandId::PreviousDue => (Meaning::Due, SiblingDirection::Back),
        CommandId::NextContested => (Meaning::Contested, SiblingDirection::On),
        CommandId::PreviousContested => (Meaning::Contested, SiblingDirection::Back),
        CommandId::NextOrphan => return orphan(model, SiblingDirection::On),
        CommandId::PreviousOrphan => return orphan(model, SiblingDirection::Back),
        _ => return None,
    };
    for _ in 0..call.count.unwrap_or(1).clamp(1, 1000) {
        match next(model, meaning, way) {
            Some(node) => keys::go_to(model, node),
            None => {
                model.notice = Some(none(meaning));
                break;
            }
        }
    }
    Some(Vec::new())
}

/// The next such node; nodes that a filter holds back are passed over.
fn next(model: &Model, meaning: Meaning, way: SiblingDirection) -> Option<NodeId> {
    let scope = model.nodes_in_scope();
    let here = model.selected().map_or(scope.end, |id| id.0);
    let fits = |id: &NodeId| model.outline.admits(*id) && is(model, *id, meaning);
    let (after, before) =
        ((here + 1).clamp(scope.start, scope.end)..scope.end, scope.start..here.min(scope.end));
    match way {
        SiblingDirection::On => after.chain(before).map(NodeId).find(fits),
        SiblingDirection::Back => before.rev().chain(after.rev()).map(NodeId).find(fits),
    }
}

fn is(model: &Model, id: NodeId, meaning: Meaning) -> bool {
    let said = model.said(id);
    match meaning {
        Meaning::OffPace => matches!(
            model.state(id),
            State::Regressing | State::Overdue | State::Limited | State::NeedsAcceleration
        ),
        Meaning::Noted => said.is_some_and(|said| said.notes().next().is_some()),
        Meaning::Unreviewed => said.is_none_or(|said| said.reviewed_at().is_none()),
        Meaning::Due => is_due(model, id),
        Meaning::Contested => {
            said.is_some_and(Annotations::is_disputed) || model.judge().is_at_odds(id, &model.added(id))
        }
    }
}

/// A checkpoint, target or period that ends within the next twelve months, has passed unmet, or has passed without a figure.
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

fn none(meaning: Meaning) -> Bilingual {
    match meaning {
        Meaning::OffPace => Bilingual::new("范围内没有落后的节点", "nothing in scope is off pace"),
        Meaning::Noted => Bilingual::new("范围内没有笔记", "no notes in scope"),
        Meaning::Unreviewed => Bilingual::new("范围内都已复核", "everything in scope is reviewed"),
        Meaning::Due => Bilingual::new("范围内没有到期的检查点", "nothing in scope is due"),
        Meaning::Contested => Bilingual::new("范围内没有争议", "nothing in scope is contested"),
    }
}

fn orphan(model: &mut Model, way: SiblingDirection) -> Option<Vec<Effect>> {
    let count = model.outline.tail();
    if count == 0 {
        model.notice =
            Some(Bilingual::new("没有离开规划的记录", "nothing that people said has lost its node"));
        return Some(Vec::new());
    }
    let at = match (model.outline.selected_in_tail(), way) {
        (None, SiblingDirection::On) => 0,
        (None, SiblingDirection::Back) => count - 1,
        (Some(at), way) => way.round(at, count),
    };
    model.notice = Some(Bilingual::new(
        "这些记录的节点已离开规划；Enter 两次列出可做的事（改挂）",
        "the node of these words has left the plan; Enter twice lists what can be done (reattach)",
    ));
    if model.find.standing.is_some() {
        super::filter::clear_filter(model);
        model.notice = Some(Bilingual::new("过滤已取消", "the filter is cleared"));
    }
    if let Some(from) = model.selected().map(|id| model.plan().tree.node(id).key.clone()) {
        model.jumps.leave(from);
    }
    let loaded = std::sync::Arc::clone(&model.loaded);
    model.outline.go_to_tail(&loaded.plan.tree, at);
    model.card = CardWindow::default();
    Some(Vec::new())
}
