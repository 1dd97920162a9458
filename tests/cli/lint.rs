//! `lint`: questions for people, one document for programs, lines for spreadsheets; never an exit code but 0
//! for what it finds.

use super::support::Home;

#[test]
fn the_bundled_plans_questions_come_ranked_in_the_programs_language() {
    let home = Home::new();
    let en = home.run("lint --lang en").ok();
    assert!(en.contains("\n  1. L"), "{en}");
    assert!(en.contains("hardly above the baseline") && en.contains("s2027.overall.standing"), "{en}");
    assert!(en.contains("Waived") && en.contains("every rule  nat"), "{en}");
    let zh = home.run("lint --lang zh").ok();
    assert!(zh.contains("目标与起点几乎持平") && zh.contains("理由：") && zh.contains("已豁免"), "{zh}");
    assert!(!zh.contains("because"), "{zh}");
}

#[test]
fn one_node_can_be_asked_about_with_what_is_below_it() {
    let home = Home::new();
    let out = home.run("lint s2027 --lang en").ok();
    assert!(out.contains("s2027.overall.system") && !out.contains("a7."), "{out}");
    let err = home.run("lint s2028").failed(2);
    assert!(err.contains("did you mean s2027"), "{err}");
}

#[test]
fn json_carries_both_languages_scores_and_waivers() {
    let answer = Home::new().run("lint --format json").json();
    for key in [
        "id",
        "commitments",
        "questions",
        "waived",
        "unknown_waivers",
        "set_aside",
        "left_to_people",
        "practices",
        "rules",
    ] {
        assert!(answer.get(key).is_some(), "{key}");
    }
    let question = &answer["questions"][0];
    assert_eq!(question["rank"], 1);
    for key in ["rule", "weight", "node", "nodes", "commitments", "question", "reason"] {
        assert!(question.get(key).is_some(), "{key}");
    }
    assert!(question["question"]["zh"].is_string() && question["question"]["en"].is_string());
    let weights: Vec<i64> =
        answer["questions"].as_array().unwrap().iter().map(|own| own["weight"].as_i64().unwrap()).collect();
    assert!(weights.is_sorted_by(|one, other| one >= other), "{weights:?}");
    let commitments = answer["commitments"].as_array().unwrap();
    let communities = commitments.iter().find(|own| own["id"] == "a2.school-communities").unwrap();
    // Seven rules apply (a number, a baseline, a unit, an office, a date, per cent or points, a net rate); no
    // baseline and no office.
    assert_eq!((&communities["met"], &communities["applicable"]), (&5.into(), &7.into()));
    assert_eq!(communities["failed"], serde_json::json!(["L02", "L05"]));
    assert_eq!(answer["waived"][0]["node"], "nat");
    assert_eq!(answer["rules"].as_array().unwrap().len(), 15);
}

#[test]
fn csv_has_one_line_a_question_and_opens_in_a_spreadsheet() {
    let home = Home::new();
    let out = home.run("lint --format csv").ok();
    assert!(out.starts_with(
        "\u{feff}rank,rule,weight,node,nodes,commitments,question_zh,question_en,reason_zh,reason_en,not_read,office\r\n"
    ));
    let questions = home.run("lint --format json").json()["questions"].as_array().unwrap().len();
    assert_eq!(out.matches("\r\n").count(), questions + 1);
}

#[test]
fn titles_that_could_harm_a_terminal_or_a_spreadsheet_are_made_harmless() {
    let home = Home::new();
    let goal = "\n[[goal]]\nid = \"g\"\nlevel = \"goal\"\nparent = \"root\"\ntitle = { zh = \"=1+1\\u001b[31m\", en = \"=1+1\\u001b[31m, \\\"x\\\"\" }\n";
    home.write("odd.toml", format!("{}{goal}", super::support::PLAN));
    for format in ["human", "json", "csv"] {
        let ran = home.run(&format!("lint g --plan odd.toml --format {format} --lang en"));
        assert_eq!(ran.code, 0);
        assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
    }
    let csv = home.run("lint g --plan odd.toml --format csv").ok();
    assert!(csv.contains("\"\"x\"\""), "{csv}");
}

#[test]
fn the_rules_are_listed_as_markdown() {
    let home = Home::new();
    let en = home.run("lint --rules --lang en").ok();
    assert_eq!(en.lines().count(), 17);
    assert!(en.contains("| L12 | hardly above the baseline |"), "{en}");
    assert!(home.run("lint --rules --lang zh").ok().contains("| L12 | 目标与起点几乎持平 |"));
}
