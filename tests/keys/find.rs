//! Search, filter and lenses by keys.

use std::sync::Arc;

use plan158::plan::load::{PlanSource, load};
use plan158::tui::command::Context;
use plan158::tui::effect::Effect;
use plan158::tui::finding::{Arrangement, Lens, MAX_QUERY_CHARS};
use plan158::tui::message::Message;
use plan158::tui::model::Model;
use plan158::tui::place::SavedPlace;
use plan158::tui::view::Focus;
use proptest::prelude::*;
use rstest::rstest;

use crate::screen::{Session, plan};

fn rows(model: &Model) -> Vec<String> {
    let ids = (0..model.outline.rows().count()).filter_map(|row| model.outline.rows().get(row));
    ids.map(|id| model.plan().tree.node(id).key.to_string()).collect()
}

fn line(session: &Session) -> &str {
    session.model.find.prompt.as_ref().map_or("(no line)", |prompt| prompt.input.value())
}

fn notice(session: &Session) -> &str {
    session.model.notice.as_ref().map_or("", |said| &said.en)
}

#[rstest]
#[case::english("coverage", "a1.share")]
#[case::chinese("学位", "a1.places")]
#[case::pinyin("fugai", "a1.share")]
#[case::initials("xzxw", "a1.places")]
#[case::traditional("覆蓋", "a1.share")]
#[case::an_id("a2.event", "a2.event")]
#[case::a_figure("84000", "a1.places")]
#[case::a_condition("kind:metric 签署", "a2.event")]
#[case::the_field_in_chinese("类型:指标 签署", "a2.event")]
fn a_search_taken_with_enter_goes_to_its_best_match(#[case] typed: &str, #[case] id: &str) {
    let session = Session::small().keys("/").typed(typed).keys("Enter");
    assert_eq!((session.selected().as_str(), session.model.context()), (id, Context::Browse));
    assert_eq!(session.keys("C-o").selected(), "root", "it is a jump that can be taken back");
}

#[test]
fn matches_show_in_their_tree_as_one_types() {
    let session = Session::small().keys("/").typed("kind:metric");
    assert_eq!(rows(&session.model), ["root", "a1", "a1.share", "a1.places", "a2", "a2.event"]);
    assert!(session.screen().lines().next().unwrap().contains("3 / 8"), "{}", session.screen());
    let session = session.typed(" share");
    assert_eq!(rows(&session.model), ["root", "a1", "a1.share"]);
    let session = session.keys("C-u");
    assert_eq!(rows(&session.model), ["root", "p1", "p2", "a1", "a2"], "with nothing typed all is as it was");
}

#[test]
fn enter_brings_the_whole_tree_back_and_opens_only_what_hides_the_match() {
    let session = Session::small().keys("/").typed("签署").keys("Enter");
    assert_eq!(rows(&session.model), ["root", "p1", "p2", "a1", "a2", "a2.event"]);
}

#[rstest]
#[case::folded("z M")]
#[case::scrolled("z R G 2 k z t")]
#[case::zoomed("3 j . j")]
#[case::on_the_card("3 j Enter j")]
#[case::filtered("F k i n d : m e t r i c Enter j")]
#[case::searched_before("/ f g l Enter")]
fn esc_brings_back_exactly_what_was(
    #[case] before: &str,
    #[values(
        "/ Esc",
        "/ a 1 Down Down Esc",
        "f C-t C-t Down Esc",
        "f Down PageDown Esc",
        "F x x x Esc",
        "/ q q q q Enter Esc",
        "/ k i n d : Tab Tab Esc",
        "/ C-p C-p Esc"
    )]
    search: &str,
    #[values("60x16", "120x40")] size: &str,
) {
    let session = Session::open(plan("small.toml"), "en", size).keys(before);
    let model = session.model.clone();
    let screen = session.screen();
    let mut session = session.keys(search);
    session.model.notice = model.notice.clone();
    assert_eq!(session.model.outline, model.outline);
    assert_eq!((&session.model.card, session.model.focus), (&model.card, model.focus));
    assert_eq!(session.screen(), screen);
}

