//! Lists over the views: help, palette, links, problems. Their entries are remade from the model, never kept
//! in step by hand.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use tui_input::InputRequest;

use super::super::chord::Chord;
use super::super::command::{Call, CommandId, CommandSpec, Context, Group, Motion};
use super::super::effect::Effect;
use super::super::layers::{self, Choosing, EntryAction, Layer, LinkChoice, LinkWay, ListEntry};
use super::super::message::Mouse;
use super::super::model::{Model, Request};
use super::super::panes::list_height;
use super::super::view::Focus;
use super::{choices, compose, find, movement};
use crate::journal::JournalProblem;
use crate::plan::diagnostic::Diagnostic;
use crate::plan::metric::Basis;
use crate::plan::{NodeId, SourceId};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

/// Longest filter that is taken, in characters.
const MAX_FILTER_CHARS: usize = 200;

/// Makes the entries of the topmost list again.
pub fn refresh(model: &mut Model) {
    let Some(mut layer) = model.layers.pop() else { return };
    let filter = layer.input.as_ref().map_or("", |input| input.value()).trim().to_owned();
    let entries = entries(model, &layer.choosing, &filter);
    layer.renew(entries, list_height(model.size));
    model.layers.push(layer);
}

fn entries(model: &Model, choosing: &Choosing, filter: &str) -> Vec<ListEntry> {
    let situation = model.situation();
    if let Some(entries) = choices::entries(model, choosing, filter) {
        return entries;
    }
    match choosing {
        Choosing::Help => help(model, filter),
        Choosing::Palette => {
            let here = |command: &CommandSpec| runs_from_palette(command) && offers(model, command);
            commands(model, filter, |command| here(command) && (command.when)(&situation))
        }
        Choosing::Actions => {
            let runs = |command: &CommandSpec| runs_from_palette(command) && (command.when)(&situation);
            let mut entries = commands(model, filter, |command| runs(command) && !is_motion(command));
            if filter.is_empty() {
                // Where one can go from here comes before how it may be shown.
                entries.sort_by_key(|entry| !leads_on(model, entry));
            }
            entries
        }
        Choosing::Links(of) => {
            let links = model.plan().tree.find(of.as_str()).map(|node| links(model, node));
            links.unwrap_or_default().into_iter().map(|link| link_entry(model, link)).collect()
        }
        Choosing::Sources => sources(model, filter),
        Choosing::Problems => {
            let ui = model.view.ui;
            let of_plan = model.problems().iter().map(|diagnostic| problem_entry(diagnostic, ui));
            let of_journal = model.journal_view.journal.iter().flat_map(|journal| journal.problems());
            of_plan.chain(of_journal.map(|problem| journal_entry(&problem, ui))).collect()
        }
        _ => Vec::new(),
    }
}

/// Commands that need a letter after their keys cannot run from a list.
fn runs_from_palette(command: &CommandSpec) -> bool {
    !matches!(
        command.id,
        CommandId::SetMark
            | CommandId::GoToMark
            | CommandId::FoldToLevel
            | CommandId::Lens
            | CommandId::TreeOrFlat
            | CommandId::Complete
            | CommandId::CompleteBack
            | CommandId::NextField
            | CommandId::PreviousField
            | CommandId::Save
            | CommandId::Older
            | CommandId::Newer
            | CommandId::Take
            | CommandId::TakeNth
            | CommandId::Cancel
            | CommandId::Palette
            | CommandId::Actions
    )
}

/// Every command; over a review card those that work there first, what is decided with before all.
fn help(model: &Model, filter: &str) -> Vec<ListEntry> {
    let mut entries = commands(model, filter, |_| true);
    if model.reviewing().is_some() && filter.is_empty() {
        let id = |entry: &ListEntry| match entry.taken {
            EntryAction::Run(id) => Some(model.keymap.spec(id)),
            _ => None,
        };
        entries.sort_by_key(|entry| {
            let works = id(entry).filter(|command| offers(model, command));
            (works.is_none(), works.is_some_and(|command| command.group != Group::Review))
        });
    }
    entries
}

