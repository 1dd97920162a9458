//! Levels crossed: moving over the cells, another pair of levels, and a cell as an outline with the way back.

use std::sync::Arc;

use crate::find::{JournalExtras, Query};
use crate::outline::{Outline, OutlineAction, SiblingDirection, Sieve};
use crate::page::PageReader;
use crate::text::Bilingual;
use crate::tui::actions::filter;
use crate::tui::command::{Call, Motion};
use crate::tui::effect::Effect;
use crate::tui::finding::{Answer, FromMatrix, StandingFilter};
use crate::tui::model::Model;
use crate::tui::pages::keys::{self as pages, TEXT};
use crate::tui::pages::keys::{come_back, here};
use crate::tui::pages::matrix::draw::keep_in_view;
use crate::tui::pages::matrix::state::MatrixPage;
use crate::tui::pages::matrix::state::crossed;
use crate::tui::pages::page::{PageChange, PageKeys};
use crate::tui::pages::screen_page::ScreenPage;
use crate::tui::view::{Focus, View};

/// Opens it, where the plan names one.
pub fn open(model: &mut Model) -> Vec<Effect> {
    if model.plan().matrix.is_none() {
        model.notice = Some(Bilingual::new(
            "该规划没有定出矩阵；`plan158 matrix --rows --columns` 可交叉任意两层",
            "the plan names no matrix; `plan158 matrix --rows --columns` crosses any two levels",
        ));
        return Vec::new();
    }
    // From one of its cells back to where one was.
    if model.pages.is_empty() && model.find.cell().is_some() {
        return come_back_to(model);
    }
    pages::open(model, ScreenPage::Matrix(MatrixPage::default()));
    refresh(model);
    let too_large = matches!(model.pages.last(), Some(ScreenPage::Matrix(page)) if page.crossed.is_none());
    if too_large && model.states().is_some() {
        pages::leave(model);
        model.notice = Some(Bilingual::new(
            "矩阵的单元格太多，屏幕上看不了；`plan158 matrix --json` 给出全部",
            "the matrix has too many cells for a screen; `plan158 matrix --json` gives all",
        ));
    }
    Vec::new()
}

/// Crosses again, as soon as every node's state is known.
pub fn refresh(model: &mut Model) {
    let Some(at) = model.pages.iter().position(|page| matches!(page, ScreenPage::Matrix(_))) else { return };
    let Some(crossed) = model.states().and_then(|states| crossed(model.plan(), states)) else { return };
    let Some(ScreenPage::Matrix(page)) = model.pages.get_mut(at) else { return };
    page.pair = page.pair.min(crossed.len().saturating_sub(1));
    page.crossed = Some(crossed);
}

pub const KEYS: PageKeys = PageKeys {
    motion,
    take: |model| {
        drill(model);
        Vec::new()
    },
    sideways,
    keep_in_view: |model, area| {
        let loaded = Arc::clone(&model.loaded);
        let View { show, ui, rule, as_of, .. } = model.view;
        let reader = PageReader { plan: &loaded.plan, show, ui, rule, as_of };
        if let Some(ScreenPage::Matrix(page)) = model.pages.last_mut() {
            keep_in_view(page, reader, area);
        }
    },
    follow: |model, _: PageChange| refresh(model),
    ..TEXT
};

/// Rows and columns of the crossing that shows.
fn size(page: &MatrixPage) -> Option<(usize, usize)> {
    let shown = page.crossed.as_ref()?.get(page.pair)?;
    Some((shown.crossing.rows.len(), shown.crossing.columns.len()))
}

fn motion(model: &mut Model, call: Call, motion: Motion) -> bool {
    let height = model.panes.page_height().max(1);
    let Some(ScreenPage::Matrix(page)) = model.pages.last_mut() else { return false };
    let Some((rows, _)) = size(page) else { return false };
    page.at.0 = motion.target(call, page.at.0, rows, height).min(rows.saturating_sub(1));
    true
}

fn sideways(model: &mut Model, call: Call, way: SiblingDirection) -> Vec<Effect> {
    let Some(ScreenPage::Matrix(page)) = model.pages.last_mut() else { return Vec::new() };
    if let Some((_, columns)) = size(page) {
        page.at.1 = way.from(page.at.1, call.times()).min(columns.saturating_sub(1));
    }
    Vec::new()
}

/// Crosses another pair of levels.
pub fn other_axes(model: &mut Model, call: Call) -> Vec<Effect> {
    let Some(ScreenPage::Matrix(page)) = model.pages.last_mut() else { return Vec::new() };
    let Some(pairs) = page.crossed.as_ref().map(Vec::len) else { return Vec::new() };
    let pairs = pairs.max(1);
    (page.pair, page.at, page.from) = ((page.pair + call.times()) % pairs, (0, 0), (0, 0));
    if pairs == 1 {
        model.notice = Some(Bilingual::new("没有别的层级可交叉", "no other levels to cross"));
    }
    Vec::new()
}

/// Shows the nodes of the selected cell as an outline; Esc, `q` and Backspace come back.
fn drill(model: &mut Model) {
    let Some(ScreenPage::Matrix(page)) = model.pages.last() else { return };
    let shown = page.crossed.as_ref().and_then(|all| all.get(page.pair));
    let Some((cell, (row, column))) =
        shown.and_then(|shown| Some((shown.cell(page.at)?, shown.ends(page.at)?)))
    else {
        return;
    };
    if cell.nodes.is_empty() {
        model.notice = Some(Bilingual::new(
            "这一格没有指标，也没有末级行动",
            "no metric and no action at the lowest level belongs to both",
        ));
        return;
    }
    let (nodes, matrix) = (cell.nodes.clone(), page.clone());
    let left = here(model);
    pages::leave_all(model);
    let loaded = Arc::clone(&model.loaded);
    let tree = &loaded.plan.tree;
    let before = model.find.standing.take();
    // The whole plan, whatever branch or filter showed: a cell's nodes stand all over it.
    let mut place = model.place();
    (place.scope, place.sifted) = (None, None);
    let height = model.outline.cursor().height;
    model.outline = Outline::restore(tree, &place, height);
    model.set_orphan_rows();
    let first = nodes.first().copied();
    let sieve = Arc::new(Sieve::new(tree, nodes.clone()));
    let answer =
        Answer { query: Query::default(), sieve, hits: nodes, extra: Arc::new(JournalExtras::default()) };
    let answer = Arc::new(answer);
    filter::apply_filter(model, &answer);
    let cell = FromMatrix { row, column, matrix, left, before };
    model.find.standing = Some(StandingFilter {
        answer: Some(answer),
        cell: Some(Box::new(cell)),
        ..StandingFilter::new(String::new(), None)
    });
    if let Some(first) = first {
        model.outline.act(tree, OutlineAction::GoTo(first));
    }
    model.focus = Focus::Outline;
}

/// From a cell's outline back to the matrix, by what cancels, quits or zooms out where it `leaves` nothing
/// else first.
pub fn back_from_cell(model: &mut Model, leaves: bool) -> Option<Vec<Effect>> {
    (leaves && model.pages.is_empty() && model.find.cell().is_some()).then(|| come_back_to(model))
}

fn come_back_to(model: &mut Model) -> Vec<Effect> {
    let Some(cell) = model.find.standing.take().and_then(|standing| standing.cell) else { return Vec::new() };
    let FromMatrix { matrix, left, before, .. } = *cell;
    come_back(model, &left);
    model.find.standing = before;
    pages::open(model, ScreenPage::Matrix(matrix));
    refresh(model);
    Vec::new()
}
