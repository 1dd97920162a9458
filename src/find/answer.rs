//! The answer of `find --json`, a contract (`docs/cli.md`): best first, ranges in characters of the original
//! text.

use serde::Serialize;

use super::highlight::highlight;
use super::index::SearchIndex;
use super::query::{Query, QueryProblemKind};
use super::run::SearchResult;
use crate::plan::Plan;
use crate::text::Bilingual;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindAnswer {
    /// The query as it was typed.
    pub query: String,
    /// How many nodes match.
    pub total: usize,
    /// What was not understood.
    pub problems: Vec<AnswerProblem>,
    /// The best matches.
    pub hits: Vec<AnswerHit>,
}

/// A part of the query that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerProblem {
    /// `half-typed`, `unknown-field`, `unknown-value` or `too-much`.
    pub kind: &'static str,
    /// Characters of the query, from and to.
    pub range: [usize; 2],
    /// What is wrong and what to do.
    pub message: Bilingual,
}

/// A node that matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerHit {
    pub id: String,
    /// How well it matches; comparable within one answer.
    pub score: u32,
    pub matches: Vec<AnswerMatch>,
}

/// A field in which a node matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerMatch {
    /// The field's name (`title.zh`).
    pub field: String,
    /// Characters of its original text, from and to.
    pub ranges: Vec<[u32; 2]>,
}

pub fn find_json(index: &SearchIndex, plan: &Plan, query: &Query, found: &SearchResult) -> FindAnswer {
    let hits = found.hits.iter().map(|hit| {
        let matches = highlight(plan, index.extra(), query, hit.node).into_iter().map(|found| AnswerMatch {
            field: found.field.name(plan, hit.node),
            ranges: found.ranges.iter().map(|range| [range.start, range.end]).collect(),
        });
        AnswerHit {
            id: plan.tree.node(hit.node).key.to_string(),
            score: hit.rank.score(),
            matches: matches.collect(),
        }
    });
    let hits = hits.collect();
    let chars = |byte: usize| query.text.get(..byte).map_or(0, |before| before.chars().count());
    let problems = query.problems.iter().map(|problem| AnswerProblem {
        kind: match problem.kind {
            QueryProblemKind::HalfTyped => "half-typed",
            QueryProblemKind::UnknownField => "unknown-field",
            QueryProblemKind::UnknownValue => "unknown-value",
            QueryProblemKind::TooMuch => "too-much",
        },
        range: [chars(problem.bytes.start), chars(problem.bytes.end)],
        message: problem.said.clone(),
    });
    FindAnswer { query: query.text.clone(), total: found.total(), problems: problems.collect(), hits }
}
