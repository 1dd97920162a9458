//! A session at work: one card at a time. An [`ReviewAction`] goes in, an [`ActionResult`] comes out; what is
//! to be recorded is handed out as a step, and once it is in the journal [`Session::settle`] moves on.
//!
//! A session holds nothing that its records do not say, but the cursor, what was revealed and the time since
//! the last decision. So it is resumed by reading its records: at the node that was last written on without
//! deciding, else behind the last decision.

mod act;
mod begin;
mod decide;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::queue::QueueEntry;
use super::record::{CardMark, CardStanding, Records, SessionHead, SessionId, Touch};
use super::watch::DecisionTimer;
use super::why::AttentionReason;
use crate::journal::event::{Blindness, SessionMark};
use crate::journal::{Event, Journal, NodeName, Record, Step};
use crate::page::{Page, PageReader, SectionKind};
use crate::plan::NodeId;
use crate::progress::Judge;
use crate::text::Bilingual;

pub use act::{ActionResult, Reason, Refusal, ReviewAction, VERDICT_KEYS};
pub use begin::{SessionRequest, cards, prospect, refused, resumable};

/// What a session is looked at with.
#[derive(Clone, Copy, Debug)]
pub struct SessionContext<'a> {
    /// Plan, rule set and the day that counts as today.
    pub judge: Judge<'a>,
    /// What people added.
    pub journal: &'a Journal,
}

/// Whether a card hides verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictVisibility {
    Open,
    /// The computed verdict, people's verdicts and the history are hidden.
    Drawn,
}

/// How far a session has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionCounts {
    pub total: usize,
    /// Decided: still accurate, judged, or in need of work.
    pub decided: usize,
    /// Still to come, skipped ones among them.
    pub left: usize,
    /// Skipped and still to come.
    pub skipped: usize,
    /// Put off until a day.
    pub buried: usize,
    /// Left out with their branch.
    pub left_out: usize,
    /// Seconds spent, those since the last decision included; a gap counts for five minutes at most.
    pub seconds: u64,
    /// Seconds that what is left will take at this pace; `None` while nothing is decided.
    pub seconds_left: Option<u64>,
}

#[derive(Clone, Debug)]
pub struct Session {
    head: SessionHead,
    queue: Vec<QueueEntry>,
    place: HashMap<NodeId, usize>,
    records: Records,
    cursor: Option<(NodeId, NodeName)>,
    revealed: HashSet<NodeId>,
    watch: DecisionTimer,
    today: Date,
}

impl Session {
    /// Opens a session that has begun, at the card where it goes on.
    pub fn open(scene: &SessionContext<'_>, head: SessionHead, now: Timestamp) -> Self {
        let mut session = Self {
            head,
            queue: Vec::new(),
            place: HashMap::new(),
            records: Records::default(),
            cursor: None,
            revealed: HashSet::new(),
            watch: DecisionTimer::start(now),
            today: scene.judge.as_of.day(),
        };
        session.renew(scene);
        session
    }

    /// Reads everything again: for a plan that was loaded again. The cursor stays on its node where that is
    /// still there.
    pub fn renew(&mut self, scene: &SessionContext<'_>) {
        self.queue = cards(scene, &self.head);
        self.place = self.queue.iter().enumerate().map(|(at, entry)| (entry.node, at)).collect();
        self.revealed.clear();
        self.records = Records::read(scene.journal, &self.head);
        self.today = scene.judge.as_of.day();
        let kept = self.cursor.take().and_then(|(_, key)| scene.judge.plan.tree.find(&key));
        let cursor = kept.filter(|node| self.place.contains_key(node)).or_else(|| self.resumed());
        self.put(scene, cursor);
    }

    /// Takes in what the journal says now. Where the card at hand was decided since, the next one comes;
    /// where a decision was taken back, its card does.
    pub fn settle(&mut self, scene: &SessionContext<'_>) {
        let new = Records::read(scene.journal, &self.head);
        let old = std::mem::replace(&mut self.records, new);
        self.today = scene.judge.as_of.day();
        if let Some(node) = self.taken_back(scene, &old) {
            self.put(scene, Some(node));
            return;
        }
        let Some(node) = self.card() else { return };
        if self.records.marks.get(&node) != old.marks.get(&node) {
            self.watch.reset();
            self.put(scene, self.after(node));
        }
    }

    /// The card whose decision was taken back since: the first that its record named.
    fn taken_back(&self, scene: &SessionContext<'_>, old: &Records) -> Option<NodeId> {
        let is_back = |node: &NodeId, mark: &CardMark| {
            let now = self.records.marks.get(node);
            self.place.contains_key(node)
                && now != Some(mark)
                && now.is_none_or(|now| now.at.instant < mark.at.instant)
        };
        let back = old.marks.iter().filter(|(node, mark)| is_back(node, mark));
        let (node, mark) = back.min_by_key(|(node, _)| self.place[node])?;
        let book = scene.journal.book();
        let named = book.find(&mark.record).and_then(|index| {
            let events = 0..book.record(index).events.len();
            let homes = events.filter_map(|event| scene.journal.fold().home_at(book, index, event)?.node);
            homes.into_iter().find(|node| self.place.contains_key(node))
        });
        named.or(Some(*node))
    }

    /// What begins a session's resumption: the node last written on without deciding, else what follows the
    /// last decision.
    fn resumed(&self) -> Option<NodeId> {
        match self.records.last.filter(|(node, _)| self.place.contains_key(node)) {
            Some((node, Touch::Remark)) if self.standing(node).is_open() => Some(node),
            Some((node, _)) => self.after(node),
            None => self.first_fresh(0).or_else(|| self.first_skipped()),
        }
    }

