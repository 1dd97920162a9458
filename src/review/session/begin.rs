//! How a session begins or goes on, and which cards it has.

use super::SessionContext;
use crate::find::Query;
use crate::journal::event::{Blindness, SessionMark};
use crate::journal::{Author, Event, FoldLimit, Journal, Step};
use crate::plan::Plan;
use crate::plan::as_of::AsOf;
use crate::progress::Judge;
use crate::review::queue::{Order, QueueContext, QueueEntry, queue};
use crate::review::record::{SessionHead, SessionId, heads};
use crate::review::scope;
use crate::text::Bilingual;
use jiff::civil::Date;

#[derive(Clone, Debug, PartialEq)]
pub struct SessionRequest {
    /// What to review, as one would search for it; empty for everything.
    pub query: String,
    pub order: Order,
    /// For a random order; taken at the edge.
    pub seed: u64,
    /// Whether verdicts are hidden until one has decided.
    pub blind: Blindness,
}

impl SessionRequest {
    /// The same with a seed for a random order: a random one, or in a blind session the one that all who give
    /// the same query have, so that reviewers go through the same cards in the same order.
    #[must_use]
    pub fn with_seed(self, random: u64) -> Self {
        let seed = if self.blind == Blindness::Blind { seed_of(&self.query) } else { random };
        Self { seed, ..self }
    }

    /// The step that begins the session; its id is that of the record, so it must be written with a stamp of
    /// that id.
    pub fn start(&self, id: &SessionId) -> Step {
        let text = |text: &str| (!text.is_empty()).then(|| Box::from(text));
        let event = Event::Session {
            mark: SessionMark::Start,
            query: text(self.query.trim()),
            order: text(self.order.word()),
            seed: (self.order == Order::Random).then_some(self.seed),
            blind: self.blind,
        };
        Step { session: Some(id.as_str().into()), ..Step::new(vec![event]) }
    }
}

/// Why a session cannot be held as it was asked for: a blind one over a query that tells what others did.
pub fn refused(plan: &Plan, query: &str, blind: Blindness) -> Option<Bilingual> {
    (blind == Blindness::Blind && Query::parse(query, plan).reads_records()).then(|| {
        Bilingual::new(
            "盲评不能用读取他人记录的条件（状态、作者、复核、进度、有:笔记等）：选出哪些卡片会透露别人做过什么",
            "a blind review takes no condition on what people recorded (status, by, reviewed, progress, has:note and the like): which cards there are would tell what others did",
        )
    })
}

/// The author's last session that can go on, where it is one over this query and has what else is asked for.
pub fn resumable(
    journal: &Journal,
    by: &Author,
    query: &str,
    order: Option<Order>,
    blind: Option<Blindness>,
) -> Option<SessionHead> {
    let fits = |head: &SessionHead| {
        head.by == *by
            && head.ended.is_none()
            && *head.query == *query.trim()
            && order.is_none_or(|order| order == head.order)
            && blind.is_none_or(|blind| blind == head.blind)
    };
    heads(journal).into_iter().rev().find(fits)
}

/// A fold as of this moment holds no record.
const BEFORE_ANYBODY: FoldLimit = FoldLimit { as_of: AsOf::on(Date::MIN), through: None };

/// FNV-1a over the query; 32 bits of it, which every reader of JSON keeps whole.
fn seed_of(query: &str) -> u64 {
    let hash = query.trim().bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    hash & u64::from(u32::MAX)
}

/// The cards of a session: what its query matched when it began, as things stood then, so that they are the
/// same days later.
pub fn cards(scene: &SessionContext<'_>, head: &SessionHead) -> Vec<QueueEntry> {
    let Some(start) = scene.journal.book().find(&head.start) else { return Vec::new() };
    let as_of = if scene.judge.as_of.is_named() { scene.judge.as_of } else { AsOf::now(head.at.day()) };
    let judge = Judge { as_of, ..scene.judge };
    let cut = match head.blind {
        Blindness::Sighted => FoldLimit { as_of: scene.journal.as_of(), through: Some(start) },
        Blindness::Blind => BEFORE_ANYBODY,
    };
    let fold = scene.journal.fold_at(judge.plan, cut);
    let matched = scope::matched(&judge, &fold, &head.query);
    let ground = QueueContext { judge, fold: &fold, by: &head.by, blind: head.blind };
    queue(&ground, &matched, head.order, head.seed)
}

/// How many cards a new session would have; nothing is written for it.
pub fn prospect(scene: &SessionContext<'_>, wish: &SessionRequest, by: &Author) -> usize {
    let nobody =
        (wish.blind == Blindness::Blind).then(|| scene.journal.fold_at(scene.judge.plan, BEFORE_ANYBODY));
    let fold = nobody.as_ref().unwrap_or_else(|| scene.journal.fold());
    let matched = scope::matched(&scene.judge, fold, &wish.query);
    let ground = QueueContext { judge: scene.judge, fold, by, blind: wish.blind };
    queue(&ground, &matched, wish.order, wish.seed).len()
}
