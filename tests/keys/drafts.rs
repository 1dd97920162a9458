//! Words that were typed and not recorded come back, and nothing is recorded cut.

use std::fs;

use plan158::journal::NoteKind;
use plan158::plan::load::{PlanSource, load};
use plan158::tui::compose::Asks;
use plan158::tui::drafts;
use plan158::tui::drafts::store::Durability;
use plan158::tui::drafts::{DraftEntry, DraftSubject, DraftWords, text};
use plan158::tui::effect::Effect;
use plan158::tui::message::Message;
use rstest::rstest;

use crate::screen::Session;

fn li() -> Session {
    Session::small().written_by("li")
}

fn line(session: &Session) -> &str {
    session.model.compose.as_ref().expect("a line is open").value(0)
}

fn notice(session: &Session) -> &str {
    session.model.notice.as_ref().map_or("", |notice| &notice.en)
}

fn remark(session: &Session) -> &str {
    session.model.compose.as_ref().and_then(|compose| compose.remark.as_ref()).map_or("", |said| &said.en)
}

#[rstest]
#[case::a_note("3 j a", "a note")]
#[case::an_edited_note("3 j a x Enter e", "xy")]
#[case::a_reason("3 j l j s 1", "two schools")]
#[case::a_value("3 j l j + Tab Tab Tab", "the bureau")]
fn esc_keeps_what_was_typed_and_the_same_keys_bring_it_back(#[case] keys: &str, #[case] words: &str) {
    let mut session = li().keys(keys).keys("C-u").typed(words).keys("Esc");
    assert!(session.model.compose.is_none());
    assert!(notice(&session).contains("kept as a draft"), "{}", notice(&session));
    assert_eq!(session.drafted(), [words]);
    let again =
        keys.rsplit_once("Enter ").map_or(keys, |(_, last)| last).replace("3 j l j ", "").replace("3 j ", "");
    let mut session = session.keys(&again);
    let fields = session.model.compose.as_ref().unwrap().words().in_one_line();
    assert_eq!(fields, words, "after {again}");
    assert!(remark(&session).contains("clear the words and press Esc"), "{}", remark(&session));
    assert_eq!(session.drafted(), [words]);
}

#[test]
fn a_draft_survives_a_restart_with_its_kind_and_goes_once_it_is_recorded() {
    let session = li().keys("3 j a Tab Tab Tab").typed("how is it").keys("Esc").reopened("li").keys("3 j a");
    assert_eq!(session.model.compose.as_ref().unwrap().asks, Asks::Note(NoteKind::Question));
    let mut session = session.typed(" counted?").keys("Enter");
    assert_eq!(
        (&session.events()[0]["kind"], &session.events()[0]["text"]),
        (&"question".into(), &"how is it counted?".into())
    );
    assert_eq!(session.drafted(), Vec::<String>::new());
    assert_eq!(line(&session.keys("a")), "");
}

#[rstest]
#[case("Esc")]
#[case("Enter")]
fn an_emptied_line_drops_the_draft_and_says_so(#[case] key: &str) {
    let mut session = li().keys("3 j a").typed("words").keys("Esc a C-u").keys(key);
    assert!(notice(&session).contains("the draft is dropped"), "{}", notice(&session));
    assert_eq!(session.drafted(), Vec::<String>::new());
    assert!(session.model.compose.is_none() && session.journal_lines().is_empty());
}

#[test]
fn another_node_another_entry_and_another_verdict_have_drafts_of_their_own() {
    let session = li().keys("3 j a").typed("of a1").keys("Esc j a");
    assert_eq!(line(&session), "");
    let session = session.keys("Esc k l j s 1").typed("because").keys("Esc s 4");
    assert_eq!(line(&session), "", "the reason was for another verdict");
    let session = session.keys("Esc s 1");
    assert_eq!(line(&session), "because");
    assert_eq!(session.keys("Esc a").model.compose.clone().unwrap().value(0), "");
}

