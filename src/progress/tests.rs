//! The worked cases of `docs/judging.md` and others, worked out by hand, and properties that hold for any
//! figures.

mod properties;
mod vectors;

use jiff::civil::date;
use proptest::prelude::*;
use rstest::rstest;

use super::sample::*;
use super::*;
use crate::plan::State;
use crate::plan::metric::{
    Amount, Bound, Direction, Force, Grade, Kind, Measure, Metric, Moment, Official, Stage, Stat, Value, When,
};
use crate::plan::register::{Cadence, Source};
use crate::text::Ui;

/// A straight way with year-ends: baseline, actual, target.
fn way(metric: Metric, from: (&str, i16), now: (&str, i16), to: (&str, i16)) -> Metric {
    with(metric, Some(in_year(from.0, from.1)), vec![in_year(now.0, now.1)], vec![in_year(to.0, to.1)])
}

fn falling() -> Metric {
    Metric { direction: Direction::Decrease, ..share() }
}

fn gross() -> Metric {
    Metric { gross: true, ..share() }
}

fn near(number: Option<Interval>, expected: f64) {
    let number = number.and_then(Interval::exact).expect("an exact number");
    assert!((number - expected).abs() < 0.0005, "{number} is not {expected}");
}

fn v1() -> Metric {
    way(share(), ("63.5", 2024), ("64.25", 2025), ("75", 2035))
}

/// 教共体: 85 (announced 2025-10-20), 90 (2028-02), no baseline.
fn v8() -> Metric {
    let due = When::At(Moment::Month(2028, 2));
    with(share(), None, vec![announced("85", date(2025, 10, 20))], vec![value("90", due)])
}

#[test]
fn more_than_80_meets_at_least_80_and_80_does_not_meet_more_than_80() {
    let target = |bound| vec![bounded(bound, in_year("80", 2027))];
    let actual = |bound| vec![bounded(bound, in_year("80", 2025))];
    let state = |observed, target| state_of(with(share(), Some(in_year("60", 2024)), observed, target));
    assert_eq!(state(actual(Bound::MoreThan), target(Bound::AtLeast)), State::Achieved);
    assert_eq!(state(actual(Bound::MoreThan), target(Bound::MoreThan)), State::Achieved);
    assert_ne!(state(actual(Bound::Exact), target(Bound::MoreThan)), State::Achieved);
    assert_ne!(state(actual(Bound::Nearly), target(Bound::AtLeast)), State::Achieved);
}

#[test]
fn an_open_reference_time_is_named_when_it_matters_and_flagged_when_not() {
    let open = |actual: &str| {
        with(
            share(),
            Some(in_year("63.5", 2024)),
            vec![announced(actual, date(2025, 10, 20))],
            vec![in_year("75", 2035)],
        )
    };
    // On the day: X = 63.5 + 11.5 × .8027/11 = 64.339, so 64.25 has ρ = .894; at the end of 2024 any rise is
    // ahead.
    let matters = verdict(open("64.25"), RuleRef::PACE);
    assert_eq!(matters.open, Some((State::NeedsAcceleration, State::OnTrack)));
    assert!(matters.why.en.ends_with("the reference time is not stated"), "{}", matters.why.en);
    let settled = verdict(open("65"), RuleRef::PACE);
    assert_eq!(settled.state, State::OnTrack);
    assert!(settled.flags.contains(&Flag::ReferenceAssumed));
    let pace = settled.steps.iter().find(|step| step.term == ArithmeticTerm::Pace).unwrap();
    assert_eq!((pace.value, pace.lack), (None, Some(NoNumberReason::OpenTime)));
    assert!((pace.written.unwrap() - 1.7874).abs() < 0.0005, "{pace:?}"); // 1.5 / .8392
    assert_eq!(verdict(open("62"), RuleRef::PACE).state, State::Regressing);
}

#[test]
fn sources_that_disagree_are_shown_and_leave_the_verdict_open() {
    let from = |source: u32, value: Value| Value { source: Some(crate::plan::SourceId(source)), ..value };
    let metric = |second: Value| {
        with(
            share(),
            Some(in_year("60", 2024)),
            vec![from(0, in_year("62", 2025)), second],
            vec![in_year("70", 2029)],
        )
    };
    // ρ = 2/2 = 1 and 0.9/2 = .45
    let rivals = verdict(metric(from(1, in_year("60.9", 2025))), RuleRef::PACE);
    assert_eq!(rivals.open, Some((State::Limited, State::OnTrack)));
    assert!(rivals.flags.contains(&Flag::Contested));
    assert!((rivals.contests[0].spread - 1.1).abs() < 1e-9);
    // within half a point, or figures of two different days, nothing is contested
    let close = verdict(metric(from(1, in_year("61.95", 2025))), RuleRef::PACE);
    assert!(close.contests.is_empty() && close.state == State::OnTrack);
    let official = Value { grade: Some(Grade::A), ..from(1, in_year("60.9", 2025)) };
    let graded = verdict(metric(official), RuleRef::PACE);
    assert_eq!(graded.state, State::Limited, "the better grade counts");
    assert!(graded.flags.contains(&Flag::Contested));
}

