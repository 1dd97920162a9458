//! Documents that derive from the program are held fresh, and what the README says can be done.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "layering/main.rs"]
mod layering;
mod licences;
#[path = "support/schema.rs"]
mod schema;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use plan158::cli::{args, reference};
use plan158::plan::State;
use plan158::progress::{Flag, RuleRef};
use plan158::text::Ui;
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

/// Holds the parts of a page between the marks of their names fresh.
fn fresh_parts(path: &str, parts: &[(&str, String)]) {
    let mut text = project(path);
    for (name, made) in parts {
        let (begin, end) =
            (format!("<!-- {name}: made by tests/docs.rs -->\n"), format!("<!-- end of {name} -->\n"));
        let (before, rest) = text.split_once(&begin).unwrap();
        let (_, after) = rest.split_once(&end).unwrap();
        text = format!("{before}{begin}\n{made}{end}{after}");
    }
    fresh(path, &text);
}

#[test]
fn the_reference_of_the_plans_fields_is_what_the_program_declares() {
    fresh_parts("docs/plan-format.md", &[("every field", plan158::plan::fields::reference::markdown())]);
}

#[test]
fn the_page_on_the_command_line_is_what_the_program_declares() {
    let part = |text: String| format!("{text}\n");
    fresh_parts(
        "docs/cli.md",
        &[
            ("commands", part(reference::commands())),
            ("flags", part(reference::flags())),
            ("settings", part(reference::settings())),
        ],
    );
}

#[test]
fn the_page_on_settings_is_what_the_program_declares() {
    let part = |text: String| format!("{text}\n");
    fresh_parts(
        "docs/config.md",
        &[("settings", part(reference::settings())), ("colours", part(reference::colors()))],
    );
}

#[test]
fn the_schema_is_what_the_program_declares() {
    let schema = plan158::plan::fields::schema::schema();
    fresh("docs/schemas/plan.schema.json", &format!("{}\n", serde_json::to_string_pretty(&schema).unwrap()));
}

#[test]
fn the_page_on_the_json_export_is_what_the_program_declares() {
    let path = "docs/json-format.md";
    let mut page = project(path);
    let tables = plan158::export::json::reference::tables();
    for (name, table) in &tables {
        let begin = format!("<!-- {name}: made by tests/docs.rs -->\n");
        let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("no place for {name}"));
        let (_, after) = rest.split_once("<!-- end -->\n").unwrap();
        page = format!("{before}{begin}\n{table}\n<!-- end -->\n{after}");
    }
    assert_eq!(page.matches("made by tests/docs.rs -->").count(), tables.len(), "a place without a table");
    fresh(path, &page);
}

#[test]
fn the_schema_of_the_json_export_is_what_the_program_declares() {
    let schema = plan158::export::json::reference::schema();
    let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    fresh("docs/schemas/export.schema.json", &text);
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
        "format = 3\nid = \"p\"\ntitle = \"P\"\nlevel = []\n",
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

/// The words of a command line, as a shell splits them, up to where another program takes over.
fn shell_words(line: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for c in line.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '|' | '>' | ';') => break,
            (None, ' ') => words.push(String::new()),
            (_, c) => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What the parser of the command line objects to.
fn objection(line: &str) -> Option<String> {
    use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
    let error = args::command(Ui::En).try_get_matches_from(shell_words(line)).err()?;
    let is_answer = matches!(error.kind(), DisplayHelp | DisplayVersion);
    (!is_answer).then(|| format!("{line}: {error}"))
}

/// Pages that show command lines.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let docs = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let mut files: Vec<PathBuf> = docs.chain([root.join("README.md"), root.join("README.zh.md")]).collect();
    files.sort();
    files.into_iter().map(|file| (file.display().to_string(), fs::read_to_string(&file).unwrap())).collect()
}

