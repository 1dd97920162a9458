//! Rows of the timeline for a window of years: spans, marks and today, one character a column.
//!
//! ```text
//!       2024      2025      2026      2027
//! a4.x  ━━━━━━━━━━━━━━━━━━━━━━━┊━━━━━━━━━┤        an action's span, today, its end
//! a4.y           B    o    !   ┊    *         T ›  baseline, actual, overdue, due within a year, target, more beyond the window
//! ```
//!
//! Every mark is a letter or sign of its own, so that nothing depends on colour: `✓` met, `!` overdue, `?`
//! passed without a figure, `*` due within twelve months, `C` checkpoint and `T` target later than that.

use super::cells::{ChartRole, ChartRow, Glyphs};
use crate::progress::{Due, Interval, MarkKind, Timeline, TimelineMark, TimelineRow};
use crate::text::Ui;

/// The years shown, from the beginning of the first to the end of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearWindow {
    pub first: i16,
    /// Last calendar year; not before the first.
    pub last: i16,
}

impl YearWindow {
    pub fn all(timeline: &Timeline) -> Self {
        Self { first: timeline.first, last: timeline.last.max(timeline.first) }
    }

    /// The window moved by years, its length kept, within the timeline's years where it fits there.
    #[must_use]
    pub fn moved(self, years: i16, timeline: &Timeline) -> Self {
        let length = self.last.saturating_sub(self.first);
        let highest = timeline.last.saturating_sub(length).max(timeline.first);
        let first = self.first.saturating_add(years).clamp(timeline.first, highest);
        Self { first, last: first.saturating_add(length) }
    }

    fn share(self, at: f64) -> f64 {
        let (from, to) = (f64::from(self.first), f64::from(self.last.max(self.first)) + 1.0);
        (at - from) / (to - from)
    }

    /// The column of a time: the one that ends with it, so that a year's end stands in its year. `None`
    /// outside.
    pub fn column(self, at: f64, width: usize) -> Option<usize> {
        let share = self.share(at);
        // Between 0 and the width: a small whole number.
        (width > 0 && (0.0..=1.0 + 1e-9).contains(&share))
            .then(|| ((share * width as f64).ceil() as usize).clamp(1, width) - 1)
    }
}

/// The years above the rows, each where it begins; years that find no room are left out evenly.
pub fn head(window: YearWindow, width: usize) -> ChartRow {
    let years = usize::try_from(window.last - window.first).unwrap_or(0) + 1;
    let each = [1, 2, 5, 10, 20, 50].into_iter().find(|each| width * each / years >= 5).unwrap_or(100);
    let mut line = vec![(ChartRole::Axis, ' '); width];
    let mut free = 0;
    for (at, year) in (window.first..=window.last).enumerate().filter(|(at, _)| at % each == 0) {
        let x = at * width / years;
        let name = year.to_string();
        if x < free || x + name.len() > width {
            continue;
        }
        name.chars().enumerate().for_each(|(more, c)| line[x + more].1 = c);
        free = x + name.len() + 1;
    }
    ChartRow::of_chars(&line)
}

/// One node's row.
pub fn row(row: &TimelineRow, today: f64, window: YearWindow, width: usize, glyphs: Glyphs) -> ChartRow {
    let mut line = vec![(ChartRole::Blank, ' '); width];
    if let Some(at) = window.column(today, width) {
        line[at] = (ChartRole::Today, glyphs.pick('┊', ':'));
    }
    if let Some(span) = row.span {
        draw_span(&mut line, span, row.due, window, glyphs);
    }
    for mark in &row.marks {
        open(&mut line, mark, window, glyphs);
    }
    let mut marks: Vec<&TimelineMark> = row.marks.iter().collect();
    marks.sort_by_key(|mark| urgency(mark));
    for mark in &marks {
        if let Some(at) = window.column(mark.at.hi(), width) {
            line[at] = sign(mark, glyphs);
        }
    }
    let ends = || row.marks.iter().map(|mark| mark.at.hi()).chain(row.span.map(Interval::hi));
    let starts = || row.marks.iter().map(|mark| mark.at.hi()).chain(row.span.map(Interval::lo));
    let blank = |cell: &(ChartRole, char)| cell.0 == ChartRole::Blank || cell.0 == ChartRole::Span;
    if let Some(last) =
        line.last_mut().filter(|cell| blank(cell) && ends().any(|at| window.share(at) > 1.0 + 1e-9))
    {
        *last = (ChartRole::Axis, glyphs.pick('›', '>'));
    }
    if let Some(first) =
        line.first_mut().filter(|cell| blank(cell) && starts().any(|at| window.share(at) < 0.0))
    {
        *first = (ChartRole::Axis, glyphs.pick('‹', '<'));
    }
    ChartRow::of_chars(&line)
}

