//! How much work a fold takes.

use super::*;
use crate::text::work::work_of;

/// A journal in which each id moves to the next; the last one leads to the first where it is a ring.
fn moves(count: usize, ring: bool) -> Book {
    let mut book = Book::new("p");
    for at in 0..count {
        let to = if ring { (at + 1) % count } else { at + 1 };
        let line = format!(
            r#"{{"v":1,"id":"r{at:06}","seq":{at},"at":"2026-11-23T14:02:00.000+08:00","by":"li","plan":"p","session":null,"events":[{{"event":"reattach","node":"n{at}","to":"n{to}"}}]}}"#
        );
        book.take(&line);
    }
    book
}

fn folded(book: &Book) -> Fold {
    let as_of = AsOf::now(jiff::civil::date(2026, 11, 24));
    Fold::new(book, &Plan::default(), FoldLimit { as_of, through: None })
}

#[test]
fn moves_in_a_chain_and_in_a_ring_take_work_in_proportion() {
    for ring in [false, true] {
        let work = |count| {
            let book = moves(count, ring);
            work_of(|| folded(&book))
        };
        let (some, many) = (work(250), work(2_000));
        assert!(some >= 250 && many <= 9 * some, "{some} and {many}, ring: {ring}");
    }
}

#[test]
fn a_chain_of_moves_ends_at_its_last_id_and_in_a_ring_each_stands_for_the_one_before() {
    let home = |ring, name: &str| {
        let fold = folded(&moves(5, ring));
        fold.homes[fold.by_name[name].0 as usize].name.to_string()
    };
    assert_eq!(["n0", "n3"].map(|name| home(false, name)), ["n5", "n5"]);
    assert_eq!(home(true, "n0"), "n4");
}
