//! Which nodes, documents and terms a file has, so that nothing in it names what is not there.

use crate::export::Document;
use crate::plan::metric::Value;
use crate::plan::{Fact, NodeId, Plan, SourceId, TermId};

/// What a file uses, by number.
#[derive(Clone, Debug)]
pub(super) struct Uses {
    nodes: Vec<bool>,
    sources: Vec<bool>,
    terms: Vec<bool>,
}

impl Uses {
    /// What the nodes of a document use; the whole plan uses everything.
    pub fn of(document: &Document<'_>) -> Self {
        let plan = document.plan();
        let whole = is_whole(document);
        let mut uses = Self {
            nodes: vec![whole; plan.tree.count()],
            sources: vec![whole; plan.sources.len()],
            terms: vec![whole; plan.terms.len()],
        };
        if !whole {
            document.ids().for_each(|id| uses.visit(plan, id));
            let facts = plan.facts.iter().filter(|fact| uses.carries(fact)).map(|fact| fact.source);
            let terms = plan.terms.iter().zip(&uses.terms).filter(|(_, used)| **used);
            let evidence = terms.flat_map(|(term, _)| term.evidence.iter().map(|evidence| evidence.source));
            // What people cite is meant by the plan's id of it.
            let all: Vec<SourceId> =
                facts.chain(evidence).chain(document.sources().iter().copied()).collect();
            all.into_iter().for_each(|source| cite(&mut uses.sources, source));
        }
        uses
    }

    fn visit(&mut self, plan: &Plan, id: NodeId) {
        self.nodes[id.index()] = true;
        let node = plan.tree.node(id);
        let sources = &mut self.sources;
        node.evidence.iter().for_each(|evidence| cite(sources, evidence.source));
        node.conflicts()
            .iter()
            .filter_map(|conflict| conflict.source)
            .for_each(|source| cite(sources, source));
        for TermId(term) in node.terms().iter().map(|used| used.term) {
            self.terms[term as usize] = true;
        }
        let Some(metric) = &node.metric else { return };
        let values = metric.baseline.iter().chain(&metric.observed).chain(&metric.target);
        for Value { source, also, .. } in values.chain(&metric.comparators) {
            source.iter().chain(also).for_each(|source| cite(sources, *source));
        }
        let official = metric.official.as_ref().and_then(|official| official.source);
        official.into_iter().for_each(|source| cite(sources, source));
    }

    pub fn holds(&self, id: NodeId) -> bool {
        self.nodes.get(id.index()).copied().unwrap_or_default()
    }

    pub fn source(&self, at: u32) -> bool {
        self.sources.get(at as usize).copied().unwrap_or_default()
    }

    pub fn term(&self, at: u32) -> bool {
        self.terms.get(at as usize).copied().unwrap_or_default()
    }

    /// A fact that one of the nodes carries.
    pub fn carries(&self, fact: &Fact) -> bool {
        fact.node.is_some_and(|node| self.holds(node))
    }
}

fn cite(sources: &mut [bool], source: SourceId) {
    if let Some(used) = sources.get_mut(source.0 as usize) {
        *used = true;
    }
}

/// Everything is in it: no filter, and no scope but one that is all.
pub(super) fn is_whole(document: &Document<'_>) -> bool {
    document.filter.is_none() && document.count() == document.plan().tree.count()
}
