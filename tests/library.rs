//! The library by itself: what a plan, a journal, a search, a judgement and a figure come to. One binary,
//! because linking many takes longer than building the tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

mod charts;
mod data;
mod diagnostics;
mod figures;
mod find;
#[path = "cli/support.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod home;
mod journal;
mod lint;
#[path = "loading/main.rs"]
mod loading;
mod outline;
mod review;
mod seeds;
mod tables;
