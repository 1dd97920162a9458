//! Dial and chart of a verdict together, as cards show them.

use super::cells::{Glyphs, Ink, Row};
use super::{Dial, Plot};
use crate::plan::Plan;
use crate::progress::Assessment;
use crate::text::Ui;

/// Most rows that a legend takes.
const MAX_LEGEND_ROWS: usize = 3;

/// What a metric's figures look like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// One line; `None` where there is no figure to be shown.
    pub dial: Option<Row>,
    /// The chart with its legend; empty where there is no room, or fewer than two values.
    pub chart: Vec<Row>,
}

impl Drawing {
    /// Draws a verdict in so many columns, its chart in so many rows, none where that is 0. `today` is in decimal years.
    pub fn new(
        plan: &Plan,
        found: &Assessment,
        today: f64,
        (max_cols, chart_rows): (usize, usize),
        (glyphs, ui): (Glyphs, Ui),
    ) -> Self {
        let dial = Dial::new(found, ui).map(|dial| dial.row(max_cols, glyphs));
        let plot = Plot::new(plan, found, today, ui).filter(|plot| chart_rows > 0 && plot.marks.len() > 1);
        let chart = plot.map_or_else(Vec::new, |plot| {
            let mut rows = plot.rows(max_cols, chart_rows, glyphs, ui);
            let legend = crate::text::columns::wrap(&plot.legend(glyphs, ui), max_cols);
            rows.extend(legend.iter().take(MAX_LEGEND_ROWS).map(|line| {
                let mut row = Row::default();
                row.push(Ink::Words, line);
                row
            }));
            rows
        });
        Self { dial, chart }
    }
}