#[test]
fn command_lines_of_the_pages_and_of_the_help_are_ones_the_parser_takes() {
    let mut lines: Vec<String> = pages().iter().flat_map(|(_, text)| calls(text)).collect();
    assert!(lines.len() > 30, "{lines:?}");
    let program = args::command(Ui::En);
    for command in program.get_subcommands().chain([&program]) {
        let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let own: Vec<String> = examples
            .lines()
            .filter_map(|line| line.trim_start().split_once("  # "))
            .map(|(line, _)| line.trim().to_owned())
            .collect();
        assert!(!own.is_empty(), "{} has no example", command.get_name());
        lines.extend(own);
    }
    let wrong: Vec<String> = lines.iter().filter_map(|line| objection(line)).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_command_line_the_parser_does_not_take_is_found() {
    for line in ["plan158 tree --depht 2", "plan158 trees", "plan158 show", "plan158 --color loud"] {
        assert!(objection(line).is_some(), "{line}");
    }
    assert_eq!(objection("plan158 annotate a4 --reason '3 of 5' --status on-track | wc"), None);
}

#[test]
fn every_flag_that_a_page_names_is_one_the_program_knows() {
    let mut program = args::command(Ui::En);
    program.build();
    let all = program.get_subcommands().chain([&program]).flat_map(clap::Command::get_arguments);
    let known: BTreeSet<String> =
        all.filter_map(|arg| arg.get_long()).map(|long| format!("--{long}")).collect();
    let mut strange = Vec::new();
    let mut seen = BTreeSet::new();
    for (file, text) in pages() {
        for span in ticked(&text) {
            // Those of other programs stand behind their names.
            if span.starts_with("--") || span.starts_with("plan158 ") {
                let flags = span.split([' ', '=', '[', ']', '/']).filter(|word| word.starts_with("--"));
                for flag in flags
                    .filter(|flag| flag.trim_start_matches('-').starts_with(|c: char| c.is_ascii_lowercase()))
                {
                    seen.insert(flag.to_owned());
                    if !known.contains(flag) {
                        strange.push(format!("{file}: {flag} in `{span}`"));
                    }
                }
            }
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
    assert_eq!(strange, Vec::<String>::new());
}

/// The part of a page under a heading, up to the next one of any rank.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let start = page.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
    let text = &page[start + heading.len() + 2..];
    &text[..text.find("\n#").unwrap_or(text.len())]
}

/// The cells of the table rows of a text, heads and rules left out.
fn rows(text: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        let line = line.replace("\\|", "¦");
        let inner = line.strip_prefix('|').and_then(|rest| rest.trim_end().strip_suffix('|'));
        inner.unwrap_or_default().split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &str| line.starts_with("|---");
    let at = |index: usize| lines.get(index + 1).is_some_and(|next| is_rule(next));
    let kept = lines
        .iter()
        .enumerate()
        .filter(|(index, line)| line.starts_with('|') && !is_rule(line) && !at(*index));
    kept.map(|(_, line)| cells(line)).collect()
}

/// What stands between backticks in a text.
fn ticked(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The keys that the tables of a section document.
fn documented(page: &str, heading: &str) -> BTreeSet<String> {
    rows(section(page, heading)).iter().flat_map(|row| ticked(&row[0])).collect()
}

/// The keys of an object.
fn keys(json: &Json) -> BTreeSet<String> {
    json.as_object().unwrap_or_else(|| panic!("an object: {json}")).keys().cloned().collect()
}

fn words(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

/// A sample plan with a verdict of two authors, a note, a value and something on an id that the plan does not
/// have.
fn recorded() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let line = |id: u32, by: &str, node: &str, event: &str| {
        format!(
            r#"{{"v":1,"id":"018f3c5e-9d2a-7001-8000-{id:012}","seq":{id},"at":"2026-11-20T10:00:0{id}.000+08:00","by":"{by}","plan":"judged","session":null,"events":[{{"event":{event},"node":"{node}"}}]}}"#
        )
    };
    let value = r#""value","value":37.5,"to":null,"label":null,"stage":null,"year":2026,"on":null,"announced":null,"period":null,"bound":"exact","source":"by hand","grade":null"#;
    let lines = [
        line(1, "li", "a1", r#""status","status":"on-track","reason":"seen""#),
        line(2, "li", "a1", r#""note","kind":"progress","text":"half of it stands""#),
        line(3, "li", "gone", value),
        line(4, "li", "a3.regressing", value),
    ];
    fs::create_dir(home.path().join("journal")).unwrap();
    fs::write(home.path().join("journal/li.jsonl"), lines.join("\n") + "\n").unwrap();
    let other = line(5, "wang", "a1", r#""status","status":"limited","reason":null"#);
    fs::write(home.path().join("journal/wang.jsonl"), other + "\n").unwrap();
    home
}

/// What the program answers on the sample plan with its journal; exit code 0 or 1.
fn judged(home: &Path, args: &[&str]) -> Json {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans/judged.toml");
    let mut command = Command::cargo_bin("plan158").unwrap();
    command.env_clear().env("HOME", home).args(args).arg("--plan").arg(plan);
    command.arg("--journal").arg(home.join("journal")).args(["--as-of", "2026-11-24"]);
    let output = command.output().unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Sections of the page on the JSON export, and where their objects stand in an export.
fn objects(export: &Json) -> Vec<(&'static str, &Json)> {
    let nodes = || export["nodes"].as_array().unwrap().iter();
    let metrics = || nodes().map(|node| &node["metric"]).filter(|metric| !metric.is_null());
    let notes = || nodes().map(|node| &node["annotation"]).filter(|own| !own.is_null());
    let mut found = vec![("## The document", export)];
    found.extend(nodes().map(|node| ("## Nodes", node)));
    found.extend(metrics().map(|metric| ("### Metrics", metric)));
    found.extend(
        metrics().flat_map(|one| one["values"].as_array().unwrap()).map(|value| ("### Values", value)),
    );
    let assessed = metrics().map(|metric| &metric["assessment"]).filter(|own| !own.is_null());
    found.extend(assessed.map(|own| ("### Assessments", own)));
    found.extend(notes().map(|own| ("## Annotations", own)));
    let rollups = nodes().map(|node| &node["rollup"]).filter(|own| !own.is_null());
    found.extend(rollups.map(|own| ("## Roll-ups", own)));
    found
}

#[test]
fn the_page_on_the_json_export_has_the_keys_of_real_exports_and_no_others() {
    let page = project("docs/json-format.md");
    let home = recorded();
    let sample = judged(home.path(), &["export", "--format", "json"]);
    let filtered = judged(home.path(), &["export", "--format", "json", "--filter", "kind:metric"]);
    let whole: Json = serde_json::from_str(&plan158(&["export", "--format", "json"])).unwrap();
    let mut sections = BTreeSet::new();
    for (heading, object) in [&sample, &filtered, &whole].into_iter().flat_map(objects) {
        sections.insert(heading);
        let mut stated = documented(&page, heading);
        if object.get("nodes").is_some() && object["filter"].is_null() {
            stated.remove("matched");
        }
        assert_eq!(keys(object), stated, "{heading}");
    }
    assert_eq!(sections.len(), 7, "every section was seen: {sections:?}");
    let noted = sample["nodes"].as_array().unwrap().iter().find(|own| own["id"] == "a1").unwrap();
    let inner = [
        ("### author", &noted["annotation"]["authors"][0]),
        ("### note", &noted["annotation"]["notes"][0]),
        ("## Orphans", &sample["orphans"][0]),
        ("### orphan-value", &sample["orphans"][0]["values"][0]),
        ("## Sources", &sample["sources"][0]),
        ("### plan", &sample["plan"]),
        ("### journal", &sample["journal"]),
        ("### rule", &sample["rule"]),
        ("### period", &sample["plan"]["period"]),
    ];
    for (heading, object) in inner {
        assert_eq!(keys(object), documented(&page, heading), "{heading}");
    }
}

/// Keys at any depth, without those of texts, of maps that go by a state, a rule or a flag, and of what
/// another page documents.
fn deep_keys(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Array(all) => all.iter().for_each(|one| deep_keys(one, found)),
        Json::Object(all) => {
            for (key, value) in all {
                let is_word = State::parse(key).is_some()
                    || RuleRef::ALL.iter().any(|rule| rule.word() == key)
                    || Flag::ALL.iter().any(|flag| flag.word() == key);
                if !is_word && !matches!(key.as_str(), "zh" | "en") {
                    found.insert(key.clone());
                }
                if !matches!(key.as_str(), "rollup" | "stamp") {
                    deep_keys(value, found);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn the_keys_of_every_json_answer_are_documented() {
    let home = recorded();
    let (cli, exported) = (project("docs/cli.md"), project("docs/export-format.md"));
    let node = documented(&project("docs/json-format.md"), "## Nodes");
    let file = home.path().join("a1.md");
    let file = file.to_str().unwrap();
    let mut command = Command::cargo_bin("plan158").unwrap();
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans/judged.toml");
    command
        .env_clear()
        .env("HOME", home.path())
        .args(["export", "a1", "--format", "md", "-o", file, "--plan"])
        .arg(plan);
    command.args(["--rule", "opensdg", "--as-of", "2026-11-23"]).assert().success();
    let answers: [(&[&str], &str, &str); 11] = [
        (&["find", "v1", "--json", "--tree"], &cli, "### `find --json`"),
        (&["log", "--json"], &cli, "### `log --json`"),
        (&["status", "--json", "--agreement"], &cli, "### `status --json`"),
        (&["matrix", "--json"], &cli, "### `matrix --json`"),
        (&["changes", "--from", "2020-01-01", "--json"], &cli, "### `changes --json`"),
        (&["explain", "a2.v9", "--json"], &cli, "### `explain --json`"),
        (&["explain", "a1.contested", "--json"], &cli, "### `explain --json`"),
        (&["explain", "a1", "--json"], &cli, "### `explain --json`"),
        (&["check", "--format", "json"], &cli, "### `check --format json`"),
        (&["lint", "--format", "json"], &cli, "### `lint --format json`"),
        (&["verify", file, "--json"], &exported, "## Verifying"),
    ];
    for (args, page, heading) in answers {
        let text = section(page, heading);
        let mut found = BTreeSet::new();
        deep_keys(&judged(home.path(), args), &mut found);
        // What an event of the journal says for itself is in the page on the journal, what a value says in
        // that on plans.
        let events = if args[0] == "log" { project("docs/journal-format.md") } else { String::new() };
        let is_named = |key: &&String| {
            let forms = [format!("`{key}`"), format!("\"{key}\"")];
            forms.iter().any(|form| text.contains(form) || events.contains(form))
        };
        let missing: Vec<&String> = found.iter().filter(|key| !is_named(key)).collect();
        assert!(missing.is_empty(), "{heading} does not name {missing:?}");
    }
    let shown = keys(&judged(home.path(), &["show", "a1", "--json"]));
    let beyond: BTreeSet<String> = shown.difference(&node).cloned().collect();
    assert_eq!(beyond, words(&["ancestors", "history"]));
    let text = section(&cli, "### `show --json`");
    assert!(beyond.iter().all(|key| text.contains(&format!("`{key}`"))), "{text}");
}

/// The commands of `--help`, and the long flags of one of them.
fn commands() -> Vec<String> {
    let help = plan158(&["--help"]);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
    let named = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    named.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

fn flags(args: &[&str]) -> BTreeSet<String> {
    let help = plan158(args);
    let options = help.split("Options:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let lines = options.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let firsts = lines.filter_map(|line| line.split("  ").next());
    let parts = firsts.flat_map(|part| part.split([' ', ','])).filter(|part| part.starts_with("--"));
    parts.map(str::to_owned).collect()
}

#[test]
fn the_page_on_the_command_line_names_every_command_and_flag_of_the_help_and_no_others() {
    let page = project("docs/cli.md");
    let flags_in = |text: &str| -> BTreeSet<String> {
        let parts =
            ticked(text).into_iter().flat_map(|one| one.split(' ').map(str::to_owned).collect::<Vec<_>>());
        parts.filter(|part| part.starts_with("--")).collect()
    };
    let global: BTreeSet<String> =
        rows(section(&page, "## Flags of every command")).iter().flat_map(|row| flags_in(&row[0])).collect();
    assert_eq!(flags(&["--help"]), global);
    let name = |cell: &str| cell.trim_matches('`').split(' ').next().unwrap_or_default().to_owned();
    let listed: Vec<String> = rows(section(&page, "## Commands")).iter().map(|row| name(&row[0])).collect();
    let commands = commands();
    assert_eq!(listed, [vec!["plan158".to_owned()], commands.clone()].concat());
    let table = rows(section(&page, "## Flags of each command"));
    for command in &commands {
        let shown: BTreeSet<String> =
            table.iter().filter(|row| name(&row[0]) == *command).flat_map(|row| flags_in(&row[1])).collect();
        let own: BTreeSet<String> =
            flags(&[command, "--help"]).into_iter().filter(|flag| !global.contains(flag)).collect();
        assert_eq!(shown, own, "{command}");
    }
}

#[test]
fn the_page_on_the_command_line_has_every_state_with_its_sign_and_name() {
    let page = project("docs/cli.md");
    let stated: Vec<(String, String, String)> = rows(section(&page, "## States"))
        .into_iter()
        .map(|row| (row[0].trim_matches('`').to_owned(), row[1].clone(), row[2].clone()))
        .collect();
    let known: Vec<(String, String, String)> = State::ALL
        .iter()
        .map(|state| (state.word().to_owned(), state.glyph().to_owned(), state.said().zh.to_string()))
        .collect();
    assert_eq!(stated, known);
}

#[test]
fn the_page_on_judging_has_the_rule_sets_and_flags_of_the_program() {
    let page = project("docs/judging.md");
    let sets = rows(section(&page, "## Rule sets"));
    assert_eq!(sets.len(), RuleRef::ALL.len());
    for (rule, row) in RuleRef::ALL.iter().zip(&sets) {
        assert!(row[0].starts_with(&format!("`{}`", rule.word())), "{row:?}");
        let [first, second, third] = rule.cuts();
        let cuts = [format!("≥ {first}"), format!("≥ {second}"), format!("≥ {third}"), format!("< {third}")];
        assert_eq!((row[1].as_str(), &row[2..6]), (rule.symbol(), &cuts[..]));
    }
    let stated: Vec<(String, String)> = rows(section(&page, "## Cautions"))
        .into_iter()
        .map(|row| (row[0].trim_matches('`').to_owned(), row[1].clone()))
        .collect();
    let known: Vec<(String, String)> =
        Flag::ALL.iter().map(|flag| (flag.word().to_owned(), flag.glyph().to_owned())).collect();
    assert_eq!(stated, known);
}

/// `63.5 (2024)` as the inside of a value's table.
fn figure(cell: &str) -> String {
    let (value, year) = cell.split_once(" (").unwrap();
    format!("value = {value}, year = {}", year.trim_end_matches(')'))
}

#[test]
fn the_worked_cases_of_the_page_on_judging_come_out() {
    let page = project("docs/judging.md");
    let cases = rows(section(&page, "### Worked cases"));
    assert_eq!(cases.len(), 6);
    let mut plan = String::from(
        "format = 1\nid = \"worked\"\ntitle = { en = \"Worked\" }\nlanguages = [\"en\"]\n\
         [[level]]\nid = \"indicator\"\nrole = \"metric\"\nmark = \"i\"\nlabel = { en = \"Indicator\" }\n",
    );
    for row in &cases {
        let (id, wanted) = (&row[0], &row[1]);
        let [from, now, to] = [&row[2], &row[3], &row[4]].map(|cell| figure(cell));
        plan += &format!(
            "[[metric]]\nid = \"{id}\"\nlevel = \"indicator\"\ntitle = {{ en = \"{id}\" }}\nmeasure = \"percentage\"\n\
             direction = \"{wanted}\"\nbaseline = {{ {from} }}\nobserved = [{{ {now} }}]\ntarget = [{{ {to} }}]\n"
        );
    }
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("worked.toml");
    fs::write(&file, plan).unwrap();
    for row in &cases {
        let answer: Json = serde_json::from_str(&plan158(&[
            "explain",
            &row[0],
            "--json",
            "--as-of",
            "2030-01-01",
            "--plan",
            file.to_str().unwrap(),
        ]))
        .unwrap();
        let steps = answer["steps"].as_array().unwrap();
        for (name, cell) in ["P", "E", "ρ", "R", "λ"].into_iter().zip(&row[5..10]) {
            let value =
                steps.iter().find(|step| step["name"] == name).and_then(|step| step["value"].as_f64());
            let written = value.map_or("–".to_owned(), |value| format!("{value:.3}"));
            assert_eq!((&written, name), (cell, name), "{}", row[0]);
        }
        for (rule, cell) in RuleRef::ALL.iter().zip(&row[10..14]) {
            assert_eq!(answer["by_rule"][rule.word()]["status"], **cell, "{} under {}", row[0], rule.word());
        }
    }
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    let slug = |heading: &str| -> String {
        let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        text.chars().filter(|one| one.is_alphanumeric() || matches!(one, '-' | '_')).collect()
    };
    let pages =
        ["cli.md", "json-format.md", "judging.md", "architecture.md", "journal-format.md", "plan-format.md"];
    for name in pages {
        let page = project(&format!("docs/{name}"));
        for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { format!("docs/{name}") } else { format!("docs/{path}") };
            let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(&target);
            assert!(there.exists(), "{name}: {link}");
            if !anchor.is_empty() {
                let text = project(&target);
                let headings = text.lines().filter(|line| line.starts_with('#'));
                assert!(headings.map(slug).any(|own| own == anchor), "{name}: {link}");
            }
        }
    }
}

/// Rust sources below a folder of the project.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn pages_that_comments_cite_are_part_of_the_project() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        sources(&root.join(folder), &mut files);
    }
    let (mut cited, mut lost) = (0, Vec::new());
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        for line in text.lines().map(str::trim).filter(|line| line.starts_with("//")) {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric() && !"_./-".contains(c));
            let pages = words.map(|word| word.trim_matches('.')).filter(|word| {
                word.ends_with(".md") && word.starts_with(|first: char| first.is_ascii_lowercase())
            });
            for page in pages {
                cited += 1;
                if !root.join(page).exists() {
                    lost.push(format!("{}: {page}", file.display()));
                }
            }
        }
    }
    assert!(cited > 20, "the comments were read: {cited}");
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn every_file_of_tests_is_part_of_a_binary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let place = |path: &Path| path.strip_prefix(&root).unwrap().with_extension("");
    let binaries = ["cli", "docs", "library", "pty", "screens"];
    let mut lost: BTreeSet<PathBuf> = files.iter().map(|file| place(file)).collect();
    for file in &files {
        let (folder, stem) = (file.parent().unwrap(), file.with_extension(""));
        let text = fs::read_to_string(file).unwrap();
        let mut path = None;
        for line in text.lines().map(str::trim) {
            if let Some(named) = line.strip_prefix("#[path = \"") {
                path = Some(folder.join(named.trim_end_matches("\"]")));
            } else if let Some(name) =
                line.trim_start_matches("pub ").strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'))
            {
                let beside = folder.join(name).with_extension("rs");
                let found = path.take().unwrap_or(if beside.exists() { beside } else { stem.join(name) });
                let found: PathBuf = found.components().fold(PathBuf::new(), |mut path, part| {
                    if part.as_os_str() == ".." {
                        path.pop();
                    } else {
                        path.push(part);
                    }
                    path
                });
                lost.remove(&place(&found));
            }
        }
    }
    lost.retain(|file| !binaries.iter().any(|name| file == Path::new(name)));
    assert_eq!(lost, BTreeSet::new());
}

/// Words between backquotes that are names of tests.
fn named_tests(page: &str) -> BTreeSet<String> {
    let words = page.split('`').skip(1).step_by(2);
    let is_name = |word: &&str| {
        word.matches('_').count() >= 2
            && word.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
    };
    words.filter(is_name).map(str::to_owned).collect()
}

fn all_sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_sources(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_promise_names_a_test_that_is_there() {
    let page = project("docs/reliability.md");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    all_sources(&root.join("src"), &mut text);
    all_sources(&root.join("tests"), &mut text);
    let named = named_tests(&page);
    assert!(named.len() > 20, "{named:?}");
    let missing: Vec<&String> = named.iter().filter(|name| !text.contains(&format!("fn {name}("))).collect();
    assert_eq!(missing, Vec::<&String>::new());
    // A promise without a test is none.
    let promised = page.split("## Measured").next().unwrap_or_default();
    for row in promised.lines().filter(|line| {
        line.starts_with("| ") && !line.starts_with("| promise") && !line.starts_with("| what")
    }) {
        assert!(!named_tests(row).is_empty(), "names no test: {row}");
    }
}

#[test]
fn nothing_uses_the_network() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    all_sources(&root.join("src"), &mut text);
    for word in ["std::net", "TcpStream", "UdpSocket", "UnixStream", "rustix::net"] {
        assert!(!text.contains(word), "{word}");
    }
    let lock = project("Cargo.lock");
    for name in ["hyper", "reqwest", "ureq", "curl", "rustls", "openssl", "native-tls", "tokio", "socket2"] {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name}");
    }
}
