//! What a reviewer does, and what comes of it.

use jiff::civil::Date;

use crate::journal::Step;
use crate::plan::{NodeId, State};
use crate::text::Bilingual;

/// The verdicts of the keys 1 to 8: 顺 缓 微 退 成 未 止 证.
pub const VERDICT_KEYS: [State; 8] = [
    State::OnTrack,
    State::NeedsAcceleration,
    State::Limited,
    State::Regressing,
    State::Achieved,
    State::NotStarted,
    State::Dropped,
    State::InsufficientEvidence,
];

/// The reason that comes with a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody has asked for one yet: the answer may be that one is wanted.
    NotAsked,
    /// Asked for, and none was given.
    None,
    Given(Box<str>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewAction {
    /// Still accurate, next; on a node never judged: looked at, no verdict. On a card that is decided
    /// already: next.
    Unchanged,
    /// A verdict, next.
    Verdict(State, Reason),
    /// Later: it comes back at the end.
    Skip,
    /// Put off until a day after today.
    Bury(Date),
    /// Somebody must work on it, next.
    NeedsWork,
    /// The rest of this branch is left out of the session.
    LeaveBranch,
    /// The next card, whatever its standing.
    Next,
    /// The card before.
    Previous,
    NextOpen,
    PreviousOpen,
    /// A card of the session by its node.
    GoTo(NodeId),
    /// Shows what a blind session hides of a decided card: the one at hand, else the one decided last.
    Reveal,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ActionResult {
    /// To be written; then [`super::Session::settle`] moves on.
    Record(Step),
    /// The verdict wants a reason, and this is why (a blind session does not say). Act again with the reason,
    /// or with none.
    ReasonWanted(Bilingual),
    /// Another card is at hand.
    Moved,
    /// This decided card is at hand with all that was hidden.
    Revealed(NodeId),
    /// Nothing happened.
    Refused(Refusal),
}

/// Why nothing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Every card is decided.
    NoCard,
    /// There is no card before this one.
    NoneBefore,
    /// There is none behind it.
    NoneBehind,
    /// The day is not after today.
    DayNotAhead,
    /// People do not give this state.
    ComputedOnly,
    /// The session hides nothing.
    NotBlind,
    /// Nothing is decided yet.
    DecideFirst,
    /// The node is no card of this session.
    NotInSession,
}

impl Refusal {
    pub fn said(self) -> Bilingual {
        let (zh, en) = match self {
            Refusal::NoCard => ("没有待复核的卡片", "no card is left"),
            Refusal::NoneBefore => ("前面没有了", "there is none before this one"),
            Refusal::NoneBehind => ("后面没有了", "there is none behind this one"),
            Refusal::DayNotAhead => ("日期须在今天之后", "the day must lie after today"),
            Refusal::ComputedOnly => ("该状态只由计算得出", "that state is computed only"),
            Refusal::NotBlind => ("不是盲评，没有隐藏的内容", "this session is not blind and hides nothing"),
            Refusal::DecideFirst => ("先作出判断，再揭示", "decide first, then reveal"),
            Refusal::NotInSession => ("不在本次复核范围内", "that node is not in this session"),
        };
        Bilingual::new(zh, en)
    }
}
