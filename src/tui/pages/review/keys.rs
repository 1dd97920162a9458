//! The review page: keys become actions of the session, and what it answers becomes steps. The session moves
//! on once a step is on disk.

use std::sync::Arc;

use jiff::Timestamp;

use crate::journal::event::{Blindness, SessionMark};
use crate::journal::{Event, Journal, Record, Step};
use crate::page::block::{Block, Inline};
use crate::plan::NodeId;
use crate::plan::as_of::AsOf;
use crate::plan::load::Loaded;
use crate::progress::{Judge, RuleRef};
use crate::review::record::{find, heads, records};
use crate::review::session::{VERDICT_KEYS, prospect, refused, resumable};
use crate::review::{
    ActionResult, Minutes, Order, Reason, ReviewAction, Session, SessionContext, SessionHead, SessionId,
    SessionRequest, until,
};
use crate::text::Bilingual;
use crate::tui::actions::compose;
use crate::tui::card_window::CardWindow;
use crate::tui::command::CommandId;
use crate::tui::compose::{Asks, Compose};
use crate::tui::effect::Effect;
use crate::tui::effect::UndoDirection;
use crate::tui::model::Model;
use crate::tui::pages::keys::{self as pages, TEXT};
use crate::tui::pages::page::{PageChange, PageKeys};
use crate::tui::pages::review::state::{Closing, Face, Report, Review, SessionEnding};
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::view::Focus;

/// What a session is looked at with, held apart from the model that has the session. It goes before anything
/// is written, so that the journal is not copied for it.
struct Ground {
    loaded: Arc<Loaded>,
    journal: Arc<Journal>,
    rule: RuleRef,
    as_of: AsOf,
}

impl Ground {
    fn of(model: &Model) -> Option<Self> {
        let journal = model.journal_view.journal.clone()?;
        let (rule, as_of) = (model.view.rule, model.view.as_of);
        Some(Self { loaded: Arc::clone(&model.loaded), journal, rule, as_of })
    }

    fn scene(&self) -> SessionContext<'_> {
        SessionContext { judge: Judge::new(&self.loaded.plan, self.rule, self.as_of), journal: &self.journal }
    }
}

/// A moment on the session's clock, of which only differences count.
fn now(model: &Model) -> Timestamp {
    let ms = i64::try_from(model.now_ms).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
}

fn review_mut(model: &mut Model) -> Option<&mut Review> {
    model.pages.iter_mut().find_map(|page| match page {
        ScreenPage::Review(review) => Some(&mut **review),
        _ => None,
    })
}

/// `R`: goes on with the session over scope and filter, or begins one.
pub fn start(model: &mut Model, blind: Option<Blindness>) -> Vec<Effect> {
    let by = match &model.journal_view.author {
        Ok(by) => by.clone(),
        Err(why) => {
            let Bilingual { zh, en } = why;
            model.notice = Some(Bilingual::new(
                format!("{zh}；用 --author 或设置文件中的 author 指定作者"),
                format!("{en}: say who you are with --author, or author in config.toml"),
            ));
            return Vec::new();
        }
    };
    let Some(ground) = Ground::of(model) else {
        model.notice = Some(Bilingual::new("记录还没有读出", "the journal is not read yet"));
        return Vec::new();
    };
    let query = query(model);
    if let Some(why) = refused(model.plan(), &query, blind.unwrap_or_default()) {
        model.notice = Some(why);
        return Vec::new();
    }
    if let Some(head) = resumable(&ground.journal, &by, &query, None, blind) {
        return open(model, head);
    }
    let wish = SessionRequest { query, order: Order::Worth, seed: 0, blind: blind.unwrap_or_default() };
    if prospect(&ground.scene(), &wish, &by) == 0 {
        model.notice = Some(Bilingual::new("没有可复核的节点", "there is nothing to review"));
        return Vec::new();
    }
    vec![Effect::BeginReview(wish)]
}

/// Scope and standing filter as one query.
fn query(model: &Model) -> String {
    let scope = model.outline.scope().map(|scope| format!("under:{}", model.plan().tree.node(scope).key));
    let filter = model.find.standing.as_ref().map(|standing| standing.text.trim().to_owned());
    scope.into_iter().chain(filter).collect::<Vec<_>>().join(" ")
}

/// Opens the session of an id, where the journal has it.
pub fn open_by_id(model: &mut Model, id: &SessionId) -> Vec<Effect> {
    let head = model.journal_view.journal.as_deref().and_then(|journal| find(&heads(journal), id.as_str()));
    head.map_or_else(Vec::new, |head| open(model, head))
}

