use jiff::civil::date;
use plan158::journal::event::Blindness;
use plan158::journal::{Event, NoteKind, Step};
use plan158::page::{PageReader, SectionKind};
use plan158::plan::State;
use plan158::plan::as_of::AsOf;
use plan158::progress::{Judge, RuleRef};
use plan158::review::record::heads;
use plan158::review::session::resumable;
use plan158::review::{
    ActionResult, CardStanding, Order, Reason, Refusal, ReviewAction, Session, SessionContext,
    VerdictVisibility,
};
use plan158::text::{Lang, ShownLanguages, Ui};
use rstest::rstest;

use super::desk::{Desk, MORE, status};
use super::support::{PLAN, author, plan_of};

fn begun(blind: Blindness) -> Desk {
    let mut desk = Desk::new();
    desk.begin("", Order::Reading, blind);
    desk
}

/// Cards in reading order: a1, a1.share, root.students, root.old, root.due, root.worse.
#[rstest]
#[case("", "a1", &[])]
#[case("=", "a1.share", &["reviewed a1 → still accurate"])]
#[case("2", "a1.share", &["status a1 → ~ needs-acceleration + reviewed a1 → verdict"])]
#[case("=!", "root.students", &["reviewed a1 → still accurate", "reviewed a1.share → needs work"])]
#[case("b=", "root.students", &["reviewed a1 → buried", "reviewed a1.share → still accurate"])]
#[case("-=====", "a1", &["reviewed a1 → skipped", "reviewed a1.share → still accurate", "reviewed root.students → still accurate", "reviewed root.old → still accurate", "reviewed root.due → still accurate", "reviewed root.worse → still accurate"])]
#[case("--====-", "a1.share", &["reviewed a1 → skipped", "reviewed a1.share → skipped", "reviewed root.students → still accurate", "reviewed root.old → still accurate", "reviewed root.due → still accurate", "reviewed root.worse → still accurate", "reviewed a1 → skipped"])]
#[case("======", "-", &["reviewed a1 → still accurate", "reviewed a1.share → still accurate", "reviewed root.students → still accurate", "reviewed root.old → still accurate", "reviewed root.due → still accurate", "reviewed root.worse → still accurate"])]
#[case("D", "root.students", &["reviewed a1 → buried + reviewed a1.share → buried"])]
#[case("Du", "a1", &[])]
#[case("=u", "a1", &[])]
#[case("==uu", "a1", &[])]
#[case("=-u", "a1.share", &["reviewed a1 → still accurate"])]
#[case("======u", "root.worse", &["reviewed a1 → still accurate", "reviewed a1.share → still accurate", "reviewed root.students → still accurate", "reviewed root.old → still accurate", "reviewed root.due → still accurate"])]
#[case("jj=", "root.old", &["reviewed root.students → still accurate"])]
#[case("jj=====", "a1.share", &["reviewed root.students → still accurate", "reviewed root.old → still accurate", "reviewed root.due → still accurate", "reviewed root.worse → still accurate", "reviewed a1 → still accurate"])]
// Enter on a card that is decided moves on and writes nothing.
#[case("=k=", "a1.share", &["reviewed a1 → still accurate"])]
// Another verdict on it is another record.
#[case("1k3", "a1.share", &["status a1 → + on-track + reviewed a1 → verdict", "status a1 → - limited + reviewed a1 → verdict"])]
#[case("1k3u", "a1", &["status a1 → + on-track + reviewed a1 → verdict"])]
fn keys_record_what_they_say_and_the_session_goes_on_there(
    #[case] keys: &str,
    #[case] card: &str,
    #[case] records: &[&str],
) {
    let mut desk = begun(Blindness::Sighted);
    desk.press(keys);
    assert_eq!(
        (desk.card().as_str(), desk.records()),
        (card, records.iter().map(|one| (*one).to_owned()).collect())
    );
    // The same files read by another process lead to the same card.
    if !keys.ends_with(['k', 'j', 'u']) && !keys.contains('k') {
        assert_eq!(desk.resumed(), card);
    }
}

#[rstest]
#[case("j", "a1.share")]
#[case("jjk", "a1.share")]
#[case("k", "a1")]
#[case("jjjjjjj", "root.worse")]
#[case("=jK", "a1.share")]
#[case("=jKK", "a1.share")] // a1 is decided
#[case("=-J", "root.old")]
#[case("=-K", "a1.share")] // a skipped one is open
fn moving_records_nothing(#[case] keys: &str, #[case] card: &str) {
    let mut desk = begun(Blindness::Sighted);
    desk.press(keys);
    assert_eq!(desk.card(), card);
    assert_eq!(desk.records().len(), keys.chars().filter(|key| matches!(key, '=' | '-')).count());
}

