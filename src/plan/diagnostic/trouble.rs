//! The wording of every problem, next to its code: what is wrong and what to do, in both languages.

mod flaw;
mod warnings;

use crate::text::Bilingual;
pub(crate) use flaw::Flaw;
pub(crate) use warnings::{
    against_rank, against_unit, dated_ahead, empty_title, missing_language, missing_rendering, no_match,
    outside_period, target_before_baseline, time_twice, unit_change, unknown_key, unknown_language,
    unsafe_characters, wrong_rendering,
};

/// A problem without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiagnosticText {
    pub code: &'static str,
    pub message: Bilingual,
    pub help: Bilingual,
}

impl DiagnosticText {
    fn new(code: &'static str, message: (String, String), help: (String, String)) -> Self {
        Self { code, message: Bilingual::new(message.0, message.1), help: Bilingual::new(help.0, help.1) }
    }
}

/// Longest stretch of a file's own text that a message quotes, in characters.
const QUOTED_CHARS: usize = 60;

/// A text of the file for a message: short, in backquotes.
fn quote(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// Words in backquotes with commas.
fn listed(words: &[&str]) -> String {
    let shown: Vec<String> = words.iter().map(|word| quote(word)).collect();
    shown.join(", ")
}

/// ` (did you mean …?)` in both languages, or nothing.
fn meant(near: Option<&str>) -> (String, String) {
    near.map_or_else(Default::default, |near| {
        (format!("是否想写 {}？", quote(near)), format!("Did you mean {}? ", quote(near)))
    })
}

pub(crate) fn no_plan(path: &str) -> DiagnosticText {
    DiagnosticText::new(
        "E01",
        (format!("{} 处没有规划", quote(path)), format!("there is no plan at {}", quote(path))),
        (
            "--plan 应指向含有 plan.toml 的目录或一个 .toml 文件；`plan158 init 目录` 可以新建一份。".into(),
            "Point --plan at a folder with a plan.toml or at one .toml file; `plan158 init DIR` makes a new one.".into(),
        ),
    )
}

pub(crate) fn unreadable(path: &str, why: &std::io::Error) -> DiagnosticText {
    let (zh, en, help_zh, help_en) = match why.kind() {
        std::io::ErrorKind::NotFound => (
            "找不到文件",
            "the file is not there",
            "请检查 `files` 等处写的路径，或恢复该文件。",
            "Check the path that names it, or restore the file.",
        ),
        std::io::ErrorKind::PermissionDenied => (
            "没有读取权限",
            "no permission to read it",
            "请用 `ls -l` 查看权限，并给自己读取权限。",
            "Look at its permissions with `ls -l` and give yourself the right to read it.",
        ),
        _ => ("读取失败", "reading failed", "请检查磁盘后重试。", "Check the disk and try again."),
    };
    let detail = match why.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::PermissionDenied => String::new(),
        _ => format!(" ({why})"),
    };
    DiagnosticText::new(
        "E02",
        (
            format!("无法读取 {}：{zh}{detail}", quote(path)),
            format!("cannot read {}: {en}{detail}", quote(path)),
        ),
        (help_zh.into(), help_en.into()),
    )
}

pub(crate) fn not_a_file(path: &str) -> DiagnosticText {
    DiagnosticText::new(
        "E03",
        (
            format!("{} 不是普通文件（而是目录、管道或设备）", quote(path)),
            format!("{} is not a regular file but a folder, a pipe or a device", quote(path)),
        ),
        ("请改为指向一个 .toml 文件。".into(), "Name a .toml file instead.".into()),
    )
}

pub(crate) fn too_big(path: &str, bytes_max: u64) -> DiagnosticText {
    let mib = bytes_max >> 20;
    DiagnosticText::new(
        "E04",
        (format!("{} 超过 {mib} MiB", quote(path)), format!("{} is bigger than {mib} MiB", quote(path))),
        (
            "请把它拆成几个文件，在 `files` 里列出。".into(),
            "Split it into several files and list them under `files`.".into(),
        ),
    )
}

pub(crate) fn not_utf8() -> DiagnosticText {
    DiagnosticText::new(
        "E05",
        ("此处的字节不是 UTF-8；该文件未读入".into(), "this byte is not UTF-8; the file was not read".into()),
        (
            "请把文件另存为 UTF-8（例如 `iconv -f GB18030 -t UTF-8`）。".into(),
            "Save the file as UTF-8 (for instance `iconv -f GB18030 -t UTF-8`).".into(),
        ),
    )
}

