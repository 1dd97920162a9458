//! `annotate`, `log`, `undo`, `redo`, `status`, `tags`, `merge`, `doctor --reattach`, and what they change in
//! the other answers.

use std::fs;

use rstest::rstest;
use serde_json::{Value, json};

use super::support::{Home, PLAN, Ran, ran};

/// A command on the small plan by one author.
fn by(home: &Home, author: &str, line: &str) -> Ran {
    home.run(&format!("{line} --plan small.toml --author {author}"))
}

fn li(home: &Home, line: &str) -> Ran {
    by(home, "li", line)
}

/// One with an argument that has spaces.
fn with(home: &Home, line: &str, last: &str) -> Ran {
    let mut command = home.command(&format!("--plan small.toml --author li {line}"));
    command.arg(last);
    ran(command.assert())
}

fn log(home: &Home) -> Vec<Value> {
    li(home, "log --json").json()["records"].as_array().unwrap().clone()
}

fn node(home: &Home, id: &str) -> Value {
    li(home, &format!("show {id} --json")).json()
}

#[test]
fn one_call_is_one_record_with_all_that_was_said() {
    let home = Home::new();
    let out = li(&home, "annotate a1 --status on-track --reason built --progress 40 --note seen --kind evidence --tag x --tag y --star").ok();
    assert!(out.contains("status a1 → + on-track") && out.contains("“seen”"), "{out}");
    let entries = log(&home);
    let events: Vec<&str> = entries.iter().map(|entry| entry["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["status", "progress", "note", "tag", "tag", "star"]);
    assert!(
        entries
            .iter()
            .all(|entry| entry["id"] == entries[0]["id"] && entry["seq"] == 1 && entry["by"] == "li")
    );
    let keys: Vec<&String> = entries[0].as_object().unwrap().keys().collect();
    assert_eq!(keys[..6], ["id", "seq", "at", "by", "node", "event"]);
    assert_eq!((&entries[0]["status"], &entries[0]["reason"]), (&json!("on-track"), &json!("built")));
    let said = &node(&home, "a1")["annotation"];
    let keys: Vec<&String> = said.as_object().unwrap().keys().collect();
    let contract =
        ["status", "reason", "by", "at", "progress", "starred", "tags", "reviewed_at", "authors", "notes"];
    assert_eq!(keys[..contract.len()], contract);
    assert_eq!(
        (&said["status"], &said["by"], &said["progress"]),
        (&json!("on-track"), &json!("li"), &json!(40))
    );
    assert_eq!((&said["starred"], &said["tags"]), (&json!(true), &json!(["x", "y"])));
    let keys: Vec<&String> = said["authors"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys[..6], ["by", "at", "status", "reason", "progress", "reviewed_at"]);
    let note = said["notes"][0].as_object().unwrap();
    assert_eq!(note.keys().take(5).collect::<Vec<_>>(), ["id", "at", "by", "kind", "text"]);
    assert_eq!(
        (&note["kind"], &note["text"], &note["id"]),
        (&json!("evidence"), &json!("seen"), &entries[0]["id"])
    );
}

#[test]
fn a_verdict_is_the_state_of_an_action_everywhere() {
    let home = Home::new();
    li(&home, "annotate act-one --status limited --reason slow").ok();
    assert_eq!(log(&home)[0]["node"], "a1", "an alias is written as the id it stands for");
    assert!(li(&home, "tree a1 --depth 1").ok().contains("- limited"));
    assert_eq!(node(&home, "a1")["state"], "limited");
    let export = home.run("export --format json --plan small.toml").json();
    assert_eq!(export["nodes"][1]["state"], "limited");
    assert_eq!(export["nodes"][1]["annotation"]["reason"], "slow");
    assert_eq!(export["nodes"][0]["annotation"], Value::Null);
    assert_eq!(export["journal"]["records"], 1);
    assert_ne!(
        export["journal"]["hash"],
        Home::new().run("export --format json --plan small.toml").json()["journal"]["hash"]
    );
    let card = li(&home, "show a1").ok();
    assert!(["- limited", "li", "slow"].iter().all(|part| card.contains(part)), "{card}");
}

#[rstest]
#[case("--status none", "status", Value::Null)]
#[case("--progress none", "progress", Value::Null)]
#[case("--status 缓", "status", json!("needs-acceleration"))]
#[case("--status 已达成", "status", json!("achieved"))]
#[case("--progress 0", "progress", json!(0))]
#[case("--progress 100%", "progress", json!(100))]
fn none_clears_and_other_spellings_are_taken(#[case] flag: &str, #[case] key: &str, #[case] expected: Value) {
    let home = Home::new();
    li(&home, "annotate a1 --status on-track --progress 7 --note x").ok();
    let _ = li(&home, &format!("annotate a1 {flag}"));
    assert_eq!(node(&home, "a1")["annotation"][key], expected);
}

#[rstest]
#[case("annotate a1", "there is nothing to record")]
#[case("annotate a1 --status great", "--status does not take great")]
#[case("annotate a1 --status on-trck", "did you mean on-track?")]
#[case("annotate a1 --status no-data", "computed only")]
#[case("annotate a1 --progress 101", "a whole number from 0 to 100")]
#[case("annotate a1 --progress -1", "a whole number from 0 to 100")]
#[case("annotate a1 --progress 3.5", "a whole number from 0 to 100")]
#[case("annotate a1 --note x --kind rumour", "there are: progress, evidence")]
#[case("annotate a1 --reason x", "--status")]
#[case("annotate a1 --kind evidence", "--note")]
#[case("annotate a1 --star --unstar", "cannot stand beside")]
#[case("annotate a1.shaer --star", "did you mean a1.share?")]
#[case("annotate a1 --observe 5 --on 2026", "is no metric")]
#[case("annotate a1.share --observe 5", "--on")]
#[case("annotate a1.share --observe high --on 2026", "write a number")]
#[case("annotate a1.share --observe 101 --on 2026", "a percentage is at most 100")]
#[case("annotate a1.share --observe nan --on 2026", "write a number")]
#[case("annotate a1.share --observe 5 --on soon", "--on does not take soon")]
#[case("annotate a1.share --observe 5 --on 2026 --bound over", "--bound does not take over")]
#[case("annotate a1.share --observe 5 --on 2026 --grade E", "there are: A, B, C, D")]
#[case("annotate a1 --edit abcd --note x", "the node has no abcd")]
#[case("annotate a1 --retract abcd", "the node has no abcd")]
#[case("annotate a1 --star --as-of 2020-01-01", "nothing can be written")]
#[case("undo --as-of 2020-01-01", "nothing can be written")]
#[case("tags --rename x", "write --rename OLD=NEW")]
#[case("tags --rename x=y", "there is no tag x")]
#[case("doctor --reattach a1=root", "a1 is still in the plan")]
#[case("doctor --reattach gone=root", "nothing was said of gone")]
#[case("doctor --reattach gone=rot", "did you mean root?")]
#[case("merge nowhere", "there is no nowhere")]
#[case("log nobody", "the plan has no node nobody")]
fn what_cannot_be_is_a_usage_error_and_nothing_is_written(#[case] line: &str, #[case] said: &str) {
    let home = Home::new();
    let err = li(&home, line).failed(2);
    assert!(err.contains(said), "{err}");
    assert!(!home.path(".local").exists());
}

#[rstest]
#[case("", 2)]
#[case("..", 2)]
#[case(
    "李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李李",
    2
)]
#[case("李", 0)]
fn an_author_must_be_able_to_name_a_file(#[case] author: &str, #[case] code: i32) {
    let home = Home::new();
    let mut command = home.command("annotate a1 --star --plan small.toml --author");
    command.arg(author);
    assert_eq!(ran(command.assert()).code, code);
}

