//! One step of the screen: a message in, fields changed, effects out. Pure: the clock is an argument.

mod keys;
mod lists;
mod mouse;
mod plan;

pub use lists::problems;

use super::effect::Effect;
use super::layout;
use super::message::Message;
use super::model::Model;

/// Takes one message. `now_ms` are milliseconds since the program began.
pub fn update(model: &mut Model, message: Message, now_ms: u64) -> Vec<Effect> {
    let effects = match message {
        Message::Key(chord) => keys::press(model, chord),
        Message::Pasted(text) => lists::paste(model, &text),
        Message::Mouse(mouse) => mouse::mouse(model, mouse, now_ms),
        Message::Resized(size) => {
            model.size = size;
            Vec::new()
        }
        Message::PlanGrew(loaded, progress) => plan::grew(model, loaded, progress),
        Message::PlanRead(loaded) => plan::read(model, loaded),
        Message::PlanBroke(diagnostics) => plan::broke(model, diagnostics),
        Message::Resumed => vec![Effect::Redraw],
    };
    lists::refresh(model);
    layout::relayout(model);
    effects
}
