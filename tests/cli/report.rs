//! `export` beyond JSON: reports in Markdown, filters, templates, and what happens when writing goes wrong.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag};
use rstest::rstest;
use serde_json::{Value, json};

use super::support::{Home, PLAN};

const JSON: &str = "export --format json --plan small.toml --as-of 2026-06-30 --journal notes";
const MD: &str = "export --format md --report full --plan small.toml --as-of 2026-06-30 --journal notes";

/// A home in which two authors have spoken, one of them in the hope of breaking out.
pub fn spoken() -> Home {
    let home = Home::new();
    let record = |seq: u32, by: &str, events: Value| {
        let id = format!("r{seq}");
        let at = format!("2026-06-01T09:0{seq}:00.000+08:00");
        json!({"v": 1, "id": id, "seq": seq, "at": at, "by": by, "plan": "small", "session": null, "events": events})
            .to_string()
    };
    let note = "# no heading\n\n<script>x</script>\n- [link](http://x)\n-->\n| a | b |";
    let value = json!([{"event": "value", "node": "a1.share", "value": 97, "to": null, "label": null, "stage": null, "year": null,
        "on": "2026-03-31", "announced": null, "period": null, "bound": "exact", "source": "a|b <i>", "grade": null}]);
    let verdict = json!([
        {"event": "status", "node": "a1", "status": "on-track", "reason": "two\nlines | and a pipe"},
        {"event": "progress", "node": "a1", "progress": 40},
        {"event": "tag", "node": "a1", "tag": "a|b"},
        {"event": "star", "node": "a1"},
    ]);
    let li = [
        record(1, "li", value),
        record(2, "li", verdict),
        record(3, "li", json!([{"event": "note", "node": "a1", "kind": "concern", "text": note}])),
    ];
    home.write("notes/li.jsonl", li.join("\n") + "\n");
    let other = json!([{"event": "status", "node": "a1", "status": "limited", "reason": null}]);
    home.write("notes/wang.jsonl", record(4, "wang", other) + "\n");
    home
}

/// The stamp of a report, and its marks by id.
fn sealed(report: &str) -> (Value, Vec<Value>) {
    let stamp = report.lines().find_map(|line| line.strip_prefix("plan158: ")).unwrap();
    let marks = report.split("<!-- plan158:nodes\n").nth(1).unwrap();
    let marks = marks.lines().take_while(|line| *line != "-->");
    (serde_json::from_str(stamp).unwrap(), marks.map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn body(report: &str) -> &str {
    report.splitn(3, "---\n").nth(2).unwrap()
}

#[test]
fn a_report_says_in_a_readable_place_what_it_was_made_from() {
    let home = spoken();
    let report = home.run(&format!("{} --lang both", MD.replace("export", "export a1"))).ok();
    let export = home.run(JSON).json();
    let (stamp, marks) = sealed(&report);
    assert_eq!(stamp["plan"]["hash"], export["plan"]["hash"]);
    assert_eq!(stamp["journal"], export["journal"]);
    assert_eq!(
        stamp["rule"],
        json!({"id": "pace", "cuts": [0.95, 0.6, 0.0], "number": "pace", "steps": "all",
            "name": {"zh": "进度比", "en": "pace"}, "provisional_below": 0.15,
            "source": {"zh": "本程序", "en": "this program's own"}})
    );
    assert_eq!(
        (&stamp["scope"], &stamp["filter"], &stamp["lang"], &stamp["as_of"], &stamp["nodes"]),
        (&json!("a1"), &Value::Null, &json!("both"), &json!("2026-06-30"), &json!(2))
    );
    for said in [
        "scope",
        "范围",
        "pace（ρ）：≥ 0.95 进展顺利",
        "as of：2026-06-30",
        export["plan"]["hash"].as_str().unwrap(),
    ] {
        assert!(body(&report).contains(said), "{said}");
    }
    assert_eq!(marks.len(), 2);
    assert_eq!(
        marks[0]["said"],
        json!([{"by": "li", "status": "on-track", "progress": 40}, {"by": "wang", "status": "limited"}])
    );
    assert_eq!(
        marks[1]["values"],
        json!([
            {"kind": "baseline", "when": "2024", "amount": "95.20", "source": "early"},
            {"kind": "observed", "when": "announced 2025-10-20", "amount": "96", "bound": "more-than", "source": "late"},
            {"kind": "target", "when": "2028-02", "amount": "98", "source": "early"},
            {"kind": "target", "when": "undated", "amount": "+20", "force": "strive", "source": "early"},
            {"kind": "observed", "when": "2026-03-31", "amount": "97", "source": "a|b <i>", "by": "li"},
        ])
    );
    let state = export["nodes"].as_array().unwrap().iter().find(|node| node["id"] == "a1.share").unwrap();
    assert_eq!(marks[1]["state"], state["state"]);
}

#[test]
fn what_people_write_stays_text() {
    let report = spoken().run(MD).ok();
    let mut html = Vec::new();
    let mut headings = 0;
    let mut quoted = String::new();
    let mut in_quote = false;
    for event in Parser::new_ext(body(&report), Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => html.push(text.into_string()),
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("#s-"), "a link to {dest_url}")
            }
            Event::Start(Tag::BlockQuote(_)) => in_quote = true,
            Event::End(pulldown_cmark::TagEnd::BlockQuote(_)) => in_quote = false,
            Event::Text(text) if in_quote => quoted.push_str(&text),
            Event::HardBreak if in_quote => quoted.push('\n'),
            _ => {}
        }
    }
    assert_eq!(quoted, "# no heading\n\n<script>x</script>\n- [link](http://x)\n-->\n| a | b |");
    // How it stands, four nodes, sources, what it was made from.
    assert_eq!(headings, 7);
    let html = html.concat();
    let (places, comment) = html.split_at(html.find("<!--").unwrap());
    assert_eq!(places, "<a id=\"s-1\"></a><a id=\"s-2\"></a>");
    assert!(comment.starts_with("<!-- plan158:nodes\n") && comment.ends_with("-->\n"), "{comment}");
    assert_eq!(comment.matches("-->").count(), 1);
}

