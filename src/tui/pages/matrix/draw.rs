//! The matrix: row titles and totals always in view, columns scrolled where they do not fit, the selected
//! cell in words, and the findings.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::page::PageReader;
use crate::plan::NodeId;
use crate::progress::MatrixCell;
use crate::text::{clean::line_within, clean::one_line};
use crate::tui::model::Model;
use crate::tui::pages::draw::clipped;
use crate::tui::pages::matrix::state::Crossed;
use crate::tui::pages::matrix::state::MatrixPage;
use crate::tui::text::{cols, cut, fit, right, wrap};
use crate::tui::theme::Theme;
use crate::tui::widgets::ink::write;

/// Narrowest and widest column, no column is cut below the third, and the gap before each.
const LEAST_COLS: u16 = 8;
const MOST_COLS: u16 = 18;
const CUT_COLS: u16 = 11;
const GAP_COLS: u16 = 1;

/// Narrowest column of row titles.
const LEAST_TITLE_COLS: u16 = 14;

const TOTAL_COLS: u16 = 6;

/// Lines of the summary, the total's row and the line above the foot.
const FIXED_LINES: u16 = 3;

/// Columns of the row titles: as the widest needs, within a quarter of the page.
fn title_cols(shown: &Crossed, reader: PageReader<'_>, width: u16) -> u16 {
    let most = (width / 4).max(LEAST_TITLE_COLS);
    let title = |row: &NodeId| cols(&reader.title_within(*row, most.into()));
    let needed = shown.crossing.rows.iter().map(title).max().unwrap_or(0);
    u16::try_from(needed).unwrap_or(u16::MAX).clamp(LEAST_TITLE_COLS, most)
}

fn head_lines(area: Rect) -> u16 {
    if area.height >= 18 { 2 } else { 1 }
}

fn detail_lines(area: Rect) -> u16 {
    if area.height >= 18 { 2 } else { 1 }
}

fn finding_lines(shown: &Crossed, area: Rect) -> u16 {
    let all = shown.crossing.empty_rows().count() + shown.crossing.empty_columns().count();
    u16::try_from(all).unwrap_or(u16::MAX).min(area.height / 4)
}

fn shown(page: &MatrixPage) -> Option<&Crossed> {
    page.crossed.as_ref()?.get(page.pair)
}

/// Rows of cells that show at once.
pub fn rows(page: &MatrixPage, area: Rect) -> usize {
    let findings = shown(page).map_or(0, |shown| finding_lines(shown, area));
    let around = FIXED_LINES + head_lines(area) + detail_lines(area) + findings;
    usize::from(area.height.saturating_sub(around).max(1))
}

/// Columns that each column takes: as its title and its widest cell need where all find room, else as little
/// as lets the cells be read.
fn widths(shown: &Crossed, reader: PageReader<'_>, room: u16) -> Vec<u16> {
    let cells = |column: usize| shown.crossing.cells.iter().filter_map(move |row| row.get(column));
    let cols16 = |count: usize| u16::try_from(count).unwrap_or(MOST_COLS);
    let by_cells: Vec<u16> = (0..shown.crossing.columns.len())
        .map(|column| cols16(cells(column).map(|cell| cols(&cell.short())).max().unwrap_or(0)))
        .collect();
    let titles: Vec<u16> = shown
        .crossing
        .columns
        .iter()
        .map(|node| cols16(cols(&reader.title_within(*node, MOST_COLS.into()))))
        .collect();
    let with_titles = |most: u16| -> Vec<u16> {
        let both = by_cells.iter().zip(&titles);
        both.map(|(cell, title)| (*cell).max((*title).min(most)).clamp(LEAST_COLS, MOST_COLS)).collect()
    };
    let cut_to =
        |most: u16| -> Vec<u16> { by_cells.iter().map(|cols| (*cols).clamp(LEAST_COLS, most)).collect() };
    let fits = |widths: &Vec<u16>| widths.iter().map(|width| width + GAP_COLS).sum::<u16>() <= room;
    (LEAST_COLS..=MOST_COLS)
        .rev()
        .map(with_titles)
        .find(fits)
        .or_else(|| (CUT_COLS..=MOST_COLS).rev().map(cut_to).find(fits))
        .unwrap_or_else(|| cut_to(MOST_COLS))
}

/// Columns of the terminal for all columns.
fn room(title_cols: u16, area: Rect) -> u16 {
    area.width.saturating_sub(title_cols + TOTAL_COLS + GAP_COLS)
}

