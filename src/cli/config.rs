//! `config.toml` in the XDG config directory, and `config --explain`.
//!
//! What stands in the file is a preference: a problem in it is reported with its line and that setting is
//! left out, never a refusal to work.

use std::io::Write;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::settings;
use super::settings::spec::{Binding, GivenSetting, SettingOrigin, SettingSpec, Takes, Values};
use crate::plan::regular_file;
use crate::plan::rule_set::RuleSet;
use crate::plan::settings_rules::rules_of_settings;
use crate::text::{Bilingual, suggest};
use crate::text::{clean::one_line, clean::shown};
use crate::tui::command::Context as KeyContext;
use crate::tui::commands;
use crate::tui::text::{cols, fit};
use crate::tui::theme::{ColorRole, RoleColors};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigFile {
    pub values: Values,
    /// Rule sets of its own.
    pub rules: Vec<RuleSet>,
    /// What could not be taken, each with its line and column; of very many the first, and how many more.
    pub problems: Vec<Bilingual>,
    /// How many there are in all.
    pub problem_count: usize,
}

/// So many problems are named.
const MOST_NAMED: usize = 20;

/// Largest file of settings that is read, in bytes.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Reads the file; one that is not there is an empty one.
pub fn read(file: &Path) -> ConfigFile {
    match regular_file::read_text(file, MAX_FILE_BYTES) {
        Ok(text) => parse(&text, file),
        Err(why) if why.is_missing() => ConfigFile::default(),
        Err(why) => {
            let (file, why) = (shown(file), why.reason());
            ConfigFile {
                problems: vec![Bilingual::new(
                    format!("无法读取 {file}：{}；已忽略", why.zh),
                    format!("cannot read {file}: {}; left out", why.en),
                )],
                problem_count: 1,
                ..ConfigFile::default()
            }
        }
    }
}

/// Reads the text of `config.toml`; `file` is where it stands.
pub fn parse(text: &str, file: &Path) -> ConfigFile {
    let newlines = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut reader = ConfigReader { text, newlines, file, config: ConfigFile::default(), places: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.problem(at, "TOML 有误", &format!("broken TOML: {}", one_line(error.message())));
    }
    for (name, value) in table.get_ref() {
        if name.get_ref() == RULES {
            reader.rules();
        } else {
            reader.take(name, value);
        }
    }
    reader.finish()
}

/// The key of rule sets; they are no setting, since no flag and no variable can give one.
const RULES: &str = "rules";

struct ConfigReader<'a> {
    text: &'a str,
    /// Where its lines end.
    newlines: Vec<usize>,
    file: &'a Path,
    config: ConfigFile,
    /// The byte of each problem that is named.
    places: Vec<usize>,
}

