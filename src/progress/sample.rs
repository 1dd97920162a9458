//! Small plans for tests.

use jiff::civil::{Date, date};

use super::{AsOf, Assessment, JournalData, Judge, RuleRef};
use crate::plan::metric::{Amount, Basis, Bound, Decimal, Direction, Measure, Metric, Moment, Value, When};
use crate::plan::node::{Link, NodeDetails, TableOrigin};
use crate::plan::{Key, Level, LevelId, Node, NodeId, Period, Plan, Role, State, Tree};
use crate::text::Text;

/// The day most tests look from.
pub const TODAY: Date = date(2026, 11, 23);

pub fn decimal(literal: &str) -> Decimal {
    Decimal::parse(literal).unwrap()
}

pub fn value(literal: &str, when: When) -> Value {
    Value::new(Amount::Number(decimal(literal)), when)
}

pub fn in_year(literal: &str, year: i16) -> Value {
    value(literal, When::At(Moment::Year(year)))
}

/// A value of which only the day of its announcement is known.
pub fn announced(literal: &str, day: Date) -> Value {
    value(literal, When::Announced(Moment::Day(day)))
}

pub fn bounded(bound: Bound, value: Value) -> Value {
    Value { bound, ..value }
}

/// A percentage that should rise, without values.
pub fn share() -> Metric {
    Metric {
        measure: Measure::Percentage,
        unit: Text::new(vec!["%".into(), "%".into()]),
        direction: Direction::Increase,
        ..Metric::default()
    }
}

/// A count that should rise.
pub fn count() -> Metric {
    Metric { measure: Measure::Unit, ..share() }
}

/// With values: baseline, actuals, targets.
pub fn with(metric: Metric, baseline: Option<Value>, observed: Vec<Value>, target: Vec<Value>) -> Metric {
    Metric { baseline, observed: observed.into(), target: target.into(), ..metric }
}

/// A node under a parent; `end` is the first id after its subtree.
pub fn node(key: &str, role: Role, parent: Option<u32>, end: u32) -> Node {
    let level = match role {
        Role::Goal => 0,
        Role::Action => 1,
        Role::Metric => 2,
        Role::Group => 3,
    };
    Node {
        key: Key::new(key).unwrap(),
        level: LevelId(level),
        role,
        depth: 0,
        parent: parent.map(NodeId),
        parent_basis: Basis::Stated,
        subtree_end: NodeId(end),
        title: Text::default(),
        summary: None,
        serves: Box::default(),
        tags: Box::default(),
        evidence: Box::default(),
        metric: None,
        more: None,
        origin: TableOrigin { file: 0, byte: 0 },
    }
}

pub fn serving(node: Node, to: &[u32]) -> Node {
    let serves = to.iter().map(|to| Link { to: NodeId(*to), basis: Basis::Stated }).collect();
    Node { serves, ..node }
}

pub fn measured(node: Node, metric: Metric) -> Node {
    Node { metric: Some(Box::new(metric)), ..node }
}

/// A plan of 2024 to 2035 with checkpoints at 2027 and 2035.
pub fn plan(nodes: Vec<Node>) -> Plan {
    let level = |id: &str, role| Level { id: id.into(), role, mark: Text::default(), label: Text::default() };
    Plan {
        languages: vec!["zh".into(), "en".into()],
        period: Some(Period { start: Moment::Year(2024), end: Moment::Year(2035) }),
        checkpoints: vec![2027, 2035],
        levels: vec![
            level("goal", Role::Goal),
            level("action", Role::Action),
            level("indicator", Role::Metric),
        ],
        tree: Tree::new(nodes),
        ..Plan::default()
    }
}

/// A plan of one metric, which says what ranks are among.
pub fn plan_of(metric: Metric) -> Plan {
    let more = NodeDetails {
        among: Some(Text::new(vec!["西部".into(), "the west".into()])),
        ..NodeDetails::default()
    };
    plan(vec![Node { more: Some(Box::new(more)), ..measured(node("m", Role::Metric, None, 1), metric) }])
}

/// The verdict on a metric alone, as of [`TODAY`].
pub fn verdict(metric: Metric, rule: RuleRef) -> Assessment {
    verdict_of(metric, rule, &JournalData::default(), TODAY)
}

pub fn verdict_of(metric: Metric, rule: RuleRef, added: &JournalData<'_>, today: Date) -> Assessment {
    let plan = plan_of(metric);
    Judge::new(&plan, rule, AsOf::on(today)).assess(NodeId(0), added).unwrap()
}

pub fn state_of(metric: Metric) -> State {
    verdict(metric, RuleRef::PACE).state
}
