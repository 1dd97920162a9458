//! The records of the scope, newest first, two lines each: when and who, then what.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::journal::describe;
use crate::text::clean::line_within;
use crate::tui::model::Model;
use crate::tui::pages::history::state::History;
use crate::tui::text::fit;
use crate::tui::theme::Theme;
use crate::tui::widgets::ink::write;

/// Lines above the records.
const HEAD_LINES: u16 = 2;

const ROW_LINES: u16 = 2;

/// Rows that show at once.
pub fn rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(HEAD_LINES) / ROW_LINES)
}

/// Draws it; the selected record has the terminal's cursor.
pub fn draw(
    model: &Model,
    history: &History,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let ui = model.view.ui;
    let journal = model.journal_view.journal.as_deref()?;
    let width = usize::from(area.width);
    let head = ui.pick(
        format!("历史 · {} 条记录 · 大纲显示当时的情况", history.records.len()),
        format!("History · {} records · the outline shows how things stood", history.records.len()),
    );
    write(buffer, (area.x, area.y), fit(&head, width), width, theme.heading());
    let mut at = None;
    let rows = area.y + HEAD_LINES..area.bottom().saturating_sub(ROW_LINES - 1);
    let shown = history.records.iter().enumerate().skip(history.window.top);
    for ((row, id), y) in shown.zip(rows.step_by(usize::from(ROW_LINES))) {
        let Some(index) = journal.book().find(id) else { continue };
        let record = journal.record(index);
        let undone =
            if journal.fold().is_effective(index) { "" } else { ui.pick(" · 已撤销", " · undone") };
        let when = describe::time(record.at, model.view.as_of.day());
        let first = format!("{when} · {}{undone}", line_within(record.by.as_str(), width));
        let second = format!("  {}", describe::in_book(journal.book(), index, ui));
        write(buffer, (area.x, y), fit(&first, width), width, theme.quiet());
        write(buffer, (area.x, y + 1), fit(&second, width), width, Style::new());
        if row == history.window.at {
            buffer.set_style(Rect { y, height: ROW_LINES, ..area }, theme.selected());
            at = Some(Position::new(area.x, y + 1));
        }
    }
    at
}