#[test]
fn tables_stay_tables() {
    let report = spoken().run(MD).ok();
    let mut columns = 0;
    for line in report.lines() {
        let cells = line.replace("\\|", "").matches('|').count();
        match (line.starts_with('|'), columns) {
            (true, 0) => columns = cells,
            (true, _) => assert_eq!(cells, columns, "{line}"),
            (false, _) => columns = 0,
        }
    }
    assert!(report.contains("| li | \\+ on-track | 40% | two lines \\| and a pipe |"), "{report}");
}

#[test]
fn sources_are_one_list_numbered_as_they_are_met() {
    let report = spoken().run(MD).ok();
    let first = |mark: &str| report.find(mark).unwrap();
    assert!(first("[\\[1\\]](#s-1)") < first("[\\[2\\]](#s-2)"));
    assert!(report.contains(
        "\n1. <a id=\"s-1\"></a>Early; publisher: A; date: 2025-02-28; standing: the plan itself; grade: B; `early`\n"
    ));
    assert!(report.contains(
        "\n2. <a id=\"s-2\"></a>Late; publisher: B; date: 2025-10-20; standing: a report; `late`\n"
    ));
    let used: Vec<&str> = report.split("](#s-").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(!used.is_empty() && used.iter().all(|number| ["1", "2"].contains(number)), "{used:?}");
}

#[rstest]
#[case("md")]
#[case("json")]
#[case("html")]
fn two_runs_give_the_same_bytes(#[case] format: &str) {
    let home = spoken();
    let line = JSON.replace("json", format);
    assert_eq!(home.run(&line).ok(), home.run(&line).ok());
}

#[test]
fn a_filter_leaves_matches_in_their_place_and_says_so() {
    let home = spoken();
    let mut command = home.command(JSON);
    let ran = super::support::ran(command.args(["--filter", "kind:metric cover"]).assert()).json();
    assert_eq!((&ran["filter"], &ran["matched"]), (&json!("kind:metric cover"), &json!(["a1.share"])));
    let ids: Vec<&Value> = ran["nodes"].as_array().unwrap().iter().map(|node| &node["id"]).collect();
    assert_eq!(ids, ["root", "a1", "a1.share"]);
    let mut command = home.command(MD);
    let report = super::support::ran(command.args(["--filter", "kind:metric cover"]).assert()).ok();
    assert!(report.contains("1 nodes match; 2 above them are named only"), "{report}");
    assert!(
        report.contains("`a1` · Action · 缺 no-data · (above a match, named only)")
            || report.contains("(above a match, named only)")
    );
    assert!(!report.contains("no heading"), "notes of what is only above a match stay out");
    assert_eq!(sealed(&report).0["filter"], "kind:metric cover");
}

#[rstest]
#[case("kid:metric", 2, "the filter is not understood: kid:metric")]
#[case("", 2, "the query is empty")]
#[case("zzzqqq", 1, "nothing matches")]
fn a_filter_that_says_nothing_writes_nothing(#[case] query: &str, #[case] code: i32, #[case] said: &str) {
    let home = Home::new();
    let mut command = home.command("export --format md --plan small.toml -o out.md");
    let err = super::support::ran(command.args(["--filter", query]).assert()).failed(code);
    assert!(err.contains(said), "{err}");
    assert!(!home.path("out.md").exists());
}

