//! `plan158 review [QUERY] [--plain] …`: a review session, and the minutes of one. `docs/review-plain.md` is
//! the contract of plain mode.

mod answer;
mod plain;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use super::CommandContext;
use super::args::{self, MinutesForm};
use super::failure::{Exit, Failure, Stop};
use super::find::say_problems;
use super::journal::{author, stamp, unwritten};
use super::open::{self, OpenPlan, open};
use super::output::{Output, OutputTarget, tell};
use super::screen::screen;
use crate::export::{ExportError, docx, html, markdown};
use crate::find::Query;
use crate::journal::Author;
use crate::journal::event::Blindness;
use crate::page::PageReader;
use crate::plan::as_of::AsOf;
use crate::plan::write_file::{Existing, to_file};
use crate::review::record::{find, heads};
use crate::review::session::{prospect, refused, resumable};
use crate::review::{Minutes, Order, Session, SessionContext, SessionHead, SessionId, SessionRequest};
use crate::text::Bilingual;
use crate::text::clean::one_line;

/// Runs the command: on a terminal the screen opens on the session, else and with `--plain` the prompts do.
///
/// # Errors
/// When the plan or the journal cannot be opened or written, one looks from a day that is over, or a session
/// is unknown.
pub fn run(context: &CommandContext, out: &mut Output, wish: &args::ReviewArgs) -> Result<Exit, Stop> {
    let mut opened = open(context)?;
    if let Some(id) = &wish.minutes {
        return minutes(context, &opened, out, (id, wish));
    }
    opened.journal.may_write(&jiff::ZonedDateTime::now()).map_err(|why| unwritten(&why, String::new()))?;
    let by = author(context)?;
    let query = wish.query.join(" ");
    say_problems_of(context, &opened, &query);
    let Some(head) = begin(context, &mut opened, &by, &query, wish)? else {
        tell(context.ui().pick("没有可复核的节点", "there is nothing to review"));
        return Ok(Exit::No);
    };
    if !wish.plain && out.target != OutputTarget::Other && std::io::stdin().is_terminal() {
        return screen(context, out.target, out.ink, Some(head));
    }
    let session = Session::open(&scene(&opened), head, jiff::Timestamp::now());
    plain::run(plain::PlainSession { context, opened, by, session }, out)
}

/// What the session is looked at with.
fn scene(opened: &OpenPlan) -> SessionContext<'_> {
    SessionContext { judge: opened.judge(), journal: &opened.journal }
}

fn reader<'o>(context: &CommandContext, opened: &'o OpenPlan) -> PageReader<'o> {
    let rule = opened.judge().rule;
    PageReader { plan: opened.plan(), show: opened.show, ui: context.ui(), rule, as_of: opened.as_of }
}

fn say_problems_of(context: &CommandContext, opened: &OpenPlan, query: &str) {
    if !query.trim().is_empty() {
        say_problems(context, &Query::parse(query, opened.plan()));
    }
}

/// The session that goes on, or a new one; `None` where it would have no card.
fn begin(
    context: &CommandContext,
    opened: &mut OpenPlan,
    by: &Author,
    query: &str,
    wish: &args::ReviewArgs,
) -> Result<Option<SessionHead>, Stop> {
    let order = wish.order;
    let blind = wish.blind.then_some(Blindness::Blind);
    if let Some(why) = refused(opened.plan(), query, blind.unwrap_or_default()) {
        let next = Bilingual::new(
            "去掉该条件，或不用 --blind",
            "leave the condition out, or review without --blind",
        );
        return Err(Failure::usage(why, next).into());
    }
    let open = resumable(&opened.journal, by, query, order, blind).filter(|_| !wish.new);
    if open.is_some() {
        return Ok(open);
    }
    let stamp = stamp(context);
    let wish = SessionRequest {
        query: query.to_owned(),
        order: order.unwrap_or(Order::Worth),
        seed: 0,
        blind: blind.unwrap_or_default(),
    };
    // The low half of the id is random; 32 bits of it are a number that every reader of JSON keeps whole.
    let wish = wish.with_seed(stamp.id.as_u64_pair().1 & u64::from(u32::MAX));
    if prospect(&scene(opened), &wish, by) == 0 {
        return Ok(None);
    }
    let id = SessionId::new(&stamp.id.to_string());
    let loaded = Arc::clone(&opened.loaded);
    let appended = opened.journal.append(&loaded.plan, by, wish.start(&id), &stamp)?;
    super::journal::tell_beside(context, &appended, &opened.journal);
    Ok(find(&heads(&opened.journal), id.as_str()))
}

