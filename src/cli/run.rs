//! From the command line to an exit code.

use std::cell::Cell;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::{Arc, atomic::AtomicBool};

use clap::error::ErrorKind;

use super::args::{self, Cli, CliCommand};
use super::environment::{Environment, Places};
use super::failure::{Exit, Failure, Stop};
use super::output::{ColorMode, ColorWish, Output, tell};
use super::screen::screen;
use super::settings::{self, Settings, Sources};
use super::{
    CommandContext, annotate, changes, check, check_draft, cite, clock, completions, config, doctor, explain,
    export, find, init, intake, keys, legend, lint, log, man, matrix, merge, reattach, review, show, status,
    tags, tree, undo, usage, verify,
};
use crate::chart::Glyphs;
use crate::plan::as_of::AsOf;
use crate::plan::load::PlanSource;
use crate::progress::RuleRef;
use crate::text::Ui;
use crate::text::columns::set_ambiguous_width;
use crate::text::language::speak_before_plan;

/// Runs the program on a command line, the program's name first.
pub fn main(args: Vec<OsString>) -> ExitCode {
    survive_full_files();
    let environment = Environment::of_process();
    let places = Places::of_process();
    let config = places.as_ref().map(|places| config::read(&places.config_file())).unwrap_or_default();
    RuleRef::add_own(&config.rules);
    let variables = settings::variables(|name| std::env::var_os(name));
    let wish = settings::early_language(args::early_lang(&args).as_deref(), &variables, &config.values);
    let ui = speak_before_plan(&wish, environment.locale());
    let cli = match args::parse(&args, ui) {
        Ok(cli) => cli,
        Err(error) => return explain_usage(&error, ui, &environment).into(),
    };
    let now = AsOf::now(jiff::ZonedDateTime::now().date());
    let sources = Sources { flags: &cli.global.values, variables: &variables, file: &config.values };
    let settings = match Settings::settle(&sources, &environment, now) {
        Ok(settings) => settings,
        Err(failure) => return fail(&failure, ui).into(),
    };
    if let Some(width) = settings.ambiguous_width.value {
        set_ambiguous_width(width);
    }
    let ui = Cell::new(ui);
    let mut context = CommandContext {
        environment,
        places,
        settings,
        config_problems: config.problems,
        config_problem_count: config.problem_count,
        ui,
    };
    run(&cli, &mut context).into()
}

/// A file that grows past the limit set for it is an error to be told of with the words that were not saved,
/// not the end of the program.
#[cfg(unix)]
fn survive_full_files() {
    let seen = Arc::new(AtomicBool::new(false));
    // Where the system refuses a handler, all is as it would be without one.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
}

#[cfg(not(unix))]
fn survive_full_files() {}

/// Help and version are results; anything else clap found is a usage error.
fn explain_usage(error: &clap::Error, ui: Ui, environment: &Environment) -> Exit {
    if !matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return fail(&usage::failure(error), ui);
    }
    let mut out = Output::stdout();
    let text = error.render();
    let text = match ColorWish::Auto.ink(out.target, environment) {
        ColorMode::Colour => text.ansi().to_string(),
        ColorMode::Plain => text.to_string(),
    };
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    end(written.map(|()| Exit::Done).map_err(Stop::from), ui)
}

fn fail(failure: &Failure, ui: Ui) -> Exit {
    tell(&failure.render(ui));
    failure.exit
}

fn end(result: Result<Exit, Stop>, ui: Ui) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(Stop::PipeClosed) => Exit::Done,
        Err(Stop::Failed(failure)) => fail(&failure, ui),
    }
}

