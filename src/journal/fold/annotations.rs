//! What holds of one node when everything said of it is taken in order.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::author::Author;
use super::super::book::RecordIndex;
use super::super::event::{Event, NoteKind, Outcome, RecordedFigure};
use super::super::quote::ClaimRole;
use super::super::record::{NodeName, Record, ZonedInstant};
use crate::plan::State;
use crate::plan::metric::{Moment, Value};

/// Somebody's verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The state the author gave.
    pub status: State,
    /// The author's grounds, where any were given.
    pub reason: Option<Box<str>>,
    /// The instant and the offset of the author's clock.
    pub at: ZonedInstant,
    tick: u32,
}

/// Somebody's estimate of how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProgressEstimate {
    /// 0–100.
    pub progress: u8,
    /// The instant and the offset of the author's clock.
    pub at: ZonedInstant,
    tick: u32,
}

/// Somebody's last look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastReview {
    /// What the reviewer did with the card.
    pub outcome: Outcome,
    /// Until when it is put off.
    pub until: Option<Date>,
    /// How long it took.
    pub seconds: Option<u32>,
    /// The instant and the offset of the reviewer's clock.
    pub at: ZonedInstant,
}

/// The latest verdict and estimate of one author on a node.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorRecords {
    /// The author of both.
    pub by: Author,
    /// The latest verdict, unless it was withdrawn or undone.
    pub verdict: Option<Verdict>,
    /// The latest estimate of progress, unless it was withdrawn or undone.
    pub share: Option<ProgressEstimate>,
    /// Their last look, whatever came of it.
    pub review: Option<LastReview>,
    /// When they last reviewed it: found it accurate, judged it, or found that it needs work.
    pub reviewed_at: Option<ZonedInstant>,
}

impl AuthorRecords {
    /// The latest moment among what holds of theirs.
    pub fn at(&self) -> Option<ZonedInstant> {
        let moments = [
            self.verdict.as_ref().map(|verdict| verdict.at),
            self.share.map(|share| share.at),
            self.review.map(|review| review.at),
        ];
        moments.into_iter().flatten().max_by_key(|at| at.instant)
    }

    fn is_silent(&self) -> bool {
        self.verdict.is_none() && self.share.is_none() && self.review.is_none()
    }
}

/// A note that holds: added, perhaps edited, and not taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What edits and retractions name it by.
    pub id: Box<str>,
    /// The author of its first wording.
    pub by: Author,
    /// When it was written first.
    pub at: ZonedInstant,
    /// Whether it is a remark, a question, a risk or a decision.
    pub kind: NoteKind,
    /// Its words now.
    pub text: Box<str>,
    /// When they were changed last.
    pub edited: Option<ZonedInstant>,
    standing: Validity,
}

/// An observed value that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// What a retraction names it by.
    pub id: Box<str>,
    /// The author of the record, who need not be the source of the figure.
    pub by: Author,
    /// When it was recorded, which need not be when it was measured.
    pub at: ZonedInstant,
    /// The figure with its date, source and grade.
    pub figure: RecordedFigure,
    /// In the plan's own terms.
    pub value: Value,
    /// What it is, where it is no observed value.
    pub role: Option<ClaimRole>,
    standing: Validity,
}

/// Whether something still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Validity {
    Holds,
    Retracted,
}

/// A tag with its last change.
#[derive(Clone, Debug, PartialEq)]
struct Tagged {
    standing: Validity,
    at: Timestamp,
}

/// A moment after which a series counts something else.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesBreak {
    /// The first moment of the new definition; earlier values are not compared with later ones.
    pub moment: Moment,
    /// The author who recorded the break.
    pub by: Author,
}

/// Everything that people say of a node.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    authors: Vec<AuthorRecords>,
    notes: Vec<Note>,
    note_at: HashMap<(RecordIndex, usize), usize>,
    values: Vec<Observed>,
    value_at: HashMap<(RecordIndex, usize), usize>,
    tags: BTreeMap<NodeName, Tagged>,
    starred: bool,
    breaks: Vec<SeriesBreak>,
    settled: u32,
    tick: u32,
}