#[test]
fn an_observed_value_stands_beside_the_plans_own_and_counts_in_the_verdict() {
    let home = Home::new();
    let before = node(&home, "a1.share");
    with(
        &home,
        "annotate a1.share --observe 98.50 --on 2026-06 --bound at-least --grade B --value-source",
        "field visit",
    )
    .ok();
    let after = node(&home, "a1.share");
    let values = after["metric"]["values"].as_array().unwrap();
    assert_eq!(values.len(), before["metric"]["values"].as_array().unwrap().len() + 1);
    let own = values.last().unwrap();
    assert_eq!((&own["kind"], &own["by"], &own["on"]), (&json!("observed"), &json!("li"), &json!("2026-06")));
    assert_eq!(
        (&own["bound"], &own["grade"], &own["source"]),
        (&json!("at-least"), &json!("B"), &json!("field visit"))
    );
    let text = li(&home, "show a1.share --json").ok();
    assert!(text.contains("\"value\": 98.50"), "decimals as written: {text}");
    assert_eq!(after["state"], "achieved", "98.5 meets the target of 98");
    let id = own["id"].as_str().unwrap();
    li(&home, &format!("annotate a1.share --retract {id}")).ok();
    assert_eq!(node(&home, "a1.share")["metric"], before["metric"]);
}

