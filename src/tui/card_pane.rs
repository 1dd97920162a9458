//! What stands in the card's pane, its lines, and how it keeps its place.

use ratatui::layout::Rect;

use super::card_window::Anchor;
use super::glance;
use super::layout::Panes;
use super::message::Size;
use super::model::{Model, View};
use super::pages::Page;
use super::widgets::content::Content;
use super::widgets::pages;
use crate::chart::Drawing;
use crate::page::Card;
use crate::plan::NodeId;
use crate::progress::time;

/// Lines are no wider than this: longer ones are hard to read.
const MAX_EXPLAIN_COLS: u16 = 100;

/// So many panes of lines are there from the first that shows: a key that scrolls by a pane finds lines below, and so does the cursor.
const PANES_NEEDED: usize = 2;

/// So many are laid out where there are fewer.
const PANES_AHEAD: usize = 4;

/// Lays out the lines of the card's pane. Those that there are stay where nothing they are laid out from has changed. However long a text
/// is, no more of it is laid out than can be seen, and what is above it: each time one gets to their end, twice as many lines.
pub fn lay_out(model: &mut Model, panes: &mut Panes, area: Rect) {
    let content = pages::content(model).or_else(|| card_content(model, area));
    panes.content = content.map(|content| (content, model.view.ui, area));
    let is_unchanged = panes.content == model.panes.content;
    let down_to = |panes: usize| model.card.top.saturating_add(panes * usize::from(area.height));
    if is_unchanged {
        panes.lines = std::mem::take(&mut model.panes.lines);
        panes.lines_are_all = model.panes.lines_are_all;
        if panes.lines_are_all || panes.lines.len() >= down_to(PANES_NEEDED) {
            return;
        }
    }
    let mut most = down_to(PANES_AHEAD).max(2 * panes.lines.len());
    let Some((content, ui, area)) = &panes.content else { return };
    loop {
        let found = content.lay_out(*ui, *area, most);
        (panes.lines, panes.lines_are_all) = (found.lines, found.are_all);
        let is_cursor_on = |anchor: &Anchor| anchor.is_on(&panes.lines, &model.plan().tree);
        if panes.lines_are_all || model.card.on.as_ref().is_none_or(is_cursor_on) {
            return;
        }
        most = most.saturating_mul(4);
    }
}

/// The card of what is under the cursor, or the explanation over it.
fn card_content(model: &mut Model, area: Rect) -> Option<Content> {
    if let Some(Page::Explain(page)) = model.pages.last() {
        let card = model.reader().explain(page.node, model.people(), model.states()?);
        return Some(Content::Card(card, None, MAX_EXPLAIN_COLS));
    }
    let dashboard = glance::follow(model);
    let mut card = card(model)?;
    match (dashboard, model.states()) {
        (Some(dashboard), Some(states)) => {
            card.sections.splice(0..0, model.reader().dashboard_sections(&dashboard, states));
        }
        (None, Some(states)) => model.reader().roll_up(&mut card, states),
        (_, None) => {}
    }
    let drawing = card.node.and_then(|node| drawing(model, node, area));
    Some(Content::Card(card, drawing, u16::MAX))
}

/// Columns and lines of a card's pane from which a metric's chart has room besides its dial.
const LEAST_CHART: Size = Size { cols: 40, lines: 18 };

/// Dial and chart of a metric's verdict.
fn drawing(model: &Model, node: NodeId, area: Rect) -> Option<Drawing> {
    let found = model.judge().assess(node, &model.added(node))?;
    let has_room = area.width >= LEAST_CHART.cols && area.height >= LEAST_CHART.lines;
    let rows = if has_room { usize::from(area.height / 3).clamp(6, 12) } else { 0 };
    let today = time::day_years(model.as_of().day());
    let View { ui, glyphs, .. } = model.view;
    Some(Drawing::new(model.plan(), &found, today, (usize::from(area.width), rows), (glyphs, ui)))
}

/// The card of what is under the cursor.
pub fn card(model: &Model) -> Option<Card> {
    match (model.selected(), model.selected_orphan(), model.people()) {
        (Some(node), ..) => Some(model.reader().card_of(node, model.people())),
        (None, Some(orphan), Some(people)) => Some(model.reader().orphan(orphan, people)),
        _ => None,
    }
}

/// Lets what the card's cursor stands on stay where it is on screen when its line changes, and in view where it was in view.
pub fn keep_in_place(model: &mut Model, (anchored, height): (Option<(Anchor, usize)>, usize)) {
    if model.panes.card.is_none() {
        return;
    }
    let now = model.card.on.clone().zip(model.card_line());
    if let (Some((old, was)), Some((new, is))) = (anchored, &now)
        && old == *new
    {
        let was_in_view = (model.card.top..model.card.top + height).contains(&was);
        model.card.top = (model.card.top + is).saturating_sub(was);
        if was_in_view {
            let height = model.panes.card_height().max(1);
            model.card.top = model.card.top.clamp((is + 1).saturating_sub(height), *is);
        }
    }
    model.panes.anchored = now;
    if let Some(last) = model.panes.last_card_top() {
        model.card.top = model.card.top.min(last);
    }
}
