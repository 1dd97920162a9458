//! Every word of `--help`, `man` and shell completions, in both languages, in one table; and the pass that writes them into the clap command.

mod documents;
mod people;

use clap::{Arg, ArgAction, Command};

use crate::text::Ui;
use crate::tui::text::{cols, fit};

/// A wording in both languages.
type Both = (&'static str, &'static str);

/// The words of one command.
struct Words {
    /// Its name; empty for the program itself.
    name: &'static str,
    about: Both,
    /// Its arguments by clap's id.
    args: &'static [(&'static str, Both)],
    /// Command lines with what they do.
    examples: &'static [(&'static str, Both)],
}

/// Flags that every command takes.
const GLOBAL: &[(&str, Both)] = &[
    (
        "plan",
        ("另一份规划：文件夹或单个文件 [PLAN158_PLAN]", "another plan: a folder or one file [PLAN158_PLAN]"),
    ),
    (
        "journal",
        (
            "另一个记录文件夹 [PLAN158_JOURNAL]",
            "another journal: a folder of *.jsonl files [PLAN158_JOURNAL]",
        ),
    ),
    ("author", ("作者名 [PLAN158_AUTHOR]", "who writes [PLAN158_AUTHOR]")),
    (
        "lang",
        (
            "规划的一种语言，或 both 双语 [PLAN158_LANG]",
            "one of the plan's languages, or both [PLAN158_LANG]",
        ),
    ),
    (
        "as_of",
        ("截至某日（2025-10-20）或某时刻（RFC 3339）", "as of a day (2025-10-20) or an instant (RFC 3339)"),
    ),
    (
        "rule",
        (
            "判断规则：pace（默认）、opensdg、projection",
            "rule set of verdicts: pace (default), opensdg, projection",
        ),
    ),
    ("color", ("颜色：auto、always、never", "colour: auto, always, never")),
    ("help", ("显示帮助", "show this help")),
    ("version", ("显示版本", "show the version")),
];