/// Over a review card what moves about in the outline below would go unseen.
fn offers(model: &Model, command: &CommandSpec) -> bool {
    let works = |context| !model.keymap.keys_of(command.id, context).is_empty();
    model.reviewing().is_none()
        || !model.is_shielded(command.id) && (command.keys.is_empty() || works(Context::Review))
}

/// Whether an entry leads to another node.
fn leads_on(model: &Model, entry: &ListEntry) -> bool {
    matches!(entry.taken, EntryAction::Run(id) if model.keymap.spec(id).group == Group::Jump)
}

/// What one presses many times, and would never look for in a list of things to do here.
fn is_motion(command: &CommandSpec) -> bool {
    command.group == Group::Move
}

fn commands(model: &Model, filter: &str, keep: impl Fn(&CommandSpec) -> bool) -> Vec<ListEntry> {
    let matcher = SkimMatcherV2::default().ignore_case();
    let ui = model.view.ui;
    let mut scored: Vec<(i64, usize, ListEntry)> = model
        .keymap
        .specs()
        .enumerate()
        .filter(|(_, command)| keep(command))
        .filter_map(|(order, command)| {
            let keys = keys_of(model, command.id);
            let score = score(&matcher, command, &keys, filter)?;
            let entry = ListEntry {
                left: keys.join(" "),
                title: command.title(ui).to_owned(),
                right: command.name.to_owned(),
                taken: if runs_from_palette(command) {
                    EntryAction::Run(command.id)
                } else {
                    EntryAction::Read
                },
            };
            Some((score, order, entry))
        })
        .collect();
    scored.sort_by_key(|(score, order, _)| (-score, *order));
    scored.into_iter().map(|(_, _, entry)| entry).collect()
}

/// The documents that nodes in scope rest on, those with most nodes first: how many nodes, title and date,
/// id.
fn sources(model: &Model, filter: &str) -> Vec<ListEntry> {
    let reader = model.reader();
    let plan = model.plan();
    let mut counts = vec![0usize; plan.sources.len()];
    let scope = model
        .outline
        .scope()
        .map_or_else(|| plan.tree.ids().collect(), |scope| plan.tree.subtree(scope).collect::<Vec<_>>());
    for node in scope {
        for evidence in &plan.tree.node(node).evidence {
            counts[evidence.source.0 as usize] += 1;
        }
    }
    let matcher = SkimMatcherV2::default().ignore_case();
    let mut entries: Vec<(usize, ListEntry)> = (0u32..)
        .zip(&counts)
        .filter(|(_, count)| **count > 0)
        .map(|(id, count)| {
            let title = one_line(&reader.source(SourceId(id))).into_owned();
            let right = one_line(&plan.source(SourceId(id)).id).into_owned();
            (*count, ListEntry { left: count.to_string(), title, right, taken: EntryAction::Read })
        })
        .filter(|(_, entry)| {
            filter.is_empty()
                || [&entry.title, &entry.right].iter().any(|text| matcher.fuzzy_match(text, filter).is_some())
        })
        .collect();
    entries.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// How well a command answers the filter, by title in either language, stable name or keys; `None` where it
/// does not.
fn score(matcher: &SkimMatcherV2, command: &CommandSpec, keys: &[String], filter: &str) -> Option<i64> {
    if filter.is_empty() {
        return Some(0);
    }
    if keys.iter().any(|key| key == filter) {
        return Some(i64::MAX);
    }
    let words = [command.zh, command.en, command.name];
    words
        .iter()
        .filter_map(|text| {
            filter.split_whitespace().map(|word| matcher.fuzzy_match(text, word)).sum::<Option<i64>>()
        })
        .max()
}

/// The keys of a command, those of the views first.
pub fn keys_of(model: &Model, id: CommandId) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for context in Context::ALL.iter().copied() {
        for key in model.keymap.keys_of(id, context) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
    }
    keys
}

