//! What people add, in keys: before, keys, the records that come of them.

use std::fs;
use std::sync::Arc;

use plan158::journal::{Author, Event, Journal, RecordStamp, Step};
use plan158::plan::State;
use plan158::tui::drafts::note::Draft;
use plan158::tui::effect::Effect;
use plan158::tui::message::Message;
use rstest::rstest;
use serde_json::{Value, json};

use crate::screen::Session;

fn li() -> Session {
    Session::small().written_by("li")
}

/// What another person's program writes into the same folder.
fn another_writes(session: &Session, by: &str, events: Vec<Event>) {
    let plan = &session.model.loaded.plan;
    let mut journal = Journal::open(Some(session.journal_dir()), plan, session.model.view.as_of).unwrap();
    let now: jiff::ZonedDateTime = "2026-11-23T08:00:00+08:00[+08:00]".parse().unwrap();
    let stamp = RecordStamp::new(now, uuid::Uuid::now_v7());
    journal.append(plan, &Author::new(by).unwrap(), Step::new(events), &stamp).unwrap();
}

fn status(node: &str, status: State) -> Event {
    Event::Status { node: node.into(), status: Some(status), reason: None }
}

#[rstest]
#[case::a_star("3 j *", json!({"event": "star", "node": "a1"}))]
#[case::a_star_again("3 j * *", json!({"event": "unstar", "node": "a1"}))]
#[case::a_verdict_by_its_digit("3 j s 1", json!({"event": "status", "node": "a1", "status": "on-track", "reason": null}))]
#[case::a_verdict_by_arrows("3 j s Down Down Enter", json!({"event": "status", "node": "a1", "status": "limited", "reason": null}))]
#[case::the_sixth_is_not_started("3 j s 6", json!({"event": "status", "node": "a1", "status": "not-started", "reason": null}))]
#[case::taken_back("3 j s 1 s 9", json!({"event": "status", "node": "a1", "status": null, "reason": null}))]
#[case::progress("3 j p 4 0 Enter", json!({"event": "progress", "node": "a1", "progress": 40}))]
#[case::progress_cleared("3 j p 4 0 Enter p C-u Enter", json!({"event": "progress", "node": "a1", "progress": null}))]
#[case::a_note("3 j a o k Enter", json!({"event": "note", "node": "a1", "kind": "progress", "text": "ok"}))]
#[case::another_kind("3 j a Tab Tab Tab o k Enter", json!({"event": "note", "node": "a1", "kind": "question", "text": "ok"}))]
#[case::the_kind_before("3 j a S-Tab o k Enter", json!({"event": "note", "node": "a1", "kind": "decision", "text": "ok"}))]
#[case::a_new_tag("3 j t 急 Enter", json!({"event": "tag", "node": "a1", "tag": "急"}))]
#[case::the_tag_again("3 j t 急 Enter t Enter", json!({"event": "untag", "node": "a1", "tag": "急"}))]
#[case::on_the_card_too("3 j Enter *", json!({"event": "star", "node": "a1"}))]
fn these_keys_record(#[case] keys: &str, #[case] last: Value) {
    assert_eq!(li().keys(keys).events().last(), Some(&last));
}

