//! The line or form at the foot: edits, the next field, taking it.

use std::path::Path;

use tui_input::InputRequest;

use super::super::chord::Chord;
use super::super::compose::Found;
use super::super::compose::{Asks, Compose, OwnDrafts};
use super::super::draft_keeper;
use super::super::drafts::note::Draft;
use super::super::effect::Effect;
use super::super::layers;
use super::super::model::Model;
use crate::journal::{Event, NodeName, NoteKind, Step};
use crate::outline::SiblingDirection;
use crate::plan::State;
use crate::plan::metric::{Bound, Grade};
use crate::text::Bilingual;
use crate::text::{clean::one_line, clean::shown};

/// Longest text of a line, in characters; what is longer is for the editor.
const MAX_CHARS: usize = 10_000;

/// Opens it, with a draft of it where there is one.
pub fn open(model: &mut Model, compose: Compose) -> Vec<Effect> {
    model.layers.clear();
    let effects = compose.entry().map(|_| Effect::FindDraft).into_iter().collect();
    model.compose = Some(compose);
    effects
}

/// There is a draft of the line that was just opened: its words stand in the fields.
pub fn found(model: &mut Model, found: Found) -> Vec<Effect> {
    let Found { subject, draft, words, more, when } = found;
    let Some(compose) = &mut model.compose else { return Vec::new() };
    let is_new = compose.words().fields == compose.begun && compose.drafts == OwnDrafts::default();
    if !is_new || compose.entry().as_ref() != Some(&subject.entry) || compose.here.name != subject.node {
        return Vec::new();
    }
    if words.fields.iter().any(|field| field.chars().count() > MAX_CHARS) {
        return too_long_for_a_line(model, &draft.file);
    }
    compose.drafts = OwnDrafts { own: None, taken: Some(draft), kept: Some(words.clone()), more };
    if words.is_blank() {
        return Vec::new();
    }
    if let Asks::Note(kind) = &mut compose.asks {
        *kind = words.kind;
    }
    for (field, said) in compose.fields.iter_mut().zip(words.fields) {
        *field = said.into();
    }
    let others = |said: String| if more == 0 { String::new() } else { said };
    let taken = Bilingual::new(
        format!("接着写 {when} 的草稿{}；清空文字再按 Esc 即删除", others(format!("（另有{more}份）"))),
        format!(
            "the draft of {when}{}; to delete it, clear the words and press Esc",
            others(format!(" ({more} more after it)"))
        ),
    );
    compose.remark = Some(match compose.remark.take() {
        Some(Bilingual { zh, en }) => {
            Bilingual::new(format!("{zh}；{}", taken.zh), format!("{en}; {}", taken.en))
        }
        None => taken,
    });
    Vec::new()
}

/// A draft that no line takes goes to the editor where it is a note; elsewhere one is told where it lies.
fn too_long_for_a_line(model: &mut Model, file: &Path) -> Vec<Effect> {
    let Some(compose) = model.compose.take() else { return Vec::new() };
    let (kind, of) = match compose.asks {
        Asks::Note(kind) => (kind, None),
        Asks::EditNote(of) => (NoteKind::Progress, Some(of)),
        _ => {
            let shown = shown(file);
            model.notice = Some(Bilingual::new(
                format!("草稿超过 {MAX_CHARS} 个字符，一行放不下：{shown}"),
                format!("the draft has more than {MAX_CHARS} characters, too many for a line: {shown}"),
            ));
            return Vec::new();
        }
    };
    let title = draft_keeper::title(model, &compose.here);
    let text = compose.begun.into_iter().next().unwrap_or_default();
    vec![Effect::Edit(Draft { here: compose.here, title, kind, text, of })]
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
    let adds = matches!(edit, InputRequest::InsertChar(_) | InputRequest::Yank);
    let before = adds.then(|| field.clone());
    field.handle(edit);
    // How much a yank adds shows only afterwards.
    if let Some(before) = before
        && field.value().chars().count() > MAX_CHARS
    {
        *field = before;
        compose.refused = Some(Bilingual::new(
            format!("最多 {MAX_CHARS} 个字符，没有加入；Esc 留作草稿，再用 A 在编辑器里写"),
            format!(
                "at most {MAX_CHARS} characters, not added; Esc keeps a draft, then A writes on in an editor"
            ),
        ));
    }
}

/// Pasted text, all of it or nothing. A line breaks where it broke: in a note it stays, elsewhere it becomes
/// a space.
pub fn paste(model: &mut Model, text: &str) {
    let Some(compose) = &mut model.compose else { return };
    let keeps = matches!(
        compose.asks,
        Asks::Note(_) | Asks::EditNote(_) | Asks::Reason(_) | Asks::Decision(_) | Asks::Settlement
    );
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = if keeps { text.trim_end().to_owned() } else { one_line(text.trim()).into_owned() };
    compose.refused = None;
    let Some(field) = compose.field() else { return };
    let (held, count) = (field.value().chars().count(), text.chars().count());
    if held + count > MAX_CHARS {
        compose.refused = Some(Bilingual::new(
            format!(
                "粘贴的文字有{count}个字符，一行最多 {MAX_CHARS} 个：一个也没有粘贴；长文用 A 在编辑器里写"
            ),
            format!(
                "{count} characters were pasted and a line takes {MAX_CHARS}: none was taken; A writes longer notes in an editor"
            ),
        ));
        return;
    }
    let (value, caret) = (field.value(), field.cursor());
    let byte = value.char_indices().nth(caret).map_or(value.len(), |(byte, _)| byte);
    let joined = format!("{}{text}{}", &value[..byte], &value[byte..]);
    *field = std::mem::take(field).with_value(joined).with_cursor(caret + count);
}

