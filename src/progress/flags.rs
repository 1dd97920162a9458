//! What a reader should know besides the state: where the figures are thin, old, contested, or read otherwise by others.

use super::Judge;
use super::beside::Contest;
use super::case::{Case, SLACK};
use super::rules::{Flag, Rule};
use super::series::{Added, Origin, Reading};
use super::status::{Ground, Outcome, gives_way, met, severity};
use super::time;
use crate::plan::register::Cadence;
use crate::plan::{SourceId, State};

/// Below this share of the time a verdict is provisional.
const EARLY: f64 = 0.15;

/// Every flag of a verdict, in the order of the contract. `by_rule` has the outcome under each rule set.
pub(super) fn flags(
    judge: &Judge<'_>,
    case: &Case<'_>,
    added: &Added<'_>,
    (outcome, by_rule): (&Outcome, &[(Rule, Outcome)]),
    contests: &[Contest],
) -> Vec<Flag> {
    let judged = severity(outcome.state).is_some();
    let differing: Vec<Flag> = differing(judge, case, added, outcome.state).collect();
    let found = [
        (Flag::Provisional, outcome.ground == Ground::Rule && is_provisional(case)),
        (Flag::MethodSensitive, is_method_sensitive(by_rule)),
        (Flag::Contested, !contests.is_empty()),
        (Flag::ReferenceAssumed, judged && outcome.state != State::Achieved && is_time_open(case)),
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
    case: &Case<'_>,
    added: &Added<'_>,
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

fn is_provisional(case: &Case<'_>) -> bool {
    let early = case
        .main()
        .and_then(|corner| case.point(&corner)?.time_share().ok())
        .is_some_and(|share| share < EARLY - SLACK);
    early || times_after_baseline(case) == 1
}

/// How many different times the actuals after the baseline refer to, counted up to 2.
fn times_after_baseline(case: &Case<'_>) -> usize {
    let Ok(baseline) = case.baseline else { return 0 };
    let mut times: Vec<f64> =
        case.comparable().map(|actual| actual.at.hi()).filter(|at| *at > baseline.at.hi() + SLACK).collect();
    times.dedup_by(|one, other| (*one - *other).abs() < SLACK);
    times.len().min(2)
}

/// Rule sets that have a number, or a state of their own, and disagree.
fn is_method_sensitive(by_rule: &[(Rule, Outcome)]) -> bool {
    let mut states = by_rule.iter().map(|(_, one)| one.state).filter(|state| !gives_way(*state));
    states.next().is_some_and(|first| states.any(|other| other != first))
}

fn is_time_open(case: &Case<'_>) -> bool {
    let open = |reading: &Reading| !reading.at.is_point();
    case.latest.iter().any(open) || case.baseline.as_ref().is_ok_and(open)
}

/// A target's date has passed and no actual refers to it or to a later time.
fn is_unreported(case: &Case<'_>) -> bool {
    let latest = case.comparable().map(|actual| actual.at.hi()).fold(f64::NEG_INFINITY, f64::max);
    case.series.targets.iter().any(|target| target.at.hi() <= case.now && latest < target.at.hi() - SLACK)
}

/// An earlier target was short at its date: by the first actual at or after it, with none that met it before.
fn is_checkpoint_missed(case: &Case<'_>) -> bool {
    let Some(main) = case.main() else { return false };
    let sign = case.sign(main.baseline.map(|(value, _)| value), main.target);
    let passed = case.series.targets.iter().filter(|target| {
        target.at.hi() <= case.now && case.targets.iter().all(|counts| target.at.lo() < counts.at.lo())
    });
    passed.into_iter().any(|checkpoint| {
        let asked =
            super::case::Corner { target: checkpoint.written(), target_at: checkpoint.at.hi(), ..main };
        let first = case.comparable().filter(|actual| actual.at.hi() >= checkpoint.at.hi() - SLACK).last();
        let short = |actual: &Reading| actual.amount.ends().all(|end| sign * (end - asked.target) < -SLACK);
        first.is_some_and(|first| {
            short(first) && !met(case, &asked, sign).any(|actual| actual.at.hi() <= first.at.hi())
        })
    })
}

/// The last change, spread over the longest time it may have taken, is faster than any before, and more than the tolerance.
fn has_jumped(case: &Case<'_>) -> bool {
    let mut series: Vec<&Reading> = case.comparable().chain(case.baseline.as_ref().ok()).collect();
    series.sort_by(|one, other| one.at.hi().total_cmp(&other.at.hi()));
    series.dedup_by(|later, first| later.at.hi() - first.at.hi() < SLACK);
    let since = series.last().and_then(|last| case.series.break_before(last.at.hi()));
    series.retain(|reading| since.is_none_or(|cut| reading.at.lo() > cut));
    let [before @ .., previous, last] = series.as_slice() else { return false };
    let change = (last.written() - previous.written()).abs();
    let rate = change / (last.at.hi() - previous.at.lo());
    let earlier: Vec<&Reading> = before.iter().chain([previous]).copied().collect();
    let rates = earlier
        .windows(2)
        .map(|pair| (pair[1].written() - pair[0].written()).abs() / (pair[1].at.hi() - pair[0].at.hi()));
    before.len() >= 2
        && change > case.tolerance(last) + SLACK
        && rates.fold(0.0_f64, f64::max) * (1.0 + SLACK) < rate
}

/// Older than one and a half times its source's rhythm; 18 months where that is unknown.
fn is_stale(judge: &Judge<'_>, case: &Case<'_>) -> bool {
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

/// Values of one time from different sources that lie further apart than the tolerance: of each time the two ends.
pub(super) fn contests(case: &Case<'_>, added: &Added<'_>) -> Vec<Contest> {
    let mut readings: Vec<&Reading> =
        case.series.actuals.iter().chain(case.series.baseline.as_ref()).collect();
    readings.sort_by_key(|reading| time::year_of(reading.when));
    let same_year = |one: &&Reading, other: &&Reading| time::year_of(one.when) == time::year_of(other.when);
    let mut found = Vec::new();
    for group in readings.chunk_by(same_year) {
        let widest = group
            .iter()
            .flat_map(|low| group.iter().map(move |high| (*low, *high)))
            .filter(|(low, high)| low.amount.hi() < high.amount.lo() && low.is_same_time(high))
            .filter(|(low, high)| owner(low, added) != owner(high, added))
            .map(|(low, high)| (low, high, low.amount.distance(high.amount)))
            .filter(|(low, high, apart)| *apart > case.tolerance(low).max(case.tolerance(high)) + SLACK)
            .max_by(|one, other| one.2.total_cmp(&other.2));
        found.extend(widest.map(|(low, high, spread)| Contest { low: *low, high: *high, spread }));
    }
    found
}

/// Whose figure it is: the document's, or the person's who recorded it without one.
fn owner<'a>(reading: &Reading, added: &Added<'a>) -> (Option<SourceId>, &'a str) {
    match (reading.source, reading.origin) {
        (None, Origin::Recorded(at)) => (None, added.values.get(at).map_or("", |own| own.by)),
        (source, _) => (source, ""),
    }
}
