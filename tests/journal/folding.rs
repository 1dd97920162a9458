//! What records fold to: a property over all orders of arrival, and tables for each rule of the contract.

use std::fmt::Write as _;

use plan158::journal::{Book, Event, Fold, FoldLimit, RecordIndex, author, describe};
use plan158::plan::as_of::AsOf;
use plan158::plan::{Plan, State};
use plan158::text::Ui;
use proptest::prelude::*;
use rstest::rstest;

use super::support::{Scratch, author, note, now, plan, plan_of, status};

/// A line with its events as JSON.
fn line(id: &str, by: &str, second: u32, events: &str) -> String {
    format!(
        r#"{{"v":1,"id":"{id}","seq":{second},"at":"2026-11-23T14:{:02}:{:02}.000+08:00","by":"{by}","plan":"small","session":null,"events":[{events}]}}"#,
        second / 60,
        second % 60
    )
}

fn book(lines: &[String]) -> Book {
    let mut book = Book::new("small");
    for line in lines {
        book.take(line);
    }
    book
}

fn cut() -> FoldLimit {
    FoldLimit { as_of: now(), through: None }
}

/// Everything a fold says, in words that do not depend on the order of arrival.
fn told(fold: &Fold, book: &Book) -> String {
    let mut out = String::new();
    let mut homes: Vec<_> = fold.homes().iter().filter(|home| !home.records.is_empty()).collect();
    homes.sort_by(|one, other| one.name.cmp(&other.name));
    for home in homes {
        let said = &home.annotations;
        let _ = writeln!(out, "{} {:?}", home.name, home.node);
        for author in said.authors() {
            let verdict =
                author.verdict.as_ref().map(|verdict| (verdict.status, &verdict.reason, verdict.at));
            let share = author.share.map(|share| (share.progress, share.at));
            let _ = writeln!(out, "  {} {verdict:?} {share:?} {:?}", author.by, author.review);
        }
        let verdict = said.verdict().map(|(by, verdict)| (by, verdict.status));
        let _ = writeln!(out, "  {verdict:?} {} {}", said.is_disputed(), said.is_starred());
        for note in said.notes() {
            let _ = writeln!(out, "  {} {} {:?} {}", note.id, note.by, note.edited, note.text);
        }
        let values: Vec<_> = said.values().map(|value| &value.id).collect();
        let tags: Vec<_> = said.tags().collect();
        let history: Vec<_> = home.records.iter().map(|index| &book.record(*index).id).collect();
        let _ = writeln!(out, "  {values:?} {tags:?} {:?} {history:?}", said.breaks());
    }
    let ids = |indexes: &[RecordIndex]| {
        indexes.iter().map(|index| book.record(*index).id.clone()).collect::<Vec<_>>()
    };
    for by in ["li", "wang"].map(author) {
        let undo = fold.undo_target(book, &by).map(|index| &book.record(index).id);
        let mut redo = ids(&fold.redo_targets(book, &by));
        redo.sort();
        let _ = writeln!(out, "{by}: undo {undo:?} redo {redo:?}");
    }
    let held: Vec<RecordIndex> =
        fold.records().iter().copied().filter(|index| fold.is_effective(*index)).collect();
    let _ = writeln!(out, "{:?}", ids(&held));
    out
}

