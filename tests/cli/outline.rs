//! `tree` and `show`.

use rstest::rstest;

use super::support::Home;

#[test]
fn the_outline_stands_in_columns_in_english() {
    let out = Home::new().run("tree --plan small.toml").ok();
    // Widths are counted in columns: the glyph of a state takes two.
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("G Overall goal  "), "{out}");
    assert!(lines[1].starts_with("  A Teachers    "), "{out}");
    assert!(lines[2].starts_with("    i Coverage  "), "{out}");
    assert!(lines[3].starts_with("  i Students    "), "{out}");
    let ids: Vec<&str> = lines.iter().map(|line| line.rsplit("  ").next().unwrap()).collect();
    assert_eq!(ids, ["root", "a1", "a1.share", "root.students"]);
}

#[test]
fn columns_stay_aligned_under_chinese_titles() {
    let out = Home::new().run("tree --plan small.toml --lang zh").ok();
    let lines: Vec<&str> = out.lines().collect();
    // `  A 教师队伍` is 12 columns wide, the widest; `G 总目标` is 8 and gets four spaces more before the gap of
    // two.
    assert!(lines[0].starts_with("G 总目标      "), "{out}");
    assert!(lines[1].starts_with("  A 教师队伍  "), "{out}");
    assert!(lines[2].starts_with("    i 覆盖率  "), "{out}");
}

#[test]
fn both_languages_stand_side_by_side() {
    let out = Home::new().run("tree --plan small.toml --lang both").ok();
    let line = out.lines().nth(1).unwrap();
    assert!(line.starts_with("  A 教师队伍  Teachers      "), "{out}");
}

#[rstest]
#[case("tree a1", &["a1", "a1.share"])]
#[case("tree act-one", &["a1", "a1.share"])]
#[case("tree --depth 1", &["root"])]
#[case("tree --depth 2", &["root", "a1", "root.students"])]
#[case("tree a1 --depth 1", &["a1"])]
#[case("tree a1.share --depth 9", &["a1.share"])]
fn a_branch_or_a_depth_limits_the_outline(#[case] line: &str, #[case] ids: &[&str]) {
    let out = Home::new().run(&format!("{line} --plan small.toml")).ok();
    let found: Vec<&str> = out.lines().map(|line| line.rsplit("  ").next().unwrap()).collect();
    assert_eq!(found, ids);
}

#[rstest]
#[case("tree a1.shaer", "en", "the plan has no node a1.shaer", "did you mean a1.share?")]
#[case("show a1.shaer --json", "en", "the plan has no node a1.shaer", "did you mean a1.share?")]
#[case("export a1.shaer --format json", "zh", "规划中没有节点 a1.shaer", "是否为 a1.share？")]
#[case("tree students", "en", "the plan has no node students", "did you mean root.students?")]
#[case("tree zzzzzz", "zh", "规划中没有节点 zzzzzz", "`plan158 tree` 列出全部 id")]
fn an_unknown_id_is_a_usage_error_that_names_the_nearest(
    #[case] line: &str,
    #[case] lang: &str,
    #[case] what: &str,
    #[case] next: &str,
) {
    let err = Home::new().run(&format!("{line} --plan small.toml --lang {lang}")).failed(2);
    assert!(err.contains(what) && err.contains(next), "{err}");
}

#[test]
fn a_missing_wording_is_borrowed_and_marked() {
    let home = Home::new();
    let plan =
        super::support::PLAN.replace("{ zh = \"教师队伍\", en = \"Teachers\" }", "{ zh = \"教师队伍\" }");
    home.write("gap.toml", plan);
    let ran = home.run("tree a1 --plan gap.toml");
    assert!(ran.out.starts_with("A 教师队伍 ⟨en?⟩  "), "{}", ran.out);
}

#[test]
fn control_and_bidi_characters_never_reach_the_terminal() {
    let home = Home::new();
    let title = r#"{ zh = "教\u001b[31m师", en = "Tea\u202echers\u0007" }"#;
    let plan = super::support::PLAN.replace("{ zh = \"教师队伍\", en = \"Teachers\" }", title);
    home.write("evil.toml", plan);
    for line in [
        "tree",
        "tree --lang both",
        "show a1",
        "show a1 --json",
        "check",
        "check --format json",
        "doctor",
        "export --format json",
    ] {
        let ran = home.run(&format!("{line} --plan evil.toml"));
        for bad in ['\u{1b}', '\u{202e}', '\u{7}'] {
            assert!(!ran.out.contains(bad) && !ran.err.contains(bad), "{line}: {bad:?} in {}", ran.out);
        }
    }
}

#[test]
fn show_prints_the_card_in_either_language() {
    let home = Home::new();
    let en = home.run("show a1.share --plan small.toml").ok();
    for part in ["Coverage", "a1.share", "95.20", "96", "98", "Early"] {
        assert!(en.contains(part), "{part} in {en}");
    }
    let zh = home.run("show a1.share --plan small.toml --lang zh").ok();
    for part in ["覆盖率", "a1.share", "95.20", "早"] {
        assert!(zh.contains(part), "{part} in {zh}");
    }
}

#[test]
fn show_json_is_the_node_of_the_export_with_its_ancestors_and_history() {
    let home = Home::new();
    let shown = home.run("show act-one --json --plan small.toml").json();
    assert_eq!(shown["ancestors"], serde_json::json!(["root"]));
    assert_eq!(shown["history"], serde_json::json!([]));
    let export = home.run("export --format json --plan small.toml").json();
    for (key, value) in export["nodes"][1].as_object().unwrap() {
        assert_eq!(&shown[key], value, "{key}");
    }
}
