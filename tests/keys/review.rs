//! Review sessions on the screen: keys in; the card at hand and the records out.

use std::sync::Arc;

use jiff::civil::date;
use plan158::journal::event::Outcome;
use plan158::journal::{Event, Journal};
use plan158::plan::State;
use plan158::plan::load::{PlanSource, load};
use plan158::tui::command::Context;
use plan158::tui::message::Message;
use plan158::tui::pages::review::state::{Awaited, Closing, Face};
use plan158::tui::pages::screen_page::ScreenPage;
use plan158::tui::view::Focus;
use rstest::rstest;

use crate::screen::{Session, plan};

/// The small plan at 80×24 in English, with li's journal. Cards in reading order: p1 p2 a1 a1.share a1.places
/// a2 a2.event.
fn small() -> Session {
    Session::small().written_by("li")
}

fn reviewing() -> Session {
    small().keys("R")
}

/// The events in one word each: `a1=` unchanged, `a1-` skipped, `a1~` buried, `a1!` needs work, `a1:on-track`
/// a verdict; others by name.
fn records(session: &Session) -> String {
    let word = |event: serde_json::Value| {
        let text = |field: &str| event[field].as_str().unwrap_or_default().to_owned();
        let node = text("node");
        match (text("event").as_str(), text("outcome").as_str()) {
            ("reviewed", "unchanged") => format!("{node}="),
            ("reviewed", "skipped") => format!("{node}-"),
            ("reviewed", "buried") => format!("{node}~{}", text("until")),
            ("reviewed", "needs-work") => format!("{node}!"),
            ("reviewed", _) => "+".to_owned(),
            ("status", _) => format!("{node}:{}", text("status")),
            ("session", _) => text("mark"),
            (name, _) => format!("{name} {node}").trim().to_owned(),
        }
    };
    session.events().into_iter().map(word).collect::<Vec<_>>().join(" ")
}

fn face(session: &Session) -> Option<&Face> {
    session.model.pages.iter().find_map(|page| match page {
        ScreenPage::Review(review) => Some(&review.face),
        _ => None,
    })
}

fn closing(session: &Session) -> Option<Closing> {
    match face(session)? {
        Face::Minutes(report) => Some(report.closing),
        _ => None,
    }
}

#[rstest]
#[case::it_begins_with_the_first_card("", "p1", "start")]
#[case::enter_is_unchanged("Enter", "p2", "start p1=")]
#[case::a_digit_is_a_verdict("1", "p2", "start p1:on-track +")]
#[case::a_full_width_digit_too("１", "p2", "start p1:on-track +")]
#[case::digits_are_no_counts("1 1", "a1", "start p1:on-track + p2:on-track +")]
#[case::needs_work("!", "p2", "start p1!")]
#[case::skipping("-", "p2", "start p1-")]
#[case::next_and_previous_decide_nothing("j j k Down Up", "p2", "start")]
#[case::there_is_none_before_the_first("k", "p1", "start")]
#[case::undecided_ones("Enter Enter k k J", "a1", "start p1= p2=")]
#[case::undecided_ones_back("Enter j j K K", "p2", "start p1=")]
#[case::enter_on_a_decided_card_moves_on("Enter k Enter", "p2", "start p1=")]
#[case::undo_brings_the_card_back("Enter u", "p1", "start p1= undo")]
#[case::undo_after_it_moved_on("Enter Enter j j u", "p2", "start p1= p2= undo")]
#[case::redo_decides_again("Enter u C-r", "p2", "start p1= undo undo")]
#[case::the_beginning_is_not_undone("u", "p1", "start")]
#[case::nor_what_was_done_before_it("q q * R u", "p1", "start star root")]
#[case::the_branch_is_left_out("j j j D", "a2", "start a1.share~ a1~ a1.places~")]
#[case::nine_is_no_verdict("9", "p1", "start")]
#[case::a_star_stays_on_the_card("* Enter", "p2", "start star p1 p1=")]
fn after_these_keys(#[case] keys: &str, #[case] card: &str, #[case] said: &str) {
    let session = reviewing().keys(keys);
    assert_eq!((session.selected().as_str(), records(&session).as_str()), (card, said));
}

