//! Which files belong to a plan, in what order, and which are never read.

use std::fmt::Write as _;
use std::process::Command;

use rstest::rstest;
use sha2::{Digest, Sha256};

use plan158::plan::bundled;
use plan158::plan::diagnostic::{Paint, render};
use plan158::plan::load::{PlanSource, hash, load};
use plan158::text::Ui;

use super::scratch::{MANIFEST, SOURCES, Scratch, places};

fn goal(id: &str) -> String {
    format!("[[goal]]\nid = \"{id}\"\nlevel = \"goal\"\ntitle = {{ zh = \"甲\", en = \"A\" }}\n")
}

fn with_files(files: &str) -> String {
    MANIFEST.replace(r#"["n.toml"]"#, files)
}

fn ids(scratch: &Scratch) -> Vec<String> {
    scratch.loaded().plan.tree.nodes().iter().map(|node| node.key.to_string()).collect()
}

#[test]
fn files_are_read_in_the_manifests_order_globs_in_byte_order_each_file_once() {
    let files = r#"["z.toml", "a/*.toml", "./a//10.toml", "**/deep.toml", "n.toml"]"#;
    let scratch = Scratch::plan(&[
        ("plan.toml", &with_files(files)),
        ("z.toml", &goal("z")),
        ("a/9.toml", &goal("nine")),
        ("a/10.toml", &goal("ten")),
        ("a/.swap.toml", &goal("hidden")),
        ("a/b/c/deep.toml", &goal("deep")),
        ("n.toml", &goal("n")),
    ]);
    assert_eq!(ids(&scratch), ["z", "ten", "nine", "deep", "n"]);
    let loaded = scratch.loaded();
    let files: Vec<&str> = loaded.plan.files.iter().map(AsRef::as_ref).collect();
    let expected =
        ["plan.toml", "z.toml", "a/10.toml", "a/9.toml", "a/b/c/deep.toml", "n.toml", "s.toml", "g.toml"];
    assert_eq!(files, expected);
    assert!(loaded.diagnostics.is_empty(), "{:?}", places(&loaded.diagnostics));
}

#[test]
fn what_is_watched_are_the_files_and_the_folders_that_globs_look_through() {
    let scratch = Scratch::plan(&[
        ("plan.toml", &with_files(r#"["a/*.toml", "gone.toml"]"#)),
        ("a/x.toml", &goal("x")),
    ]);
    let root = std::fs::canonicalize(scratch.path("")).unwrap();
    let mut watched = scratch.loaded().watched;
    watched.sort();
    let mut expected =
        ["a", "a/x.toml", "g.toml", "gone.toml", "plan.toml", "s.toml"].map(|name| root.join(name));
    expected.sort();
    assert_eq!(watched, expected);
    assert!(load(&PlanSource::Bundled).unwrap().watched.is_empty());
}

#[rstest]
#[case("../secret.toml")]
#[case("a/../../secret.toml")]
#[case("/etc/hostname")]
#[case("../*.toml")]
#[case("")]
fn a_path_out_of_the_folder_is_refused_and_not_read(#[case] path: &str) {
    let scratch = Scratch::bare(&[
        ("secret.toml", "hunter2 = \"hunter3\"\n"),
        ("plan/plan.toml", &with_files(&format!("[\"{path}\", \"n.toml\"]"))),
        ("plan/n.toml", &goal("n")),
        ("plan/s.toml", SOURCES),
        ("plan/g.toml", ""),
    ]);
    let loaded = load(&PlanSource::Path(scratch.path("plan"))).unwrap();
    assert_eq!(places(&loaded.diagnostics), ["E21 plan.toml:5:10"]);
    assert_eq!(loaded.plan.tree.count(), 1);
    let shown = render(&loaded.diagnostics, Ui::En, Paint::Plain, 200);
    assert!(!shown.contains("hunter"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_folder_is_refused_by_name_and_by_glob() {
    let scratch = Scratch::bare(&[
        ("secret.toml", "hunter2 = [[\n"),
        ("plan/plan.toml", &with_files(r#"["link.toml", "*/*.toml", "dir/x.toml", "n.toml"]"#)),
        ("plan/n.toml", &goal("n")),
        ("plan/s.toml", SOURCES),
        ("plan/g.toml", ""),
        ("plan/a/x", ""),
        ("outer/x.toml", "hunter2 = [[\n"),
    ]);
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(scratch.path(to), scratch.path(at)).unwrap();
    link("secret.toml", "plan/link.toml");
    link("secret.toml", "plan/a/link.toml");
    link("outer", "plan/dir");
    let loaded = load(&PlanSource::Path(scratch.path("plan"))).unwrap();
    assert_eq!(
        places(&loaded.diagnostics),
        ["E21 plan.toml:5:10", "E21 plan.toml:5:23", "E21 plan.toml:5:35"]
    );
    assert!(!render(&loaded.diagnostics, Ui::En, Paint::Plain, 200).contains("hunter"));
}

#[cfg(unix)]
#[test]
fn a_link_inside_the_folder_and_a_linked_plan_are_fine() {
    let scratch = Scratch::bare(&[
        ("plan/plan.toml", &with_files(r#"["link.toml"]"#)),
        ("plan/n.toml", &goal("n")),
        ("plan/s.toml", SOURCES),
        ("plan/g.toml", ""),
    ]);
    std::os::unix::fs::symlink("n.toml", scratch.path("plan/link.toml")).unwrap();
    std::os::unix::fs::symlink(scratch.path("plan"), scratch.path("also")).unwrap();
    let loaded = load(&PlanSource::Path(scratch.path("also"))).unwrap();
    assert_eq!((places(&loaded.diagnostics), loaded.plan.tree.count()), (vec![], 1));
}

#[test]
fn registers_may_lie_outside_as_toml_files_and_are_quoted_like_the_plan() {
    let manifest = MANIFEST.replace("\"s.toml\"", "\"../seeds/s.toml\"");
    let scratch = Scratch::bare(&[
        ("seeds/s.toml", &format!("{SOURCES}titel = 1\n")),
        ("plan/plan.toml", &manifest),
        ("plan/n.toml", &goal("n")),
        ("plan/g.toml", ""),
    ]);
    let loaded = load(&PlanSource::Path(scratch.path("plan"))).unwrap();
    assert_eq!(places(&loaded.diagnostics), ["W01 ../seeds/s.toml:4:1"]);
    assert_eq!(loaded.diagnostics[0].snippet.as_ref().unwrap().line, "titel = 1");
    assert_eq!(loaded.plan.sources.len(), 1);
}

#[rstest]
#[case("token = \"hunter2\"\n", "W01 ../x.toml:1:1")]
#[case("[hunter2\n", "E06 ../x.toml:1:9")]
fn a_file_outside_that_is_no_register_is_never_quoted(#[case] text: &str, #[case] place: &str) {
    let scratch = Scratch::bare(&[
        ("x.toml", text),
        ("plan/plan.toml", &MANIFEST.replace("\"s.toml\"", "\"../x.toml\"")),
        ("plan/n.toml", &goal("n")),
        ("plan/g.toml", ""),
    ]);
    let loaded = load(&PlanSource::Path(scratch.path("plan"))).unwrap();
    assert_eq!(places(&loaded.diagnostics), [place]);
    for ui in [Ui::Zh, Ui::En] {
        let shown = render(&loaded.diagnostics, ui, Paint::Plain, 200);
        assert!(!shown.contains("hunter2") && !shown.contains("token"), "{shown}");
    }
}

#[rstest]
#[case("../passwd", "E11")]
#[case("/etc/x.toml", "E21")]
fn a_register_must_be_a_relative_toml_file(#[case] path: &str, #[case] code: &str) {
    let manifest = MANIFEST.replace("\"s.toml\"", &format!("\"{path}\""));
    let scratch = Scratch::bare(&[
        ("passwd", "root"),
        ("plan/plan.toml", &manifest),
        ("plan/n.toml", &goal("n")),
        ("plan/g.toml", ""),
    ]);
    let loaded = load(&PlanSource::Path(scratch.path("plan"))).unwrap();
    assert_eq!(places(&loaded.diagnostics), [format!("{code} plan.toml:6:11")]);
}

#[cfg(unix)]
#[test]
fn a_register_that_is_a_link_to_something_else_is_refused() {
    let scratch = Scratch::bare(&[
        ("passwd", "root"),
        ("plan/plan.toml", MANIFEST),
        ("plan/n.toml", &goal("n")),
        ("plan/g.toml", ""),
    ]);
    std::os::unix::fs::symlink(scratch.path("passwd"), scratch.path("plan/s.toml")).unwrap();
    let loaded = load(&PlanSource::Path(scratch.path("plan"))).unwrap();
    assert_eq!(places(&loaded.diagnostics), ["E21 plan.toml:6:11"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_folder_in_place_of_a_file_is_an_error_not_a_wait() {
    let scratch = Scratch::plan(&[
        ("plan.toml", &with_files(r#"["pipe.toml", "folder.toml", "n.toml"]"#)),
        ("folder.toml/x", ""),
        ("n.toml", &goal("n")),
    ]);
    assert!(Command::new("mkfifo").arg(scratch.path("pipe.toml")).status().unwrap().success());
    assert_eq!(places(&scratch.loaded().diagnostics), ["E03 plan.toml:5:10", "E03 plan.toml:5:23"]);
    let unreadable = load(&PlanSource::Path(scratch.path("pipe.toml"))).unwrap_err();
    assert_eq!(unreadable.diagnostics[0].code, "E03");
}

#[test]
fn the_hash_is_over_paths_and_bytes_in_load_order_with_line_ends_made_one() {
    let manifest = with_files(r#"["b.toml", "a.toml"]"#);
    let texts = [
        ("plan.toml", manifest.as_str()),
        ("b.toml", "# b\n"),
        ("a.toml", "# a\n"),
        ("s.toml", SOURCES),
        ("g.toml", "# g\r \n"),
    ];
    let mut hasher = Sha256::new();
    for (name, text) in texts {
        hasher.update(format!("{name}\0{text}"));
    }
    let expected = hasher.finalize().iter().fold("sha256:".to_owned(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    let scratch = Scratch::plan(&texts);
    assert_eq!(hash(&scratch.source()).unwrap(), expected);
    for (name, text) in texts {
        scratch.write(name, text.replace('\n', "\r\n"));
    }
    assert_eq!(hash(&scratch.source()).unwrap(), expected, "as git may check it out on another system");
    scratch.write("a.toml", "# A\n");
    assert_ne!(hash(&scratch.source()).unwrap(), expected);
}

#[test]
fn the_bundled_plan_is_the_one_in_the_repository() {
    let folder = PlanSource::Path(concat!(env!("CARGO_MANIFEST_DIR"), "/plan-data").into());
    assert_eq!(hash(&PlanSource::Bundled).unwrap(), hash(&folder).unwrap());
    let (inside, outside) = (load(&PlanSource::Bundled).unwrap(), load(&folder).unwrap());
    assert_eq!(inside.plan.tree.nodes(), outside.plan.tree.nodes());
    assert_eq!(inside.errors(), 0, "{:?}", places(&inside.diagnostics));
    for (name, contents) in bundled::files() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
        assert_eq!(std::fs::read(path).unwrap(), contents, "{name}");
    }
}
