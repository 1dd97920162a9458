//! Job control: stopping for the shell and going on.

use rstest::rstest;
use vt100::Screen;

use crate::pty::{Home, Tty};

/// A shell that runs a job, lets the user type a line when it has stopped, and takes it up again.
fn shell(job: &str) -> String {
    format!("set -m; {job}; echo \"BACK $?\"; read line; echo \"GOT $line\"; fg >/dev/null; echo \"END $?\"")
}

#[rstest]
#[case::alone("\"$PLAN158_BIN\"")]
#[case::under_another_program("sh -c '\"$PLAN158_BIN\"; exit $?'")]
fn the_suspending_key_gives_the_shell_its_terminal_and_comes_back(#[case] job: &str) {
    let home = Home::new();
    let mut tty = Tty::script(&home, &shell(job));
    tty.wait_for("Node 3.");
    tty.keys("jjj");
    tty.wait_on("Node 3.");
    tty.keys("\x1a");
    tty.wait_for("BACK 1");
    tty.assert_clean();
    // The shell's line is its own: what is typed there reaches the shell and not the program.
    tty.keys("jjq\n");
    tty.wait("the program's screen again", Screen::alternate_screen);
    tty.wait_on("Node 3.");
    assert!(tty.said().contains("GOT jjq"), "{}", tty.said());
    assert!(tty.screen(Screen::bracketed_paste), "paste is taken again");
    // The size may have changed meanwhile, and the first key after it counts.
    tty.keys("j");
    tty.wait_on("Node 4.");
    tty.keys("q");
    tty.wait_for("END 0");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
}

#[test]
fn stopped_from_outside_it_takes_the_terminal_again() {
    let home = Home::new();
    let script =
        "set -m; \"$PLAN158_BIN\" & fg >/dev/null; echo BACK; stty sane; read line; fg >/dev/null; echo END";
    let mut tty = Tty::script(&home, script);
    tty.wait_for("Node 3.");
    tty.keys("jj");
    tty.wait_on("Node 2.");
    // Nobody can handle this signal: the terminal is as the program had it.
    let stop = "for p in /proc/[0-9]*; do [ \"$(readlink $p/exe)\" = \"$0\" ] && grep -qzF \"HOME=$1\" $p/environ && kill -STOP ${p#/proc/}; done; true";
    let home_path = home.path().to_str().unwrap();
    let status = std::process::Command::new("sh").args(["-c", stop, crate::pty::PROGRAM, home_path]).status();
    assert!(status.unwrap().success());
    tty.wait_for("BACK");
    tty.keys("\n");
    tty.wait_on("Node 2.");
    tty.keys("j");
    tty.wait_on("Node 3.");
    tty.keys("q");
    tty.wait_for("END");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn resizing_after_a_pause_is_seen_without_a_key() {
    let home = Home::new();
    let mut tty = Tty::script(&home, &shell("\"$PLAN158_BIN\""));
    tty.wait_for("Node 3.");
    tty.keys("\x1a");
    tty.wait_for("BACK 1");
    tty.keys("typed to the shell\n");
    tty.wait("the program's screen again", Screen::alternate_screen);
    tty.wait_for("Node 3.");
    tty.resize(120, 30);
    tty.wait("a frame of the new width", |screen| screen.rows(0, 120).any(|row| row.contains("│")));
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn with_nobody_to_continue_it_the_suspending_key_does_nothing() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("\x1aj");
    tty.wait_on("Node 1.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}