#[test]
fn an_answer_that_comes_late_never_replaces_what_was_asked_after_it() {
    let session = Session::small().hold().keys("/").typed("a2");
    // Two searches are under way; the first one's answer is not wanted any more.
    let session = session.answer(0);
    assert!(session.model.find.prompt.as_ref().unwrap().answer.is_none());
    let session = session.answer(0);
    assert_eq!(rows(&session.model), ["root", "a2", "a2.event"]);
    // After Esc no answer opens anything again.
    let session = session.typed("x").keys("Esc").answer(0);
    assert_eq!(rows(&session.model), ["root", "p1", "p2", "a1", "a2"]);
}

#[test]
fn letters_that_come_with_the_slash_in_one_read_are_not_lost() {
    let session = Session::small().hold().keys("/ j y");
    assert_eq!(line(&session), "jy");
}

#[test]
fn keys_typed_ahead_of_the_answer_wait_for_it() {
    let session = Session::small().hold().keys("/ f g l Enter j");
    assert_eq!(session.model.context(), Context::Input);
    let session = session.answer(2);
    assert_eq!((session.selected().as_str(), session.model.context()), ("a1.places", Context::Browse));
    let given_up = Session::small().hold().keys("/ f g l Enter j Esc");
    assert_eq!((given_up.selected().as_str(), line(&given_up)), ("root", "(no line)"));
    let nothing = Session::small().hold().keys("/ q q q Enter j").answer(2);
    assert_eq!(line(&nothing), "qqq", "with no match the line stays, and the keys behind it go");
}

#[test]
fn a_spinner_shows_after_a_tenth_of_a_second() {
    let session = Session::small().hold().keys("/ f");
    assert_eq!(session.model.find.spin, None);
    let session = session.wait_ms(100).send(Message::Tick);
    assert!(session.model.find.spin.is_some());
    assert!(session.screen().lines().next().unwrap().contains('⠙'), "{}", session.screen());
    assert_eq!(session.answer(0).model.find.spin, None);
}

#[test]
fn a_chinese_character_in_command_mode_opens_the_search_with_it() {
    let session = Session::small().typed("覆盖");
    assert_eq!(line(&session), "覆盖");
    assert_eq!(session.keys("Enter").selected(), "a1.share");
    let on_the_card = Session::small().keys("Enter").typed("覆");
    assert_eq!((line(&on_the_card), on_the_card.model.focus), ("覆", Focus::Outline));
    assert_eq!(on_the_card.keys("Esc").model.focus, Focus::Card);
    assert_eq!(line(&Session::small().typed("／ｆ")), "ｆ", "a full-width slash is a slash");
}

#[test]
fn pasted_text_outside_inputs_opens_the_search_and_inside_goes_to_the_caret() {
    let session = Session::small().paste("  签署\n协议 ");
    assert_eq!(line(&session), "签署 协议");
    assert_eq!(rows(&session.model), ["root", "a2", "a2.event"]);
    let session = session.keys("Home").paste("!");
    assert_eq!(
        (line(&session), session.model.find.prompt.as_ref().unwrap().input.cursor()),
        ("!签署 协议", 1)
    );
    assert_eq!(line(&Session::small().keys("3 j g d").paste("q")), "q", "also from a list without a line");
}

#[rstest]
#[case::letters("q")]
#[case::chinese("教")]
#[case::operators("!'^|$")]
#[case::quotes("\"“'")]
#[case::conditions("kind: ")]
#[case::emoji("👩‍🏫")]
#[case::right_to_left("\u{202e}مدرسة")]
#[case::combining("e\u{301}\u{302}")]
fn ten_thousand_pasted_characters_are_cut_and_nothing_breaks(#[case] part: &str) {
    let text: String = part.chars().cycle().take(10_000).collect();
    let session = Session::small().paste(&text);
    assert!(line(&session).chars().count() <= MAX_QUERY_CHARS);
    assert!(notice(&session).contains("the rest was left out"));
    let session = session.keys("x Left Backspace C-w C-t Down Tab");
    assert!(session.screen().lines().count() > 20);
    assert_eq!(session.keys("Esc").selected(), "root");
}

