//! `cite`: references of a node, after the register of the small plan.

use rstest::rstest;

use super::support::Home;

const DAY: &str = "--plan small.toml --as-of 2026-06-30";

#[rstest]
#[case("en", "", "Early. (2025-02-28)", false)]
#[case("en", "", "A. (2025, February 28). Early.", true)]
#[case("zh", "", "甲. 早[Z]. 2025-02-28.", true)]
#[case("en", "--style gbt7714", "A. Early[Z]. 2025-02-28.", true)]
#[case("zh", "--style apa", "甲. (2025, February 28). 早.", true)]
fn the_style_follows_the_language_unless_one_is_named(
    #[case] lang: &str,
    #[case] style: &str,
    #[case] line: &str,
    #[case] is_there: bool,
) {
    let out = Home::new().run(&format!("cite a1 {style} --lang {lang} {DAY}")).ok();
    assert_eq!(out.lines().any(|one| one == line), is_there, "{out}");
    assert_eq!(out.lines().count(), 2, "the data and the one source: {out}");
}

#[test]
fn the_entry_of_the_data_names_node_plan_version_and_day() {
    let home = Home::new();
    let out = home.run(&format!("cite a1.share {DAY}")).ok();
    let export = home.run(&format!("export a1.share --format json {DAY}")).json();
    let hash = export["plan"]["hash"].as_str().unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "Coverage (a1.share). (n.d.). In Small plan (Version {}) [Data set small]. plan158 {version}. Retrieved June 30, 2026.",
        &hash[..23]
    );
    assert_eq!(out.lines().next(), Some(expected.as_str()));
    let bibtex = home.run(&format!("cite a1.share --style bibtex {DAY}")).ok();
    assert!(bibtex.contains(&format!("version = {{{hash}}}")), "{bibtex}");
    assert_eq!(bibtex.matches("@misc{").count(), 3, "{bibtex}");
}

#[test]
fn what_was_not_known_on_the_day_is_not_cited_and_what_has_no_source_cites_what_is_above_it() {
    let home = Home::new();
    // The late source is of October 2025.
    assert!(home.run("cite a1.share --plan small.toml --as-of 2026-01-01").ok().contains("Late."));
    assert!(!home.run("cite a1.share --plan small.toml --as-of 2025-05-01").ok().contains("Late."));
    // Before any of its figures there is the evidence of the action above it.
    let out = home.run("cite a1.share --plan small.toml --as-of 2025-01-01").ok();
    assert_eq!(out.lines().nth(1), Some("A. (2025, February 28). Early."));
}

#[test]
fn an_unknown_node_or_style_is_said() {
    let home = Home::new();
    assert!(home.run("cite a1.shar --plan small.toml").failed(2).contains("did you mean a1.share?"));
    assert!(home.run("cite a1 --style mla --plan small.toml").failed(2).contains("gbt7714"));
}
