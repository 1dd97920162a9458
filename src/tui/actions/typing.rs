//! Help with the line being typed: completion and history.

use super::super::effect::Effect;
use super::super::finding::{Asking, Completing, Prompt};
use super::super::model::Model;
use super::prompt;
use crate::find::{JournalExtras, complete as completion};
use crate::outline::SiblingDirection;

/// Most queries kept.
pub const MAX_HISTORY: usize = 200;

/// `Tab`: puts in what fits at the caret; again, the next that fits.
pub fn complete(model: &mut Model, way: SiblingDirection) -> Vec<Effect> {
    let loaded = std::sync::Arc::clone(&model.loaded);
    let nobody = std::sync::Arc::new(JournalExtras::default());
    let extra = model.find.marked().map_or(nobody, |answer| std::sync::Arc::clone(&answer.extra));
    let Some(prompt) = model.find.prompt.as_mut().filter(|prompt| prompt.asking != Asking::LensName) else {
        return Vec::new();
    };
    let next = match prompt.completing.take() {
        Some(mut now) => {
            now.chosen = way.round(now.chosen, now.suggestions.len());
            now
        }
        None => {
            let value = prompt.input.value();
            let caret = value.char_indices().nth(prompt.input.cursor()).map_or(value.len(), |(byte, _)| byte);
            let fits = completion(value, caret, &loaded.plan, &extra);
            if fits.suggestions.is_empty() {
                return Vec::new();
            }
            Completing { bytes: fits.bytes, suggestions: fits.suggestions, chosen: 0 }
        }
    };
    put_in(prompt, next);
    prompt::typed(model)
}

fn put_in(prompt: &mut Prompt, mut now: Completing) {
    let chosen = now.suggestions[now.chosen].text.clone();
    let mut text = prompt.input.value().to_owned();
    text.replace_range(now.bytes.clone(), &chosen);
    now.bytes.end = now.bytes.start + chosen.len();
    let caret = text[..now.bytes.end].chars().count();
    prompt.input = std::mem::take(&mut prompt.input).with_value(text).with_cursor(caret);
    // The only one that fits is done with: the next Tab completes what follows it.
    prompt.completing = (now.suggestions.len() > 1).then_some(now);
    prompt.recalled = None;
}

/// `C-p` and `C-n`: queries taken before, and at their end what was being typed.
pub fn recall(model: &mut Model, way: SiblingDirection) -> Vec<Effect> {
    let history = &model.find.history;
    let Some(prompt) = model.find.prompt.as_mut().filter(|prompt| prompt.asking != Asking::LensName) else {
        return Vec::new();
    };
    let typed = prompt.input.value().to_owned();
    let (now, draft) = match (&prompt.recalled, way) {
        (None, SiblingDirection::Back) => (0, typed),
        (Some((at, draft)), SiblingDirection::Back) => (at + 1, draft.clone()),
        (None, SiblingDirection::On) => return Vec::new(),
        (Some((0, draft)), SiblingDirection::On) => {
            let draft = draft.clone();
            prompt.recalled = None;
            prompt.input = std::mem::take(&mut prompt.input).with_value(draft);
            return prompt::typed(model);
        }
        (Some((at, draft)), SiblingDirection::On) => (at - 1, draft.clone()),
    };
    let Some(query) = history.iter().rev().nth(now) else { return Vec::new() };
    prompt.input = std::mem::take(&mut prompt.input).with_value(query.clone());
    prompt.recalled = Some((now, draft));
    prompt.completing = None;
    prompt::typed(model)
}

/// Adds a query to the history, once.
pub fn remember(model: &mut Model, text: String) -> Effect {
    let history = &mut model.find.history;
    history.retain(|old| *old != text);
    history.push(text.clone());
    if history.len() > MAX_HISTORY {
        history.remove(0);
    }
    Effect::Remember(text)
}
