//! V1–V19, worked out by hand: states under every rule set, numbers, flags and sentences.

use jiff::civil::{Date, date};
use rstest::rstest;

use super::{announced, count, falling, gross, share, way};
use crate::plan::State::{
    Achieved, Hold, Limited, NeedsAcceleration, NoBaseline, OnTrack, Regressing, Undated, Undetermined,
};
use crate::plan::metric::{Bound, Direction, Kind, Measure, Metric, Moment, Value, When};
use crate::plan::{SourceId, State};
use crate::progress::sample::{bounded, in_year, value, verdict_of, with};
use crate::progress::{ArithmeticTerm, Assessment, Flag, Interval, JournalData, RuleRef};

fn judged(metric: &Metric, rule: RuleRef, today: Date) -> Assessment {
    verdict_of(metric.clone(), rule, &JournalData::default(), today)
}

const LATER: Date = date(2030, 1, 1);

/// P, E, ρ, D in points, R, λ as far as there are any: to three decimals, D to one.
type Numbers = [Option<f64>; 6];

/// What a vector says: a metric, the day, the numbers, and the states under pace, xushi, opensdg and
/// projection.
struct Vector {
    metric: Metric,
    today: Date,
    numbers: Numbers,
    states: [State; 4],
}

fn vector(metric: Metric, numbers: Numbers, states: [State; 4]) -> Vector {
    Vector { metric, today: LATER, numbers, states }
}

fn numbers(all: [f64; 6]) -> Numbers {
    all.map(|number| Some(number).filter(|number| number.is_finite()))
}

const NONE: f64 = f64::NAN;

fn keep() -> Metric {
    Metric { direction: Direction::Maintain, ..share() }
}

fn at_least(literal: &str, year: i16) -> Value {
    bounded(Bound::AtLeast, in_year(literal, year))
}

fn v12() -> Metric {
    let actuals = [("81", 2021), ("70", 2022), ("55", 2024), ("45", 2025)];
    let actuals = actuals.into_iter().map(|(literal, year)| in_year(literal, year)).collect();
    with(share(), Some(in_year("50", 2020)), actuals, vec![at_least("80", 2030)])
}

fn v1_with_a_step() -> Metric {
    let targets = vec![in_year("67", 2027), in_year("75", 2035)];
    with(share(), Some(in_year("63.5", 2024)), vec![in_year("64.25", 2025)], targets)
}

fn v18(actual: &str) -> Metric {
    let targets = vec![in_year("49", 2026), in_year("60", 2035)];
    with(count(), Some(in_year("50", 2024)), vec![in_year(actual, 2026)], targets)
}

fn deep(from: &str, now: &str, to: &str, direction: Direction) -> Metric {
    way(Metric { direction, ..count() }, (from, 2020), (now, 2022), (to, 2023))
}

#[rstest]
#[case::v1(vector(way(share(), ("63.5", 2024), ("64.25", 2025), ("75", 2035)),
    numbers([0.065, 0.091, 0.717, -2.6, 0.775, 0.761]), [NeedsAcceleration; 4]))]
#[case::v1_step(Vector { today: date(2026, 11, 23), ..vector(v1_with_a_step(),
    numbers([0.214, 0.333, 0.643, -11.9, 0.655, 0.651]), [NeedsAcceleration, Limited, NeedsAcceleration, NeedsAcceleration]) })]
#[case::v2(vector(way(share(), ("63.5", 2024), ("63.8", 2025), ("75", 2035)),
    numbers([0.026, 0.091, 0.287, -6.5, 0.310, 0.294]), [Limited, NeedsAcceleration, Limited, NeedsAcceleration]))]
#[case::v3(vector(way(share(), ("98.7", 2024), ("98.47", 2025), ("99", 2035)),
    numbers([-0.767, 0.091, NONE, NONE, NONE, NONE]), [Hold, Regressing, Regressing, Regressing]))]
#[case::v3_complement(vector(way(falling(), ("1.3", 2024), ("1.53", 2025), ("1", 2035)),
    numbers([-0.767, 0.091, NONE, NONE, NONE, NONE]), [Hold, Regressing, Regressing, Regressing]))]
#[case::v4(vector(way(falling(), ("4.0", 2024), ("3.4", 2026), ("0.5", 2035)),
    numbers([0.171, 0.182, 0.943, -1.0, 0.453, 0.675]), [NeedsAcceleration, NeedsAcceleration, Limited, NeedsAcceleration]))]