#[test]
fn many_rivals_cost_no_more_than_their_ends() {
    let from = |source: u32| Value {
        source: Some(crate::plan::SourceId(source)),
        ..in_year(&format!("{}", 60 + source % 9), 2025)
    };
    let metric =
        with(share(), Some(in_year("60", 2024)), (0..1000).map(from).collect(), vec![in_year("70", 2029)]);
    let verdict = verdict(metric, RuleRef::PACE); // 60 to 68: ρ from 0 to 4
    assert_eq!(verdict.open, Some((State::Limited, State::OnTrack)));
    assert!((verdict.contests[0].spread - 8.0).abs() < 1e-9);
}

#[test]
fn two_days_of_one_year_are_a_series_and_no_contest() {
    let observed = vec![
        value("75", When::At(Moment::Month(2025, 5))),
        Value { source: Some(crate::plan::SourceId(1)), ..announced("78", date(2025, 10, 20)) },
    ];
    let metric = with(count(), Some(in_year("69", 2024)), observed, vec![in_year("100", 2027)]);
    assert!(verdict(metric, RuleRef::PACE).contests.is_empty());
}

#[test]
fn an_estimate_drives_no_verdict() {
    let estimate = Value { grade: Some(Grade::D), ..in_year("74", 2025) };
    let only = with(share(), Some(in_year("63.5", 2024)), vec![estimate.clone()], vec![in_year("75", 2035)]);
    assert_eq!(verdict(only, RuleRef::PACE).lack, Some(NoNumberReason::OnlyEstimates));
    let besides = with(
        share(),
        Some(in_year("63.5", 2024)),
        vec![in_year("64.25", 2025), Value { when: When::At(Moment::Month(2026, 5)), ..estimate }],
        vec![in_year("75", 2035)],
    );
    near(verdict(besides, RuleRef::PACE).pace, 0.717);
}

#[test]
fn the_target_that_counts_is_the_next_one_ahead() {
    let metric = with(
        share(),
        Some(in_year("50", 2020)),
        vec![in_year("62", 2024)],
        vec![in_year("90", 2035), in_year("60", 2023), in_year("70", 2027)],
    );
    let target = |today| {
        verdict_of(metric.clone(), RuleRef::PACE, &JournalData::default(), today)
            .target
            .map(|target| target.written())
    };
    assert_eq!(target(date(2023, 6, 1)), Some(60.0));
    assert_eq!(target(date(2025, 6, 1)), Some(70.0));
    assert_eq!(target(date(2027, 12, 31)), Some(90.0)); // its day has passed
    assert_eq!(target(date(2040, 1, 1)), Some(90.0)); // none is ahead: the last
}

#[test]
fn short_of_its_date_it_is_overdue_and_late_it_is_achieved_late() {
    let short = way(share(), ("50", 2020), ("84", 2025), ("90", 2025));
    let verdict_short = verdict(short, RuleRef::PACE);
    assert_eq!(verdict_short.state, State::Overdue);
    assert_eq!(verdict_short.why.en, "due 2025, now at 84, 6 points short of 90");
    let late = vec![in_year("84", 2023), in_year("91", 2025)];
    let late =
        verdict(with(share(), Some(in_year("50", 2020)), late, vec![in_year("90", 2023)]), RuleRef::PACE);
    assert_eq!(
        (late.state, late.why.en.as_str()),
        (State::Achieved, "91 (2025) meets the target of 90, 2 years late; its time is over")
    );
    // What was first known two years after the date says nothing of when it was reached.
    let known_late = verdict(way(share(), ("50", 2020), ("91", 2025), ("90", 2023)), RuleRef::PACE);
    assert_eq!(known_late.why.en, "91 (2025) meets the target of 90; its time is over");
}

#[test]
fn the_baseline_is_what_is_known_of_a_target_of_its_own_date() {
    let alone = |baseline| with(share(), Some(in_year(baseline, 2024)), vec![], vec![in_year("90", 2024)]);
    assert_eq!(state_of(alone("95.2")), State::Achieved);
    assert_eq!(state_of(alone("85")), State::Overdue);
    let later =
        with(share(), Some(in_year("95.2", 2024)), vec![in_year("89", 2025)], vec![in_year("90", 2024)]);
    assert_eq!(state_of(later), State::Achieved);
}

#[test]
fn chinese_reasons_count_in_wan_and_name_the_unit() {
    let places = Metric { unit: crate::text::Text::new(vec!["人".into(), "places".into()]), ..count() };
    let why = verdict(way(places, ("84000", 2024), ("80000", 2025), ("120000", 2035)), RuleRef::PACE).why;
    assert_eq!(why.zh, "偏离目标：比基期8.4万差4,000人，距目标4万人");
    assert_eq!(why.en, "moves away: 4,000 places worse than the baseline of 84,000, 40,000 places to go");
}

#[test]
fn a_break_by_people_splits_the_series_as_well() {
    let added = JournalData { breaks: vec![Moment::Month(2025, 6)], ..JournalData::default() };
    let verdict = verdict_of(v1(), RuleRef::PACE, &added, TODAY);
    assert_eq!(verdict.lack, Some(NoNumberReason::AcrossBreak));
}