#[test]
fn one_step_is_one_record_in_a_file_of_ones_own() {
    let session = li().keys("3 j * s 1 p 4 0 Enter");
    assert_eq!(session.journal_lines().len(), 3);
    let files: Vec<_> =
        fs::read_dir(session.journal_dir()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(files, ["li.jsonl"]);
    let notice = session.model.notice.clone().unwrap();
    assert_eq!(notice.en, "saved: progress a1 → 40% · u undoes");
}

#[test]
fn a_value_is_a_form_of_fields_read_the_way_the_metric_takes_them() {
    let form = li()
        .keys("3 j l j +")
        .typed("65.2")
        .keys("Tab")
        .typed("2026-06")
        .keys("Tab")
        .typed("about")
        .keys("Tab");
    let session = form.typed("statistics office").keys("Tab").typed("b").keys("Enter");
    let expected = json!({"event": "value", "node": "a1.share", "value": 65.2, "to": null, "label": null, "stage": null,
        "year": null, "on": "2026-06", "announced": null, "period": null, "bound": "about", "source": "statistics office", "grade": "B"});
    let events = session.events();
    let got = events.last().unwrap();
    for (key, value) in expected.as_object().unwrap() {
        let given = got.get(key).unwrap_or(&Value::Null);
        assert_eq!(given, value, "{key} of {got}");
    }
    assert!(session.model.compose.is_none());
}

#[rstest]
#[case("lots", "2026", 0)]
#[case("65", "soon", 1)]
#[case("165", "2026", 0)] // a percentage that is no gross rate
fn what_a_metric_does_not_take_is_said_at_its_field(
    #[case] value: &str,
    #[case] on: &str,
    #[case] field: usize,
) {
    let session = li().keys("3 j l j +").typed(value).keys("Tab").typed(on).keys("Enter");
    let compose = session.model.compose.as_ref().unwrap();
    assert!(compose.refused.is_some());
    assert_eq!((compose.at, compose.value(0), compose.value(1)), (field, value, on));
    assert_eq!(session.journal_lines().len(), 0);
}

#[test]
fn a_series_break_is_recorded_from_the_palette_of_a_metric() {
    let session = li().keys("3 j l j :").typed("series-break").keys("Enter").typed("soon").keys("Enter");
    assert!(session.model.compose.as_ref().unwrap().refused.is_some());
    let session = session.keys("C-u").typed("2025").keys("Enter");
    let event = session.events().pop().unwrap();
    assert_eq!((event["event"].as_str(), event["node"].as_str()), (Some("series-break"), Some("a1.share")));
    let share = session.model.plan().tree.find("a1.share").unwrap();
    assert_eq!(session.model.said(share).unwrap().breaks().len(), 1);
}

#[test]
fn values_are_for_metrics_only() {
    let session = li().keys("3 j +");
    assert!(session.model.compose.is_none());
    assert!(session.model.notice.clone().unwrap().en.contains("no metric"));
}

#[test]
fn a_verdict_that_departs_from_the_figures_asks_why_and_enter_leaves_it_out() {
    // 63.5 (2024) → 64.25 (2025) → 75 (2035) needs acceleration.
    let asked = || li().keys("3 j l j s 1");
    assert!(asked().model.compose.is_some());
    assert_eq!(asked().journal_lines().len(), 0);
    let without = asked().keys("Enter").events();
    assert_eq!(
        without,
        [json!({"event": "status", "node": "a1.share", "status": "on-track", "reason": null})]
    );
    let with = asked().typed("two more schools").keys("Enter").events();
    assert_eq!(with[0]["reason"], "two more schools");
    let cancelled = asked().typed("x").keys("Esc");
    assert_eq!(cancelled.journal_lines().len(), 0);
    let notice = cancelled.model.notice.clone().unwrap().en;
    assert!(notice.contains("the verdict is as it was; kept as a draft"), "{notice}");
    // The computed one wants none.
    assert_eq!(li().keys("3 j l j s 2").events().len(), 1);
}

#[test]
fn ones_own_note_can_be_edited_and_retracted_and_nobody_elses() {
    let session = li().keys("3 j a o n e Enter e").keys("C-u").typed("two").keys("Enter");
    let note = session.model.said_here().unwrap().notes().next().unwrap().clone();
    assert_eq!((&*note.text, note.edited.is_some()), ("two", true));
    let session = session.keys("d d");
    assert!(session.model.said_here().is_none_or(|said| said.notes().next().is_none()));
    let session = session.keys("u");
    assert_eq!(&*session.model.said_here().unwrap().notes().next().unwrap().text, "two");

    let session = li();
    another_writes(
        &session,
        "wang",
        vec![Event::Note {
            node: "a1".into(),
            kind: plan158::journal::NoteKind::Concern,
            text: "hers".into(),
        }],
    );
    let session = session.send(Message::JournalTouched).keys("3 j e");
    assert!(session.model.notice.as_ref().unwrap().en.contains("no note of yours"));
    // On the card the cursor can stand on it; before it comes the worst of the parts.
    let session = session.keys("Enter j j d d");
    assert!(
        session.model.notice.as_ref().unwrap().en.contains("wang wrote it"),
        "{:?}",
        session.model.notice
    );
    assert_eq!(session.journal_lines().len(), 1);
}

#[test]
fn several_own_notes_are_chosen_from() {
    let session = li().keys("3 j a o n e Enter a t w o Enter e");
    assert_eq!(session.model.layers[0].entries.len(), 2);
    let session = session.keys("2").keys("C-u").typed("first").keys("Enter");
    let texts: Vec<String> =
        session.model.said_here().unwrap().notes().map(|note| note.text.to_string()).collect();
    assert_eq!(texts, ["first", "two"], "the newest is offered first");
}

#[test]
fn a_note_of_several_lines_goes_to_the_editor() {
    let session = li().keys("3 j a").paste("one\ntwo").keys("Enter e");
    let Some(Effect::Edit(Draft { text, of, .. })) = session.host.effects.last() else {
        panic!("{:?}", session.host.effects)
    };
    assert_eq!((text.as_str(), of.is_some()), ("one\ntwo", true));
    let session = session.keys("A");
    assert!(matches!(session.host.effects.last(), Some(Effect::Edit(Draft { of: None, .. }))));
}

#[test]
fn undo_and_redo_name_what_they_turn_and_go_there_and_survive_a_restart() {
    let session = li().keys("3 j s 1 p 4 0 Enter g g");
    let session = session.keys("u");
    assert_eq!(session.model.notice.as_ref().unwrap().en, "undo: progress a1 → 40% at 09:02 · C-r redoes");
    assert_eq!(session.selected(), "a1");
    // As a program that was just started: nothing but the folder is left.
    let session = session.reopened("li").keys("C-r");
    assert_eq!(session.model.notice.as_ref().unwrap().en, "redo: progress a1 → 40% at 09:02");
    let session = session.keys("u u u");
    assert_eq!(session.model.notice.as_ref().unwrap().en, "nothing to undo");
    assert!(session.model.said_here().is_none());
}

#[test]
fn a_step_that_cannot_be_written_leaves_its_words_where_they_were_typed() {
    let session = li();
    fs::write(session.journal_dir(), "in the way").unwrap();
    let session = session.keys("3 j a").typed("a year's work").keys("Enter");
    let compose = session.model.compose.as_ref().unwrap();
    assert_eq!(compose.value(0), "a year's work");
    assert!(compose.refused.as_ref().unwrap().en.starts_with("not saved"));
    fs::remove_file(session.journal_dir()).unwrap();
    let session = session.keys("Enter");
    assert_eq!(session.events()[0]["text"], "a year's work");
}

#[test]
fn nobody_named_means_nothing_is_written_and_says_what_to_do() {
    let why = plan158::text::Bilingual::new("无", "nobody");
    let session = li().send(Message::Author(Err(why))).keys("3 j a x Enter");
    assert!(session.model.compose.clone().unwrap().refused.unwrap().en.contains("--author"));
}

#[test]
fn others_records_come_in_without_moving_the_place() {
    let session = li().keys("3 j l j");
    let before = session.selected();
    another_writes(&session, "wang", vec![status("a1", State::Limited), status("a2", State::OnTrack)]);
    let session = session.send(Message::JournalTouched);
    assert_eq!(session.selected(), before);
    let a1 = session.model.plan().tree.find("a1").unwrap();
    assert_eq!(session.model.state(a1), State::Limited);
    // Two verdicts that differ are marked.
    let session = session.keys("h s 1");
    let session = if session.model.compose.is_some() { session.keys("Enter") } else { session };
    assert!(session.model.said(a1).unwrap().is_disputed());
    let screen = session.screen();
    let row = screen.lines().find(|line| line.contains("a1")).unwrap();
    assert!(row.contains('!'), "{screen}");
}

#[rstest]
#[case::nothing_to_undo("u", "nothing to undo")]
#[case::nothing_to_redo("C-r", "nothing to redo")]
fn what_a_step_that_is_not_written_takes_in_shows_at_once(#[case] key: &str, #[case] said: &str) {
    let session = li();
    let orphan = Event::Star { node: "gone".into() };
    another_writes(&session, "wang", vec![status("a1.places", State::Limited), orphan]);
    // Nothing told of the change yet.
    let session = session.keys(key);
    assert_eq!(session.model.notice.as_ref().unwrap().en, said);
    let places = session.model.plan().tree.find("a1.places").unwrap();
    assert_eq!(session.model.state(places), State::Limited);
    let root = session.model.plan().tree.find("root").unwrap();
    assert_eq!(session.model.rollup(root).unwrap().by_state.get(State::Limited), 1);
    assert_eq!((session.model.outline.tail(), session.model.orphans().len()), (1, 1));
}

#[test]
fn rolled_up_states_follow_each_step() {
    let session = li();
    let root = session.model.plan().tree.find("root").unwrap();
    let on_track = |session: &Session| session.model.rollup(root).unwrap().by_state.get(State::OnTrack);
    assert_eq!(on_track(&session), 0);
    let session = session.keys("3 j l j j s 1");
    let session = if session.model.compose.is_some() { session.keys("Enter") } else { session };
    assert_eq!(on_track(&session), 1);
    assert_eq!(on_track(&session.keys("u")), 0);
}

#[test]
fn a_tag_is_renamed_everywhere_in_one_step() {
    let session = li().keys("3 j t 急 Enter j t Enter");
    let session =
        session.keys(":").typed("rename-tag").keys("Enter Enter").keys("C-u").typed("urgent").keys("Enter");
    assert_eq!(session.journal_lines().len(), 3);
    let tags = session.model.fold().unwrap().tags();
    assert_eq!(tags.iter().map(|used| (&*used.tag, used.nodes)).collect::<Vec<_>>(), [("urgent", 2)]);
}

#[test]
fn history_shows_each_moment_and_esc_comes_back_to_now() {
    let session = li().keys("3 j s 1 j s 2 2 k").keys("g h");
    let a1 = session.model.plan().tree.find("a1").unwrap();
    let a2 = session.model.plan().tree.find("a2").unwrap();
    assert_eq!(session.selected(), "a2", "the newest record is about a2");
    let session = session.keys("j");
    assert_eq!(session.selected(), "a1");
    assert_eq!((session.model.state(a1), session.model.state(a2)), (State::OnTrack, State::NotJudged));
    // Nothing can be written while one looks back.
    let session = session.keys("*");
    assert_eq!(session.journal_lines().len(), 2);
    let session = session.keys("Esc");
    assert!(session.model.pages.is_empty() && session.model.journal_view.past.is_none());
    assert_eq!((session.model.state(a2), session.selected().as_str()), (State::NeedsAcceleration, "p2"));
    let session = session.keys("g h j Enter");
    assert_eq!(session.selected(), "a1", "Enter stays at what the record is about");
}

#[test]
fn what_was_said_of_a_node_that_left_stands_in_the_last_rows_and_can_be_reattached() {
    let session = li();
    let note =
        Event::Note { node: "gone".into(), kind: plan158::journal::NoteKind::Progress, text: "kept".into() };
    another_writes(&session, "li", vec![note]);
    let session = session.send(Message::JournalTouched).keys("] o");
    assert_eq!(session.model.selected_orphan().map(|home| home.name.to_string()).as_deref(), Some("gone"));
    assert!(session.screen().contains("gone"));
    // From the rows one goes back up, and down to it again.
    assert_eq!(session.keys("k").selected(), "a2");
    let session = li();
    let note =
        Event::Note { node: "gone".into(), kind: plan158::journal::NoteKind::Progress, text: "kept".into() };
    another_writes(&session, "li", vec![note]);
    let session = session.send(Message::JournalTouched).keys("G");
    assert!(session.model.selected_orphan().is_some(), "the last row of all");
    let session = session.keys(":").typed("reattach").keys("Enter").typed("a2").keys("Enter");
    assert_eq!(session.events().last().unwrap(), &json!({"event": "reattach", "node": "gone", "to": "a2"}));
    assert!(session.model.orphans().is_empty());
    let a2 = session.model.plan().tree.find("a2").unwrap();
    assert_eq!(session.model.said(a2).unwrap().notes().count(), 1);
}

#[rstest]
#[case("] n", "a2")]
#[case("[ n", "a2")]
#[case("] u", "p1")]
#[case("] r", "a1.share")]
#[case("] c", "a1")]
fn one_jumps_by_meaning(#[case] keys: &str, #[case] to: &str) {
    let session = li().keys("4 j a x Enter 3 g g j s 1 g g");
    another_writes(&session, "wang", vec![status("a1", State::Limited)]);
    assert_eq!(session.send(Message::JournalTouched).keys(keys).selected(), to);
}

#[test]
fn a_jump_that_finds_nothing_says_so() {
    let session = li().keys("] o");
    assert!(session.model.notice.clone().unwrap().en.contains("lost its node"));
}

#[test]
fn a_plan_read_anew_keeps_what_is_being_written() {
    let session = li().keys("3 j a").typed("half a");
    let loaded = Arc::new((*session.model.loaded).clone());
    let session = session.send(Message::PlanRead(loaded)).typed(" note").keys("Enter");
    assert_eq!(session.events()[0]["text"], "half a note");
}

#[test]
fn a_bad_file_in_the_journal_is_told_once_and_again_only_when_it_has_changed() {
    let mut session = li().keys("3 j *");
    let file = session.journal_dir().join("wang.jsonl");
    let touched = |mut session: Session| {
        session.model.notice = None;
        let session = session.send(Message::JournalTouched);
        let told = session.model.notice.as_ref().map(|said| said.en.clone());
        (session, told)
    };
    fs::create_dir(&file).unwrap();
    let expected = "wang.jsonl: it is a folder, not a file; left out; gp lists them";
    let told;
    (session, told) = touched(session);
    assert_eq!(told.as_deref(), Some(expected));
    let told;
    (session, told) = touched(session);
    assert_eq!(told, None, "it was told before");
    // A second file of another kind is told by itself, and the first again once it was gone meanwhile.
    fs::create_dir(file.with_file_name("chen.jsonl")).unwrap();
    let told;
    (session, told) = touched(session);
    assert_eq!(told.unwrap(), expected.replace("wang", "chen"));
    fs::remove_dir(&file).unwrap();
    let told;
    (session, told) = touched(session);
    assert_eq!(told, None);
    fs::create_dir(&file).unwrap();
    let (session, told) = touched(session);
    assert_eq!(told.as_deref(), Some(expected));
    // What li wrote is there, and li goes on.
    let session = session.keys("*");
    assert_eq!(fs::read_to_string(session.journal_dir().join("li.jsonl")).unwrap().lines().count(), 2);
}

#[test]
fn a_bad_file_that_is_there_from_the_start_is_told_when_the_journal_is_read() {
    let session = li().keys("3 j *");
    fs::create_dir(session.journal_dir().join("wang.jsonl")).unwrap();
    let session = session.reopened("wang");
    let told = session.model.notice.as_ref().unwrap();
    assert_eq!(told.zh, "wang.jsonl：它是文件夹，不是文件；已跳过；gp 列出");
    // Wang's own words are not lost: they stay where they were typed, with the reason.
    let session = session.keys("3 j a").typed("precious").keys("Enter");
    assert!(session.screen().contains("precious"), "{}", session.screen());
    assert!(session.screen().contains("it is a folder"), "{}", session.screen());
}

#[test]
fn the_problems_of_the_journal_stand_in_the_list_of_problems() {
    let session = li().keys("3 j *");
    fs::create_dir(session.journal_dir().join("wang.jsonl")).unwrap();
    fs::write(session.journal_dir().join("chen.jsonl"), "no record\n").unwrap();
    let session = session.send(Message::JournalTouched).keys("g p");
    let titles: Vec<&str> =
        session.model.layers[0].entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(
        titles,
        ["wang.jsonl: it is a folder, not a file; left out", "chen.jsonl: no journal; skipped"]
    );
    let session = li().keys("g p");
    assert!(session.model.layers.is_empty());
    assert_eq!(session.model.notice.clone().unwrap().en, "the files of plan and journal have no problems");
}
