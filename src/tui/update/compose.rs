//! The line or form at the foot: edits, the next field, taking it.

use tui_input::InputRequest;

use super::super::chord::Chord;
use super::super::command::CommandId;
use super::super::compose::{Asks, Compose, VALUE_FIELDS};
use super::super::effect::Effect;
use super::super::keymap::Call;
use super::super::layers;
use super::super::model::Model;
use super::{annotate, pages, takeaway};
use crate::journal::words::{self, FigureText, Part, Refused};
use crate::journal::{Event, Name, NoteKind, Step};
use crate::plan::metric::{Bound, Grade};
use crate::plan::text::one_line;
use crate::plan::{Said, State};

/// Longest text of a line, in characters; what is longer is for the editor.
const MAX_CHARS: usize = 10_000;

/// Opens it.
pub fn open(model: &mut Model, compose: Compose) {
    model.layers.clear();
    model.compose = Some(compose);
}

/// An edit of the field with the caret.
pub fn edit(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(edit) = layers::edit(chord) {
        apply(model, edit);
    }
    Vec::new()
}

fn apply(model: &mut Model, edit: InputRequest) {
    let Some(compose) = &mut model.compose else { return };
    compose.refused = None;
    let Some(field) = compose.field() else { return };
    let full = field.value().chars().count() >= MAX_CHARS;
    if full && matches!(edit, InputRequest::InsertChar(_)) {
        compose.refused = Some(Said::new(
            format!("最多 {MAX_CHARS} 个字符；长文用 A 在编辑器里写"),
            format!("at most {MAX_CHARS} characters; A writes longer notes in an editor"),
        ));
        return;
    }
    field.handle(edit);
}

/// Pasted text. A line breaks where it broke: in a note it stays, elsewhere it becomes a space.
pub fn paste(model: &mut Model, text: &str) {
    let Some(compose) = &model.compose else { return };
    let keeps = matches!(
        compose.asks,
        Asks::Note(_) | Asks::EditNote(_) | Asks::Reason(_) | Asks::Decision(_) | Asks::Settlement
    );
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = if keeps { text.trim_end().to_owned() } else { one_line(text.trim()).into_owned() };
    for c in text.chars() {
        apply(model, InputRequest::InsertChar(c));
    }
}

/// A command while it is open; nothing else runs there.
pub fn run(model: &mut Model, call: Call) -> Vec<Effect> {
    match call.id {
        CommandId::Save => return save(model),
        CommandId::Cancel => cancel(model),
        CommandId::NextField => turn(model, Way::On),
        CommandId::PreviousField => turn(model, Way::Back),
        CommandId::Redraw => return vec![Effect::Redraw],
        CommandId::Suspend => return vec![Effect::Suspend],
        _ => {}
    }
    Vec::new()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    On,
    Back,
}

impl Way {
    fn from(self, at: usize, count: usize) -> usize {
        match self {
            Way::On => (at + 1) % count.max(1),
            Way::Back => (at + count.max(1) - 1) % count.max(1),
        }
    }
}

/// `Tab`: another kind of note; in a form the next field, or where one is begun in a field of few words, its next word.
fn turn(model: &mut Model, way: Way) {
    let Some(compose) = &mut model.compose else { return };
    if let Asks::Note(kind) = &mut compose.asks {
        let at = NoteKind::ALL.iter().position(|one| one == kind).unwrap_or(0);
        *kind = NoteKind::ALL[way.from(at, NoteKind::ALL.len())];
        return;
    }
    let typed = compose.value(compose.at);
    let fits = match (&compose.asks, compose.at) {
        (Asks::Value, 2) => completion(typed, Bound::ALL.iter().map(|bound| bound.word())),
        (Asks::Value, 4) => completion(&typed.to_uppercase(), Grade::ALL.iter().map(|grade| grade.word())),
        _ => None,
    };
    match fits {
        Some(word) => compose.fields[compose.at] = word.into(),
        None => move_field(model, way),
    }
}

/// The word that was begun.
fn completion(typed: &str, mut words: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    words.find(|word| !typed.is_empty() && word.starts_with(typed) && *word != typed)
}

fn move_field(model: &mut Model, way: Way) {
    if let Some(compose) = &mut model.compose {
        compose.at = way.from(compose.at, compose.fields.len());
    }
}

fn cancel(model: &mut Model) {
    let Some(compose) = model.compose.take() else { return };
    if matches!(compose.asks, Asks::Reason(_) | Asks::Decision(_)) {
        model.notice = Some(Said::new("已取消，状态未改", "cancelled: the verdict is as it was"));
    }
}

