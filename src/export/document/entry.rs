//! One node with all that is said of it, by the plan and by people, as data: what a format says of it is
//! drawn from here.

use super::ExportContext;
use crate::journal::Annotations;
use crate::page::links;
pub use crate::page::{LinkEntry, NodeTie, Time, ValueEntry};
use crate::plan::metric::Metric;
use crate::plan::{Level, Node, NodeId, State};
use crate::progress::dashboard;
use crate::progress::promise::Promise;
use crate::progress::{ArithmeticStep, Assessment, JournalData, Rollup};

/// One node. What the plan says stands in `node`; the rest is worked out. Nothing in it is made safe for an
/// output yet: each format escapes, after [`crate::text::clean::one_line`] or
/// [`crate::text::clean::many_lines`].
#[derive(Clone, Debug)]
pub struct NodeEntry<'p> {
    pub id: NodeId,
    pub node: &'p Node,
    pub level: &'p Level,
    /// How it stands, all considered.
    pub state: State,
    /// Ties: parent, what it serves, what it is a part of, what serves it.
    pub links: Vec<LinkEntry<'p>>,
    /// Figures that were known on the as-of: baseline, actual values, targets, others' values, then those
    /// people recorded.
    pub values: Vec<ValueEntry<'p>>,
    /// The computed verdict, without its steps ([`NodeEntry::steps`]); none for what is no metric, and where
    /// the plan leaves judging to people.
    pub assessment: Option<Assessment>,
    /// Whose promise it is; `None` for what promises nothing.
    pub commitment: Option<Promise>,
    /// What people say; `None` where nobody said anything.
    pub said: Option<&'p Annotations>,
    /// How what is below it (or serves it) stands.
    pub rollup: Option<Rollup>,
}

impl<'p> NodeEntry<'p> {
    pub(super) fn new(scene: &ExportContext<'p>, id: NodeId) -> Self {
        let plan = scene.plan;
        let node = plan.tree.node(id);
        let said = scene.journal.annotations(id);
        Self {
            id,
            node,
            level: plan.level(node.level),
            state: scene.states.of(id),
            links: links(plan, id),
            values: node
                .metric
                .as_deref()
                .map(|metric| scene.reader().values(metric, said))
                .unwrap_or_default(),
            assessment: scene.judge.assess_without_steps(id, &JournalData::of(said)),
            commitment: dashboard::commitment(plan, &scene.promises, id),
            said,
            rollup: scene.rollup(id),
        }
    }

    pub fn metric(&self) -> Option<&'p Metric> {
        self.node.metric.as_deref()
    }

    /// The arithmetic behind the verdict, line by line: worked out when it is asked for, since it takes
    /// longer than all the rest.
    pub fn steps(&self, scene: &ExportContext<'p>) -> Vec<ArithmeticStep> {
        let found =
            self.assessment.as_ref().and_then(|_| scene.judge.assess(self.id, &JournalData::of(self.said)));
        found.map(|found| found.steps).unwrap_or_default()
    }

    pub fn links_of(&self, tie: NodeTie) -> impl Iterator<Item = &LinkEntry<'p>> {
        self.links.iter().filter(move |link| link.tie == tie)
    }
}
