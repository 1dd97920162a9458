//! What takes time runs beside the screen: input waits for what it depends on, and for nothing else.

use plan158::journal::Author;
use plan158::tui::message::Message;

use crate::screen::Session;

fn li() -> Session {
    Session::small().written_by("li")
}

#[test]
fn keys_wait_for_a_step_that_is_being_written_and_are_done_in_their_order() {
    let mut session = li().keys("3 j");
    session.host.slow_journal = Some(Default::default());
    let before = session.selected();
    let session = session.keys("a").typed("first").keys("Enter j");
    assert!(session.is_held());
    assert_eq!(session.selected(), before, "the cursor waits");
    assert!(session.model.compose.is_some(), "what is not saved is not shown as saved");
    let session = session.journal_answers();
    assert!(!session.is_held() && session.model.compose.is_none());
    assert_ne!(session.selected(), before);
    assert_eq!(session.events()[0]["text"], "first");
}

#[test]
fn the_size_is_followed_while_a_step_is_being_written() {
    let mut session = li().keys("3 j");
    session.host.slow_journal = Some(Default::default());
    let session = session.keys("a").typed("first").keys("Enter").resize("60x16");
    assert!(session.is_held());
    assert_eq!((session.model.size.cols, session.model.size.lines), (60, 16));
    assert_eq!(session.screen().lines().count(), 17);
}

#[test]
fn a_long_wait_is_said_and_the_word_goes_with_it() {
    let mut session = li().keys("3 j");
    session.host.slow_journal = Some(Default::default());
    let mut session = session.keys("a").typed("first").keys("Enter");
    assert!(session.model.notice.is_none());
    session.turn().unwrap();
    assert!(session.model.notice.clone().unwrap().en.contains("your keys are queued"));
    let session = session.journal_answers();
    assert!(session.model.notice.clone().unwrap().en.starts_with("saved"));
}

#[test]
fn what_others_wrote_is_taken_in_without_holding_a_key_and_a_step_waits_for_it() {
    let mut session = li().keys("3 j");
    session.host.slow_journal = Some(Default::default());
    let before = session.selected();
    let mut session = session.send(Message::JournalTouched).keys("j");
    assert!(!session.is_held());
    assert_ne!(session.selected(), before);
    session = session.keys("a").typed("mine").keys("Enter");
    assert!(session.is_held());
    assert_eq!(session.host.acknowledged.len(), 0);
    let session = session.journal_answers().journal_answers();
    assert_eq!(session.host.acknowledged.len(), 1);
    assert!(!session.is_held());
}

#[test]
fn a_step_waits_until_it_is_known_who_writes() {
    let mut session = li().keys("3 j");
    session.expect_author();
    let before = session.selected();
    let session = session.keys("a").typed("first").keys("Enter j");
    assert!(session.is_held());
    assert_eq!((session.selected(), session.host.acknowledged.len()), (before.clone(), 0));
    let session = session.send(Message::Author(Ok(Author::new("zhao").unwrap())));
    assert!(!session.is_held());
    assert_ne!(session.selected(), before);
    assert!(session.journal_dir().join("zhao.jsonl").exists());
}

#[test]
fn who_writes_may_be_told_while_keys_wait_for_something_else() {
    let mut session = li().keys("3 j");
    session.host.slow_journal = Some(Default::default());
    let mut session = session.keys("a").typed("first").keys("Enter");
    session.expect_author();
    // Both wait for the step: the second note, and before it is asked for, the name it needs.
    let session = session.keys("a").typed("second").keys("Enter");
    let session = session.send(Message::Author(Ok(Author::new("zhao").unwrap())));
    let session = session.journal_answers().journal_answers();
    assert!(!session.is_held());
    assert_eq!(session.host.acknowledged.len(), 2);
    assert!(session.journal_dir().join("zhao.jsonl").exists());
}

#[test]
fn why_a_step_was_not_written_is_still_said_after_the_keys_that_waited() {
    let mut session = li().keys("3 j");
    session.host.slow_journal = Some(Default::default());
    let folder = session.journal_dir();
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    // Something is in the way of the folder, so that nothing can be written.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::write(&folder, "in the way").unwrap();
    let session = session.keys("a").typed("first").keys("Enter j").journal_answers();
    let compose = session.model.compose.as_ref().unwrap();
    assert_eq!(compose.value(0), "firstj");
    assert!(compose.refused.as_ref().unwrap().en.starts_with("not saved"), "{:?}", compose.refused);
}
