//! The preview of an export: its first lines as they will be in the file.

use crate::export::format::Medium;
use crate::text::clean::one_line;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::tui::model::Model;
use crate::tui::pages::export::state::ExportPage;
use crate::tui::text::fit;
use crate::tui::theme::Theme;
use crate::tui::widgets::ink::write;

/// Lines above the preview.
const HEAD_LINES: u16 = 2;

/// Rows that show at once.
pub fn rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(HEAD_LINES))
}

pub fn draw(
    model: &Model,
    page: &ExportPage,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let ui = model.view.ui;
    let width = usize::from(area.width);
    write(buffer, (area.x, area.y), fit(&headline(model, page), width), width, theme.heading());
    let body = area.y + HEAD_LINES..area.bottom();
    match &page.lines {
        None => {
            write(buffer, (area.x, body.start), ui.pick("正在准备…", "getting ready…"), width, theme.quiet());
        }
        Some(lines) => {
            for (line, y) in lines.iter().skip(page.top).zip(body.clone()) {
                write(buffer, (area.x, y), fit(line, width), width, Style::new());
            }
        }
    }
    Some(Position::new(area.x, body.start))
}

/// What the page says in its head: format, scope, filter.
fn headline(model: &Model, page: &ExportPage) -> String {
    let ui = model.view.ui;
    let plan = model.plan();
    let scope = model.outline.scope().map_or(plan.id.to_string(), |id| plan.tree.node(id).key.to_string());
    let filter = model.find.standing.as_ref().map(|standing| format!(" · ⟨{}⟩", one_line(&standing.text)));
    let shown = match page.format.medium() {
        Medium::Text => "",
        Medium::Binary => ui.pick(" · 内容预览", " · its content"),
    };
    let progress =
        page.share.map(|share| ui.pick(format!(" · 写入中{share}%"), format!(" · writing, {share}%")));
    let head = ui.pick("导出", "Export");
    format!(
        "{head} {} · {scope}{}{shown}{}",
        page.format.word(),
        filter.unwrap_or_default(),
        progress.unwrap_or_default()
    )
}
