//! Which cards a session has and in which order: by worth of attention, in reading order, or at random from a
//! seed.
//!
//! | worth | |
//! |---|---|
//! | 1 | never reviewed |
//! | 2 | contested, or reviewers differ: among themselves or from the figures |
//! | 3 | state worsened by a value recorded since the last review |
//! | 4 | a checkpoint, a target or the end of its period within twelve months, the soonest first |
//! | 5 | not looked at for longer than its source's rhythm (18 months where that is not known), the longest first |
//! | 6 | the rest |
//!
//! In a blind session nothing that people recorded counts, so that two reviewers have the same cards in the
//! same order and neither sees from it what the other did: classes 2 (by sources alone), 4 and 6, and no card
//! is left out.
//!
//! Within a class cards stand in reading order. In whatever order they come, each says why it would deserve
//! attention. A session has every action and every metric in its scope, and every goal without children; a
//! goal with children heads what is judged below it and comes only where the query matches nothing else. What
//! the reviewer buried until a later day is left out.

use jiff::Span;
use jiff::civil::Date;

use super::why::{AttentionReason, DueKind};
use crate::journal::event::{Blindness, Outcome};
use crate::journal::{Annotations, Author, Fold};
use crate::plan::metric::{When, words};
use crate::plan::node::Role;
use crate::plan::register::Cadence;
use crate::plan::{NodeId, SourceId};
use crate::progress::status::severity;
use crate::progress::time;
use crate::progress::{Due, JournalData, Judge, MarkKind, Recorded, States, Timeline};

words!(
    /// In which order cards come.
    Order {
        Worth = "worth" ("按值得关注的程度", "by worth of attention"),
        Reading = "reading" ("按阅读顺序", "reading order"),
        /// Shuffled by a seed.
        Random = "random" ("随机", "random"),
    }
);

/// A card's place in a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueueEntry {
    pub node: NodeId,
    pub why: AttentionReason,
}

/// What a queue is made from: how things stood when the session began.
#[derive(Clone, Copy, Debug)]
pub struct QueueContext<'a> {
    /// The judge of that day.
    pub judge: Judge<'a>,
    /// What people had recorded: in a blind session nothing.
    pub fold: &'a Fold,
    pub by: &'a Author,
    pub blind: Blindness,
}

/// The cards of a session over the nodes its query matched, in order.
pub fn queue(ground: &QueueContext<'_>, matched: &[NodeId], order: Order, seed: u64) -> Vec<QueueEntry> {
    let states = States::new(&ground.judge, |id| JournalData::of(ground.fold.of(id)));
    let mut entries: Vec<(QueueEntry, f64)> = judged(ground, matched)
        .into_iter()
        .filter(|id| !is_buried(ground, *id))
        .map(|node| {
            let (why, rank) = ground.why(&states, node);
            (QueueEntry { node, why }, rank)
        })
        .collect();
    match order {
        Order::Reading => entries.sort_by_key(|(entry, _)| entry.node),
        Order::Worth => entries.sort_by(|one, other| {
            let class = one.0.why.class().cmp(&other.0.why.class());
            class.then(one.1.total_cmp(&other.1)).then(one.0.node.cmp(&other.0.node))
        }),
        Order::Random => entries.sort_by_key(|(entry, _)| {
            (shuffled(ground.judge.plan.tree.node(entry.node).key.as_str(), seed), entry.node)
        }),
    }
    entries.into_iter().map(|(entry, _)| entry).collect()
}