#[test]
fn skipped_cards_come_back_at_the_end_and_then_it_ends() {
    let session = reviewing().keys("- Enter - Enter Enter Enter Enter");
    assert_eq!(session.selected(), "p1");
    let session = session.keys("Enter");
    assert_eq!(session.selected(), "a1");
    let session = session.keys("Enter");
    assert_eq!(closing(&session), Some(Closing::Ended));
    assert!(records(&session).ends_with("p1= a1= end"), "{}", records(&session));
}

#[test]
fn fifty_unchanged_cards_take_fifty_keys() {
    let folder = tempfile::tempdir().unwrap();
    let node = |number: u32| {
        format!(
            "[[action]]\nid = \"n{number}\"\nlevel = \"action\"\ntitle = {{ en = \"Node {number}\" }}\nevidence = [{{ source = \"s\", basis = \"stated\" }}]\n"
        )
    };
    let manifest = "format = 1\nid = \"fifty\"\ntitle = { en = \"Fifty\" }\nlanguages = [\"en\"]\nperiod = { start = 2024, end = 2035 }\n\n[[level]]\nid = \"action\"\nrole = \"action\"\nmark = \"A\"\nlabel = { en = \"Action\" }\n\n[[source]]\nid = \"s\"\ntitle = { en = \"Document\" }\npublisher = { en = \"A\" }\ndate = 2025-02-28\nstanding = \"plan\"\ngrade = \"B\"\n\n";
    let file = folder.path().join("fifty.toml");
    std::fs::write(&file, manifest.to_owned() + &(1..=50).map(node).collect::<String>()).unwrap();
    let loaded = Arc::new(load(&PlanSource::Path(file)).unwrap());
    let session = Session::open(loaded, "en", "80x24").written_by("li").keys("R");
    let session = session.keys(&"Enter ".repeat(49));
    assert_eq!(closing(&session), None);
    let session = session.keys("Enter");
    assert_eq!(closing(&session), Some(Closing::Ended));
    let unchanged = session.events().iter().filter(|event| event["outcome"] == "unchanged").count();
    assert_eq!((unchanged, session.events().len()), (50, 52), "and its beginning and end");
    assert!(session.screen().contains("50 cards: 50 decided"), "{}", session.screen());
}

#[test]
fn a_verdict_that_departs_asks_for_its_reason_and_enter_leaves_it_out() {
    // a1.share is computed as needs-acceleration: on-track departs from it.
    let session = reviewing().keys("j j j 1");
    assert_eq!((session.model.context(), session.selected().as_str()), (Context::Form, "a1.share"));
    assert_eq!(records(&session), "start", "nothing is recorded before the reason is asked for");
    let given = session.typed("seen 1 on site").keys("Enter");
    assert_eq!((given.selected().as_str(), given.model.context()), ("a1.places", Context::Review));
    let status = given.events()[1].clone();
    assert_eq!(
        (status["status"].as_str(), status["reason"].as_str()),
        (Some("on-track"), Some("seen 1 on site"))
    );
    let none = reviewing().keys("j j j 1 Enter");
    assert_eq!(records(&none), "start a1.share:on-track +");
    assert!(none.events()[1]["reason"].is_null());
    let cancelled = reviewing().keys("j j j 1 Esc");
    assert_eq!((records(&cancelled).as_str(), cancelled.selected().as_str()), ("start", "a1.share"));
}

#[rstest]
#[case("2027-01-31", Some("2027-01-31"))]
#[case("30d", Some("2026-12-23"))]
#[case("3m", Some("2027-02-23"))]
#[case("2026-11-23", None)]
#[case("soon", None)]
#[case("", None)]
fn a_card_is_buried_until_a_day_ahead(#[case] typed: &str, #[case] until: Option<&str>) {
    let session = reviewing().keys("b").typed(typed).keys("Enter");
    match until {
        Some(day) => {
            assert_eq!((records(&session), session.selected()), (format!("start p1~{day}"), "p2".to_owned()));
        }
        None => {
            let compose = session.model.compose.as_ref().unwrap();
            assert!(
                compose.refused.is_some() && compose.value(0) == typed,
                "it says why and keeps what was typed"
            );
            assert_eq!(records(&session), "start");
        }
    }
}

