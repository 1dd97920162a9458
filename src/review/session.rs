//! A session at work: one card at a time. An [`Action`] goes in, an [`Answer`] comes out; what is to be recorded is handed out as a step,
//! and once it is in the journal [`Session::settle`] moves on.
//!
//! A session holds nothing that its records do not say, but the cursor, what was revealed and the time since the last decision. So it is
//! resumed by reading its records: at the node that was last written on without deciding, else behind the last decision.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::queue::{Entry, Ground, Order, queue};
use super::record::{Head, Mark, Said as Records, SessionId, Standing, Touch, heads};
use super::scope;
use super::watch::Watch;
use super::why::Why;
use crate::card::{Card, Reader, SectionKind};
use crate::journal::event::{Blindness, Outcome, SessionMark};
use crate::journal::{Author, Cut, Event, Journal, Name, Record, Step};
use crate::plan::as_of::AsOf;
use crate::plan::{NodeId, Said, State};
use crate::progress::{Added, Judge, ReasonWanted};

/// What a session is looked at with.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Plan, rule set and the day that counts as today.
    pub judge: Judge<'a>,
    /// What people added.
    pub journal: &'a Journal,
}

/// What a new session is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// What to review, as one would search for it; empty for everything.
    pub query: String,
    /// In which order.
    pub order: Order,
    /// For a random order; taken at the edge.
    pub seed: u64,
    /// Whether verdicts are hidden until one has decided.
    pub blind: Blindness,
}

impl Wish {
    /// The step that begins the session; its id is that of the record, so it must be written with a stamp of that id.
    pub fn start(&self, id: &SessionId) -> Step {
        let text = |text: &str| Some(Box::from(text)).filter(|text: &Box<str>| !text.is_empty());
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
) -> Option<Head> {
    let fits = |head: &Head| {
        head.by == *by
            && head.ended.is_none()
            && *head.query == *query.trim()
            && order.is_none_or(|order| order == head.order)
            && blind.is_none_or(|blind| blind == head.blind)
    };
    heads(journal).into_iter().rev().find(fits)
}

/// The verdicts of the keys 1 to 8: 顺 缓 微 退 成 未 止 证.
pub const VERDICT_KEYS: [State; 8] = [
    State::OnTrack,
    State::NeedsAcceleration,
    State::Limited,
    State::Regressing,
    State::Achieved,
    State::NotStarted,
    State::Dropped,
    State::InsufficientEvidence,
];

/// The reason that comes with a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody has asked for one yet: the answer may be that one is wanted.
    NotAsked,
    /// Asked for, and none was given.
    None,
    /// Given.
    Given(Box<str>),
}

/// What the reviewer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Still accurate, next; on a node never judged: looked at, no verdict. On a card that is decided already: next.
    Unchanged,
    /// A verdict, next.
    Verdict(State, Reason),
    /// Later: it comes back at the end.
    Skip,
    /// Put off until a day after today.
    Bury(Date),
    /// Somebody must work on it, next.
    NeedsWork,
    /// The rest of this branch is left out of the session.
    LeaveBranch,
    /// The next card, whatever its standing.
    Next,
    /// The card before.
    Previous,
    /// The next one that is open.
    NextOpen,
    /// The open one before.
    PreviousOpen,
    /// A card of the session by its node.
    GoTo(NodeId),
    /// Shows what a blind session hides of a decided card: the one at hand, else the one decided last.
    Reveal,
}

/// What comes of an action.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To be written; then [`Session::settle`] moves on.
    Record(Step),
    /// The verdict wants a reason, and this is why (a blind session does not say). Act again with the reason, or with none.
    ReasonWanted(Said),
    /// Another card is at hand.
    Moved,
    /// This decided card is at hand with all that was hidden.
    Revealed(NodeId),
    /// Nothing happened.
    Refused(Refusal),
}

/// Why nothing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Every card is decided.
    NoCard,
    /// There is no card before this one.
    NoneBefore,
    /// There is none behind it.
    NoneBehind,
    /// The day is not after today.
    DayNotAhead,
    /// People do not give this state.
    ComputedOnly,
    /// The session hides nothing.
    NotBlind,
    /// Nothing is decided yet.
    DecideFirst,
    /// The node is no card of this session.
    NotInSession,
}

