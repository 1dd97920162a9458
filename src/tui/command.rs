//! What commands are made of: names, contexts, groups, what they may ask of the situation. The commands
//! themselves stand in `commands`.

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
            Group::Find => ui.pick("查找与筛选", "Find and filter"),
            Group::Jump => ui.pick("链接、跳转、标记", "Links, jumps, marks"),
            Group::Annotate => ui.pick("记录", "Annotate"),
            Group::Take => ui.pick("复制与导出", "Take away"),
            Group::Review => ui.pick("复核", "Review"),
            Group::View => ui.pick("显示", "View"),
            Group::List => ui.pick("列表与输入", "Lists and inputs"),
            Group::System => ui.pick("系统", "System"),
        }
    }
}

/// What the user can ask for. The stable names stand in the table of `commands`.
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
    Progress,
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
    /// What every sign means.
    Legend,
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
    /// The card beside the outline on or off.
    CardBeside,
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
    /// The same, of something that is judged: no group.
    pub can_judge: bool,
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

/// A command with what was typed around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    pub id: CommandId,
    /// The count before it (`5j`).
    pub count: Option<u32>,
    /// The character its keys end in (`ma`, `z3`).
    pub letter: Option<char>,
}

impl Call {
    /// A command without count or letter.
    pub fn plain(id: CommandId) -> Self {
        Self { id, count: None, letter: None }
    }

    /// How many times: the count, or once.
    pub fn times(self) -> usize {
        self.count.unwrap_or(1).max(1) as usize
    }

    /// The digit its keys end in.
    pub fn digit(self) -> Option<u32> {
        self.letter.and_then(|c| c.to_digit(10))
    }
}

/// A movement over rows, lines or entries, whichever has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Down,
    Up,
    /// To the first row, or the row with the count.
    First,
    /// To the last row, or the row with the count.
    Last,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
}

impl Motion {
    /// Where it leads from row `at` of `rows`, `height` of which show. May lie beyond the last.
    pub fn target(self, call: Call, at: usize, rows: usize, height: usize) -> usize {
        let (n, half) = (call.times(), (height / 2).max(1));
        let row = |otherwise| call.count.map_or(otherwise, |row| row.saturating_sub(1) as usize);
        match self {
            Motion::Down => at.saturating_add(n),
            Motion::Up => at.saturating_sub(n),
            Motion::HalfDown => at.saturating_add(half.saturating_mul(n)),
            Motion::HalfUp => at.saturating_sub(half.saturating_mul(n)),
            Motion::PageDown => at.saturating_add(height.saturating_mul(n)),
            Motion::PageUp => at.saturating_sub(height.saturating_mul(n)),
            Motion::First => row(0),
            Motion::Last => row(rows),
        }
    }
}

/// All that is declared of a command but what it does: that stands beside it in `commands`.
#[derive(Clone, Copy, Debug)]
pub struct CommandSpec {
    pub id: CommandId,
    /// Stable name, for `config.toml` and the palette.
    pub name: &'static str,
    /// Where it stands in help.
    pub group: Group,
    /// Title in Chinese.
    pub zh: &'static str,
    /// Title in English.
    pub en: &'static str,
    /// Default keys and where they work: chords with a space between them; `{a}` stands for any character,
    /// `{n}` for 1…9.
    pub keys: &'static [On],
    /// Whether it does anything now.
    pub when: fn(&Situation) -> bool,
    /// Its short name in the hint bar, where it has a place there.
    pub hint: Option<(&'static str, &'static str)>,
}

impl CommandSpec {
    pub fn title(&self, ui: Ui) -> &'static str {
        ui.pick(self.zh, self.en)
    }

    /// Its title in both languages.
    pub fn said(&self) -> Bilingual {
        Bilingual::new(self.zh, self.en)
    }

    /// Whether it has default keys in a context.
    pub fn works_in(&self, context: Context) -> bool {
        self.keys.iter().any(|On(contexts, _)| contexts.contains(&context))
    }
}

/// Keys and the contexts they work in.
#[derive(Clone, Copy, Debug)]
pub struct On(pub &'static [Context], pub &'static [&'static str]);
