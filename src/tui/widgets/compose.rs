//! The line or form at the foot: what it is about, its fields, what is wrong with them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::compose::{Asks, Compose};
use super::super::model::Model;
use super::super::text::{cols, cut, fit, scrolled, shown, wrap};
use super::super::theme::Theme;
use super::ink::put;
use super::ink::{clear, rule, write};
use crate::journal::describe;
use crate::text::clean::line_within;

/// Most lines of the word on what is typed.
const MAX_FOOT_LINES: usize = 3;

/// What there is to know of what is typed, or why it was not taken, in as many lines as it takes.
fn foot(model: &Model, compose: &Compose, theme: Theme) -> (Vec<String>, Style) {
    let ui = model.view.ui;
    let (text, style) = match (&compose.refused, &compose.remark) {
        (Some(refused), _) => (refused.get(ui).to_owned(), theme.trouble()),
        (None, Some(remark)) => (remark.get(ui).to_owned(), theme.quiet()),
        (None, None) => (compose.form_of(compose.at, ui), theme.quiet()),
    };
    let width = usize::from(model.size.cols).saturating_sub(3).max(1);
    let mut lines = wrap(&line_within(&text, width * MAX_FOOT_LINES), width);
    lines.truncate(MAX_FOOT_LINES);
    if lines.is_empty() {
        lines.push(String::new());
    }
    (lines, style)
}

/// Draws it above the hints; returns where the caret is.
pub fn draw(model: &Model, compose: &Compose, theme: Theme, buffer: &mut Buffer) -> Position {
    let ui = model.view.ui;
    let hints = model.panes.hints;
    let (foot, foot_style) = foot(model, compose, theme);
    let count16 = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    // Its heading, its fields, the word on them.
    let lines = count16(1 + compose.fields.len() + foot.len()).min(hints.y);
    let area = Rect { x: 0, y: hints.y - lines, width: hints.width, height: lines };
    clear(buffer, area);
    let width = usize::from(area.width);
    rule(buffer, (0, area.y), width, (model.view.glyphs, theme.quiet()));
    let heading = format!(" {} ", heading(model, compose));
    write(
        buffer,
        (2, area.y),
        cut(&heading, width.saturating_sub(4)),
        width.saturating_sub(4),
        theme.heading(),
    );
    let label_cols = (0..compose.fields.len()).map(|field| cols(compose.label(field, ui))).max().unwrap_or(0);
    let mut caret = Position::new(0, area.y + 1);
    for (field, y) in (0..compose.fields.len()).zip(area.y + 1..area.bottom()) {
        let x = draw_field(model, compose, field, (label_cols, y), theme, buffer);
        if field == compose.at {
            caret = Position::new(x, y);
        }
    }
    let foot_at = area.bottom().saturating_sub(count16(foot.len()));
    for (line, y) in foot.iter().zip(foot_at..) {
        write(buffer, (2, y), fit(line, width.saturating_sub(2)), width.saturating_sub(2), foot_style);
    }
    caret
}

/// One field; returns the column of its caret.
fn draw_field(
    model: &Model,
    compose: &Compose,
    field: usize,
    (label_cols, y): (usize, u16),
    theme: Theme,
    buffer: &mut Buffer,
) -> u16 {
    let ui = model.view.ui;
    let end = model.size.cols;
    let mut x = 0;
    let mark = if field == compose.at { "› " } else { "  " };
    put(buffer, &mut x, y, end, mark, theme.key());
    if label_cols > 0 {
        put(buffer, &mut x, y, end, &fit(compose.label(field, ui), label_cols + 2), theme.quiet());
    }
    let room = usize::from(end.saturating_sub(x)).max(1);
    let input = &compose.fields[field];
    write(buffer, (x, y), shown(input, room), room, Style::new());
    if input.value().is_empty() && field != compose.at {
        write(buffer, (x, y), fit(&compose.form_of(field, ui), room), room, theme.quiet());
    }
    (x + u16::try_from(scrolled(input, room).caret_cols).unwrap_or(0)).min(end.saturating_sub(1))
}

fn heading(model: &Model, compose: &Compose) -> String {
    let ui = model.view.ui;
    let most = usize::from(model.size.cols);
    let what = match &compose.asks {
        Asks::Note(kind) => {
            let kind = kind.label(ui);
            ui.pick(format!("笔记（{kind}）"), format!("note ({kind})"))
        }
        Asks::EditNote(_) => ui.pick("修改笔记", "edit the note").to_owned(),
        Asks::Share => ui.pick("进度0–100", "progress 0–100").to_owned(),
        Asks::Until => ui.pick("搁置到哪天", "bury until").to_owned(),
        Asks::Settlement => ui.pick("分歧如何解决", "how it was settled").to_owned(),
        Asks::Reason(Some(state)) | Asks::Decision(state) => {
            let state = describe::state(*state, ui);
            ui.pick(
                format!("{state}：理由？（Enter 可略过）"),
                format!("{state}: why? (Enter leaves it out)"),
            )
        }
        Asks::Reason(None) => ui.pick("理由？", "why?").to_owned(),
        Asks::Value => ui.pick("观测值", "observed value").to_owned(),
        Asks::ExportTo(format) => {
            ui.pick(format!("{} 写入文件", format.word()), format!("write {} to the file", format.word()))
        }
        Asks::SeriesBreak => ui.pick("口径变化，自", "series break after").to_owned(),
        Asks::RenameTag(tag) => {
            let tag = line_within(tag, most);
            ui.pick(format!("标签 {tag} 改名为"), format!("another name for the tag {tag}"))
        }
    };
    let title = compose.here.node.map(|node| {
        let title = model.plan().tree.node(node).title.get_or_first(model.view.show.main());
        format!(" · {}", line_within(title.text, most))
    });
    let name = line_within(&compose.here.name, most);
    match compose.asks {
        Asks::RenameTag(_) | Asks::ExportTo(_) => what,
        _ => format!("{what} · {name}{}", title.unwrap_or_default()),
    }
}
