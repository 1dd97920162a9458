//! Where everything stands on screen, as data: drawing and the mouse read it, `layout` makes it.

use ratatui::layout::Rect;

use super::card_window::Anchor;
use super::columns::Shown;
use super::content::Content;
use super::marks::MatchMarks;
use super::message::{Cell, Size};
use crate::page::terminal::StyledLine;
use crate::plan::{NodeId, Role};
use crate::text::Ui;

/// Below this many columns or lines there is only a message.
pub const SMALLEST: Size = Size { cols: 40, lines: 10 };

/// From this many columns on both panes show.
pub const WIDE_COLS: u16 = 100;

/// Lines of a screen from which a rule parts the hints from the body.
pub const ROOMY_LINES: u16 = 20;

/// Lines at the top of a list's frame before its first entry: border and filter, or border and title.
pub const LIST_HEAD_LINES: u16 = 2;

/// Columns of a row's standing: a gap, a sign, a space, and a word of at most nine.
pub const STANDING_COLS: u16 = 13;

/// Columns of the latest value, the gap before it among them.
const VALUE_COLS: u16 = 10;

/// Columns of the target, likewise.
const TARGET_COLS: u16 = 9;

/// Columns of a standing's sign alone.
const SIGN_COLS: u16 = 3;

/// The cells at the right end of a row, in columns of the terminal; 0 for one that has no room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowFit {
    pub value: u16,
    pub target: u16,
    pub standing: u16,
}

impl RowFit {
    /// What fits a pane: a title keeps at least half of it. The target gives way first, then the word of the
    /// standing, then the value.
    pub fn of(pane_cols: u16) -> Self {
        let room = pane_cols / 2;
        let all = Self { value: VALUE_COLS, target: TARGET_COLS, standing: STANDING_COLS };
        let choices = [
            all,
            Self { target: 0, ..all },
            Self { target: 0, standing: SIGN_COLS, ..all },
            Self { value: 0, target: 0, standing: SIGN_COLS },
        ];
        choices.into_iter().find(|fit| fit.cols() <= room).unwrap_or_default()
    }

    pub fn cols(self) -> u16 {
        self.value + self.target + self.standing
    }
}

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
    /// The cells at the right end of its rows, where there are no columns.
    pub row_fit: RowFit,
    /// Where the headings of those cells stand.
    pub row_head: Option<Rect>,
    /// How its rows show their titles.
    pub row_shape: RowShape,
    /// Columns of fold mark and indentation before the mark of each visible row are found by the row's depth;
    /// this is their start.
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
    pub marks: MatchMarks,
}

impl Panes {
    pub fn is_wide(&self) -> bool {
        self.outline.is_some() && self.card.is_some()
    }

    /// Both panes show, one beside the other.
    pub fn is_side_by_side(&self) -> bool {
        let top = self.row_head.or(self.outline).map(|area| area.y);
        self.outline.is_some() && self.card.is_some_and(|card| Some(card.y) == top)
    }

    /// Rows of the outline's pane.
    pub fn outline_height(&self) -> usize {
        self.outline.map_or(0, |area| usize::from(area.height / self.row_shape.lines()))
    }

    /// Lines of the card's pane.
    pub fn card_height(&self) -> usize {
        self.card.map_or(0, |area| usize::from(area.height))
    }

    /// The last line that can stand at the top of the card's pane; `None` where more lines follow those that
    /// are laid out.
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

/// How far a row stands from the left edge, at most half of the pane. A group stands half a step further out
/// than what is in it.
pub fn indent_cols(levels: u32, role: Role, pane_cols: u16) -> u16 {
    let out = if role == Role::Group { INDENT_COLS / 2 } else { 0 };
    let wanted = levels.saturating_mul(u32::from(INDENT_COLS)).saturating_sub(u32::from(out));
    u16::try_from(wanted).unwrap_or(u16::MAX).min(pane_cols / 2)
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(80, (10, 9, 13))] // 32 of 40
    #[case(65, (10, 9, 13))] // 32 of 32, the outline's pane of 120 columns
    #[case(60, (10, 0, 13))] // 23 of 30
    #[case(40, (10, 0, 3))] // 13 of 20
    #[case(24, (0, 0, 3))]
    fn a_title_keeps_half_of_the_row(#[case] pane: u16, #[case] fits: (u16, u16, u16)) {
        let fit = RowFit::of(pane);
        assert_eq!((fit.value, fit.target, fit.standing), fits);
    }
}
