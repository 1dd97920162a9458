//! The outline's rows: fold mark, level mark, title in one or two languages, state.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::layout::{RowShape, STATE_COLS, indent_cols};
use super::super::model::{Focus, Model};
use super::super::text::{cut, fit};
use super::super::theme::Theme;
use super::ink::write;
use crate::plan::text::one_line;
use crate::plan::{Lang, NodeId, State, Ui};

/// Columns of fold mark and its space.
const FOLD_COLS: u16 = 2;

/// Least columns of a title that leave room for the state's word; below, its glyph stands alone with a short word dropped.
const LEAST_TITLE_COLS: u16 = 14;

/// Draws the visible rows; returns the line of the selected one.
pub fn draw(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<u16> {
    let cursor = model.outline.cursor();
    let lines = model.panes.row_shape.lines();
    let count = usize::from(area.height / lines);
    let visible = model.outline.rows().slice(cursor.top..cursor.top + count);
    let mut at = None;
    for (index, id) in visible.iter().enumerate() {
        let y = area.y + u16::try_from(index).unwrap_or(0) * lines;
        let row = Rect { y, height: lines, ..area };
        draw_row(model, theme, *id, row, buffer);
        if cursor.top + index == cursor.row {
            let focused = model.focus == Focus::Outline || !model.panes.is_wide();
            buffer.set_style(row, if focused { theme.selected() } else { theme.selected_elsewhere() });
            at = Some(y);
        }
    }
    at
}

/// The state as it stands in a row.
pub fn short_state(state: State, ui: Ui) -> String {
    let word = match (ui, state) {
        (Ui::Zh, state) => state.label(Ui::Zh),
        (Ui::En, State::NotStarted) => "not begun",
        (Ui::En, State::OnTrack) => "on track",
        (Ui::En, State::NeedsAcceleration) => "speed up",
        (Ui::En, State::Limited) => "limited",
        (Ui::En, State::Regressing) => "worsening",
        (Ui::En, State::Achieved) => "achieved",
        (Ui::En, State::Dropped) => "dropped",
        (Ui::En, State::InsufficientEvidence) => "evidence?",
        (Ui::En, State::NotAssessable) => "words",
        (Ui::En, State::NoBaseline) => "no base",
        (Ui::En, State::NoTarget) => "no target",
        (Ui::En, State::Undated) => "undated",
        (Ui::En, State::NoData) => "no data",
        (Ui::En, State::Undetermined) => "unclear",
        (Ui::En, State::Hold) => "holding",
        (Ui::En, State::Overdue) => "overdue",
    };
    format!("{} {word}", state.glyph())
}

fn draw_row(model: &Model, theme: Theme, id: NodeId, row: Rect, buffer: &mut Buffer) {
    let plan = model.plan();
    let node = plan.tree.node(id);
    let indent = indent_cols(model.outline.indent(&plan.tree, id), row.width);
    let mut x = row.x + indent;
    let end = row.x + row.width;
    let fold = match (plan.tree.is_parent(id), model.outline.is_open(id)) {
        (true, true) => "▾",
        (true, false) => "▸",
        (false, _) => "·",
    };
    put(buffer, &mut x, row.y, end, fold, theme.quiet());
    x = x.max(row.x + indent + FOLD_COLS).min(end);
    let mark = one_line(&plan.level(node.level).mark).into_owned();
    put(buffer, &mut x, row.y, end, &mark, theme.mark());
    x = (x + 1).min(end);
    let state = model.state(id);
    let with_state = end.saturating_sub(x) >= LEAST_TITLE_COLS + STATE_COLS;
    let title_end = if with_state { end - STATE_COLS } else { end.saturating_sub(3).max(x) };
    draw_titles(model, theme, id, Rect { x, width: title_end - x, ..row }, buffer);
    let said = short_state(state, model.view.ui);
    let shown = if with_state { fit(&said, usize::from(STATE_COLS) - 1) } else { state.glyph().to_owned() };
    let mut x = title_end + 1;
    put(buffer, &mut x, row.y, end, &shown, theme.state(state));
}

fn draw_titles(model: &Model, theme: Theme, id: NodeId, area: Rect, buffer: &mut Buffer) {
    let show = model.view.show;
    let (first, second) = (show.main(), show.second());
    let end = area.x + area.width;
    let mut x = area.x;
    match (model.panes.row_shape, second) {
        (RowShape::One, _) | (_, None) => {
            put(buffer, &mut x, area.y, end, &title(model, id, first), Style::new())
        }
        (RowShape::SideBySide, Some(second)) => {
            // The second language begins at one column in every row, however deep the row stands.
            let pane = model.panes.outline.unwrap_or(area);
            let middle = pane.x + (pane.width - STATE_COLS) / 2;
            put(
                buffer,
                &mut x,
                area.y,
                middle.saturating_sub(1).min(end),
                &title(model, id, first),
                Style::new(),
            );
            let mut x = middle.max(x + 1).min(end);
            put(buffer, &mut x, area.y, end, &title(model, id, second), theme.quiet());
        }
        (RowShape::Stacked, Some(second)) => {
            put(buffer, &mut x, area.y, end, &title(model, id, first), Style::new());
            let mut x = area.x;
            put(buffer, &mut x, area.y + 1, end, &title(model, id, second), theme.quiet());
        }
    }
}

/// A node's title in a language; marked where another has to stand in, and named by its id where there is none.
fn title(model: &Model, id: NodeId, lang: Lang) -> String {
    let node = model.plan().tree.node(id);
    let wording = node.title.get_or_first(lang);
    match (wording.text, wording.borrowed) {
        ("", _) => format!("⟨{}⟩", node.key),
        (text, true) => format!("{} ⟨{}?⟩", one_line(text), one_line(model.plan().tag(lang))),
        (text, false) => one_line(text).into_owned(),
    }
}

/// Writes as much of a text as fits before a column, and moves on behind it.
pub fn put(buffer: &mut Buffer, x: &mut u16, y: u16, end: u16, text: &str, style: Style) {
    let room = usize::from(end.saturating_sub(*x));
    let shown = cut(text, room);
    *x = write(buffer, (*x, y), &shown, room, style);
}
