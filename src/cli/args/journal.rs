//! The commands about what people add.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::wording::{both, examples, listed, one_of, word};
use crate::journal::NoteKind;
use crate::journal::words::NONE;
use crate::plan::State;
use crate::plan::metric::{Bound, Grade};
use crate::review::queue::Order;
use crate::text::words::{VocabularyWord, words};

/// The verdicts people may give, as the help has them.
fn verdicts() -> String {
    let (zh, en) = listed(State::for_people(), None);
    both(&format!("结论：{zh}；{NONE} 清除"), &format!("a verdict: {en}; {NONE} clears it"))
}

/// What people say of a node; one call is one record.
#[derive(Args, Clone, Debug, Default)]
#[command(
    about = both("在节点上记录：一次调用是一条记录", "Record what you have to say of a node; one call is one record"),
    after_help = examples(&[
        (
            "plan158 annotate a4 --status on-track --reason '3 of 5 at work'",
            "结论与理由",
            "a verdict with its reason",
        ),
        ("plan158 annotate a2 --note 'how is it counted?' --kind question", "一条笔记", "a note"),
        (
            "plan158 annotate a2.school-communities --observe 88 --on 2026-06 --grade B",
            "实际值",
            "an observed value",
        ),
    ])
)]
pub struct AnnotateArgs {
    #[arg(help = both("节点的 id", "the node's id"))]
    pub id: String,
    #[arg(
        long,
        value_name = "STATUS",
        help = verdicts()
    )]
    pub status: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT", requires = "status", help = both("结论的理由", "why"))]
    pub reason: Option<String>,
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        help = both("进度，0到100；none 清除", "how far it is, 0 to 100; none clears it")
    )]
    pub progress: Option<String>,
    #[arg(
        long,
        value_name = "TEXT",
        allow_hyphen_values = true,
        help = both("笔记，或 --edit 的新文字", "a note, or the new words for --edit")
    )]
    pub note: Option<String>,
    #[arg(
        long,
        value_name = "KIND",
        requires = "note",
        conflicts_with = "edit",
        help = one_of("笔记种类", "what the note is", NoteKind::NAMES, Some(NoteKind::Progress.word()))
    )]
    pub kind: Option<String>,
    #[arg(
        long,
        value_name = "VALUE",
        requires = "on",
        allow_negative_numbers = true,
        help = both(
            "指标的实际值：95.2、35..45、量表的一级或里程碑阶段",
            "an actual value: 95.2, 35..45, a step of a scale, a milestone's stage",
        )
    )]
    pub observe: Option<String>,
    #[arg(
        long,
        value_name = "DATE|YEAR",
        requires = "observe",
        help = both(
            "该值所属的时间：2025、2025-10、2025-10-20、2021..2025",
            "when it held: 2025, 2025-10, 2025-10-20, 2021..2025",
        )
    )]
    pub on: Option<String>,
    #[arg(
        long,
        value_name = "BOUND",
        requires = "observe",
        help = one_of("界限", "what it says of the true value", Bound::NAMES, Some(Bound::Exact.word()))
    )]
    pub bound: Option<String>,
    #[arg(
        long,
        value_name = "TEXT",
        allow_hyphen_values = true,
        requires = "observe",
        help = both("出处：规划中来源的 id，或任意文字", "where it was found: a source's id, or any text")
    )]
    pub value_source: Option<String>,
    #[arg(
        long,
        value_name = "GRADE",
        requires = "observe",
        help = one_of("出处等级", "how good that is", Grade::NAMES, None)
    )]
    pub grade: Option<String>,
    #[arg(
        long,
        value_name = "DATE|YEAR",
        help = both(
            "此后口径改变：2025、2025-10、2025-10-20；前后不再相比",
            "after this the series counts something else: 2025, 2025-10, 2025-10-20; both sides compare no more",
        )
    )]
    pub series_break: Option<String>,
    #[arg(long, value_name = "TAG", help = both("加标签（可多次给出）", "a tag (may be repeated)"))]
    pub tag: Vec<String>,
    #[arg(long, value_name = "TAG", help = both("去标签（可多次给出）", "a tag that goes (may be repeated)"))]
    pub untag: Vec<String>,
    #[arg(long, conflicts_with = "unstar", help = both("加星", "a star"))]
    pub star: bool,
    #[arg(long, help = both("去星", "no star"))]
    pub unstar: bool,
    #[arg(
        long,
        value_name = "NOTE",
        requires = "note",
        help = both("修改自己的一条笔记，按其 id", "change a note of your own, by its id")
    )]
    pub edit: Option<String>,
    #[arg(
        long,
        value_name = "NOTE|VALUE",
        help = both("撤回自己的一条笔记或数值，按其 id", "retract a note or value of your own, by its id")
    )]
    pub retract: Option<String>,
    #[arg(
        long,
        value_name = "REASON",
        allow_hyphen_values = true,
        help = both(
            "作者结论的分歧已解决：写明如何决定",
            "authors differed and it was talked over: how it was decided",
        )
    )]
    pub settle: Option<String>,
}