/// The line was sent: what comes of it now is meant for it.
pub fn sent(model: &mut Model) {
    if let Some(compose) = &mut model.compose {
        compose.sent = true;
    }
}

/// What a line waited for is on disk: it closes. Another one, with words that nobody has sent yet, stays.
pub fn saved(model: &mut Model, awaits: fn(&Compose) -> bool) {
    if model.compose.as_ref().is_some_and(awaits) {
        model.compose = None;
    }
}

/// What a line waited for is not on disk: it stays with its text, and says why. Whether there is one.
pub fn not_saved(model: &mut Model, awaits: fn(&Compose) -> bool, why: &Said) -> bool {
    let Some(compose) = model.compose.as_mut().filter(|compose| awaits(compose)) else { return false };
    (compose.sent, compose.refused) = (false, Some(why.clone()));
    true
}

/// Enter: the step that what was typed asks for.
fn save(model: &mut Model) -> Vec<Effect> {
    let effects = step_or_refusal(model);
    if !effects.is_empty() {
        sent(model);
    }
    effects
}

fn step_or_refusal(model: &mut Model) -> Vec<Effect> {
    let Some(compose) = model.compose.clone() else { return Vec::new() };
    if let Asks::ExportTo(format) = compose.asks {
        return takeaway::export(model, format, compose.value(0));
    }
    if let Some(effects) = pages::take(model, &compose) {
        return effects;
    }
    match step(model, &compose) {
        Ok(Some(step)) => vec![Effect::Record(step)],
        Ok(None) => {
            model.compose = None;
            model.notice = Some(Said::new("没有写内容，未记录", "nothing was said: nothing recorded"));
            Vec::new()
        }
        Err((field, refused)) => {
            if let Some(compose) = &mut model.compose {
                (compose.at, compose.refused) = (field, Some(refused.said()));
            }
            Vec::new()
        }
    }
}

fn step(model: &Model, compose: &Compose) -> Result<Option<Step>, (usize, Refused)> {
    let node = Name::clone(&compose.here.name);
    let text = compose.value(0);
    let said = !text.trim().is_empty();
    let event = match &compose.asks {
        Asks::ExportTo(_) => return Ok(None),
        Asks::Note(_) | Asks::EditNote(_) | Asks::RenameTag(_) | Asks::Settlement if !said => {
            return Ok(None);
        }
        Asks::Note(kind) => Event::Note { node, kind: *kind, text: text.trim().into() },
        Asks::EditNote(of) => Event::NoteEdit { node: Some(node), of: of.clone(), text: text.trim().into() },
        Asks::Share => {
            let progress = if said { words::share(text.trim()) } else { Ok(None) };
            Event::Progress { node, progress: progress.map_err(|refused| (0, refused))? }
        }
        Asks::Settlement => Event::Settled { node, reason: Some(text.trim().into()) },
        // The review page takes these before.
        Asks::Decision(_) | Asks::Until => return Ok(None),
        Asks::Reason(status) => return Ok(Some(verdict(node, *status, text))),
        Asks::SeriesBreak => {
            Event::SeriesBreak { node, at: words::moment(text).map_err(|refused| (0, refused))? }
        }
        Asks::Value => Event::Value { node, figure: figure(model, compose)? },
        Asks::RenameTag(old) => {
            let new = words::tag(text).map_err(|refused| (0, refused))?;
            return Ok(Some(annotate::rename_tag(model, old, &new)));
        }
    };
    Ok(Some(Step::new(vec![event])))
}

/// A verdict with its reason, where one was given.
pub fn verdict(node: Name, status: Option<State>, reason: &str) -> Step {
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty()).map(Into::into);
    Step::new(vec![Event::Status { node, status, reason }])
}

fn figure(model: &Model, compose: &Compose) -> Result<crate::journal::event::Figure, (usize, Refused)> {
    let metric = compose.here.node.and_then(|node| model.plan().tree.node(node).metric.as_ref());
    let Some(metric) = metric else {
        let next = Said::new("只有指标有数值", "only metrics have values");
        return Err((0, Refused { value: String::new(), next }));
    };
    debug_assert_eq!(compose.fields.len(), VALUE_FIELDS, "the form has a field a part");
    let given = |field| Some(compose.value(field).trim()).filter(|text| !text.is_empty());
    let text = FigureText {
        value: compose.value(0).trim(),
        on: compose.value(1).trim(),
        bound: given(2),
        source: given(3),
        grade: given(4),
    };
    let place = |part| match part {
        Part::Value => 0,
        Part::On => 1,
        Part::Bound => 2,
        Part::Source => 3,
        Part::Grade => 4,
    };
    words::figure(metric, text).map_err(|(part, refused)| (place(part), refused))
}
