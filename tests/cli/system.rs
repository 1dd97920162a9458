//! `doctor`, `keys`, `completions`, `man`; homes that are missing or closed; readers that go away.

use std::io::Read;
use std::process::{Command, Stdio};

use rstest::rstest;

use super::support::Home;

#[test]
fn doctor_finds_a_scratch_home_well() {
    let out = Home::new().run("doctor").ok();
    for part in
        ["the 158N plan inside the program", ".config/plan158/config.toml", ".local/state/plan158", "C.UTF-8"]
    {
        assert!(out.contains(part), "{part} in {out}");
    }
    assert!(!out.contains('✗'), "{out}");
}

#[test]
fn doctor_names_what_is_ill_and_what_to_do() {
    let home = Home::new();
    home.write(".config/plan158/config.toml", "lang = 1\n");
    let ran = home.run("doctor --plan nowhere");
    assert_eq!(ran.code, 1);
    let ill: Vec<&str> = ran.out.lines().filter(|line| line.starts_with('✗')).collect();
    assert_eq!(ill.len(), 2, "{}", ran.out);
    assert!(ran.out.contains("→ `plan158 check nowhere` lists them"), "{}", ran.out);
    let zh = home.run("doctor --plan nowhere --lang zh");
    assert!(zh.out.contains("`plan158 check nowhere` 列出问题"), "{}", zh.out);
}

#[test]
fn doctor_says_when_a_folder_cannot_be_written() {
    let home = Home::new();
    // A home below a file: closed to everybody, root included.
    let inside = home.path("small.toml/home");
    let ran = home.run_with(&[("HOME", inside.to_str().unwrap())], "doctor");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("XDG_STATE_HOME"), "{}", ran.out);
}

#[rstest]
#[case("/nonexistent/home")]
#[case("/dev/null")]
fn a_home_that_is_missing_or_closed_stops_no_text_command(#[case] at: &str) {
    let home = Home::new();
    for line in [
        "tree --plan small.toml",
        "check small.toml",
        "keys",
        "config --explain",
        "export --format json --plan small.toml",
    ] {
        home.run_with(&[("HOME", at)], line).ok();
    }
}

#[test]
fn doctor_leaves_nothing_behind() {
    let home = Home::new();
    home.run("doctor").ok();
    let left: Vec<_> =
        std::fs::read_dir(home.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["small.toml"]);
}

#[test]
fn keys_lists_every_command_in_either_language() {
    let home = Home::new();
    let en = home.run("keys").ok();
    assert!(en.contains("Zoom into this branch") && en.contains("zoom-in"), "{en}");
    let zh = home.run("keys --lang zh").ok();
    assert!(zh.contains("进入：只看这个分支"), "{zh}");
    let md = home.run("keys --format md").ok();
    assert_eq!(md, home.run("keys --format md --lang zh").ok(), "the document is the same in every language");
    assert!(md.contains("进入：只看这个分支") && md.contains("Zoom into this branch"), "{md}");
}

#[test]
fn a_binding_that_cannot_be_is_told() {
    let home = Home::new();
    home.write(".config/plan158/config.toml", "[keys.browse]\n\"x\" = \"fly\"\n");
    let ran = home.run("keys");
    assert!(ran.code == 0 && ran.err.contains("no command is called fly"), "{}", ran.err);
}

#[rstest]
#[case("bash", "complete -F _plan158")]
#[case("zsh", "#compdef plan158")]
#[case("fish", "complete -c plan158")]
#[case("elvish", "edit:completion")]
#[case("powershell", "Register-ArgumentCompleter")]
fn completions_exist_for_every_shell(#[case] shell: &str, #[case] part: &str) {
    let out = Home::new().run(&format!("completions {shell}")).ok();
    assert!(out.contains(part) && out.contains("as-of"), "{out}");
}

#[test]
fn the_manual_is_roff_in_either_language() {
    let home = Home::new();
    let en = home.run("man").ok();
    assert!(en.contains(".TH plan158 1") && en.contains(".SH \"EXIT STATUS\""), "{en}");
    assert!(home.run("man --lang zh").ok().contains(".SH 退出码"));
}

#[test]
fn the_screen_asks_for_a_terminal() {
    let home = Home::new();
    let err = home.run("").failed(2);
    assert!(err.contains("plan158 tree"), "{err}");
    let err = home.run("--lang zh").failed(2);
    assert!(err.contains("终端"), "{err}");
}

#[rstest]
#[case("tree")]
#[case("export --format json")]
#[case("man")]
#[case("completions bash")]
#[case("--help")]
fn a_reader_that_goes_away_is_met_with_silence(#[case] line: &str) {
    let home = Home::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_plan158"))
        .env_clear()
        .env("HOME", home.path(""))
        .args(line.split_whitespace())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    let status = child.wait().unwrap();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_with_what_to_do() {
    let home = Home::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_plan158"))
        .env_clear()
        .env("HOME", home.path(""))
        .args(["export", "--format", "json"])
        .stdout(full)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write standard output"), "{said}");
}

#[test]
fn doctor_lists_drafts_with_their_node_their_first_words_and_how_to_go_on() {
    let home = Home::new();
    let dir = ".local/state/plan158/drafts";
    home.write(
        &format!("{dir}/small+a1+note.0a1b2c3d.md"),
        "kind: question\n\nhow is it \u{1b}[31mcounted\n",
    );
    home.write(&format!("{dir}/small+gone+reason%3Alimited.0a1b2c3d.md"), "two sites\n");
    home.write(&format!("{dir}/other+x+value.0a1b2c3d.md"), "value: 3\n");
    home.write(&format!("{dir}/a1-4711-0.md"), "written in the window\n");
    home.write(&format!("{dir}/small+a1.share+note.00000000.md"), "kind: progress\n");
    home.write(&format!("{dir}/large.md"), vec![b'x'; 5 << 20]);
    let out = home.run("doctor --plan small.toml").ok();
    let found = |parts: &[&str]| {
        let lines: Vec<&str> = out.lines().collect();
        let is_it = |pair: &[&str]| parts.iter().all(|part| pair.concat().contains(part));
        assert!(lines.windows(2).any(is_it), "{parts:?} in {out}");
    };
    found(&["plan158/drafts (6)"]);
    found(&[
        "a1: a note, ",
        ": “how is it ",
        "counted”",
        "on a1 a or A opens it; to delete it, clear the words and press Esc; ",
    ]);
    found(&[
        "gone: the reason of the verdict limited",
        "“two sites”",
        "gone has left the plan: the words are in ",
    ]);
    found(&["x: an observed value", "“3”", "it belongs to the plan other"]);
    found(&["a1: a note, ", "“written in the window”", "a1-4711-0.md"]);
    found(&["a1.share: a note, ", "(nothing written yet)"]);
    found(&["large.md cannot be read", "move it away"]);
    assert!(!out.contains('\u{1b}'), "{out}");
    let zh = home.run("doctor --plan small.toml --lang zh").ok();
    assert!(zh.contains("在 a1 上按 a 或 A 接着写") && zh.contains("gone 已不在规划中"), "{zh}");
}
