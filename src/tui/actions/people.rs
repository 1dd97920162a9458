//! What people say changed: the journal was read, a step is on disk, others' records came in.

use std::sync::Arc;

use super::super::compose::Compose;
use super::super::effect::Effect;
use super::super::message::Judged;
use super::super::model::Model;
use super::super::pages::keys as pages;
use super::super::pages::page::PageChange;
use super::super::pages::review::keys as review;
use super::super::view::Freshness;
use super::{compose, find, movement};
use crate::journal::{Annotations, Changed, Journal, JournalProblem, NodeName};
use crate::page::AnnotationItem;
use crate::page::LineTarget;
use crate::plan::NodeId;
use crate::plan::load::Loaded;
use crate::progress::Judge;
use crate::review::SessionId;
use crate::text::Bilingual;

/// A journal was read. It names nodes by their place in one load: that of another is dropped, and asked for
/// again when that plan shows.
pub fn read(model: &mut Model, loaded: &Arc<Loaded>, journal: Arc<Journal>) -> Vec<Effect> {
    if !Arc::ptr_eq(&model.loaded, loaded) {
        return Vec::new();
    }
    // Somebody wrote before this came: their journal may know more.
    if model.journal_view.journal.is_some() {
        return vec![Effect::PollJournal];
    }
    model.journal_view.journal = Some(journal);
    tell_left_out(model);
    let mut effects = all_changed(model);
    effects.extend(review::journal_read(model));
    effects
}

/// The folder changed: what is new is taken in, or all of it read where nothing could be before.
pub fn touched(model: &Model) -> Vec<Effect> {
    match model.journal_view.journal {
        Some(_) => vec![Effect::PollJournal],
        None if matches!(model.freshness, Freshness::Reading(_)) => Vec::new(),
        None => vec![Effect::ReadJournal],
    }
}

/// The folder was looked at again.
pub fn news(model: &mut Model, what: Changed) -> Vec<Effect> {
    tell_left_out(model);
    changed(model, what)
}

/// Says which files of the journal are left out: each once, and again only after it could be read meanwhile
/// or the reason has changed.
fn tell_left_out(model: &mut Model) {
    let Some(journal) = &model.journal_view.journal else { return };
    let now: Vec<JournalProblem> = journal.left_out().collect();
    let mut new = now.iter().filter(|problem| !model.journal_view.left_out.contains(problem));
    if let Some(first) = new.next() {
        let Bilingual { zh, en } = first.said();
        let more = match new.count() {
            0 => Bilingual::new("", ""),
            count => Bilingual::new(format!("（另有{count}个）"), format!(" (and {count} more)")),
        };
        model.notice = Some(Bilingual::new(
            format!("{zh}{}；gp 列出", more.zh),
            format!("{en}{}; gp lists them", more.en),
        ));
    }
    model.journal_view.left_out = now;
}

/// Something changed in what people say.
pub fn changed(model: &mut Model, changed: Changed) -> Vec<Effect> {
    match changed {
        Changed::Nothing => Vec::new(),
        Changed::All => all_changed(model),
        Changed::Nodes(nodes) => nodes_changed(model, nodes),
    }
}

fn all_changed(model: &mut Model) -> Vec<Effect> {
    model.journal_view.renew();
    follow(model);
    let mut effects = vec![Effect::Index];
    effects.extend(find::replan(model));
    effects
}

/// Verdicts follow the next rule set from now on.
pub fn next_rule(model: &mut Model) -> Vec<Effect> {
    let rules = Judge::new(&model.loaded.plan, model.view.rule, model.view.as_of).rules();
    let rule = model.view.rule.after(&rules);
    model.view.rule = rule;
    let effects = all_changed(model);
    pages::follow(model, PageChange::Rule);
    let said = |ui| format!("{} {}：{}", rule.label(ui), rule.word(), rule.cuts_said(ui));
    let en = format!("{}: {}", rule.word(), rule.cuts_said(crate::text::Ui::En));
    model.notice =
        Some(Bilingual::new(format!("规则 {}", said(crate::text::Ui::Zh)), format!("rule set {en}")));
    effects
}

