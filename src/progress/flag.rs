//! The cautions that stand beside a state: their words and what they mean.

use crate::text::words::words;
use crate::text::{Bilingual, Ui};

words!(
    /// What a reader should know besides the state.
    Flag {
        /// Less than 0.15 of the time has passed, or one actual follows the baseline.
        Provisional = "provisional" ("暂定", "provisional"),
        /// Under another rule set it falls on the other side of on-track, or two classes away.
        MethodSensitive = "method-sensitive" ("因方法而异", "method-sensitive"),
        /// Two sources of one time lie further apart than the tolerance, or the data records a conflict.
        Contested = "contested" ("来源不一", "contested"),
        /// A value's reference time is not stated; both ends agree on the verdict.
        ReferenceAssumed = "reference-assumed" ("时点推断", "reference-assumed"),
        /// The target was met once, and is not any more.
        Lost = "lost" ("得而复失", "lost"),
        /// The target's time is over: it says nothing of the way ahead.
        Lapsed = "lapsed" ("期限已过", "lapsed"),
        /// A target's or checkpoint's date has passed without a figure.
        Unreported = "unreported" ("到期未报数", "unreported"),
        /// A checkpoint was not met.
        CheckpointMissed = "checkpoint-missed" ("未达阶段目标", "checkpoint-missed"),
        /// The last change is over twice as fast as any before.
        Jump = "jump" ("突变", "jump"),
        /// The latest actual is older than its source's rhythm explains.
        Stale = "stale" ("数据陈旧", "stale"),
        ReviewerDiffers = "reviewer-differs" ("与复核结论不同", "reviewer-differs"),
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
            Flag::Lost => "失",
            Flag::Lapsed => "往",
            Flag::Unreported => "漏",
            Flag::CheckpointMissed => "误",
            Flag::Jump => "跳",
            Flag::Stale => "旧",
            Flag::ReviewerDiffers => "评",
            Flag::OfficialDiffers => "官",
        }
    }

    /// Its sign before its label: a caution in any language but Chinese.
    pub fn sign(self, ui: Ui) -> &'static str {
        match ui {
            Ui::Zh => self.glyph(),
            Ui::En => "!",
        }
    }

    /// What it means, as a sentence without a full stop.
    pub fn meaning(self) -> Bilingual {
        let (zh, en) = match self {
            Flag::Provisional => (
                "时间才过去不到15%（序时进度规则为30%），或基期之后只有一个实际值，结论还不稳",
                "less than 15% of the time has passed (30% under xushi), or a single actual follows the baseline: it may still turn",
            ),
            Flag::MethodSensitive => (
                "换一种判断规则，结论就跨过“进展顺利”或相差两级",
                "under another rule set the verdict falls on the other side of on track, or two classes away",
            ),
            Flag::Contested => (
                "同一时点的两个来源相差超出容差，或记有来源不一致，都列出",
                "two sources of one time lie further apart than the tolerance, or a conflict of sources is recorded; both are shown",
            ),
            Flag::ReferenceAssumed => (
                "只知道发布日，不知道数值所属时点；按两端计算结论相同",
                "only the day of the announcement is known; both ends of the possible time give this verdict",
            ),
            Flag::Lost => (
                "曾经达到目标，现已低于目标",
                "the target was met once, and the latest figure does not meet it",
            ),
            Flag::Lapsed => (
                "目标期限已过，不说明今后的进展",
                "the target's time is over; it says nothing of the way ahead",
            ),
            Flag::Unreported => (
                "有目标日期已过，却没有当时或之后的数值",
                "a target's date has passed, and no figure refers to it or to a later time",
            ),
            Flag::CheckpointMissed => {
                ("较早的一个阶段目标到期时没有达到", "an earlier target was not met at its date")
            }
            Flag::Jump => (
                "最近一次变化的速度是以往最快一次的两倍以上，或相邻数值相差如换了单位；先核对口径，如口径变了，用 plan158 annotate ID --series-break 记下",
                "the last change is more than twice as fast as any before, or neighbouring figures differ as units do; check what is counted, and if that changed, record it with plan158 annotate ID --series-break",
            ),
            Flag::Stale => (
                "最近的实际值已超过来源发布间隔的1.5倍（间隔不详时18个月）",
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