pub(super) struct EventPlace<'a> {
    pub index: RecordIndex,
    pub record: &'a Record,
    pub event: usize,
}

impl Annotations {
    /// Whether no note, verdict, value, tag or star holds here.
    pub fn is_silent(&self) -> bool {
        self.authors.iter().all(AuthorRecords::is_silent)
            && self.notes().next().is_none()
            && self.all_values().next().is_none()
            && self.tags().next().is_none()
            && !self.starred
            && self.breaks.is_empty()
    }

    /// Authors with anything current, the earliest to speak first.
    pub fn authors(&self) -> impl Iterator<Item = &AuthorRecords> {
        self.authors.iter().filter(|said| !said.is_silent())
    }

    /// The node's verdict by people: the latest over authors, and whose.
    pub fn verdict(&self) -> Option<(&Author, &Verdict)> {
        let given = self.authors.iter().filter_map(|said| Some((&said.by, said.verdict.as_ref()?)));
        given.max_by_key(|(_, verdict)| verdict.tick)
    }

    /// The latest estimate over authors, and whose.
    pub fn share(&self) -> Option<(&Author, ProgressEstimate)> {
        let given = self.authors.iter().filter_map(|said| Some((&said.by, said.share?)));
        given.max_by_key(|(_, share)| share.tick)
    }

    /// When anybody last reviewed it.
    pub fn reviewed_at(&self) -> Option<ZonedInstant> {
        self.authors.iter().filter_map(|said| said.reviewed_at).max_by_key(|at| at.instant)
    }

    /// Whether authors' current verdicts differ, and nobody has settled it since the last of them.
    pub fn is_disputed(&self) -> bool {
        self.differs() && self.verdict().is_some_and(|(_, verdict)| verdict.tick > self.settled)
    }

    /// Whether authors' current verdicts differ, settled or not.
    pub fn differs(&self) -> bool {
        let mut given = self.authors.iter().filter_map(|said| said.verdict.as_ref());
        given.next().is_some_and(|first| given.any(|other| other.status != first.status))
    }

    /// Notes that hold, oldest first.
    pub fn notes(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.notes.iter().filter(|note| note.standing == Validity::Holds)
    }

