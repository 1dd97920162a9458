//! Two levels of the plan crossed: which metrics and actions belong to a row and to a column at once, and how
//! they stand.
//!
//! A node belongs to another when it stands below it, or when it or an ancestor serves it or something below
//! it.

use std::ops::Range;

use super::rollup::{StateCounts, States, merged};
use crate::plan::{LevelId, NodeId, Plan};

/// One crossing of a row and a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatrixCell {
    /// Metrics, and actions without children, that belong to both; in reading order.
    pub nodes: Vec<NodeId>,
    /// The number of nodes in each state.
    pub by_state: StateCounts,
    /// Whether anything at all belongs to both, be it only a goal or the column itself.
    pub link: MatrixLink,
}

impl MatrixCell {
    /// How many of its nodes are judged.
    pub fn judged(&self) -> u32 {
        self.by_state.iter().filter(|(state, _)| state.is_verdict()).map(|(_, count)| count).sum()
    }

    /// "2/7": so many are judged, of so many; `·` where nothing belongs to both, `0` where only goals do.
    pub fn short(&self) -> String {
        if self.nodes.is_empty() {
            return if self.link == MatrixLink::None { "·" } else { "0" }.to_owned();
        }
        format!("{}/{}", self.judged(), self.nodes.len())
    }
}

/// Whether a row and a column have to do with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatrixLink {
    /// Nothing belongs to both.
    #[default]
    None,
    /// At least one node of the row serves the column.
    Some,
}

/// Two levels crossed: who serves whom, and how those nodes stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crossing {
    /// Nodes of the row level, in reading order.
    pub rows: Vec<NodeId>,
    /// Nodes of the column level.
    pub columns: Vec<NodeId>,
    /// Cells by row, then column.
    pub cells: Vec<Vec<MatrixCell>>,
}

impl Crossing {
    /// The matrix that the plan's manifest names; `None` where it names none.
    pub fn of_plan(plan: &Plan, states: &States) -> Option<Self> {
        plan.matrix.map(|matrix| Self::new(plan, states, matrix.rows, matrix.columns))
    }

    /// Crosses two levels; both must be levels of the plan.
    pub fn new(plan: &Plan, states: &States, rows: LevelId, columns: LevelId) -> Self {
        let of_level = |level: LevelId| -> Vec<NodeId> {
            plan.tree.ids().filter(|id| plan.tree.node(*id).level == level).collect()
        };
        let (rows, columns) = (of_level(rows), of_level(columns));
        let belonging =
            |ids: &[NodeId]| -> Vec<Vec<Range<u32>>> { ids.iter().map(|id| belonging(plan, *id)).collect() };
        let (of_rows, of_columns) = (belonging(&rows), belonging(&columns));
        let cells = of_rows
            .iter()
            .map(|row| of_columns.iter().map(|column| cell(states, &shared(row, column))).collect())
            .collect();
        Self { rows, columns, cells }
    }

    /// Rows that have to do with no column.
    pub fn empty_rows(&self) -> impl Iterator<Item = NodeId> {
        let empty = |cells: &[MatrixCell]| cells.iter().all(|cell| cell.link == MatrixLink::None);
        self.rows.iter().zip(&self.cells).filter(move |(_, cells)| empty(cells)).map(|(id, _)| *id)
    }

    /// Columns that have to do with no row.
    pub fn empty_columns(&self) -> impl Iterator<Item = NodeId> {
        let empty = |at: usize| self.cells.iter().all(|row| row[at].link == MatrixLink::None);
        self.columns.iter().enumerate().filter(move |(at, _)| empty(*at)).map(|(_, id)| *id)
    }

    /// A row's cells together, each node once.
    pub fn row_total(&self, states: &States, row: usize) -> MatrixCell {
        total(states, self.cells.get(row).into_iter().flatten())
    }

    /// A column's cells together, each node once.
    pub fn column_total(&self, states: &States, column: usize) -> MatrixCell {
        total(states, self.cells.iter().filter_map(|row| row.get(column)))
    }
}

/// Ids of everything that belongs to a node.
fn belonging(plan: &Plan, id: NodeId) -> Vec<Range<u32>> {
    let serving = plan.tree.subtree(id).flat_map(|below| plan.tree.served_by(below)).map(|link| link.to);
    merged(plan, std::iter::once(id).chain(serving))
}

/// What two sorted lists of ranges have in common.
fn shared(one: &[Range<u32>], other: &[Range<u32>]) -> Vec<Range<u32>> {
    let (mut left, mut right, mut out) = (0, 0, Vec::new());
    while let (Some(here), Some(there)) = (one.get(left), other.get(right)) {
        let both = here.start.max(there.start)..here.end.min(there.end);
        if both.start < both.end {
            out.push(both);
        }
        if here.end <= there.end { left += 1 } else { right += 1 }
    }
    out
}