#[test]
fn n_and_capital_n_go_round_the_matches_and_esc_ends_the_marks_but_not_the_search() {
    let session = Session::small().keys("/").typed("kind:metric").keys("Enter");
    let first = session.selected();
    let session = session.keys("n");
    assert_eq!((first.as_str(), session.selected().as_str()), ("a1.share", "a1.places"));
    assert!(notice(&session).contains("2/3"), "{}", notice(&session));
    let session = session.keys("n n");
    assert_eq!(session.selected(), "a1.share");
    assert!(notice(&session).contains("went round"));
    let session = session.keys("N");
    assert_eq!(session.selected(), "a2.event");
    let session = session.keys("2 N");
    assert_eq!(session.selected(), "a1.share");
    let session = session.keys("Esc");
    assert!(!session.model.find.is_lit());
    let session = session.keys("Esc");
    assert!(notice(&session).contains("q quits"));
    assert_eq!(session.keys("n").selected(), "a1.places", "n takes the search up again");
    assert!(notice(&Session::small().keys("n")).contains("/ begins"));
}

#[test]
fn the_scope_limits_the_search_and_is_shown_and_n_follows_it() {
    let session = Session::small().keys("3 j . /").typed("kind:metric");
    assert_eq!(rows(&session.model), ["a1", "a1.share", "a1.places"]);
    let head = session.screen().lines().next().unwrap().to_owned();
    assert!(head.contains("2 / 3 · First"), "{head}");
    let session = session.keys("Enter n n");
    assert_eq!(session.selected(), "a1.share");
    let session = session.keys("Backspace n n");
    assert_eq!(session.selected(), "a2.event", "outside the scope there are more");
}

#[test]
fn what_is_not_understood_is_said_and_leaves_the_list_as_it_is() {
    let session = Session::small().keys("/").typed("share");
    let found = rows(&session.model);
    let session = session.typed(" kind:");
    assert_eq!(rows(&session.model), found);
    assert!(!session.model.find.prompt.as_ref().unwrap().query.problems.is_empty());
    let session = session.keys("C-u").typed("kind:nonsense");
    let said = session.model.find.prompt.as_ref().unwrap().query.problems[0].said.en.clone();
    let below = session.screen().lines().nth(1).unwrap().to_owned();
    assert!(below.contains(&said), "{below}");
    let session = session.keys("Enter");
    assert_eq!((line(&session), notice(&session)), ("kind:nonsense", said.as_str()));
    let small = Session::open(plan("small.toml"), "en", "60x16").keys("/").typed("kind:nonsense");
    assert!(small.screen().lines().nth(15).unwrap().starts_with(&said[..20]), "{}", small.screen());
}

#[test]
fn the_arrows_move_over_matches_and_with_nothing_typed_over_rows() {
    let session = Session::small().keys("/").typed("kind:metric").keys("Down Down");
    assert_eq!(session.selected(), "a2.event");
    assert_eq!(session.keys("Up Enter").selected(), "a1.places");
    assert_eq!(Session::small().keys("/ Down Down Enter").selected(), "p2");
}

#[test]
fn the_picker_lists_the_best_first_and_shows_the_card_of_the_selected_one() {
    let session = Session::open(plan("small.toml"), "en", "80x24").keys("f");
    assert!(session.model.panes.card.is_some(), "a preview stands below the list");
    assert_eq!(session.model.flat_rows().count(), 8, "with nothing typed everything is there");
    let session = session.typed("second");
    let ids: Vec<String> = (0..session.model.flat_rows().count())
        .filter_map(|line| session.model.flat_rows().get(line))
        .map(|id| session.model.plan().tree.node(id).key.to_string())
        .collect();
    assert_eq!(ids, ["a2", "p2"], "of two alike the shorter stands first");
    let session = session.keys("Down");
    assert!(session.screen().contains("5 · Position · p2"), "{}", session.screen());
    assert_eq!(session.keys("Enter").selected(), "p2");
}

#[test]
fn control_t_turns_tree_into_list_and_back_and_keeps_the_selection() {
    let session = Session::small().keys("/").typed("kind:metric").keys("Down C-t");
    let prompt = session.model.find.prompt.as_ref().unwrap();
    assert_eq!((prompt.arrangement, prompt.list.selected), (Arrangement::Flat, 1));
    let session = session.keys("Down C-t");
    assert_eq!(session.selected(), "a2.event");
}

