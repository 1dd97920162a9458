//! The formulas of `docs/judging.md`, over one exact set of figures. Every one gives a finite number or its
//! [`NoNumberReason`].

use super::no_number::NoNumberReason;

/// A number, or why there is none.
pub type Computed = Result<f64, NoNumberReason>;

/// One exact reading of a metric: an end of every interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point<'a> {
    /// Baseline B, in the metric's unit.
    pub baseline: f64,
    /// Its time t_B, decimal years.
    pub baseline_at: f64,
    /// Latest actual A, in the metric's unit.
    pub actual: f64,
    /// Its time t.
    pub actual_at: f64,
    /// Target T, in the metric's unit.
    pub target: f64,
    /// Its time t_T.
    pub target_at: f64,
    /// +1 where an increase is wanted, −1 where a decrease is.
    pub sign: f64,
    /// Checkpoints between baseline and target as (time, value), by time.
    pub checkpoints: &'a [(f64, f64)],
}

/// Values closer than this share of themselves are the same: sums of decimals carry such noise.
const NOISE: f64 = 1e-12;

fn finite(number: f64) -> Computed {
    if number.is_finite() { Ok(number) } else { Err(NoNumberReason::BeyondReckoning) }
}

/// The difference, with noise taken for 0.
fn minus(one: f64, other: f64) -> f64 {
    let difference = one - other;
    if difference.abs() <= NOISE * one.abs().max(other.abs()) { 0.0 } else { difference }
}

fn over(part: f64, whole: f64, lack: NoNumberReason) -> Computed {
    if whole == 0.0 { Err(lack) } else { finite(part / whole) }
}

