//! Open SDG's progress methodology, whole: with and without a target, near a natural limit, and its score
//! (`sdg-build`, `ProgressMeasure`, commit 139fede). It works in calendar years and knows no steps of ours;
//! `docs/judging.md` says where this differs.

use super::Judge;
use super::case::MetricCase;
use super::interval::Interval;
use super::no_number::NoNumberReason;
use super::outcome::{Decision, DecisionStep, Scale};
use super::rules::{RuleRef, class_of};
use super::scale::both;
use super::series::Reading;
use crate::plan::State;
use crate::plan::metric::{Direction, Measure, Moment, When};

/// Stands for 0, where growth has no meaning.
const NEAR_ZERO: f64 = 0.001;

/// Lower ends of the classes of growth a year where there is no target.
const GROWTH_CUTS: [f64; 3] = [0.015, 0.005, 0.0];

/// The exponent with which cut-offs shrink near a limit.
const NEAR_LIMIT: f64 = 4.44;

/// The figures that its formulas take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Base value and calendar year.
    pub base: (f64, i16),
    /// Current value and year.
    pub current: (f64, i16),
    /// Target and year, where there is one.
    pub target: Option<(f64, i16)>,
    /// +1 where an increase is wanted, −1 where a decrease is.
    pub direction: f64,
    /// The greatest or least value that is possible, such as 100 for a rate.
    pub limit: Option<f64>,
}

/// What comes out: growth a year, growth needed, the number that is classed, its cut-offs, and the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenSdgResult {
    /// The compound annual growth rate, as a fraction: 0.02 is 2 % a year.
    pub growth: f64,
    /// c*, with a target.
    pub needed: Option<f64>,
    /// R with a target, growth in the wanted direction without one.
    pub number: f64,
    /// The cut-off points of the method, best first.
    pub cuts: [f64; 3],
    /// −5 to +5.
    pub score: f64,
}

impl Measured {
    /// Whether the current value meets the target.
    pub fn is_achieved(&self) -> bool {
        self.target.is_some_and(|(target, _)| self.direction * (self.current.0 - not_zero(target)) >= 0.0)
    }

    /// The formulas.
    ///
    /// # Errors
    /// Why there is no number.
    pub fn result(&self) -> Result<OpenSdgResult, NoNumberReason> {
        let base = not_zero(self.base.0);
        if base * self.current.0 < 0.0 {
            return Err(NoNumberReason::OppositeSigns);
        }
        if self.current.1 <= self.base.1 {
            return Err(NoNumberReason::WithinYear);
        }
        let growth = growth(base, self.current.0, self.current.1 - self.base.1)?;
        let turn = if base < 0.0 { -self.direction } else { self.direction };
        let Some((target, year)) = self.target else {
            let k = self.limit.map_or(1.0, |limit| near_limit(self.base.0, limit));
            let number = turn * growth;
            let cuts = GROWTH_CUTS.map(|cut| cut * k);
            return Ok(OpenSdgResult {
                growth,
                needed: None,
                number,
                cuts,
                score: score_of_growth(number, cuts, k),
            });
        };
        let target = not_zero(target);
        if base * target < 0.0 {
            return Err(NoNumberReason::OppositeSigns);
        }
        if year <= self.base.1 {
            return Err(NoNumberReason::TargetBeforeBaseline);
        }
        let needed = self::growth(base, target, year - self.base.1)?;
        if needed == 0.0 {
            return Err(NoNumberReason::TargetIsBaseline);
        }
        let number = turn * growth / needed.abs();
        if !number.is_finite() {
            return Err(NoNumberReason::BeyondReckoning);
        }
        let cuts = RuleRef::OPEN_SDG.cuts();
        Ok(OpenSdgResult { growth, needed: Some(needed), number, cuts, score: score_of_ratio(number, cuts) })
    }

    /// The score, 5 where the target is met.
    pub fn score(&self) -> Option<f64> {
        if self.is_achieved() { Some(5.0) } else { self.result().ok().map(|result| result.score) }
    }
}

fn not_zero(value: f64) -> f64 {
    if value == 0.0 { NEAR_ZERO } else { value }
}

