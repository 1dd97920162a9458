//! `intake --plain`: a document answered figure by figure.

use std::fs;

use super::support::{Home, Ran, ran};

const SHARE: &str = "2025年，普惠性幼儿园覆盖率达96%。";
const AIM: &str = "到2027年，优质高中资源覆盖率力争达到82%。";
const VISIT: &str = "昨天有12位来宾到访。";

fn text(paragraphs: &[&str]) -> String {
    format!("# 一份简报\n\n{}\n", paragraphs.join("\n\n"))
}

fn sitting(home: &Home, answers: &str) -> Ran {
    let mut command = home.command("intake a.txt --plain --date 2026-01 --author li --journal j");
    ran(command.write_stdin(answers).assert())
}

/// A home with the document in it.
fn home() -> Home {
    let home = Home::new();
    home.write("a.txt", text(&[SHARE, AIM, VISIT]));
    home
}

fn recorded(ran: &Ran) -> Vec<String> {
    ran.out.lines().filter_map(|line| line.strip_prefix("= ")).map(str::to_owned).collect()
}

fn card(home: &Home, id: &str) -> String {
    home.run(&format!("show {id} --journal j")).ok()
}

#[test]
fn a_key_a_figure_takes_a_document_in_and_each_value_carries_its_place() {
    let home = home();
    let ran = sitting(&home, "\n\nn\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("[[96%]]") && ran.out.contains("[[12位]]"), "{}", ran.out);
    assert_eq!(
        recorded(&ran),
        [
            "document “一份简报”",
            "value a2.public-interest-kindergartens → 96 (2025)",
            "figure at 3:16-19 → taken as observed a2.public-interest-kindergartens",
            "target a2.good-senior-secondary → 82 (2027)",
            "figure at 5:20-23 → taken as a target a2.good-senior-secondary",
            "figure at 7:3-6 → not a figure",
        ]
    );
    assert!(ran.out.trim_end().ends_with("all are answered"), "{}", ran.out);
    let lines = fs::read_to_string(home.path("j/li.jsonl")).unwrap();
    for line in lines.lines().filter(|line| line.contains("\"value\":")) {
        assert!(line.contains("\"quote\":\"") && line.contains("\"at\":{\"document\":\"doc-"), "{line}");
    }
    let shown = card(&home, "a2.public-interest-kindergartens");
    assert!(shown.contains("96%") && shown.contains("一份简报 3:16-19"), "{shown}");
    let shown = card(&home, "a2.good-senior-secondary");
    assert!(shown.contains("82%") && shown.contains("一份简报 5:20-23"), "{shown}");
}

#[test]
fn the_plan_is_not_changed_and_a_metric_that_is_not_clear_is_not_guessed() {
    let home = home();
    home.run("init mine").ok();
    let before = home.run("check mine --format json").ok();
    let refused = sitting(&home, "n\nn\no\n/ 普惠性幼儿园覆盖率\nq\n");
    assert!(refused.out.contains("choose a metric first"), "{}", refused.out);
    assert_eq!(recorded(&refused).len(), 3, "{}", refused.out);
    assert!(refused.out.contains(">1 a2.public-interest-kindergartens"), "{}", refused.out);
    assert_eq!(home.run("check mine --format json").ok(), before);
}

#[test]
fn a_sitting_goes_on_where_it_was_left_and_asks_nothing_twice_when_paragraphs_move() {
    let home = home();
    assert_eq!(recorded(&sitting(&home, "\nl\nq\n")).len(), 4);
    let again = sitting(&home, "q\n");
    assert!(again.out.contains("3 figures, 2 to answer"), "what was put off is asked again: {}", again.out);
    assert!(again.out.contains("answered: left for later"), "{}", again.out);
    sitting(&home, "\nn\n");
    let added = "2025年，优质高中资源覆盖率达76%。";
    home.write("a.txt", text(&["前言。", VISIT, SHARE, added, AIM]));
    let moved = sitting(&home, "n\n");
    assert!(moved.out.contains("4 figures, 1 to answer") && moved.out.contains("[[76%]]"), "{}", moved.out);
    let document = recorded(&moved).into_iter().filter(|line| line.starts_with("document")).count();
    assert_eq!(document, 1, "the new state of the document is recorded: {}", moved.out);
    assert!(sitting(&home, "q\n").out.contains("4 figures, 0 to answer"));
    assert_eq!(
        fs::read_to_string(home.path("j/li.jsonl")).unwrap().matches("\"event\":\"document\"").count(),
        2
    );
}

#[test]
fn an_answer_is_taken_back_or_given_anew_and_its_value_goes_with_it() {
    let home = home();
    let undone = sitting(&home, "\nu\nq\n");
    assert!(recorded(&undone).last().unwrap().starts_with("undone: value"), "{}", undone.out);
    assert!(undone.out.contains("[3 left]"), "{}", undone.out);
    assert!(!card(&home, "a2.public-interest-kindergartens").contains("一份简报"));
    let anew = sitting(&home, "\nk\nc\nq\n");
    assert!(anew.out.contains("= retracted value"), "{}", anew.out);
    let shown = card(&home, "a2.public-interest-kindergartens");
    assert_eq!(shown.matches("一份简报 3:16-19").count(), 1, "{shown}");
    let (_, differ) = shown.split_once("Sources differ").expect("conflicts are listed");
    assert!(differ.contains("said otherwise") && differ.contains("96%"), "{shown}");
}

#[test]
fn answers_and_document_cannot_both_be_standard_input() {
    let home = home();
    let failed = home.run("intake - --plain --author li").failed(2);
    assert!(failed.contains("--plain reads answers from standard input"), "{failed}");
}
