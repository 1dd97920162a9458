//! Each field that the plan's tables declare, through every format: what a file says in it is found in what
//! the program makes of the plan.
//!
//! The fields are those of `docs/schemas/plan.schema.json`, which is made from the declarations. A field that
//! joins a table joins this test; where a format does not show it, the test fails until the format does, or
//! until the reason stands among the exceptions.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use assert_cmd::Command;
use calamine::{Reader, Xlsx};
use plan158::export::format::RowUnit;
use plan158::export::{Format, Options};
use serde_json::{Map, Value as Json};

use super::support::Made;

/// What stands before the table that is tried.
const HEAD: &str = r#"
format = 1
id = "small"
title = { zh = "规划", en = "Plan" }
languages = ["zh", "en"]
[[level]]
id = "g"
role = "goal"
mark = "g"
label = { zh = "目标", en = "Goal" }
[[level]]
id = "zqlevel"
role = "goal"
mark = "g"
label = { zh = "zqlevel", en = "zqlevel" }
[[level]]
id = "m"
role = "metric"
mark = "m"
label = { zh = "指标", en = "Metric" }
[[source]]
id = "s"
title = { zh = "文件", en = "Document" }
[[source]]
id = "zqsource"
title = { zh = "zqsource", en = "zqsource" }
[[term]]
id = "zqterms"
title = { zh = "zqterms", en = "zqterms" }
[[goal]]
id = "top"
level = "g"
title = { zh = "顶", en = "Top" }
[[goal]]
id = "zqother"
level = "g"
parent = "top"
title = { zh = "zqother", en = "zqother" }
[[metric]]
id = "zqwhole"
level = "m"
parent = "top"
title = { zh = "zqwhole", en = "zqwhole" }
measure = "unit"
unit = { zh = "个", en = "of them" }
direction = "increase"
"#;

const NODE: &[(&str, &str)] =
    &[("id", "\"x\""), ("level", "\"g\""), ("parent", "\"top\""), ("title", "{ zh = \"甲\", en = \"A\" }")];
const METRIC: &[(&str, &str)] = &[
    ("id", "\"x\""),
    ("level", "\"m\""),
    ("parent", "\"top\""),
    ("title", "{ zh = \"甲\", en = \"A\" }"),
    ("measure", "\"unit\""),
    ("unit", "{ zh = \"个\", en = \"of it\" }"),
    ("direction", "\"increase\""),
];

/// How a plan is looked at.
const WAYS: [&str; 9] = ["json", "csv", "xlsx", "toml", "md", "html", "docx", "opml", "show"];
/// Those that say it in words.
const IN_WORDS: &[&str] = &["md", "html", "docx", "opml", "show"];

/// Fields that some ways do not show, and why.
const EXCEPTIONS: &[(&str, &[&str], &str)] = &[
    ("node.waive.rule", IN_WORDS, "`lint` says which rules were set aside"),
    ("node.waive.reason", IN_WORDS, "`lint` says why"),
    (
        "node.title_short",
        IN_WORDS,
        "it stands in for the title where there is no room, and says nothing more",
    ),
];

/// The schema of plans, and what each word is called in English and Chinese.
struct Declared {
    defs: Map<String, Json>,
    words: BTreeMap<String, Vec<String>>,
}

