//! `review`: plain mode, resumption after a kill, minutes, agreement.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use rstest::rstest;
use serde_json::{Value, json};

use super::support::{Home, Ran, ran};

fn li(home: &Home, line: &str) -> Ran {
    home.run(&format!("{line} --plan small.toml --author li"))
}

/// A plain session with these answers, a line each.
fn plain(home: &Home, line: &str, answers: &str) -> Ran {
    let mut command = home.command(&format!("review --plain {line} --plan small.toml --author li"));
    ran(command.write_stdin(answers).assert())
}

fn log(home: &Home) -> Vec<Value> {
    li(home, "log --json").json()["records"].as_array().unwrap().clone()
}

/// Events with their node and outcome, those undone left out.
fn said(home: &Home) -> Vec<String> {
    let holds = |entry: &Value| entry["undone"] == json!(false) && entry["event"] != "undo";
    let entries = log(home).into_iter().filter(holds);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let told = entries.map(|entry| {
        let more = [&entry["status"], &entry["outcome"], &entry["mark"], &entry["text"], &entry["tag"]];
        let more = more.iter().find(|more| more.is_string()).map(|more| word(more)).unwrap_or_default();
        format!("{} {} {more}", word(&entry["event"]), word(&entry["node"])).trim().replace("  ", " ")
    });
    told.collect()
}

#[rstest]
#[case("--lang en", "takes no condition on what people recorded")]
#[case("--lang zh", "盲评不能用读取他人记录的条件")]
fn a_blind_review_refuses_a_query_that_reads_records_and_writes_nothing(
    #[case] lang: &str,
    #[case] said: &str,
) {
    let home = Home::new();
    let ran = plain(&home, &format!("--blind status:on-track {lang}"), "");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains(said), "{}", ran.err);
    assert_eq!(log(&home), Vec::<Value>::new());
}

#[test]
fn a_script_of_answers_is_a_session_with_its_minutes() {
    let home = Home::new();
    let out = plain(&home, "", "2 too slow\n\na question: by whom?\n-\n\n").ok();
    assert_eq!(
        said(&home),
        [
            "session start",
            "status a1 needs-acceleration",
            "reviewed a1 verdict",
            "reviewed a1.share unchanged",
            "note root.students by whom?",
            "reviewed root.students skipped",
            "reviewed root.students unchanged",
            "session end",
        ]
    );
    for line in [
        "review: 3 cards; ? for help",
        "1/3 never reviewed",
        "= status a1 → ~ needs-acceleration, reason: too slow",
        "= reviewed a1 → verdict",
        "= reviewed a1.share → looked at, no verdict",
        "= note (question) root.students “by whom?”",
        "= reviewed root.students → skipped",
        "all done. Enter ends the session with its minutes; u undoes, k goes back",
        "# Review minutes: Small plan",
        "3 cards: 3 decided, 0 skipped, 0 put off, 0 left out, 0 not reached; 0 min.",
    ] {
        assert!(out.lines().any(|own| own == line), "{line}\n{out}");
    }
    let session = log(&home)[0]["session"].clone();
    assert!(log(&home).iter().all(|entry| entry["session"] == session && session.is_string()));
    assert!(!out.contains('\u{1b}'), "no escape sequence");
}

#[test]
fn the_same_session_in_chinese() {
    let home = Home::new();
    let out =
        plain(&home, "--lang zh", "缓 进度落后\n仍准确\n笔记 问题：谁统计？\n跳过\n搁置 9999-01-01\n").ok();
    for line in [
        "复核：共3张卡片；? 为帮助",
        "1/3 从未复核",
        "= 状态 a1 → 缓 需要加快，理由：进度落后",
        "= 复核 a1.share → 看过，无结论",
        "= 笔记（问题）root.students “谁统计？”",
        "= 复核 root.students → 跳过",
        "= 复核 root.students → 搁置至 9999-01-01",
        "# 复核纪要：小规划",
        "共3张卡片：已定2，跳过0，搁置1，略过0，未到0；用时0分钟。",
    ] {
        assert!(out.lines().any(|own| own == line), "{line}\n{out}");
    }
}

#[rstest]
#[case("hello\n", "not understood; ? lists the answers")]
#[case("b 2001-01-01\n", "the day must lie after today")]
#[case("p 101\n", "a whole number from 0 to 100")]
#[case("+ 5 2026\n", "is no metric")]
#[case("r\n", "this session is not blind")]
#[case("k\n", "there is none before this one")]
#[case("u\n", "there is nothing to undo in this session")]
#[case("?\n", "1 + on-track, 2 ~ needs-acceleration")]
fn what_cannot_be_done_is_said_and_the_card_stays(#[case] answers: &str, #[case] told: &str) {
    let home = Home::new();
    let out = plain(&home, "", answers).ok();
    assert!(out.contains(told), "{out}");
    assert_eq!(said(&home), ["session start", "session end"]);
}

