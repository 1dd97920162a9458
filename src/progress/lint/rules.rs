//! The rules, each once: its code, name, question, reason, where it applies and what it weighs.
//! `docs/lint.md` is made from this table.

use crate::text::Bilingual;

/// Whether findings of a rule are asked about together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionGrouping {
    /// One question for each node.
    Singly,
    /// One question for the nodes of one parent, or for a node and all below it.
    Together,
}

/// A rule of evaluability. Codes are stable and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LintRule {
    /// L01.
    NoNumber,
    /// L02.
    NoBaseline,
    /// L03.
    NoDate,
    /// L04.
    NoUnit,
    /// L05.
    NoOffice,
    /// L06.
    NoComparator,
    /// L07.
    Untestable,
    /// L08.
    PointsOrPerCent,
    /// L09.
    MetAtBaseline,
    /// L10.
    NetAboveHundred,
    /// L11.
    GoesBackwards,
    /// L12.
    HardlyAboveBaseline,
    /// L13.
    UndatedTarget,
    /// L14.
    NoIndicator,
    /// L15.
    NothingServes,
}

/// A wording in Chinese and English.
type WordingPair = (&'static str, &'static str);

/// What a rule says. `{title}`, `{n}` and `{parent}` stand for the node, the number of nodes and their
/// parent.
#[derive(Debug)]
pub struct LintRuleSpec {
    /// `L01`.
    pub code: &'static str,
    /// The short name, Chinese first.
    pub name: WordingPair,
    /// The question about one node.
    pub one: WordingPair,
    /// The question about several.
    pub many: WordingPair,
    /// Why the question matters, Chinese first.
    pub reason: WordingPair,
    /// Which nodes the rule looks at, Chinese first.
    pub applies: WordingPair,
    /// What it weighs before the place of the node is counted in.
    pub weight: i32,
    /// Together or one by one.
    pub asked: QuestionGrouping,
}

impl LintRule {
    /// Every rule, by code.
    pub const ALL: [LintRule; 15] = [
        LintRule::NoNumber,
        LintRule::NoBaseline,
        LintRule::NoDate,
        LintRule::NoUnit,
        LintRule::NoOffice,
        LintRule::NoComparator,
        LintRule::Untestable,
        LintRule::PointsOrPerCent,
        LintRule::MetAtBaseline,
        LintRule::NetAboveHundred,
        LintRule::GoesBackwards,
        LintRule::HardlyAboveBaseline,
        LintRule::UndatedTarget,
        LintRule::NoIndicator,
        LintRule::NothingServes,
    ];

    /// The rule's texts in both languages.
    pub fn spec(self) -> &'static LintRuleSpec {
        &SPECS[self as usize]
    }

    /// The code that flags and exports use, such as `L15`.
    pub fn code(self) -> &'static str {
        self.spec().code
    }

    /// The short name in both languages.
    pub fn name(self) -> Bilingual {
        said(self.spec().name)
    }

    /// The rule with that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

/// A wording as a [`Bilingual`].
pub(super) fn said((zh, en): WordingPair) -> Bilingual {
    Bilingual::new(zh, en)
}

