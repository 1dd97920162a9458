//! What people write on the screen: on disk when it says so, in the user's own editor, and beside what others
//! write.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use crate::pty::{Home, PROGRAM, Tty, eventually};

/// Everything in the journal of the scratch plan.
pub fn journal(home: &Home) -> String {
    let dir = home.path().join("data/plan158/journal/scratch");
    let files = fs::read_dir(dir).into_iter().flatten().flatten();
    files.map(|entry| fs::read_to_string(entry.path()).unwrap()).collect()
}

pub fn drafts(home: &Home) -> Vec<PathBuf> {
    let files = fs::read_dir(home.path().join("state/plan158/drafts")).into_iter().flatten().flatten();
    files.map(|entry| entry.path()).collect()
}

/// A script in the home, as an editor.
pub fn editor(home: &Home, script: &str) -> String {
    let path = home.path().join("editor.sh");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn what_is_shown_as_saved_is_on_disk_even_when_the_program_is_killed() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("jja现场记录\r");
    tty.wait_for("saved: note n2");
    let kill = Command::new("kill").args(["-9", &tty.pid.to_string()]).status().unwrap();
    assert!(kill.success());
    tty.ended();
    assert_eq!(journal(&home).matches("现场记录").count(), 1);
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("✎1");
    tty.keys("u");
    tty.wait_for("undo: note n2");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn a_long_note_is_written_in_the_users_editor_and_the_screen_comes_back() {
    let home = Home::new();
    // It reads a key of its own from the terminal: the screen must not take it.
    let script = "echo ready >/dev/tty; read answer </dev/tty; printf 'kind: question\\n\\nline one\\n%s\\n' \"$answer\" >\"$1\"";
    let mut tty = Tty::start_with(&home, "EDITOR", &editor(&home, script));
    tty.wait_for("Node 3.");
    tty.keys("jjA");
    tty.wait("the editor on the shell's screen", |screen| {
        !screen.alternate_screen() && screen.contents().contains("ready")
    });
    tty.keys("jkq typed into the editor\r");
    tty.wait_for("saved: note (question) n2");
    tty.wait_on("Node 2.");
    assert!(journal(&home).contains(r#""kind":"question","text":"line one\njkq typed into the editor""#));
    assert!(drafts(&home).is_empty(), "what is in the journal needs no draft");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
}

#[test]
fn an_editor_that_fails_loses_nothing() {
    let home = Home::new();
    let mut tty = Tty::start_with(&home, "EDITOR", &editor(&home, "echo 'a year of notes' >>\"$1\"; exit 3"));
    tty.wait_for("Node 3.");
    tty.keys("A");
    tty.wait_for("failed; kept as a draft: a or A opens it");
    tty.wait_on("The goal");
    assert_eq!(journal(&home), "");
    let kept = drafts(&home);
    assert!(fs::read_to_string(&kept[0]).unwrap().contains("a year of notes"));
    tty.keys("j");
    tty.wait_on("Node 1.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn no_editor_is_an_answer_and_no_end() {
    let home = Home::new();
    let mut tty = Tty::start_with(&home, "EDITOR", "/nowhere/editor");
    tty.wait_for("Node 3.");
    tty.keys("A");
    tty.wait_for("/nowhere/editor did not start");
    assert!(drafts(&home).is_empty(), "nobody wrote anything");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn what_another_program_records_shows_without_moving_the_place() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("jjj");
    tty.wait_on("Node 3.");
    let other = |args: &[&str]| {
        let status = Command::new(PROGRAM)
            .args(args)
            .env_clear()
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("PLAN158_PLAN", home.plan())
            .env("PLAN158_AUTHOR", "wang")
            .output()
            .unwrap();
        assert!(status.status.success(), "{status:?}");
    };
    other(&["annotate", "n1", "--status", "limited", "--reason", "two sites stand still"]);
    tty.wait_for("- limited");
    tty.wait_on("Node 3.");
    other(&["annotate", "n3", "--note", "seen"]);
    tty.wait_for("✎1");
    eventually("both records", || journal(&home).lines().count() == 2);
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}
