//! Where everything stands on screen. Remade after each message, so that drawing and the mouse agree and change nothing.

use ratatui::layout::Rect;

use super::card_pane;
use super::card_window::Anchor;
use super::columns::Shown;
use super::marks::Marks;
use super::message::{Cell, Size};
use super::model::{Focus, Freshness, Model, View};
use super::pages::Page;
use super::widgets::content::Content;
use super::widgets::pages;
use crate::page::terminal::StyledLine;

use crate::outline::OutlineAction;
use crate::page::PageReader;
use crate::plan::NodeId;
use crate::text::Ui;

/// Below this many columns or lines there is only a message.
pub const SMALLEST: Size = Size { cols: 40, lines: 10 };

/// From this many columns on both panes show.
pub const WIDE_COLS: u16 = 100;

/// Lines of a screen from which a rule parts the hints from the body.
pub const ROOMY_LINES: u16 = 20;

/// Lines at the top of a list's frame before its first entry: border and filter, or border and title.
pub const LIST_HEAD_LINES: u16 = 2;

/// Columns of the outline's title from which two languages stand side by side.
const SIDE_BY_SIDE_COLS: u16 = 80;

/// Columns of the state at a row's right end: a gap, glyph, space, and a word of at most nine.
pub const STATE_COLS: u16 = 13;

/// How a row shows its title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowShape {
    #[default]
    One,
    /// Two, side by side.
    SideBySide,
    /// Two, below one another.
    Stacked,
}

impl RowShape {
    pub fn lines(self) -> u16 {
        match self {
            RowShape::One | RowShape::SideBySide => 1,
            RowShape::Stacked => 2,
        }
    }
}

/// What lies under a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The outline's row at so many rows from its top.
    Row(usize),
    /// The card's line at so many lines from its top.
    Card(usize),
    /// Something else.
    Elsewhere,
}

#[derive(Clone, Debug, Default)]
pub struct Panes {
    /// The terminal is too small for anything but saying so.
    pub too_small: bool,
    /// Plan, scope, languages, day.
    pub header: Rect,
    /// A line of warning, where there is one.
    pub banner: Option<Rect>,
    /// The outline, where it shows.
    pub outline: Option<Rect>,
    /// The columns of its rows, and where their headings stand.
    pub columns: Option<(Rect, Shown)>,
    /// How its rows show their titles.
    pub row_shape: RowShape,
    /// Columns of fold mark and indentation before the mark of each visible row are found by the row's depth; this is their start.
    pub card: Option<Rect>,
    pub page: Option<Rect>,
    /// Rows of its list that show at once.
    pub page_rows: usize,
    /// The keys that work now.
    pub hints: Rect,
    /// The card's lines from its top, laid out for its pane: what shows, and more below it.
    pub lines: Vec<StyledLine>,
    /// No line follows them.
    pub lines_are_all: bool,
    /// What they are laid out from, with the program's language and the pane.
    pub content: Option<(Content, Ui, Rect)>,
    /// Columns from the left at which each visible row's fold mark stands.
    pub fold_marks: Vec<u16>,
    /// What the card's cursor stood on when this was laid out, and on which line.
    pub anchored: Option<(Anchor, usize)>,
    /// The nodes whose rows are on screen.
    pub shown: Vec<NodeId>,
    pub marks: Marks,
}

impl Panes {
    pub fn is_wide(&self) -> bool {
        self.outline.is_some() && self.card.is_some()
    }

    /// Both panes show, one beside the other.
    pub fn is_side_by_side(&self) -> bool {
        self.outline.zip(self.card).is_some_and(|(outline, card)| outline.y == card.y)
    }

    /// Rows of the outline's pane.
    pub fn outline_height(&self) -> usize {
        self.outline.map_or(0, |area| usize::from(area.height / self.row_shape.lines()))
    }

    /// Lines of the card's pane.
    pub fn card_height(&self) -> usize {
        self.card.map_or(0, |area| usize::from(area.height))
    }

    /// The last line that can stand at the top of the card's pane; `None` where more lines follow those that are laid out.
    pub fn last_card_top(&self) -> Option<usize> {
        self.lines_are_all.then(|| self.lines.len().saturating_sub(self.card_height()))
    }

    /// The lines on which the card's links begin.
    pub fn card_links(&self) -> Vec<usize> {
        self.lines.iter().enumerate().filter(|(_, line)| line.target.is_some()).map(|(at, _)| at).collect()
    }

    /// Rows of the page's list that show at once.
    pub fn page_height(&self) -> usize {
        self.page_rows
    }

