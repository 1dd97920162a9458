//! Which nodes a query means, as things stood at one moment: the search of the screen over a fold.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::find::extra::{NodeExtras, Star};
use crate::find::{JournalExtras, Query, SearchIndex, SearchRequest, SearchScope, Workers, search};
use crate::journal::{Annotations, Fold, ZonedInstant};
use crate::plan::{NodeId, Plan, Tree};
use crate::progress::{JournalData, Judge, States};

/// The nodes that a query matches, in reading order. Nothing asked is everything; a query of which nothing
/// could be understood matches nothing.
pub fn matched(judge: &Judge<'_>, fold: &Fold, text: &str) -> Vec<NodeId> {
    if text.trim().is_empty() {
        return judge.plan.tree.ids().collect();
    }
    let query = Query::parse(text, judge.plan);
    if query.is_empty() {
        return Vec::new();
    }
    let index = index(judge.plan, Some(fold), &States::new(judge, |id| JournalData::of(fold.of(id))));
    let ask = SearchRequest {
        query: &query,
        scope: SearchScope::Whole,
        limit: 1,
        earlier: None,
        workers: Workers::of_machine(),
        cancel: &AtomicBool::new(false),
    };
    // Nobody cancels it.
    search(&index, judge.plan, &ask).map(|found| found.matched).unwrap_or_default()
}

/// The index of a plan with what people added by the moment of a fold, and how every node stood.
pub fn index(plan: &Plan, fold: Option<&Fold>, states: &States) -> SearchIndex {
    SearchIndex::build(plan, Arc::new(extra(&plan.tree, fold, states)), Workers::of_machine())
}

/// What people added by the moment of a fold, as far as searching needs it, with how every node stood.
pub fn extra(tree: &Tree, fold: Option<&Fold>, states: &States) -> JournalExtras {
    let said = |id| fold.and_then(|fold| fold.of(id));
    JournalExtras {
        said: tree.ids().filter_map(|id| Some((id, words(said(id)?)))).collect(),
        states: tree.ids().map(|id| Some(states.of(id))).collect(),
        turns: tree.ids().map(|id| states.turn(id)).collect(),
    }
}

/// What people say of a node, as searching takes it.
pub fn words(said: &Annotations) -> NodeExtras {
    let mut authors: Vec<Box<str>> = said.authors().map(|author| author.by.as_str().into()).collect();
    let speakers =
        said.notes().map(|note| note.by.as_str()).chain(said.values().map(|value| value.by.as_str()));
    for by in speakers {
        if !authors.iter().any(|known| &**known == by) {
            authors.push(by.into());
        }
    }
    NodeExtras {
        tags: said.tags().map(|tag| tag.as_ref().into()).collect(),
        notes: said.notes().map(|note| note.text.clone()).collect(),
        progress: said.share().map(|(_, share)| f64::from(share.progress)),
        authors,
        reviewed: said.reviewed_at().map(ZonedInstant::day),
        star: if said.is_starred() { Star::Starred } else { Star::None },
    }
}
