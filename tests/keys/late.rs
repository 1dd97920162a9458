//! Lists that change by themselves between what was read and the key, and what comes late from elsewhere.

use plan158::export::Format;
use plan158::plan::write_file::Existing;
use plan158::text::{Lang, ShownLanguages};
use plan158::tui::effect::Effect;
use plan158::tui::export_job::{ExportEnd, ExportJob};
use plan158::tui::message::Message;
use rstest::rstest;

use super::identity::{
    edited, li, note, on_second_orphan, renumbered, since, undone_elsewhere, with_notes, without,
};
use crate::screen::{Session, plan};

// --- lists

#[test]
fn the_selected_entry_of_a_list_stays_selected_wherever_it_stands() {
    let session = with_notes(3).keys("Tab d d j");
    let own = session.model.layers[0].entries[1].title.clone();
    assert_eq!(own, "note1");
    let session = session.meanwhile("li", vec![note("p1", "elsewhere")]);
    assert_eq!(session.model.layers[0].selected, 2);
    let before = session.events().len();
    let session = session.keys("Enter");
    assert_eq!(since(&session, before), ["note-retract"]);
    assert!(!session.screen().contains("note1") && session.screen().contains("elsewhere"));
}

#[test]
fn a_number_read_before_a_list_changed_takes_nothing() {
    let session = with_notes(3).keys("Tab d d").meanwhile("li", vec![note("p1", "elsewhere")]);
    let before = session.events().len();
    let session = session.keys("1");
    assert_eq!((since(&session, before), session.model.layers.len()), (Vec::new(), 1));
    assert!(session.model.notice.as_ref().unwrap().en.contains("just changed"));
    assert_eq!(since(&session.keys("1"), before), ["note-retract"]);
}

#[test]
fn where_the_selected_entry_went_away_enter_takes_nothing() {
    let session = undone_elsewhere(with_notes(3).keys("Tab d d"), 1);
    let before = session.events().len();
    let session = session.keys("Enter");
    assert_eq!((since(&session, before), session.model.layers.len()), (Vec::new(), 1));
    assert_eq!(since(&session.keys("Enter"), before), ["note-retract"]);
}

#[rstest]
#[case::a_verdict("s", "1")]
#[case::a_tag("t", "u r g e n t Enter")]
#[case::from_the_palette(":", "s t a r Enter")]
fn a_list_opened_on_one_node_does_nothing_to_another(#[case] opens: &str, #[case] takes: &str) {
    let session = li().keys("G").keys(opens).send(Message::PlanRead(edited(|text| without(&text, "a2"))));
    assert_ne!(session.selected(), "a2");
    let session = session.keys(takes);
    assert_eq!((session.journal_lines().len(), session.model.layers.len()), (0, 0));
    assert!(session.model.notice.as_ref().unwrap().en.contains("another node"), "{:?}", session.model.notice);
}

#[test]
fn a_citation_is_of_the_node_for_which_it_was_asked_under_whatever_number() {
    let session = li().keys("G").keys(":").typed("copy-citation").keys("Enter");
    let session = session.send(Message::PlanRead(edited(|text| renumbered(&text)))).keys("1");
    let a2 = session.model.plan().tree.find("a2").unwrap();
    assert!(
        matches!(session.host.effects.last(), Some(Effect::Cite(node, _)) if *node == a2),
        "{:?}",
        session.host.effects
    );
}

#[test]
fn a_list_of_links_is_of_its_node_under_whatever_number() {
    let session = li().keys("3 j g d j").send(Message::PlanRead(edited(|text| renumbered(&text))));
    assert_eq!(session.keys("Enter").selected(), "p2");
}

#[test]
fn an_orphan_is_reattached_to_the_node_that_was_selected() {
    let session = on_second_orphan().keys(":").typed("reattach").keys("Enter").keys(&"Down ".repeat(6));
    let session = session.send(Message::PlanRead(edited(|text| renumbered(&text)))).keys("Enter");
    let event = session.events().pop().unwrap();
    assert_eq!((event["node"].as_str(), event["to"].as_str()), (Some("x3"), Some("a2")));
}

// --- what comes late from elsewhere

#[test]
fn a_preview_of_a_page_that_was_left_is_not_shown_on_the_next() {
    let previewed = |number, line: &str| Message::Previewed(number, vec![line.to_owned()].into());
    let session = li().keys("x 1 Esc 3 j . x 1");
    let asked: Vec<u64> = session
        .host
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Preview(Format::Md, number) => Some(*number),
            _ => None,
        })
        .collect();
    let session = session.send(previewed(asked[1], "of a1")).send(previewed(asked[0], "of everything"));
    assert!(session.screen().contains("of a1") && !session.screen().contains("of everything"));
}

#[test]
fn what_comes_of_an_export_touches_no_other_line() {
    let written = Message::Exported(ExportEnd::Written("small.md".into()));
    let failed = Message::Exported(ExportEnd::Failed(plan158::text::Bilingual::new("满", "full")));
    for late in [written, failed] {
        let session = li().keys("x 1 Enter Enter Esc q a").typed("words").send(late);
        let compose = session.model.compose.as_ref().expect("the note is still being written");
        assert_eq!((compose.value(0), compose.refused.is_none()), ("words", true));
    }
}

