//! How everything below a node stands: the distribution of states, how much is assessed, and the worst; never
//! an average.
//!
//! What counts is a metric, or an action without children. The ids of those are kept sorted, in one list a
//! state; a subtree is a range of ids, so a count is two binary searches, whatever lies below.

use std::ops::Range;

use super::Judge;
use super::series::JournalData;
use super::status::{BEHIND, SCALE, severity};
use super::trend::Turn;
use crate::plan::metric::{Measure, Value};
use crate::plan::register::Standing;
use crate::plan::{Node, NodeId, Plan, Role, State};

/// How many nodes stand in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts([u32; State::ALL.len()]);

impl StateCounts {
    /// The number of nodes in one state.
    pub fn get(&self, state: State) -> u32 {
        self.0[slot(state)]
    }

    /// Counts one more node.
    pub fn add(&mut self, state: State) {
        self.0[slot(state)] += 1;
    }

    /// States that occur, in the order of [`State::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (State, u32)> {
        State::ALL.into_iter().zip(self.0).filter(|(_, count)| *count > 0)
    }

    /// States that occur, the worst of the scale first, then those without a scale verdict.
    pub fn worst_first(&self) -> Vec<(State, u32)> {
        let mut states: Vec<(State, u32)> = self.iter().collect();
        states.sort_by_key(|(state, _)| severity(*state).unwrap_or(usize::MAX));
        states
    }

    /// The number of nodes in all states.
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Those with a scale verdict.
    pub fn assessed(&self) -> u32 {
        SCALE.iter().map(|state| self.get(*state)).sum()
    }
}

fn slot(state: State) -> usize {
    state as usize
}

/// The roll-up of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rollup {
    /// What counts below it (or serves it): metrics, and actions without children.
    pub leaves: u32,
    /// Those with a scale verdict.
    pub assessed: u32,
    /// The number of nodes below, by state.
    pub by_state: StateCounts,
    /// The first of those in the worst state that is behind ([`BEHIND`]); `None` where none is.
    pub worst: Option<NodeId>,
    /// Metrics with a target of the plan itself, or reported as such.
    pub own_targets: u32,
    /// Metrics with a target of another document: one that implements it, or another plan.
    pub other_targets: u32,
}

impl Rollup {
    /// Whether all below are achieved: only then may a parent be called so.
    pub fn is_achieved(&self) -> bool {
        let asked = self.leaves - self.by_state.get(State::NoTarget);
        asked > 0 && self.by_state.get(State::Achieved) == asked
    }
}

/// The state of every node, ready for roll-ups.
#[derive(Clone, Debug, Default)]
pub struct States {
    states: Vec<State>,
    turns: Vec<Option<Turn>>,
    leaves: Vec<u32>,
    by_state: [Vec<u32>; State::ALL.len()],
    own: Vec<u32>,
    other: Vec<u32>,
}

/// Fewer nodes than this are not worth a second thread.
const CHUNK_NODES: usize = 4096;