    /// Observed values that hold, oldest first.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Observed> {
        self.all_values().filter(|value| value.role.is_none())
    }

    /// What documents say of it besides observed values, oldest first.
    pub fn claims(&self, role: ClaimRole) -> impl DoubleEndedIterator<Item = &Observed> {
        self.all_values().filter(move |value| value.role == Some(role))
    }

    /// Values and claims that hold, oldest first.
    pub fn all_values(&self) -> impl DoubleEndedIterator<Item = &Observed> {
        self.values.iter().filter(|value| value.standing == Validity::Holds)
    }

    /// Tags, in the order of their letters.
    pub fn tags(&self) -> impl Iterator<Item = &NodeName> {
        self.dated_tags().map(|(tag, _)| tag)
    }

    /// Tags with the moment each was put.
    pub(super) fn dated_tags(&self) -> impl Iterator<Item = (&NodeName, Timestamp)> {
        let held = self.tags.iter().filter(|(_, tagged)| tagged.standing == Validity::Holds);
        held.map(|(tag, tagged)| (tag, tagged.at))
    }

    /// Whether somebody starred it.
    pub fn is_starred(&self) -> bool {
        self.starred
    }

    /// Moments after which its series counts something else.
    pub fn breaks(&self) -> &[SeriesBreak] {
        &self.breaks
    }

    fn said_by(&mut self, by: &Author) -> &mut AuthorRecords {
        let at = self.authors.iter().position(|said| said.by == *by).unwrap_or_else(|| {
            self.authors.push(AuthorRecords {
                by: by.clone(),
                verdict: None,
                share: None,
                review: None,
                reviewed_at: None,
            });
            self.authors.len() - 1
        });
        &mut self.authors[at]
    }

    /// Takes an event that sorts after all taken before. `value` is a figure in the plan's terms; `target`
    /// the note or value that `of` names.
    pub(super) fn apply(
        &mut self,
        place: &EventPlace<'_>,
        value: impl FnOnce(&RecordedFigure) -> Value,
        target: Option<(RecordIndex, usize)>,
    ) {
        self.tick += 1;
        let (tick, at, by) = (self.tick, place.record.at, &place.record.by);
        match &place.record.events[place.event] {
            Event::Status { status, reason, .. } => {
                let verdict = |status| Verdict { status, reason: reason.clone(), at, tick };
                self.said_by(by).verdict = status.map(verdict);
            }
            Event::Progress { progress, .. } => {
                self.said_by(by).share = progress.map(|progress| ProgressEstimate { progress, at, tick });
            }
            Event::Note { kind, text, .. } => self.take_note(place, *kind, text),
            Event::Value { figure, .. } => self.take_value(place, None, figure, value(figure)),
            Event::Claim { figure, role, .. } => self.take_value(place, Some(*role), figure, value(figure)),
            Event::NoteEdit { text, .. } => {
                if let Some(note) = self.own_note(target, by) {
                    (note.text, note.edited) = (text.clone(), Some(at));
                }
            }
            Event::NoteRetract { .. } => {
                if let Some(note) = self.own_note(target, by) {
                    note.standing = Validity::Retracted;
                }
            }
            Event::ValueRetract { .. } => {
                let found = target.and_then(|target| self.value_at.get(&target).copied());
                if let Some(value) = found.map(|at| &mut self.values[at]).filter(|value| value.by == *by) {
                    value.standing = Validity::Retracted;
                }
            }
            Event::Tag { tag, .. } => self.set_tag(tag, Validity::Holds, at),
            Event::Untag { tag, .. } => self.set_tag(tag, Validity::Retracted, at),
            Event::Star { .. } => self.starred = true,
            Event::Unstar { .. } => self.starred = false,
            Event::Reviewed { outcome, until, seconds, .. } => {
                let said = self.said_by(by);
                said.review = Some(LastReview { outcome: *outcome, until: *until, seconds: *seconds, at });
                if outcome.is_review() {
                    said.reviewed_at = Some(at);
                }
            }
            Event::SeriesBreak { at, .. } => self.breaks.push(SeriesBreak { moment: *at, by: by.clone() }),
            Event::Settled { .. } => self.settled = tick,
            Event::Reattach { .. }
            | Event::Session { .. }
            | Event::Undo { .. }
            | Event::Document(_)
            | Event::Decided(_)
            | Event::Unknown => {}
        }
    }

    fn take_note(&mut self, place: &EventPlace<'_>, kind: NoteKind, text: &str) {
        self.note_at.insert((place.index, place.event), self.notes.len());
        self.notes.push(Note {
            id: place.record.item_id(place.event).into(),
            by: place.record.by.clone(),
            at: place.record.at,
            kind,
            text: text.into(),
            edited: None,
            standing: Validity::Holds,
        });
    }

    fn take_value(
        &mut self,
        place: &EventPlace<'_>,
        role: Option<ClaimRole>,
        figure: &RecordedFigure,
        value: Value,
    ) {
        self.value_at.insert((place.index, place.event), self.values.len());
        self.values.push(Observed {
            id: place.record.item_id(place.event).into(),
            by: place.record.by.clone(),
            at: place.record.at,
            figure: figure.clone(),
            value,
            role,
            standing: Validity::Holds,
        });
    }

    /// The note, where the same author wrote it.
    fn own_note(&mut self, target: Option<(RecordIndex, usize)>, by: &Author) -> Option<&mut Note> {
        let at = *self.note_at.get(&target?)?;
        Some(&mut self.notes[at]).filter(|note| note.by == *by)
    }

    fn set_tag(&mut self, tag: &NodeName, standing: Validity, at: ZonedInstant) {
        self.tags.insert(NodeName::clone(tag), Tagged { standing, at: at.instant });
    }
}