/// A node's place in a shuffle: by its id, so that nodes that join the plan later do not move the others.
fn shuffled(key: &str, seed: u64) -> u64 {
    // FNV-1a over the id, then the finish of SplitMix64 to spread it.
    let start = seed ^ 0xcbf2_9ce4_8422_2325;
    let mut hash =
        key.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// What of the matched nodes is judged node by node.
fn judged(ground: &QueueContext<'_>, matched: &[NodeId]) -> Vec<NodeId> {
    let tree = &ground.judge.plan.tree;
    let is_heading = |id: &NodeId| tree.node(*id).role == Role::Goal && tree.is_parent(*id);
    let nodes = || matched.iter().copied().filter(|id| tree.node(*id).role != Role::Group);
    let own: Vec<NodeId> = nodes().filter(|id| !is_heading(id)).collect();
    if own.is_empty() { nodes().collect() } else { own }
}

/// Whether the reviewer's last look put it off until a later day.
fn is_buried(ground: &QueueContext<'_>, node: NodeId) -> bool {
    let today = ground.judge.as_of.day();
    let own = ground.fold.of(node).and_then(|said| said.authors().find(|said| said.by == *ground.by));
    let review = own.and_then(|own| own.review);
    review.is_some_and(|review| {
        review.outcome == Outcome::Buried && review.until.is_some_and(|until| until > today)
    })
}

impl QueueContext<'_> {
    /// A node's weightiest reason, and its rank among those of the same class: the smaller the earlier.
    fn why(&self, states: &States, node: NodeId) -> (AttentionReason, f64) {
        if self.blind == Blindness::Blind {
            return self.why_by_the_plan(states, node);
        }
        let said = self.fold.of(node);
        let Some(last) = said.and_then(Annotations::reviewed_at) else {
            return (AttentionReason::NeverReviewed, 0.0);
        };
        let since = last.day();
        if let Some(why) =
            said.and_then(|said| self.differs(node, said).or_else(|| self.worsened(node, said)))
        {
            return (why, 0.0);
        }
        if let Some(due) = self.due(states, node) {
            return due;
        }
        let cadence = self.cadence(node);
        if is_over(since, cadence, self.judge.as_of.day()) {
            return (AttentionReason::Unlooked { since, cadence }, time::day_years(since));
        }
        (AttentionReason::InOrder, 0.0)
    }

    /// The reason that the plan alone gives, whatever people did.
    fn why_by_the_plan(&self, states: &States, node: NodeId) -> (AttentionReason, f64) {
        if self.judge.is_contested(node, &JournalData::default()) {
            return (AttentionReason::Contested, 0.0);
        }
        self.due(states, node).unwrap_or((AttentionReason::InOrder, 0.0))
    }

    fn differs(&self, node: NodeId, said: &Annotations) -> Option<AttentionReason> {
        if said.is_disputed() {
            return Some(AttentionReason::AuthorsDiffer);
        }
        let added = JournalData::of(Some(said));
        if self.judge.is_contested(node, &added) {
            return Some(AttentionReason::Contested);
        }
        let person = added.verdict?;
        let computed = self.judge.state(node, &JournalData { verdict: None, ..added });
        let departs = severity(computed).is_some() && computed != person;
        departs.then_some(AttentionReason::DepartsFromFigures { person, computed })
    }

    /// Whether values recorded since the last review have made the state worse. The scale has the worst
    /// first.
    fn worsened(&self, node: NodeId, said: &Annotations) -> Option<AttentionReason> {
        let last = said.reviewed_at()?.instant;
        let before = said.values().filter(|value| value.at.instant <= last);
        let recorded = before.map(|own| Recorded { value: &own.value, by: own.by.as_str() }).collect();
        let now = JournalData::of(Some(said));
        let from = self.judge.state(node, &JournalData { values: recorded, ..now.clone() });
        let to = self.judge.state(node, &now);
        (severity(to)? < severity(from)?).then_some(AttentionReason::Worsened { from, to })
    }

    fn due(&self, states: &States, node: NodeId) -> Option<(AttentionReason, f64)> {
        let rows = Timeline::new(&self.judge, [node], states, |id| JournalData::of(self.fold.of(id))).rows;
        let row = rows.first()?;
        let marks = row.marks.iter().filter(|mark| mark.due == Due::WithinYear);
        let soonest = marks.min_by(|one, other| one.at.hi().total_cmp(&other.at.hi()));
        if let Some(mark) = soonest {
            let kind = if mark.kind == MarkKind::Checkpoint { DueKind::Checkpoint } else { DueKind::Target };
            return Some((AttentionReason::Due { kind, when: mark.when }, mark.at.hi()));
        }
        let ends = row.span.filter(|_| row.due == Some(Due::WithinYear))?.hi();
        let period = self.judge.plan.tree.node(node).period()?;
        Some((AttentionReason::Due { kind: DueKind::PeriodEnd, when: When::At(period.end) }, ends))
    }

    /// The shortest rhythm among the documents a node rests on; one that appears once has none.
    fn cadence(&self, node: NodeId) -> Option<Cadence> {
        let plan = self.judge.plan;
        let own = plan.tree.node(node);
        let stated = own.evidence.iter().map(|evidence| evidence.source);
        let metric = own.metric.as_deref();
        let observed =
            metric.into_iter().flat_map(|metric| &metric.observed).filter_map(|value| value.source);
        let recorded = self.fold.of(node).into_iter().flat_map(Annotations::values);
        let recorded = recorded.filter_map(|own| own.value.source);
        let rhythm = |id: SourceId| plan.sources.get(id.0 as usize)?.cadence;
        let known = stated.chain(observed).chain(recorded).filter_map(rhythm);
        known.filter(|cadence| *cadence != Cadence::Once).min_by_key(|cadence| months(Some(*cadence)))
    }
}

/// After so many months somebody should look again.
fn months(cadence: Option<Cadence>) -> i32 {
    match cadence {
        Some(Cadence::Monthly) => 1,
        Some(Cadence::Quarterly) => 3,
        Some(Cadence::Yearly) => 12,
        Some(Cadence::FiveYearly) => 60,
        Some(Cadence::Once) | None => 18,
    }
}

fn is_over(since: Date, cadence: Option<Cadence>, today: Date) -> bool {
    since.checked_add(Span::new().months(months(cadence))).is_ok_and(|by| by < today)
}
