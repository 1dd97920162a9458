//! One step of the screen: a message in, fields changed, effects out. Pure: the clock is an argument.

mod keys;
mod mouse;
mod plan;

use super::actions::{columns, compose, filter, find, lists, matches, people};
use super::card_window::CardWindow;
use super::commands;
use super::effect::Effect;
use super::keymap::Pending;
use super::layout;
use super::message::Message;
use super::model::Model;
use super::pages::{export, review};

/// Takes one message. `now_ms` are milliseconds since the program began.
pub fn update(model: &mut Model, message: Message, now_ms: u64) -> Vec<Effect> {
    model.now_ms = now_ms;
    let before = (!message.is_input()).then(|| model.here().map(|here| here.name));
    let mut effects = take(model, message, now_ms);
    effects.extend(commands::run_asked_for(model));
    // What the first key of two was meant for is not under the cursor any more.
    if before.is_some_and(|before| before != model.here().map(|here| here.name)) {
        (model.pending, model.card) = (Pending::default(), CardWindow::default());
    }
    columns::follow(model);
    effects.extend(matches::follow(model));
    find::clock(model, now_ms);
    lists::refresh(model);
    layout::relayout(model);
    effects
}

/// What a message does by itself.
fn take(model: &mut Model, message: Message, now_ms: u64) -> Vec<Effect> {
    match message {
        Message::Key(chord) => keys::press(model, chord),
        Message::Typed(chords) => keys::typed(model, &chords),
        Message::Pasted(text) => lists::paste(model, &text),
        Message::Mouse(mouse) => mouse::mouse(model, mouse, now_ms),
        Message::Resized(size) => {
            model.size = size;
            Vec::new()
        }
        Message::PlanGrew(loaded, progress) => plan::grew(model, loaded, progress),
        Message::PlanRead(loaded) => plan::read(model, loaded),
        Message::PlanBroke(diagnostics) => plan::broke(model, diagnostics),
        Message::Found { purpose, generation, answer } => find::found(model, purpose, generation, answer),
        Message::LensesKept(lenses, said) => filter::lenses_kept(model, lenses, said),
        Message::JournalRead(loaded, journal) => people::read(model, &loaded, journal),
        Message::JournalTouched => people::touched(model),
        Message::JournalNews(changed) => people::news(model, changed),
        Message::ReviewBegun { changed, id } => people::review_begun(model, changed, &id),
        Message::PlanHashed(hash) => {
            review::keys::hashed(model, hash);
            Vec::new()
        }
        Message::Recorded { changed, said, at } => people::recorded(model, changed, said, at.as_ref()),
        Message::NotRecorded { why, text } => {
            people::not_recorded(model, why, &text);
            vec![Effect::HearNews]
        }
        Message::NotTurned(said) => {
            model.notice = Some(said);
            vec![Effect::HearNews]
        }
        Message::DraftFound(found) => compose::found(model, *found),
        Message::DraftKept(kept) => compose::kept(model, kept),
        Message::Judged(judged) => {
            people::judged(model, &judged);
            Vec::new()
        }
        Message::Author(author) => {
            model.journal_view.author = author;
            Vec::new()
        }
        message @ (Message::Previewed(..) | Message::ExportProgress(_) | Message::Exported(_)) => {
            export::keys::told(model, message);
            Vec::new()
        }
        Message::JournalUnread(said) => {
            (model.awaited_review, model.notice) = (None, Some(said));
            Vec::new()
        }
        Message::Told(said) => {
            model.notice = Some(said);
            Vec::new()
        }
        Message::Cited(text, what) => vec![Effect::Copy(text, what)],
        Message::Opened => plan::opened(model),
        Message::Tick => Vec::new(),
        Message::Resumed => vec![Effect::Redraw],
    }
}
