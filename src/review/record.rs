//! Sessions as the journal has them: a record with a `session` event begins one and gives it its id; every
//! record that has the id and the same author belongs to it. What was decided on each node is the last
//! `reviewed` event of its records that hold.
//!
//! | key | `reviewed` event | the node then |
//! |---|---|---|
//! | `Enter` | `unchanged` | decided |
//! | `1…8` | `verdict`, in one record with the `status` | decided |
//! | `!` | `needs-work` | decided |
//! | `-` | `skipped` | comes back at the end |
//! | `b` | `buried` with `until` | put off; open again in this session from that day on |
//! | `D` | `buried` without `until`, one for each node of the branch, in one record | left out of this session, and of no other |

use std::collections::HashMap;
use std::fmt;

use jiff::civil::Date;

use super::queue::Order;
use crate::journal::event::{Blindness, Outcome, SessionMark};
use crate::journal::record::RecordId;
use crate::journal::{Author, Event, Fold, Journal, Record, RecordIndex, ZonedInstant};
use crate::plan::NodeId;

/// A session's id: that of the record that began it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(Box<str>);

impl SessionId {
    /// The id as records carry it.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// How a session began, and whether it is over.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionHead {
    pub id: SessionId,
    pub by: Author,
    /// When it began.
    pub at: ZonedInstant,
    /// The record that began it.
    pub start: RecordId,
    /// What was to be reviewed; empty for everything.
    pub query: Box<str>,
    pub order: Order,
    /// The seed of a random one.
    pub seed: u64,
    /// Whether verdicts are hidden until one has decided.
    pub blind: Blindness,
    /// When it was ended; `None` while it can go on.
    pub ended: Option<ZonedInstant>,
}

/// Every session that holds, in the order in which they began.
pub fn heads(journal: &Journal) -> Vec<SessionHead> {
    let fold = journal.fold();
    let mut heads: Vec<SessionHead> = Vec::new();
    for index in fold.records().iter().filter(|index| fold.is_effective(**index)) {
        let record = journal.record(*index);
        for event in &record.events {
            let Event::Session { mark, query, order, seed, blind } = event else { continue };
            let id = record.session.as_deref().unwrap_or(record.id.as_str());
            match mark {
                SessionMark::Start => heads.push(SessionHead {
                    id: SessionId::new(id),
                    by: record.by.clone(),
                    at: record.at,
                    start: record.id.clone(),
                    query: query.clone().unwrap_or_default(),
                    order: order.as_deref().and_then(Order::parse).unwrap_or(Order::Worth),
                    seed: seed.unwrap_or_default(),
                    blind: *blind,
                    ended: None,
                }),
                SessionMark::End => {
                    let own = |head: &&mut SessionHead| head.id.as_str() == id && head.by == record.by;
                    if let Some(head) = heads.iter_mut().find(own) {
                        head.ended = Some(record.at);
                    }
                }
            }
        }
    }
    heads
}

/// The session of an id, or of the beginning of one where only one begins so.
pub fn find(heads: &[SessionHead], id: &str) -> Option<SessionHead> {
    let whole = heads.iter().find(|head| head.id.as_str() == id);
    let mut begun = heads.iter().filter(|head| !id.is_empty() && head.id.as_str().starts_with(id));
    let only = begun.next().filter(|_| begun.next().is_none());
    whole.or(only).cloned()
}

/// Records of a session that hold, in order.
pub fn records<'j>(
    journal: &'j Journal,
    head: &'j SessionHead,
) -> impl DoubleEndedIterator<Item = (RecordIndex, &'j Record)> {
    let fold = journal.fold();
    let all = fold.records().iter().map(|index| (*index, journal.record(*index)));
    all.filter(move |(index, record)| {
        record.session.as_deref() == Some(head.id.as_str())
            && record.by == head.by
            && fold.is_effective(*index)
    })
}

/// What a session last said of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct CardMark {
    /// What came of the look.
    pub outcome: Outcome,
    /// Until when it is put off.
    pub until: Option<Date>,
    pub record: RecordId,
    pub at: ZonedInstant,
}

/// How a node stands in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardStanding {
    Undecided,
    /// Comes back at the end.
    Skipped,
    Decided(Outcome),
    /// Put off until a day.
    Buried(Date),
    /// Left out of this session with the rest of its branch.
    LeftOut,
}

impl CardStanding {
    /// How a node stands by its mark, on a day.
    pub fn of(mark: Option<&CardMark>, today: Date) -> Self {
        match mark.map(|mark| (mark.outcome, mark.until)) {
            None => CardStanding::Undecided,
            Some((Outcome::Skipped, _)) => CardStanding::Skipped,
            Some((Outcome::Buried, None)) => CardStanding::LeftOut,
            Some((Outcome::Buried, Some(until))) if until > today => CardStanding::Buried(until),
            Some((Outcome::Buried, Some(_))) => CardStanding::Undecided,
            Some((outcome, _)) => CardStanding::Decided(outcome),
        }
    }

    /// Whether the session still wants an answer.
    pub fn is_open(self) -> bool {
        matches!(self, CardStanding::Undecided | CardStanding::Skipped)
    }
}

/// Everything a session's records say.
#[derive(Clone, Debug, Default)]
pub struct Records {
    pub marks: HashMap<NodeId, CardMark>,
    /// Seconds spent on decisions that hold.
    pub seconds: u64,
    /// How many decisions said how long they took.
    pub timed: u32,
    /// The node that the last record touched, and whether it decided on it.
    pub last: Option<(NodeId, Touch)>,
}

/// What a record did to the node it touched first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Decided, skipped or put off.
    Decision,
    /// Something else: a note, a value.
    Remark,
}

impl Records {
    pub fn read(journal: &Journal, head: &SessionHead) -> Self {
        let mut said = Self::default();
        for (index, record) in records(journal, head) {
            let mut touched = None;
            for (at, event) in record.events.iter().enumerate() {
                let Some(node) = node_at(journal, journal.fold(), index, at) else { continue };
                let Event::Reviewed { outcome, until, seconds, .. } = event else {
                    touched.get_or_insert((node, Touch::Remark));
                    continue;
                };
                if !matches!(touched, Some((_, Touch::Decision))) {
                    touched = Some((node, Touch::Decision));
                }
                said.seconds += u64::from(seconds.unwrap_or(0));
                said.timed += u32::from(seconds.is_some());
                let mark =
                    CardMark { outcome: *outcome, until: *until, record: record.id.clone(), at: record.at };
                said.marks.insert(node, mark);
            }
            said.last = touched.or(said.last);
        }
        said
    }
}

/// The node that an event of a record belongs to now.
pub fn node_at(journal: &Journal, fold: &Fold, index: RecordIndex, event: usize) -> Option<NodeId> {
    fold.home_at(journal.book(), index, event)?.node
}
