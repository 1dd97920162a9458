//! What is too much is refused in words: nothing hangs, nothing fills memory, nothing breaks off.

use std::fs::File;

use rstest::rstest;

use crate::support::Home;

/// A home in whose `bin` git answers never.
#[cfg(unix)]
fn with_silent_git() -> (Home, String) {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let git = home.write("bin/git", "#!/bin/sh\nexec sleep 600\n");
    std::fs::set_permissions(&git, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", home.path("bin").display());
    (home, path)
}

#[cfg(unix)]
#[test]
fn where_git_does_not_answer_nobody_signs_for_anybody_and_doctor_says_so() {
    let (home, path) = with_silent_git();
    let set = [("PATH", path.as_str()), ("PLAN158_AUTHOR", ""), ("USER", "li"), ("LOGNAME", "li")];
    let note = "annotate root --note x --plan small.toml --journal notes --lang en";
    let err = home.run_with(&set, note).err;
    assert!(err.contains("git did not name the author within 3 s"), "{err}");
    assert!(!home.path("notes/li.jsonl").exists());
    let said = home.run_with(&set, "doctor --plan small.toml --journal notes --lang en");
    assert!(said.out.contains("git did not name the author within 3 s"), "{}{}", said.out, said.err);
    let named = home.run_with(&set, &format!("{note} --author li"));
    assert_eq!((named.code, named.err.as_str()), (0, ""), "who is named needs no git");
}

#[rstest]
#[case(format!("{{{{ {}1 }}}}", "(".repeat(5_000)), "line 1")]
#[case(format!("{{{{ 1{} }}}}", "+1".repeat(100_000)), "an expression is longer than 8 KiB")]
#[case(format!("{{{{ {}1 }}}}", "-".repeat(100_000)), "an expression is longer than 8 KiB")]
#[case(format!("{{{{ 1{} }}}}{{% for %}}", "+1".repeat(4_000)), "line 1")]
#[case("{% if 1 %}".repeat(50_000), "line 1")]
#[case(
    "{% set ns = namespace(x=\"abcdefgh\") %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}".into(),
    "may keep doubling"
)]
fn a_template_that_takes_too_much_is_refused_in_words(#[case] text: String, #[case] said: &str) {
    let home = Home::new();
    home.write("own.md", text);
    let err = home.run("export --template own.md --plan small.toml --lang en -o out.md").failed(2);
    assert!(err.contains(said), "{}", err.chars().take(400).collect::<String>());
    assert!(!home.path("out.md").exists());
}

#[test]
fn control_characters_of_a_template_do_not_reach_the_terminal() {
    let home = Home::new();
    home.write("own.md", "a\u{1b}[2Jb\n{{ \"\u{9b}31m\" }}\u{202e}c\n");
    let out = home.run("export --template own.md --plan small.toml").ok();
    assert_eq!(out, "a\u{FFFD}[2Jb\n\u{FFFD}31m\u{FFFD}c\n");
}

#[test]
fn a_plan_beyond_every_size_is_refused_before_it_is_read() {
    let home = Home::new();
    File::create(home.path("huge.toml")).unwrap().set_len((128 << 20) + 1).unwrap();
    let ran = home.run("check huge.toml --lang en");
    let said = format!("{}{}", ran.out, ran.err);
    assert!(said.contains("bigger than 128 MiB"), "{said}");
    assert_eq!(ran.code, 3);
}

#[test]
fn no_command_changes_a_plan() {
    let home = Home::new();
    let before = std::fs::read(home.path("small.toml")).unwrap();
    let look = || {
        let mut found: Vec<_> =
            std::fs::read_dir(home.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        found.sort();
        (std::fs::read(home.path("small.toml")).unwrap(), found)
    };
    let files = look().1;
    for line in [
        "check small.toml",
        "tree --plan small.toml",
        "status --plan small.toml",
        "lint --plan small.toml",
        "find root --plan small.toml",
        "show root --plan small.toml",
        "doctor --plan small.toml --journal elsewhere/notes",
        "log --plan small.toml",
        "export --format json --plan small.toml",
        "export --format md --plan small.toml",
    ] {
        assert_ne!(home.run(line).code, 2, "{line}");
        assert_eq!(look(), (before.clone(), files.clone()), "{line}");
    }
    home.run("annotate root --note x --plan small.toml --journal notes").ok();
    assert_eq!(look().0, before);
    assert!(home.run("export --format toml --plan small.toml -o small.toml").code != 0, "not even asked to");
    assert_eq!(look().0, before);
}