/// Scrolls as little as keeps the selected cell in view.
pub fn keep_in_view(page: &mut MatrixPage, reader: PageReader<'_>, area: Rect) {
    let height = rows(page, area);
    let titles = shown(page).map_or(0, |shown| title_cols(shown, reader, area.width));
    let room = room(titles, area);
    let Some(widths) = shown(page).map(|shown| widths(shown, reader, room)) else { return };
    let ((row, column), (top, first)) = (page.at, page.from);
    let needed =
        |first: usize| widths.iter().take(column + 1).skip(first).map(|width| width + GAP_COLS).sum::<u16>();
    let rest = |first: usize| widths.iter().skip(first).map(|width| width + GAP_COLS).sum::<u16>();
    let mut first = first.min(column);
    while first < column && needed(first) > room {
        first += 1;
    }
    while first > 0 && rest(first - 1) <= room {
        first -= 1;
    }
    page.from = (top.clamp((row + 1).saturating_sub(height), row), first);
}

/// Columns in view: index, where it begins, how wide it is.
fn places(shown: &Crossed, reader: PageReader<'_>, first: usize, area: Rect) -> Vec<(usize, u16, u16)> {
    let end = area.right().saturating_sub(TOTAL_COLS + GAP_COLS);
    let titles = title_cols(shown, reader, area.width);
    let mut x = area.x + titles;
    let mut places = Vec::new();
    for (column, width) in widths(shown, reader, room(titles, area)).into_iter().enumerate().skip(first) {
        let start = x + GAP_COLS;
        // The first stands whatever room there is.
        if start + width > end && column > first {
            break;
        }
        let width = width.min(end.saturating_sub(start));
        places.push((column, start, width));
        x = start + width;
    }
    places
}

/// Draws it; the selected cell has the terminal's cursor.
pub fn draw(
    model: &Model,
    page: &MatrixPage,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let ui = model.view.ui;
    let width = usize::from(area.width);
    let Some(shown) = shown(page) else {
        let waiting =
            ui.pick("矩阵 · 还在计算各节点状态…", "Matrix · still computing the state of every node…");
        write(buffer, (area.x, area.y), fit(waiting, width), width, theme.heading());
        return None;
    };
    let places = places(shown, model.reader(), page.from.1, area);
    let summary = summary(model, page, shown, places.len());
    write(buffer, (area.x, area.y), fit(&summary, width), width, theme.heading());
    head(model, page, shown, &places, theme, area, buffer);
    let first = area.y + 1 + head_lines(area);
    let titles = usize::from(title_cols(shown, model.reader(), area.width));
    let mut at = None;
    let mut y = first;
    for (row, node) in shown.crossing.rows.iter().enumerate().skip(page.from.0).take(rows(page, area)) {
        let style = if row == page.at.0 { theme.heading() } else { Style::new() };
        write(buffer, (area.x, y), fit(&model.reader().title_within(*node, titles), titles), titles, style);
        for (column, x, cell_cols) in &places {
            let Some(cell) = shown.cell((row, *column)) else { continue };
            put_cell(cell, theme, Rect::new(*x, y, *cell_cols, 1), buffer);
            if (row, *column) == page.at {
                buffer.set_style(Rect::new(*x, y, *cell_cols, 1), theme.selected());
                at = Some(Position::new(*x, y));
            }
        }
        total(shown.row_totals.get(row), theme, area, y, buffer);
        y += 1;
    }
    write(buffer, (area.x, y), fit(ui.pick("合计", "total"), titles), titles, theme.quiet());
    for (column, x, cell_cols) in &places {
        let count = shown.column_totals.get(*column).map_or(0, |cell| cell.nodes.len());
        write(buffer, (*x, y), count.to_string(), usize::from(*cell_cols), theme.quiet());
    }
    foot(
        model,
        page,
        shown,
        theme,
        Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area },
        buffer,
    );
    at
}