#[test]
fn a_reason_is_asked_for_on_the_next_line_where_one_is_wanted() {
    let home = Home::new();
    li(&home, "annotate a1 --status on-track").ok();
    let out = plain(&home, "id:a1 kind:action", "3\nfunds are late\n").ok();
    assert!(
        out.contains("reason? this is worse than before (+ on-track) (Enter for none) > funds are late"),
        "{out}"
    );
    let entries = log(&home);
    assert_eq!(entries[2]["reason"], "funds are late");
    assert_eq!(
        (&entries[2]["id"], &entries[3]["event"]),
        (&entries[3]["id"], &json!("reviewed")),
        "one record"
    );
}

#[test]
fn notes_values_tags_and_stars_are_ordinary_records_of_the_session() {
    let home = Home::new();
    plain(&home, "id:a1.share", "+ 97 2026-06 yearbook\np 40\nt slow\nt -slow\n*\n*\ns 缓\nu\n").ok();
    assert_eq!(
        said(&home),
        [
            "session start",
            "value a1.share",
            "progress a1.share",
            "tag a1.share slow",
            "untag a1.share slow",
            "star a1.share",
            "unstar a1.share",
            "session end"
        ]
    );
}

#[test]
fn stopping_leaves_the_session_open_and_the_same_command_goes_on() {
    let home = Home::new();
    plain(&home, "", "\nq\n").ok();
    let out = plain(&home, "", "q\n").ok();
    assert!(out.contains("going on with the review of") && out.contains("2/3 never reviewed"), "{out}");
    assert_eq!(said(&home).iter().filter(|one| *one == "session start").count(), 1);
    let out = plain(&home, "--new", "q\n").ok();
    assert!(out.contains("review: 3 cards"), "{out}");
    assert_eq!(said(&home).iter().filter(|one| *one == "session start").count(), 2);
}

