//! How things stand below a node: of one node its roll-up, then a line for each below it; no averages.

use super::block::{Align, Block, Inline, Line, Page, Table, Words};
use super::kinds::SectionKind;
use super::reader::{PageReader, ReadingMedium, plain};
use crate::plan::{NodeId, Role};
use crate::progress::{Rollup, States};

impl PageReader<'_> {
    /// How one node and everything below it stand.
    pub fn status_page(&self, top: NodeId, states: &States) -> Page {
        let state = self.pair("状态", "state", vec![self.standing_piece(states.of(top))]).bare();
        let rollup = states.rollup(self.plan, top);
        let below =
            rollup.map(|rollup| self.rolled_up(&rollup, states, ReadingMedium::Screen)).unwrap_or_default();
        let is_group = self.plan.tree.node(top).role == Role::Group;
        let stands = if is_group { Vec::new() } else { vec![Block::Pairs(vec![state])] };
        let sections = [(SectionKind::State, stands), (SectionKind::Rollup, below)];
        self.headed(top, self.sections(sections))
    }

    /// A node with its state, as a heading.
    pub fn stands_as(&self, node: NodeId, states: &States) -> Block {
        let title = Inline::Words(self.each(|one| one.title_line(node)));
        Block::Heading(vec![title, self.standing_piece(states.of(node))])
    }

    /// The rule set and the day, then a row for each node below one: how many of its leaves have a scale
    /// verdict, and the states of all.
    pub fn below(&self, top: Option<NodeId>, states: &States) -> Vec<Block> {
        let rule = self.each(|one| {
            let (rule, as_of) = (one.rule_named(one.rule), one.as_of);
            one.ui.pick(format!("规则：{rule} · 截至 {as_of}"), format!("rule: {rule} · as of {as_of}"))
        });
        let mut blocks = vec![Block::Aside(vec![Inline::Words(rule)])];
        let row = |id: NodeId| Some(self.status_row(id, &states.rollup(self.plan, id)?));
        let rows: Vec<Vec<Line>> = self.plan.tree.next_level(top).into_iter().filter_map(row).collect();
        if !rows.is_empty() {
            let columns = vec![Words::default(); 4];
            blocks.push(Block::Table(Table { columns, rows, align: Align::Left, figures: Vec::new() }));
        }
        blocks
    }

    fn status_row(&self, id: NodeId, rollup: &Rollup) -> Vec<Line> {
        let verdicts = rollup.by_state.worst_first().into_iter().filter(|(state, _)| state.is_verdict());
        let count = |(state, count)| Inline::Count(state, self.state(state), count);
        vec![
            vec![Inline::Words(self.each(|one| one.title_line(id)))],
            plain(format!("{}/{}", rollup.assessed, rollup.leaves)),
            vec![Inline::Id(self.plan.tree.node(id).key.to_string())],
            verdicts.map(count).collect(),
        ]
    }

    /// That authors differ on some nodes and nobody settled it; nothing where they do not.
    pub fn disputes(&self, count: usize) -> Option<Block> {
        let said = self.spoken(|ui| {
            let nodes = if count == 1 { "1 node".to_owned() } else { format!("{count} nodes") };
            ui.pick(
                format!("异{count}个节点上作者结论不同；`plan158 status --agreement` 列出"),
                format!("! authors differ on {nodes}; `plan158 status --agreement` lists them"),
            )
        });
        (count > 0).then_some(Block::Remark(said))
    }
}
