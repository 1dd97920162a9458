//! A key press: resolved against the keymap, then run.

use super::super::card_window::CardWindow;
use super::super::chord::Chord;
use super::super::command::{CommandId, Context, command};
use super::super::effect::{Effect, MouseCapture};
use super::super::finding::{Arrangement, Asking, Taking};
use super::super::keymap::{Call, Pending, Resolution, is_cjk, split_alt};
use super::super::layers::{Choosing, LinkEntry, LinkWay};
use super::super::model::{Focus, Model};
use super::{annotate, card, columns, compose, filter, find, lists, meaning, pages, people, takeaway};
use crate::outline::{OutlineAction, OutlineChange, ScrollAlign};
use crate::page::LineTarget;
use crate::plan::NodeId;
use crate::text::Bilingual;

pub fn press(model: &mut Model, chord: Chord) -> Vec<Effect> {
    model.notice = None;
    if model.panes.too_small {
        return unseen(model, chord);
    }
    if awaits_review(model, chord) || typed_ahead(model, chord) {
        return Vec::new();
    }
    let resolution = model.keymap.resolve(&model.pending, chord, model.context());
    model.pending = Pending::default();
    match resolution {
        Resolution::Run(call) => run(model, call),
        Resolution::Pending(pending) => {
            model.pending = pending;
            Vec::new()
        }
        Resolution::Text(_) => edit(model, chord),
        Resolution::Unbound(chords) => unbound(model, chord, &chords),
    }
}

/// A key on a window too small to show anything: only what ends, suspends or draws the program again is done, whatever is open. Nobody is to record
/// what they cannot see; words that are being typed stay as a draft.
fn unseen(model: &Model, chord: Chord) -> Vec<Effect> {
    match model.keymap.resolve(&Pending::default(), chord, Context::Browse) {
        Resolution::Run(Call { id: CommandId::Quit | CommandId::QuitNow, .. }) => vec![Effect::Quit],
        Resolution::Run(Call { id: CommandId::Suspend, .. }) => vec![Effect::Suspend],
        Resolution::Run(Call { id: CommandId::Redraw, .. }) => vec![Effect::Redraw],
        _ => Vec::new(),
    }
}

/// Takes the first of keys that were typed ahead; the others wait for what it asks for.
pub fn typed(model: &mut Model, chords: &[Chord]) -> Vec<Effect> {
    let [first, rest @ ..] = chords else { return Vec::new() };
    let mut effects = press(model, *first);
    effects.extend((!rest.is_empty()).then(|| Effect::Type(rest.to_vec())));
    effects
}

/// Most keys kept that were typed before a search was answered.
const MAX_TYPED_AHEAD: usize = 1_000;

/// Keys behind an Enter whose search is not answered yet wait for it, so that a fast hand loses none. Esc gives the search up.
fn typed_ahead(model: &mut Model, chord: Chord) -> bool {
    let gives_up = model.keymap.resolve(&Pending::default(), chord, Context::Input)
        == Resolution::Run(Call::plain(CommandId::Cancel));
    match model.find.prompt.as_mut().map(|prompt| &mut prompt.taking) {
        Some(Taking::WithAnswer(keys)) if !gives_up => {
            if keys.len() < MAX_TYPED_AHEAD {
                keys.push(chord);
            }
            true
        }
        _ => false,
    }
}

/// Keys pressed before the session that the command line began shows are meant for its cards. Esc gives that up.
fn awaits_review(model: &mut Model, chord: Chord) -> bool {
    let gives_up = model.keymap.resolve(&Pending::default(), chord, Context::Browse)
        == Resolution::Run(Call::plain(CommandId::Cancel));
    let Some(awaited) = model.awaited_review.as_mut().filter(|_| !gives_up) else {
        model.awaited_review = None;
        return false;
    };
    if awaited.keys.len() < MAX_TYPED_AHEAD {
        awaited.keys.push(chord);
    }
    true
}

/// An edit of the line being typed.
fn edit(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if model.is_composing() {
        return compose::edit(model, chord);
    }
    if model.is_prompting() { find::edit(model, chord) } else { lists::edit_filter(model, chord) }
}

