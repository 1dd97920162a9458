//! What may stand in the place of a journal's file: it is left out and named, and stops nobody but the author
//! whose file it stands for.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use plan158::journal::file::MAX_FILE_BYTES;
use plan158::journal::{Changed, Journal, JournalProblem, NotWrittenReason, Step};
use rstest::rstest;

use super::support::{Scratch, author, note};

pub fn fifo(path: &Path) {
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
}

fn link_to_itself(path: &Path) {
    symlink(path.file_name().unwrap(), path).unwrap();
}

fn dangling(path: &Path) {
    symlink("nowhere.txt", path).unwrap();
}

fn link_out(path: &Path) {
    symlink(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), path).unwrap();
}

fn proc_pagemap(path: &Path) {
    symlink("/proc/self/pagemap", path).unwrap();
}

fn proc_kmsg(path: &Path) {
    symlink("/proc/kmsg", path).unwrap();
}

fn device(path: &Path) {
    symlink("/dev/zero", path).unwrap();
}

fn socket(path: &Path) {
    drop(UnixListener::bind(path).unwrap());
}

fn folder(path: &Path) {
    fs::create_dir(path).unwrap();
}

fn link_to_a_pipe_within(path: &Path) {
    fifo(&path.with_file_name("pipe"));
    symlink("pipe", path).unwrap();
}

fn too_large(path: &Path) {
    fs::File::create(path).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
}

fn said(journal: &Journal) -> Vec<String> {
    journal.problems().iter().map(|problem| problem.said().en).collect()
}

fn refused(scratch: &mut Scratch, journal: &mut Journal, by: &str) -> String {
    let stamp = scratch.stamp();
    let step = Step::new(vec![note("a1", "precious")]);
    let not_saved = journal.append(&scratch.plan, &author(by), step, &stamp).unwrap_err();
    assert_eq!(not_saved.text, "precious");
    let (what, next) = not_saved.why.said();
    assert!(!next.en.is_empty() && !next.zh.is_empty() && what.zh.contains(by), "{what:?} {next:?}");
    what.en
}

#[rstest]
#[case::link_to_itself(link_to_itself, "it is a link that leads back to itself")]
#[case::dangling(dangling, "it is a link to a file that is not there")]
#[case::link_out(link_out, "it is a link that leads out of the folder, to ")]
#[case::pagemap(proc_pagemap, "it is a link that leads out of the folder, to /proc/")]
#[case::kmsg(proc_kmsg, "it is a link that leads out of the folder, to /proc/kmsg")]
#[case::device(device, "it is a link that leads out of the folder, to /dev/zero")]
#[case::fifo(fifo, "it is a named pipe, not a file")]
#[case::link_to_fifo(link_to_a_pipe_within, "it is a named pipe, not a file")]
#[case::socket(socket, "it is a socket, not a file")]
#[case::folder(folder, "it is a folder, not a file")]
#[case::too_large(too_large, "it is larger than 256 MiB")]
fn a_bad_file_is_named_and_stops_only_the_author_it_stands_for(
    #[case] make: fn(&Path),
    #[case] reason: &str,
) {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("a1", "one"));
    make(&scratch.path("wang.jsonl"));
    for mut journal in [journal, scratch.open()] {
        journal.poll(&scratch.plan).unwrap();
        let told = said(&journal);
        assert!(
            told.len() == 1 && told[0].starts_with("wang.jsonl: ") && told[0].contains(reason),
            "{told:?}"
        );
        scratch.append(&mut journal, "li", note("a1", "two"));
        assert!(refused(&mut scratch, &mut journal, "wang").contains(reason));
        assert_eq!(said(&journal), told);
    }
    assert_eq!(scratch.notes(&scratch.open(), "a1"), ["one", "two", "two"]);
}