/// `message` is the TOML parser's own, in English.
pub(crate) fn broken_toml(message: &str) -> DiagnosticText {
    let known = TOML_WORDS.iter().find(|(en, _)| message.starts_with(en));
    let zh =
        known.map_or_else(|| format!("TOML 写法有误：{message}"), |(_, zh)| format!("TOML 写法有误：{zh}"));
    DiagnosticText::new(
        "E06",
        (zh, format!("broken TOML: {message}")),
        (
            "请改正此处；本文件的其他检查在改正后才进行。".into(),
            "Mend this place; the other checks of this file wait until then.".into(),
        ),
    )
}

/// Openings of the parser's messages with what they mean.
const TOML_WORDS: &[(&str, &str)] = &[
    ("duplicate key", "同一个键写了两次"),
    ("unclosed string", "字符串没有收尾的引号"),
    ("invalid basic string", "字符串没有收尾的引号，或含有不能直接写的字符"),
    ("invalid literal string", "单引号字符串没有收尾，或含有不能直接写的字符"),
    ("invalid multi-line", "多行字符串没有收尾"),
    ("string values must be quoted", "文字要加引号"),
    ("unquoted", "文字要加引号"),
    ("missing escaped value", "反斜杠后面的转义写法不对"),
    ("invalid escape", "反斜杠后面的转义写法不对"),
    ("key with no value", "有键没有值，要写成 `键 = 值`"),
    ("missing value", "等号后面没有值"),
    ("missing key", "等号前面没有键"),
    ("invalid key", "键的写法不对"),
    ("invalid table", "表头写法不对，要写成 `[名]` 或 `[[名]]`"),
    ("unclosed table", "表头没有收尾的方括号"),
    ("unclosed array", "数组没有收尾的方括号"),
    ("unclosed inline table", "花括号没有收尾"),
    ("missing comma", "两项之间缺少逗号"),
    ("extra comma", "多了一个逗号"),
    ("missing assignment", "键和值之间缺少等号"),
    ("unexpected key or value", "此处不该有内容，前面可能缺少换行"),
    ("cannot extend", "不能在已写完的值里再加内容"),
    ("cannot recurse further", "嵌套层数太多"),
    ("value is too", "数值写法不对"),
    ("invalid", "写法不对"),
];

pub(crate) fn format_unknown(found: &str) -> DiagnosticText {
    DiagnosticText::new(
        "E07",
        (
            format!("格式{found}不被支持，本程序只认识 format = 1 和 2"),
            format!("format {found} is not supported; this program knows format = 1 and 2"),
        ),
        (
            "请换用更新的 plan158，或把规划改写为 format = 2；以下按格式2尽量读取。".into(),
            "Use a newer plan158, or write the plan as format = 2; what follows was read as format 2 where possible."
                .into(),
        ),
    )
}

/// What a key wants, for [`wrong_type`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExpectedValue {
    Word,
    Text,
    Flag,
    Number,
    Whole,
    Year,
    Date,
    List,
    Table,
    Tables,
    Link,
    Period,
}

impl ExpectedValue {
    fn said(self) -> (&'static str, &'static str, &'static str) {
        match self {
            ExpectedValue::Word => ("字符串", "a string", "\"…\""),
            ExpectedValue::Text => {
                ("各语言文字的表", "a table of language tag → text", "{ zh = \"…\", en = \"…\" }")
            }
            ExpectedValue::Flag => ("true 或 false", "true or false", "true"),
            ExpectedValue::Number => ("数", "a number", "95.2"),
            ExpectedValue::Whole => ("非负整数", "a whole number", "9"),
            ExpectedValue::Year => ("年份", "a year", "2027"),
            ExpectedValue::Date => {
                ("年、月或日", "a year, a month or a day", "2027, \"2025-05\", 2025-10-20")
            }
            ExpectedValue::List => ("数组", "a list", "[ … ]"),
            ExpectedValue::Table => ("表", "a table", "{ … }"),
            ExpectedValue::Tables => ("表的数组", "a list of tables", "[ { … } ]"),
            ExpectedValue::Link => (
                "节点编号或 { to = … }",
                "an id or { to = … }",
                "[ \"p1\", { to = \"p4\", basis = \"inferred\" } ]",
            ),
            ExpectedValue::Period => ("起止时间", "a start and an end", "{ start = 2024, end = 2035 }"),
        }
    }
}