impl Declared {
    fn read() -> Self {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let schema: Json =
            serde_json::from_str(&fs::read_to_string(project.join("docs/schemas/plan.schema.json")).unwrap())
                .unwrap();
        let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let reference = plan158::plan::fields::reference::markdown();
        let (_, table) = reference.split_once("| field | word | English | 中文 |").unwrap();
        for row in table.lines().filter(|line| line.contains('`')) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let names = [cells[3], cells[4]].map(str::to_owned);
            words.entry(cells[2].trim_matches('`').to_owned()).or_default().extend(names);
        }
        Self { defs: schema["$defs"].as_object().unwrap().clone(), words }
    }

    /// The fields of a table.
    fn fields(&self, table: &str) -> &Map<String, Json> {
        self.defs[table]["properties"].as_object().unwrap()
    }

    /// The table that a field holds, alone or as a list.
    fn table_of<'a>(&'a self, field: &'a Json) -> Option<&'a str> {
        let of = field.get("items").unwrap_or(field);
        let tables = of.get("anyOf").and_then(Json::as_array).into_iter().flatten().chain([of]);
        let mut names = tables.filter_map(|one| one["$ref"].as_str()?.strip_prefix("#/$defs/"));
        names.find(|name| self.defs[*name].get("properties").is_some())
    }

    /// Something that a field can hold and does not mean where it is left out, as TOML; of a table what it
    /// needs, and `focus`.
    fn sample(&self, key: &str, field: &Json, focus: Option<&str>) -> String {
        if let Some(items) = field.get("items") {
            return format!("[{}]", self.sample(key, items, focus));
        }
        if let Some(table) = self.table_of(field) {
            return self.table_sample(table, focus);
        }
        if let Some(words) = field["enum"].as_array() {
            let other = words.iter().rfind(|word| Some(*word) != field.get("default")).unwrap();
            return other.to_string();
        }
        match (field["type"].as_str(), field["$ref"].as_str(), key) {
            (_, _, "source" | "also") => "\"zqsource\"".into(),
            (_, _, "to") if field["type"] == "string" => "\"zqother\"".into(),
            (_, _, "parent") => "\"zqother\"".into(),
            (_, _, "part_of") => "\"zqwhole\"".into(),
            (Some("boolean"), ..) => (field["default"] == false).to_string(),
            (Some("integer"), ..) if field["maximum"] == 9999 => "2023".into(),
            (Some("integer"), _, "named") => "43".into(),
            (Some("integer"), ..) => "97".into(),
            (Some("number"), _, "to") => "899.5".into(),
            (Some("number"), ..) => "731.25".into(),
            (_, Some("#/$defs/moment"), "end") => "\"2023-07\"".into(),
            (_, Some("#/$defs/moment"), _) => "\"2021-05\"".into(),
            (_, Some("#/$defs/moment-or-span"), _) => "\"2021-05/2021-07\"".into(),
            (_, Some("#/$defs/text"), _) => {
                let word = token(key);
                format!("{{ zh = \"{word}\", en = \"{word}\" }}")
            }
            _ => format!("\"{}\"", token(key)),
        }
    }

    fn table_sample(&self, table: &str, focus: Option<&str>) -> String {
        let fields = self.fields(table);
        let wanted = |key: &str| focus == Some(key) || self.stands_in(table, key, focus);
        let wanted = fields.iter().filter(|(key, _)| wanted(key));
        let given = wanted.map(|(key, field)| {
            let is_focus = focus.is_none_or(|focus| focus == key);
            format!(
                "{key} = {}",
                if is_focus {
                    self.sample(key, field, None)
                } else {
                    plain(table, key, &self.sample(key, field, None))
                }
            )
        });
        format!("{{ {} }}", given.collect::<Vec<_>>().join(", "))
    }

    /// Whether a field of a table must be there, whichever other is tried.
    fn stands_in(&self, table: &str, key: &str, focus: Option<&str>) -> bool {
        let required = self.defs[table]["required"].as_array().unwrap();
        let is_value = matches!(table, "value" | "comparator");
        let times = ["year", "on", "period", "announced", "undated"];
        required.contains(&Json::from(key))
            || key == "source" && focus == Some("at")
            || is_value && key == "value" && focus != Some("stage")
            || is_value && key == "year" && !focus.is_some_and(|focus| times.contains(&focus))
    }

    /// What a field's sample looks like in one way or another.
    fn traces(&self, key: &str, sample: &str) -> Vec<String> {
        let bare = sample.trim_matches(['[', ']', '"', ' ']).to_owned();
        let own: &[&str] = match (key, bare.as_str()) {
            ("judge", _) => &["\"judge\":false", "judge = false", "yes", "by people only", "只由人判断"],
            ("undated", _) => &["\"undated\":true", "undated = true", "yes", "无期限"],
            ("gross", _) => &["\"gross\":true", "gross = true", "yes", "毛率"],
            ("kind", "scope") => &["scope", "another scope or an earlier value", "口径或时间不同"],
            ("kind", _) => &["\"increment\":true", "increment\"", "yes", "512.5 of it more", "增加512.5"],
            ("force", _) => &["strive", "striving for", "力争"],
            ("grade", _) => &["\"grade\":\"D\"", "grade = \"D\"", ",D,", "\nD\n", " D ", "[D]"],
            ("bound", _) => &["nearly", "近"],
            ("period", _) => &["2021-05", "May 2021", "2021年5月"],
            (_, "2021-05") => &["2021-05", "May 2021", "2021年5月"],
            (_, "2021-05/2021-07") => &["2021-05/2021-07", "May–Jul 2021", "2021年5—7月"],
            (_, "2023-07") => &["2023-07", "Jul 2023", "2023年7月"],
            _ => &[],
        };
        if !own.is_empty() {
            return own.iter().map(|trace| (*trace).to_owned()).collect();
        }
        if bare.starts_with('{') {
            return vec![token(key)];
        }
        let names = self.words.get(&bare).into_iter().flatten().cloned();
        names.chain([bare.clone()]).collect()
    }
}

