//! Names of what pages hold: sections, figures, and what people added. Nothing finds its place by the words of a heading.

use crate::text::Ui;

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    State,
    /// What people say of it: verdicts, star, tags.
    People,
    /// People's notes.
    Notes,
    /// What it is, in a sentence or two, and what is claimed of it.
    About,
    /// The figures of a metric.
    Values,
    /// What it serves, what serves it, what it is part of.
    Links,
    /// Sources that say otherwise.
    Conflicts,
    /// Glossary entries.
    Terms,
    Evidence,
    /// What people did to it.
    History,
    /// The verdict that is explained.
    Verdict,
    /// What the figures, people and sources say of how it stands.
    Sides,
    /// The figures that the verdict rests on.
    Figures,
    /// The formulas with the figures filled in.
    Arithmetic,
    Rules,
    /// What an undated target would mean with a date.
    IfDue,
    /// Sources that lie further apart than the tolerance.
    Contests,
    Flags,
    /// Figures that the verdict does not rest on.
    Unused,
    /// How everything below it stands.
    Rollup,
    /// How many commitments there are, and how far they can be judged.
    Commitments,
    /// What changed since the last review.
    Changes,
    /// What is due within twelve months.
    Due,
    /// What has passed without being met.
    Overdue,
}

impl SectionKind {
    pub fn label(self, ui: Ui) -> &'static str {
        match self {
            SectionKind::State => ui.pick("状态", "State"),
            SectionKind::People => ui.pick("人的判断", "People"),
            SectionKind::Verdict => ui.pick("判定", "Verdict"),
            SectionKind::Sides => ui.pick("各方结论", "Verdicts side by side"),
            SectionKind::Figures => ui.pick("所用数值", "Figures used"),
            SectionKind::Arithmetic => ui.pick("算式", "Arithmetic"),
            SectionKind::Rules => ui.pick("各规则之下", "Under every rule set"),
            SectionKind::IfDue => ui.pick("若有期限", "If it were due"),
            SectionKind::Contests => ui.pick("来源不一", "Sources apart"),
            SectionKind::Flags => ui.pick("注意", "Beware"),
            SectionKind::Unused => ui.pick("其余数值", "Other figures"),
            SectionKind::Commitments => ui.pick("目标任务", "Commitments"),
            SectionKind::Changes => ui.pick("上次评审以来", "Since the last review"),
            SectionKind::Due => ui.pick("十二个月内到期", "Due within twelve months"),
            SectionKind::Overdue => ui.pick("已逾期", "Overdue"),
            SectionKind::Rollup => ui.pick("汇总", "Roll-up"),
            SectionKind::Notes => ui.pick("笔记", "Notes"),
            SectionKind::History => ui.pick("历史", "History"),
            SectionKind::About => ui.pick("说明", "About"),
            SectionKind::Values => ui.pick("数值", "Values"),
            SectionKind::Links => ui.pick("链接", "Links"),
            SectionKind::Conflicts => ui.pick("不同说法", "Sources differ"),
            SectionKind::Terms => ui.pick("术语", "Terms"),
            SectionKind::Evidence => ui.pick("出处", "Evidence"),
        }
    }
}

/// A note or value that people added, by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnnotationItem {
    Note(Box<str>),
    Value(Box<str>),
}

impl AnnotationItem {
    pub fn id(&self) -> &str {
        match self {
            AnnotationItem::Note(id) | AnnotationItem::Value(id) => id,
        }
    }
}

/// What a figure is to its metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Where the way to the target starts.
    Baseline,
    Observed,
    Target,
    /// Somebody else's value of the same thing.
    Comparator,
}

impl ValueKind {
    pub fn word(self) -> &'static str {
        match self {
            ValueKind::Baseline => "baseline",
            ValueKind::Observed => "observed",
            ValueKind::Target => "target",
            ValueKind::Comparator => "comparator",
        }
    }

    pub fn label(self, ui: Ui) -> &'static str {
        match self {
            ValueKind::Baseline => ui.pick("基期", "baseline"),
            ValueKind::Observed => ui.pick("实际", "actual"),
            ValueKind::Target => ui.pick("目标", "target"),
            ValueKind::Comparator => ui.pick("对照", "comparator"),
        }
    }
}