#[test]
fn what_is_to_be_maintained_is_achieved_only_at_its_date() {
    let keep = Metric { direction: Direction::Maintain, ..share() };
    let metric = |now, year| way(keep.clone(), ("96", 2024), (now, year), ("95", 2025));
    let state = |metric, today| verdict_of(metric, RuleRef::PACE, &JournalData::default(), today).state;
    let before = way(keep.clone(), ("96", 2023), ("96.5", 2024), ("95", 2027));
    assert_eq!(state(before, TODAY), State::OnTrack);
    assert_eq!(state(metric("95.2", 2025), TODAY), State::Achieved);
    assert_eq!(state(metric("94", 2025), TODAY), State::Overdue);
    let falling = way(keep, ("96", 2023), ("93", 2024), ("95", 2027));
    assert_eq!(state(falling, TODAY), State::Regressing);
}

#[test]
fn what_should_arrive_may_come_from_either_side() {
    let reach = Metric { direction: Direction::Reach, ..count() };
    assert_eq!(state_of(way(reach.clone(), ("15", 2024), ("12", 2025), ("12", 2030))), State::Achieved);
    assert_eq!(state_of(way(reach.clone(), ("15", 2024), ("14.5", 2025), ("12", 2030))), State::OnTrack); // .5 of 3 in 1 of 6 years
    assert_eq!(state_of(way(reach, ("9", 2024), ("9.5", 2025), ("12", 2030))), State::OnTrack);
}

#[test]
fn flows_are_compared_with_flows_of_the_same_length_only() {
    let flow = |observed: Vec<Value>, target| {
        with(Metric { stat: Stat::Flow, ..count() }, Some(in_year("100", 2024)), observed, vec![target])
    };
    let five = |literal: &str| value(literal, When::Period(Moment::Year(2021), Moment::Year(2025)));
    let years = verdict(flow(vec![in_year("300", 2025)], five("1000")), RuleRef::PACE);
    assert_eq!((years.state, years.lack), (State::NoData, Some(NoNumberReason::SameLength)));
    let met = verdict(flow(vec![five("1100")], five("1000")), RuleRef::PACE);
    assert_eq!(met.state, State::Achieved);
    let path = verdict(flow(vec![in_year("120", 2025)], in_year("200", 2027)), RuleRef::PACE);
    assert_eq!((path.state, path.lack), (State::NeedsAcceleration, None)); // .2 of the way in a third of the time
    near(path.progress_share, 0.2);
}

#[rstest]
#[case(Some(2025), 2027, State::Achieved, "done (2025)")]
#[case(None, 2025, State::NoData, "was due 2025; no report of it is known")]
#[case(None, 2027, State::NoData, "due 2027, in 1.1 years")]
fn milestones_are_done_due_or_overdue(
    #[case] done: Option<i16>,
    #[case] due: i16,
    #[case] state: State,
    #[case] why: &str,
) {
    let stage = |year| Value { amount: Amount::Stage(Some(Stage::Signed)), ..in_year("0", year) };
    let metric = with(
        Metric { measure: Measure::Milestone, ..count() },
        None,
        done.map(stage).into_iter().collect(),
        vec![stage(due)],
    );
    let verdict = verdict(metric, RuleRef::PACE);
    assert_eq!((verdict.state, verdict.why.en.as_str()), (state, why));
}

#[rstest]
#[case::qualitative(Metric { measure: Measure::Qualitative, ..v1() }, State::NotAssessable, NoNumberReason::Scale)]
#[case::no_target(with(share(), Some(in_year("60", 2024)), vec![in_year("61", 2025)], vec![]), State::NoTarget, NoNumberReason::Target)]
#[case::negative(way(share(), ("-5", 2024), ("10", 2025), ("75", 2035)), State::Undetermined, NoNumberReason::OutsideShare)]
#[case::above(way(share(), ("60", 2024), ("101", 2025), ("105", 2035)), State::Undetermined, NoNumberReason::OutsideShare)]
#[case::increment_on_nothing(with(share(), None, vec![in_year("60", 2025)], vec![Value { kind: Kind::Increment, ..in_year("5", 2027) }]), State::NoBaseline, NoNumberReason::Baseline)]
fn bad_or_missing_figures_give_their_reason(
    #[case] metric: Metric,
    #[case] state: State,
    #[case] lack: NoNumberReason,
) {
    let verdict = verdict(metric, RuleRef::PACE);
    assert_eq!((verdict.state, verdict.lack), (state, Some(lack)));
    assert!(!verdict.why.zh.is_empty() && !verdict.why.en.is_empty());
}

#[test]
fn an_increment_is_added_to_the_baseline() {
    let metric = with(
        share(),
        Some(in_year("63.5", 2024)),
        vec![in_year("64.25", 2025)],
        vec![Value { kind: Kind::Increment, ..in_year("11.5", 2035) }],
    );
    near(verdict(metric, RuleRef::PACE).pace, 0.717); // to 75, as V1
}

