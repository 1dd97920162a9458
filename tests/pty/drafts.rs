//! Words that are typed survive every end, and come back with the key that began them; keys meant for an
//! editor end nothing.

use std::fs;
use std::process::Command;

use rstest::rstest;

use crate::journal::{drafts, editor, journal};
use crate::pty::{Home, PROGRAM, Tty, eventually};

/// Types the beginning of a note on the second node.
fn begin(tty: &mut Tty) {
    tty.wait_for("Node 3.");
    tty.keys("jjahalf a 句");
    tty.wait_for("half a 句");
}

/// Another screen opens the same note with its words, and records it.
#[track_caller]
fn comes_back(home: &Home) {
    let mut tty = Tty::start(home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("gg2ja");
    tty.wait_for("clear the words and press Esc");
    tty.wait_for("half a 句");
    tty.keys(" more\r");
    tty.wait_for("saved: note n2");
    assert!(journal(home).contains("half a 句 more"));
    eventually("the draft of what was recorded is gone", || drafts(home).is_empty());
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[rstest]
#[case::hangup("HUP")]
#[case::terminate("TERM")]
#[case::interrupt("INT")]
fn a_signal_keeps_what_is_being_typed(#[case] signal: &str) {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    begin(&mut tty);
    kill(signal, tty.pid);
    tty.ended();
    comes_back(&home);
}

#[test]
fn words_that_no_folder_takes_are_handed_back_at_the_end() {
    let home = Home::new();
    // Drafts lie below it: not even root can write there.
    fs::write(home.path().join("state"), "").unwrap();
    let mut tty = Tty::start(&home, 80, 24);
    begin(&mut tty);
    kill("TERM", tty.pid);
    tty.ended();
    let said = tty.said();
    let end = said.rsplit("\x1b[?1049l").next().unwrap_or_default();
    assert!(end.contains("the draft cannot be kept"), "{end}");
    assert!(end.contains("not saved, your words:\r\nhalf a 句\r\n"), "{end}");
}

#[test]
fn a_terminal_that_goes_away_keeps_what_is_being_typed() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    begin(&mut tty);
    tty.vanish_at_key(" ");
    tty.ended();
    comes_back(&home);
}

#[test]
fn a_kill_costs_no_more_than_the_last_moments() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    begin(&mut tty);
    let is_kept =
        || drafts(&home).iter().any(|file| fs::read_to_string(file).is_ok_and(|s| s.contains("half a 句")));
    eventually("the words lie on disk while they are typed", is_kept);
    kill("KILL", tty.pid);
    tty.ended();
    comes_back(&home);
}

#[test]
fn esc_keeps_them_and_says_so() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    begin(&mut tty);
    tty.keys("\x1b");
    tty.wait_for("kept as a draft: a or A opens it again");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
    comes_back(&home);
}

#[test]
fn an_editor_that_does_not_wait_is_told_of_and_what_it_saves_comes_back() {
    let home = Home::new();
    // The window saves when the test says so.
    let script = "( while [ ! -e \"$HOME/save\" ]; do sleep 0.02; done; printf 'written in the window\\n' >\"$1\"; touch \"$HOME/saved\" ) >/dev/null 2>&1 </dev/null & exit 0";
    let mut tty = Tty::start_with(&home, "EDITOR", &editor(&home, script));
    tty.wait_for("Node 3.");
    tty.keys("jjA");
    tty.wait_for("the editor came back at once");
    tty.wait_for("gedit --wait");
    assert_eq!(drafts(&home).len(), 1);
    fs::write(home.path().join("save"), "").unwrap();
    eventually("the window saves", || home.path().join("saved").exists());
    let listed = doctor(&home);
    assert!(listed.contains("n2: a note, ") && listed.contains("“written in the window”"), "{listed}");
    tty.keys("a");
    tty.wait_for("written in the window");
    tty.keys("\r");
    tty.wait_for("saved: note n2");
    assert!(journal(&home).contains("written in the window"));
    eventually("the draft of what was recorded is gone", || drafts(&home).is_empty());
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
}

