//! The timeline: a row a node, its title always in view, years to the right, what the signs mean at the foot.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::chart::timeline::{head, legend, row};
use crate::plan::NodeId;
use crate::plan::figure::{told, when};
use crate::progress::{Due, MarkKind, TimelineMark};
use crate::text::Ui;
use crate::text::{clean::line_within, clean::one_line};
use crate::tui::model::Model;
use crate::tui::pages::draw::clipped;
use crate::tui::pages::timeline::state::Drawn;
use crate::tui::pages::timeline::state::TimelinePage;
use crate::tui::text::{fit, wrap};
use crate::tui::theme::Theme;
use crate::tui::widgets::ink::{state_sign, write, write_row};

/// Lines above the rows: the summary and the years.
const HEAD_LINES: u16 = 2;

/// Columns of the title, and of the gap behind it.
fn title_cols(width: u16) -> u16 {
    (width / 3).clamp(22, 40).min(width)
}

/// Columns of the years.
pub fn track_cols(width: u16) -> usize {
    usize::from(width.saturating_sub(title_cols(width) + 1))
}

/// Lines of the legend: it is about 120 columns long.
fn legend_lines(width: u16) -> u16 {
    match width {
        120.. => 1,
        64.. => 2,
        _ => 3,
    }
}

/// Lines that tell of the selected row.
fn detail_lines(area: Rect) -> u16 {
    if area.height >= 18 { 2 } else { 1 }
}

/// Rows that show at once.
pub fn rows(area: Rect) -> usize {
    let around = HEAD_LINES + detail_lines(area) + legend_lines(area.width);
    usize::from(area.height.saturating_sub(around).max(1))
}

/// Draws it; the selected row has the terminal's cursor.
pub fn draw(
    model: &Model,
    page: &TimelinePage,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let ui = model.view.ui;
    let width = usize::from(area.width);
    let Some(drawn) = &page.drawn else {
        let waiting =
            ui.pick("时间表 · 还在计算各节点状态…", "Timeline · still computing the state of every node…");
        write(buffer, (area.x, area.y), fit(waiting, width), width, theme.heading());
        return None;
    };
    let track = track_cols(area.width);
    let years = drawn.years(page.first, track);
    let x = area.x + title_cols(area.width) + 1;
    write(
        buffer,
        (area.x, area.y),
        fit(&summary(drawn, (years.first, years.last), ui), width),
        width,
        theme.heading(),
    );
    write_row(buffer, (x, area.y + 1), &head(years, track), theme);
    let height = rows(area);
    let mut at = None;
    let shown = drawn.found.rows.iter().enumerate().skip(page.window.top).take(height);
    for ((index, one), y) in shown.zip(area.y + HEAD_LINES..) {
        title(model, theme, one.node, Rect { y, width: title_cols(area.width), height: 1, ..area }, buffer);
        write_row(buffer, (x, y), &row(one, drawn.found.today, years, track, model.view.glyphs), theme);
        if index == page.window.at {
            buffer.set_style(Rect { y, height: 1, ..area }, theme.selected());
            at = Some(Position::new(area.x, y));
        }
    }
    foot(model, page, drawn, theme, area, buffer);
    at
}

fn summary(drawn: &Drawn, (first, last): (i16, i16), ui: Ui) -> String {
    let Drawn { left_out, soon, overdue, found, .. } = drawn;
    let rows = found.rows.len();
    ui.pick(
        format!("时间表 {first}–{last} · {rows}行 · 一年内到期{soon} · 逾期{overdue} · 另有{left_out}个节点没有时间"),
        format!("Timeline {first}–{last} · {rows} rows · due within a year {soon} · overdue {overdue} · {left_out} nodes have nothing in time"),
    )
}

fn title(model: &Model, theme: Theme, node: NodeId, area: Rect, buffer: &mut Buffer) {
    let state = model.state(node);
    let plan = model.plan();
    let x = write(buffer, (area.x, area.y), state_sign(state, &model.view), 2, theme.state(state))
        .max(area.x + 2)
        + 1;
    let mark = line_within(plan.level(plan.tree.node(node).level).mark_in(model.view.show.main()), 3);
    let x = write(buffer, (x, area.y), &mark, 3, theme.mark()) + 1;
    let room = usize::from((area.x + area.width).saturating_sub(x));
    write(buffer, (x, area.y), fit(&model.reader().title_within(node, room), room), room, Style::new());
}

/// What the selected row says, in words, and the legend.
fn foot(model: &Model, page: &TimelinePage, drawn: &Drawn, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let ui = model.view.ui;
    let width = usize::from(area.width);
    let legend_at = area.bottom().saturating_sub(legend_lines(area.width));
    let legend = legend(model.view.glyphs, ui);
    for (line, y) in wrap(&legend, width).iter().zip(legend_at..area.bottom()) {
        write(buffer, (area.x, y), line, width, theme.quiet());
    }
    let Some(selected) = drawn.found.rows.get(page.window.at) else { return };
    let state = model.state(selected.node);
    let room = width * usize::from(detail_lines(area));
    let mut parts = vec![model.reader().title_within(selected.node, room), state.signed(ui)];
    if let Some(span) = model.plan().tree.node(selected.node).period() {
        let due = selected.due.map(|due| due_word(due, ui)).unwrap_or_default();
        let (start, end) = (span.start, span.end);
        parts.push(format!("{} {start}–{end}{due}", ui.pick("期间", "period")));
    }
    parts.extend(selected.marks.iter().map(|mark| said(mark, ui)));
    let lines = detail_lines(area);
    let text = clipped(&one_line(&parts.join(" · ")), width, lines);
    for (line, y) in text.iter().zip(legend_at.saturating_sub(lines)..) {
        write(buffer, (area.x, y), line, width, Style::new());
    }
}

fn said(mark: &TimelineMark, ui: Ui) -> String {
    let kind = match mark.kind {
        MarkKind::Baseline => ui.pick("基期", "baseline"),
        MarkKind::Observed => ui.pick("实际", "actual"),
        MarkKind::Checkpoint => ui.pick("阶段目标", "checkpoint"),
        MarkKind::Target => ui.pick("目标", "target"),
    };
    let value =
        mark.reading.map(|reading| format!(" {}", told(reading.written(), 4, ui))).unwrap_or_default();
    format!("{kind} {}{value}{}", when(mark.when, ui), due_word(mark.due, ui))
}

/// How a date stands to today, in brackets; nothing for what simply happened or lies far ahead.
fn due_word(due: Due, ui: Ui) -> &'static str {
    match due {
        Due::Past | Due::Later => "",
        Due::Met => ui.pick("（已达成）", " (met)"),
        Due::Overdue => ui.pick("（逾期）", " (overdue)"),
        Due::Unreported => ui.pick("（到期未报数）", " (due, no figure)"),
        Due::WithinYear => ui.pick("（一年内到期）", " (due within a year)"),
    }
}
