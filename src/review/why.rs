//! Why a card is where it is in the queue.

use crate::plan::State;
use crate::plan::figure;
use crate::plan::metric::{Moment, When};
use crate::plan::register::Cadence;
use crate::text::{Bilingual, Ui};

use jiff::civil::Date;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueKind {
    /// A target before the last.
    Checkpoint,
    Target,
    /// The node's own period ends.
    PeriodEnd,
}

/// Why a node deserves attention, the weightiest reason it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AttentionReason {
    /// Nobody ever reviewed it.
    NeverReviewed,
    /// Authors' current verdicts differ, and nobody settled it.
    AuthorsDiffer,
    /// Sources disagree on a figure.
    Contested,
    /// The people's verdict is another than the figures give.
    DepartsFromFigures {
        /// People's.
        person: State,
        computed: State,
    },
    /// A value recorded since the last review has made its state worse.
    Worsened {
        /// Without the values recorded since.
        from: State,
        to: State,
    },
    /// Something is due within twelve months.
    Due {
        kind: DueKind,
        /// When, as its source gives it.
        when: When,
    },
    /// Nobody has looked for longer than its source's rhythm.
    Unlooked {
        /// The day of the last review.
        since: Date,
        /// The rhythm; `None` where it is not known, and 18 months count.
        cadence: Option<Cadence>,
    },
    /// Nothing in particular: it is its turn in reading order.
    InOrder,
}

impl AttentionReason {
    /// Its place in the order of worth, 0 first.
    pub fn class(self) -> u8 {
        match self {
            AttentionReason::NeverReviewed => 0,
            AttentionReason::AuthorsDiffer
            | AttentionReason::Contested
            | AttentionReason::DepartsFromFigures { .. } => 1,
            AttentionReason::Worsened { .. } => 2,
            AttentionReason::Due { .. } => 3,
            AttentionReason::Unlooked { .. } => 4,
            AttentionReason::InOrder => 5,
        }
    }

    /// Whether it tells what others or the figures say, which a blind review must not.
    pub fn tells(self) -> bool {
        matches!(
            self,
            AttentionReason::AuthorsDiffer
                | AttentionReason::DepartsFromFigures { .. }
                | AttentionReason::Worsened { .. }
        )
    }

    pub fn said(self) -> Bilingual {
        let state = State::signed;
        let both = |zh: &str, en: &str| Bilingual::new(zh, en);
        match self {
            AttentionReason::NeverReviewed => both("从未复核", "never reviewed"),
            AttentionReason::AuthorsDiffer => both("作者结论不同", "authors differ"),
            AttentionReason::Contested => both("来源数字不一致", "sources disagree on a figure"),
            AttentionReason::DepartsFromFigures { person, computed } => Bilingual::new(
                format!("人的结论（{}）与计算结论（{}）不同", state(person, Ui::Zh), state(computed, Ui::Zh)),
                format!("people say {}, the figures {}", state(person, Ui::En), state(computed, Ui::En)),
            ),
            AttentionReason::Worsened { from, to } => Bilingual::new(
                format!("上次复核后有新数值，状态变差：{} → {}", state(from, Ui::Zh), state(to, Ui::Zh)),
                format!(
                    "worse by a value recorded since the last review: {} → {}",
                    state(from, Ui::En),
                    state(to, Ui::En)
                ),
            ),
            AttentionReason::Due { kind, when } => due(kind, when),
            AttentionReason::Unlooked { since, cadence } => unlooked(since, cadence),
            AttentionReason::InOrder => both("按阅读顺序", "in reading order"),
        }
    }
}

fn due(kind: DueKind, when: When) -> Bilingual {
    let (zh, en) = match kind {
        DueKind::Checkpoint => ("阶段目标", "a checkpoint"),
        DueKind::Target => ("目标", "a target"),
        DueKind::PeriodEnd => ("期间", "its period"),
    };
    let (zh_when, en_when) = (figure::when(when, Ui::Zh), figure::when(when, Ui::En));
    match kind {
        DueKind::PeriodEnd => Bilingual::new(
            format!("{zh}在十二个月内结束（{zh_when}）"),
            format!("{en} ends within twelve months ({en_when})"),
        ),
        _ => Bilingual::new(
            format!("{zh}在十二个月内到期（{zh_when}）"),
            format!("{en} is due within twelve months ({en_when})"),
        ),
    }
}

fn unlooked(since: Date, cadence: Option<Cadence>) -> Bilingual {
    let day = Moment::Day(since);
    let (zh_day, en_day) = (figure::moment(day, Ui::Zh), figure::moment(day, Ui::En));
    let (zh, en) = match cadence {
        Some(Cadence::Monthly) => ("来源每月发布", "its source appears monthly"),
        Some(Cadence::Quarterly) => ("来源每季发布", "its source appears every quarter"),
        Some(Cadence::Yearly) => ("来源每年发布", "its source appears yearly"),
        Some(Cadence::FiveYearly) => ("来源每五年发布", "its source appears every five years"),
        Some(Cadence::Once) | None => ("已超过18个月", "more than 18 months ago"),
    };
    Bilingual::new(format!("上次复核在 {zh_day}，{zh}"), format!("last reviewed {en_day}; {en}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case(AttentionReason::NeverReviewed, "从未复核", "never reviewed")]
    #[case(
        AttentionReason::Worsened { from: State::OnTrack, to: State::Limited },
        "上次复核后有新数值，状态变差：顺 进展顺利 → 微 进展有限",
        "worse by a value recorded since the last review: + on-track → - limited"
    )]
    #[case(
        AttentionReason::Due { kind: DueKind::Checkpoint, when: When::At(Moment::Year(2027)) },
        "阶段目标在十二个月内到期（2027年）",
        "a checkpoint is due within twelve months (2027)"
    )]
    #[case(
        AttentionReason::Unlooked { since: date(2025, 3, 1), cadence: None },
        "上次复核在 2025-03-01，已超过18个月",
        "last reviewed 2025-03-01; more than 18 months ago"
    )]
    fn a_reason_is_said_in_both_languages(#[case] why: AttentionReason, #[case] zh: &str, #[case] en: &str) {
        assert_eq!(why.said(), Bilingual::new(zh, en));
    }
}
