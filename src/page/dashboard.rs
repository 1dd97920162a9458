//! The plan at a glance: what `status` opens with and the root's card shows.

use super::block::{Align, Block, Inline, Page, Pair, Section, Table, Words};
use super::kinds::SectionKind;
use super::reader::{PageReader, ReadingMedium, pairs, plain};
use crate::plan::NodeId;
use crate::plan::figure;
use crate::progress::dashboard::{ChangeSinceReview, Dashboard, Deadline, DueItem, TallyRow};
use crate::progress::{MarkKind, Promise, States};

/// So many changes or dates are listed; the rest is counted.
const SHOWN: usize = 12;

impl PageReader<'_> {
    /// The plan at a glance, with the roll-up of all. Its node is the first root.
    pub fn dashboard_page(&self, dashboard: &Dashboard, states: &States) -> Page {
        let title = self.text(&self.plan.title);
        Page {
            node: Some(NodeId(0)),
            title: if title.is_empty() { self.as_it_is(&self.plan.id) } else { title },
            head: vec![
                Inline::Id(self.plan.id.to_string()),
                Inline::Words(self.say("总览", "overview")),
                Inline::Plain(self.as_of.to_string()),
            ],
            sections: self.dashboard_sections(dashboard, states),
        }
    }

    /// The sections of the dashboard, to stand before those of the root's card.
    pub fn dashboard_sections(&self, dashboard: &Dashboard, states: &States) -> Vec<Section> {
        self.sections([
            (SectionKind::Commitments, self.tallies(dashboard)),
            (SectionKind::Rollup, self.rolled_up(&states.whole(), states, ReadingMedium::Screen)),
            (SectionKind::Changes, self.changes(dashboard)),
            (SectionKind::Due, self.dates(&dashboard.due)),
            (SectionKind::Overdue, self.dates(&dashboard.overdue)),
        ])
    }

    fn tallies(&self, dashboard: &Dashboard) -> Vec<Block> {
        let all = std::iter::once(self.say("合计", "all"));
        let parts = Promise::COUNTED.iter().map(|promise| self.label(*promise));
        let columns = std::iter::once(Words::default()).chain(all).chain(parts).collect();
        let row = |row: &TallyRow| {
            let (zh, en) = row.label();
            let counts =
                [dashboard.all()].into_iter().chain(Promise::COUNTED.map(|promise| dashboard.of(promise)));
            let counts = counts.map(|tally| plain(row.of(&tally).to_string()));
            std::iter::once(vec![Inline::Words(self.say(zh, en))]).chain(counts).collect()
        };
        let table = Table {
            columns,
            rows: TallyRow::ALL.iter().map(row).collect(),
            align: Align::Right,
            figures: Vec::new(),
        };
        let mut beside: Vec<Pair> = Vec::new();
        let reference = dashboard.of(Promise::Reference).commitments();
        beside.extend((reference > 0).then(|| {
            self.worded("参照纲要", "reference", |one| {
                one.ui.pick(
                    format!("{reference}项，另作对照，不计入"),
                    format!("{reference}, beside these and not counted"),
                )
            })
        }));
        let note = self.say(
            "目标任务：目标、有目标值的指标，和规划写明的行动。符合序时进度：顺、稳，和期限未到的成；“到期”只说已过期限的目标，不说今后。“符合序时进度”至“其他不能判断”六行之和为目标任务数",
            "commitments: goals, metrics with a target, actions that a plan states. On pace: + on track, = holding, and ✓ achieved with the target's time ahead; past targets say nothing of the way ahead. The six rows from on pace to not judged otherwise add up to the commitments",
        );
        std::iter::once(Block::Table(table)).chain(pairs(beside)).chain([Block::Remark(note)]).collect()
    }

    fn changes(&self, dashboard: &Dashboard) -> Vec<Block> {
        let Some(since) = dashboard.reviewed else {
            return vec![Block::Remark(self.say("还没有复核过", "nothing has been reviewed yet"))];
        };
        let mut blocks =
            vec![Block::Pairs(vec![self.pair("上次复核", "last review", plain(since.day().to_string()))])];
        if dashboard.changes.is_empty() {
            blocks.push(Block::Remark(self.say("此后没有变化", "nothing has changed since")));
        }
        let line = |change: &ChangeSinceReview| {
            let states = match change.before == change.after {
                true => vec![self.state_piece(change.after)],
                false => vec![Inline::Words(self.spoken(|ui| {
                    let state = |state| crate::journal::describe::state(state, ui);
                    format!("{} → {}", state(change.before), state(change.after))
                }))],
            };
            let records = self.spoken(|ui| match change.records {
                1 => ui.pick("1条记录".to_owned(), "1 record".to_owned()),
                n => ui.pick(format!("{n}条记录"), format!("{n} records")),
            });
            let more = states.into_iter().chain([Inline::Words(records)]).collect();
            self.link(self.as_it_is(&change.at.day().to_string()), change.node, more)
        };
        blocks.extend(self.first_of(dashboard.changes.iter().map(line).collect()));
        blocks
    }

    fn dates(&self, items: &[DueItem]) -> Vec<Block> {
        let line = |item: &DueItem| {
            let (zh, en) = match item.what {
                Deadline::Period => ("期间结束", "its period ends"),
                Deadline::Mark(MarkKind::Checkpoint) => ("阶段目标", "checkpoint"),
                Deadline::Mark(_) => ("目标", "target"),
            };
            let when = self.spoken(|ui| figure::when(item.when, ui));
            self.link(when, item.node, vec![Inline::Words(self.say(zh, en))])
        };
        self.first_of(items.iter().map(line).collect())
    }

    /// Those that are listed, and how many more there are.
    fn first_of(&self, mut all: Vec<Pair>) -> Vec<Block> {
        let more = all.len().saturating_sub(SHOWN);
        all.truncate(SHOWN);
        let more = (more > 0).then(|| {
            Block::Remark(self.spoken(|ui| ui.pick(format!("另有{more}项"), format!("and {more} more"))))
        });
        pairs(all).into_iter().chain(more).collect()
    }
}