#[test]
fn a_promise_counts_before_an_aspiration_of_the_same_date() {
    let strive = Value { force: Force::Strive, ..in_year("80", 2035) };
    let metric = with(
        share(),
        Some(in_year("63.5", 2024)),
        vec![in_year("64.25", 2025)],
        vec![strive, in_year("75", 2035)],
    );
    assert_eq!(verdict(metric, RuleRef::PACE).target.map(|target| target.written()), Some(75.0));
}

#[test]
fn values_of_later_documents_are_hidden() {
    let later = Value { published: Some(Moment::Day(date(2026, 3, 1))), ..in_year("64.25", 2025) };
    let metric = with(share(), Some(in_year("63.5", 2024)), vec![later], vec![in_year("75", 2035)]);
    let at = |today| verdict_of(metric.clone(), RuleRef::PACE, &JournalData::default(), today).lack;
    assert_eq!(at(date(2026, 2, 28)), Some(NoNumberReason::Actual));
    assert_eq!(at(date(2026, 3, 1)), None);
}

#[test]
fn a_recorded_value_counts_like_a_published_one() {
    let own = in_year("64.25", 2025);
    let bare = with(share(), Some(in_year("63.5", 2024)), vec![], vec![in_year("75", 2035)]);
    let added = JournalData { values: vec![Recorded { value: &own, by: "li" }], ..JournalData::default() };
    near(verdict_of(bare, RuleRef::PACE, &added, TODAY).pace, 0.717);
}

#[rstest] // the last change a year against the fastest before: over twice as fast is a jump
#[case(&[("93", 2015), ("95", 2019), ("95.5", 2020), ("96.6", 2021)], true)] // 1.1 against .5
#[case(&[("93", 2015), ("95", 2019), ("95.5", 2020), ("96.4", 2021)], false)] // .9 against .5
#[case(&[("1", 2019), ("15", 2020), ("55", 2022), ("95", 2024)], false)] // 20 against 20
#[case(&[("93", 2015), ("96", 2016)], false)] // nothing to compare with
fn a_change_more_than_twice_as_fast_as_any_before_is_a_jump(
    #[case] figures: &[(&str, i16)],
    #[case] jump: bool,
) {
    let (first, rest) = figures.split_first().unwrap();
    let rest = rest.iter().map(|(literal, year)| in_year(literal, *year)).collect();
    let metric = with(share(), Some(in_year(first.0, first.1)), rest, vec![in_year("99", 2035)]);
    let found = verdict(metric.clone(), RuleRef::PACE);
    assert_eq!(found.flags.contains(&Flag::Jump), jump);
    assert!(found.state != State::Undetermined, "a jump warns and takes no verdict away");
    let split = JournalData {
        breaks: vec![Moment::Year(figures[figures.len() - 1].1 - 1)],
        ..JournalData::default()
    };
    assert!(!verdict_of(metric, RuleRef::PACE, &split, TODAY).flags.contains(&Flag::Jump));
}

#[rstest] // 万 for 个, a share for a percentage
#[case(way(count(), ("84000", 2024), ("8.6", 2025), ("90000", 2035)))]
#[case(way(share(), ("95.2", 2024), ("0.96", 2025), ("98", 2035)))]
fn figures_that_differ_as_units_do_are_warned_of(#[case] metric: Metric) {
    let found = verdict(metric, RuleRef::PACE);
    assert_eq!((found.state, found.flags.contains(&Flag::Jump)), (State::Regressing, true));
}

#[rstest] // saturated rates only, and within a quarter of what is left
#[case(way(share(), ("98.7", 2024), ("98.47", 2025), ("99", 2035)), State::Hold)]
#[case(way(share(), ("98.7", 2024), ("98.3", 2025), ("99", 2035)), State::Regressing)] // .4 > 1.3 / 4
#[case(way(share(), ("94", 2024), ("93.9", 2025), ("94.3", 2035)), State::Regressing)] // 6 points from its end
#[case(way(share(), ("95", 2024), ("94.6", 2025), ("95.4", 2035)), State::Hold)] // 5 points from it, half a point at most
#[case(way(falling(), ("3", 2024), ("3.4", 2025), ("2.6", 2035)), State::Hold)]
#[case(way(count(), ("98.7", 2024), ("98.47", 2025), ("99", 2035)), State::Regressing)]
fn only_saturated_rates_hold(#[case] metric: Metric, #[case] expected: State) {
    assert_eq!(state_of(metric), expected);
}

#[test]
fn met_once_and_lost_since_is_judged_by_the_latest() {
    let metric = with(
        share(),
        Some(in_year("50", 2020)),
        vec![in_year("76", 2023), in_year("74", 2025)],
        vec![in_year("75", 2035)],
    );
    let found = verdict(metric.clone(), RuleRef::PACE);
    assert_eq!((found.state, found.flags.contains(&Flag::Lost)), (State::OnTrack, true)); // 24 of 25 in a third of the time
    // what met it before the baseline, or before a break, is not lost
    let earlier = Metric { baseline: Some(in_year("50", 2024)), ..metric.clone() };
    assert!(!verdict(earlier, RuleRef::PACE).flags.contains(&Flag::Lost));
    let broken = verdict(Metric { breaks: Box::new([2024]), ..metric }, RuleRef::PACE);
    assert_eq!((broken.state, broken.lack), (State::NoBaseline, Some(NoNumberReason::AcrossBreak)));
}

