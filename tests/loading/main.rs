//! Reading plans: what opens, what is wrong and where, and what the program refuses to read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

mod paths;
mod problems;
mod properties;
pub mod scratch;
mod trees;
