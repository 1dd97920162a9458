//! A review session on a terminal: what was decided outlives whatever ends the program.

use std::process::Command;

use crate::pty::{Home, Tty};

const REVIEW: &[&str] = &["review", "--author", "li", "--order", "reading"];

#[test]
fn after_a_kill_in_the_middle_nothing_decided_is_lost_and_the_next_card_is_the_right_one() {
    let home = Home::new();
    let mut tty = Tty::run(&home, REVIEW, 80, 24);
    // Keys may come before the session shows.
    tty.keys("!1");
    tty.wait_for("review 3/12 · 2 decided");
    tty.keys("-");
    tty.wait_for("review 4/12");
    tty.keys("aa note on the fourth\r");
    tty.wait_for("saved: note n4");
    let status = Command::new("kill").args(["-KILL", &tty.pid.to_string()]).status().unwrap();
    assert!(status.success());
    let _ = tty.ended();

    let mut again = Tty::run(&home, REVIEW, 80, 24);
    again.wait_for("review 4/12 · 2 decided");
    again.wait_for("Node 4.");
    again.wait_for("a note on the fourth");
    again.wait_for("1 skipped");
    // The nine cards from the fourth on, the skipped one, and it is over: its minutes come.
    again.keys(&"\r".repeat(10));
    again.wait_for("The session has ended");
    again.keys("G");
    again.wait_for("Node 12.");
    again.keys("qq");
    assert_eq!(again.ended().exit_code(), 0);
    let minutes = Tty::run(&home, &["review", "--minutes", "--author", "li"], 120, 40);
    minutes.wait_for("12 cards: 12 decided");
}

#[test]
fn a_session_stopped_with_q_goes_on_at_its_card() {
    let home = Home::new();
    let mut tty = Tty::run(&home, REVIEW, 60, 16);
    tty.wait_for("review 1/12");
    tty.keys("\rjjqqq");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
    let mut again = Tty::run(&home, REVIEW, 60, 16);
    again.wait_for("review 2/12");
    again.keys("Q");
    assert_eq!(again.ended().exit_code(), 0);
}
