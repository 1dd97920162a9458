//! What stands before the nodes: what the report is, what it was made from and by which rules, and how everything in it stands.

use super::{Block, Line, Pair, Piece, Report, Section, Table, Words};
use crate::export::document::TOOL;
use crate::page::SectionKind;
use crate::plan::figure;
use crate::plan::{NodeId, State};
use crate::progress::Rollup;

impl Report<'_, '_> {
    /// The title: the scope's, else the plan's.
    pub fn title(&self) -> Words {
        let plan = self.document.plan();
        let title = self.document.scope.map_or(&plan.title, |top| &plan.tree.node(top).title);
        self.text(title)
    }

    /// What must be given again to make the report again: what people sign.
    pub fn head(&self) -> Vec<Pair> {
        let document = self.document;
        let scene = &document.scene;
        let plan = scene.plan;
        let plain = |text: String| vec![Piece::Plain(text)];
        let mut head = vec![self.pair(
            "规划",
            "plan",
            vec![Piece::Words(self.text(&plan.title)), Piece::Id(plan.id.to_string())],
        )];
        head.extend(
            plan.period
                .map(|period| self.pair("期间", "period", plain(format!("{}–{}", period.start, period.end)))),
        );
        head.push(self.pair("规划文件的哈希", "hash of the plan", plain(document.plan_hash.to_string())));
        if scene.errors > 0 {
            let errors = scene.errors;
            head.push(self.pair(
                "规划中的错误",
                "errors in the plan",
                vec![Piece::Words(self.spoken(|ui| {
                    ui.pick(
                        format!("{errors} 处；以下为能读出的部分"),
                        format!("{errors}; this is what could be read"),
                    )
                }))],
            ));
        }
        head.push(self.pair("记录的哈希", "hash of the journal", plain(document.journal.hash.clone())));
        head.push(self.pair("记录条数", "records", plain(document.journal.records.to_string())));
        head.push(self.pair("范围", "scope", self.scope()));
        head.push(self.pair("筛选", "filter", self.filter()));
        head.push(self.pair("截至", "as of", plain(scene.judge.as_of.to_string())));
        head.push(self.pair("判断规则", "rule", vec![Piece::Words(self.rule())]));
        head.push(self.pair("语言", "language", plain(scene.lang().to_owned())));
        head.push(self.pair("程序", "program", plain(TOOL.to_owned())));
        let counts = [document.count(), document.sources().len(), document.orphans().len()];
        head.push(self.pair(
            "内容",
            "content",
            vec![Piece::Words(self.spoken(|ui| {
                let [nodes, sources, orphans] = counts;
                ui.pick(
                    format!("节点 {nodes}，来源 {sources}，无主的记录 {orphans}"),
                    format!("nodes {nodes}, sources {sources}, orphaned annotations {orphans}"),
                )
            }))],
        ));
        head
    }

    pub(super) fn pair(&self, zh: &str, en: &str, value: Line) -> Pair {
        Pair::new(self.say(zh, en), value)
    }

    fn scope(&self) -> Line {
        match self.document.scope {
            Some(top) => self.node_line(top),
            None => vec![Piece::Words(self.say("整份规划", "the whole plan"))],
        }
    }

    fn filter(&self) -> Line {
        let Some(filter) = &self.document.filter else {
            return vec![Piece::Words(self.say("无", "none"))];
        };
        let matched = self.document.matched();
        let others = self.document.count() - matched;
        let said = self.spoken(|ui| {
            ui.pick(
                format!("匹配 {matched} 个节点，另列其上级 {others} 个（只列名称）"),
                format!("{matched} nodes match; {others} above them are named only"),
            )
        });
        vec![Piece::Plain(filter.query.to_string()), Piece::Words(said)]
    }

    /// The rule set with its cut-offs: "pace (ρ): on-track from 0.95, …".
    fn rule(&self) -> Words {
        let rule = self.document.scene.judge.rule;
        let [first, second, third] = rule.cuts().map(|cut| figure::rounded(cut, 4));
        self.spoken(|ui| {
            let names = [State::OnTrack, State::NeedsAcceleration, State::Limited, State::Regressing];
            let [one, two, three, four] = names.map(|state| state.label(ui));
            let (label, sign, id) = (rule.label(ui), rule.symbol(), rule.word());
            let id = if label == id { String::new() } else { format!(" {id}") };
            ui.pick(
                format!(
                    "{label}{id}（{sign}）：≥ {first} {one}，≥ {second} {two}，≥ {third} {three}，以下{four}"
                ),
                format!(
                    "{label}{id} ({sign}): ≥ {first} {one}, ≥ {second} {two}, ≥ {third} {three}, below {four}"
                ),
            )
        })
    }

    /// How everything in scope stands.
    pub fn overview(&self) -> Option<Section> {
        let rollup = self.document.rollup()?;
        let heading = self.say("总体情况", "How it stands");
        Some(Section { kind: SectionKind::State, heading, blocks: self.rollup(&rollup) })
    }

    /// A roll-up: the distribution, coverage, the worst, whose targets.
    pub(super) fn rollup(&self, rollup: &Rollup) -> Vec<Block> {
        let Rollup { leaves, assessed, own_targets, other_targets, .. } = *rollup;
        let words = |line: Words| vec![Piece::Words(line)];
        let mut pairs = vec![self.pair(
            "覆盖",
            "coverage",
            words(self.spoken(|ui| {
                ui.pick(
                    format!("{leaves} 项中 {assessed} 项有结论"),
                    format!("{assessed} of {leaves} assessed"),
                )
            })),
        )];
        pairs.extend(rollup.worst.map(|worst| self.pair("最差", "worst", self.stands(worst))));
        if own_targets + other_targets > 0 {
            pairs.push(self.pair(
                "目标",
                "targets",
                words(self.spoken(|ui| {
                    ui.pick(
                        format!("本规划 {own_targets} 项，其他文件 {other_targets} 项"),
                        format!("of the plan itself {own_targets}, of other documents {other_targets}"),
                    )
                })),
            ));
        }
        let mut blocks = vec![Block::Pairs(pairs)];
        let row = |(state, count): (State, u32)| {
            vec![vec![self.state_piece(state)], vec![Piece::Plain(count.to_string())]]
        };
        let rows: Vec<Vec<Line>> = rollup.by_state.iter().map(row).collect();
        if !rows.is_empty() {
            let columns = vec![self.say("状态", "State"), self.say("项数", "Count")];
            blocks.push(Block::Table(Table::new(columns, rows)));
        }
        blocks
    }

    fn stands(&self, id: NodeId) -> Line {
        let state = self.document.scene.states.of(id);
        std::iter::once(self.state_piece(state)).chain(self.node_line(id)).collect()
    }
}