#[test]
fn counts_from_a_stated_start_and_flows_of_one_length_have_a_path() {
    let since = |literal: &str, to| value(literal, When::Period(Moment::Year(2025), Moment::Year(to)));
    let places = Metric { stat: Stat::Cumulative, ..count() };
    let metric = with(places, None, vec![since("84000", 2025)], vec![since("400000", 2029)]);
    let found = verdict(metric, RuleRef::PACE);
    assert_eq!(found.baseline_lack, None, "{}", found.why.en);
    near(found.progress_share, 0.21); // 84,000 of 400,000 since nothing at the start of 2025
    near(found.pace, 1.05); // in one of five years
    assert_eq!(found.state, State::OnTrack);
    let flow = Metric { stat: Stat::Flow, ..count() };
    let found = verdict(way(flow, ("100", 2024), ("120", 2025), ("200", 2027)), RuleRef::PACE);
    near(found.pace, 0.6); // 20 of 100 in a third of the time
    assert_eq!(found.state, State::NeedsAcceleration);
}

#[test]
fn the_plans_own_targets_come_before_those_of_other_documents() {
    let other = Value { source: Some(crate::plan::SourceId(0)), ..in_year("66", 2027) };
    let metric = with(
        share(),
        Some(in_year("63.5", 2024)),
        vec![in_year("64.25", 2025)],
        vec![other, in_year("75", 2035)],
    );
    let mut plan = plan_of(metric);
    plan.sources =
        vec![Source { standing: Some(crate::plan::register::Standing::OtherPlan), ..Source::default() }];
    let found =
        Judge::new(&plan, RuleRef::PACE, AsOf::on(TODAY)).assess(NodeId(0), &JournalData::default()).unwrap();
    assert_eq!(found.target.map(|target| target.written()), Some(75.0));
    near(found.pace, 0.717); // no checkpoint bends the path
}

#[test]
fn events_have_occurred_and_a_stage_ahead_is_to_come() {
    let stage = |year| Value { amount: Amount::Stage(Some(Stage::Held)), ..in_year("0", year) };
    let milestone =
        |observed, target| with(Metric { measure: Measure::Milestone, ..count() }, None, observed, target);
    let event = verdict(milestone(vec![stage(2025)], vec![]), RuleRef::PACE);
    assert_eq!((event.state, event.why.en.as_str()), (State::Occurred, "took place (2025)"));
    let ahead = verdict(milestone(vec![stage(2028)], vec![]), RuleRef::PACE);
    assert_eq!((ahead.state, ahead.lack), (State::NoData, Some(NoNumberReason::NotDue)));
    let late = verdict(milestone(vec![stage(2026)], vec![stage(2024)]), RuleRef::PACE);
    assert_eq!(late.lack, None);
    let unreported = verdict(milestone(vec![], vec![stage(2024)]), RuleRef::PACE);
    assert_eq!((unreported.state, unreported.flags.as_slice()), (State::NoData, &[Flag::Unreported][..]));
    let official = Official { status: State::Overdue, source: None };
    let said = Metric { official: Some(official), ..milestone(vec![], vec![stage(2024)]) };
    assert_eq!(verdict(said, RuleRef::PACE).state, State::Overdue);
}

#[test]
fn an_actual_dated_ahead_is_named_as_the_reason() {
    let metric = way(share(), ("60", 2018), ("70.5", 2029), ("80", 2030));
    let found = verdict(metric, RuleRef::PACE);
    assert_eq!((found.state, found.lack), (State::NoData, Some(NoNumberReason::Ahead)));
    assert!(found.why.en.ends_with(": 2029"), "{}", found.why.en);
}

#[rstest]
#[case("37.984", State::NeedsAcceleration, "0.9496")] // .37984 of the way in .4 of the time
#[case("38", State::OnTrack, "0.95")]
fn a_number_is_never_rounded_across_its_cut(#[case] actual: &str, #[case] state: State, #[case] shown: &str) {
    let found = verdict(way(count(), ("0", 2020), (actual, 2024), ("100", 2030)), RuleRef::PACE);
    let own = found.ruled().unwrap();
    assert_eq!((own.state, own.number_said(Ui::En).unwrap().as_str()), (state, shown));
    if state == State::OnTrack {
        assert!(found.why.en.ends_with("within the tolerance of the rule (ρ ≥ 0.95)"), "{}", found.why.en);
    }
}