fn draw_span(
    line: &mut [(ChartRole, char)],
    span: Interval,
    due: Option<Due>,
    window: YearWindow,
    glyphs: Glyphs,
) {
    let width = line.len();
    let (from, to) = (window.share(span.lo()), window.share(span.hi()));
    if width == 0 || to < 0.0 || from > 1.0 {
        return;
    }
    let cell = |share: f64| ((share.clamp(0.0, 1.0) * width as f64) as usize).min(width - 1);
    let last = window.column(span.hi(), width);
    for at in line.iter_mut().take(last.unwrap_or(width - 1) + 1).skip(cell(from)) {
        if at.0 != ChartRole::Today {
            *at = (ChartRole::Span, glyphs.pick('━', '='));
        }
    }
    if let Some(last) = last {
        line[last] = match due {
            Some(Due::Overdue) => (ChartRole::Overdue, '!'),
            Some(Due::WithinYear) => (ChartRole::Soon, '*'),
            _ => (ChartRole::Span, glyphs.pick('┤', ']')),
        };
    }
}

/// A reference time that is not stated lies between two days.
fn open(line: &mut [(ChartRole, char)], mark: &TimelineMark, window: YearWindow, glyphs: Glyphs) {
    let width = line.len();
    let ends = (window.column(mark.at.lo(), width), window.column(mark.at.hi(), width));
    if let (false, (Some(from), Some(to))) = (mark.at.is_point(), ends) {
        line[from..to].iter_mut().filter(|cell| cell.0 == ChartRole::Blank).for_each(|cell| {
            *cell = (ChartRole::Open, glyphs.pick('─', '-'));
        });
    }
}

/// What stays visible where several marks fall on one column: the highest.
fn urgency(mark: &TimelineMark) -> usize {
    match (mark.due, mark.kind) {
        (Due::Overdue, _) => 6,
        (Due::WithinYear, _) => 5,
        (Due::Unreported, _) => 4,
        (Due::Later, MarkKind::Target) => 3,
        (Due::Later, _) => 2,
        (Due::Met, _) => 1,
        (Due::Past, _) => 0,
    }
}

fn sign(mark: &TimelineMark, glyphs: Glyphs) -> (ChartRole, char) {
    match (mark.due, mark.kind) {
        (Due::Overdue, _) => (ChartRole::Overdue, '!'),
        (Due::WithinYear, _) => (ChartRole::Soon, '*'),
        (Due::Unreported, _) => (ChartRole::Open, '?'),
        (Due::Met, _) => (ChartRole::Made, glyphs.pick('✓', '+')),
        (_, MarkKind::Baseline) => (ChartRole::Baseline, 'B'),
        (_, MarkKind::Observed) => (ChartRole::Actual, 'o'),
        (_, MarkKind::Checkpoint) => (ChartRole::Checkpoint, 'C'),
        (_, MarkKind::Target) => (ChartRole::Target, 'T'),
    }
}

/// What the signs mean, in one line.
pub fn legend(glyphs: Glyphs, ui: Ui) -> String {
    let (met, span, today) = (glyphs.pick('✓', '+'), glyphs.pick('━', '='), glyphs.pick('┊', ':'));
    ui.pick(
        format!("B 基期  o 实际  C 阶段目标  T 目标  {met} 达成  * 一年内到期  ! 逾期  ? 到期未报数  {span} 期间  {today} 今天"),
        format!(
            "B baseline  o actual  C checkpoint  T target  {met} met  * due within a year  ! overdue  ? due, no figure  {span} period  {today} today"
        ),
    )
}
