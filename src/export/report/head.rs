//! What stands before the nodes: what the report is, what it was made from and by which rules, and how
//! everything in it stands.

use super::ReportBuilder;
use crate::export::document::{PageStyle, TOOL};
use crate::page::SectionKind;
use crate::page::block::{Block, Inline, Line, Pair, Section, Words};
use crate::plan::NodeId;
use crate::plan::figure;
use crate::text::words::VocabularyWord;

impl ReportBuilder<'_, '_> {
    /// What must be given again to make the report again: what people sign.
    pub fn head(&self) -> Vec<Pair> {
        let document = self.document;
        let scene = &document.scene;
        let plan = scene.plan;
        let plain = |text: String| vec![Inline::Plain(text)];
        let mut head = vec![self.reader.pair(
            "规划",
            "plan",
            vec![Inline::Words(self.reader.text(&plan.title)), Inline::Id(plan.id.to_string())],
        )];
        head.extend(plan.period.map(|period| {
            self.reader.pair("期间", "period", plain(format!("{}–{}", period.start, period.end)))
        }));
        head.push(self.reader.pair(
            "规划文件的哈希",
            "hash of the plan",
            plain(document.plan_hash.to_string()),
        ));
        if scene.errors > 0 {
            let errors = scene.errors;
            head.push(self.reader.pair(
                "规划中的错误",
                "errors in the plan",
                vec![Inline::Words(self.reader.spoken(|ui| {
                    ui.pick(
                        format!("{errors}处；以下为能读出的部分"),
                        format!("{errors}; this is what could be read"),
                    )
                }))],
            ));
        }
        head.push(self.reader.pair(
            "记录的哈希",
            "hash of the journal",
            plain(document.journal.hash.clone()),
        ));
        head.push(self.reader.pair("记录条数", "records", plain(document.journal.records.to_string())));
        head.push(self.reader.pair("范围", "scope", self.scope()));
        head.push(self.reader.pair("筛选", "filter", self.filter()));
        head.extend(self.shape());
        head.push(self.reader.pair("截至", "as of", plain(scene.judge.as_of.to_string())));
        head.push(self.reader.pair("判断规则", "rule", vec![Inline::Words(self.rule())]));
        head.push(self.reader.pair("语言", "language", plain(scene.lang().to_owned())));
        head.push(self.reader.pair("程序", "program", plain(TOOL.to_owned())));
        let counts = [document.count(), document.sources().len(), document.orphans().len()];
        head.push(self.reader.pair(
            "内容",
            "content",
            vec![Inline::Words(self.reader.spoken(|ui| {
                let [nodes, sources, orphans] = counts;
                ui.pick(
                    format!("节点{nodes}个，来源{sources}份，无主的记录{orphans}条"),
                    format!("nodes {nodes}, sources {sources}, orphaned annotations {orphans}"),
                )
            }))],
        ));
        head
    }

    /// What shapes it besides.
    fn shape(&self) -> Vec<Pair> {
        let shape = &self.document.shape;
        let words = |zh: &str, en: &str, text: Words| self.reader.pair(zh, en, vec![Inline::Words(text)]);
        let said = |labels| self.reader.said(&labels);
        let mut pairs = vec![words("篇幅", "length", said(shape.length.wording().labels()))];
        pairs.extend(
            shape
                .depth
                .map(|depth| self.reader.pair("层数", "levels", vec![Inline::Plain(depth.to_string())])),
        );
        pairs.extend(shape.only.map(|only| words("只含", "only", said(only.wording().labels()))));
        if shape.style != PageStyle::Plain {
            let layout = self.reader.say(
                "按 GB/T 9704 的版式排印，不是公文",
                "laid out after GB/T 9704; it is no official document",
            );
            pairs.push(words("版式", "layout", layout));
        }
        pairs
    }

    fn scope(&self) -> Line {
        match self.document.scope {
            Some(top) => self.node_line(top),
            None => vec![Inline::Words(self.reader.say("整份规划", "the whole plan"))],
        }
    }

    fn filter(&self) -> Line {
        let Some(filter) = &self.document.filter else {
            return vec![Inline::Words(self.reader.say("无", "none"))];
        };
        let matched = self.document.matched();
        let others = self.document.count() - matched;
        let said = self.reader.spoken(|ui| {
            ui.pick(
                format!("匹配{matched}个节点，另列其上级{others}个（只列名称）"),
                format!("{matched} nodes match; {others} above them are named only"),
            )
        });
        vec![Inline::Plain(filter.query.to_string()), Inline::Words(said)]
    }

    /// The rule set with its cut-offs: "pace (ρ): on-track from 0.95, …".
    fn rule(&self) -> Words {
        let rule = self.document.scene.judge.rule;
        let [first, second, third] = rule.cuts().map(|cut| figure::rounded(cut, 4));
        self.reader.spoken(|ui| {
            let [one, two, three, four] = rule.class_names(ui);
            let (steps, source) = (rule.set().steps.label(ui), rule.source(ui));
            let (label, sign, id) = (rule.label(ui), rule.symbol(), rule.word());
            let id = if label == id { String::new() } else { format!(" {id}") };
            ui.pick(
                format!(
                    "{label}{id}（{sign}）：≥ {first} {one}，≥ {second} {two}，≥ {third} {three}，以下{four}；读数之前的步骤：{steps}；出处：{source}"
                ),
                format!(
                    "{label}{id} ({sign}): ≥ {first} {one}, ≥ {second} {two}, ≥ {third} {three}, below {four}; steps before its number: {steps}; source: {source}"
                ),
            )
        })
    }

    /// How everything in scope stands.
    pub fn overview(&self) -> Option<Section> {
        let rollup = self.document.rollup()?;
        let heading = self.reader.say("总体情况", "How it stands");
        let judged = Block::Paragraph(vec![Inline::Words(self.judged_said())]);
        let rolled_up = self.reader.rolled_up(&rollup, &self.document.scene.states, self.form());
        let blocks = std::iter::once(judged).chain(rolled_up).collect();
        Some(Section { kind: SectionKind::State, heading, blocks })
    }

    /// A node by its title and id.
    fn node_line(&self, id: NodeId) -> Line {
        let node = self.document.plan().tree.node(id);
        vec![Inline::Words(self.reader.text(&node.title)), Inline::Id(node.key.to_string())]
    }
}
