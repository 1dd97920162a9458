//! Figures taken from documents: what holds of them is the same whatever order the lines come in, undo takes
//! all of a step back, and records of earlier programs mean what they meant.

use plan158::journal::event::{RecordedAmount, RecordedFigure};
use plan158::journal::quote::{ClaimRole, FigureDecision, FigureOutcome, Quote, QuotePlace, ReadDocument};
use plan158::journal::{Annotations, Event, Journal, ReadDocuments, Step};
use plan158::plan::metric::{Bound, Decimal, Moment, When};
use proptest::prelude::*;
use std::fs;

use super::support::{Scratch, author, note};

fn place(paragraph: u32, digest: &str) -> QuotePlace {
    QuotePlace { document: "doc-1".into(), paragraph, digest: digest.into(), nth: 1, start: 3, end: 9 }
}

fn figure(number: &str) -> RecordedFigure {
    RecordedFigure {
        reading: RecordedAmount::Number(Decimal::parse(number).unwrap()),
        when: When::At(Moment::Year(2025)),
        bound: Bound::MoreThan,
        source: Some("An article".into()),
        grade: None,
        quote: Some(Box::new(Quote { place: place(2, "p2"), sentence: "s".into() })),
    }
}

fn document(sha256: &str, paragraphs: &[&str]) -> Event {
    Event::Document(Box::new(ReadDocument {
        id: "doc-1".into(),
        title: "An article".into(),
        publisher: None,
        date: Some("2025-03".into()),
        sha256: sha256.into(),
        paragraphs: paragraphs.iter().map(|digest| Box::from(*digest)).collect(),
    }))
}

fn decided(outcome: FigureOutcome) -> Event {
    let node = outcome.takes_node().then(|| "a1.share".into());
    Event::Decided(Box::new(FigureDecision { place: place(2, "p2"), outcome, node }))
}

fn claim(role: ClaimRole, number: &str) -> Event {
    Event::Claim { node: "a1.share".into(), role, figure: figure(number) }
}

/// What a reader sees of documents and of the metric, in words.
fn seen(scratch: &Scratch, journal: &Journal) -> Vec<String> {
    let documents = ReadDocuments::of(journal);
    let mut seen: Vec<String> = documents.documents().map(|document| format!("{document:?}")).collect();
    seen.extend(documents.decision(&place(2, "p2")).map(|decision| format!("{decision:?}")));
    let said = journal.annotations(scratch.node("a1.share"));
    seen.extend(said.into_iter().flat_map(Annotations::all_values).map(|own| format!("{own:?}")));
    seen
}

/// A step with all its events.
fn step(scratch: &mut Scratch, journal: &mut Journal, by: &str, events: Vec<Event>) {
    let stamp = scratch.stamp();
    journal.append(&scratch.plan, &author(by), Step::new(events), &stamp).unwrap();
}

fn history(scratch: &mut Scratch) -> Vec<String> {
    let mut journal = scratch.open();
    step(scratch, &mut journal, "li", vec![document("one", &["p1", "p2"])]);
    let taken = vec![
        Event::Value { node: "a1.share".into(), figure: figure("70") },
        decided(FigureOutcome::Observed),
    ];
    step(scratch, &mut journal, "li", taken);
    let stamp = scratch.stamp();
    journal.undo(&scratch.plan, &author("li"), &stamp).unwrap();
    step(scratch, &mut journal, "wang", vec![claim(ClaimRole::Target, "90"), decided(FigureOutcome::Target)]);
    step(scratch, &mut journal, "li", vec![document("two", &["p2", "p3"]), claim(ClaimRole::Conflict, "71")]);
    step(scratch, &mut journal, "li", vec![claim(ClaimRole::SameValue, "65"), decided(FigureOutcome::Later)]);
    let lines = ["li.jsonl", "wang.jsonl"].map(|name| scratch.read(name));
    lines.iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn the_order_of_lines_changes_nothing(order in Just(()).prop_perturb(|(), mut random| {
        let mut order: Vec<usize> = (0..6).collect();
        (1..6).rev().for_each(|at| order.swap(at, (random.next_u32() as usize) % (at + 1)));
        order
    })) {
        let mut scratch = Scratch::new();
        let lines = history(&mut scratch);
        prop_assert_eq!(lines.len(), 6);
        let expected = seen(&scratch, &scratch.open());
        // One file of a sync tool, grown line by line while somebody looks.
        fs::remove_file(scratch.path("li.jsonl")).unwrap();
        fs::remove_file(scratch.path("wang.jsonl")).unwrap();
        let mut watching = scratch.open();
        let mut text = String::new();
        for at in order {
            text.push_str(&lines[at]);
            text.push('\n');
            fs::write(scratch.path("copy.jsonl"), &text).unwrap();
            watching.poll(&scratch.plan).unwrap();
        }
        prop_assert_eq!(&seen(&scratch, &watching), &expected);
        prop_assert_eq!(&seen(&scratch, &scratch.open()), &expected);
    }
}

