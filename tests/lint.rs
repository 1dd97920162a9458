//! Lint: each rule on a small plan that meets it and one that does not, what is asked together, waivers, and
//! the 158N plan's own questions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::fs;

use jiff::civil::date;
use plan158::plan::Plan;
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{PlanSource, load};
use plan158::progress::lint::{LintReport, LintRule, lint};
use plan158::progress::{Judge, RuleRef as RuleSet};
use plan158::text::Ui;
use rstest::rstest;

const HEAD: &str = r#"
format = 1
id = "small"
title = { zh = "小规划", en = "Small plan" }
languages = ["zh", "en"]
period = { start = 2024, end = 2035 }
level = [
    { id = "goal", role = "goal", mark = "G", label = { zh = "目标", en = "Goal" } },
    { id = "action", role = "action", mark = "A", label = { zh = "行动", en = "Action" } },
    { id = "metric", role = "metric", mark = "i", label = { zh = "指标", en = "Indicator" } },
]
source = [
    { id = "plan", title = { zh = "规划", en = "Plan" }, standing = "plan" },
    { id = "other", title = { zh = "另一规划", en = "Other plan" }, standing = "other-plan" },
    { id = "news", title = { zh = "报道", en = "Report" }, standing = "report" },
]

[[goal]]
id = "root"
level = "goal"
title = { zh = "总目标", en = "Overall goal" }
period = { start = 2024, end = 2035 }
office = { zh = "市教委", en = "Education Commission" }

[[action]]
id = "a1"
level = "action"
parent = "root"
title = { zh = "行动一", en = "Action one" }
period = { start = 2024, end = 2027 }
"#;

/// A metric with everything an evaluation needs.
const METRIC: &str = r#"
[[metric]]
id = "m"
level = "metric"
parent = "a1"
title = { zh = "覆盖率", en = "Coverage" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
stat = "stock"
baseline = { year = 2024, value = 60, source = "plan" }
target = [{ year = 2027, value = 70, source = "plan" }, { year = 2035, value = 80, source = "plan" }]
"#;

fn plan(text: &str) -> Plan {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plan.toml");
    fs::write(&path, text).unwrap();
    let loaded = load(&PlanSource::Path(path)).unwrap();
    assert_eq!(loaded.errors(), 0, "{:?}", loaded.diagnostics);
    loaded.plan
}

fn report(plan: &Plan, scope: Option<&str>) -> LintReport {
    let judge = Judge::new(plan, RuleSet::PACE, AsOf::now(date(2026, 11, 23)));
    lint(&judge, scope.map(|id| plan.tree.find(id).unwrap()))
}

/// Codes of the questions that ask about a node.
fn asked(plan: &Plan, id: &str) -> Vec<&'static str> {
    let node = plan.tree.find(id).unwrap();
    let mut codes: Vec<_> = report(plan, None)
        .questions
        .iter()
        .filter(|question| question.about.contains(&node))
        .map(|question| question.rule.code())
        .collect();
    codes.sort_unstable();
    codes
}

#[test]
fn a_plan_that_says_everything_is_asked_nothing() {
    let plan = plan(&format!("{HEAD}{METRIC}"));
    let report = report(&plan, None);
    assert_eq!(report.questions, []);
    assert_eq!(report.commitments.len(), 3);
    assert!(report.commitments.iter().all(|own| own.score() == Some(1.0)));
}

