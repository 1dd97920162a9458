//! Groups are headings: a plan says the same of its goals, actions and metrics with them and without. And what
//! was read of the plan's own document.

use rstest::rstest;
use serde_json::{Value, json};

use super::support::{Home, PLAN};

const GROUPS: &str = r#"
[[level]]
id = "heading"
role = "group"
mark = "-"
label = { zh = "分组", en = "Heading" }

[[group]]
id = "actions"
level = "heading"
parent = "root"
title = { zh = "1项行动", en = "1 action" }
"#;

/// The small plan with its only action under a heading.
fn grouped() -> Home {
    let home = Home::new();
    let (head, rest) = PLAN.split_once("[[action]]\n").unwrap();
    let rest = rest.replacen("parent = \"root\"", "parent = \"actions\"", 1);
    let plan = format!("{head}{GROUPS}[[action]]\n{rest}").replace("format = 1", "format = 2");
    home.write("grouped.toml", plan);
    home
}

#[rstest]
#[case::status("status --json", &["/rollup", "/children", "/dashboard"])]
#[case::lint("lint --format json", &["/commitments", "/set_aside", "/left_to_people", "/practices"])]
fn a_group_is_in_no_count(#[case] command: &str, #[case] same: &[&str]) {
    let home = grouped();
    let of = |plan: &str| home.run(&format!("{command} --plan {plan} --as-of 2026-06-30")).json();
    let (without, with) = (of("small.toml"), of("grouped.toml"));
    for part in same {
        assert!(without.pointer(part).is_some_and(|part| !part.is_null()), "{part}");
        assert_eq!(without.pointer(part), with.pointer(part), "{part}");
    }
}

#[test]
fn a_group_is_no_level_and_stands_in_the_way_of_nothing() {
    let home = grouped();
    let nodes = |args: &str| {
        let export = home.run(&format!("export --format json --plan grouped.toml {args}")).json();
        export["nodes"].as_array().unwrap().clone()
    };
    let told = |node: &Value| {
        ["id", "parent", "depth", "role", "state", "rollup", "commitment"].map(|key| node[key].clone())
    };
    let all = nodes("--as-of 2026-06-30");
    let find = |id: &str| all.iter().find(|node| node["id"] == id).unwrap();
    assert_eq!(
        told(find("actions")),
        [json!("actions"), json!("root"), json!(1), json!("group"), Value::Null, Value::Null, Value::Null]
    );
    let a1 = find("a1");
    assert_eq!((&a1["parent"], &a1["depth"]), (&json!("actions"), &json!(1)));
    assert_eq!((&a1["state"], &a1["rollup"]["leaves"]), (&Value::Null, &json!(1)), "nobody has judged it");
    assert_eq!(find("a1.share")["depth"], 2);

    let ids = |depth: u32| {
        let out = home.run(&format!("tree --plan grouped.toml --depth {depth}")).ok();
        out.lines().map(|line| line.split_whitespace().last().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(1), ["root"]);
    assert_eq!(ids(2), ["root", "actions", "a1", "root.students"]);
    assert_eq!(ids(3), ["root", "actions", "a1", "a1.share", "root.students"]);
}

#[test]
fn a_group_takes_notes_and_no_verdict_and_no_review_asks_about_it() {
    let home = grouped();
    let run = |line: &str| home.run(&format!("--plan grouped.toml --journal j --author li {line}"));
    run("annotate actions --note why --star").ok();
    for wish in ["--status on-track", "--progress 40"] {
        let err = run(&format!("annotate actions {wish}")).failed(2);
        assert!(err.contains("actions is a heading, which nobody judges"), "{err}");
    }
    assert!(run("show actions").ok().contains("why"));
    let cards = run("review --plain --order outline").out;
    assert!(!cards.contains("1 action"), "{cards}");
}

const READINGS: &str = r#"
[[reading]]
chapter = { zh = "总则", en = "General" }
state = "read"
touches = ["root"]

[[reading]]
chapter = { zh = "任务", en = "Tasks" }
state = "unread"
where = { zh = "第6版", en = "page 6" }
note = { zh = "未见", en = "Not seen" }
touches = ["a1"]
"#;

#[test]
fn the_reading_ledger_says_part_by_part_what_was_seen_and_what_hangs_on_it() {
    let home = Home::new();
    home.write("read.toml", format!("{PLAN}{READINGS}").replace("format = 1", "format = 2"));
    let out = home.run("status --reading --plan read.toml").ok();
    for part in ["1 read, 0 read in part, 1 not read", "Tasks", "page 6", "Not seen", "2 nodes", "Teachers"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let zh = home.run("status --reading --plan read.toml --lang zh").ok();
    assert!(zh.contains("未读") && zh.contains("第6版"), "{zh}");
    let answer = home.run("status --reading --json --plan read.toml").json();
    assert_eq!(
        answer["readings"][1],
        json!({"chapter": {"zh": "任务", "en": "Tasks"}, "state": "unread", "where": {"zh": "第6版", "en": "page 6"},
            "note": {"zh": "未见", "en": "Not seen"}, "touches": ["a1"]})
    );
    assert_eq!(answer["readings"][0]["where"], Value::Null);
    assert!(home.run("show root --plan read.toml").ok().contains("What was read"));
    let none = home.run("status --reading --plan small.toml").ok();
    assert!(none.contains("does not say what was read"), "{none}");
}

#[test]
fn a_question_about_what_was_not_read_is_kept_apart_with_where_to_look() {
    let home = Home::new();
    home.write("read.toml", format!("{PLAN}{READINGS}").replace("format = 1", "format = 2"));
    let answer = home.run("lint --format json --plan read.toml").json();
    let questions = answer["questions"].as_array().unwrap();
    let of = |node: &str| questions.iter().find(|own| own["node"] == node).unwrap();
    assert_eq!(of("a1.share")["unread"]["chapter"]["en"], "Tasks");
    assert_eq!(of("a1.share")["unread"]["where"]["zh"], "第6版");
    assert_eq!(of("root")["unread"], Value::Null);
    let out = home.run("lint --plan read.toml").ok();
    let (known, unread) = out.split_once("Not read yet").unwrap();
    assert!(known.contains("· root") && !known.contains("· a1.share"), "{out}");
    assert!(unread.contains("“Tasks” not read; page 6"), "{out}");
}

#[test]
fn questions_can_be_had_by_office_ready_to_send() {
    let home = Home::new();
    let office = "office = { zh = \"市教委\", en = \"Education Commission\" }\n";
    home.write("offices.toml", PLAN.replace("id = \"a1\"\n", &format!("id = \"a1\"\n{office}")));
    let out = home.run("lint --by-office --plan offices.toml").ok();
    let (first, last) = out.split_once("Responsible office not known").unwrap();
    assert!(first.contains("Education Commission") && first.contains("a1.share"), "{out}");
    assert!(last.contains("root") && !last.contains("a1.share"), "{out}");
    let answer = home.run("lint --office 教委 --format json --plan offices.toml").json();
    let questions = answer["questions"].as_array().unwrap();
    assert!(!questions.is_empty());
    for own in questions {
        assert_eq!(own["office"], json!({"zh": "市教委", "en": "Education Commission"}));
    }
}