#[test]
fn one_edits_and_retracts_ones_own_by_any_telling_part_of_the_id() {
    let home = Home::new();
    li(&home, "annotate a1 --note frist").ok();
    let id = log(&home)[0]["id"].as_str().unwrap().to_owned();
    let tail = &id[id.len() - 8..];
    li(&home, &format!("annotate a1 --edit {tail} --note first")).ok();
    assert_eq!(node(&home, "a1")["annotation"]["notes"][0]["text"], "first");
    let err = by(&home, "wang", &format!("annotate a1 --retract {id}")).failed(2);
    assert!(err.contains("is li's"), "{err}");
    li(&home, &format!("annotate a1 --retract {id}")).ok();
    assert_eq!(node(&home, "a1")["annotation"], Value::Null);
    // A record that makes a note and a value has two ids.
    li(&home, "annotate a1.share --note both --observe 97 --on 2026").ok();
    let id = log(&home).last().unwrap()["id"].as_str().unwrap().to_owned();
    let err = li(&home, &format!("annotate a1.share --retract {id}")).failed(2);
    assert!(err.contains(&format!("{id}.1")) && err.contains(&format!("{id}.2")), "{err}");
    li(&home, &format!("annotate a1.share --retract {id}.2")).ok();
    let said = node(&home, "a1.share");
    assert_eq!(said["annotation"]["notes"].as_array().unwrap().len(), 1);
}