impl Refusal {
    /// In words.
    pub fn said(self) -> Said {
        let (zh, en) = match self {
            Refusal::NoCard => ("没有待复核的卡片", "no card is left"),
            Refusal::NoneBefore => ("前面没有了", "there is none before this one"),
            Refusal::NoneBehind => ("后面没有了", "there is none behind this one"),
            Refusal::DayNotAhead => ("日期须在今天之后", "the day must lie after today"),
            Refusal::ComputedOnly => ("该状态只由计算得出", "that state is computed only"),
            Refusal::NotBlind => ("不是盲评，没有隐藏的内容", "this session is not blind and hides nothing"),
            Refusal::DecideFirst => ("先作出判断，再揭示", "decide first, then reveal"),
            Refusal::NotInSession => ("不在本次复核范围内", "that node is not in this session"),
        };
        Said::new(zh, en)
    }
}

/// Whether a card hides verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Veil {
    /// Everything shows.
    Open,
    /// The computed verdict, people's verdicts and the history are hidden.
    Drawn,
}

/// How far a session has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cards.
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

/// A review session.
#[derive(Clone, Debug)]
pub struct Session {
    head: Head,
    queue: Vec<Entry>,
    place: HashMap<NodeId, usize>,
    records: Records,
    cursor: Option<(NodeId, Name)>,
    revealed: HashSet<NodeId>,
    watch: Watch,
    today: Date,
}

impl Session {
    /// Opens a session that has begun, at the card where it goes on.
    pub fn open(scene: &Scene<'_>, head: Head, now: Timestamp) -> Self {
        let mut session = Self {
            head,
            queue: Vec::new(),
            place: HashMap::new(),
            records: Records::default(),
            cursor: None,
            revealed: HashSet::new(),
            watch: Watch::start(now),
            today: scene.judge.as_of.day(),
        };
        session.renew(scene);
        session
    }

    /// Reads everything anew: for a plan that was loaded again. The cursor stays on its node where that is still there.
    pub fn renew(&mut self, scene: &Scene<'_>) {
        self.queue = cards(scene, &self.head);
        self.place = self.queue.iter().enumerate().map(|(at, entry)| (entry.node, at)).collect();
        self.revealed.clear();
        self.records = Records::read(scene.journal, &self.head);
        self.today = scene.judge.as_of.day();
        let kept = self.cursor.take().and_then(|(_, key)| scene.judge.plan.tree.find(&key));
        let cursor = kept.filter(|node| self.place.contains_key(node)).or_else(|| self.resumed());
        self.put(scene, cursor);
    }

