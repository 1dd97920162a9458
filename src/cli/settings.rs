//! Every setting, declared once, and with where its value came from: a flag wins over the environment, that
//! over `config.toml`, that over the default.

mod looks;
pub mod spec;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::ArgMatches;
use jiff::tz::TimeZone;

use self::looks::{AMBIGUOUS_WIDTH, COLOR, COLORS, GLYPHS, KEYS, MOUSE, THEME};
use self::spec::{Binding, GivenSetting, SettingOrigin, SettingSpec, Takes, Values};
use super::environment::Environment;
use super::failure::Failure;
use super::output::ColorWish;
use crate::chart::Glyphs;
use crate::plan::as_of::AsOf;
use crate::plan::load::PlanSource;
use crate::progress::RuleRef;
use crate::text::columns::AmbiguousWidth;
use crate::text::language::LanguageRequest;
use crate::text::{Bilingual, Ui};
use crate::text::{clean::one_line, clean::shown};
use crate::tui::effect::MouseCapture;
use crate::tui::theme::{RoleColors, ThemeWish};

/// A setting with its type: how its text is read, what counts where nobody gives one, and how its value is
/// shown.
struct Declared<T> {
    spec: SettingSpec,
    /// `None` where it is not a value of this setting.
    read: fn(&GivenSetting) -> Option<T>,
    default: fn(&DefaultContext<'_>) -> T,
    /// `None` where the words of the default say it.
    shown: fn(&T, Ui) -> Option<String>,
}

struct DefaultContext<'a> {
    environment: &'a Environment,
    /// The moment that counts where no other is named.
    now: AsOf,
}

/// What the places say that may give settings.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    pub flags: &'a Values,
    pub variables: &'a Values,
    /// `config.toml`.
    pub file: &'a Values,
}

const PLAN: Declared<PlanSource> = Declared {
    spec: SettingSpec {
        name: "plan",
        flag: Some("PATH"),
        variable: Some("PLAN158_PLAN"),
        in_file: true,
        takes: Takes::AnyPath,
        help: ("另一份规划：文件夹或单个文件", "another plan: a folder or one file"),
        default: ("内置的 158N 规划", "the 158N plan inside the program"),
    },
    read: |given| Some(PlanSource::Path(given.text().into())),
    default: |_| PlanSource::Bundled,
    shown: |source, _| match source {
        PlanSource::Bundled => None,
        PlanSource::Path(path) => Some(shown(path)),
    },
};

const JOURNAL: Declared<Option<PathBuf>> = Declared {
    spec: SettingSpec {
        name: "journal",
        flag: Some("DIR"),
        variable: Some("PLAN158_JOURNAL"),
        in_file: true,
        takes: Takes::Folder,
        help: ("另一个记录文件夹", "another journal: a folder of *.jsonl files"),
        default: ("数据目录下该规划的文件夹", "the plan's folder in the data directory"),
    },
    read: |given| Some(Some(given.text().into())),
    default: |_| None,
    shown: |dir, _| dir.as_deref().map(shown),
};

const AUTHOR: Declared<Option<String>> = Declared {
    spec: SettingSpec {
        name: "author",
        flag: Some("NAME"),
        variable: Some("PLAN158_AUTHOR"),
        in_file: true,
        takes: Takes::Name,
        help: ("作者名", "who writes"),
        default: ("git 的用户名，或登录名", "git's user name, or the login name"),
    },
    read: |given| Some(Some(text(given))),
    default: |_| None,
    shown: |author, _| author.as_deref().map(|author| one_line(author).into_owned()),
};

const ISSUER: Declared<Option<String>> = Declared {
    spec: SettingSpec {
        name: "issuer",
        flag: None,
        variable: None,
        in_file: true,
        takes: Takes::Name,
        help: ("报告的发布单位", "who issues reports"),
        default: ("无", "none"),
    },
    read: |given| Some(Some(text(given))),
    default: |_| None,
    shown: |issuer, _| issuer.as_deref().map(|issuer| one_line(issuer).into_owned()),
};