fn nodes_changed(model: &mut Model, nodes: Vec<NodeId>) -> Vec<Effect> {
    let from = model.journal_view.version;
    model.journal_view.version += 1;
    set_states(model, &nodes);
    if model.journal_view.states.is_none() {
        model.journal_view.late.extend(&nodes);
    }
    follow(model);
    let mut effects = vec![Effect::Reindex(from, nodes)];
    effects.extend(find::replan(model));
    effects
}

/// Works out again how some nodes stand.
fn set_states(model: &mut Model, nodes: &[NodeId]) {
    let Some(mut states) = model.journal_view.states.take() else { return };
    let judge = Judge::new(&model.loaded.plan, model.view.rule, model.view.as_of);
    let said = |id| model.journal_view.journal.as_deref().and_then(|journal| journal.annotations(id));
    let new = Arc::make_mut(&mut states);
    for id in nodes {
        let (state, turn) = judge.state_and_turn(*id, &crate::progress::JournalData::of(said(*id)));
        new.set(*id, state);
        new.set_turn(*id, turn);
    }
    model.journal_view.states = Some(states);
}

/// Rows of orphans, and what the pages over the outline show.
fn follow(model: &mut Model) {
    model.set_orphan_rows();
    pages::follow(model, PageChange::Journal);
}

/// Every node's state was worked out. What changed meanwhile is worked out on top.
pub fn judged(model: &mut Model, judged: &Judged) {
    let ours = Arc::ptr_eq(&judged.loaded, &model.loaded)
        && (judged.rule, judged.as_of) == (model.view.rule, model.view.as_of)
        && judged.version == model.journal_view.asked
        && model.journal_view.states.is_none();
    if ours {
        model.journal_view.states = Some(Arc::clone(&judged.states));
        model.journal_view.judged += 1;
        let late = std::mem::take(&mut model.journal_view.late);
        set_states(model, &late);
        pages::follow(model, PageChange::States);
    }
}

/// A step is on disk.
pub fn recorded(model: &mut Model, what: Changed, said: Bilingual, at: Option<&NodeName>) -> Vec<Effect> {
    let mut effects = compose::saved(model, Compose::awaits_step);
    effects.extend(changed(model, what));
    pass_on_cursor(model);
    effects.extend(review::recorded(model));
    if let Some(node) = at.and_then(|name| model.plan().tree.find(name)).filter(|_| model.pages.is_empty())
        && model.selected() != Some(node)
    {
        movement::go_to(model, node);
    }
    model.notice = Some(said);
    effects
}

/// A step of one's own took away what the card's cursor stands on: the cursor goes to the next line that is
/// still there, or to the one before.
fn pass_on_cursor(model: &mut Model) {
    let Some(line) = model.card_line() else { return };
    let stays = |line: &usize| match model.panes.lines.get(*line).and_then(|line| line.target.as_ref()) {
        Some(LineTarget::Item(item)) => model.said_here().is_some_and(|said| has(said, item)),
        Some(LineTarget::Node(_)) => true,
        None => false,
    };
    if stays(&line) {
        return;
    }
    let mut next = line + 1..model.panes.lines.len();
    let to = next.find(stays).or_else(|| (0..line).rev().find(stays));
    model.point_at(to);
}

fn has(said: &Annotations, item: &AnnotationItem) -> bool {
    match item {
        AnnotationItem::Note(id) => said.notes().any(|note| note.id == *id),
        AnnotationItem::Value(id) => said.values().any(|value| value.id == *id),
    }
}

/// A review session has begun: its first card comes.
pub fn review_begun(model: &mut Model, what: Changed, id: &SessionId) -> Vec<Effect> {
    let mut effects = changed(model, what);
    effects.extend(review::open_by_id(model, id));
    effects
}

/// A step is not on disk: what was typed stays where it was typed.
pub fn not_recorded(model: &mut Model, why: Bilingual, text: &str) {
    if !compose::not_saved(model, Compose::awaits_step, &why) {
        let text = crate::text::clean::one_line(text);
        let said = |why: &str| if text.is_empty() { why.to_owned() } else { format!("{why} · {text}") };
        model.notice = Some(Bilingual::new(said(&why.zh), said(&why.en)));
    }
}
