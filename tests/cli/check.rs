//! `check`, and plans that are broken or not there.

use rstest::rstest;

use super::support::{Home, PLAN};

#[test]
fn a_sound_plan_has_no_problems_in_either_language() {
    let home = Home::new();
    assert_eq!(home.run("check small.toml").ok(), "no problems\n");
    assert_eq!(home.run("check small.toml --lang zh").ok(), "没有问题\n");
    assert_eq!(home.run("check --plan small.toml").ok(), "no problems\n");
}

#[test]
fn the_plan_inside_the_program_has_no_errors() {
    let ran = Home::new().run("check --format json");
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(ran.json()["errors"], 0);
}

#[test]
fn an_error_makes_exit_code_1_and_names_its_place() {
    let home = Home::new();
    home.write("broken.toml", PLAN.replace("parent = \"a1\"", "parent = \"a9\""));
    let ran = home.run("check broken.toml");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("broken.toml:"), "{}", ran.out);
    assert!(ran.out.contains("a9") && ran.out.ends_with("1 error, 0 warnings\n"), "{}", ran.out);
    let zh = home.run("check broken.toml --lang zh");
    assert!(zh.out.ends_with("错误1处，警告0处\n"), "{}", zh.out);
}

#[test]
fn json_has_the_keys_of_the_contract() {
    let home = Home::new();
    home.write("broken.toml", PLAN.replace("parent = \"a1\"", "parent = \"a9\""));
    let ran = home.run("check broken.toml --format json");
    assert_eq!(ran.code, 1);
    let answer = ran.json();
    assert_eq!((&answer["errors"], &answer["warnings"]), (&1.into(), &0.into()));
    let problem = answer["diagnostics"][0].as_object().unwrap();
    for key in ["code", "severity", "file", "line", "column", "message", "help"] {
        assert!(problem.contains_key(key), "{key}");
    }
    assert_eq!(problem["severity"], "error");
    let line = 1 + PLAN.lines().position(|line| line == "parent = \"a1\"").unwrap();
    assert_eq!(problem["line"], line);
}

#[test]
fn a_plan_with_errors_still_answers_and_says_so_on_stderr() {
    let home = Home::new();
    home.write("broken.toml", PLAN.replace("parent = \"a1\"", "parent = \"a9\""));
    let ran = home.run("tree --plan broken.toml");
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("Teachers"), "{}", ran.out);
    assert_eq!(
        ran.err,
        "the plan has 1 error; this is what could be read. `plan158 check broken.toml` lists them\n"
    );
}

#[rstest]
#[case("tree", "en", "cannot be opened", "next: ")]
#[case("show root", "zh", "无法打开", "下一步：")]
#[case("export --format json", "en", "cannot be opened", "plan158 init DIR")]
fn a_plan_that_is_not_there_is_exit_code_3(
    #[case] line: &str,
    #[case] lang: &str,
    #[case] what: &str,
    #[case] next: &str,
) {
    let err = Home::new().run(&format!("{line} --plan nowhere --lang {lang}")).failed(3);
    assert!(err.contains("nowhere") && err.contains(what) && err.contains(next), "{err}");
}

#[test]
fn checking_a_plan_that_is_not_there_answers_with_exit_code_3() {
    let home = Home::new();
    let ran = home.run("check nowhere --format json");
    assert_eq!(ran.code, 3);
    assert_eq!(ran.json()["errors"], 1);
}

#[test]
fn nonsense_is_an_error_with_its_place_and_never_a_panic() {
    let home = Home::new();
    for (name, bytes) in [
        ("empty.toml", Vec::new()),
        ("latin.toml", b"id = \"\xe9\"\n".to_vec()),
        ("noise.toml", (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()),
        ("control.toml", b"\x1b[31m = 1\n".to_vec()),
    ] {
        home.write(name, bytes);
        for line in ["check", "tree --plan"] {
            let ran = home.run(&format!("{line} {name}"));
            assert!(matches!(ran.code, 1 | 3), "{line} {name}: {} {}", ran.code, ran.err);
            assert!(
                !ran.err.contains("panicked") && !ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}')
            );
        }
    }
}

/// The small plan with a register of one document, and the document.
fn registered(home: &Home) {
    let fact = "\n[[fact]]\nid = \"f1\"\nsource = \"early\"\nat = \"s0.p1\"\nsubject = { zh = \"覆盖率\", en = \"Coverage\" }\nwritten = \"95.2%\"\nnode = \"a1.share\"\n";
    home.write("registered.toml", format!("{PLAN}{fact}"));
    home.write("copy.txt", "# 题目\n\n覆盖率95.2%。\n");
}

#[test]
fn a_true_copy_of_a_document_passes_and_a_changed_one_fails_at_its_place() {
    let home = Home::new();
    registered(&home);
    assert_eq!(home.run("check registered.toml --source early=copy.txt").ok(), "no problems\n");
    home.write("copy.txt", "# 题目\n\n覆盖率95.3%。\n");
    let ran = home.run("check registered.toml --source early=copy.txt");
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("copy.txt:3") && ran.out.contains("95.2%") && ran.out.contains("95.3%"),
        "{}",
        ran.out
    );
    let zh = home.run("check registered.toml --source early=copy.txt --lang zh");
    assert!(zh.out.contains("数字 95.3% 没有事实与之对应"), "{}", zh.out);
}

#[rstest]
#[case("early", "write --source article=FILE")]
#[case("early=nowhere.txt", "cannot read nowhere.txt")]
#[case("erly=copy.txt", "did you mean early?")]
#[case("late=copy.txt", "registers no digest and no fact")]
fn a_source_that_cannot_be_compared_is_a_usage_error(#[case] value: &str, #[case] said: &str) {
    let home = Home::new();
    registered(&home);
    let err = home.run(&format!("check registered.toml --source {value}")).failed(2);
    assert!(err.contains(said), "{err}");
}