#[test]
fn a_line_that_says_nothing_new_leaves_no_draft() {
    let mut session = li().keys("3 j a x Enter e Esc a Esc p 4 0 Esc");
    assert_eq!(session.drafted(), Vec::<String>::new());
    assert!(session.model.notice.is_none());
}

#[test]
fn words_that_cannot_be_kept_stay_in_the_line() {
    let mut session = li();
    let dir = session.drafts().dir().to_owned();
    fs::write(&dir, "in the way").unwrap();
    let session = session.keys("3 j a").typed("words").keys("Esc");
    let refused = session.model.compose.as_ref().and_then(|compose| compose.refused.as_ref());
    assert!(refused.is_some_and(|why| why.en.starts_with("the draft cannot be kept")), "{refused:?}");
    assert_eq!(line(&session), "words");
    // Recorded or emptied it can be left.
    assert!(session.keys("C-u Esc").model.compose.is_none());
}

#[test]
fn what_is_kept_meanwhile_is_one_file_that_follows_the_words() {
    let mut session = li().keys("3 j a").typed("one");
    let kept = |session: &mut Session| {
        session.pause();
        session.drafted()
    };
    assert_eq!(kept(&mut session), ["one"]);
    let mut session = session.typed(" two");
    assert_eq!(kept(&mut session), ["one two"]);
    let mut session = session.keys("Enter");
    assert_eq!(session.events()[0]["text"], "one two");
    assert_eq!(session.drafted(), Vec::<String>::new());
}

#[test]
fn two_screens_on_one_node_overwrite_nothing_of_one_another() {
    let mut one = li().keys("3 j a").typed("first");
    one.pause();
    // Another program takes it up while it is still being written.
    let mut two = li();
    two.share_drafts(&one);
    let two = two.keys("3 j a");
    assert_eq!(line(&two), "first");
    two.typed(" and hers").keys("Esc");
    let mut one = one.typed(" and his").keys("Esc");
    let mut drafted = one.drafted();
    drafted.sort();
    assert_eq!(drafted, ["first and hers", "first and his"]);
    // Both come back, one after the other.
    let session = one.keys("a");
    assert!(remark(&session).contains("1 more after it"), "{}", remark(&session));
    let session = session.keys("Enter a");
    assert!(!line(&session).is_empty());
    let session = session.keys("Enter");
    assert_eq!(session.events().len(), 2);
}

#[test]
fn what_an_editor_saved_later_is_taken_up_by_the_line() {
    let mut session = li();
    let store = session.drafts();
    let subject =
        DraftSubject { plan: session.model.plan().id.clone(), node: "a1".into(), entry: DraftEntry::Note };
    let template = text(&subject, "Action", &DraftWords::line(NoteKind::Progress, ""));
    let file = store.create(&subject, &template, Durability::Program).unwrap();
    let session = session.keys("3 j a");
    assert_eq!((line(&session), remark(&session)), ("", ""), "nothing was written yet");
    // Words of one's own go elsewhere: the window may still be open.
    let session = session.typed("mine").keys("Esc");
    fs::write(&file, "written in the window\n").unwrap();
    let mut session = session.keys("a");
    assert!(remark(&session).contains("1 more after it"), "{}", remark(&session));
    let mut drafted = session.drafted();
    drafted.sort();
    assert_eq!(drafted, ["mine", "written in the window"]);
}

#[test]
fn a_draft_of_an_earlier_version_is_taken_up() {
    let mut session = li();
    let store = session.drafts();
    fs::create_dir_all(store.dir()).unwrap();
    fs::write(store.dir().join("a1-4711-0.md"), "kind: concern\n\nof an earlier version\n").unwrap();
    let session = session.keys("3 j a");
    assert_eq!(line(&session), "of an earlier version");
    assert_eq!(session.model.compose.as_ref().unwrap().asks, Asks::Note(NoteKind::Concern));
    let mut session = session.keys("Enter");
    assert_eq!((session.events().len(), session.drafted()), (1, Vec::new()));
}

