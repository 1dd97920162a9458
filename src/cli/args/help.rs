//! Leaves one language of every help text, and lays out usage and examples.

use clap::{Arg, ArgAction, Command};

use crate::cli::wording::{both, in_language, in_lines};
use crate::text::Ui;
use crate::tui::text::{cols, fit};

/// Example lines longer than this push their own remark aside, not everybody's.
const EXAMPLE_COLS: usize = 48;

/// Exit codes, at the end of the main help and in the manual.
pub fn exit_codes(ui: Ui) -> &'static str {
    ui.pick(
        "退出码：0 完成；1 答案为“否”（有问题、没有结果）；2 用法有误、未知 id；3 规划无法打开；4 记录无法读写",
        "Exit codes: 0 done; 1 the answer is no (problems, nothing found); 2 usage, unknown id; 3 the plan cannot be opened; 4 the journal cannot be read or written",
    )
}

/// The examples of a declared command as lines of `command  # what it does`.
pub fn examples(command: &Command, ui: Ui) -> String {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let width = in_lines(&text, ui)
        .map(|(line, _)| cols(line))
        .filter(|cols| *cols < EXAMPLE_COLS)
        .max()
        .unwrap_or(0);
    let example = |(line, what): (&str, &str)| {
        let line = if cols(line) < width { fit(line, width) } else { line.to_owned() };
        format!("  {line}  # {what}\n")
    };
    in_lines(&text, ui).map(example).collect()
}

/// A declared command and its subcommands with the words of one language.
pub fn localise(command: Command, ui: Ui) -> Command {
    let command = command
        .arg(flag("help", 'h', ArgAction::Help, both("显示帮助", "show this help")).global(true))
        .arg(flag("version", 'V', ArgAction::Version, both("显示版本", "show the version")))
        .mut_subcommands(|sub| {
            let name = sub.get_name().to_owned();
            localise_one(sub, &name, ui)
        });
    localise_one(command, "", ui)
        .subcommand_help_heading(ui.pick("命令", "Commands"))
        .subcommand_value_name(ui.pick("命令", "COMMAND"))
}

fn flag(name: &'static str, short: char, action: ArgAction, help: String) -> Arg {
    Arg::new(name).long(name).short(short).action(action).help(help)
}

fn localise_one(command: Command, name: &str, ui: Ui) -> Command {
    let mut after = format!("{}\n{}", ui.pick("示例：", "Examples:"), examples(&command, ui));
    if name.is_empty() {
        after = format!("{after}\n{}\n", exit_codes(ui));
    }
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let usage = usage(&command, name, ui);
    command
        .mut_args(|arg| {
            let heading = if arg.is_positional() {
                ui.pick("参数", "Arguments")
            } else {
                ui.pick("选项", "Options")
            };
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            arg.help(in_language(&help, ui).to_owned()).help_heading(heading)
        })
        .about(in_language(&about, ui).to_owned())
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
    format!("plan158 {name} {options}{}", arguments(command))
}

/// What a command needs or takes without a flag, and the flags that it needs, each with a space before it.
pub fn arguments(command: &Command) -> String {
    let mut line = String::new();
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

/// An argument as the manual and the documentation name it: `ID`, `--depth N`, `--json`.
pub fn form(arg: &Arg) -> String {
    let value = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    match (arg.get_long(), arg.get_action().takes_values()) {
        (Some(long), true) => format!("--{long} {value}"),
        (Some(long), false) => format!("--{long}"),
        (None, _) => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, command};
    use crate::cli::wording::wordings;
    use clap::CommandFactory;

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c))
    }

    #[test]
    fn every_command_and_argument_says_what_it_does_in_both_languages_and_every_command_has_an_example() {
        let program = Cli::command();
        let mut commands: Vec<&Command> = program.get_subcommands().collect();
        commands.push(&program);
        for command in commands {
            let name = command.get_name();
            let args = command.get_arguments().map(|arg| (arg.get_id().to_string(), arg.get_help()));
            for (what, help) in args.chain([("about".to_owned(), command.get_about())]) {
                let help = help.map(ToString::to_string).unwrap_or_default();
                let (zh, en) = wordings(&help).unwrap_or_else(|| panic!("{name} {what}: {help:?}"));
                assert!(!zh.is_empty() && !en.is_empty() && !is_chinese(en), "{name} {what}: {zh} / {en}");
            }
            assert!(!examples(command, Ui::Zh).is_empty(), "{name} has no example");
            assert!(!is_chinese(&examples(command, Ui::En)), "{name}");
        }
    }

    #[test]
    fn chinese_help_is_chinese_throughout_and_english_help_english() {
        let names: Vec<String> =
            Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
        for name in names.iter().map(String::as_str).chain([""]) {
            let render = |ui: Ui| {
                let mut command = command(ui);
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
            assert!(!is_chinese(&en), "{en}");
        }
    }
}