#[case::v5(vector(way(share(), ("50", 2024), ("62", 2029), ("80", 2035)),
    numbers([0.400, 0.455, 0.880, -5.5, 1.007, 1.009]), [NeedsAcceleration, NeedsAcceleration, OnTrack, OnTrack]))]
#[case::v12(Vector { today: date(2026, 11, 23), ..vector(v12(),
    numbers([-0.167, 0.5, -0.333, -66.7, -0.433, -0.317]), [Regressing; 4]) })]
#[case::v13_rise(Vector { today: date(2023, 6, 1), ..vector(deep("-10", "-6", "-5", Direction::Increase),
    numbers([0.8, 0.667, 1.2, 13.3, 1.093, 1.071]), [OnTrack; 4]) })]
#[case::v13_fall(Vector { today: date(2023, 6, 1), ..vector(deep("-10", "-14", "-5", Direction::Increase),
    numbers([-0.8, 0.667, -1.2, -146.7, -0.888, -1.313]), [Regressing; 4]) })]
#[case::v13_down(Vector { today: date(2023, 6, 1), ..vector(deep("-5", "-8", "-10", Direction::Decrease),
    numbers([0.6, 0.667, 0.9, -6.7, 1.019, 1.024]), [NeedsAcceleration, NeedsAcceleration, OnTrack, OnTrack]) })]
#[case::v14_growth(Vector { today: date(2026, 7, 23), ..vector(
    with(share(), Some(in_year("2.4", 2020)), vec![in_year("2.3", 2021), in_year("2.0", 2024)], vec![in_year("2.8", 2027)]),
    numbers([-1.0, 0.571, -1.75, -157.1, -2.001, -1.639]), [Regressing; 4]) })]
fn the_vectors_come_out_under_every_rule_set(#[case] vector: Vector) {
    let verdict = judged(&vector.metric, RuleRef::PACE, vector.today);
    for (rule, expected) in RuleRef::ALL.iter().zip(vector.states) {
        let one = verdict.by_rule.iter().find(|one| one.rule == *rule).unwrap();
        assert_eq!(one.state, expected, "{rule:?}: {}", verdict.why.en);
    }
    let step = |term: ArithmeticTerm| {
        verdict.steps.iter().find(|step| step.term == term).and_then(|step| step.written)
    };
    let found = [
        verdict.progress_share.and_then(Interval::exact),
        verdict.time_share.and_then(Interval::exact),
        step(ArithmeticTerm::Pace),
        step(ArithmeticTerm::Lead),
        step(ArithmeticTerm::CompoundRatio),
        step(ArithmeticTerm::ProjectedShare),
    ];
    for (at, (found, expected)) in found.into_iter().zip(vector.numbers).enumerate() {
        let within = if at == 3 { 0.06 } else { 0.0016 };
        match (found, expected) {
            (Some(found), Some(expected)) => {
                assert!((found - expected).abs() < within, "{at}: {found} {expected}")
            }
            (None, None) => {}
            pair => panic!("{at}: {pair:?}"),
        }
    }
}

#[test]
fn v1_says_when_and_how_fast() {
    let metric = way(share(), ("63.5", 2024), ("64.25", 2025), ("75", 2035));
    let verdict = judged(&metric, RuleRef::PACE, date(2026, 11, 23));
    assert_eq!(verdict.flags, [Flag::Provisional]);
    assert_eq!(
        verdict.why.en,
        "at this pace reaches 75 in May 2040, 4.3 years late; must run 1.43 times as fast"
    );
    assert_eq!(verdict.why.zh, "按此速度2040年5月达到75，晚4.3年；速度须为现在的1.43倍");
    let stepped = judged(&v1_with_a_step(), RuleRef::PACE, date(2026, 11, 23));
    assert!(stepped.why.en.ends_with("must run 1.83 times as fast"), "{}", stepped.why.en);
    assert_eq!(stepped.flags, [Flag::Provisional]);
}

#[test]
fn v2_does_not_depend_on_the_method_and_v5_does() {
    let sensitive =
        |metric: Metric| judged(&metric, RuleRef::PACE, LATER).flags.contains(&Flag::MethodSensitive);
    assert!(!sensitive(way(share(), ("63.5", 2024), ("63.8", 2025), ("75", 2035))));
    assert!(sensitive(way(share(), ("50", 2024), ("62", 2029), ("80", 2035))));
}

