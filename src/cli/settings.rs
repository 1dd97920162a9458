//! Every setting with where it came from: a flag wins over the environment, that over `config.toml`, that over the default.

use std::path::PathBuf;

use super::args::Global;
use super::config::Config;
use super::environment::Environment;
use super::failure::Failure;
use super::output::ColorWish;
use crate::chart::Glyphs;
use crate::plan::as_of::AsOf;
use crate::plan::load::PlanSource;
use crate::progress::Rule;
use crate::text::language::Wish;
use crate::text::{Bilingual, Ui};
use crate::text::{clean::one_line, clean::shown};
use crate::tui::effect::MouseCapture;
use crate::tui::keymap::Binding;

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag, by name.
    Flag(&'static str),
    /// A variable of the environment, by name.
    Variable(&'static str),
    /// `config.toml`.
    File,
    /// Nobody.
    Default,
}

impl Origin {
    /// For `config --explain`.
    fn label(self, ui: Ui) -> String {
        match self {
            Origin::Flag(name) => format!("{} {name}", ui.pick("命令行", "flag")),
            Origin::Variable(name) => format!("{} {name}", ui.pick("环境变量", "environment")),
            Origin::File => "config.toml".to_owned(),
            Origin::Default => ui.pick("默认", "default").to_owned(),
        }
    }
}

/// A value and who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Who said it.
    pub origin: Origin,
}

/// Takes the first of flag, variable and file that says anything.
fn pick<T>(
    flag: Option<(T, &'static str)>,
    variable: Option<(T, &'static str)>,
    file: Option<T>,
    default: T,
) -> Setting<T> {
    let flag = flag.map(|(value, name)| (value, Origin::Flag(name)));
    let (value, origin) = flag
        .or_else(|| variable.map(|(value, name)| (value, Origin::Variable(name))))
        .or_else(|| file.map(|value| (value, Origin::File)))
        .unwrap_or((default, Origin::Default));
    Setting { value, origin }
}

/// All settings of a run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which plan.
    pub plan: Setting<PlanSource>,
    /// The journal's folder; `None` is the plan's own under the data directory.
    pub journal: Setting<Option<PathBuf>>,
    /// Who writes; `None` is git's user name or the login.
    pub author: Setting<Option<String>>,
    /// Which languages.
    pub lang: Setting<Wish>,
    /// The day that counts as today.
    pub as_of: Setting<AsOf>,
    /// The rule set of verdicts.
    pub rule: Setting<Rule>,
    /// What charts are drawn with; by default as the locale's encoding allows.
    pub glyphs: Setting<Glyphs>,
    /// Whether to colour.
    pub color: Setting<ColorWish>,
    /// Whether the screen takes the mouse.
    pub mouse: Setting<MouseCapture>,
    /// Changes to the default keys.
    pub keys: Setting<Vec<Binding>>,
}

/// One line of `config --explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The setting's name, as in `config.toml` and, with `--` before it, as a flag.
    pub name: &'static str,
    /// Its value.
    pub value: String,
    /// Who said it.
    pub origin: String,
}

impl Settings {
    /// Settles every setting. `now` is the moment that counts where no other is named.
    ///
    /// # Errors
    /// Where `--as-of` is no date.
    pub fn settle(
        flags: &Global,
        environment: &Environment,
        config: &Config,
        now: AsOf,
    ) -> Result<Self, Failure> {
        let path = |path: &PathBuf| PlanSource::Path(path.clone());
        let as_of = match &flags.as_of {
            Some(text) => Some((AsOf::parse(text).ok_or_else(|| bad_as_of(text))?, "--as-of")),
            None => None,
        };
        Ok(Self {
            plan: pick(
                flags.plan.as_ref().map(|flag| (path(flag), "--plan")),
                environment.plan.as_ref().map(|var| (path(&var.into()), "PLAN158_PLAN")),
                config.plan.as_ref().map(path),
                PlanSource::Bundled,
            ),
            journal: pick(
                flags.journal.as_ref().map(|flag| (Some(flag.clone()), "--journal")),
                environment.journal.as_ref().map(|var| (Some(var.into()), "PLAN158_JOURNAL")),
                config.journal.clone().map(Some),
                None,
            ),
            author: pick(
                flags.author.clone().map(|flag| (Some(flag), "--author")),
                environment.author.clone().map(|var| (Some(var), "PLAN158_AUTHOR")),
                config.author.clone().map(Some),
                None,
            ),
            lang: pick(
                flags.lang.as_deref().map(|flag| (Wish::parse(flag), "--lang")),
                environment.lang.as_deref().map(|var| (Wish::parse(var), "PLAN158_LANG")),
                config.lang.clone(),
                Wish::Unset,
            ),
            as_of: pick(as_of, None, None, now),
            rule: pick(
                flags.rule.as_deref().and_then(Rule::parse).map(|rule| (rule, "--rule")),
                None,
                config.rule,
                Rule::Pace,
            ),
            glyphs: pick(None, None, config.glyphs, environment.glyphs()),
            color: pick(flags.color.map(|flag| (flag, "--color")), None, config.color, ColorWish::Auto),
            mouse: pick(None, None, config.mouse, MouseCapture::On),
            keys: pick(None, None, (!config.keys.is_empty()).then(|| config.keys.clone()), Vec::new()),
        })
    }

