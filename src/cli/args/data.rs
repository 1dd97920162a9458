//! The commands about plan files and exported documents.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::wording::{both, examples, one_of, word};
use crate::export::Format;
use crate::export::cite::Style;
use crate::export::document::{PageStyle, ReportLength, ReportSubject};
use crate::export::format::RowUnit;
use crate::text::words::{VocabularyWord, words};

#[derive(Args, Clone, Debug)]
#[command(
    about = both("检查规划文件；有错误时退出码为1", "Look for problems in the plan; exit code 1 if any is an error"),
    after_help = examples(&[
        ("plan158 check my-plan", "检查一个文件夹", "check a folder"),
        ("plan158 check --source article=text.md", "核对所引的数字与名称", "check cited figures and names"),
        ("plan158 check --format json", "供程序使用", "for programs"),
    ])
)]
pub struct CheckArgs {
    #[arg(
        value_hint = ValueHint::AnyPath,
        help = both("要检查的规划，代替 --plan", "the plan to check, instead of --plan")
    )]
    pub path: Option<PathBuf>,
    #[arg(
        long = "source",
        value_name = "ID=FILE",
        value_hint = ValueHint::FilePath,
        help = both(
            "用文档的副本核对来源登记（可多次给出）",
            "compare the register with a copy of a document (may be repeated)",
        )
    )]
    pub sources: Vec<String>,
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = word::<CheckForm>(),
        default_value = CheckForm::Human.word(),
        hide_possible_values = true,
        hide_default_value = true,
        help = one_of("格式", "format", CheckForm::NAMES, Some(CheckForm::Human.word()))
    )]
    pub format: CheckForm,
}

words!(
    /// Forms of `check`.
    CheckForm {
        /// With the lines and carets.
        Human = "human",
        /// One document.
        Json = "json",
    }
);

