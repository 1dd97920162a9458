//! The real binary in a scratch home: every subcommand, every exit code, both languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "cli/bad_files.rs"]
mod bad_files;
#[path = "cli/changes.rs"]
mod changes;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/cite.rs"]
mod cite;
#[path = "cli/docx.rs"]
mod docx;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/find.rs"]
mod find;
#[path = "cli/groups.rs"]
mod groups;
#[path = "cli/html.rs"]
mod html;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/intake.rs"]
mod intake;
#[path = "cli/journal.rs"]
mod journal;
#[path = "cli/judging.rs"]
mod judging;
#[path = "cli/language.rs"]
mod language;
#[path = "cli/limits.rs"]
mod limits;
#[path = "cli/lint.rs"]
mod lint;
#[path = "cli/outline.rs"]
mod outline;
#[path = "cli/report.rs"]
mod report;
#[path = "cli/review.rs"]
mod review;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/shared.rs"]
mod shared;
#[path = "cli/support.rs"]
mod support;
#[path = "cli/system.rs"]
mod system;
#[path = "cli/texts.rs"]
mod texts;
#[path = "cli/verify.rs"]
mod verify;
#[path = "cli/verify_random.rs"]
mod verify_random;
