//! The one table of commands. Help, palette, hint bar, `plan158 keys`, `docs/keys.md` and the names in `config.toml` derive from it.

use crate::text::words::words;
use crate::text::{Bilingual, Ui};

words!(
    /// Where keys go: the topmost layer's context. In the order of the documents.
    Context {
        Browse = "browse" ("大纲", "Outline"),
        /// The card of one node.
        Card = "card" ("卡片", "Card"),
        /// A page: history, matrix, timeline and their like.
        Page = "page" ("页面", "Pages"),
        /// The card of a review session.
        Review = "review" ("复核卡片", "Review card"),
        /// A list to choose from.
        List = "list" ("列表", "Lists"),
        /// A line of text is being typed.
        Input = "input" ("输入", "Inputs"),
        /// Something is being said of a node: a line or a form at the foot.
        Form = "form" ("表单", "Forms"),
    }
);

impl Context {
    /// Whether what is typed there is text.
    pub fn is_text(self) -> bool {
        matches!(self, Context::Input | Context::Form)
    }
}

/// What belongs together in help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Move,
    Fold,
    /// Searching and filtering.
    Find,
    /// Links, jumps and marks.
    Jump,
    /// What people add.
    Annotate,
    /// Copies and exports.
    Take,
    Review,
    View,
    List,
    /// The program itself.
    System,
}

impl Group {
    /// Every group, in the order of help.
    pub const ALL: [Group; 10] = [
        Group::Move,
        Group::Fold,
        Group::Find,
        Group::Jump,
        Group::Annotate,
        Group::Take,
        Group::Review,
        Group::View,
        Group::List,
        Group::System,
    ];

    pub fn label(self, ui: Ui) -> &'static str {
        match self {
            Group::Move => ui.pick("移动", "Move"),
            Group::Fold => ui.pick("折叠与进入", "Fold and zoom"),
            Group::Find => ui.pick("查找与过滤", "Find and filter"),
            Group::Jump => ui.pick("链接、跳转、标记", "Links, jumps, marks"),
            Group::Annotate => ui.pick("记录", "Annotate"),
            Group::Take => ui.pick("取用", "Take away"),
            Group::Review => ui.pick("复核", "Review"),
            Group::View => ui.pick("显示", "View"),
            Group::List => ui.pick("列表与输入", "Lists and inputs"),
            Group::System => ui.pick("系统", "System"),
        }
    }
}

