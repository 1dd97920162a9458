//! What the screen looks like, at the sizes and in the languages people use it in. Each snapshot was read by
//! eye before it was accepted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

mod growing;
mod keys;
mod monkey;
#[path = "support/screen.rs"]
mod screen;

use plan158::chart::Glyphs;
use plan158::journal::{Event, NoteKind};
use plan158::plan::State;
use plan158::tui::draw::paint;
use plan158::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use rstest::rstest;
use screen::{Session, plan};

#[rstest]
fn the_outline_and_the_card(
    #[values("120x40", "80x24", "60x16")] size: &str,
    #[values("zh", "en", "both")] lang: &str,
) {
    let session = Session::open(plan("small.toml"), lang, size).keys("3 j l");
    insta::assert_snapshot!(format!("outline-{size}-{lang}"), session.screen());
    let session = session.keys("j Enter");
    insta::assert_snapshot!(format!("card-{size}-{lang}"), session.screen());
}

#[rstest]
fn a_tiny_terminal_gets_a_message_or_nothing(
    #[values("0x0", "1x1", "2x2", "39x9", "39x40", "100x9")] size: &str,
) {
    let session = Session::open(plan("small.toml"), "zh", size);
    insta::assert_snapshot!(format!("tiny-{size}"), session.screen());
}

#[rstest]
fn lists_and_pop_ups(#[values("120x40", "80x24", "60x16")] size: &str, #[values("zh", "en")] lang: &str) {
    let open = || Session::open(plan("small.toml"), lang, size).keys("3 j");
    insta::assert_snapshot!(format!("help-{size}-{lang}"), open().keys("?").screen());
    insta::assert_snapshot!(
        format!("palette-filtered-{size}-{lang}"),
        open().keys(":").typed("fold").screen()
    );
    insta::assert_snapshot!(format!("links-{size}-{lang}"), open().keys("g d").screen());
    insta::assert_snapshot!(format!("pending-{size}-{lang}"), open().keys("z").screen());
    insta::assert_snapshot!(format!("zoomed-{size}-{lang}"), open().keys(". j g x").screen());
}

#[rstest]
fn finding(#[values("120x40", "80x24", "60x16")] size: &str, #[values("zh", "en", "both")] lang: &str) {
    let open = || Session::open(plan("small.toml"), lang, size).keys("3 j");
    insta::assert_snapshot!(format!("find-tree-{size}-{lang}"), open().keys("/").typed("xingdong").screen());
    insta::assert_snapshot!(format!("find-flat-{size}-{lang}"), open().keys("f").typed("position").screen());
    insta::assert_snapshot!(
        format!("find-problem-{size}-{lang}"),
        open().keys(". /").typed("test knd:x").screen()
    );
    insta::assert_snapshot!(
        format!("find-complete-{size}-{lang}"),
        open().keys("F").typed("status:").keys("Tab Tab").screen()
    );
    let filtered = open().keys("F").typed("kind:metric").keys("Enter");
    insta::assert_snapshot!(format!("find-filter-{size}-{lang}"), filtered.screen());
    insta::assert_snapshot!(format!("find-nothing-{size}-{lang}"), filtered.keys("/").typed("zzzz").screen());
}

/// What somebody wrote on the small plan: a note, a verdict, progress, a star, tags; and a note on a node
/// that has left the plan.
fn annotated(lang: &str, size: &str) -> Session {
    let session = Session::open(plan("small.toml"), lang, size).written_by("li");
    let gone = "{\"v\":1,\"id\":\"r1\",\"seq\":1,\"at\":\"2026-11-20T10:00:00.000+08:00\",\"by\":\"wang\",\"plan\":\"small\",\"session\":null,\
        \"events\":[{\"event\":\"note\",\"node\":\"gone\",\"kind\":\"concern\",\"text\":\"where did it go?\"},\
        {\"event\":\"status\",\"node\":\"a1\",\"status\":\"limited\",\"reason\":\"两处未动\"}]}\n";
    std::fs::create_dir_all(session.journal_dir()).unwrap();
    std::fs::write(session.journal_dir().join("wang.jsonl"), gone).unwrap();
    session
        .send(plan158::tui::message::Message::JournalTouched)
        .keys("3 j s 1 a 分 母 ？ Enter p 4 0 Enter * l")
}

#[rstest]
fn annotating(#[values("120x40", "80x24", "60x16")] size: &str, #[values("zh", "en", "both")] lang: &str) {
    let open = || annotated(lang, size);
    insta::assert_snapshot!(format!("said-outline-{size}-{lang}"), open().screen());
    insta::assert_snapshot!(format!("said-card-{size}-{lang}"), open().keys("Enter").screen());
    insta::assert_snapshot!(
        format!("said-note-{size}-{lang}"),
        open().keys("a Tab").typed("谁负责？").screen()
    );
    insta::assert_snapshot!(
        format!("said-value-{size}-{lang}"),
        open().keys("j +").typed("lots").keys("Enter").screen()
    );
    insta::assert_snapshot!(format!("said-verdicts-{size}-{lang}"), open().keys("s").screen());
    insta::assert_snapshot!(format!("said-reason-{size}-{lang}"), open().keys("j s 1").screen());
    insta::assert_snapshot!(format!("said-tags-{size}-{lang}"), open().keys("t").typed("急").screen());
    insta::assert_snapshot!(format!("said-history-{size}-{lang}"), open().keys("g h j").screen());
    insta::assert_snapshot!(format!("said-orphan-{size}-{lang}"), open().keys("] o").screen());
}