const LANG: Declared<LanguageRequest> = Declared {
    spec: SettingSpec {
        name: "lang",
        flag: Some("TAG|both"),
        variable: Some("PLAN158_LANG"),
        in_file: true,
        takes: Takes::Language,
        help: ("规划的一种语言，或 both 双语", "one of the plan's languages, or both"),
        default: ("按区域设置", "by the locale"),
    },
    read: |given| Some(LanguageRequest::parse(&text(given))),
    default: |_| LanguageRequest::Unset,
    shown: |wish, _| match wish {
        LanguageRequest::Unset => None,
        LanguageRequest::Both => Some("both".to_owned()),
        LanguageRequest::Tag(tag) => Some(one_line(tag).into_owned()),
    },
};

const AS_OF: Declared<AsOf> = Declared {
    spec: SettingSpec {
        name: "as-of",
        flag: Some("DATE"),
        variable: None,
        in_file: false,
        takes: Takes::Moment,
        help: (
            "截至某日（2025-10-20）或某时刻（RFC 3339）",
            "as of a day (2025-10-20) or an instant (RFC 3339)",
        ),
        default: ("今天", "today"),
    },
    read: |given| Some(AsOf::parse(given.text().to_str()?)?.ending_in(&TimeZone::system())),
    default: |ground| ground.now,
    shown: |as_of, _| Some(as_of.to_string()),
};

/// The name of a rule set, which the plan may define.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleName(pub String);

const RULE: Declared<RuleName> = Declared {
    spec: SettingSpec {
        name: "rule",
        flag: Some("RULE"),
        variable: None,
        in_file: true,
        takes: Takes::OneOfOrOwn(RuleRef::NAMES),
        help: ("判断规则", "rule set of verdicts"),
        default: ("pace", "pace"),
    },
    read: |given| Some(RuleName(text(given))),
    default: |_| RuleName(RuleRef::PACE.word().to_owned()),
    shown: |rule, _| Some(one_line(&rule.0).into_owned()),
};

