//! What a reader should know besides the state: where the figures are thin, old, contested, or read otherwise
//! by others.

use std::collections::HashMap;

use super::at_date::{AtDate, Meets, asked, at_date, first_met, meets};
use super::beside::Contest;
use super::case::{MetricCase, SLACK};
use super::flag::Flag;
use super::rules::RuleRef;
use super::series::{JournalData, Reading, ReadingOrigin};
use super::status::{Decision, DecisionStep, severity};
use super::time;
use super::{Judge, milestone};
use crate::plan::metric::{Measure, Moment, When};
use crate::plan::register::Cadence;
use crate::plan::{Node, SourceId, State};
use crate::text::work;

/// Every flag of a verdict, in the order of the contract. `by_rule` has the outcome under each rule set.
pub(super) fn flags(
    judge: &Judge<'_>,
    case: &MetricCase<'_>,
    added: &JournalData<'_>,
    (outcome, by_rule): (&Decision, &[(RuleRef, Decision)]),
    contested: bool,
) -> Vec<Flag> {
    let judged = severity(outcome.state).is_some();
    let differing: Vec<Flag> = differing(judge, case, added, outcome.state).collect();
    let found = [
        (Flag::Provisional, outcome.ground == DecisionStep::Rule && is_provisional(judge.rule, case)),
        (Flag::MethodSensitive, is_method_sensitive(by_rule)),
        (Flag::Contested, contested),
        (Flag::ReferenceAssumed, judged && outcome.state != State::Achieved && is_time_open(case)),
        (Flag::Lost, is_lost(case)),
        (Flag::Lapsed, outcome.state == State::Achieved && is_over(case)),
        (Flag::Unreported, is_unreported(case)),
        (Flag::CheckpointMissed, is_checkpoint_missed(case)),
        (Flag::Jump, has_jumped(case)),
        (Flag::Stale, is_stale(judge, case)),
        (Flag::ReviewerDiffers, differing.contains(&Flag::ReviewerDiffers)),
        (Flag::OfficialDiffers, differing.contains(&Flag::OfficialDiffers)),
    ];
    found.into_iter().filter(|(_, applies)| *applies).map(|(flag, _)| flag).collect()
}

/// Who gives another verdict than a computed one on the scale: a reviewer, a source.
pub(super) fn differing(
    judge: &Judge<'_>,
    case: &MetricCase<'_>,
    added: &JournalData<'_>,
    state: State,
) -> impl Iterator<Item = Flag> {
    let official = judge.as_of.official(judge.plan, case.metric);
    let verdicts = [
        (Flag::ReviewerDiffers, added.verdict),
        (Flag::OfficialDiffers, official.map(|official| official.status)),
    ];
    let differs = move |other: State| severity(state).is_some() && other != state;
    verdicts.into_iter().filter(move |(_, other)| other.is_some_and(differs)).map(|(flag, _)| flag)
}

/// Met once, and the latest does not meet it.
fn is_lost(case: &MetricCase<'_>) -> bool {
    let (Some(target), Some(latest)) = (case.targets.first(), case.latest.first()) else { return false };
    let asked = asked(case, target);
    case.metric.measure != Measure::Milestone
        && meets(case, latest, &asked) == Meets::No
        && first_met(case, &asked).is_some()
}

/// Whether the time of what the verdict is on has passed.
pub(super) fn is_over(case: &MetricCase<'_>) -> bool {
    if case.metric.measure == Measure::Milestone {
        return milestone::next_due(case).is_some_and(|(_, at)| at <= case.now);
    }
    case.is_over()
}

fn is_provisional(rule: RuleRef, case: &MetricCase<'_>) -> bool {
    let early = case
        .main()
        .and_then(|corner| case.point(&corner)?.time_share().ok())
        .is_some_and(|share| share < rule.set().early - SLACK);
    early || times_after_baseline(case) == 1
}

/// How many different times the actuals after the baseline refer to, counted up to 2.
fn times_after_baseline(case: &MetricCase<'_>) -> usize {
    let Ok(baseline) = case.baseline else { return 0 };
    let mut times: Vec<f64> =
        case.usable.iter().map(|actual| actual.at.hi()).filter(|at| *at > baseline.at.hi() + SLACK).collect();
    times.dedup_by(|one, other| (*one - *other).abs() < SLACK);
    times.len().min(2)
}

/// Rule sets with a class that differ across on-track, or by two classes.
fn is_method_sensitive(by_rule: &[(RuleRef, Decision)]) -> bool {
    let class = |state: State| match state {
        State::Achieved | State::OnTrack | State::Hold => Some(3),
        State::NeedsAcceleration => Some(2),
        State::Limited => Some(1),
        State::Regressing | State::Overdue => Some(0),
        _ => None,
    };
    let classes = || by_rule.iter().filter_map(|(_, one)| class(one.state));
    let (Some(low), Some(high)) = (classes().min(), classes().max()) else { return false };
    low != high && (high == 3 || high - low >= 2)
}