#[test]
fn a_file_that_cannot_be_read_any_more_is_left_out_with_its_records_until_it_can_be() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("a1", "li's"));
    scratch.append(&mut journal, "wang", note("a1", "wang's"));
    let (file, away) = (scratch.path("wang.jsonl"), scratch.path("wang.away"));
    fs::rename(&file, &away).unwrap();
    link_to_itself(&file);
    assert_eq!(journal.poll(&scratch.plan).unwrap(), Changed::All);
    assert_eq!(scratch.notes(&journal, "a1"), ["li's"]);
    assert_eq!(journal.problems().len(), 1);
    fs::remove_file(&file).unwrap();
    fs::rename(&away, &file).unwrap();
    assert_ne!(journal.poll(&scratch.plan).unwrap(), Changed::Nothing);
    assert_eq!(scratch.notes(&journal, "a1"), ["li's", "wang's"]);
    assert_eq!(journal.problems(), []);
}

/// Tools such as git-annex keep a file's bytes elsewhere in the folder.
#[test]
fn a_link_within_the_folder_is_read_and_written_through() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("a1", "one"));
    fs::create_dir(scratch.path("kept")).unwrap();
    fs::rename(scratch.path("li.jsonl"), scratch.path("kept/li")).unwrap();
    symlink("kept/li", scratch.path("li.jsonl")).unwrap();
    symlink("li.jsonl", scratch.path("again.jsonl")).unwrap();
    let mut journal = scratch.open();
    assert_eq!((scratch.notes(&journal, "a1"), journal.problems()), (vec!["one".to_owned()], vec![]));
    scratch.append(&mut journal, "li", note("a1", "two"));
    assert_eq!(scratch.notes(&journal, "a1"), ["one", "two"]);
    assert_eq!(scratch.read("kept/li").lines().count(), 2);
    assert!(scratch.path("li.jsonl").is_symlink());
    assert_eq!(scratch.notes(&scratch.open(), "a1"), ["one", "two"]);
}

#[test]
fn a_pipe_in_the_place_of_torn_tails_gives_the_words_back() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("a1", "one"));
    let torn = scratch.read("li.jsonl") + "{\"v\":1,\"id\":";
    fs::write(scratch.path("li.jsonl"), &torn).unwrap();
    fifo(&scratch.path("li.jsonl.torn"));
    let mut journal = scratch.open();
    let what = refused(&mut scratch, &mut journal, "li");
    assert!(what.contains("li.jsonl.torn") && what.contains("named pipe"), "{what}");
    assert_eq!(scratch.read("li.jsonl"), torn, "nothing is cut before it is kept elsewhere");
}

#[test]
fn a_merge_names_what_it_leaves_out_and_takes_the_rest() {
    let (mut ours, mut theirs) = (Scratch::new(), Scratch::new());
    let mut other = theirs.open();
    for by in ["chen", "li", "wang"] {
        theirs.append(&mut other, by, note("a1", by));
    }
    fifo(&theirs.path("zhao.jsonl"));
    let now = ours.stamp().now;
    let mut journal = ours.open();
    let merged = journal.merge(&ours.plan, &[theirs.dir()], &now).unwrap();
    assert_eq!(merged.added.len(), 3);
    assert!(
        matches!(&merged.left_out[..], [JournalProblem::LeftOut { file, .. }] if &**file == "zhao.jsonl")
    );
    // A pipe that is named by itself is refused at once.
    let why = journal.merge(&ours.plan, &[theirs.path("zhao.jsonl")], &now).unwrap_err();
    assert!(matches!(why, NotWrittenReason::Read(_)) && why.said().0.en.contains("named pipe"), "{why:?}");
    // What stands in one author's place keeps no other's lines out.
    let mut third = Scratch::new();
    folder(&third.path("li.jsonl"));
    let mut journal = third.open();
    let now = third.stamp().now;
    let why = journal.merge(&third.plan, &[theirs.dir()], &now).unwrap_err();
    assert!(why.said().0.en.contains("li.jsonl: it is a folder"), "{why:?}");
    assert_eq!(third.notes(&journal, "a1"), ["chen", "wang"]);
}
