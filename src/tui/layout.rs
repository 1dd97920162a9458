//! Where everything stands on screen. Remade after each message, so that drawing and the mouse agree and
//! change nothing.

use super::panes::{Panes, ROOMY_LINES, RowFit, RowShape, SMALLEST, STANDING_COLS, WIDE_COLS, indent_cols};
use ratatui::layout::Rect;

use super::card_pane;
use super::message::Size;
use super::model::Model;
use super::pages::page::joined;
use super::pages::review::draw::foot_lines;
use super::pages::screen_page::ScreenPage;
use super::view::{CardBeside, Focus, Freshness};

use crate::outline::OutlineAction;
use crate::plan::NodeId;

/// Columns of the outline's title from which two languages stand side by side.
const SIDE_BY_SIDE_COLS: u16 = 80;

/// A model as it is shown first.
pub fn laid_out(mut model: Model) -> Model {
    relayout(&mut model);
    model
}

/// Places everything and tells the outline how many rows fit.
pub fn relayout(model: &mut Model) {
    // On a terminal too small for it everything is still laid out, so that no key acts on what was there
    // before.
    let whole = model.size;
    let size = Size { cols: whole.cols.max(SMALLEST.cols), lines: whole.lines.max(SMALLEST.lines) };
    let mut panes = Panes { too_small: size != whole, ..Panes::default() };
    let banner = has_banner(model);
    let rule = u16::from(size.lines >= ROOMY_LINES);
    panes.header = Rect::new(0, 0, size.cols, 1);
    let mut top = 1 + rule;
    if banner {
        panes.banner = Some(Rect::new(0, top, size.cols, 1));
        top += 1;
    }
    let foot = if model.reviewing().is_some() { foot_lines(model) } else { 1 };
    panes.hints = Rect::new(0, size.lines - foot, size.cols, foot);
    let body = Rect::new(0, top, size.cols, (size.lines - foot - rule).saturating_sub(top));
    place_panes(model, &mut panes, body);
    place_columns(model, &mut panes);
    place_row_cells(model, &mut panes);
    if let Some(area) = panes.outline {
        let rows = usize::from(area.height / panes.row_shape.lines());
        let loaded = std::sync::Arc::clone(&model.loaded);
        // The window stays as it was while nothing of it shows, so that rows stand where they stood when the
        // terminal grows again.
        if !panes.too_small {
            model.outline.act(&loaded.plan.tree, OutlineAction::Height(rows));
            keep_list_on_screen(model, rows);
        }
        panes.fold_marks = fold_marks(model, area, rows);
        panes.shown = model.visible(rows).0;
        let marks = std::mem::take(&mut model.panes.marks);
        panes.marks = marks.remade(&loaded.plan, model.find.marked(), &panes.shown);
    }
    if let Some(area) = panes.card {
        card_pane::lay_out(model, &mut panes, area);
    }
    let before = (model.panes.anchored.take(), model.panes.card_height());
    model.panes = panes;
    card_pane::keep_in_place(model, before);
    keep_pages_in_view(model);
}

/// What is selected on a page stays on screen when that shrinks.
fn keep_pages_in_view(model: &mut Model) {
    let keys = model.pages.last().map(|page| joined(page).keys());
    if let (Some(area), Some(keys)) = (model.panes.page, keys) {
        (keys.keep_in_view)(model, area);
    }
}

fn has_banner(model: &Model) -> bool {
    matches!(model.freshness, Freshness::Stale(_)) || !model.loaded.diagnostics.is_empty()
}

/// A flat list keeps its selection on screen when the screen shrinks.
fn keep_list_on_screen(model: &mut Model, rows: usize) {
    let lines = model.flat_rows().count();
    if let Some(prompt) = &mut model.find.prompt {
        prompt.list.select(prompt.list.selected, lines, rows);
    }
}

/// Columns take a line for their headings from the outline.
fn place_columns(model: &mut Model, panes: &mut Panes) {
    let flat = model.find.is_flat();
    let all = model.reader().columns();
    let (Some(area), Some(columns), false) = (panes.outline, &mut model.columns, flat) else { return };
    let shown = columns.fit(&all, area.width);
    panes.columns = Some((Rect { height: 1, ..area }, shown));
    panes.outline = Some(Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area });
}