#[test]
fn a_session_killed_in_the_middle_goes_on_at_the_next_card_with_nothing_lost() {
    let home = Home::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_plan158"))
        .args(["review", "--plain", "--plan", "small.toml", "--author", "li"])
        .env_clear()
        .env("HOME", home.path(""))
        .current_dir(home.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut answers = child.stdin.take().unwrap();
    answers.write_all(b"3 slow\n\n").unwrap();
    answers.flush().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.map(Result::unwrap).find(|line| line == "= reviewed a1.share → looked at, no verdict");
    assert!(told.is_some());
    child.kill().unwrap();
    child.wait().unwrap();
    drop(answers);
    assert_eq!(
        said(&home),
        ["session start", "status a1 limited", "reviewed a1 verdict", "reviewed a1.share unchanged"]
    );
    let out = plain(&home, "", "q\n").ok();
    assert!(out.contains("3 cards, 1 left") && out.contains("3/3 never reviewed"), "{out}");
}

#[test]
fn fifty_unchanged_cards_take_fifty_empty_lines() {
    let home = Home::new();
    let mut command = home.command("review under:a4 --plain --author li");
    let out = ran(command.write_stdin("\n".repeat(50)).assert()).ok();
    assert!(out.contains("50 decided, 0 skipped"), "{out}");
    let log = home.run("log --json --author li").json();
    let reviewed = log["records"].as_array().unwrap().iter().filter(|entry| entry["outcome"] == "unchanged");
    assert_eq!(reviewed.count(), 50);
}

#[test]
fn minutes_of_the_last_session_or_of_one_by_its_id() {
    let home = Home::new();
    assert_eq!(li(&home, "review --minutes").code, 1);
    plain(&home, "", "\n").ok();
    plain(&home, "--order random", "\nq\n").ok();
    let last = li(&home, "review --minutes").ok();
    assert!(last.contains("Order: random (seed ") && last.contains("` · not ended\n"), "{last}");
    let first = log(&home)[0]["session"].as_str().unwrap().to_owned();
    let own = li(&home, &format!("review --minutes {first}")).ok();
    assert!(own.contains("Order: by worth") && own.contains(&first) && !own.contains("not ended"), "{own}");
    assert!(li(&home, "review --minutes nope").failed(2).contains("there is no session nope"));
    let both = li(&home, "review --minutes --lang both").ok();
    assert!(both.starts_with("# 复核纪要：小规划 / Review minutes: Small plan\n"), "{both}");
}

#[test]
fn minutes_are_those_of_the_sessions_end_whatever_others_do_later() {
    let home = Home::new();
    plain(&home, "", "\n\n\n\n").ok();
    let before = li(&home, "review --minutes").ok();
    assert!(!before.contains("- Others:"), "{before}");
    home.run("annotate a1 --status limited --note later --plan small.toml --author wang").ok();
    assert_eq!(li(&home, "show a1 --json").json()["annotation"]["by"], "wang");
    assert_eq!(li(&home, "review --minutes").ok(), before);
    for (name, begins) in
        [("m.docx", &b"PK"[..]), ("m.html", b"<!DOCTYPE html>"), ("m.md", b"# Review minutes")]
    {
        li(&home, &format!("review --minutes -o {name}")).ok();
        assert!(std::fs::read(home.path(name)).unwrap().starts_with(begins), "{name}");
    }
    let err = li(&home, "review --minutes --format md -o x.docx").failed(2);
    assert!(err.contains("the format is md, but the file's name ends in .docx"), "{err}");
    assert!(li(&home, "review --format md").failed(2).contains("--minutes"));
}

#[rstest]
#[case("review --plain --as-of 2025-01-01", 2, "nothing can be written")]
#[case("review zzzz --plain", 1, "there is nothing to review")]
#[case("review --plain --order best", 2, "--order")]
#[case("review a1 --minutes x", 2, "--minutes")]
fn what_cannot_begin_says_why(#[case] line: &str, #[case] code: i32, #[case] told: &str) {
    let home = Home::new();
    assert!(li(&home, line).failed(code).contains(told));
    assert!(log(&home).is_empty());
}

fn by(home: &Home, author: &str, line: &str, reason: &str) -> Ran {
    let mut command = home.command(&format!("--plan small.toml --author {author} {line}"));
    command.arg(reason);
    ran(command.assert())
}

#[test]
fn a_disagreement_is_settled_by_a_recorded_decision_and_opens_again_with_another_verdict() {
    let home = Home::new();
    assert!(by(&home, "li", "annotate a1 --settle", "talked").failed(2).contains("do not differ on a1"));
    by(&home, "li", "annotate a1 --status on-track --reason", "built").ok();
    let _ = by(&home, "wang", "annotate a1 --status limited --reason", "slow");
    let _ = by(&home, "li", "annotate a1.share --status limited --reason", "x");
    let _ = by(&home, "wang", "annotate a1.share --status limited --reason", "x");
    let agreement = |home: &Home| li(home, "status --agreement --json").json()["agreement"].clone();
    let found = agreement(&home);
    assert_eq!((&found["judged_by_several"], &found["differing"][0]["settled"]), (&json!(2), &json!(false)));
    // 顺微 and 微微: said 2, chance (rows 顺1 微1, columns 微2) 2·1·2 = 4; 1 − 2·2/4 = 0.
    let pair = &found["pairs"][0];
    assert_eq!((&pair["authors"], &pair["n"], &pair["same"]), (&json!(["li", "wang"]), &json!(2), &json!(1)));
    assert_eq!(pair["kappa"], json!(0.0));
    by(&home, "wang", "annotate a1 --settle", "on-track it is").ok();
    let found = agreement(&home);
    let settled = &found["differing"][0];
    assert_eq!(
        (&settled["settled"], &settled["settled_by"]["reason"]),
        (&json!(true), &json!("on-track it is"))
    );
    let text = li(&home, "status --agreement").ok();
    assert!(
        text.contains("a1 · settled")
            && text.contains("on-track it is")
            && text.contains("the same on 1 of 2 · κ = 0.00 · α = ")
            && text.contains("n = 2, 0 left out"),
        "{text}"
    );
    let _ = by(&home, "wang", "annotate a1 --status regressing --reason", "worse");
    assert_eq!(agreement(&home)["differing"][0]["settled"], json!(false));
}

#[test]
fn one_persons_verdicts_months_apart_are_compared() {
    let home = Home::new();
    let line = |seq: u32, at: &str, status: &str| {
        format!(
            "{{\"v\":1,\"id\":\"r{seq}\",\"seq\":{seq},\"at\":\"{at}\",\"by\":\"li\",\"plan\":\"small\",\"session\":null,\"events\":[{{\"event\":\"status\",\"node\":\"a1\",\"status\":\"{status}\",\"reason\":null}}]}}\n"
        )
    };
    let lines = [
        line(1, "2025-01-10T09:00:00+08:00", "limited"),
        line(2, "2025-02-10T09:00:00+08:00", "achieved"),
        line(3, "2025-05-09T09:00:00+08:00", "on-track"), // less than three months after the second
    ];
    home.write("j/li.jsonl", lines.concat());
    let found =
        home.run("status --agreement --json --plan small.toml --journal j").json()["agreement"].clone();
    let changed = &found["again"][0]["changed"][0];
    assert_eq!(
        (&changed["before"]["status"], &changed["now"]["status"]),
        (&json!("limited"), &json!("on-track"))
    );
    assert_eq!((&found["pairs"], &found["again"][0]["n"]), (&json!([]), &json!(1)));
}