pub(crate) fn wrong_type(key: &str, want: ExpectedValue, found: (&str, &str)) -> DiagnosticText {
    let (zh, en, example) = want.said();
    let key = quote(key);
    DiagnosticText::new(
        "E08",
        (format!("{key} 应为{zh}，这里是{}", found.0), format!("{key} must be {en}, this is {}", found.1)),
        (format!("请写成 {example}。"), format!("Write it like {example}.")),
    )
}

pub(crate) fn missing(table: &str, keys: &[&str]) -> DiagnosticText {
    let (zh, en) = (
        keys.iter().map(|key| quote(key)).collect::<Vec<_>>().join(" 或 "),
        keys.iter().map(|key| quote(key)).collect::<Vec<_>>().join(" or "),
    );
    DiagnosticText::new(
        "E09",
        (format!("{} 缺少 {zh}", quote(table)), format!("{} lacks {en}", quote(table))),
        (format!("请补上 {zh}。"), format!("Add {en}.")),
    )
}

pub(crate) fn no_such_word(key: &str, found: &str, near: Option<&str>, words: &[&str]) -> DiagnosticText {
    let (zh, en) = meant(near);
    DiagnosticText::new(
        "E10",
        (
            format!("{} 不认识 {}", quote(key), quote(found)),
            format!("{} is none of the words for {}", quote(found), quote(key)),
        ),
        (format!("{zh}可以写：{}。", listed(words)), format!("{en}It may be one of {}.", listed(words))),
    )
}

pub(crate) fn invalid(key: &str, flaw: Flaw) -> DiagnosticText {
    let [zh, en, help_zh, help_en] = flaw.said();
    DiagnosticText::new(
        "E11",
        (format!("{} {zh}", quote(key)), format!("{} {en}", quote(key))),
        (help_zh.into(), help_en.into()),
    )
}

/// What an id names, for its character set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdKind {
    Plan,
    Other,
}

pub(crate) fn bad_id(found: &str, kind: IdKind) -> DiagnosticText {
    let rule = match kind {
        IdKind::Plan => "[a-z0-9][a-z0-9._-]{0,63}",
        IdKind::Other => "[A-Za-z0-9][A-Za-z0-9._-]*",
    };
    DiagnosticText::new(
        "E12",
        (
            format!("编号 {} 含有不允许的字符，或太长", quote(found)),
            format!("the id {} is outside its character set, or too long", quote(found)),
        ),
        (
            format!("编号要符合 {rule}，定下后不再改。"),
            format!("An id is {rule}, and stays as it is for good."),
        ),
    )
}

/// `first` is the file in which the id stands first.
pub(crate) fn duplicate(id: &str, first: Option<&str>) -> DiagnosticText {
    let (zh, en) = first
        .map_or_else(Default::default, |file| (format!("（先见于 {file}）"), format!(" (first in {file})")));
    let id = quote(id);
    DiagnosticText::new(
        "E13",
        (
            format!("编号 {id} 已经用过{zh}；保留第一个"),
            format!("the id {id} is taken{en}; the first one stays"),
        ),
        ("请给后一个换新编号，或删去它。".into(), "Give the second one a new id, or remove it.".into()),
    )
}

/// What an unknown name should have named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedKind {
    Parent,
    Level,
    Link,
    Term,
    Source,
}

pub(crate) fn unknown(named: NamedKind, name: &str, near: Option<&str>, times: u32) -> DiagnosticText {
    let (code, zh, en, help_zh, help_en) = match named {
        NamedKind::Parent => (
            "E14",
            "上级节点",
            "parent",
            "请改正 `parent` 或补上该节点；本节点暂列为根。",
            "Correct `parent` or add that node; this one stands as a root meanwhile.",
        ),
        NamedKind::Level => (
            "E15",
            "层级",
            "level",
            "请改正，或在 plan.toml 里补一个 [[level]]；暂用同类的第一个层级。",
            "Correct it, or add a [[level]] to plan.toml; the first level of this kind stands in.",
        ),
        NamedKind::Link => (
            "E16",
            "链接的节点",
            "node linked to",
            "请改正编号或补上该节点；此链接暂略去。",
            "Correct the id or add that node; the link is left out meanwhile.",
        ),
        NamedKind::Term => (
            "E17",
            "术语",
            "term",
            "请改正，或在术语表里补上；此处暂略去。",
            "Correct it, or add it to the glossary; it is left out here meanwhile.",
        ),
        NamedKind::Source => (
            "E18",
            "来源",
            "source",
            "请改正，或在来源登记里补上；暂以编号代替。",
            "Correct it, or register it among the sources; its id stands for it meanwhile.",
        ),
    };
    let (near_zh, near_en) = meant(near);
    let (times_zh, times_en) = if times > 1 {
        (format!("（共用到{times}次）"), format!(" (named {times} times)"))
    } else {
        Default::default()
    };
    DiagnosticText::new(
        code,
        (
            format!("没有名为 {} 的{zh}{times_zh}", quote(name)),
            format!("there is no {en} {}{times_en}", quote(name)),
        ),
        (format!("{near_zh}{help_zh}"), format!("{near_en}{help_en}")),
    )
}