#[test]
fn notes_values_tags_and_verdicts_are_of_the_session_and_stay_on_the_card() {
    let session = reviewing().keys("j j j a").typed("a note").keys("Enter p").typed("40").keys("Enter t");
    let session =
        session.typed("risk").keys("Enter s 2 +").typed("66").keys("Tab").typed("2026").keys("Enter");
    assert_eq!(session.selected(), "a1.share");
    assert_eq!(
        records(&session),
        "start note a1.share progress a1.share tag a1.share a1.share:needs-acceleration value a1.share"
    );
    let lines = session.journal_lines();
    let record = |line: &String| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let sessions: Vec<String> = lines.iter().map(|line| record(line)["session"].to_string()).collect();
    assert!(sessions.iter().all(|id| *id == sessions[0] && *id != "null"), "{sessions:?}");
    let left = session.keys("q q *");
    let last = record(left.journal_lines().last().unwrap());
    assert!(last["session"].is_null(), "what follows the session is not of it: {last}");
}

#[test]
fn it_reviews_the_scope_under_the_standing_filter() {
    let session = small().keys("3 j . F").typed("kind:metric").keys("Enter R");
    let head = session.events()[0].clone();
    assert_eq!(head["query"].as_str(), Some("under:a1 kind:metric"));
    assert_eq!(session.selected(), "a1.share");
    assert!(session.screen().contains("review 1/2"), "{}", session.screen());
    let left = session.keys("q q");
    assert_eq!(left.model.find.standing.as_ref().unwrap().text, "kind:metric", "all is as it was");
    assert!(left.model.outline.scope().is_some());
}

#[test]
fn a_session_is_stopped_and_resumed_at_the_same_card_also_after_a_restart() {
    let session = reviewing().keys("Enter 1 j - q");
    assert_eq!(closing(&session), Some(Closing::Stopped));
    let on = session.keys("Enter");
    assert_eq!((on.selected().as_str(), face(&on)), ("a1.places", Some(&Face::Card)));
    let session = on.keys("q q");
    assert!(session.model.pages.is_empty() && session.selected() == "root");
    let session = session.keys("R");
    assert_eq!(session.selected(), "a1.places");
    assert!(session.model.notice.as_ref().unwrap().en.starts_with("going on with the review of 2026-11-23"));
    let again = session.reopened("li").keys("R");
    assert_eq!(again.selected(), "a1.places");
    assert_eq!(records(&again).matches("start").count(), 1, "the same session goes on");
    // Somebody else's review is another session, from its own beginning.
    let other = again.reopened("wang").keys("R");
    assert_eq!(
        (other.selected().as_str(), records(&other).matches("start").count()),
        ("a1", 2),
        "p1 and p2 have been reviewed by somebody"
    );
}

#[test]
fn a_note_on_a_card_leads_back_to_it_after_a_restart() {
    let session =
        reviewing().keys("Enter Enter j a").typed("half way").keys("Enter").reopened("li").keys("R");
    assert_eq!(session.selected(), "a1.share");
}

#[test]
fn the_session_the_command_line_began_opens_and_takes_what_was_typed_meanwhile() {
    let session = reviewing().keys("Enter");
    let head = match session.model.pages.last() {
        Some(ScreenPage::Review(review)) => review.session.head().clone(),
        _ => panic!("no review shows"),
    };
    let mut session = session.reopened("li");
    let journal = session.model.journal_view.journal.take().unwrap();
    session.model.awaited_review = Some(Awaited { head, keys: Vec::new() });
    let waiting = session.keys("Enter 1");
    assert!(waiting.model.pages.is_empty() && waiting.model.focus == Focus::Outline);
    let loaded = Arc::clone(&waiting.model.loaded);
    let session = waiting.send(Message::JournalRead(loaded, journal));
    assert_eq!(
        (session.selected().as_str(), records(&session).as_str()),
        ("a1.share", "start p1= p2= a1:on-track +")
    );
}