impl States {
    /// Judges every node, on all processors where there are many nodes. `added` gives what people add to one.
    pub fn new<'a>(judge: &Judge<'_>, added: impl Fn(NodeId) -> JournalData<'a> + Sync) -> Self {
        let tree = &judge.plan.tree;
        let mut states = vec![State::NotJudged; tree.count()];
        let mut turns = vec![None; tree.count()];
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let chunk = tree.count().div_ceil(workers).max(CHUNK_NODES);
        std::thread::scope(|scope| {
            let mut first = 0;
            for (part, turned) in states.chunks_mut(chunk).zip(turns.chunks_mut(chunk)) {
                let from = first;
                first += u32::try_from(part.len()).unwrap_or(u32::MAX);
                let added = &added;
                let work = move || {
                    for ((id, state), turn) in (from..).map(NodeId).zip(part).zip(turned) {
                        (*state, *turn) = judge.state_and_turn(id, &added(id));
                    }
                };
                if tree.count() <= chunk { work() } else { drop(scope.spawn(work)) }
            }
        });
        let mut all = Self { states, turns, ..Self::default() };
        for (index, node) in (0u32..).zip(tree.nodes()).filter(|(index, node)| is_leaf(judge, *index, node)) {
            all.leaves.push(index);
            all.by_state[slot(all.states[index as usize])].push(index);
            let (own, other) = targets(judge, node);
            all.own.extend(own.then_some(index));
            all.other.extend(other.then_some(index));
        }
        all
    }

    /// The state of one node.
    pub fn of(&self, id: NodeId) -> State {
        self.states[id.index()]
    }

    /// Which way a node's figures went, where they are comparable.
    pub fn turn(&self, id: NodeId) -> Option<Turn> {
        self.turns.get(id.index()).copied().flatten()
    }

    /// Replaces the change since the last review of one node.
    pub fn set_turn(&mut self, id: NodeId, turn: Option<Turn>) {
        if let Some(known) = self.turns.get_mut(id.index()) {
            *known = turn;
        }
    }

    /// Replaces the state of one node, and the counts above it.
    pub fn set(&mut self, id: NodeId, state: State) {
        let before = std::mem::replace(&mut self.states[id.index()], state);
        if before == state || self.leaves.binary_search(&id.0).is_err() {
            return;
        }
        if let Ok(at) = self.by_state[slot(before)].binary_search(&id.0) {
            self.by_state[slot(before)].remove(at);
        }
        if let Err(at) = self.by_state[slot(state)].binary_search(&id.0) {
            self.by_state[slot(state)].insert(at, id.0);
        }
    }

    /// The roll-up of a parent, or of what is served; `None` for a node that is neither, and for a group.
    pub fn rollup(&self, plan: &Plan, id: NodeId) -> Option<Rollup> {
        let tree = &plan.tree;
        if tree.node(id).role == Role::Group {
            return None;
        }
        if tree.is_parent(id) {
            return Some(self.over(std::slice::from_ref(&(id.0 + 1..tree.node(id).subtree_end.0))));
        }
        let serving = tree.served_by(id);
        (!serving.is_empty()).then(|| self.over(&merged(plan, serving.iter().map(|link| link.to))))
    }

    /// The roll-up of the whole plan.
    pub fn whole(&self) -> Rollup {
        let all = 0..u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        self.over(std::slice::from_ref(&all))
    }

    /// Everything that counts within ranges of ids that are sorted and apart.
    pub fn over(&self, ranges: &[Range<u32>]) -> Rollup {
        let count = |ids: &[u32]| -> u32 {
            ranges.iter().map(|range| u32::try_from(within(ids, range).len()).unwrap_or(u32::MAX)).sum()
        };
        let mut by_state = StateCounts::default();
        for (slot, ids) in self.by_state.iter().enumerate() {
            by_state.0[slot] = count(ids);
        }
        let worst = BEHIND.into_iter().find(|state| by_state.get(*state) > 0).and_then(|state| {
            ranges.iter().find_map(|range| within(&self.by_state[slot(state)], range).first().copied())
        });
        Rollup {
            leaves: count(&self.leaves),
            assessed: by_state.assessed(),
            by_state,
            worst: worst.map(NodeId),
            own_targets: count(&self.own),
            other_targets: count(&self.other),
        }
    }

    /// What counts within a range of ids, in reading order.
    pub fn leaves(&self, range: &Range<u32>) -> impl Iterator<Item = NodeId> {
        within(&self.leaves, range).iter().copied().map(NodeId)
    }
}

/// The part of sorted ids that lies in a range.
fn within<'a>(ids: &'a [u32], range: &Range<u32>) -> &'a [u32] {
    let from = ids.partition_point(|id| *id < range.start);
    let to = ids.partition_point(|id| *id < range.end);
    ids.get(from..to).unwrap_or_default()
}

/// The subtrees of nodes as ranges that are sorted and apart.
pub(super) fn merged(plan: &Plan, nodes: impl Iterator<Item = NodeId>) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> = nodes.map(|id| id.0..plan.tree.node(id).subtree_end.0).collect();
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by(|inner, outer| inner.start < outer.end); // subtrees are inside one another or apart
    ranges
}

