//! The outline with columns: on and off, which one is chosen, and siblings sorted by it.

use std::sync::Arc;

use super::super::columns::{Columns, Sort, SortedFrom};
use super::super::command::Call;
use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pages::keys as pages;
use super::super::view::Focus;
use crate::outline::{SiblingDirection, SiblingOrder};
use crate::page::columns::{OutlineColumn, SortDirection, SortKey, compare};
use crate::plan::NodeId;
use crate::text::Bilingual;

/// Shows the outline with columns, or without. Over a page it always shows them.
pub fn toggle(model: &mut Model) -> Vec<Effect> {
    if !model.pages.is_empty() {
        pages::leave_all(model);
        model.columns = Some(model.columns.take().unwrap_or_default());
    } else if model.columns.take().is_none() {
        model.columns = Some(Columns::default());
        model.focus = Focus::Outline;
    }
    Vec::new()
}

/// Chooses another column.
pub fn choose(model: &mut Model, call: Call, way: SiblingDirection) -> Vec<Effect> {
    let all = model.reader().columns();
    let Some(columns) = &mut model.columns else { return without_columns(model) };
    let to = way.from(columns.place(&all), call.times());
    columns.chosen = all.get(to.min(all.len().saturating_sub(1))).copied();
    Vec::new()
}

/// Sorts siblings by the chosen column: up, down, in reading order again.
pub fn sort(model: &mut Model) -> Vec<Effect> {
    let all = model.reader().columns();
    let Some(columns) = &mut model.columns else { return without_columns(model) };
    let Some(column) = all.get(columns.place(&all)).copied() else { return Vec::new() };
    let own = columns.sort.as_ref().filter(|sort| sort.column == column).map(|sort| sort.way);
    let way = match own {
        None => Some(SortDirection::Rising),
        Some(SortDirection::Rising) => Some(SortDirection::Falling),
        Some(SortDirection::Falling) => None,
    };
    columns.sort = way.map(|way| Sort { column, way, order: None, from: None });
    model.notice = Some(sorted(model, column, way));
    Vec::new()
}

fn without_columns(model: &mut Model) -> Vec<Effect> {
    model.notice = Some(Bilingual::new("gc 打开带列的大纲", "gc shows the outline with columns"));
    Vec::new()
}

/// What `o` did.
fn sorted(model: &Model, column: OutlineColumn, way: Option<SortDirection>) -> Bilingual {
    let label = |ui| crate::page::PageReader { ui, ..model.reader() }.column_label(column);
    let (zh, en) = (label(crate::text::Ui::Zh), label(crate::text::Ui::En));
    match (way, column) {
        (None, _) => Bilingual::new("同级按规划原序", "siblings in reading order"),
        _ if model.states().is_none() => {
            Bilingual::new("还在计算各节点状态…", "still computing the state of every node…")
        }
        (Some(SortDirection::Rising), OutlineColumn::State) => {
            Bilingual::new("同级按状态，差的在先", "siblings by state, the worst first")
        }
        (Some(SortDirection::Falling), OutlineColumn::State) => {
            Bilingual::new("同级按状态，好的在先", "siblings by state, the best first")
        }
        (Some(SortDirection::Rising), _) => {
            Bilingual::new(format!("同级按“{zh}”，由小到大"), format!("siblings by {en}, rising"))
        }
        (Some(SortDirection::Falling), _) => {
            Bilingual::new(format!("同级按“{zh}”，由大到小"), format!("siblings by {en}, falling"))
        }
    }
}

/// Lets the outline stand in the order that the columns ask for; works it out again where the plan, the rule
/// set or all verdicts changed.
pub fn follow(model: &mut Model) {
    let wanted = match model.columns.as_ref().and_then(|columns| columns.sort.clone()) {
        None => None,
        Some(sort) if is_current(model, &sort) => sort.order,
        Some(sort) => {
            let order = worked_out(model, &sort).map(Arc::new);
            let from = SortedFrom {
                loaded: Arc::clone(&model.loaded),
                rule: model.view.rule,
                judged: model.journal_view.judged,
            };
            if let Some(kept) = model.columns.as_mut().and_then(|columns| columns.sort.as_mut()) {
                kept.from = order.is_some().then_some(from);
                kept.order.clone_from(&order);
            }
            order
        }
    };
    let same = match (&wanted, model.outline.order()) {
        (Some(wanted), Some(own)) => Arc::ptr_eq(wanted, own),
        (None, None) => true,
        _ => false,
    };
    if !same {
        let loaded = Arc::clone(&model.loaded);
        model.outline.set_order(&loaded.plan.tree, wanted);
    }
}

fn is_current(model: &Model, sort: &Sort) -> bool {
    sort.from.as_ref().is_some_and(|from| {
        Arc::ptr_eq(&from.loaded, &model.loaded)
            && (from.rule, from.judged) == (model.view.rule, model.journal_view.judged)
    })
}

/// Fewer nodes than this are not worth a second thread.
const CHUNK_NODES: usize = 4096;

/// The order; `None` until states are known.
fn worked_out(model: &Model, sort: &Sort) -> Option<SiblingOrder> {
    let (reader, states) = (model.reader(), model.states()?);
    let tree = &model.plan().tree;
    let mut keys = vec![SortKey::Nothing; tree.count()];
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let chunk = tree.count().div_ceil(workers).max(CHUNK_NODES);
    std::thread::scope(|scope| {
        for (part, at) in keys.chunks_mut(chunk).zip(0usize..) {
            let from = u32::try_from(at * chunk).unwrap_or(u32::MAX);
            let work = move || {
                for (id, key) in (from..).map(NodeId).zip(part) {
                    *key = reader.column_key(sort.column, id, model.said(id), states);
                }
            };
            if tree.count() <= chunk { work() } else { drop(scope.spawn(work)) }
        }
    });
    Some(SiblingOrder::new(tree, |one, other| compare(keys[one.index()], keys[other.index()], sort.way)))
}
