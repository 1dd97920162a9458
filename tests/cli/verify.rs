//! `verify`: what a file says of itself, held against the plan and journal of today.

use std::fs;
use std::io::Write as _;

use rstest::rstest;
use serde_json::{Value, json};

use super::report::spoken;
use super::support::{Home, PLAN, ran};

/// With the plan and the journal of the home.
const WITH: &str = "--plan small.toml --journal notes";

fn export(home: &Home, what: &str, file: &str) {
    home.run(&format!("export {what} -o {file} --as-of 2026-06-30 {WITH}")).ok();
}

fn verify(home: &Home, line: &str) -> super::support::Ran {
    home.run(&format!("verify {line} {WITH}"))
}

/// Adds a line of the journal.
fn speak(home: &Home, seq: u32, by: &str, event: Value) {
    let id = format!("r{seq}");
    let record = json!({"v": 1, "id": id, "seq": seq, "at": "2026-06-10T09:00:00.000+08:00", "by": by, "plan": "small",
        "session": null, "events": [event]});
    let file = home.path(format!("notes/{by}.jsonl"));
    let mut file = fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
    writeln!(file, "{record}").unwrap();
}

#[rstest]
fn a_file_that_nothing_has_happened_to_is_the_same(
    #[values("md", "json", "html", "xlsx", "toml", "opml", "docx")] format: &str,
    #[values("", "a1", "--lang both", "--rule projection")] what: &str,
) {
    let home = spoken();
    export(&home, &format!("{what} --format {format}"), "out");
    let said = verify(&home, "out").ok();
    assert!(said.contains("plan's files: unchanged\n  journal: unchanged\n"), "{said}");
    assert!(said.contains("the file itself: not edited since it was written\nunchanged since: "), "{said}");
    // In whatever language it is asked, and whatever today's settings are.
    home.write(".config/plan158/config.toml", "rule = \"opensdg\"\n");
    let said = verify(&home, "out --lang zh").ok();
    assert!(said.contains("文件自身：导出后未被改动\n此后未变："), "{said}");
}

#[rstest]
fn what_has_changed_is_said_from_what_to_what(
    #[values("md", "json", "html", "xlsx", "toml", "opml", "docx")] format: &str,
) {
    let home = spoken();
    export(&home, &format!("--format {format}"), "out");
    home.write("small.toml", PLAN.replace("on = \"2028-02\", value = 98", "on = \"2028-02\", value = 99"));
    speak(&home, 5, "wang", json!({"event": "status", "node": "a1", "status": "on-track", "reason": null}));
    speak(&home, 6, "zhao", json!({"event": "progress", "node": "root", "progress": 20}));
    let ran = verify(&home, "out");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("plan's files: sha256:") && ran.out.contains("journal: sha256:"), "{}", ran.out);
    assert!(ran.out.contains("\n  target 2028-02: 98% → 99%\n"), "{}", ran.out);
    assert!(ran.out.contains("\n  wang: - limited → + on-track\n"), "{}", ran.out);
    assert!(ran.out.contains("\n  zhao: — → 20%\n"), "{}", ran.out);
    assert!(ran.out.contains("the file itself: not edited since it was written"), "{}", ran.out);
    let zh = verify(&home, "out --lang zh").out;
    assert!(
        zh.contains("\n  目标 2028-02：98% → 99%\n") && zh.contains("\n  wang：微 进展有限 → 顺 进展顺利\n"),
        "{zh}"
    );
    let found = verify(&home, "out --json").json();
    assert_eq!((&found["same"], &found["edited"]), (&json!(false), &json!(false)));
    let share =
        found["changes"].as_array().unwrap().iter().find(|change| change["id"] == "a1.share").unwrap();
    let figure = share["differences"].as_array().unwrap().iter().find(|one| one["what"] == "figure").unwrap();
    assert_eq!(
        (&figure["was"]["amount"], &figure["now"]["amount"], &figure["now"]["source"]),
        (&json!("98"), &json!("99"), &json!("early"))
    );
}

