//! What people say of a node, in the JSON export.

use std::borrow::Cow;

use serde::Serialize;

use super::{PeriodJson, number};
use crate::export::document::Time;
use crate::journal::event::{Figure, Reading};
use crate::journal::fold::{AuthorSaid, Note, Observed, Review};
use crate::journal::{Annotations, Home};
use crate::plan::State;
use crate::plan::metric::{Decimal, Grade};
use crate::text::{clean::many_lines, clean::one_line};

/// The keys from `disputed` on join the contract.
#[derive(Serialize)]
pub(super) struct AnnotationJson<'j> {
    status: Option<&'static str>,
    reason: Option<Cow<'j, str>>,
    by: Option<Cow<'j, str>>,
    at: Option<String>,
    progress: Option<u8>,
    starred: bool,
    tags: Vec<Cow<'j, str>>,
    reviewed_at: Option<String>,
    authors: Vec<AuthorJson<'j>>,
    notes: Vec<NoteJson<'j>>,
    disputed: bool,
}

#[derive(Serialize)]
struct AuthorJson<'j> {
    by: Cow<'j, str>,
    at: Option<String>,
    status: Option<&'static str>,
    reason: Option<Cow<'j, str>>,
    progress: Option<u8>,
    reviewed_at: Option<String>,
    outcome: Option<&'static str>,
    until: Option<String>,
}

#[derive(Serialize)]
struct NoteJson<'j> {
    id: Cow<'j, str>,
    at: String,
    by: Cow<'j, str>,
    kind: &'static str,
    text: Cow<'j, str>,
    edited: Option<String>,
}

impl<'j> From<&'j AuthorSaid> for AuthorJson<'j> {
    fn from(said: &'j AuthorSaid) -> Self {
        let verdict = said.verdict.as_ref();
        Self {
            by: one_line(said.by.as_str()),
            at: said.at().map(|at| at.to_string()),
            status: verdict.map(|verdict| verdict.status.word()),
            reason: verdict.and_then(|verdict| verdict.reason.as_deref()).map(many_lines),
            progress: said.share.map(|share| share.progress),
            reviewed_at: said.reviewed_at.map(|at| at.to_string()),
            outcome: said.review.map(|review| review.outcome.word()),
            until: said.review.and_then(|Review { until, .. }| until).map(|day| day.to_string()),
        }
    }
}

impl<'j> From<&'j Note> for NoteJson<'j> {
    fn from(note: &'j Note) -> Self {
        Self {
            id: one_line(&note.id),
            at: note.at.to_string(),
            by: one_line(note.by.as_str()),
            kind: note.kind.word(),
            text: many_lines(&note.text),
            edited: note.edited.map(|at| at.to_string()),
        }
    }
}

/// `by` and `at` are those of the verdict; without one, of the latest estimate.
impl<'j> From<&'j Annotations> for AnnotationJson<'j> {
    fn from(said: &'j Annotations) -> Self {
        let verdict = said.verdict();
        let share = said.share();
        let spoke = verdict.map(|(by, verdict)| (by, verdict.at)).or(share.map(|(by, share)| (by, share.at)));
        Self {
            status: verdict.map(|(_, verdict)| State::word(verdict.status)),
            reason: verdict.and_then(|(_, verdict)| verdict.reason.as_deref()).map(many_lines),
            by: spoke.map(|(by, _)| one_line(by.as_str())),
            at: spoke.map(|(_, at)| at.to_string()),
            progress: share.map(|(_, share)| share.progress),
            starred: said.is_starred(),
            tags: said.tags().map(|tag| one_line(tag)).collect(),
            reviewed_at: said.reviewed_at().map(|at| at.to_string()),
            authors: said.authors().map(AuthorJson::from).collect(),
            notes: said.notes().map(NoteJson::from).collect(),
            disputed: said.is_disputed(),
        }
    }
}

/// What belongs to no node of the plan.
#[derive(Serialize)]
pub(super) struct OrphanJson<'j> {
    id: Cow<'j, str>,
    annotation: AnnotationJson<'j>,
    values: Vec<OrphanValueJson<'j>>,
}

/// A figure without its metric.
#[derive(Serialize)]
struct OrphanValueJson<'j> {
    #[serde(flatten)]
    time: TimeJson,
    value: Option<Box<serde_json::value::RawValue>>,
    to: Option<Box<serde_json::value::RawValue>>,
    label: Option<Cow<'j, str>>,
    stage: Option<&'static str>,
    bound: &'static str,
    source: Option<Cow<'j, str>>,
    grade: Option<&'static str>,
    by: Cow<'j, str>,
}

#[derive(Serialize)]
struct TimeJson {
    year: Option<i16>,
    on: Option<String>,
    announced: Option<String>,
    period: Option<PeriodJson>,
}

impl From<Time> for TimeJson {
    fn from(time: Time) -> Self {
        Self {
            year: time.year,
            on: time.on.map(|at| at.to_string()),
            announced: time.announced.map(|day| day.to_string()),
            period: time.period.map(PeriodJson::from),
        }
    }
}

impl<'j> From<&'j Home> for OrphanJson<'j> {
    fn from(home: &'j Home) -> Self {
        let values = home.annotations.values().map(OrphanValueJson::from).collect();
        Self { id: one_line(&home.name), annotation: AnnotationJson::from(&home.annotations), values }
    }
}

impl<'j> From<&'j Observed> for OrphanValueJson<'j> {
    fn from(own: &'j Observed) -> Self {
        let Figure { reading, when, bound, source, grade } = &own.figure;
        let (value, to, label, stage): (Option<Decimal>, Option<Decimal>, _, _) = match reading {
            Reading::Number(value) => (Some(*value), None, None, None),
            Reading::Range(from, to) => (Some(*from), Some(*to), None, None),
            Reading::Label(label) => (None, None, Some(one_line(label)), None),
            Reading::Stage(stage) => (None, None, None, Some(stage.word())),
        };
        Self {
            time: TimeJson::from(Time::from(*when)),
            value: value.and_then(number),
            to: to.and_then(number),
            label,
            stage,
            bound: bound.word(),
            source: source.as_deref().map(one_line),
            grade: grade.map(Grade::word),
            by: one_line(own.by.as_str()),
        }
    }
}
