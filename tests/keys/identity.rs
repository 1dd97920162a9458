//! What is selected stays what it is while plan, journal and terminal change underneath, between any two
//! keys: nothing is done to what came to stand in its place.

use std::fs;
use std::sync::Arc;

use plan158::journal::{Author, Event, Journal, NoteKind, RecordStamp};
use plan158::page::LineTarget;
use plan158::plan::load::{Loaded, PlanSource, load};
use plan158::tui::effect::Effect;
use plan158::tui::message::Message;
use plan158::tui::pages::screen_page::ScreenPage;
use plan158::tui::view::Focus;
use rstest::rstest;

use crate::screen::{Session, plan};

pub fn li() -> Session {
    wide(plan("small.toml"))
}

fn wide(loaded: Arc<Loaded>) -> Session {
    Session::open(loaded, "en", "120x40").written_by("li")
}

/// The small plan after somebody edited its file.
pub fn edited(edit: impl Fn(String) -> String) -> Arc<Loaded> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans/small.toml");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("small.toml");
    fs::write(&file, edit(fs::read_to_string(path).unwrap())).unwrap();
    Arc::new(load(&PlanSource::Path(file)).unwrap())
}

/// Without the table of that id.
pub fn without(text: &str, id: &str) -> String {
    let tables: Vec<&str> = text.split("\n[[").collect();
    let named = format!("id = \"{id}\"\n");
    let left = tables
        .iter()
        .filter(|table| !table.contains(&named) && !table.contains(&format!("parent = \"{id}\"")));
    left.copied().collect::<Vec<_>>().join("\n[[").replace(&format!("\"{id}\", "), "")
}

/// With one more root before all others, so that every node has another number.
pub fn renumbered(text: &str) -> String {
    let first = "[[goal]]\nid = \"zero\"\nlevel = \"goal\"\ntitle = { zh = \"零\", en = \"Zero\" }\nevidence = [{ source = \"doc\", basis = \"stated\" }]\n\n[[goal]]\nid = \"root\"";
    text.replacen("[[goal]]\nid = \"root\"", first, 1)
}

pub fn note(node: &str, text: &str) -> Event {
    Event::Note { node: node.into(), kind: NoteKind::Progress, text: text.into() }
}

/// Another process of the same person takes so many steps back.
pub fn undone_elsewhere(session: Session, steps: usize) -> Session {
    let loaded = Arc::clone(&session.model.loaded);
    let mut journal =
        Journal::open(Some(session.journal_dir()), &loaded.plan, session.model.view.as_of).unwrap();
    for _ in 0..steps {
        let now = "2026-11-23T12:00:00+08:00[+08:00]".parse().unwrap();
        let stamp = RecordStamp { now, ..RecordStamp::now() };
        journal.undo(&loaded.plan, &Author::new("li").unwrap(), &stamp).unwrap();
    }
    session.send(Message::JournalTouched)
}

/// Notes on `p1`, the cursor on it and in its card.
pub fn with_notes(count: usize) -> Session {
    let notes = (0..count).fold(li().keys("j"), |session, number| {
        session.keys("a").typed(&format!("note{number}")).keys("Enter")
    });
    notes.keys("Tab")
}

/// The text of the card's line with its cursor.
fn pointed(session: &Session) -> Option<String> {
    session.model.card_line().map(|line| session.model.panes.lines[line].text().trim().to_owned())
}

/// The note under the card's cursor.
fn pointed_note(session: &Session) -> Option<String> {
    let line = session.model.card_line()?;
    let Some(LineTarget::Item(item)) = &session.model.panes.lines[line].target else { return None };
    let note = session.model.said_here()?.notes().find(|note| *note.id == *item.id())?;
    Some(note.text.to_string())
}

/// The cursor goes down the card to a note.
fn at_note(session: Session, text: &str) -> Session {
    let at = (0..20).fold(session, |session, _| {
        if pointed_note(&session).as_deref() == Some(text) { session } else { session.keys("j") }
    });
    assert_eq!(pointed_note(&at).as_deref(), Some(text));
    at
}

/// The events that were recorded since there were so many.
pub fn since(session: &Session, before: usize) -> Vec<String> {
    let events = session.events();
    events[before..].iter().map(|event| event["event"].as_str().unwrap().to_owned()).collect()
}

fn page_count(session: &Session) -> usize {
    session.model.pages.len()
}

// --- the cursor of the card

