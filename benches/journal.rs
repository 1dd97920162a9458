//! What a long journal costs: opening it, taking a step, taking one back, hearing of another's.
//!
//! `cargo bench --bench journal`. The contract: 100,000 records open within a second; a step takes less than
//! 50 ms, whatever the journal's size.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that cannot go on stops")]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;

use divan::Bencher;
use jiff::ZonedDateTime;
use plan158::journal::{Author, Event, Journal, NoteKind, RecordStamp, Step};
use plan158::plan::Plan;
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{PlanSource, load};
use tempfile::TempDir;
use uuid::Uuid;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// Ten authors, every node of the 158N plan in turn, every fifth record a verdict and the rest notes of a
/// line or two.
fn journal(records: usize, plan: &Plan) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let nodes = plan.tree.nodes();
    let mut files = vec![String::new(); 10];
    for record in 0..records {
        let (by, node) = (record % 10, &nodes[record * 7 % nodes.len()].key);
        let event = match record % 5 {
            0 => format!(
                r#"{{"event":"status","node":"{node}","status":"on-track","reason":"走访三所学校，均已开工"}}"#
            ),
            _ => format!(
                r#"{{"event":"note","node":"{node}","kind":"progress","text":"第 {record} 条记录：与区县教委核对数据，口径一致，待年底复核。"}}"#
            ),
        };
        let (minute, second, millis) = (record / 60_000 % 60, record / 1000 % 60, record % 1000);
        let id = format!("019a0000-{:04x}-7{:03x}-8000-{record:012x}", record / 4096, record % 4096);
        let _ = writeln!(
            files[by],
            r#"{{"v":1,"id":"{id}","seq":{record},"at":"2026-01-01T09:{minute:02}:{second:02}.{millis:03}+08:00","by":"author-{by}","plan":"{}","session":null,"events":[{event}]}}"#,
            plan.id
        );
    }
    for (by, text) in files.iter().enumerate() {
        fs::write(dir.path().join(format!("author-{by}.jsonl")), text).unwrap();
    }
    dir
}

fn plan() -> Plan {
    load(&PlanSource::Bundled).unwrap().plan
}

fn open(dir: &TempDir, plan: &Plan) -> Journal {
    let now = AsOf::now(ZonedDateTime::now().date());
    Journal::open(Some(dir.path().to_owned()), plan, now).unwrap()
}

fn stamp() -> RecordStamp {
    RecordStamp::new(ZonedDateTime::now(), Uuid::now_v7())
}

fn step(plan: &Plan) -> Step {
    let node = plan.tree.nodes()[1].key.as_str().into();
    Step::new(vec![Event::Note { node, kind: NoteKind::Progress, text: "one more".into() }])
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn opens(bencher: Bencher, records: usize) {
    let plan = plan();
    let dir = journal(records, &plan);
    bencher.bench_local(|| black_box(open(&dir, &plan)).line_count());
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn takes_a_step_to_the_disk(bencher: Bencher, records: usize) {
    let plan = plan();
    let dir = journal(records, &plan);
    let mut journal = open(&dir, &plan);
    let by = Author::new("author-3").unwrap();
    bencher.bench_local(|| journal.append(&plan, &by, step(&plan), &stamp()).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn takes_a_step_back(bencher: Bencher, records: usize) {
    let plan = plan();
    let dir = journal(records, &plan);
    let mut journal = open(&dir, &plan);
    let by = Author::new("author-3").unwrap();
    bencher.bench_local(|| journal.undo(&plan, &by, &stamp()).unwrap().unwrap());
}

/// The screen has a step written on a copy, beside the thread that draws.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn is_copied_for_the_thread_that_writes(bencher: Bencher, records: usize) {
    let plan = plan();
    let journal = open(&journal(records, &plan), &plan);
    bencher.bench_local(|| journal.clone());
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn hears_of_anothers_step(bencher: Bencher, records: usize) {
    let plan = plan();
    let dir = journal(records, &plan);
    let (mut journal, mut other) = (open(&dir, &plan), open(&dir, &plan));
    let by = Author::new("author-3").unwrap();
    bencher
        .with_inputs(|| drop(other.append(&plan, &by, step(&plan), &stamp()).unwrap()))
        .bench_local_values(|()| journal.poll(&plan).unwrap());
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn looks_whether_there_is_news(bencher: Bencher, records: usize) {
    let plan = plan();
    let dir = journal(records, &plan);
    let mut journal = open(&dir, &plan);
    bencher.bench_local(|| journal.poll(&plan).unwrap());
}
