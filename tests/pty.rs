//! The real binary on a pseudo-terminal: what it leaves behind however it ends, and what it does with the
//! world around it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "support/pty.rs"]
mod pty;

#[path = "pty/asked.rs"]
mod asked;
#[path = "pty/bytes.rs"]
mod bytes;
#[path = "pty/disk.rs"]
mod disk;
#[path = "pty/drafts.rs"]
mod drafts;
#[path = "pty/ending.rs"]
mod ending;
#[path = "pty/export.rs"]
mod export;
#[path = "pty/input.rs"]
mod input;
#[path = "pty/jobs.rs"]
mod jobs;
#[path = "pty/journal.rs"]
mod journal;
#[path = "pty/review.rs"]
mod review;
#[path = "pty/running.rs"]
mod running;
#[path = "pty/stuck.rs"]
mod stuck;