    /// Takes in what the journal says now. Where the card at hand was decided since, the next one comes; where a decision was taken back,
    /// its card does.
    pub fn settle(&mut self, scene: &Scene<'_>) {
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
    fn taken_back(&self, scene: &Scene<'_>, old: &Records) -> Option<NodeId> {
        let is_back = |node: &NodeId, mark: &Mark| {
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

    /// What begins a session's resumption: the node last written on without deciding, else what follows the last decision.
    fn resumed(&self) -> Option<NodeId> {
        match self.records.last.filter(|(node, _)| self.place.contains_key(node)) {
            Some((node, Touch::Remark)) if self.standing(node).is_open() => Some(node),
            Some((node, _)) => self.after(node),
            None => self.first_fresh(0).or_else(|| self.first_skipped()),
        }
    }

    fn put(&mut self, scene: &Scene<'_>, node: Option<NodeId>) {
        let key = |node: NodeId| Name::from(scene.judge.plan.tree.node(node).key.as_str());
        self.cursor = node.map(|node| (node, key(node)));
    }

    /// The open card that follows one: the next not skipped, from the beginning again at the end; then those skipped, the first skipped first.
    fn after(&self, node: NodeId) -> Option<NodeId> {
        let place = self.place.get(&node).map_or(0, |place| place + 1);
        self.first_fresh(place).or_else(|| self.first_fresh(0)).or_else(|| self.first_skipped())
    }

    fn first_fresh(&self, from: usize) -> Option<NodeId> {
        let mut nodes = self.queue[from..].iter().map(|entry| entry.node);
        nodes.find(|node| self.standing(*node) == Standing::Undecided)
    }

    fn first_skipped(&self) -> Option<NodeId> {
        let skipped = self.queue.iter().map(|entry| entry.node);
        let skipped = skipped.filter(|node| self.standing(*node) == Standing::Skipped);
        skipped.min_by_key(|node| self.records.marks.get(node).map(|mark| mark.at.instant))
    }

    /// How the session began.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Its id.
    pub fn id(&self) -> &SessionId {
        &self.head.id
    }

    /// The cards, in order.
    pub fn queue(&self) -> &[Entry] {
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

    /// How a node stands in the session.
    pub fn standing(&self, node: NodeId) -> Standing {
        Standing::of(self.records.marks.get(&node), self.today)
    }

    /// What the session last said of a node.
    pub fn mark(&self, node: NodeId) -> Option<&Mark> {
        self.records.marks.get(&node)
    }

    /// Why a card is in the session, the weightiest reason. Not for the eyes of a blind reviewer: [`Session::why`].
    pub fn reason(&self, node: NodeId) -> Option<Why> {
        self.place(node).map(|place| self.queue[place].why)
    }

    /// Why a card is in the session, in words that give nothing away that is hidden.
    pub fn why(&self, node: NodeId) -> Option<Said> {
        let why = self.reason(node)?;
        let hidden = why.tells() && self.veil(node) == Veil::Drawn;
        Some(if hidden { Said::new("值得关注（盲评，判断后可见）", "worth a look (blind: shown once decided)") } else { why.said() })
    }

    /// Whether a card hides verdicts: in a blind session, until it is decided and revealed.
    pub fn veil(&self, node: NodeId) -> Veil {
        let hides = self.head.blind == Blindness::Blind && !self.revealed.contains(&node);
        if hides { Veil::Drawn } else { Veil::Open }
    }

    /// The card of a node, without what is hidden: its state, people's verdicts and the history. Notes and values stay.
    pub fn shown(&self, reader: &Reader<'_>, journal: &Journal, node: NodeId) -> Card {
        let mut card = reader.card_with(node, Some(journal));
        if self.veil(node) == Veil::Drawn {
            let hidden = [SectionKind::State, SectionKind::People, SectionKind::History];
            card.sections.retain(|section| !hidden.contains(&section.kind));
        }
        card
    }

    /// How far it has come.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { total: self.queue.len(), ..Counts::default() };
        for entry in &self.queue {
            match self.standing(entry.node) {
                Standing::Undecided => counts.left += 1,
                Standing::Skipped => (counts.left, counts.skipped) = (counts.left + 1, counts.skipped + 1),
                Standing::Decided(_) => counts.decided += 1,
                Standing::Buried(_) => counts.buried += 1,
                Standing::LeftOut => counts.left_out += 1,
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

    /// The record that `undo` takes back, where it is one of this session; what was done before or beside it is not undone from here.
    pub fn undo_target<'j>(&self, journal: &'j Journal) -> Option<&'j Record> {
        let target = journal.undo_target(&self.head.by)?;
        (target.session.as_deref() == Some(self.head.id.as_str())).then_some(target)
    }

    /// Does something. Every call tells the time, so that time is counted also where nothing is recorded.
    pub fn act(&mut self, scene: &Scene<'_>, action: Action, now: Timestamp) -> Answer {
        self.watch.touch(now);
        let done = match action {
            Action::Next => self.step_to(scene, Way::Forward, Which::Any),
            Action::Previous => self.step_to(scene, Way::Back, Which::Any),
            Action::NextOpen => self.step_to(scene, Way::Forward, Which::Open),
            Action::PreviousOpen => self.step_to(scene, Way::Back, Which::Open),
            Action::GoTo(node) => self.go_to(scene, node),
            Action::Reveal => self.reveal(scene),
            decision => self.decide(scene, decision),
        };
        done.unwrap_or_else(Answer::Refused)
    }

    fn decide(&mut self, scene: &Scene<'_>, decision: Action) -> Result<Answer, Refusal> {
        let node = self.card().ok_or(Refusal::NoCard)?;
        let (outcome, until) = match decision {
            Action::Verdict(status, reason) => return self.verdict(scene, node, status, reason),
            Action::LeaveBranch => return Ok(self.leave_branch(scene, node)),
            Action::Unchanged if matches!(self.standing(node), Standing::Decided(_)) => {
                self.put(scene, self.after(node));
                return Ok(Answer::Moved);
            }
            Action::Bury(day) if day <= self.today => return Err(Refusal::DayNotAhead),
            Action::Bury(day) => (Outcome::Buried, Some(day)),
            Action::Skip => (Outcome::Skipped, None),
            Action::NeedsWork => (Outcome::NeedsWork, None),
            _ => (Outcome::Unchanged, None),
        };
        let event = self.reviewed(scene, node, outcome, until);
        Ok(Answer::Record(self.own(Step::new(vec![event]))))
    }

    fn reviewed(&self, scene: &Scene<'_>, node: NodeId, outcome: Outcome, until: Option<Date>) -> Event {
        let node = name(scene, node);
        Event::Reviewed { node, outcome, until, seconds: Some(self.watch.seconds()) }
    }

    fn verdict(&self, scene: &Scene<'_>, node: NodeId, status: State, reason: Reason) -> Result<Answer, Refusal> {
        if !status.is_for_people() {
            return Err(Refusal::ComputedOnly);
        }
        if let (Reason::NotAsked, Some(wanted)) = (&reason, self.reason_wanted(scene, node, status)) {
            return Ok(Answer::ReasonWanted(wanted));
        }
        let reason = match reason {
            Reason::Given(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        };
        let status = Event::Status { node: name(scene, node), status: Some(status), reason };
        let reviewed = self.reviewed(scene, node, Outcome::Verdict, None);
        Ok(Answer::Record(self.own(Step::new(vec![status, reviewed]))))
    }

    /// In a blind session every verdict is asked for its reason in the same words, so that being asked tells nothing.
    fn reason_wanted(&self, scene: &Scene<'_>, node: NodeId, status: State) -> Option<Said> {
        if self.veil(node) == Veil::Drawn {
            return Some(Said::new("理由", "why"));
        }
        let added = Added::of(scene.journal.annotations(node));
        scene.judge.reason_wanted(node, &added, status).map(ReasonWanted::said)
    }

    /// The open cards of the branch, the one at hand first: of a node with children all of it, of another all below its parent.
    fn leave_branch(&self, scene: &Scene<'_>, node: NodeId) -> Answer {
        let tree = &scene.judge.plan.tree;
        let parent = tree.node(node).parent.filter(|_| !tree.is_parent(node));
        let branch = parent.unwrap_or(node);
        let others = self.queue.iter().map(|entry| entry.node).filter(|other| {
            *other != node && tree.contains(branch, *other) && self.standing(*other).is_open()
        });
        let mut events = vec![self.reviewed(scene, node, Outcome::Buried, None)];
        events.extend(others.map(|other| Event::Reviewed {
            node: name(scene, other),
            outcome: Outcome::Buried,
            until: None,
            seconds: None,
        }));
        Answer::Record(self.own(Step::new(events)))
    }

    fn step_to(&mut self, scene: &Scene<'_>, way: Way, which: Which) -> Result<Answer, Refusal> {
        let none = if way == Way::Back { Refusal::NoneBefore } else { Refusal::NoneBehind };
        let here = self.card().and_then(|node| self.place(node)).unwrap_or(self.queue.len());
        let fits = |place: &usize| which == Which::Any || self.standing(self.queue[*place].node).is_open();
        let found = match way {
            Way::Forward => (here + 1..self.queue.len()).find(fits),
            Way::Back => (0..here).rev().find(fits),
        };
        let node = self.queue[found.ok_or(none)?].node;
        self.put(scene, Some(node));
        Ok(Answer::Moved)
    }

    fn go_to(&mut self, scene: &Scene<'_>, node: NodeId) -> Result<Answer, Refusal> {
        if !self.place.contains_key(&node) {
            return Err(Refusal::NotInSession);
        }
        self.put(scene, Some(node));
        Ok(Answer::Moved)
    }

    fn reveal(&mut self, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        if self.head.blind == Blindness::Sighted {
            return Err(Refusal::NotBlind);
        }
        let decided = |node: &NodeId| matches!(self.standing(*node), Standing::Decided(_));
        let last = || {
            let all = self.queue.iter().map(|entry| entry.node).filter(decided);
            all.max_by_key(|node| self.records.marks.get(node).map(|mark| mark.at.instant))
        };
        let node = self.card().filter(decided).or_else(last).ok_or(Refusal::DecideFirst)?;
        self.revealed.insert(node);
        self.put(scene, Some(node));
        Ok(Answer::Revealed(node))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Back,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Any,
    Open,
}

fn name(scene: &Scene<'_>, node: NodeId) -> Name {
    scene.judge.plan.tree.node(node).key.as_str().into()
}

/// The cards of a session: what its query matched when it began, as things stood then, so that they are the same days later.
pub fn cards(scene: &Scene<'_>, head: &Head) -> Vec<Entry> {
    let Some(start) = scene.journal.book().find(&head.start) else { return Vec::new() };
    let as_of = if scene.judge.as_of.is_named() { scene.judge.as_of } else { AsOf::now(head.at.day()) };
    let judge = Judge { as_of, ..scene.judge };
    let cut = Cut { as_of: scene.journal.as_of(), through: Some(start) };
    let fold = scene.journal.fold_at(judge.plan, cut);
    let matched = scope::matched(&judge, &fold, &head.query);
    queue(&Ground { judge, fold: &fold, by: &head.by }, &matched, head.order, head.seed)
}

/// How many cards a new session would have; nothing is written for it.
pub fn prospect(scene: &Scene<'_>, wish: &Wish, by: &Author) -> usize {
    let fold = scene.journal.fold();
    let matched = scope::matched(&scene.judge, fold, &wish.query);
    queue(&Ground { judge: scene.judge, fold, by }, &matched, wish.order, wish.seed).len()
}