fn growth(from: f64, to: f64, years: i16) -> Result<f64, NoNumberReason> {
    let growth = (to / from).powf(1.0 / f64::from(years)) - 1.0;
    if growth.is_finite() { Ok(growth) } else { Err(NoNumberReason::BeyondReckoning) }
}

/// By how much the cut-offs shrink near a limit: 1 far from it, 0 at it.
fn near_limit(base: f64, limit: f64) -> f64 {
    let (base, limit) = (base.abs(), limit.abs());
    if base >= 2.0 * limit {
        1.0
    } else if base <= limit {
        1.0 - (base / limit).powf(NEAR_LIMIT)
    } else {
        1.0 - ((2.0 * limit - base) / limit).powf(NEAR_LIMIT)
    }
}

fn score_of_growth(number: f64, [high, middle, low]: [f64; 3], k: f64) -> f64 {
    if number < low {
        (125.0 * number - 2.5).max(-5.0)
    } else if k == 0.0 {
        5.0
    } else if number >= high {
        (500.0 * number / k - 5.0).min(5.0)
    } else if number >= middle {
        250.0 * number / k - 1.25
    } else {
        500.0 * number / k - 2.5
    }
}

fn score_of_ratio(number: f64, [_, middle, _]: [f64; 3]) -> f64 {
    if number >= middle { (7.1429 * number - 4.2857).min(5.0) } else { (4.1667 * number - 2.5).max(-5.0) }
}

/// The verdict on a metric, at every end of what is open.
pub(super) fn decide(
    judge: &Judge<'_>,
    case: &MetricCase<'_>,
    rule: RuleRef,
) -> Result<Decision, NoNumberReason> {
    let figures = figures(judge, case)?;
    let mut all: Option<Decision> = None;
    for base in figures.base.amount.ends() {
        for current in figures.current.amount.ends() {
            for target in ends_of_target(&figures) {
                let here = outcome(&figures.measured(case, base, current, target), rule)?;
                all = Some(all.map_or(here, |so_far| both(so_far, here)));
            }
        }
    }
    let mut all = all.ok_or(NoNumberReason::Actual)?;
    match all.open {
        Some((worst, best)) if worst != best => all.state = State::Undetermined,
        _ => all.open = None,
    }
    Ok(all)
}

/// The figures as written, and what comes out of them.
pub(super) fn measured(judge: &Judge<'_>, case: &MetricCase<'_>) -> Result<Measured, NoNumberReason> {
    let found = figures(judge, case)?;
    let target = found.target.map(|target| target.written());
    Ok(found.measured(case, found.base.written(), found.current.written(), target))
}

fn outcome(measured: &Measured, rule: RuleRef) -> Result<Decision, NoNumberReason> {
    if measured.is_achieved() {
        return Ok(Decision { score: Some(5.0), ..Decision::plain(State::Achieved, DecisionStep::Met) });
    }
    if measured.target.is_some_and(|(_, year)| year == i16::MIN) {
        return Err(NoNumberReason::Date);
    }
    let result = measured.result()?;
    let (symbol, cuts) =
        if measured.target.is_some() { (rule.symbol(), rule.cuts()) } else { ("c", result.cuts) };
    let scale = measured.target.is_none().then_some(Scale { symbol, cuts });
    Ok(Decision {
        number: Interval::point(result.number),
        scale,
        score: Some(result.score),
        ..Decision::plain(class_of(result.number, cuts), DecisionStep::Rule)
    })
}

struct OpenSdgReadings {
    base: Reading,
    current: Reading,
    target: Option<Reading>,
}

impl OpenSdgReadings {
    fn measured(&self, case: &MetricCase<'_>, base: f64, current: f64, target: Option<f64>) -> Measured {
        let year = |reading: &Reading| year(reading.when).unwrap_or(i16::MIN);
        Measured {
            base: (base, year(&self.base)),
            current: (current, year(&self.current)),
            target: target.zip(self.target).map(|(value, target)| (value, year(&target))),
            direction: if case.metric.direction == Direction::Decrease { -1.0 } else { 1.0 },
            limit: case.metric.limit,
        }
    }
}

fn ends_of_target(figures: &OpenSdgReadings) -> Vec<Option<f64>> {
    figures.target.map_or(vec![None], |target| target.amount.ends().map(Some).collect())
}

