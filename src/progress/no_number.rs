//! Why there is no number: every place where arithmetic would need a division by nothing, or a figure that is
//! not there, names one.

use crate::text::Bilingual;

/// A reason why something cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoNumberReason {
    /// Words only, and no scale to read them on.
    Scale,
    /// A rank without what it is among.
    Among,
    /// No target (that was published by the day one looks from).
    Target,
    /// The target says no number.
    TargetNumber,
    /// No target has a date.
    Date,
    /// No actual value.
    Actual,
    /// The only actual values are dated ahead of the day one looks from.
    Ahead,
    /// No actual value but estimates (grade D).
    OnlyEstimates,
    /// A flow, and no actual over a span as long as the target's.
    SameLength,
    /// There is no baseline to measure from.
    Baseline,
    /// The baseline is an estimate (grade D).
    BaselineEstimated,
    /// The baseline has no number or no time.
    BaselineOpen,
    /// The series counts something else since the baseline.
    AcrossBreak,
    /// No actual value after the baseline.
    SinceBaseline,
    /// The actual may refer to the baseline's own time: its reference time is not stated.
    OpenTime,
    /// The target's date is not after the baseline's.
    TargetBeforeBaseline,
    /// The target is the baseline: there is no way to go.
    TargetIsBaseline,
    /// The target lies behind the baseline, against the wanted direction.
    TargetBehindBaseline,
    /// The path has not left the baseline in the wanted direction by then.
    FlatPath,
    /// What has been gained, or what is left, does not lead towards the target.
    MovesAway,
    /// A figure is open upwards: there is no upper end.
    OpenUpwards,
    /// The target's date has passed, and no figure refers to it or to a later time.
    Unreported,
    /// A rule set whose method does not cover this kind of metric.
    NotCovered,
    /// Less than a calendar year lies between the two values.
    WithinYear,
    /// Nothing has moved: there is no rate to go on with.
    Standstill,
    /// The target's date has passed: there is no time left to move in.
    NoTimeLeft,
    /// Compound growth starts from 0.
    Zero,
    /// Compound growth between values of opposite sign.
    OppositeSigns,
    /// A milestone whose date lies ahead.
    NotDue,
    /// A rank, an ordinal or a flow: better or worse, never a ratio.
    NoRatio,
    /// A share below 0 % or, where it may not be, above 100 %.
    OutsideShare,
    /// The figures are too large or too close together for the arithmetic.
    BeyondReckoning,
}

impl NoNumberReason {
    /// The reason as a sentence without a full stop.
    pub fn said(self) -> Bilingual {
        let (zh, en) = match self {
            NoNumberReason::Scale => {
                ("定性表述，没有量表可以评定", "stated in words only, with no scale to judge by")
            }
            NoNumberReason::Among => ("位次没有说明比较范围", "a rank that does not say what it is among"),
            NoNumberReason::Target => ("没有目标", "no target is stated"),
            NoNumberReason::TargetNumber => ("目标没有数值", "the target states no number"),
            NoNumberReason::Date => ("目标没有期限", "the target has no date"),
            NoNumberReason::Actual => ("没有实际值", "no actual value is known"),
            NoNumberReason::Ahead => {
                ("实际值的时间尚未到来，不采用", "the only actual values are dated ahead and are passed over")
            }
            NoNumberReason::OnlyEstimates => {
                ("只有估计值（D 级），不作判断依据", "only estimates (grade D), which drive no verdict")
            }
            NoNumberReason::SameLength => (
                "没有与目标同样时长的实际值，流量不能跨时长比较",
                "no actual over a span as long as the target's; flows of other lengths do not compare",
            ),
            NoNumberReason::Baseline => {
                ("没有基期值，不能判断进度", "no baseline, so the way so far cannot be judged")
            }
            NoNumberReason::BaselineEstimated => {
                ("基期值只是估计（D 级），不能判断进度", "the baseline is only an estimate (grade D)")
            }
            NoNumberReason::BaselineOpen => ("基期没有数值或时间", "the baseline has no number or no time"),
            NoNumberReason::AcrossBreak => (
                "基期之后口径改变，前后不可比",
                "the series counts something else since the baseline, so the two do not compare",
            ),
            other => return other.said_of_arithmetic(),
        };
        Bilingual::new(zh, en)
    }

    /// The reason where the figures are there and do not fit the formula.
    fn said_of_arithmetic(self) -> Bilingual {
        let (zh, en) = match self {
            NoNumberReason::SinceBaseline => ("基期之后没有实际值", "no actual value after the baseline"),
            NoNumberReason::OpenTime => (
                "实际值的参照时点未说明，可能就是基期",
                "the actual's reference time is not stated and may be the baseline's own",
            ),
            NoNumberReason::TargetBeforeBaseline => {
                ("目标期限不晚于基期", "the target's date is not after the baseline's")
            }
            NoNumberReason::TargetIsBaseline => {
                ("目标等于基期值，没有全程可算", "the target equals the baseline: there is no way to go")
            }
            NoNumberReason::TargetBehindBaseline => (
                "目标还不如基期值，与期望方向相反",
                "the target lies behind the baseline, against the wanted direction",
            ),
            NoNumberReason::FlatPath => (
                "到此时点路径尚未要求朝期望方向变化",
                "the path has not left the baseline in the wanted direction by then",
            ),
            NoNumberReason::MovesAway => ("没有朝目标变化", "it does not move towards the target"),
            NoNumberReason::OpenUpwards => {
                ("数值只有下限，没有上限", "a figure is open upwards, so there is no upper end")
            }
            NoNumberReason::Unreported => (
                "目标期限已过，没有当时或之后的数值",
                "the target's date has passed, and no figure refers to it or to a later time",
            ),
            NoNumberReason::NotCovered => {
                ("此规则的方法不适用于这类指标", "the rule set's method does not cover this kind of metric")
            }
            NoNumberReason::WithinYear => {
                ("两个数值相隔不足一个年度", "less than a calendar year lies between the two values")
            }
            NoNumberReason::Standstill => ("基期以来没有变化", "nothing has changed since the baseline"),
            NoNumberReason::NoTimeLeft => ("目标期限已过", "the target's date has passed"),
            NoNumberReason::Zero => {
                ("有数值为0，复合增长率无定义", "a value is 0, where compound growth is not defined")
            }
            NoNumberReason::OppositeSigns => (
                "数值正负相反，复合增长率无定义",
                "values of opposite sign, where compound growth is not defined",
            ),
            NoNumberReason::NotDue => ("尚未到期，未见完成", "not due yet, and not reported as done"),
            NoNumberReason::NoRatio => {
                ("只比较好坏，不算比率", "compared as better or worse only, never as a ratio")
            }
            NoNumberReason::OutsideShare => {
                ("占比超出0—100%，数值待核", "a share outside 0–100%: check the figure")
            }
            NoNumberReason::BeyondReckoning => (
                "数值过大或过近，无法计算",
                "the figures are too large or too close together to compute with",
            ),
            _ => ("没有数值", "there is no number"),
        };
        Bilingual::new(zh, en)
    }
}