/// So do the headings of a row's cells, on a screen that has lines to spare.
fn place_row_cells(model: &Model, panes: &mut Panes) {
    let Some(area) = panes.outline.filter(|_| panes.columns.is_none()) else { return };
    panes.row_fit = RowFit::of(area.width);
    let is_roomy = model.size.lines >= ROOMY_LINES && panes.row_fit.value > 0 && panes.page.is_none();
    if is_roomy && !model.find.is_flat() {
        panes.row_head = Some(Rect { height: 1, ..area });
        panes.outline = Some(Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area });
    }
}

fn place_panes(model: &Model, panes: &mut Panes, body: Rect) {
    // Columns want the width of both panes.
    let is_beside = model.columns.is_none() && model.card_beside == CardBeside::Shown;
    let wide = body.width >= WIDE_COLS && (is_beside || model.find.prompt.is_some());
    if let Some(ScreenPage::Explain(_)) = model.pages.last() {
        panes.card = Some(body);
        return;
    }
    let page = model.pages.last();
    // A search over text in the card's pane needs the outline.
    let page = page.filter(|page| model.find.prompt.is_none() || !page.is_card());
    if let Some(page) = page {
        place_page(page, panes, body);
        panes.row_shape = row_shape(model, panes.outline.map_or(0, |area| area.width));
        return;
    }
    let outline_cols = if wide { body.width * 11 / 20 } else { body.width };
    if wide || model.focus == Focus::Outline {
        // A column of air before the line between the panes.
        panes.outline = Some(Rect { width: outline_cols - u16::from(wide), ..body });
    }
    if wide {
        let x = outline_cols + 2;
        panes.card = Some(Rect { x, width: body.width - x, ..body });
    } else if model.focus == Focus::Card {
        panes.card = Some(body);
    } else if model.find.is_flat() {
        // The list above, the card of its selected line below, a line between them.
        let lines = (body.height * 3 / 5).max(3);
        panes.outline = Some(Rect { height: lines, ..body });
        let y = body.y + lines + 1;
        panes.card = Some(Rect { y, height: (body.y + body.height).saturating_sub(y), ..body });
    }
    panes.row_shape = row_shape(model, outline_cols);
}

/// A page beside the outline: at its right, or where there is no room, above it.
fn place_page(page: &ScreenPage, panes: &mut Panes, body: Rect) {
    if page.is_card() {
        panes.card = Some(body);
        return;
    }
    let area = if !page.is_beside_outline() {
        body
    } else if body.width >= WIDE_COLS {
        let outline_cols = body.width * 11 / 20;
        panes.outline = Some(Rect { width: outline_cols - 1, ..body });
        let x = outline_cols + 2;
        Rect { x, width: body.width - x, ..body }
    } else {
        let lines = body.height / 2;
        let y = body.y + lines + 1;
        panes.outline = Some(Rect { y, height: (body.y + body.height).saturating_sub(y), ..body });
        Rect { height: lines, ..body }
    };
    panes.page = Some(area);
    panes.page_rows = joined(page).rows(area);
}

fn row_shape(model: &Model, outline_cols: u16) -> RowShape {
    match model.view.show.second() {
        None => RowShape::One,
        Some(_) if model.columns.is_some() => RowShape::Stacked,
        Some(_) if outline_cols >= SIDE_BY_SIDE_COLS + STANDING_COLS => RowShape::SideBySide,
        Some(_) => RowShape::Stacked,
    }
}

fn fold_marks(model: &Model, area: Rect, rows: usize) -> Vec<u16> {
    if model.find.is_flat() {
        return Vec::new();
    }
    let top = model.outline.cursor().top;
    let tree = &model.plan().tree;
    let mark =
        |id: &NodeId| area.x + indent_cols(model.outline.indent(tree, *id), tree.node(*id).role, area.width);
    model.outline.rows().slice(top..top + rows).iter().map(mark).collect()
}
