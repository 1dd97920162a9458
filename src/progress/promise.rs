//! Whose promise a node is: the plan's own, that of a document that carries it out, another's, or a reference
//! that is never counted.

use crate::plan::as_of::AsOf;
use crate::plan::metric::Value;
use crate::plan::register::Standing;
use crate::plan::{NodeId, Plan, SourceId};
use crate::text::{words::words, work};

words!(
    /// Whose promise a commitment is, by the documents it rests on (`docs/judging.md`).
    Promise {
        /// The plan's own.
        Own = "own" ("本规划", "own"),
        /// Of a document that carries the plan out.
        Implementing = "implementing" ("实施文件", "implementing"),
        /// Of another document.
        Other = "other" ("其他文件", "other"),
        /// Of another authority's outline, which stands beside the plan to compare with; never counted.
        Reference = "reference" ("参照纲要", "reference"),
    }
);

impl Promise {
    /// The kinds that count as commitments; references do not.
    pub const COUNTED: [Promise; 3] = [Promise::Own, Promise::Implementing, Promise::Other];
}

/// Whose promise each node of a plan is. Found for all at once: a plan may be a chain as deep as it is long.
#[derive(Clone, Debug, Default)]
pub struct Promises(Vec<Promise>);

impl Promises {
    /// A metric with targets goes by their documents, anything else by its evidence, the strongest deciding;
    /// what names no document goes with the node above it.
    pub fn new(plan: &Plan, as_of: AsOf) -> Self {
        let mut all: Vec<Promise> = Vec::with_capacity(plan.tree.count());
        for id in plan.tree.ids() {
            work::look_at(1);
            // A parent stands before its children.
            let above = plan.tree.node(id).parent.map(|up| all[up.index()]);
            let promise = match above {
                Some(Promise::Reference) => Promise::Reference,
                None if top_standing(plan, id) == Some(Standing::OtherPlan) => Promise::Reference,
                _ => stated(plan, as_of, id).or(above).unwrap_or(Promise::Own),
            };
            all.push(promise);
        }
        Self(all)
    }

    /// Whose promise a node is.
    pub fn of(&self, id: NodeId) -> Promise {
        self.0.get(id.index()).copied().unwrap_or(Promise::Own)
    }
}

/// The strongest standing among the documents of a root.
fn top_standing(plan: &Plan, top: NodeId) -> Option<Standing> {
    let evidence = &plan.tree.node(top).evidence;
    strongest(plan, evidence.iter().map(|evidence| evidence.source))
}

/// By a node's own documents; `None` where it names none whose standing is known.
fn stated(plan: &Plan, as_of: AsOf, id: NodeId) -> Option<Promise> {
    let node = plan.tree.node(id);
    let targets = node.metric.as_deref().map_or(&[][..], |metric| &metric.target);
    let visible = targets.iter().filter(|value| !as_of.hides(plan, value));
    let sources = |value: &Value| value.source.iter().chain(&value.also).copied().collect::<Vec<_>>();
    let by_target = strongest(plan, visible.flat_map(sources));
    let evidence = || strongest(plan, node.evidence.iter().map(|evidence| evidence.source));
    by_target.or_else(evidence).map(|standing| match standing {
        Standing::Plan => Promise::Own,
        Standing::Implementing => Promise::Implementing,
        Standing::OtherPlan | Standing::Report => Promise::Other,
    })
}

fn strongest(plan: &Plan, sources: impl Iterator<Item = SourceId>) -> Option<Standing> {
    let standings = sources.filter_map(|id| plan.sources.get(id.0 as usize)?.standing);
    standings.min() // declared from the strongest to the weakest
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::*;
    use crate::plan::metric::Basis;
    use crate::plan::node::Evidence;
    use crate::plan::{Node, Role, Source};

    fn said(node: Node, sources: &[u32]) -> Node {
        let evidence = sources.iter().map(|source| Evidence {
            source: SourceId(*source),
            at: None,
            basis: Basis::Stated,
            note: None,
        });
        Node { evidence: evidence.collect(), ..node }
    }

    /// Sources 0: the plan, 1: implementing, 2: another plan, 3: a report, 4: of no known standing.
    fn registered(nodes: Vec<Node>) -> Plan {
        let of = |standing| Source { standing, ..Source::default() };
        let all = [Standing::Plan, Standing::Implementing, Standing::OtherPlan, Standing::Report].map(Some);
        let sources = all.into_iter().chain([None]).map(of).collect();
        Plan { sources, ..plan(nodes) }
    }

    #[test]
    fn the_strongest_document_decides_and_targets_come_before_evidence() {
        let target = |source: u32| Value { source: Some(SourceId(source)), ..in_year("90", 2035) };
        let metric = |source| with(share(), None, vec![], vec![target(source)]);
        let plan = registered(vec![
            node("root", Role::Goal, None, 9),
            said(node("plan", Role::Goal, Some(0), 2), &[3, 0]),
            said(node("carried", Role::Action, Some(0), 3), &[3, 1, 2]),
            said(node("other", Role::Action, Some(0), 4), &[3, 2]),
            said(node("reported", Role::Action, Some(0), 5), &[3]),
            node("nothing-said", Role::Goal, Some(0), 6),
            said(measured(node("m1", Role::Metric, Some(0), 7), metric(2)), &[0]),
            said(measured(node("m2", Role::Metric, Some(0), 8), metric(4)), &[0]),
            said(node("unknown", Role::Goal, Some(0), 9), &[4]),
        ]);
        let promises = Promises::new(&plan, AsOf::on(TODAY));
        let found: Vec<&str> = plan.tree.ids().map(|id| promises.of(id).word()).collect();
        assert_eq!(found, ["own", "own", "implementing", "other", "other", "own", "other", "own", "own"]);
    }

    #[test]
    fn what_stands_below_another_authoritys_outline_is_reference() {
        let plan = registered(vec![
            node("root", Role::Goal, None, 1),
            said(node("nation", Role::Goal, None, 3), &[3, 2]),
            said(node("trait", Role::Goal, Some(1), 3), &[3]),
        ]);
        let promises = Promises::new(&plan, AsOf::on(TODAY));
        let found: Vec<Promise> = plan.tree.ids().map(|id| promises.of(id)).collect();
        assert_eq!(found, [Promise::Own, Promise::Reference, Promise::Reference]);
    }

    #[test]
    fn a_chain_eight_times_as_deep_takes_eight_times_the_work() {
        let chain = |depth: u32| {
            let link = |at: u32| node(&format!("n{at}"), Role::Goal, at.checked_sub(1), depth);
            let plan = registered((0..depth).map(link).collect());
            work::work_of(|| Promises::new(&plan, AsOf::on(TODAY)))
        };
        let (some, many) = (chain(500), chain(4_000));
        assert!(some >= 500 && many <= 8 * some, "{some} and {many}");
    }
}
