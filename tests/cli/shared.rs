//! Who may read what is written: a folder that was given is shared, the user's own is not.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use crate::support::Home;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_file_in_a_folder_that_was_given_is_for_whoever_shares_the_folder() {
    let home = Home::new();
    fs::create_dir(home.path("team")).unwrap();
    home.run("annotate a1 --note one --plan small.toml --journal team --author li").ok();
    let file = home.path("team/li.jsonl");
    // What the process's umask leaves of reading and writing for all.
    let plain = home.path("plain");
    fs::write(&plain, "").unwrap();
    assert_eq!(mode(&file), mode(&plain));
    assert_eq!(fs::metadata(&file).unwrap().gid(), fs::metadata(home.path("team")).unwrap().gid());
}

#[test]
fn the_default_folder_and_what_is_in_it_are_the_users_alone() {
    let home = Home::new();
    home.run("annotate a1 --note one --plan small.toml --author li").ok();
    let folder = home.path(".local/share/plan158/journal/small");
    assert_eq!((mode(&folder), mode(&folder.join("li.jsonl"))), (0o700, 0o600));
    assert_eq!(mode(&home.path(".local/state/plan158/writer")), 0o600);
}
