//! toml: a file that is the plan again, with the journal in it.

use std::collections::BTreeMap;
use std::fs;

use plan158::export::{Format, Options};
use plan158::journal::{Annotations, Journal};
use plan158::plan::load::{Loaded, PlanSource, load};
use plan158::plan::node::TableOrigin;
use plan158::plan::{Node, Plan};
use proptest::prelude::*;
use serde_json::json;

use super::support::{Home, Made, PLAN, as_of, ids, record, records, words};

fn exported(made: &Made, scope: Option<&str>) -> String {
    String::from_utf8(made.export(Format::Toml, scope, Options::default())).unwrap()
}

fn loaded(text: &str) -> Loaded {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("one.toml");
    fs::write(&path, text).unwrap();
    load(&PlanSource::Path(path)).unwrap_or_else(|error| panic!("{error:?}\n{text}"))
}

/// What a plan says, free of where it stands in files.
fn said(plan: &Plan) -> (Vec<Node>, String) {
    let place = TableOrigin { file: 0, byte: 0 };
    let nodes = plan.tree.nodes().iter().cloned().map(|node| Node { origin: place, ..node }).collect();
    let Plan { id, title, languages, period, checkpoints, levels, sources, facts, terms, matrix, .. } = plan;
    let rest = format!(
        "{id:?} {title:?} {languages:?} {period:?} {checkpoints:?} {levels:?} {sources:?} {facts:?} {terms:?} {matrix:?}"
    );
    (nodes, rest)
}

#[test]
fn the_bundled_plan_comes_back_whole() {
    let home = Home::new();
    let text = home.run("export --format toml --lang zh").ok();
    let again = loaded(&text);
    assert!(again.diagnostics.is_empty(), "{:?}", again.diagnostics);
    let first = load(&PlanSource::Bundled).unwrap();
    let (one, other) = (said(&first.plan), said(&again.plan));
    assert_eq!(one.0.len(), other.0.len());
    for (one, other) in one.0.iter().zip(&other.0) {
        assert_eq!(one, other);
    }
    assert_eq!(one.1, other.1);
}

/// A node without what only holds in the whole: numbers of other nodes and documents.
fn alone(plan: &Plan, at: usize) -> String {
    let node = &plan.tree.nodes()[at];
    let sources: Vec<&str> = node.evidence.iter().map(|one| &*plan.source(one.source).id).collect();
    let values = node.metric.iter().flat_map(|metric| {
        metric.baseline.iter().chain(&metric.observed).chain(&metric.target).chain(&metric.comparators)
    });
    let values: Vec<String> = values
        .map(|value| {
            format!(
                "{:?} {:?} {:?} {:?} {:?}",
                value.amount,
                value.when,
                value.bound,
                value.note,
                value.source.map(|id| &plan.source(id).id)
            )
        })
        .collect();
    format!(
        "{:?} {:?} {:?} {:?} {sources:?} {values:?} {:?}",
        node.key,
        node.title,
        node.summary,
        node.tags,
        plan.level(node.level)
    )
}

#[test]
fn every_branch_of_the_bundled_plan_is_a_plan_of_its_own_without_a_problem() {
    let home = Home::new();
    let first = load(&PlanSource::Bundled).unwrap().plan;
    for scope in ["a2", "a2.preschool", "p1", "a4", "a2.preschool.enrolment"] {
        let text = home.run(&format!("export {scope} --format toml --lang en")).ok();
        let again = loaded(&text);
        assert!(again.diagnostics.is_empty(), "{scope} {:?}", again.diagnostics);
        let top = first.tree.find(scope).unwrap();
        let of_first: Vec<String> = first.tree.subtree(top).map(|id| alone(&first, id.index())).collect();
        let of_again: Vec<String> = (0..again.plan.tree.count()).map(|at| alone(&again.plan, at)).collect();
        assert_eq!(of_first, of_again);
        assert!(again.plan.sources.iter().all(|source| !source.title.is_empty()), "{scope}");
    }
    let text = home.run("export a2 --format toml --lang en").ok();
    assert!(text.contains("# parent = [\"root.actions\"]  # not in this file"), "{text}");
}

