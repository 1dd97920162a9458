//! Tests of what long texts cost: the bytes that are looked at for a first layout, and for each key after it.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rstest::rstest;

use super::chord::Chord;
use super::commands;
use super::content::Content;
use super::draw::paint;
use super::layout::laid_out;
use super::message::{Message, Size};
use super::model::Model;
use super::theme::Theme;
use super::update::update;
use super::view::View;
use crate::chart::Glyphs;
use crate::journal::{Author, Event, Journal, NoteKind, RecordStamp, Step};
use crate::page::block::{Block, Inline};
use crate::plan::as_of::AsOf;
use crate::plan::load::{PlanSource, load};
use crate::progress::RuleRef;
use crate::text::Ui;
use crate::text::language::{LanguageRequest, Locale, choose};
use crate::text::work::work_of;

const SIZE: Size = Size { cols: 120, lines: 40 };

/// Texts that break nowhere, everywhere, have no width, or are one letter under many accents.
const KINDS: [&str; 8] = ["x", "e\u{301}", "\u{301}", "教", "👩\u{200d}🏫", "   ", "ab ", "\u{200b}"];

/// Where a plan has a long text.
#[derive(Clone, Copy)]
enum Place {
    Title,
    Summary,
    Tag,
    Unit,
    PlanTitle,
    Mark,
    Note,
}

fn is(place: Place, wanted: Place) -> bool {
    std::mem::discriminant(&wanted) == std::mem::discriminant(&place)
}

fn long(text: &str) -> String {
    format!("a{text}b")
}

/// A plan of three nodes in TOML, the first with a long text in one place.
fn plan_with(place: Place, text: &str) -> String {
    let or = |wanted: Place, short: &str| if is(place, wanted) { long(text) } else { short.to_owned() };
    format!(
        r#"
format = 1
id = "long"
title = {{ zh = "规划", en = "{}" }}
period = {{ start = 2024, end = 2035 }}
checkpoints = [2027, 2035]
[[level]]
id = "goal"
role = "goal"
mark = "{}"
label = {{ zh = "目标", en = "Goal" }}
[[level]]
id = "indicator"
role = "metric"
mark = "i"
label = {{ zh = "指标", en = "Indicator" }}
[[source]]
id = "s"
title = {{ zh = "文件", en = "Document" }}
[[goal]]
id = "a"
level = "goal"
title = {{ zh = "甲", en = "{}" }}
summary = {{ zh = "甲", en = "{}" }}
tags = ["{}"]
evidence = [{{ source = "s", basis = "stated" }}]
[[metric]]
id = "m"
level = "indicator"
parent = "a"
title = {{ zh = "指标", en = "Metric" }}
measure = "unit"
unit = {{ zh = "件", en = "{}" }}
direction = "increase"
baseline = {{ year = 2024, value = 1, source = "s" }}
target = [{{ year = 2035, value = 9, source = "s" }}]
evidence = [{{ source = "s", basis = "stated" }}]
[[goal]]
id = "b"
level = "goal"
title = {{ zh = "乙", en = "B" }}
evidence = [{{ source = "s", basis = "stated" }}]
"#,
        or(Place::PlanTitle, "Plan"),
        or(Place::Mark, "G"),
        or(Place::Title, "A"),
        or(Place::Summary, "About A"),
        or(Place::Tag, "tag"),
        or(Place::Unit, "pcs"),
    )
}

/// Such a plan on the screen.
fn open(place: Place, text: &str) -> Model {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("plan.toml");
    std::fs::write(&file, plan_with(place, text)).unwrap();
    let loaded = Arc::new(load(&PlanSource::Path(file)).unwrap());
    assert_eq!(loaded.plan.tree.count(), 3, "{:?}", loaded.diagnostics.first());
    let choice = choose(&loaded.plan.languages, &LanguageRequest::parse("en"), Locale::Other).unwrap();
    let as_of = AsOf::parse("2026-11-23").unwrap();
    let (show, ui, glyphs) = (choice.show, choice.ui, Glyphs::Unicode);
    let view = View { show, ui, locale: Locale::Other, rule: RuleRef::PACE, as_of, glyphs };
    let mut model = laid_out(Model::new(Arc::clone(&loaded), view, Arc::new(commands::keymap(&[]).0), SIZE));
    if is(place, Place::Note) {
        let mut journal = Journal::open(Some(home.path().join("journal")), &loaded.plan, as_of).unwrap();
        let note = Event::Note { node: "a".into(), kind: NoteKind::Progress, text: long(text).into() };
        let stamp = RecordStamp::new(
            "2026-11-22T09:00:00+08:00[+08:00]".parse().unwrap(),
            uuid::Uuid::from_u128(0x0193_5000_0000_7000_8000_0000_0000_0001),
        );
        journal.append(&loaded.plan, &Author::new("li").unwrap(), Step::new(vec![note]), &stamp).unwrap();
        update(&mut model, Message::JournalRead(loaded, Arc::new(journal)), 0);
    }
    model
}

/// The bytes looked at for a key and the frame after it.
fn press(model: &mut Model, key: &str) -> usize {
    let area = Rect::new(0, 0, SIZE.cols, SIZE.lines);
    work_of(|| {
        update(model, Message::Key(Chord::parse(key).unwrap()), 0);
        paint(model, Theme::MONO, area, &mut Buffer::empty(area));
    })
}

fn text(kind: usize, bytes: usize) -> String {
    KINDS[kind].repeat(bytes / KINDS[kind].len())
}

