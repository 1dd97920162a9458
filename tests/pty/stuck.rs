//! Signals while the program is busy with something that does not end by itself.

use std::fs;
use std::time::Duration;

use rstest::rstest;
use vt100::Screen;

use crate::ending::send;
use crate::pty::{Home, Tty, eventually};

/// After this a second signal is one of its own, and the first has not ended the program yet.
const ONCE_MORE: Duration = Duration::from_millis(1200);

#[test]
fn a_signal_ends_the_wait_for_a_locked_journal() {
    let home = Home::new();
    let folder = home.path().join("data/plan158/journal/scratch");
    fs::create_dir_all(&folder).unwrap();
    let journal = folder.join("wang.jsonl");
    let held = fs::File::create(&journal).unwrap();
    held.lock().unwrap();
    let mut tty = Tty::start_with(&home, "PLAN158_AUTHOR", "wang");
    tty.wait_for("Node 3.");
    tty.keys("jjasome words\r");
    let pid = tty.pid;
    eventually("the journal is waited for", || {
        let open = fs::read_dir(format!("/proc/{pid}/fd")).unwrap().flatten();
        open.filter_map(|entry| fs::read_link(entry.path()).ok()).any(|path| path == journal)
    });
    send("TERM", tty.pid);
    assert_eq!(tty.ended().exit_code(), 128 + 15);
    tty.assert_clean();
    // Only the thread that draws keeps the place: it has ended in order, and not been left where it was.
    assert!(home.kept_text().contains("\"n2\""), "{}", home.kept_text());
    drop(held);
}

#[test]
fn a_signal_ends_the_wait_for_the_authors_name() {
    let home = Home::new();
    let bin = home.path().join("bin");
    fs::create_dir(&bin).unwrap();
    let git = "#!/bin/sh\n>\"$HOME/asked\"\nexec sleep 60\n";
    fs::write(bin.join("git"), git).unwrap();
    fs::set_permissions(bin.join("git"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut tty = Tty::start_with(&home, "PATH", &path);
    tty.wait_for("Node 3.");
    tty.keys("jj");
    tty.wait_on("Node 2.");
    eventually("git is asked", || home.path().join("asked").exists());
    tty.keys("asome words\r");
    send("TERM", tty.pid);
    // The one that was asked still has the terminal open, so there is no end of what it says to wait for.
    eventually("the program ends", || !tty.is_running());
    tty.wait("the shell's screen", |screen| !screen.alternate_screen());
    assert!(home.kept_text().contains("\"n2\""), "{}", home.kept_text());
    tty.assert_clean();
}

#[rstest]
#[case::asked_once(false, 128 + 15)]
#[case::asked_twice(true, 128 + 1)]
fn a_terminal_that_takes_no_output_holds_no_signal_up(#[case] twice: bool, #[case] code: u32) {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.stop_output();
    tty.keys("j");
    send("TERM", tty.pid);
    if twice {
        std::thread::sleep(ONCE_MORE);
        // The code tells which of the two ended it.
        send("HUP", tty.pid);
    }
    assert_eq!(tty.ended().exit_code(), code);
    tty.assert_clean();
}

#[test]
fn a_window_that_hangs_is_given_back_when_it_goes_on() {
    let home = Home::with_nodes(200);
    let mut tty = Tty::start(&home, 200, 60);
    tty.wait_for("Node 3.");
    tty.leave_unread();
    // Frames of some ten thousand bytes each, until nothing more fits in between.
    for round in 0..60 {
        tty.say_size(200 - round % 2, 60);
        tty.keys("?");
        std::thread::sleep(Duration::from_millis(10));
    }
    send("TERM", tty.pid);
    std::thread::sleep(ONCE_MORE);
    send("HUP", tty.pid);
    assert_eq!(tty.ended().exit_code(), 128 + 1, "it was stuck, and ended by the second");
    tty.assert_clean();
}

// Asked for by a variable that only a debug build looks at.
#[cfg(debug_assertions)]
#[test]
fn a_panic_beside_the_screen_ends_it_though_the_terminal_takes_no_output() {
    let home = Home::new();
    let mut tty = Tty::start_with(&home, "PLAN158_TEST_PANIC", "listener");
    tty.wait_for("Node 3.");
    tty.stop_output();
    tty.keys("j");
    assert_eq!(tty.ended().exit_code(), 101, "as Rust programs end that panic");
    tty.assert_clean();
    assert!(tty.screen(Screen::contents).contains("asked for by a test"), "it could be said in the end");
}

#[test]
fn a_file_that_may_not_grow_ends_nothing() {
    let home = Home::new();
    // Some of those that start tests ignore this signal, and what they start does as they do.
    let mut tty = Tty::script(&home, "exec env --default-signal=XFSZ \"$PLAN158_BIN\"");
    tty.wait_for("Node 3.");
    send("XFSZ", tty.pid);
    tty.keys("jj");
    tty.wait_on("Node 2.");
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn in_the_background_it_stops_again_and_a_signal_ends_it() {
    let home = Home::new();
    let script =
        "set -m; \"$PLAN158_BIN\"; echo BACK; bg >/dev/null; jobs -p >\"$HOME/pid\"; read line; echo END";
    let mut tty = Tty::script(&home, script);
    tty.wait_for("Node 3.");
    tty.keys("\x1a");
    tty.wait_for("BACK");
    let pid = home.path().join("pid");
    eventually("the shell names the job", || fs::read_to_string(&pid).is_ok_and(|pid| !pid.is_empty()));
    let shell = std::mem::replace(&mut tty.pid, fs::read_to_string(&pid).unwrap().trim().parse().unwrap());
    eventually("it stops again", || {
        fs::read_to_string(format!("/proc/{}/stat", tty.pid)).unwrap().contains(") T ")
    });
    send("TERM", tty.pid);
    send("CONT", tty.pid);
    eventually("the program ends", || !tty.is_running());
    tty.assert_clean();
    tty.pid = shell;
    tty.keys("\n");
    tty.wait_for("END");
    assert_eq!(tty.ended().exit_code(), 0);
}
