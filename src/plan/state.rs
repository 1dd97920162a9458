//! The words for how a node stands. The words only: which of them a node gets is `progress`'s business.

use crate::text::words::{VocabularyWord, WordNames};
use crate::text::{Bilingual, Ui};

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
    /// The commitment was given up by those who made it.
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
    /// Computed: an event that no target asks for has taken place.
    Occurred,
    /// Nothing is computed for it, and nobody has judged it.
    NotJudged,
}

impl State {
    /// Every state: people's eight first, in the order of the keys `1`…`8` of a review (`docs/cli.md`,
    /// States), then the computed ones.
    pub const ALL: [State; 18] = [
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
        State::Occurred,
        State::NotJudged,
    ];

    /// The stable word of files, flags and exports.
    pub fn word(self) -> &'static str {
        self.wording().key
    }

    /// The state with that word in files; labels are not accepted here.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// How many of [`State::ALL`], from the first, a person may give.
    pub const PEOPLE_COUNT: usize = 8;

    /// What the states are called that a person may give.
    pub fn for_people() -> &'static [WordNames] {
        NAMES.split_at(State::PEOPLE_COUNT).0
    }

    /// Whether a person may give it.
    pub fn is_for_people(self) -> bool {
        State::ALL.iter().take(State::PEOPLE_COUNT).any(|state| *state == self)
    }

    /// One Chinese character, two columns wide in every terminal.
    pub fn glyph(self) -> &'static str {
        self.wording().also.first().copied().unwrap_or_default()
    }

    /// Whether it is a judgement, by figures or by people, and not a reason why there is none.
    pub fn is_verdict(self) -> bool {
        !matches!(
            self,
            State::NotAssessable
                | State::NoBaseline
                | State::NoTarget
                | State::Undated
                | State::NoData
                | State::Occurred
                | State::NotJudged
        )
    }

    /// Its sign: in Chinese one character, else a sign of one column. Reasons why there is no verdict have
    /// none but in Chinese.
    pub fn sign(self, ui: Ui) -> &'static str {
        match (ui, self) {
            (Ui::Zh, _) => self.glyph(),
            (Ui::En, State::Achieved) => "✓",
            (Ui::En, _) => self.ascii_sign(),
        }
    }

    /// Its label with its sign before it, where it has one.
    pub fn signed(self, ui: Ui) -> String {
        match self.sign(ui) {
            "" => self.label(ui).to_owned(),
            sign => format!("{sign} {}", self.label(ui)),
        }
    }

    /// The same in ASCII, for any language; empty where it has none.
    pub fn ascii_sign(self) -> &'static str {
        match self {
            State::Achieved => "Y",
            State::OnTrack => "+",
            State::Hold => "=",
            State::NeedsAcceleration => "~",
            State::Limited => "-",
            State::Regressing => "v",
            State::Overdue => "x",
            State::Undetermined => "?",
            State::NotStarted => "o",
            State::Dropped => "/",
            State::InsufficientEvidence => "0",
            State::Occurred
            | State::NotAssessable
            | State::NoBaseline
            | State::NoTarget
            | State::Undated
            | State::NoData
            | State::NotJudged => "",
        }
    }

    /// The state as its reader reads it.
    pub fn label(self, ui: Ui) -> &'static str {
        self.wording().label(ui)
    }

    /// The label in both languages.
    pub fn said(self) -> Bilingual {
        self.wording().labels()
    }
}

/// What each state is called, in the order of [`State::ALL`]: its word, which is its English label too, its
/// Chinese label, and its glyph.
const NAMES: [WordNames; State::ALL.len()] = [
    wording("not-started", "未开始", &["未"]),
    wording("on-track", "进展顺利", &["顺"]),
    wording("needs-acceleration", "需要加快", &["缓"]),
    wording("limited", "进展有限", &["微"]),
    wording("regressing", "倒退", &["退"]),
    wording("achieved", "已达成", &["成"]),
    wording("dropped", "已终止", &["止"]),
    wording("insufficient-evidence", "证据不足", &["证"]),
    wording("not-assessable", "不可评估", &["不"]),
    wording("no-baseline", "缺基期", &["基"]),
    wording("no-target", "无目标", &["标"]),
    wording("undated", "目标无期限", &["期"]),
    wording("no-data", "无数据", &["缺"]),
    wording("undetermined", "无法判定", &["疑"]),
    wording("hold", "保持", &["稳"]),
    wording("overdue", "逾期", &["逾"]),
    wording("occurred", "已发生", &["发"]),
    wording("not-judged", "尚无人判断", &["无"]),
];

const fn wording(key: &'static str, zh: &'static str, glyph: &'static [&'static str]) -> WordNames {
    WordNames { key, zh, en: key, also: glyph }
}

impl VocabularyWord for State {
    const ALL: &'static [Self] = &State::ALL;
    const NAMES: &'static [WordNames] = &NAMES;

    fn wording(self) -> &'static WordNames {
        &NAMES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wordings_stand_in_the_order_of_the_states() {
        let named = |word: &str| State::ALL.into_iter().find(|state| state.word() == word);
        assert_eq!(named("on-track"), Some(State::OnTrack));
        assert_eq!(named("overdue"), Some(State::Overdue));
        assert!(State::ALL.iter().enumerate().all(|(at, state)| *state as usize == at));
        assert_eq!((State::NoData.glyph(), State::NoData.label(Ui::Zh)), ("缺", "无数据"));
    }
}