fn run(cli: &Cli, context: &mut CommandContext) -> Exit {
    // These two report them themselves, as results.
    let reports = matches!(
        cli.command,
        Some(CliCommand::Config(_) | CliCommand::Doctor(args::DoctorArgs { reattach: None, clock: None }))
    );
    if !reports {
        for problem in &context.config_problems {
            tell(problem.get(context.ui()));
        }
    }
    if let Some(CliCommand::Check(args::CheckArgs { path: Some(path), .. })) = &cli.command {
        context.settings.plan.value = PlanSource::Path(path.clone());
    }
    let mut out = Output::stdout();
    out.ink = context.settings.color.value.ink(out.target, &context.environment);
    let result = dispatch(cli, context, &mut out);
    // A signal's code counts also where its cause, a closed terminal, takes no more output.
    let flushed = if matches!(result, Ok(Exit::Signalled(_))) { Ok(()) } else { out.flush() };
    end(result.and_then(|exit| flushed.map(|()| exit).map_err(Stop::from)), context.ui())
}

fn dispatch(cli: &Cli, context: &CommandContext, out: &mut Output) -> Result<Exit, Stop> {
    let Some(command) = &cli.command else { return screen(context, out.target, out.ink, None) };
    match command {
        CliCommand::Tree(args) => tree::run(context, out, args.id.as_deref(), args.depth),
        CliCommand::Show(args) => {
            let glyphs = if args.ascii { Glyphs::Ascii } else { context.settings.glyphs.value };
            show::run(context, out, &args.id, form(args.json), glyphs)
        }
        CliCommand::Find(args) => {
            let form = match (args.json, args.tree) {
                (true, false) => find::FindForm::Json,
                (true, true) => find::FindForm::JsonWithAncestors,
                (false, true) => find::FindForm::Tree,
                (false, false) => find::FindForm::Flat,
            };
            let limit = args.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
            find::run(context, out, &args.query.join(" "), find::Wanted { form, limit })
        }
        CliCommand::Review(args) => review::run(context, out, args),
        CliCommand::Annotate(args) => annotate::run(context, out, args),
        CliCommand::Log(args) => log::run(context, out, args.id.as_deref(), args.json),
        CliCommand::Undo => undo::undo(context, out),
        CliCommand::Redo => undo::redo(context, out),
        CliCommand::Status(args) => status::run(context, out, args),
        CliCommand::Explain(args) => explain::run(context, out, &args.id, form(args.json)),
        CliCommand::Changes(args) => changes::run(context, out, args),
        CliCommand::Matrix(args) => {
            let levels = (args.rows.as_deref(), args.columns.as_deref());
            matrix::run(context, out, levels, form(args.json))
        }
        CliCommand::Tags(args) => match &args.rename {
            None => tags::run(context, out),
            Some(rename) => tags::rename(context, out, rename),
        },
        CliCommand::Merge(args) => merge::run(context, out, &args.others),
        CliCommand::Check(args) => check::run(context, out, &args.sources, args.format),
        CliCommand::CheckDraft(args) => check_draft::run(context, out, args),
        CliCommand::Intake(args) => intake::run(context, out, args),
        CliCommand::Lint(args) if args.rules => lint::run_rules(context, out),
        CliCommand::Lint(args) => lint::run(context, out, args),
        CliCommand::Export(args) => export::run(context, out, args),
        CliCommand::Cite(args) => cite::run(context, out, &args.id, args.style),
        CliCommand::Verify(args) => {
            verify::run(context, out, (&args.file, args.expect.as_deref()), form(args.json))
        }
        CliCommand::Init(args) => {
            let starter = if args.empty { init::Starter::Empty } else { init::Starter::Bundled };
            init::run(context, out, &args.dir, starter)
        }
        CliCommand::Keys(args) => keys::run(context, out, args.format),
        CliCommand::Config(_) => config::run(context, out),
        CliCommand::Doctor(args) => match (&args.reattach, &args.clock) {
            (Some(reattach), _) => reattach::run(context, out, reattach),
            (None, Some(record)) => clock::run(context, out, record),
            (None, None) => doctor::run(context, out),
        },
        CliCommand::Completions(args) => completions::run(context, out, args.shell),
        CliCommand::Man => man::run(context, out),
        CliCommand::Legend => legend::run(context, out),
    }
}

fn form(json: bool) -> show::ShowForm {
    if json { show::ShowForm::Json } else { show::ShowForm::Card }
}
