//! The index over a plan: blocks of nodes, built side by side, and beside them the few texts that people add.
//!
//! Building takes about 2 µs a node and thread and is meant for a worker, never before the first frame. What
//! people add is indexed apart, so that a new note costs nothing but the notes. The texts take about 190
//! bytes a node of a plan with two short titles and four figures, and about 415 a node of the 158N plan,
//! whose nodes have summaries too.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::block::{BlockPart, Builder, TextBlock};
use super::extra::JournalExtras;
use crate::plan::{NodeId, Plan};

/// Nodes in a block. Fixed, so that results do not depend on the machine.
const BLOCK_NODES: u32 = 8_192;

/// How many threads may work at once, the caller's included; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workers(pub usize);

impl Workers {
    /// As many as the machine runs at once, eight at most.
    pub fn of_machine() -> Self {
        Self(std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8))
    }

    /// Does `count` pieces of work and gives the results in order.
    pub fn each<T: Send>(self, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let threads = self.0.clamp(1, count.max(1));
        if threads == 1 {
            return (0..count).map(work).collect();
        }
        let next = AtomicUsize::new(0);
        let run = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= count {
                    return done;
                }
                done.push((at, work(at)));
            }
        };
        let mut done = std::thread::scope(|scope| {
            let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
            let mut done = run();
            for helper in helpers {
                match helper.join() {
                    Ok(more) => done.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            done
        });
        done.sort_unstable_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

/// What can be searched. Cheap to clone; a clone shares the texts.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    plan: Arc<[TextBlock]>,
    people: Arc<[Option<TextBlock>]>,
    extra: Arc<JournalExtras>,
}

impl SearchIndex {
    /// Reads every node. `extra` may be filled in later ([`SearchIndex::annotated`]).
    pub fn build(plan: &Plan, extra: Arc<JournalExtras>, workers: Workers) -> Self {
        let count = u32::try_from(plan.tree.count()).unwrap_or(u32::MAX);
        let blocks = count.div_ceil(BLOCK_NODES) as usize;
        let plan_blocks = workers.each(blocks, |at| {
            let nodes = nodes_of_block(at, count);
            let mut builder = Builder::new(NodeId(nodes.start));
            for node in nodes {
                builder.push(plan, &extra, NodeId(node), BlockPart::Plan);
            }
            builder.finish()
        });
        Self { plan: plan_blocks.into(), people: Arc::default(), extra: Arc::default() }
            .annotated(plan, extra)
    }

    /// The same plan with what people have added by now.
    pub fn annotated(&self, plan: &Plan, extra: Arc<JournalExtras>) -> Self {
        let people = self.plan.iter().map(|block| {
            let nodes = block.nodes();
            let said = extra.said.range(NodeId(nodes.start)..NodeId(nodes.end)).next().is_some();
            said.then(|| {
                let mut builder = Builder::new(NodeId(nodes.start));
                for node in nodes {
                    builder.push(plan, &extra, NodeId(node), BlockPart::People);
                }
                builder.finish()
            })
        });
        Self { plan: Arc::clone(&self.plan), people: people.collect(), extra }
    }

    /// What people added, as it was indexed.
    pub fn extra(&self) -> &JournalExtras {
        &self.extra
    }

    /// The blocks with what people added to their nodes.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = (&TextBlock, Option<&TextBlock>)> {
        self.plan.iter().zip(self.people.iter()).map(|(plan, people)| (plan, people.as_ref()))
    }

    /// A block by its number.
    pub fn block(&self, at: usize) -> (&TextBlock, Option<&TextBlock>) {
        (&self.plan[at], self.people.get(at).and_then(Option::as_ref))
    }

    /// Memory it takes, in bytes.
    pub fn heap_bytes(&self) -> usize {
        self.blocks().map(|(plan, people)| plan.heap_bytes() + people.map_or(0, TextBlock::heap_bytes)).sum()
    }
}

fn nodes_of_block(at: usize, count: u32) -> std::ops::Range<u32> {
    let start = u32::try_from(at).unwrap_or(u32::MAX).saturating_mul(BLOCK_NODES);
    start..start.saturating_add(BLOCK_NODES).min(count)
}