/// `Tab`: another kind of note; in a form the next field, or where one is begun in a field of few words, its
/// next word.
pub fn turn(model: &mut Model, way: SiblingDirection) -> Vec<Effect> {
    let Some(compose) = &mut model.compose else { return Vec::new() };
    if let Asks::Note(kind) = &mut compose.asks {
        let at = NoteKind::ALL.iter().position(|one| one == kind).unwrap_or(0);
        *kind = NoteKind::ALL[way.round(at, NoteKind::ALL.len())];
        return Vec::new();
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
    Vec::new()
}

/// The word that was begun.
fn completion(typed: &str, mut words: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    words.find(|word| !typed.is_empty() && word.starts_with(typed) && *word != typed)
}

fn move_field(model: &mut Model, way: SiblingDirection) {
    if let Some(compose) = &mut model.compose {
        compose.at = way.round(compose.at, compose.fields.len());
    }
}

/// Esc: what is written stays as a draft, and the line closes once it lies on disk.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    let Some(compose) = &model.compose else { return Vec::new() };
    if compose.words_to_keep().is_some() {
        return vec![Effect::KeepDraft];
    }
    let dropped = compose.drafts.kept.as_ref().is_some_and(|kept| !kept.is_blank());
    let told = [verdict_stands(compose), dropped.then(|| draft_dropped(&compose.drafts))];
    model.notice = joined(told.into_iter().flatten());
    close(model)
}

fn verdict_stands(compose: &Compose) -> Option<Bilingual> {
    matches!(compose.asks, Asks::Reason(_) | Asks::Decision(_))
        .then(|| Bilingual::new("已取消，状态未改", "cancelled: the verdict is as it was"))
}

pub fn draft_dropped(drafts: &OwnDrafts) -> Bilingual {
    match drafts.more {
        0 => Bilingual::new("草稿已丢弃", "the draft is dropped"),
        more => Bilingual::new(
            format!("草稿已丢弃，另有{more}份"),
            format!("the draft is dropped, {more} more to be opened"),
        ),
    }
}

pub fn joined(told: impl Iterator<Item = Bilingual>) -> Option<Bilingual> {
    told.reduce(|one, two| {
        Bilingual::new(format!("{}；{}", one.zh, two.zh), format!("{}; {}", one.en, two.en))
    })
}

/// The words of a line lie on disk: it closes and says how they come back. Where they do not it stays open.
pub fn kept(model: &mut Model, kept: Result<(), Bilingual>) -> Vec<Effect> {
    let Some(compose) = &mut model.compose else { return Vec::new() };
    if let Err(why) = kept {
        compose.refused = Some(Bilingual::new(
            format!("{}；Enter 记录，或清空文字再按 Esc 放弃", why.zh),
            format!("{}; Enter records it, or clear the words and press Esc to give it up", why.en),
        ));
        return Vec::new();
    }
    let Bilingual { zh, en } = compose.entry().map_or(Bilingual::new("", ""), |entry| entry.opened_by());
    let draft =
        Bilingual::new(format!("已留作草稿，{zh} 再打开"), format!("kept as a draft: {en} opens it again"));
    let stands = verdict_stands(compose);
    model.notice = joined(stands.into_iter().chain([draft]));
    model.compose = None;
    Vec::new()
}

/// Closes the line for good, recorded or given up: its drafts go.
pub fn close(model: &mut Model) -> Vec<Effect> {
    let drafts = model.compose.take().map(|compose| compose.drafts);
    drafts.filter(|drafts| !drafts.is_empty()).map(Effect::DropDraft).into_iter().collect()
}

/// The line was sent: what comes of it now is meant for it.
pub fn sent(model: &mut Model) {
    if let Some(compose) = &mut model.compose {
        compose.sent = true;
    }
}

/// What a line waited for is on disk: it closes. Another one, with words that nobody has sent yet, stays.
pub fn saved(model: &mut Model, awaits: fn(&Compose) -> bool) -> Vec<Effect> {
    if model.compose.as_ref().is_some_and(awaits) { close(model) } else { Vec::new() }
}

/// What a line waited for is not on disk: it stays with its text, and says why. Whether there is one.
pub fn not_saved(model: &mut Model, awaits: fn(&Compose) -> bool, why: &Bilingual) -> bool {
    let Some(compose) = model.compose.as_mut().filter(|compose| awaits(compose)) else { return false };
    (compose.sent, compose.refused) = (false, Some(why.clone()));
    true
}

/// A verdict with its reason, where one was given.
pub fn verdict(node: NodeName, status: Option<State>, reason: &str) -> Step {
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty()).map(Into::into);
    Step::new(vec![Event::Status { node, status, reason }])
}