/// The links of a node, what it serves first.
pub fn links(model: &Model, here: NodeId) -> Vec<LinkChoice> {
    let tree = &model.plan().tree;
    let serves =
        tree.serves(here).into_iter().map(|(to, basis)| LinkChoice { to, way: LinkWay::Serves, basis });
    let served = tree.served_by(here).iter().map(|link| LinkChoice {
        to: link.to,
        way: LinkWay::ServedBy,
        basis: link.basis,
    });
    serves.chain(served).collect()
}

fn link_entry(model: &Model, LinkChoice { to, way, basis }: LinkChoice) -> ListEntry {
    let ui = model.view.ui;
    let plan = model.plan();
    let node = plan.tree.node(to);
    let way = match way {
        LinkWay::Serves => ui.pick("服务", "serves"),
        LinkWay::ServedBy => ui.pick("被服务", "served by"),
    };
    let ours = if basis == Basis::Inferred { ui.pick(" · 推断", " · inferred") } else { "" };
    ListEntry {
        left: way.to_owned(),
        title: one_line(node.title.get_or_first(model.view.show.main()).text).into_owned(),
        right: format!("{}{ours}", node.key),
        taken: EntryAction::Go(node.key.clone()),
    }
}

fn problem_entry(diagnostic: &Diagnostic, ui: Ui) -> ListEntry {
    ListEntry {
        left: format!("{} {}:{}", diagnostic.code, one_line(&diagnostic.file), diagnostic.line),
        title: one_line(diagnostic.message.get(ui)).into_owned(),
        right: one_line(diagnostic.help.get(ui)).into_owned(),
        taken: EntryAction::Read,
    }
}

fn journal_entry(problem: &JournalProblem, ui: Ui) -> ListEntry {
    ListEntry {
        left: ui.pick("记录", "journal").to_owned(),
        title: one_line(problem.said().get(ui)).into_owned(),
        right: one_line(problem.advice().get(ui)).into_owned(),
        taken: EntryAction::Read,
    }
}

/// An edit of the filter line.
pub fn edit_filter(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(edit) = layers::edit(chord) {
        filter(model, edit);
    }
    Vec::new()
}

fn filter(model: &mut Model, edit: InputRequest) {
    let Some(layer) = model.layers.last_mut() else { return };
    let Some(input) = layer.input.as_mut() else { return };
    let full = input.value().chars().count() >= MAX_FILTER_CHARS;
    if full && matches!(edit, InputRequest::InsertChar(_)) {
        return;
    }
    if input.handle(edit).is_some_and(|changed| changed.value) {
        (layer.selected, layer.top, layer.asked) = (0, 0, true);
    }
}

/// Pasted text goes into the filter of the topmost list. Elsewhere it never runs as commands: it is searched
/// for.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.is_composing() {
        compose::paste(model, text);
        return Vec::new();
    }
    if model.is_prompting() || model.context() != Context::Input {
        return find::paste(model, text);
    }
    for c in one_line(text).trim().chars().take(MAX_FILTER_CHARS) {
        filter(model, InputRequest::InsertChar(c));
    }
    Vec::new()
}

/// Opens a list in the place of the one that shows.
pub fn ask(model: &mut Model, choosing: Choosing) -> Vec<Effect> {
    model.layers.pop();
    model.open_list(choosing);
    Vec::new()
}

/// Lists the problems of the files, where there are any.
pub fn ask_problems(model: &mut Model) -> Vec<Effect> {
    if model.has_problems() {
        model.open_list(Choosing::Problems);
    } else {
        model.notice =
            Some(Bilingual::new("规划与记录文件没有问题", "the files of plan and journal have no problems"));
    }
    Vec::new()
}

