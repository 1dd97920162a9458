//! Finding: the line being typed and what shows because of it, the next match, the standing filter, the lenses.
//!
//! What shows while one types is a copy of the outline; how it was stands in [`Before`], so that Esc brings back exactly that.

use std::sync::Arc;

use super::super::chord::{Chord, Ctrl, Key};
use super::super::command::CommandId;
use super::super::effect::Effect;
use super::super::finding::{
    Answer, Arrangement, Asked, Asking, Before, Lens, ListWindow, Lit, MAX_QUERY_CHARS, PATIENCE_MS, Prompt,
    Purpose, Search, Standing, Taking,
};
use super::super::keymap::Call;
use super::super::layers;
use super::super::model::{CardWindow, Focus, Model};
use super::{keys, typing};
use crate::find::Query;
use crate::outline::Action;
use crate::plan::text::one_line;
use crate::plan::{NodeId, Said};

/// Opens the line, with something in it.
pub fn open(model: &mut Model, asking: Asking, arrangement: Arrangement, text: &str) -> Vec<Effect> {
    model.layers.clear();
    let before = Before {
        outline: model.outline.clone(),
        card: model.card,
        focus: model.focus,
        awaited: model.awaited.clone(),
    };
    model.focus = Focus::Outline;
    model.find.prompt = Some(Prompt {
        asking,
        input: text.into(),
        query: Query::default(),
        arrangement,
        answer: None,
        list: ListWindow::default(),
        recalled: None,
        completing: None,
        taking: Taking::No,
        before: Box::new(before),
    });
    typed(model)
}

/// The commands that open the line or work on search and filter.
pub fn run(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    Some(match call.id {
        CommandId::Search => open(model, Asking::Search, Arrangement::Tree, ""),
        CommandId::Pick => open(model, Asking::Search, Arrangement::Flat, ""),
        CommandId::EditFilter => {
            let text = model.find.standing.as_ref().map(|standing| standing.text.clone()).unwrap_or_default();
            open(model, Asking::Filter, Arrangement::Tree, &text)
        }
        CommandId::KeepLens => name_lens(model),
        CommandId::NextMatch | CommandId::PreviousMatch => {
            next_match(model, call);
            Vec::new()
        }
        CommandId::Lens => lens(model, call.letter.and_then(|c| c.to_digit(10)).unwrap_or(1) as usize),
        CommandId::NoLens => {
            if model.find.standing.is_none() {
                model.notice = Some(Said::new("没有过滤或镜头", "there is no filter or lens"));
            }
            clear_filter(model);
            Vec::new()
        }
        CommandId::Cancel if model.find.is_lit() => {
            if let Some(search) = &mut model.find.search {
                search.lit = Lit::No;
            }
            Vec::new()
        }
        _ => return None,
    })
}

/// A command while the line is open; nothing else runs there.
pub fn run_in_prompt(model: &mut Model, call: Call) -> Vec<Effect> {
    let page = model.panes.outline_height().max(1);
    let n = call.count.unwrap_or(1).max(1) as usize;
    match call.id {
        CommandId::Take => return take(model),
        CommandId::Cancel => cancel(model),
        CommandId::Down => select(model, n, Way::On),
        CommandId::Up => select(model, n, Way::Back),
        CommandId::PageDown => select(model, page, Way::On),
        CommandId::PageUp => select(model, page, Way::Back),
        CommandId::TreeOrFlat => tree_or_flat(model),
        CommandId::Complete => return typing::complete(model, typing::Turn::Next),
        CommandId::CompleteBack => return typing::complete(model, typing::Turn::Previous),
        CommandId::Older => return typing::recall(model, typing::Turn::Previous),
        CommandId::Newer => return typing::recall(model, typing::Turn::Next),
        CommandId::Redraw => return vec![Effect::Redraw],
        CommandId::Suspend => return vec![Effect::Suspend],
        _ => {}
    }
    Vec::new()
}