#[test]
fn small_figures_keep_their_digits() {
    let falls = Metric { direction: Direction::Decrease, unit: crate::text::Text::default(), ..count() };
    let found =
        verdict(way(falls, ("0.0000012", 2020), ("0.000001", 2024), ("0.0000004", 2030)), RuleRef::PACE);
    let line = |term: ArithmeticTerm| found.steps.iter().find(|step| step.term == term).unwrap().clone();
    assert_eq!(line(ArithmeticTerm::Change).formula, "0.000001 − 0.0000012");
    assert_eq!(ArithmeticTerm::Change.shown(line(ArithmeticTerm::Change).written.unwrap()), "-0.0000002");
    // .0000002 of .0000008 in four of ten years: .625 of the pace; at it 12 more years
    assert_eq!(
        found.why.en,
        "at this pace reaches 0.0000004 in Dec 2036, 6 years late; must run 2 times as fast"
    );
}

#[test]
fn a_missed_checkpoint_is_flagged_and_one_met_in_time_is_not() {
    let metric = |at_checkpoint: &str| {
        with(
            share(),
            Some(in_year("50", 2020)),
            vec![in_year(at_checkpoint, 2025)],
            vec![in_year("60", 2025), in_year("80", 2035)],
        )
    };
    assert!(verdict(metric("59"), RuleRef::PACE).flags.contains(&Flag::CheckpointMissed));
    assert!(!verdict(metric("60"), RuleRef::PACE).flags.contains(&Flag::CheckpointMissed));
}

#[test]
fn old_figures_are_stale_after_eighteen_months() {
    let stale =
        |today| verdict_of(v1(), RuleRef::PACE, &JournalData::default(), today).flags.contains(&Flag::Stale);
    assert!(!stale(date(2027, 6, 30))); // 2027.496 − 2026.0
    assert!(stale(date(2027, 7, 3))); // day 184 of 365: 1.504
}

#[test]
fn reviewer_and_official_that_differ_are_flagged() {
    let metric = Metric { official: Some(Official { status: State::OnTrack, source: None }), ..v1() };
    let added = JournalData { verdict: Some(State::Limited), ..JournalData::default() };
    let flags = verdict_of(metric, RuleRef::PACE, &added, TODAY).flags;
    assert!(flags.contains(&Flag::ReviewerDiffers) && flags.contains(&Flag::OfficialDiffers));
    let same = JournalData { verdict: Some(State::NeedsAcceleration), ..JournalData::default() };
    assert!(!verdict_of(v1(), RuleRef::PACE, &same, TODAY).flags.contains(&Flag::ReviewerDiffers));
}

#[rstest]
#[case(Some(Cadence::Monthly), date(2026, 2, 20), true)] // .140 of a year; 1.5 months are .125
#[case(Some(Cadence::Monthly), date(2026, 2, 10), false)]
#[case(Some(Cadence::Quarterly), date(2026, 5, 20), true)] // .384; 4.5 months are .375
#[case(Some(Cadence::Yearly), date(2027, 6, 30), false)]
#[case(Some(Cadence::FiveYearly), date(2033, 6, 1), false)] // 7.4; 7.5
#[case(Some(Cadence::FiveYearly), date(2033, 8, 1), true)]
#[case(None, date(2027, 7, 3), true)]
fn how_old_is_stale_depends_on_the_source(
    #[case] cadence: Option<Cadence>,
    #[case] today: jiff::civil::Date,
    #[case] stale: bool,
) {
    let observed = vec![Value { source: Some(crate::plan::SourceId(0)), ..in_year("64.25", 2025) }];
    let mut plan = plan_of(with(share(), Some(in_year("63.5", 2024)), observed, vec![in_year("75", 2035)]));
    plan.sources = vec![Source { cadence, ..Source::default() }];
    let verdict =
        Judge::new(&plan, RuleRef::PACE, AsOf::on(today)).assess(NodeId(0), &JournalData::default()).unwrap();
    assert_eq!(verdict.flags.contains(&Flag::Stale), stale);
}

#[test]
fn an_official_verdict_counts_from_the_day_of_its_document() {
    let official = Official { status: State::OnTrack, source: Some(crate::plan::SourceId(0)) };
    let mut plan = plan_of(Metric { official: Some(official), ..v1() });
    plan.sources = vec![Source { date: Some(Moment::Day(date(2026, 6, 1))), ..Source::default() }];
    let differs = |today| {
        let judge = Judge::new(&plan, RuleRef::PACE, AsOf::on(today));
        judge.assess(NodeId(0), &JournalData::default()).unwrap().flags.contains(&Flag::OfficialDiffers)
    };
    assert!(!differs(date(2026, 5, 31)) && differs(date(2026, 6, 1)));
}

#[test]
fn a_verdict_is_provisional_until_a_second_figure_and_enough_time() {
    let flags = |observed, today| {
        let metric = with(share(), Some(in_year("60", 2024)), observed, vec![in_year("80", 2034)]);
        verdict_of(metric, RuleRef::PACE, &JournalData::default(), today).flags.contains(&Flag::Provisional)
    };
    let one = || vec![in_year("66", 2027)];
    let two = || vec![in_year("66", 2027), in_year("62", 2025)];
    assert!(flags(one(), date(2028, 1, 1))); // .3 of the time, one figure
    assert!(!flags(two(), date(2028, 1, 1)));
    // .1 of the time, two figures of it
    let early = vec![in_year("62", 2025), value("61", When::At(Moment::Month(2025, 6)))];
    assert!(flags(early, date(2026, 1, 1)));
}

