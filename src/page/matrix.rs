//! What a matrix says beyond its cells: rows and columns that have to do with nothing, in words.

use super::Reader;
use crate::plan::{LevelId, NodeId, Plan};
use crate::progress::Crossing;
use crate::text::clean::one_line;

impl Reader<'_> {
    /// Empty rows and columns as findings, one sentence each.
    pub fn matrix_findings(&self, crossing: &Crossing, levels: (LevelId, LevelId)) -> Vec<String> {
        let rows = crossing.empty_rows().map(|row| self.finding(row, levels.1));
        rows.chain(crossing.empty_columns().map(|column| self.finding(column, levels.0))).collect()
    }

    fn finding(&self, node: NodeId, other: LevelId) -> String {
        let this = self.plan.tree.node(node);
        let (title, other) = (self.word(&this.title), self.word(&self.plan.level(other).label));
        let (title, other) = (one_line(&title), one_line(&other));
        self.ui.pick(
            format!("“{title}”（{}）与任何“{other}”都没有关联", this.key),
            format!("“{title}” ({}) is linked with no node of the level “{other}”", this.key),
        )
    }
}

/// The level of an id; `None` where the plan has none of that name.
pub fn level_named(plan: &Plan, id: &str) -> Option<LevelId> {
    let at = plan.levels.iter().position(|level| &*level.id == id)?;
    u16::try_from(at).ok().map(LevelId)
}
