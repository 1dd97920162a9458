//! What comes from a terminal that is cut off, wrong or absurd.

use std::fs;
use std::time::Duration;

use rstest::rstest;

use crate::pty::{Home, Tty};

/// Longer than a pause within a sequence.
const PAUSE: Duration = Duration::from_millis(500);

#[rstest]
#[case::mouse(b"\x1b[<0;1")]
#[case::mouse_without_a_place(b"\x1b[<")]
#[case::plain_mouse(b"\x1b[M")]
#[case::plain_mouse_in_the_middle(b"\x1b[M !")]
#[case::key(b"\x1b[1;")]
#[case::answer(b"\x1b[?62;")]
#[case::character(b"\xe6\x95")]
#[case::no_character(b"\xff\xfe\x80")]
fn a_sequence_that_is_cut_off_takes_no_key_with_it(#[case] cut: &[u8]) {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.bytes(cut);
    // What is cut off is told from what is under way by the time.
    std::thread::sleep(PAUSE);
    tty.keys("jj");
    tty.wait_on("Node 2.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn a_mouse_beyond_every_edge_is_lived_with() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("\x1b[<0;0;0M\x1b[<0;65535;65535M\x1b[<64;0;0M\x1b[<99999;1;1M\x1b[M   \x1b[0;0R");
    tty.keys("gg");
    tty.wait_on("The goal");
    tty.keys("jj");
    tty.wait_on("Node 2.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn a_paste_that_never_ends_shows_its_words_and_those_typed_after_it() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("a\x1b[200~pasted");
    tty.wait_for("pasted");
    tty.keys(" and typed");
    tty.wait_for("pasted and typed");
    // Escape ends the paste, as it ends other things; the next one is the screen's.
    tty.keys("\x1b");
    tty.wait("the note is closed", |screen| !screen.contents().contains("pasted and typed"));
    tty.keys("jj");
    tty.wait_on("Node 2.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[rstest]
#[case::largest(65535, 65535)]
#[case::widest(65535, 1)]
#[case::widest_of_use(65535, 40)]
#[case::highest(1, 65535)]
#[case::unknown(0, 0)]
#[case::without_columns(0, 24)]
#[case::without_lines(80, 0)]
fn a_terminal_may_say_any_size(#[case] cols: u16, #[case] lines: u16) {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("jj");
    tty.wait_on("Node 2.");
    tty.say_size(cols, lines);
    // Drawn at that size before the next.
    let before = tty.said().len();
    tty.keys("\x0c");
    crate::pty::eventually("a frame", || tty.said().len() > before);
    tty.resize(80, 24);
    tty.wait_on("Node 2.");
    let kib = peak_kib(tty.pid);
    assert!(kib < 600_000, "{kib} KiB of memory");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn it_starts_on_a_terminal_that_says_an_absurd_size() {
    let home = Home::new();
    let script = "stty cols 65535 rows 65535; exec \"$PLAN158_BIN\"";
    let mut tty = Tty::script(&home, script);
    tty.wait("the program's screen", vt100::Screen::alternate_screen);
    tty.resize(80, 24);
    tty.wait_for("Node 3.");
    tty.keys("j");
    tty.wait_on("Node 1.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

/// The most memory that a process has had, in KiB.
fn peak_kib(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
