//! From the command line to an exit code.

use std::cell::Cell;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::{Arc, atomic::AtomicBool};

use clap::error::ErrorKind;

use super::args::{self, Cli, Command};
use super::environment::{Environment, Places};
use super::failure::{Exit, Failure, Stop};
use super::output::{ColorWish, Ink, Output, tell};
use super::screen::screen;
use super::settings::Settings;
use super::{
    Context, annotate, check, cite, completions, config, doctor, explain, export, find, init, keys, lint,
    log, man, matrix, merge, reattach, review, show, status, tags, tree, undo, usage, verify,
};
use crate::chart::Glyphs;
use crate::plan::as_of::AsOf;
use crate::plan::load::PlanSource;
use crate::text::Ui;
use crate::text::language::{Wish, speak_before_plan};

/// Runs the program on a command line, the program's name first.
pub fn main(args: Vec<OsString>) -> ExitCode {
    survive_full_files();
    let environment = Environment::of_process();
    let places = Places::of_process();
    let config = places.as_ref().map(|places| config::read(&places.config_file())).unwrap_or_default();
    let wish = args::early_lang(&args)
        .or_else(|| environment.lang.clone())
        .map(|tag| Wish::parse(&tag))
        .or_else(|| config.lang.clone())
        .unwrap_or_default();
    let ui = speak_before_plan(&wish, environment.locale());
    let cli = match args::parse(&args, ui) {
        Ok(cli) => cli,
        Err(error) => return explain_usage(&error, ui, &environment).into(),
    };
    let now = AsOf::now(jiff::ZonedDateTime::now().date());
    let settings = match Settings::settle(&cli.global, &environment, &config, now) {
        Ok(settings) => settings,
        Err(failure) => return fail(&failure, ui).into(),
    };
    let ui = Cell::new(ui);
    let mut context = Context { environment, places, settings, config_problems: config.problems, ui };
    run(&cli, &mut context).into()
}

/// A file that grows past the limit set for it is an error to be told of with the words that were not saved, not the end of the program.
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
        Ink::Colour => text.ansi().to_string(),
        Ink::Plain => text.to_string(),
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

fn run(cli: &Cli, context: &mut Context) -> Exit {
    // `doctor` reports them itself, as results.
    if !matches!(cli.command, Some(Command::Doctor { reattach: None })) {
        for problem in &context.config_problems {
            tell(problem.get(context.ui()));
        }
    }
    if let Some(Command::Check { path: Some(path), .. }) = &cli.command {
        context.settings.plan.value = PlanSource::Path(path.clone());
    }
    let mut out = Output::stdout();
    out.ink = context.settings.color.value.ink(out.target, &context.environment);
    let result = dispatch(cli, context, &mut out);
    // A signal's code counts also where its cause, a closed terminal, takes no more output.
    let flushed = if matches!(result, Ok(Exit::Signalled(_))) { Ok(()) } else { out.flush() };
    end(result.and_then(|exit| flushed.map(|()| exit).map_err(Stop::from)), context.ui())
}

fn dispatch(cli: &Cli, context: &Context, out: &mut Output) -> Result<Exit, Stop> {
    match &cli.command {
        None => screen(context, out.target, out.ink, None),
        Some(Command::Tree { id, depth }) => tree::run(context, out, id.as_deref(), *depth),
        Some(Command::Show { id, json, ascii }) => {
            let form = if *json { show::Form::Json } else { show::Form::Card };
            let glyphs = if *ascii { Glyphs::Ascii } else { context.settings.glyphs.value };
            show::run(context, out, id, form, glyphs)
        }
        Some(Command::Find { query, json, limit, flat: _, tree }) => {
            let form = match (json, tree) {
                (true, false) => find::Form::Json,
                (true, true) => find::Form::JsonWithAncestors,
                (false, true) => find::Form::Tree,
                (false, false) => find::Form::Flat,
            };
            let limit = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
            find::run(context, out, &query.join(" "), find::Wanted { form, limit })
        }
        Some(Command::Review(wish)) => review::run(context, out, wish),
        Some(Command::Annotate(wish)) => annotate::run(context, out, wish),
        Some(Command::Log { id, json }) => log::run(context, out, id.as_deref(), *json),
        Some(Command::Undo) => undo::undo(context, out),
        Some(Command::Redo) => undo::redo(context, out),
        Some(Command::Status { id, json, agreement }) => {
            let form = if *json { show::Form::Json } else { show::Form::Card };
            let agreement = if *agreement { status::Agreement::Asked } else { status::Agreement::Not };
            status::run(context, out, id.as_deref(), form, agreement)
        }
        Some(Command::Explain { id, json }) => {
            explain::run(context, out, id, if *json { show::Form::Json } else { show::Form::Card })
        }
        Some(Command::Matrix { rows, columns, json }) => {
            let form = if *json { show::Form::Json } else { show::Form::Card };
            matrix::run(context, out, (rows.as_deref(), columns.as_deref()), form)
        }
        Some(Command::Tags { rename: None }) => tags::run(context, out),
        Some(Command::Tags { rename: Some(rename) }) => tags::rename(context, out, rename),
        Some(Command::Merge { others }) => merge::run(context, out, others),
        Some(Command::Check { sources, format, .. }) => check::run(context, out, sources, *format),
        Some(Command::Lint { rules: true, .. }) => lint::run_rules(context, out),
        Some(Command::Lint { id, format, .. }) => lint::run(context, out, id.as_deref(), *format),
        Some(Command::Export(wish)) => export::run(context, out, wish),
        Some(Command::Cite { id, style }) => cite::run(context, out, id, *style),
        Some(Command::Verify { file, json }) => {
            verify::run(context, out, file, if *json { show::Form::Json } else { show::Form::Card })
        }
        Some(Command::Init { dir, empty }) => {
            init::run(context, out, dir, if *empty { init::Starter::Empty } else { init::Starter::Bundled })
        }
        Some(Command::Keys { format }) => keys::run(context, out, *format),
        Some(Command::Config { .. }) => config::run(context, out),
        Some(Command::Doctor { reattach: None }) => doctor::run(context, out),
        Some(Command::Doctor { reattach: Some(reattach) }) => reattach::run(context, out, reattach),
        Some(Command::Completions { shell }) => completions::run(context, out, *shell),
        Some(Command::Man) => man::run(context, out),
    }
}
