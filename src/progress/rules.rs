//! The rule sets with their cut-offs, and the flags that stand beside a state.

use super::pace::{Point, Reckoned};
use crate::plan::State;
use crate::plan::metric::words;
use crate::text::Bilingual;

words!(
    /// A rule set: which number is read, and where its classes are cut.
    Rule {
        /// Ours: the pace ρ against the linear path through the checkpoints.
        Pace = "pace" ("序时进度", "pace"),
        /// Open SDG's compound ratio R (method inspired by Eurostat).
        OpenSdg = "opensdg" ("复合增长比", "compound ratio (Open SDG)"),
        /// The share λ of the way that the growth so far will have made by the target's date.
        Projection = "projection" ("趋势外推", "projection"),
    }
);

/// Slack at a cut-off, so that a ratio that is .95 on paper is .95 here too.
const SLACK: f64 = 1e-9;

impl Rule {
    /// Lower ends of on-track, needs-acceleration and limited; each belongs to the better class.
    pub fn cuts(self) -> [f64; 3] {
        match self {
            Rule::Pace | Rule::OpenSdg => [0.95, 0.6, 0.0],
            Rule::Projection => [0.95, 0.1, 0.0],
        }
    }

    /// The number it reads.
    pub fn number(self, point: &Point<'_>) -> Reckoned {
        match self {
            Rule::Pace => point.pace(),
            Rule::OpenSdg => point.compound_ratio(),
            Rule::Projection => point.projected_share(),
        }
    }

    /// The class of a number.
    pub fn class(self, number: f64) -> State {
        let [on_track, faster, limited] = self.cuts();
        match number + SLACK {
            n if n >= on_track => State::OnTrack,
            n if n >= faster => State::NeedsAcceleration,
            n if n >= limited => State::Limited,
            _ => State::Regressing,
        }
    }

    /// Its cut-offs in words: "ρ ≥ 0.95 顺 · ≥ 0.6 缓 · ≥ 0 微 · < 0 退".
    pub fn cuts_said(self) -> String {
        let [on_track, faster, limited] = self.cuts();
        let [first, second, third, last] =
            [State::OnTrack, State::NeedsAcceleration, State::Limited, State::Regressing].map(State::glyph);
        format!(
            "{} ≥ {on_track} {first} · ≥ {faster} {second} · ≥ {limited} {third} · < {limited} {last}",
            self.symbol()
        )
    }

    /// The sign of its number in formulas.
    pub fn symbol(self) -> &'static str {
        match self {
            Rule::Pace => "ρ",
            Rule::OpenSdg => "R",
            Rule::Projection => "λ",
        }
    }

    /// The one after it, for the key that changes it.
    #[must_use]
    pub fn next(self) -> Rule {
        match self {
            Rule::Pace => Rule::OpenSdg,
            Rule::OpenSdg => Rule::Projection,
            Rule::Projection => Rule::Pace,
        }
    }
}

words!(
    /// What a reader should know besides the state.
    Flag {
        /// Less than 0.15 of the time has passed, or one actual follows the baseline.
        Provisional = "provisional" ("暂定", "provisional"),
        /// The rule sets disagree.
        MethodSensitive = "method-sensitive" ("因方法而异", "method-sensitive"),
        /// Two sources of one year lie further apart than the tolerance.
        Contested = "contested" ("来源不一", "contested"),
        /// A value's reference time is not stated; both ends agree on the verdict.
        ReferenceAssumed = "reference-assumed" ("时点推定", "reference-assumed"),
        /// A checkpoint's date has passed without a figure.
        Unreported = "unreported" ("节点未报数", "unreported"),
        /// A checkpoint was not met.
        CheckpointMissed = "checkpoint-missed" ("未达节点", "checkpoint-missed"),
        /// The last change is faster than any before.
        Jump = "jump" ("突变", "jump"),
        /// The latest actual is older than its source's rhythm explains.
        Stale = "stale" ("数据陈旧", "stale"),
        /// A reviewer says otherwise.
        ReviewerDiffers = "reviewer-differs" ("与评审不同", "reviewer-differs"),
        /// The verdict a source states is another.
        OfficialDiffers = "official-differs" ("与官方不同", "official-differs"),
    }
);