/// A chord that is bound to nothing: an edit of the line being typed, Esc and a key delivered as Alt, or a word about it.
fn unbound(model: &mut Model, chord: Chord, chords: &[Chord]) -> Vec<Effect> {
    if model.context().is_text() && super::super::layers::edit(chord).is_some() {
        return edit(model, chord);
    }
    let views = matches!(model.context(), Context::Browse | Context::Card);
    if let (true, [only], Some(c)) = (views && is_cjk(chord), chords, chord.text()) {
        debug_assert_eq!(*only, chord, "a Chinese character has no twin");
        return find::open(model, Asking::Search, Arrangement::Tree, &c.to_string());
    }
    if let (Some((first, second)), 1) = (split_alt(chord), chords.len()) {
        // The second is for what the first leaves: a line that closes once its draft is on disk must not take it as text.
        let mut effects = press(model, first);
        effects.push(Effect::Type(vec![second]));
        return effects;
    }
    if model.context().is_text() {
        return Vec::new();
    }
    let keys: String = chords.iter().map(ToString::to_string).collect();
    model.notice = Some(Bilingual::new(
        format!("{keys} 没有绑定命令；? 列出按键"),
        format!("{keys} is bound to nothing; ? lists the keys"),
    ));
    Vec::new()
}

/// What lies over the outline takes its commands first, from the top down; then those with a screen of their own.
fn claimed(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    if let Some(effects) = lists::run(model, call) {
        return Some(effects);
    }
    if model.is_composing() {
        return Some(compose::run(model, call));
    }
    if model.is_prompting() {
        return Some(find::run_in_prompt(model, call));
    }
    pages::run(model, call)
        .or_else(|| columns::run(model, call))
        .or_else(|| annotate::run(model, call))
        .or_else(|| takeaway::run(model, call))
        .or_else(|| meaning::run(model, call))
        .or_else(|| find::run(model, call))
}

pub fn run(model: &mut Model, call: Call) -> Vec<Effect> {
    if let Some(effects) = claimed(model, call) {
        return effects;
    }
    if let Some(action) = card::run(model, call) {
        return action;
    }
    if let Some(action) = outline_action(call, model.selected()) {
        return act(model, call, action);
    }
    match call.id {
        CommandId::OpenCard => model.focus = Focus::Card,
        CommandId::CloseCard => model.focus = Focus::Outline,
        CommandId::OtherPane => {
            model.focus = if model.focus == Focus::Card { Focus::Outline } else { Focus::Card };
        }
        CommandId::Actions => lists::open(model, Choosing::Actions),
        CommandId::Help => lists::open(model, Choosing::Help),
        CommandId::Palette => lists::open(model, Choosing::Palette),
        CommandId::Sources => lists::open(model, Choosing::Sources),
        CommandId::Problems if !lists::has_problems(model) => {
            model.notice = Some(Bilingual::new(
                "规划与记录文件没有问题",
                "the files of plan and journal have no problems",
            ));
        }
        CommandId::Problems => lists::open(model, Choosing::Problems),
        CommandId::FollowLink => follow(model),
        CommandId::JumpBack | CommandId::JumpForward => jump(model, call.id),
        CommandId::SetMark | CommandId::GoToMark => mark(model, call),
        CommandId::Language => {
            let show = model.next_show();
            model.set_show(show);
        }
        CommandId::RuleSet => return people::next_rule(model),
        CommandId::Mouse => return toggle_mouse(model),
        CommandId::Cancel => {
            model.notice = Some(Bilingual::new("没有可取消的；q 退出", "nothing to cancel; q quits"))
        }
        CommandId::Redraw => return vec![Effect::Redraw],
        CommandId::Suspend => return vec![Effect::Suspend],
        CommandId::Quit if model.focus == Focus::Card && !model.panes.is_wide() => {
            model.focus = Focus::Outline
        }
        CommandId::Quit | CommandId::QuitNow => return vec![Effect::Quit],
        _ => {}
    }
    Vec::new()
}