#[test]
fn v3_slips_under_the_target_and_shows_no_ratio() {
    let verdict = judged(&way(gross(), ("98.7", 2024), ("98.47", 2025), ("99", 2035)), RuleRef::PACE, LATER);
    assert_eq!(verdict.why.en, "slipping 0.53 point under the target");
    assert_eq!(verdict.why.zh, "略有滑落：低于目标0.53个百分点");
    assert_eq!(
        (verdict.ruled().and_then(|one| one.value), verdict.pace, verdict.landing),
        (None, None, None)
    );
    assert!(
        verdict.steps.iter().all(|step| matches!(step.term, ArithmeticTerm::ToGo | ArithmeticTerm::Change))
    );
    let mirrored = judged(&way(falling(), ("1.3", 2024), ("1.53", 2025), ("1", 2035)), RuleRef::PACE, LATER);
    assert_eq!((mirrored.state, mirrored.why.en.as_str()), (Hold, "slipping 0.53 point over the target"));
}

#[rstest] // V6: pace works where compound rules have none
#[case::from_nothing(way(count(), ("0", 2024), ("1", 2025), ("2", 2027)), [OnTrack, OnTrack, OnTrack, Undetermined])]
#[case::opposite(way(count(), ("-2", 2024), ("1", 2025), ("4", 2027)), [OnTrack, OnTrack, Undetermined, Undetermined])]
// only T's sign differs: λ exists. c = (−2/−4) − 1 = −.5; −2 × .5² = −.5 after two more years; (−.5 + 4) / (2 + 4) = .583
#[case::only_the_target(way(count(), ("-4", 2024), ("-2", 2025), ("2", 2027)), [OnTrack, OnTrack, Undetermined, NeedsAcceleration])]
fn v6_compound_rules_give_their_reason(#[case] metric: Metric, #[case] states: [State; 4]) {
    let verdict = judged(&metric, RuleRef::PACE, date(2026, 6, 1));
    let found: Vec<State> = verdict.by_rule.iter().map(|one| one.state).collect();
    assert_eq!(found, states);
    for one in &verdict.by_rule {
        assert!(one.state != Undetermined || one.lack.is_some(), "{one:?}");
    }
}

#[rstest] // V7
#[case::target_is_baseline_met(way(count(), ("9", 2024), ("9", 2025), ("9", 2035)), Achieved, "9 (2025) meets the target of 9")]
#[case::target_is_baseline_short(way(count(), ("9", 2024), ("8", 2025), ("9", 2035)), Regressing, "now 8, 1 point below the baseline of 9, which is the target")]
#[case::saturated(way(share(), ("98", 2024), ("97.7", 2025), ("98", 2035)), Hold, "slipping 0.3 point under the target")]
#[case::no_time_has_passed(way(share(), ("63.5", 2024), ("64", 2024), ("75", 2035)), State::NoData, "no actual value after the baseline")]
#[case::dated_before(way(share(), ("63.5", 2024), ("60", 2020), ("75", 2035)), State::NoData, "no actual value after the baseline")]
#[case::flat_above(with(share(), Some(in_year("60", 2024)), vec![in_year("61", 2025)], vec![in_year("60", 2025), in_year("75", 2035)]), OnTrack,
    "now 61, 1 point above the 60 expected by then; the path has not left the baseline")]
#[case::flat_below(with(share(), Some(in_year("60", 2024)), vec![in_year("59", 2025)], vec![in_year("60", 2025), in_year("75", 2035)]), Regressing,
    "now 59, 1 point below the 60 expected by then; the path has not left the baseline")]
#[case::no_actual(with(share(), Some(in_year("60", 2024)), vec![], vec![in_year("75", 2035)]), State::NoData, "no actual value is known")]
#[case::target_before_baseline(way(share(), ("63.5", 2024), ("64", 2025), ("75", 2020)), State::Overdue, "due 2020, now at 64, 11 points short of 75")]
#[case::target_behind_baseline(way(share(), ("63.5", 2024), ("59", 2025), ("60", 2035)), Regressing,
    "now 59, 4.5 points below the baseline of 63.5 and 1 point below the target of 60")]
