//! Writing on cells.

use super::super::text::cut;
use crate::plan::State;
use crate::text::Ui;
use crate::text::columns::{AmbiguousWidth, ambiguous_width};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::super::text::{cols, pieces, plain_cols, reach, with_certain_widths};
use super::super::theme::Theme;
use super::super::view::View;
use crate::chart::{ChartRow, Glyphs};

/// Writes as much of a text as fits so many columns and the buffer; returns the column behind it. Text of
/// plain characters goes to its cells without a search for graphemes, in which most of a frame's time would
/// be spent.
pub fn write(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    text: impl AsRef<str>,
    max_cols: usize,
    style: Style,
) -> u16 {
    let text = reach(text.as_ref(), max_cols);
    let end = buffer.area.right().min(x.saturating_add(u16::try_from(max_cols).unwrap_or(u16::MAX)));
    if text.chars().any(|c| plain_cols(c).is_none()) {
        return write_pieces(buffer, (x, y, end), &with_certain_widths(text), style);
    }
    let mut x = x;
    for c in text.chars() {
        let cols = u16::try_from(plain_cols(c).unwrap_or(1)).unwrap_or(1);
        if x + cols > end {
            break;
        }
        buffer[(x, y)].set_char(c).set_style(style);
        cover(buffer, (x, y), cols);
        x += cols;
    }
    x
}

/// The same for any text, cell by cell as ratatui writes them, but as wide as they are here.
fn write_pieces(buffer: &mut Buffer, (mut x, y, end): (u16, u16, u16), text: &str, style: Style) -> u16 {
    for piece in pieces(text) {
        let cols = u16::try_from(piece.cols).unwrap_or(2);
        if x + cols > end {
            break;
        }
        // Nothing is left of what has no width, and of what moves the cursor.
        if cols == 0 || piece.text.contains(char::is_control) {
            continue;
        }
        buffer[(x, y)].set_symbol(piece.text).set_style(style);
        cover(buffer, (x, y), cols);
        x += cols;
    }
    x
}

/// What a wide character covers besides its cell is empty.
fn cover(buffer: &mut Buffer, (x, y): (u16, u16), cols: u16) {
    (x + 1..x + cols).for_each(|covered| buffer[(covered, y)].reset());
    // How wide an ambiguous one is the buffer does not know.
    let is_forced = cols > 1 && ambiguous_width() == AmbiguousWidth::Wide;
    let width = std::num::NonZeroU16::new(cols).filter(|_| is_forced);
    buffer[(x, y)].set_diff_option(width.map_or(CellDiffOption::None, CellDiffOption::ForcedWidth));
}

/// Empties an area for what lies over the rest. A wide character that reaches into it from the left goes as a
/// whole: of a character cut in half the terminal shows both halves, and nothing of what was drawn on the
/// second.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    Clear.render(area, buffer);
    let Some(x) = area.x.checked_sub(1).filter(|x| *x >= buffer.area.x) else { return };
    for y in area.y..area.bottom() {
        if cols(buffer[(x, y)].symbol()) > 1 {
            buffer[(x, y)].set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
    }
}

/// What lines are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    pub level: &'static str,
    pub upright: &'static str,
    /// Where an upright line begins below a level one, and where it ends above one.
    pub begins: &'static str,
    pub ends: &'static str,
    /// Left and right, above and below.
    pub corners: [&'static str; 4],
}

/// Lines as the terminal can show them.
pub fn lines(glyphs: Glyphs) -> Lines {
    match glyphs {
        Glyphs::Ascii => {
            Lines { level: "-", upright: "|", begins: "+", ends: "+", corners: ["+", "+", "+", "+"] }
        }
        Glyphs::Unicode => {
            Lines {
                level: "─", upright: "│", begins: "┬", ends: "┴", corners: ["┌", "┐", "└", "┘"]
            }
        }
    }
}

/// A level line.
pub fn rule(buffer: &mut Buffer, at: (u16, u16), width: usize, (glyphs, style): (Glyphs, Style)) {
    write(buffer, at, lines(glyphs).level.repeat(width), width, style);
}