/// The minutes of the session of that id (or its beginning), or of one's own last, or of the last of all.
fn minutes(
    context: &CommandContext,
    opened: &OpenPlan,
    out: &mut Output,
    (id, wish): (&str, &args::ReviewArgs),
) -> Result<Exit, Stop> {
    let heads = heads(&opened.journal);
    let head = if id.is_empty() {
        let own = author(context).ok();
        let own = heads.iter().rev().find(|head| own.as_ref() == Some(&head.by));
        let Some(head) = own.or(heads.last()) else {
            tell(context.ui().pick("还没有复核", "there has been no review session"));
            return Ok(Exit::No);
        };
        head.clone()
    } else {
        find(&heads, id).ok_or_else(|| unknown(id, &heads))?
    };
    let form = form(wish)?;
    if form == MinutesForm::Docx
        && wish.output.is_none()
        && matches!(out.target, OutputTarget::Terminal { .. })
    {
        return Err(super::export::no_terminal().into());
    }
    // What others do after a session has ended changes nothing in its minutes.
    let Some(ended) = head.ended.and_then(|at| AsOf::parse(&at.to_string())) else {
        write_minutes(context, opened, (&head, form, wish.output.as_deref()), out)?;
        return Ok(Exit::Done);
    };
    let mut settings = context.settings.clone();
    settings.as_of.value = ended;
    let then = context.with(settings);
    let opened = open(&then)?;
    write_minutes(&then, &opened, (&head, form, wish.output.as_deref()), out)?;
    Ok(Exit::Done)
}

fn unknown(id: &str, heads: &[SessionHead]) -> Failure {
    let id = one_line(id);
    let next = match heads.last() {
        Some(last) => Bilingual::new(
            format!("最近一次是 {}；不写 id 即为自己最近的一次", last.id),
            format!("the last one is {}; without an id it is your own last", last.id),
        ),
        None => Bilingual::new(
            "还没有复核；`plan158 review` 开始",
            "there is none yet; `plan158 review` begins one",
        ),
    };
    Failure::usage(Bilingual::new(format!("没有复核 {id}"), format!("there is no session {id}")), next)
}

/// The form asked for, else the one that the file's name ends in.
fn form(wish: &args::ReviewArgs) -> Result<MinutesForm, Stop> {
    let ending = wish.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let of_ending = ending.and_then(MinutesForm::parse);
    match (wish.format, of_ending) {
        (Some(named), Some(other)) if named != other => {
            let (named, other) = (named.word(), other.word());
            let what = Bilingual::new(
                format!("格式是 {named}，文件名却以 .{other} 结尾"),
                format!("the format is {named}, but the file's name ends in .{other}"),
            );
            let next = Bilingual::new("改文件名，或改 --format", "change the name, or --format");
            Err(Failure::usage(what, next).into())
        }
        (named, of_ending) => Ok(named.or(of_ending).unwrap_or(MinutesForm::Md)),
    }
}

fn write_minutes(
    context: &CommandContext,
    opened: &OpenPlan,
    (head, form, file): (&SessionHead, MinutesForm, Option<&Path>),
    out: &mut Output,
) -> Result<(), Stop> {
    let hash = open::hash(context)?;
    let reader = reader(context, opened);
    let minutes = Minutes::new(&scene(opened), &reader, head, &hash);
    let (title, blocks, ui) = (minutes.title(&reader), minutes.blocks(&reader), reader.ui);
    let day = opened.as_of.day();
    let mut write = |sink: &mut dyn Write| -> Result<(), ExportError> {
        match form {
            MinutesForm::Md => Ok(markdown::page(&title, &blocks, ui, sink)?),
            MinutesForm::Html => Ok(html::page(&title, &blocks, ui, sink)?),
            MinutesForm::Docx => docx::page(&title, &blocks, (ui, day), sink),
        }
    };
    let written = match file {
        Some(path) => {
            super::export::target::check(path, Existing::Keep)?;
            to_file(path, Existing::Keep, &mut write)
        }
        None => write(out),
    };
    written.map_err(|error| super::export::stop(error, file))?;
    out.flush()?;
    Ok(())
}