/// The outline's own commands.
fn outline_action(call: Call, selected: Option<NodeId>) -> Option<OutlineAction> {
    let n = call.count.unwrap_or(1).max(1) as usize;
    Some(match call.id {
        CommandId::Down => OutlineAction::Down(n),
        CommandId::Up => OutlineAction::Up(n),
        CommandId::First => OutlineAction::Row(n),
        CommandId::Last => call.count.map_or(OutlineAction::Last, |row| OutlineAction::Row(row as usize)),
        CommandId::HalfDown => OutlineAction::HalfDown(n),
        CommandId::HalfUp => OutlineAction::HalfUp(n),
        CommandId::PageDown => OutlineAction::PageDown(n),
        CommandId::PageUp => OutlineAction::PageUp(n),
        CommandId::Parent => OutlineAction::Parent(n),
        CommandId::NextSibling => OutlineAction::NextSibling(n),
        CommandId::PreviousSibling => OutlineAction::PreviousSibling(n),
        CommandId::FoldOrParent => OutlineAction::FoldOrParent,
        CommandId::UnfoldOrChild => OutlineAction::UnfoldOrChild,
        CommandId::ToggleFold => OutlineAction::Toggle,
        CommandId::Unfold => OutlineAction::Unfold,
        CommandId::Fold => OutlineAction::Fold,
        CommandId::UnfoldAll => OutlineAction::UnfoldAll,
        CommandId::FoldAll => OutlineAction::FoldAll,
        CommandId::FoldToLevel => {
            OutlineAction::FoldToLevel(call.letter.and_then(|c| c.to_digit(10)).or(call.count).unwrap_or(1))
        }
        CommandId::ScrollMiddle => OutlineAction::AlignTo(ScrollAlign::Middle),
        CommandId::ScrollTop => OutlineAction::AlignTo(ScrollAlign::Top),
        CommandId::ScrollBottom => OutlineAction::AlignTo(ScrollAlign::Bottom),
        CommandId::ZoomIn => OutlineAction::ZoomIn,
        CommandId::ZoomOut => OutlineAction::ZoomOut,
        _ => return None,
    })
    .filter(|action| selected.is_some() || is_window_move(*action))
}

/// Moves that need no node under the cursor: from the rows of orphans one goes back up.
fn is_window_move(action: OutlineAction) -> bool {
    matches!(
        action,
        OutlineAction::Down(_)
            | OutlineAction::Up(_)
            | OutlineAction::Row(_)
            | OutlineAction::Last
            | OutlineAction::HalfDown(_)
            | OutlineAction::HalfUp(_)
            | OutlineAction::PageDown(_)
            | OutlineAction::PageUp(_)
    )
}

/// Moves in the outline; a move of another kind than a step is a jump that can be taken back.
fn act(model: &mut Model, call: Call, action: OutlineAction) -> Vec<Effect> {
    let before = model.selected();
    let leaps = matches!(action, OutlineAction::Row(_) | OutlineAction::Last);
    let outcome = step(model, action);
    if let (true, Some(from)) = (leaps && before != model.selected(), before) {
        let key = model.plan().tree.node(from).key.clone();
        model.jumps.leave(key);
    }
    if outcome == OutlineChange::Unchanged {
        model.notice = why_not(call.id);
    }
    Vec::new()
}

/// One action of the outline; the card goes back to its top when another node is selected.
pub fn step(model: &mut Model, action: OutlineAction) -> OutlineChange {
    let under = |model: &Model| (model.selected(), model.outline.selected_in_tail());
    let before = under(model);
    model.moved();
    let loaded = std::sync::Arc::clone(&model.loaded);
    let outcome = model.outline.act(&loaded.plan.tree, action);
    if before != under(model) {
        model.card = CardWindow::default();
    }
    outcome
}

/// Why a command did nothing, where that is not plain to see.
fn why_not(id: CommandId) -> Option<Bilingual> {
    match id {
        CommandId::ZoomIn => Some(Bilingual::new("没有下级，不能进入", "nothing below to zoom into")),
        CommandId::ZoomOut => Some(Bilingual::new("已是整个规划", "this is the whole plan already")),
        CommandId::ToggleFold | CommandId::Unfold => {
            Some(Bilingual::new("没有下级可展开", "nothing below to unfold"))
        }
        _ => None,
    }
}

