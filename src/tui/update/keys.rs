//! A key press: resolved against the keymap, then run.

use super::super::actions::{compose, find, lists, prompt};
use super::super::chord::Chord;
use super::super::command::{Call, CommandId, Context};
use super::super::commands;
use super::super::effect::Effect;
use super::super::finding::{Arrangement, Asking, Taking};
use super::super::keymap::{Pending, Resolution, is_cjk, split_alt};
use super::super::model::Model;
use crate::text::Bilingual;

pub fn press(model: &mut Model, chord: Chord) -> Vec<Effect> {
    model.notice = None;
    if model.panes.too_small {
        return unseen(model, chord);
    }
    if awaits_review(model, chord) || typed_ahead(model, chord) {
        return Vec::new();
    }
    let resolution = model.keymap.resolve(&model.pending, chord, model.context());
    model.pending = Pending::default();
    match resolution {
        Resolution::Run(call) => commands::run(model, call),
        Resolution::Pending(pending) => {
            model.pending = pending;
            Vec::new()
        }
        Resolution::Text(_) => edit(model, chord),
        Resolution::Unbound(chords) => unbound(model, chord, &chords),
    }
}

/// A key on a window too small to show anything: only what ends, suspends or draws the program again is done,
/// whatever is open. Nobody is to record what they cannot see; words that are being typed stay as a draft.
fn unseen(model: &Model, chord: Chord) -> Vec<Effect> {
    match model.keymap.resolve(&Pending::default(), chord, Context::Browse) {
        Resolution::Run(Call { id: CommandId::Quit | CommandId::QuitNow, .. }) => vec![Effect::Quit],
        Resolution::Run(Call { id: CommandId::Suspend, .. }) => vec![Effect::Suspend],
        Resolution::Run(Call { id: CommandId::Redraw, .. }) => vec![Effect::Redraw],
        _ => Vec::new(),
    }
}

/// Takes the first of keys that were typed ahead; the others wait for what it asks for.
pub fn typed(model: &mut Model, chords: &[Chord]) -> Vec<Effect> {
    let [first, rest @ ..] = chords else { return Vec::new() };
    let mut effects = press(model, *first);
    effects.extend((!rest.is_empty()).then(|| Effect::Type(rest.to_vec())));
    effects
}

/// Most keys kept that were typed before a search was answered.
const MAX_TYPED_AHEAD: usize = 1_000;

/// Keys behind an Enter whose search is not answered yet wait for it, so that a fast hand loses none. Esc
/// gives the search up.
fn typed_ahead(model: &mut Model, chord: Chord) -> bool {
    let gives_up = model.keymap.resolve(&Pending::default(), chord, Context::Input)
        == Resolution::Run(Call::plain(CommandId::Cancel));
    match model.find.prompt.as_mut().map(|prompt| &mut prompt.taking) {
        Some(Taking::WithAnswer(keys)) if !gives_up => {
            if keys.len() < MAX_TYPED_AHEAD {
                keys.push(chord);
            }
            true
        }
        _ => false,
    }
}

/// Keys pressed before the session that the command line began shows are meant for its cards. Esc gives that
/// up.
fn awaits_review(model: &mut Model, chord: Chord) -> bool {
    let gives_up = model.keymap.resolve(&Pending::default(), chord, Context::Browse)
        == Resolution::Run(Call::plain(CommandId::Cancel));
    let Some(awaited) = model.awaited_review.as_mut().filter(|_| !gives_up) else {
        model.awaited_review = None;
        return false;
    };
    if awaited.keys.len() < MAX_TYPED_AHEAD {
        awaited.keys.push(chord);
    }
    true
}

/// An edit of the line being typed.
fn edit(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if model.is_composing() {
        return compose::edit(model, chord);
    }
    if model.is_prompting() { find::edit(model, chord) } else { lists::edit_filter(model, chord) }
}

/// A chord that is bound to nothing: an edit of the line being typed, Esc and a key delivered as Alt, or a
/// word about it.
fn unbound(model: &mut Model, chord: Chord, chords: &[Chord]) -> Vec<Effect> {
    if model.context().is_text() && super::super::layers::edit(chord).is_some() {
        return edit(model, chord);
    }
    let views = matches!(model.context(), Context::Browse | Context::Card);
    if let (true, [only], Some(c)) = (views && is_cjk(chord), chords, chord.text()) {
        debug_assert_eq!(*only, chord, "a Chinese character has no twin");
        return prompt::open(model, Asking::Search, Arrangement::Tree, &c.to_string());
    }
    if let (Some((first, second)), 1) = (split_alt(chord), chords.len()) {
        // The second is for what the first leaves: a line that closes once its draft is on disk must not take
        // it as text.
        let mut effects = press(model, first);
        effects.push(Effect::Type(vec![second]));
        return effects;
    }
    if model.context().is_text() {
        return Vec::new();
    }
    let keys: String = chords.iter().map(ToString::to_string).collect();
    model.notice = Some(Bilingual::new(
        format!("{keys} 没有绑定命令；? 列出按键"),
        format!("{keys} is bound to nothing; ? lists the keys"),
    ));
    Vec::new()
}