#[test]
fn the_stamp_stands_in_a_remark_and_two_runs_are_the_same() {
    let home = Home::new();
    let run = || home.run("export a1 --format toml --plan small.toml --as-of 2026-06-30").ok();
    let text = run();
    let stamp = text.lines().next().unwrap().strip_prefix("# plan158: ").unwrap();
    let stamp = plan158::export::ReportStamp::parse(stamp).unwrap();
    assert_eq!((stamp.format.as_str(), stamp.scope.as_deref(), stamp.nodes), ("toml", Some("a1"), 2));
    assert_eq!(text, run());
    // The parent lies outside, and what a1 serves is that parent.
    assert!(text.contains("# parent = [\"root\"]") && text.contains("# serves = [\"root\"]"), "{text}");
    assert_eq!(
        home.run("export a1.share --format toml --plan small.toml --as-of 2025-01-01 --lang en")
            .ok()
            .matches("value = ")
            .count(),
        0
    );
}

#[test]
fn merge_takes_in_what_a_file_carries_byte_for_byte_and_once() {
    let home = Home::new();
    let note = json!([{"event": "note", "node": "a1", "kind": "concern", "text": "it's \u{202e} here"}]);
    let lines = [
        record(1, "li", note),
        record(
            2,
            "wang",
            json!([{"event": "status", "node": "a1.share", "status": "limited", "reason": null}]),
        ),
    ];
    home.write("notes/li.jsonl", lines.join("\n") + "\n");
    let text = home.run("export a1 --format toml --plan small.toml --journal notes -o a1.toml");
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    let merged = home.run("merge a1.toml --plan small.toml --journal other").ok();
    assert!(merged.contains("2 records taken in, 0 there already"), "{merged}");
    assert_eq!(fs::read_to_string(home.path("other/li.jsonl")).unwrap(), format!("{}\n", lines[0]));
    assert_eq!(fs::read_to_string(home.path("other/wang.jsonl")).unwrap(), format!("{}\n", lines[1]));
    assert!(
        home.run("merge a1.toml --plan a1.toml --journal other")
            .ok()
            .contains("0 records taken in, 2 there already")
    );
    let hash = |line: &str| home.run(line).json()["journal"]["hash"].clone();
    assert_eq!(
        hash("export --format json --plan small.toml --journal notes"),
        hash("export --format json --plan a1.toml --journal other")
    );
}

#[test]
fn a_file_that_is_broken_or_carries_nothing_is_said_so() {
    let home = Home::new();
    home.write("bad.toml", "id = 1\nid = = 2\n");
    let err = home.run("merge bad.toml --plan small.toml --journal notes").failed(4);
    assert!(err.contains("bad.toml: line 2"), "{err}");
    assert!(
        home.run("merge small.toml --plan small.toml --journal notes").ok().contains("0 records taken in")
    );
    home.write("odd.toml", "[[annotation]]\nrecord = 3\n");
    let ran = home.run("merge odd.toml --plan small.toml --journal notes");
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("odd.toml:2: no record"), "{}", ran.err);
}

fn string(text: &str) -> String {
    ::toml::Value::String(text.to_owned()).to_string()
}

fn text(zh: &str, en: &str) -> String {
    format!("{{ zh = {}, en = {} }}", string(zh), string(en))
}