#[test]
fn tab_completes_fields_and_values_and_goes_through_them() {
    let session = Session::small().keys("/").typed("ki").keys("Tab");
    assert_eq!(line(&session), "kind:");
    let session = session.keys("Tab");
    let first = line(&session).to_owned();
    let session = session.keys("Tab");
    assert_ne!(line(&session), first);
    let session = session.keys("S-Tab");
    assert_eq!(line(&session), first);
    assert!(session.screen().lines().nth(23).unwrap().contains("1/4"), "{}", session.screen());
    assert_eq!(session.keys("Esc").model.context(), Context::Browse);
}

#[test]
fn queries_taken_come_back_with_control_p_and_what_was_typed_with_control_n() {
    let session = Session::small().keys("/").typed("share").keys("Enter /").typed("places").keys("Enter");
    let remembered = [Effect::Remember("share".into()), Effect::Remember("places".into())];
    assert_eq!(session.host.effects, remembered);
    let session = session.keys("/ x C-p C-p C-p");
    assert_eq!(line(&session), "share");
    assert_eq!(rows(&session.model), ["root", "a1", "a1.share"]);
    let session = session.keys("C-n C-n");
    assert_eq!(line(&session), "x");
}

#[test]
fn a_filter_holds_until_it_is_cleared_and_its_name_shows() {
    let session = Session::small().keys("F").typed("kind:metric").keys("Enter");
    let filtered = ["root", "a1", "a1.share", "a1.places", "a2", "a2.event"];
    assert_eq!(rows(&session.model), filtered);
    let session = session.keys("Esc Esc C-c Esc");
    assert_eq!(rows(&session.model), filtered, "Esc never clears it");
    let head = session.screen().lines().next().unwrap().to_owned();
    assert!(head.contains("filter kind:metric · 3"), "{head}");
    let session = session.keys("j z c");
    assert_eq!(rows(&session.model), ["root", "a1", "a2", "a2.event"], "it folds like any tree");
    let session = session.keys("/").typed("a2").keys("Enter");
    assert_eq!(session.selected(), "a2.event", "a search looks among what shows");
    let session = session.keys("g 0");
    assert_eq!(rows(&session.model), ["root", "p1", "p2", "a1", "a2", "a2.event"]);
    assert_eq!(session.selected(), "a2.event");
}

#[test]
fn an_emptied_filter_is_none_and_the_folds_from_before_are_back() {
    let session = Session::small().keys("j F").typed("kind:metric").keys("Enter");
    assert_eq!(session.selected(), "a1.share", "what was under the cursor does not show: the best match is");
    let session = session.keys("k k F C-u Enter");
    assert_eq!((rows(&session.model).len(), session.model.find.standing.is_none()), (5, true));
}

#[test]
fn a_filter_set_within_a_branch_holds_for_all_of_the_plan() {
    let session = Session::small().keys("3 j . F").typed("kind:metric").keys("Enter");
    assert_eq!(rows(&session.model), ["a1", "a1.share", "a1.places"]);
    assert_eq!(session.selected(), "a1.share", "the cursor is where it was while one typed");
    let head = session.screen().lines().next().unwrap().to_owned();
    assert!(head.contains("filter kind:metric · 2"), "as many as show: {head}");
    let session = session.keys("Backspace");
    assert!(session.screen().contains("filter kind:metric · 3"), "{}", session.screen());
    assert_eq!(rows(&session.model), ["root", "a1", "a1.share", "a1.places", "a2", "a2.event"]);
}

#[test]
fn a_filter_that_lets_nothing_through_says_how_to_clear_it() {
    let session = Session::small().keys("2 j F").typed("qqqq").keys("Enter");
    assert_eq!(session.model.selected(), None);
    assert!(session.screen().contains("g0 clears it"), "{}", session.screen());
    let session = session.keys("j k . Enter Esc Space G n g d / Esc g 0");
    assert_eq!(session.selected(), "p2");
}

#[test]
fn going_where_the_filter_lets_nothing_through_clears_it_and_says_so() {
    let session = Session::small().keys("F").typed("kind:action").keys("Enter g d Enter");
    assert_eq!(session.selected(), "p1");
    assert!(notice(&session).contains("filter held the target back"));
    assert_eq!(line(&session.keys("F C-p")), "kind:action");
}

