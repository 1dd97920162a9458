//! The rules between header, panes and foot. The upper one says what the panes are, where the cursor is and
//! how far down; the lower one how much more there is.

use crate::plan::Role;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::model::Model;
use super::super::text::{cols, cut};
use super::super::theme::Theme;
use super::super::view::Focus;
use super::ink::{lines, rule, write};
use crate::plan::NodeId;

/// Ancestors that are named; a plan may be a hundred thousand levels deep.
const MAX_CRUMBS: usize = 3;

/// Draws the lines that part header, panes and foot.
pub fn draw(model: &Model, theme: Theme, buffer: &mut Buffer) {
    let panes = &model.panes;
    if model.size.lines <= 1 || panes.hints.y <= 1 {
        return;
    }
    let width = usize::from(model.size.cols);
    let ink = (model.view.glyphs, theme.quiet());
    let marks = lines(model.view.glyphs);
    let columns = panes.columns.as_ref().map(|(area, _)| *area);
    let body = columns.or(panes.row_head).or(panes.outline).or(panes.card).or(panes.page);
    let has_rules = panes.banner.or(body).map(|area| area.y) == Some(2);
    if has_rules {
        rule(buffer, (0, 1), width, ink);
        rule(buffer, (0, panes.hints.y - 1), width, ink);
    }
    if let (Some(_), Some(card), false) = (panes.outline, panes.card, panes.is_side_by_side()) {
        rule(buffer, (0, card.y - 1), width, ink);
    }
    let beside = panes.outline.filter(|_| panes.is_side_by_side());
    let middle = beside.map(|outline| outline.right() + 1);
    if let (Some(outline), Some(x)) = (beside, middle) {
        let top = panes.row_head.map_or(outline.y, |head| head.y);
        for y in top..outline.bottom() {
            write(buffer, (x, y), marks.upright, 1, theme.quiet());
        }
    }
    if !has_rules || panes.page.is_some() {
        return;
    }
    let width = model.size.cols;
    let outline_end = middle.unwrap_or(width);
    if panes.outline.is_some() {
        let stretch = Rect { x: 0, y: 1, width: outline_end, height: 1 };
        name_outline(model, theme, stretch, buffer);
    }
    if panes.card.is_some() {
        let x = if panes.outline.is_some() { middle.map_or(0, |x| x + 1) } else { 0 };
        if panes.outline.is_none() || middle.is_some() {
            name_card(model, theme, Rect { x, y: 1, width: width - x, height: 1 }, buffer);
            more_lines(model, theme, Rect { x, y: panes.hints.y - 1, width: width - x, height: 1 }, buffer);
        }
    }
    if let Some(x) = middle {
        write(buffer, (x, 1), marks.begins, 1, theme.quiet());
        write(buffer, (x, panes.hints.y - 1), marks.ends, 1, theme.quiet());
    }
}

fn name_outline(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let ui = model.view.ui;
    let cursor = model.outline.cursor();
    let rows = model.outline.rows().count() + model.outline.tail_rows();
    let place = if rows == 0 || model.find.is_flat() {
        String::new()
    } else {
        format!(" {}/{rows} ", cursor.row + 1)
    };
    let name = format!(" {} ", ui.pick("大纲", "Outline"));
    let at = put_name(model, theme, (&name, Focus::Outline), area, buffer);
    let room = usize::from(area.right().saturating_sub(at)).saturating_sub(cols(&place) + 3);
    let crumbs = crumbs(model, room.saturating_sub(3));
    if !crumbs.is_empty() {
        write(buffer, (at, area.y), format!("· {crumbs} "), room, theme.quiet());
    }
    put_at_end(theme, &place, area, buffer);
}

fn name_card(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let name = match model.review() {
        Some(_) => model.view.ui.pick("复核卡片", "Review card"),
        None => model.view.ui.pick("卡片", "Card"),
    };
    let at = put_name(model, theme, (&format!(" {name} "), Focus::Card), area, buffer);
    // Alone, the card has to say where it is.
    if model.panes.outline.is_none() && model.review().is_none() {
        let room = usize::from(area.right().saturating_sub(at)).saturating_sub(3);
        let crumbs = crumbs(model, room.saturating_sub(3));
        if !crumbs.is_empty() {
            write(buffer, (at, area.y), format!("· {crumbs} "), room, theme.quiet());
        }
    }
}

/// A pane's name near the left end of its stretch; in the colour of keys where it has them.
fn put_name(
    model: &Model,
    theme: Theme,
    (name, pane): (&str, Focus),
    area: Rect,
    buffer: &mut Buffer,
) -> u16 {
    let style = if model.focus == pane { theme.key() } else { theme.quiet() };
    let room = usize::from(area.width.saturating_sub(2));
    write(buffer, ((area.x + 1).min(area.right()), area.y), cut(name, room), room, style)
}

fn put_at_end(theme: Theme, text: &str, area: Rect, buffer: &mut Buffer) {
    let taken = u16::try_from(cols(text)).unwrap_or(area.width);
    if taken + 2 < area.width {
        write(buffer, (area.right() - taken - 1, area.y), text, taken.into(), theme.quiet());
    }
}

/// How many lines of the card are below the pane.
fn more_lines(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let panes = &model.panes;
    let below = panes.lines.len().saturating_sub(model.card.top + panes.card_height());
    if below == 0 {
        return;
    }
    let ui = model.view.ui;
    let said = match (panes.lines_are_all, below) {
        (false, _) => ui.pick(" 下面还有 ".to_owned(), " more below ".to_owned()),
        (true, 1) => ui.pick(" 下面还有1行 ".to_owned(), " 1 more line ".to_owned()),
        (true, below) => ui.pick(format!(" 下面还有{below}行 "), format!(" {below} more lines ")),
    };
    put_at_end(theme, &said, area, buffer);
}

/// The way to the selected node from below its root: `a2 › Special education`. What does not fit is left out
/// at the front.
fn crumbs(model: &Model, max_cols: usize) -> String {
    let Some(id) = model.selected() else { return String::new() };
    let tree = &model.plan().tree;
    let way: Vec<NodeId> = tree.ancestors(id).take(MAX_CRUMBS).collect();
    // The root goes without saying, and a group is no step of the way.
    let is_root = |id: &NodeId| tree.node(*id).parent.is_none() || tree.node(*id).role == Role::Group;
    let mut shown: Vec<String> = Vec::new();
    let mut taken = 0;
    for id in way.iter().filter(|id| !is_root(id)) {
        let title = model.reader().title_within(*id, max_cols.min(28));
        let next = taken + cols(&title) + if shown.is_empty() { 0 } else { 3 };
        if next > max_cols {
            break;
        }
        taken = next;
        shown.push(title);
    }
    shown.reverse();
    shown.join(" › ")
}
