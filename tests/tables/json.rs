//! json: every export fits the schema that the project publishes.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use rstest::rstest;
use serde_json::Value as Json;

#[path = "../support/schema.rs"]
mod schema;

use self::schema::complaints;
use super::support::Made;
use plan158::export::format::RowUnit;
use plan158::export::{Format, Options};

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Json {
    let text = fs::read_to_string(project().join("docs/schemas/export.schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What the program exports with these flags.
fn exported(args: &str) -> Json {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("plan158").unwrap();
    command.env_clear().env("HOME", home.path()).current_dir(project());
    command.args(["export", "--format", "json"]).args(args.split_whitespace());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[rstest]
#[case::the_bundled_plan("")]
#[case::a_part("a2.preschool")]
#[case::with_a_filter("--filter kind:metric")]
#[case::as_it_was("--as-of 2025-06-01")]
#[case::with_records("--journal tests/golden/journals/158n")]
#[case::small("--plan tests/plans/small.toml --journal tests/golden/journals/small")]
#[case::judged("--plan tests/plans/judged.toml --journal tests/golden/journals/judged")]
#[case::another_framework("--plan tests/plans/sdg-like")]
#[case::hostile("--plan tests/golden/plans/hostile.toml --journal tests/golden/journals/hostile")]
#[case::with_errors("--plan tests/golden/plans/broken/folder --journal tests/golden/journals/broken")]
#[case::with_errors_in_nodes("--plan tests/golden/plans/broken/nodes.toml")]
fn every_export_fits_the_schema(#[case] args: &str) {
    assert_eq!(complaints(&schema(), &exported(args)), Vec::<String>::new());
}

/// Something done to a node of an export.
type Change = fn(&mut Json);

#[test]
fn what_lacks_a_key_or_has_another_does_not_fit() {
    let (schema, whole) = (schema(), exported("--plan tests/plans/small.toml"));
    let metric =
        whole["nodes"].as_array().unwrap().iter().position(|node| !node["metric"].is_null()).unwrap();
    let changes: [(&str, Change); 6] = [
        ("a node without its office", |node| drop(node.as_object_mut().unwrap().shift_remove("office"))),
        ("a key that is not known", |node| node["colour"] = Json::from("red")),
        ("a state that is no word", |node| node["state"] = Json::from("fine")),
        ("a text that is a string", |node| node["title"] = Json::from("Title")),
        ("a figure in words", |node| node["metric"]["values"][0]["value"] = Json::from("95.2")),
        ("a figure without its basis", |node| node["metric"]["values"][0]["basis"] = Json::Null),
    ];
    for (what, change) in changes {
        let mut export = whole.clone();
        change(&mut export["nodes"][metric]);
        assert!(!complaints(&schema, &export).is_empty(), "{what}");
    }
}

#[rstest]
#[case::known("2026-06-30", true)]
#[case::published_later("2026-07-01", false)]
fn a_verdict_of_a_source_counts_from_its_date_on(#[case] date: &str, #[case] known: bool) {
    let plan = format!(
        "format = 1\nid = \"small\"\ntitle = {{ zh = \"规划\", en = \"Plan\" }}\n\
        level = [{{ id = \"m\", role = \"metric\", mark = \"m\", label = {{ zh = \"指标\", en = \"Metric\" }} }}]\n\
        [[source]]\nid = \"office\"\ndate = {date}\ntitle = {{ zh = \"文件\", en = \"Document\" }}\n\
        [[metric]]\nid = \"share\"\nlevel = \"m\"\ntitle = {{ zh = \"甲\", en = \"A\" }}\nmeasure = \"milestone\"\n\
        direction = \"reach\"\nofficial = {{ status = \"dropped\", source = \"office\" }}\n"
    );
    let made = Made::new(&plan, &[]);
    let json: Json = serde_json::from_slice(&made.export(Format::Json, None, Options::default())).unwrap();
    assert_eq!(json["nodes"][0]["metric"]["official"]["status"] == "dropped", known);
    assert_eq!(json["sources"].as_array().unwrap().len(), usize::from(known));
    assert_eq!(made.plain_csv(RowUnit::Nodes).contains(",dropped,office"), known);
    let toml = String::from_utf8(made.export(Format::Toml, None, Options::default())).unwrap();
    assert_eq!(toml.contains("official = "), known);
}
