//! The model as a frame. Changes nothing.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::model::Model;
use super::pages::page::joined;
use super::theme::Theme;
use super::view::Focus;
use super::widgets::{card, columns, compose, frame, list, outline, prompt, row_cells, rules};

/// Draws everything and puts the terminal's cursor where the eye is: the caret, or the selected row.
pub fn draw(model: &Model, theme: Theme, target: &mut Frame<'_>) {
    let area = target.area();
    if let Some(cursor) = paint(model, theme, area, target.buffer_mut()) {
        target.set_cursor_position(cursor);
    }
}

/// Draws everything into a buffer; returns where the terminal's cursor goes.
pub fn paint(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    // The terminal may have changed since the model heard of it: the next message brings them together.
    let fits = area.width >= model.size.cols && area.height >= model.size.lines;
    if model.panes.too_small || !fits {
        frame::too_small(model, area, buffer);
        return None;
    }
    let caret = match &model.find.prompt {
        Some(typed) => Some(prompt::draw(model, typed, theme, buffer)),
        None => {
            frame::header(model, theme, buffer);
            None
        }
    };
    rules::draw(model, theme, buffer);
    frame::banner(model, theme, buffer);
    columns::head(model, theme, buffer);
    row_cells::head(model, theme, buffer);
    let row = model
        .panes
        .outline
        .and_then(|area| outline::draw(model, theme, area, buffer).map(|y| Position::new(area.x, y)));
    let link = model
        .panes
        .card
        .and_then(|area| card::draw(model, theme, area, buffer).map(|y| Position::new(area.x, y)));
    let page = match (model.pages.last(), model.panes.page) {
        (Some(page), Some(area)) => joined(page).draw(model, theme, area, buffer),
        _ => None,
    };
    frame::hints(model, theme, buffer);
    let caret = match &model.compose {
        Some(composed) => Some(compose::draw(model, composed, theme, buffer)),
        None => caret,
    };
    if let Some(typed) = &model.find.prompt {
        prompt::help(model, typed, theme, buffer);
    }
    frame::continuations(model, theme, buffer);
    let lists: Vec<_> =
        model.layers.iter().filter_map(|layer| list::draw(model, layer, theme, buffer)).collect();
    let card_top = model.panes.card.map(|area| Position::new(area.x, area.y));
    let view = match model.focus {
        Focus::Outline => row.or(card_top),
        Focus::Card => link.or(card_top),
    };
    lists.last().copied().or(caret).or(page).or(view)
}
