//! `intake` and `check-draft`: texts in, figures and findings out.

use std::fs;
use std::io::{Cursor, Write};

use rstest::rstest;
use serde_json::Value as Json;

use super::support::{Home, Ran};

/// A brief on the 158N plan: what it says is right but for the five things that were planted.
const BRIEF: &str = "\
# 教育发展简报

2024年，全市普惠性幼儿园覆盖率为95.2%，优质高中资源覆盖率达75%。
2024年，学区制、集团化办学覆盖率80%。
2024年，新增基础教育公办学位84万个。
2023年，博士学位授予单位增至13个。
2024年，57.5万名义务教育新生通过线上入学，家长四星、五星好评率为98.2%。
职业教育专业设置与重点产业适配度达88个百分点。
";

fn json(ran: &Ran) -> Json {
    serde_json::from_str(&ran.out).unwrap()
}

fn figures(home: &Home, name: &str) -> Vec<Json> {
    let ran = home.run(&format!("intake {name} --json"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    json(&ran)["figures"].as_array().unwrap().clone()
}

#[test]
fn intake_answers_with_the_keys_of_the_contract() {
    let home = Home::new();
    home.write("a.txt", "2024年，学前来渝留学规模扩大，来渝交流学习的外国青少年超9000人。\n");
    let ran = home.run("intake a.txt --json");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answer = json(&ran);
    assert_eq!(answer["file"], "a.txt");
    assert_eq!(answer["sha256"].as_str().unwrap().len(), 64);
    let figure = &answer["figures"][0];
    assert_eq!(figure["text"], "超9000人");
    let text: Vec<char> =
        "2024年，学前来渝留学规模扩大，来渝交流学习的外国青少年超9000人。".chars().collect();
    let start = usize::try_from(figure["start"].as_u64().unwrap()).unwrap();
    let end = usize::try_from(figure["end"].as_u64().unwrap()).unwrap();
    assert_eq!(text[start..end].iter().collect::<String>(), "超9000人");
    assert_eq!((&figure["line"], &figure["value"], &figure["to"]), (&1.into(), &9000.into(), &Json::Null));
    assert_eq!(
        (&figure["unit"], &figure["bound"], &figure["kind"]),
        (&"人".into(), &"more-than".into(), &"level".into())
    );
    assert_eq!((&figure["time"], &figure["what"]), (&"2024".into(), &"来渝交流学习的外国青少年".into()));
    assert_eq!(figure["nodes"][0]["id"], "a7.foreign-youth");
    assert!(figure["nodes"][0]["why"].is_string());
    assert_eq!(figure["would"], "other-source");
}

#[rstest]
#[case("2024年，普惠性幼儿园覆盖率95.2%。", "other-source")]
#[case("2024年，普惠性幼儿园覆盖率96.4%。", "conflict")]
#[case("2026年，普惠性幼儿园覆盖率96.4%。", "new-value")]
#[case("2015年，普惠性幼儿园覆盖率70.1%。", "earlier")]
#[case("到2035年，普惠性幼儿园覆盖率达到98%以上。", "target")]
#[case("全市新建公园12个。", "none")]
fn what_a_figure_would_change_is_said(#[case] text: &str, #[case] would: &str) {
    let home = Home::new();
    home.write("a.txt", text);
    assert_eq!(figures(&home, "a.txt")[0]["would"], would);
}

#[test]
fn a_brief_with_five_planted_errors_comes_back_with_these_five() {
    let home = Home::new();
    home.write("brief.md", BRIEF);
    let ran = home.run("check-draft brief.md --format json --as-of 2026-11-27");
    assert_eq!(ran.code, 1, "{}", ran.err);
    let answer = json(&ran);
    let findings = answer["findings"].as_array().unwrap();
    let differ: Vec<(u64, &str)> = findings
        .iter()
        .map(|finding| (finding["line"].as_u64().unwrap(), finding["kind"].as_str().unwrap()))
        .filter(|(_, kind)| !matches!(*kind, "agrees" | "unknown"))
        .collect();
    let expected = [(4, "bound-lost"), (5, "magnitude"), (6, "year"), (7, "value"), (8, "unit")];
    assert_eq!(differ, expected, "{}", ran.out);
    assert_eq!(findings.iter().filter(|finding| finding["kind"] == "agrees").count(), 3);
    let lost = findings.iter().find(|finding| finding["kind"] == "bound-lost").unwrap();
    assert_eq!(
        (&lost["node"], &lost["source"]),
        (&"a2.districts-and-groups.coverage".into(), &"article".into())
    );
    assert_eq!((&lost["found"], &lost["expected"]), (&"80%".into(), &"more than 80%".into()));
}

#[test]
fn a_draft_that_agrees_ends_with_0_and_a_reason_leaves_a_line_out() {
    let home = Home::new();
    home.write("right.md", "2024年，普惠性幼儿园覆盖率为95.2%。\n");
    assert_eq!(home.run("check-draft right.md").code, 0);
    home.write("wrong.md", "2024年，普惠性幼儿园覆盖率为94.2%。\n");
    assert_eq!(home.run("check-draft wrong.md").code, 1);
    home.write("left.md", "2024年，普惠性幼儿园覆盖率为94.2%。<!-- plan158:ignore 另一口径 -->\n");
    let ran = home.run("check-draft left.md --format json");
    assert_eq!((ran.code, &json(&ran)["findings"][0]["ignored"]), (0, &"另一口径".into()));
    home.write("no-reason.md", "2024年，普惠性幼儿园覆盖率为94.2%。<!-- plan158:ignore -->\n");
    assert_eq!(home.run("check-draft no-reason.md").code, 1);
}

#[test]
fn editors_get_file_line_and_column() {
    let home = Home::new();
    home.write("wrong.md", "甲\n2024年，普惠性幼儿园覆盖率为94.2%。\n");
    let ran = home.run("check-draft wrong.md --lang zh");
    assert!(ran.out.starts_with("wrong.md:2:17: 94.2%：数值不同"), "{}", ran.out);
    let github = home.run("check-draft wrong.md --format github --lang en");
    let expected = "::error file=wrong.md,line=2,col=17,endColumn=22,title=value::94.2%25: another value";
    assert!(github.out.starts_with(expected), "{}", github.out);
}

fn docx(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(body.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn every_form_and_encoding_of_a_text_is_read() {
    let home = Home::new();
    let text = "2024年，普惠性幼儿园覆盖率95.2%。";
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let page = format!(
        "<html><head><title>95%</title><script>var a = 12;</script></head><body><p>{text}</p></body></html>"
    );
    let word = format!(
        "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    for (name, bytes) in [
        ("a.txt", text.as_bytes().to_vec()),
        ("bom.txt", format!("\u{feff}{text}").into_bytes()),
        ("utf16.txt", utf16),
        ("gb.txt", gb.into_owned()),
        ("a.html", page.into_bytes()),
        ("a.docx", docx(&word)),
    ] {
        fs::write(home.path(name), bytes).unwrap();
        let found = figures(&home, name);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert_eq!((&found[0]["value"], &found[0]["line"]), (&serde_json::json!(95.2), &1.into()), "{name}");
    }
}

#[test]
fn what_cannot_be_read_says_so_and_what_to_do() {
    let home = Home::new();
    let bomb = format!("<w:document>{}</w:document>", " ".repeat(300 << 20));
    for (name, bytes, says) in [
        ("a.pdf", b"%PDF-1.7".to_vec(), "pdftotext a.pdf - | plan158 intake -"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), "save it as txt, md, html or docx"),
        ("broken.docx", docx("<w:document><w:p>"), "document.xml is broken"),
        ("no.docx", b"PK\x03\x04 nothing".to_vec(), "it is no docx"),
        ("bomb.docx", docx(&bomb), "it unfolds to more than"),
        ("bytes.bin", vec![0, 1, 2, 255, 254, 0, 0, 1], "it is no text, html or docx"),
        ("large.txt", vec![b'a'; 100 << 20], "larger than"),
    ] {
        fs::write(home.path(name), bytes).unwrap();
        let ran = home.run(&format!("intake {name}"));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}");
        assert!(ran.err.contains(says), "{name}: {}", ran.err);
    }
    assert_eq!(home.run("intake nowhere.txt").code, 2);
}

#[test]
fn a_patch_is_written_to_be_reviewed_and_the_plan_is_left_alone() {
    let home = Home::new();
    home.write("a.txt", "2026年，普惠性幼儿园覆盖率超过96.4%。\n");
    let ran = home.run("intake a.txt --write new.toml --title 年报 --publisher 教委 --date 2027");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let patch = fs::read_to_string(home.path("new.toml")).unwrap();
    let read: toml::Table = toml::from_str(&patch).unwrap();
    let metric = &read["metric"][0];
    assert_eq!(metric["id"].as_str(), Some("a2.public-interest-kindergartens"));
    let value = &metric["observed"][0];
    assert_eq!((value["value"].as_float(), value["year"].as_integer()), (Some(96.4), Some(2026)));
    assert_eq!((value["bound"].as_str(), value["at"].as_str()), (Some("more-than"), Some("1:15-22")));
    assert_eq!(read["source"][0]["publisher"]["zh"].as_str(), Some("教委"));
    assert_eq!(home.run("intake a.txt --write new.toml").code, 2, "an existing file stays");
}

#[test]
fn what_stands_in_a_text_never_reaches_the_terminal_as_it_is() {
    let home = Home::new();
    home.write("a.txt", "2024年，\u{1b}[31m普惠性幼儿园\u{202e}覆盖率95.2%。\n");
    for command in ["intake a.txt", "check-draft a.txt", "check-draft a.txt --format github"] {
        let ran = home.run(command);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{command}: {:?}", ran.out);
    }
}
