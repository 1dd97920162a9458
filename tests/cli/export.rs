//! `export --format json`: the contract of `docs/json-format.md`, files, as-of.

use rstest::rstest;
use serde_json::{Value, json};
use std::fs;

use super::support::Home;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_key_of_the_contract_is_there() {
    let export = Home::new().run("export --format json --plan small.toml --lang both").json();
    let head = "format tool as_of scope filter lang plan journal as_of_named as_of_end digest rule nodes orphans sources";
    assert_eq!(keys(&export).join(" "), head);
    assert_eq!(keys(&export["plan"]), ["id", "title", "period", "hash", "errors"]);
    assert_eq!(keys(&export["journal"]), ["hash", "records", "upto", "older"]);
    assert_eq!(
        keys(&export["rule"]),
        ["id", "cuts", "number", "steps", "name", "words", "provisional_below", "source"]
    );
    // The keys of the contract in its order, then those that have joined.
    let node = "id aliases parent role level depth title summary tags serves served_by attribute period office evidence state metric \
        annotation rollup links commitment parent_basis former_titles members claim among conflicts judge terms waive title_short";
    for each in export["nodes"].as_array().unwrap() {
        assert_eq!(keys(each).join(" "), node);
    }
    let metric = &export["nodes"][2]["metric"];
    let of_metric = "measure unit direction values assessment stat comparators official trend distances gross tolerance limit base scale breaks part_of where";
    assert_eq!(keys(metric).join(" "), of_metric);
    let value = "kind year on announced period value to label bound source at grade basis note by published when_basis undated increment \
        force stage also id";
    for each in metric["values"].as_array().unwrap() {
        assert_eq!(keys(each).join(" "), value);
    }
}