/// The journal is read: opens the session the command line began, and takes the keys that were pressed
/// meanwhile; or goes on where the plan was exchanged under a session.
pub fn journal_read(model: &mut Model) -> Vec<Effect> {
    let Some(awaited) = model.awaited_review.take() else {
        let unhashed = matches!(model.review().map(|review| &review.face), Some(Face::Minutes(report)) if report.blocks.is_none());
        return if unhashed { vec![Effect::HashPlan] } else { recorded(model) };
    };
    let mut effects = open_by_id(model, &awaited.head.id);
    effects.extend((!awaited.keys.is_empty()).then_some(Effect::Type(awaited.keys)));
    effects
}

fn open(model: &mut Model, head: SessionHead) -> Vec<Effect> {
    let Some(ground) = Ground::of(model) else { return Vec::new() };
    let day = head.at.day();
    let session = Session::open(&ground.scene(), head, now(model));
    let is_resumed = session.queue().iter().any(|entry| session.mark(entry.node).is_some());
    let left = session.counts().left;
    if is_resumed {
        model.notice = Some(Bilingual::new(
            format!("继续 {day} 开始的复核，余 {left} 张"),
            format!("going on with the review of {day}: {left} left"),
        ));
    }
    let (face, ending) = (Face::Card, SessionEnding::default());
    let review = Review { session, face, ending, focus: model.focus };
    pages::open(model, ScreenPage::Review(Box::new(review)));
    model.layers.clear();
    (model.focus, model.card) = (Focus::Card, CardWindow::default());
    recorded(model)
}

/// A step is on disk, or the page has just opened: where all is decided the session ends, and where it ended
/// its minutes come.
pub fn recorded(model: &mut Model) -> Vec<Effect> {
    let Some(journal) = model.journal_view.journal.as_deref() else { return Vec::new() };
    let Some(ScreenPage::Review(review)) = model.pages.last() else { return Vec::new() };
    let head = find(&heads(journal), review.session.id().as_str());
    match head {
        Some(head) if review.face == Face::Card && head.ended.is_some() => {
            show_minutes(model, Closing::Ended)
        }
        Some(_) if review.face == Face::Card && review.session.card().is_none() => match review.ending {
            SessionEnding::ByItself => vec![Effect::Record(review.session.end())],
            SessionEnding::WhenAsked => Vec::new(),
        },
        _ => Vec::new(),
    }
}

pub const KEYS: PageKeys = PageKeys {
    take,
    cancel,
    quit,
    left: |model, page| {
        if let ScreenPage::Review(review) = page {
            (model.focus, model.card) = (review.focus, CardWindow::default());
        }
    },
    follow: |model, change| {
        if change == PageChange::Journal {
            follow(model);
        }
    },
    // A session is found again by its records.
    outlives_plan: plan_changed,
    ..TEXT
};

/// Begins a session over what is in scope, where no page shows, or goes on with one.
pub fn start_here(model: &mut Model, blind: Option<Blindness>) -> Vec<Effect> {
    if model.pages.is_empty() { start(model, blind) } else { Vec::new() }
}

/// The session whose card shows on top.
fn with_card(model: &Model) -> Option<&Review> {
    match model.pages.last() {
        Some(ScreenPage::Review(review)) if review.face == Face::Card => Some(review),
        _ => None,
    }
}

/// An action on the card at hand.
pub fn on_card(model: &mut Model, action: ReviewAction) -> Vec<Effect> {
    if with_card(model).is_some() { act(model, action) } else { Vec::new() }
}

/// Still accurate; with no card left, the session ends.
pub fn unchanged(model: &mut Model) -> Vec<Effect> {
    match with_card(model).map(|review| review.session.card()) {
        Some(None) => end(model),
        _ => on_card(model, ReviewAction::Unchanged),
    }
}

/// Asks until when the card is put off.
pub fn bury(model: &mut Model) -> Vec<Effect> {
    if with_card(model).is_some() { ask(model, Asks::Until, None) } else { Vec::new() }
}

/// Ends the session for good.
pub fn end(model: &mut Model) -> Vec<Effect> {
    with_card(model).map(|review| Effect::Record(review.session.end())).into_iter().collect()
}

/// How far it is, without the share of last time; `None` where a card does not hide verdicts.
pub fn progress_unseen(model: &mut Model) -> Option<Vec<Effect>> {
    (with_card(model).is_some() && model.is_veiled()).then(|| ask(model, Asks::Share, None))
}