#[test]
fn a_filter_is_kept_as_a_lens_and_lenses_are_switched_by_number() {
    let session = Session::small().keys("F").typed("kind:metric").keys("Enter &").typed("指标").keys("Enter");
    let lens = Lens { name: "指标".into(), query: "kind:metric".into() };
    assert_eq!(session.host.effects.last(), Some(&Effect::KeepLens(lens.clone())));
    let goals = Lens { name: "goals".into(), query: "kind:goal".into() };
    let said = plan158::text::Bilingual::new("好", "kept");
    let session = session.send(Message::LensesKept(vec![lens, goals], said));
    assert!(session.screen().lines().next().unwrap().contains("lens 1 指标 · 3"), "{}", session.screen());
    let session = session.keys("g 2");
    assert_eq!(rows(&session.model), ["root", "p1", "p2"]);
    assert!(session.screen().lines().next().unwrap().contains("lens 2 goals · 3"), "{}", session.screen());
    assert!(notice(&session.keys("g 3")).contains("no lens 3"));
    assert!(notice(&Session::small().keys("&")).contains("F sets one"));
}

#[test]
fn the_filter_is_part_of_the_place_and_is_looked_for_once_the_first_frame_shows() {
    let session = Session::small().keys("F").typed("kind:metric").keys("Enter G");
    let text = serde_json::to_string(&SavedPlace::of(&session.model)).unwrap();
    let kept: SavedPlace = serde_json::from_str(&text).unwrap();
    let mut again = Session::small();
    again.model.take_up(kept.place(), Focus::Outline);
    again.model.find.standing = kept.standing();
    let again = again.send(Message::Opened);
    assert_eq!(rows(&again.model), rows(&session.model));
    assert_eq!(again.selected(), "a2.event");
}

#[test]
fn a_changed_plan_is_searched_anew_and_esc_still_brings_back_what_was() {
    let session = Session::small().keys("z R 6 j /").typed("a2");
    let session = session.send(Message::PlanRead(plan("small.toml")));
    assert_eq!((line(&session), rows(&session.model).len()), ("a2", 3));
    let session = session.keys("Esc");
    assert_eq!((session.selected().as_str(), rows(&session.model).len()), ("a2", 8));
    let session = session
        .keys("F")
        .typed("kind:metric")
        .keys("Enter 2 j z c")
        .send(Message::PlanRead(plan("small.toml")));
    assert_eq!(session.model.find.standing.as_ref().unwrap().text, "kind:metric");
    assert_eq!(rows(&session.model).len(), 5, "what was folded among the matches stays so");
    let other = Arc::new(load(&PlanSource::Bundled).unwrap());
    let session =
        session.keys("/").typed("kind:metric").keys("Enter n").send(Message::PlanRead(other)).keys("n n");
    assert!(session.model.selected().is_some());
}

#[test]
fn clicks_choose_and_take_a_match() {
    let session = Session::small().keys("/").typed("kind:metric");
    let top = session.model.panes.outline.unwrap().y;
    let session = session.click(10, top + 5);
    assert_eq!((session.selected().as_str(), session.model.context()), ("a2.event", Context::Input));
    let session = session.click(10, top + 5);
    assert_eq!((session.selected().as_str(), session.model.context()), ("a2.event", Context::Browse));
}

fn any_key() -> impl Strategy<Value = &'static str> {
    let keys = "/ f F & n N Esc Enter Tab S-Tab Down Up PageDown PageUp C-t C-p C-n C-u C-w C-a C-e Left Right Backspace g 0 1 2 . h l j k z M R \
                a 1 教 覆 ' ! | : ? q d m ( \" Space Delete ： ／ A-f A-x C-c C-o ] [";
    prop::sample::select(keys.split_whitespace().filter(|key| *key != "q").collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_keys_break_it_and_the_cursor_is_on_a_row(
        keys in prop::collection::vec(any_key(), 0..40),
        size in prop::sample::select(vec!["120x40", "60x16", "40x10", "2x2"]),
        lang in prop::sample::select(vec!["zh", "en", "both"]),
    ) {
        let mut session = Session::open(plan("small.toml"), lang, size);
        for key in keys {
            session = session.keys(key);
            let outline = &session.model.outline;
            prop_assert!(outline.cursor().row < outline.rows().count().max(1));
            let _ = session.screen();
        }
        session = session.send(Message::PlanRead(plan("small.toml"))).keys("Esc Esc Esc");
        prop_assert!(session.model.find.prompt.is_none());
    }
}
