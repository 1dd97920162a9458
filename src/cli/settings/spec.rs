//! What a setting is: its name, the places that may give it, what it takes and what it means. The flag, the
//! variable, the key of `config.toml` and the row of the documentation are made from that.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command, ValueHint};
use toml::de::DeValue;

use crate::cli::wording::{both, listed};
use crate::text::words::WordNames;
use crate::text::{Bilingual, Ui};
pub use crate::tui::keymap::Binding;
use crate::tui::theme::RoleColors;

#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// The path of a file or folder.
    AnyPath,
    /// The path of a folder.
    Folder,
    /// A person's name.
    Name,
    /// A language tag or `both`.
    Language,
    /// A day or an instant.
    Moment,
    OneOf(&'static [WordNames]),
    /// One of some words, or another that the plan defines.
    OneOfOrOwn(&'static [WordNames]),
    /// `true` or `false`.
    Switch,
    /// Tables of keys and commands; read by whoever reads the file.
    Bindings,
    /// A table of colours; read by whoever reads the file.
    Colors,
}

/// A setting as it is declared.
#[derive(Clone, Copy, Debug)]
pub struct SettingSpec {
    /// The key in `config.toml`; with `--` before it, the flag.
    pub name: &'static str,
    /// What the flag's help calls its value; `None` where there is no flag.
    pub flag: Option<&'static str>,
    pub variable: Option<&'static str>,
    /// Whether `config.toml` may give it.
    pub in_file: bool,
    pub takes: Takes,
    /// Its meaning, in Chinese and English.
    pub help: (&'static str, &'static str),
    /// What counts where nobody gives it, in Chinese and English.
    pub default: (&'static str, &'static str),
}

/// Takes any text, and offers some words to a shell that completes it.
#[derive(Clone, Copy)]
struct Suggested(&'static [WordNames]);

impl TypedValueParser for Suggested {
    type Value = OsString;

    fn parse_ref(&self, _: &Command, _: Option<&Arg>, value: &OsStr) -> Result<OsString, clap::Error> {
        Ok(value.to_owned())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(|name| PossibleValue::new(name.key).help(name.en))))
    }
}

impl SettingSpec {
    /// The meaning in English with the words it takes, for the documentation.
    pub fn meaning(&self) -> String {
        match self.takes {
            Takes::OneOf(names) | Takes::OneOfOrOwn(names) => {
                format!("{}: {}", self.help.1, listed(names, None).1)
            }
            _ => self.help.1.to_owned(),
        }
    }

    /// The flag, with its help in both languages.
    pub fn flag(&self) -> Option<Arg> {
        let value = self.flag?;
        let (mut zh, mut en) = (self.help.0.to_owned(), self.help.1.to_owned());
        if let Takes::OneOf(names) | Takes::OneOfOrOwn(names) = self.takes {
            let (zh_list, en_list) = listed(names, Some(self.default.1));
            zh = format!("{zh}：{zh_list}");
            en = format!("{en}: {en_list}");
        }
        if let Some(variable) = self.variable {
            zh = format!("{zh} [{variable}]");
            en = format!("{en} [{variable}]");
        }
        let arg = Arg::new(self.name).long(self.name).global(true).value_name(value).help(both(&zh, &en));
        Some(match self.takes {
            Takes::AnyPath => arg.value_hint(ValueHint::AnyPath).value_parser(clap::value_parser!(PathBuf)),
            Takes::Folder => arg.value_hint(ValueHint::DirPath).value_parser(clap::value_parser!(PathBuf)),
            Takes::OneOf(names) => arg
                .value_parser(PossibleValuesParser::new(names.iter().map(|name| name.key)))
                .hide_possible_values(true),
            Takes::OneOfOrOwn(names) => arg.value_parser(Suggested(names)).hide_possible_values(true),
            Takes::Name
            | Takes::Language
            | Takes::Moment
            | Takes::Switch
            | Takes::Bindings
            | Takes::Colors => arg,
        })
    }