#[derive(Args, Clone, Debug, Default)]
#[command(
    about = both(
        "复核：一次一张卡片，逐项判断；可中断后继续，最后给出纪要",
        "Review node by node, one card at a time; goes on where it was left, ends with minutes",
    ),
    after_help = examples(&[
        ("plan158 review under:a4 --plain", "复核一个行动", "one action"),
        ("plan158 review --order random --blind", "盲评，随机顺序", "blind, shuffled"),
        ("plan158 review --minutes > minutes.md", "最近一次的纪要", "minutes of the last one"),
    ])
)]
pub struct ReviewArgs {
    #[arg(
        value_name = "QUERY",
        help = both("复核哪些节点，与 find 的查询相同；不写为全部", "which nodes, as for find; without it, all")
    )]
    pub query: Vec<String>,
    #[arg(
        long,
        help = both(
            "逐行问答，不用全屏：适合读屏、慢速线路与脚本（docs/review-plain.md）",
            "numbered prompts, no full screen: for screen readers, slow lines and scripts",
        )
    )]
    pub plain: bool,
    #[arg(
        long,
        value_name = "ORDER",
        value_parser = word::<Order>(),
        hide_possible_values = true,
        help = both(
            "顺序：worth（默认，按值得关注的程度）、reading、random",
            "worth (of attention, default), reading, random",
        )
    )]
    pub order: Option<Order>,
    #[arg(long, help = both("盲评：判断之前不显示结论", "hide verdicts until you have decided"))]
    pub blind: bool,
    #[arg(long, help = both("另起一次，即使有未结束的", "begin another, though one is open"))]
    pub new: bool,
    #[arg(
        long,
        value_name = "SESSION",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["query", "plain", "order", "blind", "new"],
        help = both(
            "输出纪要：某次的，或自己最近一次的；已结束的以结束时为准",
            "print the minutes of a session (or of your last); of one that has ended, as of its end",
        )
    )]
    pub minutes: Option<String>,
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = word::<MinutesForm>(),
        hide_possible_values = true,
        requires = "minutes",
        help = both(
            "纪要的格式：md（默认）、html、docx；不写时按文件名的结尾",
            "form of the minutes: md (default), html, docx; without it, what the file's name ends in",
        )
    )]
    pub format: Option<MinutesForm>,
    #[arg(
        long,
        short,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        requires = "minutes",
        help = both("纪要写入文件", "the minutes into a file")
    )]
    pub output: Option<PathBuf>,
}

words!(
    /// Forms of minutes.
    MinutesForm {
        Md = "md",
        Html = "html",
        Docx = "docx",
    }
);

#[derive(Args, Clone, Debug)]
#[command(
    about = both("全部记录，最新的在最后", "Print the journal, newest last"),
    after_help = examples(&[
        ("plan158 log a4", "一个分支的记录", "what was said of a branch"),
        ("plan158 log --json", "供程序使用", "for programs"),
    ])
)]
pub struct LogArgs {
    #[arg(help = both(
        "只列该节点及其下级，或已离开规划的 id",
        "only this node and what is below it, or an id that left the plan",
    ))]
    pub id: Option<String>,
    #[arg(long, help = both("输出 JSON", "as JSON"))]
    pub json: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both("各级的状态分布、覆盖与最差项", "Show how things stand below a node: distribution, coverage, worst"),
    after_help = examples(&[
        ("plan158 status a2", "一个行动", "one action"),
        ("plan158 status --agreement", "分歧所在", "where authors differ"),
    ])
)]
pub struct StatusArgs {
    #[arg(help = both("节点的 id；不写为整份规划一览", "the node's id; without it, the whole plan at a glance"))]
    pub id: Option<String>,
    #[arg(long, help = both("输出 JSON", "as JSON"))]
    pub json: bool,
    #[arg(long, help = both("作者结论不同的节点", "the nodes on which authors differ"))]
    pub agreement: bool,
    #[arg(
        long,
        conflicts_with_all = ["id", "agreement"],
        help = both(
            "规划文件各部分读到了多少、何处可找、涉及哪些节点",
            "what was read of the plan's own document, where the rest could be found, and what hangs on it"
        )
    )]
    pub reading: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both("记录中的标签，最近用的在前", "List the journal's tags, the last put first"),
    after_help = examples(&[
        ("plan158 tags", "列出", "list them"),
        ("plan158 tags --rename district=county", "一步改完", "one step"),
    ])
)]
pub struct TagsArgs {
    #[arg(
        long,
        value_name = "OLD=NEW",
        help = both("全部改名，或并入已有的标签", "rename one everywhere, or merge it into another")
    )]
    pub rename: Option<String>,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both("并入其他记录文件：取并集，逐字节保留", "Take in other journals: a union, byte for byte"),
    after_help = examples(&[
        ("plan158 merge usb/li.jsonl", "一位同事的文件", "a colleague's file"),
        ("plan158 merge ../other-journal", "整个文件夹", "a whole folder"),
        ("plan158 merge a2.toml", "导出的规划里的记录", "what an exported plan carries"),
    ])
)]
pub struct MergeArgs {
    #[arg(
        required = true,
        value_name = "FILE|DIR",
        value_hint = ValueHint::AnyPath,
        help = both(
            "*.jsonl 文件、含有它们的文件夹，或导出的 .toml",
            "*.jsonl files, folders that hold some, or an exported .toml",
        )
    )]
    pub others: Vec<PathBuf>,
}