#[test]
fn a_step_is_taken_back_whole_and_comes_back_whole() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    step(&mut scratch, &mut journal, "li", vec![document("one", &["p1", "p2"])]);
    let before = seen(&scratch, &journal);
    for role in ClaimRole::ALL {
        step(&mut scratch, &mut journal, "li", vec![claim(*role, "90"), decided(FigureOutcome::Target)]);
        let taken = seen(&scratch, &journal);
        assert_eq!(taken.len(), before.len() + 2);
        let stamp = scratch.stamp();
        journal.undo(&scratch.plan, &author("li"), &stamp).unwrap();
        assert_eq!(seen(&scratch, &journal), before);
        let stamp = scratch.stamp();
        journal.redo(&scratch.plan, &author("li"), &stamp).unwrap();
        assert_eq!(seen(&scratch, &journal), taken);
        let stamp = scratch.stamp();
        journal.undo(&scratch.plan, &author("li"), &stamp).unwrap();
    }
}

#[test]
fn a_claim_is_retracted_by_its_author_alone_and_is_no_observed_value() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    let made = scratch.append(&mut journal, "li", claim(ClaimRole::Target, "90"));
    let of = || journal_id(&journal, made.index);
    let retract = Event::ValueRetract { node: None, of: of() };
    let node = scratch.node("a1.share");
    let said = journal.annotations(node).unwrap();
    assert_eq!((said.values().count(), said.claims(ClaimRole::Target).count()), (0, 1));
    scratch.append(&mut journal, "wang", retract.clone());
    assert_eq!(journal.annotations(node).unwrap().claims(ClaimRole::Target).count(), 1);
    scratch.append(&mut journal, "li", retract);
    assert!(journal.annotations(node).is_none());
}

fn journal_id(journal: &Journal, index: plan158::journal::RecordIndex) -> Box<str> {
    journal.record(index).id.as_str().into()
}

#[test]
fn a_document_is_the_same_while_half_of_its_paragraphs_are() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    step(&mut scratch, &mut journal, "li", vec![document("one", &["p1", "p2", "p3", "p4"])]);
    let documents = ReadDocuments::of(&journal);
    let boxed = |all: &[&str]| all.iter().map(|one| Box::from(*one)).collect::<Vec<Box<str>>>();
    let of = |sha: &str, all: &[&str]| documents.recognise(sha, &boxed(all)).map(str::to_owned);
    assert_eq!(of("one", &["x"]), Some("doc-1".to_owned()), "by its digest");
    assert_eq!(of("two", &["p4", "p2", "p1", "new"]), Some("doc-1".to_owned()), "moved about");
    assert_eq!(of("two", &["p1", "new", "other", "third"]), None, "one paragraph in common");
    assert_eq!(of("two", &[]), None);
}

#[test]
fn a_value_whose_place_is_not_understood_is_still_a_value() {
    let mut scratch = Scratch::new();
    let mut journal = scratch.open();
    step(
        &mut scratch,
        &mut journal,
        "li",
        vec![Event::Value { node: "a1.share".into(), figure: figure("70") }],
    );
    scratch.append(&mut journal, "li", note("a1", "after"));
    let line = scratch.read("li.jsonl").replace("\"paragraph\":2", "\"page\":2");
    fs::write(scratch.path("li.jsonl"), line).unwrap();
    let journal = scratch.open();
    let said = journal.annotations(scratch.node("a1.share")).unwrap();
    let own = said.values().next().unwrap();
    assert_eq!((own.figure.quote.clone(), &own.figure.reading), (None, &figure("70").reading));
}
