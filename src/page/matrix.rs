//! Two levels crossed: the table with its totals, what its columns and signs mean, and rows and columns that
//! have to do with nothing.

use super::block::{Align, Block, Inline, Line, ListItem, Pair, Table, Words};
use super::reader::{PageReader, plain};
use crate::plan::{LevelId, NodeId, Plan, State};
use crate::progress::matrix::MatrixLink;
use crate::progress::{Crossing, MatrixCell, States};
use crate::text::clean::one_line;

impl PageReader<'_> {
    pub fn matrix(&self, crossing: &Crossing, states: &States, levels: (LevelId, LevelId)) -> Vec<Block> {
        let mut blocks = vec![Block::Table(self.crossed(crossing, states))];
        let key = |id: &NodeId| self.plan.tree.node(*id).key.to_string();
        let title = |id: &NodeId| vec![Inline::Words(self.each(|one| one.title_line(*id)))];
        let legend = |id: &NodeId| Pair::new(self.as_it_is(&key(id)), title(id));
        if !crossing.columns.is_empty() {
            blocks.push(Block::Pairs(crossing.columns.iter().map(legend).collect()));
        }
        let cells = || crossing.cells.iter().flatten();
        let occurs = |state: &&State| cells().any(|cell| cell.by_state.get(**state) > 0);
        let signs: Vec<&State> = State::ALL.iter().filter(occurs).collect();
        if !signs.is_empty() {
            let sign = |state: &State| self.state_piece(*state);
            blocks.push(Block::Paragraph(signs.into_iter().map(sign).collect()));
        }
        let findings: Vec<Words> = self.findings(crossing, levels);
        if !findings.is_empty() {
            let item = |said| ListItem { depth: 1, line: vec![Inline::Words(said)], ..ListItem::default() };
            blocks.push(Block::Heading(vec![Inline::Words(self.say("发现", "Findings"))]));
            blocks.push(Block::List(findings.into_iter().map(item).collect()));
        }
        let rule = self.each(|one| {
            let rule = one.rule_named(one.rule);
            one.ui.pick(format!("规则 {rule}"), format!("rule {rule}"))
        });
        blocks.push(Block::Aside(vec![Inline::Words(rule)]));
        blocks
    }

    fn crossed(&self, crossing: &Crossing, states: &States) -> Table {
        let total = self.say("合计", "total");
        let key = |id: &NodeId| self.as_it_is(self.plan.tree.node(*id).key.as_str());
        let columns = crossing.columns.iter().map(key).chain([total.clone()]);
        let columns = std::iter::once(Words::default()).chain(columns).collect();
        let count = |cell: &MatrixCell| plain(cell.nodes.len().to_string());
        let row = |(at, id): (usize, &NodeId)| -> Vec<Line> {
            let cells = crossing.cells.get(at).into_iter().flatten().map(|cell| plain(cell.short()));
            let title = vec![Inline::Words(self.each(|one| one.title_line(*id)))];
            std::iter::once(title).chain(cells).chain([count(&crossing.row_total(states, at))]).collect()
        };
        let mut rows: Vec<Vec<Line>> = crossing.rows.iter().enumerate().map(row).collect();
        let totals = (0..crossing.columns.len()).map(|at| count(&crossing.column_total(states, at)));
        rows.push(std::iter::once(vec![Inline::Words(total)]).chain(totals).chain([Line::new()]).collect());
        Table { columns, rows, align: Align::Right, figures: Vec::new() }
    }

    /// What a cell says, in words.
    pub fn crossing_cell(&self, cell: &MatrixCell) -> Words {
        let count = cell.nodes.len();
        self.spoken(|ui| match (count, cell.link) {
            (0, MatrixLink::None) => ui.pick("没有关联", "not linked").to_owned(),
            (0, _) => {
                ui.pick("有关联，但没有指标或末级行动", "linked, but no metric or lowest action").to_owned()
            }
            _ => {
                let states = cell.by_state.worst_first().into_iter();
                let states = states.map(|(state, count)| format!("{} {count}", state.signed(ui)));
                let states = states.collect::<Vec<_>>().join(" · ");
                ui.pick(format!("{count}项：{states}"), format!("{count}: {states}"))
            }
        })
    }

    /// Empty rows and columns as findings, one sentence each.
    pub fn findings(&self, crossing: &Crossing, levels: (LevelId, LevelId)) -> Vec<Words> {
        let finding = |node, other| self.each(|one| one.finding(node, other));
        let rows = crossing.empty_rows().map(|row| finding(row, levels.1));
        rows.chain(crossing.empty_columns().map(|column| finding(column, levels.0))).collect()
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
