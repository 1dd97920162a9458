//! Exports that programs read again: json, csv, xlsx, toml, opml. Each is read back by a reader that is not
//! ours.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "tables/csv.rs"]
mod csv;
#[path = "tables/fields.rs"]
mod fields;
#[path = "tables/json.rs"]
mod json;
#[path = "tables/opml.rs"]
mod opml;
#[path = "tables/support.rs"]
mod support;
#[path = "tables/toml.rs"]
mod toml;
#[path = "tables/xlsx.rs"]
mod xlsx;
