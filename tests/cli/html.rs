//! `export --format html`, read by an HTML parser that is not ours.

use plan158::plan::State;
use std::collections::HashSet;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::report::spoken;
use crate::support::Home;

const HTML: &str = "export --format html --report full --plan small.toml --as-of 2026-06-30 --journal notes";

fn parse(html: &str) -> RcDom {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    assert_eq!(*dom.errors.borrow(), Vec::<String>::new(), "the parser has nothing to correct");
    dom
}

fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|attr| &*attr.name.local == name).map(|attr| attr.value.to_string())
}

fn name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

/// Every element, in order.
fn elements(dom: &RcDom) -> Vec<Handle> {
    fn walk(node: &Handle, all: &mut Vec<Handle>) {
        if matches!(node.data, NodeData::Element { .. }) {
            all.push(node.clone());
        }
        node.children.borrow().iter().for_each(|child| walk(child, all));
    }
    let mut all = Vec::new();
    walk(&dom.document, &mut all);
    all
}

fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

/// The elements around a node, the innermost first.
fn above(node: &Handle) -> Vec<Handle> {
    let mut all = Vec::new();
    let mut at = node.clone();
    loop {
        let parent = at.parent.take();
        at.parent.set(parent.clone());
        let Some(up) = parent.and_then(|parent| parent.upgrade()) else { return all };
        all.push(up.clone());
        at = up;
    }
}

#[test]
fn what_people_write_stays_text_in_the_page() {
    let dom = parse(&spoken().run(HTML).ok());
    let all = elements(&dom);
    let notes: Vec<String> = all.iter().filter(|node| name(node) == "blockquote").map(text).collect();
    assert_eq!(notes, ["# no heading\n\n<script>x</script>\n- [link](http://x)\n-->\n| a | b |"]);
    let scripts: Vec<&Handle> = all.iter().filter(|node| name(node) == "script").collect();
    let types: Vec<_> = scripts.iter().map(|node| attribute(node, "type")).collect();
    assert_eq!(
        types,
        [Some("application/json".into()), Some("application/json".into())],
        "blocks of data only"
    );
    for script in scripts {
        serde_json::from_str::<serde_json::Value>(&text(script)).unwrap();
    }
    assert!(all.iter().all(|node| name(node) != "i"), "a source's name with a tag in it");
    for node in &all {
        let NodeData::Element { attrs, .. } = &node.data else { continue };
        assert!(attrs.borrow().iter().all(|attr| !attr.name.local.starts_with("on")));
    }
}

#[test]
fn nothing_comes_from_the_network_and_every_place_that_is_led_to_is_there() {
    let page = spoken().run(&format!("{HTML} --lang both")).ok();
    let dom = parse(&page);
    let all = elements(&dom);
    for tag in ["img", "link", "iframe", "object", "embed", "form", "base"] {
        assert!(all.iter().all(|node| name(node) != tag), "{tag}");
    }
    assert!(!page.contains("url(") && !page.contains("@import"));
    let ids: Vec<String> = all.iter().filter_map(|node| attribute(node, "id")).collect();
    let unique: HashSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    let links: Vec<String> = all.iter().filter_map(|node| attribute(node, "href")).collect();
    assert!(
        links.iter().any(|link| link == "#s-1") && links.iter().any(|link| link == "#n-a1.share"),
        "{links:?}"
    );
    for link in links {
        assert!(link.strip_prefix('#').is_some_and(|id| unique.contains(&id.to_owned())), "{link}");
    }
}