#[rstest]
#[case("k")]
#[case("j")]
#[case("g d")]
#[case("e")]
#[case("d d")]
#[case("G k k k")]
fn notes_taken_back_elsewhere_leave_no_key_that_fails(#[case] keys: &str) {
    let session = with_notes(8).keys("4 0 j");
    let session = undone_elsewhere(session, 8);
    let before = session.events().len();
    let session = session.keys(keys);
    let _ = session.screen();
    assert_eq!(since(&session, before), Vec::<String>::new());
}

#[test]
fn a_plan_edited_so_that_the_card_has_fewer_links_leaves_no_key_that_fails() {
    let session = li().keys("j Tab 9 j").send(Message::PlanRead(edited(|text| {
        text.replace("serves = [\"p1\", { to = \"p2\", basis = \"inferred\" }]", "serves = []")
    })));
    let session = session.keys("k k j j g d");
    let _ = session.screen();
}

#[test]
fn keys_typed_ahead_of_an_answer_act_on_the_card_that_they_see() {
    let session = with_notes(8).keys("Esc").hold().keys("/").typed("a2.event");
    // Enter, then keys for the card of the match, before the answer is there.
    let session = session.keys("Enter Tab").keys(&"j ".repeat(29)).answer(7).resize("50x12").keys("k k");
    let _ = session.screen();
    assert_eq!(session.selected(), "a2.event");
}

#[test]
fn in_a_window_too_small_to_show_it_the_card_is_never_that_of_an_older_plan() {
    let session = li().keys("4 j Tab j j").resize("20x5").send(Message::PlanRead(edited(|text| {
        without(&without(&without(&text, "a1"), "p1"), "a2.event").replace("serves = [\"p2\"]\n", "")
    })));
    assert_eq!((session.selected().as_str(), session.model.plan().tree.count()), ("a2", 3));
    let session = session.keys("k e j g d j k G g g e a x Enter s 1 *");
    assert_eq!(session.selected(), "a2", "nothing is done that nobody can see");
    assert_eq!(session.host.effects, [], "nor recorded");
    let session = session.resize("120x40").keys("k e j g d");
    let _ = session.screen();
    assert_eq!(session.selected(), "root", "the parent is the only link that is left");
}

#[test]
fn a_window_too_small_to_show_anything_is_left_by_q_whatever_is_open() {
    let session = li().keys("a").typed("words").resize("20x5").keys("x q");
    assert_eq!(session.host.effects, [Effect::Quit]);
    assert_eq!(session.model.compose.as_ref().unwrap().value(0), "words", "the draft is what was seen");
}

#[test]
fn a_note_stays_selected_when_others_come_before_it_and_the_plan_is_read_anew() {
    let session = at_note(with_notes(3), "note1").meanwhile("wang", vec![note("p1", "of wang")]);
    assert_eq!(pointed_note(&session).as_deref(), Some("note1"));
    let session = session.send(Message::PlanRead(edited(|text| renumbered(&text))));
    assert_eq!((session.selected().as_str(), pointed_note(&session).as_deref()), ("p1", Some("note1")));
    let session = session.keys("d d");
    let notes: Vec<String> =
        session.model.said_here().unwrap().notes().map(|note| note.text.to_string()).collect();
    assert_eq!(notes, ["note0", "note2", "of wang"]);
}

#[rstest]
#[case("e")]
#[case("d d")]
fn a_note_that_went_away_is_never_mistaken_for_the_one_in_its_place(#[case] keys: &str) {
    let session = undone_elsewhere(at_note(with_notes(3), "note2"), 1);
    let before = session.events().len();
    let session = session.keys(keys);
    assert_eq!(since(&session, before), Vec::<String>::new());
    assert!(session.model.compose.is_none() && session.model.layers.is_empty());
    let notice = session.model.notice.as_ref().unwrap();
    assert!(notice.en.contains("no longer here") && notice.zh.contains("已不在"), "{notice:?}");
    // Once that is said, nothing is selected: the keys let one choose.
    let session = session.keys(keys);
    assert_eq!(session.model.layers.len(), 1);
}

#[test]
fn the_first_key_of_two_is_forgotten_when_the_cursor_is_moved_in_between() {
    let session = li().keys("a x Enter G a y Enter d");
    assert_eq!((session.selected().as_str(), session.model.pending.is_empty()), ("a2", false));
    let session = session.send(Message::PlanRead(edited(|text| without(&text, "a2"))));
    let before = session.events().len();
    let session = session.keys("d");
    assert_eq!((session.selected().as_str(), since(&session, before)), ("root", Vec::new()));
}

