//! The journal: what its records fold to, how its files survive cuts, copies and foreign lines, and that
//! nothing acknowledged is ever lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "journal/bad_files.rs"]
mod bad_files;
#[path = "journal/clocks.rs"]
mod clocks;
#[path = "journal/crash.rs"]
mod crash;
#[path = "journal/documents.rs"]
mod documents;
#[path = "journal/folding.rs"]
mod folding;
#[path = "journal/frozen.rs"]
mod frozen;
#[path = "journal/model.rs"]
mod model;
#[path = "journal/store.rs"]
mod store;
#[path = "journal/support.rs"]
pub mod support;
#[path = "journal/teams.rs"]
mod teams;
