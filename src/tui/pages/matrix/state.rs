//! Two levels crossed, computed when the page opens and again when the journal changes.

use crate::plan::{LevelId, NodeId, Plan, Role};
use crate::progress::matrix::MatrixLink;
use crate::progress::{Crossing, MatrixCell, States};

#[derive(Clone, Debug, Default)]
pub struct MatrixPage {
    /// Each pair of levels crossed, the manifest's first; `None` until every node's state is known.
    pub crossed: Option<Vec<Crossed>>,
    pub pair: usize,
    /// The selected cell's row and column.
    pub at: (usize, usize),
    /// First row and column in view.
    pub from: (usize, usize),
}

#[derive(Clone, Debug)]
pub struct Crossed {
    /// The levels of rows and columns.
    pub levels: (LevelId, LevelId),
    pub crossing: Crossing,
    /// Each row's cells together.
    pub row_totals: Vec<MatrixCell>,
    /// Each column's cells together.
    pub column_totals: Vec<MatrixCell>,
}

/// Levels with more nodes than this are not offered besides the manifest's.
const MAX_NODES: usize = 24;

/// More cells than this are no matrix that anybody reads.
pub const MAX_CELLS: usize = 20_000;

impl Crossed {
    fn new(plan: &Plan, states: &States, levels: (LevelId, LevelId)) -> Self {
        let crossing = Crossing::new(plan, states, levels.0, levels.1);
        let row_totals = (0..crossing.rows.len()).map(|row| crossing.row_total(states, row)).collect();
        let column_totals =
            (0..crossing.columns.len()).map(|column| crossing.column_total(states, column)).collect();
        Self { levels, crossing, row_totals, column_totals }
    }

    fn is_linked(&self) -> bool {
        self.crossing.cells.iter().flatten().any(|cell| cell.link == MatrixLink::Some)
    }

    pub fn cell(&self, (row, column): (usize, usize)) -> Option<&MatrixCell> {
        self.crossing.cells.get(row)?.get(column)
    }

    /// The nodes that a cell crosses.
    pub fn ends(&self, (row, column): (usize, usize)) -> Option<(NodeId, NodeId)> {
        Some((*self.crossing.rows.get(row)?, *self.crossing.columns.get(column)?))
    }
}

/// The manifest's pair of levels, then its rows and its columns with each further level of a few goals to
/// which they are linked: stage goals and their like. `None` where the manifest names no pair, or one with
/// too many cells.
pub fn crossed(plan: &Plan, states: &States) -> Option<Vec<Crossed>> {
    let own = plan.matrix?;
    let count = |level: LevelId| plan.tree.nodes().iter().filter(|node| node.level == level).count();
    if count(own.rows).saturating_mul(count(own.columns)) > MAX_CELLS {
        return None;
    }
    let levels = (0u16..).zip(&plan.levels).filter(|(_, level)| level.role == Role::Goal);
    let others: Vec<LevelId> = levels
        .map(|(id, _)| LevelId(id))
        .filter(|id| *id != own.rows && *id != own.columns && (2..=MAX_NODES).contains(&count(*id)))
        .collect();
    let further = [own.rows, own.columns]
        .into_iter()
        .filter(|rows| count(*rows).saturating_mul(MAX_NODES) <= MAX_CELLS)
        .flat_map(|rows| others.iter().map(move |columns| (rows, *columns)))
        .map(|levels| Crossed::new(plan, states, levels))
        .filter(Crossed::is_linked);
    let first = Crossed::new(plan, states, (own.rows, own.columns));
    Some(std::iter::once(first).chain(further).collect())
}
