//! The plan at a glance as a card: what `status` opens with and the root's card shows.

use std::borrow::Cow;

use super::{Card, Field, Phrase, Reader, Section, SectionKind};
use crate::journal::describe;
use crate::plan::NodeId;
use crate::plan::figure::{self, NONE};
use crate::progress::dashboard::{Change, Dashboard, Deadline, DueItem, Tally};
use crate::progress::{MarkKind, States};
use crate::text::{clean::line_within, clean::one_line};

/// So many changes or dates are listed; the rest is counted.
const SHOWN: usize = 12;

impl Reader<'_> {
    /// The plan at a glance, with the roll-up of all. Its node is the first root.
    pub fn dashboard_card(&self, dashboard: &Dashboard, states: &States) -> Card {
        let title = self.phrases(&self.plan.title);
        let none = Phrase { lang: self.show.main(), text: self.plan.id.to_string(), borrowed: false };
        Card {
            node: Some(NodeId(0)),
            title: if title.is_empty() { vec![none] } else { title },
            id: self.as_of.to_string(),
            level: (self.plan.id.to_string(), self.ui.pick("总览", "overview").to_owned()),
            sections: self.dashboard_sections(dashboard, states),
        }
    }

    /// The sections of the dashboard, to stand before those of the root's card.
    pub fn dashboard_sections(&self, dashboard: &Dashboard, states: &States) -> Vec<Section> {
        let sections = [
            (SectionKind::Commitments, self.tallies(dashboard)),
            (SectionKind::Rollup, self.rollup_fields(&states.whole(), states)),
            (SectionKind::Changes, self.changes(dashboard)),
            (SectionKind::Due, self.dates(&dashboard.due)),
            (SectionKind::Overdue, self.dates(&dashboard.overdue)),
        ];
        let filled = sections.into_iter().filter(|(_, fields)| !fields.is_empty());
        filled.map(|(kind, fields)| Section { kind, fields }).collect()
    }

    fn tallies(&self, dashboard: &Dashboard) -> Vec<Field> {
        let line = |zh: &str, en: &str, of: fn(&Tally) -> u32| {
            let (own, other) = (of(&dashboard.own), of(&dashboard.other));
            let value = self.ui.pick(
                format!("{}（本规划 {own} · 其他文件 {other}）", own + other),
                format!("{} (the plan's own {own} · other documents' {other})", own + other),
            );
            self.pair(zh, en, value)
        };
        vec![
            line("承诺", "commitments", |tally| tally.commitments),
            line("可衡量", "measurable", |tally| tally.measurable),
            line("有结论", "assessed", |tally| tally.assessed),
            line("合进度", "on pace", |tally| tally.on_pace),
            line("来源不一", "contested", |tally| tally.contested),
            line("无期限", "undated", |tally| tally.undated),
            line("无数据", "without data", |tally| tally.without_data),
            Field::Note(self.ui.pick(
                "承诺：目标、有目标值的指标，和规划写明的行动；合进度：顺、成、稳；无数据：没有数值，也没有人判断",
                "commitments: goals, metrics with a target, actions that a plan states; on pace: 顺 on track, 成 achieved, 稳 holding; without data: no figure and nobody's verdict",
            ).to_owned()),
        ]
    }

    fn link_to(&self, node: NodeId, label: String, remark: &str) -> Field {
        let this = self.plan.tree.node(node);
        Field::Link {
            label,
            to: node,
            title: self.phrases(&this.title),
            remark: format!("{} · {remark}", this.key),
        }
    }

    fn changes(&self, dashboard: &Dashboard) -> Vec<Field> {
        let Some(since) = dashboard.reviewed else {
            return vec![Field::Note(
                self.ui.pick("还没有评审过", "nothing has been reviewed yet").to_owned(),
            )];
        };
        let ui = self.ui;
        let day = since.offset.to_datetime(since.instant).date();
        let mut fields = vec![self.pair("上次评审", "last review", day.to_string())];
        if dashboard.changes.is_empty() {
            fields.push(Field::Note(ui.pick("此后没有变化", "nothing has changed since").to_owned()));
        }
        let line = |change: &Change| {
            let at = change.at.offset.to_datetime(change.at.instant).date().to_string();
            let after = describe::state(change.after, ui);
            let states = if change.before == change.after {
                after
            } else {
                format!("{} → {after}", describe::state(change.before, ui))
            };
            let records = match change.records {
                1 => ui.pick("1 条记录".to_owned(), "1 record".to_owned()),
                n => ui.pick(format!("{n} 条记录"), format!("{n} records")),
            };
            self.link_to(change.node, at, &format!("{states} · {records}"))
        };
        fields.extend(dashboard.changes.iter().take(SHOWN).map(line));
        fields.extend(self.more(dashboard.changes.len()));
        fields
    }

    fn dates(&self, items: &[DueItem]) -> Vec<Field> {
        let ui = self.ui;
        let line = |item: &DueItem| {
            let what = match item.what {
                Deadline::Period => ui.pick("期间结束", "its period ends"),
                Deadline::Mark(MarkKind::Checkpoint) => ui.pick("节点", "checkpoint"),
                Deadline::Mark(_) => ui.pick("目标", "target"),
            };
            self.link_to(item.node, figure::when(item.when, ui), what)
        };
        items.iter().take(SHOWN).map(line).chain(self.more(items.len())).collect()
    }

    fn more(&self, all: usize) -> Option<Field> {
        let more = all.checked_sub(SHOWN).filter(|more| *more > 0)?;
        Some(Field::Note(self.ui.pick(format!("另有 {more} 项"), format!("and {more} more"))))
    }

    /// A node's title in the main language on one line, or its id.
    pub fn title_line(&self, node: NodeId) -> String {
        one_line(&self.title_or_id(node)).into_owned()
    }

    /// As much of a node's title, or its id, as shows in so many columns.
    pub fn title_within(&self, node: NodeId, max_cols: usize) -> String {
        line_within(&self.title_or_id(node), max_cols).into_owned()
    }

    fn title_or_id(&self, node: NodeId) -> Cow<'_, str> {
        let this = self.plan.tree.node(node);
        match this.title.get_or_first(self.show.main()).text {
            "" if this.key.as_str().is_empty() => NONE.into(),
            "" => this.key.as_str().into(),
            text => text.into(),
        }
    }
}