    fn put(&mut self, scene: &SessionContext<'_>, node: Option<NodeId>) {
        let key = |node: NodeId| NodeName::from(scene.judge.plan.tree.node(node).key.as_str());
        self.cursor = node.map(|node| (node, key(node)));
    }

    /// The open card that follows one: the next not skipped, from the beginning again at the end; then those
    /// skipped, the first skipped first.
    fn after(&self, node: NodeId) -> Option<NodeId> {
        let place = self.place.get(&node).map_or(0, |place| place + 1);
        self.first_fresh(place).or_else(|| self.first_fresh(0)).or_else(|| self.first_skipped())
    }

    fn first_fresh(&self, from: usize) -> Option<NodeId> {
        let mut nodes = self.queue[from..].iter().map(|entry| entry.node);
        nodes.find(|node| self.standing(*node) == CardStanding::Undecided)
    }

    fn first_skipped(&self) -> Option<NodeId> {
        let skipped = self.queue.iter().map(|entry| entry.node);
        let skipped = skipped.filter(|node| self.standing(*node) == CardStanding::Skipped);
        skipped.min_by_key(|node| self.records.marks.get(node).map(|mark| mark.at.instant))
    }

    pub fn head(&self) -> &SessionHead {
        &self.head
    }

    pub fn id(&self) -> &SessionId {
        &self.head.id
    }

    /// The cards, in order.
    pub fn queue(&self) -> &[QueueEntry] {
        &self.queue
    }

    /// The node at hand; `None` where every card is decided.
    pub fn card(&self) -> Option<NodeId> {
        self.cursor.as_ref().map(|(node, _)| *node)
    }

    /// The place of a node among the cards, from 0.
    pub fn place(&self, node: NodeId) -> Option<usize> {
        self.place.get(&node).copied()
    }

    pub fn standing(&self, node: NodeId) -> CardStanding {
        CardStanding::of(self.records.marks.get(&node), self.today)
    }

    /// What the session last said of a node.
    pub fn mark(&self, node: NodeId) -> Option<&CardMark> {
        self.records.marks.get(&node)
    }

    /// Why a card is in the session, the weightiest reason. Not for the eyes of a blind reviewer:
    /// [`Session::why`].
    pub fn reason(&self, node: NodeId) -> Option<AttentionReason> {
        self.place(node).map(|place| self.queue[place].why)
    }

    /// Why a card is in the session, in words that give nothing away that is hidden.
    pub fn why(&self, node: NodeId) -> Option<Bilingual> {
        let why = self.reason(node)?;
        let hidden = why.tells() && self.veil(node) == VerdictVisibility::Drawn;
        Some(if hidden {
            Bilingual::new("值得关注（盲评，判断后可见）", "worth a look (blind: shown once decided)")
        } else {
            why.said()
        })
    }

    /// Whether a card hides verdicts: in a blind session, until it is decided and revealed.
    pub fn veil(&self, node: NodeId) -> VerdictVisibility {
        let hides = self.head.blind == Blindness::Blind && !self.revealed.contains(&node);
        if hides { VerdictVisibility::Drawn } else { VerdictVisibility::Open }
    }

    /// The card of a node, without what is hidden: its state, people's verdicts and the history. Notes and
    /// values stay.
    pub fn shown(&self, reader: &PageReader<'_>, journal: &Journal, node: NodeId) -> Page {
        let mut card = reader.node_page(node, Some(journal.into()), None);
        if self.veil(node) == VerdictVisibility::Drawn {
            let hidden = [SectionKind::State, SectionKind::People, SectionKind::History];
            card.sections.retain(|section| !hidden.contains(&section.kind));
        }
        card
    }

    /// How far it has come.
    pub fn counts(&self) -> SessionCounts {
        let mut counts = SessionCounts { total: self.queue.len(), ..SessionCounts::default() };
        for entry in &self.queue {
            match self.standing(entry.node) {
                CardStanding::Undecided => counts.left += 1,
                CardStanding::Skipped => {
                    (counts.left, counts.skipped) = (counts.left + 1, counts.skipped + 1)
                }
                CardStanding::Decided(_) => counts.decided += 1,
                CardStanding::Buried(_) => counts.buried += 1,
                CardStanding::LeftOut => counts.left_out += 1,
            }
        }
        let recorded = self.records.seconds;
        counts.seconds = recorded + u64::from(self.watch.seconds());
        let left = counts.left as u64;
        counts.seconds_left = (recorded * left).checked_div(u64::from(self.records.timed));
        counts
    }

    /// A step of the caller's own (a note, a value, a tag, a star), as one of this session.
    #[must_use]
    pub fn own(&self, step: Step) -> Step {
        Step { session: Some(self.head.id.as_str().into()), ..step }
    }

    /// The step that ends the session for good.
    pub fn end(&self) -> Step {
        let (query, order, seed) = (None, None, None);
        let mark = SessionMark::End;
        self.own(Step::new(vec![Event::Session { mark, query, order, seed, blind: self.head.blind }]))
    }

    /// The record that `undo` takes back, where it is one of this session; what was done before or beside it
    /// is not undone from here.
    pub fn undo_target<'j>(&self, journal: &'j Journal) -> Option<&'j Record> {
        let target = journal.undo_target(&self.head.by)?;
        (target.session.as_deref() == Some(self.head.id.as_str())).then_some(target)
    }
}
