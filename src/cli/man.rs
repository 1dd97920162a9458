//! `plan158 man`: one manual page with every command, from the declarations the help comes from.

use std::io::{self, Write};

use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::failure::{Exit, Stop};
use super::{CommandContext, args};
use crate::text::Ui;

/// Runs the command.
///
/// # Errors
/// When the result cannot be written.
pub fn run(context: &CommandContext, out: &mut dyn Write) -> Result<Exit, Stop> {
    out.write_all(&page(context.ui())?)?;
    Ok(Exit::Done)
}

fn page(ui: Ui) -> io::Result<Vec<u8>> {
    let mut command = args::command(ui);
    command.build();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut text = String::from_utf8_lossy(&page).into_owned();
    for sub in command.get_subcommands() {
        text.push_str(&command_section(sub, ui)?);
    }
    text.push_str(&closing(ui).render());
    for (en, zh) in [("NAME", "名称"), ("SYNOPSIS", "用法"), ("OPTIONS", "选项")] {
        text = text.replace(&format!(".SH {en}\n"), &format!(".SH {}\n", ui.pick(zh, en)));
    }
    Ok(text.into_bytes())
}

/// A command with its usage, what it does, its own arguments and its examples.
fn command_section(command: &clap::Command, ui: Ui) -> io::Result<String> {
    let mut roff = Roff::new();
    roff.control("SH", [format!("plan158 {}", command.get_name()).as_str()]);
    if let Some(usage) = command.get_overridden_usage() {
        roff.text([bold(usage.to_string())]);
    }
    roff.control("PP", []);
    roff.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
    for arg in command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help") {
        roff.control("TP", []);
        roff.text([bold(args::form(arg))]);
        roff.text([roman(arg.get_help().map(ToString::to_string).unwrap_or_default())]);
    }
    add_examples(&mut roff, command.get_name(), ui);
    Ok(roff.render())
}

fn add_examples(roff: &mut Roff, name: &str, ui: Ui) {
    roff.control("PP", []);
    roff.control("nf", []);
    for line in args::examples_of(name, ui).lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}

fn closing(ui: Ui) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [ui.pick("示例", "EXAMPLES")]);
    add_examples(&mut roff, "", ui);
    roff.control("SH", [ui.pick("退出码", "EXIT STATUS")]);
    roff.text([roman(args::exit_codes(ui))]);
    roff.control("SH", [ui.pick("文件", "FILES")]);
    roff.text([roman("$XDG_CONFIG_HOME/plan158/config.toml (~/.config/plan158/config.toml)")]);
    roff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_command_in_either_language() {
        for (ui, heading) in [(Ui::En, ".SH SYNOPSIS"), (Ui::Zh, ".SH 用法")] {
            let text = String::from_utf8(page(ui).unwrap()).unwrap();
            assert!(text.contains(heading), "{text}");
            for command in args::command(ui).get_subcommands() {
                let section = format!(".SH \"plan158 {}\"", command.get_name());
                assert!(text.contains(&section), "{section} in {text}");
            }
        }
    }
}
