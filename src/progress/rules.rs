//! The rule sets with their cut-offs, and the flags that stand beside a state.

use super::pace::{Point, Reckoned};
use crate::plan::metric::words;
use crate::plan::{State, Ui};

words!(
    /// A rule set: which number is read, and where its classes are cut.
    Rule {
        /// Ours: the pace ρ against the linear path through the checkpoints.
        Pace = "pace",
        /// Open SDG's compound ratio R (method inspired by Eurostat).
        OpenSdg = "opensdg",
        /// The share λ of the way that the growth so far will have made by the target's date.
        Projection = "projection",
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

    /// The sign of its number in formulas.
    pub fn symbol(self) -> &'static str {
        match self {
            Rule::Pace => "ρ",
            Rule::OpenSdg => "R",
            Rule::Projection => "λ",
        }
    }

    /// What it is called on screens.
    pub fn label(self, ui: Ui) -> &'static str {
        match self {
            Rule::Pace => ui.pick("序时进度", "pace"),
            Rule::OpenSdg => ui.pick("复合增长比", "compound ratio (Open SDG)"),
            Rule::Projection => ui.pick("趋势外推", "projection"),
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
        Provisional = "provisional",
        /// The rule sets disagree.
        MethodSensitive = "method-sensitive",
        /// Two sources of one year lie further apart than the tolerance.
        Contested = "contested",
        /// A value's reference time is not stated; both ends agree on the verdict.
        ReferenceAssumed = "reference-assumed",
        /// A checkpoint's date has passed without a figure.
        Unreported = "unreported",
        /// A checkpoint was not met.
        CheckpointMissed = "checkpoint-missed",
        /// The last change is faster than any before.
        Jump = "jump",
        /// The latest actual is older than its source's rhythm explains.
        Stale = "stale",
        /// A reviewer says otherwise.
        ReviewerDiffers = "reviewer-differs",
        /// The verdict a source states is another.
        OfficialDiffers = "official-differs",
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

    /// What it is called on screens.
    pub fn label(self, ui: Ui) -> &'static str {
        ui.pick(
            match self {
                Flag::Provisional => "暂定",
                Flag::MethodSensitive => "因方法而异",
                Flag::Contested => "来源不一",
                Flag::ReferenceAssumed => "时点推定",
                Flag::Unreported => "节点未报数",
                Flag::CheckpointMissed => "未达节点",
                Flag::Jump => "突变",
                Flag::Stale => "数据陈旧",
                Flag::ReviewerDiffers => "与评审不同",
                Flag::OfficialDiffers => "与官方不同",
            },
            self.word(),
        )
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
