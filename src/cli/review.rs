//! `plan158 review [QUERY] [--plain] …`: a review session, and the minutes of one. `docs/review-plain.md` is
//! the contract of plain mode.

mod answer;
mod plain;

use std::io::{IsTerminal, Write};
use std::sync::Arc;

use super::CommandContext;
use super::args;
use super::failure::{Exit, Failure, Stop};
use super::find::say_problems;
use super::journal::{author, stamp, unwritten};
use super::open::{self, OpenPlan, open};
use super::output::{Output, OutputTarget, tell};
use super::screen::screen;
use crate::export::markdown;
use crate::find::Query;
use crate::journal::Author;
use crate::journal::event::Blindness;
use crate::page::PageReader;
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
        return minutes(context, &opened, out, id);
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
fn minutes(context: &CommandContext, opened: &OpenPlan, out: &mut Output, id: &str) -> Result<Exit, Stop> {
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
    write_minutes(context, opened, &head, out)?;
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

fn write_minutes(
    context: &CommandContext,
    opened: &OpenPlan,
    head: &SessionHead,
    out: &mut Output,
) -> Result<(), Stop> {
    let hash = open::hash(context)?;
    let reader = reader(context, opened);
    let minutes = Minutes::new(&scene(opened), &reader, head, &hash);
    markdown::page(&minutes.title(&reader), &minutes.blocks(&reader), reader.ui, out)?;
    out.flush()?;
    Ok(())
}
