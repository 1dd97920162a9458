//! The plan on disk changed, or more of it was read: folds and cursor are kept by key.

use std::sync::Arc;

use super::super::effect::Effect;
use super::super::message::Progress;
use super::super::model::{Freshness, Model};
use super::find;
use crate::outline::{Outline, Place};
use crate::plan::diagnostic::{Diagnostic, Severity};
use crate::plan::load::Loaded;
use crate::plan::{Said, Show};

/// More of a large plan was read.
pub fn grew(model: &mut Model, loaded: Arc<Loaded>, progress: Progress) -> Vec<Effect> {
    exchange(model, loaded);
    model.freshness = Freshness::Reading(progress);
    find::replan(model)
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
    if model.find.standing.is_none() {
        model.awaited = None;
    }
    model.freshness = Freshness::Whole;
    if again {
        model.notice = Some(Said::new("规划文件有改动，已重新读取", "the plan's files changed: read anew"));
    }
    let mut effects = vec![Effect::Index];
    effects.extend(find::replan(model));
    effects
}

/// Nothing of the changed plan could be read: the last good one stays.
pub fn broke(model: &mut Model, diagnostics: Arc<[Diagnostic]>) -> Vec<Effect> {
    model.freshness = Freshness::Stale(diagnostics);
    Vec::new()
}

fn exchange(model: &mut Model, loaded: Arc<Loaded>) {
    let height = model.outline.cursor().height;
    // A place kept from last time counts until the user moves, since its nodes may only now have been read.
    let anew = |outline: &Outline, awaited: Option<&Place>| {
        let place = awaited.cloned().unwrap_or_else(|| outline.place(&model.plan().tree));
        Outline::restore(&loaded.plan.tree, &place, height)
    };
    let outline = anew(&model.outline, model.awaited.as_ref());
    let before = model.find.prompt.as_ref().map(|prompt| &prompt.before);
    let before = before.map(|before| anew(&before.outline, before.awaited.as_ref()));
    if let (Some(prompt), Some(before)) = (&mut model.find.prompt, before) {
        prompt.before.outline = before;
    }
    model.layers.clear();
    model.loaded = loaded;
    model.outline = outline;
    let languages = model.plan().languages.len();
    let fits = |lang: crate::plan::Lang| usize::from(lang.0) < languages;
    let shown = match model.view.show {
        Show::One(lang) => fits(lang),
        Show::Both(first, second) => fits(first) && fits(second),
    };
    if !shown {
        model.set_show(Show::One(crate::plan::Lang(0)));
    }
}
