//! Properties that hold for any figures.

use jiff::civil::date;
use proptest::prelude::*;
use std::cmp::Ordering;

use super::{any_value, count, share};
use crate::plan::NodeId;
use crate::plan::metric::{Direction, Measure, Metric, Moment, Value, When};
use crate::progress::sample::{TODAY, in_year, plan_of, verdict_of, with};
use crate::progress::series::Series;
use crate::progress::{AsOf, JournalData, Judge, RuleRef};

fn literal(hundredths: i32) -> String {
    format!("{:.2}", f64::from(hundredths) / 100.0)
}

/// A way of 2015 to 2035 with figures of some years, the later ones last.
fn any_way() -> impl Strategy<Value = Metric> {
    let figures = proptest::collection::btree_map(2016i16..2026, 0i32..9_000, 1..6);
    let direction =
        proptest::sample::select(vec![Direction::Increase, Direction::Decrease, Direction::Maintain]);
    let measure = proptest::sample::select(vec![Measure::Percentage, Measure::Unit]);
    (figures, 1i32..9_000, 1i32..9_000, direction, measure).prop_map(
        |(figures, from, to, direction, measure)| {
            let observed =
                figures.into_iter().map(|(year, figure)| in_year(&literal(figure), year)).collect();
            let metric = Metric { direction, measure, ..share() };
            with(metric, Some(in_year(&literal(from), 2015)), observed, vec![in_year(&literal(to), 2035)])
        },
    )
}

proptest! {
    #[test]
    fn an_older_actual_changes_no_verdict_under_our_own_rules(metric in any_way(), year in 2000i16..2025, figure in 0i32..9_000) {
        let latest = metric.observed.iter().filter_map(|value| match value.when {
            When::At(Moment::Year(year)) => Some(year),
            _ => None,
        }).max().unwrap();
        prop_assume!(year < latest);
        prop_assume!(metric.observed.iter().all(|value| value.when != When::At(Moment::Year(year))));
        let mut more = metric.clone();
        more.observed = more.observed.iter().cloned().chain([in_year(&literal(figure), year)]).collect();
        for rule in [RuleRef::PACE, RuleRef::XUSHI, RuleRef::PROJECTION] {
            let (one, other) = (
                verdict_of(metric.clone(), rule, &JournalData::default(), TODAY),
                verdict_of(more.clone(), rule, &JournalData::default(), TODAY),
            );
            prop_assert_eq!((one.state, one.open, one.pace), (other.state, other.open, other.pace), "{:?}", rule);
        }
    }

    #[test]
    fn a_verdict_as_of_a_day_is_that_of_a_plan_without_what_came_later(
        metric in any_way(),
        known in proptest::collection::vec(2015i16..2028, 8),
        day in 2016i16..2028,
    ) {
        let mut dates = known.into_iter().cycle();
        let mut dated = |value: &Value| Value {
            published: Some(Moment::Day(date(dates.next().unwrap(), 6, 15))),
            ..value.clone()
        };
        let all = Metric {
            baseline: metric.baseline.as_ref().map(&mut dated),
            observed: metric.observed.iter().map(&mut dated).collect(),
            target: metric.target.iter().map(&mut dated).collect(),
            ..metric
        };
        let today = date(day, 3, 1);
        let was_known = |value: &Value| value.published.is_some_and(|at| at <= Moment::Day(today));
        let then = Metric {
            baseline: all.baseline.clone().filter(was_known),
            observed: all.observed.iter().filter(|value| was_known(value)).cloned().collect(),
            target: all.target.iter().filter(|value| was_known(value)).cloned().collect(),
            ..all.clone()
        };
        for rule in RuleRef::ALL {
            let (one, other) = (
                verdict_of(all.clone(), rule, &JournalData::default(), today),
                verdict_of(then.clone(), rule, &JournalData::default(), today),
            );
            prop_assert_eq!((one.state, &one.why, &one.flags), (other.state, &other.why, &other.flags));
        }
    }

    #[test]
    fn the_order_of_latest_is_total(values in proptest::collection::vec(any_value(), 3..8)) {
        let metric = with(count(), None, values, vec![]);
        let plan = plan_of(metric.clone());
        let all = Series::new(&plan, &metric, &JournalData::default(), AsOf::on(date(2100, 1, 1))).actuals;
        for one in &all {
            for other in &all {
                prop_assert_eq!(one.recency(other), other.recency(one).reverse());
                prop_assert_eq!(one.recency(other) == Ordering::Equal, one.origin == other.origin);
                for third in &all {
                    let runs = one.recency(other) == Ordering::Less && other.recency(third) == Ordering::Less;
                    prop_assert!(!runs || one.recency(third) == Ordering::Less);
                }
            }
        }
    }

    #[test]
    fn the_sentence_agrees_with_the_class(metric in any_way()) {
        let verdict = verdict_of(metric.clone(), RuleRef::PACE, &JournalData::default(), TODAY);
        let says = |part: &str| verdict.why.en.contains(part);
        match verdict.state {
            crate::plan::State::OnTrack => prop_assert!(!says("late") && !says("must run") && !says("moves away"), "{}", verdict.why.en),
            crate::plan::State::Regressing => prop_assert!(!says("reaches") && !says("early") && !says("on time"), "{}", verdict.why.en),
            crate::plan::State::NeedsAcceleration | crate::plan::State::Limited => {
                prop_assert!(!says("early") && !says("on time") && !says("moves away"), "{}", verdict.why.en);
            }
            _ => {}
        }
        if metric.direction == Direction::Maintain {
            prop_assert!(!says("reaches") && verdict.landing.is_none(), "{}", verdict.why.en);
        }
        let number = verdict.ruled().and_then(|own| own.number_said(crate::text::Ui::En));
        if let Some(number) = number.and_then(|number| number.parse::<f64>().ok()) {
            let class = RuleRef::PACE.class(number, false);
            prop_assert!(verdict.state == class || verdict.open.is_some(), "{} {:?}", number, verdict.state);
        }
    }

    #[test]
    fn a_judge_of_any_figures_gives_the_turn_the_trend_has(metric in any_way()) {
        let plan = plan_of(metric);
        let judge = Judge::new(&plan, RuleRef::PACE, AsOf::on(TODAY));
        let found = judge.assess(NodeId(0), &JournalData::default()).unwrap();
        prop_assert_eq!(judge.state_and_turn(NodeId(0), &JournalData::default()).1, found.trend.and_then(|trend| trend.turn));
    }
}