#[rstest]
fn opening_a_plan_with_a_long_text_takes_time_in_proportion(
    #[values(0, 1, 2, 3, 4, 5, 6, 7)] kind: usize,
    #[values(Place::Title, Place::Summary, Place::Tag, Place::Unit, Place::Note)] place: Place,
) {
    let first_frame = |bytes: usize| {
        let text = text(kind, bytes);
        work_of(|| press(&mut open(place, &text), "L"))
    };
    let (once, eightfold) = (first_frame(8_000), first_frame(64_000));
    assert!(eightfold <= 9 * once, "{:?}: {once} bytes, then {eightfold}", KINDS[kind]);
}

#[rstest]
fn a_key_costs_what_shows_however_long_a_text_is(
    #[values(0, 2, 3, 7)] kind: usize,
    #[values(
        Place::Title,
        Place::Summary,
        Place::Tag,
        Place::Unit,
        Place::PlanTitle,
        Place::Mark,
        Place::Note
    )]
    place: Place,
) {
    // Into the card, down, up, out of it, columns on and off, a note begun and left, languages.
    let keys = ["Tab", "j", "j", "C-d", "k", "Tab", "c", "c", "a", "x", "Esc"];
    let work = |bytes: usize| -> Vec<usize> {
        let mut model = open(place, &text(kind, bytes));
        press(&mut model, "j");
        press(&mut model, "k");
        keys.iter().map(|key| press(&mut model, key)).collect()
    };
    let (long, longer) = (work(30_000), work(120_000));
    for ((key, long), longer) in keys.iter().zip(long).zip(longer) {
        assert!(longer <= long + 100, "{:?}, {key}: {long} bytes, then {longer}", KINDS[kind]);
    }
}

#[rstest]
fn moving_onto_a_node_lays_out_what_may_show_however_long_its_texts_are(
    #[values(0, 1, 3, 6)] kind: usize,
    #[values(Place::Summary, Place::Note)] place: Place,
) {
    let work = |bytes: usize| {
        let mut model = open(place, &text(kind, bytes));
        press(&mut model, "j");
        press(&mut model, "k")
    };
    let (long, longer) = (work(600_000), work(2_400_000));
    assert!(longer <= long + 100, "{:?}: {long} bytes, then {longer}", KINDS[kind]);
}

#[rstest]
fn a_card_that_has_the_keys_lays_out_what_may_show_too(
    #[values(0, 1, 3, 6)] kind: usize,
    #[values(Place::Summary, Place::Note)] place: Place,
) {
    // In other languages it is laid out again; scrolling and selecting find more of it below.
    let keys = ["Tab", "L", "j", "C-d", "C-d", "C-d", "C-f", "L"];
    let work = |bytes: usize| -> Vec<usize> {
        let mut model = open(place, &text(kind, bytes));
        press(&mut model, "j");
        press(&mut model, "k");
        keys.iter().map(|key| press(&mut model, key)).collect()
    };
    let (long, longer) = (work(600_000), work(2_400_000));
    for ((key, long), longer) in keys.iter().zip(long).zip(longer) {
        assert!(longer <= long + 100, "{:?}, {key}: {long} bytes, then {longer}", KINDS[kind]);
    }
}

#[rstest]
fn the_end_of_a_long_card_is_where_all_of_its_lines_end(
    #[values(0, 3, 6)] kind: usize,
    #[values("G", "9 9 9 C-f", "9 9 9 j")] keys: &str,
) {
    let press_all = |model: &mut Model| {
        press(model, "Tab");
        for key in keys.split(' ') {
            press(model, key);
        }
    };
    let mut model = open(Place::Summary, &text(kind, 20_000));
    press_all(&mut model);
    let all = model
        .panes
        .content
        .as_ref()
        .map(|(content, ui, area)| content.lay_out(*ui, *area, usize::MAX))
        .unwrap();
    assert!(all.are_all && all.lines.len() > 200, "{} lines", all.lines.len());
    assert_eq!(model.panes.lines[..], all.lines[..model.panes.lines.len()]);
    let end = all.lines.len() - model.panes.card_height();
    assert_eq!((model.card.top, model.panes.lines_are_all), (end, true));
}

#[rstest]
fn a_card_of_a_review_lays_out_what_may_show(
    #[values(0, 1, 3, 6)] kind: usize,
    #[values(Place::Summary, Place::Note)] place: Place,
) {
    let work = |bytes: usize| {
        let model = open(place, &text(kind, bytes));
        let card = super::card_pane::card(&model, None).unwrap();
        let above = Block::Aside(vec![Inline::Plain(text(kind, bytes))]);
        let content = Content::Review(vec![above], card, Glyphs::Unicode);
        work_of(|| content.lay_out(Ui::En, Rect::new(0, 0, 120, 30), 90))
    };
    let (long, longer) = (work(600_000), work(2_400_000));
    assert!(longer <= long + 100, "{:?}: {long} bytes, then {longer}", KINDS[kind]);
}

#[test]
fn scrolling_to_an_end_that_is_not_laid_out_yet_counts_no_further_than_lines_go() {
    let mut model = open(Place::Summary, "short");
    model.panes.lines_are_all = false;
    for _ in 0..3 {
        model.scroll_card(isize::MAX);
    }
    assert!(model.card.top.checked_add(usize::from(u16::MAX)).is_some(), "{}", model.card.top);
    press(&mut model, "Tab");
    assert_eq!((model.card.top, model.panes.lines_are_all), (0, true));
}
