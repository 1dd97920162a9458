//! How a session begins or goes on, and which cards it has.

use super::SessionContext;
use crate::journal::event::{Blindness, SessionMark};
use crate::journal::{Author, Event, FoldLimit, Journal, Step};
use crate::plan::as_of::AsOf;
use crate::progress::Judge;
use crate::review::queue::{Order, QueueContext, QueueEntry, queue};
use crate::review::record::{SessionHead, SessionId, heads};
use crate::review::scope;

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
    /// The step that begins the session; its id is that of the record, so it must be written with a stamp of that id.
    pub fn start(&self, id: &SessionId) -> Step {
        let text = |text: &str| (!text.is_empty()).then(|| Box::from(text));
        let event = Event::Session {
            mark: SessionMark::Start,
            query: text(self.query.trim()),
            order: text(self.order.word()),
            seed: (self.order == Order::Random).then_some(self.seed),
            blind: self.blind,
        };
        Step { events: vec![event], session: Some(id.as_str().into()) }
    }
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

/// The cards of a session: what its query matched when it began, as things stood then, so that they are the same days later.
pub fn cards(scene: &SessionContext<'_>, head: &SessionHead) -> Vec<QueueEntry> {
    let Some(start) = scene.journal.book().find(&head.start) else { return Vec::new() };
    let as_of = if scene.judge.as_of.is_named() { scene.judge.as_of } else { AsOf::now(head.at.day()) };
    let judge = Judge { as_of, ..scene.judge };
    let cut = FoldLimit { as_of: scene.journal.as_of(), through: Some(start) };
    let fold = scene.journal.fold_at(judge.plan, cut);
    let matched = scope::matched(&judge, &fold, &head.query);
    queue(&QueueContext { judge, fold: &fold, by: &head.by }, &matched, head.order, head.seed)
}

/// How many cards a new session would have; nothing is written for it.
pub fn prospect(scene: &SessionContext<'_>, wish: &SessionRequest, by: &Author) -> usize {
    let fold = scene.journal.fold();
    let matched = scope::matched(&scene.judge, fold, &wish.query);
    queue(&QueueContext { judge: scene.judge, fold, by }, &matched, wish.order, wish.seed).len()
}
