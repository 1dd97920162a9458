//! `config.toml` in the XDG config directory, and `config --explain`.
//!
//! What stands in the file is a preference: a problem in it is reported with its line and that setting is left out, never a refusal to work.

use std::io::Write;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Context;
use super::failure::{Exit, Stop};
use super::output::ColorWish;
use crate::chart::Glyphs;
use crate::plan::regular_file;
use crate::progress::Rule;
use crate::text::language::Wish;
use crate::text::{Bilingual, suggest};
use crate::text::{clean::one_line, clean::shown};
use crate::tui::command::Context as KeyContext;
use crate::tui::effect::MouseCapture;
use crate::tui::keymap::Binding;
use crate::tui::text::{cols, fit};

/// The settings of the file; what it does not name is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// `plan`: a path, from the file's folder if it is relative, from the home if it begins with `~/`.
    pub plan: Option<PathBuf>,
    /// `journal`: a path like `plan`.
    pub journal: Option<PathBuf>,
    /// `author`.
    pub author: Option<String>,
    /// `lang`.
    pub lang: Option<Wish>,
    /// `rule`.
    pub rule: Option<Rule>,
    /// `glyphs`.
    pub glyphs: Option<Glyphs>,
    /// `color`.
    pub color: Option<ColorWish>,
    /// `mouse`.
    pub mouse: Option<MouseCapture>,
    /// `[keys.CONTEXT]`: `"keys" = "command"`.
    pub keys: Vec<Binding>,
    /// What could not be taken, each with its line.
    pub problems: Vec<Bilingual>,
}

/// The top-level names of the file.
const NAMES: [&str; 9] = ["plan", "journal", "author", "lang", "rule", "glyphs", "color", "mouse", "keys"];

/// Largest file of settings that is read, in bytes.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Reads the file; one that is not there is an empty one.
pub fn read(file: &Path) -> Config {
    match regular_file::read_text(file, MAX_FILE_BYTES) {
        Ok(text) => parse(&text, file),
        Err(why) if why.is_missing() => Config::default(),
        Err(why) => {
            let (file, why) = (shown(file), why.reason());
            Config {
                problems: vec![Bilingual::new(
                    format!("无法读取 {file}：{}；已忽略", why.zh),
                    format!("cannot read {file}: {}; left out", why.en),
                )],
                ..Config::default()
            }
        }
    }
}

/// Reads the text of `config.toml`; `file` is where it stands.
pub fn parse(text: &str, file: &Path) -> Config {
    let mut reader = Reader { text, file, config: Config::default() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.problem(at, "TOML 有误", &format!("broken TOML: {}", one_line(error.message())));
    }
    for (name, value) in table.get_ref() {
        reader.take(name, value);
    }
    reader.config
}

struct Reader<'a> {
    text: &'a str,
    file: &'a Path,
    config: Config,
}