#[test]
fn u_after_the_last_card_takes_back_the_end_and_the_decision() {
    let session = reviewing().keys(&"Enter ".repeat(7));
    assert_eq!(closing(&session), Some(Closing::Ended));
    let session = session.keys("u");
    assert_eq!((session.selected().as_str(), face(&session)), ("a2.event", Some(&Face::Card)));
    let session = session.keys("!");
    assert_eq!(closing(&session), Some(Closing::Ended));
    assert!(records(&session).ends_with("end undo undo a2.event! end"), "{}", records(&session));
    assert!(session.keys("q").model.pages.is_empty());
}

#[test]
fn a_session_can_be_ended_before_its_end() {
    let session = reviewing().keys("Enter :").typed("end this session").keys("Enter");
    assert_eq!(closing(&session), Some(Closing::Ended));
    let session = session.keys("q R");
    assert_eq!(records(&session), "start p1= end start", "the next one is another");
}

#[test]
fn the_minutes_scroll_and_say_what_came_of_it_in_the_language_shown() {
    let session = reviewing().keys("Enter 4 q");
    let screen = session.screen();
    assert!(screen.contains("Stopped") && screen.contains("plan158 review --minutes"), "{screen}");
    let screen = session.keys("C-d C-d j").screen();
    assert!(screen.contains("Second position"), "{screen}");
    let session = reviewing().keys("Enter q g l");
    assert!(session.screen().contains("Review minutes") || session.screen().contains("复核纪要"));
    assert_eq!(closing(&session), Some(Closing::Stopped));
}

#[test]
fn a_search_goes_to_a_card_of_the_session_and_says_where_there_is_none() {
    let session = reviewing().keys("/").typed("event");
    assert_eq!(session.model.context(), Context::Input);
    let session = session.keys("Esc");
    assert_eq!((session.selected().as_str(), session.model.context()), ("p1", Context::Review));
    let session = session.keys("/").typed("Agreement signed").keys("Enter");
    assert_eq!((session.selected().as_str(), session.model.context()), ("a2.event", Context::Review));
    let session = session.keys("Enter");
    assert!(records(&session).ends_with("a2.event="));
    // The root heads what is judged below it and is no card.
    let session = session.keys("/").typed("overall goal").keys("Enter");
    assert!(session.model.notice.is_some(), "{}", session.screen());
    assert_eq!(session.model.context(), Context::Review);
}

#[test]
fn history_and_agreement_open_over_the_card_and_lead_back_to_it() {
    let session = reviewing().keys("Enter g h");
    assert!(matches!(session.model.pages.last(), Some(ScreenPage::History(_))));
    let session = session.keys("q");
    assert_eq!((session.selected().as_str(), session.model.context()), ("p2", Context::Review));
    let session = session.keys("g t");
    assert!(session.model.pages.is_empty());
    assert_eq!(session.keys("R").selected(), "p2");
}

#[test]
fn what_others_write_meanwhile_shows_and_moves_nothing() {
    let status =
        Event::Status { node: "p2".into(), status: Some(State::Limited), reason: Some("slow".into()) };
    let session = reviewing().keys("Enter").meanwhile("wang", vec![status]);
    assert_eq!(session.selected(), "p2");
    let screen = session.screen();
    assert!(screen.contains("wang") && screen.contains("- limited") && screen.contains("slow"), "{screen}");
    let looked =
        Event::Reviewed { node: "p2".into(), outcome: Outcome::Unchanged, until: None, seconds: None };
    let session = session.meanwhile("wang", vec![looked]);
    assert_eq!(session.selected(), "p2", "wang's look is not li's");
}

#[test]
fn an_undo_from_the_command_line_brings_the_card_back() {
    let session = reviewing().keys("Enter Enter");
    let last = session.journal_lines().last().unwrap().clone();
    let id = serde_json::from_str::<serde_json::Value>(&last).unwrap()["id"].as_str().unwrap().to_owned();
    let of = plan158::journal::record::RecordId::from(id.parse::<uuid::Uuid>().unwrap());
    let session = session.meanwhile("li", vec![Event::Undo { of }]);
    assert_eq!(session.selected(), "p2");
}

