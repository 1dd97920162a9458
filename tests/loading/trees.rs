//! What a plan that opens is made of.

use std::fmt::Write as _;
use std::time::Duration;

use plan158::plan::load::{PlanReading, PlanSource, load};
use plan158::plan::metric::{Amount, Basis, Moment, When};
use plan158::plan::register::Enforce;
use plan158::plan::{Plan, Role};
use plan158::text::Lang;

use super::scratch::{MANIFEST, Scratch, places, plans};

fn goal(id: &str, parent: &str) -> String {
    let parent = if parent.is_empty() { String::new() } else { format!("parent = \"{parent}\"\n") };
    format!("[[goal]]\nid = \"{id}\"\nlevel = \"goal\"\n{parent}title = {{ zh = \"甲\", en = \"A\" }}\n")
}

/// Every node as `depth id`.
fn outline(plan: &Plan) -> Vec<String> {
    plan.tree.nodes().iter().map(|node| format!("{} {}", node.depth, node.key)).collect()
}

#[test]
fn children_stand_in_the_order_of_their_headers_across_kinds_and_files_and_a_parent_may_come_later() {
    let manifest = MANIFEST.replace(r#"["n.toml"]"#, r#"["n.toml", "later.toml"]"#);
    let first = r#"
[[metric]]
id = "m"
level = "ind"
parent = "top"
title = { zh = "率", en = "Rate" }
measure = "qualitative"
direction = "reach"
[[goal]]
id = "g"
level = "goal"
parent = "top"
title = { zh = "甲", en = "A" }
[[action]]
id = "a"
level = "act"
parent = "g"
title = { zh = "乙", en = "B" }
[[metric]]
id = "m2"
level = "ind"
parent = "top"
title = { zh = "率", en = "Rate" }
measure = "qualitative"
direction = "reach"
"#;
    let later = goal("other", "") + &goal("top", "") + &goal("last", "top");
    let loaded =
        Scratch::plan(&[("plan.toml", &manifest), ("n.toml", first), ("later.toml", &later)]).loaded();
    assert!(loaded.diagnostics.is_empty(), "{:?}", places(&loaded.diagnostics));
    assert_eq!(outline(&loaded.plan), ["0 other", "0 top", "1 m", "1 g", "2 a", "1 m2", "1 last"]);
}

#[test]
fn inline_arrays_of_tables_are_read_like_headers() {
    let text = "goal = [\n  { id = \"a\", level = \"goal\", title = { zh = \"甲\", en = \"A\" } },\n  { id = \"b\", level = \"goal\", parent = \"a\", title = { zh = \"乙\", en = \"B\" } },\n]\n";
    let loaded = Scratch::plan(&[("n.toml", text)]).loaded();
    assert_eq!(
        (outline(&loaded.plan), places(&loaded.diagnostics)),
        (vec!["0 a".into(), "1 b".into()], vec![])
    );
}

#[test]
fn a_chain_as_deep_as_the_plan_is_long_needs_no_stack() {
    let depth = 30_000;
    let mut text = String::new();
    for n in (0..depth).rev() {
        text += &goal(&format!("n{n}"), &if n == 0 { String::new() } else { format!("n{}", n - 1) });
    }
    let loaded = Scratch::plan(&[("n.toml", &text)]).loaded();
    assert!(loaded.diagnostics.is_empty());
    let nodes = loaded.plan.tree.nodes();
    assert_eq!(nodes.len(), depth);
    assert_eq!((nodes[0].key.as_str(), nodes[depth - 1].key.as_str()), ("n0", "n29999"));
    assert_eq!(nodes[depth - 1].depth, 29_999);
    assert!(nodes.iter().all(|node| node.subtree_end.index() == depth));
}

#[test]
fn a_long_circle_is_named_briefly_and_opened_at_its_first_node() {
    let length = 5_000;
    let text: String =
        (0..length).map(|n| goal(&format!("n{n}"), &format!("n{}", (n + 1) % length))).collect();
    let loaded = Scratch::plan(&[("n.toml", &text)]).loaded();
    let [found] = loaded.diagnostics.as_slice() else { panic!("{:?}", places(&loaded.diagnostics)) };
    assert_eq!(
        found.message.en,
        "parents go round in a circle: `n0` → `n1` → `n2` → `n3` → `n4` → `n5` → … (4994) … → `n0`"
    );
    let nodes = loaded.plan.tree.nodes();
    assert_eq!((nodes.len(), nodes[0].key.as_str(), nodes[1].key.as_str()), (length, "n0", "n4999"));
}

#[test]
fn a_circle_of_two_is_named_in_full() {
    let loaded = Scratch::plan(&[("n.toml", &(goal("a", "b") + &goal("b", "a") + &goal("c", "b")))]).loaded();
    assert_eq!(loaded.diagnostics[0].message.en, "parents go round in a circle: `a` → `b` → `a`");
    assert_eq!(outline(&loaded.plan), ["0 a", "1 b", "2 c"], "opened at a; nothing is lost");
}

#[test]
fn of_two_nodes_with_one_id_the_first_stays_and_keeps_the_children_of_both() {
    let text = goal("a", "") + &goal("x", "a") + &goal("b", "") + &goal("a", "b") + &goal("y", "a");
    let loaded = Scratch::plan(&[("n.toml", &text)]).loaded();
    assert_eq!(places(&loaded.diagnostics), ["E13 n.toml:15:6"]);
    assert_eq!(outline(&loaded.plan), ["0 a", "1 x", "1 y", "0 b"]);
}

#[test]
fn aliases_count_for_parents_links_and_looking_up() {
    let text = "[[goal]]\nid = \"new\"\naliases = [\"old\", \"older\"]\nlevel = \"goal\"\ntitle = { zh = \"甲\", en = \"A\" }\n".to_owned()
        + &goal("child", "old")
        + "serves = [\"older\", { to = \"new\", basis = \"inferred\", note = { zh = \"推断\", en = \"Ours\" } }]\n";
    let loaded = Scratch::plan(&[("n.toml", &text)]).loaded();
    assert!(loaded.diagnostics.is_empty(), "{:?}", places(&loaded.diagnostics));
    let tree = &loaded.plan.tree;
    let (new, child) = (tree.find("new").unwrap(), tree.find("child").unwrap());
    assert_eq!((tree.find("older"), tree.node(child).parent), (Some(new), Some(new)));
    let links: Vec<_> = tree.node(child).serves.iter().map(|link| (link.to, link.basis)).collect();
    assert_eq!(links, [(new, Basis::Stated), (new, Basis::Inferred)]);
    assert_eq!(tree.node(child).link_notes()[0].note.get(Lang(1)), Some("Ours"));
}

#[test]
fn an_alias_that_is_taken_is_dropped_and_the_ones_after_it_still_count() {
    let text = goal("a", "")
        + "[[goal]]\nid = \"b\"\naliases = [\"a\", \"b1\", \"a\", \"b2\"]\nlevel = \"goal\"\ntitle = { zh = \"乙\", en = \"B\" }\n";
    let loaded = Scratch::plan(&[("n.toml", &text)]).loaded();
    assert_eq!(places(&loaded.diagnostics), ["E13 n.toml:7:11", "E13 n.toml:7:11"]);
    let tree = &loaded.plan.tree;
    let b = tree.find("b").unwrap();
    assert_eq!(
        (tree.find("b1"), tree.find("b2"), tree.find("a")),
        (Some(b), Some(b), Some(tree.ids().next().unwrap()))
    );
    assert_eq!(tree.node(b).aliases().len(), 2);
}

/// Everything of the contract in one file.
const WHOLE: &str = r#"format = 1
id = "whole"
title = { zh = "题", en = "Title" }
checkpoints = [2027]
matrix = { rows = "goal", columns = "act" }

[[level]]
id = "goal"
role = "goal"
mark = "1"
label = { zh = "目标", en = "Goal" }
[[level]]
id = "act"
role = "action"
mark = "8"
label = { zh = "行动", en = "Action" }
[[level]]
id = "ind"
role = "metric"
mark = "i"
label = { zh = "指标", en = "Indicator" }

[[goal]]
id = "root"
level = "goal"
title = { zh = "甲", en = "A" }
terms = ["city", "double.party"]
[[action]]
id = "a1"
level = "act"
parent = "root"
title = { zh = "乙", en = "B" }
members = { total = 9, named = 1 }
claim = "first"
among = { zh = "全国", en = "the whole country" }
former_titles = [{ zh = "旧名", en = "Former" }]
waive = [{ rule = "L03", reason = "…" }]
judge = false
[[metric]]
id = "a1.m"
level = "ind"
parent = "a1"
title = { zh = "率", en = "Rate" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
tolerance = 0.5
gross = true
breaks = [2023]
part_of = "a1.n"
where = { zh = "城区", en = "urban part" }
baseline = { year = 2024, value = 95.20, source = "s", at = "s3.p3", grade = "B" }
observed = [{ announced = 2025-10-20, value = 1_000, kind = "increment", bound = "more-than", source = "s", also = ["s2"] }]
target = [{ on = "2028-02", value = 90, to = 95, force = "strive", when_basis = "inferred" }, { undated = true, value = 96 }]
comparators = [{ where = { zh = "全国", en = "national" }, year = 2024, value = 91.7 }]
official = { status = "on-track", source = "s2" }
[[metric]]
id = "a1.n"
level = "ind"
parent = "a1"
title = { zh = "级", en = "Grade" }
measure = "ordinal"
direction = "reach"
scale = [{ value = 1, label = { zh = "低", en = "low" } }, { value = 2, label = { zh = "高", en = "high" } }]
observed = [{ period = { start = 2021, end = 2025 }, label = { zh = "低", en = "low" }, value = 1 }]

[[source]]
id = "s2"
title = { zh = "二", en = "Two" }
date = "2025-04"
[[source]]
id = "s"
title = { zh = "一", en = "One" }
date = 2025-02-28
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
[[source.section]]
id = "s3"
heading = { zh = "节", en = "Section" }
order = 5
maps_to = [{ to = "a1", basis = "inferred" }]
paragraphs = [{ id = "p1" }, { id = "p4", continues = "s6.p9" }]
[[fact]]
id = "f1"
source = "s2"
at = "s3.p1"
subject = { zh = "率", en = "Rate" }
written = "95.2%"
value = 95.2
node = "a1.m"
[[term]]
id = "city"
title = { zh = "教育强市", en = "leading city in education" }
enforce = true
evidence = [{ source = "s" }]
[[term]]
id = "double"
title = { zh = "双创", en = "two sets of goals" }
senses = [{ id = "party", title = { zh = "双创", en = "party building" } }]
[[annotation]]
node = "a1"
anything = 1
"#;

#[test]
fn one_file_may_hold_the_whole_plan() {
    let scratch = Scratch::bare(&[("whole.toml", WHOLE)]);
    let loaded = load(&PlanSource::Path(scratch.path("whole.toml"))).unwrap();
    assert!(loaded.diagnostics.is_empty(), "{:?}", places(&loaded.diagnostics));
    let plan = &loaded.plan;
    assert_eq!(outline(plan), ["0 root", "1 a1", "2 a1.m", "2 a1.n"]);
    assert_eq!(plan.files.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["whole.toml"]);
    let node = |id: &str| plan.tree.node(plan.tree.find(id).unwrap());

    let uses: Vec<_> = node("root")
        .terms()
        .iter()
        .map(|found| (plan.term(found.term).id.as_ref(), found.sense.as_deref()))
        .collect();
    assert_eq!(uses, [("city", None), ("double", Some("party"))]);
    assert_eq!(plan.terms[0].enforce, Enforce::Rendering);
    assert_eq!(plan.source(plan.terms[0].evidence[0].source).id.as_ref(), "s");

    let more = node("a1").more.as_ref().unwrap();
    assert_eq!(more.members.map(|members| (members.total, members.named)), Some((9, 1)));
    assert_eq!(more.waivers[0].rule.as_ref(), "L03");

    let section = &plan.sources[1].sections[0];
    assert_eq!(section.maps_to[0].to, plan.tree.find("a1").unwrap());
    assert_eq!(section.paragraphs[1].continues.as_deref(), Some("s6.p9"));
    assert_eq!(plan.sources[0].date, Some(Moment::Month(2025, 4)));
    let fact = &plan.facts[0];
    assert_eq!((fact.node, plan.source(fact.source).id.as_ref()), (plan.tree.find("a1.m"), "s2"));
}

#[test]
fn figures_keep_their_decimals_and_times_their_precision() {
    let scratch = Scratch::bare(&[("whole.toml", WHOLE)]);
    let plan = load(&PlanSource::Path(scratch.path("whole.toml"))).unwrap().plan;
    let metric = |id: &str| plan.tree.node(plan.tree.find(id).unwrap()).metric.as_ref().unwrap();
    let shown = |amount: &Amount| amount.number().map(|number| number.to_string()).unwrap_or_default();

    let rate = metric("a1.m");
    let baseline = rate.baseline.as_ref().unwrap();
    assert_eq!((shown(&baseline.amount).as_str(), baseline.when), ("95.20", When::At(Moment::Year(2024))));
    assert_eq!(plan.source(baseline.source.unwrap()).id.as_ref(), "s");
    let observed = &rate.observed[0];
    assert_eq!(shown(&observed.amount), "1000");
    assert!(matches!(observed.when, When::Announced(Moment::Day(day)) if day.to_string() == "2025-10-20"));
    assert_eq!(plan.source(observed.also[0]).id.as_ref(), "s2");
    assert_eq!(rate.target[0].when, When::At(Moment::Month(2028, 2)));
    assert!(
        matches!(rate.target[0].amount, Amount::Range(from, to) if (from.value, to.value) == (90.0, 95.0))
    );
    assert_eq!(rate.target[1].when, When::Undated);
    assert_eq!(rate.comparators[0].whose.as_ref().unwrap().get(Lang(1)), Some("national"));
    assert_eq!(rate.part_of.as_ref().unwrap().whole, plan.tree.find("a1.n").unwrap());
    assert_eq!(plan.source(rate.official.as_ref().unwrap().source.unwrap()).id.as_ref(), "s2");

    let grade = metric("a1.n");
    assert_eq!(grade.observed[0].when, When::Period(Moment::Year(2021), Moment::Year(2025)));
    assert!(
        matches!(&grade.observed[0].amount, Amount::Label(label, Some(_)) if label.get(Lang(0)) == Some("低"))
    );
    assert_eq!(grade.scale.len(), 2);
}

#[test]
fn a_plan_of_format_two_may_name_spans_of_announcement_and_shorter_titles() {
    let text = "format = 2\nid = \"two\"\ntitle = \"Two\"\nlanguages = [\"en\"]\n\
        [[level]]\nid = \"m\"\nrole = \"metric\"\nmark = \"m\"\nlabel = \"Metric\"\n\
        [[source]]\nid = \"s\"\ntitle = \"S\"\ndate = \"2025-03/2025-05\"\n\
        [[metric]]\nid = \"a\"\nlevel = \"m\"\ntitle = \"A long title\"\ntitle_short = \"Short\"\n\
        measure = \"unit\"\nunit = \"u\"\ndirection = \"increase\"\n\
        observed = [{ announced = \"2025-03-01/2025-05-31\", value = 1, source = \"s\" }]\n\
        target = [{ on = 2026-05-01, value = 2 }]\n";
    let scratch = Scratch::bare(&[("two.toml", text)]);
    let loaded = load(&PlanSource::Path(scratch.path("two.toml"))).unwrap();
    assert_eq!(loaded.diagnostics, []);
    let plan = loaded.plan;
    assert_eq!(plan.format, 2);
    assert_eq!(plan.sources[0].date.unwrap().to_string(), "2025-03/2025-05");
    let node = &plan.tree.nodes()[0];
    assert_eq!((node.shortest_title(Lang(0)), node.title.get(Lang(0))), ("Short", Some("A long title")));
    let observed = node.metric.as_ref().unwrap().observed[0].when;
    assert!(matches!(observed, When::Announced(when) if when.to_string() == "2025-03-01/2025-05-31"));
}

#[test]
fn only_announcements_and_documents_may_be_dated_between_two_times() {
    let metric = "[[metric]]\nid = \"m\"\nlevel = \"ind\"\ntitle = { zh = \"甲\", en = \"M\" }\n\
        measure = \"unit\"\nunit = { zh = \"个\", en = \"u\" }\ndirection = \"increase\"\n\
        observed = [{ on = \"2025-03/2025-05\", value = 1 }]\n";
    let scratch = Scratch::plan(&[("n.toml", metric)]);
    let loaded = load(&PlanSource::Path(scratch.path("plan.toml"))).unwrap();
    assert_eq!(loaded.diagnostics.iter().map(|own| own.code).collect::<Vec<_>>(), ["E11"]);
}

#[test]
fn a_plan_of_one_language_may_write_plain_strings() {
    let manifest = "format = 1\nid = \"one\"\ntitle = \"Titre\"\nlanguages = [\"fr\"]\n[[level]]\nid = \"but\"\nrole = \"goal\"\nmark = \"B\"\nlabel = \"But\"\n[[goal]]\nid = \"b\"\nlevel = \"but\"\ntitle = \"Premier but\"\n";
    let loaded = Scratch::bare(&[("plan.toml", manifest)]).loaded();
    assert!(loaded.diagnostics.is_empty(), "{:?}", places(&loaded.diagnostics));
    assert_eq!(loaded.plan.tree.nodes()[0].title.get(Lang(0)), Some("Premier but"));
}

#[test]
fn a_framework_of_another_kind_loads_with_its_own_levels_and_languages() {
    let loaded = load(&PlanSource::Path(plans().join("sdg-like"))).unwrap();
    assert!(loaded.diagnostics.is_empty(), "{:?}", places(&loaded.diagnostics));
    let plan = &loaded.plan;
    assert_eq!((plan.tag(Lang(0)), plan.tag(Lang(1)), plan.lang("FR")), ("en", "fr", Some(Lang(1))));
    let levels: Vec<_> = plan.levels.iter().map(|level| (level.id.as_ref(), level.role)).collect();
    assert_eq!(
        levels,
        [("goal", Role::Goal), ("target", Role::Goal), ("means", Role::Action), ("indicator", Role::Metric)]
    );
    assert_eq!(
        outline(plan),
        ["0 1", "1 1.1", "2 1.1.1", "1 1.2", "2 1.2.1", "2 1.2.2", "1 1.a", "0 2", "1 2.1", "2 2.1.1"]
    );
    for node in plan.tree.nodes() {
        assert!(node.title.get(Lang(0)).is_some() && node.title.get(Lang(1)).is_some(), "{}", node.key);
    }
    let means = plan.tree.find("1.a").unwrap();
    let target = plan.tree.find("2.1").unwrap();
    assert_eq!(plan.tree.serves(means), [(target, Basis::Stated)]);
}

/// A plan of `count` files with a root and ten children of it each.
fn many_files(count: usize) -> Scratch {
    let scratch = Scratch::plan(&[("plan.toml", &MANIFEST.replace(r#"["n.toml"]"#, r#"["f/*.toml"]"#))]);
    for file in 0..count {
        let mut text = goal(&format!("r{file}"), "");
        for n in 0..10 {
            text += &goal(&format!("r{file}.{n}"), &format!("r{file}"));
        }
        // One link back, one to a file that comes later.
        writeln!(text, "serves = [\"r0\", \"r{}\"]", (file + 1) % count).unwrap();
        scratch.write(&format!("f/{file:03}.toml"), text);
    }
    scratch
}

#[test]
fn the_beginning_of_a_plan_is_a_plan_and_the_end_is_what_load_reads() {
    let scratch = many_files(60);
    let whole = scratch.loaded();
    assert!(whole.diagnostics.is_empty(), "{:?}", places(&whole.diagnostics));
    let mut reading = PlanReading::start(&scratch.source()).unwrap();
    if let Some(beginning) = reading.partial(Duration::ZERO) {
        let names = outline(&beginning);
        assert_eq!(names, outline(&whole.plan)[..names.len()], "a prefix, file by file");
        assert_eq!(names.len() % 11, 0);
    }
    let finished = reading.finish().unwrap();
    assert_eq!(finished.plan.tree.nodes(), whole.plan.tree.nodes());
    assert_eq!(finished.diagnostics, whole.diagnostics);
}

#[test]
fn a_plan_that_is_read_in_time_has_no_beginning_of_its_own() {
    let scratch = many_files(2);
    let mut reading = PlanReading::start(&scratch.source()).unwrap();
    assert!(reading.partial(Duration::from_secs(60)).is_none());
    assert_eq!(reading.finish().unwrap().plan.tree.count(), 22);
}

#[test]
fn a_level_mark_is_one_for_all_languages_or_one_a_language() {
    let plan = |mark: &str| {
        format!(
            "format = 2\nid = \"p\"\ntitle = {{ zh = \"规划\", en = \"Plan\" }}\n[[level]]\nid = \"goal\"\nrole = \"goal\"\nmark = {mark}\nlabel = {{ zh = \"目标\", en = \"Goal\" }}\n[[goal]]\nid = \"g\"\nlevel = \"goal\"\ntitle = {{ zh = \"目标\", en = \"Goal\" }}\n"
        )
    };
    let marks = |mark: &str| {
        let loaded = Scratch::bare(&[("plan.toml", &plan(mark))]).load().unwrap();
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        let level = &loaded.plan.levels[0];
        [Lang(0), Lang(1)].map(|lang| level.mark_in(lang).to_owned())
    };
    assert_eq!(marks("\"G\""), ["G", "G"]);
    assert_eq!(marks("{ zh = \"目\", en = \"G\" }"), ["目", "G"]);
}
