//! Where authors agree: the nodes on which they differ first, each with what was said; then coefficients with
//! their n and the cautions that go with them.

use super::block::{Block, Inline, Line, LineTarget, ListItem, Weight};
use super::reader::{PageReader, plain};
use crate::journal::describe;
use crate::plan::NodeId;
use crate::progress::agreement::{
    Agreement, Disagreement, GivenVerdict, MONTHS_APART, Measures, RepeatedVerdict, STEPS, SelfAgreement,
    Settling,
};
use crate::text::Ui;
use crate::text::clean::one_line;

impl PageReader<'_> {
    pub fn agreement(&self, found: &Agreement) -> Vec<Block> {
        let (several, differing) = (found.judged_by_several, found.differing.len());
        let head = self.spoken(|ui| {
            ui.pick(
                format!("一致程度 · 多人判断的节点{several}个，结论不同{differing}个"),
                format!("Agreement · nodes judged by several: {several}, differently: {differing}"),
            )
        });
        let mut blocks = vec![Block::Heading(vec![Inline::Words(head)])];
        blocks.extend(found.differing.iter().map(|one| Block::List(self.difference(one))));
        if !found.pairs.is_empty() {
            let steps = |ui| STEPS.iter().map(|state| state.sign(ui)).collect::<Vec<_>>();
            let head = self.spoken(|ui| {
                ui.pick(
                    format!(
                        "两人一致程度（加权 κ、α、AC2，量级 {}；未、止、证只计入原始一致）",
                        steps(Ui::Zh).join("＜")
                    ),
                    format!(
                        "Pairs (weighted κ, α, AC2 on {}; o, / and 0 count in the raw agreement only)",
                        steps(Ui::En).join(" < ")
                    ),
                )
            });
            let pair = |one: &str, other: &str, measures: &Measures| {
                let names = format!("{} – {}", one_line(one), one_line(other));
                item(1, [vec![Inline::Plain(names)], self.measures(measures)].concat())
            };
            let pairs = found.pairs.iter();
            let pairs = pairs.map(|own| pair(own.one.as_str(), own.other.as_str(), &own.measures));
            blocks.push(Block::Heading(vec![Inline::Words(head)]));
            blocks.push(Block::List(pairs.collect()));
        }
        if !found.again.is_empty() {
            let head = self.spoken(|ui| {
                ui.pick(
                    format!("同一人相隔 {MONTHS_APART} 个月以上的结论"),
                    format!("One person's verdicts, {MONTHS_APART} months or more apart"),
                )
            });
            blocks.push(Block::Heading(vec![Inline::Words(head)]));
            blocks.push(Block::List(found.again.iter().flat_map(|own| self.again(own)).collect()));
        }
        blocks
    }

    /// A node by title and id, where the cursor can stand.
    fn named(&self, depth: u16, node: NodeId, remark: Option<Inline>) -> ListItem {
        let id = Inline::Id(self.plan.tree.node(node).key.to_string());
        let line = [Inline::Title(self.each(|one| one.title_line(node))), id].into_iter().chain(remark);
        ListItem { target: Some(LineTarget::Node(node)), ..item(depth, line.collect()) }
    }

    /// A node on which authors differ, and what each said of it.
    pub fn difference(&self, one: &Disagreement) -> Vec<ListItem> {
        let settled = (one.settling != Settling::Open).then(|| Inline::Words(self.say("已解决", "settled")));
        let mut items = vec![self.named(0, one.node, settled)];
        items.extend(one.verdicts.iter().map(|given| item(1, self.given(given))));
        if let Settling::Settled { by, at, reason } = &one.settling {
            let reason = one_line(reason.as_deref().unwrap_or_default());
            let how = format!("{} · {} · {reason}", one_line(by.as_str()), at.day());
            let how = self.spoken(|ui| format!("{}{how}", ui.pick("解决：", "settled: ")));
            items.push(ListItem { weight: Weight::Quiet, ..item(1, vec![Inline::Words(how)]) });
        }
        items
    }

    fn given(&self, given: &GivenVerdict) -> Line {
        let mut line = plain(one_line(given.by.as_str()));
        line.extend([self.state_piece(given.status), Inline::Plain(given.at.day().to_string())]);
        line.extend(given.reason.as_deref().map(|reason| Inline::Plain(one_line(reason).into_owned())));
        line
    }

    fn again(&self, own: &SelfAgreement) -> Vec<ListItem> {
        let head = [plain(one_line(own.by.as_str())), self.measures(&own.measures)].concat();
        let change = |twice: &RepeatedVerdict| {
            let RepeatedVerdict { before, now, .. } = twice;
            let said = self.spoken(|ui| {
                let (from, to) = (describe::state(before.status, ui), describe::state(now.status, ui));
                format!("{from} ({}) → {to} ({})", before.at.day(), now.at.day())
            });
            self.named(2, twice.node, Some(Inline::Words(said)))
        };
        std::iter::once(item(1, head)).chain(own.changed.iter().map(change)).collect()
    }

    /// Raw agreement, the coefficients with their n, and the cautions that go with them.
    fn measures(&self, own: &Measures) -> Line {
        let parts = [own.raw(), own.coefficients_said(), own.counts(), own.caveat()];
        parts.iter().map(|part| Inline::Words(self.said(part))).collect()
    }
}

fn item(depth: u16, line: Line) -> ListItem {
    ListItem { depth, line, ..ListItem::default() }
}
