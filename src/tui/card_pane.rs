//! What stands in the card's pane, its lines, and how it keeps its place.

use ratatui::layout::Rect;

use super::card_window::Anchor;
use super::content::Content;
use super::dashboard_cache;
use super::message::Size;
use super::model::Model;
use super::pages::draw as pages;
use super::pages::screen_page::ScreenPage;
use super::panes::Panes;
use crate::page::{self, terminal::Charts};
use crate::progress::States;

/// Lines are no wider than this: longer ones are hard to read.
const MAX_EXPLAIN_COLS: u16 = 100;

/// So many panes of lines are there from the first that shows: a key that scrolls by a pane finds lines
/// below, and so does the cursor.
const PANES_NEEDED: usize = 2;

/// So many are laid out where there are fewer.
const PANES_AHEAD: usize = 4;

/// Lays out the lines of the card's pane. Those that there are stay where nothing they are laid out from has
/// changed. However long a text is, no more of it is laid out than can be seen, and what is above it: each
/// time one gets to their end, twice as many lines.
pub fn lay_out(model: &mut Model, panes: &mut Panes, area: Rect) {
    let content = pages::content(model).or_else(|| card_content(model, area));
    panes.content = content.map(|content| (content, model.view.ui, area));
    let Some((content, ui, area)) = &panes.content else {
        panes.lines_are_all = true;
        return;
    };
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
    let glyphs = model.view.glyphs;
    if let Some(ScreenPage::Explain(page)) = model.pages.last() {
        let page = model.reader().explain(page.node, model.people(), model.states()?);
        return Some(Content::Card(page, MAX_EXPLAIN_COLS, Charts::None, glyphs));
    }
    let has_room = area.width >= LEAST_CHART.cols && area.height >= LEAST_CHART.lines;
    let rows = usize::from(area.height / 3).clamp(6, 12);
    let charts = if has_room { Charts::Rows(rows) } else { Charts::Dial };
    let dashboard = dashboard_cache::follow(model);
    let page = match (dashboard, model.states()) {
        (Some(dashboard), Some(states)) => {
            let mut page = card(model, None)?;
            page.sections.splice(0..0, model.reader().dashboard_sections(&dashboard, states));
            page
        }
        (_, states) => card(model, states)?,
    };
    Some(Content::Card(page, u16::MAX, charts, glyphs))
}

/// Columns and lines of a card's pane from which a metric's chart has room besides its dial.
const LEAST_CHART: Size = Size { cols: 40, lines: 18 };

/// The card of what is under the cursor; how what is below it stands only with every node's state.
pub fn card(model: &Model, states: Option<&States>) -> Option<page::Page> {
    match (model.selected(), model.selected_orphan(), model.people()) {
        (Some(node), ..) => Some(model.reader().node_page(node, model.people(), states)),
        (None, Some(orphan), Some(people)) => Some(model.reader().orphan_page(orphan, people)),
        _ => None,
    }
}

/// Lets what the card's cursor stands on stay where it is on screen when its line changes, and in view where
/// it was in view.
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