/// A motion over the entries.
pub fn motion(model: &mut Model, call: Call, motion: Motion) {
    let height = list_height(model.size);
    let Some(layer) = model.layers.last_mut() else { return };
    let target = motion.target(call, layer.selected, layer.entries.len(), height);
    layer.select(target, height);
    layer.lost = false;
}

/// Whether an entry may be taken as it stands. Not where the list changed by itself between what was read and
/// the key, and not where the cursor below it went elsewhere: then nothing is done, and it is said why.
fn stands(model: &mut Model, changed: fn(&Layer) -> bool) -> bool {
    let here = model.here().map(|here| here.name);
    let Some(layer) = model.layers.last_mut() else { return false };
    let moved = layer.about.is_some() && layer.about != here;
    let changed = changed(layer);
    (layer.lost, layer.renumbered) = (false, false);
    if moved {
        model.layers.pop();
        model.notice = Some(Bilingual::new(
            "光标所在的节点已变，未做任何事",
            "another node is under the cursor now, so nothing was done",
        ));
    } else if changed {
        model.notice = Some(Bilingual::new(
            "列表刚有变动，未做任何事；看清后再按一次",
            "the list has just changed, so nothing was done: look again and press again",
        ));
    }
    !moved && !changed
}

/// The entry with that number.
pub fn take_nth(model: &mut Model, digit: Option<char>) -> Vec<Effect> {
    let height = list_height(model.size);
    let Some(layer) = model.layers.last_mut() else { return Vec::new() };
    let at = digit.and_then(|c| c.to_digit(10)).and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
    match at.filter(|at| *at < layer.entries.len()) {
        Some(at) if stands(model, |layer| layer.renumbered) => {
            if let Some(layer) = model.layers.last_mut() {
                layer.select(at, height);
            }
            take(model)
        }
        _ => Vec::new(),
    }
}

/// Takes the selected entry. A command that it stands for is run by the caller: see `Model::asked_for`.
pub fn take(model: &mut Model) -> Vec<Effect> {
    if !stands(model, |layer| layer.lost) {
        return Vec::new();
    }
    let Some(layer) = model.layers.last() else { return Vec::new() };
    let Some(entry) = layer.entries.get(layer.selected) else { return Vec::new() };
    match entry.taken.clone() {
        EntryAction::Run(id) => {
            model.layers.pop();
            if !model.is_available(id) {
                model.notice = Some(Bilingual::new("现在不可用", "not available now"));
                return Vec::new();
            }
            model.asked_for = Some(Request::Command(Call::plain(id)));
            Vec::new()
        }
        EntryAction::Go(target) => {
            model.layers.pop();
            let Some(target) = model.plan().tree.find(target.as_str()) else { return Vec::new() };
            model.focus = if model.panes.is_wide() { model.focus } else { Focus::Outline };
            movement::go_to(model, target);
            Vec::new()
        }
        EntryAction::Read => Vec::new(),
        other => choices::take(model, other).unwrap_or_default(),
    }
}

/// The mouse over a list: the wheel moves, a click selects, a click on the selected entry takes it.
pub fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let height = list_height(model.size);
    let area = super::super::panes::list_area(model.size);
    let Some(layer) = model.layers.last_mut() else { return Vec::new() };
    match mouse {
        Mouse::WheelDown(_, n) => layer.select(layer.selected + usize::from(n), height),
        Mouse::WheelUp(_, n) => layer.select(layer.selected.saturating_sub(usize::from(n)), height),
        Mouse::Click(cell) => {
            let first = area.y + super::super::panes::LIST_HEAD_LINES;
            let inside = (area.x..area.x + area.width).contains(&cell.col)
                && (first..area.y + area.height).contains(&cell.line);
            if !inside {
                model.layers.pop();
                return Vec::new();
            }
            let entry = layer.top + usize::from(cell.line - first);
            if entry == layer.selected {
                return take(model);
            }
            layer.select(entry, height);
            layer.lost = false;
        }
    }
    Vec::new()
}
