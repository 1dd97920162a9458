//! The commands that only read and print.

use clap::Args;

use crate::cli::wording::{both, examples, one_of, word};
use crate::text::words::{VocabularyWord, words};

#[derive(Args, Clone, Debug)]
#[command(
    about = both("以文本输出大纲", "Print the outline as text"),
    after_help = examples(&[
        ("plan158 tree --depth 2", "前两层", "the first two levels"),
        ("plan158 tree a4 --lang both", "一个行动，双语", "one action, in both languages"),
        ("plan158 tree | grep a5", "供其他工具使用", "for other tools"),
    ])
)]
pub struct TreeArgs {
    #[arg(help = both("只输出该节点及其下级", "only this node and what is below it"))]
    pub id: Option<String>,
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..),
        help = both("只输出前 N 层", "only the first N levels")
    )]
    pub depth: Option<u32>,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both("一个节点的全部内容", "Print everything about one node"),
    after_help = examples(&[
        ("plan158 show a2.school-communities", "指标卡片", "the card of a metric"),
        ("plan158 show a2 --json", "供程序使用", "for programs"),
    ])
)]
pub struct ShowArgs {
    #[arg(help = both("节点的 id", "the node's id"))]
    pub id: String,
    #[arg(long, help = both("输出 JSON", "as JSON"))]
    pub json: bool,
    #[arg(long, conflicts_with = "json", help = both("图形只用 ASCII 字符", "charts in ASCII only"))]
    pub ascii: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "查找节点：中文、拼音、首字母、繁体、英文、id、数值、字段；没有结果时退出码为1",
        "Search nodes by words in Chinese, pinyin, initials or English, ids, figures and fields; exit code 1 when nothing matches",
    ),
    after_help = examples(&[
        ("plan158 find zyjy", "首字母", "initials of pinyin"),
        ("plan158 find 'kind:metric status:no-data'", "字段", "fields"),
        ("plan158 find 'teachers | schools' --tree", "任一，按大纲", "either, in the outline"),
        ("plan158 find 84000 --json", "供程序使用", "for programs"),
    ])
)]
pub struct FindArgs {
    #[arg(
        required = true,
        value_name = "QUERY",
        allow_hyphen_values = false,
        help = both("要找的内容，与界面中的 / 相同", "what to look for, as with / on the screen")
    )]
    pub query: Vec<String>,
    #[arg(long, help = both("输出 JSON，含匹配位置", "as JSON, with the places that matched"))]
    pub json: bool,
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..),
        help = both("只要最好的 N 个", "only the best N")
    )]
    pub limit: Option<u32>,
    #[arg(long, conflicts_with = "tree", help = both("最佳匹配在先（默认）", "best first (default)"))]
    pub flat: bool,
    #[arg(long, help = both("按大纲，连同上级", "in the outline, with what is above them"))]
    pub tree: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "结论背后的算式：数值、来源、各规则之下的结果、各方结论",
        "Print the arithmetic behind a verdict: figures with sources, every rule set, everybody's verdicts",
    ),
    after_help = examples(&[
        ("plan158 explain a2.school-communities", "一个指标", "a metric"),
        ("plan158 explain a2.retention --rule opensdg", "换一种规则", "under another rule set"),
        ("plan158 explain a2 --json", "供程序使用", "for programs"),
    ])
)]
pub struct ExplainArgs {
    #[arg(help = both("节点的 id", "the node's id"))]
    pub id: String,
    #[arg(long, help = both("输出 JSON", "as JSON"))]
    pub json: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "两日之间的变化：新知道的数值，状态与各人结论从何到何",
        "What changed between two days: figures that became known, states and verdicts from what to what",
    ),
    after_help = examples(&[
        ("plan158 changes --from 2025-02-28 --to 2025-10-31", "两日之间", "between two days"),
        ("plan158 changes --from 2025-10-01 a2 --json", "某一行动，至今", "of one action, until today"),
    ])
)]
pub struct ChangesArgs {
    #[arg(help = both("只看该节点及其下级", "only this node and what is below it"))]
    pub id: Option<String>,
    #[arg(long, value_name = "DATE", help = both("起始之日（或时刻）", "the day (or instant) to begin with"))]
    pub from: String,
    #[arg(long, value_name = "DATE", help = both("截至之日；不写为今天或 --as-of", "the day to end with; without it, today or --as-of"))]
    pub to: Option<String>,
    #[arg(long, help = both("输出 JSON", "as JSON"))]
    pub json: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "两个层级交叉：每格的项数与状态分布，空白行列作为发现列出",
        "Cross two levels: count and states of each cell; empty rows and columns are named as findings",
    ),
    after_help = examples(&[
        ("plan158 matrix", "158N：发展定位 × 行动", "158N: positions × actions"),
        ("plan158 matrix --rows stage", "阶段目标 × 行动", "stage goals × actions"),
        ("plan158 matrix --json", "供程序使用", "for programs"),
    ])
)]
pub struct MatrixArgs {
    #[arg(
        long,
        value_name = "LEVEL",
        help = both("行的层级，代替规划所定的", "the level of the rows, instead of the plan's")
    )]
    pub rows: Option<String>,
    #[arg(long, value_name = "LEVEL", help = both("列的层级", "the level of the columns"))]
    pub columns: Option<String>,
    #[arg(long, help = both("输出 JSON", "as JSON"))]
    pub json: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "列出照现有写法无法评估的目标任务，作为要问的问题",
        "List commitments that cannot be evaluated as written, as questions to ask",
    ),
    after_help = examples(&[
        ("plan158 lint", "整份规划，最要紧的在前", "the whole plan, the weightiest first"),
        ("plan158 lint s2027", "一个阶段目标", "one stage goal"),
        ("plan158 lint --format csv > questions.csv", "供电子表格使用", "for a spreadsheet"),
    ])
)]
pub struct LintArgs {
    #[arg(help = both("只看该节点及其下级", "only this node and what is below it"))]
    pub id: Option<String>,
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = word::<LintForm>(),
        default_value = LintForm::Human.word(),
        hide_possible_values = true,
        hide_default_value = true,
        help = one_of("格式", "format", LintForm::NAMES, Some(LintForm::Human.word()))
    )]
    pub format: LintForm,
    #[arg(
        long,
        value_name = "NAME",
        help = both(
            "只列名称含有此文字的责任部门的问题",
            "only what is asked of offices whose name has this in it"
        )
    )]
    pub office: Option<String>,
    #[arg(
        long,
        conflicts_with = "format",
        help = both("按责任部门排列，可直接发送", "sorted by responsible office, ready to send")
    )]
    pub by_office: bool,
    #[arg(
        long,
        conflicts_with_all = ["id", "format", "office", "by_office"],
        help = both("列出全部规则（Markdown）", "the rules themselves, as Markdown")
    )]
    pub rules: bool,
}

