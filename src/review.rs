//! Review sessions: which nodes to look at next and why, what was decided on each, the minutes, and where
//! reviewers agree.
//!
//! ```text
//! Fold at the session's start ─scope─► nodes ─queue─► cards in order, each with its reason ┐
//! records of the session ─record─► what was decided, how long it took ────────────────────┴─► Session ─ Action ─► Answer (a Step to write)
//!                                                     minutes: what came of it          agreement: pairs of authors, κ, what differs
//! ```
//! Everything about a session is derived from its records in the journal, so it survives a crash, a merge and
//! another plan. This module is pure: it writes nothing, reads no clock and draws nothing; what it wants
//! recorded it hands out as a [`crate::journal::Step`].

pub mod minutes;
pub mod queue;
pub mod record;
pub mod scope;
pub mod session;
pub mod until;
pub mod watch;
pub mod why;

pub use minutes::Minutes;
pub use queue::{Order, QueueEntry};
pub use record::{CardMark, CardStanding, SessionHead, SessionId};
pub use session::{
    ActionResult, Reason, Refusal, ReviewAction, Session, SessionContext, SessionCounts, SessionRequest,
    VerdictVisibility,
};
pub use why::AttentionReason;
