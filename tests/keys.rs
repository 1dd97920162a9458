//! Keys in, state out: the real keymap and the real update over a small plan.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "keys/annotate.rs"]
mod annotate;
#[path = "keys/drafts.rs"]
mod drafts;
#[path = "keys/find.rs"]
mod find;
#[path = "keys/identity.rs"]
mod identity;
#[path = "keys/judging.rs"]
mod judging;
#[path = "keys/late.rs"]
mod late;
#[path = "keys/review.rs"]
mod review;
#[path = "keys/rows.rs"]
mod rows;
#[path = "keys/takeaway.rs"]
mod takeaway;
#[path = "keys/waiting.rs"]
mod waiting;

use std::sync::Arc;

use crate::screen::{Session, plan};
use plan158::text::ShownLanguages;
use plan158::text::Ui;
use plan158::tui::command::Context;
use plan158::tui::effect::{Effect, MouseCapture};
use plan158::tui::message::Message;
use plan158::tui::place::SavedPlace;
use plan158::tui::view::{Focus, Freshness};
use rstest::rstest;

#[rstest]
#[case::it_opens_on_the_first_row("", "root")]
#[case::j_and_k("j j j k", "p2")]
#[case::arrows("Down Down Up", "p1")]
#[case::a_count("3 j", "a1")]
#[case::a_full_width_count("３ ｊ", "a1")]
#[case::ends("G", "a2")]
#[case::the_first_row_again("G g g", "root")]
#[case::the_fourth_row("4 g g", "a1")]
#[case::unfold_and_enter("3 j l l", "a1.share")]
#[case::back_to_the_parent("3 j l l h", "a1")]
#[case::siblings("j J J", "a1")]
#[case::the_sibling_before("4 j K", "a1")]
#[case::the_parent("3 j l j H", "a1")]
#[case::following_a_link("3 j g d Enter", "p1")]
#[case::choosing_another_link("3 j g d j Enter", "p2")]
#[case::following_the_only_link("4 j g d", "p2")]
#[case::served_by_is_a_link_too("j g d", "a1")]
#[case::back_from_a_link("4 j g d C-o", "a2")]
#[case::back_and_forward("4 j g d C-o ] j", "p2")]
#[case::bracket_j_goes_back_too("4 j g d 【 j", "a2")]
#[case::a_jump_to_the_end_can_be_taken_back("j G C-o", "p1")]
#[case::a_mark("2 j m a G ' a", "p2")]
#[case::a_mark_can_be_chinese("2 j m 教 G ' 教", "p2")]
#[case::the_palette_runs_a_command(": Enter", "p1")]
#[case::zoom_keeps_the_node("3 j .", "a1")]
fn after_these_keys_the_cursor_is_on(#[case] keys: &str, #[case] id: &str) {
    assert_eq!(Session::small().keys(keys).selected(), id);
}

#[test]
fn esc_cancels_one_thing_at_a_time_and_never_quits_or_leaves_the_zoom() {
    let session = Session::small().keys("3 j .").keys("? Esc");
    assert!(session.model.layers.is_empty());
    let session = session.keys("z Esc Esc Esc C-c");
    assert!(session.model.outline.scope().is_some());
    assert!(session.host.effects.is_empty());
    let notice = session.model.notice.clone().unwrap();
    assert!(notice.en.contains("q quits") && notice.zh.contains("q 退出"));
}

#[test]
fn q_goes_back_from_lists_and_the_narrow_card_before_it_quits() {
    let session = Session::small().keys("? Esc j Enter");
    assert_eq!(session.model.focus, Focus::Card);
    let session = session.keys("q");
    assert_eq!((session.model.focus, session.host.effects.len()), (Focus::Outline, 0));
    let session = session.keys("2 j g d q q");
    assert_eq!(session.host.effects, [Effect::Quit]);
    assert_eq!(Session::small().keys("Q").host.effects, [Effect::Quit]);
}

