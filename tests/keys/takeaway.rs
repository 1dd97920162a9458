//! Copies and exports from the screen: keys in, what is asked of the world out.

use std::path::PathBuf;

use plan158::export::Format;
use plan158::export::cite::Style;
use plan158::plan::write_file::Existing;
use plan158::tui::effect::Effect;
use plan158::tui::export_job::{ExportEnd, ExportJob};
use plan158::tui::exporter::ExportSnapshot;
use plan158::tui::message::Message;
use plan158::tui::pages::screen_page::ScreenPage;
use rstest::rstest;

use crate::screen::{Session, plan};

fn li() -> Session {
    Session::small().written_by("li")
}

fn copied(session: &Session) -> &str {
    match session.host.effects.last() {
        Some(Effect::Copy(text, _)) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn id_path_text_and_markdown_are_copied() {
    assert_eq!(copied(&li().keys("3 j y i")), "a1");
    let path = li().keys("3 j l j y p");
    assert!(
        copied(&path).starts_with("Sample plan › Overall goal: a sample › First action"),
        "{}",
        copied(&path)
    );
    assert!(copied(&path).ends_with(" › Coverage"));
    let text = li().keys("3 j l j y y");
    assert!(copied(&text).starts_with("Coverage\ni · Indicator · a1.share\n"), "{}", copied(&text));
    // Where lines break is decided where it is pasted: no paragraph of the card is broken in the copy.
    assert!(copied(&text).lines().any(|line| line.chars().count() > 90), "{}", copied(&text));
    let markdown = li().keys("3 j l j a n b Enter y m");
    let markdown = copied(&markdown);
    assert!(
        markdown.contains("Coverage") && markdown.contains("63.50") && markdown.contains("> nb"),
        "{markdown}"
    );
    // One node and no other, and nothing that only a whole report needs.
    assert!(!markdown.contains("First action: a title") || !markdown.contains("# First"), "{markdown}");
    assert!(!markdown.contains("plan158:"), "{markdown}");
}

#[test]
fn a_citation_is_copied_in_the_style_that_is_chosen() {
    let session = li().keys("3 j y c");
    let titles: Vec<&str> =
        session.model.layers[0].entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(
        titles,
        ["GB/T 7714—2025", "GB/T 7714—2015", "APA 7", "BibTeX", "BibLaTeX", "CSL-JSON", "RIS"]
    );
    let a1 = session.model.selected().unwrap();
    assert_eq!(session.keys("4").host.effects.last(), Some(&Effect::Cite(a1, Style::Bibtex)));
}

#[test]
fn an_export_is_previewed_then_named_then_written() {
    let session = li().keys("3 j . x");
    assert_eq!(session.model.layers[0].entries.len(), Format::ALL.len());
    let session = session.keys("1");
    assert_eq!(session.host.effects.last(), Some(&Effect::Preview(Format::Md, 1)));
    assert!(matches!(session.model.pages.last(), Some(ScreenPage::Export(_))));
    let lines: Vec<String> = (0..100).map(|number| format!("line {number}")).collect();
    let session = session.send(Message::Previewed(1, lines.into()));
    assert!(session.screen().contains("line 3"));
    assert!(session.keys("G").screen().contains("line 99"));

    let session = li().keys("3 j . x 1 Enter");
    assert_eq!(session.model.compose.as_ref().unwrap().value(0), "a1-2026-11-23.md");
    let session = session.keys("Enter");
    let expected = ExportJob { format: Format::Md, path: "a1-2026-11-23.md".into(), over: Existing::Keep };
    assert_eq!(session.host.effects.last(), Some(&Effect::Export(expected)));
    let session = session.send(Message::Exported(ExportEnd::Written("a1-2026-11-23.md".into())));
    assert!(session.model.compose.is_none());
    assert!(session.model.notice.clone().unwrap().en.contains("written"));
}

#[rstest]
#[case("1", None)]
#[case("2", Some(Existing::Replace))]
fn a_file_that_is_there_is_replaced_only_when_somebody_says_so(
    #[case] key: &str,
    #[case] over: Option<Existing>,
) {
    let session = li().keys("x 1 Enter Enter");
    let asked = session.host.effects.len();
    let path = PathBuf::from("small-2026-11-23.md");
    let errand = ExportJob { format: Format::Md, path, over: Existing::Keep };
    let there = Message::Exported(ExportEnd::Exists(errand));
    let session = session.send(there).keys(key);
    let written = session.host.effects[asked..].iter().find_map(|effect| match effect {
        Effect::Export(errand) => Some(errand.over),
        _ => None,
    });
    assert_eq!(written, over);
    assert!(session.model.compose.is_some(), "the name can still be changed");
}

#[test]
fn a_long_export_shows_how_far_it_is_and_esc_stops_it() {
    let session = li().keys("x 1 Enter Enter");
    let session = session.send(Message::ExportProgress(40));
    assert!(session.screen().contains("40%"));
    // The first Esc leaves the line in which the name was typed, the second stops the writing, the third
    // leaves the page.
    let session = session.keys("Esc Esc");
    assert_eq!(session.host.effects.last(), Some(&Effect::StopExport));
    let session = session.send(Message::Exported(ExportEnd::Stopped));
    assert!(session.model.notice.as_ref().unwrap().en.contains("no file was written"));
    assert!(session.keys("Esc").model.pages.is_empty());
}

#[test]
fn the_matter_of_an_export_is_the_scope_and_the_standing_filter() {
    let session = Session::open(plan("small.toml"), "en", "80x24").written_by("li");
    let session = session.keys("F").typed("kind:metric").keys("Enter x");
    assert!(ExportSnapshot::of(&session.model).is_ok());
    let session = session.keys("1");
    assert!(session.screen().contains("kind:metric"), "{}", session.screen());
}

#[test]
fn nothing_is_exported_while_the_filters_matches_are_looked_for() {
    let session = Session::open(plan("small.toml"), "en", "80x24").written_by("li");
    let session = session.keys("F").typed("kind:metric").keys("Enter").hold();
    // The plan's file was touched: everything is looked for again.
    let loaded = std::sync::Arc::new((*session.model.loaded).clone());
    let session = session.send(Message::PlanRead(loaded));
    assert!(session.screen().contains("kind:metric"), "the filter is named all the while");
    let refused = ExportSnapshot::of(&session.model).unwrap_err();
    assert!(refused.en.contains("still being looked for"), "{refused:?}");
    assert!(ExportSnapshot::of(&session.answer_all().model).is_ok());
}

/// How many exports were asked for.
fn exports(session: &Session) -> usize {
    session.host.effects.iter().filter(|effect| matches!(effect, Effect::Export(_))).count()
}

#[test]
fn what_is_being_written_is_not_written_twice() {
    let session = li().keys("x 1 Enter Enter Enter");
    assert_eq!(exports(&session), 1);
    assert!(session.model.notice.as_ref().unwrap().en.contains("still being written"));
    let failed = ExportEnd::Failed(plan158::text::Bilingual::new("满", "the disk is full"));
    let session = session.send(Message::Exported(failed)).keys("Enter");
    assert_eq!(exports(&session), 2, "after a failure one tries again");
}

#[test]
fn an_export_that_ends_under_another_page_is_over_there_too() {
    let session = li().keys("x 1 Enter Enter Esc g y");
    assert!(matches!(session.model.pages[..], [ScreenPage::Export(_), ScreenPage::Timeline(_)]));
    let number = match &session.model.pages[0] {
        ScreenPage::Export(page) => page.number,
        _ => 0,
    };
    let session = session.send(Message::Previewed(number, vec!["# Sample".to_owned()].into()));
    let session = session.send(Message::Exported(ExportEnd::Written("x.md".into()))).keys("Esc");
    let screen = session.screen();
    assert!(screen.contains("# Sample") && !screen.contains("writing"), "{screen}");
    assert!(session.keys("Esc").model.pages.is_empty(), "nothing is left to be stopped");
}
