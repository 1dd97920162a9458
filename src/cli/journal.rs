//! Opens the journal that the settings name, finds out who writes, and turns what can go wrong into failures.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use super::CommandContext;
use super::failure::{Exit, Failure, Stop};
use super::output::tell;
use crate::journal::author::folder_name;
use crate::journal::{
    Appended, Author, CannotRead, Journal, JournalAudience, NotSaved, NotWrittenReason, RecordStamp,
    TornTail, clock,
};
use crate::plan::Plan;
use crate::text::Bilingual;
use crate::text::clean::{one_line, shown};
use crate::text::counted;
use crate::tui::helper::{self, Silent};
use crate::tui::installation::Installation;
use crate::tui::terminal_host::AuthorLookup;

/// The folder of a plan's journal: the one named, or the plan's own under the data directory; `None` without
/// a home.
pub fn dir(context: &CommandContext, plan: &Plan) -> Option<PathBuf> {
    let named = context.settings.journal.value.clone();
    named.or_else(|| Some(context.places.as_ref()?.data.join("journal").join(folder_name(&plan.id))))
}

/// A folder that was named is shared with whoever can read it; the plan's own is the user's.
pub fn audience(context: &CommandContext) -> JournalAudience {
    match context.settings.journal.value {
        Some(_) => JournalAudience::Folder,
        None => JournalAudience::Owner,
    }
}

/// Opens a plan's journal; says on stderr what is wrong with its files.
///
/// # Errors
/// Exit code 4 where it cannot be read.
pub fn open(context: &CommandContext, plan: &Plan) -> Result<Journal, Stop> {
    let journal = Journal::open(dir(context, plan), plan, context.settings.as_of.value).map_err(unread)?;
    let journal = journal.for_audience(audience(context));
    let (problems, newer) = (journal.problems().len(), journal.book().skipped().newer);
    let ui = context.ui();
    if problems > 0 {
        tell(&ui.pick(
            format!("记录中有{problems}处问题，已跳过；`plan158 doctor` 列出"),
            format!(
                "the journal has {}, left out; `plan158 doctor` lists them",
                counted(problems, "problem")
            ),
        ));
    }
    if newer > 0 {
        tell(&ui.pick(
            format!("{newer}条记录由更新的版本写成，已跳过"),
            format!("{} by a newer version, left out", counted(newer, "record")),
        ));
    }
    Ok(journal)
}

/// A journal that cannot be read.
pub fn unread(error: CannotRead) -> Failure {
    let (what, next) = NotWrittenReason::Read(error).said();
    Failure { exit: Exit::Journal, ..Failure::usage(what, next) }
}

/// A step that is not on disk. To look from a day that is over is a matter of usage; the rest is the
/// journal's.
pub fn unwritten(why: &NotWrittenReason, unsaved: String) -> Failure {
    let (what, next) = why.said();
    let is_asked_wrongly =
        matches!(why, NotWrittenReason::AsOf(_) | NotWrittenReason::Empty | NotWrittenReason::NoJournal(_));
    let exit = if is_asked_wrongly { Exit::Usage } else { Exit::Journal };
    Failure { exit, unsaved: unsaved.into(), ..Failure::usage(what, next) }
}

impl From<NotSaved> for Stop {
    fn from(not_saved: NotSaved) -> Self {
        unwritten(&not_saved.why, not_saved.text).into()
    }
}

/// The clock and a fresh id, by this installation.
pub fn stamp(context: &CommandContext) -> RecordStamp {
    RecordStamp::now().written_by(installation(context).map(|own| own.id).as_deref())
}

/// This installation; `None` without a home.
pub fn installation(context: &CommandContext) -> Option<Installation> {
    Some(Installation::of(&context.places.as_ref()?.state))
}

/// Says what there is to know beside a step that was written: a torn tail that was set aside (once, since it
/// is gone from the file now), a clock that is wrong, and records that lie ahead of it.
pub fn tell_beside(context: &CommandContext, appended: &Appended, journal: &Journal) {
    let writer = journal.record(appended.index).writer.as_ref();
    if let (Some(writer), Some(places)) = (writer, &context.places) {
        Installation::of_record(&places.state, writer).keep();
    }
    tell_torn(context, appended.torn.as_ref());
    if let Some(remark) = &appended.clock {
        tell(remark.get(context.ui()));
    }
    let limit = clock::limit(jiff::Timestamp::now());
    let ahead = journal.book().all_ahead_of(limit);
    let Some(first) = ahead.first() else { return };
    let record = journal.record(*first);
    let (by, at, id) = (one_line(record.by.as_str()), record.at, record.id.as_str());
    tell(&context.ui().pick(
        format!(
            "{}条记录的时间晚于现在（{by}，{at}），在此之前压过其他结论；`plan158 doctor --clock {id}` 更正",
            ahead.len()
        ),
        format!(
            "{} ahead of the clock (by {by}, {at}): until then it outvotes other verdicts; `plan158 doctor --clock {id}` corrects it",
            lying(ahead.len()),
        ),
    ));
}