/// A metric's figures in TOML, one of several kinds.
fn figures() -> impl Strategy<Value = String> {
    let time = prop_oneof![
        (1990..2040).prop_map(|year| format!("year = {year}")),
        (1990..2040, 1..=12).prop_map(|(year, month)| format!("on = \"{year}-{month:02}\"")),
        (1990..2040, 1..=28).prop_map(|(year, day)| format!("announced = {year}-02-{day:02}")),
        (1990..2000, 2000..2040)
            .prop_map(|(from, to)| format!("period = {{ start = {from}, end = \"{to}-03\" }}")),
    ];
    let value = (
        time,
        -9999..99999_i32,
        0..4_usize,
        proptest::sample::select(vec!["exact", "at-least", "nearly"]),
        words(),
        0..8_u8,
    );
    let value = value
        .prop_map(|(time, digits, places, bound, note, extra)| {
            let number =
                format!("{:.places$}", f64::from(digits) / 10f64.powi(i32::try_from(places).unwrap()));
            let extra = match extra {
                0 => ", source = \"late\", also = [\"early\"], at = \"s1.p1\"",
                1 => ", grade = \"D\", basis = \"inferred\", when_basis = \"reported\"",
                2 => ", kind = \"increment\", force = \"strive\"",
                3 => ", published = 2025-03-01",
                _ => "",
            };
            format!(
                "{{ {time}, value = {number}, bound = \"{bound}\", note = {}{extra} }}",
                text(&note, "note")
            )
        })
        .boxed();
    let value_list = value.clone();
    let list = move || {
        proptest::collection::vec(value_list.clone(), 0..3).prop_map(|all| format!("[{}]", all.join(", ")))
    };
    (list(), list(), list(), proptest::option::of(value.clone()), words()).prop_map(|(observed, target, comparators, baseline, base)| {
        let baseline = baseline.map(|value| format!("baseline = {value}\n")).unwrap_or_default();
        format!("measure = \"unit\"\nunit = {}\ndirection = \"reach\"\nstat = \"flow\"\ntolerance = 0.25\ngross = true\nbreaks = [2020, 2022]\nbase = {}\n{baseline}observed = {observed}\ntarget = {target}\ncomparators = {comparators}\n",
            text("个", "pieces"), text(&base, "all"))
    })
}

/// A plan of a few nodes with texts of any kind.
fn plan() -> impl Strategy<Value = String> {
    let node =
        (0..4_usize, words(), words(), words(), proptest::option::of(0..9_usize), figures(), 0..10_usize);
    proptest::collection::vec(node, 1..7).prop_map(|nodes| {
        let mut plan = PLAN.split("[[goal]]").next().unwrap().to_owned();
        plan.push_str("[[term]]\nid = \"t\"\ntitle = { zh = \"术语\", en = \"term\" }\nsenses = [{ id = \"one\", title = { zh = \"一\", en = \"one\" } }]\nevidence = [{ source = \"late\" }]\n");
        let count = nodes.len();
        for (at, (parent, title, summary, tag, serves, figures, extra)) in nodes.into_iter().enumerate() {
            let role = ["goal", "action", "metric"][extra % 3];
            let level = ["goal", "action", "indicator"][extra % 3];
            plan.push_str(&format!("[[{role}]]\nid = \"n{at}\"\nlevel = \"{level}\"\ntitle = {}\nsummary = {}\ntags = [{}]\n", text(&title, "title"), text(&summary, ""), string(&tag)));
            if at > 0 && parent > 0 {
                plan.push_str(&format!("parent = \"n{}\"\nparent_basis = \"inferred\"\n", (at - 1) / parent));
            }
            if let Some(to) = serves {
                plan.push_str(&format!("serves = [\"n{}\", {{ to = \"n{}\", basis = \"inferred\", note = {} }}]\n", to % count, (to + 1) % count, text(&tag, "why")));
            }
            match extra {
                3 => plan.push_str("members = { total = 9, named = 1 }\nclaim = \"first\"\njudge = false\nterms = [\"t\", \"t.one\"]\n"),
                4 => plan.push_str(&format!("aliases = [\"old{at}\"]\nformer_titles = [{}]\nattribute = \"binding\"\n", text(&title, "was"))),
                5 => plan.push_str(&format!("conflicts = [{{ source = \"early\", at = {}, note = {} }}]\nwaive = [{{ rule = \"L03\", reason = {} }}]\n", string(&tag), text(&summary, "no"), string(&tag))),
                6 => plan.push_str(&format!("period = {{ start = 2024, end = \"2027-06\" }}\noffice = {}\namong = {}\n", text(&tag, "office"), text(&tag, "cities"))),
                _ => plan.push_str(&format!("evidence = [{{ source = \"early\", at = {}, basis = \"reported\", note = {} }}]\n", string(&tag), text(&tag, "note"))),
            }
            if role == "metric" {
                plan.push_str(&figures);
            }
        }
        plan
    })
}

