//! Figures of a metric against one another: targets before the baseline, one time twice, a unit that changes.

use std::collections::HashSet;

use crate::plan::diagnostic::trouble;
use crate::plan::input::Input;
use crate::plan::metric::{Amount, Kind, Measure, Metric, Value, When};

/// Looks at a metric that was read whole; `input` is its table.
pub(in crate::plan) fn series(metric: &Metric, input: &mut dyn Input) {
    target_before_baseline(metric, input);
    for (key, values) in [("observed", &metric.observed), ("target", &metric.target)] {
        twice(key, values, input);
    }
    unit_change(metric, input);
}

/// The last year a time reaches into; for what was only announced the first it may refer to, the year before.
fn year(when: When) -> Option<i16> {
    match when {
        When::At(at) | When::Period(_, at) => Some(at.year()),
        When::Announced(at) => Some(at.year().saturating_sub(1)),
        When::Undated | When::Unstated => None,
    }
}

/// No target lies after the baseline. Earlier ones besides a later one are history.
fn target_before_baseline(metric: &Metric, input: &mut dyn Input) {
    let Some(from) = metric.baseline.as_ref().and_then(|baseline| year(baseline.when)) else { return };
    let dated = metric.target.iter().enumerate().filter_map(|(at, target)| Some((at, year(target.when)?)));
    let Some((at, last)) = dated.max_by_key(|(_, year)| *year) else { return };
    if last < from && metric.target.iter().all(|target| year(target.when).is_some()) {
        let place = input.place_in("target", at, metric.target.len());
        input.report(place.unwrap_or_else(|| input.span()), trouble::target_before_baseline(last, from));
    }
}

/// One source gives two values of one time. Two sources that differ are contested, which is for verdicts to
/// say.
fn twice(key: &str, values: &[Value], input: &mut dyn Input) {
    let mut seen = HashSet::new();
    for (at, value) in values.iter().enumerate() {
        let stage = if let Amount::Stage(stage) = value.amount { stage } else { None };
        let time = match value.when {
            When::Undated | When::Unstated => continue,
            When::At(time) => ("at", None, time),
            When::Announced(time) => ("announced", None, time),
            When::Period(from, to) => ("period", Some(from), to),
        };
        let increment = value.kind == Kind::Increment;
        let strives = value.force == crate::plan::metric::Force::Strive;
        if !seen.insert((time, value.source.map(|id| id.0), stage, increment, strives)) {
            let time = time.2.to_string();
            let place = input.place_in(key, at, values.len()).unwrap_or_else(|| input.span());
            input.report(place, trouble::time_twice(key, &time));
        }
    }
}

/// Neighbours in time that differ as units do.
fn unit_change(metric: &Metric, input: &mut dyn Input) {
    if !matches!(metric.measure, Measure::Unit | Measure::Percentage) {
        return;
    }
    let number = |value: &Value| {
        value.amount.number().filter(|_| value.kind == Kind::Level).map(|number| number.value)
    };
    let baseline = metric.baseline.iter().map(|value| (None, value));
    let observed = metric.observed.iter().enumerate().map(|(at, value)| (Some(at), value));
    let mut known: Vec<(i16, Option<usize>, f64)> = baseline
        .chain(observed)
        .filter_map(|(at, value)| Some((year(value.when)?, at, number(value)?)))
        .collect();
    known.sort_by_key(|(year, at, _)| (*year, *at));
    for pair in known.windows(2) {
        let ((_, before, one), (_, at, other)) = (pair[0], pair[1]);
        if metric.measure.is_other_unit(one, other) {
            let place = match at.or(before) {
                Some(at) => input.place_in("observed", at, metric.observed.len()),
                None => input.place("baseline"),
            };
            let trouble = trouble::unit_change(&one.to_string(), &other.to_string());
            input.report(place.unwrap_or_else(|| input.span()), trouble);
        }
    }
}
