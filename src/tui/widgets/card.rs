//! The card's pane, drawn from the lines that are laid out.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::super::theme::Theme;
use super::super::view::Focus;
use super::ink::write;
use crate::page::terminal::TextStyle;

fn style(theme: Theme, look: TextStyle) -> Style {
    match look {
        TextStyle::Plain => Style::new(),
        TextStyle::Heading => theme.heading(),
        TextStyle::Quiet => theme.quiet(),
        TextStyle::Link => theme.link(),
        TextStyle::State(state) => theme.state(state),
        TextStyle::Chart(ink) => theme.ink(ink),
    }
}

/// Draws the card's pane; returns the line of the pane on which the selected link stands.
pub fn draw(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<u16> {
    let selected = model.card_line().filter(|_| model.focus == Focus::Card);
    let visible = model.panes.lines.iter().enumerate().skip(model.card.top).take(usize::from(area.height));
    let mut at = None;
    for ((index, line), y) in visible.zip(area.y..) {
        if Some(index) == selected {
            buffer.set_style(Rect { y, height: 1, ..area }, theme.selected());
            at = Some(y);
        }
        let mut x = area.x;
        for (look, text) in &line.spans {
            x = write(buffer, (x, y), text, usize::from(area.right().saturating_sub(x)), style(theme, *look));
        }
    }
    at
}