/// What the user can ask for. The stable names stand in [`COMMANDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommandId {
    /// See the table for each.
    Down,
    Up,
    /// First row, or the row with the count.
    First,
    Last,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    Parent,
    NextSibling,
    PreviousSibling,
    /// Fold, or go to the parent.
    FoldOrParent,
    /// Unfold, or go to the first child.
    UnfoldOrChild,
    ToggleFold,
    Unfold,
    Fold,
    /// Unfold everything in scope.
    UnfoldAll,
    /// Fold everything in scope.
    FoldAll,
    FoldToLevel,
    /// Cursor row to the top.
    ScrollTop,
    /// Cursor row to the middle.
    ScrollMiddle,
    /// Cursor row to the bottom.
    ScrollBottom,
    ZoomIn,
    ZoomOut,
    OpenCard,
    CloseCard,
    OtherPane,
    FollowLink,
    JumpBack,
    JumpForward,
    SetMark,
    GoToMark,
    /// To the next node off pace.
    NextOffPace,
    PreviousOffPace,
    /// To the next node with a note.
    NextNoted,
    PreviousNoted,
    /// To the next node nobody has reviewed.
    NextUnreviewed,
    PreviousUnreviewed,
    /// To the next node with something due.
    NextDue,
    PreviousDue,
    /// To the next node on which sources or people disagree.
    NextContested,
    PreviousContested,
    /// To the next id that has left the plan.
    NextOrphan,
    PreviousOrphan,
    AddNote,
    WriteNote,
    EditNote,
    /// Retract a note or value.
    Retract,
    Verdict,
    /// Say how far it is.
    Share,
    /// Record an observed value.
    Observe,
    /// Record that the series counts something else from a moment on.
    SeriesBreak,
    /// Put tags on or off.
    Tags,
    RenameTag,
    Star,
    /// Take one's last step back.
    Undo,
    /// Bring it back.
    Redo,
    /// Give what was said of an orphan to a node.
    Reattach,
    CopyText,
    CopyId,
    CopyPath,
    /// Copy the node in Markdown.
    CopyMarkdown,
    CopyCitation,
    Export,
    Review,
    /// The same, with verdicts hidden until one has decided.
    ReviewBlind,
    /// Still accurate, next.
    Unchanged,
    /// The verdict with that number, next.
    Decide,
    Skip,
    /// Put off until a day.
    Bury,
    /// Somebody must work on it, next.
    NeedsWork,
    NextCard,
    PreviousCard,
    NextOpenCard,
    PreviousOpenCard,
    /// Leave the rest of the branch out.
    LeaveBranch,
    /// Show what a blind session hides.
    Reveal,
    /// End the session for good.
    EndReview,
    /// Where authors agree.
    Agreement,
    /// Say how a disagreement was settled.
    Settle,
    /// The records of the scope.
    History,
    Tree,
    /// The arithmetic behind a verdict.
    Explain,
    RuleSet,
    /// The outline with columns, on or off.
    Columns,
    PreviousColumn,
    NextColumn,
    /// Siblings by the chosen column.
    SortColumn,
    /// What is due when.
    Timeline,
    /// Two levels crossed.
    Matrix,
    /// To the left on a page.
    Left,
    /// To the right on a page.
    Right,
    /// Two other levels crossed.
    OtherAxes,
    /// Take the entry with that number.
    TakeNth,
    /// Search, matches in their tree.
    Search,
    /// Search, the best matches first.
    Pick,
    NextMatch,
    PreviousMatch,
    /// Set or change the standing filter.
    EditFilter,
    /// Keep the filter as a lens.
    KeepLens,
    /// Look through a lens.
    Lens,
    /// No filter, no lens.
    NoLens,
    /// Matches in their tree, or the best first.
    TreeOrFlat,
    Complete,
    /// The suggestion before.
    CompleteBack,
    /// Record what was typed.
    Save,
    /// The next field of a form, or the next kind of note.
    NextField,
    PreviousField,
    Older,
    Newer,
    Language,
    /// Documents behind the scope.
    Sources,
    /// Problems in the plan's files.
    Problems,
    /// Mouse capture on or off.
    Mouse,
    Help,
    Palette,
    /// Palette of what can be done here.
    Actions,
    /// Take the selected entry.
    Take,
    Cancel,
    Redraw,
    Suspend,
    /// Back, or quit.
    Quit,
    QuitNow,
}

/// What is the case now, as far as availability asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// There is a node under the cursor.
    pub on_node: bool,
    /// The card has the keys.
    pub on_card: bool,
    pub on_parent: bool,
    pub is_open: bool,
    /// There is a row above it in the tree.
    pub has_parent: bool,
    /// It links to something, or something to it.
    pub has_links: bool,
    /// The view is zoomed in.
    pub is_zoomed: bool,
    /// There is a jump to go back to.
    pub can_go_back: bool,
    /// There is a jump to go forward to.
    pub can_go_forward: bool,
    pub has_marks: bool,
    /// Something can be cancelled.
    pub can_cancel: bool,
    /// A search or filter is being typed.
    pub is_typing: bool,
    /// Something is being said of a node.
    pub is_composing: bool,
    /// It has several fields, or kinds to choose from.
    pub has_fields: bool,
    pub on_page: bool,
    /// A card of a review session shows.
    pub is_reviewing: bool,
    /// There is a card to decide on.
    pub has_review_card: bool,
    /// The session hides verdicts, and something is decided.
    pub can_reveal: bool,
    /// Authors differ on what is under the cursor of their page.
    pub on_difference: bool,
    /// Something can be said of what is under the cursor.
    pub can_say: bool,
    pub on_metric: bool,
    /// It is an id that has left the plan.
    pub on_orphan: bool,
    /// Somebody has written notes or values here.
    pub has_own: bool,
    /// One has a step to take back.
    pub can_undo: bool,
    /// One has a step to bring back.
    pub can_redo: bool,
    /// Somebody has recorded something.
    pub has_records: bool,
    /// Something people said has lost its node.
    pub has_orphans: bool,
    pub has_search: bool,
    /// Its matches are marked.
    pub is_lit: bool,
    pub is_filtered: bool,
    pub has_lenses: bool,
    /// The plan has more than one language.
    pub has_languages: bool,
    /// The files of the plan or the journal have problems.
    pub has_problems: bool,
    pub has_columns: bool,
    /// The plan names a matrix.
    pub has_matrix: bool,
    pub on_matrix: bool,
    /// The matrix or the timeline shows.
    pub on_grid: bool,
    pub can_suspend: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Command {
    pub id: CommandId,
    /// Stable name, for `config.toml` and the palette.
    pub name: &'static str,
    /// Where it stands in help.
    pub group: Group,
    /// Title in Chinese.
    pub zh: &'static str,
    /// Title in English.
    pub en: &'static str,
    /// Default keys and where they work: chords with a space between them; `{a}` stands for any character, `{n}` for 1…9.
    pub keys: &'static [On],
    /// Whether it does anything now.
    pub when: fn(&Situation) -> bool,
    /// Its short name in the hint bar, where it has a place there.
    pub hint: Option<(&'static str, &'static str)>,
}

