//! The line of a search or filter: what is typed, how much of what it found, and what it could not
//! understand, at its place.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::finding::{Arrangement, Asking, Completing, Prompt};
use super::super::model::Model;
use super::super::panes::ROOMY_LINES;
use super::super::text::{Grapheme, Scrolled, cols, cols_up_to, cut, fit, pieces, right, scrolled};
use super::super::theme::Theme;
use super::frame::standing;
use super::ink::put;
use super::ink::write;
use crate::find::query::PartKind;
use crate::text::{Bilingual, Ui};
use crate::text::{clean::line_within, clean::one_line};

/// The spinner's steps.
const SPINNER: [&str; 8] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧"];

/// Columns of the scope's name that the arrangement leaves it.
const LEAST_SCOPE_COLS: usize = 8;

/// Draws the line in the header's place; returns where its caret stands.
pub fn draw(model: &Model, prompt: &Prompt, theme: Theme, buffer: &mut Buffer) -> Position {
    let area = model.panes.header;
    let width = usize::from(area.width);
    let tail = tail_that_fits(model, prompt);
    let tail_cols = cols(&tail);
    let tail_x = area.x + area.width - u16::try_from(tail_cols).unwrap_or(0);
    write(buffer, (area.x, area.y), fit("", width), width, Style::new());
    write(buffer, (tail_x, area.y), &tail, tail_cols, theme.quiet());
    let end = tail_x.saturating_sub(2);
    put(buffer, &mut { area.x }, area.y, end, lead(prompt, model.view.ui), theme.key());
    let text = text_area(model, prompt, tail_cols);
    let scrolled = scroll(prompt, text);
    draw_text(prompt, scrolled.from, text, theme, buffer);
    Position::new((text.x + u16::try_from(scrolled.caret_cols).unwrap_or(0)).min(end), area.y)
}

/// What is typed comes first, but the tail keeps half of the line.
fn tail_that_fits(model: &Model, prompt: &Prompt) -> String {
    let width = usize::from(model.panes.header.width);
    let typed = cols(lead(prompt, model.view.ui)) + cols_up_to(prompt.input.value(), width) + 4;
    tail(model, prompt, width.saturating_sub(typed).clamp(width / 2, width * 3 / 4))
}

/// Where the line's text stands, between its lead and its tail.
fn text_area(model: &Model, prompt: &Prompt, tail_cols: usize) -> Rect {
    let area = model.panes.header;
    let cols16 = |cols: usize| u16::try_from(cols).unwrap_or(u16::MAX);
    let x = area.x.saturating_add(cols16(cols(lead(prompt, model.view.ui))));
    let end = (area.x + area.width).saturating_sub(cols16(tail_cols).saturating_add(2));
    Rect { x, width: end.saturating_sub(x), height: 1, ..area }
}

fn lead(prompt: &Prompt, ui: Ui) -> &'static str {
    match prompt.asking {
        Asking::Search => "› ",
        Asking::Filter => ui.pick("筛选 › ", "filter › "),
        Asking::LensName => ui.pick("常用筛选名称 › ", "lens name › "),
    }
}

/// What of the line is scrolled out at the left, so that the caret shows.
fn scroll(prompt: &Prompt, area: Rect) -> Scrolled {
    scrolled(&prompt.input, usize::from(area.width).max(2))
}

/// The visible part of the line, names of fields and problems told apart.
fn draw_text(prompt: &Prompt, from: usize, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let (mut column, mut byte) = (0, from);
    for Grapheme { text, cols } in pieces(&prompt.input.value()[from..]) {
        if column + cols > usize::from(area.width) {
            break;
        }
        let kind = prompt.query.parts.iter().find(|part| part.bytes.contains(&byte));
        let style = match kind.map(|part| part.kind) {
            Some(PartKind::Problem) => theme.trouble().underlined(),
            Some(PartKind::FieldName | PartKind::Or) => theme.mark(),
            _ => Style::new(),
        };
        let x = area.x + u16::try_from(column).unwrap_or(0);
        write(buffer, (x, area.y), one_line(text), cols.max(1), style);
        (column, byte) = (column + cols, byte + text.len());
    }
}