#[test]
fn a_plan_read_anew_keeps_the_card_and_what_is_typed() {
    let session = reviewing().keys("Enter Enter a").typed("half a note");
    let session = session.send(Message::PlanRead(plan("small.toml")));
    assert_eq!(
        (session.selected().as_str(), session.model.compose.as_ref().unwrap().value(0)),
        ("a1", "half a note")
    );
    let session = session.keys("Enter Enter");
    assert!(records(&session).ends_with("note a1 a1="), "{}", records(&session));
    // Between the plan and its journal nothing can be decided, and nothing is lost.
    let session = reviewing().keys("1 q").send(Message::PlanRead(plan("small.toml")));
    assert_eq!(closing(&session), Some(Closing::Stopped));
    assert!(session.screen().lines().any(|line| line == "Changed (1)"), "{}", session.screen());
}

#[cfg(unix)]
#[test]
fn a_decision_that_cannot_be_written_loses_nothing() {
    let session = reviewing().keys("Enter j j 1").typed("seen on site");
    let dir = session.journal_dir();
    let away = dir.with_extension("away");
    std::fs::rename(&dir, &away).unwrap();
    // A file stands where the folder was: nothing can be written there, by nobody.
    std::fs::write(&dir, "").unwrap();
    let session = session.keys("Enter");
    let compose = session.model.compose.as_ref().unwrap();
    assert!(compose.refused.as_ref().unwrap().en.starts_with("not saved"), "{:?}", compose.refused);
    assert_eq!((compose.value(0), session.selected().as_str()), ("seen on site", "a1.share"));
    let session = session.keys("Esc Enter");
    assert_eq!(session.selected(), "a1.share", "the card waits until its decision is on disk");
    assert!(session.model.notice.as_ref().unwrap().en.starts_with("not saved"));
    std::fs::remove_file(&dir).unwrap();
    std::fs::rename(&away, &dir).unwrap();
    let session = session.keys("Enter");
    assert_eq!(
        (session.selected().as_str(), records(&session).as_str()),
        ("a1.places", "start p1= a1.share=")
    );
}

/// Two reviewers' verdicts on a1.share, and a blind session at its card.
fn blind() -> Session {
    let verdict = |status| Event::Status {
        node: "a1.share".into(),
        status: Some(status),
        reason: Some("a secret".into()),
    };
    let session = small().keys("*").meanwhile("wang", vec![verdict(State::Regressing)]);
    session.keys("F").typed("id:a1.share").keys("Enter :").typed("review-blind").keys("Enter")
}

#[test]
fn a_blind_session_hides_verdicts_until_one_has_decided_and_reveals() {
    let session = blind();
    assert_eq!(session.selected(), "a1.share");
    let tells = |screen: &str| {
        ["a secret", "regressing ·", "needs-acceleration\n", "wang"].iter().any(|told| screen.contains(told))
    };
    assert!(!tells(&session.screen()), "{}", session.screen());
    for (keys, esc) in [("g h", ""), ("g a", ""), ("/", ""), ("f", ""), ("s", "")] {
        let refused = blind().keys(keys).keys(esc);
        assert_eq!(refused.model.context(), Context::Review, "{keys}");
        assert!(refused.model.notice.is_some(), "{keys}");
    }
    // Every verdict is asked for its reason, so that being asked tells nothing.
    let session = session.keys("2");
    assert_eq!(session.model.context(), Context::Form);
    assert!(!tells(&session.screen()), "{}", session.screen());
    let early = blind().keys("r");
    assert_eq!(early.model.notice.as_ref().unwrap().en, "decide first, then reveal");
}

#[test]
fn r_reveals_the_card_decided_last() {
    let verdict =
        Event::Status { node: "p1".into(), status: Some(State::Regressing), reason: Some("a secret".into()) };
    let session = small().meanwhile("wang", vec![verdict]).keys(":").typed("review-blind").keys("Enter");
    let first = session.selected();
    let session = session.keys("1 Enter");
    let decided = first;
    assert_ne!(session.selected(), decided);
    let session = session.keys("r");
    assert_eq!(session.selected(), decided);
    let hidden = blind().screen();
    assert!(hidden.contains("blind: verdicts are hidden"), "{hidden}");
    let shown = session.screen();
    assert!(
        !shown.contains("blind: verdicts are hidden") && shown.contains("this session: + on-track"),
        "{shown}"
    );
}

