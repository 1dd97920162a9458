//! What frames the panes: header, banner, hints, the pop-up of pending keys, and the message on a terminal
//! too small.

use crate::plan::{NodeId, Role};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::command::{CommandId, CommandSpec, Context};
use super::super::model::Model;
use super::super::pages::review::draw as review_page;
use super::super::panes::{SMALLEST, WIDE_COLS};
use super::super::text::{cols, cut, fit, wrap};
use super::super::theme::Theme;
use super::super::view::Freshness;
use super::ink::put;
use super::ink::{clear, rule, write};
use crate::progress::RuleRef;
use crate::text::ShownLanguages;
use crate::text::clean::line_within;

/// Plan and breadcrumb at the left, languages and day at the right.
pub fn header(model: &Model, theme: Theme, buffer: &mut Buffer) {
    if let Some(review) = model.review() {
        return review_page::header(model, review, theme, buffer);
    }
    let area = model.panes.header;
    let right = header_right(model);
    let right_cols = cols(&right).min(usize::from(area.width / 2));
    let left_cols = usize::from(area.width).saturating_sub(right_cols + 2);
    // A cell of the matrix says what shows better than the plan's title does.
    let share = if model.find.cell().is_some() { left_cols.saturating_sub(8) } else { left_cols * 2 / 3 };
    let filter = standing(model, share);
    let room = left_cols.saturating_sub(filter.as_ref().map_or(0, |filter| cols(filter) + 2));
    let (mut x, end) = (area.x, area.x + u16::try_from(left_cols).unwrap_or(0));
    put(buffer, &mut x, area.y, end, &cut(&breadcrumb(model, room), room), theme.heading());
    if let Some(filter) = filter {
        x = (x + 2).min(end);
        put(buffer, &mut x, area.y, end, &filter, theme.found());
    }
    let x = area.x + area.width - u16::try_from(right_cols).unwrap_or(0);
    write(buffer, (x, area.y), cut(&right, right_cols), right_cols, theme.quiet());
}

/// The standing filter by name, and how many nodes it lets through: `⟨筛选 职业 · 14⟩`.
pub fn standing(model: &Model, max_cols: usize) -> Option<String> {
    let ui = model.view.ui;
    if let Some(cell) = model.find.cell() {
        let reader = model.reader();
        let count = model.resting().sieve().map_or(0, |sieve| sieve.matched().len());
        let kind = ui.pick("矩阵", "matrix");
        let back = if max_cols >= 50 { ui.pick(" · Esc 返回", " · Esc: back") } else { "" };
        let half = max_cols.saturating_sub(cols(kind) + cols(back) + 12) / 2;
        let ends =
            format!("{} × {}", reader.title_within(cell.row, half), reader.title_within(cell.column, half));
        return Some(format!("⟨{kind} {ends} · {count}{back}⟩"));
    }
    let standing = model.find.standing.as_ref()?;
    let kind = match (&standing.lens, model.find.lens_number()) {
        (None, _) => ui.pick("筛选", "filter").to_owned(),
        (Some(_), None) => ui.pick("常用筛选", "lens").to_owned(),
        (Some(_), Some(number)) => format!("{} {number}", ui.pick("常用筛选", "lens")),
    };
    let sieve = model.resting().sieve().filter(|_| standing.answer.is_some());
    let count = sieve.map(|sieve| sieve.within(&model.plan().tree, model.outline.scope()).len());
    let count = count.map_or("…".to_owned(), |count| count.to_string());
    let room = max_cols.saturating_sub(cols(&kind) + cols(&count) + 6);
    let name = line_within(standing.lens.as_ref().unwrap_or(&standing.text), room);
    Some(format!("⟨{kind} {name} · {count}⟩"))
}

/// Steps of the path that are tried; a plan may be a hundred thousand levels deep.
const MAX_CRUMBS: usize = 8;

/// The plan's title and the path to the scope. What does not fit is left out in the middle, so that both ends
/// stay.
fn breadcrumb(model: &Model, max_cols: usize) -> String {
    let plan = model.plan();
    let lang = model.view.show.main();
    let title = line_within(plan.title.get_or_first(lang).text, max_cols).into_owned();
    let Some(scope) = model.outline.scope() else { return title };
    let crumb = |id| line_within(plan.tree.node(id).shortest_title(lang), max_cols).into_owned();
    let is_step = |id: &NodeId| *id == scope || plan.tree.node(*id).role != Role::Group;
    let mut upwards = std::iter::once(scope).chain(plan.tree.ancestors(scope)).filter(is_step);
    let mut path: Vec<String> = upwards.by_ref().take(MAX_CRUMBS).map(crumb).collect();
    path.reverse();
    let is_longer = upwards.next().is_some();
    for skip in 0..path.len() {
        let gap = if is_longer || skip > 0 { " › …" } else { "" };
        let line = format!("{title}{gap} › {}", path[skip..].join(" › "));
        if cols(&line) <= max_cols {
            return line;
        }
    }
    let last = path.last().map(String::as_str).unwrap_or_default();
    let title_cols = (max_cols / 3).max(8);
    cut(&format!("{} › {last}", cut(&title, title_cols)), max_cols).into_owned()
}