fn cell(states: &States, ranges: &[Range<u32>]) -> MatrixCell {
    let link = if ranges.is_empty() { MatrixLink::None } else { MatrixLink::Some };
    counted(states, ranges.iter().flat_map(|range| states.leaves(range)).collect(), link)
}

fn counted(states: &States, nodes: Vec<NodeId>, link: MatrixLink) -> MatrixCell {
    let mut by_state = StateCounts::default();
    nodes.iter().for_each(|id| by_state.add(states.of(*id)));
    MatrixCell { nodes, by_state, link }
}

fn total<'c>(states: &States, cells: impl Iterator<Item = &'c MatrixCell>) -> MatrixCell {
    let (mut nodes, mut link) = (Vec::new(), MatrixLink::None);
    for cell in cells {
        nodes.extend_from_slice(&cell.nodes);
        if cell.link == MatrixLink::Some {
            link = MatrixLink::Some;
        }
    }
    nodes.sort_unstable();
    nodes.dedup();
    counted(states, nodes, link)
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::{AsOf, JournalData, Judge, RuleRef};
    use super::*;
    use crate::plan::Role;
    use crate::plan::State;

    /// Goals 0 and 1 (with a part, 2) and 3; actions 4 (metric 5, part 6 that serves 2) and 7 that serves
    /// nothing.
    fn crossed() -> (Plan, States) {
        let plan = plan(vec![
            node("p1", Role::Goal, None, 1),
            node("p2", Role::Goal, None, 3),
            measured(node("p2.m", Role::Metric, Some(1), 3), share()),
            node("p3", Role::Goal, None, 4),
            serving(node("a1", Role::Action, None, 7), &[0]),
            measured(node("a1.m", Role::Metric, Some(4), 6), share()),
            serving(measured(node("a1.x", Role::Metric, Some(4), 7), share()), &[2]),
            node("a2", Role::Action, None, 8),
        ]);
        let judge = Judge::new(&plan, RuleRef::PACE, AsOf::on(TODAY));
        let states = States::new(&judge, |id| JournalData {
            verdict: (id.0 == 6).then_some(State::Limited),
            ..JournalData::default()
        });
        (plan, states)
    }

    #[test]
    fn a_cell_holds_what_belongs_to_row_and_column() {
        let (plan, states) = crossed();
        let matrix = Crossing::new(&plan, &states, LevelId(0), LevelId(1));
        assert_eq!(matrix.rows, [NodeId(0), NodeId(1), NodeId(3)]);
        assert_eq!(matrix.columns, [NodeId(4), NodeId(7)]);
        assert_eq!(matrix.cells[0][0].nodes, [NodeId(5), NodeId(6)]); // all of a1 serves p1
        assert_eq!(matrix.cells[1][0].nodes, [NodeId(6)]); // a1.x serves a part of p2
        assert_eq!(matrix.cells[0][0].by_state.get(State::Limited), 1);
    }

    #[test]
    fn empty_rows_and_columns_are_named() {
        let (plan, states) = crossed();
        let matrix = Crossing::new(&plan, &states, LevelId(0), LevelId(1));
        assert_eq!(matrix.empty_rows().collect::<Vec<_>>(), [NodeId(3)]);
        assert_eq!(matrix.empty_columns().collect::<Vec<_>>(), [NodeId(7)]);
    }

    #[test]
    fn totals_count_each_node_once() {
        let (plan, states) = crossed();
        let matrix = Crossing::new(&plan, &states, LevelId(0), LevelId(1));
        assert_eq!(matrix.column_total(&states, 0).nodes, [NodeId(5), NodeId(6)]);
        assert_eq!(matrix.row_total(&states, 2), MatrixCell::default());
    }

    #[test]
    fn a_cell_in_short_says_how_many_are_judged_and_tells_nothing_from_none() {
        let mut by_state = StateCounts::default();
        for state in [State::NoTarget, State::OnTrack, State::Limited, State::OnTrack] {
            by_state.add(state);
        }
        let cell = MatrixCell { nodes: (0..4).map(NodeId).collect(), by_state, link: MatrixLink::Some };
        assert_eq!(cell.short(), "3/4");
        assert_eq!(MatrixCell::default().short(), "·");
        assert_eq!(MatrixCell { link: MatrixLink::Some, ..MatrixCell::default() }.short(), "0");
    }

    #[test]
    fn ranges_share_what_both_cover() {
        assert_eq!(shared(&[0..3, 5..9], &[2..6, 8..10]), [2..3, 5..6, 8..9]);
        assert_eq!(shared(&[0..3, 8..9], &[3..5, 6..7]), []);
    }
}
