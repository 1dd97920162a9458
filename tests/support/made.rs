//! Plans made in memory, for tests and benches that need no files.

#![allow(dead_code, reason = "each user takes its own part")]

use plan158::plan::metric::Basis;
use plan158::plan::node::TableOrigin;
use plan158::plan::{Key, Level, LevelId, Node, NodeId, Plan, Role, Tree};
use plan158::text::Text;

/// A text in Chinese and English.
pub fn text(zh: &str, en: &str) -> Text {
    Text::new(vec![zh.into(), en.into()])
}

fn node(id: &str, parent: Option<u32>, depth: u32, end: u32, title: Text) -> Node {
    Node {
        key: Key::new(id).unwrap(),
        level: LevelId(0),
        role: Role::Action,
        depth,
        parent: parent.map(NodeId),
        parent_basis: Basis::Stated,
        subtree_end: NodeId(end),
        title,
        summary: None,
        serves: Box::default(),
        tags: Box::default(),
        evidence: Box::default(),
        metric: None,
        more: None,
        origin: TableOrigin { file: 0, byte: 0 },
    }
}

fn plan(nodes: Vec<Node>) -> Plan {
    Plan {
        id: "made".into(),
        languages: vec!["zh".into(), "en".into()],
        levels: vec![Level {
            id: "step".into(),
            role: Role::Action,
            mark: Text::new(vec!["s".into()]),
            label: text("步骤", "Step"),
        }],
        tree: Tree::new(nodes),
        ..Plan::default()
    }
}

/// A flat plan: one root a title, with ids n0, n1 …
pub fn flat(titles: &[(&str, &str)]) -> Plan {
    let nodes =
        (0u32..).zip(titles).map(|(at, (zh, en))| node(&format!("n{at}"), None, 0, at + 1, text(zh, en)));
    plan(nodes.collect())
}

const VERBS: [(&str, &str); 8] = [
    ("提升", "Improve"),
    ("降低", "Reduce"),
    ("扩大", "Expand"),
    ("优化", "Optimise"),
    ("建立", "Establish"),
    ("评估", "Assess"),
    ("推广", "Promote"),
    ("加快", "Accelerate"),
];
const THINGS: [(&str, &str); 10] = [
    ("职业教育质量", "quality of vocational education"),
    ("物流成本", "logistics cost"),
    ("市场份额", "market share"),
    ("数据平台", "data platform"),
    ("供应链韧性", "supply chain resilience"),
    ("员工技能", "staff skills"),
    ("海外渠道", "overseas channels"),
    ("软件质量", "software quality"),
    ("就业率", "employment rate"),
    ("重庆大学城", "university town of Chongqing"),
];
const PLACES: [(&str, &str); 7] = [
    ("华东", "East"),
    ("西南", "South-west"),
    ("总部", "HQ"),
    ("欧洲", "Europe"),
    ("东南亚", "SE Asia"),
    ("线上", "Online"),
    ("第一季度", "Q1"),
];

/// A plan of one root and `count - 1` nodes below it with mixed titles.
pub fn many(count: u32) -> Plan {
    let mut nodes = vec![node("root", None, 0, count, text("总目标", "Overall goal"))];
    for at in 1..count {
        let mixed = at.wrapping_mul(2_654_435_761) >> 8;
        let pick = |list: &'static [(&str, &str)], from: u32| list[(from as usize) % list.len()];
        let (verb, thing, place) = (pick(&VERBS, mixed), pick(&THINGS, mixed / 8), pick(&PLACES, mixed / 80));
        let zh = format!("{}{}{}（{at}）", place.0, verb.0, thing.0);
        let en = format!("{} {}, {} ({at})", verb.1, thing.1, place.1);
        nodes.push(node(&format!("n{at}"), Some(0), 1, at + 1, text(&zh, &en)));
    }
    plan(nodes)
}