#[test]
fn every_flag_says_what_it_means_in_both_languages() {
    for flag in Flag::ALL {
        let said = flag.meaning();
        assert!(!said.zh.is_ascii() && said.en.len() > 10, "{flag:?}");
    }
}

#[test]
fn checkpoints_lie_between_the_baseline_and_the_target_that_counts() {
    let metric = with(
        share(),
        Some(in_year("50", 2020)),
        vec![in_year("62", 2024)],
        vec![in_year("90", 2035), in_year("45", 2019), in_year("60", 2023), in_year("70", 2027)],
    );
    let steps = |today| {
        let verdict = verdict_of(metric.clone(), RuleRef::PACE, &JournalData::default(), today);
        verdict.checkpoints().iter().map(Reading::written).collect::<Vec<_>>()
    };
    assert_eq!(steps(date(2025, 6, 1)), [60.0]);
    assert_eq!(steps(date(2028, 6, 1)), [60.0, 70.0]);
}

#[test]
fn a_person_speaks_where_the_figures_cannot() {
    let state = |metric, verdict| {
        let plan = plan_of(metric);
        let added = JournalData { verdict, ..JournalData::default() };
        Judge::new(&plan, RuleRef::PACE, AsOf::on(TODAY)).state(NodeId(0), &added)
    };
    assert_eq!(state(v8(), None), State::NoBaseline);
    assert_eq!(state(v8(), Some(State::Limited)), State::Limited);
    assert_eq!(state(v1(), Some(State::Limited)), State::NeedsAcceleration);
}

#[test]
fn steps_carry_the_figures() {
    let verdict = verdict(v1(), RuleRef::PACE);
    let line =
        |term: ArithmeticTerm| verdict.steps.iter().find(|step| step.term == term).unwrap().formula.clone();
    assert_eq!(line(ArithmeticTerm::ProgressShare), "(64.25 − 63.5) / (75 − 63.5)");
    assert_eq!(line(ArithmeticTerm::TimeShare), "1 / 11");
    assert_eq!(line(ArithmeticTerm::Expected), "63.5 + (75 − 63.5) × 1 / 11");
    assert_eq!(line(ArithmeticTerm::Landing), "2026 + (75 − 64.25) / 0.75");
    assert_eq!(verdict.steps.len(), ArithmeticTerm::ALL.len() - 1); // but for the score of another method
}

#[rstest] // by hand: first to last, and from four values on the slope, beyond half a point
#[case::better(&[("60", 2015), ("70.5", 2025)], Some(Turn::Better))]
#[case::flat(&[("60", 2015), ("60.4", 2025)], Some(Turn::Flat))]
#[case::worse(&[("60", 2015), ("58", 2025)], Some(Turn::Worse))]
// the last is above the first by 2, and the line through all falls by .9 a year
#[case::slope_disagrees(&[("60", 2020), ("70", 2021), ("55", 2022), ("62", 2023)], Some(Turn::Flat))]
#[case::one_value(&[("60", 2015)], None)]
fn a_series_without_a_target_has_a_trend(#[case] figures: &[(&str, i16)], #[case] turn: Option<Turn>) {
    let observed = figures.iter().map(|(literal, year)| in_year(literal, *year)).collect();
    let found = verdict(with(share(), None, observed, vec![]), RuleRef::PACE);
    assert_eq!((found.state, found.trend.and_then(|trend| trend.turn)), (State::NoTarget, turn));
}

#[test]
fn a_comparator_of_the_same_time_has_a_distance_and_another_stands_beside() {
    let nation = |literal: &str, year| Value {
        whose: Some(Box::new(crate::text::Text::new(vec!["全国".into(), "the nation".into()]))),
        ..in_year(literal, year)
    };
    let metric = Metric {
        comparators: Box::new([nation("67.5", 2025), nation("66", 2023)]),
        ..with(share(), None, vec![in_year("60", 2015), in_year("70.5", 2025)], vec![])
    };
    let found = verdict(metric, RuleRef::PACE);
    let differences: Vec<Option<f64>> = found.distances.iter().map(|one| one.difference).collect();
    assert_eq!(differences, [Some(3.0), None]);
    assert_eq!(
        found.why.en,
        "no target is stated; better: 60 (2015) → 70.5 (2025); 3 points above 67.5 (the nation)"
    );
}

/// Any figures at all, in any order of years.
fn any_value() -> impl Strategy<Value = Value> {
    let amount = prop_oneof![
        (-1_000_000i32..1_000_000).prop_map(|n| format!("{}", f64::from(n) / 100.0)),
        Just("0".to_owned()),
        Just("999999999999999".to_owned()),
        Just("-99999999999999e1".to_owned()),
        Just("1e-15".to_owned()),
    ];
    let when = prop_oneof![
        (1900i16..2100).prop_map(|year| When::At(Moment::Year(year))),
        (2020i16..2030, 1i8..=12).prop_map(|(year, month)| When::At(Moment::Month(year, month))),
        (2020i16..2030, 1i8..=12)
            .prop_map(|(year, month)| When::Announced(Moment::Day(date(year, month, 15)))),
        (2015i16..2030, 0i16..6)
            .prop_map(|(year, more)| When::Period(Moment::Year(year), Moment::Year(year + more))),
        Just(When::Undated),
        Just(When::Unstated),
    ];
    (amount, when, proptest::sample::select(Bound::ALL), any::<bool>()).prop_map(
        |(amount, when, bound, adds)| {
            let kind = if adds { Kind::Increment } else { Kind::Level };
            Value { kind, ..bounded(bound, value(&amount, when)) }
        },
    )
}

