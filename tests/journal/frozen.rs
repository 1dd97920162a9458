//! `v1/journal-v1.jsonl` holds every event of version 1 as it was first written. Its bytes are frozen:
//! journals like it are out there.

use std::fs;
use std::path::Path;

use plan158::journal::codec::{self, NameInterner, ParsedLine};
use plan158::journal::{Event, Journal, ZonedInstant};
use plan158::plan::State;
use plan158::plan::metric::Amount;
use plan158::progress::JournalData;
use sha2::{Digest, Sha256};

use super::support::{Scratch, author, now};

fn frozen() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journal/v1/journal-v1.jsonl"))
        .unwrap()
}

#[test]
fn the_bytes_are_those_that_were_frozen() {
    let digest: String = Sha256::digest(frozen()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, "aafe22ed57085f23283e2d832c64a9f573bced675cc83c4bc6ffd3cceb6e90d0");
}

#[test]
fn every_line_is_read_whole_and_written_the_same_again() {
    let mut words = std::collections::BTreeSet::new();
    for line in frozen().lines() {
        let ParsedLine::Record(record) = codec::parse(line, &mut NameInterner::default()) else {
            panic!("{line}")
        };
        assert!(!record.events.contains(&Event::Unknown), "{line}");
        assert_eq!(codec::line(&record), line);
        words.extend(record.events.iter().map(Event::word));
    }
    assert_eq!(words.len(), 17, "every event of version 1 stands in the file: {words:?}");
}

/// Checked by hand against the file.
#[test]
fn it_folds_to_what_was_meant() {
    let scratch = Scratch::new();
    fs::write(scratch.path("journal-v1.jsonl"), frozen()).unwrap();
    let journal = Journal::open(Some(scratch.dir()), &scratch.plan, now()).unwrap();
    assert_eq!((journal.line_count(), journal.problems()), (21, vec![]));
    let a1 = journal.annotations(scratch.node("a1")).unwrap();
    let (by, verdict) = a1.verdict().unwrap();
    assert_eq!((by, verdict.status), (&author("王 五"), State::NeedsAcceleration), "said under an alias");
    assert!(a1.differs() && !a1.is_disputed(), "settled");
    assert_eq!(a1.share().map(|(by, share)| (by.to_string(), share.progress)), Some(("li".into(), 40)));
    assert_eq!(scratch.notes(&journal, "a1"), ["如何计数？"]);
    assert_eq!(a1.tags().map(ToString::to_string).collect::<Vec<_>>(), ["督导"]);
    assert!(a1.is_starred(), "the unstar was undone");
    assert_eq!(a1.reviewed_at(), ZonedInstant::parse("2026-11-23T14:13:00.204+08:00"));
    assert_eq!(scratch.notes(&journal, "root"), ["two", "kept"]);
    assert_eq!(scratch.verdict(&journal, "root"), None);
    let share = journal.annotations(scratch.node("a1.share")).unwrap();
    let shown: Vec<String> = share
        .values()
        .map(|value| match &value.value.amount {
            Amount::Number(number) => number.to_string(),
            other => format!("{other:?}").chars().take(5).collect(),
        })
        .collect();
    assert_eq!(shown, ["95.20", "Label", "Stage"]);
    let added = JournalData::of(Some(share));
    assert_eq!((added.values.len(), added.breaks.len(), added.values[0].by), (3, 2, "li"));
    assert!(added.values[0].value.source.is_some(), "`late` is a source of the plan");
    assert!(journal.orphans().is_empty(), "a0.left went to root");
    let undo = journal.undo_target(&author("王 五")).unwrap();
    assert_eq!(undo.seq, 15, "the end of a session is no step to take back");
}