words!(
    /// Forms of `lint`.
    LintForm {
        /// Questions with their reasons, and scores.
        Human = "human",
        /// One document, in both languages.
        Json = "json",
        /// One line a question.
        Csv = "csv",
    }
);

#[derive(Args, Clone, Debug)]
#[command(
    about = both("全部命令及其按键", "Print every command with its keys"),
    after_help = examples(&[
        ("plan158 keys", "当前按键，含设置文件中的改动", "the keys now, with those of config.toml"),
        ("plan158 keys --format md", "默认按键，Markdown", "the default keys, as Markdown"),
    ])
)]
pub struct KeysArgs {
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = word::<KeysForm>(),
        hide_possible_values = true,
        help = both("格式：md（Markdown）", "format: md (Markdown)")
    )]
    pub format: Option<KeysForm>,
}

words!(
    /// Forms of `keys`.
    KeysForm {
        /// Markdown, as `docs/keys.md` holds it.
        Md = "md",
    }
);

#[derive(Args, Clone, Debug)]
#[command(
    about = both("设置及其来源", "Show settings and where they come from"),
    after_help = examples(&[("plan158 config --explain", "列出全部", "list them all")])
)]
pub struct ConfigArgs {
    #[arg(
        long,
        required = true,
        help = both("每项设置、其值与来源", "every setting, its value and where it came from")
    )]
    pub explain: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both("各项所在的位置与存在的问题；有问题时退出码为1", "Show where things are and what is wrong with them; exit code 1 if anything is"),
    after_help = examples(&[
        ("plan158 doctor", "有标 ✗ 的一项时退出码为1", "exit code 1 if anything is marked ✗"),
        (
            "plan158 doctor --reattach a2.old=a2.new",
            "重新关联离开规划的节点上的记录",
            "give an orphan's records a node",
        ),
    ])
)]
pub struct DoctorArgs {
    #[arg(
        long,
        value_name = "OLD=NEW",
        help = both(
            "把已离开规划的节点上的记录重新关联到另一个节点",
            "what was said of a node that left the plan belongs to another",
        )
    )]
    pub reattach: Option<String>,
    #[arg(
        long,
        value_name = "RECORD",
        conflicts_with = "reattach",
        help = both(
            "把一条因时钟偏快而时间晚于现在的记录改按现在计",
            "a record dated ahead by a clock that ran fast counts as of now",
        )
    )]
    pub clock: Option<String>,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both("生成 shell 补全脚本", "Print completions for a shell"),
    after_help = examples(&[(
        "plan158 completions bash > ~/.local/share/bash-completion/completions/plan158",
        "安装到 bash",
        "for bash",
    )])
)]
pub struct CompletionsArgs {
    #[arg(
        value_enum,
        hide_possible_values = true,
        help = both("bash、zsh、fish、elvish、powershell", "bash, zsh, fish, elvish, powershell")
    )]
    pub shell: clap_complete::Shell,
}