/// 2.8 points from the end of 2024 to the end of February 2028.
#[test]
fn a_state_that_has_changed_is_said_with_its_number() {
    let home = Home::new();
    let with = |value: &str| {
        PLAN.replace(
            "announced = 2025-10-20, value = 96, bound = \"more-than\"",
            &format!("year = 2025, value = {value}"),
        )
    };
    home.write("small.toml", with("96"));
    export(&home, "a1.share --format md", "out.md");
    home.write("small.toml", with("95.5"));
    let ran = verify(&home, "out.md");
    assert_eq!(ran.code, 1);
    // Of the way 0.8 / 2.8 or 0.3 / 2.8, of the time 365 of 1154 days: 0.2857 / 0.3161 and 0.1071 / 0.3161.
    assert!(ran.out.contains("state: ~ needs-acceleration → - limited"), "{}", ran.out);
    assert!(ran.out.contains("the rule's number: 0.903981 → 0.338993"), "{}", ran.out);
    assert!(ran.out.contains("actual 2025: 96% → 95.5%"), "{}", ran.out);
}

#[rstest]
#[case("md --report full", "two lines", "two other lines")]
#[case("json", "95.20", "95.90")]
#[case("html --report full", "two lines", "two other lines")]
#[case("md", "97%", "99%")]
#[case("html", "97%", "99%")]
fn a_file_that_was_edited_is_told_by_its_line(#[case] format: &str, #[case] from: &str, #[case] to: &str) {
    let home = spoken();
    export(&home, &format!("--format {format}"), "out");
    let text = fs::read_to_string(home.path("out")).unwrap();
    let (head, _) = text.split_once(from).expect(from);
    let line = head.matches('\n').count() + 1;
    home.write("out", text.replacen(from, to, 1));
    let ran = verify(&home, "out");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the file itself: edited after it was written"), "{}", ran.out);
    assert!(ran.out.contains(&format!("    line {line} · ")), "{}", ran.out);
    let found = verify(&home, "out --json").json();
    assert_eq!((&found["edited"], &found["file_edit"]), (&json!(true), &json!("edited")));
    assert_eq!(found["edits"][0]["line"], json!(line));
    let [was, now] = ["was", "now"].map(|key| found["edits"][0][key].as_str().unwrap().to_owned());
    assert!(was.contains(from) && now == was.replacen(from, to, 1), "{was} → {now}");
}

#[rstest]
#[case("md", "--depth 2")]
#[case("md", "--only metrics")]
#[case("html", "--report full --only metrics --title 题目 --issuer 某委 --author li")]
#[case("html", "--title T --issuer I")]
fn what_shapes_a_report_is_in_its_stamp_and_asked_again(#[case] format: &str, #[case] flags: &str) {
    let home = spoken();
    export(&home, &format!("--format {format} {flags}"), "out");
    let ran = verify(&home, "out");
    assert_eq!((ran.code, ran.out.contains("unchanged since")), (0, true), "{}", ran.out);
    speak(&home, 9, "zhao", json!({"event": "status", "node": "a1", "status": "limited", "reason": null}));
    let changed = verify(&home, "out");
    // a1 is no metric: a report of metrics alone says nothing of it.
    assert_eq!(changed.out.contains("zhao"), !flags.contains("--only"), "{}", changed.out);
}

#[test]
fn a_change_elsewhere_in_the_plan_leaves_a_branch_the_same() {
    let home = spoken();
    export(&home, "a1 --format md", "out.md");
    home.write("small.toml", PLAN.replace("value = 84000", "value = 85000"));
    let said = verify(&home, "out.md").ok();
    assert!(said.contains("has changed elsewhere, nothing in this file"), "{said}");
    // A source's title stands in the report, and belongs to no node.
    home.write("small.toml", PLAN.replace("en = \"Early\"", "en = \"Earlier\""));
    let ran = verify(&home, "out.md");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("no node, but the overview"), "{}", ran.out);
}

