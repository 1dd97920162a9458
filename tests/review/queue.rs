use plan158::journal::Event;
use plan158::journal::event::{Blindness, Outcome, RecordedAmount, RecordedFigure};
use plan158::plan::State;
use plan158::plan::metric::{Bound, Decimal, Moment, When};
use plan158::review::session::refused as begin_refused;
use plan158::review::{Order, SessionRequest};
use rstest::rstest;

use super::desk::{Desk, status};

fn value(node: &str, number: &str, year: i16) -> Event {
    let figure = RecordedFigure {
        reading: RecordedAmount::Number(Decimal::parse(number).unwrap()),
        when: When::At(Moment::Year(year)),
        bound: Bound::Exact,
        source: None,
        grade: None,
        quote: None,
    };
    Event::Value { node: node.into(), figure }
}

/// Everything reviewed but a1; two who differ on a1.share; a value that worsened root.worse; root.old looked
/// at in January 2025.
fn storied() -> Desk {
    let mut desk = Desk::new();
    desk.at("2025-01-10T09:00:00");
    desk.looked("li", "root.old");
    desk.at("2026-10-01T09:00:00");
    for node in ["a1.share", "root.students", "root.due"] {
        desk.looked("li", node);
    }
    // 50 (2024) → 53 (2025) on the way to 80 (2035): X = 52.73, ρ = 3 / 2.73 = 1.10, on-track.
    desk.say("li", value("root.worse", "53", 2025));
    desk.looked("li", "root.worse");
    desk.say("li", status("a1.share", State::OnTrack));
    desk.say("wang", status("a1.share", State::Limited));
    // Below the baseline: regressing.
    desk.at("2026-11-02T09:00:00");
    desk.say("wang", value("root.worse", "40", 2026));
    desk.at("2026-11-23T14:00:00");
    desk
}

fn cards(desk: &Desk) -> Vec<(String, String)> {
    let entries = desk.session().queue().iter();
    entries.map(|entry| (desk.key(entry.node), entry.why.said().en)).collect()
}

#[test]
fn worth_of_attention_orders_the_cards_and_each_says_why() {
    let mut desk = storied();
    desk.begin("", Order::Worth, Blindness::Sighted);
    let expected = [
        ("a1", "never reviewed"),
        ("a1.share", "authors differ"),
        ("root.worse", "worse by a value recorded since the last review: + on-track → v regressing"),
        ("root.due", "a target is due within twelve months (Jun 2027)"),
        ("root.old", "last reviewed 2025-01-10; more than 18 months ago"),
        ("root.students", "in reading order"),
    ];
    let expected = expected.map(|(key, why)| (key.to_owned(), why.to_owned()));
    assert_eq!(cards(&desk), expected);
}

#[rstest]
#[case("", &["a1", "a1.share", "root.students", "root.old", "root.due", "root.worse"])]
#[case("under:a1", &["a1", "a1.share"])]
#[case("kind:metric !under:a1", &["root.students", "root.old", "root.due", "root.worse"])]
#[case("id:root kind:goal", &["root"])] // a heading comes where nothing else is asked for
fn in_reading_order_a_session_has_what_its_query_matches(#[case] query: &str, #[case] expected: &[&str]) {
    let mut desk = storied();
    desk.begin(query, Order::Reading, Blindness::Sighted);
    let keys: Vec<String> = cards(&desk).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, expected);
}

#[test]
fn a_shuffle_is_the_same_for_the_same_seed_and_moves_nobody_when_a_node_joins() {
    let mut desk = storied();
    desk.begin("", Order::Random, Blindness::Sighted);
    let all: Vec<String> = cards(&desk).into_iter().map(|(key, _)| key).collect();
    desk.begin("!under:a1", Order::Random, Blindness::Sighted);
    let fewer: Vec<String> = cards(&desk).into_iter().map(|(key, _)| key).collect();
    let left: Vec<String> = all.iter().filter(|key| !key.starts_with("a1")).cloned().collect();
    assert_eq!((all.len(), left), (6, fewer));
}