fn any_metric() -> impl Strategy<Value = Metric> {
    let values = || proptest::collection::vec(any_value(), 0..5);
    (
        proptest::sample::select(Measure::ALL),
        proptest::sample::select(Direction::ALL),
        proptest::sample::select(Stat::ALL),
        proptest::option::of(any_value()),
        values(),
        values(),
    )
        .prop_map(|(measure, direction, stat, baseline, observed, target)| {
            with(Metric { measure, direction, stat, ..share() }, baseline, observed, target)
        })
}

fn is_shown_well(text: &str) -> bool {
    !text.is_empty() && !text.contains("NaN") && !text.contains("inf")
}

proptest! {
    #[test]
    fn every_verdict_has_its_reason_and_no_number_is_none(metric in any_metric(), days in 0i64..5000) {
        let today = date(2020, 1, 1).saturating_add(jiff::Span::new().days(days));
        let plan = plan_of(metric);
        for rule in RuleRef::ALL {
            let judge = Judge::new(&plan, rule, AsOf::on(today));
            let verdict = judge.assess(NodeId(0), &JournalData::default()).unwrap();
            prop_assert_eq!(verdict.state, judge.state(NodeId(0), &JournalData::default()));
            for ui in [Ui::Zh, Ui::En] {
                prop_assert!(is_shown_well(verdict.why.get(ui)), "{:?}", verdict.why);
            }
            for step in &verdict.steps {
                prop_assert!(is_shown_well(&step.formula), "{step:?}");
                prop_assert!(step.value.is_some() != step.lack.is_some(), "{step:?}");
                prop_assert!(step.written.is_none_or(f64::is_finite), "{step:?}");
            }
            let numbers = [verdict.pace, verdict.progress_share, verdict.time_share, verdict.expected, verdict.landing];
            for number in numbers.into_iter().flatten().chain(verdict.by_rule.iter().filter_map(|one| one.value)) {
                prop_assert!(number.lo().is_finite() && number.hi().is_finite());
            }
            prop_assert!(verdict.state != State::Undetermined || verdict.open.is_some() || verdict.lack.is_some());
        }
    }

    #[test]
    fn the_mirror_image_has_the_same_share_and_pace(from in 1_000i32..9_000, now in 1_000i32..9_000, to in 1_000i32..9_000) {
        prop_assume!((from - to).abs() > 50);
        let literal = |hundredths: i32| format!("{:.2}", f64::from(hundredths) / 100.0);
        let rises = to > from;
        let image = |turn: fn(i32) -> i32, direction| {
            let metric = Metric { direction, ..share() };
            let (from, now, to) = (literal(turn(from)), literal(turn(now)), literal(turn(to)));
            verdict(way(metric, (&from, 2024), (&now, 2025), (&to, 2035)), RuleRef::PACE)
        };
        let (there, back) = if rises { (Direction::Increase, Direction::Decrease) } else { (Direction::Decrease, Direction::Increase) };
        let (one, other) = (image(|n| n, there), image(|n| 10_000 - n, back));
        prop_assert_eq!(one.state, other.state);
        for (one, other) in [(one.progress_share, other.progress_share), (one.pace, other.pace)] {
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!((one.lo() - other.lo()).abs() < 1e-6 * one.lo().abs().max(1.0));
            }
        }
    }

    #[test]
    fn units_do_not_matter(from in 1i32..5_000, now in 1i32..5_000, more in 1i32..5_000) {
        let in_unit = |unit: i64| {
            let literal = |n: i32| (i64::from(n) * unit).to_string();
            let (from, now, to) = (literal(from), literal(now), literal(from + more));
            verdict(way(count(), (&from, 2024), (&now, 2025), (&to, 2035)), RuleRef::PACE)
        };
        let (one, other) = (in_unit(1), in_unit(1_000));
        prop_assert_eq!(one.state, other.state);
        let share = |verdict: &Assessment| verdict.progress_share.map(|share| (share.lo() * 1e9).round());
        prop_assert_eq!(share(&one), share(&other));
    }
}

#[test]
fn a_thousand_values_and_duplicate_years_are_judged() {
    let observed: Vec<Value> =
        (0..1000).map(|n| in_year(&format!("{}", 60 + n % 7), 2015 + (n % 11) as i16)).collect();
    let metric = with(share(), Some(in_year("50", 2014)), observed, vec![in_year("75", 2035)]);
    let verdict = verdict(metric, RuleRef::PACE);
    assert!(!verdict.why.en.is_empty() && verdict.series.actuals.len() == 1000);
}
