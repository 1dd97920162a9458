//! Names and shapes of commands and flags. The words that explain them stand in [`super::help`], in both languages.

mod export;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, Resettable, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};

pub use self::export::Export;
use super::help;
use super::output::ColorWish;
use crate::export::cite::Style;
use crate::plan::metric::Word;
use crate::progress::Rule;
use crate::text::Ui;

/// The command line.
#[derive(Parser, Clone, Debug)]
#[command(
    name = "plan158",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = false
)]
pub struct Cli {
    /// Flags that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do; nothing opens the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
pub struct Global {
    /// Another plan.
    #[arg(long, global = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub plan: Option<PathBuf>,
    /// Another journal.
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub journal: Option<PathBuf>,
    /// Who writes.
    #[arg(long, global = true, value_name = "NAME")]
    pub author: Option<String>,
    /// Languages.
    #[arg(long, global = true, value_name = "TAG|both")]
    pub lang: Option<String>,
    /// The day that counts as today.
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<String>,
    /// The rule set of verdicts.
    #[arg(
        long,
        global = true,
        value_name = "RULE",
        value_parser = PossibleValuesParser::new(Rule::ALL.iter().map(|rule| rule.word())),
        hide_possible_values = true
    )]
    pub rule: Option<String>,
    /// Whether to colour.
    #[arg(long, global = true, value_name = "WHEN", value_enum, hide_possible_values = true)]
    pub color: Option<ColorWish>,
}

/// The subcommands.
#[derive(Subcommand, Clone, Debug)]
pub enum Command {
    /// The outline as text.
    Tree {
        /// Only this node and what is below it.
        id: Option<String>,
        /// So many levels.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        depth: Option<u32>,
    },
    /// Everything about one node.
    Show {
        /// The node.
        id: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Charts in ASCII.
        #[arg(long, conflicts_with = "json")]
        ascii: bool,
    },
    /// Search.
    Find {
        /// What to look for; several arguments are one query.
        #[arg(required = true, value_name = "QUERY", allow_hyphen_values = false)]
        query: Vec<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The best so many.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        limit: Option<u32>,
        /// Best first.
        #[arg(long, conflicts_with = "tree")]
        flat: bool,
        /// In their tree.
        #[arg(long)]
        tree: bool,
    },
    /// What one has to say of a node.
    Annotate(Box<Annotate>),
    /// A review session.
    Review(Review),
    /// The journal.
    Log {
        /// Only this node and what is below it.
        id: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Takes back one's last step.
    Undo,
    /// Brings it back.
    Redo,
    /// How things stand below a node.
    Status {
        /// The node.
        id: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Where authors differ.
        #[arg(long)]
        agreement: bool,
    },
    /// The arithmetic behind a verdict.
    Explain {
        /// The node.
        id: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Two levels crossed.
    Matrix {
        /// The level of the rows, instead of the manifest's.
        #[arg(long, value_name = "LEVEL")]
        rows: Option<String>,
        /// The level of the columns.
        #[arg(long, value_name = "LEVEL")]
        columns: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// The journal's tags.
    Tags {
        /// Another word for one, everywhere.
        #[arg(long, value_name = "OLD=NEW")]
        rename: Option<String>,
    },
    /// Other journals into this one.
    Merge {
        /// Files, or folders of them.
        #[arg(required = true, value_name = "FILE|DIR", value_hint = ValueHint::AnyPath)]
        others: Vec<PathBuf>,
    },
    /// Problems in the plan.
    Check {
        /// The plan, instead of `--plan`.
        #[arg(value_hint = ValueHint::AnyPath)]
        path: Option<PathBuf>,
        /// Copies of documents to compare the register with.
        #[arg(long = "source", value_name = "ID=FILE", value_hint = ValueHint::FilePath)]
        sources: Vec<String>,
        /// For people or for programs.
        #[arg(
            long,
            value_name = "FORMAT",
            value_enum,
            default_value = "human",
            hide_possible_values = true,
            hide_default_value = true
        )]
        format: CheckFormat,
    },
    /// What cannot be evaluated as written.
    Lint {
        /// Only this node and what is below it.
        id: Option<String>,
        /// For people, programs or spreadsheets.
        #[arg(
            long,
            value_name = "FORMAT",
            value_enum,
            default_value = "human",
            hide_possible_values = true,
            hide_default_value = true
        )]
        format: LintFormat,
        /// The rules themselves, as Markdown.
        #[arg(long, conflicts_with_all = ["id", "format"])]
        rules: bool,
    },
    /// The plan as a document.
    Export(Box<Export>),
    /// A node as an entry of a list of references.
    Cite {
        /// The node.
        id: String,
        /// The style.
        #[arg(long, value_name = "STYLE", value_parser = words::<Style>(), hide_possible_values = true)]
        style: Option<Style>,
    },
    /// An exported file held against the plan of today.
    Verify {
        /// The file.
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// A plan to edit.
    Init {
        /// Where.
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// A small starter instead of the 158N plan.
        #[arg(long)]
        empty: bool,
    },
    /// Commands and keys of the screen.
    Keys {
        /// As Markdown.
        #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
        format: Option<KeysFormat>,
    },
    /// Where settings come from.
    Config {
        /// Every setting.
        #[arg(long, required = true)]
        explain: bool,
    },
    /// Where things are and what is wrong with them.
    Doctor {
        /// What was said of a node that left belongs to another.
        #[arg(long, value_name = "OLD=NEW")]
        reattach: Option<String>,
    },
    /// Completions for a shell.
    Completions {
        /// The shell.
        #[arg(value_enum, hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
    /// The manual page.
    Man,
}

/// What `annotate` takes; one call is one record.
#[derive(Args, Clone, Debug, Default)]
pub struct Annotate {
    /// The node.
    pub id: String,
    /// A verdict, or `none`.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", requires = "status")]
    pub reason: Option<String>,
    /// How far it is, or `none`.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub progress: Option<String>,
    /// A note, or the words of an edited one.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// What the note is.
    #[arg(long, value_name = "KIND", requires = "note", conflicts_with = "edit")]
    pub kind: Option<String>,
    /// An observed value.
    #[arg(long, value_name = "VALUE", requires = "on", allow_negative_numbers = true)]
    pub observe: Option<String>,
    /// When it held.
    #[arg(long, value_name = "DATE|YEAR", requires = "observe")]
    pub on: Option<String>,
    /// What it says of the true value.
    #[arg(long, value_name = "BOUND", requires = "observe")]
    pub bound: Option<String>,
    /// Where it was found.
    #[arg(long, value_name = "TEXT", requires = "observe")]
    pub value_source: Option<String>,
    /// How good that is.
    #[arg(long, value_name = "GRADE", requires = "observe")]
    pub grade: Option<String>,
    /// After this the series counts something else.
    #[arg(long, value_name = "DATE|YEAR")]
    pub series_break: Option<String>,
    /// Tags.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Tags that go.
    #[arg(long, value_name = "TAG")]
    pub untag: Vec<String>,
    /// A star.
    #[arg(long, conflicts_with = "unstar")]
    pub star: bool,
    /// No star.
    #[arg(long)]
    pub unstar: bool,
    /// A note to change.
    #[arg(long, value_name = "NOTE", requires = "note")]
    pub edit: Option<String>,
    /// A note or value to retract.
    #[arg(long, value_name = "NOTE|VALUE")]
    pub retract: Option<String>,
    /// How a disagreement was settled.
    #[arg(long, value_name = "REASON")]
    pub settle: Option<String>,
}

/// What `review` takes.
#[derive(Args, Clone, Debug, Default)]
pub struct Review {
    /// What to review; several arguments are one query.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Numbered prompts instead of the screen.
    #[arg(long)]
    pub plain: bool,
    /// In which order.
    #[arg(long, value_name = "ORDER", value_enum, hide_possible_values = true)]
    pub order: Option<OrderArg>,
    /// Verdicts are hidden until one has decided.
    #[arg(long)]
    pub blind: bool,
    /// Another session, though one is open.
    #[arg(long)]
    pub new: bool,
    /// The minutes of a session instead.
    #[arg(
        long,
        value_name = "SESSION",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["query", "plain", "order", "blind", "new"]
    )]
    pub minutes: Option<String>,
}