#[test]
fn the_document_says_what_the_plan_says() {
    let export = Home::new().run("export --format json --plan small.toml --as-of 2026-01-01").json();
    assert_eq!(export["format"], 1);
    assert_eq!(export["tool"], concat!("plan158 ", env!("CARGO_PKG_VERSION")));
    assert_eq!((&export["as_of"], &export["lang"]), (&json!("2026-01-01"), &json!("en")));
    assert_eq!((&export["scope"], &export["filter"]), (&Value::Null, &Value::Null));
    assert_eq!(export["plan"]["id"], "small");
    assert_eq!(export["plan"]["title"], json!({"zh": "小规划", "en": "Small plan"}));
    assert_eq!(export["plan"]["period"], json!({"start": 2024, "end": 2035}));
    assert_eq!(export["plan"]["errors"], 0);
    assert_eq!(export["journal"]["records"], 0);
    let ids: Vec<&str> =
        export["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["root", "a1", "a1.share", "root.students"]);
    let action = &export["nodes"][1];
    assert_eq!(action["aliases"], json!(["act-one"]));
    assert_eq!(
        (&action["role"], &action["level"], &action["depth"]),
        (&json!("action"), &json!("action"), &json!(1))
    );
    assert_eq!(action["serves"], json!(["root"]));
    assert_eq!(export["nodes"][0]["served_by"], json!(["a1"]));
    assert_eq!(action["evidence"][0]["source"], "early");
    assert_eq!(action["evidence"][0]["at"], "s1.p2");
    assert_eq!(action["metric"], Value::Null);
}

#[test]
fn figures_keep_their_decimals_bounds_times_and_kinds() {
    let ran = Home::new().run("export a1.share --format json --plan small.toml");
    assert!(ran.out.contains("\"value\":95.20,"), "{}", ran.out);
    let export = ran.json();
    assert_eq!(export["scope"], "a1.share");
    let values = export["nodes"][0]["metric"]["values"].as_array().unwrap();
    let of =
        |index: usize, keys: &[&str]| keys.iter().map(|key| values[index][*key].clone()).collect::<Vec<_>>();
    assert_eq!(
        of(0, &["kind", "year", "grade", "bound"]),
        [json!("baseline"), json!(2024), json!("B"), json!("exact")]
    );
    assert_eq!(
        of(1, &["kind", "announced", "year", "grade", "bound"]),
        [json!("observed"), json!("2025-10-20"), Value::Null, json!("C"), json!("more-than")]
    );
    assert_eq!(of(2, &["kind", "on", "basis"]), [json!("target"), json!("2028-02"), json!("reported")]);
    assert_eq!(values[2]["note"], json!({"zh": "三年内", "en": "within three years"}));
    assert_eq!(of(3, &["undated", "increment", "force"]), [json!(true), json!(true), json!("strive")]);
}

#[test]
fn whole_amounts_are_whole_and_repeats_are_named() {
    let ran = Home::new().run("export root.students --format json --plan small.toml");
    assert!(ran.out.contains("\"value\":84000,"), "{}", ran.out);
    assert_eq!(ran.json()["nodes"][0]["metric"]["values"][0]["also"], json!(["late"]));
}

#[rstest]
#[case("2025-10-20", 4)]
#[case("2025-10-19", 3)]
#[case("2025-10-19T23:59:59+08:00", 3)]
#[case("2025-02-27", 0)]
fn as_of_hides_what_a_later_source_says(#[case] as_of: &str, #[case] values: usize) {
    let export =
        Home::new().run(&format!("export a1.share --format json --plan small.toml --as-of {as_of}")).json();
    assert_eq!(export["nodes"][0]["metric"]["values"].as_array().unwrap().len(), values);
}

#[rstest]
#[case("yesterday", "en", "2025-10-20T12:00:00+08:00")]
#[case("2025-02-30", "zh", "不是日期")]
#[case("2025", "en", "--as-of takes a date")]
fn an_as_of_that_is_no_date_is_a_usage_error(#[case] as_of: &str, #[case] lang: &str, #[case] said: &str) {
    let err = Home::new().run(&format!("tree --as-of {as_of} --lang {lang}")).failed(2);
    assert!(err.contains(as_of) && err.contains(said), "{err}");
}

#[test]
fn a_file_is_written_once_and_replaced_only_when_told() {
    let home = Home::new();
    home.run("export --format json --plan small.toml -o out.json").ok();
    let first = fs::read_to_string(home.path("out.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&first).unwrap()["plan"]["id"], "small");
    fs::write(home.path("out.json"), "mine").unwrap();
    let err = home.run("export --format json --plan small.toml -o out.json").failed(2);
    assert!(err.contains("out.json exists already") && err.contains("--force"), "{err}");
    assert_eq!(fs::read_to_string(home.path("out.json")).unwrap(), "mine");
    home.run("export --format json --plan small.toml -o out.json --force").ok();
    assert_eq!(fs::read_to_string(home.path("out.json")).unwrap(), first);
    let left: Vec<_> = fs::read_dir(home.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_file_that_cannot_be_written_is_said_with_its_place() {
    let home = Home::new();
    let err = home.run("export --format json --plan small.toml -o small.toml/out.json").failed(2);
    assert!(err.contains("cannot write small.toml/out.json"), "{err}");
    let err = home.run("export --plan small.toml -o no/such/out.json --lang zh").failed(2);
    assert!(err.contains("没有文件夹 no/such"), "{err}");
    let err = home.run("export --plan small.toml -o no/such/out.json").failed(2);
    assert!(err.contains("there is no folder no/such"), "{err}");
    fs::create_dir(home.path("out.json")).unwrap();
    let err = home.run("export --plan small.toml -o out.json --force").failed(2);
    assert!(err.contains("out.json is a folder"), "{err}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_takes_no_file_is_said() {
    // Not even the superuser may make a file there.
    let err = Home::new().run("export --plan small.toml -o /sys/out.json").failed(2);
    assert!(err.contains("the folder /sys cannot be written to"), "{err}");
}

#[test]
fn the_ending_of_the_file_says_the_format_and_one_against_it_is_refused() {
    let home = Home::new();
    home.run("export --plan small.toml -o out.docx").ok();
    assert!(fs::read(home.path("out.docx")).unwrap().starts_with(b"PK"));
    let err = home.run("export --format md --plan small.toml -o out.html").failed(2);
    assert!(err.contains("the format is md, but the file's name ends in .html"), "{err}");
    let err = home.run("export --plan small.toml -o out.pdf").failed(2);
    assert!(err.contains(".pdf is no format of exports"), "{err}");
    assert!(!home.path("out.html").exists() && !home.path("out.pdf").exists());
}

#[test]
fn the_whole_bundled_plan_is_one_document() {
    let export = Home::new().run("export --format json").json();
    let nodes = export["nodes"].as_array().unwrap();
    assert!(nodes.len() > 100, "{}", nodes.len());
    assert_eq!(nodes[0]["id"], "root");
    assert!(export["plan"]["hash"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(export["plan"]["hash"].as_str().unwrap().len(), "sha256:".len() + 64);
}

/// Of the bundled plan: 81 % in 2015, 89 % in 2019, 90.3 % in 2020, and 93.5 % announced in 2025 without a time of
/// its own, which no trend is drawn to. 90.3 − 81 = 9.3 points in five years are 1.86 a year; three values make no
/// slope. The nation's 92 % is of no stated time either: the two are set side by side, without a difference.
#[test]
fn a_metric_without_a_target_carries_its_trend_and_its_distance_from_others() {
    let home = Home::new();
    let export = home.run("export a2.preschool.enrolment --format json").json();
    let metric = &export["nodes"][0]["metric"];
    assert_eq!(
        metric["trend"],
        json!({"turn": "better", "from": 81.0, "from_when": "2015", "to": 90.3, "to_when": "2020",
            "change": 9.3, "per_year": 1.86, "slope": null, "points": 3})
    );
    assert_eq!(
        metric["distances"],
        json!([{"comparator": 0, "other": 92.0, "own": 93.5, "own_when": "announced 2025-10-20", "difference": null}])
    );
    let csv = home.run("export a2.preschool.enrolment --format csv --plain-csv").out;
    let row = csv.lines().last().unwrap();
    assert!(row.ends_with("better,9.3,1.86,2015,2020,"), "{row}");
}

/// The counts of `status`, node by node.
#[rstest]
#[case("own", 49)]
#[case("implementing", 4)]
#[case("other", 33)]
#[case("reference", 36)]
fn each_node_says_whose_promise_it_is(#[case] whose: &str, #[case] count: usize) {
    let export = Home::new().run("export --format json").json();
    let nodes = export["nodes"].as_array().unwrap();
    assert_eq!(nodes.iter().filter(|node| node["commitment"] == whose).count(), count);
}

#[test]
fn a_metric_carries_its_verdict_with_the_numbers_behind_it() {
    let home = Home::new();
    // V1 of the test vectors: 63.5 (2024) → 64.25 (2025) → 75 (2035).
    let metric = |value: &str, then: &str| {
        format!(
            "\n[[metric]]\nid = \"v\"\nlevel = \"indicator\"\nparent = \"root\"\ntitle = {{ zh = \"甲\", en = \"V\" }}\n\
             measure = \"percentage\"\nunit = {{ zh = \"%\", en = \"%\" }}\ndirection = \"increase\"\n\
             baseline = {{ year = 2024, value = 63.5 }}\nobserved = [{{ year = 2025, value = {value}{then} }}]\n\
             target = [{{ year = 2035, value = 75 }}]\n"
        )
    };
    home.write("v1.toml", format!("{}{}", super::support::PLAN, metric("64.25", "")));
    let export = home.run("export v --format json --plan v1.toml --as-of 2026-06-30").json();
    let node = &export["nodes"][0];
    let assessment = &node["metric"]["assessment"];
    let keys: Vec<&str> = keys(assessment);
    let contract = ["status", "pace", "progress_share", "time_share", "landing", "rule", "flags", "why"];
    assert_eq!(keys[..contract.len()], contract);
    assert_eq!(
        (&node["state"], &assessment["status"]),
        (&json!("needs-acceleration"), &json!("needs-acceleration"))
    );
    let number = |name: &str| assessment[name].as_f64().unwrap();
    for (name, expected) in [
        ("progress_share", 0.75 / 11.5),
        ("time_share", 1.0 / 11.0),
        ("pace", 8.25 / 11.5),
        ("landing", 2040.3333),
    ] {
        assert!((number(name) - expected).abs() < 1e-4, "{name}: {}", number(name));
    }
    assert_eq!(assessment["rule"], "pace");
    assert_eq!(assessment["flags"], json!(["provisional"]));
    assert!(assessment["why"]["zh"].is_string() && assessment["why"]["en"].is_string());
    assert_eq!(
        export["rule"],
        json!({"id": "pace", "cuts": [0.95, 0.6, 0.0], "number": "pace", "steps": "all",
            "name": {"zh": "进度比", "en": "pace"}, "words": [], "provisional_below": 0.15,
            "source": {"zh": "本程序", "en": "this program's own"}})
    );
    // A bound leaves the numbers open: null, with both ends beside them.
    home.write(
        "open.toml",
        format!("{}{}", super::support::PLAN, metric("64.25", ", bound = \"more-than\"")),
    );
    let export = home.run("export v --format json --plan open.toml --as-of 2026-06-30").json();
    let assessment = &export["nodes"][0]["metric"]["assessment"];
    assert_eq!(assessment["progress_share"], Value::Null);
    assert_eq!(assessment["open"]["progress_share"].as_array().unwrap().len(), 2);
}

#[test]
fn a_parent_carries_the_distribution_below_it_and_a_leaf_none() {
    let export = Home::new().run("export --format json --plan small.toml --as-of 2026-06-30").json();
    let nodes = export["nodes"].as_array().unwrap();
    // Below the root: two metrics. The coverage has a target and no actual after its baseline's year but
    // 2025's announcement.
    let rollup = &nodes[0]["rollup"];
    assert_eq!(keys(rollup)[..4], ["leaves", "assessed", "by_state", "worst"]);
    assert_eq!(rollup["leaves"], 2);
    let counts: Vec<u64> =
        rollup["by_state"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).collect();
    assert_eq!((counts.len(), counts.iter().sum::<u64>()), (18, 2));
    assert_eq!(rollup["by_state"]["no-target"], 1, "students have no target");
    assert_eq!(nodes[1]["rollup"]["leaves"], 1);
    assert_eq!(nodes[2]["rollup"], Value::Null);
}
