//! The one table of commands: what each is called, its keys, when it works and what it does. Help, palette,
//! hint bar, `plan158 keys`, `docs/keys.md` and the names in `config.toml` derive from it; a command without
//! something to do cannot be declared.

use super::actions::jump_by::JumpTarget;
use super::actions::{
    annotate, columns, compose, copy, filter, find, jump_by, jumps, lists, matches, movement, people, prompt,
    save, topmost, typing, view,
};
use super::command::{Call, CommandId, CommandSpec, Context, Group, Motion, On, Situation};
use super::effect::Effect;
use super::finding::{Arrangement, Asking};
use super::keymap::{Binding, Keymap};
use super::layers::Choosing;
use super::model::{Model, Request};
use super::pages::keys as pages;
use super::pages::{agreement, explain, export, history, legend, matrix, review, timeline};
use super::view::Focus;
use crate::journal::event::Blindness;
use crate::outline::{OutlineAction, ScrollAlign, SiblingDirection};
use crate::review::ReviewAction;
use crate::text::Bilingual;

/// What a command does.
pub type Run = fn(&mut Model, Call) -> Vec<Effect>;

/// A command: all that is said of it, and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    pub spec: CommandSpec,
    pub run: Run,
}

impl Command {
    /// The same command with a place in the hint bar.
    const fn hint(self, zh: &'static str, en: &'static str) -> Self {
        Self { spec: CommandSpec { hint: Some((zh, en)), ..self.spec }, ..self }
    }
}

/// Every command's declaration, in the order of help.
pub fn specs() -> impl DoubleEndedIterator<Item = &'static CommandSpec> + Clone {
    COMMANDS.iter().map(|command| &command.spec)
}

/// The default keys with changes laid over them, and what could not be bound.
pub fn keymap(bindings: &[Binding]) -> (Keymap, Vec<(usize, Bilingual)>) {
    Keymap::new(specs().collect(), bindings)
}

/// Runs a command, and the one that it asks for in turn, as an entry of a list does.
pub fn run(model: &mut Model, call: Call) -> Vec<Effect> {
    let mut effects = run_one(model, call);
    effects.extend(run_asked_for(model));
    effects
}

/// Does what the action before asked for in turn.
pub fn run_asked_for(model: &mut Model) -> Vec<Effect> {
    match model.asked_for.take() {
        Some(Request::Command(call)) => run(model, call),
        Some(Request::Card(node)) => review::keys::go_to(model, node),
        None => Vec::new(),
    }
}

fn run_one(model: &mut Model, call: Call) -> Vec<Effect> {
    let Some(command) = COMMANDS.iter().find(|command| command.spec.id == call.id) else { return Vec::new() };
    // A line that is being typed takes no other commands than its own.
    let is_line = model.is_composing() || model.is_prompting();
    if is_line && !command.spec.works_in(model.context()) {
        return Vec::new();
    }
    if model.layers.is_empty() {
        pages::before_command(model);
    }
    if let Some(refused) = review::keys::shielded(model, call.id) {
        return refused;
    }
    (command.run)(model, call)
}

const VIEWS: &[Context] = &[Context::Browse, Context::Card];
const TREE: &[Context] = &[Context::Browse];
const CARD: &[Context] = &[Context::Card];
const MOVES: &[Context] = &[Context::Browse, Context::Card, Context::Page, Context::List];
const SHOWN: &[Context] = &[Context::Browse, Context::Card, Context::Page, Context::Review];
const LIST: &[Context] = &[Context::List];
const PAGE: &[Context] = &[Context::Page];
/// Lists without a line to type in.
const ROWS: &[Context] = &[Context::Browse, Context::Page, Context::List];
const TYPING: &[Context] = &[Context::Input];
const FORM: &[Context] = &[Context::Form];
const REVIEW: &[Context] = &[Context::Review];
const UNDOING: &[Context] = &[Context::Page, Context::Review];
/// Where there is one node to say something of.
const HERE: &[Context] = &[Context::Browse, Context::Card, Context::Review];
/// Where there is something to scroll.
const SCROLLS: &[Context] = &[Context::Browse, Context::Card, Context::Page, Context::Review, Context::List];
const PICKS: &[Context] = &[Context::Page, Context::List, Context::Input];
const EVERYWHERE: &[Context] = Context::ALL;

const fn always(_: &Situation) -> bool {
    true
}

/// One line of the table.
const fn row(
    id: CommandId,
    name: &'static str,
    group: Group,
    (zh, en): (&'static str, &'static str),
    keys: &'static [On],
    when: fn(&Situation) -> bool,
    run: Run,
) -> Command {
    Command { spec: CommandSpec { id, name, group, zh, en, keys, when, hint: None }, run }
}