#[test]
fn a_note_belongs_to_the_session_and_a_crash_after_it_leads_back_to_its_card() {
    let mut desk = begun(Blindness::Sighted);
    desk.press("=jj");
    let note = Event::Note { node: "root.old".into(), kind: NoteKind::Question, text: "whose?".into() };
    let step = desk.session().own(Step::new(vec![note]));
    desk.write("li", step);
    assert_eq!((desk.card(), desk.resumed()), ("root.old".into(), "root.old".into()));
}

#[test]
fn what_was_done_beside_the_session_is_not_undone_from_it() {
    let mut desk = begun(Blindness::Sighted);
    desk.press("=");
    desk.say("li", status("a1", State::OnTrack));
    assert_eq!(desk.undo(), None);
    assert_eq!(desk.records().len(), 1);
}

#[test]
fn a_verdict_asks_for_a_reason_where_it_worsens_and_takes_none() {
    let mut desk = Desk::new();
    desk.say("li", status("a1", State::OnTrack));
    desk.begin("", Order::Reading, Blindness::Sighted);
    let asked = desk.act(ReviewAction::Verdict(State::Limited, Reason::NotAsked));
    let ActionResult::ReasonWanted(wanted) = asked else { panic!("{asked:?}") };
    assert_eq!(wanted.en, "this is worse than before (+ on-track)");
    assert_eq!(desk.card(), "a1", "nothing is recorded yet");
    desk.act(ReviewAction::Verdict(State::Limited, Reason::Given("slow".into())));
    assert_eq!(desk.card(), "a1.share");
    // Better needs none.
    desk.press("k");
    let answer = desk.act(ReviewAction::Verdict(State::OnTrack, Reason::NotAsked));
    assert!(matches!(answer, ActionResult::Record(_)), "{answer:?}");
}

#[test]
fn a_blind_session_hides_verdicts_until_decided_and_revealed() {
    let mut desk = Desk::new();
    desk.looked("wang", "a1");
    desk.say("wang", status("a1", State::OnTrack));
    desk.say("chen", status("a1", State::Limited));
    desk.at("2026-11-23T14:00:05");
    desk.begin("", Order::Reading, Blindness::Blind);
    let a1 = desk.plan.tree.find("a1").unwrap();
    let kinds = |desk: &Desk| -> Vec<SectionKind> {
        let as_of = AsOf::now(date(2026, 11, 23));
        let show = ShownLanguages::One(Lang(0));
        let reader = PageReader { plan: &desk.plan, show, ui: Ui::En, rule: RuleRef::PACE, as_of };
        let card = desk.session().shown(&reader, &desk.journal, a1);
        card.sections.iter().map(|section| section.kind).collect()
    };
    let hidden = [SectionKind::State, SectionKind::People, SectionKind::History];
    assert!(hidden.iter().all(|kind| !kinds(&desk).contains(kind)));
    let why = desk.session().why(a1).unwrap().en;
    assert_eq!(why, "in reading order", "that authors differ would tell");
    assert_eq!(desk.act(ReviewAction::Reveal), ActionResult::Refused(Refusal::DecideFirst));
    // Every verdict is asked for its reason, so that being asked tells nothing.
    let asked = desk.act(ReviewAction::Verdict(State::OnTrack, Reason::NotAsked));
    assert!(
        matches!(&asked, ActionResult::ReasonWanted(said) if said.en == "asked with every verdict of a blind session"),
        "{asked:?}"
    );
    desk.press("1");
    assert_eq!((desk.card().as_str(), desk.session().veil(a1)), ("a1.share", VerdictVisibility::Drawn));
    assert_eq!(desk.act(ReviewAction::Reveal), ActionResult::Revealed(a1));
    assert_eq!((desk.card().as_str(), desk.session().veil(a1)), ("a1", VerdictVisibility::Open));
    assert!(hidden.iter().all(|kind| kinds(&desk).contains(kind)));
    assert_eq!(
        desk.session().why(a1).unwrap().en,
        "in reading order",
        "its place is not by what others said"
    );
    desk.press("=");
    assert_eq!((desk.card().as_str(), desk.records().len()), ("a1.share", 1));
}

