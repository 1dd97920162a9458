//! The standing filter, and lenses: filters with a name. Nothing here is undone by Esc.

use std::sync::Arc;

use super::super::effect::Effect;
use super::super::finding::{Answer, Arrangement, Asking, Lens, Purpose, StandingFilter};
use super::super::model::Model;
use super::super::view::Freshness;
use super::prompt::{ask, cancel, open, typed};
use super::{movement, typing};
use crate::find::Query;
use crate::outline::{OutlineAction, Sieve};
use crate::plan::NodeId;
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// Enter on a filter: it holds from now on; an empty one holds no longer.
pub fn take_filter(model: &mut Model, text: String) -> Vec<Effect> {
    let here = model.selected();
    let answer = model.find.prompt.as_ref().and_then(|prompt| prompt.answer.clone());
    cancel(model);
    let Some(answer) = answer.filter(|_| !text.is_empty()) else {
        movement::clear_filter(model);
        return Vec::new();
    };
    let lens = model.find.standing.as_ref().filter(|standing| standing.text == text);
    let lens = lens.and_then(|standing| standing.lens.clone());
    if model.outline.scope().is_some() {
        return take_from_scope(model, text, lens, here);
    }
    model.find.standing =
        Some(StandingFilter { answer: Some(Arc::clone(&answer)), ..StandingFilter::new(text.clone(), lens) });
    apply_filter(model, &answer);
    if let Some(here) = here.filter(|here| answer.sieve.keeps(*here)) {
        movement::step(model, OutlineAction::GoTo(here));
    }
    vec![typing::remember(model, text)]
}

/// The matches that showed while the filter was typed are those of the scope. It holds for all of the plan:
/// one may leave the scope.
fn take_from_scope(
    model: &mut Model,
    text: String,
    lens: Option<String>,
    here: Option<NodeId>,
) -> Vec<Effect> {
    if let Some(here) = here {
        movement::step(model, OutlineAction::GoTo(here));
    }
    model.find.standing = Some(StandingFilter::new(text.clone(), lens));
    let query = Query::parse(&text, model.plan());
    let mut effects = ask(model, Purpose::Standing, query, None);
    effects.push(typing::remember(model, text));
    effects
}

/// Shows what the filter lets through, from the whole of the plan, so that the folds to come back to stay
/// those of the whole.
pub fn apply_filter(model: &mut Model, answer: &Answer) {
    let loaded = Arc::clone(&model.loaded);
    let outline = match &mut model.find.prompt {
        Some(prompt) => &mut prompt.before.outline,
        None => &mut model.outline,
    };
    // The same matches after a reload: what the user folded among them stays so.
    if outline.sieve() != Some(&answer.sieve) {
        outline.sift(&loaded.plan.tree, Arc::clone(&answer.sieve));
    }
}

pub fn found_for_filter(model: &mut Model, answer: Arc<Answer>) -> Vec<Effect> {
    let Some(standing) = &mut model.find.standing else { return Vec::new() };
    standing.answer = Some(Arc::clone(&answer));
    let empty = answer.sieve.matched().is_empty();
    apply_filter(model, &answer);
    go_to_kept(model);
    if empty {
        model.notice = Some(Bilingual::new(
            "筛选后没有节点；g0 取消筛选",
            "the filter lets nothing through; g0 clears it",
        ));
    }
    typed(model)
}

/// The node that was left under this filter last time may be one that only the filter unfolds.
fn go_to_kept(model: &mut Model) {
    let Some(place) = model.kept_place.place().cloned().filter(|_| model.find.prompt.is_none()) else {
        return;
    };
    let loaded = Arc::clone(&model.loaded);
    let tree = &loaded.plan.tree;
    let kept =
        place.cursor.iter().filter_map(|key| tree.find(key.as_str())).find(|id| model.outline.admits(*id));
    if let Some(kept) = kept {
        model.outline.act(tree, OutlineAction::GoTo(kept));
    }
    if matches!(model.freshness, Freshness::Whole) {
        model.kept_place.set_place(None);
    }
}

/// What was found, as far as it belongs to the cell of the matrix that shows.
pub fn in_cell(model: &Model, found: Arc<Answer>) -> Arc<Answer> {
    let cell = model.find.standing.as_ref().and_then(|standing| standing.answer.as_ref());
    let Some(cell) = cell else { return found };
    let inside =
        |ids: &[NodeId]| ids.iter().copied().filter(|id| cell.sieve.matches(*id)).collect::<Vec<_>>();
    let sieve = Sieve::new(&model.plan().tree, inside(found.sieve.matched()));
    Arc::new(Answer {
        query: found.query.clone(),
        hits: inside(&found.hits),
        sieve: Arc::new(sieve),
        extra: Arc::clone(&found.extra),
    })
}

pub fn lens(model: &mut Model, number: usize) -> Vec<Effect> {
    let Some(Lens { name, query }) = model.find.lenses.get(number - 1).cloned() else {
        model.notice = Some(Bilingual::new(
            format!("没有第{number}个常用筛选；F 设筛选，& 存为常用筛选"),
            format!("there is no lens {number}: F filters, & keeps the filter as a lens"),
        ));
        return Vec::new();
    };
    let read = Query::parse(&query, model.plan());
    if read.is_empty() {
        let why = read
            .problems
            .first()
            .map_or(Bilingual::new("查询为空", "its query is empty"), |problem| problem.said.clone());
        model.notice =
            Some(Bilingual::new(format!("常用筛选“{name}”：{}", why.zh), format!("lens {name}: {}", why.en)));
        return Vec::new();
    }
    model.find.standing = Some(StandingFilter::new(query, Some(name)));
    ask(model, Purpose::Standing, read, None)
}

pub fn name_lens(model: &mut Model) -> Vec<Effect> {
    let Some(standing) = &model.find.standing else {
        model.notice = Some(Bilingual::new("没有筛选可存；F 先设筛选", "no filter to keep; F sets one"));
        return Vec::new();
    };
    if standing.cell.is_some() {
        model.notice = Some(Bilingual::new(
            "矩阵的单元格不是查询，不能存为常用筛选",
            "a cell of the matrix is no query: it cannot be kept as a lens",
        ));
        return Vec::new();
    }
    let name = standing.lens.clone().unwrap_or_default();
    open(model, Asking::LensName, Arrangement::Tree, &name)
}

pub fn take_lens_name(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = &model.find.prompt else { return Vec::new() };
    let name = one_line(prompt.input.value().trim()).into_owned();
    if name.is_empty() {
        model.notice = Some(Bilingual::new("常用筛选要有名称", "a lens wants a name"));
        return Vec::new();
    }
    cancel(model);
    let Some(standing) = &mut model.find.standing else { return Vec::new() };
    standing.lens = Some(name.clone());
    vec![Effect::KeepLens(Lens { name, query: standing.text.clone() })]
}

/// Lenses were written, or not: then the filter has no name that is not stored.
pub fn lenses_kept(model: &mut Model, lenses: Vec<Lens>, said: Bilingual) -> Vec<Effect> {
    if let Some(standing) = &mut model.find.standing {
        standing.lens = standing.lens.take().filter(|name| lenses.iter().any(|lens| lens.name == *name));
    }
    model.find.lenses = lenses;
    model.notice = Some(said);
    Vec::new()
}
