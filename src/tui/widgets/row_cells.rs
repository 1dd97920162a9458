//! The cells at the right end of a row: value, target, standing, in columns that do not move from row to row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::super::panes::RowFit;
use super::super::text::{cols, right};
use super::super::theme::Theme;
use super::ink::{put, short_state, state_sign, write};
use crate::page::row::RowStanding;
use crate::plan::NodeId;

/// Stands in the place of a figure that has no room: a figure is never cut.
const TOO_WIDE: &str = "…";

/// The headings.
pub fn head(model: &Model, theme: Theme, buffer: &mut Buffer) {
    let Some(area) = model.panes.row_head else { return };
    let ui = model.view.ui;
    let RowFit { value, target, standing } = model.panes.row_fit;
    let mut x = area.right().saturating_sub(model.panes.row_fit.cols());
    let mut cell = |text: &str, cols: u16| {
        if cols > 0 {
            write(buffer, (x, area.y), right(text, cols.into()), cols.into(), theme.quiet());
            x += cols;
        }
    };
    cell(ui.pick("项数/现值", "parts/now"), value);
    cell(ui.pick("目标", "target"), target);
    let word = ui.pick("判断", "standing");
    if usize::from(standing) > cols(word) {
        write(buffer, (x + 1, area.y), word, usize::from(standing) - 1, theme.quiet());
    }
}

/// Draws the cells of a row; returns where its title and signs have to end.
pub fn draw(model: &Model, theme: Theme, id: NodeId, row: Rect, buffer: &mut Buffer) -> u16 {
    let RowFit { value, target, standing } = model.panes.row_fit;
    let start = row.right().saturating_sub(model.panes.row_fit.cols());
    let state = model.state(id);
    let rollup = model.rollup(id);
    let cells = model.reader().row_cells(id, model.said(id), (state, model.turn(id)), rollup.as_ref());
    let mut x = start;
    for (text, cols_of) in [(&cells.value, value), (&cells.target, target)] {
        // A column of air before each.
        let room = usize::from(cols_of.saturating_sub(1));
        let shown = if cols(text) <= room { text } else { TOO_WIDE };
        if room > 0 {
            write(buffer, (x + 1, row.y), right(shown, room), room, Style::new());
        }
        x += cols_of;
    }
    let end = row.right();
    let mut at = (x + 1).min(end);
    match &cells.standing {
        RowStanding::None => {}
        RowStanding::Verdict(state) if usize::from(standing) > SHORTEST_WORD => {
            let said = short_state(*state, &model.view);
            put(buffer, &mut at, row.y, end, &said, theme.state(*state));
        }
        RowStanding::Verdict(state) => {
            put(buffer, &mut at, row.y, end, state_sign(*state, &model.view), theme.state(*state));
        }
        RowStanding::Reason(state) if usize::from(standing) > SHORTEST_WORD => {
            put(buffer, &mut at, row.y, end, &short_state(*state, &model.view), theme.quiet());
        }
        RowStanding::Trend(turn) if usize::from(standing) > SHORTEST_WORD => {
            put(buffer, &mut at, row.y, end, turn.label(model.view.ui), theme.quiet());
        }
        RowStanding::Reason(_) | RowStanding::Trend(_) => {}
        RowStanding::Parts(parts) => {
            for (state, count) in parts {
                let text = format!("{} {count}  ", state_sign(*state, &model.view));
                if usize::from(end - at) + 2 < cols(&text) {
                    put(buffer, &mut at, row.y, end, TOO_WIDE, theme.quiet());
                    break;
                }
                put(buffer, &mut at, row.y, end, &text, theme.state(*state));
            }
        }
    }
    start
}

/// A narrower standing shows its sign alone.
const SHORTEST_WORD: usize = 6;