#[test]
fn enter_opens_the_card_and_on_the_card_the_list_of_what_can_be_done_quit_included() {
    let session = Session::small().keys("3 j Enter Enter");
    let names: Vec<&str> = session.model.layers[0].entries.iter().map(|entry| entry.right.as_str()).collect();
    assert!(
        names.contains(&"follow-link") && names.contains(&"quit") && names.contains(&"zoom-in"),
        "{names:?}"
    );
    assert!(!names.contains(&"zoom-out"), "nothing is zoomed: {names:?}");
    let session = session.typed("quit").keys("Enter");
    assert_eq!(session.model.focus, Focus::Outline, "quit goes back from the card first");
}

#[test]
fn arrows_enter_and_esc_alone_reach_a_links_target() {
    let session = Session::small().keys("Down Down Down Enter Enter").typed("link").keys("Enter Down Enter");
    assert_eq!(session.selected(), "p2");
}

#[test]
fn on_the_card_j_and_k_move_over_its_links_and_gd_follows_the_selected_one() {
    let session = Session::open(plan("small.toml"), "en", "120x40").keys("3 j Tab j j j g d");
    assert_eq!(session.selected(), "p2");
}

#[test]
fn gl_goes_from_language_to_language_to_both_and_the_program_speaks_along() {
    let session = Session::small();
    let seen: Vec<(ShownLanguages, Ui)> = (0..4)
        .scan(session, |session, _| {
            let next = std::mem::replace(session, Session::small()).keys("");
            *session = next;
            let view = (session.model.view.show, session.model.view.ui);
            let taken = std::mem::replace(session, Session::small());
            let show = taken.model.view.show;
            *session = taken.keys("g l");
            assert_ne!(show, session.model.view.show);
            Some(view)
        })
        .collect();
    let views: Vec<Ui> = seen.iter().map(|(_, ui)| *ui).collect();
    assert_eq!(views[0], Ui::En);
    assert!(seen.iter().any(|(show, _)| matches!(show, ShownLanguages::Both(..))));
}

#[test]
fn help_is_filtered_by_either_language_and_by_keys() {
    for (typed, name) in [
        ("unfold all", "unfold-all"),
        ("全部展开", "unfold-all"),
        ("zR", "unfold-all"),
        ("zoom-in", "zoom-in"),
    ] {
        let session = Session::small().keys("?").typed(typed);
        assert_eq!(session.model.context(), Context::Input);
        assert_eq!(session.model.layers[0].entries[0].right, name, "{typed}");
    }
    let none = Session::small().keys("?").typed("qqqqqq");
    assert!(none.model.layers[0].entries.is_empty());
    assert!(none.keys("Enter Down Up PageDown").model.layers.len() == 1, "nothing to take, nothing happens");
}

#[test]
fn a_quick_esc_delivered_as_alt_counts_as_esc_and_then_the_key() {
    let session = Session::small().keys("g d A-j");
    assert!(session.model.layers.is_empty());
    assert_eq!(session.selected(), "p1");
}

#[test]
fn pasted_text_never_runs_as_commands() {
    let session = Session::small().paste("QQjjGq教育\u{1b}[31m");
    assert_eq!((session.model.context(), session.host.effects.len()), (Context::Input, 0));
    let session = session.keys("Esc");
    assert_eq!(session.selected(), "root");
    let session = session.keys("?").send(Message::Pasted("全部\n展开\u{1b}".into()));
    assert_eq!(session.model.layers[0].input.as_ref().unwrap().value(), "全部 展开\u{FFFD}");
}

#[test]
fn unbound_keys_say_so_and_do_nothing() {
    let session = Session::small().keys("z x");
    assert!(session.model.notice.as_ref().unwrap().en.starts_with("zx is bound to nothing"));
    let session = session.keys("j");
    assert!(session.model.notice.is_none());
}

#[test]
fn the_mouse_selects_folds_and_scrolls_and_can_be_given_away() {
    let session = Session::small();
    let line = session.model.panes.outline.unwrap().y;
    let session = session.click(20, line + 3);
    assert_eq!(session.selected(), "a1");
    let rows = session.model.outline.rows().count();
    let session = session.click(20, line + 3);
    assert_eq!(session.model.outline.rows().count(), rows + 2, "a double click unfolds");
    let session = session.wait_ms(2000).click(20, line + 3).wait_ms(2000).click(20, line + 3);
    assert_eq!(session.model.outline.rows().count(), rows + 2, "two slow clicks are no double click");
    let session = session.keys("g M");
    assert_eq!(session.host.effects, [Effect::CaptureMouse(MouseCapture::Off)]);
}