#[rstest]
fn nodes_that_came_went_moved_or_have_another_name_are_told_apart(#[values("md", "json")] format: &str) {
    let home = spoken();
    export(&home, &format!("a1 --format {format}"), "branch");
    export(&home, &format!("--format {format}"), "whole");
    let renamed = PLAN.replace("id = \"a1.share\"\n", "id = \"a1.coverage\"\naliases = [\"a1.share\"]\n");
    home.write("small.toml", renamed);
    let out = verify(&home, "branch").out;
    assert!(out.contains("a1.share → a1.coverage Coverage"), "{out}");
    // The node has nothing but the name, and no roll-up names it: it is behind nothing.
    assert!(
        !out.contains("a1 Teachers")
            && out.contains("a1.share → a1.coverage Coverage\n\nin sum: not edited; changed since\n"),
        "{out}"
    );
    // The students move under the action: new in its branch, elsewhere in the whole.
    let moved = PLAN.replace(
        "id = \"root.students\"\nlevel = \"indicator\"\nparent = \"root\"",
        "id = \"root.students\"\nlevel = \"indicator\"\nparent = \"a1\"",
    );
    home.write("small.toml", moved);
    assert!(verify(&home, "branch").out.contains("root.students Students\n  not in the file, is there now"));
    let gone = PLAN.split("[[metric]]\nid = \"root.students\"").next().unwrap();
    home.write("small.toml", gone);
    assert!(verify(&home, "whole").out.contains("root.students\n  has left the plan"));
    // The scope itself is gone.
    export(&home, &format!("a1.share --format {format}"), "leaf");
    home.write("small.toml", PLAN.replace("a1.share", "a1.other"));
    let ran = verify(&home, "leaf");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("a1.share\n  has left the plan"), "{}", ran.out);
}

#[rstest]
fn a_filter_is_asked_again(#[values("md", "json")] format: &str) {
    let home = spoken();
    let mut command = home.command(&format!("export --format {format} -o out --as-of 2026-06-30 {WITH}"));
    ran(command.args(["--filter", "status:limited | cover"]).assert()).ok();
    verify(&home, "out").ok();
    home.write("small.toml", PLAN.replace("Coverage", "Share").replace("覆盖率", "比率"));
    let ran = verify(&home, "out");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("a1.share Share\n  the filter no longer finds it"), "{}", ran.out);
}

#[test]
fn another_day_can_be_asked_for() {
    let home = spoken();
    export(&home, "--format md", "out.md");
    let late = json!({"v": 1, "id": "r9", "seq": 9, "at": "2026-09-01T09:00:00.000+08:00", "by": "wang", "plan": "small",
        "session": null, "events": [{"event": "progress", "node": "a1", "progress": 75}]});
    home.write("notes/late.jsonl", format!("{late}\n"));
    verify(&home, "out.md").ok();
    let ran = verify(&home, "out.md --as-of 2026-10-01");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("as of: 2026-06-30 → 2026-10-01"), "{}", ran.out);
    assert!(ran.out.contains("wang: - limited → - limited, 75%"), "{}", ran.out);
    let ran = verify(&home, "out.md --rule projection");
    assert!(ran.out.contains("rule: pace 0.95 0.6 0 → projection 0.95 0.1 0"), "{}", ran.out);
}

#[rstest]
#[case("words.md", "# just notes\n", "has no stamp")]
#[case("empty", "", "has no stamp")]
#[case("data.json", "{\"format\": 1, \"tool\": \"other 2\"}", "has no stamp")]
#[case("newer.json", "{\"format\": 2, \"tool\": \"plan158 9.0.0\"}", "newer version")]
#[case("half.json", "{\"format\": 1, \"tool\": \"plan158 0.1.0\"}", "cannot be read")]
#[case("newer.md", "---\nplan158: {\"v\":3}\n---\n", "newer version")]
#[case("bad.md", "---\nplan158: {\"v\":1}\n---\n", "cannot be read")]
#[case("book.xlsx", "PK\u{3}\u{4}no", "has no stamp")]
#[case("page.html", "<!DOCTYPE html>", "has no stamp")]
fn a_file_that_is_none_of_ours_is_refused(#[case] name: &str, #[case] text: &str, #[case] said: &str) {
    let home = spoken();
    home.write(name, text);
    let err = verify(&home, name).failed(2);
    assert!(err.contains(name) && err.contains(said) && err.contains("next: "), "{err}");
}

#[test]
fn a_file_that_is_cut_short_or_of_another_plan_is_refused() {
    let home = spoken();
    export(&home, "--format md", "out.md");
    let text = fs::read_to_string(home.path("out.md")).unwrap();
    let marks = text.find("<!-- plan158").unwrap();
    home.write("short.md", &text[..marks]);
    assert!(verify(&home, "short.md").failed(2).contains("nothing that says what its nodes were"));
    home.write("torn.md", text.trim_end().trim_end_matches("-->").trim_end().trim_end_matches('}'));
    assert!(verify(&home, "torn.md").failed(2).contains("says of its node 4 what cannot be read"));
    home.write("other.toml", PLAN.replace("id = \"small\"", "id = \"other\""));
    let err = home.run("verify out.md --plan other.toml").failed(2);
    assert!(err.contains("is of the plan small; the one that is open is other"), "{err}");
    assert!(verify(&home, "no.md --lang zh").failed(2).contains("无法读取 no.md"));
}

