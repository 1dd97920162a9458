//! How many characters have to be typed until a node stands first, by Chinese, pinyin, initials and English;
//! and, for a big plan, how long a keystroke takes.
//!
//! `cargo run --release --example keystrokes [PLAN]`

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a report, not a program")]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use plan158::find::fold_text::folded;
use plan158::find::pinyin::readings;
use plan158::find::{
    Candidates, JournalExtras, Query, SearchIndex, SearchRequest, SearchResult, SearchScope, Workers,
    highlight, search,
};
use plan158::plan::load::{PlanSource, load};
use plan158::plan::{NodeId, Plan};
use plan158::text::Lang;

struct SearchState {
    plan: Plan,
    index: SearchIndex,
}

impl SearchState {
    fn find(&self, text: &str, limit: usize, earlier: Option<&Candidates>) -> SearchResult {
        let query = Query::parse(text, &self.plan);
        let cancel = AtomicBool::new(false);
        let workers = Workers::of_machine();
        let ask = SearchRequest {
            query: &query,
            scope: SearchScope::Whole,
            limit,
            earlier,
            workers,
            cancel: &cancel,
        };
        search(&self.index, &self.plan, &ask).unwrap()
    }

    /// Characters typed until the node stands first; `None` where it never does.
    fn typed(&self, node: NodeId, text: &str) -> Option<usize> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.zip(1..).find_map(|(end, typed)| {
            let found = self.find(&text[..end], 1, None);
            (found.hits.first().map(|hit| hit.node) == Some(node)).then_some(typed)
        })
    }

    fn report_typed(&self, name: &str, spell: impl Fn(&str) -> Vec<String>, lang: Lang) {
        let mut from_start = Vec::new();
        let mut from_anywhere = Vec::new();
        for node in self.plan.tree.ids() {
            let Some(title) = self.plan.tree.node(node).title.get(lang) else { continue };
            let spelled = spell(title);
            from_start.push(self.typed(node, &spelled.concat()));
            // Any place to begin at, the way one types the telling part of a title.
            let tails = (0..spelled.len()).map(|at| spelled[at..].concat());
            from_anywhere.push(tails.filter_map(|tail| self.typed(node, tail.trim())).min());
        }
        println!(
            "{name:10} from the start: {}   from the best place: {}",
            median(from_start),
            median(from_anywhere)
        );
    }
}

fn median(mut typed: Vec<Option<usize>>) -> String {
    let never = typed.iter().filter(|typed| typed.is_none()).count();
    typed.sort_by_key(|typed| typed.unwrap_or(usize::MAX));
    let at = |share: usize| {
        typed
            .get(typed.len() * share / 100)
            .copied()
            .flatten()
            .map_or("-".to_owned(), |typed| typed.to_string())
    };
    format!("median {:>3}, 90 % {:>3}, never {never} of {}", at(50), at(90), typed.len())
}

fn chars(title: &str) -> Vec<String> {
    title.chars().map(|c| c.to_string()).filter(|c| !folded(c).is_empty()).collect()
}

/// Each Chinese character by its most common reading, or the first letter of it; anything else as it is.
fn pinyin(title: &str, letters: usize) -> Vec<String> {
    let spell = |c: String| {
        let first = c.chars().next().and_then(|c| readings(c).first().copied());
        first.map_or(c, |reading| reading.chars().take(letters).collect())
    };
    chars(title).into_iter().map(|c| spell(folded(&c))).collect()
}

fn words(title: &str) -> Vec<String> {
    title.split_inclusive(' ').map(ToOwned::to_owned).collect()
}

/// The shortest and the middle of several times.
fn time(mut work: impl FnMut()) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..31)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    (times[0], times[times.len() / 2])
}

fn main() {
    let source = std::env::args_os().nth(1).map_or(PlanSource::Bundled, |path| PlanSource::Path(path.into()));
    let plan = load(&source).unwrap().plan;
    let start = Instant::now();
    let index = SearchIndex::build(&plan, Arc::new(JournalExtras::default()), Workers::of_machine());
    let count = plan.tree.count();
    println!(
        "{count} nodes; index built in {:?}, {} bytes, {} a node",
        start.elapsed(),
        index.heap_bytes(),
        index.heap_bytes() / count.max(1)
    );
    let desk = SearchState { plan, index };
    let repeated: Vec<String> = std::env::args().skip(2).collect();
    for text in &repeated {
        let times: Vec<Duration> = (0..100)
            .map(|_| {
                let start = Instant::now();
                desk.find(text, 200, None);
                start.elapsed()
            })
            .collect();
        println!("{text}: {:?} for 100", times.iter().sum::<Duration>());
    }
    if !repeated.is_empty() {
        return;
    }
    if count < 5_000 {
        desk.report_typed("Chinese", chars, Lang(0));
        desk.report_typed("pinyin", |title| pinyin(title, 6), Lang(0));
        desk.report_typed("initials", |title| pinyin(title, 1), Lang(0));
        desk.report_typed("English", words, Lang(1));
    }
    for text in [
        "e",
        "z",
        "zhiliang",
        "zlzl",
        "质量",
        "quality",
        "manyidu gaishan",
        "qltplt",
        "3247",
        "kind:metric 质量",
    ] {
        let mut found = 0;
        let search = time(|| found = desk.find(text, 200, None).total());
        let best = desk.find(text, 200, None).hits;
        let query = Query::parse(text, &desk.plan);
        let marks = time(|| {
            for hit in best.iter().take(40) {
                highlight(&desk.plan, desk.index.extra(), &query, hit.node);
            }
        });
        println!(
            "{text:20} {found:>7} found, search {:>9.2?} (median {:>9.2?}), marks of 40 rows {:>9.2?}",
            search.0, search.1, marks.0
        );
    }
}