#[test]
fn resizing_never_loses_the_place() {
    let sizes = ["120x40", "0x0", "1x1", "2x2", "39x9", "60x16", "200x60", "80x24"];
    let mut session = Session::small().keys("3 j l l");
    for size in sizes {
        session = session.resize(size);
        assert_eq!(session.selected(), "a1.share", "{size}");
        let _ = session.screen();
    }
}

#[test]
fn a_changed_plan_keeps_folds_and_cursor_and_a_broken_one_keeps_the_last_good() {
    let good = plan("small.toml");
    let session = Session::small().keys("3 j l l").send(Message::PlanRead(Arc::clone(&good)));
    assert_eq!(session.selected(), "a1.share");
    let broken =
        plan158::plan::load::load(&plan158::plan::load::PlanSource::Path("tests/plans/none-such".into()))
            .unwrap_err();
    let session = session.send(Message::PlanBroke(broken.diagnostics.into()));
    assert!(matches!(session.model.freshness, Freshness::Stale(_)));
    assert_eq!(session.model.plan().tree.count(), good.plan.tree.count());
    assert!(session.screen().contains("showing the plan as last read"));
    let session = session.send(Message::PlanRead(good));
    assert!(matches!(session.model.freshness, Freshness::Whole));
}

#[test]
fn the_place_is_kept_and_taken_up_again() {
    let session = Session::small().keys("3 j l l m a g l");
    let kept = SavedPlace::of(&session.model);
    let text = serde_json::to_string(&kept).unwrap();
    let kept: SavedPlace = serde_json::from_str(&text).unwrap();
    let mut again = Session::small();
    again.model.take_up(kept.place(), Focus::Outline);
    assert_eq!(again.selected(), "a1.share");
    assert_eq!(kept.show(again.model.plan()), Some(session.model.view.show));
    assert_eq!(kept.marks(), session.model.marks);
    // A file of a later version, with fields unknown here, is read as far as it goes.
    let later: SavedPlace = serde_json::from_str(r#"{"cursor":["a1"],"new":{"deep":[1]}}"#).unwrap();
    assert_eq!(later.cursor, ["a1"]);
}

/// A journal in a scratch folder with one person's verdict and note on `a1`.
fn annotated(loaded: &plan158::plan::load::Loaded, folder: &std::path::Path) -> plan158::journal::Journal {
    let line = r#"{"v":1,"id":"0198c0de-0000-7000-8000-000000000001","seq":1,"at":"2026-11-02T10:00:00.000+08:00","by":"li","plan":"small","session":null,"events":[{"event":"status","node":"a1","status":"on-track","reason":"seen on site"},{"event":"note","node":"a1","kind":"progress","text":"第二轮已启动\u001b[31m"}]}"#;
    std::fs::write(folder.join("li.jsonl"), format!("{line}\n")).unwrap();
    let as_of = plan158::plan::as_of::AsOf::parse("2026-11-23").unwrap();
    plan158::journal::Journal::open(Some(folder.to_owned()), &loaded.plan, as_of).unwrap()
}

#[test]
fn what_people_added_shows_with_who_said_it_and_never_raw() {
    let folder = tempfile::tempdir().unwrap();
    let loaded = plan("small.toml");
    let journal = Arc::new(annotated(&loaded, folder.path()));
    let session = Session::open(Arc::clone(&loaded), "en", "120x40").keys("3 j");
    assert!(!session.screen().contains("on track"));
    let session = session.send(Message::JournalRead(loaded, journal));
    let screen = session.screen();
    for said in ["+ on track", "li", "seen on site", "第二轮已启动\u{FFFD}[31m"] {
        assert!(screen.contains(said), "{said} in\n{screen}");
    }
}

#[test]
fn a_journal_read_for_another_load_of_the_plan_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let loaded = plan("small.toml");
    let journal = Arc::new(annotated(&loaded, folder.path()));
    let session = Session::small().send(Message::JournalRead(loaded, journal));
    assert!(session.model.journal_view.journal.is_none(), "the numbers of nodes are another load's");
}
