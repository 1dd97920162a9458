//! A list over the views: a frame, a filter line where it has one, entries.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::layers::{Choosing, Layer, ListEntry};
use super::super::model::Model;
use super::super::panes::{LIST_HEAD_LINES, list_area, list_height};
use super::super::text::{cols, cols_up_to, cut, fit, right, scrolled, shown};
use super::super::theme::Theme;
use super::ink::{clear, frame, write};
use crate::text::Ui;

/// Draws a list; returns where the terminal's cursor goes: the caret of its filter, or the selected entry.
pub fn draw(model: &Model, layer: &Layer, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    let area = list_area(model.size);
    clear(buffer, area);
    frame(buffer, area, model.view.glyphs, theme.quiet());
    let ui = model.view.ui;
    let heading = layer.choosing.heading();
    let name =
        format!(" {} ", heading.as_ref().map_or_else(|| name(&layer.choosing, ui), |said| said.get(ui)));
    write(
        buffer,
        (area.x + 2, area.y),
        cut(&name, usize::from(area.width) - 4),
        usize::from(area.width) - 4,
        theme.heading(),
    );
    let inner = Rect { x: area.x + 2, width: area.width - 4, y: area.y + 1, height: area.height - 2 };
    let caret = layer.input.as_ref().map(|input| {
        let room = usize::from(inner.width) - 2;
        write(buffer, (inner.x, inner.y), "› ", 2, theme.key());
        write(buffer, (inner.x + 2, inner.y), shown(input, room), room, Style::new());
        Position::new(inner.x + 2 + u16::try_from(scrolled(input, room).caret_cols).unwrap_or(0), inner.y)
    });
    let first = area.y + LIST_HEAD_LINES;
    let entries = layer.entries.iter().enumerate().skip(layer.top).take(list_height(model.size));
    let mut at = Position::new(inner.x, first);
    for ((index, entry), y) in entries.zip(first..) {
        let row = Rect { y, height: 1, ..inner };
        draw_entry(entry, columns(layer, inner.width), row, theme, buffer);
        if index == layer.selected {
            buffer.set_style(row, theme.selected());
            at = Position::new(inner.x, y);
        }
    }
    if layer.entries.is_empty() {
        write(
            buffer,
            (inner.x, first),
            ui.pick("没有匹配的条目", "nothing matches"),
            usize::from(inner.width),
            theme.quiet(),
        );
    }
    let count = format!(" {}/{} ", (layer.selected + 1).min(layer.entries.len()), layer.entries.len());
    let x = area.x + area.width - 2 - u16::try_from(cols(&count)).unwrap_or(0);
    write(buffer, (x, area.y + area.height - 1), &count, cols(&count), theme.quiet());
    caret.or(Some(at))
}

fn name(choosing: &Choosing, ui: Ui) -> &'static str {
    match choosing {
        Choosing::Help => ui.pick(
            "帮助：全部命令与按键（输入以筛选，Enter 执行，Esc 关闭）",
            "Help: every command and its keys (type to filter, Enter runs, Esc closes)",
        ),
        Choosing::Palette => ui.pick("命令（输入以筛选）", "Commands (type to filter)"),
        Choosing::Actions => ui.pick("这里能做什么（输入以筛选）", "What can be done here (type to filter)"),
        Choosing::Links(_) => ui.pick("链接", "Links"),
        Choosing::Sources => ui.pick("来源文件（输入以筛选）", "Documents (type to filter)"),
        Choosing::Problems => ui.pick("规划文件中的问题", "Problems in the plan's files"),
        _ => "",
    }
}

/// Columns of the left and right parts: as wide as the widest entry, within bounds.
fn columns(layer: &Layer, width: u16) -> (usize, usize) {
    let width = usize::from(width);
    let most = width / 3;
    let widest =
        |part: fn(&ListEntry) -> &str| layer.entries.iter().map(|entry| cols_up_to(part(entry), most)).max();
    let left = widest(|entry| &entry.left).unwrap_or(0);
    let right = widest(|entry| &entry.right).unwrap_or(0);
    (left, if width < 60 { 0 } else { right })
}

fn draw_entry(
    entry: &ListEntry,
    (left_cols, right_cols): (usize, usize),
    row: Rect,
    theme: Theme,
    buffer: &mut Buffer,
) {
    let width = usize::from(row.width);
    let title_cols = width.saturating_sub(left_cols + 2 + right_cols + 1);
    write(buffer, (row.x, row.y), fit(&entry.left, left_cols), left_cols, theme.key());
    let x = row.x + u16::try_from(left_cols + 2).unwrap_or(0);
    write(buffer, (x, row.y), fit(&entry.title, title_cols), title_cols, Style::new());
    let x = x + u16::try_from(title_cols + 1).unwrap_or(0);
    write(buffer, (x, row.y), right(&entry.right, right_cols), right_cols, theme.quiet());
}
