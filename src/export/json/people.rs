//! What people say of a node, in the JSON export.

use std::borrow::Cow;

use serde::Serialize;

use super::shape::{JsonObject, JsonType};
use crate::journal::Annotations;
use crate::journal::event::{NoteKind, Outcome};
use crate::journal::fold::{AuthorRecords, LastReview, Note};
use crate::plan::State;
use crate::text::words::VocabularyWord;
use crate::text::{clean::many_lines, clean::one_line};

/// The keys from `disputed` on join the contract.
#[derive(Debug, Serialize)]
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

#[derive(Debug, Serialize)]
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

#[derive(Debug, Serialize)]
struct NoteJson<'j> {
    id: Cow<'j, str>,
    at: String,
    by: Cow<'j, str>,
    kind: &'static str,
    text: Cow<'j, str>,
    edited: Option<String>,
}

/// The keys of [`AnnotationJson`].
pub(super) fn annotation() -> JsonObject {
    let state = || JsonType::words(State::NAMES).or_null();
    let line = || JsonType::String.or_null();
    let keys = [
        ("status", state(), "The latest verdict over all authors"),
        ("reason", line(), "Its reason"),
        ("by", line(), "Who gave it; where there is no verdict, who gave the latest estimate of progress"),
        ("at", line(), "When (RFC 3339, with the writer's offset)"),
        ("progress", JsonType::Whole.or_null(), "The latest estimate, 0 to 100"),
        ("starred", JsonType::Flag, "Whether anybody has starred it"),
        ("tags", JsonType::String.list(), "People's tags"),
        ("reviewed_at", line(), "When anybody last reviewed the node"),
        ("authors", JsonType::object(author()).list(), "Each author's own"),
        ("notes", JsonType::object(note()).list(), "Their notes, oldest first"),
        ("disputed", JsonType::Flag, "The authors' current verdicts differ, and it was not settled"),
    ];
    JsonObject::new("annotation", "What people recorded of a node.", keys)
}

fn author() -> JsonObject {
    let line = || JsonType::String.or_null();
    let keys = [
        ("by", JsonType::String, "Who"),
        ("at", line(), "When they last gave a verdict or an estimate"),
        ("status", JsonType::words(State::NAMES).or_null(), "Their verdict"),
        ("reason", line(), "Its reason"),
        ("progress", JsonType::Whole.or_null(), "Their estimate, 0 to 100"),
        ("reviewed_at", line(), "When they last reviewed the node"),
        (
            "outcome",
            JsonType::words(Outcome::NAMES).or_null(),
            "What came of that review; `buried`: left until the day in `until`",
        ),
        ("until", line(), "The day until which it is left"),
    ];
    JsonObject::new("author", "What one author recorded of a node.", keys)
}

fn note() -> JsonObject {
    let keys = [
        ("id", JsonType::String, "Id by which it is edited or retracted"),
        ("at", JsonType::String, "When it was written"),
        ("by", JsonType::String, "Who wrote it"),
        ("kind", JsonType::words(NoteKind::NAMES), "What kind of note it is"),
        ("text", JsonType::String, "The note; it may have several lines"),
        ("edited", JsonType::String.or_null(), "When it was last changed"),
    ];
    JsonObject::new("note", "A note on a node.", keys)
}

impl<'j> From<&'j AuthorRecords> for AuthorJson<'j> {
    fn from(said: &'j AuthorRecords) -> Self {
        let verdict = said.verdict.as_ref();
        Self {
            by: one_line(said.by.as_str()),
            at: said.at().map(|at| at.to_string()),
            status: verdict.map(|verdict| verdict.status.word()),
            reason: verdict.and_then(|verdict| verdict.reason.as_deref()).map(many_lines),
            progress: said.share.map(|share| share.progress),
            reviewed_at: said.reviewed_at.map(|at| at.to_string()),
            outcome: said.review.map(|review| review.outcome.word()),
            until: said.review.and_then(|LastReview { until, .. }| until).map(|day| day.to_string()),
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
