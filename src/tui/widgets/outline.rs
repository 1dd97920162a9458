//! The outline's rows: fold mark, level mark, title in one or two languages, state.

use crate::chart::Glyphs;
use crate::plan::Role;
use ratatui::style::Modifier;
use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::super::panes::{RowShape, indent_cols};
use super::super::text::{cols, cols_up_to, reach};
use super::super::theme::Theme;
use super::super::view::Focus;
use super::ink::put;
use super::marked::put_marked;
use super::{columns, row_cells, signs};
use crate::plan::NodeId;
use crate::text::Lang;
use crate::text::{clean::line_within, clean::one_line};

/// Columns of fold mark and its space.
const FOLD_COLS: u16 = 2;

/// Columns of a level's mark, so that titles of one depth begin in one column.
const MARK_COLS: u16 = 2;

/// Longest id that stands in the place of its level's mark: it is what one types.
const MARK_ID_CHARS: usize = 3;

/// Draws the visible rows; returns the line of the selected one.
pub fn draw(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<u16> {
    let lines = model.panes.row_shape.lines();
    let (visible, selected) = model.visible(model.panes.outline_height());
    if visible.is_empty() {
        nothing(model, theme, area, buffer);
    }
    let mut at =
        draw_orphans(model, theme, Rect { y: area.y + count16(visible.len()) * lines, ..area }, buffer);
    for (index, id) in visible.iter().enumerate() {
        let y = area.y + u16::try_from(index).unwrap_or(0) * lines;
        let row = Rect { y, height: lines, ..area };
        draw_row(model, theme, *id, row, buffer);
        if Some(index) == selected {
            let focused = model.focus == Focus::Outline || !model.panes.is_wide();
            buffer.set_style(row, if focused { theme.selected() } else { theme.selected_elsewhere() });
            at = Some(y);
        }
    }
    at
}

fn count16(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The last rows: ids that have left the plan, with what people said of them. Returns the line of the
/// selected one.
fn draw_orphans(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) -> Option<u16> {
    let tail = model.outline.tail_rows();
    let height = model.panes.outline_height();
    let cursor = model.outline.cursor();
    if tail == 0 || cursor.top + height <= model.outline.rows().count() {
        return None;
    }
    let ui = model.view.ui;
    let lines = model.panes.row_shape.lines();
    let first = cursor.top.saturating_sub(model.outline.rows().count());
    let bottom = model.panes.outline.map_or(area.y, |pane| pane.y + count16(height) * lines);
    let rows = model.orphans().into_iter().enumerate().skip(first);
    let mut at = None;
    for ((index, home), y) in rows.zip((area.y..bottom).step_by(usize::from(lines))) {
        let notes = home.annotations.notes().count();
        let said = ui.pick(format!("已离开规划 · ✎{notes}"), format!("left the plan · ✎{notes}"));
        let mut x = area.x;
        put(buffer, &mut x, y, area.right(), "? ", theme.trouble());
        put(buffer, &mut x, y, area.right(), &line_within(&home.name, area.width.into()), Style::new());
        x = (x + 2).min(area.right());
        put(buffer, &mut x, y, area.right(), &said, theme.quiet());
        if model.outline.selected_in_tail() == Some(index) {
            let focused = model.focus == Focus::Outline || !model.panes.is_wide();
            let row = Rect { y, height: lines, ..area };
            buffer.set_style(row, if focused { theme.selected() } else { theme.selected_elsewhere() });
            at = Some(y);
        }
    }
    at
}

fn draw_row(model: &Model, theme: Theme, id: NodeId, row: Rect, buffer: &mut Buffer) {
    let plan = model.plan();
    let node = plan.tree.node(id);
    let end = row.x + row.width;
    let mut x = row.x;
    if !model.find.is_flat() {
        x += indent_cols(model.outline.indent(&plan.tree, id), node.role, row.width);
        let start = x;
        let fold = match (model.outline.is_parent(&plan.tree, id), model.outline.is_open(id)) {
            (false, _) => " ",
            (true, is_open) => fold_mark(is_open, model.view.glyphs),
        };
        put(buffer, &mut x, row.y, end, fold, theme.quiet());
        x = x.max(start + FOLD_COLS).min(end);
    }
    let start = x;
    let is_short =
        |key: &str| key.len() <= MARK_ID_CHARS && key.ends_with(|last: char| last.is_ascii_digit());
    let key = node.key.as_str();
    let mark = if is_short(key) { key } else { plan.level(node.level).mark_in(model.view.show.main()) };
    let mark = line_within(mark, usize::from(end.saturating_sub(x)));
    put(buffer, &mut x, row.y, end, &mark, theme.mark());
    x = (x.max(start + MARK_COLS) + 1).min(end);
    if let Some((_, shown)) = &model.panes.columns {
        let title_end = columns::cells(model, theme, shown, id, row, buffer).max(x);
        let title_end = draw_count(model, theme, id, Rect { x, width: title_end - x, ..row }, buffer);
        return draw_titles(model, theme, id, Rect { x, width: title_end.max(x) - x, ..row }, buffer);
    }
    let cells_start = row_cells::draw(model, theme, id, row, buffer).max(x);
    let signs_start =
        signs::draw(model, theme, id, Rect { x, width: cells_start - x, height: 1, ..row }, buffer);
    let counted_end = draw_count(model, theme, id, Rect { x, width: signs_start - x, ..row }, buffer);
    draw_titles(model, theme, id, Rect { x, width: counted_end - x, ..row }, buffer);
}

/// Why there is no row.
fn nothing(model: &Model, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let ui = model.view.ui;
    let asked = model.find.prompt.as_ref().is_some_and(|prompt| prompt.answer.is_some());
    let said = match (asked, &model.find.standing) {
        (true, _) if model.outline.scope().is_some() => ui.pick(
            "范围内没有匹配；Esc 之后 Backspace 扩大范围",
            "nothing in scope matches; Esc, then Backspace widens it",
        ),
        (true, Some(_)) => ui.pick(
            "筛选结果中没有匹配；Esc 之后 g0 取消筛选",
            "nothing under the filter matches; Esc, then g0 clears it",
        ),
        (true, None) => ui.pick("没有匹配", "nothing matches"),
        (false, Some(_)) => {
            ui.pick("筛选后没有节点；g0 取消筛选", "the filter lets nothing through; g0 clears it")
        }
        (false, None) => return,
    };
    let mut x = area.x;
    put(buffer, &mut x, area.y, area.x + area.width, said, theme.quiet());
}

/// How many matches stand below a row, at the right end of its title; returns where the title has to end.
fn draw_count(model: &Model, theme: Theme, id: NodeId, area: Rect, buffer: &mut Buffer) -> u16 {
    let end = area.x + area.width;
    let Some(sieve) = model.outline.sieve().filter(|_| !model.find.is_flat()) else { return end };
    let count = sieve.below(&model.plan().tree, id).len();
    if count == 0 {
        return end;
    }
    let text = count.to_string();
    let x = end.saturating_sub(u16::try_from(text.len()).unwrap_or(0)).max(area.x);
    put(buffer, &mut { x }, area.y, end, &text, theme.key());
    x.saturating_sub(1).max(area.x)
}

fn draw_titles(model: &Model, theme: Theme, id: NodeId, area: Rect, buffer: &mut Buffer) {
    let show = model.view.show;
    let (first, second) = (show.main(), show.second());
    let end = area.x + area.width;
    match (model.panes.row_shape, second) {
        (RowShape::One, _) | (_, None) => {
            let area = put_elsewhere(model, theme, (id, &[first]), area, buffer);
            put_title(model, theme, (id, first, Style::new()), area, buffer);
        }
        (RowShape::SideBySide, Some(second)) => {
            // The second language begins at one column in every row, however deep the row stands.
            let pane = model.panes.outline.unwrap_or(area);
            let cells = model.panes.row_fit.cols();
            let middle = (pane.x + pane.width.saturating_sub(cells) / 2).max(area.x + 1).min(end);
            let left = Rect { width: middle.saturating_sub(1).saturating_sub(area.x), ..area };
            put_title(model, theme, (id, first, Style::new()), left, buffer);
            let rest = Rect { x: middle, width: end - middle, ..area };
            let rest = put_elsewhere(model, theme, (id, &[first, second]), rest, buffer);
            put_title(model, theme, (id, second, theme.quiet()), rest, buffer);
        }
        (RowShape::Stacked, Some(second)) => {
            put_title(model, theme, (id, first, Style::new()), area, buffer);
            let below = Rect { y: area.y + 1, ..area };
            let below = put_elsewhere(model, theme, (id, &[first, second]), below, buffer);
            put_title(model, theme, (id, second, theme.quiet()), below, buffer);
        }
    }
}

/// A node's title in a language, what was looked for marked.
fn put_title(
    model: &Model,
    theme: Theme,
    (id, lang, style): (NodeId, Lang, Style),
    area: Rect,
    buffer: &mut Buffer,
) {
    let borrowed = model.plan().tree.node(id).title.get_or_first(lang).lang;
    let ranges = model.panes.marks.title(id, borrowed);
    let is_group = model.plan().tree.node(id).role == Role::Group;
    let style = if is_group { style.add_modifier(Modifier::BOLD) } else { style };
    let mut x = area.x;
    let full = title(model, id, lang, area.width.into());
    let short = model.plan().tree.node(id).title_short().and_then(|short| short.get(lang));
    let width = usize::from(area.width);
    let is_cut = cols_up_to(&full, width + 1) > width;
    let text = short.filter(|_| is_cut && ranges.is_empty()).map_or(full, |short| one_line(short));
    put_marked(buffer, (&mut x, area.y), area.x + area.width, &text, ranges, (style, theme.found()));
}

/// Least columns that say where else a node matched.
const ELSEWHERE_COLS: u16 = 10;

/// Where a node matched, if not in a title that shows, behind the title in the last of these languages, which
/// may have to end earlier for it. Returns the room for that title.
fn put_elsewhere(
    model: &Model,
    theme: Theme,
    (id, shown): (NodeId, &[Lang]),
    area: Rect,
    buffer: &mut Buffer,
) -> Rect {
    // Once a match was taken its row has the tree around it to explain it, and the card beside it.
    let wanted = model.find.prompt.is_some() || !model.find.is_lit();
    let found = wanted.then(|| model.panes.marks.elsewhere(model.plan(), id, shown, model.view.ui)).flatten();
    let (Some(found), Some(last), true) = (found, shown.last(), area.width >= 2 * ELSEWHERE_COLS) else {
        return area;
    };
    // Nothing needs more than the whole row.
    let most = usize::from(area.width);
    let cols16 = |text: &str| u16::try_from(cols(&line_within(text, most))).unwrap_or(u16::MAX);
    let needed = cols16(&found.label).saturating_add(cols16(&found.text)).saturating_add(3);
    let least = needed.min((area.width * 2 / 5).max(ELSEWHERE_COLS));
    let title_cols = cols16(&title(model, id, *last, most)).min(area.width - least);
    let end = area.x + area.width;
    let mut x = area.x + title_cols + 2;
    put(buffer, &mut x, area.y, end, &format!("{} ", line_within(&found.label, most)), theme.quiet());
    put_marked(buffer, (&mut x, area.y), end, &found.text, &found.ranges, (theme.quiet(), theme.found()));
    Rect { width: title_cols, ..area }
}

/// A node's title in a language; marked behind its end where another has to stand in, and named by its id
/// where there is none. Of a title that is far longer than the row the end is not shown, nor its mark.
fn title(model: &Model, id: NodeId, lang: Lang, max_cols: usize) -> Cow<'_, str> {
    let node = model.plan().tree.node(id);
    let wording = node.title.get_or_first(lang);
    match (wording.text, wording.borrowed) {
        ("", _) => format!("⟨{}⟩", node.key).into(),
        (text, true) if reach(text, max_cols) == text => {
            format!("{text} ⟨{}?⟩", one_line(model.plan().tag(lang))).into()
        }
        (text, _) => text.into(),
    }
}

/// Whether a node is open.
fn fold_mark(is_open: bool, glyphs: Glyphs) -> &'static str {
    match (is_open, glyphs) {
        (true, Glyphs::Unicode) => "▾",
        (false, Glyphs::Unicode) => "▸",
        (true, Glyphs::Ascii) => "-",
        (false, Glyphs::Ascii) => "+",
    }
}
