//! The command line: every command and flag is declared once, here and in the files below, with its name,
//! what it takes, its help in both languages and examples. clap's parser, `--help`, the manual page, the
//! completions and `docs/cli.md` come from these declarations. Flags that are settings too are declared in
//! [`super::settings`].

mod data;
mod help;
mod journal;
mod read;
mod texts;

use std::ffi::OsString;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use self::data::{CheckArgs, CheckForm, CiteArgs, ExportArgs, InitArgs, VerifyArgs};

pub use self::help::{arguments, exit_codes, form};
pub use self::journal::{AnnotateArgs, LogArgs, MergeArgs, MinutesForm, ReviewArgs, StatusArgs, TagsArgs};
pub use self::read::{
    ChangesArgs, CompletionsArgs, ConfigArgs, DoctorArgs, ExplainArgs, FindArgs, KeysArgs, KeysForm,
    LintArgs, LintForm, MatrixArgs, ShowArgs, TreeArgs,
};
pub use self::texts::{CheckDraftArgs, DraftForm, IntakeArgs};
use super::settings;
use super::settings::spec::{SettingSpec, Values};
use super::wording::{both, examples};
use crate::text::Ui;

#[derive(Parser, Clone, Debug)]
#[command(
    name = "plan158",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = false,
    about = both(
        "在终端里浏览重庆教育“158N”规划，或任何由目标、行动、指标组成的规划",
        "Explore Chongqing's education plan “158N”, or any plan of goals, actions and metrics, in the terminal",
    ),
    after_help = examples(&[
        ("plan158", "打开 158N 规划", "open the 158N plan"),
        ("plan158 --lang both", "双语打开", "… in both languages"),
        ("plan158 tree a2 --depth 2", "某一行动的大纲", "the outline of one action"),
        ("plan158 init my-plan", "得到一份可编辑的副本", "a copy to edit"),
        ("plan158 --plan my-plan", "打开它", "open that"),
    ])
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    /// Without one, the screen opens.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// The settings that have a flag, which every command takes.
#[derive(Clone, Debug, Default)]
pub struct Global {
    pub values: Values,
}

impl FromArgMatches for Global {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self { values: settings::flags(matches) })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.values = settings::flags(matches);
        Ok(())
    }
}

impl Args for Global {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.args(settings::ALL.iter().filter_map(SettingSpec::flag))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

/// The commands, in the order of `--help`.
#[derive(Subcommand, Clone, Debug)]
pub enum CliCommand {
    Tree(TreeArgs),
    Show(ShowArgs),
    Find(FindArgs),
    Annotate(Box<AnnotateArgs>),
    Review(ReviewArgs),
    Log(LogArgs),
    #[command(
        about = both("撤销自己的上一步；没有时退出码为 1", "Take back your last step; exit code 1 when there is none"),
        after_help = examples(&[("plan158 undo", "可一直撤销下去", "again and again")])
    )]
    Undo,
    #[command(
        about = both("重做刚撤销的一步；没有时退出码为 1", "Bring back the step you undid; exit code 1 when there is none"),
        after_help = examples(&[("plan158 redo", "撤销的撤销", "the undo of an undo")])
    )]
    Redo,
    Status(StatusArgs),
    Explain(ExplainArgs),
    Matrix(MatrixArgs),
    Changes(ChangesArgs),
    #[command(
        about = both("图例：各种符号的意思", "Legend: what every sign on a row means"),
        after_help = examples(&[("plan158 legend --lang en", "英文图例", "in English")])
    )]
    Legend,
    Tags(TagsArgs),
    Merge(MergeArgs),
    Check(CheckArgs),
    Intake(Box<IntakeArgs>),
    CheckDraft(CheckDraftArgs),
    Lint(LintArgs),
    Export(Box<ExportArgs>),
    Cite(CiteArgs),
    Verify(VerifyArgs),
    Init(InitArgs),
    Keys(KeysArgs),
    Config(ConfigArgs),
    Doctor(DoctorArgs),
    Completions(CompletionsArgs),
    #[command(
        about = both("输出手册页（roff）", "Print the manual page (roff)"),
        after_help = examples(&[("plan158 man | man -l -", "直接阅读", "read it at once")])
    )]
    Man,
}

/// The clap command with its help in one language.
pub fn command(ui: Ui) -> clap::Command {
    help::localise(declared(), ui)
}

/// The clap command with both languages in each help text.
fn declared() -> clap::Command {
    Cli::command()
}

/// The example lines of a command (empty name: of the program) with what they do.
pub fn examples_of(name: &str, ui: Ui) -> String {
    let program = declared();
    let command = if name.is_empty() { Some(&program) } else { program.find_subcommand(name) };
    command.map(|command| help::examples(command, ui)).unwrap_or_default()
}

/// Reads the command line; help and version come back as clap's "errors" of those kinds.
///
/// # Errors
/// Whatever clap cannot take.
pub fn parse(args: &[OsString], ui: Ui) -> Result<Cli, clap::Error> {
    let mut command = command(ui);
    let matches = command.try_get_matches_from_mut(args)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// The value of `--lang` before anything is parsed, so that help and usage errors speak it already. Whether
/// it is valid shows later.
pub fn early_lang(args: &[OsString]) -> Option<String> {
    let mut found = None;
    let mut args = args.iter().skip(1).map(|arg| arg.to_string_lossy()).take_while(|arg| arg != "--");
    while let Some(arg) = args.next() {
        if let Some(value) = arg.strip_prefix("--lang=") {
            found = Some(value.to_owned());
        } else if arg == "--lang" {
            found = args.next().map(std::borrow::Cow::into_owned);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn the_command_is_sound_in_both_languages() {
        command(Ui::Zh).debug_assert();
        command(Ui::En).debug_assert();
    }

    #[rstest]
    #[case("plan158 --lang zh tree", Some("zh"))]
    #[case("plan158 tree --lang=en", Some("en"))]
    #[case("plan158 tree --lang", None)]
    #[case("plan158 tree -- --lang en", None)]
    #[case("plan158", None)]
    fn the_language_is_known_before_the_rest_is_read(#[case] line: &str, #[case] expected: Option<&str>) {
        let args: Vec<OsString> = line.split(' ').map(Into::into).collect();
        assert_eq!(early_lang(&args).as_deref(), expected);
    }
}
