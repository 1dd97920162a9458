//! Which language the program speaks, and its help in both.

use rstest::rstest;

use super::support::{Home, PLAN};

const COMMANDS: [&str; 10] =
    ["tree", "show", "check", "export", "init", "keys", "config", "doctor", "completions", "man"];

#[rstest]
#[case(&[], "", "Usage: plan158")]
#[case(&[("LANG", "zh_CN.UTF-8")], "", "用法：plan158")]
#[case(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_GB.UTF-8")], "", "Usage: plan158")]
#[case(&[("LANG", "zh_CN.UTF-8")], "--lang en", "Usage: plan158")]
#[case(&[("PLAN158_LANG", "zh")], "", "用法：plan158")]
#[case(&[("PLAN158_LANG", "zh")], "--lang=en", "Usage: plan158")]
#[case(&[], "--lang both", "用法：plan158")]
fn help_speaks_the_language_asked_for(
    #[case] env: &[(&str, &str)],
    #[case] flags: &str,
    #[case] usage: &str,
) {
    let out = Home::new().run_with(env, &format!("{flags} --help")).ok();
    assert!(out.contains(usage), "{out}");
}

#[test]
fn every_command_has_help_with_examples_in_both_languages() {
    let home = Home::new();
    for command in COMMANDS {
        let en = home.run(&format!("{command} --help")).ok();
        assert!(
            en.contains(&format!("Usage: plan158 {command}")) && en.contains("Examples:\n  plan158"),
            "{en}"
        );
        let zh = home.run(&format!("{command} -h --lang zh")).ok();
        assert!(zh.contains(&format!("用法：plan158 {command}")) && zh.contains("示例：\n  plan158"), "{zh}");
    }
}

#[rstest]
#[case("tre", "没有命令 tre", "there is no command tre")]
#[case("tree --bogus", "没有参数 --bogus", "there is no argument --bogus")]
#[case("export", "缺少 --format <FORMAT>", "--format <FORMAT> is missing")]
#[case("export --format docm", "不接受 docm", "does not take docm")]
#[case("--color blue tree", "不接受 blue", "does not take blue")]
#[case("completions tcsh", "不接受 tcsh", "does not take tcsh")]
#[case("config", "缺少 --explain", "--explain is missing")]
#[case("tree --depth -1", "没有参数 -1", "there is no argument -1")]
#[case("tree --lang xx", "该规划没有语言 xx", "the plan has no language xx")]
fn usage_errors_are_said_in_the_language_of_the_locale(
    #[case] line: &str,
    #[case] zh: &str,
    #[case] en: &str,
) {
    let home = Home::new();
    let err = home.run(line).failed(2);
    assert!(err.starts_with("error: ") && err.contains(en) && err.contains("\nnext: "), "{err}");
    let err = home.run_with(&[("LANG", "zh_CN.UTF-8")], line).failed(2);
    assert!(err.starts_with("错误：") && err.contains(zh) && err.contains("\n下一步："), "{err}");
}

#[test]
fn a_plan_in_english_and_french_is_shown_in_its_own_languages() {
    let home = Home::new();
    let plan = PLAN.replace("zh = ", "fr = ").replace("[\"zh\", \"en\"]", "[\"en\", \"fr\"]");
    home.write("french.toml", plan.replace("教师队伍", "Enseignants"));
    let zh = [("LANG", "zh_CN.UTF-8")];
    assert!(home.run_with(&zh, "tree a1 --depth 1 --plan french.toml").ok().starts_with("A Teachers  "));
    assert!(home.run("tree a1 --depth 1 --plan french.toml --lang fr").ok().starts_with("A Enseignants  "));
    // French shown, Chinese locale: the program speaks Chinese. English shown first: English.
    let said = home.run_with(&zh, "tree zzzz --plan french.toml --lang fr").failed(2);
    assert!(said.starts_with("错误："), "{said}");
    let said = home.run_with(&zh, "tree zzzz --plan french.toml --lang both").failed(2);
    assert!(said.starts_with("error: "), "{said}");
    let said = home.run("tree --plan french.toml --lang zh").failed(2);
    assert!(said.contains("zh") && said.contains("en, fr"), "{said}");
}

#[test]
fn the_version_is_the_package_s() {
    let expected = concat!("plan158 ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(Home::new().run("--version").ok(), expected);
    assert_eq!(Home::new().run("-V").ok(), expected);
}
