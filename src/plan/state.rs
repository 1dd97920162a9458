//! The words for how a node stands. The words only: which of them a node gets is `progress`'s business.

use super::text::{Said, Ui};

/// How a node stands: people's verdicts and the computed ones share one list (`docs/cli.md`, States).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nothing has begun.
    NotStarted,
    /// Moves at the pace the target needs.
    OnTrack,
    /// Moves, but must move faster.
    NeedsAcceleration,
    /// Hardly moves.
    Limited,
    /// Moves away from the target.
    Regressing,
    /// The target is met.
    Achieved,
    /// Given up.
    Dropped,
    /// A reviewer found too little to judge by.
    InsufficientEvidence,
    /// Computed: qualitative without a scale.
    NotAssessable,
    /// Computed: there is a target, but nothing to measure the way from.
    NoBaseline,
    /// Computed: no target.
    NoTarget,
    /// Computed: the target has no date.
    Undated,
    /// Computed: no actual value after the baseline.
    NoData,
    /// Computed: bounds or rival sources leave two classes open.
    Undetermined,
    /// Computed: at its level, and to stay there.
    Hold,
    /// Computed: the target's date has passed, short of it.
    Overdue,
}

impl State {
    /// Every state: people's eight first, in the order of the keys `1`…`8` of a review (`docs/cli.md`, States), then the computed ones.
    pub const ALL: [State; 16] = [
        State::NotStarted,
        State::OnTrack,
        State::NeedsAcceleration,
        State::Limited,
        State::Regressing,
        State::Achieved,
        State::Dropped,
        State::InsufficientEvidence,
        State::NotAssessable,
        State::NoBaseline,
        State::NoTarget,
        State::Undated,
        State::NoData,
        State::Undetermined,
        State::Hold,
        State::Overdue,
    ];

    /// The stable word of files, flags and exports.
    pub fn word(self) -> &'static str {
        match self {
            State::NotStarted => "not-started",
            State::OnTrack => "on-track",
            State::NeedsAcceleration => "needs-acceleration",
            State::Limited => "limited",
            State::Regressing => "regressing",
            State::Achieved => "achieved",
            State::Dropped => "dropped",
            State::InsufficientEvidence => "insufficient-evidence",
            State::NotAssessable => "not-assessable",
            State::NoBaseline => "no-baseline",
            State::NoTarget => "no-target",
            State::Undated => "undated",
            State::NoData => "no-data",
            State::Undetermined => "undetermined",
            State::Hold => "hold",
            State::Overdue => "overdue",
        }
    }

    /// The state a word names.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether a person may give it.
    pub fn is_for_people(self) -> bool {
        State::ALL.iter().take(8).any(|state| *state == self)
    }

    /// One Chinese character, two columns wide in every terminal.
    pub fn glyph(self) -> &'static str {
        match self {
            State::NotStarted => "未",
            State::OnTrack => "顺",
            State::NeedsAcceleration => "缓",
            State::Limited => "微",
            State::Regressing => "退",
            State::Achieved => "成",
            State::Dropped => "止",
            State::InsufficientEvidence => "证",
            State::NotAssessable => "不",
            State::NoBaseline => "基",
            State::NoTarget => "标",
            State::Undated => "期",
            State::NoData => "缺",
            State::Undetermined => "疑",
            State::Hold => "稳",
            State::Overdue => "逾",
        }
    }

    /// The state as its reader reads it.
    pub fn label(self, ui: Ui) -> &'static str {
        ui.pick(
            match self {
                State::NotStarted => "未开始",
                State::OnTrack => "进展顺利",
                State::NeedsAcceleration => "需要加快",
                State::Limited => "进展有限",
                State::Regressing => "倒退",
                State::Achieved => "已达成",
                State::Dropped => "已终止",
                State::InsufficientEvidence => "证据不足",
                State::NotAssessable => "不可评估",
                State::NoBaseline => "缺基期",
                State::NoTarget => "无目标",
                State::Undated => "目标无期限",
                State::NoData => "无数据",
                State::Undetermined => "无法判定",
                State::Hold => "保持",
                State::Overdue => "逾期",
            },
            self.word(),
        )
    }

    /// The label in both languages.
    pub fn said(self) -> Said {
        Said::new(self.label(Ui::Zh), self.label(Ui::En))
    }
}

impl super::metric::Word for State {
    const ALL: &'static [Self] = &State::ALL;
    fn word(self) -> &'static str {
        State::word(self)
    }
}