#[test]
fn nodes_stand_within_those_above_them_and_states_are_glyph_and_word() {
    let dom = parse(&spoken().run(HTML).ok());
    let all = elements(&dom);
    let within: Vec<(String, Option<String>)> = all
        .iter()
        .filter(|node| name(node) == "details")
        .map(|node| {
            let outer = above(node).into_iter().find(|outer| name(outer) == "details");
            (attribute(node, "id").unwrap(), outer.and_then(|outer| attribute(&outer, "id")))
        })
        .collect();
    let expected = [
        ("n-root", None),
        ("n-a1", Some("n-root")),
        ("n-a1.share", Some("n-a1")),
        ("n-root.students", Some("n-root")),
    ];
    let expected = expected.map(|(id, outer)| (id.to_owned(), outer.map(str::to_owned)));
    assert_eq!(within, expected);
    let states =
        all.iter().filter(|node| attribute(node, "class").is_some_and(|class| class.starts_with("state")));
    let mut count = 0;
    for state in states {
        let said = text(state);
        // Why there is no verdict has no sign in English.
        let (sign, word) = said.split_once(' ').unwrap_or(("", &said));
        let is_verdict = State::parse(word).is_some_and(State::is_verdict);
        assert_eq!(sign.chars().count(), usize::from(is_verdict), "{said}");
        count += 1;
    }
    assert!(count > 4);
}

#[test]
fn every_run_of_chinese_text_is_said_to_be_chinese() {
    let dom = parse(&spoken().run(&format!("{HTML} --lang both")).ok());
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut runs = 0;
    for node in
        elements(&dom).iter().filter(|node| !matches!(name(node).as_str(), "script" | "style" | "title"))
    {
        let own: String = node
            .children
            .borrow()
            .iter()
            .filter_map(|child| match &child.data {
                NodeData::Text { contents } => Some(contents.borrow().to_string()),
                _ => None,
            })
            .collect();
        // One alone is the sign of a flag, before its English name.
        if own.chars().filter(|c| is_han(*c)).count() > 1 {
            let lang =
                std::iter::once(node.clone()).chain(above(node)).find_map(|node| attribute(&node, "lang"));
            assert_eq!(lang.as_deref(), Some("zh"), "{own}");
            runs += 1;
        }
    }
    assert!(runs > 50, "{runs}");
}

/// Checked by hand: the plan is the small one of these tests.
#[test]
fn an_action_with_its_metric_reads_as_it_was_checked() {
    let page = spoken().run(&HTML.replace("export", "export a1")).ok();
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let (body, _) = body.split_once("<footer>").unwrap();
    let mut lines: Vec<&str> = head.lines().chain(body.lines()).collect();
    lines.retain(|line| !line.contains("sha256:"));
    insta::assert_snapshot!(
        "page-a1",
        lines.join("\n").replace(concat!("plan158 ", env!("CARGO_PKG_VERSION")), "plan158 VERSION")
    );
}

/// A plan in a language that is written from right to left.
const ARABIC: &str = r#"
format = 1
id = "rtl"
title = { ar = "خطة التعليم", en = "Education plan" }
languages = ["ar", "en"]
[[level]]
id = "goal"
role = "goal"
mark = "G"
label = { ar = "هدف", en = "Goal" }
[[goal]]
id = "g1"
level = "goal"
title = { ar = "تحسين جودة التعليم", en = "Better schools" }
"#;

#[test]
fn a_language_from_right_to_left_has_its_direction_and_no_other_has_one() {
    let home = Home::new();
    home.write("rtl.toml", ARABIC);
    let page = home.run("export --report full --plan rtl.toml --lang both --format html").ok();
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
    assert!(page.contains("<span lang=\"ar\" dir=\"rtl\">تحسين جودة التعليم</span>"), "{page}");
    assert!(page.contains("<span lang=\"en\">Better schools</span>"), "{page}");
    let english = home.run("export --report full --plan rtl.toml --lang en --format html").ok();
    assert!(!english.contains("dir="), "{english}");
}

#[test]
fn in_a_word_document_its_runs_and_paragraphs_have_it_too() {
    let home = Home::new();
    home.write("rtl.toml", ARABIC);
    home.run("export --report full --plan rtl.toml --lang ar --format docx -o a.docx").ok();
    let bytes = std::fs::read(home.path("a.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut xml).unwrap();
    let run = "<w:rtl/><w:lang w:val=\"ar\" w:bidi=\"ar\"/></w:rPr><w:t xml:space=\"preserve\">تحسين جودة التعليم</w:t>";
    let at = xml.find(run).expect("the title's run");
    let paragraph = &xml[xml[..at].rfind("<w:p>").unwrap()..at];
    assert!(paragraph.contains("<w:bidi/>"), "{paragraph}");
}