fn lying(count: usize) -> String {
    if count == 1 { "1 record lies".to_owned() } else { format!("{count} records lie") }
}

fn tell_torn(context: &CommandContext, torn: Option<&TornTail>) {
    let Some(TornTail { file, aside, bytes }) = torn else { return };
    let (file, aside) = (shown(file), shown(aside));
    tell(&context.ui().pick(
        format!("{file} 的末行不完整（{bytes}字节），已移到 {aside}"),
        format!(
            "the last line of {file} was not whole ({}); it was set aside in {aside}",
            counted(*bytes, "byte")
        ),
    ));
}

/// Who writes.
///
/// # Errors
/// Exit code 2 where nobody is named, or the name cannot name a file.
pub fn author(context: &CommandContext) -> Result<Author, Failure> {
    let next = Bilingual::new(
        "用 --author、PLAN158_AUTHOR 或设置文件中的 author 指定作者",
        "say who you are with --author, PLAN158_AUTHOR, or author in config.toml",
    );
    named(context.settings.author.value.clone(), context.environment.login.clone())
        .map_err(|why| Failure::usage(why, next))
}

/// Who writes, to be found out later and elsewhere: git may take a moment.
pub fn asked_later(context: &CommandContext) -> AuthorLookup {
    let (set, login) = (context.settings.author.value.clone(), context.environment.login.clone());
    AuthorLookup(Box::new(move || named(set, login)))
}

fn named(set: Option<String>, login: Option<String>) -> Result<Author, Bilingual> {
    // Git may name somebody else than the login: who signs is not guessed.
    if set.is_none() && git_user() == GitUser::Silent {
        return Err(silent_git());
    }
    let name = set.or_else(|| default_author(login));
    let name = name.ok_or_else(|| Bilingual::new("尚未设置作者名", "no author name is set"))?;
    Author::new(&name).map_err(crate::journal::author::BadAuthor::said)
}

/// Git's user name, or the login.
pub fn default_author(login: Option<String>) -> Option<String> {
    let git = if let GitUser::Named(name) = git_user() { Some(name) } else { None };
    git.or(login).or_else(account)
}

/// What git says of who one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitUser {
    Named(String),
    /// It names nobody, or is not there.
    Nobody,
    /// It did not answer in time.
    Silent,
}

/// Asked once in a run.
pub fn git_user() -> GitUser {
    static ASKED: OnceLock<GitUser> = OnceLock::new();
    ASKED.get_or_init(ask_git).clone()
}

fn ask_git() -> GitUser {
    let mut command = Command::new("git");
    command.args(["config", "--get", "user.name"]);
    match helper::answer(command) {
        Err(Silent) => GitUser::Silent,
        Ok(said) => {
            let name = said.and_then(|said| String::from_utf8(said).ok());
            let name = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
            name.map_or(GitUser::Nobody, GitUser::Named)
        }
    }
}

/// What is said where git does not answer.
pub fn silent_git() -> Bilingual {
    let seconds = helper::WAIT.as_secs();
    Bilingual::new(
        format!("git 在{seconds}秒内没有说出作者名；请用 --author 或 PLAN158_AUTHOR 指定"),
        format!("git did not name the author within {seconds} s; name them with --author or PLAN158_AUTHOR"),
    )
}

/// The account this process runs under, where the environment does not say.
#[cfg(unix)]
fn account() -> Option<String> {
    let uid = rustix::process::getuid().as_raw().to_string();
    let accounts = std::fs::read_to_string("/etc/passwd").ok()?;
    let own = accounts
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|line| line.get(2) == Some(&uid.as_str()))?;
    own.first().filter(|name| !name.is_empty()).map(|name| (*name).to_owned())
}

#[cfg(not(unix))]
fn account() -> Option<String> {
    None
}
