//! The plan on disk changed, or more of it was read: folds and cursor are kept by key.

use std::sync::Arc;

use super::super::actions::find;
use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pages::keys as pages;
use super::super::view::Freshness;
use super::super::view::Progress;
use crate::outline::Outline;
use crate::plan::diagnostic::{Diagnostic, Severity};
use crate::plan::load::Loaded;
use crate::plan::{Key, Plan, Tree};
use crate::text::{Bilingual, Lang, ShownLanguages};

/// More of a large plan was read.
pub fn grew(model: &mut Model, loaded: Arc<Loaded>, progress: Progress) -> Vec<Effect> {
    // Most often only the count has grown.
    let same = Arc::ptr_eq(&model.loaded, &loaded);
    if !same {
        exchange(model, loaded);
    }
    model.freshness = Freshness::Reading(progress);
    if same { Vec::new() } else { find::replan(model) }
}

/// The plan was read, at first or after a change.
pub fn read(model: &mut Model, loaded: Arc<Loaded>) -> Vec<Effect> {
    let again = matches!(model.freshness, Freshness::Whole | Freshness::Stale(_));
    let errors = |loaded: &Loaded| {
        loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    };
    // A file in the middle of being edited: what was good stays until it is whole again.
    if again && errors(&loaded) > errors(&model.loaded) {
        return broke(model, loaded.diagnostics.clone().into());
    }
    exchange(model, loaded);
    // A filter kept from last time may unfold the node that was left; then its answer ends the wait.
    model.kept_place.all_is_read(model.find.standing.is_some());
    model.freshness = Freshness::Whole;
    if again {
        model.notice = Some(Bilingual::new(
            "规划文件有改动，已重新读取",
            "the plan's files changed and were read again",
        ));
    }
    let mut effects = vec![Effect::ReadJournal, Effect::Index];
    effects.extend(find::replan(model));
    effects
}

/// The first frame is drawn: what need not be there for it is asked for.
pub fn opened(model: &mut Model) -> Vec<Effect> {
    let mut effects = find::opened(model);
    if matches!(model.freshness, Freshness::Whole) {
        effects.push(Effect::ReadJournal);
    }
    effects
}

/// Nothing of the changed plan could be read: the last good one stays.
pub fn broke(model: &mut Model, diagnostics: Arc<[Diagnostic]>) -> Vec<Effect> {
    model.freshness = Freshness::Stale(diagnostics);
    Vec::new()
}

/// Roots of which nothing could be unfolded before: a plan opens with its roots unfolded, whenever they and
/// what is below them are read.
fn new_roots(before: &Tree, now: &Tree) -> Vec<Key> {
    let roots = now.below(None).map(|id| &now.node(id).key);
    let is_new = |key: &&Key| before.find(key.as_str()).is_none_or(|id| !before.is_parent(id));
    roots.filter(is_new).cloned().collect()
}

fn exchange(model: &mut Model, loaded: Arc<Loaded>) {
    pages::plan_changed(model);
    model.journal_view.renew();
    (model.journal_view.journal, model.journal_view.past) = (None, None);
    let height = model.outline.cursor().height;
    // A place kept from last time counts until the user moves, since its nodes may only now have been read.
    let mut place = model.place();
    if matches!(model.freshness, Freshness::Reading(_))
        && model.awaited().is_none()
        && model.kept_place.has_no_folds()
    {
        place.open.extend(new_roots(&model.plan().tree, &loaded.plan.tree));
    }
    let mut outline = Outline::restore(&loaded.plan.tree, &place, height);
    let searched = model.find.prompt.is_some().then(|| model.place_of(&model.outline, None));
    if let (Some(prompt), Some(searched)) = (&mut model.find.prompt, searched) {
        prompt.before.outline = outline;
        outline = Outline::restore(&loaded.plan.tree, &searched, height);
    }
    // What is being said names its node by its place in the plan as it was; its name finds the node again.
    if let Some(compose) = &mut model.compose {
        compose.here.node = loaded.plan.tree.find(&compose.here.name);
    }
    let before = std::mem::replace(&mut model.loaded, loaded);
    model.outline = outline;
    keep_languages(model, &before.plan);
}

/// Shows the same languages, by their tags: the plan may name them in another order. Of two of which one is
/// gone, the other.
fn keep_languages(model: &mut Model, before: &Plan) {
    let show = model.view.show;
    let now = |lang| model.plan().lang(before.tag(lang));
    let kept = match (now(show.main()), show.second().and_then(now)) {
        (Some(main), Some(second)) => ShownLanguages::Both(main, second),
        (Some(lang), None) | (None, Some(lang)) => ShownLanguages::One(lang),
        (None, None) => ShownLanguages::One(Lang(0)),
    };
    // The words of the program follow the plan's main language, and only where that is another one.
    if now(show.main()).is_some() {
        model.view.show = kept;
    } else {
        model.set_show(kept);
    }
}
