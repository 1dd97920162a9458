//! What changed between two days: which figures became known, which states and people's verdicts are others.

use super::block::{Block, Inline, Line, LineTarget, ListItem, Pair, Weight};
use super::figures::ValueEntry;
use super::reader::{PageReader, plain};
use crate::journal::{Annotations, Author, Fold, describe};
use crate::plan::{NodeId, State};
use crate::progress::{JournalData, Judge};

/// One of two days, with what was known on it.
#[derive(Clone, Copy)]
pub struct KnownOn<'a> {
    /// Reads the plan as it was known on that day.
    pub reader: PageReader<'a>,
    /// What people had recorded by then.
    pub fold: &'a Fold,
}

impl<'a> KnownOn<'a> {
    fn said(&self, node: NodeId) -> Option<&'a Annotations> {
        self.fold.of(node)
    }

    fn state(&self, node: NodeId) -> State {
        let judge = Judge::new(self.reader.plan, self.reader.rule, self.reader.as_of);
        judge.state(node, &JournalData::of(self.said(node)))
    }

    fn values(&self, node: NodeId) -> Vec<ValueEntry<'a>> {
        let metric = self.reader.plan.tree.node(node).metric.as_deref();
        metric.map(|metric| self.reader.values(metric, self.said(node))).unwrap_or_default()
    }

    fn verdict(&self, node: NodeId, by: &Author) -> Option<State> {
        let said = self.said(node)?.authors().find(|said| said.by == *by)?;
        said.verdict.as_ref().map(|verdict| verdict.status)
    }
}

/// What changed of one node.
pub struct NodeDelta<'a> {
    pub node: NodeId,
    /// Its state on the first day and on the second, where they differ.
    pub state: Option<(State, State)>,
    /// Figures that were not known on the first day.
    pub values: Vec<ValueEntry<'a>>,
    /// People whose verdict is another, with both.
    pub verdicts: Vec<(&'a Author, Option<State>, Option<State>)>,
}

/// The nodes of which anything changed, in the order in which they are given.
pub fn changes_between<'a>(
    was: KnownOn<'a>,
    now: KnownOn<'a>,
    nodes: impl Iterator<Item = NodeId>,
) -> Vec<NodeDelta<'a>> {
    let delta = |node: NodeId| {
        let known = was.values(node);
        let is_known = |entry: &ValueEntry<'_>| {
            known.iter().any(|own| match (own.own, entry.own) {
                (Some(one), Some(other)) => one.id == other.id,
                (None, None) => std::ptr::eq(own.value, entry.value),
                _ => false,
            })
        };
        let values = now.values(node).into_iter().filter(|entry| !is_known(entry)).collect();
        let states = (was.state(node), now.state(node));
        let authors = now.said(node).into_iter().flat_map(Annotations::authors);
        let verdict = |by: &'a Author| {
            let (before, after) = (was.verdict(node, by), now.verdict(node, by));
            (before != after).then_some((by, before, after))
        };
        NodeDelta {
            node,
            state: (states.0 != states.1).then_some(states),
            values,
            verdicts: authors.filter_map(|said| verdict(&said.by)).collect(),
        }
    };
    let is_any = |delta: &NodeDelta<'_>| {
        delta.state.is_some() || !delta.values.is_empty() || !delta.verdicts.is_empty()
    };
    nodes.map(delta).filter(is_any).collect()
}

impl PageReader<'_> {
    /// What changed, node by node, from what to what.
    pub fn changes_page(&self, changes: &[NodeDelta<'_>]) -> Vec<Block> {
        if changes.is_empty() {
            return vec![Block::Remark(self.say("没有变化", "nothing changed"))];
        }
        changes.iter().map(|own| Block::List(self.delta(own))).collect()
    }

    fn delta(&self, own: &NodeDelta<'_>) -> Vec<ListItem> {
        let node = self.plan.tree.node(own.node);
        let mut below: Vec<Pair> = Vec::new();
        let arrow = |before: Option<State>, after: Option<State>| -> Line {
            vec![Inline::Words(self.spoken(|ui| {
                let state = |state: Option<State>| match state {
                    Some(State::NotJudged) | None => ui.pick("（无）", "(none)").to_owned(),
                    Some(state) => describe::state(state, ui),
                };
                format!("{} → {}", state(before), state(after))
            }))]
        };
        if let Some((before, after)) = own.state {
            below.push(self.pair("状态", "state", arrow(Some(before), Some(after))));
        }
        if let Some(metric) = node.metric.as_deref() {
            below.extend(own.values.iter().map(|entry| self.figure(metric, entry)));
        }
        for (by, before, after) in &own.verdicts {
            below.push(Pair::new(self.as_it_is(by.as_str()), arrow(*before, *after)));
        }
        let mut line = vec![Inline::Words(self.each(|one| one.title_line(own.node)))];
        line.extend(plain(node.key.to_string()));
        vec![ListItem {
            line,
            below,
            weight: Weight::Strong,
            target: Some(LineTarget::Node(own.node)),
            ..ListItem::default()
        }]
    }
}
