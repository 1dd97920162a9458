//! The rooms' one-way order, held against the sources: a path that runs against it fails here with its file and line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from left to right; each may use those before it.
const ROOMS: [&str; 12] = [
    "grid", "plan", "journal", "progress", "find", "outline", "chart", "card", "review", "export", "tui",
    "cli",
];

/// First room right of the wall: only from here on are these crates known.
const WALL: &str = "tui";
const BEHIND_THE_WALL: [&str; 6] =
    ["ratatui", "crossterm", "clap", "clap_complete", "clap_mangen", "tui_input"];

/// The only files that read or write files (tests of a room may make their own).
const TOUCH_DISK: [&str; 6] =
    ["plan/disk.rs", "plan/regular_file.rs", "journal/file", "tui/", "cli/", "export/write.rs"];

/// The only file that opens what others may have put at a path, so that a pipe, a device or an endless file has its end everywhere; and
/// what is opened elsewhere because nobody else decides what it is.
const OPENS_ANYTHING: &str = "plan/regular_file.rs";
const OPENED_ELSEWHERE: [(&str, &str); 3] = [
    ("journal/file/append.rs", "File::open(dir)"),
    ("tui/host.rs", "/dev/tty"),
    ("cli/journal.rs", "/etc/passwd"),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

/// The lines of a file that are code: comments left out, and everything from its tests on.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .map(|(number, line)| (number, line.split("//").next().unwrap_or_default()))
}

fn room_of(path: &str) -> Option<usize> {
    let first = path.split(['/', '.']).next()?;
    ROOMS.iter().position(|room| *room == first)
}

/// Crate-level names a line uses: `crate::plan::…` gives `plan`, also inside `use crate::{plan, card}`.
fn rooms_named(line: &str) -> Vec<&str> {
    let mut named = Vec::new();
    for (start, _) in line.match_indices("crate::") {
        let rest = &line[start + "crate::".len()..];
        let group = rest.strip_prefix('{').and_then(|rest| rest.split('}').next());
        let names: Vec<&str> = group.map_or_else(|| vec![rest], |group| group.split(',').collect());
        named.extend(names.into_iter().map(|name| {
            name.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
        }));
    }
    named
}

/// A finding for each line of `src/` that `judge` objects to.
fn findings(judge: impl Fn(&str, usize, &str) -> Vec<String>) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 20, "the sources were found");
    let mut found = Vec::new();
    for file in files {
        let path = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(&file).unwrap();
        let Some(room) = room_of(&path) else { continue };
        for (number, line) in code(&text) {
            found.extend(
                judge(&path, room, line).into_iter().map(|what| format!("src/{path}:{number}: {what}")),
            );
        }
    }
    found
}

#[test]
fn no_room_uses_one_to_its_right() {
    let against = findings(|_, room, line| {
        let named =
            rooms_named(line).into_iter().filter_map(|name| ROOMS.iter().position(|other| *other == name));
        named
            .filter(|other| *other > room)
            .map(|other| format!("{} uses {}", ROOMS[room], ROOMS[other]))
            .collect()
    });
    assert_eq!(against, Vec::<String>::new());
}

#[test]
fn nothing_left_of_the_wall_knows_the_terminal_or_the_command_line() {
    let wall = ROOMS.iter().position(|room| *room == WALL).unwrap();
    let against = findings(|_, room, line| {
        let uses = |name: &&&str| {
            line.contains(&format!("{name}::")) || line.trim_start().starts_with(&format!("use {name}"))
        };
        BEHIND_THE_WALL
            .iter()
            .filter(|_| room < wall)
            .filter(uses)
            .map(|name| format!("knows {name}"))
            .collect()
    });
    assert_eq!(against, Vec::<String>::new());
}

#[test]
fn only_the_named_files_touch_the_disk() {
    let against = findings(|path, _, line| {
        let touches = ["std::fs", "fs::read", "fs::write", "File::open", "File::create"]
            .iter()
            .any(|name| line.contains(name));
        let may = TOUCH_DISK.iter().any(|allowed| path.starts_with(allowed));
        if touches && !may { vec!["touches the disk".to_owned()] } else { Vec::new() }
    });
    assert_eq!(against, Vec::<String>::new());
}

#[test]
fn files_are_read_through_the_one_function_that_only_reads_regular_ones() {
    let against = findings(|path, _, line| {
        let reads = ["fs::read(", "fs::read_to_string(", "File::open(", ".read(true)"]
            .iter()
            .any(|name| line.contains(name));
        // The author's file is opened for reading and appending, with the options of that same file.
        let appends = path == "journal/file/lock.rs" && line.contains(".read(true).append(true)");
        let known = OPENED_ELSEWHERE.iter().any(|(file, what)| path == *file && line.contains(what));
        if reads && !known && !appends && path != OPENS_ANYTHING {
            vec!["opens a file without looking at its kind".to_owned()]
        } else {
            Vec::new()
        }
    });
    assert_eq!(against, Vec::<String>::new());
}

#[test]
fn every_room_opens_with_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let silent: Vec<_> =
        files.into_iter().filter(|file| !fs::read_to_string(file).unwrap().starts_with("//! ")).collect();
    assert_eq!(silent, Vec::<PathBuf>::new());
}