#[test]
fn a_draft_of_before_the_node_was_renamed_is_taken_up() {
    let before = li().keys("3 j a").typed("of the old name").keys("Esc");
    let dir = tempfile::TempDir::new().unwrap();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans/small.toml");
    let renamed = fs::read_to_string(path).unwrap().replace("\"a1\"", "\"a9\"");
    let renamed = renamed.replacen("id = \"a9\"", "id = \"a9\"\naliases = [\"a1\"]", 1);
    fs::write(dir.path().join("small.toml"), renamed).unwrap();
    let loaded = load(&PlanSource::Path(dir.path().join("small.toml"))).unwrap();
    let mut session = Session::open(loaded.into(), "en", "80x24").written_by("li");
    session.share_drafts(&before);
    let session = session.keys("3 j a");
    assert_eq!((session.selected().as_str(), line(&session)), ("a9", "of the old name"));
}

#[test]
fn a_draft_too_long_for_the_line_goes_to_the_editor() {
    let mut session = li();
    let store = session.drafts();
    let subject =
        DraftSubject { plan: session.model.plan().id.clone(), node: "a1".into(), entry: DraftEntry::Note };
    let long = text(&subject, "Action", &DraftWords::line(NoteKind::Progress, "字".repeat(10_001)));
    store.create(&subject, &long, Durability::Program).unwrap();
    let session = session.keys("3 j a");
    assert!(session.model.compose.is_none());
    assert!(matches!(session.host.effects.last(), Some(Effect::Edit(draft)) if draft.of.is_none()));
}

#[rstest]
#[case::at_once("", 10_001)]
#[case::on_top("x", 10_000)]
fn a_paste_over_the_limit_is_refused_whole(#[case] before: &str, #[case] count: usize) {
    let session = li().keys("3 j a").typed(before).paste(&"字".repeat(count));
    assert_eq!(line(&session), before);
    let refused = session.model.compose.as_ref().unwrap().refused.clone().unwrap();
    assert!(
        refused.en.contains("none was taken") && refused.en.contains(&count.to_string()),
        "{}",
        refused.en
    );
}

#[test]
fn a_paste_up_to_the_limit_goes_in_at_the_caret() {
    let session = li().keys("3 j a").typed("ab").keys("Left").paste(&"字".repeat(9_998));
    assert_eq!(line(&session).chars().count(), 10_000);
    let session = session.typed("x");
    assert_eq!(line(&session), format!("a{}b", "字".repeat(9_998)));
    // What was cut off and put in twice would be too long as well.
    let session = session.keys("Home C-k C-y C-y");
    assert_eq!(line(&session).chars().count(), 10_000);
    assert!(session.model.compose.as_ref().unwrap().refused.is_some());
}

#[test]
fn a_key_right_behind_esc_which_terminals_deliver_as_alt_is_not_typed_into_the_draft() {
    let mut session = li().keys("3 j a").typed("words").keys("A-j");
    assert_eq!((session.drafted(), session.selected().as_str()), (vec!["words".to_owned()], "a2"));
}

#[test]
fn a_draft_that_comes_late_does_not_touch_what_was_typed() {
    let session = li().keys("3 j a");
    let subject =
        DraftSubject { plan: session.model.plan().id.clone(), node: "a1".into(), entry: DraftEntry::Note };
    let draft = drafts::store::DraftFile {
        file: "gone".into(),
        text: String::new(),
        at: std::time::SystemTime::UNIX_EPOCH,
    };
    let words = DraftWords::line(NoteKind::Concern, "an older draft");
    let found = plan158::tui::compose::Found { subject, draft, words, more: 0, when: String::new() };
    let session = session.typed("mine").send(Message::DraftFound(Box::new(found)));
    assert_eq!(line(&session), "mine");
}
