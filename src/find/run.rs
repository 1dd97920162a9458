//! A search: which nodes match, how many, and the best of them in order.
//!
//! Results depend on nothing but index, plan and query: not on threads, not on whether an earlier answer was
//! narrowed. It does not know generations or screens; the caller asks, and may cancel.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::block::TextBlock;
use super::filter::Condition;
use super::fuzzy::{Scorer, Skim};
use super::index::{SearchIndex, Workers};
use super::query::{Polarity, Query, TermGroup, TermSubject};
use super::rank::{CombinedRank, Phrase, Rank};
use super::ready::ReadyWord;
use super::word::{Detail, WordMatch};
use crate::plan::{NodeId, Plan};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchScope {
    Whole,
    /// A node and everything below it.
    Under(NodeId),
}

impl SearchScope {
    fn nodes(self, plan: &Plan) -> Range<u32> {
        match self {
            SearchScope::Whole => 0..u32::try_from(plan.tree.count()).unwrap_or(u32::MAX),
            SearchScope::Under(node) => node.0..plan.tree.node(node).subtree_end.0,
        }
    }
}

#[derive(Clone, Copy)]
pub struct SearchRequest<'a> {
    pub query: &'a Query,
    pub scope: SearchScope,
    /// How many of the best are wanted.
    pub limit: usize,
    /// An earlier answer, which saves work where the query has only grown since. Any answer of the same index
    /// will do.
    pub earlier: Option<&'a Candidates>,
    pub workers: Workers,
    /// Set by somebody else when the answer is not wanted any more.
    pub cancel: &'a AtomicBool,
}

/// A node that matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub node: NodeId,
    pub rank: Rank,
}

/// Nodes that a longer query need only look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidates {
    query: Query,
    scope: SearchScope,
    nodes: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SearchResult {
    /// All nodes that match, in reading order.
    pub matched: Vec<NodeId>,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
    /// For the next letter.
    pub candidates: Candidates,
}

impl SearchResult {
    /// How many nodes match.
    pub fn total(&self) -> usize {
        self.matched.len()
    }
}

/// The answer was not wanted any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Nodes between two looks at the cancel flag.
const CANCEL_NODES: usize = 512;

/// Looks for the query.
///
/// # Errors
/// [`Cancelled`] where the flag was set before the answer was complete.
pub fn search(index: &SearchIndex, plan: &Plan, ask: &SearchRequest) -> Result<SearchResult, Cancelled> {
    let scorer = Skim::default();
    let scope = ask.scope.nodes(plan);
    let usable = |earlier: &&Candidates| earlier.scope == ask.scope && ask.query.narrows(&earlier.query);
    let earlier = ask.earlier.filter(usable).map(|earlier| earlier.nodes.as_slice());
    let numbers: Vec<usize> = (0..index.blocks().len())
        .filter(|at| {
            let nodes = index.block(*at).0.nodes();
            nodes.start < scope.end && scope.start < nodes.end
        })
        .collect();
    let run = BlockSearch { index, plan, ask, scorer: &scorer };
    let parts: Result<Vec<BlockResult>, Cancelled> = ask
        .workers
        .each(numbers.len(), |at| run.in_block(numbers[at], &scope, earlier))
        .into_iter()
        .collect();
    let parts = parts?;
    let hits = run.best(&numbers, &parts)?;
    let mut matched = Vec::with_capacity(parts.iter().map(|part| part.matched.len()).sum());
    let mut nodes = Vec::with_capacity(parts.iter().map(|part| part.loose.len()).sum());
    for part in &parts {
        matched.extend_from_slice(&part.matched);
        nodes.extend_from_slice(&part.loose);
    }
    Ok(SearchResult {
        matched,
        hits,
        candidates: Candidates { query: ask.query.clone(), scope: ask.scope, nodes },
    })
}

#[derive(Default)]
struct BlockResult {
    /// All that match, in order.
    matched: Vec<NodeId>,
    /// All that may match a longer query, in order.
    loose: Vec<u32>,
    /// The best of those that match side by side.
    best: Vec<Hit>,
    /// Those that match with gaps, not scored yet.
    scattered: Vec<NodeId>,
}

/// Best first, then in reading order.
fn order(hit: &Hit) -> (Reverse<Rank>, NodeId) {
    (Reverse(hit.rank), hit.node)
}

/// Keeps the best, in no order.
fn keep_best(hits: &mut Vec<Hit>, limit: usize) {
    if limit == 0 {
        hits.clear();
    } else if hits.len() > limit {
        hits.select_nth_unstable_by_key(limit - 1, order);
        hits.truncate(limit);
    }
}

struct BlockSearch<'a> {
    index: &'a SearchIndex,
    plan: &'a Plan,
    ask: &'a SearchRequest<'a>,
    scorer: &'a dyn Scorer,
}

