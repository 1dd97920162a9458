//! The sources that a document cites, numbered as a reader meets them.

use super::ExportContext;
use crate::plan::metric::Value;
use crate::plan::{NodeId, Plan, SourceId};
use crate::progress::JournalData;

/// Sources in the order of their first citation.
#[derive(Clone, Debug, Default)]
pub struct Cited {
    order: Vec<SourceId>,
    /// By source: its number, 0 where it is not cited.
    numbers: Vec<usize>,
}

impl Cited {
    pub(super) fn new(plan: &Plan) -> Self {
        Self { order: Vec::new(), numbers: vec![0; plan.sources.len()] }
    }

    /// The sources, in order.
    pub fn sources(&self) -> &[SourceId] {
        &self.order
    }

    /// A source's number, from 1.
    pub fn number(&self, source: SourceId) -> Option<usize> {
        self.numbers.get(source.0 as usize).copied().filter(|number| *number > 0)
    }

    /// Every source's number, 0 where it is not cited.
    pub fn numbers(&self) -> &[usize] {
        &self.numbers
    }

    fn cite(&mut self, source: SourceId) {
        if let Some(number) = self.numbers.get_mut(source.0 as usize).filter(|number| **number == 0) {
            self.order.push(source);
            *number = self.order.len();
        }
    }

    /// Takes in the sources of the figures that a brief report shows of a metric.
    pub(super) fn visit_figures(&mut self, scene: &ExportContext<'_>, id: NodeId) {
        let Some(metric) = scene.plan.tree.node(id).metric.as_deref() else { return };
        let said = scene.journal.annotations(id);
        let (latest, target) = scene.judge.latest_and_target(id, &JournalData::of(said));
        let written = [latest, target].into_iter().flatten();
        let values = written.filter_map(|reading| Some(reading.origin.written(metric, said)?.value()));
        values.filter_map(|value| value.source).for_each(|source| self.cite(source));
    }

    fn cite_value(&mut self, value: &Value) {
        for source in value.source.iter().chain(&value.also) {
            self.cite(*source);
        }
    }

    /// Takes in what a node cites, in the order in which reports say it: values, what differs, terms,
    /// evidence.
    pub(super) fn visit(&mut self, scene: &ExportContext<'_>, id: NodeId) {
        let node = scene.plan.tree.node(id);
        if let Some(metric) = &node.metric {
            let official = scene.judge.as_of.official(scene.plan, metric);
            if let Some(source) = official.and_then(|official| official.source) {
                self.cite(source);
            }
            let values = metric.baseline.iter().chain(&metric.observed).chain(&metric.target);
            let values = values.chain(&metric.comparators);
            values
                .filter(|value| !scene.judge.as_of.hides(scene.plan, value))
                .for_each(|value| self.cite_value(value));
            if let Some(said) = scene.journal.annotations(id) {
                said.values().for_each(|own| self.cite_value(&own.value));
            }
        }
        node.conflicts().iter().filter_map(|conflict| conflict.source).for_each(|source| self.cite(source));
        for used in node.terms() {
            scene.plan.term(used.term).evidence.iter().for_each(|evidence| self.cite(evidence.source));
        }
        node.evidence.iter().for_each(|evidence| self.cite(evidence.source));
    }
}