/// A workbook as small as one can be: a sheet `stamp` whose first column holds the lines.
fn workbook(lines: &[String]) -> Vec<u8> {
    let escape = |line: &String| line.replace('&', "&amp;").replace('<', "&lt;");
    let row = |(number, line): (usize, &String)| {
        format!(
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
            escape(line)
        )
    };
    let rows: String = (1..).zip(lines).map(row).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"stamp\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_bears_its_stamp_and_marks_in_a_sheet() {
    let home = spoken();
    export(&home, "--format md", "out.md");
    let text = fs::read_to_string(home.path("out.md")).unwrap();
    let stamp = text.lines().find_map(|line| line.strip_prefix("plan158: ")).unwrap();
    let marks = text.split("<!-- plan158:nodes\n").nth(1).unwrap().lines().take_while(|line| *line != "-->");
    let lines: Vec<String> =
        std::iter::once(stamp.replace("\"md\"", "\"xlsx\"")).chain(marks.map(ToOwned::to_owned)).collect();
    home.write("out.xlsx", workbook(&lines));
    let found = verify(&home, "out.xlsx --json").json();
    assert_eq!((&found["nodes"], &found["changes"]), (&json!(4), &json!([])));
    home.write("small.toml", PLAN.replace("value = 84000", "value = 85000"));
    let ran = verify(&home, "out.xlsx");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("actual 2024: 84000 people → 85000 people"), "{}", ran.out);
}

/// Written by version 0.1.0, whose JSON had fewer keys.
#[rstest]
#[case("md", include_str!("v1/report.md"))]
#[case("json", include_str!("v1/report.json"))]
fn a_report_of_an_earlier_version_is_compared_by_what_that_version_said(
    #[case] format: &str,
    #[case] text: &str,
) {
    let plan = include_str!("v1/plan.toml");
    let home = Home::new();
    home.write("old", text);
    home.write("one.toml", plan);
    let verify = || home.run("verify old --plan one.toml");
    // It has no digest, so that the first question stays open.
    let ran = verify();
    let said = &ran.out;
    assert_eq!(ran.code, 1, "{format}: {said}");
    assert!(said.contains("program: plan158 0.1.0 → plan158"), "{format}: {said}");
    assert!(said.contains("cannot be checked: an earlier version wrote it"), "{format}: {said}");
    assert!(said.contains("unchanged since: states, figures and content of 1 node"), "{format}: {said}");
    home.write("one.toml", plan.replace("tags = [\"a\"]", "tags = [\"b\"]"));
    let ran = verify();
    assert_eq!(ran.code, 1, "{format}: {}", ran.out);
    assert!(ran.out.contains("root"), "{format}: {}", ran.out);
}

/// A forger changes one figure, alone and together with a change of the plan that anybody may make, and asks
/// for another day and rule.
#[rstest]
fn a_forged_figure_is_never_passed_over(
    #[values("md", "json", "html", "xlsx", "toml", "opml", "docx")] format: &str,
    #[values(false, true)] is_plan_changed: bool,
    #[values("", "--as-of 2026-10-01", "--rule projection")] asked: &str,
) {
    let home = spoken();
    // A brief report has that figure in a chart alone.
    let report = if format == "docx" { "--report full" } else { "" };
    export(&home, &format!("--format {format} {report}"), "out");
    let bytes = fs::read(home.path("out")).unwrap();
    let forged = match format {
        "xlsx" => with_parts(&bytes, "xl/worksheets/", |xml| xml.replace("<v>95.2</v>", "<v>99.2</v>")),
        "docx" => with_parts(&bytes, "word/document.xml", |xml| xml.replacen("95.2", "99.2", 1)),
        _ => String::from_utf8(bytes.clone()).unwrap().replacen("95.2", "99.2", 1).into_bytes(),
    };
    assert_ne!(forged, bytes);
    fs::write(home.path("out"), forged).unwrap();
    if is_plan_changed {
        home.write("small.toml", PLAN.replace("value = 84000", "value = 85000"));
    }
    let ran = verify(&home, &format!("out {asked}"));
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the file itself: edited after it was written"), "{}", ran.out);
    assert!(ran.out.lines().last().unwrap().starts_with("in sum: the file was edited; "), "{}", ran.out);
    // The node that says it is another than the one that changed.
    assert!(
        ran.out.contains("95.2") && ran.out.contains("99.2") && ran.out.contains("a1.share"),
        "{}",
        ran.out
    );
}