/// The card of a metric in a session in which a colleague has spoken, then the decided card one went back to,
/// the line for a reason, the minutes, and where the two agree.
#[rstest]
fn reviewing(#[values("120x40", "80x24", "60x16")] size: &str, #[values("zh", "en", "both")] lang: &str) {
    let status = |node: &str, status| Event::Status {
        node: node.into(),
        status: Some(status),
        reason: Some("慢".into()),
    };
    let note =
        Event::Note {
            node: "a1.share".into(), kind: NoteKind::Question, text: "第二批何时公布?".into()
        };
    let session = Session::open(plan("small.toml"), lang, size).written_by("li").keys("R Enter 1 -");
    let said = vec![status("a1.share", State::Limited), note, status("p2", State::Limited)];
    let session = session.meanwhile("wang", said);
    insta::assert_snapshot!(format!("review-card-{size}-{lang}"), session.screen());
    let session = session.keys("4").typed("走弱");
    insta::assert_snapshot!(format!("review-reason-{size}-{lang}"), session.screen());
    let session = session.keys("Enter k");
    insta::assert_snapshot!(format!("review-decided-{size}-{lang}"), session.screen());
    let session = session.keys("q");
    insta::assert_snapshot!(format!("review-minutes-{size}-{lang}"), session.screen());
    let session = session.keys("q g a");
    insta::assert_snapshot!(format!("agreement-{size}-{lang}"), session.screen());
}

#[rstest]
fn reviewing_blind(#[values("120x40", "60x16")] size: &str, #[values("zh", "en")] lang: &str) {
    let status = Event::Status { node: "p1".into(), status: Some(State::Limited), reason: None };
    let session =
        Session::open(plan("small.toml"), lang, size).written_by("li").meanwhile("wang", vec![status]);
    let session = session.keys(":").typed("review-blind").keys("Enter J J");
    insta::assert_snapshot!(format!("review-blind-{size}-{lang}"), session.screen());
}

/// The pages and looks of judging, over a plan whose figures are made up.
const JUDGING: [(&str, &str); 7] = [
    ("chart", "z R 8 g g Enter"),
    ("explain", "z R 8 g g ="),
    ("columns", "z R 8 g g g c 4 > o"),
    ("timeline", "z R 8 g g g y"),
    ("matrix", "g m j l"),
    ("cell", "g m j l Enter"),
    ("glance", "Enter"),
];

fn judged(lang: &str, size: &str) -> Session {
    Session::open(plan("judged.toml"), lang, size).written_by("li")
}

#[rstest]
fn judging(#[values("120x40", "80x24", "60x16")] size: &str, #[values("zh", "en")] lang: &str) {
    for (name, keys) in JUDGING {
        insta::assert_snapshot!(format!("{name}-{size}-{lang}"), judged(lang, size).keys(keys).screen());
    }
}

#[rstest]
fn columns_in_two_languages_stand_below_one_another(#[values("120x40", "60x16")] size: &str) {
    let session = judged("both", size).keys("z R 8 g g g c >");
    insta::assert_snapshot!(format!("columns-{size}-both"), session.screen());
}

#[rstest]
fn colour_says_nothing_that_the_text_does_not(#[values("120x40", "60x16")] size: &str) {
    for (name, keys) in JUDGING {
        let session = judged("en", size).keys(keys);
        let area = Rect::new(0, 0, session.model.size.cols, session.model.size.lines);
        let mut plain = Buffer::empty(area);
        paint(&session.model, Theme::Plain, area, &mut plain);
        assert!(
            plain.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset),
            "{name}"
        );
        assert_eq!(session.screen_in(Theme::Plain), session.screen(), "{name}");
        // What is selected shows by more than colour.
        let marked = plain.content().iter().any(|cell| cell.modifier.intersects(Modifier::REVERSED));
        assert!(marked || ["chart", "explain", "glance"].contains(&name), "{name}");
    }
}

#[test]
fn charts_are_ascii_where_the_terminal_wants_it() {
    for (name, keys) in JUDGING.into_iter().filter(|(name, _)| ["chart", "timeline"].contains(name)) {
        let mut session = judged("en", "80x24");
        session.model.view.glyphs = Glyphs::Ascii;
        let screen = session.keys(keys).screen();
        // The rules of the frame, folds and states stay as they are; charts have no sign of their own
        // besides.
        let drawn =
            |c: char| matches!(c, '\u{2800}'..='\u{28ff}' | '┊' | '┤' | '└' | '┬' | '━' | '✓' | '›' | '‹');
        assert!(!screen.contains(drawn), "{name}:\n{screen}");
        insta::assert_snapshot!(format!("{name}-ascii"), screen);
    }
}