#[test]
fn a_card_put_off_until_a_day_is_open_again_on_it() {
    let mut desk = begun(Blindness::Sighted);
    assert_eq!(desk.act(ReviewAction::Bury(date(2026, 11, 23))), ActionResult::Refused(Refusal::DayNotAhead));
    desk.press("b=");
    let a1 = desk.plan.tree.find("a1").unwrap();
    assert_eq!(desk.session().standing(a1), CardStanding::Buried(date(2027, 1, 1)));
    desk.at("2027-01-01T09:00:00");
    let head = desk.session().head().clone();
    let session = Session::open(&desk.scene(), head, jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(session.standing(a1), CardStanding::Undecided);
    assert_eq!((session.counts().left, session.queue().len()), (5, 6));
}

#[test]
fn after_the_plan_changed_what_was_decided_stays_and_what_joined_comes() {
    let mut desk = begun(Blindness::Sighted);
    desk.press("==");
    assert_eq!(desk.card(), "root.students");
    let head = desk.session().head().clone();
    // The card at hand leaves the plan, another joins.
    let mut text = format!("{PLAN}{MORE}").replace("root.students", "root.pupils");
    text.push_str("\n[[action]]\nid = \"a2\"\nlevel = \"action\"\nparent = \"root\"\ntitle = { zh = \"新\", en = \"New\" }\n");
    desk.plan = plan_of(&text);
    let mut journal = std::mem::replace(
        &mut desk.journal,
        plan158::journal::Journal::open(None, &desk.plan, AsOf::now(date(2026, 11, 23))).unwrap(),
    );
    journal.refold(&desk.plan);
    let judge = Judge::new(&desk.plan, RuleRef::PACE, AsOf::now(date(2026, 12, 24)));
    let scene = SessionContext { judge, journal: &journal };
    let mut session = desk.session.take().unwrap();
    session.renew(&scene);
    let key = |node| desk.plan.tree.node(node).key.as_str();
    assert_eq!(session.card().map(key), Some("root.pupils"));
    let keys: Vec<&str> = session.queue().iter().map(|entry| key(entry.node)).collect();
    assert_eq!(keys, ["a1", "a1.share", "root.pupils", "root.old", "root.due", "root.worse", "a2"]);
    let counts = session.counts();
    assert_eq!((counts.total, counts.decided, counts.left), (7, 2, 5));
    assert_eq!(Session::open(&scene, head, jiff::Timestamp::UNIX_EPOCH).card().map(key), Some("root.pupils"));
}

#[test]
fn time_is_counted_and_a_lunch_break_is_not() {
    let mut desk = begun(Blindness::Sighted);
    assert_eq!((desk.session().counts().seconds, desk.session().counts().seconds_left), (0, None));
    desk.press("j"); // 10 s
    desk.press("="); // 10 s
    desk.at("2026-11-23T15:00:00");
    desk.press("="); // an hour: counts for 300 s
    let counts = desk.session().counts();
    // Two decisions took 20 and 300 s; four cards are left: 4 × 160.
    assert_eq!((counts.decided, counts.left, counts.seconds, counts.seconds_left), (2, 4, 320, Some(640)));
    desk.press("j");
    assert_eq!(desk.session().counts().seconds, 330);
}

#[test]
fn the_same_query_goes_on_with_ones_own_open_session_only() {
    let mut desk = Desk::new();
    let first = desk.begin("under:a1", Order::Reading, Blindness::Sighted);
    let li = author("li");
    let found = |desk: &Desk, by: &str, query: &str, order, blind| {
        resumable(&desk.journal, &author(by), query, order, blind).map(|head| head.id)
    };
    assert_eq!(found(&desk, "li", " under:a1 ", None, None), Some(first.id.clone()));
    assert_eq!(found(&desk, "li", "under:a1", Some(Order::Random), None), None);
    assert_eq!(found(&desk, "li", "under:a1", None, Some(Blindness::Blind)), None);
    assert_eq!(found(&desk, "li", "", None, None), None);
    assert_eq!(found(&desk, "wang", "under:a1", None, None), None);
    let end = desk.session().end();
    desk.write("li", end);
    assert_eq!(resumable(&desk.journal, &li, "under:a1", None, None), None);
    assert!(heads(&desk.journal)[0].ended.is_some());
}