impl Point<'_> {
    /// P = (A−B)/(T−B), raw.
    pub fn progress_share(&self) -> Computed {
        over(
            minus(self.actual, self.baseline),
            minus(self.target, self.baseline),
            NoNumberReason::TargetIsBaseline,
        )
    }

    /// E = (t−t_B)/(t_T−t_B).
    pub fn time_share(&self) -> Computed {
        let way = self.target_at - self.baseline_at;
        if way <= 0.0 {
            return Err(NoNumberReason::TargetBeforeBaseline);
        }
        finite((self.actual_at - self.baseline_at) / way)
    }

    /// X(t): linear through baseline, checkpoints and target, T afterwards.
    pub fn expected(&self) -> Computed {
        if self.target_at <= self.baseline_at {
            return Err(NoNumberReason::TargetBeforeBaseline);
        }
        let (mut from_at, mut from) = (self.baseline_at, self.baseline);
        for (at, value) in self.checkpoints.iter().copied().chain([(self.target_at, self.target)]) {
            if at <= from_at || at > self.target_at {
                continue;
            }
            if self.actual_at <= at {
                let share = (self.actual_at - from_at) / (at - from_at);
                return finite(from + (value - from) * share);
            }
            (from_at, from) = (at, value);
        }
        finite(self.target)
    }

    /// ρ = (A−B)/(X(t)−B), only where the path has left the baseline in the wanted direction by then.
    pub fn pace(&self) -> Computed {
        self.elapsed()?;
        if minus(self.target, self.baseline) == 0.0 {
            return Err(NoNumberReason::TargetIsBaseline);
        }
        let asked = minus(self.expected()?, self.baseline);
        if self.sign * asked <= 0.0 {
            return Err(NoNumberReason::FlatPath);
        }
        over(minus(self.actual, self.baseline), asked, NoNumberReason::FlatPath)
    }

    /// D = (A−X)/(T−B) in points: how far ahead of the path it is, as a share of the whole way.
    pub fn lead(&self) -> Computed {
        self.elapsed()?;
        let ahead = minus(self.actual, self.expected()?);
        over(100.0 * ahead, minus(self.target, self.baseline), NoNumberReason::TargetIsBaseline)
    }

    /// A−X(t): how far it is from what is expected by then; positive where it is better.
    pub fn beyond_path(&self) -> Computed {
        self.elapsed()?;
        Ok(self.sign * minus(self.actual, self.expected()?))
    }

    /// q = (T−A)/(t_T−t), a year.
    pub fn required(&self) -> Computed {
        let left = self.target_at - self.actual_at;
        if left <= 0.0 {
            return Err(NoNumberReason::NoTimeLeft);
        }
        finite(minus(self.target, self.actual) / left)
    }

    /// r = (A−B)/(t−t_B), a year.
    pub fn observed(&self) -> Computed {
        finite(minus(self.actual, self.baseline) / self.elapsed()?)
    }

    /// q/r: how many times as fast it must run; only where both lead towards the target.
    pub fn acceleration(&self) -> Computed {
        let (required, observed) = (self.required()?, self.observed()?);
        if !self.advances() || required * observed <= 0.0 {
            return Err(NoNumberReason::MovesAway);
        }
        over(required, observed, NoNumberReason::Standstill)
    }

    /// t + (T−A)/r: when it arrives at this pace; only where it moves towards the target.
    pub fn landing(&self) -> Computed {
        if !self.advances() || minus(self.target, self.actual) * self.observed()? < 0.0 {
            return Err(NoNumberReason::MovesAway);
        }
        let more = over(minus(self.target, self.actual), self.observed()?, NoNumberReason::Standstill)?;
        finite(self.actual_at + more)
    }

    /// Whether it has moved towards the target at all.
    pub fn advances(&self) -> bool {
        minus(self.actual, self.baseline) * minus(self.target, self.baseline) > 0.0
    }

    /// c = (A/B)^(1/(t−t_B))−1, growth a year.
    pub fn growth(&self) -> Computed {
        growth(self.baseline, self.actual, self.elapsed()?)
    }

    /// c* = (T/B)^(1/(t_T−t_B))−1, the growth a year that the target needs.
    pub fn growth_needed(&self) -> Computed {
        let way = self.target_at - self.baseline_at;
        if way <= 0.0 {
            return Err(NoNumberReason::TargetBeforeBaseline);
        }
        growth(self.baseline, self.target, way)
    }

    /// R = s·c/|c*|, times −1 where B is below 0: growth away from 0 is then a fall.
    pub fn compound_ratio(&self) -> Computed {
        let turn = if self.baseline < 0.0 { -self.sign } else { self.sign };
        over(turn * self.growth()?, self.growth_needed()?.abs(), NoNumberReason::TargetIsBaseline)
    }

    /// λ = (A(1+c)^(t_T−t)−B)/(T−B): the share of the way made by the target's date if growth goes on.
    pub fn projected_share(&self) -> Computed {
        let landed = self.actual * (1.0 + self.growth()?).powf(self.target_at - self.actual_at);
        over(
            finite(landed)? - self.baseline,
            minus(self.target, self.baseline),
            NoNumberReason::TargetIsBaseline,
        )
    }

    /// t−t_B, more than 0.
    fn elapsed(&self) -> Computed {
        let elapsed = self.actual_at - self.baseline_at;
        if elapsed > 0.0 { Ok(elapsed) } else { Err(NoNumberReason::SinceBaseline) }
    }
}