#[derive(Args, Clone, Debug, Default)]
#[command(
    about = both(
        "把规划写成文档：报告、表格或数据，可复核、可签字",
        "Write the plan as a document to keep and to sign: a report, tables or data",
    ),
    after_help = examples(&[
        ("plan158 export a2 -o a2.docx", "一个行动的简报", "a brief report of one action"),
        ("plan158 export a2 --report full -o a2.html", "全本", "with everything that is known"),
        (
            "plan158 export --format md --filter status:no-data --lang both",
            "缺数据的节点，双语",
            "what has no data, in both languages",
        ),
        ("plan158 export -o plan.json", "整份规划", "the whole plan"),
        ("plan158 export a2 --format json | jq .nodes[0]", "一个分支", "one branch"),
    ])
)]
pub struct ExportArgs {
    #[arg(help = both("只导出该节点及其下级", "only this node and what is below it"))]
    pub id: Option<String>,
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = word::<Format>(),
        hide_possible_values = true,
        required_unless_present_any = ["template", "output"],
        help = one_of("格式，不写时按文件名的结尾", "format; without it, what the file's name ends in", Format::NAMES, None)
    )]
    pub format: Option<Format>,
    #[arg(
        long,
        short,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help = both("写入文件；不给出时为标准输出", "into a file; without it, standard output")
    )]
    pub output: Option<PathBuf>,
    #[arg(
        long,
        value_name = "QUERY",
        help = both(
            "只导出查询所得及其上级，与 find 相同的写法",
            "only what a query finds, in the language of find, with what is above it",
        )
    )]
    pub filter: Option<String>,
    #[arg(
        long,
        value_name = "LENGTH",
        value_parser = word::<ReportLength>(),
        hide_possible_values = true,
        help = both(
            "md、html、docx 的篇幅：brief 简报（默认）、full 全本",
            "how much md, html and docx say: brief (default), full",
        )
    )]
    pub report: Option<ReportLength>,
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..),
        help = both("报告只含前 N 层", "only the first N levels in a report")
    )]
    pub depth: Option<u32>,
    #[arg(
        long,
        value_name = "WHAT",
        value_parser = word::<ReportSubject>(),
        hide_possible_values = true,
        help = both("报告只含指标：metrics", "only metrics in a report: metrics")
    )]
    pub only: Option<ReportSubject>,
    #[arg(
        long,
        value_name = "STYLE",
        value_parser = word::<PageStyle>(),
        hide_possible_values = true,
        help = both(
            "docx 的版式：plain（默认）、gbt9704（GB/T 9704 的公文版式；只是版式，不是公文）",
            "how docx looks: plain (default), gbt9704 (the layout of GB/T 9704; no official document by that)",
        )
    )]
    pub style: Option<PageStyle>,
    #[arg(
        long,
        requires = "output",
        help = both(
            "在 csv 旁写 FILE.stamp，供 verify 复核",
            "beside csv, FILE.stamp, by which verify can check it",
        )
    )]
    pub stamp: bool,
    #[arg(long, value_name = "TEXT", help = both("报告的标题", "the report's title"))]
    pub title: Option<String>,
    #[arg(long, value_name = "NAME", help = both("报告的发布单位；也可写入 config.toml", "who issues the report; config.toml may say it too"))]
    pub issuer: Option<String>,
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help = both(
            "用自己的模板（minijinja，数据同 json 格式）；样例见 docs/templates/",
            "in a form of one's own (minijinja over the json format); samples in docs/templates/",
        )
    )]
    pub template: Option<PathBuf>,
    #[arg(
        long,
        value_name = "ROWS",
        value_parser = word::<RowUnit>(),
        hide_possible_values = true,
        help = both(
            "csv 每行一个节点 nodes（默认）或一个数值 values",
            "a row of csv is a node: nodes (default), or a value: values",
        )
    )]
    pub table: Option<RowUnit>,
    #[arg(
        long,
        help = both("csv 不带 BOM，换行为 LF", "csv without byte-order mark, lines end in LF")
    )]
    pub plain_csv: bool,
    #[arg(
        long,
        conflicts_with = "plain_csv",
        help = both(
            "csv 中 Excel 会改读为数字或日期的文字（007、1.10、3E5）前加撇号",
            "in csv, an apostrophe before texts that Excel would read as numbers or dates (007, 1.10, 3E5)",
        )
    )]
    pub excel: bool,
    #[arg(long, help = both("覆盖已有的文件", "over an existing file"))]
    pub force: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "把节点列为参考文献：规划数据的条目，及其所据的文件；未知的作者、日期、网址一概不写",
        "Cite a node in a list of references: the entry of the plan's data, and the documents behind it; no author, date or address is made up",
    ),
    after_help = examples(&[
        ("plan158 cite a2.retention", "一个指标", "a metric"),
        (
            "plan158 cite a2.retention --style bibtex --as-of 2026-11-24",
            "供 LaTeX 使用",
            "for LaTeX",
        ),
    ])
)]
pub struct CiteArgs {
    #[arg(help = both("节点的 id", "the node's id"))]
    pub id: String,
    #[arg(
        long,
        value_name = "STYLE",
        value_parser = word::<Style>(),
        hide_possible_values = true,
        help = both(
            "格式：gbt7714（GB/T 7714—2025，中文默认）、gbt7714-2015、apa（APA 7，英文默认）、bibtex、biblatex、csl-json、ris",
            "style: gbt7714 (GB/T 7714—2025, default in Chinese), gbt7714-2015, apa (APA 7, default in English), bibtex, biblatex, csl-json, ris",
        )
    )]
    pub style: Option<Style>,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "把导出的文件（md、html、json、xlsx、toml、opml）与现在的规划和记录核对；有变化时退出码为1",
        "Hold an exported file (md, html, json, xlsx, toml, opml) against the plan and journal of today; exit code 1 when anything has changed",
    ),
    after_help = examples(&[
        ("plan158 verify a2.md", "此后有何变化", "what has changed since"),
        (
            "plan158 verify a2.md --as-of 2027-06-30",
            "与另一天的状况相比",
            "against how things stood on another day",
        ),
        ("plan158 verify plan.json --json", "供程序使用", "for programs"),
    ])
)]
pub struct VerifyArgs {
    #[arg(
        value_hint = ValueHint::FilePath,
        help = both("导出的文件；- 为标准输入", "the exported file; - for standard input")
    )]
    pub file: PathBuf,
    #[arg(
        long,
        value_name = "DIGEST",
        help = both(
            "导出时给出的摘要值；与文件不符时退出码为1",
            "the digest that export gave; exit code 1 where the file has another"
        )
    )]
    pub expect: Option<String>,
    #[arg(long, help = both("输出 JSON", "as JSON"))]
    pub json: bool,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "新建可编辑的规划：158N 规划的副本，或一份小的空规划",
        "Make a plan to edit: a copy of the 158N plan, or a small empty one",
    ),
    after_help = examples(&[
        ("plan158 init my-plan", "158N 规划的副本", "a copy of the 158N plan"),
        ("plan158 init own --empty", "从空规划开始", "start from an empty one"),
        ("plan158 check my-plan", "改动之后检查", "check it after editing"),
    ])
)]
pub struct InitArgs {
    #[arg(
        value_hint = ValueHint::DirPath,
        help = both("写入的文件夹：不存在，或为空", "the folder to write: a new or an empty one")
    )]
    pub dir: PathBuf,
    #[arg(long, help = both("小的空规划，带注释", "a small empty plan with comments"))]
    pub empty: bool,
}