fn summary(model: &Model, page: &MatrixPage, shown: &Crossed, in_view: usize) -> String {
    let ui = model.view.ui;
    let width = usize::from(model.size.cols);
    let label =
        |level| line_within(&model.reader().word(&model.plan().level(level).label), width).into_owned();
    let (rows, columns) = (label(shown.levels.0), label(shown.levels.1));
    let pairs = page.crossed.as_ref().map_or(1, Vec::len);
    let pair = if pairs > 1 { format!(" · {}/{pairs}", page.pair + 1) } else { String::new() };
    let all = shown.crossing.columns.len();
    let (from, to) = (page.from.1 + 1, page.from.1 + in_view);
    let view = if in_view < all {
        ui.pick(format!(" · 第{from}–{to}列，共{all}列"), format!(" · columns {from}–{to} of {all}"))
    } else {
        String::new()
    };
    ui.pick(
        format!("矩阵 {rows} × {columns}{pair}{view} · 格内：已判断/项数"),
        format!("Matrix {rows} × {columns}{pair}{view} · in the cells: judged/all"),
    )
}

/// The columns' titles, in one line or two.
fn head(
    model: &Model,
    page: &MatrixPage,
    shown: &Crossed,
    places: &[(usize, u16, u16)],
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) {
    let ui = model.view.ui;
    let lines = head_lines(area);
    for (column, x, width) in places {
        let Some(node) = shown.crossing.columns.get(*column) else { continue };
        let style = if *column == page.at.1 { theme.heading() } else { theme.quiet() };
        let width = usize::from(*width);
        let title = model.reader().title_within(*node, 2 * width);
        // The last line has what is left, cut; a title of one line stands on it.
        let first = wrap(&title, width).into_iter().next().unwrap_or_default();
        let rest = title.strip_prefix(first.as_str()).map_or("", str::trim_start);
        let texts = match (lines, rest) {
            (1, _) => vec![title.as_str()],
            (_, "") => vec!["", title.as_str()],
            _ => vec![first.as_str(), rest],
        };
        for (text, y) in texts.into_iter().zip(area.y + 1..) {
            write(buffer, (*x, y), cut(text, width), width, style);
        }
    }
    let x = area.right().saturating_sub(TOTAL_COLS);
    let label = right(ui.pick("合计", "total"), TOTAL_COLS.into());
    write(buffer, (x, area.y + lines), label, TOTAL_COLS.into(), theme.quiet());
}

/// A cell: how many of its nodes are judged and how many there are, in the colour of the worst verdict.
fn put_cell(cell: &MatrixCell, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let worst =
        cell.by_state.worst_first().into_iter().map(|(state, _)| state).find(|state| state.is_verdict());
    let style = worst.map_or(theme.quiet(), |state| theme.state(state));
    write(buffer, (area.x, area.y), cut(&cell.short(), width), width, style);
}

fn total(cell: Option<&MatrixCell>, theme: Theme, area: Rect, y: u16, buffer: &mut Buffer) {
    let text = right(&cell.map_or(0, |cell| cell.nodes.len()).to_string(), TOTAL_COLS.into());
    write(buffer, (area.right().saturating_sub(TOTAL_COLS), y), text, TOTAL_COLS.into(), theme.quiet());
}

/// The selected cell in words, then what is linked with nothing.
fn foot(model: &Model, page: &MatrixPage, shown: &Crossed, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let ui = model.view.ui;
    let width = usize::from(area.width);
    let whole = model.panes.page.unwrap_or(area);
    let mut y = area.y;
    if let (Some(cell), Some((row, column))) = (shown.cell(page.at), shown.ends(page.at)) {
        let reader = model.reader();
        let room = width * usize::from(detail_lines(whole));
        let ends = format!("{} × {}", reader.title_within(row, room), reader.title_within(column, room));
        let said = reader.crossing_cell(cell).first().map(|one| one.text.clone()).unwrap_or_default();
        for line in clipped(&one_line(&format!("{ends} · {said}")), width, detail_lines(whole)) {
            write(buffer, (area.x, y), line, width, Style::new());
            y += 1;
        }
    }
    let room = usize::from(finding_lines(shown, whole)).min(usize::from(area.bottom().saturating_sub(y)));
    let findings = model.reader().findings(&shown.crossing, shown.levels);
    for (index, finding) in findings.iter().take(room).enumerate() {
        let more = findings.len() - index;
        let text = if index + 1 == room && more > 1 {
            ui.pick(
                format!("… 另有{more}条发现：plan158 matrix"),
                format!("… {more} more findings: plan158 matrix"),
            )
        } else {
            format!("! {}", finding.first().map_or("", |one| &one.text))
        };
        write(buffer, (area.x, y), line_within(&text, width), width, theme.trouble());
        y += 1;
    }
}