    /// Every setting for a reader. `author` is who writes where nobody says so.
    pub fn explain(&self, ui: Ui, author: Option<&str>) -> Vec<Explained> {
        let plan = match &self.plan.value {
            PlanSource::Bundled => ui.pick("内置的 158N 规划", "the 158N plan inside the program").to_owned(),
            PlanSource::Path(path) => shown(path),
        };
        let journal = match &self.journal.value {
            Some(dir) => shown(dir),
            None => ui.pick("数据目录下该规划的文件夹", "the plan's folder in the data directory").to_owned(),
        };
        let nobody = ui.pick("（未知）", "(unknown)");
        let author = one_line(self.author.value.as_deref().or(author).unwrap_or(nobody)).into_owned();
        let lang = match &self.lang.value {
            Wish::Unset => ui.pick("按区域设置", "by the locale").to_owned(),
            Wish::Both => "both".to_owned(),
            Wish::Tag(tag) => one_line(tag).into_owned(),
        };
        let mouse = matches!(self.mouse.value, MouseCapture::On).to_string();
        let keys = match self.keys.value.len() {
            0 => ui.pick("默认按键", "the default keys").to_owned(),
            n => ui.pick(format!("改动 {n} 处"), format!("{n} changed")),
        };
        let row = |name, value, origin: Origin| Explained { name, value, origin: origin.label(ui) };
        vec![
            row("plan", plan, self.plan.origin),
            row("journal", journal, self.journal.origin),
            row("author", author, self.author.origin),
            row("lang", lang, self.lang.origin),
            row("as-of", self.as_of.value.to_string(), self.as_of.origin),
            row("rule", self.rule.value.word().to_owned(), self.rule.origin),
            row("glyphs", self.glyphs.value.word().to_owned(), self.glyphs.origin),
            row("color", self.color.value.word().to_owned(), self.color.origin),
            row("mouse", mouse, self.mouse.origin),
            row("keys", keys, self.keys.origin),
        ]
    }
}

fn bad_as_of(text: &str) -> Failure {
    let text = one_line(text);
    Failure::usage(
        Bilingual::new(
            format!("--as-of 的值 {text} 不是日期"),
            format!("--as-of takes a date, and {text} is none"),
        ),
        Bilingual::new(
            "写作 2025-10-20（当天全天）或 2025-10-20T12:00:00+08:00",
            "write 2025-10-20 (all of that day) or 2025-10-20T12:00:00+08:00",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    fn now() -> AsOf {
        AsOf::now(date(2026, 11, 23))
    }

    #[rstest]
    #[case(Some("en"), Some("zh"), Some("both"), "en", Origin::Flag("--lang"))]
    #[case(None, Some("zh"), Some("both"), "zh", Origin::Variable("PLAN158_LANG"))]
    #[case(None, None, Some("both"), "both", Origin::File)]
    #[case(None, None, None, "", Origin::Default)]
    fn flags_win_over_environment_over_file(
        #[case] flag: Option<&str>,
        #[case] variable: Option<&str>,
        #[case] file: Option<&str>,
        #[case] expected: &str,
        #[case] origin: Origin,
    ) {
        let flags = Global { lang: flag.map(Into::into), ..Global::default() };
        let environment = Environment { lang: variable.map(Into::into), ..Environment::default() };
        let config = Config { lang: file.map(Wish::parse), ..Config::default() };
        let settings = Settings::settle(&flags, &environment, &config, now()).unwrap();
        let wish = if expected.is_empty() { Wish::Unset } else { Wish::parse(expected) };
        assert_eq!(settings.lang, Setting { value: wish, origin });
    }

    #[test]
    fn the_rule_of_a_flag_wins_over_the_one_of_the_file() {
        let rule = |flag: Option<&str>, file| {
            let flags = Global { rule: flag.map(Into::into), ..Global::default() };
            let config = Config { rule: file, ..Config::default() };
            Settings::settle(&flags, &Environment::default(), &config, now()).unwrap().rule
        };
        let from = |value, origin| Setting { value, origin };
        assert_eq!(
            rule(Some("opensdg"), Some(Rule::Projection)),
            from(Rule::OpenSdg, Origin::Flag("--rule"))
        );
        assert_eq!(rule(None, Some(Rule::Projection)), from(Rule::Projection, Origin::File));
        assert_eq!(rule(None, None), from(Rule::Pace, Origin::Default));
    }

    #[test]
    fn a_bad_as_of_is_a_usage_error_that_shows_the_form() {
        let flags = Global { as_of: Some("next week".into()), ..Global::default() };
        let failure =
            Settings::settle(&flags, &Environment::default(), &Config::default(), now()).unwrap_err();
        assert!(failure.render(Ui::En).contains("2025-10-20T12:00:00+08:00"));
        assert!(failure.render(Ui::Zh).contains("next week"));
    }
}
