//! How a node stands, and how everything below it does.

use super::block::{Block, Inline, Line, Pair, Table};
use super::node::NodeSubject;
use super::reader::{PageReader, ReadingMedium, pairs, plain};
use crate::plan::figure;
use crate::plan::node::Judging;
use crate::plan::{NodeId, Role, State};
use crate::progress::{ArithmeticStep, ArithmeticTerm, Assessment, ByRule, Flag, Interval, Rollup, States};
use crate::text::{Bilingual, Ui};

impl PageReader<'_> {
    /// How a node stands and why; a report has the numbers and the roll-up with it. A group does not stand at
    /// all.
    pub(super) fn stands(&self, subject: &NodeSubject<'_>, form: ReadingMedium<'_>) -> Vec<Block> {
        if self.plan.tree.node(subject.node).role == Role::Group {
            return Vec::new();
        }
        let mut blocks = Vec::new();
        let standing = self.standing_piece(subject.state);
        let state = self.pair("状态", "state", vec![standing]).bare();
        let mut details = vec![state];
        if !form.is_report()
            && let Some(dial) = self.dial(subject.found)
        {
            blocks.push(Block::Pairs(std::mem::take(&mut details)));
            blocks.push(dial);
        }
        if let Some(found) = subject.found {
            details.extend(self.because(found, subject.state, form));
        }
        if self.plan.tree.node(subject.node).judging() == Judging::PeopleOnly {
            let words = self.say("只由人判断，不计算", "by people only; none is computed");
            details.push(self.pair("判断", "verdict", vec![Inline::Words(words)]));
        }
        let mut below = match (form, subject.below) {
            (ReadingMedium::Report(_), Some((rollup, states))) => self.rolled_up(rollup, states, form),
            _ => Vec::new(),
        };
        // In a report it is one list with how the node stands itself.
        if let Some(Block::Pairs(pairs)) = below.first_mut() {
            details.append(pairs);
            below.remove(0);
        }
        blocks.extend(pairs(details));
        if let (ReadingMedium::Report(_), Some(found)) = (form, subject.found) {
            blocks.extend(self.steps_table(subject.steps));
            blocks.extend(self.rules_table(found));
        }
        blocks.append(&mut below);
        blocks
    }

    /// Why the figures say so, under which rule, and the cautions that go with it.
    fn because(&self, found: &Assessment, state: State, form: ReadingMedium<'_>) -> Vec<Pair> {
        let mut all = Vec::new();
        if form.is_report() && found.state != state {
            all.push(self.pair("计算结论", "computed", vec![self.state_piece(found.state)]));
        }
        all.push(self.pair("理由", "why", vec![Inline::Words(self.said(&found.why))]).bare());
        if form.is_report() {
            all.push(self.worded("规则", "rule", |one| one.rule_short(found.rule)));
            all.extend(self.numbers(found));
        }
        if !found.flags.is_empty() {
            let flag = |flag: &Flag, ui: Ui| match form {
                // In English a flag has no sign of its own.
                ReadingMedium::Report(_) if ui == Ui::Zh => format!("{} {}", flag.sign(ui), flag.label(ui)),
                _ => flag.label(ui).to_owned(),
            };
            all.push(self.worded("注意", "caution", |one| {
                let flags: Vec<String> = found.flags.iter().map(|own| flag(own, one.ui)).collect();
                flags.join(one.ui.pick("、", ", "))
            }));
        }
        if !form.is_report() && found.is_ruled() {
            all.push(self.worded("规则", "rule", |one| one.rule_short(found.rule)));
        }
        all
    }

    /// The numbers that the verdict rests on.
    fn numbers(&self, found: &Assessment) -> Vec<Pair> {
        let numbers = [
            (ArithmeticTerm::Pace, found.pace),
            (ArithmeticTerm::ProgressShare, found.progress_share),
            (ArithmeticTerm::TimeShare, found.time_share),
            (ArithmeticTerm::Landing, found.landing),
        ];
        let pair = |(term, number): (ArithmeticTerm, Option<Interval>)| {
            let ends = ends_shown(term, number?);
            let Bilingual { zh, en } = term.title();
            let symbol = term.symbol();
            Some(self.pair(&format!("{zh} {symbol}"), &format!("{en} {symbol}"), plain(ends)))
        };
        numbers.into_iter().filter_map(pair).collect()
    }

    /// The arithmetic line by line.
    fn steps_table(&self, steps: &[ArithmeticStep]) -> Option<Block> {
        let row = |step: &ArithmeticStep| {
            let value = match (step.value, step.lack) {
                (Some(value), _) => plain(ends_shown(step.term, value)),
                (None, Some(lack)) => vec![Inline::Words(self.said(&lack.said()))],
                (None, None) => plain(figure::NONE),
            };
            let name = vec![
                Inline::Plain(step.term.symbol().to_owned()),
                Inline::Words(self.said(&step.term.title())),
            ];
            vec![name, plain(step.formula.clone()), value]
        };
        let rows: Vec<Vec<Line>> = steps.iter().map(row).collect();
        let columns = [("步骤", "Step"), ("算式", "Formula"), ("结果", "Result")];
        (!rows.is_empty()).then(|| self.table(columns, rows))
    }

    /// What each rule set says, where it has a number.
    fn rules_table(&self, found: &Assessment) -> Option<Block> {
        let row = |by: &ByRule| {
            let value = by.number_said(self.ui).unwrap_or_else(|| figure::NONE.to_owned());
            let rule = self.spoken(|ui| format!("{} {}", by.rule.label(ui), by.symbol()));
            vec![vec![Inline::Words(rule)], vec![self.state_piece(by.state)], plain(value)]
        };
        let columns = [("规则", "Rule"), ("结论", "Verdict"), ("数值", "Number")];
        let numbered = found.by_rule.iter().any(|by| by.value.is_some());
        numbered.then(|| self.table(columns, found.by_rule.iter().map(row).collect()))
    }

    fn table<const N: usize>(&self, columns: [(&str, &str); N], rows: Vec<Vec<Line>>) -> Block {
        Block::Table(Table::new(columns.map(|(zh, en)| self.say(zh, en)).into(), rows))
    }

    /// A roll-up: distribution, coverage, the worst, whose targets.
    pub fn rolled_up(&self, rollup: &Rollup, states: &States, form: ReadingMedium<'_>) -> Vec<Block> {
        let Rollup { leaves, assessed, own_targets, other_targets, .. } = *rollup;
        let coverage = self.worded("覆盖", "coverage", |one| {
            one.ui.pick(
                format!("{leaves}项中{assessed}项有结论"),
                format!("{assessed} of {leaves} have a scale verdict"),
            )
        });
        let worst = rollup.worst.map(|worst| self.worst(worst, states));
        let targets = self.worded("目标", "targets", |one| {
            one.ui.pick(
                format!("本规划{own_targets}项 · 其他文件{other_targets}项"),
                format!("the plan's own {own_targets} · other documents' {other_targets}"),
            )
        });
        let count = |(state, count): (State, u32)| (self.state_piece(state), count);
        if form.is_report() {
            let targets = Some(targets).filter(|_| own_targets + other_targets > 0);
            let details = std::iter::once(coverage).chain(worst).chain(targets).collect();
            let rows: Vec<Vec<Line>> = rollup
                .by_state
                .iter()
                .map(count)
                .map(|(state, count)| vec![vec![state], plain(count.to_string())])
                .collect();
            let table = (!rows.is_empty()).then(|| self.table([("状态", "State"), ("项数", "Count")], rows));
            return std::iter::once(Block::Pairs(details)).chain(table).collect();
        }
        let spread =
            rollup.by_state.iter().map(|(state, count)| Inline::Count(state, self.state(state), count));
        let spread = self.pair("分布", "states", spread.collect());
        let details = [spread, coverage].into_iter().chain(worst).chain([targets]).collect();
        let note = self.say("不取平均；以下全部达成，才算达成", "no average; achieved only if all below are");
        vec![Block::Pairs(details), Block::Remark(note)]
    }

    fn worst(&self, worst: NodeId, states: &States) -> Pair {
        self.link(self.say("最差", "worst"), worst, vec![self.state_piece(states.of(worst))])
    }
}

/// A number of the arithmetic, both its ends where it is open.
fn ends_shown(term: ArithmeticTerm, value: Interval) -> String {
    value.ends().map(|end| term.shown(end)).collect::<Vec<_>>().join(" … ")
}
