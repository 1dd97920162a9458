//! The journal's folder: what is written where, how files survive cuts, copies and foreign lines, and what
//! comes back where nothing can be written.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::time::{Duration, Instant};

use plan158::journal::{Changed, Event, Journal, JournalProblem, NotWrittenReason};
use plan158::plan::State;
use plan158::plan::as_of::AsOf;
use rstest::rstest;

use super::support::{Scratch, author, note, status};

#[test]
fn a_step_is_one_line_in_the_authors_own_file_for_the_owner_only() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "Li Wei/李", note("a1", "第一\n第二"));
    let file = scratch.read("Li%20Wei%2F李.jsonl");
    assert_eq!(file.lines().count(), 1);
    assert!(file.ends_with("}\n") && file.contains(r#""by":"Li Wei/李""#), "{file}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(scratch.path("Li%20Wei%2F李.jsonl")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn numbers_go_up_over_all_that_was_read_and_an_authors_clock_never_runs_backwards() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("a1", "one"));
    scratch.append(&mut journal, "wang", note("a1", "two"));
    let mut stamp = scratch.stamp();
    stamp.now = "2020-01-01T00:00:00+08:00[+08:00]".parse().unwrap();
    let step = plan158::journal::Step::new(vec![note("a1", "three")]);
    let third = journal.append(&scratch.plan, &author("li"), step, &stamp).unwrap();
    let record = journal.record(third.index);
    assert_eq!(record.seq, 3);
    assert_eq!(record.at.to_string(), "2026-11-23T14:00:01.001+08:00", "a millisecond after li's first");
    assert_eq!(scratch.notes(&journal, "a1"), ["one", "three", "two"]);
}

/// A journal of three records in li's file, and its bytes.
fn three() -> (Scratch, String) {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    for text in ["one", "二", "three"] {
        scratch.append(&mut journal, "li", note("a1", text));
    }
    let bytes = scratch.read("li.jsonl");
    (scratch, bytes)
}

#[test]
fn a_file_cut_at_every_byte_keeps_all_whole_records_and_takes_the_next() {
    let (mut scratch, whole) = three();
    let file = scratch.path("li.jsonl");
    let ends: Vec<usize> = whole.match_indices('\n').map(|(at, _)| at).collect();
    for cut in 0..=whole.len() {
        fs::write(&file, &whole.as_bytes()[..cut]).unwrap();
        let _ = fs::remove_file(scratch.path("li.jsonl.torn"));
        // A record is whole once its last brace is there, with or without its line feed.
        let kept = ends.iter().filter(|end| cut >= **end).count();
        let mut journal = scratch.open();
        let texts = ["one", "二", "three"];
        assert_eq!(scratch.notes(&journal, "a1"), texts[..kept], "cut at {cut}");
        let torn = cut > 0 && !ends.iter().any(|end| cut == *end || cut == end + 1);
        let unfinished =
            journal.problems().iter().any(|one| matches!(one, JournalProblem::Unfinished { .. }));
        assert_eq!(unfinished, torn, "cut at {cut}");
        let appended = scratch.append(&mut journal, "li", note("a1", "next"));
        assert_eq!(appended.torn.is_some(), torn, "cut at {cut}");
        let expected: Vec<&str> = texts[..kept].iter().copied().chain(["next"]).collect();
        for journal in [journal, scratch.open()] {
            assert_eq!(scratch.notes(&journal, "a1"), expected, "cut at {cut}");
            assert_eq!(journal.problems(), [], "cut at {cut}");
        }
        // Nothing is lost: what was torn off lies beside.
        let from = ends.iter().rfind(|end| cut > **end).map_or(0, |end| end + 1);
        let aside = fs::read(scratch.path("li.jsonl.torn")).unwrap_or_default();
        let expected = if torn { [&whole.as_bytes()[from..cut], b"\n"].concat() } else { Vec::new() };
        assert_eq!(aside, expected, "cut at {cut}");
    }
}

#[test]
fn readers_leave_a_torn_tail_alone_and_take_it_when_it_is_whole() {
    let (scratch, whole) = three();
    let file = scratch.path("li.jsonl");
    fs::write(&file, &whole[..whole.len() - 9]).unwrap();
    let mut journal = scratch.open();
    assert_eq!(scratch.notes(&journal, "a1"), ["one", "二"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), whole[..whole.len() - 9]);
    assert_eq!(journal.poll(&scratch.plan).unwrap(), Changed::Nothing);
    OpenOptions::new()
        .append(true)
        .open(&file)
        .unwrap()
        .write_all(&whole.as_bytes()[whole.len() - 9..])
        .unwrap();
    assert_ne!(journal.poll(&scratch.plan).unwrap(), Changed::Nothing);
    assert_eq!(scratch.notes(&journal, "a1"), ["one", "二", "three"]);
}

#[test]
fn a_torn_tail_of_anothers_file_is_not_touched_by_ones_own_step() {
    let (mut scratch, whole) = three();
    fs::write(scratch.path("li.jsonl"), &whole[..whole.len() - 9]).unwrap();
    let mut journal = scratch.open();
    let appended = scratch.append(&mut journal, "wang", note("a1", "mine"));
    assert_eq!(appended.torn, None);
    assert_eq!(scratch.read("li.jsonl"), whole[..whole.len() - 9]);
}

#[test]
fn another_programs_records_show_at_the_next_look_and_only_their_nodes_have_changed() {
    let mut scratch = Scratch::new();
    let mut mine = scratch.open();
    let mut theirs = scratch.open();
    scratch.append(&mut theirs, "wang", note("a1", "hello"));
    assert_eq!(mine.poll(&scratch.plan).unwrap(), Changed::All, "the first file of the folder");
    scratch.append(&mut theirs, "wang", note("root", "again"));
    assert_eq!(mine.poll(&scratch.plan).unwrap(), Changed::Nodes(vec![scratch.node("root")]));
    assert_eq!(mine.poll(&scratch.plan).unwrap(), Changed::Nothing);
    assert_eq!(scratch.notes(&mine, "root"), ["again"]);
}

#[test]
fn what_is_taken_in_for_a_step_that_is_not_written_is_told_with_the_next_look_and_once() {
    let mut scratch = Scratch::new();
    let mut theirs = scratch.open();
    scratch.append(&mut theirs, "wang", note("root", "before"));
    let mut ours = scratch.open();
    scratch.append(&mut theirs, "wang", status("a1", State::Limited));
    let stamp = scratch.stamp();
    assert_eq!(ours.undo(&scratch.plan, &author("li"), &stamp).unwrap(), None, "li has no step");
    assert_eq!(scratch.verdict(&ours, "a1"), Some(State::Limited));
    assert!(ours.has_news());
    assert_eq!(ours.poll(&scratch.plan).unwrap(), Changed::Nodes(vec![scratch.node("a1")]));
    assert_eq!((ours.has_news(), ours.poll(&scratch.plan).unwrap()), (false, Changed::Nothing));
}

#[test]
fn a_step_sees_what_others_wrote_meanwhile() {
    let mut scratch = Scratch::new();
    let mut mine = scratch.open();
    let mut theirs = scratch.open();
    scratch.append(&mut theirs, "li", note("a1", "on another screen"));
    let appended = scratch.append(&mut mine, "li", note("a1", "here"));
    assert_eq!(mine.record(appended.index).seq, 2);
    assert_eq!(scratch.notes(&mine, "a1"), ["on another screen", "here"]);
}

#[rstest]
#[case::shrank(|whole: &str| whole.lines().take(1).map(|line| format!("{line}\n")).collect(), &["one"])]
#[case::changed_early(|whole: &str| whole.replacen("\"one\"", "\"uno\"", 1), &["uno", "二", "three"])]
#[case::changed_and_grew(|whole: &str| whole.replacen("\"one\"", "\"the first\"", 1), &["the first", "二", "three"])]
#[case::turned_round(|whole: &str| whole.lines().rev().map(|line| format!("{line}\n")).collect(), &["one", "二", "three"])]
#[case::emptied(|_: &str| String::new(), &[])]
fn a_file_that_changed_under_our_feet_is_read_anew(
    #[case] change: fn(&str) -> String,
    #[case] expected: &[&str],
) {
    let (mut scratch, whole) = three();
    let mut journal = scratch.open();
    fs::write(scratch.path("li.jsonl"), change(&whole)).unwrap();
    assert_eq!(journal.poll(&scratch.plan).unwrap(), Changed::All);
    assert_eq!(scratch.notes(&journal, "a1"), expected);
    scratch.append(&mut journal, "li", note("root", "after"));
    assert_eq!(scratch.notes(&scratch.open(), "a1"), expected);
    assert_eq!(scratch.notes(&scratch.open(), "root"), ["after"]);
}

#[test]
fn a_file_that_is_gone_takes_its_records_with_it() {
    let (scratch, _) = three();
    let mut journal = scratch.open();
    fs::remove_file(scratch.path("li.jsonl")).unwrap();
    assert_eq!(journal.poll(&scratch.plan).unwrap(), Changed::All);
    assert_eq!(scratch.notes(&journal, "a1"), Vec::<String>::new());
}

#[test]
fn a_sync_tools_copies_count_once_and_by_is_the_author_whatever_the_file_is_called() {
    let (mut scratch, whole) = three();
    fs::write(scratch.path("li.sync-conflict-20261123-140000-ABCDEFG.jsonl"), &whole).unwrap();
    fs::write(scratch.path("li (conflicted copy).jsonl"), whole.replace('\n', "\r\n")).unwrap();
    let mut journal = scratch.open();
    assert_eq!(scratch.notes(&journal, "a1"), ["one", "二", "three"]);
    assert_eq!((journal.line_count(), journal.problems()), (3, vec![]));
    let authors: Vec<String> = journal.fold().authors().iter().map(ToString::to_string).collect();
    assert_eq!(authors, ["li"]);
    scratch.append(&mut journal, "li", note("a1", "four"));
    assert_eq!(scratch.read("li.jsonl").lines().count(), 4);
    assert_eq!(scratch.read("li (conflicted copy).jsonl").lines().count(), 3);
}

#[test]
fn strangers_in_the_folder_are_reported_and_skipped() {
    let (mut scratch, _) = three();
    fs::write(scratch.path("data.jsonl"), "{\"x\":1}\n{\"x\":2}\n").unwrap();
    fs::write(scratch.path("noise.jsonl"), b"\xff\xfe\x00\n\x01\n").unwrap();
    fs::write(scratch.path("notes.txt"), "not ours").unwrap();
    fs::write(scratch.path("empty.jsonl"), "").unwrap();
    fs::create_dir(scratch.path("folder.jsonl")).unwrap();
    let mut journal = scratch.open();
    let foreign = |file: &str| JournalProblem::Foreign { file: file.into() };
    let problems = journal.problems();
    assert!(matches!(&problems[0], JournalProblem::LeftOut { file, .. } if &**file == "folder.jsonl"));
    assert_eq!(problems[1..], [foreign("data.jsonl"), foreign("noise.jsonl")]);
    assert_eq!(scratch.notes(&journal, "a1").len(), 3);
    // Not even where it has the author's own name.
    let stamp = scratch.stamp();
    let step = plan158::journal::Step::new(vec![note("a1", "precious")]);
    let not_saved = journal.append(&scratch.plan, &author("data"), step, &stamp).unwrap_err();
    assert_eq!(not_saved.text, "precious");
    assert_eq!(scratch.read("data.jsonl"), "{\"x\":1}\n{\"x\":2}\n");
}

#[test]
fn a_bad_line_in_the_middle_is_reported_with_its_number_and_the_rest_counts() {
    let (mut scratch, whole) = three();
    let lines: Vec<&str> = whole.lines().collect();
    let mixed = format!("\u{feff}{}\n\nrubbish\n{}\r\n{{\"v\":1}}\n{}\n", lines[0], lines[1], lines[2]);
    fs::write(scratch.path("li.jsonl"), &mixed).unwrap();
    let mut journal = scratch.open();
    assert_eq!(scratch.notes(&journal, "a1"), ["one", "二", "three"]);
    let told: Vec<String> = journal.problems().iter().map(|problem| problem.said().en).collect();
    assert_eq!(
        told,
        ["li.jsonl:3: no record (no JSON object); skipped", "li.jsonl:5: no record (no id); skipped"]
    );
    scratch.append(&mut journal, "li", note("a1", "four"));
    assert!(scratch.read("li.jsonl").starts_with(&mixed), "bad lines stay");
}

#[test]
fn what_is_not_ours_to_understand_is_kept_counted_and_skipped() {
    let (mut scratch, whole) = three();
    let first = whole.lines().next().unwrap();
    let other = first.replace("\"plan\":\"small\"", "\"plan\":\"large\"");
    let newer = first.replace("\"v\":1", "\"v\":2");
    let unknown =
        first.replace("\"id\":\"", "\"id\":\"x").replace("\"event\":\"note\"", "\"event\":\"mood\"");
    fs::write(scratch.path("mixed.jsonl"), format!("{other}\n{newer}\n{unknown}\n")).unwrap();
    let mut journal = scratch.open();
    let skipped = journal.book().skipped();
    assert_eq!((skipped.other_plans, skipped.newer, skipped.unknown_events), (1, 1, 1));
    assert_eq!((scratch.notes(&journal, "a1").len(), journal.problems().len()), (3, 0));
    scratch.append(&mut journal, "li", note("a1", "four"));
    assert_eq!(scratch.read("mixed.jsonl"), format!("{other}\n{newer}\n{unknown}\n"));
}

#[test]
fn two_records_with_one_id_are_both_kept_and_told_of() {
    let (scratch, whole) = three();
    let first = whole.lines().next().unwrap();
    fs::write(scratch.path("z.jsonl"), first.replace("\"one\"", "\"eins\"") + "\n").unwrap();
    let journal = scratch.open();
    assert!(matches!(journal.problems()[..], [JournalProblem::Rivals { lines: 2, .. }]));
    assert_eq!(scratch.notes(&journal, "a1"), ["eins", "二", "three"], "the smaller bytes count");
}

#[test]
fn a_writer_waits_for_another_and_gives_the_words_back_after_five_seconds() {
    let (mut scratch, _) = three();
    let mut journal = scratch.open();
    let held = OpenOptions::new().append(true).open(scratch.path("li.jsonl")).unwrap();
    held.lock().unwrap();
    let since = Instant::now();
    let stamp = scratch.stamp();
    let step = plan158::journal::Step::new(vec![note("a1", "precious")]);
    let not_saved = journal.append(&scratch.plan, &author("li"), step, &stamp).unwrap_err();
    assert!(since.elapsed() >= Duration::from_secs(5) && since.elapsed() < Duration::from_secs(9));
    assert!(not_saved.why.said().0.en.contains("locked"), "{:?}", not_saved.why);
    assert_eq!(not_saved.text, "precious");
    held.unlock().unwrap();
    scratch.append(&mut journal, "li", note("a1", "four"));
    assert_eq!(scratch.notes(&journal, "a1"), ["one", "二", "three", "four"]);
}

#[rstest]
#[case("2026-11-22", true)]
#[case("2026-11-23", false)]
#[case("2026-11-23T05:00:00Z", true)]
#[case("2027-01-01", false)]
fn from_a_day_that_is_over_nothing_can_be_written(#[case] as_of: &str, #[case] refused: bool) {
    let mut scratch = Scratch::new();
    let mut journal = Journal::open(Some(scratch.dir()), &scratch.plan, AsOf::parse(as_of).unwrap()).unwrap();
    let stamp = scratch.stamp();
    let step = plan158::journal::Step::new(vec![status("a1", State::OnTrack)]);
    let written = journal.append(&scratch.plan, &author("li"), step, &stamp);
    assert_eq!(matches!(written, Err(ref not) if matches!(not.why, NotWrittenReason::AsOf(_))), refused);
    assert_eq!(fs::exists(scratch.path("li.jsonl")).unwrap(), !refused);
}

#[test]
fn without_a_folder_there_is_nothing_and_the_words_come_back() {
    let mut scratch = Scratch::new();
    let mut journal = Journal::open(None, &scratch.plan, super::support::now()).unwrap();
    let stamp = scratch.stamp();
    let step = plan158::journal::Step::new(vec![note("a1", "precious")]);
    let not_saved = journal.append(&scratch.plan, &author("li"), step, &stamp).unwrap_err();
    assert!(matches!(not_saved.why, NotWrittenReason::NoHome));
    assert_eq!(not_saved.text, "precious");
}

#[test]
fn merging_takes_what_is_missing_into_its_authors_file_byte_for_byte_and_twice_is_once() {
    let (mut ours, _) = three();
    let mut theirs = Scratch::new();
    let mut other = theirs.open();
    theirs.append(&mut other, "wang", note("a1", "wang's"));
    // The same author on another machine.
    theirs.append(&mut other, "li", note("a1", "li's elsewhere"));
    fs::write(theirs.path("copy.jsonl"), ours.read("li.jsonl") + "rubbish\n").unwrap();
    let newer = r#"{"v":9,"whatever":true}"#;
    fs::write(theirs.path("newer.jsonl"), format!("{newer}\r\n")).unwrap();
    let mut journal = ours.open();
    let now = ours.stamp().now;
    let merged = journal.merge(&ours.plan, &[theirs.dir()], &now).unwrap();
    let added: Vec<(String, usize)> =
        merged.added.iter().map(|(by, count)| (by.to_string(), *count)).collect();
    assert_eq!(added, [("_".into(), 1), ("li".into(), 1), ("wang".into(), 1)]);
    assert_eq!((merged.known, &merged.bad[..]), (3, &[("copy.jsonl".into(), 4)][..]));
    assert_eq!(ours.read("wang.jsonl"), theirs.read("wang.jsonl"));
    assert_eq!(ours.read("_.jsonl"), format!("{newer}\n"));
    assert_eq!(ours.read("li.jsonl").lines().last(), theirs.read("li.jsonl").lines().last());
    assert_eq!(ours.notes(&journal, "a1").len(), 5);
    let before = ours.read("li.jsonl");
    let again = journal.merge(&ours.plan, &[theirs.dir(), theirs.path("wang.jsonl")], &now).unwrap();
    assert!(again.added.is_empty(), "{again:?}");
    assert_eq!(ours.read("li.jsonl"), before);
    // And the other way round the two are one set.
    let mut other = theirs.open();
    let now = theirs.stamp().now;
    other.merge(&theirs.plan, &[ours.dir()], &now).unwrap();
    assert_eq!(other.hash(), journal.hash());
}

#[test]
fn merging_a_journal_into_itself_changes_nothing() {
    let (mut scratch, whole) = three();
    let mut journal = scratch.open();
    let now = scratch.stamp().now;
    let merged = journal.merge(&scratch.plan, &[scratch.dir(), scratch.path("li.jsonl")], &now).unwrap();
    assert!(merged.added.is_empty());
    assert_eq!(scratch.read("li.jsonl"), whole);
}

#[test]
fn a_step_appended_after_a_whole_line_without_its_line_feed_stands_on_its_own_line() {
    let (mut scratch, whole) = three();
    fs::write(scratch.path("li.jsonl"), whole.trim_end()).unwrap();
    let mut journal = scratch.open();
    let appended = scratch.append(&mut journal, "li", Event::Star { node: "a1".into() });
    assert_eq!(appended.torn, None);
    assert!(scratch.read("li.jsonl").starts_with(&whole));
    assert_eq!(scratch.read("li.jsonl").lines().count(), 4);
    assert_eq!(journal.poll(&scratch.plan).unwrap(), Changed::Nothing, "what we wrote is not read again");
}

#[test]
fn records_that_come_with_one_that_was_waited_for_count_once() {
    let scratch = Scratch::new();
    let line = |number: u8, by: &str, event: &str| {
        format!(
            r#"{{"v":1,"id":"r{number}","seq":{number},"at":"2026-11-23T14:00:0{number}.000+08:00","by":"{by}","plan":"small","session":null,"events":[{event}]}}"#
        ) + "\n"
    };
    fs::write(scratch.path("li.jsonl"), line(3, "li", r#"{"event":"undo","of":"r1"}"#)).unwrap();
    let mut journal = scratch.open();
    let note = |text: &str| format!(r#"{{"event":"note","node":"a1","kind":"concern","text":"{text}"}}"#);
    let two = line(1, "wang", &note("one")) + &line(2, "wang", &note("two"));
    fs::write(scratch.path("wang.jsonl"), two).unwrap();
    journal.poll(&scratch.plan).unwrap();
    assert_eq!(scratch.notes(&journal, "a1"), ["one", "two"]);
}