/// Goes to a node and notes where one came from.
pub fn go_to(model: &mut Model, target: NodeId) {
    if pages::go_to(model, target) {
        return;
    }
    let from = model.selected().map(|id| model.plan().tree.node(id).key.clone());
    let scope = model.outline.scope();
    filter::make_way(model, target);
    step(model, OutlineAction::GoTo(target));
    if let Some(from) = from.filter(|_| model.selected() == Some(target)) {
        model.jumps.leave(from);
    }
    if scope.is_some() && model.outline.scope().is_none() {
        model.notice = Some(Bilingual::new(
            "目标在范围之外：已回到整个规划",
            "the target is outside the scope: showing the whole plan",
        ));
    }
}

/// The links of a node, what it serves first.
pub fn links(model: &Model, here: NodeId) -> Vec<LinkEntry> {
    let tree = &model.plan().tree;
    let serves =
        tree.serves(here).into_iter().map(|(to, basis)| LinkEntry { to, way: LinkWay::Serves, basis });
    let served = tree.served_by(here).iter().map(|link| LinkEntry {
        to: link.to,
        way: LinkWay::ServedBy,
        basis: link.basis,
    });
    serves.chain(served).collect()
}

/// Follows the link selected on the card, the only link there is, or lets one choose.
fn follow(model: &mut Model) {
    let Ok(pointed) = model.pointed_on_card() else { return };
    if let Some(LineTarget::Node(target)) = pointed {
        return go_to(model, target);
    }
    let here = model.selected();
    let links = here.map(|here| links(model, here)).unwrap_or_default();
    match (links.as_slice(), here) {
        ([only], _) => go_to(model, only.to),
        ([_, ..], Some(here)) => {
            let key = model.plan().tree.node(here).key.clone();
            lists::open(model, Choosing::Links(key));
        }
        _ => model.notice = Some(Bilingual::new("这里没有链接", "no links here")),
    }
}

fn jump(model: &mut Model, id: CommandId) {
    let loaded = std::sync::Arc::clone(&model.loaded);
    let tree = &loaded.plan.tree;
    let Some(here) = model.selected().map(|node| tree.node(node).key.clone()) else { return };
    // Keys that left the plan are passed over.
    loop {
        let target = match id {
            CommandId::JumpBack => model.jumps.back(here.clone()),
            _ => model.jumps.forward(here.clone()),
        };
        let Some(key) = target else {
            model.notice = Some(Bilingual::new("没有更多跳转", "no more jumps"));
            return;
        };
        if let Some(target) = tree.find(key.as_str()) {
            filter::make_way(model, target);
            step(model, OutlineAction::GoTo(target));
            return;
        }
    }
}

fn mark(model: &mut Model, call: Call) {
    let (Some(letter), Some(here)) = (call.letter, model.selected()) else { return };
    if call.id == CommandId::SetMark {
        let key = model.plan().tree.node(here).key.clone();
        model.notice =
            Some(Bilingual::new(format!("标记 {letter} → {key}"), format!("mark {letter} → {key}")));
        model.marks.insert(letter, key);
        return;
    }
    let Some(key) = model.marks.get(&letter).cloned() else {
        model.notice = Some(Bilingual::new(format!("没有标记 {letter}"), format!("no mark {letter}")));
        return;
    };
    match model.plan().tree.find(key.as_str()) {
        Some(target) => go_to(model, target),
        None => {
            model.notice =
                Some(Bilingual::new(format!("{key} 已不在规划中"), format!("{key} has left the plan")))
        }
    }
}

fn toggle_mouse(model: &mut Model) -> Vec<Effect> {
    let (next, notice) = match model.mouse {
        MouseCapture::On => (
            MouseCapture::Off,
            Bilingual::new(
                "鼠标已交还终端，可以选取文字",
                "the terminal has the mouse: text can be selected",
            ),
        ),
        MouseCapture::Off => {
            (MouseCapture::On, Bilingual::new("鼠标由本程序使用", "the program has the mouse"))
        }
    };
    model.mouse = next;
    model.notice = Some(notice);
    vec![Effect::CaptureMouse(next)]
}

/// Whether a command can run now.
pub fn is_available(model: &Model, id: CommandId) -> bool {
    (command(id).when)(&model.situation())
}