/// A word that stands nowhere else.
fn token(key: &str) -> String {
    format!("zq{}", key.replace('_', ""))
}

/// The value of a field that only stands in for another: it must not be taken for it.
fn plain(table: &str, key: &str, sample: &str) -> String {
    match (table, key) {
        (_, "source") => "\"s\"".to_owned(),
        ("period", _) => sample.to_owned(),
        _ => sample.replace("2023", "2019").replace("731.25", "512.5"),
    }
}

/// The text of every part of a zip archive that has one.
fn unzipped(bytes: Vec<u8>) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        // The stamp is a property.
        if !part.name().unwrap().starts_with("docProps") {
            part.read_to_string(&mut text).unwrap();
        }
    }
    text
}

/// What stands between the tags of a text, a space for each tag.
fn between_tags(text: &str) -> String {
    let pieces = text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, inside)| inside));
    pieces.collect::<Vec<_>>().join(" ")
}

/// A text without what stands from one mark to another.
fn without(text: &str, from: &str, to: &str) -> String {
    let (before, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    let after = rest.split_once(to).map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// What a plan looks like in one of the ways, without stamp and marks, in lower case.
fn seen(made: &Made, way: &str) -> String {
    let export = |format: Format| made.export(format, None, Options::default());
    let text = |format: Format| String::from_utf8(export(format)).unwrap();
    let seen = match way {
        "json" => text(Format::Json),
        "csv" => made.plain_csv(RowUnit::Nodes) + &made.plain_csv(RowUnit::Values),
        "xlsx" => {
            let mut book = Xlsx::new(Cursor::new(export(Format::Xlsx))).unwrap();
            let sheets = ["nodes", "values"].map(|name| book.worksheet_range(name).unwrap());
            let cells =
                sheets.iter().flat_map(|sheet| sheet.used_cells().map(|(_, _, cell)| cell.to_string()));
            cells.collect::<Vec<_>>().join("\n")
        }
        "toml" => without(&text(Format::Toml), "# plan158: ", "\n"),
        "md" => {
            let text = without(&text(Format::Md), "plan158: {", "\n");
            without(&text, "<!-- plan158:nodes", "-->")
        }
        "html" => {
            let text = without(&text(Format::Html), "<script", "</script>");
            between_tags(&without(&text, "<script", "</script>"))
        }
        "docx" => between_tags(&unzipped(export(Format::Docx))),
        "opml" => without(&text(Format::Opml), "<!-- plan158: {", "-->"),
        "show" => {
            let home = made.dir.path();
            let keys = made.plan().tree.nodes().iter().map(|node| node.key.as_str());
            let tried = keys.into_iter().find(|key| !["top", "zqother", "zqwhole"].contains(key)).unwrap();
            let mut command = Command::cargo_bin("plan158").unwrap();
            command.env_clear().env("HOME", home).current_dir(home);
            command.args(["show", tried, "--lang", "both"]);
            command.args(["--plan", "plan.toml", "--journal", "notes", "--as-of", "2026-06-30"]);
            let output = command.output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        }
        other => panic!("{other}"),
    };
    seen.to_lowercase()
}

/// A field of a table, and within it of a table.
struct Trial<'a> {
    place: String,
    heading: &'a str,
    base: &'a [(&'a str, &'a str)],
    key: &'a str,
    /// What the file says, and what it says without the field; nothing where the whole key goes.
    with: String,
    without: Option<String>,
    traces: Vec<String>,
    needs: &'static [(&'static str, &'static str)],
}

impl Trial<'_> {
    /// A plan with a value in the field, or as it is without.
    fn plan(&self, value: Option<&str>) -> String {
        let mut text = format!("{HEAD}{}\n", self.heading);
        let given = self.base.iter().filter(|(key, _)| *key != self.key);
        let given = given.filter(|(key, _)| self.needs.iter().all(|(needed, _)| needed != key));
        for (key, value) in given.chain(self.needs) {
            text.push_str(&format!("{key} = {value}\n"));
        }
        let own = self.base.iter().find(|(key, _)| *key == self.key).map(|(_, value)| *value);
        if let Some(value) = value.or(own) {
            text.push_str(&format!("{} = {value}\n", self.key));
        }
        text
    }

    /// The ways that do not show it.
    fn unseen(&self, known: &mut Looks) -> Vec<&'static str> {
        let count = |text: &String| -> usize {
            self.traces.iter().map(|trace| text.matches(&trace.to_lowercase()).count()).sum()
        };
        let mut counts = |value: Option<&str>| -> Vec<usize> {
            let plan = self.plan(value);
            known.entry(plan).or_insert_with_key(|plan| looks(&self.place, plan)).iter().map(count).collect()
        };
        let (with, without) = (counts(Some(&self.with)), counts(self.without.as_deref()));
        // What stands where a flag is set may go where it is not.
        let shown = with.into_iter().zip(without).map(|(with, without)| with != without);
        WAYS.into_iter().zip(shown).filter(|(_, shown)| !shown).map(|(way, _)| way).collect()
    }
}

