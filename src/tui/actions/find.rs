//! Finding: the line being typed and what shows because of it, the next match, the standing filter, the
//! lenses.
//!
//! What shows while one types is a copy of the outline; how it was is kept beside it, so that Esc brings back
//! exactly that.

use std::sync::Arc;

use super::super::chord::{Chord, ChordKey, Ctrl};
use super::super::command::{Call, Motion};
use super::super::effect::Effect;
use super::super::finding::{
    Answer, Arrangement, Asking, ListWindow, Lit, MAX_QUERY_CHARS, PATIENCE_MS, Purpose, Search, Taking,
};
use super::super::layers;
use super::super::model::Model;
use super::super::view::{Focus, Freshness};
use super::prompt::{ask, cancel, open, typed, within};
use super::{filter, matches, movement, typing};
use crate::find::Query;
use crate::outline::SiblingDirection;
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// Opens the line with the filter that stands.
pub fn edit_standing(model: &mut Model) -> Vec<Effect> {
    let text = model.find.standing.as_ref().map(|standing| standing.text.clone()).unwrap_or_default();
    open(model, Asking::Filter, Arrangement::Tree, &text)
}

/// No filter and no lens from here on.
pub fn drop_filter(model: &mut Model) -> Vec<Effect> {
    if model.find.standing.is_none() {
        model.notice = Some(Bilingual::new("没有筛选", "there is no filter or lens"));
    }
    movement::clear_filter(model);
    Vec::new()
}

/// The matches of the last search are marked no more.
pub fn unmark(model: &mut Model) {
    if let Some(search) = &mut model.find.search {
        search.lit = Lit::No;
    }
}

/// A motion below the line that is being typed.
pub fn motion(model: &mut Model, call: Call, motion: Motion) {
    let page = model.panes.outline_height().max(1);
    match motion {
        Motion::Down => matches::select(model, call.times(), SiblingDirection::On),
        Motion::Up => matches::select(model, call.times(), SiblingDirection::Back),
        Motion::PageDown | Motion::HalfDown | Motion::Last => {
            matches::select(model, page, SiblingDirection::On)
        }
        Motion::PageUp | Motion::HalfUp | Motion::First => {
            matches::select(model, page, SiblingDirection::Back)
        }
    }
}

/// A chord for the line: an edit, or nothing.
pub fn edit(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let (Some(prompt), Some(edit)) = (&mut model.find.prompt, layers::edit(chord)) else { return Vec::new() };
    let full = prompt.input.value().chars().count() >= MAX_QUERY_CHARS;
    if full && (chord.text().is_some() || (chord.key, chord.ctrl) == (ChordKey::Char('y'), Ctrl::Down)) {
        model.notice = Some(too_long());
        return Vec::new();
    }
    prompt.completing = None;
    if prompt.input.handle(edit).is_some_and(|changed| changed.value) {
        prompt.recalled = None;
        return typed(model);
    }
    Vec::new()
}

/// Pasted text: into the line at its caret; with no line open it opens the search.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.find.prompt.is_none() {
        let effects = open(model, Asking::Search, Arrangement::Tree, "");
        debug_assert!(effects.is_empty(), "an empty line searches for nothing");
    }
    let Some(prompt) = &mut model.find.prompt else { return Vec::new() };
    let line = one_line(text.trim()).into_owned();
    let value = prompt.input.value();
    let caret = value.char_indices().nth(prompt.input.cursor()).map_or(value.len(), |(byte, _)| byte);
    let room = MAX_QUERY_CHARS.saturating_sub(value.chars().count());
    let taken: String = line.chars().take(room).collect();
    let cursor = prompt.input.cursor() + taken.chars().count();
    let joined = format!("{}{taken}{}", &value[..caret], &value[caret..]);
    let input = std::mem::take(&mut prompt.input);
    prompt.input = input.with_value(joined).with_cursor(cursor);
    (prompt.completing, prompt.recalled) = (None, None);
    let effects = typed(model);
    if line.chars().count() > room {
        model.notice = Some(too_long());
    }
    effects
}

fn too_long() -> Bilingual {
    Bilingual::new(
        format!("最多 {MAX_QUERY_CHARS} 个字符；多出的没有输入"),
        format!("at most {MAX_QUERY_CHARS} characters; the rest was left out"),
    )
}

/// A search was answered. An answer that something newer was asked after is dropped.
pub fn found(model: &mut Model, purpose: Purpose, generation: u64, answer: Arc<Answer>) -> Vec<Effect> {
    if model.find.awaited.get(&purpose) != Some(&generation) {
        return Vec::new();
    }
    model.find.awaited.remove(&purpose);
    let filters = model.find.prompt.as_ref().is_some_and(|prompt| prompt.asking == Asking::Filter);
    let answer = match model.find.cell().is_some() && !(purpose == Purpose::Prompt && filters) {
        true => filter::in_cell(model, answer),
        false => answer,
    };
    match purpose {
        Purpose::Prompt => found_for_prompt(model, answer),
        Purpose::Last => {
            if let Some(search) = &mut model.find.search {
                search.answer = Some(answer);
            }
            Vec::new()
        }
        Purpose::Standing => filter::found_for_filter(model, answer),
    }
}