fn header_right(model: &Model) -> String {
    let ui = model.view.ui;
    let plan = model.plan();
    let tag = |lang| line_within(plan.tag(lang), usize::from(model.size.cols));
    let languages = match model.view.show {
        ShownLanguages::One(lang) => tag(lang).into_owned(),
        ShownLanguages::Both(first, second) => format!("{}+{}", tag(first), tag(second)),
    };
    let day = model.view.as_of;
    let day =
        if day.is_named() { format!("{} {day}", ui.pick("截至", "as of")) } else { day.day().to_string() };
    let reading = match &model.freshness {
        Freshness::Reading(progress) => {
            format!("{} {}/{} · ", ui.pick("读取中", "reading"), progress.done, progress.total)
        }
        _ => String::new(),
    };
    let rule = model.view.rule;
    let rule = if rule != RuleRef::PACE || model.size.cols >= WIDE_COLS {
        ui.pick(format!(" · 规则 {}", rule.word()), format!(" · rule {}", rule.word()))
    } else {
        String::new()
    };
    format!("{reading}{languages} · {day}{rule}")
}

/// The first problem of the plan, and how many there are.
pub fn banner(model: &Model, theme: Theme, buffer: &mut Buffer) {
    let Some(area) = model.panes.banner else { return };
    let ui = model.view.ui;
    let all = model.problems();
    let Some(first) = all.first() else { return };
    let more = if all.len() > 1 {
        ui.pick(
            format!("（共 {} 处，gp 列出）", all.len()),
            format!(" ({} in all, gp lists them)", all.len()),
        )
    } else {
        ui.pick("（gp 详情）".to_owned(), " (gp for more)".to_owned())
    };
    let stale = match model.freshness {
        Freshness::Stale(_) => ui.pick(
            "文件有误，显示的是上次读取的规划 · ",
            "the files are broken: showing the plan as last read · ",
        ),
        _ => "",
    };
    let line = format!(
        "! {stale}{} {}:{}:{} {}",
        first.code,
        first.file,
        first.line,
        first.column,
        first.message.get(ui)
    );
    let room = usize::from(area.width).saturating_sub(cols(&more));
    let text = format!("{}{more}", line_within(&line, room));
    write(
        buffer,
        (area.x, area.y),
        fit(&text, usize::from(area.width)),
        usize::from(area.width),
        theme.trouble(),
    );
}

/// Keys that come before the others of the table.
const FIRST: [CommandId; 11] = [
    CommandId::Save,
    CommandId::Take,
    CommandId::Unchanged,
    CommandId::Skip,
    CommandId::Bury,
    CommandId::NeedsWork,
    CommandId::Reveal,
    CommandId::Settle,
    CommandId::CloseCard,
    CommandId::Actions,
    CommandId::OpenCard,
];

/// The keys that work now, or what the last key had to say.
pub fn hints(model: &Model, theme: Theme, buffer: &mut Buffer) {
    review_page::foot(model, theme, buffer);
    // The keys stand in the last line of the foot.
    let area = Rect { y: model.panes.hints.bottom() - 1, height: 1, ..model.panes.hints };
    let ui = model.view.ui;
    let end = area.x + area.width;
    let mut x = area.x;
    let typed: String = model
        .pending
        .count
        .map(|count| count.to_string())
        .into_iter()
        .chain(model.pending.chords.iter().map(ToString::to_string))
        .collect();
    if !typed.is_empty() {
        put(buffer, &mut x, area.y, end, &format!("{typed}…  "), theme.key());
    } else if let Some(notice) = model.notice.as_ref().filter(|_| !review_page::says_notice_elsewhere(model))
    {
        return say(model, notice.get(ui), area, theme, buffer);
    }
    let last: &[CommandId] = if model.is_prompting() {
        &[CommandId::Cancel]
    } else {
        &[CommandId::Help, CommandId::Palette, CommandId::Quit]
    };
    let tail = known(model, last.iter().map(|id| model.keymap.spec(*id)));
    let others =
        model.keymap.specs().filter(|command| !FIRST.contains(&command.id) && !last.contains(&command.id));
    let head = known(model, FIRST.iter().map(|id| model.keymap.spec(*id)).chain(others));
    let tail_cols: usize = tail.iter().map(|(key, name)| cols(key) + cols(name) + 3).sum();
    for (key, name) in head {
        let needed = cols(&key) + cols(name) + 3;
        if usize::from(x) + needed + tail_cols > usize::from(end) {
            break;
        }
        put_hint(buffer, &mut x, area.y, end, theme, &key, name);
    }
    for (key, name) in tail {
        put_hint(buffer, &mut x, area.y, end, theme, &key, name);
    }
}