/// Takes the session's last step back; `None` where no session shows.
pub fn undo_here(model: &mut Model) -> Option<Vec<Effect>> {
    let Some(ScreenPage::Review(review)) = model.pages.last() else { return None };
    (!matches!(review.face, Face::Reading(_))).then(|| undo(model))
}

/// From minutes back to the cards where the session goes on, else out.
fn take(model: &mut Model) -> Vec<Effect> {
    match model.review().map(|review| &review.face) {
        Some(Face::Minutes(Report { closing: Closing::Stopped, .. })) => {
            if let Some(review) = review_mut(model) {
                review.face = Face::Card;
            }
            model.card = CardWindow::default();
        }
        Some(Face::Minutes(_)) => pages::leave(model),
        _ => {}
    }
    Vec::new()
}

fn cancel(model: &mut Model) -> Option<Vec<Effect>> {
    // A search that is marked is the one thing to cancel.
    if with_card(model).is_some() && model.find.is_lit() {
        return None;
    }
    Some(quit(model))
}

/// From a card to the minutes so far; from those out.
fn quit(model: &mut Model) -> Vec<Effect> {
    if with_card(model).is_some() {
        return show_minutes(model, Closing::Stopped);
    }
    pages::leave(model);
    Vec::new()
}

/// The minutes that show are written again in another language.
pub fn language_changed(model: &mut Model) {
    let Some(ScreenPage::Review(review)) = model.pages.last() else { return };
    if let Face::Minutes(report) = &review.face {
        let hash = report.hash.clone();
        hashed(model, hash);
    }
}

/// Refuses, over a card that hides verdicts, what shows them.
pub fn shielded(model: &mut Model, id: CommandId) -> Option<Vec<Effect>> {
    if !model.is_shielded(id) {
        return None;
    }
    model.notice = Some(Bilingual::new(
        "盲评中不可用：会看到结论；用 1…8 判断，再按 r 揭示",
        "not in a blind session: it shows verdicts; decide with 1…8, then r reveals",
    ));
    Some(Vec::new())
}

/// The verdict with that digit.
pub fn decide(model: &mut Model, digit: Option<char>) -> Vec<Effect> {
    if with_card(model).is_none() {
        return Vec::new();
    }
    let place = digit.and_then(|c| c.to_digit(10)).and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
    match place.and_then(|place| VERDICT_KEYS.get(place)) {
        Some(state) => act(model, ReviewAction::Verdict(*state, Reason::NotAsked)),
        None => {
            model.notice = Some(Bilingual::new("结论是 1 到 8", "verdicts are 1 to 8"));
            Vec::new()
        }
    }
}

fn ask(model: &mut Model, asks: Asks, remark: Option<Bilingual>) -> Vec<Effect> {
    let Some(here) = model.here() else { return Vec::new() };
    let line = Compose::line(asks, here, "");
    compose::open(model, Compose { remark, ..line })
}

/// One action of the session.
fn act(model: &mut Model, action: ReviewAction) -> Vec<Effect> {
    let now = now(model);
    let answer = {
        let Some(ground) = Ground::of(model) else { return refuse(model, being_read()) };
        let Some(review) = review_mut(model) else { return Vec::new() };
        review.ending = SessionEnding::ByItself;
        review.session.act(&ground.scene(), action.clone(), now)
    };
    match (answer, action) {
        (ActionResult::Record(step), _) => return vec![Effect::Record(step)],
        (ActionResult::ReasonWanted(why), ReviewAction::Verdict(state, _)) => {
            return ask(model, Asks::Decision(state), Some(why));
        }
        (ActionResult::Revealed(_), _) => {
            model.card = CardWindow::default();
            model.notice =
                Some(Bilingual::new("已揭示；J 到下一张未定的", "revealed; J goes to the next open card"));
        }
        (ActionResult::Refused(refusal), _) => return refuse(model, refusal.said()),
        (ActionResult::Moved | ActionResult::ReasonWanted(_), _) => model.card = CardWindow::default(),
    }
    Vec::new()
}

/// Says why nothing happened: at the line where one is open.
fn refuse(model: &mut Model, why: Bilingual) -> Vec<Effect> {
    match &mut model.compose {
        Some(compose) => compose.refused = Some(why),
        None => model.notice = Some(why),
    }
    Vec::new()
}

fn being_read() -> Bilingual {
    Bilingual::new("规划正在重新读取，稍后再按一次", "the plan is being read again: press again in a moment")
}