#[rstest]
#[case("2026-11-24", 5)] // until tomorrow: not today
#[case("2026-11-23", 6)] // until today: again
fn what_one_buried_until_a_later_day_is_left_out(#[case] until: &str, #[case] count: usize) {
    let mut desk = storied();
    let until = Some(until.parse().unwrap());
    let event = Event::Reviewed { node: "a1".into(), outcome: Outcome::Buried, until, seconds: None };
    desk.at("2026-11-20T09:00:00");
    desk.say("li", event.clone());
    desk.say("wang", event);
    desk.at("2026-11-23T14:00:00");
    desk.begin("", Order::Worth, Blindness::Sighted);
    assert_eq!(desk.session().queue().len(), count);
}

#[test]
fn a_verdict_that_departs_from_the_figures_comes_before_what_is_due() {
    let mut desk = storied();
    desk.at("2026-11-22T09:00:00");
    desk.looked("li", "root.worse");
    desk.say("li", status("root.worse", State::OnTrack));
    desk.at("2026-11-23T14:00:00");
    desk.begin("id:root.worse", Order::Worth, Blindness::Sighted);
    assert_eq!(cards(&desk)[0].1, "people say + on-track, the figures v regressing");
}

#[rstest]
#[case(Order::Worth)]
#[case(Order::Reading)]
#[case(Order::Random)]
fn a_blind_session_has_the_same_cards_in_the_same_order_whatever_anybody_recorded(#[case] order: Order) {
    let session = |mut desk: Desk| {
        desk.begin("", order, Blindness::Blind);
        cards(&desk)
    };
    let mut buried = storied();
    let until = Some("2027-01-01".parse().unwrap());
    for by in ["li", "wang"] {
        buried.say(by, Event::Reviewed { node: "a1".into(), outcome: Outcome::Buried, until, seconds: None });
    }
    let untouched = session(Desk::new());
    assert_eq!(untouched.len(), 6);
    assert_eq!(session(storied()), untouched);
    assert_eq!(session(buried), untouched);
}

#[test]
fn a_blind_session_orders_by_what_the_plan_says_alone() {
    let mut desk = storied();
    desk.begin("", Order::Worth, Blindness::Blind);
    let (first, second) = (cards(&desk)[0].clone(), cards(&desk)[1].clone());
    assert_eq!(first, ("root.due".to_owned(), "a target is due within twelve months (Jun 2027)".to_owned()));
    assert_eq!(second.1, "in reading order");
}

#[test]
fn who_gives_the_same_query_shuffles_a_blind_session_alike() {
    let wish =
        |query: &str, blind| SessionRequest { query: query.to_owned(), order: Order::Random, seed: 0, blind };
    let seed = |query, random| wish(query, Blindness::Blind).with_seed(random).seed;
    assert_eq!(seed("under:a1", 1), seed("under:a1 ", 2));
    assert_ne!(seed("under:a1", 1), seed("", 1));
    assert_eq!(wish("", Blindness::Sighted).with_seed(7).seed, 7);
}

#[rstest]
#[case("status:on-track", true)]
#[case("状态:顺", true)]
#[case("a | by:wang", true)]
#[case("!reviewed:2026", true)]
#[case("progress:>50", true)]
#[case("has:note", true)]
#[case("has:review", true)]
#[case("has:star", true)]
#[case("starred", true)]
#[case("has:target", false)]
#[case("under:a1 kind:metric due:<2028", false)]
#[case("trend:better", false)]
#[case("share", false)]
fn a_blind_session_takes_no_query_that_tells_what_others_did(#[case] query: &str, #[case] refused: bool) {
    let plan = super::desk::plan();
    let why = begin_refused(&plan, query, Blindness::Blind);
    assert_eq!(why.is_some(), refused, "{query}");
    assert_eq!(begin_refused(&plan, query, Blindness::Sighted), None);
}