fn event() -> impl Strategy<Value = String> {
    let node = proptest::sample::select(vec!["root", "a1", "act-one", "a1.share", "gone", "lost"]);
    let id = || (0usize..14).prop_map(|id| format!("r{id}"));
    let state = proptest::sample::select(vec!["\"on-track\"", "\"limited\"", "null"]);
    let word = proptest::sample::select(vec!["x", "y"]);
    prop_oneof![
        3 => (node.clone(), state).prop_map(|(node, state)| format!(r#"{{"event":"status","node":"{node}","status":{state}}}"#)),
        1 => (node.clone(), 0..=100).prop_map(|(node, share)| format!(r#"{{"event":"progress","node":"{node}","progress":{share}}}"#)),
        3 => (node.clone(), word.clone()).prop_map(|(node, text)| format!(r#"{{"event":"note","node":"{node}","text":"{text}"}}"#)),
        1 => (id(), word.clone()).prop_map(|(of, text)| format!(r#"{{"event":"note-edit","of":"{of}","text":"{text}"}}"#)),
        1 => (id(), node.clone()).prop_map(|(of, node)| format!(r#"{{"event":"note-retract","node":"{node}","of":"{of}.1"}}"#)),
        1 => node.clone().prop_map(|node| format!(r#"{{"event":"value","node":"{node}","value":95.20,"year":2026}}"#)),
        1 => id().prop_map(|of| format!(r#"{{"event":"value-retract","of":"{of}"}}"#)),
        1 => (node.clone(), word.clone()).prop_map(|(node, tag)| format!(r#"{{"event":"tag","node":"{node}","tag":"{tag}"}}"#)),
        1 => (node.clone(), word).prop_map(|(node, tag)| format!(r#"{{"event":"untag","node":"{node}","tag":"{tag}"}}"#)),
        1 => node.clone().prop_map(|node| format!(r#"{{"event":"star","node":"{node}"}}"#)),
        1 => node.clone().prop_map(|node| format!(r#"{{"event":"unstar","node":"{node}"}}"#)),
        1 => node.clone().prop_map(|node| format!(r#"{{"event":"reviewed","node":"{node}","outcome":"unchanged"}}"#)),
        1 => node.clone().prop_map(|node| format!(r#"{{"event":"settled","node":"{node}"}}"#)),
        1 => node.clone().prop_map(|node| format!(r#"{{"event":"series-break","node":"{node}","after":2025}}"#)),
        1 => (node, proptest::sample::select(vec!["a1", "lost", "root"])).prop_map(|(node, to)| format!(r#"{{"event":"reattach","node":"{node}","to":"{to}"}}"#)),
        5 => id().prop_map(|of| format!(r#"{{"event":"undo","of":"{of}"}}"#)),
    ]
}

/// Records with ids r0 … r13, some at one moment, some ids twice; in some order.
fn journal() -> impl Strategy<Value = Vec<String>> {
    let record = (0usize..14, any::<bool>(), 0u32..9, proptest::collection::vec(event(), 1..3));
    let lines = proptest::collection::vec(record, 1..16).prop_map(|records| {
        let line = |(id, li, second, events): (usize, bool, u32, Vec<String>)| {
            line(&format!("r{id}"), if li { "li" } else { "wang" }, second, &events.join(","))
        };
        records.into_iter().map(line).collect::<Vec<_>>()
    });
    lines.prop_shuffle()
}

/// Takes lines one by one, as a running program does.
fn one_by_one(lines: &[String], plan: &Plan) -> (Book, Fold) {
    let mut book = Book::new("small");
    let mut fold = Fold::new(&book, plan, cut());
    for line in lines {
        match book.take(line) {
            plan158::journal::book::LineOutcome::New(index) => drop(fold.add(&book, plan, index)),
            plan158::journal::book::LineOutcome::Replaced => fold = Fold::new(&book, plan, cut()),
            _ => {}
        }
    }
    (book, fold)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_order_of_arrival_folds_to_the_same(lines in journal(), turn in any::<prop::sample::Index>()) {
        let plan = plan();
        let at_once = book(&lines);
        let expected = told(&Fold::new(&at_once, &plan, cut()), &at_once);
        let (grown, fold) = one_by_one(&lines, &plan);
        prop_assert_eq!(&told(&fold, &grown), &expected);
        let mut turned = lines.clone();
        turned.rotate_left(turn.index(lines.len()));
        turned.reverse();
        let (other, fold) = one_by_one(&turned, &plan);
        prop_assert_eq!(told(&fold, &other), expected);
        prop_assert_eq!(other.hash(now()), at_once.hash(now()));
    }

    #[test]
    fn undo_then_redo_is_as_before(lines in journal()) {
        let plan = plan();
        let mut book = book(&lines);
        let mut fold = Fold::new(&book, &plan, cut());
        let li = author("li");
        let before: Vec<RecordIndex> = fold.records().iter().copied().filter(|index| fold.is_effective(*index)).collect();
        let Some(target) = fold.undo_target(&book, &li) else { return Ok(()) };
        let undo = format!(r#"{{"event":"undo","of":"{}"}}"#, book.record(target).id);
        let plan158::journal::book::LineOutcome::New(index) = book.take(&line("u", "li", 600, &undo)) else { panic!() };
        fold.add(&book, &plan, index);
        prop_assert!(!fold.is_effective(target));
        let redo = fold.redo_targets(&book, &li);
        prop_assert_eq!(&redo, &[index]);
        let plan158::journal::book::LineOutcome::New(index) = book.take(&line("v", "li", 601, r#"{"event":"undo","of":"u"}"#)) else { panic!() };
        fold.add(&book, &plan, index);
        let after: Vec<RecordIndex> =
            fold.records().iter().copied().filter(|index| before.contains(index) && fold.is_effective(*index)).collect();
        prop_assert_eq!(after, before);
    }

    #[test]
    fn a_look_back_at_each_record_equals_a_journal_that_ends_there(lines in journal()) {
        let plan = plan();
        let book = book(&lines);
        let whole = Fold::new(&book, &plan, cut());
        for (count, through) in whole.records().iter().enumerate() {
            let looked = Fold::new(&book, &plan, FoldLimit { as_of: now(), through: Some(*through) });
            let kept: Vec<String> = whole.records()[..=count].iter().map(|index| book.raw(*index).to_owned()).collect();
            let shorter = self::book(&kept);
            prop_assert_eq!(told(&looked, &book), told(&Fold::new(&shorter, &plan, cut()), &shorter));
        }
    }
}

#[test]
fn the_order_is_instant_then_author_then_number_then_id() {
    let star = r#"{"event":"star","node":"a1"}"#;
    let at = |line: String, at: &str| line.replace("2026-11-23T14:00:09.000+08:00", at);
    let lines = [
        at(line("d", "wang", 9, star), "2026-11-23T06:00:00.000Z"),
        at(line("c", "li", 9, star), "2026-11-23T14:00:00.000+08:00"),
        at(line("b", "li", 9, star), "2026-11-23T15:00:00.000+09:00"),
        at(line("a", "li", 9, star).replace("\"seq\":9", "\"seq\":10"), "2026-11-23T14:00:00.000+08:00"),
        at(line("e", "zhao", 9, star), "2026-11-23T14:00:00.000+09:00"),
    ];
    let book = book(&lines);
    let fold = Fold::new(&book, &plan(), cut());
    let order: Vec<&str> = fold.records().iter().map(|index| book.record(*index).id.as_str()).collect();
    assert_eq!(order, ["e", "b", "c", "a", "d"]);
}

#[test]
fn the_latest_verdict_over_authors_counts_and_a_difference_is_marked_until_it_is_settled() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    let disputed = |scratch: &Scratch, journal: &plan158::journal::Journal| {
        journal.annotations(scratch.node("a1")).unwrap().is_disputed()
    };
    scratch.append(&mut journal, "li", status("a1", State::OnTrack));
    assert!(!disputed(&scratch, &journal));
    scratch.append(&mut journal, "wang", status("a1", State::Limited));
    assert_eq!(scratch.verdict(&journal, "a1"), Some(State::Limited));
    assert!(disputed(&scratch, &journal));
    scratch.append(&mut journal, "li", Event::Settled { node: "a1".into(), reason: Some("talked".into()) });
    assert!(!disputed(&scratch, &journal));
    assert!(journal.annotations(scratch.node("a1")).unwrap().differs());
    scratch.append(&mut journal, "li", status("a1", State::OnTrack));
    assert!(disputed(&scratch, &journal), "said again after it was settled");
    // Wang clears their own; li's stands.
    scratch.append(&mut journal, "wang", Event::Status { node: "a1".into(), status: None, reason: None });
    assert_eq!(scratch.verdict(&journal, "a1"), Some(State::OnTrack));
    assert!(!disputed(&scratch, &journal));
}

#[test]
fn one_edits_and_retracts_only_ones_own() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    let made = scratch.append(&mut journal, "li", note("a1", "first"));
    let of: Box<str> = journal.record(made.index).id.as_str().into();
    let edit = |text: &str| Event::NoteEdit { node: None, of: of.clone(), text: text.into() };
    let retract = || Event::NoteRetract { node: None, of: of.clone() };
    scratch.append(&mut journal, "wang", edit("forged"));
    scratch.append(&mut journal, "wang", retract());
    assert_eq!(scratch.notes(&journal, "a1"), ["first"]);
    scratch.append(&mut journal, "li", edit("second"));
    assert_eq!(scratch.notes(&journal, "a1"), ["second"]);
    scratch.append(&mut journal, "li", retract());
    assert_eq!(scratch.notes(&journal, "a1"), Vec::<String>::new());
    let forged = Event::Undo { of: journal.record(made.index).id.clone() };
    scratch.append(&mut journal, "wang", forged);
    let stamp = scratch.stamp();
    journal.undo(&scratch.plan, &author("li"), &stamp).unwrap().unwrap();
    assert_eq!(
        scratch.notes(&journal, "a1"),
        ["second"],
        "the retraction is undone, and wang's undo ignored"
    );
}

#[test]
fn undo_and_redo_walk_ones_own_steps_and_a_new_step_ends_redo() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    for text in ["one", "two", "three"] {
        scratch.append(&mut journal, "li", note("a1", text));
    }
    scratch.append(&mut journal, "wang", note("a1", "wang's"));
    let li = author("li");
    let mut go = |journal: &mut plan158::journal::Journal, back: bool| {
        let stamp = scratch.stamp();
        let done = if back {
            journal.undo(&scratch.plan, &li, &stamp)
        } else {
            journal.redo(&scratch.plan, &li, &stamp)
        };
        let done = done.unwrap().map(|(_, index)| describe::record(journal.record(index), Ui::En));
        (done, scratch.notes(journal, "a1").join(" "))
    };
    let named = |text: &str| Some(format!("note a1 “{text}”"));
    assert_eq!(go(&mut journal, false), (None, "one two three wang's".into()));
    assert_eq!(go(&mut journal, true), (named("three"), "one two wang's".into()));
    assert_eq!(go(&mut journal, true), (named("two"), "one wang's".into()));
    assert_eq!(go(&mut journal, false), (named("two"), "one two wang's".into()));
    assert_eq!(go(&mut journal, true), (named("two"), "one wang's".into()));
    assert_eq!(go(&mut journal, true), (named("one"), "wang's".into()));
    assert_eq!(go(&mut journal, true), (None, "wang's".into()));
    for (text, notes) in [("one", "one wang's"), ("two", "one two wang's"), ("three", "one two three wang's")]
    {
        assert_eq!(go(&mut journal, false), (named(text), notes.into()));
    }
    assert_eq!(go(&mut journal, false), (None, "one two three wang's".into()));
    assert_eq!(go(&mut journal, true).0, named("three"));
    let mut again = scratch.open();
    scratch.append(&mut again, "li", note("a1", "four"));
    let stamp = scratch.stamp();
    assert_eq!(again.redo(&scratch.plan, &li, &stamp).unwrap(), None, "a newer step ends redo");
    let stamp = scratch.stamp();
    let (_, undone) = again.undo(&scratch.plan, &li, &stamp).unwrap().unwrap();
    assert_eq!(describe::record(again.record(undone), Ui::En), "note a1 “four”");
}

#[test]
fn what_two_machines_both_undid_one_redo_brings_back() {
    let star = r#"{"event":"star","node":"a1"}"#;
    let undo = r#"{"event":"undo","of":"r1"}"#;
    let mut book = book(&[line("r1", "li", 1, star), line("u1", "li", 2, undo), line("u2", "li", 3, undo)]);
    let mut fold = Fold::new(&book, &plan(), cut());
    assert_eq!(fold.redo_targets(&book, &author("li")).len(), 2);
    let redo = line("v", "li", 4, r#"{"event":"undo","of":"u1"},{"event":"undo","of":"u2"}"#);
    let plan158::journal::book::LineOutcome::New(index) = book.take(&redo) else { panic!() };
    fold.add(&book, &plan(), index);
    assert!(fold.is_effective(book.find_text("r1").unwrap()));
    assert_eq!(fold.undo_target(&book, &author("li")), book.find_text("r1"));
}

#[test]
fn what_was_said_under_an_earlier_id_folds_to_the_node() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("act-one", "old name"));
    scratch.append(&mut journal, "li", note("a1", "new name"));
    assert_eq!(scratch.notes(&journal, "a1"), ["old name", "new name"]);
    assert!(journal.orphans().is_empty());
}

#[test]
fn an_orphan_is_listed_kept_and_reattached_and_comes_back_with_its_node() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("a9", "kept"));
    let names = |journal: &plan158::journal::Journal| {
        journal.orphans().iter().map(|home| home.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(&journal), ["a9"]);
    let reattach = Event::Reattach { node: "a9".into(), to: "a1".into() };
    scratch.append(&mut journal, "li", reattach);
    assert_eq!((names(&journal), scratch.notes(&journal, "a1")), (vec![], vec!["kept".to_owned()]));
    let stamp = scratch.stamp();
    journal.undo(&scratch.plan, &author("li"), &stamp).unwrap().unwrap();
    assert_eq!((names(&journal), scratch.notes(&journal, "a1")), (vec!["a9".to_owned()], vec![]));
    // The plan changes: the node is back.
    scratch.plan = plan_of(&super::support::PLAN.replace("act-one", "a9"));
    journal.refold(&scratch.plan);
    assert_eq!((names(&journal), scratch.notes(&journal, "a1")), (vec![], vec!["kept".to_owned()]));
}

#[test]
fn reattaching_in_a_circle_ends() {
    let events = r#"{"event":"star","node":"x"},{"event":"reattach","node":"x","to":"y"},{"event":"reattach","node":"y","to":"x"}"#;
    let book = book(&[line("r1", "li", 1, events)]);
    assert_eq!(Fold::new(&book, &plan(), cut()).orphans().len(), 1);
}

#[rstest]
#[case("2026-11-23", &["one", "two"])]
#[case("2026-11-23T06:00:01Z", &["one"])]
#[case("2026-11-22", &[])]
fn as_of_hides_what_was_recorded_later(#[case] as_of: &str, #[case] expected: &[&str]) {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("a1", "one"));
    scratch.append(&mut journal, "li", note("a1", "two"));
    let as_of = AsOf::parse(as_of).unwrap();
    let then = plan158::journal::Journal::open(Some(scratch.dir()), &scratch.plan, as_of).unwrap();
    assert_eq!(scratch.notes(&then, "a1"), expected);
    assert_eq!(then.line_count(), expected.len());
}

#[test]
fn an_undo_that_lies_behind_the_as_of_has_not_happened() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    scratch.append(&mut journal, "li", note("a1", "one"));
    let stamp = scratch.stamp();
    journal.undo(&scratch.plan, &author("li"), &stamp).unwrap().unwrap();
    assert_eq!(scratch.notes(&journal, "a1"), Vec::<String>::new());
    let as_of = AsOf::parse("2026-11-23T14:00:01+08:00").unwrap();
    let then = journal.fold_at(&scratch.plan, FoldLimit { as_of, through: None });
    assert_eq!(then.of(scratch.node("a1")).unwrap().notes().count(), 1);
}

#[test]
fn tags_are_shared_and_listed_with_the_last_put_first() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    let tag = |node: &str, tag: &str| Event::Tag { node: node.into(), tag: tag.into() };
    for (node, word) in [("a1", "x"), ("root", "x"), ("a1", "y")] {
        scratch.append(&mut journal, "li", tag(node, word));
    }
    let uses = |journal: &plan158::journal::Journal| {
        journal.fold().tags().iter().map(|each| format!("{} {}", each.tag, each.nodes)).collect::<Vec<_>>()
    };
    assert_eq!(uses(&journal), ["y 1", "x 2"]);
    scratch.append(&mut journal, "wang", Event::Untag { node: "a1".into(), tag: "x".into() });
    assert_eq!(uses(&journal), ["y 1", "x 1"], "anybody may take a tag off");
}

#[test]
fn a_chain_of_a_hundred_thousand_undos_is_no_trouble() {
    let mut lines = vec![line("r0", "li", 1, r#"{"event":"star","node":"a1"}"#)];
    for id in 1..100_000 {
        let undo = format!(r#"{{"event":"undo","of":"r{}"}}"#, id - 1);
        lines.push(
            line(&format!("r{id}"), "li", 1, &undo).replace("\"seq\":1", &format!("\"seq\":{}", id + 1)),
        );
    }
    let book = book(&lines);
    let fold = Fold::new(&book, &plan(), cut());
    // 99,999 undos: the last holds, so every second one does, and the star is taken back.
    assert!(!fold.is_effective(book.find_text("r0").unwrap()));
    assert_eq!(fold.redo_targets(&book, &author("li")).len(), 1);
}

#[test]
fn authors_names_compare_in_one_normal_form() {
    assert_eq!(author::Author::new("Zoe\u{308}").unwrap(), author("Zo\u{eb}"));
}
