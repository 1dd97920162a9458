//! Ends that nobody chose: signals, panics, a terminal that is gone.

use rstest::rstest;
use vt100::Screen;

use crate::pty::{Home, Tty, eventually};

#[rstest]
#[case::term("TERM", 128 + 15)]
#[case::hangup("HUP", 128 + 1)]
#[case::interrupt("INT", 128 + 2)]
#[case::quit("QUIT", 128 + 3)]
#[case::abort("ABRT", 128 + 6)]
#[case::user_1("USR1", 128 + 10)]
#[case::user_2("USR2", 128 + 12)]
#[case::alarm("ALRM", 128 + 14)]
#[case::processor_time("XCPU", 128 + 24)]
#[case::virtual_alarm("VTALRM", 128 + 26)]
#[case::profiling("PROF", 128 + 27)]
fn a_signal_ends_it_with_a_clean_shell_and_the_place_kept(#[case] signal: &str, #[case] code: u32) {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("jjjj");
    tty.wait_on("Node 4.");
    send(signal, tty.pid);
    assert_eq!(tty.ended().exit_code(), code);
    tty.assert_clean();
    let mut again = Tty::start(&home, 80, 24);
    again.wait_on("Node 4.");
    again.keys("q");
    assert_eq!(again.ended().exit_code(), 0);
}

// Asked for by a variable that only a debug build looks at.
#[cfg(debug_assertions)]
#[rstest]
#[case::of_the_screen("key")]
#[case::of_a_helper("listener")]
fn a_panic_gives_the_terminal_back_before_it_speaks(#[case] of: &str) {
    let home = Home::new();
    let mut tty = Tty::start_with(&home, "PLAN158_TEST_PANIC", of);
    tty.wait_for("Node 3.");
    tty.keys("j");
    assert_eq!(tty.ended().exit_code(), 101, "as Rust programs end that panic");
    tty.assert_clean();
    let left = tty.screen(Screen::contents);
    assert!(left.contains("panicked at") && left.contains("asked for by a test"), "readable: {left}");
    assert!(!left.contains("Node 3."), "the message is not on the program's own screen: {left}");
}

#[test]
fn it_ends_with_its_terminal() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("G");
    tty.wait_on("Node 12.");
    tty.vanish_at_key("?");
    let status = tty.ended();
    assert_eq!(status.exit_code(), 128 + 1, "the hangup's code");
    assert!(home.kept_text().contains("\"n12\""), "the place is kept: {}", home.kept_text());
}

#[test]
fn it_ends_with_its_terminal_where_no_signal_says_so() {
    let home = Home::new();
    // In a session of its own nobody tells it of the hangup.
    let mut tty = Tty::script(&home, "setsid -w sh -c 'echo $$ >\"$HOME/pid\"; exec \"$PLAN158_BIN\"'");
    tty.wait_for("Node 3.");
    let pid = std::fs::read_to_string(home.path().join("pid")).unwrap();
    tty.pid = pid.trim().parse().unwrap();
    tty.keys("G");
    tty.wait_on("Node 12.");
    tty.vanish_at_key("?");
    eventually("the program ends", || !tty.is_running());
    assert!(home.kept_text().contains("\"n12\""), "the place is kept: {}", home.kept_text());
}

/// Sends a signal.
pub fn send(signal: &str, pid: u32) {
    let status =
        std::process::Command::new("kill").args([&format!("-{signal}"), &pid.to_string()]).status().unwrap();
    assert!(status.success());
}