#[test]
fn what_was_said_of_a_node_that_left_goes_with_the_part_it_stood_in() {
    let home = spoken();
    let without = PLAN.split("[[metric]]\nid = \"a1.share\"").next().unwrap().to_owned()
        + "[[metric]]"
        + PLAN.split("[[metric]]").nth(2).unwrap();
    home.write("small.toml", without);
    let orphans =
        |scope: &str| home.run(&JSON.replace("export", scope)).json()["orphans"].as_array().unwrap().len();
    assert_eq!(orphans("export"), 1);
    assert_eq!(orphans("export a1"), 1);
    assert_eq!(orphans("export root"), 1);
    assert_eq!(orphans("export root.students"), 0);
    let report = home.run(MD).ok();
    assert!(report.contains("# 3 Orphaned annotations") && report.contains("## `a1.share`"), "{report}");
    assert!(report.contains("97 (2026-03-31) · a\\|b \\<i\\>"), "{report}");
}

#[test]
fn a_format_that_is_none_is_refused_with_those_there_are() {
    let err = Home::new().run("export --format pdf").failed(2);
    assert!(err.contains("md, html, csv"), "{err}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_and_a_folder_that_takes_nothing_are_said_with_their_place() {
    let home = Home::new();
    let err = home.run("export --format md --plan small.toml -o /dev/full").failed(2);
    assert!(err.contains("cannot write /dev/full: No space left"), "{err}");
    let err = home.run("export --format md --plan small.toml -o /proc/plan158.md").failed(2);
    assert!(err.contains("cannot write /proc/plan158.md"), "{err}");
}

/// A file that ends early: the limit on a file's size stands for a disk that fills up.
#[test]
#[cfg(target_os = "linux")]
fn a_write_that_fails_half_way_leaves_the_old_file_and_nothing_beside_it() {
    let home = Home::new();
    home.write("out/plan.md", "old");
    let program = env!("CARGO_BIN_EXE_plan158");
    let line =
        format!("ulimit -f 1; exec {program} export --format md --plan small.toml -o out/plan.md --force");
    let mut shell = assert_cmd::Command::new("sh");
    shell.env_clear().env("HOME", home.path("")).env("LANG", "C.UTF-8").current_dir(home.path(""));
    let err = super::support::ran(shell.args(["-c", &line]).assert()).failed(2);
    assert!(err.contains("cannot write out/plan.md"), "{err}");
    assert_eq!(fs::read_to_string(home.path("out/plan.md")).unwrap(), "old");
    assert_eq!(fs::read_dir(home.path("out")).unwrap().count(), 1);
}

#[rstest]
#[case("brief.md.j2", "en", "# Overall goal", "(2024, early)")]
#[case("brief.md.j2", "zh", "# 总目标", "超96%")]
#[case("table.html.j2", "zh", "<td>覆盖率</td>", "95.20% (2024年)")]
#[case("table.html.j2", "en", "<td>Coverage</td>", "more than 96% (announced 2025-10-20)")]
fn the_sample_templates_fit_any_plan(
    #[case] name: &str,
    #[case] lang: &str,
    #[case] first: &str,
    #[case] second: &str,
) {
    let home = spoken();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates").join(name);
    let line = format!(
        "export --template {} --plan small.toml --journal notes --as-of 2026-06-30 --lang {lang}",
        path.display()
    );
    let out = home.run(&line).ok();
    assert!(out.contains(first) && out.contains(second), "{out}");
    assert!(!out.contains("<script>") && !out.contains("<i>"), "{out}");
    assert!(out.contains("plan158"), "it carries the stamp");
}

#[rstest]
#[case("{% for %}", "line 1")]
#[case("x\n{{ nodes[0].nosuch.key }}", "line 2")]
fn a_wrong_template_is_said_with_its_line_and_writes_nothing(#[case] text: &str, #[case] said: &str) {
    let home = Home::new();
    home.write("own.md", text);
    let err = home.run("export --template own.md --plan small.toml -o out.md").failed(2);
    assert!(err.contains("own.md") && err.contains(said), "{err}");
    assert!(!home.path("out.md").exists());
    let err = home.run("export --template no.md --plan small.toml").failed(2);
    assert!(err.contains("cannot read the template no.md"), "{err}");
    let err = home.run("export --plan small.toml").failed(2);
    assert!(err.contains("--format"), "{err}");
}

/// Checked by hand against `plan-data/actions/2-basic-education.toml`; hash and version are those of the day.
#[rstest]
#[case("full", "report-a2.preschool-both")]
#[case("brief", "report-a2.preschool-both-brief")]
fn the_preschool_branch_reads_as_it_was_checked(#[case] length: &str, #[case] name: &str) {
    let line = format!("export a2.preschool --format md --report {length} --lang both --as-of 2026-11-24");
    let report = Home::new().run(&line).ok();
    let stamp = sealed(&report).0;
    let [hash, digest] =
        [&stamp["plan"]["hash"], &stamp["digest"]].map(|digest| digest.as_str().unwrap().to_owned());
    let report = report
        .replace(&hash, "sha256:HASH")
        .replace(&digest, "sha256:DIGEST")
        .replace(concat!("plan158 ", env!("CARGO_PKG_VERSION")), "plan158 VERSION");
    insta::assert_snapshot!(name, report);
}
