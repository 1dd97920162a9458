//! Tables in columns, or row by row where they are too wide for that.

use super::line::{StyledSpan, first, said, spans};
use super::{StyledLine, TextStyle};
use crate::page::block::{Align, Line, Table};
use crate::text::clean::one_line;
use crate::text::columns::{cols, cols_up_to, cut, fit, reach, right};

/// Narrowest and widest first column.
const MIN_FIRST_COLS: usize = 12;
const MAX_FIRST_COLS: usize = 48;

/// No more of a cell than this is looked at.
const MAX_CELL_COLS: usize = 400;

/// Columns between two columns.
const GAP_COLS: usize = 2;

/// What a cell shows that says that there is nothing.
const NOTHING: &str = "·";

pub(super) fn draw(table: &Table, width_cols: usize) -> Vec<StyledLine> {
    let heads: Vec<String> = table.columns.iter().map(|words| one_line(&first(words)).into_owned()).collect();
    match first_cols(table, &heads, width_cols) {
        Some((first_cols, rest)) => in_columns(table, &heads, first_cols, &rest),
        None => row_by_row(table, &heads),
    }
}

fn text(line: &Line) -> String {
    one_line(reach(&said(line), MAX_CELL_COLS)).into_owned()
}

/// Columns of the first column and of the others; `None` where they do not fit.
fn first_cols(table: &Table, heads: &[String], width_cols: usize) -> Option<(usize, Vec<usize>)> {
    let firsts = table.rows.iter().filter_map(|row| row.first());
    let wanted = firsts.map(|line| cols_up_to(&text(line), MAX_FIRST_COLS)).max().unwrap_or(0);
    let width = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|line| cols(&text(line)));
        cells.max().unwrap_or(0).max(cols(&heads[at]))
    };
    let rest: Vec<usize> = (1..heads.len()).map(width).collect();
    let left = width_cols.saturating_sub(rest.iter().map(|width| width + GAP_COLS).sum());
    let wanted = wanted.max(cols_up_to(heads.first()?, MAX_FIRST_COLS));
    (left >= MIN_FIRST_COLS.min(wanted)).then(|| (wanted.min(left), rest))
}

fn in_columns(table: &Table, heads: &[String], first_cols: usize, rest: &[usize]) -> Vec<StyledLine> {
    let place = |text: &str, width: usize| match table.align {
        Align::Left => fit(text, width),
        Align::Right => right(text, width),
    };
    let mut lines = Vec::new();
    if heads.iter().any(|head| !head.is_empty()) {
        let others = heads.iter().skip(1).zip(rest).map(|(head, width)| format!("  {}", place(head, *width)));
        let head = fit(&heads[0], first_cols) + &others.collect::<String>();
        lines.push(StyledLine::new(TextStyle::Heading, head.trim_end()));
    }
    for row in &table.rows {
        let mut all: Vec<StyledSpan> =
            vec![(TextStyle::Plain, fit(&row.first().map(text).unwrap_or_default(), first_cols))];
        for (line, width) in row.iter().skip(1).zip(rest) {
            all.push((TextStyle::Plain, " ".repeat(GAP_COLS)));
            let fill = (TextStyle::Plain, " ".repeat(width.saturating_sub(cols(&text(line)))));
            let cell = spans(line, TextStyle::Plain, MAX_CELL_COLS);
            match table.align {
                Align::Left => all.extend(cell.into_iter().chain([fill])),
                Align::Right => all.extend(std::iter::once(fill).chain(cell)),
            }
        }
        lines.push(StyledLine { spans: without_end(all), target: None });
    }
    lines
}

/// Stretches without spaces at their end.
fn without_end(mut spans: Vec<StyledSpan>) -> Vec<StyledSpan> {
    while let Some((_, last)) = spans.last_mut() {
        last.truncate(last.trim_end().len());
        if !last.is_empty() {
            break;
        }
        spans.pop();
    }
    spans
}

/// A line for each row's first cell, and below it one for each other cell that says anything.
fn row_by_row(table: &Table, heads: &[String]) -> Vec<StyledLine> {
    let head_cols = heads.iter().skip(1).map(|head| cols(head)).max().unwrap_or(0);
    let mut lines = Vec::new();
    for row in &table.rows {
        lines.push(StyledLine::new(TextStyle::Heading, row.first().map(text).unwrap_or_default()));
        let cells = row.iter().zip(heads).skip(1);
        for (line, head) in cells.filter(|(line, _)| !matches!(&*text(line), "" | NOTHING)) {
            let gap = if head_cols == 0 { "" } else { "  " };
            let name = format!("  {}{gap}", fit(&cut(head, head_cols), head_cols));
            let all =
                std::iter::once((TextStyle::Plain, name)).chain(spans(line, TextStyle::Plain, MAX_CELL_COLS));
            lines.push(StyledLine { spans: all.collect(), target: None });
        }
    }
    lines
}
