//! `export --format docx`, taken apart by an XML reader that is not ours.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::report::spoken;
use super::support::Home;

const DOCX: &str =
    "export --format docx --plan small.toml --as-of 2026-06-30 --journal notes -o out.docx --force";

fn package(home: &Home, more: &str) -> (Vec<u8>, BTreeMap<String, String>) {
    home.run(&format!("{DOCX} {more}")).ok();
    let bytes = std::fs::read(home.path("out.docx")).unwrap();
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
fn every_part_is_whole_and_every_part_that_is_named_is_there() {
    let (_, parts) = package(&spoken(), "--lang both");
    for (name, text) in &parts {
        assert!(!elements(text).is_empty(), "{name}");
    }
    for (_, attributes, _) in elements(&parts["[Content_Types].xml"]) {
        if let Some(part) = attributes.get("PartName") {
            assert!(parts.contains_key(part.trim_start_matches('/')), "{part}");
        }
    }
    for (folder, relations) in [("", "_rels/.rels"), ("word/", "word/_rels/document.xml.rels")] {
        for (_, attributes, _) in elements(&parts[relations]) {
            if let Some(target) = attributes.get("Target") {
                assert!(parts.contains_key(&format!("{folder}{target}")), "{target}");
            }
        }
    }
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
            ("Heading1", "How it stands"),
            ("Heading1", "Content"),
            ("Heading2", "G Overall goal"),
            ("Heading3", "A Teachers"),
            ("Heading4", "i Coverage"),
            ("Heading3", "i Students"),
        ]
    );
}

#[test]
fn a_source_is_a_footnote_once_and_led_to_ever_after() {
    let (_, parts) = package(&spoken(), "");
    let body = elements(&parts["word/document.xml"]);
    let of = |name: &str, key: &str| -> Vec<String> {
        body.iter()
            .filter(|(tag, ..)| tag == name)
            .map(|(_, attributes, _)| attributes[key].clone())
            .collect()
    };
    assert_eq!(of("w:footnoteReference", "w:id"), ["1", "2"]);
    assert_eq!(of("w:bookmarkStart", "w:name"), ["source1", "source2"]);
    let anchors = of("w:hyperlink", "w:anchor");
    assert!(
        anchors.len() > 2 && anchors.iter().all(|anchor| ["source1", "source2"].contains(&anchor.as_str()))
    );
    let notes = paragraphs(&parts["word/footnotes.xml"]);
    let notes: Vec<&str> =
        notes.iter().filter(|(style, _)| style == "FootnoteText").map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        notes,
        [
            " Early; publisher: A; date: 2025-02-28; standing: the plan itself; grade: B; early",
            " Late; publisher: B; date: 2025-10-20; standing: a report; late",
        ]
    );
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
