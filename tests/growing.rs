//! A plan that is shown before all of it is read: what one does meanwhile counts, and nothing jumps when the
//! rest comes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::fs;
use std::sync::Arc;

use crate::screen::{Session, plan};
use plan158::plan::load::{Loaded, PlanSource, load};
use plan158::tui::message::Message;
use plan158::tui::place::SavedPlace;
use plan158::tui::view::Progress;
use plan158::tui::view::{Focus, Freshness};

/// The small plan up to a node's header; its problems are not known yet.
fn up_to(id: &str) -> Arc<Loaded> {
    let text = fs::read_to_string("tests/plans/small.toml").unwrap();
    let node = text.find(&format!("id = \"{id}\"")).unwrap();
    let header = text[..node].rfind("[[").unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("small.toml");
    fs::write(&file, &text[..header]).unwrap();
    let loaded = load(&PlanSource::Path(file)).unwrap();
    Arc::new(Loaded { plan: loaded.plan, ..Loaded::default() })
}

fn reading(done: usize) -> Freshness {
    Freshness::Reading(Progress { done, total: 9 })
}

/// The screen as it opens on a beginning.
fn opened_on(beginning: Arc<Loaded>) -> Session {
    let mut session = Session::open(beginning, "en", "80x24");
    session.model.freshness = reading(3);
    session
}

fn grew(plan: Arc<Loaded>, done: usize) -> Message {
    Message::PlanGrew(plan, Progress { done, total: 9 })
}

#[test]
fn the_header_says_how_far_the_reading_is_until_it_is_done() {
    let session = opened_on(up_to("p2")).resize("80x24");
    assert!(session.screen().lines().next().unwrap().contains("reading 3/9"));
    let loaded = Arc::clone(&session.model.loaded);
    let session = session.send(grew(loaded, 5));
    assert!(session.screen().lines().next().unwrap().contains("reading 5/9"));
    let session = session.send(Message::PlanRead(plan("small.toml")));
    assert!(!session.screen().contains("reading"));
    assert!(!session.screen().contains("read again"), "the first reading is no change");
}

#[test]
fn keys_work_at_once_and_the_cursor_stays_where_it_is_put() {
    let session = opened_on(up_to("a2")).keys("3 j l l j");
    assert_eq!(session.selected(), "a1.places");
    let line = |session: &Session| session.screen().lines().last().map(str::to_owned);
    let before = line(&session);
    let session = session.send(Message::PlanRead(plan("small.toml")));
    assert_eq!(session.selected(), "a1.places");
    assert_eq!(line(&session), before, "and on the same line of the screen");
    assert_eq!(session.model.plan().tree.count(), 8);
}

#[test]
fn a_first_frame_with_a_lonely_root_unfolds_like_a_whole_plan() {
    let whole = Session::open(plan("small.toml"), "en", "80x24").send(Message::Opened).screen();
    let grown = opened_on(up_to("p1")).send(grew(up_to("a1"), 5)).send(Message::PlanRead(plan("small.toml")));
    assert_eq!(grown.screen(), whole);
    // What the user has folded meanwhile stays so.
    let folded = opened_on(up_to("a1")).keys("h").send(Message::PlanRead(plan("small.toml")));
    assert_eq!(folded.model.outline.rows().count(), 1);
}

#[test]
fn a_kept_place_waits_for_its_node_and_gives_way_to_the_user() {
    let kept = SavedPlace::of(&Session::small().keys("3 j l l").model);
    let mut session = opened_on(up_to("a1"));
    session.model.take_up(kept.place(), Focus::Outline);
    assert_eq!(session.selected(), "root", "the nearest that is read");
    let waited = session.send(grew(up_to("a2"), 5));
    assert_eq!(waited.selected(), "a1.share");

    let mut session = opened_on(up_to("a1"));
    session.model.take_up(kept.place(), Focus::Outline);
    let moved = session.keys("j");
    assert_eq!(
        SavedPlace::of(&moved.model).open,
        ["root", "a1"],
        "a fold that is not read yet is not forgotten"
    );
    let moved = moved.send(Message::PlanRead(plan("small.toml")));
    assert_eq!(moved.selected(), "p1", "the user has moved, so the old place is over");
    assert_eq!(
        moved.model.outline.rows().count(),
        7,
        "and a1 stands open: root, p1, p2, a1 with two below it, a2"
    );
    assert_eq!(SavedPlace::of(&moved.model).open, ["root", "a1"]);
}

#[test]
fn help_stays_open_while_the_plan_grows() {
    let session = opened_on(up_to("a1")).keys("?").typed("fold");
    let before = session.screen();
    let session = session.send(Message::PlanRead(plan("small.toml")));
    let body = |text: &str| text.lines().skip(4).take(12).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(body(&session.screen()), body(&before));
}
