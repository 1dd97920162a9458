//! Figures of a metric against one another: targets before the baseline, one time twice, a unit that changes.

use std::collections::HashSet;

use toml::de::{DeTable, DeValue};

use crate::plan::diagnostic::{Span, trouble};
use crate::plan::metric::{Amount, Kind, Measure, Metric, Value, When};
use crate::plan::raw::reader::{Reader, span_of};

/// Looks at a metric that was read whole.
pub(in crate::plan) fn series(reader: &mut Reader<'_>, metric: &Metric, table: &DeTable<'_>, header: Span) {
    let places = Places { table, header };
    target_before_baseline(reader, metric, &places);
    for (key, values) in [("observed", &metric.observed), ("target", &metric.target)] {
        twice(reader, key, values, &places);
    }
    unit_change(reader, metric, &places);
}

/// Where values stand.
struct Places<'t, 'i> {
    table: &'t DeTable<'i>,
    header: Span,
}

impl Places<'_, '_> {
    /// The value of a list; the list itself where some of its values could not be read, and counting would name another.
    fn of(&self, key: &str, at: usize, count: usize) -> Span {
        let Some(item) = self.table.get(key) else { return self.header };
        match item.get_ref() {
            DeValue::Array(items) if items.len() == count => items.get(at).map_or(span_of(item), span_of),
            _ => span_of(item),
        }
    }
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
fn target_before_baseline(reader: &mut Reader<'_>, metric: &Metric, places: &Places<'_, '_>) {
    let Some(from) = metric.baseline.as_ref().and_then(|baseline| year(baseline.when)) else { return };
    let dated = metric.target.iter().enumerate().filter_map(|(at, target)| Some((at, year(target.when)?)));
    let Some((at, last)) = dated.max_by_key(|(_, year)| *year) else { return };
    if last < from && metric.target.iter().all(|target| year(target.when).is_some()) {
        let place = places.of("target", at, metric.target.len());
        reader.problems.add(place, trouble::target_before_baseline(last, from));
    }
}

/// One source gives two values of one time. Two sources that differ are contested, which is for verdicts to say.
fn twice(reader: &mut Reader<'_>, key: &str, values: &[Value], places: &Places<'_, '_>) {
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
            reader.problems.add(places.of(key, at, values.len()), trouble::time_twice(key, &time));
        }
    }
}

/// Neighbours in time that differ as units do.
fn unit_change(reader: &mut Reader<'_>, metric: &Metric, places: &Places<'_, '_>) {
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
            let place = at.or(before).map_or_else(
                || places.of("baseline", 0, 0),
                |at| places.of("observed", at, metric.observed.len()),
            );
            reader.problems.add(place, trouble::unit_change(&one.to_string(), &other.to_string()));
        }
    }
}
