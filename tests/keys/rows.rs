//! What the rows of the outline show: figures and standing in columns that do not move.

use plan158::chart::Glyphs;
use plan158::page::row::{RowCells, RowStanding};
use plan158::page::terminal::{Layout, blocks};
use plan158::plan::State;
use plan158::plan::load::PlanSource;
use plan158::progress::Turn;
use plan158::tui::command::Context;
use rstest::rstest;

use crate::screen::{Session, plan};

fn cells(session: &Session, id: &str) -> RowCells {
    let model = &session.model;
    let id = model.plan().tree.find(id).unwrap();
    model.reader().row_cells(id, model.said(id), (model.state(id), model.turn(id)), model.rollup(id).as_ref())
}

fn judged(lang: &str) -> Session {
    Session::open(plan("judged.toml"), lang, "80x24").written_by("li")
}

/// Figures as `tests/plans/judged.toml` has them.
#[rstest]
#[case::percentage("a1.v1", "64.25%", "67%", RowStanding::Verdict(State::NeedsAcceleration))]
#[case::a_long_unit_is_left_to_the_card("a2.v9", "78", "100", RowStanding::Reason(State::Undated))]
#[case::why_there_is_no_verdict("a2.v8", "85%", "90%", RowStanding::Reason(State::NoBaseline))]
fn a_metric_shows_its_latest_value_and_the_target_that_counts(
    #[case] id: &str,
    #[case] value: &str,
    #[case] target: &str,
    #[case] standing: RowStanding,
) {
    assert_eq!(cells(&judged("en"), id), RowCells { value: value.into(), target: target.into(), standing });
}

#[test]
fn a_parent_shows_how_many_leaves_it_has_how_many_are_judged_and_how_those_stand() {
    // Below a2 are four metrics: one overdue, one on track, one without a baseline, one without a date.
    let parts = vec![(State::Overdue, 1), (State::OnTrack, 1)];
    let expected = RowCells { value: "4".into(), target: "2".into(), standing: RowStanding::Parts(parts) };
    assert_eq!(cells(&judged("en"), "a2"), expected);
}

#[test]
fn a_node_that_nobody_judges_says_nothing_until_somebody_does() {
    let session = judged("en");
    assert_eq!(cells(&session, "p3"), RowCells::default());
    let session = session.keys("j j j s");
    let said = session.keys("1");
    let said = if said.model.compose.is_some() { said.keys("Enter") } else { said };
    assert_eq!(cells(&said, "p3").standing, RowStanding::Verdict(State::OnTrack));
}

#[rstest]
#[case("zh", "成 已达成")]
#[case("en", "✓ achieved")]
fn signs_are_in_the_letters_of_the_language(#[case] lang: &str, #[case] shown: &str) {
    let screen = Session::open(plan("judged.toml"), lang, "120x40").written_by("li").keys("z R").screen();
    assert!(screen.contains(shown), "{screen}");
}

#[test]
fn cells_stand_in_the_same_columns_in_every_row() {
    let screen = judged("en").keys("z R").screen();
    let end_of = |text: &str| {
        let line = screen.lines().find(|line| line.contains(text)).unwrap();
        line.find(text).unwrap() + text.len()
    };
    assert_eq!(end_of("64.25%"), end_of("parts/now"));
    assert_eq!(end_of("67%"), end_of("target"));
}

#[test]
fn a_figure_that_has_no_room_is_left_out_and_never_cut() {
    let mut session = judged("en").keys("z R");
    session.model.panes.row_fit.value = 5;
    let screen = session.screen();
    let row = screen.lines().find(|line| line.contains("Gross enrolment")).unwrap();
    assert!(row.contains('…') && !row.contains("64"), "{row}");
}

/// Every sign that can stand on a row, in any language and in ASCII, stands in the legend with its meaning.
#[rstest]
fn every_sign_of_a_state_stands_in_the_legend(
    #[values("zh", "en")] lang: &str,
    #[values(Glyphs::Unicode, Glyphs::Ascii)] glyphs: Glyphs,
) {
    let mut session = Session::open(plan("judged.toml"), lang, "120x40");
    session.model.view.glyphs = glyphs;
    let ui = session.model.view.ui;
    let lines = blocks(&session.model.reader().legend(glyphs), &Layout::new(100, ui)).lines;
    let text: Vec<String> =
        lines.iter().map(|line| line.spans.iter().map(|(_, text)| text.as_str()).collect()).collect();
    for state in State::ALL {
        let sign = if glyphs == Glyphs::Ascii { state.ascii_sign() } else { state.sign(ui) };
        let said = format!("{sign} {}", state.label(ui));
        assert!(text.iter().any(|line| line.starts_with(said.trim_start())), "{said} in {text:#?}");
    }
}

#[test]
fn the_legend_opens_over_what_shows_and_leaves_it_as_it_was() {
    let session = judged("en").keys("z R j j j");
    let before = session.selected();
    let session = session.keys("g ?");
    assert!(session.screen().contains("the latest actual meets the target"), "{}", session.screen());
    let session = session.keys("q");
    assert_eq!((session.selected(), session.model.pages.len()), (before, 0));
}

/// `tests/plans/judged.toml` has no short titles: this plan is the one inside the program.
#[test]
fn a_title_that_would_be_cut_is_shown_by_its_short_form() {
    let loaded = std::sync::Arc::new(plan158::plan::load::load(&PlanSource::Bundled).unwrap());
    let wide = Session::open(std::sync::Arc::clone(&loaded), "en", "200x40").keys("z 3").screen();
    assert!(wide.contains("Action for a breakthrough leap in higher education"), "{wide}");
    let narrow = Session::open(loaded, "en", "120x40").keys("z 3").screen();
    assert!(narrow.contains("a3 Higher education "), "{narrow}");
    assert!(!narrow.contains("Action for a breakthrough"), "{narrow}");
}