fn is_time_open(case: &MetricCase<'_>) -> bool {
    let open = |reading: &Reading| !reading.at.is_point();
    case.latest.iter().any(open) || case.baseline.as_ref().is_ok_and(open)
}

/// A target's or checkpoint's date has passed and no actual refers to it or to a later time.
fn is_unreported(case: &MetricCase<'_>) -> bool {
    if case.metric.measure == Measure::Milestone {
        return milestone::is_unreported(case);
    }
    let latest = case.usable.iter().map(|actual| actual.at.hi()).fold(f64::NEG_INFINITY, f64::max);
    case.dated.iter().any(|target| target.at.hi() <= case.now && latest < target.at.hi() - SLACK)
}

/// An earlier target was short at its date, whatever became of it since.
fn is_checkpoint_missed(case: &MetricCase<'_>) -> bool {
    let Some(counts) = case.targets.first().filter(|target| case.is_dated(target)) else { return false };
    let passed = |target: &&Reading| target.at.hi() <= case.now && target.at.lo() < counts.at.lo() - SLACK;
    let missed =
        |target: &Reading| matches!(at_date(case, &asked(case, target)), AtDate::Short | AtDate::Late);
    case.dated.iter().filter(passed).any(missed)
}

/// The last change, spread over the longest time it may have taken, is more than twice as fast as the fastest
/// before and larger than the tolerance; or the last two figures differ as units do.
fn has_jumped(case: &MetricCase<'_>) -> bool {
    let mut series: Vec<&Reading> = case.usable.iter().collect();
    series.sort_by(|one, other| one.at.hi().total_cmp(&other.at.hi()).then(other.recency(one)));
    series.dedup_by(|later, first| later.at.hi() - first.at.hi() < SLACK);
    let [before @ .., previous, last] = series.as_slice() else { return false };
    if case.metric.measure.is_other_unit(previous.written(), last.written()) {
        return true;
    }
    let change = (last.written() - previous.written()).abs();
    let rate = change / (last.at.hi() - previous.at.lo());
    let earlier: Vec<&Reading> = before.iter().chain([previous]).copied().collect();
    let rates = earlier
        .windows(2)
        .map(|pair| (pair[1].written() - pair[0].written()).abs() / (pair[1].at.hi() - pair[0].at.hi()));
    !before.is_empty()
        && change > case.tolerance(last) + SLACK
        && 2.0 * rates.fold(0.0_f64, f64::max) * (1.0 + SLACK) < rate
}

/// Older than one and a half times its source's rhythm; 18 months where that is unknown.
fn is_stale(judge: &Judge<'_>, case: &MetricCase<'_>) -> bool {
    let Some(latest) = case.latest.first() else { return false };
    let source = latest.source.and_then(|id| judge.plan.sources.get(id.0 as usize));
    let rhythm = match source.and_then(|source| source.cadence) {
        Some(Cadence::Monthly) => 1.0 / 12.0,
        Some(Cadence::Quarterly) => 0.25,
        Some(Cadence::FiveYearly) => 5.0,
        Some(Cadence::Yearly | Cadence::Once) | None => 1.0,
    };
    case.now - latest.at.hi() > 1.5 * rhythm + SLACK
}

/// Values of one time from different sources that lie further apart than the tolerance: of each time the two
/// ends.
pub(super) fn contests(case: &MetricCase<'_>, added: &JournalData<'_>) -> Vec<Contest> {
    let mut readings: Vec<&Reading> =
        case.series.actuals.iter().chain(case.series.baseline.as_ref()).collect();
    let end = |reading: &Reading| time::latest_end(reading.when).unwrap_or(f64::NEG_INFINITY);
    readings.sort_by(|one, other| end(one).total_cmp(&end(other)));
    let mut found = Vec::new();
    for group in readings.chunk_by(|one, other| (end(one) - end(other)).abs() < SLACK) {
        let ends = extremes(case, added, group);
        let widest = ends
            .iter()
            .flat_map(|low| ends.iter().map(move |high| (*low, *high)))
            .inspect(|_| work::look_at(1))
            .filter(|(low, high)| low.amount.hi() < high.amount.lo() && low.is_same_time(high))
            .filter(|(low, high)| owner(low, added) != owner(high, added))
            .map(|(low, high)| (low, high, low.amount.distance(high.amount)))
            .filter(|(low, high, apart)| *apart > case.tolerance(low).max(case.tolerance(high)) + SLACK)
            .max_by(|one, other| one.2.total_cmp(&other.2));
        found.extend(widest.map(|(low, high, spread)| Contest { low: *low, high: *high, spread }));
    }
    found
}