impl Command {
    /// The same command with a place in the hint bar.
    const fn hint(self, zh: &'static str, en: &'static str) -> Self {
        Self { hint: Some((zh, en)), ..self }
    }

    pub fn title(&self, ui: Ui) -> &'static str {
        ui.pick(self.zh, self.en)
    }

    /// Its title in both languages.
    pub fn said(&self) -> Bilingual {
        Bilingual::new(self.zh, self.en)
    }
}

/// Keys and the contexts they work in.
#[derive(Clone, Copy, Debug)]
pub struct On(pub &'static [Context], pub &'static [&'static str]);

/// The entry of a command.
pub fn command(id: CommandId) -> &'static Command {
    // The table has an entry for every id: the test below holds it.
    COMMANDS.iter().find(|command| command.id == id).unwrap_or(&COMMANDS[0])
}

const VIEWS: &[Context] = &[Context::Browse, Context::Card];
const TREE: &[Context] = &[Context::Browse];
const CARD: &[Context] = &[Context::Card];
const MOVES: &[Context] = &[Context::Browse, Context::Card, Context::Page, Context::List];
const SHOWN: &[Context] = &[Context::Browse, Context::Card, Context::Page, Context::Review];
const LIST: &[Context] = &[Context::List];
const PAGE: &[Context] = &[Context::Page];
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
) -> Command {
    Command { id, name, group, zh, en, keys, when, hint: None }
}

