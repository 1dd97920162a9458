//! Levels crossed: moving over the cells, another pair of levels, and a cell as an outline with the way back.

use std::sync::Arc;

use super::super::super::command::CommandId;
use super::super::super::effect::Effect;
use super::super::super::finding::{Answer, FromMatrix, Standing};
use super::super::super::keymap::Call;
use super::super::super::model::{Focus, Model};
use super::super::super::pages::matrix::crossed;
use super::super::super::pages::{Matrix, Page, Window};
use super::super::filter;
use super::{come_back, here, moved};
use crate::find::{JournalExtras, Query};
use crate::outline::{Outline, OutlineAction, Sieve};
use crate::text::Bilingual;

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
    super::open(model, Page::Matrix(Matrix::default()));
    refresh(model);
    let too_large = matches!(model.pages.last(), Some(Page::Matrix(page)) if page.crossed.is_none());
    if too_large && model.states().is_some() {
        super::leave(model);
        model.notice = Some(Bilingual::new(
            "矩阵的单元格太多，屏幕上看不了；`plan158 matrix --json` 给出全部",
            "the matrix has too many cells for a screen; `plan158 matrix --json` gives all",
        ));
    }
    Vec::new()
}

/// Crosses again, as soon as every node's state is known.
pub fn refresh(model: &mut Model) {
    let Some(at) = model.pages.iter().position(|page| matches!(page, Page::Matrix(_))) else { return };
    let Some(crossed) = model.states().and_then(|states| crossed(model.plan(), states)) else { return };
    let Some(Page::Matrix(page)) = model.pages.get_mut(at) else { return };
    page.pair = page.pair.min(crossed.len().saturating_sub(1));
    page.crossed = Some(crossed);
}

pub fn run(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    let height = model.panes.page_height().max(1);
    let Some(Page::Matrix(page)) = model.pages.last_mut() else { return None };
    let shown = page.crossed.as_ref()?.get(page.pair)?;
    let (rows, columns) = (shown.crossing.rows.len(), shown.crossing.columns.len());
    let n = call.count.unwrap_or(1).max(1) as usize;
    let (row, column) = page.at;
    match call.id {
        CommandId::Take => {
            drill(model);
            return Some(Vec::new());
        }
        CommandId::OtherAxes => {
            let pairs = page.crossed.as_ref().map_or(1, Vec::len).max(1);
            (page.pair, page.at, page.from) = ((page.pair + n) % pairs, (0, 0), (0, 0));
            if pairs == 1 {
                model.notice = Some(Bilingual::new("没有别的层级可交叉", "no other levels to cross"));
            }
            return Some(Vec::new());
        }
        CommandId::Left => page.at.1 = column.saturating_sub(n),
        CommandId::Right => page.at.1 = column.saturating_add(n).min(columns.saturating_sub(1)),
        _ => {
            let window = Window { at: row, top: page.from.0 };
            page.at.0 = moved(call, window, rows, height)?.min(rows.saturating_sub(1));
        }
    }
    Some(Vec::new())
}

/// Shows the nodes of the selected cell as an outline; Esc, `q` and Backspace come back.
fn drill(model: &mut Model) {
    let Some(Page::Matrix(page)) = model.pages.last() else { return };
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
    super::leave_all(model);
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
    model.find.standing = Some(Standing {
        answer: Some(answer),
        cell: Some(Box::new(cell)),
        ..Standing::new(String::new(), None)
    });
    if let Some(first) = first {
        model.outline.act(tree, OutlineAction::GoTo(first));
    }
    model.focus = Focus::Outline;
}

/// From a cell's outline back to the matrix, by what cancels, quits or zooms out where nothing else is to be cancelled or zoomed out of.
pub fn back(model: &mut Model, call: Call) -> Option<Vec<Effect>> {
    model.find.cell()?;
    let leaves = match call.id {
        CommandId::Cancel => !model.find.is_lit(),
        CommandId::Quit => model.focus == Focus::Outline || model.panes.is_wide(),
        CommandId::ZoomOut => model.outline.scope().is_none(),
        _ => false,
    };
    leaves.then(|| come_back_to(model))
}

fn come_back_to(model: &mut Model) -> Vec<Effect> {
    let Some(cell) = model.find.standing.take().and_then(|standing| standing.cell) else { return Vec::new() };
    let FromMatrix { matrix, left, before, .. } = *cell;
    come_back(model, &left);
    model.find.standing = before;
    super::open(model, Page::Matrix(matrix));
    refresh(model);
    Vec::new()
}
