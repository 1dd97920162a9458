//! Documents that derive from the program are held fresh, and what the README says can be done.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn plan158(args: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("plan158").unwrap();
    command.env_clear().env("HOME", home.path()).args(args);
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

#[test]
fn the_key_reference_is_what_the_program_prints() {
    let fresh = plan158(&["keys", "--format", "md"]);
    assert!(project("docs/keys.md") == fresh, "stale: plan158 keys --format md > docs/keys.md");
}

#[test]
fn every_code_of_check_stands_in_the_format_of_a_plan() {
    let document = project("docs/plan-format.md");
    for (code, zh, en) in plan158::plan::diagnostic::CODES {
        let row = format!("| {code} | {en} | {zh} |");
        assert!(document.contains(&row), "missing: {row}");
    }
}

/// Lines of the README's shell blocks that call the program, without their comments.
fn calls(readme: &str) -> Vec<String> {
    let shell = readme.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    shell
        .flat_map(str::lines)
        .map(|line| line.split('#').next().unwrap_or_default().trim().to_owned())
        .filter(|line| line.starts_with("plan158 "))
        .collect()
}

#[test]
fn every_command_of_the_readme_is_one_the_program_knows() {
    let calls = calls(&project("README.md"));
    assert!(calls.len() > 5, "{calls:?}");
    for call in calls {
        let first = call.split_whitespace().nth(1).unwrap();
        if !first.starts_with('-') {
            let help = plan158(&[first, "--help"]);
            assert!(help.contains("Usage: plan158"), "{call}");
        }
    }
}