/// Who changes a figure wherever it stands changes what the file says of its nodes too.
#[rstest]
fn an_edit_of_the_marks_is_no_change_of_the_plan(
    #[values("md", "html", "json", "toml", "opml")] format: &str,
) {
    let home = spoken();
    export(&home, &format!("--format {format}"), "out");
    let text = fs::read_to_string(home.path("out")).unwrap();
    home.write("out", text.replace("95.2", "99.2"));
    let ran = verify(&home, "out");
    assert_eq!(ran.code, 1);
    assert!(ran.out.ends_with("in sum: the file was edited; unchanged since\n"), "{}", ran.out);
    assert!(ran.out.contains("a1.share"), "{}", ran.out);
}

/// A package with the texts of some of its parts changed.
fn with_parts(bytes: &[u8], parts: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    use std::io::Read as _;
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..book.len() {
        let mut part = book.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with(parts) {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[rstest]
fn line_ends_of_another_system_are_no_edit(#[values("md", "json", "html", "toml", "opml")] format: &str) {
    let home = spoken();
    export(&home, &format!("--format {format}"), "out");
    let text = fs::read_to_string(home.path("out")).unwrap();
    home.write("out", format!("\u{feff}{}", text.replace('\n', "\r\n")));
    let said = verify(&home, "out").ok();
    assert!(said.contains("only its line ends or byte order mark are others, no content"), "{said}");
    assert!(said.ends_with(
        "in sum: not edited, only its line ends or byte order mark are others; unchanged since\n"
    ));
}

#[test]
fn a_workbook_that_is_packed_another_way_is_no_edit() {
    let home = spoken();
    export(&home, "--format xlsx", "out");
    let bytes = fs::read(home.path("out")).unwrap();
    let packed = with_parts(&bytes, "xl/worksheets/", |xml| xml);
    assert_ne!(packed, bytes);
    fs::write(home.path("out"), packed).unwrap();
    assert!(verify(&home, "out").ok().contains("not edited since it was written"));
}

#[test]
fn a_file_is_taken_from_standard_input_and_held_against_a_digest_that_was_noted() {
    let home = spoken();
    let told = home.run(&format!("export --format md -o out.md --as-of 2026-06-30 {WITH}"));
    let digest = told.out.trim().strip_prefix("digest ").unwrap().to_owned();
    let bytes = fs::read(home.path("out.md")).unwrap();
    let piped = |line: &str| {
        let mut command = home.command(&format!("verify - {line} {WITH}"));
        ran(command.write_stdin(bytes.clone()).assert())
    };
    assert!(piped("").ok().contains("standard input: md"));
    piped(&format!("--expect {digest}")).ok();
    let other = digest.replace(&digest[7..12], "00000");
    let err = piped(&format!("--expect {other}"));
    assert_eq!(err.code, 1);
    assert!(err.err.contains("is another file"), "{}", err.err);
}

/// Without `--as-of` a report rests on all records, those dated ahead among them.
#[test]
fn a_report_is_the_same_right_after_its_export_whatever_the_clocks_say() {
    let home = spoken();
    let ahead = json!({"v": 1, "id": "r9", "seq": 9, "at": "2099-01-01T09:00:00.000+14:00", "by": "wang", "plan": "small",
        "session": null, "events": [{"event": "progress", "node": "a1", "progress": 75}]});
    home.write("notes/late.jsonl", format!("{ahead}\n"));
    home.run(&format!("export --format md -o now.md {WITH}")).ok();
    let said = verify(&home, "now.md").ok();
    assert!(said.contains("unchanged since"), "{said}");
    let stamp = fs::read_to_string(home.path("now.md")).unwrap();
    assert!(stamp.contains("\"as_of_named\":false"), "{stamp}");
}

/// A note of the 24th in Chongqing, which is still the 23rd in London.
const EVENING: &str = r#"{"v":1,"id":"0193b000-0000-7000-8000-000000000001","seq":1,"at":"2026-11-24T07:00:00.000+08:00","by":"li","plan":"small","session":null,"writer":"w-1","n":1,"events":[{"event":"note","node":"a1","kind":"progress","text":"evening"}]}"#;

#[rstest]
fn a_day_ends_where_the_report_was_made_and_holds_the_same_records_in_every_zone(
    #[values("md", "json", "html", "xlsx", "toml", "opml", "docx")] format: &str,
    #[values("Europe/London", "Asia/Shanghai", "America/Los_Angeles")] reader: &str,
) {
    let home = Home::new();
    home.write("j/li.jsonl", format!("{EVENING}\n"));
    let asked = format!(
        "export a1 --plan small.toml --journal j --as-of 2026-11-23 --format {format} -o out.{format}"
    );
    let london = home.run_with(&[("TZ", "Europe/London")], &asked);
    assert_eq!(london.code, 0, "{}", london.err);
    let json = home
        .run_with(
            &[("TZ", "Europe/London")],
            "export a1 --plan small.toml --journal j --as-of 2026-11-23 --format json",
        )
        .json();
    assert_eq!(json["as_of_end"], "2026-11-24T00:00:00Z");
    assert_eq!(json["nodes"][0]["annotation"]["notes"][0]["text"], "evening");
    let chongqing =
        home.run("export a1 --plan small.toml --journal j --as-of 2026-11-23 --format json").json();
    assert_eq!(chongqing["nodes"][0]["annotation"], Value::Null, "in Chongqing it is the 24th");
    let again =
        home.run_with(&[("TZ", reader)], &format!("verify out.{format} --plan small.toml --journal j"));
    assert_eq!((again.code, again.err.as_str()), (0, ""), "{}", again.out);
}

#[test]
fn a_report_by_a_rule_set_that_its_reader_does_not_have_is_made_again_from_its_stamp() {
    let rules = "[[rules]]\nid = \"ours\"\ntitle = { zh = \"本市口径\", en = \"City scale\" }\nnumber = \"pace\"\non_track = 0.9\nneeds_acceleration = 0.5\nlimited = 0.1\nwords = [{ zh = \"好\", en = \"fine\" }, { zh = \"慢\", en = \"slow\" }, { zh = \"晚\", en = \"late\" }, { zh = \"很晚\", en = \"very late\" }]\n";
    let (writer, reader) = (Home::new(), Home::new());
    writer.write(".config/plan158/config.toml", rules);
    for format in ["md", "json", "html", "xlsx", "toml", "opml"] {
        let file = writer.path("out");
        let made = format!(
            "export --plan small.toml --rule ours --as-of 2026-10-01 --format {format} --force -o out"
        );
        writer.run(&made).ok();
        let bytes = fs::read(&file).unwrap();
        reader.write("out", bytes);
        let ran = reader.run("verify out --plan small.toml");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}: {}", ran.out);
    }
    let json = writer.run("export --plan small.toml --rule ours --format json").json();
    assert_eq!(json["rule"]["words"][0]["en"], "fine");
    assert_eq!(json["rule"]["name"]["zh"], "本市口径");
}

#[test]
fn a_csv_file_is_verified_by_the_stamp_beside_it_and_not_without() {
    let home = spoken();
    export(&home, "--format csv --stamp", "out.csv");
    let said = verify(&home, "out.csv").ok();
    assert!(said.contains("the file itself: not edited since it was written"), "{said}");
    let text = fs::read_to_string(home.path("out.csv")).unwrap();
    home.write("out.csv", text.replacen("95.2", "99.2", 1));
    let ran = verify(&home, "out.csv");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("95.2") && ran.out.contains("99.2"), "{}", ran.out);
    assert!(ran.out.contains(" · a1.share: "), "{}", ran.out);
    fs::remove_file(home.path("out.csv.stamp")).unwrap();
    let ran = verify(&home, "out.csv");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("cannot be checked"), "{}", ran.out);
    let err = home.run("export --plan small.toml --format md --stamp -o out.md").failed(2);
    assert!(err.contains("--stamp is for csv"), "{err}");
}

