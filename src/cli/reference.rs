//! The parts of `docs/cli.md` that are made from the declarations: the commands, their flags, the settings.

use std::fmt::Write;

use super::args;
use super::settings::ALL as SETTINGS;
use crate::text::Ui;
use crate::tui::theme::{ColorRole, Theme};

/// Pages of the documentation that say more of a command.
const PAGES: [(&str, &str); 19] = [
    ("annotate", "journal-format.md"),
    ("check", "plan-format.md"),
    ("config", "config.md"),
    ("explain", "judging.md"),
    ("export", "export-format.md"),
    ("find", "cli.md#find---json"),
    ("init", "plan-format.md"),
    ("keys", "keys.md"),
    ("lint", "lint.md"),
    ("log", "journal-format.md"),
    ("matrix", "judging.md#below-a-node"),
    ("merge", "teams.md"),
    ("redo", "journal-format.md#undo"),
    ("review", "review-plain.md"),
    ("status", "judging.md"),
    ("undo", "journal-format.md#undo"),
    ("verify", "export-format.md#verifying"),
    ("intake", "figures.md#taking-in-a-document"),
    ("check-draft", "figures.md#checking-a-draft"),
];

/// A text as a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The table of commands, in the order of `--help`.
pub fn commands() -> String {
    let mut out = String::from("| command | what it does | page |\n|---|---|---|\n");
    out.push_str("| `plan158` | opens the screen | [keys.md](keys.md) |\n");
    for command in args::command(Ui::En).get_subcommands() {
        let name = command.get_name();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let page = PAGES.iter().find(|(of, _)| *of == name).map(|(_, page)| *page);
        let page = page.map(|page| {
            let file = page.split('#').next().unwrap_or(page);
            format!("[{file}]({page}) ")
        });
        let line = format!("{name}{}", args::arguments(command));
        let _ = writeln!(out, "| `{}` | {} | {}|", cell(&line), cell(&about), page.unwrap_or_default());
    }
    out
}

/// The table of the arguments and flags that only one command has.
pub fn flags() -> String {
    let mut out = String::from("| command | argument or flag | meaning |\n|---|---|---|\n");
    for command in args::command(Ui::En).get_subcommands() {
        let name = command.get_name();
        for arg in command.get_arguments() {
            let short = arg.get_short().map(|short| format!(", `-{short}`")).unwrap_or_default();
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(out, "| `{name}` | `{}`{short} | {} |", cell(&args::form(arg)), cell(&help));
        }
    }
    out
}

/// The table of settings, with the places that may give them.
pub fn settings() -> String {
    let mut out = String::from(
        "| flag | variable | key in `config.toml` | default | meaning |\n|---|---|---|---|---|\n",
    );
    let ticked = |text: String| if text.is_empty() { text } else { format!("`{}`", cell(&text)) };
    for spec in SETTINGS {
        let flag = spec.flag.map(|value| format!("--{} {value}", spec.name)).unwrap_or_default();
        let variable = spec.variable.unwrap_or_default().to_owned();
        let key = if spec.in_file { spec.name.to_owned() } else { String::new() };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            ticked(flag),
            ticked(variable),
            ticked(key),
            cell(spec.default.1),
            cell(&spec.meaning())
        );
    }
    out.push_str("| `--help`, `--version` | | | | |\n");
    // An empty cell is one space wide.
    out.replace("|  |", "| |").replace("|  |", "| |")
}

/// The roles that have a colour, with what the themes give them.
pub fn colors() -> String {
    let mut out = String::from("| role | dark | light | what has it |\n|---|---|---|---|\n");
    for role in ColorRole::ALL {
        let (dark, light) = (Theme::DARK.color(*role), Theme::LIGHT.color(*role));
        let said = role.meaning();
        let _ = writeln!(out, "| `{}` | {dark} | {light} | {} · {} |", role.word(), said.zh, said.en);
    }
    out
}
