//! An export that is stopped by the key for it.

use std::fs;

use crate::pty::{Home, Tty, eventually};

/// What lies in the home beside the folders of the program and the plan.
fn files(home: &Home) -> Vec<String> {
    let entries = fs::read_dir(home.path()).unwrap().flatten();
    let names = entries.filter(|entry| entry.path().is_file());
    names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn an_interrupted_export_leaves_the_old_file_and_nothing_beside_it() {
    // So large that it is still being written when the key comes.
    let home = Home::with_nodes(20_000);
    fs::write(home.path().join("out.md"), "old").unwrap();
    let mut tty = Tty::script(&home, "exec \"$PLAN158_BIN\" export --format md -o out.md --force");
    eventually("the export has begun beside its place", || files(&home).len() == 2);
    tty.keys("\u{3}");
    assert_eq!(tty.ended().exit_code(), 130);
    assert_eq!(files(&home), ["out.md"]);
    assert_eq!(fs::read_to_string(home.path().join("out.md")).unwrap(), "old");
}