/// What two readings of one time are compared by, besides their amounts: whose they are, over which span, and
/// how far they may lie apart.
type ComparedBy<'a> = ((Option<SourceId>, &'a str), Option<Moment>, [Option<u64>; 2], u64);

/// Of the readings of one time the lowest and the highest of each kind that is compared alike, the later of
/// equal ones, in their order: no other pair lies further apart. There may be thousands of readings.
fn extremes<'r>(case: &MetricCase<'_>, added: &JournalData<'_>, group: &[&'r Reading]) -> Vec<&'r Reading> {
    let mut kinds: HashMap<ComparedBy<'_>, [usize; 2]> = HashMap::new();
    for (at, reading) in group.iter().enumerate() {
        work::look_at(1);
        let announced = if let When::Announced(moment) = reading.when { Some(moment) } else { None };
        let span = [reading.length, reading.since].map(|years| years.map(f64::to_bits));
        let kind = (owner(reading, added), announced, span, case.tolerance(reading).to_bits());
        let [low, high] = kinds.entry(kind).or_insert([at, at]);
        if reading.amount.hi() <= group[*low].amount.hi() {
            *low = at;
        }
        if reading.amount.lo() >= group[*high].amount.lo() {
            *high = at;
        }
    }
    let mut ends: Vec<usize> = kinds.into_values().flatten().collect();
    ends.sort_unstable();
    ends.dedup();
    ends.into_iter().map(|at| group[at]).collect()
}

/// Whether sources contradict one another: in their figures, or in a conflict that the plan records and that
/// was known by the judge's day.
pub(super) fn is_contested(judge: &Judge<'_>, node: &Node, contests: &[Contest]) -> bool {
    let known = |source: Option<SourceId>| {
        let date = source.and_then(|id| judge.plan.sources.get(id.0 as usize)?.date);
        !(judge.as_of.is_named() && date.is_some_and(|date| judge.as_of.is_before(date)))
    };
    let mut recorded = node.conflicts().iter().filter(|conflict| conflict.is_contradiction());
    !contests.is_empty() || recorded.any(|conflict| known(conflict.source))
}

/// Whose figure it is: the document's, or the person's who recorded it without one.
fn owner<'a>(reading: &Reading, added: &JournalData<'a>) -> (Option<SourceId>, &'a str) {
    match (reading.source, reading.origin) {
        (None, ReadingOrigin::Recorded(at)) => (None, added.values.get(at).map_or("", |own| own.by)),
        (source, _) => (source, ""),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::*;
    use super::*;
    use crate::plan::metric::{Metric, Value};

    fn of(figures: &[(u32, i16, u32)]) -> Metric {
        let value = |(figure, year, source): &(u32, i16, u32)| Value {
            source: Some(SourceId(*source)),
            ..in_year(&figure.to_string(), 2020 + year)
        };
        with(count(), None, figures.iter().map(value).collect(), vec![])
    }

    fn found(metric: &Metric) -> Vec<Contest> {
        let plan = plan_of(metric.clone());
        let judge = Judge::new(&plan, RuleRef::PACE, super::super::AsOf::on(TODAY));
        let added = JournalData::default();
        contests(&MetricCase::new(&judge, metric, &added), &added)
    }

    #[test]
    fn eight_times_as_many_figures_of_one_time_take_eight_times_the_work() {
        let work = |count: u32| {
            let figures: Vec<(u32, i16, u32)> =
                (0..count).map(|at| (20_000 + at * 7 % count, 0, at % 2)).collect();
            let metric = Metric { tolerance: Some(1.0), ..of(&figures) };
            work::work_of(|| found(&metric))
        };
        let (some, many) = (work(200), work(1_600));
        assert!(some >= 200 && many <= 9 * some, "{some} and {many}");
    }

    proptest! {
        #[test]
        fn of_each_time_the_two_ends_that_lie_furthest_apart_are_found(
            figures in prop::collection::vec((1u32..40, 0i16..2, 0u32..3), 0..30),
        ) {
            let widest = |year: i16| {
                let of_year = figures.iter().filter(|own| own.1 == year);
                let pairs = of_year.clone().flat_map(|low| of_year.clone().map(move |high| (low, high)));
                let apart = pairs.filter(|(low, high)| low.2 != high.2).map(|(low, high)| high.0.saturating_sub(low.0));
                apart.max().filter(|apart| *apart > 2).map(f64::from)
            };
            let expected: Vec<f64> = (0..2).filter_map(widest).collect();
            let metric = Metric { tolerance: Some(2.0), ..of(&figures) };
            let spreads: Vec<f64> = found(&metric).iter().map(|contest| contest.spread).collect();
            prop_assert_eq!(spreads, expected);
        }
    }
}