#[rstest]
fn a_csv_file_is_made_again_as_it_was_asked_for(
    #[values("", "--plain-csv", "--excel", "--table values")] how: &str,
) {
    let home = spoken();
    export(&home, &format!("--format csv --stamp {how}"), "out.csv");
    let found = verify(&home, "out.csv --json").json();
    assert_eq!((&found["same"], &found["bytes"]), (&json!(true), &json!("same")), "{found}");
}

#[rstest]
#[case("brief.md.j2", include_str!("../../docs/templates/brief.md.j2"))]
#[case("table.html.j2", include_str!("../../docs/templates/table.html.j2"))]
fn what_a_template_wrote_is_verified_by_its_block(#[case] name: &str, #[case] template: &str) {
    let home = spoken();
    home.write(name, template);
    export(&home, &format!("--template {name}"), "out");
    let ran = verify(&home, "out");
    assert!(ran.out.contains("the file itself: not edited since it was written"), "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("unchanged since: "), "{}", ran.out);
    let text = fs::read_to_string(home.path("out")).unwrap();
    assert!(text.contains("96"), "{text}");
    home.write("out", text.replacen("96", "69", 1));
    let ran = verify(&home, "out");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the file itself: edited after it was written"), "{}", ran.out);
}

#[test]
fn a_forged_chart_is_named_and_one_that_another_program_saved_cannot_be_checked() {
    let home = Home::new();
    let plan = PLAN.replace("observed = [{ announced", "observed = [{ year = 2022, value = 90, source = \"early\" }, { year = 2023, value = 92, source = \"early\" }, { announced");
    home.write("small.toml", plan);
    home.run("export --plan small.toml --format docx --as-of 2026-06-30 -o out.docx").ok();
    home.run("verify out.docx --plan small.toml").ok();
    let bytes = fs::read(home.path("out.docx")).unwrap();
    let forged = with_parts(&bytes, "word/charts/", |xml| xml.replace(">92<", ">82<"));
    assert_ne!(forged, bytes);
    home.write("out.docx", &forged);
    let ran = home.run("verify out.docx --plan small.toml");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the file itself: edited") && ran.out.contains("charts"), "{}", ran.out);
    let saved = with_parts(&forged, "docProps/app.xml", |xml| xml.replace("plan158", "Word"));
    home.write("out.docx", saved);
    let ran = home.run("verify out.docx --plan small.toml");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("its charts cannot be checked"), "{}", ran.out);
}