#[test]
fn after_ones_own_dd_the_cursor_is_on_the_next_note() {
    let session = at_note(with_notes(3), "note2").keys("d d");
    assert_eq!(pointed_note(&session).as_deref(), Some("note1"));
    let session = session.keys("d d d d");
    assert!(session.model.said_here().is_none_or(|said| said.notes().next().is_none()));
}

#[test]
fn a_link_stays_selected_when_its_node_has_another_number() {
    let session = li().keys("4 j Tab j j");
    assert!(pointed(&session).unwrap().contains("Second position"), "{:?}", pointed(&session));
    // Another link comes before it.
    let session = session.send(Message::PlanRead(edited(|text| {
        renumbered(&text.replace("serves = [\"p2\"]", "serves = [\"p1\", \"p2\"]"))
    })));
    assert!(pointed(&session).unwrap().contains("Second position"), "{:?}", pointed(&session));
    assert_eq!(session.keys("g d").selected(), "p2");
}

#[test]
fn what_is_selected_stays_in_view_when_lines_come_above_it() {
    let session = with_notes(12).resize("120x16").keys("9 j");
    let at = |session: &Session| session.model.card_line().unwrap() - session.model.card.top;
    let own = pointed(&session);
    let before = at(&session);
    let session = session.meanwhile("wang", vec![note("p1", "one"), note("p1", "two")]);
    assert_eq!((pointed(&session), at(&session)), (own, before));
}

#[test]
fn a_key_delivered_as_alt_acts_on_the_card_that_esc_brings_back() {
    let session = at_note(with_notes(2), "note0").keys("/").typed("a2").keys("A-e");
    assert_eq!(session.model.focus, Focus::Card);
    assert_eq!(session.model.compose.as_ref().map(|compose| compose.value(0)), Some("note0"));
}

// --- pages

#[test]
fn the_history_outlives_a_journal_that_lost_records() {
    let session = with_notes(4).keys("Tab g h 3 j");
    assert_eq!(page_count(&session), 1);
    let lines = session.journal_lines();
    // A page over it, and a file put back to an older state.
    let session = session.keys("=");
    fs::write(session.journal_dir().join("li.jsonl"), format!("{}\n", lines[0])).unwrap();
    let session = session.send(Message::JournalTouched);
    let _ = session.screen();
    let session = session.keys("Esc");
    let _ = session.screen();
    let session = session.keys("j k G");
    let _ = session.screen();
    let Some(ScreenPage::History(history)) = session.model.pages.last() else {
        panic!("the history was left")
    };
    assert_eq!(history.records.len(), 1);
    fs::remove_file(session.journal_dir().join("li.jsonl")).unwrap();
    let session = session.send(Message::JournalTouched);
    assert_eq!((page_count(&session), session.model.journal_view.past.is_none()), (0, true));
}

#[test]
fn the_selected_record_stays_selected_when_the_journal_is_read_anew() {
    let session = with_notes(4).keys("Tab g h j");
    let selected = |session: &Session| match session.model.pages.last() {
        Some(ScreenPage::History(history)) => history.records[history.window.at].clone(),
        _ => panic!("the history was left"),
    };
    let own = selected(&session);
    let lines = session.journal_lines();
    // The same records in another order of lines, and with one of somebody else in a file that is read first.
    let path = session.journal_dir().join("li.jsonl");
    let turned: Vec<&str> = lines.iter().rev().map(String::as_str).collect();
    fs::write(&path, format!("{}\n", turned[1..].join("\n"))).unwrap();
    fs::write(session.journal_dir().join("a.jsonl"), format!("{}\n", turned[0])).unwrap();
    let session = session.send(Message::JournalTouched);
    assert_eq!(selected(&session), own);
    let _ = session.screen();
}

#[test]
fn a_disagreement_is_settled_for_the_node_that_was_selected() {
    use plan158::plan::State;
    let status = |node: &str, status| Event::Status { node: node.into(), status: Some(status), reason: None };
    let differ = |session: Session, node: &str| {
        session
            .meanwhile("wang", vec![status(node, State::OnTrack)])
            .meanwhile("zhao", vec![status(node, State::Limited)])
    };
    let session = differ(differ(li(), "a1"), "a2").keys("g a j");
    assert!(pointed(&session).unwrap().contains("a2"), "{:?}", pointed(&session));
    // One more before it.
    let session = differ(session, "p1").keys("s");
    assert_eq!(session.model.compose.as_ref().map(|compose| &*compose.here.name), Some("a2"));
}

