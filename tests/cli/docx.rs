//! `export --format docx`, taken apart by an XML reader that is not ours.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::report::spoken;
use super::support::Home;

const DOCX: &str = "export --format docx --report full --plan small.toml --as-of 2026-06-30 --journal notes -o out.docx --force";

fn package(home: &Home, more: &str) -> (Vec<u8>, BTreeMap<String, String>) {
    home.run(&format!("{DOCX} {more}")).ok();
    unpacked(home, "out.docx")
}

fn unpacked(home: &Home, file: &str) -> (Vec<u8>, BTreeMap<String, String>) {
    let bytes = std::fs::read(home.path(file)).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        assert_eq!(file.last_modified().map(|time| time.year()), Some(1980), "no clock");
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        parts.insert(file.name().unwrap().into_owned(), text);
    }
    (bytes, parts)
}

/// Every element with its attributes and the text directly in it, in order.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>, String)> {
    let mut reader = Reader::from_str(xml);
    let mut all: Vec<(String, BTreeMap<String, String>, String)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let name = attribute.key.as_ref().to_owned();
                    let value = attribute.value.into_owned();
                    (name, quick_xml::escape::unescape(&value).unwrap().into_owned())
                });
                let name = tag.name().as_ref().to_owned();
                all.push((name, attributes.collect(), String::new()));
                if !is_empty {
                    open.push(all.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop().unwrap();
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    all[*at].2.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let name = name.to_string();
                let escaped = format!("&{name};");
                all[*open.last().unwrap()].2.push_str(&quick_xml::escape::unescape(&escaped).unwrap());
            }
            Event::Eof => {
                assert!(open.is_empty());
                return all;
            }
            Event::Decl(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// Paragraphs as their style and text, breaks as line breaks.
fn paragraphs(xml: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, attributes, text) in elements(xml) {
        match (name.as_str(), all.last_mut()) {
            ("w:p", _) => all.push((String::new(), String::new())),
            ("w:pStyle", Some(last)) => last.0 = attributes["w:val"].clone(),
            ("w:t", Some(last)) => last.1.push_str(&text),
            ("w:br", Some(last)) => last.1.push('\n'),
            _ => {}
        }
    }
    all
}

#[test]
fn minutes_are_a_whole_package_too() {
    let home = Home::new();
    let review = "--plan small.toml --journal notes --author li review";
    home.command(&format!("{review} --plain")).write_stdin("\n\n\n\n").assert().success();
    home.run(&format!("{review} --minutes -o minutes.docx")).ok();
    is_whole(&unpacked(&home, "minutes.docx").1);
}

/// Every part is XML, and every part that is named is there.
fn is_whole(parts: &BTreeMap<String, String>) {
    for (name, text) in parts {
        assert!(!elements(text).is_empty(), "{name}");
    }
    for (_, attributes, _) in elements(&parts["[Content_Types].xml"]) {
        if let Some(part) = attributes.get("PartName") {
            assert!(parts.contains_key(part.trim_start_matches('/')), "{part}");
        }
    }
    for (folder, relations) in [("", "_rels/.rels"), ("word/", "word/_rels/document.xml.rels")] {
        for (_, attributes, _) in elements(&parts[relations]) {
            let is_outside = attributes.get("TargetMode").is_some_and(|mode| mode == "External");
            if let Some(target) = attributes.get("Target").filter(|_| !is_outside) {
                let target = format!("{folder}{target}").replace("word/../", "");
                assert!(parts.contains_key(&target), "{target}");
            }
        }
    }
}

#[test]
fn every_part_is_whole_and_every_part_that_is_named_is_there() {
    let (_, parts) = package(&spoken(), "--lang both");
    is_whole(&parts);
    let styles: Vec<String> = elements(&parts["word/styles.xml"])
        .into_iter()
        .filter_map(|(_, mut all, _)| all.remove("w:styleId"))
        .collect();
    for (name, attributes, _) in elements(&parts["word/document.xml"]) {
        if matches!(name.as_str(), "w:pStyle" | "w:rStyle" | "w:tblStyle") {
            assert!(styles.contains(&attributes["w:val"]), "{attributes:?}");
        }
    }
}

#[test]
fn what_people_write_is_one_paragraph_of_text() {
    let (_, parts) = package(&spoken(), "");
    let all = paragraphs(&parts["word/document.xml"]);
    let notes: Vec<&str> =
        all.iter().filter(|(style, _)| style == "Note").map(|(_, text)| text.as_str()).collect();
    assert_eq!(notes, ["# no heading\n\n<script>x</script>\n- [link](http://x)\n-->\n| a | b |"]);
    let cells: Vec<&str> =
        all.iter().filter(|(style, _)| style == "Cell").map(|(_, text)| text.as_str()).collect();
    assert!(cells.contains(&"two lines | and a pipe") && cells.contains(&"+ on-track"), "{cells:?}");
    assert!(cells.contains(&"a|b <i>"), "{cells:?}");
}

#[test]
fn headings_make_the_outline() {
    let (_, parts) = package(&spoken(), "");
    let all = paragraphs(&parts["word/document.xml"]);
    let headings: Vec<(&str, &str)> = all
        .iter()
        .filter(|(style, _)| style.starts_with("Heading") || style == "Title")
        .map(|(style, text)| (style.as_str(), text.as_str()))
        .collect();
    assert_eq!(
        headings,
        [
            ("Title", "Small plan"),
            ("Heading1", "1 How it stands"),
            ("Heading1", "2 Overall goal"),
            ("Heading2", "2.1 Teachers"),
            ("Heading3", "2.1.1 Coverage"),
            ("Heading2", "2.2 Students"),
            ("Heading1", "3 Sources"),
            ("Heading1", "4 How this report was made"),
        ]
    );
}

#[test]
fn a_source_is_listed_once_and_led_to() {
    let (_, parts) = package(&spoken(), "");
    let body = elements(&parts["word/document.xml"]);
    let of = |name: &str, key: &str| -> Vec<String> {
        let found = body.iter().filter(|(tag, ..)| tag == name);
        found.filter_map(|(_, attributes, _)| attributes.get(key).cloned()).collect()
    };
    let places = of("w:bookmarkStart", "w:name");
    let sources: Vec<&String> = places.iter().filter(|name| name.starts_with("source")).collect();
    assert_eq!(sources, ["source1", "source2"]);
    let anchors = of("w:hyperlink", "w:anchor");
    assert!(anchors.iter().all(|anchor| places.contains(anchor)), "{anchors:?} in {places:?}");
    assert!(anchors.iter().filter(|anchor| anchor.starts_with("source")).count() > 2);
    let list = paragraphs(&parts["word/document.xml"]);
    let list: Vec<&str> =
        list.iter().filter(|(style, _)| style == "Reference").map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        list,
        [
            "[1] Early; publisher: A; date: 2025-02-28; standing: the plan itself; grade: B; early",
            "[2] Late; publisher: B; date: 2025-10-20; standing: a report; late",
        ]
    );
}