/// li and wang differ on a1.share and agree on p1.
fn two_reviewers() -> Session {
    let status = |node: &str, status| Event::Status { node: node.into(), status: Some(status), reason: None };
    let session = reviewing().keys("1 j j 4 Enter q q");
    session.meanwhile("wang", vec![status("p1", State::OnTrack), status("a1.share", State::OnTrack)])
}

#[test]
fn the_page_of_agreement_has_the_differences_first_and_settles_them() {
    let session = two_reviewers().keys("g a");
    let screen = session.screen();
    assert!(screen.contains("nodes judged by several: 2, differently: 1"), "{screen}");
    assert!(
        screen.contains("Coverage · a1.share") && screen.contains("li – wang · the same on "),
        "{screen}"
    );
    let to = two_reviewers().keys("g a Enter");
    assert_eq!(to.selected(), "a1.share");
    let session = session.keys("s").typed("agreed on the spot").keys("Enter");
    assert_eq!(session.model.context(), Context::Page);
    assert!(
        session.screen().contains("settled: li · 2026-11-23 · agreed on the spot"),
        "{}",
        session.screen()
    );
    let settled: Vec<String> = session
        .events()
        .iter()
        .filter(|event| event["event"] == "settled")
        .map(|event| event["node"].to_string())
        .collect();
    assert_eq!(settled, ["\"a1.share\""]);
    let session = session.keys("u");
    assert!(!session.screen().contains("agreed on the spot"), "{}", session.screen());
    assert!(session.keys("q").model.pages.is_empty());
}

#[test]
fn without_two_authors_there_is_no_page_of_agreement() {
    let session = reviewing().keys("1 q q g a");
    assert!(session.model.pages.is_empty() && session.model.notice.is_some());
}

#[test]
fn without_a_name_or_a_journal_nothing_begins_and_it_says_why() {
    let unread = Session::small().keys("R");
    assert!(unread.model.pages.is_empty() && unread.model.notice.is_some());
    let session =
        small().send(Message::Author(Err(plan158::text::Bilingual::new("无名", "nobody")))).keys("R");
    assert!(session.model.pages.is_empty());
    assert!(session.model.notice.as_ref().unwrap().en.contains("--author"));
}

#[test]
fn the_palette_over_a_card_offers_nothing_that_would_go_unseen() {
    let session = reviewing().keys(":");
    let names: Vec<&str> = session.model.layers[0].entries.iter().map(|entry| entry.right.as_str()).collect();
    assert!(names.contains(&"skip") && names.contains(&"note") && names.contains(&"end-review"), "{names:?}");
    assert!(
        !names.contains(&"fold-all") && !names.contains(&"zoom-in") && !names.contains(&"reveal"),
        "{names:?}"
    );
}

#[test]
fn help_over_a_card_begins_with_the_keys_of_the_card() {
    let session = reviewing().keys("?");
    let names: Vec<&str> = session.model.layers[0].entries.iter().map(|entry| entry.right.as_str()).collect();
    let place = |name: &str| names.iter().position(|other| *other == name);
    assert!(place("unchanged") < place("note") && place("note") < place("fold-all"), "{names:?}");
}

#[test]
fn a_link_leads_to_its_card_where_the_session_has_it() {
    let session = reviewing().keys("j j g d Enter");
    assert_eq!((session.selected().as_str(), session.model.context()), ("p1", Context::Review));
}

#[test]
fn a_day_in_the_past_is_only_looked_at() {
    let session = small().keys("R Enter");
    let journal = Journal::open(
        Some(session.journal_dir()),
        session.model.plan(),
        plan158::plan::as_of::AsOf::on(date(2026, 11, 22)),
    );
    assert!(journal.unwrap().fold().records().is_empty(), "the session lies behind that day");
}
