//! What lies below each node or serves it, as running totals, so that any question about a subtree is two
//! subtractions.

use std::ops::Range;

use super::super::Judge;
use crate::plan::as_of::AsOf;
use crate::plan::metric::{Amount, Measure, Metric, Value, When};
use crate::plan::register::Standing;
use crate::plan::{Node, NodeId, Plan, Role};

/// Totals over the pre-order: the count of a range of ids is a difference.
#[derive(Clone, Debug)]
pub(super) struct Totals(Vec<u32>);

impl Totals {
    pub fn new(flags: impl Iterator<Item = bool>) -> Self {
        let mut totals = vec![0];
        let mut sum = 0;
        for flag in flags {
            sum += u32::from(flag);
            totals.push(sum);
        }
        Self(totals)
    }

    pub fn within(&self, ids: Range<u32>) -> u32 {
        self.0[ids.end as usize] - self.0[ids.start as usize]
    }
}

/// Whether something is found below a node, or below something that serves it or serves something below it.
#[derive(Clone, Debug)]
pub(super) struct LintReach {
    below: Totals,
    via: Totals,
}

impl LintReach {
    fn new(plan: &Plan, holds: impl Fn(&Node) -> bool) -> Self {
        let tree = &plan.tree;
        let below = Totals::new(tree.nodes().iter().map(holds));
        let served =
            |id: NodeId| tree.served_by(id).iter().any(|link| below.within(subtree(plan, link.to)) > 0);
        let via = Totals::new(tree.ids().map(served));
        Self { below, via }
    }

    /// Below the node itself (it included), or by way of what serves it.
    pub fn has(&self, plan: &Plan, id: NodeId) -> bool {
        let ids = subtree(plan, id);
        self.below.within(ids.clone()) > 0 || self.via.within(ids) > 0
    }
}

/// The ids of a node and everything below it.
pub(super) fn subtree(plan: &Plan, id: NodeId) -> Range<u32> {
    id.0..plan.tree.node(id).subtree_end.0
}

/// What the rules ask of the whole plan, worked out once.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub number: Targets,
    pub date: Targets,
    /// A metric that is no event.
    pub indicator: LintReach,
    /// An action or a metric.
    pub deed: LintReach,
    /// A rank or a step on a scale that can be looked up.
    pub ranked: LintReach,
    /// The node at or above each that names the responsible office.
    pub office: Vec<Option<NodeId>>,
}

impl Facts {
    pub fn new(judge: &Judge<'_>) -> Self {
        let plan = judge.plan;
        let dated = |value: &Value| !matches!(value.when, When::Undated | When::Unstated);
        let numeric = |value: &Value| value.amount.number().is_some();
        let mut office: Vec<Option<NodeId>> = Vec::with_capacity(plan.tree.count());
        for (id, node) in plan.tree.ids().zip(plan.tree.nodes()) {
            let above = || node.parent.and_then(|parent| office[parent.index()]);
            office.push(node.office().map(|_| id).or_else(above));
        }
        let metric =
            |node: &Node, is: &dyn Fn(&Metric) -> bool| node.metric.as_ref().is_some_and(|own| is(own));
        Self {
            number: Targets::new(judge, numeric),
            date: Targets::new(judge, dated),
            indicator: LintReach::new(plan, |node| metric(node, &|own| own.measure != Measure::Milestone)),
            deed: LintReach::new(plan, |node| matches!(node.role, Role::Action | Role::Metric)),
            ranked: LintReach::new(plan, |node| metric(node, &|own| is_ranked(node, own))),
            office,
        }
    }
}

/// Targets of a kind. Another plan's targets say nothing about what this plan promises; they count for what
/// that other plan states.
#[derive(Clone, Debug)]
pub(super) struct Targets {
    own: LintReach,
    any: LintReach,
}

impl Targets {
    fn new(judge: &Judge<'_>, wanted: impl Fn(&Value) -> bool) -> Self {
        let plan = judge.plan;
        let has = |node: &Node, counts: &dyn Fn(&Value) -> bool| {
            let metric = node.metric.as_ref();
            metric.is_some_and(|metric| targets(judge, metric).any(|target| wanted(target) && counts(target)))
        };
        let own = LintReach::new(plan, |node| has(node, &|target| !is_of_other_plan(plan, target)));
        Self { own, any: LintReach::new(plan, |node| has(node, &|_| true)) }
    }

    /// Below the node or by way of what serves it.
    pub fn has(&self, plan: &Plan, id: NodeId) -> bool {
        let reach = if is_other_plans(plan, id) { &self.any } else { &self.own };
        reach.has(plan, id)
    }
}

/// Whether a target is another plan's.
fn is_of_other_plan(plan: &Plan, target: &Value) -> bool {
    target.source.is_some_and(|source| plan.source(source).standing == Some(Standing::OtherPlan))
}

/// Whether what a node promises is another plan's: all its targets are, or, of a goal or an action, a
/// document of another plan is among its evidence and none of this plan's.
pub(super) fn is_other_plans(plan: &Plan, id: NodeId) -> bool {
    let node = plan.tree.node(id);
    let standings = || node.evidence.iter().filter_map(|evidence| plan.source(evidence.source).standing);
    match &node.metric {
        Some(metric) => {
            !metric.target.is_empty() && metric.target.iter().all(|target| is_of_other_plan(plan, target))
        }
        None => {
            standings().any(|standing| standing == Standing::OtherPlan)
                && !standings().any(|standing| matches!(standing, Standing::Plan | Standing::Implementing))
        }
    }
}

/// Whether a standing can be looked up: a rank that says among whom, or a scale.
pub(super) fn is_ranked(node: &Node, metric: &Metric) -> bool {
    let among = node.more.as_ref().is_some_and(|more| more.among.is_some());
    (metric.measure == Measure::Rank && among) || !metric.scale.is_empty()
}

/// Targets known by the judge's day.
pub(super) fn targets<'m>(
    judge: &Judge<'m>,
    metric: &'m Metric,
) -> impl Iterator<Item = &'m Value> + use<'m> {
    known(judge.plan, judge.as_of, &metric.target)
}

/// Values known by a day.
pub(super) fn known<'m>(
    plan: &'m Plan,
    as_of: AsOf,
    values: impl IntoIterator<Item = &'m Value>,
) -> impl Iterator<Item = &'m Value> {
    values.into_iter().filter(move |value| !as_of.hides(plan, value))
}

/// The wording of a value in words.
pub(super) fn label(value: &Value) -> Option<&crate::text::Text> {
    match &value.amount {
        Amount::Label(text, _) => Some(text),
        _ => None,
    }
}