#[test]
fn a_draft_of_the_line_goes_to_the_editor_and_is_recorded_once_it_is_saved() {
    let home = Home::new();
    let mut tty = Tty::start_with(&home, "EDITOR", &editor(&home, "sed -i 's/half a 句/a whole 句/' \"$1\""));
    begin(&mut tty);
    tty.keys("\x1b");
    tty.wait_for("kept as a draft");
    tty.keys("A");
    tty.wait_for("saved: note n2");
    assert!(journal(&home).contains("a whole 句") && drafts(&home).is_empty());
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[rstest]
#[case::directly("")]
#[case::by_a_shell("PLAIN=no ")]
fn interrupting_keys_are_the_editors(#[case] before: &str) {
    let home = Home::new();
    let script = "trap 'echo interrupted >/dev/tty' INT; trap 'echo left >/dev/tty' QUIT; echo ready >/dev/tty\n\
        got=\nwhile [ -z \"$got\" ]; do : </dev/tty || exit; read got </dev/tty; done; printf '%s\\n' \"$got\" >\"$1\"";
    let mut tty = Tty::start_with(&home, "EDITOR", &format!("{before}{}", editor(&home, script)));
    tty.wait_for("Node 3.");
    tty.keys("jjA");
    tty.wait_for("ready");
    // A shell that is about to read runs its trap once it has read something: an empty line, which the editor
    // passes over.
    tty.keys("\x03\r");
    tty.wait_for("interrupted");
    tty.keys("\x1c\r");
    tty.wait_for("left");
    tty.keys("written after all\r");
    tty.wait_for("saved: note n2");
    tty.keys("j");
    tty.wait_on("Node 3.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
}

#[rstest]
#[case::interrupt("\x03")]
#[case::quit("\x1c")]
fn an_editor_that_is_ended_by_its_key_ends_alone_and_leaves_a_draft(#[case] key: &str) {
    let home = Home::new();
    let script = "ulimit -c 0; echo 'a year of notes' >>\"$1\"; echo ready >/dev/tty; exec sleep 60";
    let mut tty = Tty::start_with(&home, "EDITOR", &editor(&home, script));
    tty.wait_for("Node 3.");
    tty.keys("A");
    tty.wait_for("ready");
    tty.keys(key);
    tty.wait_for("failed; kept as a draft");
    tty.keys("ja");
    tty.wait_for("note (progress) · n1");
    tty.keys("\x1bka");
    tty.wait_for("a year of notes");
    tty.keys("\x1bq");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
}

#[test]
fn a_signal_of_the_keyboard_that_comes_as_the_editor_ends_ends_nothing() {
    let home = Home::new();
    let script = "kill -INT $PPID; kill -QUIT $PPID; ( sleep 0.1; kill -INT $PPID; kill -QUIT $PPID; touch \"$HOME/sent\" ) & echo words >\"$1\"";
    let mut tty = Tty::start_with(&home, "EDITOR", &editor(&home, script));
    tty.wait_for("Node 3.");
    tty.keys("A");
    tty.wait_for("saved: note root");
    eventually("the late ones are sent", || home.path().join("sent").exists());
    tty.keys("jj");
    tty.wait_on("Node 2.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
}

#[test]
fn an_editor_that_stops_gives_the_shell_its_terminal_and_goes_on_with_it() {
    let home = Home::new();
    let script = "echo ready >/dev/tty; kill -TSTP 0; echo again >/dev/tty; read got </dev/tty; printf '%s\\n' \"$got\" >\"$1\"";
    let editor = editor(&home, script);
    let job = format!(
        "set -m; EDITOR='{editor}' \"$PLAN158_BIN\"; echo \"BACK $?\"; read line; echo \"GOT $line\"; fg >/dev/null; echo \"END $?\""
    );
    let mut tty = Tty::script(&home, &job);
    tty.wait_for("Node 3.");
    tty.keys("jjA");
    tty.wait_for("BACK 1");
    tty.keys("to the shell\n");
    tty.wait_for("again");
    assert!(tty.said().contains("GOT to the shell"), "{}", tty.said());
    tty.keys("written later\r");
    tty.wait_for("saved: note n2");
    tty.keys("j");
    tty.wait_on("Node 3.");
    tty.keys("q");
    tty.wait_for("END 0");
    assert_eq!(tty.ended().exit_code(), 0);
    assert!(journal(&home).contains("written later"));
}

#[test]
fn an_editor_that_stops_where_no_shell_could_go_on_with_it_goes_on_at_once() {
    let home = Home::new();
    let script = "kill -STOP $$; printf 'went on\\n' >\"$1\"";
    let mut tty = Tty::start_with(&home, "EDITOR", &editor(&home, script));
    tty.wait_for("Node 3.");
    tty.keys("A");
    tty.wait_for("saved: note root");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

fn doctor(home: &Home) -> String {
    let out = Command::new(PROGRAM)
        .args(["doctor", "--lang", "en"])
        .env_clear()
        .env("HOME", home.path())
        .env("XDG_STATE_HOME", home.path().join("state"))
        .env("PLAN158_PLAN", home.plan())
        .output()
        .unwrap();
    String::from_utf8(out.stdout).unwrap()
}

fn kill(signal: &str, pid: u32) {
    let sent = Command::new("kill").args([&format!("-{signal}"), &pid.to_string()]).status().unwrap();
    assert!(sent.success());
}