impl Reader<'_> {
    fn problem(&mut self, byte: usize, zh: &str, en: &str) {
        let before = self.text.as_bytes().get(..byte).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let file = shown(self.file);
        self.config.problems.push(Bilingual::new(
            format!("{file}:{line}：{zh}；已忽略"),
            format!("{file}:{line}: {en}; left out"),
        ));
    }

    fn take(&mut self, name: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let at = value.span().start;
        match (name.get_ref().as_ref(), value.get_ref()) {
            ("plan", DeValue::String(path)) if !path.is_empty() => {
                self.config.plan = Some(resolve(path, self.file));
            }
            ("journal", DeValue::String(path)) if !path.is_empty() => {
                self.config.journal = Some(resolve(path, self.file));
            }
            ("author", DeValue::String(name)) if !name.trim().is_empty() => {
                self.config.author = Some(name.as_ref().to_owned());
            }
            ("lang", DeValue::String(tag)) if !tag.is_empty() => self.config.lang = Some(Wish::parse(tag)),
            ("rule", DeValue::String(word)) if Rule::parse(word).is_some() => {
                self.config.rule = Rule::parse(word);
            }
            ("glyphs", DeValue::String(word)) if Glyphs::parse(word).is_some() => {
                self.config.glyphs = Glyphs::parse(word);
            }
            ("color", DeValue::String(word)) if ColorWish::parse(word).is_some() => {
                self.config.color = ColorWish::parse(word);
            }
            ("mouse", DeValue::Boolean(on)) => {
                self.config.mouse = Some(if *on { MouseCapture::On } else { MouseCapture::Off });
            }
            ("keys", DeValue::Table(contexts)) => self.take_keys(contexts),
            ("plan", _) => self.problem(at, "plan 应为路径", "plan takes a path in quotes"),
            ("journal", _) => {
                self.problem(at, "journal 应为文件夹路径", "journal takes a folder's path in quotes");
            }
            ("author", _) => self.problem(at, "author 应为姓名", "author takes a name in quotes"),
            ("lang", _) => {
                self.problem(at, "lang 应为语言标签或 both", "lang takes a language tag or \"both\"");
            }
            ("rule", _) => self.problem(
                at,
                "rule 应为 pace、opensdg 或 projection",
                "rule takes \"pace\", \"opensdg\" or \"projection\"",
            ),
            ("glyphs", _) => {
                self.problem(at, "glyphs 应为 unicode 或 ascii", "glyphs takes \"unicode\" or \"ascii\"");
            }
            ("color", _) => self.problem(
                at,
                "color 应为 auto、always 或 never",
                "color takes \"auto\", \"always\" or \"never\"",
            ),
            ("mouse", _) => self.problem(at, "mouse 应为 true 或 false", "mouse takes true or false"),
            ("keys", _) => {
                self.problem(at, "keys 应为表，如 [keys.browse]", "keys takes tables such as [keys.browse]");
            }
            (other, _) => self.unknown(name.span().start, other, &NAMES),
        }
    }

    fn unknown(&mut self, at: usize, name: &str, known: &[&str]) {
        let name = one_line(name);
        let (zh, en) = match suggest::closest(&name, known.iter().copied()) {
            Some(meant) => (format!("，是否为 {meant}？"), format!(", did you mean {meant}?")),
            None => (format!("，可用：{}", known.join("、")), format!(", there are {}", known.join(", "))),
        };
        self.problem(at, &format!("没有设置 {name}{zh}"), &format!("there is no setting {name}{en}"));
    }

    fn take_keys(&mut self, contexts: &DeTable<'_>) {
        for (word, bindings) in contexts {
            let known = KeyContext::ALL.map(KeyContext::word);
            let context =
                KeyContext::ALL.into_iter().find(|context| context.word() == word.get_ref().as_ref());
            let at = word.span().start;
            match (context, bindings.get_ref()) {
                (Some(context), DeValue::Table(bindings)) => self.take_bindings(context, bindings),
                (Some(_), _) => {
                    self.problem(
                        at,
                        "应写作 \"按键\" = \"命令\"",
                        "write bindings as \"keys\" = \"command\"",
                    );
                }
                (None, _) => self.unknown(at, word.get_ref(), &known),
            }
        }
    }

    fn take_bindings(&mut self, context: KeyContext, bindings: &DeTable<'_>) {
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
            self.config.keys.push(Binding { context, keys, command });
        }
    }
}

/// A path of the file: `~/` is the home, a relative path starts at the file's folder.
fn resolve(path: &str, file: &Path) -> PathBuf {
    if let (Some(rest), Ok(home)) = (path.strip_prefix("~/"), etcetera::home_dir()) {
        return home.join(rest);
    }
    file.parent().unwrap_or_else(|| Path::new("")).join(path)
}

/// `plan158 config --explain`: every setting, its value and where it came from.
///
/// # Errors
/// When the result cannot be written.
pub fn run(context: &Context, out: &mut dyn Write) -> Result<Exit, Stop> {
    let ui = context.ui();
    let rows = context
        .settings
        .explain(ui, super::journal::default_author(context.environment.login.clone()).as_deref());
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
    use rstest::rstest;

    fn file() -> &'static Path {
        Path::new("/c/config.toml")
    }

    #[test]
    fn every_setting_is_read() {
        let text = "plan = \"../plans/a\"\njournal = \"notes\"\nauthor = \"李\"\nlang = \"both\"\nrule = \"opensdg\"\nglyphs = \"ascii\"\ncolor = \"never\"\nmouse = false\n[keys.browse]\n\"x\" = \"quit\"\n";
        let config = parse(text, file());
        let key = Binding { context: KeyContext::Browse, keys: "x".into(), command: "quit".into() };
        let expected = Config {
            plan: Some(PathBuf::from("/c/../plans/a")),
            journal: Some(PathBuf::from("/c/notes")),
            author: Some("李".into()),
            lang: Some(Wish::Both),
            rule: Some(Rule::OpenSdg),
            glyphs: Some(Glyphs::Ascii),
            color: Some(ColorWish::Never),
            mouse: Some(MouseCapture::Off),
            keys: vec![key],
            problems: Vec::new(),
        };
        assert_eq!(config, expected);
    }

    #[rstest]
    #[case(
        "colour = \"auto\"",
        "/c/config.toml:1: there is no setting colour, did you mean color?; left out"
    )]
    #[case("\ncolor = \"blue\"", "/c/config.toml:2: color takes \"auto\", \"always\" or \"never\"; left out")]
    #[case(
        "rule = \"speed\"",
        "/c/config.toml:1: rule takes \"pace\", \"opensdg\" or \"projection\"; left out"
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
        assert_eq!(around.plan, Some(PathBuf::from("/c/p")));
    }

    #[test]
    fn broken_toml_is_a_problem_and_not_a_refusal() {
        let config = parse("lang = \"en\"\ncolor = = 3\n", file());
        assert_eq!(config.lang, Some(Wish::parse("en")));
        assert!(config.problems[0].en.starts_with("/c/config.toml:2: broken TOML"), "{:?}", config.problems);
    }
}