/// A chord for the line: an edit, or nothing.
pub fn edit(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let (Some(prompt), Some(edit)) = (&mut model.find.prompt, layers::edit(chord)) else { return Vec::new() };
    let full = prompt.input.value().chars().count() >= MAX_QUERY_CHARS;
    if full && (chord.text().is_some() || (chord.key, chord.ctrl) == (Key::Char('y'), Ctrl::Down)) {
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

fn too_long() -> Said {
    Said::new(
        format!("最多 {MAX_QUERY_CHARS} 个字符；多出的没有输入"),
        format!("at most {MAX_QUERY_CHARS} characters; the rest was left out"),
    )
}

/// The line has changed: reads it as a query and asks for its matches. What is not understood leaves what shows as it is.
pub fn typed(model: &mut Model) -> Vec<Effect> {
    let loaded = Arc::clone(&model.loaded);
    let Some(prompt) = &mut model.find.prompt else { return Vec::new() };
    if prompt.asking == Asking::LensName {
        return Vec::new();
    }
    let text = prompt.input.value().to_owned();
    prompt.query = Query::parse(&text, &loaded.plan);
    if text.trim().is_empty() {
        prompt.answer = None;
        prompt.list = ListWindow::default();
        model.find.awaited.remove(&Purpose::Prompt);
        model.outline = resting(model);
        return Vec::new();
    }
    if prompt.query.is_empty() {
        return Vec::new();
    }
    let within = if prompt.asking == Asking::Search { within(model) } else { None };
    ask(model, Purpose::Prompt, text, within)
}

/// The outline under the line, with nothing typed: as it was, or for a filter being edited, all of it.
fn resting(model: &Model) -> crate::outline::Outline {
    let Some(prompt) = &model.find.prompt else { return model.outline.clone() };
    let mut outline = prompt.before.outline.clone();
    if prompt.asking == Asking::Filter {
        outline.unsift(&model.plan().tree);
    }
    outline
}

fn within(model: &Model) -> Option<String> {
    model.find.standing.as_ref().map(|standing| standing.text.clone())
}

/// Asks the worker; the answer comes as a message.
fn ask(model: &mut Model, purpose: Purpose, query: String, within: Option<String>) -> Vec<Effect> {
    model.find.generation += 1;
    let generation = model.find.generation;
    model.find.awaited.insert(purpose, generation);
    // A filter holds for all of the plan; the rows see to the scope.
    let scope = if purpose == Purpose::Standing { None } else { model.outline.scope() };
    vec![Effect::Search(Asked { purpose, generation, query, within, scope })]
}

/// A search was answered. An answer that something newer was asked after is dropped.
pub fn found(model: &mut Model, purpose: Purpose, generation: u64, answer: Arc<Answer>) -> Vec<Effect> {
    if model.find.awaited.get(&purpose) != Some(&generation) {
        return Vec::new();
    }
    model.find.awaited.remove(&purpose);
    match purpose {
        Purpose::Prompt => found_for_prompt(model, answer),
        Purpose::Last => {
            if let Some(search) = &mut model.find.search {
                search.answer = Some(answer);
            }
            Vec::new()
        }
        Purpose::Standing => found_for_filter(model, answer),
    }
}

fn found_for_prompt(model: &mut Model, answer: Arc<Answer>) -> Vec<Effect> {
    let loaded = Arc::clone(&model.loaded);
    let Some(prompt) = &mut model.find.prompt else { return Vec::new() };
    model.outline.sift(&loaded.plan.tree, Arc::clone(&answer.sieve));
    prompt.list = ListWindow::default();
    let best = answer.hits.first().copied();
    prompt.answer = Some(answer);
    let taking = std::mem::take(&mut prompt.taking);
    if let Some(best) = best {
        show(model, best);
    }
    let Taking::WithAnswer(keys) = taking else { return Vec::new() };
    let mut effects = take(model);
    // Keys typed ahead were meant for what shows after a match was taken.
    if model.find.prompt.is_none() {
        for chord in keys {
            effects.extend(keys::press(model, chord));
        }
    }
    effects
}

/// Puts the cursor of what shows on a node; how it was stays untouched.
fn show(model: &mut Model, node: NodeId) {
    let loaded = Arc::clone(&model.loaded);
    model.outline.act(&loaded.plan.tree, Action::GoTo(node));
    model.card = CardWindow::default();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    On,
    Back,
}

impl Way {
    fn from(self, at: usize, by: usize) -> usize {
        match self {
            Way::On => at.saturating_add(by),
            Way::Back => at.saturating_sub(by),
        }
    }
}

/// Moves the selection below the line: over the flat list, over the matches of the tree, or over rows where nothing is typed.
fn select(model: &mut Model, n: usize, way: Way) {
    if model.find.is_flat() {
        let at = model.find.prompt.as_ref().map_or(0, |prompt| prompt.list.selected);
        return select_in_list(model, way.from(at, n));
    }
    let answer = model.find.prompt.as_ref().and_then(|prompt| prompt.answer.clone());
    let Some(answer) = answer else {
        let loaded = Arc::clone(&model.loaded);
        let action = if way == Way::On { Action::Down(n) } else { Action::Up(n) };
        model.outline.act(&loaded.plan.tree, action);
        model.card = CardWindow::default();
        return;
    };
    let (Some(here), matched) = (model.selected(), answer.sieve.matched()) else { return };
    // The first match behind the cursor, and the last before it.
    let target = match way {
        Way::On => matched.partition_point(|id| *id <= here).checked_add(n - 1),
        Way::Back => matched.partition_point(|id| *id < here).checked_sub(n),
    };
    let target = target.unwrap_or(0).min(matched.len().saturating_sub(1));
    if let Some(node) = matched.get(target) {
        show(model, *node);
    }
}

/// Selects a line of the flat list.
fn select_in_list(model: &mut Model, line: usize) {
    let lines = model.flat_rows().count();
    let height = model.panes.outline_height();
    let Some(prompt) = &mut model.find.prompt else { return };
    prompt.list.select(line, lines, height);
    let node = model.find.prompt.as_ref().and_then(|prompt| model.flat_rows().get(prompt.list.selected));
    if let Some(node) = node {
        show(model, node);
    }
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
        select_in_list(model, top + line);
    } else {
        show(model, node);
    }
    Vec::new()
}

fn tree_or_flat(model: &mut Model) {
    let here = model.selected();
    let Some(prompt) = &mut model.find.prompt else { return };
    if prompt.asking != Asking::Search {
        return;
    }
    prompt.arrangement = match prompt.arrangement {
        Arrangement::Tree => Arrangement::Flat,
        Arrangement::Flat => Arrangement::Tree,
    };
    if prompt.arrangement == Arrangement::Flat {
        let rows = model.flat_rows();
        let line = here.and_then(|node| rows.line_of(node));
        select_in_list(model, line.unwrap_or(0));
    }
}

/// Closes the line and brings everything back as it was.
fn cancel(model: &mut Model) {
    let Some(prompt) = model.find.prompt.take() else { return };
    model.find.awaited.remove(&Purpose::Prompt);
    let before = *prompt.before;
    (model.outline, model.card) = (before.outline, before.card);
    (model.focus, model.awaited) = (before.focus, before.awaited);
}

/// Accepts the line.
fn take(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = &mut model.find.prompt else { return Vec::new() };
    if prompt.asking == Asking::LensName {
        return take_lens_name(model);
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
        Asking::Filter => take_filter(model, text),
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
        keys::go_to(model, target);
    }
    let Some(answer) = answer else { return Vec::new() };
    model.find.search =
        Some(Search { text: text.clone(), scope, within, answer: Some(answer), lit: Lit::Yes });
    vec![typing::remember(model, text)]
}

/// Enter on a filter: it holds from now on; an empty one holds no longer.
fn take_filter(model: &mut Model, text: String) -> Vec<Effect> {
    let here = model.selected();
    let answer = model.find.prompt.as_ref().and_then(|prompt| prompt.answer.clone());
    cancel(model);
    let Some(answer) = answer.filter(|_| !text.is_empty()) else {
        clear_filter(model);
        return Vec::new();
    };
    let lens = model.find.standing.as_ref().filter(|standing| standing.text == text);
    let lens = lens.and_then(|standing| standing.lens.clone());
    model.find.standing = Some(Standing { text: text.clone(), lens, answer: Some(Arc::clone(&answer)) });
    apply_filter(model, &answer);
    if let Some(here) = here.filter(|here| answer.sieve.keeps(*here)) {
        keys::step(model, Action::GoTo(here));
    }
    vec![typing::remember(model, text)]
}

/// Shows what the filter lets through, from the whole of the plan, so that the folds to come back to stay those of the whole.
fn apply_filter(model: &mut Model, answer: &Answer) {
    let loaded = Arc::clone(&model.loaded);
    let outline = match &mut model.find.prompt {
        Some(prompt) => &mut prompt.before.outline,
        None => &mut model.outline,
    };
    outline.sift(&loaded.plan.tree, Arc::clone(&answer.sieve));
}

fn found_for_filter(model: &mut Model, answer: Arc<Answer>) -> Vec<Effect> {
    let Some(standing) = &mut model.find.standing else { return Vec::new() };
    standing.answer = Some(Arc::clone(&answer));
    let empty = answer.sieve.matched().is_empty();
    apply_filter(model, &answer);
    if empty {
        model.notice =
            Some(Said::new("过滤后没有节点；g0 取消过滤", "the filter lets nothing through; g0 clears it"));
    }
    typed(model)
}

/// Everything shows again; the cursor stays where it is.
pub fn clear_filter(model: &mut Model) {
    if model.find.standing.take().is_some() {
        model.find.awaited.remove(&Purpose::Standing);
        let loaded = Arc::clone(&model.loaded);
        model.outline.unsift(&loaded.plan.tree);
    }
}

/// Leaves the filter where it holds back a node that is gone to, and says so.
pub fn make_way(model: &mut Model, target: NodeId) {
    if model.find.standing.is_some() && !model.outline.admits(target) {
        clear_filter(model);
        model.notice = Some(Said::new(
            "目标不在过滤结果中：过滤已取消（F 再按 C-p 取回）",
            "the filter held the target back: it is cleared (F, then C-p brings it back)",
        ));
    }
}

fn lens(model: &mut Model, number: usize) -> Vec<Effect> {
    let Some(Lens { name, query }) = model.find.lenses.get(number - 1).cloned() else {
        model.notice = Some(Said::new(
            format!("没有镜头 {number}；F 设过滤，& 存为镜头"),
            format!("there is no lens {number}: F filters, & keeps the filter as a lens"),
        ));
        return Vec::new();
    };
    let read = Query::parse(&query, model.plan());
    if read.is_empty() {
        let why = read
            .problems
            .first()
            .map_or(Said::new("查询为空", "its query is empty"), |problem| problem.said.clone());
        model.notice =
            Some(Said::new(format!("镜头“{name}”：{}", why.zh), format!("lens {name}: {}", why.en)));
        return Vec::new();
    }
    model.find.standing = Some(Standing::new(query.clone(), Some(name)));
    ask(model, Purpose::Standing, query, None)
}

fn name_lens(model: &mut Model) -> Vec<Effect> {
    let Some(standing) = &model.find.standing else {
        model.notice = Some(Said::new("没有过滤可存；F 先设过滤", "no filter to keep; F sets one"));
        return Vec::new();
    };
    let name = standing.lens.clone().unwrap_or_default();
    open(model, Asking::LensName, Arrangement::Tree, &name)
}

fn take_lens_name(model: &mut Model) -> Vec<Effect> {
    let Some(prompt) = &model.find.prompt else { return Vec::new() };
    let name = one_line(prompt.input.value().trim()).into_owned();
    if name.is_empty() {
        model.notice = Some(Said::new("镜头要有名称", "a lens wants a name"));
        return Vec::new();
    }
    cancel(model);
    let Some(standing) = &mut model.find.standing else { return Vec::new() };
    standing.lens = Some(name.clone());
    vec![Effect::KeepLens(Lens { name, query: standing.text.clone() })]
}

/// Lenses were written, or not: then the filter bears no name that is nowhere kept.
pub fn lenses_kept(model: &mut Model, lenses: Vec<Lens>, said: Said) -> Vec<Effect> {
    if let Some(standing) = &mut model.find.standing {
        standing.lens = standing.lens.take().filter(|name| lenses.iter().any(|lens| lens.name == *name));
    }
    model.find.lenses = lenses;
    model.notice = Some(said);
    Vec::new()
}

/// `n` and `N`: to the next match, round the ends of what is in scope.
fn next_match(model: &mut Model, call: Call) {
    let Some(search) = &mut model.find.search else {
        model.notice = Some(Said::new("还没有查找；/ 开始", "nothing was searched for yet; / begins"));
        return;
    };
    search.lit = Lit::Yes;
    let (Some(answer), text) = (search.answer.clone(), search.text.clone()) else {
        model.notice = Some(Said::new("还在查找", "still searching"));
        return;
    };
    let matched: Vec<NodeId> = {
        let all = answer.sieve.within(&model.plan().tree, model.outline.scope());
        all.iter().copied().filter(|id| model.outline.admits(*id)).collect()
    };
    if matched.is_empty() {
        model.notice = Some(Said::new("范围内没有匹配", "no match in scope"));
        return;
    }
    let n = call.count.unwrap_or(1).max(1) as usize % matched.len();
    let n = if n == 0 { matched.len() } else { n };
    let before = matched.partition_point(|id| model.selected().is_some_and(|here| *id < here));
    let on = model.selected().is_some_and(|here| matched.get(before) == Some(&here));
    let (place, round) = if call.id == CommandId::NextMatch {
        let place = before + usize::from(on) + n - 1;
        (place % matched.len(), place >= matched.len())
    } else {
        ((before + matched.len() - n) % matched.len(), before < n)
    };
    keys::go_to(model, matched[place]);
    let (at, of) = (place + 1, matched.len());
    let round = if round { Said::new(" · 已绕回", " · went round") } else { Said::new("", "") };
    model.notice =
        Some(Said::new(format!("{text} · {at}/{of}{}", round.zh), format!("{text} · {at}/{of}{}", round.en)));
}

/// Scope or filter changed under the last search: it is looked for anew.
pub fn follow(model: &mut Model) -> Vec<Effect> {
    let (scope, within) = (model.outline.scope(), within(model));
    let Some(search) = &mut model.find.search else { return Vec::new() };
    if model.find.prompt.is_some() || (search.scope, &search.within) == (scope, &within) {
        return Vec::new();
    }
    (search.scope, search.within) = (scope, within.clone());
    let text = search.text.clone();
    ask(model, Purpose::Last, text, within)
}

/// The plan was exchanged: ids of the old one mean nothing any more, and everything is looked for anew.
pub fn replan(model: &mut Model) -> Vec<Effect> {
    model.find.awaited.clear();
    let mut effects = Vec::new();
    if let Some(standing) = &mut model.find.standing {
        standing.answer = None;
        let text = standing.text.clone();
        effects.extend(ask(model, Purpose::Standing, text, None));
    }
    let (scope, within) = (model.outline.scope(), within(model));
    if let Some(search) = &mut model.find.search {
        search.answer = None;
        (search.scope, search.within) = (scope, within.clone());
        let text = search.text.clone();
        effects.extend(ask(model, Purpose::Last, text, within));
    }
    if let Some(prompt) = &mut model.find.prompt {
        prompt.answer = None;
        prompt.list = ListWindow::default();
        effects.extend(typed(model));
    }
    effects
}

/// What there is to do once the first frame shows: the index, and the filter of last time.
pub fn opened(model: &mut Model) -> Vec<Effect> {
    let mut effects = vec![Effect::Index];
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