fn v7_says_above_or_below_where_there_is_no_ratio(
    #[case] metric: Metric,
    #[case] state: State,
    #[case] why: &str,
) {
    let verdict = judged(&metric, RuleRef::PACE, date(2026, 11, 23));
    assert_eq!((verdict.state, verdict.why.en.as_str()), (state, why));
    assert_eq!(verdict.ruled().and_then(|one| one.value), None);
}

#[test]
fn v8_has_five_points_to_go_and_no_share() {
    let due = When::At(Moment::Month(2028, 2));
    let metric = with(share(), None, vec![announced("85", date(2025, 10, 20))], vec![value("90", due)]);
    let verdict = judged(&metric, RuleRef::PACE, date(2026, 11, 23));
    assert_eq!((verdict.state, verdict.progress_share), (NoBaseline, None));
    assert_eq!(verdict.why.en, "no baseline, so the way so far cannot be judged; 5 points to go");
    assert_eq!(verdict.why.zh, "没有基期值，不能判断进度；距目标5个百分点");
}

#[test]
fn v9_is_tried_as_a_total_and_as_an_addition() {
    let target = Value { kind: Kind::Unstated, ..value("100", When::Undated) };
    let baseline = value("69", When::Announced(Moment::Month(2025, 5)));
    let metric = with(count(), Some(baseline), vec![announced("78", date(2025, 10, 20))], vec![target]);
    let verdict = judged(&metric, RuleRef::PACE, date(2026, 11, 23));
    assert_eq!(verdict.state, Undated);
    assert!((verdict.progress_share.and_then(Interval::exact).unwrap() - 0.2903).abs() < 1e-4);
    let tried: Vec<_> = verdict.if_due.iter().map(|due| (due.added, due.year, due.state)).collect();
    let expected = [
        (false, 2027, OnTrack),
        (false, 2030, OnTrack),
        (false, 2035, OnTrack),
        (true, 2027, Undetermined),
        (true, 2030, Undetermined),
        (true, 2035, OnTrack),
    ];
    assert_eq!(tried, expected);
    assert_eq!(
        verdict.why.en,
        "the target has no date; 29% of the way is made; as a total: on track if due 2027, 2030, 2035; \
         as an addition: on track if due 2035"
    );
}

#[rstest] // V10
#[case::districts(way(count(), ("0", 2024), ("2", 2025), ("5", 2027)), OnTrack)]
#[case::no_district(way(count(), ("0", 2024), ("0", 2025), ("2", 2027)), Limited)]
#[case::first_place(Metric { measure: Measure::Rank, ..way(count(), ("2", 2024), ("1", 2025), ("1", 2027)) }, Achieved)]
#[case::same_place(Metric { measure: Measure::Rank, ..way(count(), ("2", 2024), ("2", 2025), ("1", 2027)) }, Limited)]
#[case::better_but_not_there(Metric { measure: Measure::Rank, ..way(count(), ("5", 2024), ("3", 2025), ("1", 2027)) }, Undetermined)]
#[case::worse(Metric { measure: Measure::Rank, ..way(count(), ("2", 2024), ("3", 2025), ("1", 2027)) }, Regressing)]
#[case::scale(Metric { measure: Measure::Ordinal, ..way(count(), ("2", 2024), ("3", 2025), ("3", 2027)) }, Achieved)]
fn v10_counts_and_ranks_never_hold(#[case] metric: Metric, #[case] expected: State) {
    let verdict = judged(&metric, RuleRef::PACE, date(2026, 11, 23));
    assert_eq!(verdict.state, expected, "{}", verdict.why.en);
    assert!(verdict.by_rule.iter().all(|one| one.state != Hold));
}

#[test]
fn v11_is_open() {
    let more = |value| bounded(Bound::MoreThan, value);
    let now = more(value("10000", When::At(Moment::Day(date(2025, 10, 20)))));
    let metric = with(count(), Some(more(in_year("9000", 2024))), vec![now], vec![in_year("12000", 2035)]);
    let verdict = judged(&metric, RuleRef::PACE, date(2026, 11, 23));
    assert_eq!((verdict.state, verdict.progress_share, verdict.expected), (Undetermined, None, None));
    assert!(verdict.why.en.ends_with("the figures are bounds, not values"), "{}", verdict.why.en);
}