#[test]
fn the_file_that_is_replaced_is_the_one_that_was_asked_about() {
    let errand = ExportJob { format: Format::Md, path: "there.md".into(), over: Existing::Keep };
    let session = li().keys("x 1 Enter C-u").typed("there.md").keys("Enter C-u").typed("other.md");
    let session = session.send(Message::Exported(ExportEnd::Exists(errand.clone()))).keys("2");
    assert_eq!(
        session.host.effects.last(),
        Some(&Effect::Export(ExportJob { over: Existing::Replace, ..errand }))
    );
}

#[test]
fn a_step_that_others_ask_for_does_not_close_the_line_with_words() {
    let session = li().keys("a").typed("words");
    let said = plan158::text::Bilingual::new("已保存", "saved");
    let changed = plan158::journal::Changed::Nothing;
    let session = session.send(Message::Recorded { changed, said, at: None });
    assert_eq!(session.model.compose.as_ref().map(|compose| compose.value(0)), Some("words"));
}

#[test]
fn a_match_selected_in_the_flat_list_stays_selected_when_others_write() {
    let session = li().keys("f").typed("position").keys("Down");
    let own = session.selected();
    let best = li().keys("f").typed("position").selected();
    assert_ne!(own, best);
    let session = session.meanwhile("wang", vec![note("a1", "nothing to do with it")]);
    assert_eq!(session.selected(), own);
    assert_eq!(session.keys("Enter").selected(), own);
}

#[test]
fn a_match_that_went_away_is_not_mistaken_for_another() {
    let session = li().keys("f").typed("kind:metric").keys("Down");
    let own = session.selected();
    assert_eq!(own, "a1.places");
    // Enter comes while the search is done again, for a plan in which the selected node has gone.
    let session = session.hold().send(Message::PlanRead(edited(|text| without(&text, &own)))).keys("Enter");
    let session = session.answer_all();
    assert!(session.model.find.prompt.is_some(), "nothing was taken");
    assert!(session.model.notice.as_ref().unwrap().en.contains("no longer found"));
}

// --- the rest

#[test]
fn languages_are_kept_by_their_tags() {
    let turned = |text: String| text.replace("languages = [\"zh\", \"en\"]", "languages = [\"en\", \"zh\"]");
    let session = li().send(Message::PlanRead(edited(turned)));
    assert_eq!(session.model.view.show, ShownLanguages::One(Lang(0)));
    assert!(session.screen().contains("Sample plan"));
    let session =
        Session::open(plan("small.toml"), "both", "120x40").send(Message::PlanRead(edited(|text| {
            text.replace("languages = [\"zh\", \"en\"]", "languages = [\"en\"]")
        })));
    assert_eq!(session.model.view.show, ShownLanguages::One(Lang(0)));
}

#[test]
fn the_chosen_column_is_kept_when_the_plan_has_others() {
    let session = li().keys("g c > > > o");
    let reader_columns = |session: &Session| session.model.reader().columns();
    let chosen = session.model.columns.as_ref().unwrap().chosen;
    assert_eq!(chosen, reader_columns(&session).get(3).copied());
    let more =
        |text: String| text.replace("checkpoints = [2027, 2035]", "checkpoints = [2026, 2027, 2030, 2035]");
    let session = session.send(Message::PlanRead(edited(more)));
    let columns = session.model.columns.as_ref().unwrap();
    assert_eq!(columns.place(&reader_columns(&session)), 5);
    assert_eq!(columns.sort.as_ref().map(|sort| Some(sort.column)), Some(chosen));
}

#[test]
fn two_clicks_at_one_place_on_different_things_are_no_double_click() {
    let session = li();
    let line = session.model.panes.outline.unwrap().y + 3;
    let session = session.click(20, line);
    assert_eq!(session.selected(), "a1");
    let session = session.send(Message::PlanRead(edited(|text| without(&text, "p1"))));
    let rows = session.model.outline.rows().count();
    let session = session.click(20, line);
    assert_eq!((session.selected().as_str(), session.model.outline.rows().count()), ("a2", rows));
}

#[test]
fn a_filter_by_a_cell_leaves_nothing_hidden_when_the_plan_changes_under_a_search() {
    let session = Session::open(plan("judged.toml"), "en", "120x40").written_by("li").keys("g m");
    let session = (0..40).fold(session, |session, at| {
        if session.model.find.cell().is_some() {
            return session;
        }
        session.keys(if at % 5 == 4 { "j h h h h" } else { "l" }).keys("Enter")
    });
    assert!(session.model.find.cell().is_some());
    let session = session.keys("/").typed("a").send(Message::PlanRead(plan("judged.toml"))).keys("Esc");
    assert!(session.model.find.standing.is_none() && session.model.outline.sieve().is_none());
}