/// Most lines of what the last key had to say.
const MAX_NOTICE_LINES: usize = 3;

/// What the last key had to say, in as many lines as it takes, over what lies above its own; one where
/// something is typed there.
fn say(model: &Model, notice: &str, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    let notice = line_within(notice, width * MAX_NOTICE_LINES);
    let alone = model.compose.is_none() && model.find.prompt.is_none();
    let mut lines = if alone { wrap(&notice, width) } else { vec![cut(&notice, width).into_owned()] };
    if lines.len() > MAX_NOTICE_LINES {
        let rest = lines.split_off(MAX_NOTICE_LINES - 1).concat();
        lines.push(cut(&rest, width).into_owned());
    }
    let height = u16::try_from(lines.len()).unwrap_or(1).min(area.y + 1);
    let over = Rect { y: area.y + 1 - height, height, ..area };
    clear(buffer, over);
    for (line, y) in lines.iter().zip(over.top()..over.bottom()) {
        let mut x = over.x;
        put(buffer, &mut x, y, over.right(), line, theme.heading());
    }
}

/// Keys and short names of those commands that do something here and now.
fn known<'c>(model: &Model, commands: impl Iterator<Item = &'c CommandSpec>) -> Vec<(String, &'c str)> {
    let context = model.context();
    let situation = model.situation();
    let works = |command: &&CommandSpec| {
        command.hint.is_some()
            && (command.when)(&situation)
            && !model.is_shielded(command.id)
            && !model.keymap.keys_of(command.id, context).is_empty()
    };
    commands.filter(works).filter_map(|command| hint(model, command, context)).collect()
}

fn hint<'c>(model: &Model, command: &'c CommandSpec, context: Context) -> Option<(String, &'c str)> {
    let (zh, en) = match (command.id, context) {
        (CommandId::Quit, Context::Review) => ("停下", "stop"),
        (CommandId::Cancel, _) if is_kept_as_draft(model) => ("存为草稿", "keep as a draft"),
        _ => command.hint?,
    };
    let key = model.keymap.keys_of(command.id, context).first()?.clone();
    Some((key, model.view.ui.pick(zh, en)))
}

/// Whether Esc closes a line whose words stay.
fn is_kept_as_draft(model: &Model) -> bool {
    model.compose.as_ref().is_some_and(|compose| compose.words_to_keep().is_some())
}

fn put_hint(buffer: &mut Buffer, x: &mut u16, y: u16, end: u16, theme: Theme, key: &str, name: &str) {
    put(buffer, x, y, end, key, theme.key());
    put(buffer, x, y, end, &format!(" {name}  "), Style::new());
}

/// What may follow the keys typed so far.
pub fn continuations(model: &Model, theme: Theme, buffer: &mut Buffer) {
    if model.pending.chords.is_empty() {
        return;
    }
    let ui = model.view.ui;
    let next = model.keymap.continuations(&model.pending, model.context());
    let width = usize::from(model.size.cols);
    let columns = (width / 38).max(1);
    let cell = width / columns;
    let lines = next.len().div_ceil(columns).min(usize::from(model.size.lines) - 3);
    let area = Rect::new(
        0,
        model.panes.hints.y - u16::try_from(lines).unwrap_or(0) - 1,
        model.size.cols,
        u16::try_from(lines).unwrap_or(0) + 1,
    );
    clear(buffer, area);
    rule(buffer, (0, area.y), width, (model.view.glyphs, theme.quiet()));
    for (index, (keys, id)) in next.iter().take(lines * columns).enumerate() {
        let mut x = u16::try_from(index / lines * cell).unwrap_or(0);
        let end = x + u16::try_from(cell).unwrap_or(0);
        let y = area.y + 1 + u16::try_from(index % lines).unwrap_or(0);
        put(buffer, &mut x, y, end, &fit(keys, 5), theme.key());
        put(buffer, &mut x, y, end.saturating_sub(1), model.keymap.spec(*id).title(ui), Style::new());
    }
}

/// Says that the terminal is too small, as well as it can.
pub fn too_small(model: &Model, area: Rect, buffer: &mut Buffer) {
    let ui = model.view.ui;
    let said = ui.pick(
        format!(
            "窗口太小：至少 {}×{}（现在 {}×{}）。q 退出",
            SMALLEST.cols, SMALLEST.lines, area.width, area.height
        ),
        format!(
            "Too small: at least {}×{} (now {}×{}). q quits",
            SMALLEST.cols, SMALLEST.lines, area.width, area.height
        ),
    );
    for (line, y) in wrap(&said, usize::from(area.width)).iter().zip(area.y..area.y + area.height) {
        write(buffer, (area.x, y), line, usize::from(area.width), Style::new());
    }
}