#[test]
fn the_selected_record_stays_in_view_when_the_window_shrinks() {
    let session = with_notes(12).keys("Tab g h 1 0 j").resize("120x16");
    let Some(ScreenPage::History(history)) = session.model.pages.last() else {
        panic!("the history was left")
    };
    let shown = history.window.top..history.window.top + session.model.panes.page_height();
    assert!(shown.contains(&history.window.at), "{} of {shown:?}", history.window.at);
}

#[test]
fn a_blind_session_hides_verdicts_also_while_a_changed_plan_is_read() {
    let mut session = li().keys(":").typed("review-blind").keys("Enter");
    assert!(!session.model.pages.is_empty());
    // The plan was read, and its journal is not yet.
    let _ = plan158::tui::update::update(&mut session.model, Message::PlanRead(plan("small.toml")), 0);
    let session = session.keys("g y");
    assert_eq!(session.model.pages.len(), 1, "the timeline would show states");
    assert!(session.model.notice.as_ref().unwrap().en.contains("blind session"));
}

// --- what has lost its node

/// Notes on three ids that are no nodes, the cursor on the second.
pub fn on_second_orphan() -> Session {
    let session = li().meanwhile("li", vec![note("x2", "two"), note("x3", "three"), note("x4", "four")]);
    let session = session.keys("] o ] o");
    assert_eq!(orphan(&session).as_deref(), Some("x3"));
    session
}

fn orphan(session: &Session) -> Option<String> {
    session.model.selected_orphan().map(|home| home.name.to_string())
}

#[test]
fn the_cursor_stays_on_its_orphan_when_others_come_and_the_plan_is_read_anew() {
    let session = on_second_orphan().meanwhile("wang", vec![note("x1", "one")]);
    assert_eq!(orphan(&session).as_deref(), Some("x3"));
    let session = session.send(Message::PlanRead(edited(|text| renumbered(&text))));
    assert_eq!(orphan(&session).as_deref(), Some("x3"));
    let events = session.keys("d d").events();
    let retracted = events.iter().find(|event| event["event"] == "note-retract").unwrap();
    assert_eq!(retracted["node"], "x3");
}

#[test]
fn orphans_that_come_during_a_search_have_their_rows_when_it_ends() {
    let session =
        on_second_orphan().keys("/").typed("a").meanwhile("wang", vec![note("x1", "one")]).keys("Esc");
    assert_eq!(orphan(&session).as_deref(), Some("x3"));
    assert_eq!(orphan(&session.keys("k k")).as_deref(), Some("x1"));
}

#[test]
fn an_orphan_whose_node_is_back_has_the_cursor_there() {
    let session = on_second_orphan().send(Message::PlanRead(edited(|text| text.replace("\"a2\"", "\"x3\""))));
    assert_eq!((session.selected().as_str(), orphan(&session)), ("x3", None));
}

#[test]
fn the_problem_that_is_selected_stays_so_when_one_above_it_is_mended() {
    let hidden = |text: String, titles: &[&str]| {
        titles.iter().fold(text, |text, title| text.replace(&format!("\"{title}\""), "\"\\u202E\""))
    };
    let three = edited(|text| hidden(text, &["First position", "Second position", "Second action"]));
    assert_eq!(three.diagnostics.len(), 3, "{:?}", three.diagnostics);
    let session = wide(three).keys("g p j j");
    let last = |session: &Session| {
        let layer = session.model.layers.last().unwrap();
        let entry = &layer.entries[layer.selected];
        (layer.entries.len(), entry.left.clone())
    };
    let (_, place) = last(&session);
    let two = edited(|text| hidden(text, &["Second position", "Second action"]));
    assert_eq!(last(&session.send(Message::PlanRead(two))), (2, place));
}

#[test]
fn a_search_that_ends_on_the_same_node_leaves_the_cursor_of_its_card() {
    let session = li().keys("3 j Tab j");
    let (node, on) = (session.selected(), session.model.card.on.clone());
    assert!(on.is_some());
    let session = session.keys("F").send(Message::Pasted(node.clone()));
    assert_eq!((session.selected(), &session.model.card.on), (node, &on));
}
