//! The one-way order of modules, held against the sources: a path that runs against it, or in a circle, fails
//! here with its file and line.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

mod uses;
mod wording;

use std::fs;
use std::path::{Path, PathBuf};

use rstest::rstest;
use uses::Use;

/// Modules from left to right; each may use those before it.
const MODULES: [&str; 14] = [
    "text", "plan", "figures", "journal", "progress", "find", "outline", "chart", "page", "review", "intake",
    "export", "tui", "cli",
];

/// First module right of the wall: only from here on are these crates known.
const WALL: &str = "tui";
const BEHIND_THE_WALL: [&str; 6] =
    ["ratatui", "crossterm", "clap", "clap_complete", "clap_mangen", "tui_input"];

/// The only files that read or write files (tests of a module may make their own).
const TOUCH_DISK: [&str; 6] =
    ["plan/disk.rs", "plan/regular_file.rs", "journal/file", "tui/", "cli/", "plan/write_file.rs"];

/// The only file that opens what others may have put at a path, so that a pipe, a device or an endless file
/// has its end everywhere; and what is opened elsewhere because nobody else decides what it is.
const OPENS_ANYTHING: &str = "plan/regular_file.rs";
const OPENED_ELSEWHERE: [(&str, &str); 4] = [
    ("journal/file/append.rs", "File::open(dir)"),
    ("tui/listeners.rs", "/dev/tty"),
    ("cli/journal.rs", "/etc/passwd"),
    ("cli/memory.rs", "/proc/self/statm"),
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

fn module_index(path: &str) -> Option<usize> {
    let first = path.split(['/', '.']).next()?;
    MODULES.iter().position(|module| *module == first)
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
        let Some(module) = module_index(&path) else { continue };
        for ((index, line), code) in text.lines().enumerate().zip(uses::code_only(&text).lines()) {
            let line = if code.trim().is_empty() { "" } else { line.split("//").next().unwrap_or_default() };
            found.extend(
                judge(&path, module, line)
                    .into_iter()
                    .map(|what| format!("src/{path}:{}: {what}", index + 1)),
            );
        }
    }
    found
}

/// Who uses whom among the files of `src/`.
fn all_uses() -> Vec<Use> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let files: Vec<_> = files
        .iter()
        .map(|file| {
            let path = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            (uses::module_of(&path), fs::read_to_string(file).unwrap())
        })
        .filter(|(module, _)| MODULES.contains(&module[0].as_str()))
        .collect();
    let files = uses::without_test_files(files);
    let found = uses::uses(&files);
    assert!(found.len() > files.len(), "the files use one another");
    found
}

/// Uses of a module by one to its left.
fn against_the_order(uses: &[Use]) -> Vec<String> {
    let place = |path: &[String]| MODULES.iter().position(|module| *module == path[0]);
    let against = uses.iter().filter(|used| place(&used.to) > place(&used.from));
    against
        .map(|used| format!("src/{}.rs:{}: uses {}", used.from.join("/"), used.line, used.to.join("::")))
        .collect()
}

#[test]
fn no_module_uses_one_to_its_right() {
    assert_eq!(against_the_order(&all_uses()), Vec::<String>::new());
}

#[test]
fn files_that_only_tests_have_are_left_out() {
    let uses = made(&[
        ("page.rs", "pub struct Card;"),
        ("plan.rs", "#[cfg(test)]\nmod sample;\nmod node;"),
        ("plan/sample.rs", "use crate::page::Card;"),
        ("plan/sample/more.rs", "use crate::page::Card;"),
    ]);
    assert_eq!(uses, []);
}

/// The layer in which a part of a page stands, whatever folder it shares with the others: its data with what
/// the model holds, its keys with the actions, its looks with the widgets.
fn in_its_layer(module: &[String]) -> Vec<String> {
    let path: Vec<&str> = module.iter().map(String::as_str).collect();
    let layer: &[&str] = match path[..] {
        ["tui", "pages", "page"] => &["tui", "page trait"],
        ["tui", "pages", "keys"] => &["tui", "actions", "pages"],
        ["tui", "pages", "draw"] => &["tui", "widgets", "pages"],
        ["tui", "pages", page @ ("screen_page" | "window")] => &["tui", "pages", page],
        ["tui", "pages", page] => &["tui", "joined pages", page],
        ["tui", "pages", page, "keys"] => &["tui", "actions", "pages", page],
        ["tui", "pages", page, "draw"] => &["tui", "widgets", "pages", page],
        _ => &path,
    };
    layer.iter().map(|part| (*part).to_owned()).collect()
}

#[test]
fn no_files_of_a_module_use_one_another_in_a_circle() {
    let layered: Vec<Use> = all_uses()
        .into_iter()
        .map(|used| Use { from: in_its_layer(&used.from), to: in_its_layer(&used.to), ..used })
        .collect();
    assert_eq!(uses::circles(&layered), Vec::<String>::new());
}

