//! What the screen looks like, at the sizes and in the languages people use it in. Each snapshot was read by
//! eye before it was accepted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

mod growing;
mod keys;
mod monkey;
#[path = "support/screen.rs"]
mod screen;
#[path = "support/svg.rs"]
mod svg;
mod terminals;

use plan158::chart::Glyphs;
use plan158::journal::{Event, NoteKind};
use plan158::plan::State;
use plan158::plan::load::{PlanSource, load};
use plan158::tui::draw::paint;
use plan158::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use rstest::rstest;
use screen::{Session, plan};
use std::path::Path;

/// The pages and pop-ups that a user meets, by name, in one language at one size.
fn pages(lang: &str, size: &str) -> Vec<(&'static str, Session)> {
    let small = || Session::open(plan("small.toml"), lang, size).keys("3 j");
    let filtered = || small().keys("F").typed("kind:metric").keys("Enter");
    let said = || annotated(lang, size);
    let mut all = vec![
        ("outline", small().keys("l")),
        ("card", small().keys("l j Enter")),
        ("help", small().keys("?")),
        ("palette-filtered", small().keys(":").typed("fold")),
        ("links", small().keys("g d")),
        ("pending", small().keys("z")),
        ("zoomed", small().keys(". j g x")),
        ("find-tree", small().keys("/").typed("xingdong")),
        ("find-flat", small().keys("f").typed("position")),
        ("find-problem", small().keys(". /").typed("test knd:x")),
        ("find-complete", small().keys("F").typed("status:").keys("Tab Tab")),
        ("find-filter", filtered()),
        ("find-nothing", filtered().keys("/").typed("zzzz")),
        ("said-outline", said()),
        ("said-card", said().keys("Enter")),
        ("said-note", said().keys("a Tab").typed("谁负责？")),
        ("said-value", said().keys("j +").typed("lots").keys("Enter")),
        ("said-verdicts", said().keys("s")),
        ("said-reason", said().keys("j s 1")),
        ("said-tags", said().keys("t").typed("急")),
        ("said-history", said().keys("g h j")),
        ("said-orphan", said().keys("] o")),
    ];
    all.extend(review(lang, size));
    all.push(("review-blind", blind(lang, size)));
    all.extend(JUDGING.map(|(name, keys)| (name, judged(lang, size).keys(keys))));
    all
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

/// The card of a metric in a session in which a colleague has spoken, then the decided card one went back to,
/// the line for a reason, the minutes, and where the two agree.
fn review(lang: &str, size: &str) -> [(&'static str, Session); 5] {
    let status = |node: &str, status| Event::Status {
        node: node.into(),
        status: Some(status),
        reason: Some("慢".into()),
    };
    let note =
        Event::Note {
            node: "a1.share".into(), kind: NoteKind::Question, text: "第二批何时公布?".into()
        };
    let begun = || Session::open(plan("small.toml"), lang, size).written_by("li").keys("R Enter 1 -");
    let card = || {
        begun().meanwhile(
            "wang",
            vec![status("a1.share", State::Limited), note.clone(), status("p2", State::Limited)],
        )
    };
    let reason = || card().keys("4").typed("走弱");
    let decided = || reason().keys("Enter k");
    [
        ("review-card", card()),
        ("review-reason", reason()),
        ("review-decided", decided()),
        ("review-minutes", decided().keys("q")),
        ("agreement", decided().keys("q q g a")),
    ]
}

fn blind(lang: &str, size: &str) -> Session {
    let status = Event::Status { node: "p1".into(), status: Some(State::Limited), reason: None };
    let session =
        Session::open(plan("small.toml"), lang, size).written_by("li").meanwhile("wang", vec![status]);
    session.keys(":").typed("review-blind").keys("Enter J J")
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

/// The sizes and languages at which a page looks different in kind: between its first and its last line it is
/// compared whole there. The first line of each page is in `headers`, the last in `hints`.
const WHOLE: [(&str, &[&str]); 35] = [
    ("outline", &["80x24-zh", "120x40-both", "60x16-en"]),
    ("card", &["120x40-en", "60x16-zh", "80x24-both"]),
    ("help", &["80x24-en"]),
    ("palette-filtered", &["60x16-zh"]),
    ("links", &["80x24-zh"]),
    ("pending", &["60x16-en"]),
    ("zoomed", &["120x40-zh"]),
    ("find-tree", &["80x24-both", "120x40-zh"]),
    ("find-flat", &["120x40-en", "60x16-zh"]),
    ("find-problem", &["60x16-en", "120x40-zh"]),
    ("find-complete", &["80x24-zh"]),
    ("find-filter", &["120x40-both"]),
    ("find-nothing", &["60x16-zh"]),
    ("said-outline", &["80x24-en", "120x40-both"]),
    ("said-card", &["120x40-zh", "60x16-both"]),
    ("said-note", &["60x16-zh"]),
    ("said-value", &["80x24-en", "60x16-zh"]),
    ("said-verdicts", &["80x24-zh"]),
    ("said-reason", &["120x40-en"]),
    ("said-tags", &["80x24-both"]),
    ("said-history", &["120x40-zh", "60x16-en"]),
    ("said-orphan", &["80x24-zh"]),
    ("review-card", &["120x40-both", "60x16-en", "80x24-zh"]),
    ("review-reason", &["80x24-en"]),
    ("review-decided", &["120x40-zh"]),
    ("review-minutes", &["80x24-both", "120x40-en"]),
    ("agreement", &["80x24-zh", "120x40-en"]),
    ("review-blind", &["120x40-en", "60x16-zh"]),
    ("chart", &["120x40-zh", "60x16-en"]),
    ("explain", &["120x40-en", "60x16-zh"]),
    ("columns", &["120x40-en", "60x16-zh", "120x40-both"]),
    ("timeline", &["120x40-zh", "60x16-en"]),
    ("matrix", &["120x40-en", "60x16-zh"]),
    ("cell", &["80x24-zh"]),
    ("glance", &["120x40-en", "80x24-zh"]),
];

/// A screen in three parts: its first line, what lies between, its last line. Behind them stands the cursor.
fn parts(session: &Session) -> (String, String, String) {
    let screen = session.screen();
    let (lines, cursor) = screen.trim_end().rsplit_once('\n').unwrap();
    let (first, rest) = lines.split_once('\n').unwrap();
    let (between, last) = rest.rsplit_once('\n').unwrap();
    (first.to_owned(), format!("{between}\n{cursor}\n"), last.to_owned())
}

#[rstest]
fn pages_look_as_they_were_read(
    #[values("120x40", "80x24", "60x16")] size: &str,
    #[values("zh", "en", "both")] lang: &str,
) {
    let place = format!("{size}-{lang}");
    let (cols, lines) = size.split_once('x').unwrap();
    let (cols, lines): (usize, usize) = (cols.parse().unwrap(), lines.parse().unwrap());
    for (name, session) in pages(lang, size) {
        let screen = session.screen();
        let shown: Vec<&str> = screen.lines().collect();
        assert_eq!(shown.len(), lines + 1, "{name}-{place}: every line, and the cursor");
        assert!(
            shown[..lines].iter().all(|line| plan158::text::columns::cols(line) <= cols),
            "{name}-{place}"
        );
        assert!(
            !shown[0].trim().is_empty() && !shown[lines - 1].trim().is_empty(),
            "{name}-{place}:\n{screen}"
        );
        let (_, kept) = WHOLE.iter().find(|(known, _)| *known == name).unwrap();
        if kept.contains(&place.as_str()) {
            insta::assert_snapshot!(format!("{name}-{place}"), parts(&session).1);
        }
    }
}

/// The first and the last line of every page, in every language at every size: one label that changes shows in one
/// file.
#[test]
fn headers_and_hints_are_as_they_were_read() {
    let (mut headers, mut hints) = (String::new(), String::new());
    for lang in ["zh", "en", "both"] {
        for size in ["120x40", "80x24", "60x16"] {
            for (name, session) in pages(lang, size) {
                let (header, _, hint) = parts(&session);
                headers += &format!("{name:16} {size:6} {lang:4} | {}\n", header.trim_end());
                hints += &format!("{name:16} {size:6} {lang:4} | {}\n", hint.trim_end());
            }
        }
    }
    insta::assert_snapshot!("headers", headers);
    insta::assert_snapshot!("hints", hints);
}

#[rstest]
fn a_tiny_terminal_gets_a_message_or_nothing(
    #[values("0x0", "1x1", "2x2", "39x9", "39x40", "100x9")] size: &str,
) {
    let session = Session::open(plan("small.toml"), "zh", size);
    insta::assert_snapshot!(format!("tiny-{size}"), session.screen());
}

#[rstest]
fn colour_says_nothing_that_the_text_does_not(#[values("120x40", "60x16")] size: &str) {
    for (name, keys) in JUDGING {
        let session = judged("en", size).keys(keys);
        let area = Rect::new(0, 0, session.model.size.cols, session.model.size.lines);
        let mut plain = Buffer::empty(area);
        paint(&session.model, Theme::MONO, area, &mut plain);
        assert!(
            plain.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset),
            "{name}"
        );
        assert_eq!(session.screen_in(Theme::MONO), session.screen(), "{name}");
        // What is selected shows by more than colour.
        let marked = plain.content().iter().any(|cell| cell.modifier.intersects(Modifier::REVERSED));
        assert!(marked || ["chart", "explain", "glance"].contains(&name), "{name}");
    }
}

#[test]
fn charts_lines_and_marks_are_ascii_where_the_terminal_wants_it() {
    for (name, keys) in JUDGING.into_iter().filter(|(name, _)| ["chart", "timeline"].contains(name)) {
        let mut session = judged("en", "80x24");
        session.model.view.glyphs = Glyphs::Ascii;
        let screen = session.keys(keys).screen();
        let drawn = |c: char| matches!(c, '\u{2500}'..='\u{257f}' | '\u{2800}'..='\u{28ff}' | '▸' | '▾' | '✓' | '›' | '‹');
        assert!(!screen.contains(drawn), "{name}:\n{screen}");
        insta::assert_snapshot!(format!("{name}-ascii"), screen);
    }
}

/// The pictures of the README are real screens of the plan that the program carries.
#[rstest]
#[case::outline("outline-en", "en", "g g", "The outline of the 158N plan with the card of the overall goal")]
#[case::card("card-zh", "zh", "/ a 2 . s c h o o l - c o Enter", "“教共体”覆盖率的卡片，旁边是大纲")]
#[case::outline_zh("outline-zh", "zh", "g g", "158N 规划的大纲，旁边是总目标的卡片")]
#[case::card_en(
    "card-en",
    "en",
    "/ a 2 . s c h o o l - c o Enter",
    "The card of the coverage of school communities beside the outline"
)]
fn the_pictures_of_the_readme_are_fresh(
    #[case] name: &str,
    #[case] lang: &str,
    #[case] keys: &str,
    #[case] shows: &str,
) {
    let loaded = std::sync::Arc::new(load(&PlanSource::Bundled).unwrap());
    let session = Session::open(loaded, lang, "116x32").written_by("li").keys(keys);
    let area = Rect::new(0, 0, session.model.size.cols, session.model.size.lines);
    let mut buffer = Buffer::empty(area);
    paint(&session.model, Theme::DARK, area, &mut buffer);
    let made = svg::picture(&buffer, shows);
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/pictures/{name}.svg"));
    if std::env::var_os("WRITE_DOCS").is_some() {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(
        kept == made,
        "docs/pictures/{name}.svg is stale: WRITE_DOCS=1 cargo test --test screens pictures"
    );
}
