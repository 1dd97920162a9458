//! Clocks that run ahead or behind: what a record is dated by, and what it counts as of.

use std::fs;

use jiff::{Timestamp, ZonedDateTime};
use plan158::journal::{Author, Event, Journal, RecordStamp, Step};
use plan158::plan::State;
use plan158::plan::as_of::AsOf;
use tempfile::TempDir;
use uuid::Uuid;

use super::support::plan;

fn stamp(now: &str) -> RecordStamp {
    let now: ZonedDateTime = format!("{now}+08:00[+08:00]").parse().unwrap();
    RecordStamp::new(now, Uuid::now_v7()).written_by(Some("w-0001"))
}

fn open(dir: &TempDir) -> Journal {
    Journal::open(Some(dir.path().to_owned()), &plan(), AsOf::now(jiff::civil::date(2027, 1, 1))).unwrap()
}

fn says(dir: &TempDir, by: &str, state: State, now: &str) -> Option<String> {
    let event = Event::Status { node: "a1".into(), status: Some(state), reason: None };
    let by = Author::new(by).unwrap();
    let appended = open(dir).append(&plan(), &by, Step::new(vec![event]), &stamp(now)).unwrap();
    appended.clock.map(|remark| remark.en)
}

fn verdict(dir: &TempDir) -> State {
    let plan = plan();
    let node = plan.tree.find("a1").unwrap();
    open(dir).annotations(node).unwrap().verdict().unwrap().1.status
}

fn lines(dir: &TempDir, by: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(dir.path().join(format!("{by}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_record_of_a_fast_clock_is_named_by_the_next_and_outvotes_nobody_any_more() {
    let dir = TempDir::new().unwrap();
    assert_eq!(says(&dir, "li", State::OnTrack, "2026-11-20T09:00:00"), None);
    // The clock is years ahead for one step.
    assert_eq!(says(&dir, "li", State::OnTrack, "2033-05-01T09:00:00"), None);
    assert_eq!(says(&dir, "wang", State::Limited, "2026-11-21T09:00:00"), None);
    assert_eq!(verdict(&dir), State::OnTrack, "it counts until somebody names it");
    let remark = says(&dir, "li", State::Regressing, "2026-11-22T09:00:00").unwrap();
    assert!(remark.starts_with("1 record of yours"), "{remark}");
    assert_eq!(verdict(&dir), State::Regressing);
    let lines = lines(&dir, "li");
    assert_eq!(lines[2]["at"], "2026-11-22T09:00:00.000+08:00");
    assert_eq!(lines[2]["ahead"], serde_json::json!([lines[1]["id"]]));
    // From then on nothing is named again, and wang's later word counts.
    assert_eq!(says(&dir, "li", State::Regressing, "2026-11-22T10:00:00"), None);
    assert_eq!(says(&dir, "wang", State::Limited, "2026-11-23T09:00:00"), None);
    assert_eq!(verdict(&dir), State::Limited);
}

#[test]
fn a_clock_before_ones_first_record_names_none_and_says_so() {
    let dir = TempDir::new().unwrap();
    says(&dir, "li", State::OnTrack, "2026-11-20T09:00:00");
    let remark = says(&dir, "li", State::Limited, "2026-11-19T09:00:00").unwrap();
    assert!(remark.contains("runs behind"), "{remark}");
    let lines = lines(&dir, "li");
    assert_eq!(
        (&lines[1]["ahead"], &lines[1]["at"]),
        (&serde_json::Value::Null, &"2026-11-20T09:00:00.001+08:00".into())
    );
    assert_eq!(verdict(&dir), State::Limited, "the later step counts");
}

#[test]
fn a_clock_before_the_program_was_made_names_none() {
    let dir = TempDir::new().unwrap();
    assert!(says(&dir, "li", State::OnTrack, "1970-01-01T00:00:01").unwrap().contains("runs behind"));
}

#[test]
fn two_machines_within_a_minute_keep_their_order() {
    let dir = TempDir::new().unwrap();
    says(&dir, "li", State::OnTrack, "2026-11-20T09:00:00");
    says(&dir, "li", State::OnTrack, "2026-11-20T09:01:30");
    assert_eq!(says(&dir, "li", State::Limited, "2026-11-20T09:00:45"), None);
    assert_eq!(lines(&dir, "li")[2]["at"], "2026-11-20T09:01:30.001+08:00");
    assert_eq!(verdict(&dir), State::Limited);
}

#[test]
fn anybody_can_name_a_record_and_the_order_of_files_makes_no_difference() {
    let dir = TempDir::new().unwrap();
    says(&dir, "li", State::OnTrack, "2033-05-01T09:00:00");
    says(&dir, "wang", State::Limited, "2026-11-21T09:00:00");
    let mut journal = open(&dir);
    let limit: Timestamp = "2026-11-22T00:00:00Z".parse().unwrap();
    let ahead = journal.book().all_ahead_of(limit);
    let [index] = ahead.as_slice() else { panic!("{ahead:?}") };
    let id = journal.record(*index).id.clone();
    let wang = Author::new("wang").unwrap();
    journal.append(&plan(), &wang, Step::correcting(id), &stamp("2026-11-22T09:00:00")).unwrap();
    assert_eq!(verdict(&dir), State::OnTrack, "it counts as of the naming, which is the latest word");
    says(&dir, "wang", State::Limited, "2026-11-23T09:00:00");
    assert_eq!(verdict(&dir), State::Limited);
    // `li.jsonl` is read before `wang.jsonl`; under this name after it.
    fs::rename(dir.path().join("li.jsonl"), dir.path().join("zzz.jsonl")).unwrap();
    assert_eq!(verdict(&dir), State::Limited);
}

#[test]
fn a_writer_counts_its_records_without_gaps_and_each_author_has_a_count() {
    let dir = TempDir::new().unwrap();
    says(&dir, "li", State::OnTrack, "2026-11-20T09:00:00");
    says(&dir, "wang", State::OnTrack, "2026-11-20T09:01:00");
    says(&dir, "li", State::Limited, "2026-11-20T09:02:00");
    let numbers = |by| lines(&dir, by).iter().map(|line| line["n"].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!((numbers("li"), numbers("wang")), (vec![1, 2], vec![1]));
    assert_ne!(lines(&dir, "li")[0]["writer"], lines(&dir, "wang")[0]["writer"]);
}