/// The table.
const WORDS: &[Words] = &[
    Words {
        name: "",
        about: (
            "在终端里浏览重庆教育“158N”规划，或任何由目标、行动、指标组成的规划",
            "Explore Chongqing's education plan “158N”, or any plan of goals, actions and metrics, in the terminal",
        ),
        args: GLOBAL,
        examples: &[
            ("plan158", ("打开 158N 规划", "open the 158N plan")),
            ("plan158 --lang both", ("双语打开", "… in both languages")),
            ("plan158 tree a2 --depth 2", ("某一行动的大纲", "the outline of one action")),
            ("plan158 init my-plan", ("得到一份可编辑的副本", "a copy to edit")),
            ("plan158 --plan my-plan", ("打开它", "open that")),
        ],
    },
    Words {
        name: "tree",
        about: ("以文本输出大纲", "Print the outline as text"),
        args: &[
            ("id", ("只输出该节点及其下级", "only this node and what is below it")),
            ("depth", ("只输出前 N 层", "only the first N levels")),
        ],
        examples: &[
            ("plan158 tree --depth 2", ("前两层", "the first two levels")),
            ("plan158 tree a4 --lang both", ("一个行动，双语", "one action, in both languages")),
            ("plan158 tree | grep a5", ("供其他工具使用", "for other tools")),
        ],
    },
    Words {
        name: "show",
        about: ("一个节点的全部内容", "Print everything about one node"),
        args: &[
            ("id", ("节点的 id", "the node's id")),
            ("json", ("输出 JSON", "as JSON")),
            ("ascii", ("图形只用 ASCII 字符", "charts in ASCII only")),
        ],
        examples: &[
            ("plan158 show a2.school-communities", ("指标卡片", "the card of a metric")),
            ("plan158 show a2 --json", ("供程序使用", "for programs")),
        ],
    },
    Words {
        name: "explain",
        about: (
            "结论背后的算式：数值、来源、各规则之下的结果、各方结论",
            "Print the arithmetic behind a verdict: figures with sources, every rule set, everybody's verdicts",
        ),
        args: &[("id", ("节点的 id", "the node's id")), ("json", ("输出 JSON", "as JSON"))],
        examples: &[
            ("plan158 explain a2.school-communities", ("一个指标", "a metric")),
            ("plan158 explain a2.retention --rule opensdg", ("换一种规则", "under another rule set")),
            ("plan158 explain a2 --json", ("供程序使用", "for programs")),
        ],
    },
    Words {
        name: "matrix",
        about: (
            "两个层级交叉：每格的项数与状态分布，空行空列列为发现",
            "Cross two levels: count and states of each cell; empty rows and columns are named as findings",
        ),
        args: &[
            ("rows", ("行的层级，代替规划所定的", "the level of the rows, instead of the plan's")),
            ("columns", ("列的层级", "the level of the columns")),
            ("json", ("输出 JSON", "as JSON")),
        ],
        examples: &[
            ("plan158 matrix", ("158N：发展定位 × 行动", "158N: positions × actions")),
            ("plan158 matrix --rows stage", ("阶段目标 × 行动", "stage goals × actions")),
            ("plan158 matrix --json", ("供程序使用", "for programs")),
        ],
    },
    Words {
        name: "find",
        about: (
            "查找节点：中文、拼音、首字母、繁体、英文、id、数值、字段；没有结果时退出码为 1",
            "Search nodes by words in Chinese, pinyin, initials or English, ids, figures and fields; exit code 1 when nothing matches",
        ),
        args: &[
            ("query", ("要找的内容，与界面中的 / 相同", "what to look for, as with / on the screen")),
            ("json", ("输出 JSON，含匹配位置", "as JSON, with the places that matched")),
            ("limit", ("只要最好的 N 个", "only the best N")),
            ("flat", ("最佳匹配在先（默认）", "best first (default)")),
            ("tree", ("按大纲，连同上级", "in the outline, with what is above them")),
        ],
        examples: &[
            ("plan158 find zyjy", ("首字母", "initials of pinyin")),
            ("plan158 find 'kind:metric status:no-data'", ("字段", "fields")),
            ("plan158 find 'teachers | schools' --tree", ("任一，按大纲", "either, in the outline")),
            ("plan158 find 84000 --json", ("供程序使用", "for programs")),
        ],
    },
    Words {
        name: "check",
        about: (
            "检查规划文件；有错误时退出码为 1",
            "Look for problems in the plan; exit code 1 if any is an error",
        ),
        args: &[
            ("path", ("要检查的规划，代替 --plan", "the plan to check, instead of --plan")),
            (
                "sources",
                (
                    "用文档的副本核对来源登记（可多次给出）",
                    "compare the register with a copy of a document (may be repeated)",
                ),
            ),
            ("format", ("格式：human（默认）、json", "format: human (default), json")),
        ],
        examples: &[
            ("plan158 check my-plan", ("检查一个文件夹", "check a folder")),
            (
                "plan158 check --source article=text.md",
                ("核对所引的数字与名称", "check cited figures and names"),
            ),
            ("plan158 check --format json", ("供程序使用", "for programs")),
        ],
    },
    Words {
        name: "lint",
        about: (
            "列出照现有写法无法评估的承诺，作为要问的问题",
            "List commitments that cannot be evaluated as written, as questions to ask",
        ),
        args: &[
            ("id", ("只看该节点及其下级", "only this node and what is below it")),
            ("format", ("格式：human（默认）、json、csv", "format: human (default), json, csv")),
            ("rules", ("列出全部规则（Markdown）", "the rules themselves, as Markdown")),
        ],
        examples: &[
            ("plan158 lint", ("整份规划，最要紧的在前", "the whole plan, the weightiest first")),
            ("plan158 lint s2027", ("一个阶段目标", "one stage goal")),
            ("plan158 lint --format csv > questions.csv", ("供电子表格使用", "for a spreadsheet")),
        ],
    },
    Words {
        name: "export",
        about: (
            "把规划写成文档：报告、表格或数据，可复核、可签字",
            "Write the plan as a document to keep and to sign: a report, tables or data",
        ),
        args: &[
            ("id", ("只导出该节点及其下级", "only this node and what is below it")),
            (
                "format",
                (
                    "格式：md、html、csv、xlsx、docx、json、toml、opml",
                    "format: md, html, csv, xlsx, docx, json, toml, opml",
                ),
            ),
            ("output", ("写入文件；不给出时为标准输出", "into a file; without it, standard output")),
            (
                "filter",
                (
                    "只导出查询所得及其上级，与 find 相同的写法",
                    "only what a query finds, in the language of find, with what is above it",
                ),
            ),
            (
                "template",
                (
                    "用自己的模板（minijinja，数据同 json 格式）；样例见 docs/templates/",
                    "in a form of one's own (minijinja over the json format); samples in docs/templates/",
                ),
            ),
            (
                "table",
                (
                    "csv 每行一个节点 nodes（默认）或一个数值 values",
                    "a row of csv is a node: nodes (default), or a value: values",
                ),
            ),
            ("plain_csv", ("csv 不带 BOM，换行为 LF", "csv without byte-order mark, lines end in LF")),
            ("force", ("覆盖已有的文件", "over an existing file")),
        ],
        examples: &[
            ("plan158 export a2 --format md -o a2.md", ("一个行动的报告", "a report of one action")),
            (
                "plan158 export --format md --filter status:no-data --lang both",
                ("缺数据的节点，双语", "what has no data, in both languages"),
            ),
            ("plan158 export --format json -o plan.json", ("整份规划", "the whole plan")),
            ("plan158 export a2 --format json | jq .nodes[0]", ("一个分支", "one branch")),
        ],
    },
    Words {
        name: "init",
        about: (
            "新建可编辑的规划：158N 规划的副本，或一份小的空规划",
            "Make a plan to edit: a copy of the 158N plan, or a small empty one",
        ),
        args: &[
            ("dir", ("写入的文件夹：不存在，或为空", "the folder to write: a new or an empty one")),
            ("empty", ("小的空规划，带注释", "a small empty plan with comments")),
        ],
        examples: &[
            ("plan158 init my-plan", ("158N 规划的副本", "a copy of the 158N plan")),
            ("plan158 init own --empty", ("从空规划开始", "start from an empty one")),
            ("plan158 check my-plan", ("改动之后检查", "check it after editing")),
        ],
    },
    Words {
        name: "keys",
        about: ("全部命令及其按键", "Print every command with its keys"),
        args: &[("format", ("格式：md（Markdown）", "format: md (Markdown)"))],
        examples: &[
            ("plan158 keys", ("当前按键，含设置文件中的改动", "the keys now, with those of config.toml")),
            ("plan158 keys --format md", ("默认按键，Markdown", "the default keys, as Markdown")),
        ],
    },
    Words {
        name: "config",
        about: ("设置及其来源", "Show settings and where they come from"),
        args: &[("explain", ("每项设置、其值与来源", "every setting, its value and where it came from"))],
        examples: &[("plan158 config --explain", ("列出全部", "list them all"))],
    },
    Words {
        name: "doctor",
        about: ("各项所在的位置与存在的问题", "Show where things are and what is wrong with them"),
        args: &[(
            "reattach",
            (
                "把已离开规划的节点上的记录改挂到另一个节点",
                "what was said of a node that left the plan belongs to another",
            ),
        )],
        examples: &[
            ("plan158 doctor", ("有标 ✗ 的一项时退出码为 1", "exit code 1 if anything is marked ✗")),
            (
                "plan158 doctor --reattach a2.old=a2.new",
                ("改挂离开规划的节点上的记录", "give an orphan's records a node"),
            ),
        ],
    },
    Words {
        name: "completions",
        about: ("生成 shell 补全脚本", "Print completions for a shell"),
        args: &[("shell", ("bash、zsh、fish、elvish、powershell", "bash, zsh, fish, elvish, powershell"))],
        examples: &[(
            "plan158 completions bash > ~/.local/share/bash-completion/completions/plan158",
            ("安装到 bash", "for bash"),
        )],
    },
    Words {
        name: "man",
        about: ("输出手册页（roff）", "Print the manual page (roff)"),
        args: &[],
        examples: &[("plan158 man | man -l -", ("直接阅读", "read it at once"))],
    },
];

