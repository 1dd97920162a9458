//! A keystroke's whole result at 100,000 nodes: best 200, highlights of 40 rows. The goal is 16 ms on two
//! cores.
//!
//! `PLAN158_BENCH_PLAN` names another plan (`docs/performance.md` uses the ones of `gen_tree.py`); without it
//! one of `PLAN158_BENCH_NODES` nodes (100,000) is made in memory.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that cannot go on stops")]

#[path = "../tests/support/made.rs"]
mod made;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use plan158::find::{
    Candidates, JournalExtras, Query, SearchIndex, SearchRequest, SearchResult, SearchScope, Workers,
    highlight, search,
};
use plan158::plan::Plan;
use plan158::plan::load::{PlanSource, load};

static PLAN: LazyLock<Plan> = LazyLock::new(|| match std::env::var_os("PLAN158_BENCH_PLAN") {
    Some(path) => load(&PlanSource::Path(path.into())).unwrap().plan,
    None => made::many(nodes()),
});
static INDEX: LazyLock<SearchIndex> =
    LazyLock::new(|| SearchIndex::build(&PLAN, Arc::new(JournalExtras::default()), Workers::of_machine()));

fn nodes() -> u32 {
    std::env::var("PLAN158_BENCH_NODES").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000)
}

fn main() {
    LazyLock::force(&INDEX);
    divan::main();
}

fn keystroke(text: &str, earlier: Option<&Candidates>) -> SearchResult {
    let query = Query::parse(text, &PLAN);
    let cancel = AtomicBool::new(false);
    let workers = Workers::of_machine();
    let ask = SearchRequest {
        query: &query,
        scope: SearchScope::Whole,
        limit: 200,
        earlier,
        workers,
        cancel: &cancel,
    };
    let found = search(&INDEX, &PLAN, &ask).unwrap();
    for hit in found.hits.iter().take(40) {
        divan::black_box(highlight(&PLAN, INDEX.extra(), &query, hit.node));
    }
    found
}

/// One letter, a pinyin word, initials, a Chinese word, an English word, two words, scattered letters, a
/// figure, a condition.
const QUERIES: [&str; 9] =
    ["e", "zhiliang", "zljg", "质量", "quality", "质量 east", "qltpltf", "3247", "kind:action 质量"];

#[divan::bench(args = QUERIES)]
fn anew(bencher: Bencher, text: &str) {
    bencher.bench(|| keystroke(text, None));
}

#[divan::bench(args = ["zhiliang", "quality", "qltpltf"])]
fn narrowed(bencher: Bencher, text: &str) {
    let before = keystroke(&text[..text.len() - 1], None);
    bencher.bench(|| keystroke(text, Some(&before.candidates)));
}

#[divan::bench(sample_count = 5)]
fn build(bencher: Bencher) {
    bencher.bench(|| SearchIndex::build(&PLAN, Arc::new(JournalExtras::default()), Workers::of_machine()));
}