/// Every command, in the order of help.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    row(CommandId::Down, "down", Group::Move, ("下一行", "Row down"), &[On(MOVES, &["j", "Down"]), On(TYPING, &["Down"])], |s| s.on_node),
    row(CommandId::Up, "up", Group::Move, ("上一行", "Row up"), &[On(MOVES, &["k", "Up"]), On(TYPING, &["Up"])], |s| s.on_node),
    row(CommandId::FoldOrParent, "fold-or-parent", Group::Move, ("折叠或到上级", "Fold, or to the parent"), &[On(VIEWS, &["h", "Left"])], |s| s.is_open || s.has_parent),
    row(CommandId::UnfoldOrChild, "unfold-or-child", Group::Move, ("展开或到首个下级", "Unfold, or to the first child"), &[On(VIEWS, &["l", "Right"])], |s| s.on_parent),
    row(CommandId::Parent, "parent", Group::Move, ("上级", "Parent"), &[On(VIEWS, &["H"])], |s| s.has_parent),
    row(CommandId::NextSibling, "next-sibling", Group::Move, ("下一个同级", "Next sibling"), &[On(VIEWS, &["J"])], |s| s.on_node),
    row(CommandId::PreviousSibling, "previous-sibling", Group::Move, ("上一个同级", "Previous sibling"), &[On(VIEWS, &["K"])], |s| s.on_node),
    row(CommandId::First, "first", Group::Move, ("首行（带数字：第几行）", "First row (with a count: that row)"), &[On(MOVES, &["g g", "Home"])], |s| s.on_node),
    row(CommandId::Last, "last", Group::Move, ("末行", "Last row"), &[On(MOVES, &["G", "End"])], |s| s.on_node),
    row(CommandId::HalfDown, "half-page-down", Group::Move, ("下半页", "Half a page down"), &[On(SCROLLS, &["C-d"])], |s| s.on_node),
    row(CommandId::HalfUp, "half-page-up", Group::Move, ("上半页", "Half a page up"), &[On(SCROLLS, &["C-u"])], |s| s.on_node),
    row(CommandId::PageDown, "page-down", Group::Move, ("下一页", "Page down"), &[On(SCROLLS, &["C-f", "PageDown"]), On(TYPING, &["PageDown"])], |s| s.on_node),
    row(CommandId::PageUp, "page-up", Group::Move, ("上一页", "Page up"), &[On(SCROLLS, &["C-b", "PageUp"]), On(TYPING, &["PageUp"])], |s| s.on_node),
    row(CommandId::ScrollMiddle, "scroll-middle", Group::Move, ("本行移到中间", "This row to the middle"), &[On(TREE, &["z z"])], |s| s.on_node),
    row(CommandId::ScrollTop, "scroll-top", Group::Move, ("本行移到顶部", "This row to the top"), &[On(TREE, &["z t"])], |s| s.on_node),
    row(CommandId::ScrollBottom, "scroll-bottom", Group::Move, ("本行移到底部", "This row to the bottom"), &[On(TREE, &["z b"])], |s| s.on_node),

    row(CommandId::ToggleFold, "fold-toggle", Group::Fold, ("折叠或展开", "Fold or unfold"), &[On(VIEWS, &["Space", "z a"])], |s| s.on_parent).hint("折叠", "fold"),
    row(CommandId::Unfold, "unfold", Group::Fold, ("展开", "Unfold"), &[On(VIEWS, &["z o"])], |s| s.on_parent && !s.is_open),
    row(CommandId::Fold, "fold", Group::Fold, ("折叠（无下级时折叠上级）", "Fold (a leaf: its parent)"), &[On(VIEWS, &["z c"])], |s| s.is_open || s.has_parent),
    row(CommandId::UnfoldAll, "unfold-all", Group::Fold, ("全部展开", "Unfold all"), &[On(VIEWS, &["z R"])], |s| s.on_node),
    row(CommandId::FoldAll, "fold-all", Group::Fold, ("全部折叠", "Fold all"), &[On(VIEWS, &["z M"])], |s| s.on_node),
    row(CommandId::FoldToLevel, "fold-to-level", Group::Fold, ("只显示到第几层", "Show so many levels"), &[On(VIEWS, &["z {n}"])], |s| s.on_node),
    row(CommandId::ZoomIn, "zoom-in", Group::Fold, ("进入：只看这个分支", "Zoom into this branch"), &[On(VIEWS, &["."])], |s| s.on_parent).hint("进入", "zoom"),
    row(CommandId::ZoomOut, "zoom-out", Group::Fold, ("退出一层", "Zoom out by one"), &[On(VIEWS, &["Backspace"])], |s| s.is_zoomed).hint("退出", "out"),

    row(CommandId::Search, "search", Group::Find, ("查找：边输入边显示匹配", "Search: matches show as you type"), &[On(HERE, &["/"])], always).hint("查找", "find"),
    row(CommandId::NextMatch, "next-match", Group::Find, ("下一处匹配", "Next match"), &[On(HERE, &["n"])], |s| s.has_search),
    row(CommandId::PreviousMatch, "previous-match", Group::Find, ("上一处匹配", "Previous match"), &[On(HERE, &["N"])], |s| s.has_search),
    row(CommandId::Pick, "pick", Group::Find, ("查找：最佳匹配在先，附预览", "Search: best matches first, with a preview"), &[On(HERE, &["f"])], always),
    row(CommandId::EditFilter, "filter", Group::Find, ("过滤：只显示匹配，直到取消", "Filter: only matches show until it is cleared"), &[On(VIEWS, &["F"])], always),
    row(CommandId::KeepLens, "keep-lens", Group::Find, ("把过滤存为镜头", "Keep the filter as a lens"), &[On(VIEWS, &["&"])], |s| s.is_filtered),
    row(CommandId::Lens, "lens", Group::Find, ("第几个镜头", "Look through a lens"), &[On(VIEWS, &["g {n}"])], |s| s.has_lenses),
    row(CommandId::NoLens, "no-lens", Group::Find, ("取消过滤或镜头", "No filter, no lens"), &[On(VIEWS, &["g 0"])], |s| s.is_filtered).hint("取消过滤", "no filter"),

    row(CommandId::NextOffPace, "next-off-pace", Group::Jump, ("下一个落后的", "Next off pace"), &[On(VIEWS, &["] r"])], |s| s.on_node),
    row(CommandId::PreviousOffPace, "previous-off-pace", Group::Jump, ("上一个落后的", "Previous off pace"), &[On(VIEWS, &["[ r"])], |s| s.on_node),
    row(CommandId::NextNoted, "next-note", Group::Jump, ("下一个有笔记的", "Next with a note"), &[On(VIEWS, &["] n"])], |s| s.has_records),
    row(CommandId::PreviousNoted, "previous-note", Group::Jump, ("上一个有笔记的", "Previous with a note"), &[On(VIEWS, &["[ n"])], |s| s.has_records),
    row(CommandId::NextUnreviewed, "next-unreviewed", Group::Jump, ("下一个未复核的", "Next unreviewed"), &[On(VIEWS, &["] u"])], |s| s.on_node),
    row(CommandId::PreviousUnreviewed, "previous-unreviewed", Group::Jump, ("上一个未复核的", "Previous unreviewed"), &[On(VIEWS, &["[ u"])], |s| s.on_node),
    row(CommandId::NextDue, "next-due", Group::Jump, ("下一个到期的检查点", "Next due checkpoint"), &[On(VIEWS, &["] d"])], |s| s.on_node),
    row(CommandId::PreviousDue, "previous-due", Group::Jump, ("上一个到期的检查点", "Previous due checkpoint"), &[On(VIEWS, &["[ d"])], |s| s.on_node),
    row(CommandId::NextContested, "next-contested", Group::Jump, ("下一个有争议的（来源或作者不同）", "Next contested or disagreed"), &[On(VIEWS, &["] c"])], |s| s.on_node),
    row(CommandId::PreviousContested, "previous-contested", Group::Jump, ("上一个有争议的", "Previous contested or disagreed"), &[On(VIEWS, &["[ c"])], |s| s.on_node),
    row(CommandId::NextOrphan, "next-orphan", Group::Jump, ("下一个已离开规划的", "Next that has left the plan"), &[On(VIEWS, &["] o"])], |s| s.has_orphans),
    row(CommandId::PreviousOrphan, "previous-orphan", Group::Jump, ("上一个已离开规划的", "Previous that has left the plan"), &[On(VIEWS, &["[ o"])], |s| s.has_orphans),

    row(CommandId::AddNote, "note", Group::Annotate, ("笔记（一行；Tab 换类别）", "Note in a line (Tab: another kind)"), &[On(HERE, &["a"])], |s| s.can_say).hint("笔记", "note"),
    row(CommandId::WriteNote, "write-note", Group::Annotate, ("笔记（在 $EDITOR 中写）", "Note in $EDITOR"), &[On(HERE, &["A"])], |s| s.can_say),
    row(CommandId::EditNote, "edit-note", Group::Annotate, ("修改光标处自己的笔记", "Edit the note under the cursor"), &[On(HERE, &["e"])], |s| s.can_say && s.has_own),
    row(CommandId::Retract, "retract", Group::Annotate, ("撤回光标处自己的笔记或数值", "Retract the note or value under the cursor"), &[On(HERE, &["d d"])], |s| s.can_say && s.has_own),
    row(CommandId::Verdict, "verdict", Group::Annotate, ("状态：给出结论", "Status: give a verdict"), &[On(HERE, &["s"])], |s| s.can_say).hint("状态", "status"),
    row(CommandId::Share, "progress", Group::Annotate, ("进度 0–100", "Progress 0–100"), &[On(HERE, &["p"])], |s| s.can_say),
    row(CommandId::Observe, "observe", Group::Annotate, ("记录观测值", "Record an observed value"), &[On(HERE, &["+"])], |s| s.can_say && s.on_metric),
    row(CommandId::SeriesBreak, "series-break", Group::Annotate, ("口径变化：此后的数值不与此前相比", "Series break: later values are not compared with earlier ones"), &[], |s| s.can_say && s.on_metric),
    row(CommandId::Tags, "tags", Group::Annotate, ("标签：加上、去掉、新建", "Tags: put, take off, create"), &[On(HERE, &["t"])], |s| s.can_say),
    row(CommandId::RenameTag, "rename-tag", Group::Annotate, ("标签改名或合并（全部节点，一步）", "Rename or merge a tag everywhere, in one step"), &[], |s| s.has_records),
    row(CommandId::Star, "star", Group::Annotate, ("星标 加/去", "Star on, off"), &[On(HERE, &["*"])], |s| s.can_say),
    row(CommandId::Undo, "undo", Group::Annotate, ("撤销自己的上一步", "Undo your last step"), &[On(VIEWS, &["u"]), On(UNDOING, &["u"])], |s| s.can_undo),
    row(CommandId::Redo, "redo", Group::Annotate, ("重做", "Redo"), &[On(VIEWS, &["C-r"]), On(UNDOING, &["C-r"])], |s| s.can_redo),
    row(CommandId::Reattach, "reattach", Group::Annotate, ("把已离开规划的记录改挂到节点", "Reattach what has left the plan to a node"), &[], |s| s.on_orphan),

    row(CommandId::CopyText, "copy-text", Group::Take, ("复制文本", "Copy the text"), &[On(VIEWS, &["y y"])], |s| s.can_say),
    row(CommandId::CopyId, "copy-id", Group::Take, ("复制编号", "Copy the id"), &[On(VIEWS, &["y i"])], |s| s.can_say),
    row(CommandId::CopyPath, "copy-path", Group::Take, ("复制路径", "Copy the path"), &[On(VIEWS, &["y p"])], |s| s.on_node),
    row(CommandId::CopyMarkdown, "copy-markdown", Group::Take, ("复制 Markdown", "Copy as Markdown"), &[On(VIEWS, &["y m"])], |s| s.on_node),
    row(CommandId::CopyCitation, "copy-citation", Group::Take, ("复制引用（GB/T 7714、APA、BibTeX）", "Copy the citation (GB/T 7714, APA, BibTeX)"), &[On(VIEWS, &["y c"])], |s| s.on_node),
    row(CommandId::Export, "export", Group::Take, ("导出所见范围（先预览）", "Export the scope (preview first)"), &[On(VIEWS, &["x"])], |s| s.on_node),
    row(CommandId::Review, "review", Group::Review, ("复核所见范围", "Review what is in scope"), &[On(VIEWS, &["R"])], |s| !s.on_page).hint("复核", "review"),
    row(CommandId::ReviewBlind, "review-blind", Group::Review, ("盲评：判断后才见各方结论", "Review blind: verdicts show once you have decided"), &[], |s| !s.on_page),
    row(CommandId::Unchanged, "unchanged", Group::Review, ("仍准确，下一张（从未判断的只算看过）", "Still accurate, next (never judged: looked at)"), &[On(REVIEW, &["Enter"])], |s| s.is_reviewing).hint("不变", "unchanged"),
    row(CommandId::Decide, "decide", Group::Review, ("结论，下一张：1 顺 2 缓 3 微 4 退 5 成 6 未 7 止 8 证", "Verdict, next: 1 顺 2 缓 3 微 4 退 5 成 6 未 7 止 8 证"), &[On(REVIEW, &["{n}"])], |s| s.has_review_card),
    row(CommandId::Skip, "skip", Group::Review, ("跳过，最后再来", "Skip: comes back at the end"), &[On(REVIEW, &["-"])], |s| s.has_review_card).hint("跳过", "skip"),
    row(CommandId::Bury, "bury", Group::Review, ("搁置到某日", "Bury until a day"), &[On(REVIEW, &["b"])], |s| s.has_review_card).hint("搁置", "bury"),
    row(CommandId::NeedsWork, "needs-work", Group::Review, ("待处理，下一张", "Needs work, next"), &[On(REVIEW, &["!"])], |s| s.has_review_card).hint("待处理", "needs work"),
    row(CommandId::NextCard, "next-card", Group::Review, ("下一张，不作决定", "Next card, without deciding"), &[On(REVIEW, &["j", "Down"])], |s| s.has_review_card),
    row(CommandId::PreviousCard, "previous-card", Group::Review, ("上一张，不作决定", "Previous card, without deciding"), &[On(REVIEW, &["k", "Up"])], |s| s.is_reviewing),
    row(CommandId::NextOpenCard, "next-open-card", Group::Review, ("下一张未定的", "Next undecided card"), &[On(REVIEW, &["J"])], |s| s.has_review_card),
    row(CommandId::PreviousOpenCard, "previous-open-card", Group::Review, ("上一张未定的", "Previous undecided card"), &[On(REVIEW, &["K"])], |s| s.is_reviewing),
    row(CommandId::LeaveBranch, "leave-branch", Group::Review, ("本分支其余本次略过", "Leave the rest of this branch out of the session"), &[On(REVIEW, &["D"])], |s| s.has_review_card),
    row(CommandId::Reveal, "reveal", Group::Review, ("揭示（盲评）", "Reveal (blind)"), &[On(REVIEW, &["r"])], |s| s.can_reveal).hint("揭示", "reveal"),
    row(CommandId::EndReview, "end-review", Group::Review, ("结束本次复核，给出纪要", "End this session, with its minutes"), &[], |s| s.is_reviewing),
    row(CommandId::Agreement, "agreement", Group::Review, ("作者一致程度：分歧在先", "Agreement of authors: differences first"), &[On(SHOWN, &["g a"])], |s| s.has_records),
    row(CommandId::Settle, "settle", Group::Review, ("记下分歧如何解决", "Say how a disagreement was settled"), &[On(PAGE, &["s"])], |s| s.on_difference).hint("解决", "settle"),

    row(CommandId::Tree, "tree", Group::View, ("大纲", "Tree"), &[On(SHOWN, &["g t"])], always),
    row(CommandId::History, "history", Group::View, ("历史：逐条记录回看", "History: look back record by record"), &[On(SHOWN, &["g h"])], |s| s.has_records),
    row(CommandId::OpenCard, "open-card", Group::View, ("打开卡片", "Open the card"), &[On(TREE, &["Enter"])], |s| (s.on_node || s.on_orphan) && !s.on_card).hint("卡片", "card"),
    row(CommandId::Explain, "explain", Group::View, ("依据：判定的算式与来源", "Explain: the arithmetic behind the verdict"), &[On(SHOWN, &["="])], |s| s.on_node && !s.on_matrix).hint("依据", "why"),
    row(CommandId::RuleSet, "rule-set", Group::View, ("规则：进度比 → 序时进度 → 复合增长比 → 趋势外推", "Rule set: pace → xushi → opensdg → projection"), &[On(SHOWN, &["g r"])], |s| s.on_node),
    row(CommandId::Columns, "columns", Group::View, ("带列的大纲 开/关", "Outline with columns, on or off"), &[On(SHOWN, &["g c"])], |s| s.on_node),
    row(CommandId::PreviousColumn, "previous-column", Group::View, ("选前一列", "Choose the column before"), &[On(TREE, &["<"])], |s| s.has_columns),
    row(CommandId::NextColumn, "next-column", Group::View, ("选后一列", "Choose the next column"), &[On(TREE, &[">"])], |s| s.has_columns).hint("选列", "column"),
    row(CommandId::SortColumn, "sort-column", Group::View, ("同级按所选列排序：升 → 降 → 原序", "Sort siblings by the column: up → down → reading order"), &[On(TREE, &["o"])], |s| s.has_columns).hint("排序", "sort"),
    row(CommandId::Timeline, "timeline", Group::View, ("时间表：何时到期", "Timeline: what is due when"), &[On(SHOWN, &["g y"])], |s| s.on_node),
    row(CommandId::Matrix, "matrix", Group::View, ("矩阵：两个层级交叉", "Matrix: two levels crossed"), &[On(SHOWN, &["g m"])], |s| s.has_matrix),
    row(CommandId::Left, "left", Group::Move, ("向左：前一年、前一列", "Left: a year back, the column before"), &[On(PAGE, &["h", "Left"])], |s| s.on_grid),
    row(CommandId::Right, "right", Group::Move, ("向右：后一年、后一列", "Right: a year on, the next column"), &[On(PAGE, &["l", "Right"])], |s| s.on_grid).hint("左右", "sideways"),
    row(CommandId::OtherAxes, "other-axes", Group::View, ("换一对层级交叉", "Cross two other levels"), &[On(PAGE, &["Tab"])], |s| s.on_matrix).hint("换层级", "other levels"),
    row(CommandId::CloseCard, "close-card", Group::View, ("回到大纲", "Back to the outline"), &[On(CARD, &["Esc"])], |s| s.on_card).hint("大纲", "outline"),
    row(CommandId::Actions, "actions", Group::View, ("这里能做什么", "What can be done here"), &[On(CARD, &["Enter"])], always).hint("操作", "actions"),
    row(CommandId::OtherPane, "other-pane", Group::View, ("换到另一窗格", "Other pane"), &[On(VIEWS, &["Tab"])], |s| s.on_node),
    row(CommandId::Language, "language", Group::View, ("语言：中 → 英 → 双语", "Language: zh → en → both"), &[On(SHOWN, &["g l"])], |s| s.has_languages).hint("语言", "language"),

    row(CommandId::Sources, "sources", Group::View, ("所见范围的来源文件", "Documents behind what is in scope"), &[On(HERE, &["g s"])], |s| s.on_node),
    row(CommandId::Problems, "problems", Group::View, ("规划与记录文件中的问题", "Problems in the files of plan and journal"), &[On(HERE, &["g p"])], |s| s.has_problems),

    row(CommandId::FollowLink, "follow-link", Group::Jump, ("跟随链接（服务、被服务）", "Follow a link (serves, served by)"), &[On(HERE, &["g d"])], |s| s.has_links).hint("链接", "links"),
    row(CommandId::JumpBack, "jump-back", Group::Jump, ("跳回", "Jump back"), &[On(VIEWS, &["C-o", "[ j"])], |s| s.can_go_back).hint("跳回", "back"),
    row(CommandId::JumpForward, "jump-forward", Group::Jump, ("向前跳", "Jump forward"), &[On(VIEWS, &["] j"])], |s| s.can_go_forward),
    row(CommandId::SetMark, "set-mark", Group::Jump, ("做标记", "Set a mark"), &[On(VIEWS, &["m {a}"])], |s| s.on_node),
    row(CommandId::GoToMark, "go-to-mark", Group::Jump, ("到标记", "Go to a mark"), &[On(VIEWS, &["' {a}"])], |s| s.has_marks),

    row(CommandId::Take, "take", Group::List, ("选定", "Take the selected entry"), &[On(PICKS, &["Enter"])], always).hint("选定", "take"),
    row(CommandId::TakeNth, "take-nth", Group::List, ("选定第几项", "Take the entry with that number"), &[On(LIST, &["{n}"])], always),
    row(CommandId::TreeOrFlat, "tree-or-flat", Group::List, ("匹配：树状或平铺", "Matches: in their tree, or the best first"), &[On(TYPING, &["C-t"])], |s| s.is_typing).hint("树/平铺", "tree/flat"),
    row(CommandId::Complete, "complete", Group::List, ("补全字段与取值", "Complete fields and values"), &[On(TYPING, &["Tab"])], |s| s.is_typing).hint("补全", "complete"),
    row(CommandId::CompleteBack, "complete-back", Group::List, ("上一个补全", "The suggestion before"), &[On(TYPING, &["S-Tab"])], |s| s.is_typing),
    row(CommandId::Save, "save", Group::List, ("保存", "Save"), &[On(FORM, &["Enter"])], |s| s.is_composing).hint("保存", "save"),
    row(CommandId::NextField, "next-field", Group::List, ("下一栏，或下一类别", "Next field, or next kind"), &[On(FORM, &["Tab", "Down"])], |s| s.has_fields).hint("下一栏/类别", "field/kind"),
    row(CommandId::PreviousField, "previous-field", Group::List, ("上一栏，或上一类别", "Previous field, or previous kind"), &[On(FORM, &["S-Tab", "Up"])], |s| s.has_fields),
    row(CommandId::Older, "older-query", Group::List, ("较早的查询", "An older query"), &[On(TYPING, &["C-p"])], |s| s.is_typing).hint("历史", "history"),
    row(CommandId::Newer, "newer-query", Group::List, ("较新的查询", "A newer query"), &[On(TYPING, &["C-n"])], |s| s.is_typing),

    row(CommandId::Help, "help", Group::System, ("帮助", "Help"), &[On(SCROLLS, &["?", "F1"])], always).hint("帮助", "help"),
    row(CommandId::Palette, "palette", Group::System, ("命令面板", "All commands"), &[On(SCROLLS, &[":"])], always).hint("命令", "commands"),
    row(CommandId::Cancel, "cancel", Group::System, ("取消一件事", "Cancel one thing"), &[On(EVERYWHERE, &["Esc", "C-c"])], |s| s.can_cancel).hint("取消", "cancel"),
    row(CommandId::Redraw, "redraw", Group::System, ("清屏重画", "Clear and redraw"), &[On(EVERYWHERE, &["C-l"])], always),
    row(CommandId::Mouse, "mouse", Group::System, ("鼠标捕获 开/关", "Mouse capture on, off"), &[On(SHOWN, &["g M"])], always),
    row(CommandId::Suspend, "suspend", Group::System, ("挂起", "Suspend"), &[On(EVERYWHERE, &["C-z"])], |s| s.can_suspend),
    row(CommandId::Quit, "quit", Group::System, ("返回或退出", "Back, or quit"), &[On(SCROLLS, &["q"])], always).hint("退出", "quit"),
    row(CommandId::QuitNow, "quit-now", Group::System, ("退出", "Quit"), &[On(SCROLLS, &["Q"])], always),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_and_every_id_stands_once_and_every_title_in_both_languages() {
        let names: BTreeSet<_> = COMMANDS.iter().map(|command| command.name).collect();
        let ids: BTreeSet<_> = COMMANDS.iter().map(|command| command.id).collect();
        assert_eq!((names.len(), ids.len()), (COMMANDS.len(), COMMANDS.len()));
        assert!(COMMANDS.iter().all(|command| !command.zh.is_empty() && !command.en.is_empty()));
        assert!(COMMANDS.iter().all(|command| command.id == super::command(command.id).id));
        // `QuitNow` is the last variant: the table misses none.
        assert_eq!(ids.len(), CommandId::QuitNow as usize + 1);
    }
}