/// Exit codes, at the end of the main help and in the manual.
pub fn exit_codes(ui: Ui) -> &'static str {
    ui.pick(
        "退出码：0 完成；1 答案为“否”（有问题、没有结果）；2 用法有误、未知 id；3 规划无法打开；4 记录无法读写",
        "Exit codes: 0 done; 1 the answer is no (problems, nothing found); 2 usage, unknown id; 3 the plan cannot be opened; 4 the journal cannot be read or written",
    )
}

/// Every command's words.
fn all() -> impl Iterator<Item = &'static Words> {
    WORDS.iter().chain(documents::WORDS).chain(people::WORDS)
}

/// The words of a command by name.
fn words_of(name: &str) -> Option<&'static Words> {
    all().find(|words| words.name == name)
}

/// The examples of a command (empty name: the program) as lines of `command  # what it does`.
pub fn examples(name: &str, ui: Ui) -> String {
    let examples = words_of(name).map_or(&[][..], |words| words.examples);
    // A long line pushes its own remark aside, not everybody's.
    let width = examples.iter().map(|(line, _)| cols(line)).filter(|cols| *cols < 48).max().unwrap_or(0);
    let example = |(line, (zh, en)): &(&str, Both)| {
        let line = if cols(line) < width { fit(line, width) } else { (*line).to_owned() };
        format!("  {line}  # {}\n", ui.pick(*zh, *en))
    };
    examples.iter().map(example).collect()
}

