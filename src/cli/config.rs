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
use crate::tui::text::{cols, fit};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigFile {
    pub values: Values,
    /// Rule sets of its own.
    pub rules: Vec<RuleSet>,
    /// What could not be taken, each with its line.
    pub problems: Vec<Bilingual>,
}

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
                ..ConfigFile::default()
            }
        }
    }
}

/// Reads the text of `config.toml`; `file` is where it stands.
pub fn parse(text: &str, file: &Path) -> ConfigFile {
    let mut reader = ConfigReader { text, file, config: ConfigFile::default() };
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
    reader.config
}

/// The key of rule sets; they are no setting, since no flag and no variable can give one.
const RULES: &str = "rules";

struct ConfigReader<'a> {
    text: &'a str,
    file: &'a Path,
    config: ConfigFile,
}

impl ConfigReader<'_> {
    fn problem(&mut self, byte: usize, zh: &str, en: &str) {
        let before = self.text.as_bytes().get(..byte).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let file = shown(self.file);
        self.config.problems.push(Bilingual::new(
            format!("{file}:{line}：{zh}；已忽略"),
            format!("{file}:{line}: {en}; left out"),
        ));
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
        let value_at = value.span().start;
        let given = match (spec.takes, value.get_ref()) {
            (Takes::Bindings, DeValue::Table(contexts)) => {
                let bindings = self.bindings(contexts);
                (!bindings.is_empty()).then_some(GivenSetting::Bindings(bindings))
            }
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
        let name = one_line(name);
        let (zh, en) = match suggest::closest(&name, known.iter().copied()) {
            Some(meant) => (format!("，是否为 {meant}？"), format!(", did you mean {meant}?")),
            None => (format!("，可用：{}", known.join("、")), format!(", there are {}", known.join(", "))),
        };
        self.problem(at, &format!("没有设置 {name}{zh}"), &format!("there is no setting {name}{en}"));
    }

    fn bindings(&mut self, contexts: &DeTable<'_>) -> Vec<Binding> {
        let mut found = Vec::new();
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
        found
    }

    fn bindings_of(&mut self, context: KeyContext, bindings: &DeTable<'_>) -> Vec<Binding> {
        let mut found = Vec::new();
        for (keys, command) in bindings {
            let DeValue::String(command) = command.get_ref() else {
                self.problem(
                    command.span().start,
                    "命令应为引号中的名称",
                    "a command is a name in quotes; `plan158 keys` lists them",
                );
                continue;
            };
            let (keys, command) = (keys.get_ref().as_ref().into(), command.as_ref().into());
            found.push(Binding { context, keys, command });
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
mod tests {
    use super::*;
    use crate::chart::Glyphs;
    use crate::cli::environment::Environment;
    use crate::cli::output::ColorWish;
    use crate::cli::settings::{Settings, Sources};
    use crate::plan::as_of::AsOf;
    use crate::plan::load::PlanSource;
    use crate::text::language::LanguageRequest;
    use crate::tui::effect::MouseCapture;
    use rstest::rstest;

    fn file() -> &'static Path {
        Path::new("/c/config.toml")
    }

    #[test]
    fn every_setting_is_read() {
        let text = "plan = \"../plans/a\"\njournal = \"notes\"\nauthor = \"李\"\nlang = \"both\"\nrule = \"opensdg\"\nglyphs = \"ascii\"\ncolor = \"never\"\nmouse = false\n[keys.browse]\n\"x\" = \"quit\"\n";
        let config = parse(text, file());
        let key = Binding { context: KeyContext::Browse, keys: "x".into(), command: "quit".into() };
        let mut values = Values::default()
            .with("plan", "/c/../plans/a")
            .with("journal", "/c/notes")
            .with("author", "李")
            .with("lang", "both")
            .with("rule", "opensdg")
            .with("glyphs", "ascii")
            .with("color", "never")
            .with("mouse", "false");
        values.set("keys", GivenSetting::Bindings(vec![key]));
        let expected = ConfigFile { values, ..ConfigFile::default() };
        assert_eq!(config, expected);
        let none = Values::default();
        let sources = Sources { flags: &none, variables: &none, file: &config.values };
        let now = AsOf::now(jiff::civil::date(2026, 11, 23));
        let settled = Settings::settle(&sources, &Environment::default(), now).unwrap();
        assert_eq!(settled.plan.value, PlanSource::Path("/c/../plans/a".into()));
        assert_eq!(settled.journal.value, Some("/c/notes".into()));
        assert_eq!(settled.author.value.as_deref(), Some("李"));
        assert_eq!(settled.lang.value, LanguageRequest::Both);
        assert_eq!(settled.rule.value.0, "opensdg");
        assert_eq!(settled.glyphs.value, Glyphs::Ascii);
        assert_eq!(settled.color.value, ColorWish::Never);
        assert_eq!(settled.mouse.value, MouseCapture::Off);
        assert_eq!(settled.keys.value.len(), 1);
    }

    #[rstest]
    #[case(
        "colour = \"auto\"",
        "/c/config.toml:1: there is no setting colour, did you mean color?; left out"
    )]
    #[case("\ncolor = \"blue\"", "/c/config.toml:2: color takes \"auto\", \"always\" or \"never\"; left out")]
    #[case(
        "rule = 3",
        "/c/config.toml:1: rule takes \"pace\", \"xushi\", \"opensdg\" or \"projection\"; left out"
    )]
    #[case("mouse = 1", "/c/config.toml:1: mouse takes true or false; left out")]
    #[case("lang = [\"zh\"]", "/c/config.toml:1: lang takes a language tag or \"both\"; left out")]
    #[case("journal = []", "/c/config.toml:1: journal takes a folder's path in quotes; left out")]
    #[case("author = 7", "/c/config.toml:1: author takes a name in quotes; left out")]
    #[case("keys = 1", "/c/config.toml:1: keys takes tables such as [keys.browse]; left out")]
    #[case(
        "[keys.brows]\nx = \"quit\"",
        "/c/config.toml:1: there is no setting brows, did you mean browse?; left out"
    )]
    #[case(
        "[keys.list]\nx = 1",
        "/c/config.toml:2: a command is a name in quotes; `plan158 keys` lists them; left out"
    )]
    fn a_problem_names_its_line_and_the_rest_is_taken(#[case] broken: &str, #[case] expected: &str) {
        let config = parse(&format!("{broken}\n"), file());
        assert_eq!(config.problems.iter().map(|said| said.en.as_str()).collect::<Vec<_>>(), [expected]);
        let around = parse(&format!("plan = \"p\"\n{broken}\n"), file());
        assert_eq!(around.values.get("plan"), Some(&GivenSetting::Text("/c/p".into())));
    }

    #[test]
    fn broken_toml_is_a_problem_and_not_a_refusal() {
        let config = parse("lang = \"en\"\ncolor = = 3\n", file());
        assert_eq!(config.values.get("lang"), Some(&GivenSetting::Text("en".into())));
        assert!(config.problems[0].en.starts_with("/c/config.toml:2: broken TOML"), "{:?}", config.problems);
    }
}
