//! opml: well-formed whatever people write, nested as the plan is.

use plan158::export::{Format, Options};
use plan158::text::markdown::lines as lines_of_markdown;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::json;

use super::support::{Home, Made, PLAN, ids, record, records, words};

/// A line of an outline: how deep it stands, and its attributes.
#[derive(Debug)]
struct Line {
    depth: usize,
    attributes: Vec<(String, String)>,
}

impl Line {
    fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }
}

/// Every line, by a reader that stops at the first thing that is no XML.
fn read(xml: &str) -> Vec<Line> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    reader.config_mut().check_comments = true;
    let (mut lines, mut depth) = (Vec::new(), 0);
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}"));
        let opens = matches!(event, Event::Start(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                if tag.name().as_ref() == "outline" {
                    let attributes = tag.attributes().map(|attribute| {
                        let attribute = attribute.unwrap();
                        let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                        (attribute.key.as_ref().to_owned(), value)
                    });
                    lines.push(Line { depth, attributes: attributes.collect() });
                }
                depth += usize::from(opens);
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every tag is closed");
    lines
}

fn exported(made: &Made) -> String {
    String::from_utf8(made.export(Format::Opml, None, Options::default())).unwrap()
}

#[test]
fn lines_are_nested_as_nodes_are_and_say_how_they_stand() {
    let note =
        json!([{"event": "note", "node": "a1", "kind": "concern", "text": "first\n<second> & \"third\""}]);
    let gone = json!([{"event": "note", "node": "a1.gone", "kind": "question", "text": "where?"}]);
    let made = Made::new(PLAN, &[record(1, "li", note), record(2, "li", gone)]);
    let xml = exported(&made);
    let lines = read(&xml);
    let told: Vec<(usize, &str)> = lines.iter().map(|line| (line.depth - 2, line.get("id"))).collect();
    let wanted = [
        (0, ""),
        (0, "root"),
        (1, "a1"),
        (2, "a1.share"),
        (1, "root.students"),
        (0, ""),
        (1, "a1.gone"),
        (0, ""),
        (1, "early"),
        (1, "late"),
    ];
    assert_eq!(told, wanted, "{xml}");
    let a1 = &lines[2];
    assert_eq!((a1.get("text"), a1.get("state")), ("教师队伍 / Teachers", "not-judged"));
    assert!(a1.get("_note").contains("first\n\\<second\\> \\& \"third\""), "{}", a1.get("_note"));
    assert!(lines[0].get("_note").contains("截至 / as of：2026-06-30"), "{}", lines[0].get("_note"));
    assert!(
        xml.contains("<dateCreated>Tue, 30 Jun 2026 00:00:00 GMT</dateCreated>")
            && xml.contains("<opml version=\"2.0\">"),
        "{xml}"
    );
    assert!(xml.contains("<!-- plan158: {\"v\":2,\"format\":\"opml\""));
}

#[test]
fn the_command_gives_the_same_bytes_twice_and_keeps_a_filter_in_its_place() {
    let home = Home::new();
    let run = || home.run("export --format opml --plan small.toml --as-of 2026-06-30 --lang en").ok();
    assert_eq!(run(), run());
    let mut command = home.command("export --format opml --plan small.toml --lang en");
    let xml = super::support::ran(command.args(["--filter", "kind:metric cover"]).assert()).ok();
    let lines = read(&xml);
    let ids: Vec<&str> = lines.iter().map(|line| line.get("id")).filter(|id| !id.is_empty()).collect();
    assert_eq!(ids[..3], ["root", "a1", "a1.share"]);
    assert!(lines[1].get("_note").contains("named only") && !lines[3].get("_note").contains("named only"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn nothing_that_people_or_plans_write_breaks_out(records in records(ids()), title in words()) {
        let plan = PLAN.replace("\"Teachers\"", &::toml::Value::String(title).to_string());
        let made = Made::new(&plan, &records);
        let xml = exported(&made);
        let unsafe_there = xml.contains(['\u{1}', '\u{FFFE}', '\u{202e}', '\t']);
        prop_assert!(!unsafe_there);
        let lines = read(&xml);
        for line in &lines {
            let Some(id) = made.plan().tree.find(line.get("id")) else { continue };
            for note in made.journal.annotations(id).into_iter().flat_map(plan158::journal::Annotations::notes) {
                let text = lines_of_markdown(&note.text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}");
                prop_assert!(line.get("_note").contains(text.trim_end()), "{:?} in {:?}", text, line);
            }
        }
    }
}

#[test]
fn a_chain_of_parents_is_nested_to_its_end_in_a_file_in_proportion_to_it() {
    let chain = |nodes: usize| {
        let node = |n: usize| {
            let parent = n.checked_sub(1).map(|up| format!("parent = \"n{up}\"\n")).unwrap_or_default();
            format!(
                "[[goal]]\nid = \"n{n}\"\nlevel = \"goal\"\n{parent}title = {{ zh = \"甲\", en = \"A\" }}\n\
                 evidence = [{{ source = \"s\", basis = \"stated\" }}]\n"
            )
        };
        let head = "format = 1\nid = \"chain\"\ntitle = { zh = \"链\", en = \"Chain\" }\n\
                    [[level]]\nid = \"goal\"\nrole = \"goal\"\nmark = \"G\"\nlabel = { zh = \"目标\", en = \"Goal\" }\n\
                    [[source]]\nid = \"s\"\ntitle = { zh = \"文\", en = \"S\" }\n";
        let plan = format!("{head}{}", (0..nodes).map(node).collect::<String>());
        let xml = exported(&Made::new(&plan, &[]));
        let deepest = read(&xml).iter().map(|line| line.depth).max();
        // `opml` and `body` are around it.
        assert_eq!(deepest, Some(nodes - 1 + 2));
        xml.len()
    };
    let (once, eightfold) = (chain(200), chain(1_600));
    assert!(eightfold < 9 * once, "{once} bytes, then {eightfold}");
}
