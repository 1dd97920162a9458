//! Problems of a plan as values: a stable code, a place, what is wrong and what to do, in both languages.
//!
//! This module words, places and draws a problem; finding them is for `check` and the readers.

mod locate;
mod render;
pub(crate) mod trouble;

use serde::Serialize;

use crate::text::Bilingual;
use crate::text::words::words;

pub(crate) use locate::{ByteSpan, FileProblem, Quoting, locate};
pub use render::{Paint, line_of, render};
pub(crate) use trouble::DiagnosticText;

words!(
    /// How bad a problem is.
    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    Severity {
        /// Something of the plan could not be taken as written.
        Error = "error" ("错误", "error"),
        /// The plan was read as written; somebody should look.
        Warning = "warning" ("警告", "warning"),
    }
);

impl Severity {
    /// The severity that the code's first letter stands for.
    pub fn of(code: &str) -> Self {
        if code.starts_with('W') { Severity::Warning } else { Severity::Error }
    }
}

/// The line a problem stands on, with the stretch it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The line without its end; of a very long one a few hundred characters, with `…` where it was cut.
    pub line: String,
    /// Bytes of `line` that the caret marks; may be empty.
    pub bytes: std::ops::Range<usize>,
}

/// One problem, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code: `E…` for errors, `W…` for warnings; never reused.
    pub code: &'static str,
    /// Whether the plan can be used in spite of it.
    pub severity: Severity,
    /// The file, as the plan names it; empty where there is none.
    pub file: String,
    /// Line from 1; 0 where the problem has no place in the file.
    pub line: u32,
    /// Column in characters from 1; 0 where there is none.
    pub column: u32,
    /// What is wrong, in one sentence, with the words of the file quoted.
    pub message: Bilingual,
    /// What to write instead, or where to look.
    pub help: Bilingual,
    /// The line itself. Absent for a text that must not be shown or could not be read again.
    pub snippet: Option<Snippet>,
}

impl Diagnostic {
    /// A problem of a file as a whole, or of what stands somewhere in it.
    pub(crate) fn without_place(file: &str, trouble: DiagnosticText) -> Self {
        Self {
            code: trouble.code,
            severity: Severity::of(trouble.code),
            file: file.to_owned(),
            line: 0,
            column: 0,
            message: trouble.message,
            help: trouble.help,
            snippet: None,
        }
    }
}

/// Every code with its name in Chinese and English. A code keeps its meaning for good; a new problem gets a
/// new code.
pub const CODES: &[(&str, &str, &str)] = &[
    ("E01", "此处没有规划", "no plan at this place"),
    ("E02", "文件无法读取", "file cannot be read"),
    ("E03", "不是普通文件", "not a regular file"),
    ("E04", "文件过大", "file too big"),
    ("E05", "不是 UTF-8", "not UTF-8"),
    ("E06", "TOML 写法有误", "broken TOML"),
    ("E07", "格式版本不支持", "format not supported"),
    ("E08", "类型不对", "wrong type"),
    ("E09", "缺少必填项", "missing field"),
    ("E10", "不是允许的词", "not one of the allowed words"),
    ("E11", "值无效", "invalid value"),
    ("E12", "编号含有不允许的字符", "id outside its character set"),
    ("E13", "编号重复", "duplicate id"),
    ("E14", "上级不存在", "unknown parent"),
    ("E15", "层级未定义", "unknown level"),
    ("E16", "链接指向不存在的节点", "unknown link"),
    ("E17", "术语未收录", "unknown term"),
    ("E18", "来源未登记", "unknown source"),
    ("E19", "表与层级的类别不符", "table against its level's role"),
    ("E20", "上下级成环", "cycle"),
    ("E21", "路径越出规划目录", "path outside the plan"),
    ("E22", "互相排斥的写法", "fields that exclude each other"),
    ("E23", "空的规划", "empty plan"),
    ("E30", "文档不是 UTF-8", "document not UTF-8"),
    ("E31", "文档与登记的摘要值不符", "document differs from its digest"),
    ("E32", "段落与登记的摘要值不符", "passage differs from its digest"),
    ("E33", "段落未登记或缺失", "passage unregistered or missing"),
    ("E34", "事实的位置不存在", "fact without its place"),
    ("E35", "所引文字不在该处", "citation not in its place"),
    ("E36", "数字没有对应的事实", "figure unaccounted for"),
    ("E99", "其余错误未列出", "more errors"),
    ("W01", "不认识的键", "unknown key"),
    ("W02", "数值与单位不符", "unit against value"),
    ("W03", "年份在规划期之外", "year outside the period"),
    ("W04", "标题为空", "empty title"),
    ("W05", "缺少一种语言", "missing language"),
    ("W06", "含控制字符或双向控制符", "control or bidirectional characters"),
    ("W07", "通配符没有匹配到文件", "glob without a match"),
    ("W08", "与术语表不一致", "departure from the glossary"),
    ("W09", "目标早于基期", "target before the baseline"),
    ("W10", "同一来源同一时间有两个值", "one time twice"),
    ("W11", "序列中单位似有改变", "unit change within a series"),
    ("W12", "实际值的时间尚未到来", "actual dated ahead"),
    ("W99", "其余警告未列出", "more warnings"),
];
