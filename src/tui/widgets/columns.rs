//! The outline's columns: their headings, and the cells of a row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::columns::{GAP_COLS, Shown, heading};
use super::super::model::Model;
use super::super::text::{cut, fit, right};
use super::super::theme::Theme;
use super::ink::short_state;
use super::ink::write;
use crate::page::columns::{OutlineColumn, SortDirection};
use crate::plan::NodeId;
use crate::text::{clean::line_within, clean::one_line};

/// Where each column in view begins.
fn places(shown: &Shown, x: u16) -> impl Iterator<Item = (usize, u16, u16)> {
    let mut x = x + shown.title_cols;
    shown.range.clone().zip(&shown.widths).map(move |(index, width)| {
        let start = x + GAP_COLS;
        x = start + width;
        (index, start, *width)
    })
}

/// Whether a column's cells are figures, which stand at its right end.
fn is_figure(column: OutlineColumn) -> bool {
    !matches!(column, OutlineColumn::State | OutlineColumn::Review)
}

/// The headings. The chosen one has `>` before it, the one that is sorted by `^` or `v` behind it.
pub fn head(model: &Model, theme: Theme, buffer: &mut Buffer) {
    let (Some((area, shown)), Some(columns)) = (&model.panes.columns, &model.columns) else { return };
    let ui = model.view.ui;
    let reader = model.reader();
    let all = reader.columns();
    let (before, behind) = (shown.range.start, shown.all - shown.range.end);
    let hidden = |count: usize, zh: &str, en: &str| match count {
        0 => String::new(),
        _ => ui.pick(format!(" · {zh}+{count}列"), format!(" · +{count} {en}")),
    };
    let title = ui.pick("标题", "title");
    let title = format!("{title}{}{}", hidden(before, "左", "left"), hidden(behind, "右", "right"));
    let title_cols = usize::from(shown.title_cols);
    write(buffer, (area.x, area.y), cut(&title, title_cols), title_cols, theme.quiet());
    for (index, x, width) in places(shown, area.x) {
        let Some(column) = all.get(index).copied() else { continue };
        let chosen = index == columns.place(&all);
        let way = columns.sort.as_ref().filter(|sort| sort.column == column).map(|sort| sort.way);
        let way = match way {
            Some(SortDirection::Rising) => "^",
            Some(SortDirection::Falling) => "v",
            None => "",
        };
        let taken = usize::from(chosen) + way.len();
        let label =
            heading(&one_line(&reader.column_label(column)), usize::from(width).saturating_sub(taken));
        let text = format!("{}{label}{way}", if chosen { ">" } else { "" });
        let text = if is_figure(column) { right(&text, width.into()) } else { fit(&text, width.into()) };
        let style = if chosen { theme.key().add_modifier(Modifier::UNDERLINED) } else { theme.heading() };
        write(buffer, (x, area.y), text, width.into(), style);
    }
}

/// The cells of a row; returns where its title has to end. They wait for the states.
pub fn cells(model: &Model, theme: Theme, shown: &Shown, id: NodeId, row: Rect, buffer: &mut Buffer) -> u16 {
    let end = row.x + shown.title_cols;
    let Some(states) = model.states() else {
        write(buffer, (end + GAP_COLS, row.y), "…", 1, theme.quiet());
        return end;
    };
    let reader = model.reader();
    let all = reader.columns();
    let cells = reader.column_cells(id, model.said(id), states);
    for (index, x, width) in places(shown, row.x) {
        let (Some(column), Some(cell)) = (all.get(index), cells.get(index)) else { continue };
        let style = cell.state.map_or(Style::new(), |state| theme.state(state));
        let text = cell.state.map_or_else(|| cell.text.clone(), |state| short_state(state, &model.view));
        let text = line_within(&text, width.into());
        let text = if is_figure(*column) { right(&text, width.into()) } else { fit(&text, width.into()) };
        write(buffer, (x, row.y), text, width.into(), style);
    }
    end
}