/// Metrics but for events, and actions without children.
fn is_leaf(judge: &Judge<'_>, index: u32, node: &Node) -> bool {
    match node.role {
        Role::Metric => !is_event(judge, node),
        Role::Action => node.subtree_end.0 <= index + 1,
        Role::Goal | Role::Group => false,
    }
}

/// A milestone that no target known on the judge's day asks for.
fn is_event(judge: &Judge<'_>, node: &Node) -> bool {
    node.metric.as_ref().is_some_and(|metric| {
        let visible = |value: &Value| !judge.as_of.hides(judge.plan, value);
        metric.measure == Measure::Milestone && !metric.target.iter().any(visible)
    })
}

/// Whether a metric has targets of the plan itself, and of other documents.
fn targets(judge: &Judge<'_>, node: &Node) -> (bool, bool) {
    let Some(metric) = &node.metric else { return (false, false) };
    let is_other = |value: &Value| {
        let source = value.source.and_then(|id| judge.plan.sources.get(id.0 as usize));
        let standing = source.and_then(|source| source.standing);
        matches!(standing, Some(Standing::OtherPlan | Standing::Implementing))
    };
    let visible = || metric.target.iter().filter(|value| !judge.as_of.hides(judge.plan, value));
    (visible().any(|value| !is_other(value)), visible().any(is_other))
}

