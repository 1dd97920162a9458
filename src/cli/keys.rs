//! `plan158 keys [--format md]`: every command of the screen with its keys, from the one table.

use std::fmt::Write as _;
use std::io::Write;

use super::CommandContext;
use super::args::KeysForm;
use super::failure::{Exit, Stop};
use super::output::Output;
use crate::text::Ui;
use crate::tui::command::{CommandSpec, Context as Place, Group, On};
use crate::tui::commands;
use crate::tui::keymap::Keymap;
use crate::tui::text::{cols, fit};

/// Runs the command. The plain form shows the keys as they are now, with the changes of `config.toml`;
/// Markdown shows the defaults in both languages, whatever the settings, so that `docs/keys.md` is the same
/// everywhere.
///
/// # Errors
/// When the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, format: Option<KeysForm>) -> Result<Exit, Stop> {
    match format {
        Some(KeysForm::Md) => out.write_all(markdown().as_bytes())?,
        None => {
            // What could not be bound was told when the settings were read.
            let (keymap, _) = commands::keymap(&context.settings.keys.value);
            plain(context.ui(), &keymap, out)?;
        }
    }
    Ok(Exit::Done)
}

fn in_group(group: Group) -> impl Iterator<Item = &'static CommandSpec> {
    commands::specs().filter(move |command| command.group == group)
}

/// The keys of a command in all its contexts, each once, the table's order first.
fn keys_of(keymap: &Keymap, command: &CommandSpec) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for context in Place::ALL {
        for key in keymap.keys_of(command.id, *context) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
    }
    keys
}

fn plain(ui: Ui, keymap: &Keymap, out: &mut Output) -> std::io::Result<()> {
    let rows: Vec<(&CommandSpec, String)> =
        commands::specs().map(|command| (command, keys_of(keymap, command).join(" "))).collect();
    let key_cols = rows.iter().map(|(_, keys)| cols(keys)).max().unwrap_or(0);
    let title_cols = rows.iter().map(|(command, _)| cols(command.title(ui))).max().unwrap_or(0);
    for (index, group) in Group::ALL.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let heading = out.ink.strong(group.label(ui));
        writeln!(out, "{heading}")?;
        for (command, keys) in rows.iter().filter(|(command, _)| command.group == group) {
            let name = out.ink.quiet(command.name);
            writeln!(out, "  {}  {}  {name}", fit(keys, key_cols), fit(command.title(ui), title_cols))?;
        }
    }
    Ok(())
}

/// The default keys as Markdown, in both languages: the text of `docs/keys.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "# 按键 · Keys\n\n<!-- Written by `plan158 keys --format md`; do not edit. -->\n\n\
         按键可在 `config.toml` 中更改 · Keys can be changed in `config.toml`:\n\n\
         ```toml\n[keys.browse]            # browse, card, page, list, input, form\n\"g g\" = \"last\"           # keys = command\n\"q\" = \"none\"             # frees the keys\n```\n\n\
         `{n}`: 1–9 · `{a}`: 任意字符 · any character\n",
    );
    for group in Group::ALL {
        let _ = write!(
            text,
            "\n## {} · {}\n\n| 按键 · Keys | 命令 | Command | 名称 · Name | 何处 · Where |\n|---|---|---|---|---|\n",
            group.label(Ui::Zh),
            group.label(Ui::En)
        );
        for command in in_group(group) {
            for On(contexts, keys) in command.keys {
                let keys: Vec<String> = keys.iter().map(|keys| code(&keys.replace(' ', ""))).collect();
                let contexts: Vec<&str> = contexts.iter().map(|context| context.word()).collect();
                let (keys, contexts) = (keys.join(" "), contexts.join(", "));
                let CommandSpec { zh, en, name, .. } = command;
                let _ = writeln!(text, "| {keys} | {zh} | {en} | `{name}` | {contexts} |");
            }
            // Without keys of its own it runs from the palette, and can be given some.
            if let CommandSpec { keys: [], zh, en, name, .. } = command {
                let _ = writeln!(text, "| `:` | {zh} | {en} | `{name}` | |");
            }
        }
    }
    text
}

/// A key as code in a table cell.
fn code(key: &str) -> String {
    let key = key.replace('|', "\\|");
    if key.contains('`') { format!("`` {key} ``") } else { format!("`{key}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_the_markdown_in_both_languages() {
        let text = markdown();
        for command in commands::specs() {
            let row = text.lines().find(|line| line.contains(&format!("| `{}` |", command.name)));
            let row = row.unwrap_or_else(|| panic!("{} is missing", command.name));
            assert!(row.contains(command.zh) && row.contains(command.en), "{row}");
        }
    }

    #[test]
    fn groups_hold_every_command() {
        let grouped: usize = Group::ALL.into_iter().map(|group| in_group(group).count()).sum();
        assert_eq!(grouped, commands::specs().count());
    }
}