#[test]
fn a_table_of_contents_leads_to_every_chapter_and_pages_are_counted() {
    let (_, parts) = package(&spoken(), "--lang both");
    let lines: Vec<String> = paragraphs(&parts["word/document.xml"])
        .into_iter()
        .filter(|(style, _)| style.starts_with("TOC"))
        .map(|(_, text)| text)
        .collect();
    // Behind each stands a page, until a word processor fills it in.
    assert_eq!(lines[0], "一、总体情况 / How it stands1");
    assert_eq!(lines[2], "（一）教师队伍 / Teachers1");
    let footer: String = elements(&parts["word/footer1.xml"]).into_iter().map(|(.., text)| text).collect();
    assert_eq!(footer, "第  PAGE 1 页　共  NUMPAGES 1 页");
    assert!(parts["word/header1.xml"].contains("小规划 / Small plan"), "{}", parts["word/header1.xml"]);
}

#[test]
fn a_chart_of_three_values_stands_in_a_part_of_its_own() {
    let home = spoken();
    let (_, parts) = package(&home, "");
    let chart = &parts["word/charts/chart1.xml"];
    assert!(parts["word/_rels/document.xml.rels"].contains("Id=\"chart1\""));
    let names: Vec<String> =
        elements(chart).into_iter().filter(|(name, ..)| name == "c:v").map(|(.., text)| text).collect();
    for name in ["baseline", "actual", "target", "expected path", "as of 2026-06-30", "95.2", "97"] {
        assert!(names.iter().any(|own| own == name), "{name} in {names:?}");
    }
    home.run("export --plan small.toml --as-of 2026-06-30 --journal notes -o brief.docx").ok();
    let bytes = std::fs::read(home.path("brief.docx")).unwrap();
    assert!(zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name("word/charts/chart1.xml").is_ok());
}