    /// What lies under a cell.
    pub fn spot(&self, cell: Cell) -> Spot {
        let inside = |area: Rect| area.contains((cell.col, cell.line).into());
        match (self.outline, self.card) {
            (Some(area), _) if inside(area) => {
                Spot::Row(usize::from((cell.line - area.y) / self.row_shape.lines()))
            }
            (_, Some(area)) if inside(area) => Spot::Card(usize::from(cell.line - area.y)),
            _ => Spot::Elsewhere,
        }
    }

    /// Whether a cell is a row's fold mark.
    pub fn is_fold_mark(&self, cell: Cell) -> bool {
        match self.spot(cell) {
            Spot::Row(row) => self.fold_marks.get(row) == Some(&cell.col),
            _ => false,
        }
    }
}

/// Columns of indentation a level of the tree takes.
pub const INDENT_COLS: u16 = 2;

/// Deepest indentation that is drawn, as a share of the pane: half of it.
pub fn indent_cols(depth: u32, pane_cols: u16) -> u16 {
    let wanted = depth.saturating_mul(u32::from(INDENT_COLS));
    u16::try_from(wanted).unwrap_or(u16::MAX).min(pane_cols / 2)
}

/// Places everything and tells the outline how many rows fit.
pub fn relayout(model: &mut Model) {
    // On a terminal too small for it everything is still laid out, so that no key acts on what was there before.
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
    let foot = pages::foot_lines(model);
    panes.hints = Rect::new(0, size.lines - foot, size.cols, foot);
    let body = Rect::new(0, top, size.cols, (size.lines - foot - rule).saturating_sub(top));
    place_panes(model, &mut panes, body);
    place_columns(model, &mut panes);
    if let Some(area) = panes.outline {
        let rows = usize::from(area.height / panes.row_shape.lines());
        let loaded = std::sync::Arc::clone(&model.loaded);
        // The window stays as it was while nothing of it shows, so that rows stand where they stood when the terminal grows again.
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
    let (Some(area), height) = (model.panes.page, model.panes.page_height()) else { return };
    let loaded = std::sync::Arc::clone(&model.loaded);
    let View { show, ui, rule, as_of, .. } = model.view;
    let reader = PageReader { plan: &loaded.plan, show, ui, rule, as_of };
    match model.pages.last_mut() {
        Some(Page::Matrix(page)) => pages::matrix::keep_in_view(page, reader, area),
        Some(Page::Timeline(page)) => {
            let rows = page.drawn.as_ref().map_or(0, |drawn| drawn.found.rows.len());
            page.window.select(page.window.at, rows, height);
        }
        Some(Page::History(page)) => {
            page.window.select(page.window.at, page.records.len(), height);
        }
        Some(Page::Export(page)) => {
            let lines = page.lines.as_ref().map_or(0, |lines| lines.len());
            page.top = page.top.min(lines.saturating_sub(height.max(1)));
        }
        _ => {}
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

fn place_panes(model: &Model, panes: &mut Panes, body: Rect) {
    // Columns want the width of both panes.
    let wide = body.width >= WIDE_COLS && (model.columns.is_none() || model.find.prompt.is_some());
    if let Some(Page::Explain(_)) = model.pages.last() {
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
fn place_page(page: &Page, panes: &mut Panes, body: Rect) {
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
    panes.page_rows = pages::rows(page, area);
}

fn row_shape(model: &Model, outline_cols: u16) -> RowShape {
    match model.view.show.second() {
        None => RowShape::One,
        Some(_) if model.columns.is_some() => RowShape::Stacked,
        Some(_) if outline_cols >= SIDE_BY_SIDE_COLS + STATE_COLS => RowShape::SideBySide,
        Some(_) => RowShape::Stacked,
    }
}

fn fold_marks(model: &Model, area: Rect, rows: usize) -> Vec<u16> {
    if model.find.is_flat() {
        return Vec::new();
    }
    let top = model.outline.cursor().top;
    let tree = &model.plan().tree;
    let mark = |id: &NodeId| area.x + indent_cols(model.outline.indent(tree, *id), area.width);
    model.outline.rows().slice(top..top + rows).iter().map(mark).collect()
}

/// The frame of a list over the views.
pub fn list_area(size: Size) -> Rect {
    let cols = size.cols.saturating_sub(4).min(88);
    let lines = size.lines.saturating_sub(2).min(28);
    Rect::new((size.cols - cols) / 2, (size.lines - lines) / 3, cols, lines)
}

/// Entries of a list that show at once.
pub fn list_height(size: Size) -> usize {
    usize::from(list_area(size).height.saturating_sub(LIST_HEAD_LINES + 2))
}
