//! What `lint` found: commitments that cannot be evaluated as written, as questions to ask, then their scores
//! and what was set aside.

use super::block::{Align, Block, Inline, Line, ListItem, Table, Weight, Words};
use super::reader::{PageReader, plain};
use crate::plan::NodeId;
use crate::progress::lint::{Commitment, EVERY_RULE, LintReport, Question, Waived};
use crate::text::Text;
use crate::text::clean::one_line;

/// Commitments shown with their scores: those up to so many steps below the scope, and every metric with a
/// target.
const SHOWN_DEPTH: u32 = 1;

impl PageReader<'_> {
    /// The page of a report on a node and what is below it, or on everything.
    pub fn lint(&self, report: &LintReport, scope: Option<NodeId>) -> Vec<Block> {
        let mut blocks = vec![self.counts(report)];
        let numbered = || (1..).zip(&report.questions);
        if report.questions.iter().any(|own| own.unread.is_some()) {
            let heading = self.say("规划未说明", "What the plan does not say");
            blocks.push(Block::Heading(vec![Inline::Words(heading)]));
        }
        blocks
            .extend(numbered().filter(|(_, own)| own.unread.is_none()).map(|(n, own)| self.question(n, own)));
        let unread: Vec<_> = numbered().filter(|(_, own)| own.unread.is_some()).collect();
        if !unread.is_empty() {
            let heading = self.say(
                "尚未读到：以下问题的答案可能在未读的部分中",
                "Not read yet: the answers to these may stand in what was not read",
            );
            blocks.push(Block::Heading(vec![Inline::Words(heading)]));
            blocks.extend(unread.into_iter().map(|(number, own)| self.question(number, own)));
        }
        blocks.extend(self.scores(report, scope));
        let aside = self.say("已豁免（连同下级）", "Waived (the node and what is below it)");
        blocks.extend(self.waivers(aside, &report.waived));
        let unknown = self.say("豁免了不存在的规则", "Waivers of rules that do not exist");
        blocks.extend(self.waivers(unknown, &report.unknown));
        blocks
    }

    /// The counts, in sentences.
    fn counts(&self, report: &LintReport) -> Block {
        let total = report.commitments.len();
        let whole = report.commitments.iter().filter(|own| own.failed.is_empty()).count();
        let (asked, aside) = (report.questions.len(), report.set_aside);
        let unread = report.questions.iter().filter(|own| own.unread.is_some()).count();
        let (people, practices) = (report.left_to_people, report.practices);
        Block::Remark(self.spoken(|ui| ui.pick(
            format!(
                "目标任务{total}项，其中{whole}项满足全部适用规则；提问{asked}个，按权重排列，其中{unread}个的答案可能在未读的部分中。另有：{people}项留给人判断，{aside}项已豁免，均不评分；{practices}项行动只见于报道，不算目标任务。"
            ),
            format!(
                "{total} commitments, of which {whole} meet every rule that applies; {asked} questions, the weightiest first; the answers to {unread} may stand in what was not read. Not scored: {people} left to people, {aside} set aside; {practices} actions are known from reports only and are no commitments."
            ),
        )))
    }

    fn key(&self, id: NodeId) -> Inline {
        Inline::Id(self.plan.tree.node(id).key.to_string())
    }

    fn question(&self, number: usize, own: &Question) -> Block {
        let code = Inline::Plain(format!("{number}. {}", own.rule.code()));
        let name = Inline::Words(self.said(&own.rule.name()));
        let head = [code, name].into_iter().chain(own.node.map(|id| self.key(id)));
        let because = self.spoken(|ui| format!("{}{}", ui.pick("理由：", "because "), own.reason.get(ui)));
        let mut items = vec![
            ListItem { weight: Weight::Strong, ..item(1, head.collect()) },
            item(2, vec![Inline::Words(self.said(&own.question))]),
            item(2, vec![Inline::Words(because)]),
        ];
        items.extend(own.unread.map(|part| item(2, vec![Inline::Words(self.where_to_look(part))])));
        if own.about.len() > 1 {
            let title = |id: NodeId| Inline::Words(self.each(|one| one.title_line(id)));
            items.extend(own.about.iter().map(|id| item(3, vec![title(*id), self.key(*id)])));
        }
        Block::List(items)
    }

    /// The questions of each office, to be sent as they are: what it is asked, and why. What has no known
    /// office comes last.
    pub fn lint_by_office(&self, report: &LintReport) -> Vec<Block> {
        let offices = report.questions.iter().map(|own| own.office(self.plan));
        let mut named: Vec<Option<&Text>> = Vec::new();
        for office in offices {
            if !named.contains(&office) {
                named.push(office);
            }
        }
        named.sort_by_key(Option::is_none);
        let mut blocks = Vec::new();
        for office in named {
            let to = match office {
                Some(office) => self.text(office),
                None => self.say("责任部门未知", "Responsible office not known"),
            };
            blocks.push(Block::Heading(vec![Inline::Words(to)]));
            let own = report.questions.iter().filter(|own| own.office(self.plan) == office);
            blocks.extend((1..).zip(own).map(|(number, own)| self.question(number, own)));
        }
        blocks
    }

    /// The part of the plan's document that may hold the answer, and where it could be found.
    fn where_to_look(&self, part: usize) -> Words {
        let part = &self.plan.readings[part];
        self.each(|one| {
            let (chapter, place) = (one.word(&part.chapter), one.word(&part.place));
            let read = part.state.label(one.ui);
            let place = if place.is_empty() {
                place
            } else {
                one.ui.pick(format!("；{place}"), format!("; {place}"))
            };
            one.ui.pick(format!("“{chapter}”{read}{place}"), format!("“{chapter}” {read}{place}"))
        })
    }

    /// `5/8`, with the rules that are not met.
    fn scores(&self, report: &LintReport, scope: Option<NodeId>) -> Vec<Block> {
        let base = scope.map_or(0, |id| self.plan.tree.level_depth(id));
        let is_shown = |own: &&Commitment| {
            let node = self.plan.tree.node(own.node);
            node.metric.is_some() || self.plan.tree.level_depth(own.node) <= base + SHOWN_DEPTH
        };
        let row = |own: &Commitment| -> Vec<Line> {
            let met = own.applicable.len() - own.failed.len();
            let codes = own.failed.iter().map(|rule| rule.code()).collect::<Vec<_>>().join(" ");
            vec![
                vec![Inline::Words(self.each(|one| one.title_line(own.node)))],
                plain(format!("{met}/{}", own.applicable.len())),
                vec![self.key(own.node)],
                plain(codes),
            ]
        };
        let rows: Vec<Vec<Line>> = report.commitments.iter().filter(is_shown).map(row).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let more = report.commitments.len() - rows.len();
        let heading = self.say(
            "得分（满足 / 适用；其后为不满足的规则）",
            "Scores (met / applicable; then the rules not met)",
        );
        let columns = vec![Words::default(); 4];
        let mut blocks = vec![
            Block::Heading(vec![Inline::Words(heading)]),
            Block::Table(Table { columns, rows, align: Align::Left, figures: Vec::new() }),
        ];
        blocks.extend((more > 0).then(|| {
            Block::Aside(vec![Inline::Words(self.spoken(|ui| {
                ui.pick(
                    format!("另有{more}项：`plan158 lint ID` 或 --format json"),
                    format!("and {more} more: `plan158 lint ID` or --format json"),
                )
            }))])
        }));
        blocks
    }

    fn waivers(&self, heading: Words, waived: &[Waived]) -> Vec<Block> {
        let line = |own: &Waived| {
            let (key, count) = (&self.plan.tree.node(own.node).key, own.findings);
            let (rule, reason) = (one_line(&own.rule), one_line(&own.reason));
            let said = self.spoken(|ui| {
                let rule = if rule == EVERY_RULE { ui.pick("全部规则", "every rule") } else { &rule };
                ui.pick(
                    format!("{rule}  {key}（{count}处）：{reason}"),
                    format!("{rule}  {key} ({count}): {reason}"),
                )
            });
            item(1, vec![Inline::Words(said)])
        };
        if waived.is_empty() {
            return Vec::new();
        }
        vec![Block::Heading(vec![Inline::Words(heading)]), Block::List(waived.iter().map(line).collect())]
    }
}

fn item(depth: u16, line: Line) -> ListItem {
    ListItem { depth, line, ..ListItem::default() }
}