/// The calendar year of a time, of a span its first.
fn year(when: When) -> Option<i16> {
    match when {
        When::At(at) | When::Period(at, _) | When::Announced(at) => Some(Moment::year(at)),
        When::Undated | When::Unstated => None,
    }
}

fn figures(judge: &Judge<'_>, case: &MetricCase<'_>) -> Result<OpenSdgReadings, NoNumberReason> {
    let metric = case.metric;
    let covered = matches!(metric.measure, Measure::Unit | Measure::Percentage)
        && matches!(metric.direction, Direction::Increase | Direction::Decrease);
    if !covered {
        return Err(NoNumberReason::NotCovered);
    }
    let target = case.targets.first().copied();
    if target.is_none() && case.series.stated_targets > 0 {
        return Err(NoNumberReason::TargetNumber);
    }
    let like =
        |one: &&Reading| !one.is_estimate() && target.as_ref().is_none_or(|target| target.is_comparable(one));
    let mut known: Vec<Reading> =
        case.series.actuals.iter().chain(&case.series.baseline).filter(like).copied().collect();
    known.sort_by(|one, other| other.recency(one));
    let current = *known.first().ok_or(NoNumberReason::Actual)?;
    let cut = case.series.break_before(current.at.hi());
    known.retain(|one| {
        one.is_comparable(&current) && cut.is_none_or(|cut| one.at.hi() > cut + super::case::SLACK)
    });
    let own = case.series.baseline.as_ref().and_then(|baseline| year(baseline.when));
    let from = own.or(judge.plan.period.map(|period| period.start.year())).ok_or(NoNumberReason::Baseline)?;
    let since = known.iter().filter_map(|one| Some((year(one.when)?, one))).filter(|(year, _)| *year >= from);
    let first = since.clone().map(|(year, _)| year).min().ok_or(NoNumberReason::SinceBaseline)?;
    let mut of_year = since.filter(|(year, _)| *year == first).map(|(_, one)| one);
    let baseline = of_year.clone().find(|one| one.origin == super::series::ReadingOrigin::Baseline);
    let base = *baseline.or(of_year.next()).ok_or(NoNumberReason::SinceBaseline)?;
    Ok(OpenSdgReadings { base, current, target })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn measured(
        base: (f64, i16),
        current: (f64, i16),
        target: Option<(f64, i16)>,
        direction: f64,
    ) -> Measured {
        Measured { base, current, target, direction, limit: None }
    }

    /// Worked out from the formulas: growth (A/B)^(1/years) − 1 over that of the target.
    #[rstest]
    #[case::v1((63.5, 2024), (64.25, 2025), (75.0, 2035), 1.0, 0.775)]
    #[case::v4((4.0, 2024), (3.4, 2026), (0.5, 2035), -1.0, 0.453)]
    #[case::v5((50.0, 2024), (62.0, 2029), (80.0, 2035), 1.0, 1.007)]
    #[case::v12((50.0, 2020), (45.0, 2025), (80.0, 2030), 1.0, -0.433)]
    #[case::v13_rise((-10.0, 2020), (-6.0, 2022), (-5.0, 2023), 1.0, 1.093)]
    #[case::v13_fall((-10.0, 2020), (-14.0, 2022), (-5.0, 2023), 1.0, -0.888)]
    #[case::v13_down((-5.0, 2020), (-8.0, 2022), (-10.0, 2023), -1.0, 1.019)]
    #[case::to_none((40.0, 2015), (20.0, 2025), (0.0, 2030), -1.0, 0.132)]
    #[case::from_none((0.0, 2015), (30.0, 2025), (60.0, 2030), 1.0, 1.666)]
    #[case::published((0.5, 2015), (0.8, 2019), (0.01, 2030), -1.0, -0.543)]
    fn the_ratio_is_as_worked_out(
        #[case] base: (f64, i16),
        #[case] current: (f64, i16),
        #[case] target: (f64, i16),
        #[case] direction: f64,
        #[case] ratio: f64,
    ) {
        let result = measured(base, current, Some(target), direction).result().unwrap();
        assert!((result.number - ratio).abs() < 0.0006, "{result:?}");
    }

    /// Scores of the vectors, from the formulas: 7.1429 x − 4.2857 and 4.1667 x − 2.5.
    #[rstest]
    #[case::v4((4.0, 2024), (3.4, 2026), (0.5, 2035), -1.0, -0.61)]
    #[case::v12((50.0, 2020), (45.0, 2025), (80.0, 2030), 1.0, -4.31)]
    #[case::v13_rise((-10.0, 2020), (-6.0, 2022), (-5.0, 2023), 1.0, 3.52)]
    #[case::v13_fall((-10.0, 2020), (-14.0, 2022), (-5.0, 2023), 1.0, -5.0)]
    #[case::v13_down((-5.0, 2020), (-8.0, 2022), (-10.0, 2023), -1.0, 2.99)]
    #[case::achieved((50.0, 2020), (80.0, 2022), (80.0, 2023), 1.0, 5.0)]
    fn the_score_is_as_worked_out(
        #[case] base: (f64, i16),
        #[case] current: (f64, i16),
        #[case] target: (f64, i16),
        #[case] direction: f64,
        #[case] score: f64,
    ) {
        let found = measured(base, current, Some(target), direction).score().unwrap();
        assert!((found - score).abs() < 0.006, "{found}");
    }

    /// Without a target, by hand: growth over two years, cut-offs at 1.5 %, .5 % and 0, k times those near a
    /// limit.
    #[rstest]
    #[case::substantial(100.0, 104.04, 1.0, None, State::OnTrack, 5.0)] // 2 %: 500 × .02 − 5
    #[case::moderate(100.0, 102.01, 1.0, None, State::NeedsAcceleration, 1.25)] // 1 %: 250 × .01 − 1.25
    #[case::limited(100.0, 100.4004, 1.0, None, State::Limited, -1.5)] // .2 %: 500 × .002 − 2.5
    #[case::falling(100.0, 98.01, 1.0, None, State::Regressing, -3.75)] // −1 %: −1.25 − 2.5
    #[case::falling_is_wanted(100.0, 98.01, -1.0, None, State::NeedsAcceleration, 1.25)]
    #[case::at_its_limit(100.0, 100.0, 1.0, Some(100.0), State::OnTrack, 5.0)]
    // k = 0
    // b = 95 of l = 100: k = 1 − .95^4.44 = .20366; 96.1856/95 is 0.62200 % a year: past 1.5 % × k = .3055 %;
    // 500 × .00622 / k − 5 is above 5
    #[case::near_its_limit(95.0, 96.1856, 1.0, Some(100.0), State::OnTrack, 5.0)]
    #[case::far_from_it(300.0, 294.03, -1.0, Some(100.0), State::NeedsAcceleration, 1.25)] // b ≥ 2l: k = 1
    fn without_a_target_growth_is_classed(
        #[case] base: f64,
        #[case] current: f64,
        #[case] direction: f64,
        #[case] limit: Option<f64>,
        #[case] state: State,
        #[case] score: f64,
    ) {
        let own = Measured { limit, ..measured((base, 2015), (current, 2017), None, direction) };
        let result = own.result().unwrap();
        assert_eq!(class_of(result.number, result.cuts), state, "{result:?}");
        assert!((result.score - score).abs() < 1e-3, "{result:?}");
    }

    #[rstest]
    #[case((1.0, 2020), (-1.0, 2022), Some((2.0, 2030)), NoNumberReason::OppositeSigns)]
    #[case((1.0, 2020), (2.0, 2022), Some((-2.0, 2030)), NoNumberReason::OppositeSigns)]
    #[case((1.0, 2020), (0.5, 2020), Some((2.0, 2030)), NoNumberReason::WithinYear)]
    #[case((1.0, 2020), (0.5, 2022), Some((1.0, 2030)), NoNumberReason::TargetIsBaseline)]
    fn it_says_where_it_has_no_answer(
        #[case] base: (f64, i16),
        #[case] current: (f64, i16),
        #[case] target: Option<(f64, i16)>,
        #[case] lack: NoNumberReason,
    ) {
        assert_eq!(measured(base, current, target, 1.0).result(), Err(lack));
    }
}