/// What a plan looks like in each of the ways, by its text: several fields share a plan without them.
type Looks = BTreeMap<String, Vec<String>>;

fn looks(place: &str, plan: &str) -> Vec<String> {
    let made = Made::new(plan, &[]);
    let problems: Vec<&str> = made.loaded.diagnostics.iter().map(|one| one.message.en.as_str()).collect();
    assert!(problems.is_empty(), "{place}: {problems:?}\n{plan}");
    WAYS.iter().map(|way| seen(&made, way)).collect()
}

/// What a field needs beside it.
fn needs(key: &str, focus: Option<&str>) -> &'static [(&'static str, &'static str)] {
    match (key, focus) {
        ("where", None) => &[("part_of", "\"zqwhole\"")],
        ("unit", None) => &[("observed", "[{ year = 2019, value = 512.5 }]")],
        (_, Some("stage")) => &[("measure", "\"milestone\"")],
        _ => &[],
    }
}

fn trials(declared: &Declared) -> Vec<Trial<'_>> {
    let mut trials = Vec::new();
    let node = declared.fields("node");
    let metric = declared.fields("metric").iter().filter(|(key, _)| !node.contains_key(*key));
    let node = node.iter().map(|field| ("node", "[[goal]]", NODE, field));
    for (table, heading, base, (key, field)) in
        node.chain(metric.map(|field| ("metric", "[[metric]]", METRIC, field)))
    {
        let mut push = |focus: Option<&str>, sample: &str, without: Option<String>| {
            let inner = focus.map(|focus| format!(".{focus}")).unwrap_or_default();
            trials.push(Trial {
                place: format!("{table}.{key}{inner}"),
                heading,
                base,
                key,
                with: declared.sample(key, field, focus),
                without,
                traces: declared.traces(focus.unwrap_or(key), sample),
                needs: needs(key, focus),
            });
        };
        let Some(inner) = declared.table_of(field) else {
            push(None, &declared.sample(key, field, None), None);
            continue;
        };
        for (own, own_field) in declared.fields(inner) {
            // Only a target may have no date: elsewhere it is reported.
            if own == "undated" && key != "target" {
                continue;
            }
            let sample = declared.sample(own, own_field, None);
            let is_there = declared.stands_in(inner, own, Some(own))
                || matches!(own.as_str(), "year" | "value" | "stage");
            let without = (!is_there).then(|| declared.sample(key, field, Some("")));
            push(Some(own), &sample, without);
        }
    }
    trials
}

#[test]
fn what_a_file_says_in_a_field_is_found_in_every_format() {
    let declared = Declared::read();
    let trials = trials(&declared);
    assert!(trials.len() > 120, "{}", trials.len());
    let (mut found, mut known) = (Vec::new(), Looks::new());
    for trial in &trials {
        let unseen = trial.unseen(&mut known);
        let excepted = EXCEPTIONS.iter().filter(|(place, ..)| *place == trial.place);
        let excepted: Vec<&str> = excepted.flat_map(|(_, ways, _)| ways.iter().copied()).collect();
        let missing: Vec<&str> = unseen.iter().copied().filter(|way| !excepted.contains(way)).collect();
        if !missing.is_empty() {
            found.push(format!("{} = {} is not seen in {}", trial.place, trial.with, missing.join(" ")));
        }
        let idle: Vec<&str> = excepted.into_iter().filter(|way| !unseen.contains(way)).collect();
        if !idle.is_empty() {
            found.push(format!("{} is seen in {}, and excepted", trial.place, idle.join(" ")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
