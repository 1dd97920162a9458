//! `init`: a plan to edit, and the way from it to an export.

use std::fs;

use super::support::Home;

#[test]
fn a_copy_of_the_plan_checks_clean_and_exports_the_same_nodes() {
    let home = Home::new();
    let out = home.run("init copy").ok();
    assert!(out.contains("plan158 --plan copy") && out.contains("plan158 check copy"), "{out}");
    assert_eq!(home.run("check copy").ok(), "no problems\n");
    let copy = home.run("export --format json --plan copy").json();
    let bundled = home.run("export --format json").json();
    assert_eq!(copy["nodes"], bundled["nodes"]);
    assert_eq!(copy["plan"]["title"], bundled["plan"]["title"]);
}

#[test]
fn nothing_of_a_copy_lies_outside_its_folder() {
    let home = Home::new();
    home.run("init deep/er/copy").ok();
    let manifest = fs::read_to_string(home.path("deep/er/copy/plan.toml")).unwrap();
    assert!(!manifest.contains("../"), "{manifest}");
    for file in ["seeds/sources.toml", "seeds/facts.toml", "glossary.toml"] {
        assert!(home.path("deep/er/copy").join(file).is_file(), "{file}");
    }
    fs::rename(home.path("deep/er/copy"), home.path("moved")).unwrap();
    assert_eq!(home.run("check moved").ok(), "no problems\n");
}

#[test]
fn the_small_starter_checks_clean_in_either_language() {
    let home = Home::new();
    home.run("init own --empty").ok();
    assert_eq!(home.run("check own").ok(), "no problems\n");
    assert_eq!(home.run("check own --lang zh").ok(), "没有问题\n");
    let out = home.run("tree --plan own").ok();
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(home.run("init sein --empty --lang zh").ok().contains("已在 sein 写入1个文件"));
}

#[test]
fn nothing_is_ever_overwritten() {
    let home = Home::new();
    home.write("mine/notes.txt", "mine");
    for line in ["init mine", "init mine --empty"] {
        let err = home.run(line).failed(2);
        assert!(err.contains("mine is not empty (it holds notes.txt)"), "{err}");
    }
    let err = home.run("init small.toml --lang zh").failed(2);
    assert!(err.contains("无法使用 small.toml"), "{err}");
    assert_eq!(fs::read_dir(home.path("mine")).unwrap().count(), 1);
    home.run("init own --empty").ok();
    fs::write(home.path("own/plan.toml"), "edited").unwrap();
    home.run("init own --empty").failed(2);
    assert_eq!(fs::read_to_string(home.path("own/plan.toml")).unwrap(), "edited");
}

#[test]
fn an_empty_folder_and_one_with_only_hidden_entries_will_do() {
    let home = Home::new();
    fs::create_dir(home.path("empty")).unwrap();
    home.write("repo/.git/HEAD", "x");
    home.run("init empty --empty").ok();
    home.run("init repo --empty").ok();
}