#[test]
fn v12_was_met_once_and_is_lost() {
    let verdict = judged(&v12(), RuleRef::PACE, date(2026, 11, 23));
    assert!(verdict.flags.contains(&Flag::Lost), "{:?}", verdict.flags);
    let opensdg = verdict.by_rule.iter().find(|one| one.rule == RuleRef::OPEN_SDG).unwrap();
    assert!((opensdg.score.unwrap() + 4.31).abs() < 0.006, "{opensdg:?}");
}

#[test]
fn v14_half_a_point_of_two_is_no_hold() {
    let health = way(falling(), ("0.5", 2015), ("0.8", 2019), ("0.01", 2030));
    let verdict = judged(&health, RuleRef::PACE, date(2026, 7, 23));
    assert_eq!((verdict.state, verdict.by_rule[2].state), (Regressing, Regressing));
    assert_eq!(verdict.why.en, "moves away: 0.3 point worse than the baseline of 0.5, 0.79 point to go");
}

#[test]
fn v15_what_is_to_be_maintained_is_short_of_both_and_lands_nowhere() {
    let metric =
        with(keep(), Some(in_year("95.2", 2020)), vec![in_year("91", 2024)], vec![at_least("95", 2030)]);
    let verdict = judged(&metric, RuleRef::PACE, date(2025, 6, 1));
    assert_eq!((verdict.state, verdict.landing), (Regressing, None));
    assert_eq!(
        verdict.why.en,
        "now 91, 4.2 points below the baseline of 95.2 and 4 points below the target of 95"
    );
    assert_eq!(verdict.why.zh, "现为91，低于基期95.2达4.2个百分点，低于目标95达4个百分点");
    assert!(verdict.steps.iter().all(|step| step.term != ArithmeticTerm::Landing));
}

#[test]
fn v16_even_steps_are_no_jump_and_figures_that_grow_are_judged() {
    let actuals = [("15", 2020), ("55", 2022), ("95", 2024)];
    let actuals = actuals.into_iter().map(|(literal, year)| in_year(literal, year)).collect();
    let metric = with(share(), Some(in_year("1", 2019)), actuals, vec![in_year("100", 2030)]);
    let verdict = judged(&metric, RuleRef::PACE, date(2025, 6, 1));
    assert_eq!((verdict.state, verdict.flags.contains(&Flag::Jump)), (OnTrack, false));
}

#[test]
fn v17_a_release_of_a_day_outranks_an_article_of_the_year() {
    let from = |source, value| Value { source: Some(SourceId(source)), ..value };
    let article = from(0, value("85", When::Announced(Moment::Year(2025))));
    let release = from(1, announced("70", date(2025, 10, 20)));
    for observed in [vec![article.clone(), release.clone()], vec![release, article]] {
        let metric = with(share(), Some(in_year("60", 2023)), observed, vec![in_year("90", 2030)]);
        let verdict = judged(&metric, RuleRef::PACE, date(2026, 11, 23));
        assert_eq!(verdict.actual.map(|actual| actual.written()), Some(70.0));
        assert!(!verdict.flags.contains(&Flag::Contested) && verdict.rivals.is_empty());
    }
}

#[rstest] // V18: X = 49 lies behind B = 50
#[case("51", OnTrack)]
#[case("48", Regressing)]
fn v18_a_path_behind_the_baseline_has_no_ratio(#[case] actual: &str, #[case] state: State) {
    let verdict = judged(&v18(actual), RuleRef::PACE, date(2027, 6, 1));
    assert_eq!((verdict.state, verdict.ruled().and_then(|one| one.value)), (state, None));
}

#[test]
fn v19_a_target_met_at_its_date_is_achieved_lapsed_and_lost() {
    let actuals = vec![in_year("98.99", 2024), in_year("96", 2025)];
    let metric = with(share(), Some(in_year("95", 2020)), actuals, vec![at_least("97", 2024)]);
    let verdict = judged(&metric, RuleRef::PACE, date(2026, 6, 1));
    assert_eq!(verdict.state, Achieved);
    assert!(verdict.flags.contains(&Flag::Lost) && verdict.flags.contains(&Flag::Lapsed));
    assert_eq!(
        verdict.why.en,
        "98.99 (2024) meets the target of 97; its time is over; lost since: 96 (2025)"
    );
}