pub(crate) fn against_role(table: &str, level: &str, role: &str) -> DiagnosticText {
    DiagnosticText::new(
        "E19",
        (
            format!("层级 {} 属于 {}，不能写在 [[{table}]] 里", quote(level), quote(role)),
            format!("level {} is of role {}, it cannot stand in a [[{table}]]", quote(level), quote(role)),
        ),
        (
            format!("请改写成 [[{role}]]，或换一个类别为 `{table}` 的层级。"),
            format!("Write [[{role}]], or choose a level whose role is `{table}`."),
        ),
    )
}

pub(crate) fn cycle(chain: &[&str], left_out: usize) -> DiagnosticText {
    let mut names: Vec<String> = chain.iter().map(|name| quote(name)).collect();
    if left_out > 0 {
        let last = names.pop().unwrap_or_default();
        names.push(format!("… ({left_out}) …"));
        names.push(last);
    }
    let chain = names.join(" → ");
    DiagnosticText::new(
        "E20",
        (format!("上下级成环：{chain}"), format!("parents go round in a circle: {chain}")),
        (
            "请改正其中一个 `parent`；暂以此处的节点为根。".into(),
            "Correct one `parent` of them; the node here stands as a root meanwhile.".into(),
        ),
    )
}

pub(crate) fn outside(path: &str) -> DiagnosticText {
    DiagnosticText::new(
        "E21",
        (
            format!("路径 {} 越出规划目录，未读取", quote(path)),
            format!("path {} lies outside the plan; it was not read", quote(path)),
        ),
        (
            "请把文件放进规划目录，用相对路径指向它；只有 sources、facts、glossary 可以是目录外的 .toml 文件。".into(),
            "Put the file into the plan's folder and name it by a relative path; only sources, facts and glossary may be .toml files outside it."
                .into(),
        ),
    )
}

pub(crate) fn exclusive(first: &str, second: &str) -> DiagnosticText {
    let (first, second) = (quote(first), quote(second));
    DiagnosticText::new(
        "E22",
        (format!("{first} 与 {second} 不能同时出现"), format!("{first} and {second} exclude each other")),
        ("请只留一个。".into(), "Keep one of them.".into()),
    )
}

pub(crate) fn misplaced(key: &str, where_zh: &str, where_en: &str) -> DiagnosticText {
    DiagnosticText::new(
        "E22",
        (format!("{} 只用于{where_zh}", quote(key)), format!("{} belongs to {where_en} only", quote(key))),
        ("请删去它，或改正同一表里的其他项。".into(), "Remove it, or correct what stands beside it.".into()),
    )
}

pub(crate) fn empty(path: &str) -> DiagnosticText {
    DiagnosticText::new(
        "E23",
        (format!("{} 里没有任何内容", quote(path)), format!("there is nothing in {}", quote(path))),
        (
            "规划至少要有 format、id、title 和一个 [[level]]；`plan158 init 目录 --empty` 给出一份最小的规划。".into(),
            "A plan has at least format, id, title and a [[level]]; `plan158 init DIR --empty` makes the smallest one."
                .into(),
        ),
    )
}

/// `errors` or `warnings` beyond the number that is shown for one file.
pub(crate) fn more(severity: super::Severity, count: usize) -> DiagnosticText {
    let (code, zh, en) = match severity {
        super::Severity::Error => ("E99", "错误", "error(s)"),
        super::Severity::Warning => ("W99", "警告", "warning(s)"),
    };
    DiagnosticText::new(
        code,
        (format!("本文件还有{count}个{zh}未列出"), format!("{count} more {en} in this file are not listed")),
        ("请先改正上面列出的，再检查一次。".into(), "Mend those listed first, then check again.".into()),
    )
}