impl ConfigReader<'_> {
    fn problem(&mut self, byte: usize, zh: &str, en: &str) {
        self.config.problem_count += 1;
        if self.config.problems.len() == MOST_NAMED {
            return;
        }
        self.places.push(byte);
        let line = self.newlines.partition_point(|end| *end < byte);
        let start = line.checked_sub(1).map_or(0, |last| self.newlines[last] + 1);
        let column = 1 + self.text.get(start..byte).map_or(0, |before| before.chars().count());
        let line = line + 1;
        let file = shown(self.file);
        self.config.problems.push(Bilingual::new(
            format!("{file}:{line}:{column}：{zh}；已忽略"),
            format!("{file}:{line}:{column}: {en}; left out"),
        ));
    }

    /// The whole, with the number of problems that are not named.
    fn finish(mut self) -> ConfigFile {
        let more = self.config.problem_count - self.config.problems.len();
        let mut placed: Vec<_> = self.places.into_iter().zip(self.config.problems).collect();
        placed.sort_by_key(|(byte, _)| *byte);
        self.config.problems = placed.into_iter().map(|(_, said)| said).collect();
        if more > 0 {
            let file = shown(self.file);
            self.config.problems.push(Bilingual::new(
                format!("{file}：另有{more}处问题"),
                format!("{file}: and {more} more"),
            ));
        }
        self.config
    }

    fn rules(&mut self) {
        let (rules, problems) = rules_of_settings(self.text);
        self.config.rules = rules;
        for problem in problems {
            self.problem(problem.byte, &problem.said.zh, &problem.said.en);
        }
    }

    fn take(&mut self, name: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let mut known = settings::ALL.iter().filter(|spec| spec.in_file);
        let Some(spec) = known.find(|spec| spec.name == name.get_ref().as_ref()) else {
            let known = settings::ALL.iter().filter(|spec| spec.in_file).map(|spec| spec.name);
            let known: Vec<&str> = known.chain([RULES]).collect();
            return self.unknown(name.span().start, name.get_ref(), &known);
        };
        // What is broken as TOML was told of as that, and stands nowhere.
        if value.span().is_empty() {
            return;
        }
        let value_at = value.span().start;
        let given = match (spec.takes, value.get_ref()) {
            (Takes::Bindings, DeValue::Table(contexts)) => {
                let bindings = self.bindings(contexts);
                (!bindings.is_empty()).then_some(GivenSetting::Bindings(bindings))
            }
            (Takes::Colors, DeValue::Table(colors)) => Some(GivenSetting::Colors(self.colors(colors))),
            (_, value) => {
                let given = spec.of_file(value, self.file);
                if given.is_none() {
                    self.expected(value_at, spec);
                }
                given
            }
        };
        if let Some(given) = given {
            self.config.values.set(spec.name, given);
        }
    }

    fn expected(&mut self, at: usize, spec: &SettingSpec) {
        let (name, expects) = (spec.name, spec.expects());
        self.problem(
            at,
            &format!("{name} 应为{}", lead(&expects.zh)),
            &format!("{name} takes {}", expects.en),
        );
    }

    fn unknown(&mut self, at: usize, name: &str, known: &[&str]) {
        if self.config.problems.len() == MOST_NAMED {
            // What it may have been meant for is not looked for either.
            self.config.problem_count += 1;
            return;
        }
        let name = one_line(name);
        let (zh, en) = match suggest::closest(&name, known.iter().copied()) {
            Some(meant) => (format!("，是否为 {meant}？"), format!(", did you mean {meant}?")),
            None => (format!("，可用：{}", known.join("、")), format!(", there are {}", known.join(", "))),
        };
        self.problem(at, &format!("没有设置 {name}{zh}"), &format!("there is no setting {name}{en}"));
    }

    fn colors(&mut self, table: &DeTable<'_>) -> RoleColors {
        let mut colors = RoleColors::default();
        for (word, value) in table {
            let Some(role) = ColorRole::parse(word.get_ref()) else {
                let known: Vec<&str> = ColorRole::ALL.iter().map(|role| role.word()).collect();
                self.unknown(word.span().start, word.get_ref(), &known);
                continue;
            };
            let taken = match value.get_ref() {
                DeValue::String(text) => colors.set(role, text),
                DeValue::Integer(number) => colors.set(role, number.as_str()),
                _ => false,
            };
            if !taken {
                self.problem(
                    value.span().start,
                    "颜色应为名称（cyan、light-green 等）、\"#5fd7d7\" 或 0–255",
                    "a colour is a name such as \"cyan\" or \"light-green\", \"#5fd7d7\", or 0 to 255",
                );
            }
        }
        colors
    }

    fn bindings(&mut self, contexts: &DeTable<'_>) -> Vec<Binding> {
        let mut found: Vec<(usize, Binding)> = Vec::new();
        for (word, bindings) in contexts {
            let context = KeyContext::parse(word.get_ref());
            let at = word.span().start;
            match (context, bindings.get_ref()) {
                (Some(context), DeValue::Table(bindings)) => {
                    found.extend(self.bindings_of(context, bindings));
                }
                (Some(_), _) => {
                    self.problem(
                        at,
                        "应写作 \"按键\" = \"命令\"",
                        "write bindings as \"keys\" = \"command\"",
                    );
                }
                (None, _) => {
                    let known: Vec<&str> = KeyContext::ALL.iter().map(|context| context.word()).collect();
                    self.unknown(at, word.get_ref(), &known);
                }
            }
        }
        // In the order of the file, so that of two that clash the later one is told of.
        found.sort_by_key(|(at, _)| *at);
        let (places, bindings): (Vec<usize>, Vec<Binding>) = found.into_iter().unzip();
        for (index, said) in commands::keymap(&bindings).1 {
            self.problem(places[index], &said.zh, &said.en);
        }
        bindings
    }

    fn bindings_of(&mut self, context: KeyContext, bindings: &DeTable<'_>) -> Vec<(usize, Binding)> {
        let mut found = Vec::new();
        for (keys, command) in bindings {
            let at = keys.span().start;
            let DeValue::String(command) = command.get_ref() else {
                self.problem(
                    command.span().start,
                    "命令应为引号中的名称",
                    "a command is a name in quotes; `plan158 keys` lists them",
                );
                continue;
            };
            let (keys, command) = (keys.get_ref().as_ref().into(), command.as_ref().into());
            found.push((at, Binding { context, keys, command }));
        }
        found
    }
}

/// Chinese after `应为`: a space where Latin letters follow.
fn lead(text: &str) -> String {
    let is_latin = text.starts_with(|first: char| first.is_ascii());
    if is_latin { format!(" {text}") } else { text.to_owned() }
}

/// `plan158 config --explain`: every setting, its value and where it came from.
///
/// # Errors
/// When the result cannot be written.
pub fn run(context: &CommandContext, out: &mut dyn Write) -> Result<Exit, Stop> {
    let ui = context.ui();
    let mut rows = context.settings.explain(ui);
    if context.settings.author.origin == SettingOrigin::Default {
        let author = super::journal::default_author(context.environment.login.clone());
        let nobody = ui.pick("（未知）", "(unknown)");
        let value = one_line(author.as_deref().unwrap_or(nobody)).into_owned();
        rows.iter_mut().filter(|row| row.name == "author").for_each(|row| row.value.clone_from(&value));
    }
    let name_cols = rows.iter().map(|row| cols(row.name)).max().unwrap_or(0);
    let value_cols = rows.iter().map(|row| cols(&row.value)).max().unwrap_or(0).min(60);
    for row in &rows {
        let value =
            if cols(&row.value) < value_cols { fit(&row.value, value_cols) } else { row.value.clone() };
        writeln!(out, "{}  {value}  {}", fit(row.name, name_cols), row.origin)?;
    }
    if !context.config_problems.is_empty() {
        writeln!(out, "\n{}", ui.pick("设置文件中的问题：", "problems in the file:"))?;
        for problem in &context.config_problems {
            writeln!(out, "  {}", problem.get(ui))?;
        }
    }
    let file = match &context.places {
        Some(places) => shown(&places.config_file()),
        None => ui.pick("（没有主目录）", "(no home directory)").to_owned(),
    };
    writeln!(out, "\n{}{file}", ui.pick("设置文件：", "file: "))?;
    writeln!(
        out,
        "{}",
        ui.pick(
            "优先顺序：命令行 > 环境变量 > 设置文件 > 默认",
            "order: flag > environment > file > default"
        )
    )?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests;