/// The worse of two states, where both are scale verdicts; else the one that is.
pub fn worse(one: State, other: State) -> State {
    match (severity(one), severity(other)) {
        (Some(first), Some(second)) if first <= second => one,
        (Some(_), None) => one,
        _ => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::*;
    use super::super::{AsOf, RuleRef};
    use super::*;
    use crate::plan::{Source, SourceId};

    #[test]
    fn the_worst_comes_first_and_what_is_not_judged_last() {
        let mut counts = StateCounts::default();
        for state in [State::NoTarget, State::OnTrack, State::Regressing, State::NoTarget] {
            counts.add(state);
        }
        let expected = [(State::Regressing, 1), (State::OnTrack, 1), (State::NoTarget, 2)];
        assert_eq!(counts.worst_first(), expected);
    }

    fn judged(plan: &Plan, verdicts: &[State]) -> States {
        let judge = Judge::new(plan, RuleRef::PACE, AsOf::on(TODAY));
        States::new(&judge, |id| JournalData {
            verdict: verdicts.get(id.index()).copied(),
            ..JournalData::default()
        })
    }

    /// root 0 ─ action 1 ─ (metric 2, action 3), action 4 (serves 5); goal 5 without children, served by 1
    /// and 3 and 4.
    fn small() -> Plan {
        plan(vec![
            node("root", Role::Goal, None, 6),
            serving(node("a1", Role::Action, Some(0), 4), &[5]),
            measured(node("a1.m", Role::Metric, Some(1), 3), share()),
            serving(node("a1.x", Role::Action, Some(1), 4), &[5]),
            serving(node("a2", Role::Action, Some(0), 5), &[5]),
            node("p1", Role::Goal, Some(0), 6),
        ])
    }

    #[test]
    fn a_parent_counts_metrics_and_actions_without_children() {
        let plan = small();
        let states =
            judged(&plan, &[State::OnTrack, State::Limited, State::OnTrack, State::Limited, State::Achieved]);
        let root = states.rollup(&plan, NodeId(0)).unwrap();
        assert_eq!((root.leaves, root.assessed, root.worst), (3, 3, Some(NodeId(3))));
        assert_eq!(
            root.by_state.iter().map(|(state, count)| (state.word(), count)).collect::<Vec<_>>(),
            [("on-track", 1), ("limited", 1), ("achieved", 1)]
        );
        assert_eq!(states.whole(), root);
    }

    #[test]
    fn a_node_without_children_counts_what_serves_it_each_once() {
        let plan = small();
        let states = judged(&plan, &[]);
        let served = states.rollup(&plan, NodeId(5)).unwrap();
        assert_eq!((served.leaves, served.assessed, served.worst), (3, 0, None)); // a1.m and a1.x through a1, and a2
        assert_eq!(states.rollup(&plan, NodeId(4)), None); // neither a parent nor served
    }

    #[test]
    fn a_new_state_is_counted_at_once() {
        let plan = small();
        let mut states = judged(&plan, &[]);
        states.set(NodeId(4), State::Achieved);
        assert!(!states.whole().is_achieved());
        states.set(NodeId(3), State::Achieved);
        assert!(states.whole().is_achieved(), "the metric has no target");
        states.set(NodeId(2), State::Limited);
        assert!(!states.whole().is_achieved());
        states.set(NodeId(2), State::Achieved);
        assert!(states.whole().is_achieved());
        assert_eq!(states.whole().worst, None, "what is on track or achieved is not the worst of anything");
    }

    #[test]
    fn targets_of_the_plan_and_of_other_documents_are_counted_apart() {
        let of = |standing| Source { standing, ..Source::default() };
        let target = |source: u32| Value { source: Some(SourceId(source)), ..in_year("90", 2035) };
        let metric = |source| with(share(), None, vec![], vec![target(source)]);
        let mut plan = plan(vec![
            node("root", Role::Goal, None, 4),
            measured(node("m1", Role::Metric, Some(0), 2), metric(0)),
            measured(node("m2", Role::Metric, Some(0), 3), metric(1)),
            measured(node("m3", Role::Metric, Some(0), 4), metric(2)),
        ]);
        plan.sources =
            vec![of(Some(Standing::Plan)), of(Some(Standing::OtherPlan)), of(Some(Standing::Report))];
        let root = judged(&plan, &[]).whole();
        assert_eq!((root.own_targets, root.other_targets), (2, 1));
    }

    /// A forest in pre-order from parents chosen freely among the open branch, with roles and links chosen
    /// freely too.
    fn forest() -> impl Strategy<Value = (Plan, Vec<State>)> {
        let one = (0usize..6, 0usize..3, proptest::collection::vec(0u32..40, 0..3), 0usize..8);
        proptest::collection::vec(one, 1..40).prop_map(|seeds| {
            let mut open: Vec<u32> = Vec::new();
            let mut nodes: Vec<Node> = Vec::new();
            let total = u32::try_from(seeds.len()).unwrap();
            for (id, (up, role, serves, _)) in (0u32..).zip(&seeds) {
                open.truncate(open.len().saturating_sub(*up));
                let role = [Role::Goal, Role::Action, Role::Metric][*role];
                let serves: Vec<u32> = serves.iter().map(|to| to % total).collect();
                nodes.push(serving(node(&format!("n{id}"), role, open.last().copied(), id + 1), &serves));
                open.push(id);
            }
            for id in (0..nodes.len()).rev() {
                let end = nodes[id].subtree_end;
                if let Some(parent) = nodes[id].parent {
                    nodes[parent.index()].subtree_end = nodes[parent.index()].subtree_end.max(end);
                }
            }
            let verdicts = seeds.iter().map(|(.., state)| State::ALL[*state]).collect();
            (plan(nodes), verdicts)
        })
    }

    proptest! {
        #[test]
        fn roll_ups_equal_a_walk_over_the_tree((plan, verdicts) in forest()) {
            let states = judged(&plan, &verdicts);
            for id in plan.tree.ids() {
                let counts = |node: NodeId| {
                    let this = plan.tree.node(node);
                    this.role == Role::Metric || (this.role == Role::Action && !plan.tree.is_parent(node))
                };
                let serves = |node: NodeId| plan.tree.serves(node).iter().any(|(to, _)| *to == id);
                let members: Vec<NodeId> = if plan.tree.is_parent(id) {
                    plan.tree.subtree(id).skip(1).filter(|node| counts(*node)).collect()
                } else {
                    plan.tree.ids().filter(|node| serves(*node) && counts(*node)).collect()
                };
                let rollup = states.rollup(&plan, id).unwrap_or_default();
                prop_assert_eq!(rollup.leaves as usize, members.len());
                let behind = members.iter().filter(|node| BEHIND.contains(&states.of(**node)));
                let worst = behind.filter_map(|node| Some((severity(states.of(*node))?, *node))).min();
                prop_assert_eq!(rollup.worst, worst.map(|(_, node)| node));
                prop_assert_eq!(rollup.by_state.total(), rollup.leaves);
            }
        }
    }
}