/// Orders of `review`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OrderArg {
    /// By worth of attention.
    #[value(help = Resettable::Reset)]
    Worth,
    /// As in the plan.
    #[value(help = Resettable::Reset)]
    Reading,
    /// Shuffled.
    #[value(help = Resettable::Reset)]
    Random,
}

/// Forms of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// With the lines and carets.
    #[value(help = Resettable::Reset)]
    Human,
    /// One document.
    #[value(help = Resettable::Reset)]
    Json,
}

/// Forms of `lint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// Questions with their reasons, and scores.
    #[value(help = Resettable::Reset)]
    Human,
    /// One document, in both languages.
    #[value(help = Resettable::Reset)]
    Json,
    /// One line a question.
    #[value(help = Resettable::Reset)]
    Csv,
}

/// Reads one of the words of a list of the library's, which knows nothing of clap.
fn words<T: Word + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let all = T::ALL.iter().map(|one| one.word());
    PossibleValuesParser::new(all).try_map(|word| {
        let found = T::ALL.iter().copied().find(|one| one.word() == word);
        found.ok_or("no such word")
    })
}

/// Forms of `keys`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KeysFormat {
    /// Markdown, as `docs/keys.md` holds it.
    #[value(help = Resettable::Reset)]
    Md,
}

/// The clap command with its help in one language.
pub fn command(ui: Ui) -> clap::Command {
    help::localise(Cli::command(), ui)
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

/// The value of `--lang` before anything is parsed, so that help and usage errors speak it already. Whether it is valid shows later.
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