/// What version 1 wrote has no digest: what it says of a figure is held against the plan, and the rest is left open.
#[rstest]
#[case("md", include_str!("v1/report.md"))]
#[case("json", include_str!("v1/report.json"))]
fn a_forged_file_of_an_earlier_version_is_never_called_the_same(#[case] format: &str, #[case] text: &str) {
    let home = Home::new();
    home.write("one.toml", include_str!("v1/plan.toml"));
    home.write(
        "old",
        text.replace("\"state\":\"no-data\"", "\"state\":\"achieved\"")
            .replace("Overall goal", "Overall gaol"),
    );
    let ran = home.run("verify old --plan one.toml");
    assert_eq!(ran.code, 1, "{format}: {}", ran.out);
    assert!(ran.out.contains("cannot be checked"), "{format}: {}", ran.out);
}

/// The same exports as another program saved them: `tests/cli/resaved/README.md` says how they were made.
#[rstest]
#[case::calc("calc.xlsx", include_bytes!("resaved/calc.xlsx"))]
#[case::openpyxl("openpyxl.xlsx", include_bytes!("resaved/openpyxl.xlsx"))]
#[case::writer("writer.docx", include_bytes!("resaved/writer.docx"))]
fn a_file_that_another_program_saved_again_is_not_edited(#[case] name: &str, #[case] bytes: &[u8]) {
    let home = Home::new();
    home.write(name, bytes);
    home.write("plan.toml", include_str!("resaved/plan.toml"));
    let ran = home.run(&format!("verify {name} --plan plan.toml"));
    assert_eq!(ran.err, "");
    // Calc and Writer draw charts in a form of their own.
    let kept = if name.ends_with("docx") { "no text was edited" } else { "not edited since it was written" };
    assert!(ran.out.contains(&format!("the file itself: {kept}")), "{}", ran.out);
    let (part, from, to) =
        if name.ends_with("docx") { ("word/document.xml", "96%", "97%") } else { ("xl/", "95.2", "99.2") };
    home.write(name, with_parts(bytes, part, |xml| xml.replace(from, to)));
    let ran = home.run(&format!("verify {name} --plan plan.toml"));
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the file itself: edited after it was written"), "{}", ran.out);
}
