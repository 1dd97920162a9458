//! Broken copies: a small register and its document in a folder of their own, laid out as the real ones are,
//! and `check --source` on copies that differ by a figure, a name, a digest, a paragraph. The register of the
//! 158N plan is held by the same code against its article where that lies beside the project.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use rstest::rstest;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Scrambled as a many-column page is: the second section goes on in the first.
const DOCUMENT: &str = "\
# 某市教育一年回顾

开篇：交流61次，覆盖率95.2%。

## 图

续上：结对27所，“惠学生”上线。

## 改革

文中写到一半，
";

const PLAN: &str = r#"
format = 1
id = "broken-copies"
title = { zh = "小规划", en = "Small plan" }
languages = ["zh", "en"]
files = ["nodes.toml"]
sources = "../seeds/sources.toml"
facts = "../seeds/facts.toml"
level = [
    { id = "goal", role = "goal", mark = "G", label = { zh = "目标", en = "Goal" } },
    { id = "indicator", role = "metric", mark = "i", label = { zh = "指标", en = "Indicator" } },
]
"#;

const NODES: &str = r#"
[[goal]]
id = "root"
level = "goal"
title = { zh = "总目标", en = "Overall goal" }

[[metric]]
id = "coverage"
level = "indicator"
parent = "root"
title = { zh = "覆盖率", en = "Coverage" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
observed = [{ year = 2024, value = 95.2, source = "review", at = "s0.p1" }]
"#;

const FACTS: &str = r#"
[[fact]]
id = "f1"
source = "review"
at = "s0.p1"
subject = { zh = "覆盖率", en = "Coverage" }
written = "95.2%"
value = 95.2
node = "coverage"

[[fact]]
id = "f2"
source = "review"
at = "s0.p1"
subject = { zh = "交流", en = "Exchanges" }
written = "61次"
left_out = { zh = "只作示例", en = "an example only" }

[[fact]]
id = "f3"
source = "review"
at = "s1.p1"
subject = { zh = "结对与应用", en = "Pairs and an application" }
written = "27所"
names = ["惠学生"]
node = "root"
"#;

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The register of [`DOCUMENT`], made from it by hand: sections from their headings, paragraphs as lines.
fn register() -> String {
    let sections = [
        ("s0", "# 某市教育一年回顾", "开篇：交流61次，覆盖率95.2%。", ""),
        ("s1", "## 图", "续上：结对27所，“惠学生”上线。", "s2.p1"),
        ("s2", "## 改革", "文中写到一半，", ""),
    ];
    let mut text = format!(
        "[[source]]\nid = \"review\"\ntitle = {{ zh = \"回顾\", en = \"Review\" }}\nstanding = \"report\"\nsha256 = \"{}\"\n",
        digest(DOCUMENT)
    );
    for (order, (id, heading, paragraph, continues)) in (1..).zip(sections) {
        let continues =
            if continues.is_empty() { String::new() } else { format!(", continues = \"{continues}\"") };
        text += &format!(
            "\n[[source.section]]\nid = \"{id}\"\nheading = {{ zh = \"{heading}\", en = \"Heading\" }}\nsha256 = \"{}\"\norder = {order}\nparagraphs = [{{ id = \"p1\", sha256 = \"{}\"{continues} }}]\n",
            digest(&format!("{heading}\n{paragraph}")),
            digest(paragraph),
        );
    }
    text
}

struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        desk.write("plan/plan.toml", PLAN);
        desk.write("plan/nodes.toml", NODES);
        desk.write("seeds/sources.toml", &register());
        desk.write("seeds/facts.toml", FACTS);
        desk.write("copy.md", DOCUMENT);
        desk
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn change(&self, name: &str, from: &str, to: &str) {
        let path = self.dir.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// Exit code, and each problem as `code line`.
    fn check(&self) -> (i32, Vec<String>, String) {
        let output = command(self.dir.path())
            .args(["check", "plan", "--source", "review=copy.md", "--format", "json", "--lang", "en"])
            .output()
            .unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let problems = answer["diagnostics"].as_array().unwrap().clone();
        let codes = problems
            .iter()
            .map(|problem| format!("{} {}", problem["code"].as_str().unwrap(), problem["line"]))
            .collect();
        let messages =
            problems.iter().map(|problem| problem["message"].as_str().unwrap()).collect::<Vec<_>>();
        (output.status.code().unwrap(), codes, messages.join("\n"))
    }
}

fn command(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan158"));
    command.current_dir(home).env_clear().env("HOME", home);
    command
}

#[test]
fn a_true_copy_passes_with_either_line_end() {
    let desk = Desk::new();
    assert_eq!(desk.check(), (0, Vec::new(), String::new()));
    desk.write("copy.md", &DOCUMENT.replace('\n', "\r\n"));
    assert_eq!(desk.check(), (0, Vec::new(), String::new()));
}

#[rstest]
// A figure of the document changed: digests of the file, its section and its paragraph, the citation, and a
// figure nobody accounts for.
#[case::a_figure("95.2%", "95.4%", &["f1", "95.2%", "95.4%", "s0.p1"])]
#[case::a_figure_by_one_digit("27所", "270所", &["f3", "27所", "270", "s1.p1"])]
// A name changed.
#[case::a_name("惠学生", "惠教师", &["f3", "惠学生", "s1.p1"])]
// Words without a figure or a cited name: only the digests can tell.
#[case::words("写到一半", "写到三分", &["s2.p1", "digest"])]
#[case::a_paragraph_too_many("## 改革", "又添了8所。\n\n## 改革", &["s1.p2", "8"])]
#[case::a_section_too_few("## 改革\n\n文中写到一半，\n", "", &["s2"])]
fn a_copy_that_differs_fails_and_names_the_place(
    #[case] from: &str,
    #[case] to: &str,
    #[case] named: &[&str],
) {
    let desk = Desk::new();
    desk.change("copy.md", from, to);
    let (code, codes, messages) = desk.check();
    assert_eq!(code, 1, "{messages}");
    assert!(codes.contains(&"E31 0".to_owned()), "the whole file's digest: {codes:?}");
    assert!(named.iter().all(|part| messages.contains(part)), "{messages}");
    // The document's own sentences never reach the report.
    assert!(!messages.contains("开篇") && !messages.contains("续上"), "{messages}");
}

#[rstest]
#[case::a_figure_in_the_facts("seeds/facts.toml", "written = \"95.2%\"", "written = \"92.5%\"", &["E35 3", "E36 3"])]
#[case::a_name_in_the_facts("seeds/facts.toml", "names = [\"惠学生\"]", "names = [\"慧学生\"]", &["E35 7"])]
#[case::a_place_in_the_facts("seeds/facts.toml", "at = \"s1.p1\"", "at = \"s1.p4\"", &["E34 0", "E36 7"])]
fn a_register_that_errs_fails_where_it_errs(
    #[case] file: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] expected: &[&str],
) {
    let desk = Desk::new();
    desk.change(file, from, to);
    let (code, codes, messages) = desk.check();
    assert_eq!((code, codes), (1, expected.iter().map(|code| (*code).to_owned()).collect()), "{messages}");
}

#[rstest]
#[case::of_the_file(DOCUMENT, &["E31 0"])]
#[case::of_a_section("## 图\n续上：结对27所，“惠学生”上线。", &["E32 5"])]
#[case::of_a_paragraph("文中写到一半，", &["E32 11"])]
fn a_wrong_digest_is_told_from_the_others(#[case] text: &str, #[case] expected: &[&str]) {
    let desk = Desk::new();
    desk.change("seeds/sources.toml", &digest(text), &digest("something else"));
    let (code, codes, messages) = desk.check();
    assert_eq!((code, codes), (1, expected.iter().map(|code| (*code).to_owned()).collect()), "{messages}");
}

#[test]
fn a_figure_nobody_carries_or_excuses_fails() {
    let desk = Desk::new();
    let without = FACTS.split("\n[[fact]]\nid = \"f2\"").next().unwrap().to_owned()
        + "\n[[fact]]\nid = \"f3\""
        + FACTS.split("id = \"f3\"").nth(1).unwrap();
    desk.write("seeds/facts.toml", &without);
    let (code, codes, messages) = desk.check();
    assert_eq!((code, codes), (1, vec!["E36 3".to_owned()]));
    assert!(messages.contains("61"), "{messages}");
}
