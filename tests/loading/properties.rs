//! What holds for every input.

use std::collections::HashMap;

use proptest::prelude::*;

use plan158::plan::NodeId;
use plan158::plan::diagnostic::{Diagnostic, Paint, render};
use plan158::text::Ui;
use plan158::text::clean::is_unsafe_char;

use super::scratch::{MANIFEST, Scratch};

const NODES: &str = r#"[[goal]]
id = "a"
level = "goal"
title = { zh = "建成教育强市", en = "A leading city in education" }
serves = ["b", { to = "m", basis = "inferred" }]
evidence = [{ source = "src", at = "s1.p1", basis = "stated", note = { zh = "注", en = "Note" } }]
[[action]]
id = "b"
aliases = ["b0"]
level = "act"
parent = "a"
title = { zh = "“八大行动”", en = "Eight actions" }
members = { total = 9, named = 1 }
period = { start = 2024, end = 2035 }
terms = ["city.goal"]
[[metric]]
id = "m"
level = "ind"
parent = "b"
title = { zh = "覆盖率", en = "Coverage" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
baseline = { year = 2024, value = 95.20, source = "src" }
observed = [{ announced = 2025-10-20, value = 85, source = "src", grade = "B" }]
target = [{ on = "2028-02", value = 90, to = 95, when_basis = "inferred" }]
"#;

/// Places lie in their files, marks in their lines, and nothing unsafe is shown.
fn check(diagnostics: &[Diagnostic], files: &[(&str, &[u8])]) -> Result<(), TestCaseError> {
    for found in diagnostics {
        let Some((_, bytes)) = files.iter().find(|(name, _)| *name == found.file) else { continue };
        let text = String::from_utf8_lossy(bytes);
        if found.line > 0 {
            let lines: Vec<&str> = text.split('\n').collect();
            let line = lines.get(found.line as usize - 1);
            prop_assert!(line.is_some(), "line {} of {}", found.line, lines.len());
            let chars = line.map_or(0, |line| line.chars().count());
            prop_assert!(
                (1..=chars as u32 + 1).contains(&found.column),
                "column {} of {chars}: {found:?}",
                found.column
            );
        }
        if let Some(snippet) = &found.snippet {
            prop_assert!(snippet.line.get(snippet.bytes.clone()).is_some(), "{snippet:?}");
        }
    }
    for ui in [Ui::Zh, Ui::En] {
        let shown = render(diagnostics, ui, Paint::Plain, 80);
        prop_assert!(!shown.chars().any(|c| c != '\n' && is_unsafe_char(c)), "{shown:?}");
    }
    Ok(())
}

fn load(manifest: &[u8], nodes: &[u8]) -> Result<(), TestCaseError> {
    let scratch = Scratch::plan(&[]);
    scratch.write("plan.toml", manifest);
    scratch.write("n.toml", nodes);
    check(&scratch.diagnostics(), &[("plan.toml", manifest), ("n.toml", nodes)])
}

/// A text with a few stretches replaced.
fn mutated(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(String::new()),
        "[\\[\\]{}\"'=.,#\\\\\\n 0-9a-z-]{1,6}",
        Just("\u{202E}".to_owned()),
        Just("\r\n".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("教".to_owned()),
        "\\PC{1,4}",
    ];
    let edit = (0..text.len(), 0usize..12, piece);
    proptest::collection::vec(edit, 1..5).prop_map(move |edits| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, length, piece) in edits {
            let at = at.min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, piece.into_bytes());
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(manifest in proptest::collection::vec(any::<u8>(), 0..200), nodes in proptest::collection::vec(any::<u8>(), 0..200)) {
        load(&manifest, &nodes)?;
        load(MANIFEST.as_bytes(), &nodes)?;
    }

    #[test]
    fn any_text_of_tomls_own_signs_is_answered(nodes in "([\\[\\]{}\"'=.,#\\\\\\n 0-9a-z-]|goal|metric|title|教){0,80}") {
        load(nodes.as_bytes(), nodes.as_bytes())?;
        load(MANIFEST.as_bytes(), nodes.as_bytes())?;
    }

    #[test]
    fn a_plan_with_anything_struck_out_or_put_in_is_answered(nodes in mutated(NODES), manifest in mutated(MANIFEST)) {
        load(MANIFEST.as_bytes(), &nodes)?;
        load(&manifest, NODES.as_bytes())?;
    }

    #[test]
    fn any_parents_make_a_tree_with_every_node_in_it_once(parents in proptest::collection::vec(proptest::option::of(0usize..14), 1..12)) {
        let text: String = parents.iter().enumerate().map(|(n, parent)| {
            let parent = parent.map(|parent| format!("parent = \"n{parent}\"\n")).unwrap_or_default();
            format!("[[goal]]\nid = \"n{n}\"\nlevel = \"goal\"\n{parent}title = {{ zh = \"甲\", en = \"A\" }}\n")
        }).collect();
        let loaded = Scratch::plan(&[("n.toml", &text)]).loaded();
        let nodes = loaded.plan.tree.nodes();
        let place: HashMap<&str, usize> = nodes.iter().enumerate().map(|(at, node)| (node.key.as_str(), at)).collect();
        prop_assert_eq!(place.len(), parents.len());
        prop_assert_eq!(nodes.len(), parents.len());
        // A slow reference: a node's own parent, unless that is unknown or the node is the first of a circle.
        for (n, written) in parents.iter().enumerate() {
            let known = written.filter(|parent| *parent < parents.len());
            let expected = known.filter(|_| !is_first_of_a_circle(&parents, n)).map(|parent| format!("n{parent}"));
            let node = &nodes[place[format!("n{n}").as_str()]];
            let found = node.parent.map(|parent| nodes[parent.index()].key.to_string());
            prop_assert_eq!(found, expected, "parent of n{}", n);
        }
        for (at, node) in nodes.iter().enumerate() {
            let inside = |other: usize| (at..node.subtree_end.index()).contains(&other);
            for (other, below) in nodes.iter().enumerate() {
                let mut up = Some(NodeId(u32::try_from(other).unwrap()));
                while up.is_some_and(|up| up.index() != at) {
                    up = up.and_then(|up| nodes[up.index()].parent);
                }
                prop_assert_eq!(up.is_some(), inside(other), "{} under {}", &below.key, &node.key);
            }
            let children: Vec<usize> = loaded.plan.tree.children(NodeId(u32::try_from(at).unwrap()))
                .map(|child| nodes[child.index()].origin.byte as usize).collect();
            prop_assert!(children.is_sorted(), "children in the order of the file");
        }
    }
}

/// Whether walking up from a node comes back to it through no node that stands earlier.
fn is_first_of_a_circle(parents: &[Option<usize>], start: usize) -> bool {
    let mut at = start;
    let mut least = start;
    for _ in 0..=parents.len() {
        match parents.get(at).copied().flatten().filter(|parent| *parent < parents.len()) {
            Some(parent) if parent == start => return least == start,
            Some(parent) => {
                at = parent;
                least = least.min(parent);
            }
            None => return false,
        }
    }
    false
}
