//! Names of what pages hold: sections, figures, and what people added. Nothing finds its place by the words
//! of a heading.

use crate::text::words::words;

words!(
    /// What a section is about.
    SectionKind {
        State = "state" ("状态", "State"),
        /// What people say of it: verdicts, star, tags.
        People = "people" ("人的判断", "People"),
        /// People's notes.
        Notes = "notes" ("笔记", "Notes"),
        /// What it is, in a sentence or two, and what is claimed of it.
        About = "about" ("说明", "About"),
        /// What was seen of the plan's own document.
        Reading = "reading" ("阅读情况", "What was read"),
        /// The figures of a metric.
        Values = "values" ("数值", "Values"),
        /// What it serves, what serves it, what it is part of.
        Links = "links" ("链接", "Links"),
        /// Sources that say otherwise.
        Conflicts = "conflicts" ("不同说法", "Sources differ"),
        /// Glossary entries.
        Terms = "terms" ("术语", "Terms"),
        Evidence = "evidence" ("出处", "Evidence"),
        /// What people did to it.
        History = "history" ("历史", "History"),
        /// The verdict that is explained.
        Verdict = "verdict" ("判定", "Verdict"),
        /// What the figures, people and sources say of how it stands.
        Sides = "sides" ("各方结论", "Verdicts side by side"),
        /// The figures that the verdict rests on.
        Figures = "figures" ("所用数值", "Figures used"),
        /// The formulas with the figures filled in.
        Arithmetic = "arithmetic" ("算式", "Arithmetic"),
        Rules = "rules" ("各规则之下", "Under every rule set"),
        /// What an undated target would mean with a date.
        IfDue = "if-due" ("若有期限", "If it were due"),
        /// Sources that lie further apart than the tolerance.
        Contests = "contests" ("来源不一", "Sources apart"),
        Flags = "flags" ("注意", "Cautions"),
        /// Figures that the verdict does not rest on.
        Unused = "unused" ("其余数值", "Other figures"),
        /// How everything below it stands.
        Rollup = "rollup" ("汇总", "Roll-up"),
        /// How many commitments there are, and how far they can be judged.
        Commitments = "commitments" ("目标任务", "Commitments"),
        /// What changed since the last review.
        Changes = "changes" ("上次复核以来", "Since the last review"),
        /// What is due within twelve months.
        Due = "due" ("十二个月内到期", "Due within twelve months"),
        /// What has passed without being met.
        Overdue = "overdue" ("已逾期", "Overdue"),
    }
);

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

words!(
    /// What a figure is to its metric.
    ValueKind {
        /// Where the way to the target starts.
        Baseline = "baseline" ("基期", "baseline"),
        Observed = "observed" ("实际", "actual"),
        Target = "target" ("目标", "target"),
        /// Somebody else's value of the same thing.
        Comparator = "comparator" ("对照", "comparator"),
    }
);
