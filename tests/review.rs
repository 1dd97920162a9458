//! Review sessions: the queue with its reasons, what keys record, resumption, blindness, minutes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "review/desk.rs"]
mod desk;
#[path = "review/minutes.rs"]
mod minutes;
#[path = "review/queue.rs"]
mod queue;
#[path = "review/session.rs"]
mod session;

use super::journal::support;