    /// What it takes, as a message says it after the setting's name.
    pub fn expects(&self) -> Bilingual {
        let (zh, en) = match self.takes {
            Takes::AnyPath => ("路径", "a path in quotes"),
            Takes::Folder => ("文件夹路径", "a folder's path in quotes"),
            Takes::Name => ("姓名", "a name in quotes"),
            Takes::Language => ("语言标签或 both", "a language tag or \"both\""),
            Takes::Moment => ("日期", "a date"),
            Takes::Switch => ("true 或 false", "true or false"),
            Takes::Bindings => ("表，如 [keys.browse]", "tables such as [keys.browse]"),
            Takes::Colors => ("[colors] 表", "a table [colors]"),
            Takes::OneOf(names) | Takes::OneOfOrOwn(names) => {
                let quoted = |name: &WordNames| format!("\"{}\"", name.key);
                let plain = |name: &WordNames| name.key.to_owned();
                return Bilingual::new(
                    alternatives(names.iter().map(plain).collect(), "、", " 或 "),
                    alternatives(names.iter().map(quoted).collect(), ", ", " or "),
                );
            }
        };
        Bilingual::new(zh, en)
    }

    /// What a value of `config.toml` gives; `None` where the setting does not take it. Relative paths start
    /// at the folder of `file`.
    pub fn of_file(&self, value: &DeValue<'_>, file: &Path) -> Option<GivenSetting> {
        let text = match (self.takes, value) {
            (Takes::Switch, DeValue::Boolean(on)) => return Some(GivenSetting::Text(on.to_string().into())),
            (Takes::Switch | Takes::Bindings | Takes::Colors, _) => return None,
            // A width is a number as well as a word.
            (Takes::OneOf(names), DeValue::Integer(number)) => {
                let own = names.iter().find(|name| name.key == number.as_str());
                return own.map(|name| GivenSetting::Text(name.key.into()));
            }
            (_, DeValue::String(text)) => text.as_ref(),
            _ => return None,
        };
        let taken = match self.takes {
            Takes::AnyPath | Takes::Folder if text.is_empty() => None,
            Takes::AnyPath | Takes::Folder => Some(resolve(text, file).into_os_string()),
            Takes::OneOf(names) => names.iter().find(|name| name.key == text).map(|name| name.key.into()),
            _ => Some(text).filter(|text| !text.trim().is_empty()).map(OsString::from),
        };
        taken.map(GivenSetting::Text)
    }
}

/// `a, b or c`.
fn alternatives(mut words: Vec<String>, between: &str, last: &str) -> String {
    match words.pop() {
        Some(only) if words.is_empty() => only,
        Some(end) => format!("{}{last}{end}", words.join(between)),
        None => String::new(),
    }
}

/// A path of the file: `~/` is the home, a relative path starts at the file's folder.
fn resolve(path: &str, file: &Path) -> PathBuf {
    if let (Some(rest), Ok(home)) = (path.strip_prefix("~/"), etcetera::home_dir()) {
        return home.join(rest);
    }
    file.parent().unwrap_or_else(|| Path::new("")).join(path)
}

/// What a place gives for a setting, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenSetting {
    /// Text, as flags and variables have it.
    Text(OsString),
    /// Keys and commands.
    Bindings(Vec<Binding>),
    Colors(RoleColors),
}

impl GivenSetting {
    /// The text; empty where it is none.
    pub fn text(&self) -> &OsStr {
        match self {
            GivenSetting::Text(text) => text,
            GivenSetting::Bindings(_) | GivenSetting::Colors(_) => OsStr::new(""),
        }
    }
}

/// What one place gives, by the settings' names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<&'static str, GivenSetting>);

impl Values {
    pub fn get(&self, name: &str) -> Option<&GivenSetting> {
        self.0.get(name)
    }

    /// Takes down what it gives for one setting.
    pub fn set(&mut self, name: &'static str, given: GivenSetting) {
        self.0.insert(name, given);
    }

    /// The same with text for one setting.
    #[must_use]
    pub fn with(mut self, name: &'static str, text: impl Into<OsString>) -> Self {
        self.set(name, GivenSetting::Text(text.into()));
        self
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingOrigin {
    /// A flag, by its name without the dashes.
    Flag(&'static str),
    /// A variable of the environment, by name.
    Variable(&'static str),
    /// `config.toml`.
    File,
    /// Nobody gave one.
    Default,
}

impl SettingOrigin {
    /// For `config --explain`.
    pub fn label(self, ui: Ui) -> String {
        match self {
            SettingOrigin::Flag(name) => format!("{} --{name}", ui.pick("命令行", "flag")),
            SettingOrigin::Variable(name) => format!("{} {name}", ui.pick("环境变量", "environment")),
            SettingOrigin::File => "config.toml".to_owned(),
            SettingOrigin::Default => ui.pick("默认", "default").to_owned(),
        }
    }
}