impl BlockSearch<'_> {
    fn check(&self) -> Result<(), Cancelled> {
        if self.ask.cancel.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    fn in_block(
        &self,
        at: usize,
        scope: &Range<u32>,
        earlier: Option<&[u32]>,
    ) -> Result<BlockResult, Cancelled> {
        self.check()?;
        let ready = ReadyQuery::new(self.ask.query, self.index.block(at));
        let nodes = ready.plan.nodes();
        let nodes = nodes.start.max(scope.start)..nodes.end.min(scope.end);
        let mut part = BlockResult::default();
        let mut look = |count: usize, node: u32| {
            if count % CANCEL_NODES == CANCEL_NODES - 1 {
                self.check()?;
            }
            match ready.look(self.plan, self.index, NodeId(node), Detail::Coarse) {
                WordMatch::Nothing => {}
                WordMatch::Loosely => part.loose.push(node),
                WordMatch::Matched(rank) => {
                    let node = NodeId(node);
                    part.loose.push(node.0);
                    part.matched.push(node);
                    if rank.is_scattered() {
                        part.scattered.push(node);
                    } else {
                        part.best.push(Hit { node, rank });
                    }
                }
            }
            Ok(())
        };
        match earlier {
            None => nodes.enumerate().try_for_each(|(count, node)| look(count, node))?,
            Some(earlier) => {
                let from = earlier.partition_point(|node| *node < nodes.start);
                let to = earlier.partition_point(|node| *node < nodes.end);
                earlier[from..to].iter().enumerate().try_for_each(|(count, node)| look(count, *node))?;
            }
        }
        keep_best(&mut part.best, self.ask.limit);
        Ok(part)
    }

    /// The best hits in order. Scattered ones are scored only where they can be among them.
    fn best(&self, numbers: &[usize], parts: &[BlockResult]) -> Result<Vec<Hit>, Cancelled> {
        let limit = self.ask.limit;
        let mut hits: Vec<Hit> = parts.iter().flat_map(|part| &part.best).copied().collect();
        if hits.len() < limit {
            let scored: Result<Vec<Vec<Hit>>, Cancelled> = self
                .ask
                .workers
                .each(numbers.len(), |at| self.score_scattered(numbers[at], &parts[at].scattered))
                .into_iter()
                .collect();
            hits.extend(scored?.into_iter().flatten());
        }
        keep_best(&mut hits, limit);
        hits.sort_unstable_by_key(order);
        Ok(hits)
    }

    fn score_scattered(&self, at: usize, scattered: &[NodeId]) -> Result<Vec<Hit>, Cancelled> {
        if scattered.is_empty() {
            return Ok(Vec::new());
        }
        let ready = ReadyQuery::new(self.ask.query, self.index.block(at));
        let mut out = Vec::with_capacity(scattered.len());
        for (count, node) in scattered.iter().enumerate() {
            if count % CANCEL_NODES == 0 {
                self.check()?;
            }
            if let WordMatch::Matched(rank) =
                ready.look(self.plan, self.index, *node, Detail::Scored(self.scorer))
            {
                out.push(Hit { node: *node, rank });
            }
        }
        Ok(out)
    }
}

/// A word ready for both texts of a block.
struct BothWords<'a> {
    plan: ReadyWord<'a>,
    people: Option<ReadyWord<'a>>,
}

enum ReadyWhat<'a> {
    Word(BothWords<'a>),
    Filter(&'a Condition),
}

/// A query ready for a block.
struct ReadyQuery<'a> {
    plan: &'a TextBlock,
    people: Option<&'a TextBlock>,
    groups: Vec<Vec<(Polarity, ReadyWhat<'a>)>>,
    phrase: Option<ReadyWord<'a>>,
}

impl<'a> ReadyQuery<'a> {
    fn new(query: &'a Query, (plan, people): (&'a TextBlock, Option<&'a TextBlock>)) -> Self {
        let ready = |group: &'a TermGroup| {
            let terms = group.any.iter().map(|term| {
                let what = match &term.what {
                    TermSubject::Word(word) => ReadyWhat::Word(BothWords {
                        plan: ReadyWord::new(word, plan),
                        people: people.map(|people| ReadyWord::new(word, people)),
                    }),
                    TermSubject::Filter(filter) => ReadyWhat::Filter(filter),
                };
                (term.sense, what)
            });
            terms.collect()
        };
        // Filters first: they are cheap and rule out most.
        let mut groups: Vec<&TermGroup> = query.groups.iter().collect();
        groups.sort_by_key(|group| group.any.iter().any(|term| matches!(term.what, TermSubject::Word(_))));
        let phrase = query.phrase.as_ref().map(|word| ReadyWord::new(word, plan));
        Self { plan, people, groups: groups.into_iter().map(ready).collect(), phrase }
    }

    /// Whether a node matches, and how well.
    fn look(&self, plan: &Plan, index: &SearchIndex, node: NodeId, detail: Detail) -> WordMatch {
        let mut ranks = CombinedRank::default();
        let mut loose = false;
        for group in &self.groups {
            let mut best = WordMatch::Nothing;
            for (sense, what) in group {
                let seen = match what {
                    ReadyWhat::Filter(filter) if filter.admits(plan, index.extra(), node) => {
                        WordMatch::Matched(Rank::default())
                    }
                    ReadyWhat::Filter(_) => WordMatch::Nothing,
                    ReadyWhat::Word(words) => self.word_in(words, node, detail),
                };
                best.better(match (sense, seen) {
                    (Polarity::Is, seen) => seen,
                    (Polarity::IsNot, WordMatch::Matched(_)) => WordMatch::Nothing,
                    (Polarity::IsNot, _) => WordMatch::Matched(Rank::default()),
                });
            }
            match best {
                WordMatch::Nothing => return WordMatch::Nothing,
                WordMatch::Loosely => loose = true,
                WordMatch::Matched(rank) => ranks.add(rank),
            }
        }
        if loose {
            return WordMatch::Loosely;
        }
        let phrase = match &self.phrase {
            Some(phrase) if phrase.is_in_title(self.plan, node.0) => Phrase::InTitle,
            _ => Phrase::Apart,
        };
        WordMatch::Matched(ranks.rank(phrase))
    }

    fn word_in(&self, words: &BothWords, node: NodeId, detail: Detail) -> WordMatch {
        let mut best = words.plan.in_node(self.plan, node.0, detail);
        if let (Some(word), Some(people)) = (&words.people, self.people) {
            best.better(word.in_node(people, node.0, detail));
        }
        best
    }
}