#[test]
fn a_card_says_that_nobody_has_judged_a_node_and_never_that_it_has_no_data() {
    let session = Session::open(plan("judged.toml"), "en", "120x40").written_by("li").keys("j j j");
    assert_eq!(session.selected(), "p3");
    let screen = session.screen();
    assert!(screen.contains("nobody has judged it") && !screen.contains("no-data"), "{screen}");
    let screen = Session::open(plan("judged.toml"), "zh", "120x40").keys("j j j").screen();
    assert!(screen.contains("尚无人判断"), "{screen}");
}

/// The sample plan with its five first children in a group.
fn grouped(lang: &str) -> Session {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plans/small.toml")).unwrap();
    let group = "[[level]]\nid = \"heading\"\nrole = \"group\"\nmark = \"-\"\nlabel = { zh = \"分组\", en = \"Heading\" }\n\n[[group]]\nid = \"g\"\nlevel = \"heading\"\nparent = \"root\"\ntitle = { zh = \"行动\", en = \"Actions\" }\n";
    let (head, actions) = text.split_at(text.find("[[action]]").unwrap());
    let actions = actions.replace("parent = \"root\"", "parent = \"g\"");
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("grouped.toml");
    std::fs::write(&path, format!("{head}{group}\n{actions}")).unwrap();
    let loaded = plan158::plan::load::load(&PlanSource::Path(path)).unwrap();
    assert_eq!(loaded.diagnostics.len(), 0, "{:?}", loaded.diagnostics);
    Session::open(std::sync::Arc::new(loaded), lang, "80x24").written_by("li")
}

#[test]
fn a_group_folds_counts_as_no_level_and_shows_no_figures() {
    let session = grouped("en");
    let rows = |session: &Session| session.model.outline.rows().count();
    let screen = session.screen();
    assert!(screen.contains(" ▾-  Actions") || screen.contains("▾ -  Actions"), "{screen}");
    assert_eq!(cells(&session, "g"), RowCells::default());
    let opened = rows(&session);
    // Two levels are the root, its children, and the group with what is in it.
    assert_eq!(rows(&session.keys("z 2")), opened);
    assert_eq!(rows(&grouped("en").keys("z 1")), 1);
    let small = |keys: &str| rows(&Session::open(plan("small.toml"), "en", "80x24").keys(keys));
    assert_eq!(rows(&grouped("en").keys("z 3")), small("z 3") + 1);
    assert_eq!(rows(&grouped("en").keys("z R")), small("z R") + 1);
}

#[test]
fn a_verdict_on_a_group_is_not_offered_and_a_note_is() {
    let session = grouped("en").keys("/").typed("Actions").keys("Enter");
    let session = if session.selected() == "g" { session } else { session.keys("n") };
    assert_eq!(session.selected(), "g");
    for key in ["s", "p"] {
        let session = grouped("en").keys("/").typed("id:g").keys("Enter").keys(key);
        assert!(session.screen().contains("this is a heading"), "{}", session.screen());
        assert_eq!(session.model.context(), Context::Browse);
    }
    let session = grouped("en").keys("/").typed("id:g").keys("Enter");
    assert!(session.keys("a").model.compose.is_some());
}

#[rstest]
#[case("en", "better")]
#[case("zh", "改善")]
fn a_metric_without_a_target_says_which_way_its_figures_went(#[case] lang: &str, #[case] shown: &str) {
    let bundled = std::sync::Arc::new(plan158::plan::load::load(&PlanSource::Bundled).unwrap());
    let session = Session::open(bundled, lang, "120x40").written_by("li");
    // The gross enrolment rate of higher education rose from 2015 to 2025, and no source gives a target.
    assert_eq!(cells(&session, "a3.enrolment").standing, RowStanding::Trend(Turn::Better));
    let screen = session.keys("/").typed("id:a3.enrolment").keys("Enter").screen();
    assert!(screen.contains(shown), "{screen}");
}

#[test]
fn a_key_gives_the_outline_the_whole_width_and_enter_opens_the_card_all_the_same() {
    let session = Session::open(plan("judged.toml"), "en", "120x40");
    assert!(session.model.panes.is_wide());
    let session = session.keys("|");
    assert_eq!(session.model.panes.outline.unwrap().width, 120);
    assert_eq!(session.model.panes.card, None);
    let session = session.keys("Enter");
    assert_eq!(session.model.panes.card.unwrap().width, 120);
    let session = session.keys("Esc |");
    assert!(session.model.panes.is_wide());
}

#[test]
fn a_narrow_screen_says_that_the_card_is_not_beside_the_outline() {
    let session = Session::open(plan("judged.toml"), "en", "80x24").keys("|");
    assert!(session.screen().contains("too narrow"), "{}", session.screen());
}

/// In every list without a line to type in, the keys of other programs move as well.
#[rstest]
#[case::outline("z R")]
#[case::history("a x Enter j a y Enter g h")]
#[case::timeline("z R g y")]
#[case::verdicts("z R j j j s")]
fn control_with_n_p_j_and_k_moves_in_lists(#[case] opening: &str) {
    let at = |keys: &str| judged("en").keys(opening).keys("g g").keys(keys).screen();
    for (one, other) in [("C-n", "j"), ("C-j", "j"), ("j j C-p", "j j k"), ("j j C-k", "j j k")] {
        assert_eq!(at(one), at(other), "{one}");
    }
    assert_ne!(at("C-n"), at(""), "it moved");
}