#[rstest]
#[case::no_number("measure = \"percentage\"", "measure = \"qualitative\"", "root", "L01")]
#[case::no_baseline("baseline = { year = 2024, value = 60, source = \"plan\" }\n", "", "m", "L02")]
#[case::no_unit("unit = { zh = \"%\", en = \"%\" }", "unit = { zh = \"\", en = \"\" }", "m", "L04")]
#[case::in_words(
    "year = 2035, value = 80",
    "year = 2035, label = { zh = \"显著提升\", en = \"Much better\" }",
    "m",
    ""
)]
#[case::met("value = 60", "value = 71", "m", "L09")]
#[case::met_exactly("value = 60", "value = 70", "m", "L09")]
#[case::more_than_the_baseline("value = 60", "value = 69.4", "m", "")]
#[case::hardly_above("value = 60", "value = 69.5", "m", "L12")]
#[case::backwards("value = 80", "value = 65", "m", "L11")]
#[case::above_hundred("value = 80", "value = 105", "m", "L10")]
#[case::gross_above_hundred(
    "stat = \"stock\"",
    "stat = \"stock\"\ngross = true\nobserved = [{ year = 2025, value = 105 }]",
    "m",
    ""
)]
#[case::maintained(
    "direction = \"increase\"\nstat = \"stock\"\nbaseline = { year = 2024, value = 60",
    "direction = \"maintain\"\nstat = \"stock\"\nbaseline = { year = 2024, value = 70",
    "m",
    ""
)]
#[case::falling_wanted("direction = \"increase\"", "direction = \"decrease\"", "m", "L09 L11")]
#[case::undated(
    "target = [{ year = 2027, value = 70, source = \"plan\" }, { year = 2035, value = 80, source = \"plan\" }]",
    "target = [{ undated = true, value = 70, source = \"plan\" }]",
    "m",
    "L13"
)]
#[case::some_dated("{ year = 2035, value = 80", "{ undated = true, value = 80", "m", "")]
#[case::change_in_per_cent("measure =", "summary = { zh = \"上升5%\", en = \"Up\" }\nmeasure =", "m", "L08")]
#[case::change_in_points(
    "measure =",
    "summary = { zh = \"上升5个百分点\", en = \"Up 5 points\" }\nmeasure =",
    "m",
    ""
)]
#[case::rank_among_nobody("measure = \"percentage\"", "measure = \"rank\"", "m", "L06 L09 L11")]
#[case::rank(
    "measure = \"percentage\"\nunit = { zh = \"%\", en = \"%\" }\ndirection = \"increase\"\nstat = \"stock\"\nbaseline = { year = 2024, value = 60, source = \"plan\" }\ntarget = [{ year = 2027, value = 70, source = \"plan\" }, { year = 2035, value = 80, source = \"plan\" }]",
    "measure = \"rank\"\namong = { zh = \"西部\", en = \"the west\" }\nunit = { zh = \"位\", en = \"rank\" }\ndirection = \"increase\"\nbaseline = { year = 2024, value = 5 }\ntarget = [{ year = 2027, value = 3 }, { year = 2035, value = 1 }]",
    "m",
    ""
)]
#[case::no_office("office = { zh = \"市教委\", en = \"Education Commission\" }\n", "", "root", "L05")]
#[case::no_date(
    "title = { zh = \"行动一\", en = \"Action one\" }\nperiod = { start = 2024, end = 2027 }\n",
    "title = { zh = \"行动一\", en = \"Action one\" }\n",
    "a1",
    ""
)]
fn a_rule_is_broken_by_what_it_names_and_by_nothing_else(
    #[case] from: &str,
    #[case] to: &str,
    #[case] node: &str,
    #[case] expected: &str,
) {
    let whole = format!("{HEAD}{METRIC}");
    assert!(whole.contains(from), "{from}");
    let mut text = whole.replacen(from, to, 1);
    if to.contains("qualitative") {
        for (number, word) in [("60", "甲"), ("70", "乙"), ("80", "丙")] {
            text = text.replace(
                &format!("value = {number}"),
                &format!("label = {{ zh = \"{word}\", en = \"word\" }}"),
            );
        }
    }
    assert_eq!(asked(&plan(&text), node).join(" "), expected);
}

#[rstest]
#[case("高质量体系基本形成", "A system basically formed", &["L01", "L03", "L07", "L15"])]
#[case("进入西部前列", "Among the leaders of the west", &["L01", "L03", "L06", "L15"])]
#[case("建成实验学校", "Experimental schools built", &["L01", "L03", "L15"])]
fn a_goal_that_stands_alone_is_asked_what_it_lacks(
    #[case] zh: &str,
    #[case] en: &str,
    #[case] expected: &[&str],
) {
    let goal = format!(
        "\n[[goal]]\nid = \"g\"\nlevel = \"goal\"\nparent = \"root\"\ntitle = {{ zh = \"{zh}\", en = \"{en}\" }}\n"
    );
    assert_eq!(asked(&plan(&format!("{HEAD}{METRIC}{goal}")), "g"), expected);
}