#[test]
fn the_layout_of_official_documents_has_its_margins_sizes_and_page_numbers() {
    let home = spoken();
    let (_, parts) = package(&home, "--style gbt9704 --lang zh");
    let body = elements(&parts["word/document.xml"]);
    let margins = &body.iter().find(|(name, ..)| name == "w:pgMar").unwrap().1;
    // 37, 35, 28 and 26 millimetres, in twentieths of a point.
    for (side, millimetres) in [("top", 37.0), ("bottom", 35.0), ("left", 28.0), ("right", 26.0)] {
        let set: f64 = margins[&format!("w:{side}")].parse().unwrap();
        assert!((set / 1440.0 * 25.4 - millimetres).abs() < 0.1, "{side}: {set}");
    }
    let styles = elements(&parts["word/styles.xml"]);
    let size = |style: &str| {
        let from =
            styles.iter().position(|(_, all, _)| all.get("w:styleId").is_some_and(|id| id == style)).unwrap();
        styles[from..].iter().find(|(name, ..)| name == "w:sz").unwrap().1["w:val"].clone()
    };
    // Half points: 22 and 16 point.
    assert_eq!([size("Title"), size("Heading1")], ["44", "32"]);
    let footer: String = elements(&parts["word/footer1.xml"]).into_iter().map(|(.., text)| text).collect();
    assert_eq!(footer, "—  PAGE 1 —");
    let said = paragraphs(&parts["word/document.xml"]);
    assert!(said.iter().any(|(_, text)| text.contains("按 GB/T 9704 的版式排印，不是公文")), "{said:?}");
}

#[test]
fn chinese_has_its_fonts_and_each_run_its_language() {
    let (_, parts) = package(&spoken(), "--lang both");
    assert!(parts["word/styles.xml"].contains("w:eastAsia=\"SimSun\""));
    let mut tag = String::new();
    let mut seen = 0;
    for (name, attributes, text) in elements(&parts["word/document.xml"]) {
        match name.as_str() {
            "w:r" => tag.clear(),
            "w:lang" => tag = attributes["w:val"].clone(),
            "w:t" if text == "教师队伍" || text == "Teachers" => {
                assert_eq!(tag, if text == "Teachers" { "en-GB" } else { "zh-CN" });
                seen += 1;
            }
            _ => {}
        }
    }
    assert!(seen > 1, "{seen}");
}

#[test]
fn two_runs_give_the_same_bytes_and_the_properties_bear_the_as_of_and_the_stamp() {
    let home = spoken();
    let (first, parts) = package(&home, "");
    assert_eq!(first, package(&home, "").0);
    assert!(parts["docProps/core.xml"].contains("2026-06-30T00:00:00Z"));
    let stamp =
        elements(&parts["docProps/custom.xml"]).into_iter().find(|(name, ..)| name == "vt:lpwstr").unwrap().2;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&stamp).unwrap()["format"], "docx");
}