fn found_for_prompt(model: &mut Model, answer: Arc<Answer>) -> Vec<Effect> {
    let loaded = Arc::clone(&model.loaded);
    let Some(prompt) = &mut model.find.prompt else { return Vec::new() };
    model.outline.sift(&loaded.plan.tree, Arc::clone(&answer.sieve));
    prompt.list = ListWindow::default();
    let selected = prompt.kept.take();
    let kept = selected.as_ref().and_then(|key| loaded.plan.tree.find(key.as_str()));
    let kept = kept.filter(|node| answer.sieve.matches(*node));
    let best = kept.or(answer.hits.first().copied());
    prompt.answer = Some(answer);
    let taking = std::mem::take(&mut prompt.taking);
    if let Some(best) = best {
        matches::select_node(model, best);
    }
    let Taking::WithAnswer(keys) = taking else { return Vec::new() };
    if selected.is_some() && kept.is_none() {
        model.notice = Some(Bilingual::new(
            "选中的匹配已不在结果中；看清后再按 Enter",
            "the selected match is no longer found: look again, then press Enter",
        ));
        return Vec::new();
    }
    let mut effects = take(model);
    // Keys typed ahead were meant for what shows after a match was taken.
    if model.find.prompt.is_none() {
        effects.extend((!keys.is_empty()).then_some(Effect::Type(keys)));
    }
    effects
}

/// Accepts the line.
pub fn take(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = &mut model.find.prompt else { return Vec::new() };
    if prompt.asking == Asking::LensName {
        return filter::take_lens_name(model);
    }
    if model.find.awaited.contains_key(&Purpose::Prompt) {
        prompt.taking = Taking::WithAnswer(Vec::new());
        return Vec::new();
    }
    // Nothing but a problem: it is said at its place already.
    let text = prompt.input.value().trim().to_owned();
    if prompt.query.is_empty() && !text.is_empty() {
        model.notice = prompt.query.problems.first().map(|problem| problem.said.clone());
        return Vec::new();
    }
    match prompt.asking {
        Asking::Filter => filter::take_filter(model, text),
        _ => take_match(model, text),
    }
}

/// Enter on a match: the whole tree is back, and the cursor is on it.
fn take_match(model: &mut Model, text: String) -> Vec<Effect> {
    let target = model.selected();
    let Some(prompt) = &model.find.prompt else { return Vec::new() };
    let answer = prompt.answer.clone();
    if answer.as_ref().is_some_and(|answer| answer.sieve.matched().is_empty()) {
        return Vec::new();
    }
    let (scope, within) = (model.outline.scope(), within(model));
    cancel(model);
    model.focus = if model.panes.is_side_by_side() { model.focus } else { Focus::Outline };
    if let Some(target) = target.filter(|target| model.selected() != Some(*target)) {
        movement::go_to(model, target);
    }
    let Some(answer) = answer else { return Vec::new() };
    model.find.search =
        Some(Search { text: text.clone(), scope, within, answer: Some(answer), lit: Lit::Yes });
    vec![typing::remember(model, text)]
}

/// The plan was exchanged: ids of the old one mean nothing any more, and everything is looked for again.
pub fn replan(model: &mut Model) -> Vec<Effect> {
    model.find.awaited.clear();
    let mut effects = Vec::new();
    if let Some(standing) = model.find.standing.as_mut().filter(|standing| standing.cell.is_none()) {
        standing.answer = None;
        let query = Query::parse(&standing.text, &model.loaded.plan);
        effects.extend(ask(model, Purpose::Standing, query, None));
    }
    let (scope, within) = (model.outline.scope(), within(model));
    if let Some(search) = &mut model.find.search {
        search.answer = None;
        (search.scope, search.within) = (scope, within.clone());
        let query = Query::parse(&search.text, &model.loaded.plan);
        effects.extend(ask(model, Purpose::Last, query, within));
    }
    let here = model.selected().map(|node| model.plan().tree.node(node).key.clone());
    if let Some(prompt) = &mut model.find.prompt {
        let kept = if prompt.answer.take().is_some() { here } else { prompt.kept.take() };
        prompt.list = ListWindow::default();
        effects.extend(typed(model));
        if let Some(prompt) = &mut model.find.prompt {
            prompt.kept = kept;
        }
    }
    effects
}

/// What there is to do once the first frame shows: the index, and the filter of last time.
pub fn opened(model: &mut Model) -> Vec<Effect> {
    // A plan still being read has better use for the processors, and its index would be thrown away.
    let reading = matches!(model.freshness, Freshness::Reading(_));
    let mut effects = if reading { Vec::new() } else { vec![Effect::Index] };
    effects.extend(replan(model));
    effects
}

/// Whether a wait has become long enough to show.
pub fn clock(model: &mut Model, now_ms: u64) {
    let find = &mut model.find;
    if find.awaited.is_empty() {
        (find.since_ms, find.spin) = (None, None);
        return;
    }
    let waited_ms = now_ms.saturating_sub(*find.since_ms.get_or_insert(now_ms));
    find.spin = usize::try_from(waited_ms / PATIENCE_MS).ok().filter(|step| *step > 0);
}

/// A click on a line below the prompt: selects it, or takes it where it is selected already.
pub fn click(model: &mut Model, line: usize) -> Vec<Effect> {
    let (shown, selected) = model.visible(model.panes.outline_height());
    let Some(node) = shown.get(line).copied() else { return Vec::new() };
    if selected == Some(line) {
        return take(model);
    }
    if model.find.is_flat() {
        let top = model.find.prompt.as_ref().map_or(0, |prompt| prompt.list.top);
        matches::select_in_list(model, top + line);
    } else {
        matches::show(model, node);
    }
    Vec::new()
}