fn made(files: &[(&str, &str)]) -> Vec<Use> {
    let files = files.iter().map(|(path, text)| (uses::module_of(path), (*text).to_owned())).collect();
    uses::uses(&uses::without_test_files(files))
}

#[rstest]
#[case::path("fn f() { crate::page::draw() }", 1)]
#[case::group("use crate::{\n    text,\n    page::{self, Card},\n};", 2)]
#[case::supers("use super::super::page::Card;", 1)]
#[case::below_tests("#[cfg(test)]\nmod tests {\n    fn f() {}\n}\nuse crate::page::Card;", 1)]
#[case::within_a_block("mod words {\n    use super::super::super::page::Card;\n}", 1)]
#[case::passed_on("use super::Shown;", 1)]
#[case::only_in_tests("#[cfg(test)]\nmod tests {\n    use crate::page::Card;\n}", 0)]
#[case::only_in_words("/// As crate::page::Card.\nconst A: (&str, char) = (\"crate::page\", '\"');", 0)]
#[case::in_order("use super::metric::Metric;\nuse crate::text::columns::cols;", 0)]
fn a_path_against_the_order_is_found_however_it_is_written(#[case] text: &str, #[case] found: usize) {
    let uses = made(&[
        ("text.rs", "pub fn cols() {}"),
        ("page.rs", "pub struct Card;"),
        ("plan.rs", "pub use crate::text::columns::cols;\nuse crate::page::Card as Shown;"),
        ("plan/node.rs", text),
        ("plan/metric.rs", ""),
    ]);
    let against = against_the_order(&uses);
    assert_eq!(
        against.iter().filter(|line| line.starts_with("src/plan/node.rs")).count(),
        found,
        "{against:?}"
    );
}

#[rstest]
#[case::of_two("use super::metric::Metric;", "use super::node::Node;", 2)]
#[case::through_the_module_above("use super::Metric;", "use crate::plan::node::Node;", 2)]
#[case::through_a_folder("use super::metric::Metric;", "fn f() { super::node::part::g() }", 2)]
#[case::one_way("use super::metric::Metric;", "use crate::text::columns::cols;", 0)]
fn a_circle_of_files_is_found(#[case] node: &str, #[case] metric: &str, #[case] found: usize) {
    let uses = made(&[
        ("text.rs", "pub fn cols() {}"),
        ("plan.rs", "pub mod metric;\npub use metric::Metric;"),
        ("plan/node.rs", node),
        ("plan/node/part.rs", "use super::Node;"),
        ("plan/metric.rs", metric),
    ]);
    let circles = uses::circles(&uses);
    assert_eq!(circles.len(), found, "{circles:?}");
}

#[test]
fn nothing_left_of_the_wall_knows_the_terminal_or_the_command_line() {
    let wall = MODULES.iter().position(|module| *module == WALL).unwrap();
    let against = findings(|_, module, line| {
        let uses = |name: &&&str| {
            line.contains(&format!("{name}::")) || line.trim_start().starts_with(&format!("use {name}"))
        };
        BEHIND_THE_WALL
            .iter()
            .filter(|_| module < wall)
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
        let may = path.ends_with("/tests.rs") || TOUCH_DISK.iter().any(|allowed| path.starts_with(allowed));
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

/// The names of the types that a file declares, those of tests left out.
fn declared(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut names = Vec::new();
    let mut in_words = false;
    for line in code.lines() {
        let line = line.strip_prefix("pub ").or_else(|| line.strip_prefix("pub(super) ")).unwrap_or(line);
        let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
        let is_type = ["struct ", "enum ", "trait ", "type "].iter().find_map(|word| line.strip_prefix(word));
        let is_word = in_words.then(|| line.strip_prefix("    ")?.strip_suffix(" {")).flatten();
        if let Some(rest) = is_type.or(is_word.filter(|name| !name.contains(' '))) {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric()).collect());
        }
        in_words = line == "words!(" || (in_words && line != ");");
    }
    names
}

#[test]
fn a_name_means_one_type() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut places: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for file in files.iter().filter(|file| !file.components().any(|part| part.as_os_str() == "tests")) {
        for name in declared(&fs::read_to_string(file).unwrap()) {
            let place = file.strip_prefix(&root).unwrap().display().to_string();
            places.entry(name).or_default().push(place);
        }
    }
    assert!(places.len() > 800, "{}", places.len());
    places.retain(|_, places| places.len() > 1);
    assert_eq!(places, std::collections::BTreeMap::new());
}

#[rstest]
#[case("pub struct Cell {\n}\n", &["Cell"])]
#[case("words!(\n    /// One.\n    Kind {\n        A = \"a\",\n    }\n);\n", &["Kind"])]
#[case("impl Iterator for X {\n    type Item = u8;\n}\n", &[])]
#[case("enum A {}\n#[cfg(test)]\nmod tests {\nstruct B;\n}\n", &["A"])]
fn the_types_of_a_file_are_found(#[case] text: &str, #[case] names: &[&str]) {
    assert_eq!(declared(text), names);
}