/// In the order of [`Rule::ALL`].
const SPECS: [LintRuleSpec; 15] = [
    LintRuleSpec {
        code: "L01",
        name: ("没有数值", "no number"),
        one: ("“{title}”用什么数值衡量？", "By what figure is “{title}” to be measured?"),
        many: (
            "“{parent}”下的这{n}项各用什么数值衡量？",
            "By what figures are these {n} under “{parent}” to be measured?",
        ),
        reason: (
            "它的下级和服务于它的指标都没有本规划的、带数值的目标",
            "no metric below it or serving it has a target of this plan with a number",
        ),
        applies: (
            "目标、行动，以及有目标值的指标（事件除外）",
            "goals, actions, and metrics with a target (events aside)",
        ),
        weight: 7,
        asked: QuestionGrouping::Together,
    },
    LintRuleSpec {
        code: "L02",
        name: ("没有基期值", "no baseline"),
        one: (
            "“{title}”从多少起步，是哪一年的数？",
            "From what figure, of which year, does “{title}” start?",
        ),
        many: (
            "“{parent}”下的这{n}项各从多少起步？",
            "From what figures do these {n} under “{parent}” start?",
        ),
        reason: (
            "有目标而没有基期值，走了多远无从判断",
            "there is a target and no baseline, so the way covered cannot be judged",
        ),
        applies: ("目标带数值的指标", "metrics with a numeric target"),
        weight: 8,
        asked: QuestionGrouping::Together,
    },
    LintRuleSpec {
        code: "L03",
        name: ("没有期限", "no date"),
        one: ("“{title}”何时完成？", "By when is “{title}” to be done?"),
        many: ("“{parent}”下的这{n}项各在何时完成？", "By when are these {n} under “{parent}” to be done?"),
        reason: (
            "自身没有起止时间，下级和服务于它的指标也没有注明日期的目标",
            "it has no period of its own, and no metric below it or serving it has a dated target",
        ),
        applies: ("目标和行动", "goals and actions"),
        weight: 4,
        asked: QuestionGrouping::Together,
    },
    LintRuleSpec {
        code: "L04",
        name: ("没有单位", "no unit"),
        one: ("“{title}”以什么为单位？", "In what unit is “{title}” counted?"),
        many: (
            "“{parent}”下的这{n}项各以什么为单位？",
            "In what units are these {n} under “{parent}” counted?",
        ),
        reason: ("目标有数值而没有单位", "the target has a number and no unit"),
        applies: ("目标带数值的指标", "metrics with a numeric target"),
        weight: 6,
        asked: QuestionGrouping::Together,
    },
    LintRuleSpec {
        code: "L05",
        name: ("没有责任单位", "no responsible office"),
        one: ("“{title}”由哪个单位牵头负责？", "Which office answers for “{title}”?"),
        many: (
            "“{parent}”下的这{n}项各由哪个单位牵头负责？",
            "Which offices answer for these {n} under “{parent}”?",
        ),
        reason: (
            "自身和上级都没有写明责任单位",
            "neither it nor anything above it names a responsible office",
        ),
        applies: ("目标和行动", "goals and actions"),
        weight: 4,
        asked: QuestionGrouping::Together,
    },
    LintRuleSpec {
        code: "L06",
        name: ("位次没有比较范围", "a rank without what it is among"),
        one: (
            "“{title}”与哪些地方相比，按什么排名？",
            "Among whom, and ranked by what, does “{title}” stand?",
        ),
        many: (
            "“{parent}”下的这{n}项各与哪些地方相比，按什么排名？",
            "Among whom, and ranked by what, do these {n} under “{parent}” stand?",
        ),
        reason: (
            "说的是位次，而没有写明比较对象和排名方法",
            "it speaks of a standing and gives neither the list it is among nor how it is ranked",
        ),
        applies: (
            "位次指标，以及写有“前列”“第一方阵”等字样的目标、行动和目标值",
            "ranks, and goals, actions and targets in words such as “first tier” or “among the leaders”",
        ),
        weight: 6,
        asked: QuestionGrouping::Singly,
    },
    LintRuleSpec {
        code: "L07",
        name: ("措辞无法检验", "words that cannot be tested"),
        one: (
            "“{title}”做到什么程度才算数，怎样检验？",
            "At what point does “{title}” count as reached, and by what test?",
        ),
        many: (
            "“{parent}”下的这{n}项做到什么程度才算数，怎样检验？",
            "At what point do these {n} under “{parent}” count as reached, and by what test?",
        ),
        reason: ("措辞没有可以检验的程度", "the wording names no degree that could be tested"),
        applies: (
            "目标、行动，以及用文字表述的目标值；有数值可用的除外",
            "goals, actions and targets in words, unless they have a number",
        ),
        weight: 5,
        asked: QuestionGrouping::Singly,
    },
    LintRuleSpec {
        code: "L08",
        name: ("未区分百分点与百分比", "points or per cent"),
        one: ("“{title}”的增幅是百分点还是百分比？", "Is the change of “{title}” in points or in per cent?"),
        many: (
            "“{parent}”下的这{n}项的增幅是百分点还是百分比？",
            "Are the changes of these {n} under “{parent}” in points or in per cent?",
        ),
        reason: (
            "比率的增减写作百分之几，两种读法相差很大",
            "a change of a rate is written in per cent, which can be read two ways",
        ),
        applies: ("百分比指标", "percentages"),
        weight: 6,
        asked: QuestionGrouping::Singly,
    },
    LintRuleSpec {
        code: "L09",
        name: ("起点已达目标", "met at the baseline"),
        one: (
            "“{title}”的目标在起点已经达到，为什么还定这个数？",
            "Why is the target of “{title}” one that the baseline meets already?",
        ),
        many: (
            "“{parent}”下的这{n}项的目标在起点已经达到，为什么还定这些数？",
            "Why are the targets of these {n} under “{parent}” met at the baseline already?",
        ),
        reason: ("基期值已不低于目标", "the baseline is at or beyond the target"),
        applies: (
            "有基期值和其后目标的指标（“保持”除外）",
            "metrics with a baseline and a later target (but those to be maintained)",
        ),
        weight: 11,
        asked: QuestionGrouping::Singly,
    },
    LintRuleSpec {
        code: "L10",
        name: ("净率超过100%", "a net rate above 100%"),
        one: (
            "“{title}”怎么会超过100%：是毛率，还是口径有变？",
            "How can “{title}” exceed 100%: is it a gross rate, or counted otherwise?",
        ),
        many: ("“{parent}”下的这{n}项怎么会超过100%？", "How can these {n} under “{parent}” exceed 100%?"),
        reason: ("不是毛率的百分比超过了100%", "a percentage that is not a gross rate exceeds 100%"),
        applies: ("不是毛率的百分比指标", "percentages that are not gross rates"),
        weight: 9,
        asked: QuestionGrouping::Singly,
    },
    LintRuleSpec {
        code: "L11",
        name: ("阶段目标倒退", "milestones that go backwards"),
        one: (
            "“{title}”为什么后一阶段的目标低于前一阶段？",
            "Why is a later target of “{title}” behind an earlier one?",
        ),
        many: (
            "“{parent}”下的这{n}项为什么后一阶段低于前一阶段？",
            "Why are later targets of these {n} under “{parent}” behind earlier ones?",
        ),
        reason: (
            "按期望方向，后一个目标落在前一个之后",
            "in the wanted direction, a later target is behind an earlier one",
        ),
        applies: ("有两个以上注明日期、带数值的目标的指标", "metrics with two or more dated numeric targets"),
        weight: 11,
        asked: QuestionGrouping::Singly,
    },
    LintRuleSpec {
        code: "L12",
        name: ("目标与起点几乎持平", "hardly above the baseline"),
        one: ("“{title}”比起点高在哪里？", "In what is “{title}” above where it starts?"),
        many: (
            "“{parent}”下的这{n}项比起点高在哪里？",
            "In what are these {n} under “{parent}” above where they start?",
        ),
        reason: ("目标与起点相差无几", "the target is only just above the baseline"),
        applies: (
            "有基期值和其后目标的指标；用文字说位次的也算",
            "metrics with a baseline and a later target, standings in words included",
        ),
        weight: 11,
        asked: QuestionGrouping::Singly,
    },
    LintRuleSpec {
        code: "L13",
        name: ("目标没有期限", "an undated target"),
        one: ("“{title}”的目标何时达到？", "By when is the target of “{title}” to be reached?"),
        many: (
            "“{parent}”下的这{n}项的目标各在何时达到？",
            "By when are the targets of these {n} under “{parent}” to be reached?",
        ),
        reason: ("目标没有日期", "the target has no date"),
        applies: ("有目标值的指标", "metrics with a target"),
        weight: 9,
        asked: QuestionGrouping::Singly,
    },
    LintRuleSpec {
        code: "L14",
        name: ("行动没有指标", "an action without an indicator"),
        one: ("用哪个指标看“{title}”有没有做到？", "Which indicator shows whether “{title}” is done?"),
        many: (
            "用哪些指标看“{parent}”下的这{n}项有没有做到？",
            "Which indicators show whether these {n} under “{parent}” are done?",
        ),
        reason: ("没有任何指标在它之下或服务于它", "no indicator is below it or serves it"),
        applies: ("行动", "actions"),
        weight: 5,
        asked: QuestionGrouping::Together,
    },
    LintRuleSpec {
        code: "L15",
        name: ("没有任何行动服务于它", "nothing serves it"),
        one: ("哪些行动是为了“{title}”？", "Which actions are meant to reach “{title}”?"),
        many: (
            "哪些行动是为了“{parent}”下的这{n}项？",
            "Which actions are meant to reach these {n} under “{parent}”?",
        ),
        reason: ("没有行动或指标在它之下或服务于它", "no action or metric is below it or serves it"),
        applies: ("目标", "goals"),
        weight: 5,
        asked: QuestionGrouping::Together,
    },
];