pub(super) fn growth(from: f64, to: f64, over_years: f64) -> Computed {
    if from == 0.0 || to == 0.0 {
        return Err(NoNumberReason::Zero);
    }
    if from.signum() != to.signum() {
        return Err(NoNumberReason::OppositeSigns);
    }
    finite((to / from).powf(1.0 / over_years) - 1.0)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Baseline and actual with their year-ends, target with its; direction by sign.
    fn point(from: (f64, f64), now: (f64, f64), to: (f64, f64)) -> Point<'static> {
        Point {
            baseline: from.0,
            baseline_at: from.1 + 1.0,
            actual: now.0,
            actual_at: now.1 + 1.0,
            target: to.0,
            target_at: to.1 + 1.0,
            sign: if to.0 < from.0 { -1.0 } else { 1.0 },
            checkpoints: &[],
        }
    }

    fn near(number: Computed, expected: f64) {
        let number = number.expect("a number");
        assert!((number - expected).abs() < 0.0005, "{number} is not {expected}");
    }

    #[rstest] // V1, V2, V4, V5 of docs/judging.md: P, E, ρ, R, λ
    #[case((63.5, 2024.), (64.25, 2025.), (75., 2035.), [0.065, 0.091, 0.717, 0.775, 0.761])]
    #[case((63.5, 2024.), (63.8, 2025.), (75., 2035.), [0.026, 0.091, 0.287, 0.310, 0.294])]
    #[case((4.0, 2024.), (3.4, 2026.), (0.5, 2035.), [0.171, 0.182, 0.943, 0.453, 0.675])]
    #[case((50., 2024.), (62., 2029.), (80., 2035.), [0.400, 0.455, 0.880, 1.007, 1.009])]
    fn the_vectors_come_out(
        #[case] from: (f64, f64),
        #[case] now: (f64, f64),
        #[case] to: (f64, f64),
        #[case] expected: [f64; 5],
    ) {
        let point = point(from, now, to);
        let numbers = [
            point.progress_share(),
            point.time_share(),
            point.pace(),
            point.compound_ratio(),
            point.projected_share(),
        ];
        for (number, expected) in numbers.into_iter().zip(expected) {
            near(number, expected);
        }
    }

    #[test]
    fn v1_says_how_fast_and_when() {
        let point = point((63.5, 2024.), (64.25, 2025.), (75., 2035.));
        near(point.required(), 1.075);
        near(point.observed(), 0.75);
        near(point.acceleration(), 1.4333); // 1.075 / 0.75
        near(point.landing(), 2040.3333); // 2026 + 10.75 / 0.75
    }

    #[test]
    fn a_checkpoint_bends_the_path() {
        let bent =
            Point { checkpoints: &[(2028.0, 67.0)], ..point((63.5, 2024.), (64.25, 2025.), (75., 2035.)) };
        near(bent.expected(), 64.6667); // 63.5 + 3.5 / 3
        near(bent.pace(), 0.643);
    }

    #[test]
    fn after_the_target_the_path_stays_at_it() {
        near(point((50., 2020.), (55., 2026.), (60., 2025.)).expected(), 60.0);
    }

    #[rstest]
    #[case((0., 2024.), (1., 2025.), (2., 2027.), Err(NoNumberReason::Zero))] // V6
    #[case((-2., 2024.), (1., 2025.), (4., 2027.), Err(NoNumberReason::OppositeSigns))]
    #[case((5., 2024.), (6., 2025.), (5., 2027.), Err(NoNumberReason::TargetIsBaseline))] // V7
    #[case((5., 2024.), (6., 2023.), (7., 2027.), Err(NoNumberReason::SinceBaseline))]
    #[case((5., 2024.), (6., 2025.), (7., 2024.), Err(NoNumberReason::TargetBeforeBaseline))]
    #[case((1e-300, 2024.), (1e300, 2024.001), (2e300, 2027.), Err(NoNumberReason::BeyondReckoning))]
    fn compound_growth_has_its_reasons(
        #[case] from: (f64, f64),
        #[case] now: (f64, f64),
        #[case] to: (f64, f64),
        #[case] expected: Computed,
    ) {
        assert_eq!(point(from, now, to).compound_ratio(), expected);
    }

    #[test]
    fn a_flat_checkpoint_has_no_pace() {
        let flat = Point { checkpoints: &[(2028.0, 5.0)], ..point((5., 2024.), (6., 2025.), (7., 2035.)) };
        assert_eq!(flat.pace(), Err(NoNumberReason::FlatPath));
    }
}