impl Flag {
    /// One Chinese character, two columns wide.
    pub fn glyph(self) -> &'static str {
        match self {
            Flag::Provisional => "暂",
            Flag::MethodSensitive => "法",
            Flag::Contested => "异",
            Flag::ReferenceAssumed => "时",
            Flag::Unreported => "漏",
            Flag::CheckpointMissed => "误",
            Flag::Jump => "跳",
            Flag::Stale => "旧",
            Flag::ReviewerDiffers => "评",
            Flag::OfficialDiffers => "官",
        }
    }

    /// What it means, as a sentence without a full stop.
    pub fn meaning(self) -> Bilingual {
        let (zh, en) = match self {
            Flag::Provisional => (
                "时间才过去不到 15 %，或基期之后只有一个实际值，结论还不稳",
                "less than 15 % of the time has passed, or a single actual follows the baseline: it may still turn",
            ),
            Flag::MethodSensitive => ("换一种判断规则，结论就不同", "the rule sets disagree"),
            Flag::Contested => (
                "同一时点的两个来源相差超出容差，两个数都列出",
                "two sources of one time lie further apart than the tolerance; both are shown",
            ),
            Flag::ReferenceAssumed => (
                "只知道发布日，不知道数值所属时点；按两端计算结论相同",
                "only the day of the announcement is known; both ends of the possible time give this verdict",
            ),
            Flag::Unreported => (
                "有目标日期已过，却没有当时或之后的数值",
                "a target's date has passed, and no figure refers to it or to a later time",
            ),
            Flag::CheckpointMissed => {
                ("较早的一个节点目标到期时没有达到", "an earlier target was not met at its date")
            }
            Flag::Jump => (
                "最近一次变化比序列以往任何时候都快；先核对口径，如口径变了，用 `plan158 annotate ID --series-break` 记下",
                "the last change is faster than any before; check what is counted, and if that changed, record it with `plan158 annotate ID --series-break`",
            ),
            Flag::Stale => (
                "最近的实际值已超过来源发布间隔的 1.5 倍（间隔不详时 18 个月）",
                "the latest actual is older than 1.5 times its source's rhythm (18 months where that is unknown)",
            ),
            Flag::ReviewerDiffers => {
                ("人的结论与计算不同", "a person's verdict is another than the computed one")
            }
            Flag::OfficialDiffers => {
                ("来源自己的结论与计算不同", "the verdict a source states is another than the computed one")
            }
        };
        Bilingual::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Rule::Pace, 0.95, State::OnTrack)]
    #[case(Rule::Pace, 0.9499, State::NeedsAcceleration)]
    #[case(Rule::Pace, 0.6, State::NeedsAcceleration)]
    #[case(Rule::Pace, 0.5999, State::Limited)]
    #[case(Rule::Pace, 0.0, State::Limited)]
    #[case(Rule::Pace, -0.0001, State::Regressing)]
    #[case(Rule::OpenSdg, 0.6, State::NeedsAcceleration)]
    #[case(Rule::Projection, 0.1, State::NeedsAcceleration)]
    #[case(Rule::Projection, 0.0999, State::Limited)]
    #[case(Rule::Projection, -0.01, State::Regressing)]
    fn the_lower_end_belongs_to_the_better_class(
        #[case] rule: Rule,
        #[case] number: f64,
        #[case] expected: State,
    ) {
        assert_eq!(rule.class(number), expected);
    }

    #[test]
    fn rules_are_named_as_the_contract_names_them() {
        let words: Vec<_> = Rule::ALL.iter().map(|rule| rule.word()).collect();
        assert_eq!(words, ["pace", "opensdg", "projection"]);
    }
}