/// How many matches, of how many nodes, in what: `14 / 163 · 职业教育… · 树`.
fn tail(model: &Model, prompt: &Prompt, max_cols: usize) -> String {
    let ui = model.view.ui;
    let spin = model.find.spin.map(|step| format!("{} ", SPINNER[step % SPINNER.len()])).unwrap_or_default();
    let all = model.nodes_in_scope().len();
    let count = match &prompt.answer {
        Some(answer) => format!("{spin}{} / {all}", answer.sieve.matched().len()),
        None => format!("{spin}{all}"),
    };
    if prompt.asking == Asking::LensName {
        return String::new();
    }
    let lang = model.view.show.main();
    let plan = model.plan();
    let scope = match model.outline.scope() {
        Some(scope) => {
            line_within(plan.tree.node(scope).title.get_or_first(lang).text, max_cols).into_owned()
        }
        None => ui.pick("整个规划", "whole plan").to_owned(),
    };
    let arrangement = match (prompt.asking, prompt.arrangement) {
        (Asking::Search, Arrangement::Tree) => Some(ui.pick("树", "tree")),
        (Asking::Search, Arrangement::Flat) => Some(ui.pick("平铺", "flat")),
        _ => None,
    };
    let filter = (prompt.asking == Asking::Search).then(|| standing(model, max_cols / 2)).flatten();
    // The arrangement gives way first, then part of the scope.
    let arrangement = arrangement.map(str::to_owned);
    let fixed = |ends: &[&Option<String>]| -> usize {
        let ends = ends.iter().filter_map(|end| end.as_ref());
        cols(&count) + ends.map(|end| cols(end) + 3).sum::<usize>() + 3
    };
    let all_fits = fixed(&[&filter, &arrangement]) + cols(&scope).min(LEAST_SCOPE_COLS) <= max_cols;
    let arrangement = arrangement.filter(|_| all_fits);
    let room = max_cols.saturating_sub(fixed(&[&filter, &arrangement]));
    let scope = cut(&scope, room).into_owned();
    let whole: Vec<String> = [count, scope].into_iter().chain(filter).chain(arrangement).collect();
    cut(&whole.join(" · "), max_cols).into_owned()
}

/// What `Tab` offers, or what was not understood: below its place where there is a line for it, else in place
/// of the hints.
pub fn help(model: &Model, prompt: &Prompt, theme: Theme, buffer: &mut Buffer) {
    let ui = model.view.ui;
    if let Some(completing) = &prompt.completing {
        return suggestions(model, completing, theme, buffer);
    }
    let Some(problem) = prompt.query.problems.first().filter(|_| model.notice.is_none()) else { return };
    let width = model.panes.header.width;
    let said = line_within(problem.said.get(ui), width.into());
    if model.size.lines < ROOMY_LINES {
        let hints = model.panes.hints;
        let text = fit(&said, usize::from(hints.width));
        write(buffer, (hints.x, hints.y), text, usize::from(hints.width), theme.trouble());
        return;
    }
    let text = text_area(model, prompt, cols(&tail_that_fits(model, prompt)));
    let before = prompt.input.value().get(scroll(prompt, text).from..problem.bytes.start);
    let column = usize::from(text.x) + cols_up_to(before.unwrap_or_default(), width.into());
    let said = format!(" ^ {said} ");
    let column = column.saturating_sub(1).min(usize::from(width).saturating_sub(cols(&said)));
    let x = u16::try_from(column).unwrap_or(0);
    write(buffer, (x, 1), cut(&said, usize::from(width - x)), usize::from(width - x), theme.trouble());
}

/// Suggestions in the hints' place, the chosen one marked and in view.
fn suggestions(model: &Model, completing: &Completing, theme: Theme, buffer: &mut Buffer) {
    let area = model.panes.hints;
    let width = usize::from(area.width);
    write(buffer, (area.x, area.y), fit("", width), width, Style::new());
    let end = area.x + area.width;
    let count = format!(" {}/{}", completing.chosen + 1, completing.suggestions.len());
    let last = end.saturating_sub(u16::try_from(cols(&count)).unwrap_or(0));
    // As many before the chosen one as leave it in view.
    let shown = |said: &Bilingual, text: &str| {
        let meaning = line_within(said.get(model.view.ui), usize::from(area.width)).into_owned();
        let text = line_within(text, usize::from(area.width));
        if meaning == text { meaning } else { format!("{text} {meaning}") }
    };
    let width = |at: usize| {
        let suggestion = &completing.suggestions[at];
        cols(&shown(&suggestion.said, &suggestion.text)) + 3
    };
    let mut first = completing.chosen;
    let mut used = width(first);
    while first > 0 && used + width(first - 1) < usize::from(last) / 2 {
        first -= 1;
        used += width(first);
    }
    let mut x = area.x;
    for (at, suggestion) in completing.suggestions.iter().enumerate().skip(first) {
        if x + 3 >= last {
            break;
        }
        let style = if at == completing.chosen { theme.selected() } else { Style::new() };
        put(buffer, &mut x, area.y, last, &shown(&suggestion.said, &suggestion.text), style);
        x = (x + 3).min(last);
    }
    write(buffer, (last, area.y), right(&count, cols(&count)), cols(&count), theme.quiet());
}
