//! Flags over environment over `config.toml`, and `config --explain`.

use rstest::rstest;

use super::support::Home;

/// The line of one setting in `config --explain`.
fn explained(home: &Home, env: &[(&str, &str)], flags: &str, name: &str) -> String {
    let out = home.run_with(env, &format!("config --explain {flags}")).ok();
    let line = out.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} in {out}"));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case(&[("PLAN158_LANG", "en")], "--lang both", "lang both 命令行 --lang")]
#[case(&[("PLAN158_LANG", "zh")], "", "lang zh 环境变量 PLAN158_LANG")]
#[case(&[], "", "lang zh config.toml")]
fn a_flag_wins_over_the_environment_and_that_over_the_file(
    #[case] env: &[(&str, &str)],
    #[case] flags: &str,
    #[case] expected: &str,
) {
    let home = Home::new();
    home.write(".config/plan158/config.toml", "lang = \"zh\"\n");
    assert_eq!(explained(&home, env, flags, "lang"), expected);
}

#[test]
fn without_any_setting_the_defaults_are_named_so() {
    let home = Home::new();
    assert_eq!(explained(&home, &[], "", "plan"), "plan the 158N plan inside the program default");
    assert_eq!(explained(&home, &[], "--as-of 2025-01-02", "as-of"), "as-of 2025-01-02 flag --as-of");
    assert_eq!(explained(&home, &[], "--color never", "color"), "color never flag --color");
    assert_eq!(explained(&home, &[], "", "mouse"), "mouse true default");
}

#[test]
fn every_setting_of_the_file_takes_effect() {
    let home = Home::new();
    home.write(
        ".config/plan158/config.toml",
        "plan = \"../../small.toml\"\nlang = \"zh\"\nmouse = false\ncolor = \"always\"\n[keys.browse]\n\"x\" = \"quit-now\"\n",
    );
    let tree = home.run("tree --depth 1").ok();
    assert!(tree.starts_with("G 总目标") && tree.contains('\u{1b}'), "{tree}");
    assert_eq!(explained(&home, &[], "", "mouse"), "mouse false config.toml");
    let keys = home.run("keys --color never").ok();
    let quit = keys.lines().find(|line| line.ends_with("quit-now")).unwrap();
    assert!(quit.contains(" x "), "{quit}");
    // The environment and a flag win over the file's plan.
    assert!(home.run_with(&[("PLAN158_PLAN", "nowhere")], "tree").failed(3).contains("nowhere"));
    home.run_with(&[("PLAN158_PLAN", "nowhere")], "tree --plan small.toml").ok();
}

#[test]
fn the_xdg_directory_is_where_the_file_is_looked_for() {
    let home = Home::new();
    home.write("elsewhere/plan158/config.toml", "lang = \"zh\"\n");
    let xdg = home.path("elsewhere");
    let env = [("XDG_CONFIG_HOME", xdg.to_str().unwrap())];
    assert_eq!(explained(&home, &env, "", "lang"), "lang zh config.toml");
}

#[test]
fn a_problem_in_the_file_is_told_and_the_command_goes_on() {
    let home = Home::new();
    home.write(".config/plan158/config.toml", "colour = \"never\"\nlang = \"zh\"\n");
    let ran = home.run("tree --plan small.toml");
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("G 总目标"), "{}", ran.out);
    assert!(ran.err.contains("config.toml:1:1：没有设置 colour，是否为 color？"), "{}", ran.err);
}

#[test]
fn problems_are_results_of_the_commands_that_look_for_them() {
    let home = Home::new();
    home.write(
        ".config/plan158/config.toml",
        "lang = \"en\"\ntheme = \"drak\"\n[keys.browse]\n\"j k\" = \"quit\"\n",
    );
    for command in ["config --explain", "doctor --plan small.toml"] {
        let ran = home.run(command);
        assert_eq!(ran.err, "", "{command}");
        for problem in ["config.toml:2:9: theme takes", "config.toml:4:1: the keys j k clash with down"] {
            assert!(ran.out.contains(problem), "{command}: {}", ran.out);
        }
    }
}

#[test]
fn a_language_of_the_file_that_this_plan_lacks_gives_way() {
    let home = Home::new();
    home.write(".config/plan158/config.toml", "lang = \"fr\"\n");
    assert!(home.run("tree --plan small.toml").ok().starts_with("G Overall goal"));
    // Said now, it must be one of the plan's.
    home.run_with(&[("PLAN158_LANG", "fr")], "tree --plan small.toml").failed(2);
}

#[test]
fn an_empty_variable_is_an_unset_one() {
    let home = Home::new();
    let env = [("PLAN158_LANG", ""), ("PLAN158_PLAN", ""), ("NO_COLOR", "")];
    assert_eq!(explained(&home, &env, "", "lang"), "lang by the locale default");
}

#[rstest]
#[case("--color always", &[("NO_COLOR", "1")], true)]
#[case("--color auto", &[], false)]
#[case("--color never", &[], false)]
#[case("", &[], false)]
fn colour_is_for_terminals_unless_told_otherwise(
    #[case] flags: &str,
    #[case] env: &[(&str, &str)],
    #[case] coloured: bool,
) {
    let out = Home::new().run_with(env, &format!("tree --plan small.toml {flags}")).ok();
    assert_eq!(out.contains('\u{1b}'), coloured);
}
