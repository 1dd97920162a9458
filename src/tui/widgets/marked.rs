//! Text with stretches marked. What does not fit is cut so that the first marked stretch still shows.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::text::{cols_up_to, cut, pieces, reach, reach_back};
use super::ink::put;
use super::ink::write;
use crate::text::{clean::line_within, clean::one_line};

/// Characters kept behind a marked stretch that would not show without leaving out others before it.
const TRAIL_CHARS: usize = 4;

/// Writes as much of a text as fits before a column, its ranges (in characters) marked, and moves on behind
/// it.
pub fn put_marked(
    buffer: &mut Buffer,
    (x, y): (&mut u16, u16),
    end: u16,
    text: &str,
    ranges: &[Range<u32>],
    (style, mark): (Style, Style),
) {
    let room = usize::from(end.saturating_sub(*x));
    let Some(part) = Part::around(text, ranges, room) else {
        return put(buffer, x, y, end, &line_within(text, room), style);
    };
    let skipped = part.skip(room);
    let lead = if part.goes_before || skipped > 0 { "…" } else { "" };
    let tail = if part.goes_on { "…" } else { "" };
    let shown = format!("{lead}{}{tail}", &part.line[byte_of(&part.line, skipped)..]);
    let shown = cut(&shown, room);
    let mut column = *x;
    *x = write(buffer, (column, y), &shown, room, style);
    // The lead is no character of the text.
    let mut char = skipped;
    for (index, piece) in pieces(&shown).enumerate() {
        let is_lead = index == 0 && !lead.is_empty();
        let chars = piece.text.chars().count() - usize::from(is_lead);
        let is_marked = part.ranges.iter().any(|range| range.start < char + chars && char < range.end);
        let after = column.saturating_add(u16::try_from(piece.cols).unwrap_or(0)).min(*x);
        if is_marked && column < after {
            buffer.set_style(Rect::new(column, y, after - column, 1), mark);
        }
        (char, column) = (char + chars, after);
    }
}

/// As much of a text around its first range as may show.
struct Part {
    /// It, on one line.
    line: String,
    /// The ranges in it, in characters of it.
    ranges: Vec<Range<usize>>,
    /// There is more of the text before it.
    goes_before: bool,
    /// There is more of the text behind it.
    goes_on: bool,
}

impl Part {
    /// `None` where nothing is to be marked.
    fn around(text: &str, ranges: &[Range<u32>], room: usize) -> Option<Self> {
        let first = index(ranges.first()?.start);
        let at = byte_of(text, first);
        // What stands before the range is not to take all that is looked at.
        let before = reach_back(&text[..at], room / 2);
        let behind = reach(&text[at..], room);
        let raw = &text[at - before.len()..at + behind.len()];
        let line = one_line(raw).into_owned();
        let chars = line.chars().count();
        // Replacing may have joined characters: then the ranges are no longer those of this text.
        if chars != raw.chars().count() {
            return None;
        }
        let left_out = first - before.chars().count();
        let here = |char: u32| index(char).saturating_sub(left_out).min(chars);
        let ranges = ranges.iter().map(|range| here(range.start)..here(range.end));
        Some(Self {
            line,
            ranges: ranges.take_while(|range| range.start < chars).collect(),
            goes_before: before.len() < at,
            goes_on: at + behind.len() < text.len(),
        })
    }

    /// Characters left out at the beginning, as few as let the ranges show, or at least the first one.
    fn skip(&self, room: usize) -> usize {
        let (Some(first), Some(last)) = (self.ranges.first(), self.ranges.last()) else { return 0 };
        let chars = self.line.chars().count();
        let width = |from: usize, to: usize| {
            cols_up_to(&self.line[byte_of(&self.line, from)..byte_of(&self.line, to)], room + 1)
        };
        let is_whole = !self.goes_before && !self.goes_on && width(0, chars) <= room;
        if is_whole || (!self.goes_before && width(0, first.end) < room) {
            return 0;
        }
        // An ellipsis before, and one behind where the text goes on.
        let fits = |from: usize, to: usize| width(from, to) + 1 + usize::from(to < chars) <= room;
        let ends = [last, first].map(|range| (range.end + TRAIL_CHARS).min(chars));
        let end = ends.into_iter().find(|end| fits(first.start, *end)).unwrap_or(first.end);
        // Each character more is wider or as wide, so the last that fits is the first one.
        (0..first.start).rev().take_while(|skipped| fits(*skipped, end)).last().unwrap_or(first.start)
    }
}

fn index(char: u32) -> usize {
    usize::try_from(char).unwrap_or(usize::MAX)
}

fn byte_of(text: &str, char: usize) -> usize {
    text.char_indices().nth(char).map_or(text.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::columns::cols;
    use crate::text::work::work_of;
    use ratatui::style::Modifier;
    use rstest::rstest;

    /// The text as it was drawn, marked stretches in brackets.
    fn drawn(text: &str, ranges: &[Range<u32>], room: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, room, 1));
        let mark = Style::new().add_modifier(Modifier::BOLD);
        put_marked(&mut buffer, (&mut 0, 0), room, text, ranges, (Style::new(), mark));
        let (mut out, mut inside, mut x) = (String::new(), false, 0);
        while x < room {
            let cell = &buffer[(x, 0)];
            let marked = cell.modifier.contains(Modifier::BOLD);
            if marked != inside {
                out.push(if marked { '[' } else { ']' });
            }
            inside = marked;
            out.push_str(cell.symbol());
            x += u16::try_from(cols(cell.symbol()).max(1)).unwrap();
        }
        if inside {
            out.push(']');
        }
        out.trim_end().to_owned()
    }

    #[rstest]
    #[case("职业教育提质", 0..4, 20, "[职业教育]提质")]
    #[case("on vocational education", 3..13, 40, "on [vocational] education")]
    #[case("职业教育提质领跑行动", 4..6, 13, "职业教育[提质]…")]
    #[case("职业教育提质领跑行动", 8..10, 13, "…提质领跑[行动]")]
    #[case("a very long title about schools", 24..31, 20, "…title about [schools]")]
    #[case("a very long title about schools", 12..17, 16, "…long [title] abo…")]
    #[case("e\u{301}tat", 0..2, 9, "[e\u{301}]tat")]
    fn marks_stand_on_the_original_characters_and_the_first_one_shows(
        #[case] text: &str,
        #[case] range: Range<u32>,
        #[case] room: u16,
        #[case] expected: &str,
    ) {
        assert_eq!(drawn(text, &[range], room), expected);
    }

    #[rstest]
    #[case("x")]
    #[case("e\u{301}")]
    #[case("教")]
    #[case("👩\u{200d}🏫")]
    #[case("\u{301}")]
    #[case("\u{200b}")]
    fn a_match_deep_in_a_long_title_is_shown_without_measuring_the_title(#[case] unit: &str) {
        let draw = |n: usize, from: u32| {
            let text = format!("{}职业{}", unit.repeat(n), unit.repeat(n));
            let mut out = String::new();
            let work = work_of(|| out = drawn(&text, std::slice::from_ref(&(from..from + 2)), 30));
            assert!(out.contains("[职业"), "{out}");
            work
        };
        let chars = |n: usize| u32::try_from(unit.chars().count() * n).unwrap();
        assert_eq!(draw(10_000, chars(10_000)), draw(80_000, chars(80_000)));
    }
}
