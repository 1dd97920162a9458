//! Documents that derive from the program are held fresh, and what the README says can be done.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

#[path = "support/schema.rs"]
mod schema;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value as Json;

fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn plan158(args: &[&str]) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("plan158").unwrap();
    command.env_clear().env("HOME", home.path()).args(args);
    String::from_utf8(command.assert().success().get_output().stdout.clone()).unwrap()
}

#[test]
fn the_key_reference_is_what_the_program_prints() {
    let fresh = plan158(&["keys", "--format", "md"]);
    assert!(project("docs/keys.md") == fresh, "stale: plan158 keys --format md > docs/keys.md");
}

#[test]
fn every_code_of_check_stands_in_the_format_of_a_plan() {
    let document = project("docs/plan-format.md");
    for (code, zh, en) in plan158::plan::diagnostic::CODES {
        let row = format!("| {code} | {en} | {zh} |");
        assert!(document.contains(&row), "missing: {row}");
    }
}

/// What a file of the project should hold; written there where the developer asks for it.
fn fresh(path: &str, text: &str) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("WRITE_DOCS").is_some() {
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, text).unwrap();
    }
    let found = fs::read_to_string(&place).unwrap_or_default();
    assert!(found == text, "{path} is stale: WRITE_DOCS=1 cargo test --test docs");
}

#[test]
fn the_reference_of_the_plans_fields_is_what_the_program_declares() {
    let path = "docs/plan-format.md";
    let document = project(path);
    let (begin, end) = ("<!-- every field: made by tests/docs.rs -->\n", "<!-- end of every field -->\n");
    let (before, rest) = document.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let made = plan158::plan::fields::reference::markdown();
    fresh(path, &format!("{before}{begin}\n{made}{end}{after}"));
}

#[test]
fn the_schema_is_what_the_program_declares() {
    let schema = plan158::plan::fields::schema::schema();
    fresh("docs/schemas/plan.schema.json", &format!("{}\n", serde_json::to_string_pretty(&schema).unwrap()));
}

/// A file of a plan as JSON: dates as text.
fn as_json(value: toml::Value) -> Json {
    match value {
        toml::Value::Datetime(at) => Json::from(at.to_string()),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            Json::Object(table.into_iter().map(|(key, value)| (key, as_json(value))).collect())
        }
        toml::Value::Float(number) => Json::from(number),
        toml::Value::Integer(number) => Json::from(number),
        toml::Value::Boolean(flag) => Json::from(flag),
        toml::Value::String(text) => Json::from(text),
    }
}

fn toml_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            toml_files(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            out.push(path);
        }
    }
}

fn complaints(schema: &Json, text: &str) -> Vec<String> {
    let instance = as_json(toml::Value::Table(toml::from_str(text).unwrap()));
    schema::complaints(schema, &instance)
}

fn schema() -> Json {
    serde_json::from_str(&project("docs/schemas/plan.schema.json")).unwrap()
}

#[test]
fn every_plan_of_the_project_fits_the_schema() {
    let schema = schema();
    let mut files = Vec::new();
    for folder in ["plan-data", "seeds", "tests/plans"] {
        toml_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    assert!(files.len() > 12, "{files:?}");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(complaints(&schema, &text), Vec::<String>::new(), "{}", file.display());
    }
    let exported = plan158(&["export", "--format", "toml"]);
    assert_eq!(complaints(&schema, &exported), Vec::<String>::new());
}

#[test]
fn what_check_would_complain_of_does_not_fit_the_schema() {
    let schema = schema();
    let metric = "[[metric]]\nid = \"a\"\nlevel = \"m\"\ntitle = \"A\"\nmeasure = \"unit\"\ndirection = \"increase\"\n";
    assert_eq!(complaints(&schema, metric), Vec::<String>::new());
    for broken in [
        "[[goal]]\nid = \"a\"\nlevel = \"g\"\n",
        "[[goal]]\nid = \"a b\"\nlevel = \"g\"\ntitle = \"A\"\n",
        "[[goal]]\nid = \"a\"\nlevel = \"g\"\ntitle = 3\n",
        "[[goal]]\nid = \"a\"\nlevel = \"g\"\ntitle = \"A\"\nmeasure = \"unit\"\n",
        "format = 1\nid = \"p\"\ntitle = \"P\"\n",
        "format = 2\nid = \"p\"\ntitle = \"P\"\nlevel = []\n",
        "goals = []\n",
        &format!("{metric}tolerance = \"much\"\n"),
        &format!("{metric}stat = \"stocks\"\n"),
        &format!("{metric}observed = {{ year = 2024, value = 1 }}\n"),
        &format!("{metric}observed = [{{ year = 24, value = 1 }}]\n"),
        &format!("{metric}observed = [{{ year = 2024, value = 1, where = \"here\" }}]\n"),
        &format!("{metric}official = {{ status = \"on-track\" }}\n"),
        &format!("{metric}serves = [{{ basis = \"stated\" }}]\n"),
    ] {
        assert!(!complaints(&schema, broken).is_empty(), "{broken}");
    }
}

/// Lines of the README's shell blocks that call the program, without their comments.
fn calls(readme: &str) -> Vec<String> {
    let shell = readme.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    shell
        .flat_map(str::lines)
        .map(|line| line.split('#').next().unwrap_or_default().trim().to_owned())
        .filter(|line| line.starts_with("plan158 "))
        .collect()
}

#[test]
fn every_command_of_the_readme_is_one_the_program_knows() {
    let calls = calls(&project("README.md"));
    assert!(calls.len() > 5, "{calls:?}");
    for call in calls {
        let first = call.split_whitespace().nth(1).unwrap();
        if !first.starts_with('-') {
            let help = plan158(&[first, "--help"]);
            assert!(help.contains("Usage: plan158"), "{call}");
        }
    }
}