/// Every command, in the order of help.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    row(CommandId::Down, "down", Group::Move, ("下一行", "Row down"), &[On(MOVES, &["j", "Down"]), On(TYPING, &["Down", "C-j"]), On(ROWS, &["C-n", "C-j"])], |s| s.on_node, |m, c| topmost::motion(m, c, Motion::Down)),
    row(CommandId::Up, "up", Group::Move, ("上一行", "Row up"), &[On(MOVES, &["k", "Up"]), On(TYPING, &["Up"]), On(ROWS, &["C-p", "C-k"])], |s| s.on_node, |m, c| topmost::motion(m, c, Motion::Up)),
    row(CommandId::FoldOrParent, "fold-or-parent", Group::Move, ("折叠或到上级", "Fold, or to the parent"), &[On(VIEWS, &["h", "Left"])], |s| s.is_open || s.has_parent, |m, _| movement::act(m, OutlineAction::FoldOrParent)),
    row(CommandId::UnfoldOrChild, "unfold-or-child", Group::Move, ("展开或到首个下级", "Unfold, or to the first child"), &[On(VIEWS, &["l", "Right"])], |s| s.on_parent, |m, _| movement::act(m, OutlineAction::UnfoldOrChild)),
    row(CommandId::Parent, "parent", Group::Move, ("上级", "Parent"), &[On(VIEWS, &["H"])], |s| s.has_parent, |m, c| movement::act(m, OutlineAction::Parent(c.times()))),
    row(CommandId::NextSibling, "next-sibling", Group::Move, ("下一个同级", "Next sibling"), &[On(VIEWS, &["J"])], |s| s.on_node, |m, c| movement::act(m, OutlineAction::NextSibling(c.times()))),
    row(CommandId::PreviousSibling, "previous-sibling", Group::Move, ("上一个同级", "Previous sibling"), &[On(VIEWS, &["K"])], |s| s.on_node, |m, c| movement::act(m, OutlineAction::PreviousSibling(c.times()))),
    row(CommandId::First, "first", Group::Move, ("首行（带数字：第几行）", "First row (with a count: that row)"), &[On(MOVES, &["g g", "Home"])], |s| s.on_node, |m, c| topmost::motion(m, c, Motion::First)),
    row(CommandId::Last, "last", Group::Move, ("末行", "Last row"), &[On(MOVES, &["G", "End"])], |s| s.on_node, |m, c| topmost::motion(m, c, Motion::Last)),
    row(CommandId::HalfDown, "half-page-down", Group::Move, ("下半页", "Half a page down"), &[On(SCROLLS, &["C-d"])], |s| s.on_node, |m, c| topmost::motion(m, c, Motion::HalfDown)),
    row(CommandId::HalfUp, "half-page-up", Group::Move, ("上半页", "Half a page up"), &[On(SCROLLS, &["C-u"])], |s| s.on_node, |m, c| topmost::motion(m, c, Motion::HalfUp)),
    row(CommandId::PageDown, "page-down", Group::Move, ("下一页", "Page down"), &[On(SCROLLS, &["C-f", "PageDown"]), On(TYPING, &["PageDown"])], |s| s.on_node, |m, c| topmost::motion(m, c, Motion::PageDown)),
    row(CommandId::PageUp, "page-up", Group::Move, ("上一页", "Page up"), &[On(SCROLLS, &["C-b", "PageUp"]), On(TYPING, &["PageUp"])], |s| s.on_node, |m, c| topmost::motion(m, c, Motion::PageUp)),
    row(CommandId::ScrollMiddle, "scroll-middle", Group::Move, ("本行移到中间", "This row to the middle"), &[On(TREE, &["z z"])], |s| s.on_node, |m, _| movement::act(m, OutlineAction::AlignTo(ScrollAlign::Middle))),
    row(CommandId::ScrollTop, "scroll-top", Group::Move, ("本行移到顶部", "This row to the top"), &[On(TREE, &["z t"])], |s| s.on_node, |m, _| movement::act(m, OutlineAction::AlignTo(ScrollAlign::Top))),
    row(CommandId::ScrollBottom, "scroll-bottom", Group::Move, ("本行移到底部", "This row to the bottom"), &[On(TREE, &["z b"])], |s| s.on_node, |m, _| movement::act(m, OutlineAction::AlignTo(ScrollAlign::Bottom))),

    row(CommandId::ToggleFold, "fold-toggle", Group::Fold, ("折叠或展开", "Fold or unfold"), &[On(VIEWS, &["Space", "z a"])], |s| s.on_parent, |m, _| movement::act(m, OutlineAction::Toggle)).hint("折叠", "fold"),
    row(CommandId::Unfold, "unfold", Group::Fold, ("展开", "Unfold"), &[On(VIEWS, &["z o"])], |s| s.on_parent && !s.is_open, |m, _| movement::act(m, OutlineAction::Unfold)),
    row(CommandId::Fold, "fold", Group::Fold, ("折叠（无下级时折叠上级）", "Fold (a leaf: its parent)"), &[On(VIEWS, &["z c"])], |s| s.is_open || s.has_parent, |m, _| movement::act(m, OutlineAction::Fold)),
    row(CommandId::UnfoldAll, "unfold-all", Group::Fold, ("全部展开", "Unfold all"), &[On(VIEWS, &["z R"])], |s| s.on_node, |m, _| movement::act(m, OutlineAction::UnfoldAll)),
    row(CommandId::FoldAll, "fold-all", Group::Fold, ("全部折叠", "Fold all"), &[On(VIEWS, &["z M"])], |s| s.on_node, |m, _| movement::act(m, OutlineAction::FoldAll)),
    row(CommandId::FoldToLevel, "fold-to-level", Group::Fold, ("只显示到第几层", "Show so many levels"), &[On(VIEWS, &["z {n}"])], |s| s.on_node, |m, c| movement::act(m, OutlineAction::FoldToLevel(c.digit().or(c.count).unwrap_or(1)))),
    row(CommandId::ZoomIn, "zoom-in", Group::Fold, ("进入：只看这个分支", "Zoom into this branch"), &[On(VIEWS, &["."])], |s| s.on_parent, |m, _| movement::act(m, OutlineAction::ZoomIn)).hint("进入", "zoom"),
    row(CommandId::ZoomOut, "zoom-out", Group::Fold, ("退出一层", "Zoom out by one"), &[On(VIEWS, &["Backspace"])], |s| s.is_zoomed, |m, _| topmost::zoom_out(m)).hint("退出", "out"),

    row(CommandId::Search, "search", Group::Find, ("查找：边输入边显示匹配", "Search: matches show as you type"), &[On(HERE, &["/"])], always, |m, _| prompt::open(m, Asking::Search, Arrangement::Tree, "")).hint("查找", "find"),
    row(CommandId::NextMatch, "next-match", Group::Find, ("下一处匹配", "Next match"), &[On(HERE, &["n"])], |s| s.has_search, |m, c| matches::next_match(m, c, SiblingDirection::On)),
    row(CommandId::PreviousMatch, "previous-match", Group::Find, ("上一处匹配", "Previous match"), &[On(HERE, &["N"])], |s| s.has_search, |m, c| matches::next_match(m, c, SiblingDirection::Back)),
    row(CommandId::Pick, "pick", Group::Find, ("查找：最佳匹配在先，附预览", "Search: best matches first, with a preview"), &[On(HERE, &["f"])], always, |m, _| prompt::open(m, Asking::Search, Arrangement::Flat, "")),
    row(CommandId::EditFilter, "filter", Group::Find, ("筛选：只显示匹配，直到取消", "Filter: only matches show until it is cleared"), &[On(VIEWS, &["F"])], always, |m, _| find::edit_standing(m)),
    row(CommandId::KeepLens, "keep-lens", Group::Find, ("把筛选存为常用筛选", "Keep the filter as a lens"), &[On(VIEWS, &["&"])], |s| s.is_filtered, |m, _| filter::name_lens(m)),
    row(CommandId::Lens, "lens", Group::Find, ("用第几个常用筛选", "Look through a lens"), &[On(VIEWS, &["g {n}"])], |s| s.has_lenses, |m, c| filter::lens(m, c.digit().unwrap_or(1) as usize)),
    row(CommandId::NoLens, "no-lens", Group::Find, ("取消筛选", "No filter, no lens"), &[On(VIEWS, &["g 0"])], |s| s.is_filtered, |m, _| find::drop_filter(m)).hint("取消筛选", "no filter"),

    row(CommandId::NextOffPace, "next-off-pace", Group::Jump, ("下一个落后的", "Next off pace"), &[On(VIEWS, &["] r"])], |s| s.on_node, |m, c| jump_by::go(m, c, JumpTarget::OffPace, SiblingDirection::On)),
    row(CommandId::PreviousOffPace, "previous-off-pace", Group::Jump, ("上一个落后的", "Previous off pace"), &[On(VIEWS, &["[ r"])], |s| s.on_node, |m, c| jump_by::go(m, c, JumpTarget::OffPace, SiblingDirection::Back)),
    row(CommandId::NextNoted, "next-note", Group::Jump, ("下一个有笔记的", "Next with a note"), &[On(VIEWS, &["] n"])], |s| s.has_records, |m, c| jump_by::go(m, c, JumpTarget::Noted, SiblingDirection::On)),
    row(CommandId::PreviousNoted, "previous-note", Group::Jump, ("上一个有笔记的", "Previous with a note"), &[On(VIEWS, &["[ n"])], |s| s.has_records, |m, c| jump_by::go(m, c, JumpTarget::Noted, SiblingDirection::Back)),
    row(CommandId::NextUnreviewed, "next-unreviewed", Group::Jump, ("下一个未复核的", "Next unreviewed"), &[On(VIEWS, &["] u"])], |s| s.on_node, |m, c| jump_by::go(m, c, JumpTarget::Unreviewed, SiblingDirection::On)),
    row(CommandId::PreviousUnreviewed, "previous-unreviewed", Group::Jump, ("上一个未复核的", "Previous unreviewed"), &[On(VIEWS, &["[ u"])], |s| s.on_node, |m, c| jump_by::go(m, c, JumpTarget::Unreviewed, SiblingDirection::Back)),
    row(CommandId::NextDue, "next-due", Group::Jump, ("下一个到期的阶段目标", "Next due checkpoint"), &[On(VIEWS, &["] d"])], |s| s.on_node, |m, c| jump_by::go(m, c, JumpTarget::Due, SiblingDirection::On)),
    row(CommandId::PreviousDue, "previous-due", Group::Jump, ("上一个到期的阶段目标", "Previous due checkpoint"), &[On(VIEWS, &["[ d"])], |s| s.on_node, |m, c| jump_by::go(m, c, JumpTarget::Due, SiblingDirection::Back)),
    row(CommandId::NextContested, "next-contested", Group::Jump, ("下一个有争议的（来源或作者不同）", "Next contested or disagreed"), &[On(VIEWS, &["] c"])], |s| s.on_node, |m, c| jump_by::go(m, c, JumpTarget::Contested, SiblingDirection::On)),
    row(CommandId::PreviousContested, "previous-contested", Group::Jump, ("上一个有争议的", "Previous contested or disagreed"), &[On(VIEWS, &["[ c"])], |s| s.on_node, |m, c| jump_by::go(m, c, JumpTarget::Contested, SiblingDirection::Back)),
    row(CommandId::NextOrphan, "next-orphan", Group::Jump, ("下一个已离开规划的", "Next that has left the plan"), &[On(VIEWS, &["] o"])], |s| s.has_orphans, |m, _| jump_by::orphan(m, SiblingDirection::On)),
    row(CommandId::PreviousOrphan, "previous-orphan", Group::Jump, ("上一个已离开规划的", "Previous that has left the plan"), &[On(VIEWS, &["[ o"])], |s| s.has_orphans, |m, _| jump_by::orphan(m, SiblingDirection::Back)),

    row(CommandId::AddNote, "note", Group::Annotate, ("笔记（一行；Tab 换类别）", "Note in a line (Tab: another kind)"), &[On(HERE, &["a"])], |s| s.can_say, |m, _| annotate::add_note(m)).hint("笔记", "note"),
    row(CommandId::WriteNote, "write-note", Group::Annotate, ("笔记（在 $EDITOR 中写）", "Note in $EDITOR"), &[On(HERE, &["A"])], |s| s.can_say, |m, _| annotate::write_note(m)),
    row(CommandId::EditNote, "edit-note", Group::Annotate, ("修改光标处自己的笔记", "Edit the note under the cursor"), &[On(HERE, &["e"])], |s| s.can_say && s.has_own, |m, _| annotate::edit_note(m)),
    row(CommandId::Retract, "retract", Group::Annotate, ("撤回光标处自己的笔记或数值", "Retract the note or value under the cursor"), &[On(HERE, &["d d"])], |s| s.can_say && s.has_own, |m, _| annotate::retract(m)),
    row(CommandId::Verdict, "verdict", Group::Annotate, ("状态：给出结论", "Status: give a verdict"), &[On(HERE, &["s"])], |s| s.can_judge, |m, _| annotate::verdict(m)).hint("状态", "status"),
    row(CommandId::Progress, "progress", Group::Annotate, ("进度 0–100", "Progress 0–100"), &[On(HERE, &["p"])], |s| s.can_judge, |m, _| topmost::progress(m)),
    row(CommandId::Observe, "observe", Group::Annotate, ("记录观测值", "Record an observed value"), &[On(HERE, &["+"])], |s| s.can_say && s.on_metric, |m, _| annotate::observe(m)),
    row(CommandId::SeriesBreak, "series-break", Group::Annotate, ("口径变化：此后的数值不与此前相比", "Series break: later values are not compared with earlier ones"), &[], |s| s.can_say && s.on_metric, |m, _| annotate::series_break(m)),
    row(CommandId::Tags, "tags", Group::Annotate, ("标签：加上、去掉、新建", "Tags: put, take off, create"), &[On(HERE, &["t"])], |s| s.can_say, |m, _| annotate::tags(m)),
    row(CommandId::RenameTag, "rename-tag", Group::Annotate, ("标签改名或合并（全部节点，一步）", "Rename or merge a tag everywhere, in one step"), &[], |s| s.has_records, |m, _| annotate::choose_tag(m)),
    row(CommandId::Star, "star", Group::Annotate, ("星标 加/去", "Star on, off"), &[On(HERE, &["*"])], |s| s.can_say, |m, _| annotate::star(m)),
    row(CommandId::Undo, "undo", Group::Annotate, ("撤销自己的上一步", "Undo your last step"), &[On(VIEWS, &["u"]), On(UNDOING, &["u"])], |s| s.can_undo, |m, _| topmost::undo(m)),
    row(CommandId::Redo, "redo", Group::Annotate, ("重做", "Redo"), &[On(VIEWS, &["C-r"]), On(UNDOING, &["C-r"])], |s| s.can_redo, |m, _| annotate::redo(m)),
    row(CommandId::Reattach, "reattach", Group::Annotate, ("把已离开规划的记录重新关联到节点", "Reattach what has left the plan to a node"), &[], |s| s.on_orphan, |m, _| annotate::reattach(m)),

    row(CommandId::CopyText, "copy-text", Group::Take, ("复制文本", "Copy the text"), &[On(VIEWS, &["y y"])], |s| s.can_say, |m, _| copy::copy_text(m)),
    row(CommandId::CopyId, "copy-id", Group::Take, ("复制编号", "Copy the id"), &[On(VIEWS, &["y i"])], |s| s.can_say, |m, _| copy::copy_id(m)),
    row(CommandId::CopyPath, "copy-path", Group::Take, ("复制路径", "Copy the path"), &[On(VIEWS, &["y p"])], |s| s.on_node, |m, _| copy::copy_path(m)),
    row(CommandId::CopyMarkdown, "copy-markdown", Group::Take, ("复制 Markdown", "Copy as Markdown"), &[On(VIEWS, &["y m"])], |s| s.on_node, |m, _| copy::copy_markdown(m)),
    row(CommandId::CopyCitation, "copy-citation", Group::Take, ("复制引用（GB/T 7714、APA、BibTeX 等）", "Copy the citation (GB/T 7714, APA, BibTeX …)"), &[On(VIEWS, &["y c"])], |s| s.on_node, |m, _| copy::copy_citation(m)),
    row(CommandId::Export, "export", Group::Take, ("导出所见范围（先预览）", "Export the scope (preview first)"), &[On(VIEWS, &["x"])], |s| s.on_node, |m, _| export::keys::choose_format(m)),
    row(CommandId::Review, "review", Group::Review, ("复核所见范围", "Review what is in scope"), &[On(VIEWS, &["R"])], |s| !s.on_page, |m, _| review::keys::start_here(m, None)).hint("复核", "review"),
    row(CommandId::ReviewBlind, "review-blind", Group::Review, ("盲评：判断后才见各方结论", "Review blind: verdicts show once you have decided"), &[], |s| !s.on_page, |m, _| review::keys::start_here(m, Some(Blindness::Blind))),
    row(CommandId::Unchanged, "unchanged", Group::Review, ("仍准确，下一张（从未判断的只算看过）", "Still accurate, next (never judged: looked at)"), &[On(REVIEW, &["Enter"])], |s| s.is_reviewing, |m, _| review::keys::unchanged(m)).hint("不变", "unchanged"),
    row(CommandId::Decide, "decide", Group::Review, ("结论，下一张：1 顺 2 缓 3 微 4 退 5 成 6 未 7 止 8 证", "Verdict, next: 1 顺 2 缓 3 微 4 退 5 成 6 未 7 止 8 证"), &[On(REVIEW, &["{n}"])], |s| s.has_review_card, |m, c| review::keys::decide(m, c.letter)),
    row(CommandId::Skip, "skip", Group::Review, ("跳过，最后再来", "Skip: comes back at the end"), &[On(REVIEW, &["-"])], |s| s.has_review_card, |m, _| review::keys::on_card(m, ReviewAction::Skip)).hint("跳过", "skip"),
    row(CommandId::Bury, "bury", Group::Review, ("搁置到某日", "Bury until a day"), &[On(REVIEW, &["b"])], |s| s.has_review_card, |m, _| review::keys::bury(m)).hint("搁置", "bury"),
    row(CommandId::NeedsWork, "needs-work", Group::Review, ("待处理，下一张", "Needs work, next"), &[On(REVIEW, &["!"])], |s| s.has_review_card, |m, _| review::keys::on_card(m, ReviewAction::NeedsWork)).hint("待处理", "needs work"),
    row(CommandId::NextCard, "next-card", Group::Review, ("下一张，不作决定", "Next card, without deciding"), &[On(REVIEW, &["j", "Down"])], |s| s.has_review_card, |m, _| review::keys::on_card(m, ReviewAction::Next)),
    row(CommandId::PreviousCard, "previous-card", Group::Review, ("上一张，不作决定", "Previous card, without deciding"), &[On(REVIEW, &["k", "Up"])], |s| s.is_reviewing, |m, _| review::keys::on_card(m, ReviewAction::Previous)),
    row(CommandId::NextOpenCard, "next-open-card", Group::Review, ("下一张未定的", "Next undecided card"), &[On(REVIEW, &["J"])], |s| s.has_review_card, |m, _| review::keys::on_card(m, ReviewAction::NextOpen)),
    row(CommandId::PreviousOpenCard, "previous-open-card", Group::Review, ("上一张未定的", "Previous undecided card"), &[On(REVIEW, &["K"])], |s| s.is_reviewing, |m, _| review::keys::on_card(m, ReviewAction::PreviousOpen)),
    row(CommandId::LeaveBranch, "leave-branch", Group::Review, ("本分支其余本次略过", "Leave the rest of this branch out of the session"), &[On(REVIEW, &["D"])], |s| s.has_review_card, |m, _| review::keys::on_card(m, ReviewAction::LeaveBranch)),
    row(CommandId::Reveal, "reveal", Group::Review, ("揭示（盲评）", "Reveal (blind)"), &[On(REVIEW, &["r"])], |s| s.can_reveal, |m, _| review::keys::on_card(m, ReviewAction::Reveal)).hint("揭示", "reveal"),
    row(CommandId::EndReview, "end-review", Group::Review, ("结束本次复核，给出纪要", "End this session, with its minutes"), &[On(REVIEW, &["E"])], |s| s.is_reviewing, |m, _| review::keys::end(m)),
    row(CommandId::Agreement, "agreement", Group::Review, ("作者一致程度：分歧在先", "Agreement of authors: differences first"), &[On(SHOWN, &["g a"])], |s| s.has_records, |m, _| agreement::keys::open(m)),
    row(CommandId::Settle, "settle", Group::Review, ("记下分歧如何解决", "Say how a disagreement was settled"), &[On(PAGE, &["s"])], |s| s.on_difference, |m, _| agreement::keys::settle(m)).hint("解决", "settle"),

    row(CommandId::Legend, "legend", Group::View, ("图例：各种符号的意思", "Legend: what every sign means"), &[On(SHOWN, &["g ?"])], always, |m, _| legend::keys::open(m)),
    row(CommandId::Tree, "tree", Group::View, ("大纲", "Tree"), &[On(SHOWN, &["g t"])], always, |m, _| view::tree(m)),
    row(CommandId::History, "history", Group::View, ("历史：逐条记录回看", "History: look back record by record"), &[On(SHOWN, &["g h"])], |s| s.has_records, |m, _| history::keys::open(m)),
    row(CommandId::OpenCard, "open-card", Group::View, ("打开卡片", "Open the card"), &[On(TREE, &["Enter"])], |s| (s.on_node || s.on_orphan) && !s.on_card, |m, _| view::focus(m, Focus::Card)).hint("卡片", "card"),
    row(CommandId::Explain, "explain", Group::View, ("依据：判定的算式与来源", "Explain: the arithmetic behind the verdict"), &[On(SHOWN, &["="])], |s| s.on_node && !s.on_matrix, |m, _| explain::keys::open(m)).hint("依据", "why"),
    row(CommandId::RuleSet, "rule-set", Group::View, ("规则：进度比 → 序时进度 → 复合增长比 → 趋势外推", "Rule set: pace → xushi → opensdg → projection"), &[On(SHOWN, &["g r"])], |s| s.on_node, |m, _| people::next_rule(m)),
    row(CommandId::Columns, "columns", Group::View, ("带列的大纲 开/关", "Outline with columns, on or off"), &[On(SHOWN, &["g c"])], |s| s.on_node, |m, _| columns::toggle(m)),
    row(CommandId::PreviousColumn, "previous-column", Group::View, ("选前一列", "Choose the column before"), &[On(TREE, &["<"])], |s| s.has_columns, |m, c| columns::choose(m, c, SiblingDirection::Back)),
    row(CommandId::NextColumn, "next-column", Group::View, ("选后一列", "Choose the next column"), &[On(TREE, &[">"])], |s| s.has_columns, |m, c| columns::choose(m, c, SiblingDirection::On)).hint("选列", "column"),
    row(CommandId::SortColumn, "sort-column", Group::View, ("同级按所选列排序：升 → 降 → 原序", "Sort siblings by the column: up → down → reading order"), &[On(TREE, &["o"])], |s| s.has_columns, |m, _| columns::sort(m)).hint("排序", "sort"),
    row(CommandId::Timeline, "timeline", Group::View, ("时间表：何时到期", "Timeline: what is due when"), &[On(SHOWN, &["g y"])], |s| s.on_node, |m, _| timeline::keys::open(m)),
    row(CommandId::Matrix, "matrix", Group::View, ("矩阵：两个层级交叉", "Matrix: two levels crossed"), &[On(SHOWN, &["g m"])], |s| s.has_matrix, |m, _| matrix::keys::open(m)),
    row(CommandId::Left, "left", Group::Move, ("向左：前一年、前一列", "Left: a year back, the column before"), &[On(PAGE, &["h", "Left"])], |s| s.on_grid, |m, c| pages::sideways(m, c, SiblingDirection::Back)),
    row(CommandId::Right, "right", Group::Move, ("向右：后一年、后一列", "Right: a year on, the next column"), &[On(PAGE, &["l", "Right"])], |s| s.on_grid, |m, c| pages::sideways(m, c, SiblingDirection::On)).hint("左右", "sideways"),
    row(CommandId::OtherAxes, "other-axes", Group::View, ("换一对层级交叉", "Cross two other levels"), &[On(PAGE, &["Tab"])], |s| s.on_matrix, matrix::keys::other_axes).hint("换层级", "other levels"),
    row(CommandId::CloseCard, "close-card", Group::View, ("回到大纲", "Back to the outline"), &[On(CARD, &["Esc"])], |s| s.on_card, |m, _| view::focus(m, Focus::Outline)).hint("大纲", "outline"),
    row(CommandId::Actions, "actions", Group::View, ("这里能做什么", "What can be done here"), &[On(CARD, &["Enter"])], always, |m, _| lists::ask(m, Choosing::Actions)).hint("操作", "actions"),
    row(CommandId::OtherPane, "other-pane", Group::View, ("换到另一窗格", "Other pane"), &[On(VIEWS, &["Tab"])], |s| s.on_node, |m, _| view::other_pane(m)),
    row(CommandId::Language, "language", Group::View, ("语言：中 → 英 → 双语", "Language: zh → en → both"), &[On(SHOWN, &["g l"])], |s| s.has_languages, |m, _| topmost::language(m)).hint("语言", "language"),

    row(CommandId::Sources, "sources", Group::View, ("所见范围的来源文件", "Documents behind what is in scope"), &[On(HERE, &["g s"])], |s| s.on_node, |m, _| lists::ask(m, Choosing::Sources)),
    row(CommandId::Problems, "problems", Group::View, ("规划与记录文件中的问题", "Problems in the files of plan and journal"), &[On(HERE, &["g p"])], |s| s.has_problems, |m, _| lists::ask_problems(m)),

    row(CommandId::FollowLink, "follow-link", Group::Jump, ("跟随链接（服务、被服务）", "Follow a link (serves, served by)"), &[On(HERE, &["g d"])], |s| s.has_links, |m, _| jumps::follow(m)).hint("链接", "links"),
    row(CommandId::JumpBack, "jump-back", Group::Jump, ("跳回", "Jump back"), &[On(VIEWS, &["C-o", "[ j"])], |s| s.can_go_back, |m, _| jumps::jump(m, SiblingDirection::Back)).hint("跳回", "back"),
    row(CommandId::JumpForward, "jump-forward", Group::Jump, ("向前跳", "Jump forward"), &[On(VIEWS, &["] j"])], |s| s.can_go_forward, |m, _| jumps::jump(m, SiblingDirection::On)),
    row(CommandId::SetMark, "set-mark", Group::Jump, ("做标记", "Set a mark"), &[On(VIEWS, &["m {a}"])], |s| s.on_node, |m, c| jumps::set_mark(m, c.letter)),
    row(CommandId::GoToMark, "go-to-mark", Group::Jump, ("到标记", "Go to a mark"), &[On(VIEWS, &["' {a}"])], |s| s.has_marks, |m, c| jumps::go_to_mark(m, c.letter)),

    row(CommandId::Take, "take", Group::List, ("选定", "Take the selected entry"), &[On(PICKS, &["Enter"])], always, |m, _| topmost::take(m)).hint("选定", "take"),
    row(CommandId::TakeNth, "take-nth", Group::List, ("选定第几项", "Take the entry with that number"), &[On(LIST, &["{n}"])], always, |m, c| lists::take_nth(m, c.letter)),
    row(CommandId::TreeOrFlat, "tree-or-flat", Group::List, ("匹配：树状或平铺", "Matches: in their tree, or the best first"), &[On(TYPING, &["C-t"])], |s| s.is_typing, |m, _| matches::tree_or_flat(m)).hint("树/平铺", "tree/flat"),
    row(CommandId::Complete, "complete", Group::List, ("补全字段与取值", "Complete fields and values"), &[On(TYPING, &["Tab"])], |s| s.is_typing, |m, _| typing::complete(m, SiblingDirection::On)).hint("补全", "complete"),
    row(CommandId::CompleteBack, "complete-back", Group::List, ("上一个补全", "The suggestion before"), &[On(TYPING, &["S-Tab"])], |s| s.is_typing, |m, _| typing::complete(m, SiblingDirection::Back)),
    row(CommandId::Save, "save", Group::List, ("保存", "Save"), &[On(FORM, &["Enter"])], |s| s.is_composing, |m, _| save::save(m)).hint("保存", "save"),
    row(CommandId::NextField, "next-field", Group::List, ("下一栏，或下一类别", "Next field, or next kind"), &[On(FORM, &["Tab", "Down"])], |s| s.has_fields, |m, _| compose::turn(m, SiblingDirection::On)).hint("下一栏/类别", "field/kind"),
    row(CommandId::PreviousField, "previous-field", Group::List, ("上一栏，或上一类别", "Previous field, or previous kind"), &[On(FORM, &["S-Tab", "Up"])], |s| s.has_fields, |m, _| compose::turn(m, SiblingDirection::Back)),
    row(CommandId::Older, "older-query", Group::List, ("较早的查询", "An older query"), &[On(TYPING, &["C-p"])], |s| s.is_typing, |m, _| typing::recall(m, SiblingDirection::Back)).hint("历史", "history"),
    row(CommandId::Newer, "newer-query", Group::List, ("较新的查询", "A newer query"), &[On(TYPING, &["C-n"])], |s| s.is_typing, |m, _| typing::recall(m, SiblingDirection::On)),

    row(CommandId::Help, "help", Group::System, ("帮助", "Help"), &[On(SCROLLS, &["?", "F1"])], always, |m, _| lists::ask(m, Choosing::Help)).hint("帮助", "help"),
    row(CommandId::Palette, "palette", Group::System, ("命令面板", "All commands"), &[On(SCROLLS, &[":"])], always, |m, _| lists::ask(m, Choosing::Palette)).hint("命令", "commands"),
    row(CommandId::Cancel, "cancel", Group::System, ("取消一件事", "Cancel one thing"), &[On(EVERYWHERE, &["Esc", "C-c"])], |s| s.can_cancel, |m, _| topmost::cancel(m)).hint("取消", "cancel"),
    row(CommandId::Redraw, "redraw", Group::System, ("清屏重画", "Clear and redraw"), &[On(EVERYWHERE, &["C-l"])], always, |_, _| vec![Effect::Redraw]),
    row(CommandId::CardBeside, "card-beside", Group::View, ("大纲旁的卡片 开/关", "Card beside the outline, on or off"), &[On(VIEWS, &["|"])], always, |m, _| view::toggle_card_beside(m)),
    row(CommandId::Mouse, "mouse", Group::System, ("鼠标捕获 开/关", "Mouse capture on, off"), &[On(SHOWN, &["g M"])], always, |m, _| view::toggle_mouse(m)),
    row(CommandId::Suspend, "suspend", Group::System, ("挂起", "Suspend"), &[On(EVERYWHERE, &["C-z"])], |s| s.can_suspend, |_, _| vec![Effect::Suspend]),
    row(CommandId::Quit, "quit", Group::System, ("返回或退出", "Back, or quit"), &[On(SCROLLS, &["q"])], always, |m, _| topmost::quit(m)).hint("退出", "quit"),
    row(CommandId::QuitNow, "quit-now", Group::System, ("退出", "Quit"), &[On(SCROLLS, &["Q"])], always, |_, _| vec![Effect::Quit]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_and_every_id_stands_once_and_every_title_in_both_languages() {
        let names: BTreeSet<_> = specs().map(|command| command.name).collect();
        let ids: BTreeSet<_> = specs().map(|command| command.id).collect();
        assert_eq!((names.len(), ids.len()), (COMMANDS.len(), COMMANDS.len()));
        assert!(specs().all(|command| !command.zh.is_empty() && !command.en.is_empty()));
        // `QuitNow` is the last variant: the table misses none.
        assert_eq!(ids.len(), CommandId::QuitNow as usize + 1);
    }
}