/// Writes the words of one language into the command and its subcommands.
pub fn localise(command: Command, ui: Ui) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = command.arg(flag("help", 'h', ArgAction::Help).global(true)).arg(flag(
        "version",
        'V',
        ArgAction::Version,
    ));
    let command = names
        .iter()
        .fold(command, |command, name| command.mut_subcommand(name, |sub| localise_one(sub, name, ui)));
    localise_one(command, "", ui)
        .subcommand_help_heading(ui.pick("命令", "Commands"))
        .subcommand_value_name(ui.pick("命令", "COMMAND"))
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    Arg::new(name).long(name).short(short).action(action)
}

fn localise_one(mut command: Command, name: &str, ui: Ui) -> Command {
    let Some(words) = words_of(name) else { return command };
    for (id, (zh, en)) in words.args {
        command = command.mut_arg(*id, |arg| {
            let heading = if arg.is_positional() {
                ui.pick("参数", "Arguments")
            } else {
                ui.pick("选项", "Options")
            };
            arg.help(ui.pick(*zh, *en)).help_heading(heading)
        });
    }
    let mut after = format!("{}\n{}", ui.pick("示例：", "Examples:"), examples(name, ui));
    if name.is_empty() {
        after = format!("{after}\n{}\n", exit_codes(ui));
    }
    let usage = usage(&command, name, ui);
    command
        .about(ui.pick(words.about.0, words.about.1))
        .after_help(after.trim_end().to_owned())
        .override_usage(usage)
        .help_template(ui.pick(
            "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
        ))
}

/// `plan158 tree [OPTIONS] [ID]`, with the words of the language.
fn usage(command: &Command, name: &str, ui: Ui) -> String {
    let options = ui.pick("[选项]", "[OPTIONS]");
    if name.is_empty() {
        return format!("plan158 {options} [{}]", ui.pick("命令", "COMMAND"));
    }
    let mut line = format!("plan158 {name} {options}");
    for arg in command.get_arguments() {
        let value = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
        let long = arg.get_long().unwrap_or_default();
        let part = match (arg.is_positional(), arg.is_required_set()) {
            (true, true) => format!(" <{value}>"),
            (true, false) => format!(" [{value}]"),
            (false, true) if arg.get_action().takes_values() => format!(" --{long} <{value}>"),
            (false, true) => format!(" --{long}"),
            (false, false) => continue,
        };
        line.push_str(&part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_and_argument_has_its_words_and_no_words_are_left_over() {
        let command = Cli::command();
        let mut commands: Vec<&Command> = command.get_subcommands().collect();
        commands.push(&command);
        let names: BTreeSet<&str> = commands
            .iter()
            .map(|command| if command.get_name() == "plan158" { "" } else { command.get_name() })
            .collect();
        assert_eq!(names, all().map(|words| words.name).collect());
        for command in commands {
            let name = if command.get_name() == "plan158" { "" } else { command.get_name() };
            let own: BTreeSet<&str> = command.get_arguments().map(|arg| arg.get_id().as_str()).collect();
            let written: BTreeSet<&str> = words_of(name)
                .unwrap()
                .args
                .iter()
                .map(|(id, _)| *id)
                .filter(|id| !matches!(*id, "help" | "version"))
                .collect();
            assert_eq!(own, written, "{name}");
            assert!(!examples(name, Ui::Zh).is_empty(), "{name} has no example");
        }
    }

    #[test]
    fn chinese_help_is_chinese_throughout_and_english_help_english() {
        for name in all().map(|words| words.name) {
            let render = |ui: Ui| {
                let mut command = crate::cli::args::command(ui);
                command.build();
                let command = match name {
                    "" => &mut command,
                    name => command.find_subcommand_mut(name).unwrap(),
                };
                command.render_long_help().to_string()
            };
            let zh = render(Ui::Zh);
            for english in ["Usage", "Options", "Commands", "Arguments", "Examples", "Print", "[default"] {
                assert!(!zh.contains(english), "{english} in:\n{zh}");
            }
            assert!(zh.contains("用法：plan158"), "{zh}");
            let en = render(Ui::En);
            assert!(!en.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)), "{en}");
        }
    }
}
