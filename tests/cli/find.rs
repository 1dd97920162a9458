//! `find`: the same search as the screen's, as lines, as an outline, as JSON.

use rstest::rstest;
use serde_json::json;

use super::support::{Home, ran};

fn ids(out: &str) -> Vec<&str> {
    out.lines().map(|line| line.rsplit("  ").next().unwrap()).collect()
}

#[rstest]
#[case::english("find coverage", &["a1.share"])]
#[case::chinese("find 教师", &["a1"])]
#[case::pinyin("find fugailv", &["a1.share"])]
#[case::initials("find fgl", &["a1.share"])]
#[case::a_condition("find kind:metric", &["a1.share", "root.students"])]
#[case::several_words("find kind:metric 学生", &["root.students"])]
#[case::an_old_id("find act-one", &["a1"])]
#[case::a_figure("find 84000", &["root.students"])]
#[case::the_state("find status:no-target", &["root.students"])]
#[case::the_best_only("find kind:metric --limit 1 --flat", &["a1.share"])]
#[case::with_what_is_above("find coverage --tree", &["root", "a1", "a1.share"])]
#[case::the_tree_of_the_best("find --tree kind:metric --limit 1", &["root", "a1", "a1.share"])]
fn a_query_finds_these_nodes(#[case] line: &str, #[case] expected: &[&str]) {
    let out = Home::new().run(&format!("{line} --plan small.toml")).ok();
    assert_eq!(ids(&out), expected, "{out}");
}

#[test]
fn only_the_tree_is_indented() {
    let home = Home::new();
    assert!(home.run("find coverage --plan small.toml").ok().starts_with("i Coverage"));
    let tree = home.run("find coverage --tree --plan small.toml").ok();
    assert!(tree.lines().last().unwrap().starts_with("    i Coverage"), "{tree}");
}

#[test]
fn json_names_the_ranges_on_the_original_characters_also_for_pinyin() {
    let home = Home::new();
    let found = home.run("find fgl --json --plan small.toml").json();
    assert_eq!(
        (&found["query"], &found["total"], &found["problems"]),
        (&json!("fgl"), &json!(1), &json!([]))
    );
    let hit = &found["hits"][0];
    assert_eq!(hit["id"], "a1.share");
    assert!(hit["score"].as_u64().is_some());
    assert_eq!(hit["matches"], json!([{"field": "title.zh", "ranges": [[0, 3]]}]));
    let tree = home.run("find fgl --json --tree --plan small.toml").json();
    assert_eq!(tree["hits"][0]["ancestors"], json!(["root", "a1"]));
}

#[rstest]
#[case("find qqqq", "nothing matches")]
#[case("find kind:nonsense", "nonsense")]
#[case("find |", "|")]
fn nothing_found_is_exit_code_1_and_says_why(#[case] line: &str, #[case] said: &str) {
    let err = Home::new().run(&format!("{line} --plan small.toml")).failed(1);
    assert!(err.contains(said), "{err}");
}

#[test]
fn nothing_found_is_still_a_json_document() {
    let ran = Home::new().run("find kind:nonsense --json --plan small.toml");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let found = ran.json();
    assert_eq!((&found["total"], &found["hits"]), (&json!(0), &json!([])));
    assert_eq!(found["problems"][0]["kind"], "unknown-value");
    assert_eq!(found["problems"][0]["range"], json!([5, 13]));
}

#[test]
fn what_is_not_understood_is_said_beside_what_is_found() {
    let ran = Home::new().run("find coverage knd:x --plan small.toml");
    assert_eq!((ran.code, ids(&ran.out)), (0, vec!["a1.share"]));
    assert!(ran.err.contains("did you mean kind:"), "{}", ran.err);
}

#[test]
fn an_empty_query_a_huge_one_and_one_of_marks_get_an_answer() {
    let home = Home::new();
    let find = |query: &str| ran(home.command("--plan small.toml find --").arg(query).assert());
    assert!(find("").failed(1).contains("the query is empty"));
    assert_eq!(find(&"教育 ".repeat(5_000)).code, 1);
    assert_eq!(find(&"x".repeat(10_000)).code, 1);
    assert_eq!(find("| ! ' ^ $ \"").code, 1);
    let evil = find("\u{1b}[31m\u{202e}");
    assert!(!evil.err.contains('\u{1b}') && !evil.err.contains('\u{202e}'), "{}", evil.err);
}

#[test]
fn flat_and_tree_exclude_each_other() {
    assert!(Home::new().run("find x --flat --tree").failed(2).contains("--tree"));
    assert!(Home::new().run("find x --limit 0").failed(2).contains("--limit"));
}