#[test]
fn a_number_answers_for_a_goal_whose_words_cannot_be_tested() {
    let goal = "\n[[goal]]\nid = \"g\"\nlevel = \"goal\"\nparent = \"root\"\ntitle = { zh = \"显著提升\", en = \"Much better\" }\n";
    let metric = METRIC.replace("measure =", "serves = [\"g\"]\nmeasure =");
    assert_eq!(asked(&plan(&format!("{HEAD}{metric}{goal}")), "g"), Vec::<&str>::new());
}

#[test]
fn another_plans_target_answers_for_that_plan_only() {
    let metric = METRIC.replace("source = \"plan\"", "source = \"other\"");
    let plan = plan(&format!("{HEAD}{metric}"));
    assert_eq!((asked(&plan, "root"), asked(&plan, "a1")), (vec!["L01"], vec!["L01"]));
    assert_eq!(asked(&plan, "m"), Vec::<&str>::new());
}

fn action(id: &str, parent: &str, more: &str) -> String {
    format!(
        "\n[[action]]\nid = \"{id}\"\nlevel = \"action\"\nparent = \"{parent}\"\ntitle = {{ zh = \"{id}\", en = \"{id}\" }}\n{more}\n"
    )
}

#[test]
fn what_is_only_reported_is_no_commitment_and_party_building_is_left_to_people() {
    let reported = action("a1.x", "a1", "evidence = [{ source = \"news\" }]");
    let stated = action("a1.y", "a1", "evidence = [{ source = \"plan\" }, { source = \"news\" }]");
    let people = action("a2", "root", "judge = false");
    let plan = plan(&format!("{HEAD}{METRIC}{reported}{stated}{people}"));
    let report = report(&plan, None);
    assert_eq!((report.practices, report.left_to_people), (1, 1));
    assert_eq!(asked(&plan, "a1.x"), Vec::<&str>::new());
    assert_eq!(asked(&plan, "a1.y"), ["L01", "L03", "L14"]);
    assert_eq!(asked(&plan, "a2"), Vec::<&str>::new());
}

#[test]
fn identical_questions_are_asked_once_for_a_parent_or_for_all_below_a_node() {
    let plan = plan(&format!(
        "{HEAD}{METRIC}{}{}{}{}",
        action("b", "root", ""),
        action("b.x", "b", ""),
        action("b.y", "b", ""),
        action("a1.z", "a1", ""),
    ));
    let report = report(&plan, None);
    let numbers: Vec<_> = report.questions.iter().filter(|own| own.rule == LintRule::NoNumber).collect();
    let keys = |ids: &[_]| ids.iter().map(|id| plan.tree.node(*id).key.to_string()).collect::<Vec<_>>();
    // b and both below it lack a number: one question about b, which covers three. a1.z stands alone under
    // a1.
    assert_eq!(
        numbers.iter().map(|own| (keys(&own.about), own.covers)).collect::<Vec<_>>(),
        [(vec!["b".to_owned()], 3), (vec!["a1.z".to_owned()], 1),]
    );
    assert!(numbers[0].reason.en.contains("2 more below") && numbers[0].reason.zh.contains("另有2项"));
    assert!(numbers[0].question.zh.contains("“b”"), "{}", numbers[0].question.zh);
}

#[test]
fn a_waiver_sets_its_rule_aside_with_its_reason_on_the_node_and_below() {
    let lone = action("a1.z", "a1", "");
    let waived =
        "waive = [{ rule = \"L01\", reason = \"只作说明\" }, { rule = \"L99\", reason = \"笔误\" }]\n";
    let head = HEAD.replace("title = { zh = \"行动一\"", &format!("{waived}title = {{ zh = \"行动一\""));
    let plan = plan(&format!("{head}{METRIC}{lone}"));
    assert_eq!(asked(&plan, "a1.z"), ["L03", "L14"]);
    let report = report(&plan, None);
    let [waived] = &report.waived[..] else { panic!("{:?}", report.waived) };
    assert_eq!((&*waived.rule, &*waived.reason, waived.findings), ("L01", "只作说明", 1));
    let [unknown] = &report.unknown[..] else { panic!("{:?}", report.unknown) };
    assert_eq!(&*unknown.rule, "L99");
    // A waived rule does not count against the score, nor for it: L03, L05, L07, L14 apply, L05 and L07 are
    // met.
    let own = report.commitments.iter().find(|own| own.node == plan.tree.find("a1.z").unwrap()).unwrap();
    assert_eq!((own.score(), &own.waived[..]), (Some(0.5), &[LintRule::NoNumber][..]));
}

