//! That cards and reports say the same, and that fields find their way there by themselves.

use std::collections::BTreeSet;

use jiff::civil::date;
use rstest::rstest;

use super::block::{Block, Inline, Section, Words};
use super::details::{BESIDE_MEASURE, ELSEWHERE};
use super::*;
use crate::plan::as_of::AsOf;
use crate::plan::fields::metric::METRIC;
use crate::plan::fields::{Absent, Info};
use crate::plan::load::{PlanSource, load};
use crate::plan::{NodeId, Plan};
use crate::progress::{JournalData, RuleRef, States};
use crate::text::{Lang, ShownLanguages, Ui};

const PLAN: &str = r#"
format = 1
id = "small"
title = { zh = "规划", en = "Plan" }
languages = ["zh", "en"]
period = { start = 2024, end = 2035 }
[[level]]
id = "indicator"
role = "metric"
mark = "i"
label = { zh = "指标", en = "Indicator" }
[[source]]
id = "s"
title = { zh = "文件", en = "Document" }
date = 2025-02-28
[[metric]]
id = "m"
level = "indicator"
title = { zh = "评级", en = "Rating" }
measure = "ordinal"
direction = "increase"
stat = "cumulative"
gross = true
tolerance = 1.5
base = { zh = "学校", en = "schools" }
scale = [{ value = 1, label = { zh = "初级", en = "basic" } }, { value = 2, label = { zh = "高级", en = "high" } }]
breaks = [2025, 2026]
official = { status = "on-track", source = "s" }
"#;

fn with_plan(plan: &Plan, test: impl FnOnce(PageReader<'_>)) {
    let (show, as_of) = (ShownLanguages::Both(Lang(0), Lang(1)), AsOf::on(date(2026, 11, 23)));
    test(PageReader { plan, show, ui: Ui::Zh, rule: RuleRef::PACE, as_of });
}

fn states(reader: &PageReader<'_>) -> States {
    States::new(&reader.judge(), |_| JournalData::default())
}

fn sections(reader: &PageReader<'_>, states: &States, node: NodeId, form: ReadingMedium<'_>) -> Vec<Section> {
    let judge = reader.judge();
    let (found, rollup) = (judge.assess(node, &JournalData::default()), states.rollup(reader.plan, node));
    let below = rollup.as_ref().map(|rollup| (rollup, states));
    let (state, found) = (states.of(node), found.as_ref());
    let subject = NodeSubject { node, state, said: None, found, steps: &[], below, is_top: true };
    reader.node_sections(&subject, form)
}

/// Every wording of the pairs: their labels, then what they say.
fn pairs(sections: &[Section]) -> Vec<(Vec<String>, Vec<String>)> {
    let texts =
        |words: &Words| -> Vec<String> { words.wordings().iter().map(|one| one.text.clone()).collect() };
    let blocks = sections.iter().flat_map(|section| &section.blocks);
    let all = blocks.filter_map(|block| if let Block::Pairs(pairs) = block { Some(pairs) } else { None });
    let piece = |piece: &Inline| match piece {
        Inline::Words(words) | Inline::Title(words) | Inline::State(_, words) => texts(words),
        Inline::Plain(text) => vec![text.clone()],
        _ => Vec::new(),
    };
    all.flatten().map(|pair| (texts(&pair.label), pair.whole().iter().flat_map(piece).collect())).collect()
}

#[test]
fn what_stands_elsewhere_is_a_field_of_a_metric() {
    let keys: Vec<&str> = METRIC.fields().map(|field| field.info.key).collect();
    for key in ELSEWHERE.into_iter().chain([BESIDE_MEASURE, "measure"]) {
        assert!(keys.contains(&key), "{key}");
    }
}

#[rstest]
#[case(ReadingMedium::Screen)]
#[case(ReadingMedium::Report(&[1]))]
fn a_field_of_a_metric_without_a_place_of_its_own_shows_by_itself(#[case] form: ReadingMedium<'_>) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("plan.toml");
    std::fs::write(&file, PLAN).unwrap();
    let loaded = load(&PlanSource::Path(file)).unwrap();
    let plan = &loaded.plan;
    let metric = plan.tree.node(NodeId(0)).metric.as_deref().unwrap();
    with_plan(plan, |reader| {
        let shown = pairs(&sections(&reader, &states(&reader), NodeId(0), form));
        let is_usual = |info: &Info, value: &crate::plan::fields::FieldValue<'_>| matches!(info.absent, Absent::Unwritten(word) if value.is(word));
        let mut walked = 0;
        for (info, value) in METRIC.row(metric).fields {
            let is_beside = !form.is_report() && info.key == BESIDE_MEASURE;
            if !value.says() || is_beside || ELSEWHERE.contains(&info.key) || is_usual(info, &value) {
                continue;
            }
            let (zh, en) = info.label;
            let found = shown.iter().find(|(label, _)| label[..] == [zh, en]);
            assert!(found.is_some_and(|(_, said)| !said.is_empty()), "{zh} {en}: {shown:?}");
            walked += 1;
        }
        let expected = if form.is_report() { 8 } else { 7 };
        assert_eq!(
            walked, expected,
            "measure (with direction on a screen), stat, gross, tolerance, base, scale, breaks"
        );
        let said = |label: &str| {
            let found = shown.iter().find(|(labels, _)| labels.iter().any(|own| own == label));
            found.map(|(_, said)| said.join(" | ")).unwrap_or_default()
        };
        assert_eq!(said("scale"), "1 初级 | 1 basic | 2 高级 | 2 high");
        if form.is_report() {
            assert_eq!(
                (said("measure"), said("direction")),
                ("等级 | step of a scale".to_owned(), "上升 | increase".to_owned())
            );
        } else {
            assert_eq!(said("measure"), "等级 | step of a scale | 上升 | increase");
        }
        assert_eq!(said("stat"), "累计值 | cumulative");
        assert_eq!(said("gross rate"), "是 | yes");
        assert_eq!(said("series breaks"), "2025 | 2026");
        assert!(said("official verdict").contains("on-track"), "{shown:?}");
    });
}

#[test]
fn what_a_card_says_of_a_node_a_report_says_too() {
    let loaded = load(&PlanSource::Bundled).unwrap();
    // The distribution is a table in a report; figures are rows of one.
    let in_tables: BTreeSet<&str> = ["分布", "基期", "实际", "目标", "对照"].into();
    with_plan(&loaded.plan, |reader| {
        let states = states(&reader);
        let numbers = vec![1; loaded.plan.sources.len()];
        for node in loaded.plan.tree.ids() {
            let card = pairs(&sections(&reader, &states, node, ReadingMedium::Screen));
            let report = pairs(&sections(&reader, &states, node, ReadingMedium::Report(&numbers)));
            for (label, said) in card {
                let known = report.iter().any(|(own, _)| *own == label);
                let key = &loaded.plan.tree.node(node).key;
                assert!(known || in_tables.contains(&*label[0]), "{key}: {label:?} {said:?}");
            }
        }
    });
}
