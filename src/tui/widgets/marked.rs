//! Text with stretches marked. What does not fit is cut so that the first marked stretch still shows.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::super::text::{cols, cut};
use super::ink::write;
use super::outline::put;
use crate::plan::text::one_line;

/// Characters kept behind a marked stretch that would not show without leaving out others before it.
const TRAIL_CHARS: usize = 4;

/// Writes as much of a text as fits before a column, its ranges (in characters) marked, and moves on behind it.
pub fn put_marked(
    buffer: &mut Buffer,
    (x, y): (&mut u16, u16),
    end: u16,
    text: &str,
    ranges: &[Range<u32>],
    (style, mark): (Style, Style),
) {
    if ranges.is_empty() {
        return put(buffer, x, y, end, &one_line(text), style);
    }
    let clean = one_line(text);
    let room = usize::from(end.saturating_sub(*x));
    // Replacing may have joined characters: then the ranges are no longer those of this text.
    let ranges = if clean.chars().count() == text.chars().count() { ranges } else { &[] };
    let skipped = skip(&clean, ranges, room);
    let from = byte_of(&clean, skipped);
    let lead = if skipped > 0 { "…" } else { "" };
    let shown = format!("{lead}{}", &clean[from..]);
    let shown = cut(&shown, room);
    let start = *x;
    *x = write(buffer, (start, y), &shown, room, style);
    let whole = cols(&shown);
    for range in ranges {
        let place = |char: u32| {
            let char = usize::try_from(char).unwrap_or(usize::MAX).max(skipped);
            cols(lead) + cols(&clean[from..byte_of(&clean, char)])
        };
        let (first, last) = (place(range.start), place(range.end).min(whole));
        for column in first..last {
            let column = start.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
            if column < end {
                buffer[(column, y)].set_style(mark);
            }
        }
    }
}

/// Characters left out at the beginning, as few as let the ranges show, or at least the first one.
fn skip(text: &str, ranges: &[Range<u32>], room: usize) -> usize {
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return 0 };
    let index = |char: u32| usize::try_from(char).unwrap_or(0);
    let width = |from: usize, to: usize| cols(&text[byte_of(text, from)..byte_of(text, to)]);
    let (start, chars) = (index(first.start), text.chars().count());
    if cols(text) <= room || width(0, index(first.end)) < room {
        return 0;
    }
    // An ellipsis before, and one behind where the text goes on.
    let fits = |from: usize, to: usize| width(from, to) + 1 + usize::from(to < chars) <= room;
    let ends = [last, first].map(|range| (index(range.end) + TRAIL_CHARS).min(chars));
    let end = ends.into_iter().find(|end| fits(start, *end)).unwrap_or(index(first.end));
    (0..start).find(|skipped| fits(*skipped, end)).unwrap_or(start)
}

fn byte_of(text: &str, char: usize) -> usize {
    text.char_indices().nth(char).map_or(text.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
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
}