#[test]
fn a_waiver_of_every_rule_takes_its_nodes_out_of_the_scores() {
    let lone = action("b", "root", "waive = [{ rule = \"*\", reason = \"另案\" }]");
    let plan = plan(&format!("{HEAD}{METRIC}{lone}"));
    let report = report(&plan, None);
    assert_eq!((report.set_aside, report.commitments.len(), report.questions.len()), (1, 3, 0));
}

#[test]
fn what_was_published_later_does_not_answer_on_an_earlier_day() {
    let head = HEAD.replace(
        "title = { zh = \"规划\", en = \"Plan\" }",
        "title = { zh = \"规划\", en = \"Plan\" }, date = 2025-02-28",
    );
    let plan = plan(&format!("{head}{METRIC}"));
    let on = |day| lint(&Judge::new(&plan, RuleSet::PACE, AsOf::on(day)), None);
    assert_eq!(on(date(2025, 2, 28)).questions.len(), 0);
    assert!(on(date(2025, 2, 27)).questions.iter().any(|own| own.rule == LintRule::NoNumber));
}

#[test]
fn a_scope_asks_only_about_what_is_in_it() {
    let plan = plan(&format!("{HEAD}{METRIC}{}", action("b", "root", "")));
    let inside = report(&plan, Some("a1"));
    assert!(inside.questions.is_empty());
    assert_eq!(inside.commitments.len(), 2);
}

fn bundled() -> Plan {
    load(&PlanSource::Bundled).unwrap().plan
}

#[test]
fn the_158n_plan_is_asked_what_a_researcher_would_ask() {
    let plan = bundled();
    let report = report(&plan, None);
    let find = |rule: LintRule, id: &str| {
        let node = plan.tree.find(id).unwrap();
        report.questions.iter().position(|own| own.rule == rule && own.about.contains(&node))
    };
    // 中西部前列 by 2027 against 西部第一方阵 claimed for 2024.
    let hardly =
        find(LintRule::HardlyAboveBaseline, "s2027.overall.standing").expect("hardly above its baseline");
    let reason = &report.questions[hardly].reason;
    assert!(reason.zh.contains("西部第一方阵") && reason.zh.contains("中西部前列"), "{}", reason.zh);
    // 100 institutions and programmes without a year; ten colleges striven for.
    assert!(find(LintRule::UndatedTarget, "a7.cooperative-education.count").is_some());
    assert!(find(LintRule::UndatedTarget, "a4.new-double-high").is_some());
    // 90 % of school communities without a baseline.
    assert!(find(LintRule::NoBaseline, "a2.school-communities").is_some());
    // 基本形成.
    assert!(find(LintRule::Untestable, "s2027.overall.system").is_some());
    assert!(find(LintRule::NoComparator, "root.standing").is_some());
    // Nobody's office is known: one question, not one for each node.
    let offices: Vec<_> = report.questions.iter().filter(|own| own.rule == LintRule::NoOffice).collect();
    assert_eq!(offices.len(), 1);
    assert!(offices[0].covers > 50);
    // The national outline is waived, with the reason.
    assert!(
        report
            .waived
            .iter()
            .any(|own| plan.tree.node(own.node).key.as_str() == "nat" && !own.reason.is_empty())
    );
    assert_eq!(report.unknown, []);
    // A person reads it in one sitting.
    assert!(report.questions.len() < 70, "{}", report.questions.len());
}

#[test]
fn no_question_of_the_158n_plan_touches_what_is_left_to_people() {
    let plan = bundled();
    for question in report(&plan, None).questions {
        for id in question.about {
            let node = plan.tree.node(id);
            assert_eq!(node.judging(), plan158::plan::node::Judging::Computed, "{}", node.key);
        }
    }
}

#[test]
fn the_page_on_lint_holds_the_table_of_rules_as_it_is() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lint.md");
    let page = fs::read_to_string(path).unwrap();
    for ui in [Ui::En, Ui::Zh] {
        let table = plan158::cli::lint::rules_table(ui);
        assert!(
            page.contains(&table),
            "docs/lint.md is stale: put in what `plan158 lint --rules` prints\n{table}"
        );
    }
}
