//! The commands about figures in texts.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::wording::{both, examples, one_of, word};
use crate::text::words::{VocabularyWord, words};

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "列出文本（txt、md、html、docx）中的数字：读法、最接近的节点、若采纳会改变什么；PDF 先用 pdftotext 转成文本",
        "List the figures of a text (txt, md, html, docx): how each reads, the nodes it is nearest to, what it would change; a PDF goes through pdftotext first",
    ),
    after_help = examples(&[
        ("plan158 intake article.txt", "文中的每个数字", "every figure of it"),
        ("plan158 intake -", "标准输入，如 pdftotext report.pdf - 的输出", "standard input, such as what pdftotext report.pdf - writes"),
        ("plan158 intake article.docx --json", "供程序使用", "for programs"),
        ("plan158 intake article.html --write new.toml", "写成待审的 TOML", "as TOML to review"),
    ])
)]
pub struct IntakeArgs {
    #[arg(
        value_hint = ValueHint::FilePath,
        help = both("文本；- 为标准输入", "the text; - for standard input")
    )]
    pub file: PathBuf,
    #[arg(long, help = both("输出 JSON", "as JSON"))]
    pub json: bool,
    #[arg(
        long,
        conflicts_with_all = ["json", "write"],
        help = both(
            "逐个作答：每个数字一行提示，一键一答，随答随记，可撤销，可接着上次做",
            "answer figure by figure: a prompt each, a key an answer, recorded at once; undo, and go on later"
        )
    )]
    pub plain: bool,
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        conflicts_with = "json",
        help = both(
            "把可能的改动写成 TOML，供审阅后自行并入规划；规划本身不改动",
            "write what would change as TOML, to review and take into the plan by hand; the plan itself is not touched",
        )
    )]
    pub write: Option<PathBuf>,
    #[arg(long, help = both("覆盖已有的文件", "over an existing file"))]
    pub force: bool,
    #[arg(
        long,
        value_name = "TEXT",
        help = both("文件标题，代替文中所读", "the document's title, instead of the one read from it")
    )]
    pub title: Option<String>,
    #[arg(long, value_name = "TEXT", help = both("发布者", "who published it"))]
    pub publisher: Option<String>,
    #[arg(
        long,
        value_name = "DATE|YEAR",
        help = both(
            "文件日期，用来理解“今年”“去年”",
            "the document's date, by which “this year” and “last year” are read",
        )
    )]
    pub date: Option<String>,
}

#[derive(Args, Clone, Debug)]
#[command(
    about = both(
        "把自己的文稿与规划核对：每个涉及规划的数字是否一致；有不一致时退出码为1",
        "Hold a text of your own against the plan: whether each figure that speaks of it agrees; exit code 1 where one differs",
    ),
    after_help = examples(&[
        ("plan158 check-draft brief.md", "逐个核对", "figure by figure"),
        ("plan158 check-draft brief.md --as-of 2025-06-30", "按某日所知", "as known on a day"),
        ("plan158 check-draft brief.docx --format json", "供程序使用", "for programs"),
    ])
)]
pub struct CheckDraftArgs {
    #[arg(
        value_hint = ValueHint::FilePath,
        help = both("文稿；- 为标准输入", "the text; - for standard input")
    )]
    pub file: PathBuf,
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = word::<DraftForm>(),
        default_value = DraftForm::Human.word(),
        hide_possible_values = true,
        hide_default_value = true,
        help = one_of("格式", "format", DraftForm::NAMES, Some(DraftForm::Human.word()))
    )]
    pub format: DraftForm,
    #[arg(
        long,
        value_name = "DATE|YEAR",
        help = both(
            "文稿日期，用来理解“今年”“去年”；不给出时为今天",
            "the text's date, by which “this year” and “last year” are read; today where it is left out",
        )
    )]
    pub date: Option<String>,
}

words!(
    /// Forms of `check-draft`.
    DraftForm {
        /// One finding a line.
        Human = "human",
        /// One document.
        Json = "json",
        /// Annotations of GitHub's workflows.
        Github = "github",
    }
);
