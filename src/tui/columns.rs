//! The outline with columns: which are chosen, in view, and sorted by. Plain data; `update::columns` changes
//! it, `widgets::columns` draws it.
//!
//! A way of showing the outline, no page: folding, moving, annotating and finding stay what they are.

use std::ops::Range;
use std::sync::Arc;

use super::text::cols;
use crate::outline::SiblingOrder;
use crate::page::columns::{OutlineColumn, SortDirection};
use crate::plan::load::Loaded;
use crate::progress::RuleRef;

/// The columns of the outline.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The chosen column; the first where nobody chose, or where the plan has it no longer.
    pub chosen: Option<OutlineColumn>,
    pub first: usize,
    /// What siblings are sorted by, where not by the plan.
    pub sort: Option<Sort>,
}

/// An order of siblings.
#[derive(Clone, Debug)]
pub struct Sort {
    pub column: OutlineColumn,
    pub way: SortDirection,
    /// It, once it is worked out.
    pub order: Option<Arc<SiblingOrder>>,
    /// What it was worked out from.
    pub from: Option<SortedFrom>,
}

/// What an order was worked out from. A step of one's own moves no row from under the cursor: only all of it
/// again does.
#[derive(Clone, Debug)]
pub struct SortedFrom {
    pub loaded: Arc<Loaded>,
    pub rule: RuleRef,
    /// How often every node's state had been worked out.
    pub judged: u64,
}

/// Columns in view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub range: Range<usize>,
    pub all: usize,
    /// Columns of the terminal each takes, without the gap before it.
    pub widths: Vec<u16>,
    /// Columns of the terminal left of the first one.
    pub title_cols: u16,
}

pub const GAP_COLS: u16 = 1;

/// The outline's title takes at least so much, in a pane of so many columns.
fn least_title_cols(pane_cols: u16) -> u16 {
    if pane_cols >= 80 { 28 } else { 22 }
}

pub fn width(column: OutlineColumn) -> u16 {
    match column {
        OutlineColumn::Baseline | OutlineColumn::Latest | OutlineColumn::Due(_) | OutlineColumn::Review => 11,
        OutlineColumn::Pace => 10,
        OutlineColumn::State => 13,
        OutlineColumn::Notes => 6,
    }
}

impl Columns {
    /// The place of the chosen column among all.
    pub fn place(&self, all: &[OutlineColumn]) -> usize {
        self.chosen.and_then(|chosen| all.iter().position(|column| *column == chosen)).unwrap_or(0)
    }

    /// What fits a pane; the chosen column is always in view, and as few columns as can be move for it.
    pub fn fit(&mut self, all: &[OutlineColumn], pane_cols: u16) -> Shown {
        let chosen = self.place(all);
        self.first = self.first.min(chosen);
        let room = pane_cols.saturating_sub(least_title_cols(pane_cols));
        let needed = |range: Range<usize>| all[range].iter().map(|one| width(*one) + GAP_COLS).sum::<u16>();
        while self.first < chosen && needed(self.first..chosen + 1) > room {
            self.first += 1;
        }
        // Room at the right end is used before columns are left out at the left one.
        while self.first > 0 && needed(self.first - 1..all.len()) <= room {
            self.first -= 1;
        }
        let mut end = self.first;
        while end < all.len() && needed(self.first..end + 1) <= room {
            end += 1;
        }
        let widths: Vec<u16> = all[self.first..end].iter().map(|column| width(*column)).collect();
        let taken = widths.iter().map(|width| width + GAP_COLS).sum::<u16>();
        Shown { range: self.first..end, all: all.len(), widths, title_cols: pane_cols.saturating_sub(taken) }
    }
}

/// A heading cut to what is there: a name in brackets gives way first.
pub fn heading(label: &str, max_cols: usize) -> String {
    let short = label.split(" (").next().unwrap_or(label);
    super::text::cut(if cols(label) > max_cols { short } else { label }, max_cols).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const ALL: [OutlineColumn; 8] = [
        OutlineColumn::Baseline,
        OutlineColumn::Latest,
        OutlineColumn::Due(2027),
        OutlineColumn::Due(2035),
        OutlineColumn::Pace,
        OutlineColumn::State,
        OutlineColumn::Review,
        OutlineColumn::Notes,
    ];

    #[rstest]
    #[case(120, 0, 0..8)] // 28 for the title; 4 × 12 + 11 + 14 + 12 + 7 = 92 of 92
    #[case(118, 0, 0..7)]
    #[case(80, 0, 0..4)] // 48 of 52
    #[case(80, 4, 1..5)] // 3 × 12 + 11 = 47
    #[case(80, 7, 4..8)] // 11 + 14 + 12 + 7 = 44, and one more column does not fit
    #[case(60, 2, 0..3)] // 36 of 38
    #[case(60, 3, 1..4)]
    fn the_chosen_column_is_in_view(#[case] pane: u16, #[case] chosen: usize, #[case] range: Range<usize>) {
        let mut columns = Columns { chosen: Some(ALL[chosen]), ..Columns::default() };
        let shown = columns.fit(&ALL, pane);
        assert_eq!(shown.range, range);
        assert!(shown.title_cols >= least_title_cols(pane));
    }

    #[test]
    fn going_back_moves_the_window_only_where_it_has_to() {
        let mut columns = Columns { chosen: Some(ALL[7]), ..Columns::default() };
        columns.fit(&ALL, 80);
        columns.chosen = Some(ALL[4]);
        assert_eq!(columns.fit(&ALL, 80).range, 4..8);
        columns.chosen = Some(ALL[3]);
        assert_eq!(columns.fit(&ALL, 80).range, 3..7); // 12 + 11 + 14 + 12 = 49
    }
}