/// Puts the settings together: the list of them all, their values, how these are settled and explained.
macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $declared:ident;)+) => {
        /// Every setting, in the order of `config --explain`.
        pub const ALL: &[SettingSpec] = &[$($declared.spec),+];

        /// All settings of a run.
        #[derive(Clone, Debug)]
        pub struct Settings { $($(#[$doc])* pub $field: Setting<$type>),+ }

        impl Settings {
            fn from_sources(sources: &Sources<'_>, ground: &DefaultContext<'_>) -> Result<Self, Failure> {
                Ok(Self { $($field: $declared.settle(sources, ground)?),+ })
            }

            /// Every setting for a reader.
            pub fn explain(&self, ui: Ui) -> Vec<Explained> {
                vec![$($declared.explain(&self.$field, ui)),+]
            }
        }
    };
}

settings! {
    plan: PlanSource = PLAN;
    /// The journal's folder; `None` is the plan's own under the data directory.
    journal: Option<PathBuf> = JOURNAL;
    /// Who writes; `None` is git's user name or the login.
    author: Option<String> = AUTHOR;
    /// The body in whose name reports are.
    issuer: Option<String> = ISSUER;
    lang: LanguageRequest = LANG;
    /// The day that counts as today.
    as_of: AsOf = AS_OF;
    /// The rule set of verdicts.
    rule: RuleName = RULE;
    /// What charts are drawn with; by default as the locale's encoding allows.
    glyphs: Glyphs = GLYPHS;
    /// Whether to colour.
    color: ColorWish = COLOR;
    /// Which colours the screen has.
    theme: ThemeWish = THEME;
    /// Other colours than the theme's.
    colors: RoleColors = COLORS;
    /// Columns of characters that are wide in some terminals only; `None` where the terminal is asked.
    ambiguous_width: Option<AmbiguousWidth> = AMBIGUOUS_WIDTH;
    /// Whether the screen takes the mouse.
    mouse: MouseCapture = MOUSE;
    /// Changes to the default keys.
    keys: Vec<Binding> = KEYS;
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    pub value: T,
    pub origin: SettingOrigin,
}

/// One line of `config --explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The setting's name, as in `config.toml` and, with `--` before it, as a flag.
    pub name: &'static str,
    pub value: String,
    pub origin: String,
}

fn text(given: &GivenSetting) -> String {
    given.text().to_string_lossy().into_owned()
}

/// The values of the flags of a command line.
pub fn flags(matches: &ArgMatches) -> Values {
    let mut values = Values::default();
    for spec in ALL.iter().filter(|spec| spec.flag.is_some()) {
        let given = matches.try_get_raw(spec.name).ok().flatten().and_then(Iterator::last);
        if let Some(text) = given {
            values.set(spec.name, GivenSetting::Text(text.to_owned()));
        }
    }
    values
}

/// The values of the environment; an empty variable counts as unset.
pub fn variables(variable: impl Fn(&str) -> Option<OsString>) -> Values {
    let mut values = Values::default();
    for spec in ALL {
        let given = spec.variable.and_then(&variable).filter(|text| !text.is_empty());
        if let Some(text) = given {
            values.set(spec.name, GivenSetting::Text(text));
        }
    }
    values
}

/// Which languages are wished for, before the command line is read as a whole; `flag` is the value of
/// `--lang`.
pub fn early_language(flag: Option<&str>, variables: &Values, file: &Values) -> LanguageRequest {
    let flag = flag.map(|tag| GivenSetting::Text(OsStr::new(tag).to_owned()));
    let name = LANG.spec.name;
    let given = flag.as_ref().or_else(|| variables.get(name)).or_else(|| file.get(name));
    given.and_then(LANG.read).unwrap_or_default()
}

impl<T> Declared<T> {
    /// Takes the first of flag, variable and file that says anything.
    fn settle(&self, sources: &Sources<'_>, ground: &DefaultContext<'_>) -> Result<Setting<T>, Failure> {
        let name = self.spec.name;
        let flag = sources.flags.get(name).map(|given| (given, SettingOrigin::Flag(name)));
        let variable = || {
            let given = sources.variables.get(name)?;
            Some((given, SettingOrigin::Variable(self.spec.variable?)))
        };
        let file = || sources.file.get(name).map(|given| (given, SettingOrigin::File));
        let Some((given, origin)) = flag.or_else(variable).or_else(file) else {
            return Ok(Setting { value: (self.default)(ground), origin: SettingOrigin::Default });
        };
        let value = (self.read)(given).ok_or_else(|| refused(&self.spec, given, origin))?;
        Ok(Setting { value, origin })
    }

    fn explain(&self, setting: &Setting<T>, ui: Ui) -> Explained {
        let (zh, en) = self.spec.default;
        let value = (self.shown)(&setting.value, ui).unwrap_or_else(|| ui.pick(zh, en).to_owned());
        Explained { name: self.spec.name, value, origin: setting.origin.label(ui) }
    }
}

impl Settings {
    /// Settles every setting. `now` is the moment that counts where no other is named.
    ///
    /// # Errors
    /// Where one is given that it does not take, such as an `--as-of` that is no date.
    pub fn settle(sources: &Sources<'_>, environment: &Environment, now: AsOf) -> Result<Self, Failure> {
        Self::from_sources(sources, &DefaultContext { environment, now })
    }
}

/// A value that a setting does not take.
fn refused(spec: &SettingSpec, given: &GivenSetting, origin: SettingOrigin) -> Failure {
    let text = text(given);
    let text = one_line(&text);
    let what = match origin {
        SettingOrigin::Flag(name) => format!("--{name}"),
        SettingOrigin::Variable(name) => name.to_owned(),
        SettingOrigin::File | SettingOrigin::Default => spec.name.to_owned(),
    };
    let expects = spec.expects();
    let next = match spec.takes {
        Takes::Moment => Bilingual::new(
            "写作 2025-10-20（当天全天）或 2025-10-20T12:00:00+08:00",
            "write 2025-10-20 (all of that day) or 2025-10-20T12:00:00+08:00",
        ),
        _ => Bilingual::new("`plan158 --help` 列出全部用法", "`plan158 --help` shows how it is used"),
    };
    Failure::usage(
        Bilingual::new(
            format!("{what} 的值 {text} 不是{}", expects.zh),
            format!("{what} takes {}, not {text}", expects.en),
        ),
        next,
    )
}

#[cfg(test)]
mod tests;
