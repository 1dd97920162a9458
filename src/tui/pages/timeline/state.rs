//! The timeline of the scope, computed when the page opens and again when the journal changes.

use crate::chart::timeline::YearWindow as Years;
use crate::plan::NodeId;
use crate::progress;
use crate::tui::pages::window::Window;

/// What is due when, for the nodes of the scope that have anything in time.
#[derive(Clone, Debug, Default)]
pub struct TimelinePage {
    /// The rows; `None` until every node's state is known.
    pub drawn: Option<Drawn>,
    /// The selected row.
    pub window: Window,
    /// The first year in view, where somebody moved there.
    pub first: Option<i16>,
    /// The node to be selected once the rows are there.
    pub wanted: Option<NodeId>,
}

#[derive(Clone, Debug)]
pub struct Drawn {
    /// The nodes that have anything in time.
    pub found: progress::Timeline,
    /// How many of the scope's nodes have nothing in time.
    pub left_out: usize,
    /// How many dates lie within the next twelve months.
    pub soon: usize,
    /// How many have passed without being met.
    pub overdue: usize,
    /// First and last calendar year of the plan.
    pub period: (i16, i16),
}

/// Columns of a year below which fewer years show.
const LEAST_YEAR_COLS: usize = 5;

impl Drawn {
    /// The years in view on so many columns, beginning with a year: the plan's, or as many as can be told
    /// apart.
    pub fn years(&self, first: Option<i16>, track_cols: usize) -> Years {
        let (start, end) = self.period;
        let most = i16::try_from((track_cols / LEAST_YEAR_COLS).max(1)).unwrap_or(i16::MAX);
        let length = end.saturating_sub(start).saturating_add(1).clamp(1, most);
        let years = Years { first: start, last: start.saturating_add(length - 1) };
        years.moved(first.map_or(0, |first| first.saturating_sub(start)), &self.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(72, None, 2024, 2035)] // six columns a year
    #[case(60, None, 2024, 2035)]
    #[case(50, None, 2024, 2033)] // ten years of five columns
    #[case(50, Some(2030), 2026, 2035)] // no further than there is anything
    #[case(50, Some(2000), 2020, 2029)]
    #[case(3, None, 2024, 2024)]
    fn as_many_years_show_as_can_be_told_apart(
        #[case] track_cols: usize,
        #[case] first: Option<i16>,
        #[case] from: i16,
        #[case] to: i16,
    ) {
        let found = progress::Timeline { first: 2020, last: 2035, today: 2026.9, rows: Vec::new() };
        let drawn = Drawn { found, left_out: 0, soon: 0, overdue: 0, period: (2024, 2035) };
        assert_eq!(drawn.years(first, track_cols), Years { first: from, last: to });
    }
}