/// A frame along the inside of an area.
pub fn frame(buffer: &mut Buffer, area: Rect, glyphs: Glyphs, style: Style) {
    let (Some(right), Some(bottom)) = (area.right().checked_sub(1), area.bottom().checked_sub(1)) else {
        return;
    };
    let lines = lines(glyphs);
    for y in area.y..area.bottom() {
        write(buffer, (area.x, y), lines.upright, 1, style);
        write(buffer, (right, y), lines.upright, 1, style);
    }
    for (y, left_corner, right_corner) in
        [(area.y, lines.corners[0], lines.corners[1]), (bottom, lines.corners[2], lines.corners[3])]
    {
        rule(buffer, (area.x, y), area.width.into(), (glyphs, style));
        write(buffer, (area.x, y), left_corner, 1, style);
        write(buffer, (right, y), right_corner, 1, style);
    }
}

/// Writes a row of a chart; returns the column behind it.
pub fn write_row(buffer: &mut Buffer, (x, y): (u16, u16), row: &ChartRow, theme: Theme) -> u16 {
    let mut x = x;
    for cell in &row.0 {
        let room = usize::from(buffer.area.right().saturating_sub(x));
        x = write(buffer, (x, y), &cell.text, room, theme.ink(cell.ink));
    }
    x
}

/// Writes as much of a text as fits before a column, and moves on behind it.
pub fn put(buffer: &mut Buffer, x: &mut u16, y: u16, end: u16, text: &str, style: Style) {
    let room = usize::from(end.saturating_sub(*x));
    let shown = cut(text, room);
    *x = write(buffer, (*x, y), &shown, room, style);
}

/// The sign of a state in the letters of the program's language, or in ASCII where that was asked for.
pub fn state_sign(state: State, view: &View) -> &'static str {
    match view.glyphs {
        Glyphs::Ascii => state.ascii_sign(),
        Glyphs::Unicode => state.sign(view.ui),
    }
}

/// A verdict's sign and short word, or the short word of why there is none.
pub fn short_state(state: State, view: &View) -> String {
    let word = short_word(state, view.ui);
    match state_sign(state, view) {
        sign if state.is_verdict() && !sign.is_empty() => format!("{sign} {word}"),
        _ => word.to_owned(),
    }
}

fn short_word(state: State, ui: Ui) -> &'static str {
    match (ui, state) {
        // The column has room for four characters.
        (Ui::Zh, State::Undated) => "无期限",
        (Ui::Zh, state) => state.label(Ui::Zh),
        (Ui::En, State::NotStarted) => "not begun",
        (Ui::En, State::OnTrack) => "on track",
        (Ui::En, State::NeedsAcceleration) => "speed up",
        (Ui::En, State::Limited) => "limited",
        (Ui::En, State::Regressing) => "worsening",
        (Ui::En, State::Achieved) => "achieved",
        (Ui::En, State::Dropped) => "dropped",
        (Ui::En, State::InsufficientEvidence) => "evidence?",
        (Ui::En, State::NotAssessable | State::NotJudged) => "not judged",
        (Ui::En, State::NoBaseline) => "no baseline",
        (Ui::En, State::NoTarget) => "no target",
        (Ui::En, State::Undated) => "undated",
        (Ui::En, State::NoData) => "no data",
        (Ui::En, State::Undetermined) => "unclear",
        (Ui::En, State::Hold) => "holding",
        (Ui::En, State::Overdue) => "overdue",
        (Ui::En, State::Occurred) => "occurred",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    proptest! {
        #[test]
        fn cells_are_as_ratatui_writes_them(text in "[a-z 教育“”…\\u{301}\\t]{0,12}", x in 0u16..9, max in 0usize..12) {
            let style = Style::new().fg(Color::Red);
            let before = Buffer::with_lines(["规划规划规划"]);
            let (mut ours, mut theirs) = (before.clone(), before);
            let next = write(&mut ours, (x, 0), &text, max, style);
            prop_assert_eq!(next, theirs.set_stringn(x, 0, &text, max, style).0);
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn a_wide_character_cut_by_what_lies_over_it_is_gone_as_a_whole() {
        let mut buffer = Buffer::with_lines(["教育规划", "a教育规划"]);
        clear(&mut buffer, Rect::new(3, 0, 2, 2));
        let shown: Vec<String> =
            (0..2).map(|y| (0..9).map(|x| buffer[(x, y)].symbol()).collect::<String>()).collect();
        // Above, 育 begins before the area and 规 in it; below, 教 ends before it and 规 begins behind it.
        assert_eq!(shown, ["教     划  ", "a教   规 划 "]);
    }

    #[test]
    fn nothing_is_written_beyond_the_buffer() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        assert_eq!(write(&mut buffer, (1, 0), "教育", 9, Style::new()), 3);
        assert_eq!(buffer[(1, 0)].symbol(), "教");
    }
}