#[test]
fn undo_and_redo_name_the_step_and_say_when_there_is_none() {
    let home = Home::new();
    assert_eq!(li(&home, "undo").failed(1).trim(), "there is nothing to undo");
    li(&home, "annotate a1 --status on-track").ok();
    by(&home, "wang", "annotate a1 --status limited").failed_quietly(0);
    let undone = li(&home, "undo").ok();
    assert!(undone.starts_with("undone: status a1 → + on-track at "), "{undone}");
    assert_eq!(node(&home, "a1")["annotation"]["status"], "limited", "wang's stays");
    assert_eq!(li(&home, "undo").code, 1);
    let redone = li(&home, "redo --lang zh").ok();
    assert!(redone.starts_with("已重做：状态 a1 → 顺 进展顺利（"), "{redone}");
    assert_eq!(li(&home, "redo --lang zh").failed(1).trim(), "没有可重做的操作");
    let history = node(&home, "a1")["history"].as_array().unwrap().clone();
    let events: Vec<&str> = history.iter().map(|entry| entry["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["status", "status", "undo", "undo"]);
}

#[test]
fn a_reason_that_is_missing_is_hinted_at_and_never_a_refusal() {
    let home = Home::new();
    li(&home, "annotate a1 --status on-track").ok();
    let ran = li(&home, "annotate a1 --status limited");
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.contains("worse than before (+ on-track)") && ran.err.contains("--reason"),
        "{}",
        ran.err
    );
    li(&home, "annotate a1 --status regressing --reason because").ok();
    li(&home, "annotate a1 --status on-track").ok();
}

#[test]
fn the_log_is_of_a_branch_or_of_what_has_left() {
    let home = Home::new();
    for id in ["root", "a1", "a1.share"] {
        li(&home, &format!("annotate {id} --note on-{id}")).ok();
    }
    li(&home, "undo").ok();
    let all = li(&home, "log").ok();
    assert_eq!(all.lines().count(), 4);
    assert!(all.lines().nth(2).unwrap().contains("(undone)"), "{all}");
    let below = li(&home, "log act-one --json").json();
    let nodes: Vec<&Value> =
        below["records"].as_array().unwrap().iter().map(|entry| &entry["node"]).collect();
    assert_eq!(nodes, [&json!("a1"), &json!("a1.share"), &Value::Null]);
    home.write("small.toml", PLAN.replace("id = \"root.students\"", "id = \"root.pupils\""));
    li(&home, "annotate root.pupils --note kept").ok();
    home.write("small.toml", PLAN);
    assert!(li(&home, "log root.pupils").ok().contains("kept"));
}

#[test]
fn an_orphan_is_told_exported_and_reattached() {
    let home = Home::new();
    home.write("small.toml", PLAN.replace("\"a1.share\"", "\"a1.old\""));
    li(&home, "annotate a1.old --note kept --observe 97.10 --on 2026").ok();
    home.write("small.toml", PLAN);
    let doctor = li(&home, "doctor");
    assert!(
        doctor.out.contains("a1.old has left the plan") && doctor.out.contains("--reattach a1.old=NEW"),
        "{}",
        doctor.out
    );
    let export = home.run("export --format json --plan small.toml").json();
    assert_eq!(export["orphans"][0]["id"], "a1.old");
    assert_eq!(export["orphans"][0]["annotation"]["notes"][0]["text"], "kept");
    assert_eq!(export["orphans"][0]["values"][0]["by"], "li");
    let err = li(&home, "doctor --reattach a1.olt=a1.share").failed(2);
    assert!(err.contains("did you mean a1.old?"), "{err}");
    li(&home, "doctor --reattach a1.old=a1.share").ok();
    assert_eq!(node(&home, "a1.share")["annotation"]["notes"][0]["text"], "kept");
    assert_eq!(home.run("export --format json --plan small.toml").json()["orphans"], json!([]));
}

#[test]
fn status_rolls_up_and_tells_where_authors_differ() {
    let home = Home::new();
    li(&home, "annotate a1 --status on-track").ok();
    let answer = li(&home, "status --json").json();
    assert_eq!(answer["id"], "root");
    let rollup = &answer["rollup"];
    assert_eq!((&rollup["leaves"], rollup["by_state"].as_object().unwrap().len()), (&json!(2), 18));
    let children: Vec<&Value> =
        answer["children"].as_array().unwrap().iter().map(|child| &child["id"]).collect();
    assert_eq!(children, [&json!("a1"), &json!("root.students")]);
    assert_eq!(answer["children"][1]["rollup"], Value::Null, "a leaf that nothing serves");
    assert!(li(&home, "status").ok().contains("coverage  "));
    by(&home, "wang", "annotate a1 --status limited --reason slow").ok();
    let told = li(&home, "status").ok();
    assert!(told.contains("authors differ on 1 node"), "{told}");
    assert_eq!(node(&home, "a1")["annotation"]["disputed"], true);
    let agreement = li(&home, "status --json --agreement").json()["agreement"].clone();
    assert_eq!(
        (&agreement["judged_by_several"], &agreement["differing"][0]["id"]),
        (&json!(1), &json!("a1"))
    );
    let told = li(&home, "status --agreement --lang zh").ok();
    assert!(told.contains("wang") && told.contains("微 进展有限") && told.contains("slow"), "{told}");
    let two = PLAN.replace(
        "id = \"a1\"\naliases = [\"act-one\"]\nlevel = \"action\"\nparent = \"root\"",
        "id = \"a1\"\nlevel = \"action\"",
    );
    home.write("two.toml", two);
    let answer = home.run("status --json --plan two.toml").json();
    assert_eq!((&answer["id"], answer["children"].as_array().unwrap().len()), (&Value::Null, 2));
}

#[test]
fn a_tag_is_renamed_or_merged_everywhere_in_one_step() {
    let home = Home::new();
    li(&home, "annotate a1 --tag old").ok();
    by(&home, "wang", "annotate root --tag old --tag new").ok();
    assert_eq!(li(&home, "tags").ok(), "new  1 node\nold  2 nodes\n");
    li(&home, "tags --rename old=new").ok();
    assert_eq!(li(&home, "tags").ok(), "new  2 nodes\n");
    li(&home, "undo").ok();
    assert_eq!(li(&home, "tags").ok(), "new  1 node\nold  2 nodes\n");
    let err = li(&home, "tags --rename odl=x").failed(2);
    assert!(err.contains("did you mean old?"), "{err}");
}

#[test]
fn merging_is_a_union_that_says_what_it_took() {
    let (home, other) = (Home::new(), Home::new());
    li(&home, "annotate a1 --note mine").ok();
    by(&other, "wang", "annotate a1 --note theirs --journal j").ok();
    li(&other, "annotate a1 --note mine-elsewhere --journal j").ok();
    let line = format!("merge {}", other.path("j").display());
    let out = li(&home, &line).ok();
    assert!(out.contains("2 records taken in, 0 there already"), "{out}");
    let out = li(&home, &line).ok();
    assert!(out.contains("0 records taken in, 2 there already"), "{out}");
    assert_eq!(log(&home).len(), 3);
    let theirs = fs::read_to_string(other.path("j/wang.jsonl")).unwrap();
    fs::write(home.path("partly.jsonl"), format!("rubbish\n{theirs}")).unwrap();
    let ran = li(&home, "merge partly.jsonl");
    assert!(ran.code == 0 && ran.err.contains("partly.jsonl:1: no record"), "{}", ran.err);
}

#[test]
fn as_of_shows_commands_and_exports_as_they_stood() {
    let home = Home::new();
    let line = |id: &str, at: &str, status: &str| {
        format!(
            r#"{{"v":1,"id":"{id}","seq":1,"at":"{at}","by":"li","plan":"small","session":null,"events":[{{"event":"status","node":"a1","status":"{status}","reason":null}}]}}"#
        )
    };
    let lines = [
        line("r1", "2026-02-01T09:00:00+08:00", "on-track"),
        line("r2", "2026-03-01T00:30:00+08:00", "limited"),
    ];
    home.write("j/li.jsonl", lines.join("\n") + "\n");
    let state = |as_of: &str| {
        home.run(&format!("export a1 --format json --plan small.toml --journal j --as-of {as_of}")).json()["nodes"][0]["state"].clone()
    };
    assert_eq!(state("2026-03-01"), "limited");
    assert_eq!(state("2026-02-28"), "on-track", "the 28th in UTC is the 1st in Chongqing");
    assert_eq!(state("2026-02-28T16:30:00Z"), "limited");
    assert_eq!(state("2026-01-31"), Value::Null, "nobody had judged it");
    assert_eq!(
        home.run("log --json --plan small.toml --journal j --as-of 2026-02-15").json()["records"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[rstest]
#[case(&[("PLAN158_AUTHOR", "env")], "", "env")]
#[case(&[("PLAN158_AUTHOR", "env")], "--author flag", "flag")]
#[case(&[("USER", "login")], "", "login")]
fn the_author_is_named_by_flag_then_environment_then_login(
    #[case] variables: &[(&str, &str)],
    #[case] flag: &str,
    #[case] expected: &str,
) {
    let home = Home::new();
    let none = [("GIT_CONFIG_NOSYSTEM", "1")];
    let variables: Vec<_> = variables.iter().chain(&none).copied().collect();
    home.run_with(&variables, &format!("annotate a1 --star --plan small.toml --journal j {flag}")).ok();
    assert!(home.path(format!("j/{expected}.jsonl")).exists());
}

#[test]
fn the_author_is_gits_user_and_config_toml_goes_before_it() {
    let home = Home::new();
    home.write(".gitconfig", "[user]\n\tname = Li Wei\n");
    home.run_with(&[("USER", "login")], "annotate a1 --star --plan small.toml --journal j").ok();
    assert!(home.path("j/Li%20Wei.jsonl").exists());
    home.write(".config/plan158/config.toml", "author = \"王五\"\njournal = \"notes\"\n");
    home.run("annotate a1 --star --plan small.toml").ok();
    assert!(home.path(".config/plan158/notes/王五.jsonl").exists());
    let explained = home.run("config --explain --journal elsewhere").ok();
    assert!(explained.contains("王五") && explained.contains("elsewhere"), "{explained}");
}

#[test]
fn by_default_the_journal_is_under_the_data_directory_in_a_folder_per_plan() {
    let home = Home::new();
    li(&home, "annotate a1 --star").ok();
    assert!(home.path(".local/share/plan158/journal/small/li.jsonl").exists());
    let doctor = li(&home, "doctor").out;
    assert!(
        doctor.contains(".local/share/plan158/journal/small") && doctor.contains("1 file, 1 record by li"),
        "{doctor}"
    );
}

#[rstest]
#[case("/nonexistent/home")]
#[case("/dev/null")]
fn without_a_usable_home_the_words_come_back(#[case] at: &str) {
    let home = Home::new();
    let ran = home.run_with(&[("HOME", at)], "annotate a1 --note precious --plan small.toml --author li");
    // Root may make even /nonexistent.
    if ran.code != 0 {
        assert_eq!(ran.code, 4, "{}", ran.err);
        assert!(ran.err.contains("not saved, your words:\nprecious\n"), "{}", ran.err);
    } else {
        let _ = fs::remove_dir_all("/nonexistent");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_folder_that_takes_no_files_the_words_come_back() {
    let home = Home::new();
    // Closed to everybody, root included.
    let err = with(&home, "annotate a1 --journal /proc/self --note", "precious words\nsecond line").failed(4);
    assert!(err.contains("cannot write /proc/self/li.jsonl"), "{err}");
    assert!(err.ends_with("not saved, your words:\nprecious words\nsecond line\n"), "{err}");
    let err = with(&home, "annotate a1 --lang zh --journal small.toml --note", "珍贵").failed(4);
    assert!(err.contains("small.toml") && err.contains("以下文字没有保存：\n珍贵"), "{err}");
    li(&home, "tree --journal small.toml").failed(4);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_an_error_with_the_words_handed_back() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let dir = home.path("closed");
    fs::create_dir(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o555)).unwrap();
    let ran = li(&home, "annotate a1 --note precious --journal closed");
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
    // Permissions do not hold for root; then the folder is no obstacle.
    if fs::read_dir(&dir).unwrap().next().is_none() {
        let err = ran.failed(4);
        assert!(err.contains("closed") && err.ends_with("precious\n"), "{err}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_nothing_is_torn_and_the_words_come_back() {
    let home = Home::new();
    let run = |blocks: u32, text: &str| {
        let line = format!(
            "ulimit -f {blocks}; exec \"{}\" annotate a1 --plan small.toml --journal j --author li --note {text}",
            env!("CARGO_BIN_EXE_plan158")
        );
        let mut command = assert_cmd::Command::new("/bin/sh");
        command.env_clear().env("HOME", home.path("")).current_dir(home.path("")).args(["-c", &line]);
        ran(command.assert())
    };
    let long = "x".repeat(700);
    assert_eq!(run(1000, &long).code, 0);
    let before = fs::read(home.path("j/li.jsonl")).unwrap();
    for text in [&long, &"y".repeat(4000)] {
        // One block (512 or 1024 bytes) is less than what is there already, two are less than what would be
        // there.
        for blocks in [1, 2] {
            let err = run(blocks, text).failed(4);
            assert!(err.contains("cannot write j/li.jsonl") && err.ends_with(&format!("{text}\n")), "{err}");
            assert_eq!(fs::read(home.path("j/li.jsonl")).unwrap(), before);
        }
    }
    assert_eq!(run(1000, "z").code, 0);
    assert_eq!(log_of(&home).len(), 2);
    // A first step that does not fit leaves no file behind.
    fs::remove_dir_all(home.path("j")).unwrap();
    run(1, &"y".repeat(4000)).failed(4);
    assert_eq!(fs::read_dir(home.path("j")).unwrap().count(), 0);
}

#[cfg(target_os = "linux")]
fn log_of(home: &Home) -> Vec<Value> {
    home.run("log --json --plan small.toml --journal j").json()["records"].as_array().unwrap().clone()
}

#[test]
fn what_people_wrote_reaches_no_terminal_raw() {
    let home = Home::new();
    let evil = "a\u{1b}[2Jb\u{202e}c\u{9b}d\u{7}";
    with(&home, "annotate a1 --note", evil).ok();
    with(&home, "annotate a1 --status on-track --reason", evil).ok();
    for line in ["show a1", "log", "log --json", "show a1 --json", "status", "export --format json", "undo"] {
        let ran = li(&home, line);
        for bad in ['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}'] {
            assert!(!ran.out.contains(bad) && !ran.err.contains(bad), "{line}: {bad:?}\n{}", ran.out);
        }
    }
    let raw = fs::read_to_string(home.path(".local/share/plan158/journal/small/li.jsonl")).unwrap();
    assert!(raw.contains("\\u001b[2Jb\\u202ec\\u009bd\\u0007"), "{raw}");
    assert_eq!(log(&home)[0]["text"], evil, "not a byte is lost");
}

trait Quietly {
    fn failed_quietly(self, code: i32);
}

impl Quietly for Ran {
    /// The code of a run whose hints do not matter.
    fn failed_quietly(self, code: i32) {
        assert_eq!(self.code, code, "{}", self.err);
    }
}

fn run_args(home: &Home, args: &[&str]) -> Ran {
    ran(home.command("").args(args).assert())
}

#[test]
fn words_may_begin_with_a_dash_but_a_forgotten_word_is_no_flag() {
    let home = Home::new();
    run_args(&home, &["annotate", "a1", "--plan", "small.toml", "--note", "- two sites stand still"]).ok();
    run_args(
        &home,
        &["annotate", "a1", "--plan", "small.toml", "--status", "limited", "--reason", "-5 points"],
    )
    .ok();
    let shown = home.run("show a1 --plan small.toml").ok();
    assert!(shown.contains("- two sites stand still") && shown.contains("-5 points"), "{shown}");
    let forgotten = run_args(&home, &["annotate", "a1", "--plan", "small.toml", "--note", "--star"]);
    assert_eq!(forgotten.code, 2);
    assert!(forgotten.err.contains("--note has no words before --star"), "{}", forgotten.err);
}

#[test]
fn a_figure_is_taken_in_the_characters_of_a_chinese_keyboard() {
    let home = Home::new();
    home.run("annotate a1.share --plan small.toml --observe ８８．５％ --on 2025年").ok();
    home.run("annotate a1 --plan small.toml --progress ６０").ok();
    let shown = home.run("show a1.share --plan small.toml").ok();
    assert!(shown.contains("88.5"), "{shown}");
}

#[test]
fn a_merge_says_what_it_leaves_and_refuses_what_is_no_journal() {
    let home = Home::new();
    let record = |plan: &str, id: u32| {
        format!(
            r#"{{"v":1,"id":"r{id}","seq":{id},"at":"2026-06-10T09:00:00.000+08:00","by":"li","plan":"{plan}","session":null,"events":[{{"event":"star","node":"a1"}}]}}"#
        )
    };
    // The second line had no end when the files were joined.
    let text = format!("{}\n{}{}\n", record("another", 1), record("small", 2), record("small", 3));
    home.write("other.jsonl", text);
    let merged = home.run("merge other.jsonl --plan small.toml --journal j").ok();
    assert!(merged.contains("1 record of another plan (another), not taken in"), "{merged}");
    assert!(merged.contains("2 records taken in, 0 there already"), "{merged}");
    assert!(!fs::read_to_string(home.path("j/li.jsonl")).unwrap().contains("another"));
    home.run("export --format xlsx -o r.xlsx --plan small.toml").ok();
    home.write("words.txt", "dear colleague\n");
    for file in ["r.xlsx", "words.txt"] {
        let refused = home.run(&format!("merge other.jsonl {file} --plan small.toml --journal j2"));
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{file}");
        assert!(
            refused.err.contains(&format!("{file} is no journal; nothing was taken in")),
            "{}",
            refused.err
        );
        assert!(!home.path("j2/li.jsonl").exists());
    }
}

#[test]
fn objects_on_one_line_are_records_of_their_own_and_endings_in_capitals_are_read() {
    let home = Home::new();
    let star = |id: u32, text: &str| {
        format!(
            r#"{{"v":1,"id":"r{id}","seq":{id},"at":"2026-06-10T09:00:00.000+08:00","by":"li","plan":"small","session":null,"events":[{{"event":"note","node":"a1","kind":"progress","text":"{text}"}}]}}"#
        )
    };
    fs::create_dir(home.path("j")).unwrap();
    home.write("j/LI.JSONL", format!("{}{}  {}\n", star(1, "one }{ two"), star(2, "three"), star(3, "four")));
    let log = home.run("log --plan small.toml --journal j").ok();
    assert!(log.contains("one }{ two") && log.contains("three") && log.contains("four"), "{log}");
    assert!(home.run("doctor --plan small.toml --journal j").out.contains("1 file, 3 records by li"));
    let said = home.run("merge j --plan small.toml --journal mine").ok();
    assert!(said.contains("3 records taken in"), "{said}");
}
