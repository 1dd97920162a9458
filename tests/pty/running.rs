//! Start, keys, paste, resizing, rest.

use std::fs;
use std::time::Duration;

use vt100::Screen;

use crate::pty::{Home, Tty, eventually, node};

#[test]
fn start_and_quit_leave_a_clean_shell() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    assert!(tty.screen(|screen| screen.alternate_screen() && screen.bracketed_paste()));
    assert_ne!(tty.modes(), tty.modes_before(), "keys come one by one");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
    tty.assert_clean();
    assert_eq!(tty.screen(Screen::contents), "", "nothing is left on the shell's screen");
}

#[test]
fn the_place_is_kept_through_tiny_terminals() {
    let home = Home::with_nodes(60);
    let mut tty = Tty::start(&home, 120, 40);
    tty.wait_for("Node 3.");
    tty.keys("30j");
    tty.wait_on("Node 30.");
    let line = tty.screen(|screen| screen.cursor_position().0);
    tty.resize(20, 5);
    tty.wait("the word on the size", |screen| !screen.contents().contains("Node"));
    tty.resize(120, 40);
    tty.wait_on("Node 30.");
    assert_eq!(tty.screen(|screen| screen.cursor_position().0), line, "the row stands where it stood");
    tty.resize(60, 16);
    tty.wait_on("Node 30.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn pasted_chinese_goes_into_a_line_and_never_runs_as_commands() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("\x1b[200~q移动q\x1b[201~");
    tty.wait_for("› q移动q");
    tty.keys("\x1b");
    tty.wait_on("The goal");
    tty.keys(":\x1b[200~展开\x1b[201~");
    tty.wait("the pasted text in the filter", |screen| screen.contents().contains("展开"));
    tty.keys("\x1b");
    tty.wait_on("The goal");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn a_search_typed_in_one_burst_finds_and_what_is_typed_behind_it_waits() {
    let home = Home::with_nodes(60);
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("/node 30\rj");
    tty.wait_on("Node 31.");
    tty.keys("F'node 5\r");
    tty.wait_for("filter 'node 5");
    tty.wait_on("Node 5.");
    tty.keys("Q");
    assert_eq!(tty.ended().exit_code(), 0);
    // The filter and the place under it are there again.
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("filter 'node 5");
    tty.wait_on("Node 5.");
    tty.keys("/\x10");
    tty.wait_for("› 'node 5");
    tty.keys("\x1bQ");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn keys_typed_before_the_first_frame_count() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.keys("jjjjj");
    tty.wait_on("Node 5.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn a_long_burst_of_keys_arrives_whole() {
    let home = Home::with_nodes(3000);
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    // More than the readers of terminals take in one gulp, which is one or two thousand bytes.
    tty.keys(&"j".repeat(2500));
    tty.wait_on("Node 2500.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn a_large_plan_begins_before_all_of_it_is_read() {
    let home = Home::with_nodes(100);
    for file in 0..80 {
        let text: String =
            (0..400).map(|number| node(&format!("m{file}.{number}"), &format!("More {file}."))).collect();
        home.write(&format!("nodes/m{file:02}.toml"), &text);
    }
    // A terminal that answers no questions is waited for, and meanwhile such a plan may be read: ask nothing.
    let mut tty = Tty::start_in(&home, &[("PLAN158_THEME", "dark"), ("PLAN158_AMBIGUOUS_WIDTH", "1")]);
    tty.wait_on("The goal");
    tty.keys("3j");
    tty.wait_on("Node 3.");
    tty.wait("the whole plan", |screen| !screen.contents().contains("reading"));
    tty.wait_on("Node 3.");
    assert!(tty.said().contains("reading "), "its first frame came before: {}", tty.said());
    tty.keys("G");
    tty.wait_on("More 79.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn a_screen_at_rest_sleeps() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("jj");
    tty.wait_on("Node 2.");
    eventually("the place is kept while the screen rests", || !home.kept().is_empty());
    let before = (ticks(tty.pid), wakings(tty.pid));
    // What is measured is that nothing happens in this time.
    std::thread::sleep(Duration::from_secs(1));
    let after = (ticks(tty.pid), wakings(tty.pid));
    assert!(after.0 - before.0 <= 1, "processor time: {} ticks", after.0 - before.0);
    assert!(after.1 - before.1 <= 2, "its threads woke {} times", after.1 - before.1);
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

/// Processor time of a process, in hundredths of a second.
fn ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    // utime and stime are fields 14 and 15; the first after the name is field 3.
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

/// How often the threads of a process have woken from waiting.
fn wakings(pid: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).unwrap().flatten();
    threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("status")).ok())
        .filter_map(|status| {
            let line = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches"))?;
            line.split_whitespace().last()?.parse::<u64>().ok()
        })
        .sum()
}