/// Enter on a line that the page asked for. `None` for other lines.
pub fn take_line(model: &mut Model, line: &Compose) -> Option<Vec<Effect>> {
    let text = line.value(0).trim();
    let action = match line.asks {
        Asks::Decision(state) if text.is_empty() => ReviewAction::Verdict(state, Reason::None),
        Asks::Decision(state) => ReviewAction::Verdict(state, Reason::Given(text.into())),
        Asks::Until => match until::parse(text, model.view.as_of.day()) {
            Ok(day) => ReviewAction::Bury(day),
            Err(why) => return Some(refuse(model, why)),
        },
        _ => return None,
    };
    if model.here().is_none_or(|here| here.name != line.here.name) {
        let why = if model.reviewing().is_some() {
            Bilingual::new("卡片已不是这一张；Esc 后重来", "another card is at hand now: Esc, then again")
        } else {
            being_read()
        };
        return Some(refuse(model, why));
    }
    Some(act(model, action))
}

/// `u`: the session's last step. Where the session has ended that is taken back as well, so that the card
/// comes back.
fn undo(model: &mut Model) -> Vec<Effect> {
    let (Some(journal), Some(ScreenPage::Review(review))) = (&model.journal_view.journal, model.pages.last())
    else {
        return Vec::new();
    };
    if review.session.undo_target(journal).is_none() {
        let none = Bilingual::new("本次复核没有可撤销的操作", "there is nothing to undo in this session");
        return refuse(model, none);
    }
    let end =
        records(journal, review.session.head()).map(|(_, record)| record).rev().find(|record| is_end(record));
    let end = end.map(|record| Effect::Record(Step::new(vec![Event::Undo { of: record.id.clone() }])));
    if let Some(review) = review_mut(model) {
        (review.face, review.ending) = (Face::Card, SessionEnding::WhenAsked);
    }
    end.into_iter().chain([Effect::Turn(UndoDirection::Undo)]).collect()
}

fn is_end(record: &Record) -> bool {
    record.events.iter().any(|event| matches!(event, Event::Session { mark: SessionMark::End, .. }))
}

fn show_minutes(model: &mut Model, closing: Closing) -> Vec<Effect> {
    if let Some(review) = review_mut(model) {
        review.face = Face::Minutes(Report { closing, ..Report::default() });
    }
    model.card = CardWindow::default();
    vec![Effect::HashPlan]
}

/// The plan's files are hashed: the minutes can be written.
pub fn hashed(model: &mut Model, hash: String) {
    let blocks = {
        let (Some(ground), Some(ScreenPage::Review(review))) = (Ground::of(model), model.pages.last()) else {
            return;
        };
        let head = find(&heads(&ground.journal), review.session.id().as_str());
        let head = head.unwrap_or_else(|| review.session.head().clone());
        let reader = model.reader();
        let minutes = Minutes::new(&ground.scene(), &reader, &head, &hash);
        let title = Block::Heading(vec![Inline::Words(minutes.title(&reader))]);
        std::iter::once(title).chain(minutes.blocks(&reader)).collect()
    };
    if let Some(Review { face: Face::Minutes(report), .. }) = review_mut(model) {
        (report.blocks, report.hash) = (Some(blocks), hash);
    }
}

/// What people say changed: the session takes it in. After a plan was exchanged it is read again.
pub fn follow(model: &mut Model) {
    let Some(ground) = Ground::of(model) else { return };
    let Some(review) = review_mut(model) else { return };
    let before = review.session.card();
    if let Face::Reading(closing) = review.face {
        review.session.renew(&ground.scene());
        let minutes = |closing| Face::Minutes(Report { closing, ..Report::default() });
        review.face = closing.map_or(Face::Card, minutes);
        return;
    }
    review.session.settle(&ground.scene());
    if before != review.session.card() && model.reviewing().is_some() {
        model.card = CardWindow::default();
    }
}

/// The plan was exchanged. Whether there is a session that waits for its journal.
pub fn plan_changed(model: &mut Model) -> bool {
    match review_mut(model) {
        Some(review) => {
            let closing = match &review.face {
                Face::Card => None,
                Face::Reading(closing) => *closing,
                Face::Minutes(report) => Some(report.closing),
            };
            review.face = Face::Reading(closing);
            true
        }
        None => false,
    }
}

/// To a card of the session.
pub fn go_to(model: &mut Model, target: NodeId) -> Vec<Effect> {
    act(model, ReviewAction::GoTo(target))
}
