//! What a row of the outline shows besides its title: the latest value and the target of a metric, how many
//! leaves a parent has and how many of them can be judged, and how either stands.

use super::PageReader;
use crate::journal::Annotations;
use crate::plan::figure;
use crate::plan::metric::Metric;
use crate::plan::{NodeId, State};
use crate::progress::{JournalData, Judge, Reading, Rollup, Turn};

/// The cells of a row. An empty one has nothing to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowCells {
    /// A metric's latest value, or a parent's number of leaves.
    pub value: String,
    /// A metric's target, or how many of a parent's leaves can be judged.
    pub target: String,
    pub standing: RowStanding,
}

/// How a row stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RowStanding {
    /// Nobody judges it.
    #[default]
    None,
    /// It is judged, by figures or by people.
    Verdict(State),
    /// It cannot be judged: why.
    Reason(State),
    /// There is no target to judge by: which way its figures went.
    Trend(Turn),
    /// A parent of leaves that can be judged: how many are in each state, the worst first.
    Parts(Vec<(State, u32)>),
}

impl PageReader<'_> {
    /// The cells of a node's row, with its state and the way its figures went. `rollup` is that of what is below
    /// it, where anything is.
    pub fn row_cells(
        &self,
        id: NodeId,
        said: Option<&Annotations>,
        (state, turn): (State, Option<Turn>),
        rollup: Option<&Rollup>,
    ) -> RowCells {
        let node = self.plan.tree.node(id);
        let verdict = state.is_verdict().then_some(RowStanding::Verdict(state));
        if let Some(metric) = node.metric.as_deref() {
            let judge = Judge::new(self.plan, self.rule, self.as_of);
            let (latest, target) = judge.latest_and_target(id, &JournalData::of(said));
            let text = |reading: Option<Reading>| {
                reading.map(|reading| self.row_figure(&reading, metric, said)).unwrap_or_default()
            };
            let trend = turn.filter(|_| state == State::NoTarget).map(RowStanding::Trend);
            let standing = verdict.or(trend).unwrap_or(RowStanding::Reason(state));
            return RowCells { value: text(latest), target: text(target), standing };
        }
        match rollup.filter(|rollup| rollup.leaves > 0) {
            Some(rollup) => {
                let judged = |(state, _): &(State, u32)| state.is_verdict();
                let parts: Vec<_> = rollup.by_state.worst_first().into_iter().filter(judged).collect();
                let count: u32 = parts.iter().map(|(_, count)| count).sum();
                RowCells {
                    value: rollup.leaves.to_string(),
                    target: if count > 0 { count.to_string() } else { String::new() },
                    standing: verdict.unwrap_or(if parts.is_empty() {
                        RowStanding::None
                    } else {
                        RowStanding::Parts(parts)
                    }),
                }
            }
            None => RowCells { standing: verdict.unwrap_or_default(), ..RowCells::default() },
        }
    }

    fn row_figure(&self, reading: &Reading, metric: &Metric, said: Option<&Annotations>) -> String {
        let written = reading.origin.written(metric, said);
        written.map_or_else(
            || figure::told(reading.written(), 4, self.ui),
            |one| self.short(one.value(), metric),
        )
    }
}