/// What holds of each name, in words that do not depend on where records were read from.
fn held(journal: &Journal) -> BTreeMap<String, String> {
    let told = |said: &Annotations| {
        let authors: Vec<String> = said
            .authors()
            .map(|author| format!("{:?} {:?} {:?}", author.by, author.verdict, author.share))
            .collect();
        let notes: Vec<_> = said.notes().map(|note| (note.id.clone(), note.text.clone(), note.at)).collect();
        let values: Vec<_> = said.values().map(|own| (own.id.clone(), own.figure.clone())).collect();
        format!(
            "{authors:?} {notes:?} {values:?} {:?} {}",
            said.tags().collect::<Vec<_>>(),
            said.is_starred()
        )
    };
    let homes = journal.fold().homes().iter().filter(|home| !home.annotations.is_silent());
    homes.map(|home| (home.name.to_string(), told(&home.annotations))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_plan_comes_back(plan in plan()) {
        let made = Made::new(&plan, &[]);
        // An as-of would leave figures out that were announced later.
        let made = Made::open(made.dir, plan158::plan::as_of::AsOf::now(as_of().day()));
        prop_assume!(made.loaded.errors() == 0);
        let text = exported(&made, None);
        let again = loaded(&text);
        prop_assert_eq!(again.errors(), 0, "{:?}\n{}", again.diagnostics, text);
        prop_assert_eq!(said(made.plan()), said(&again.plan), "{}", text);
        // A wording that is not there and one that is empty are the same to a plan, and another warning.
        let codes = |loaded: &Loaded| { let codes = loaded.diagnostics.iter().map(|found| found.code); let mut codes: Vec<_> = codes.filter(|code| !matches!(*code, "W04" | "W05")).collect(); codes.sort_unstable(); codes };
        prop_assert_eq!(codes(&made.loaded), codes(&again));
        for node in made.plan().tree.nodes() {
            let part = loaded(&exported(&made, Some(node.key.as_str())));
            prop_assert_eq!(part.errors(), 0, "{:?}", part.diagnostics);
        }
    }

    #[test]
    fn any_journal_comes_back_through_a_merge(lines in records(ids())) {
        let made = Made::new(PLAN, &lines);
        let file = made.path("out.toml");
        for scope in [None, Some("a1"), Some("root.students")] {
            fs::write(&file, exported(&made, scope)).unwrap();
            let there = tempfile::tempdir().unwrap();
            let mut other = Journal::open(Some(there.path().join("notes")), made.plan(), plan158::plan::as_of::AsOf::now(as_of().day())).unwrap();
            let now = "2026-07-01T09:00:00+08:00[+08:00]".parse().unwrap();
            let merged = other.merge(made.plan(), std::slice::from_ref(&file), &now).unwrap();
            prop_assert!(merged.bad.is_empty());
            let (ours, theirs) = (held(&made.journal), held(&other));
            match scope {
                None => {
                    prop_assert_eq!(&ours, &theirs);
                    prop_assert_eq!(made.journal.hash(), other.hash());
                }
                Some(top) => for (name, said) in ours.iter().filter(|(name, _)| name.starts_with(top)) {
                    prop_assert_eq!(Some(said), theirs.get(name));
                },
            }
        }
    }
}

/// Checked by hand against the plan `small` in `tests/cli/support.rs`; hash and version are those of the day.
#[test]
fn a_branch_of_the_small_plan_is_written_as_it_was_checked() {
    let made = Made::new(
        PLAN,
        &[record(1, "li", json!([{"event": "status", "node": "a1", "status": "on-track", "reason": null}]))],
    );
    let text = exported(&made, Some("a1")).replace(&made.journal.hash(), "sha256:JOURNAL");
    insta::assert_snapshot!(
        "small-a1",
        text.replace(concat!("plan158 ", env!("CARGO_PKG_VERSION")), "plan158 VERSION")
    );
}
