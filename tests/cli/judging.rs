//! `explain`, `matrix`, the dashboard of `status`, `--rule`, `annotate --series-break` and the charts of
//! `show`.

use rstest::rstest;
use serde_json::json;

use super::support::Home;

/// V1 and V4 of `docs/judging.md`, V8 with a source, a goal the first serves and an action nothing is said
/// of.
const PLAN: &str = r#"
format = 1
id = "judged"
title = { zh = "规划", en = "Plan" }
languages = ["zh", "en"]
period = { start = 2024, end = 2035 }
checkpoints = [2027, 2035]
matrix = { rows = "goal", columns = "action" }
[[level]]
id = "goal"
role = "goal"
mark = "G"
label = { zh = "目标", en = "Goal" }
[[level]]
id = "action"
role = "action"
mark = "A"
label = { zh = "行动", en = "Action" }
[[level]]
id = "indicator"
role = "metric"
mark = "i"
label = { zh = "指标", en = "Indicator" }
[[source]]
id = "report"
title = { zh = "年报", en = "Yearly report" }
publisher = { zh = "甲", en = "A" }
date = 2025-02-28
grade = "A"
standing = "other-plan"
[[goal]]
id = "g1"
level = "goal"
title = { zh = "公平", en = "Fairness" }
[[goal]]
id = "g2"
level = "goal"
title = { zh = "质量", en = "Quality" }
[[action]]
id = "a1"
level = "action"
title = { zh = "扩大", en = "Widen" }
serves = ["g1"]
[[metric]]
id = "a1.v1"
level = "indicator"
parent = "a1"
title = { zh = "覆盖率", en = "Coverage" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
baseline = { year = 2024, value = 63.5, source = "report", at = "p. 3" }
observed = [{ year = 2025, value = 64.25, source = "report" }]
target = [{ year = 2035, value = 75, source = "report" }]
official = { status = "on-track", source = "report" }
[[metric]]
id = "a1.v4"
level = "indicator"
parent = "a1"
title = { zh = "辍学率", en = "Drop-out rate" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "decrease"
baseline = { year = 2024, value = 4.0 }
observed = [{ year = 2026, value = 3.4 }]
target = [{ year = 2035, value = 0.5 }]
[[action]]
id = "a2"
level = "action"
title = { zh = "未连", en = "Unlinked" }
period = { start = 2024, end = 2027 }
[[metric]]
id = "a2.v8"
level = "indicator"
parent = "a2"
title = { zh = "教共体", en = "Communities" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
observed = [{ announced = 2025-10-20, value = 85 }]
target = [{ on = "2028-02", value = 90 }]
"#;

fn home() -> Home {
    let home = Home::new();
    home.write("judged.toml", PLAN);
    home
}

fn run(home: &Home, line: &str) -> super::support::Ran {
    home.run(&format!("--plan judged.toml --author li --as-of 2027-06-01 {line}"))
}

/// Writes as of now.
fn write(home: &Home, line: &str) {
    home.run(&format!("--plan judged.toml --author li {line}")).ok();
}

#[rstest]
#[case("2025-02-28", true)]
#[case("2025-02-27", false)]
fn a_report_as_of_a_day_has_no_official_verdict_dated_later(#[case] as_of: &str, #[case] stated: bool) {
    let line = format!("export a1.v1 --format md --report full --plan judged.toml --lang en --as-of {as_of}");
    let report = home().run(&line).ok();
    assert_eq!(report.contains("official verdict"), stated, "{report}");
    assert_eq!(report.contains("Yearly report"), stated, "{report}");
}

#[test]
fn a_verdict_is_followed_back_to_its_figures_and_sources() {
    let home = home();
    let out = run(&home, "explain a1.v1").ok();
    for line in [
        "~ needs-acceleration",
        "at this pace reaches 75 in May 2040, 4.3 years late; must run 1.43 times as fast",
        "pace: ρ ≥ 0.95 + · ≥ 0.6 ~ · ≥ 0 - · < 0 v",
        "63.5%",
        "Yearly report (2025-02-28) p. 3 [A]",
        "expected by then (a straight path is assumed): 63.5 + (75 − 63.5) × 1 / 11 = 64.5455", // 63.5 + 11.5 / 11
        "pace: (64.25 − 63.5) / (64.5455 − 63.5) = 0.717",
        "arrival at this pace: 2026 + (75 − 64.25) / 0.75 = 2040.3",
        "R = 0.775",
        "λ = 0.761",
        "the one used",
        "! provisional",
        "official",
        "the verdict a source states is another",
    ] {
        assert!(out.contains(line), "{line} is missing in\n{out}");
    }
}

#[test]
fn each_language_says_it_and_both_say_it_twice() {
    let home = home();
    let zh = run(&home, "explain a1.v1 --lang zh").ok();
    assert!(zh.contains("按此速度2040年5月达到75，晚4.3年；速度须为现在的1.43倍"), "{zh}");
    assert!(zh.contains("所用数值") && !zh.contains("at this pace"), "{zh}");
    let both = run(&home, "explain a1.v1 --lang both").ok();
    assert!(both.contains("按此速度") && both.contains("at this pace reaches 75"), "{both}");
}

#[test]
fn explain_answers_as_the_contract_says() {
    let home = home();
    let answer = run(&home, "explain a1.v1 --json").json();
    assert_eq!(
        (&answer["id"], &answer["status"], &answer["rule"]),
        (&json!("a1.v1"), &json!("needs-acceleration"), &json!("pace"))
    );
    let step = |name: &str| {
        answer["steps"].as_array().unwrap().iter().find(|step| step["name"] == name).unwrap().clone()
    };
    assert_eq!(step("P")["formula"], "(64.25 − 63.5) / (75 − 63.5)");
    assert_eq!(step("P")["value"], 0.065217); // .75 / 11.5
    assert_eq!(step("q/r")["value"], 1.433333); // 1.075 / .75
    let near = |rule: &str, expected: f64| {
        let value = answer["by_rule"][rule]["value"].as_f64().unwrap();
        assert!((value - expected).abs() < 0.0005, "{rule}: {value}");
    };
    near("pace", 0.717);
    near("opensdg", 0.775);
    near("projection", 0.761);
    assert_eq!(answer["flags"], json!(["provisional", "official-differs"]));
    assert_eq!(answer["figures"]["baseline"]["source"], "report");
    assert_eq!(answer["verdicts"]["official"], json!({"status": "on-track", "source": "report"}));
    let bare = run(&home, "explain a2.v8 --json").json();
    assert_eq!(
        (&bare["status"], &bare["by_rule"]["pace"]["value"], &bare["figures"]["baseline"]),
        (&json!("no-baseline"), &json!(null), &json!(null))
    );
}

#[test]
fn what_people_judge_says_who_did_and_computes_nothing() {
    let home = home();
    write(&home, "annotate a2 --status limited --reason late");
    let out = home.run("--plan judged.toml explain a2").ok();
    for part in [
        "goals and actions are judged by people: nothing is computed",
        "li",
        "- limited",
        "late",
        "no average",
    ] {
        assert!(out.contains(part), "{part} is missing in\n{out}");
    }
    let answer = home.run("--plan judged.toml explain a2 --json").json();
    assert_eq!((&answer["status"], &answer["state"]), (&json!(null), &json!("limited")));
    assert_eq!(answer["verdicts"]["people"][0]["reason"], "late");
    assert_eq!(answer["rollup"]["leaves"], 1);
}

#[rstest] // V4: ρ = .943, R = .453, λ = .675
#[case("", "needs-acceleration", "pace")]
#[case("--rule opensdg ", "limited", "opensdg")]
#[case("--rule projection ", "needs-acceleration", "projection")]
fn the_rule_decides_everywhere(#[case] flag: &str, #[case] state: &str, #[case] rule: &str) {
    let home = home();
    let answer = run(&home, &format!("{flag}explain a1.v4 --json")).json();
    assert_eq!((&answer["status"], &answer["rule"]), (&json!(state), &json!(rule)));
    let shown = run(&home, &format!("{flag}show a1.v4 --json")).json();
    assert_eq!((&shown["state"], &shown["metric"]["assessment"]["rule"]), (&json!(state), &json!(rule)));
    let status = run(&home, &format!("{flag}status --json")).json();
    assert_eq!(status["rule"], rule);
    assert!(run(&home, &format!("{flag}tree")).ok().contains(state));
    assert!(run(&home, &format!("{flag}status")).ok().contains(&format!("rule: {rule}: ")));
    let export = run(&home, &format!("{flag}export --format json")).json();
    assert_eq!(export["rule"]["id"], rule);
}

#[test]
fn an_unknown_rule_is_a_usage_error() {
    let failed = home().run("--rule speed status").failed(2);
    assert!(failed.contains("speed"), "{failed}");
}

const OWN_RULE: &str = "[[rule]]\nid = \"ours\"\ntitle = { en = \"City scale\" }\nnumber = \"lead\"\non_track = -5\nneeds_acceleration = -20\nlimited = -40\nwords = [{ en = \"fine\" }, { en = \"slow\" }, { en = \"late\" }, { en = \"very late\" }]\nsteps = \"all-but-hold\"\n";

#[test]
fn a_plan_brings_its_own_rule_set() {
    let home = home();
    home.write("judged.toml", format!("{PLAN}\n{OWN_RULE}"));
    assert_eq!(home.run("check judged.toml").code, 0);
    let found = run(&home, "explain a1.v1 --rule ours --json").json();
    // V1: D −2.6 is above −5.
    assert_eq!((&found["rule"], &found["cuts"]), (&json!("ours"), &json!([-5.0, -20.0, -40.0])));
    assert_eq!(found["status"], "on-track");
    assert_eq!(found["by_rule"]["ours"]["class"]["en"], "fine");
    let plain = run(&home, "explain a1.v1 --json").json();
    assert_eq!((&plain["rule"], &plain["by_rule"]["ours"]["status"]), (&json!("pace"), &json!("on-track")));
    let unknown = run(&home, "--rule speed status").failed(2);
    assert!(unknown.contains("pace, xushi, opensdg, projection, ours"), "{unknown}");
}

#[rstest]
#[case("needs_acceleration = -20", "needs_acceleration = 0", "do not fall")]
#[case("steps = \"all-but-hold\"", "steps = \"none\"", "compound-ratio")]
#[case("id = \"ours\"", "id = \"pace\"", "built-in")]
#[case(", { en = \"very late\" }", "", "four classes")]
fn a_rule_set_that_does_not_hold_together_is_reported(
    #[case] from: &str,
    #[case] to: &str,
    #[case] said: &str,
) {
    let home = home();
    home.write("judged.toml", format!("{PLAN}\n{}", OWN_RULE.replace(from, to)));
    let found = home.run("check judged.toml");
    assert!(found.code == 1 && found.out.contains(said), "{}", found.out);
}

#[test]
fn trends_are_found_and_explained() {
    let home = home();
    let found = run(&home, "find trend:better --json").json();
    assert!(found["hits"].as_array().is_some_and(|hits| !hits.is_empty()), "{found}");
    let explained = run(&home, "explain a1.v1 --json").json();
    assert_eq!(explained["trend"]["turn"], "better");
}

#[test]
fn check_warns_of_an_actual_dated_ahead() {
    let home = home();
    let ahead = "[[metric]]\nid = \"typo\"\nlevel = \"indicator\"\ntitle = { en = \"Typo\" }\nmeasure = \"percentage\"\nunit = { en = \"%\" }\ndirection = \"increase\"\nobserved = [{ year = 2129, value = 70.5 }]\n";
    home.write("judged.toml", format!("{PLAN}\n{ahead}"));
    let out = home.run("check judged.toml").out;
    assert!(out.contains("W12") && out.contains("typo refers to 2129"), "{out}");
}

#[test]
fn the_matrix_counts_and_names_what_is_empty() {
    let home = home();
    let answer = run(&home, "matrix --json").json();
    assert_eq!((&answer["rows"], &answer["columns"]), (&json!(["g1", "g2"]), &json!(["a1", "a2"])));
    assert_eq!(
        answer["cells"][0][0],
        json!({"nodes": 2, "by_state": {"needs-acceleration": 2}, "linked": true})
    );
    assert_eq!(answer["cells"][1][0], json!({"nodes": 0, "by_state": {}, "linked": false}));
    assert_eq!((&answer["empty_rows"], &answer["empty_columns"]), (&json!(["g2"]), &json!(["a2"])));
    let out = run(&home, "matrix").ok();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "           a1  a2  total",
            "Fairness  2/2   ·      2",
            "Quality     ·   ·      0",
            "total       2   0"
        ]
    );
    assert!(out.contains("“Quality” (g2) is linked with no node of the level “Action”"), "{out}");
    assert!(out.contains("“Unlinked” (a2) is linked with no node of the level “Goal”"), "{out}");
    let zh = run(&home, "matrix --lang zh").ok();
    assert!(zh.contains("“质量”（g2）与任何“行动”都没有关联"), "{zh}");
}

#[test]
fn other_levels_can_be_crossed_and_unknown_ones_are_refused() {
    let home = home();
    let answer = run(&home, "matrix --rows action --columns goal --json").json();
    assert_eq!(answer["cells"][0][0]["nodes"], 2);
    let failed = run(&home, "matrix --rows stages").failed(2);
    assert!(failed.contains("goal, action, indicator"), "{failed}");
    let none = home.run("--plan small.toml matrix").failed(2);
    assert!(none.contains("--rows and --columns"), "{none}");
}

#[test]
fn status_opens_with_the_plan_at_a_glance() {
    let home = home();
    let out = run(&home, "status").ok();
    // Goals 2, actions 2 and two metrics are the plan's own; the first metric's target is of another plan.
    for line in [
        "                      all  own  implementing  other\n",
        "commitments             7    6             0      1\n",
        "nothing has been reviewed yet",
        "a2.v8 · target",
        "its period ends",
    ] {
        assert!(out.contains(line), "{line} is missing in\n{out}");
    }
    let answer = run(&home, "status --json").json();
    let own = &answer["dashboard"]["own"];
    assert_eq!(
        (&own["commitments"], &own["with_number"], &own["can_be_judged"]),
        (&json!(6), &json!(2), &json!(1))
    );
    assert_eq!(answer["dashboard"]["other"]["can_be_judged"], 1);
    let due: Vec<_> = answer["dashboard"]["due"]
        .as_array()
        .unwrap()
        .iter()
        .map(|due| (due["id"].clone(), due["date"].clone()))
        .collect();
    assert_eq!(due, [(json!("a2"), json!("2027")), (json!("a2.v8"), json!("2028-02"))]);
    assert!(run(&home, "status a1 --json").json().get("dashboard").is_none());
}

#[test]
fn a_series_break_splits_the_trend_from_its_recording_on() {
    let home = home();
    write(&home, "annotate a1.v1 --series-break 2025-06");
    let split = home.run("--plan judged.toml explain a1.v1 --json").json();
    assert_eq!(split["status"], "no-baseline");
    let text = home.run("--plan judged.toml explain a1.v1").ok();
    assert!(
        text.contains("after Jun 2025 the series counts something else") && text.contains("· li"),
        "{text}"
    );
    assert!(text.contains("— the series counts something else since the baseline"), "{text}");
    let before = home.run("--plan judged.toml --as-of 2026-01-15 explain a1.v1 --json").json();
    assert_eq!(before["status"], "needs-acceleration");
    home.run("--plan judged.toml --author li undo").ok();
    assert_eq!(home.run("--plan judged.toml explain a1.v1 --json").json()["status"], "needs-acceleration");
}

#[rstest]
#[case("annotate a1 --series-break 2025", "is no metric")]
#[case("annotate a1.v1 --series-break soon", "2025-10-20")]
fn a_series_break_needs_a_metric_and_a_time(#[case] line: &str, #[case] part: &str) {
    let failed = home().run(&format!("--plan judged.toml --author li {line}")).failed(2);
    assert!(failed.contains(part), "{failed}");
}

#[test]
fn show_draws_the_figures_before_it_lists_them() {
    let home = home();
    let out = run(&home, "show a1.v1 --ascii").ok();
    let dial = out.find("B 63.5 ==").expect("the dial");
    let chart = out.find("75 +").expect("the chart");
    let heading = out.find("\nValues\n").expect("the heading");
    let figures = out.find("\nbaseline").expect("the figures");
    assert!(dial < heading && heading < chart && chart < figures, "{out}");
    let unicode = run(&home, "show a1.v1").ok();
    assert!(unicode.contains("━━A") && unicode.contains('┤'), "{unicode}");
    let latin = home.run_with(&[("LANG", "en_US.ISO-8859-1")], "--plan judged.toml show a1.v1").ok();
    assert!(latin.contains("B 63.5 =="), "{latin}");
    assert!(!run(&home, "show a1").ok().contains("B ?"));
}

#[test]
fn what_changed_since_the_last_review_is_told_with_both_states() {
    let home = home();
    let journal =
        |name: &str, lines: &[String]| home.write(&format!("j/{name}.jsonl"), lines.join("\n") + "\n");
    let line = |seq: u32, at: &str, event: &str| {
        format!(
            r#"{{"v":1,"id":"0190a5f0-0000-7000-8000-00000000000{seq}","seq":{seq},"at":"{at}","by":"li","plan":"judged","session":null,"events":[{event}]}}"#
        )
    };
    let status = |node: &str, state: &str| {
        format!(r#"{{"event":"status","node":"{node}","status":"{state}","reason":null}}"#)
    };
    let reviewed = r#"{"event":"reviewed","node":"a1","outcome":"unchanged","until":null,"seconds":4}"#;
    journal(
        "li",
        &[
            line(1, "2026-01-05T10:00:00+08:00", &status("a1", "on-track")),
            line(2, "2026-02-05T10:00:00+08:00", reviewed),
            line(3, "2026-03-05T10:00:00+08:00", &status("a1", "limited")),
            line(4, "2026-03-06T10:00:00+08:00", &status("a2", "limited")),
            line(5, "2026-03-07T10:00:00+08:00", &status("a2", "achieved")),
        ],
    );
    let out = run(&home, "--journal j status").ok();
    assert!(out.contains("last review  2026-02-05"), "{out}");
    assert!(out.contains("a1 · + on-track → - limited · 1 record"), "{out}");
    assert!(out.contains("a2 · not-judged → ✓ achieved · 2 records"), "{out}");
    let answer = run(&home, "--journal j status --json").json();
    let changes = answer["dashboard"]["changes"].as_array().unwrap().iter();
    assert_eq!(changes.map(|change| change["id"].clone()).collect::<Vec<_>>(), [json!("a2"), json!("a1")]);
}

#[test]
fn settings_bring_rule_sets_of_their_own_and_a_plans_own_comes_first() {
    let home = home();
    let of_settings = OWN_RULE.replace("[[rule]]", "[[rules]]");
    home.write(".config/plan158/config.toml", format!("rule = \"ours\"\n{of_settings}"));
    let found = run(&home, "explain a1.v1 --json").json();
    assert_eq!((&found["rule"], &found["cuts"]), (&json!("ours"), &json!([-5.0, -20.0, -40.0])));
    assert_eq!(found["by_rule"]["ours"]["class"]["en"], "fine");
    // A plan that calls one of its own the same is judged by that.
    home.write("judged.toml", format!("{PLAN}\n{}", OWN_RULE.replace("on_track = -5", "on_track = -1")));
    let found = run(&home, "explain a1.v1 --json").json();
    assert_eq!(found["cuts"], json!([-1.0, -20.0, -40.0]));
}

#[rstest]
#[case("needs_acceleration = -20", "needs_acceleration = 0", "do not fall")]
#[case("number = \"lead\"", "number = \"speed\"", "speed")]
#[case("id = \"ours\"\n", "", "id")]
#[case("on_track = -5", "ontrack = -5", "on_track")]
fn a_rule_set_of_the_settings_that_does_not_hold_together_is_left_out_with_its_line(
    #[case] from: &str,
    #[case] to: &str,
    #[case] said: &str,
) {
    let home = home();
    let rules = OWN_RULE.replace("[[rule]]", "[[rules]]").replace(from, to);
    home.write(".config/plan158/config.toml", rules);
    let found = home.run("--plan judged.toml tree");
    assert_eq!(found.code, 0);
    let line = found.err.lines().find(|line| line.contains(said)).unwrap_or_else(|| panic!("{}", found.err));
    assert!(line.contains("config.toml:"), "{line}");
    assert!(home.run("--plan judged.toml --rule ours tree").code == 2);
}

#[test]
fn shells_complete_the_names_of_rule_sets() {
    let script = home().run("completions bash").ok();
    assert!(script.contains("pace xushi opensdg projection"), "{script}");
}
