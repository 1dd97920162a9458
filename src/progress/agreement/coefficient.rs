//! Coefficients of agreement: Cohen's weighted κ, Krippendorff's α for ordered values, Gwet's AC2, and how
//! far chance may move them.
//!
//! κ: Cohen, J. (1968), Psychological Bulletin 70. α: Krippendorff, K. (2011), Computing Krippendorff's
//! alpha-reliability. AC1, AC2: Gwet, K. L. (2014), Handbook of inter-rater reliability, 4th edition.

use crate::text::Bilingual;

/// The steps of the scale, counted from 0.
pub(super) const STEPS: usize = 5;

/// So many units are too few for an interval.
pub const FEW_FOR_INTERVAL: usize = 20;

const RESAMPLES: usize = 1000;

/// One in so many resamples may have no value; more, and there is no interval.
const UNDEFINED_ONE_IN: usize = 20;

/// Where resampling starts: the same figures always have the same interval.
const SEED: u64 = 158;

/// Why there is no coefficient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCoefficient {
    /// No unit on which both gave a step of the scale.
    NothingInCommon,
    /// Everybody gave one and the same step always: nothing varies, so chance alone would agree as well.
    NoVariation,
}

impl NoCoefficient {
    /// Why there is no coefficient, in both languages.
    pub fn said(self) -> Bilingual {
        match self {
            NoCoefficient::NothingInCommon => Bilingual::new(
                "没有两人都给出量级结论的节点",
                "no node on which both gave a step of the scale",
            ),
            NoCoefficient::NoVariation => Bilingual::new(
                "两人始终给出同一结论，没有变化可比",
                "both gave one and the same verdict throughout: nothing varies",
            ),
        }
    }
}

/// A coefficient, at most 1, or why there is none.
pub type CoefficientValue = Result<f64, NoCoefficient>;

/// A coefficient with how far chance may move it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// The estimate, or why there is none.
    pub value: CoefficientValue,
    /// Where 95 of 100 resamples lie; `None` on few nodes, and where more than one resample in twenty has no
    /// value.
    pub interval: Option<(f64, f64)>,
}

/// Units, each with the steps that were given to it; a person who gave none is missing there.
pub(super) type Units = [Vec<usize>];

/// A coefficient of pairs, with its interval.
pub(super) fn with_interval(
    pairs: &[(usize, usize)],
    of: fn(&[(usize, usize)]) -> CoefficientValue,
) -> Coefficient {
    Coefficient { value: of(pairs), interval: interval(pairs, of) }
}

fn interval(pairs: &[(usize, usize)], of: fn(&[(usize, usize)]) -> CoefficientValue) -> Option<(f64, f64)> {
    if pairs.len() < FEW_FOR_INTERVAL {
        return None;
    }
    let mut random = Random(SEED);
    let mut found = Vec::with_capacity(RESAMPLES);
    for _ in 0..RESAMPLES {
        let sample: Vec<(usize, usize)> =
            (0..pairs.len()).map(|_| pairs[random.below(pairs.len())]).collect();
        found.extend(of(&sample));
    }
    if (RESAMPLES - found.len()) * UNDEFINED_ONE_IN > RESAMPLES {
        return None;
    }
    found.sort_by(f64::total_cmp);
    let at = |thousandths: usize| found.get((found.len() - 1) * thousandths / 1000).copied();
    at(25).zip(at(975))
}

/// SplitMix64 (Steele, Lea, Flood 2014): short, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit above 0; the remainder favours low numbers by less than one in 10¹⁵ here.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit as u64)).unwrap_or(0)
    }
}

/// Cohen's κ with linear weights: 1 − Σd observed / Σd expected by chance, d the distance in steps.
pub(super) fn weighted_kappa(pairs: &[(usize, usize)]) -> CoefficientValue {
    if pairs.is_empty() {
        return Err(NoCoefficient::NothingInCommon);
    }
    let mut rows = [0u32; STEPS];
    let mut columns = [0u32; STEPS];
    let mut said = 0u64;
    for (one, other) in pairs {
        rows[*one] += 1;
        columns[*other] += 1;
        said += one.abs_diff(*other) as u64;
    }
    let mut chance = 0u64;
    for (one, of_one) in rows.iter().enumerate() {
        for (other, of_other) in columns.iter().enumerate() {
            chance += one.abs_diff(other) as u64 * u64::from(*of_one) * u64::from(*of_other);
        }
    }
    if chance == 0 {
        return Err(NoCoefficient::NoVariation);
    }
    // Both sums carry the weight's 1/4; n cancels to one factor.
    Ok(1.0 - said as f64 * pairs.len() as f64 / chance as f64)
}

/// Krippendorff's α for ordered values, of pairs.
pub(super) fn ordinal_alpha(pairs: &[(usize, usize)]) -> CoefficientValue {
    alpha(&units(pairs), ordinal)
}

/// Gwet's AC2 with ordinal weights, of pairs.
pub(super) fn ac2(pairs: &[(usize, usize)]) -> CoefficientValue {
    gwet(&units(pairs), ordinal_weight)
}

fn units(pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    pairs.iter().map(|(one, other)| vec![*one, *other]).collect()
}

/// How far two steps are apart, given how often each was given.
type DifferenceFunction = fn(usize, usize, &[f64; STEPS]) -> f64;

/// Squared distance over the cumulated counts between two steps.
fn ordinal(one: usize, other: usize, counts: &[f64; STEPS]) -> f64 {
    let (low, high) = (one.min(other), one.max(other));
    let between: f64 = counts[low..=high].iter().sum();
    (between - f64::midpoint(counts[low], counts[high])).powi(2)
}

/// Krippendorff's α: 1 − D observed / D expected. Units with a single value pair nothing and are left out.
fn alpha(units: &Units, difference: DifferenceFunction) -> CoefficientValue {
    let mut coincidences = [[0.0f64; STEPS]; STEPS];
    for values in units.iter().filter(|values| values.len() > 1) {
        let weight = 1.0 / (values.len() - 1) as f64;
        for (at, one) in values.iter().enumerate() {
            for (_, other) in values.iter().enumerate().filter(|(other, _)| *other != at) {
                coincidences[*one][*other] += weight;
            }
        }
    }
    let counts: [f64; STEPS] = std::array::from_fn(|step| coincidences[step].iter().sum());
    let total: f64 = counts.iter().sum();
    if total == 0.0 {
        return Err(NoCoefficient::NothingInCommon);
    }
    let (mut observed, mut expected) = (0.0, 0.0);
    for one in 0..STEPS {
        for other in (0..STEPS).filter(|other| *other != one) {
            let apart = difference(one, other, &counts);
            observed += coincidences[one][other] * apart;
            expected += counts[one] * counts[other] * apart;
        }
    }
    if expected == 0.0 {
        return Err(NoCoefficient::NoVariation);
    }
    Ok(1.0 - (total - 1.0) * observed / expected)
}

/// 1, .9, .7, .4, 0 for steps 0 to 4 apart: 1 − C(d+1, 2) / C(5, 2).
fn ordinal_weight(one: usize, other: usize) -> f64 {
    let apart = one.abs_diff(other) as f64;
    1.0 - apart * (apart + 1.0) / 2.0 / 10.0
}

/// Gwet's coefficient with any weights (AC1 with the identity): (p_a − p_e) / (1 − p_e), p_e = T_w / (q (q −
/// 1)) · Σ π (1 − π).
fn gwet(units: &Units, weight: fn(usize, usize) -> f64) -> CoefficientValue {
    let rated: Vec<[f64; STEPS]> = units
        .iter()
        .filter(|values| !values.is_empty())
        .map(|values| std::array::from_fn(|step| values.iter().filter(|one| **one == step).count() as f64))
        .collect();
    let (mut agreed, mut several) = (0.0, 0.0);
    let mut shares = [0.0; STEPS];
    for counts in &rated {
        let raters: f64 = counts.iter().sum();
        for (share, count) in shares.iter_mut().zip(counts) {
            *share += count / raters / rated.len() as f64;
        }
        if raters > 1.0 {
            several += 1.0;
            for (one, count) in counts.iter().enumerate() {
                let like: f64 = (0..STEPS).map(|other| weight(one, other) * counts[other]).sum();
                agreed += count * (like - 1.0) / (raters * (raters - 1.0));
            }
        }
    }
    if several == 0.0 {
        return Err(NoCoefficient::NothingInCommon);
    }
    let all: f64 = (0..STEPS)
        .flat_map(|one| (0..STEPS).map(move |other| (one, other)))
        .map(|(one, other)| weight(one, other))
        .sum();
    let spread: f64 = shares.iter().map(|share| share * (1.0 - share)).sum();
    let chance = all / (STEPS * (STEPS - 1)) as f64 * spread;
    Ok((agreed / several - chance) / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nominal(one: usize, other: usize, _: &[f64; STEPS]) -> f64 {
        f64::from(u8::from(one != other))
    }

    fn same(one: usize, other: usize) -> f64 {
        f64::from(u8::from(one == other))
    }

    /// Krippendorff's example of 2011: four observers, twelve units, 0 where one gave nothing.
    fn example() -> Vec<Vec<usize>> {
        let observers = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let given = |unit: usize| observers.iter().map(move |one| one[unit]);
        (0..12).map(|unit| given(unit).filter(|step| *step > 0).map(|step| step - 1).collect()).collect()
    }

    fn near(found: CoefficientValue, expected: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < 0.0006, "{found} is not {expected}");
    }

    #[test]
    fn the_published_example_comes_out() {
        let units = example();
        near(alpha(&units, nominal), 0.743);
        near(alpha(&units, ordinal), 0.815);
        near(gwet(&units, same), 0.775);
        near(gwet(&units, ordinal_weight), 0.899);
    }

    #[test]
    fn one_in_nine_that_differs_takes_kappa_and_alpha_to_nothing_but_not_ac2() {
        let pairs: Vec<(usize, usize)> = (0..9).map(|node| (3, if node == 8 { 4 } else { 3 })).collect();
        near(weighted_kappa(&pairs), 0.0);
        near(ordinal_alpha(&pairs), 0.0);
        // p_a = 8.9 / 9, π = 17/18 and 1/18, p_e = 18/20 · 2 · 17/324 = .0944
        near(ac2(&pairs), 0.9877);
    }

    #[test]
    fn where_nothing_varies_only_ac2_has_a_value() {
        let pairs = [(2, 2); 4];
        assert_eq!(weighted_kappa(&pairs), Err(NoCoefficient::NoVariation));
        assert_eq!(ordinal_alpha(&pairs), Err(NoCoefficient::NoVariation));
        near(ac2(&pairs), 1.0);
        for of in [weighted_kappa, ordinal_alpha, ac2] {
            assert_eq!(of(&[]), Err(NoCoefficient::NothingInCommon));
        }
    }

    #[test]
    fn weights_fall_with_the_distance() {
        let weights: Vec<f64> = (0..5).map(|other| ordinal_weight(0, other)).collect();
        for (weight, expected) in weights.iter().zip([1.0, 0.9, 0.7, 0.4, 0.0]) {
            assert!((weight - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn an_interval_holds_its_value_and_is_always_the_same() {
        let pairs: Vec<(usize, usize)> =
            (0..40).map(|node| (node % 5, if node % 4 == 0 { (node + 1) % 5 } else { node % 5 })).collect();
        for of in [weighted_kappa, ordinal_alpha, ac2] {
            let found = with_interval(&pairs, of);
            let (low, high) = found.interval.unwrap();
            let value = found.value.unwrap();
            assert!(low < value && value < high && high - low < 0.6, "{low} {value} {high}");
            assert_eq!(with_interval(&pairs, of), found);
        }
    }

    #[test]
    fn few_nodes_and_samples_without_variation_have_no_interval() {
        let few: Vec<(usize, usize)> = (0..19).map(|node| (node % 5, node % 5)).collect();
        assert_eq!(with_interval(&few, weighted_kappa).interval, None);
        // one node in thirty differs: every third resample leaves it out
        let same: Vec<(usize, usize)> = (0..30).map(|node| (3, if node == 0 { 4 } else { 3 })).collect();
        assert_eq!(with_interval(&same, weighted_kappa).interval, None);
        assert!(with_interval(&same, ac2).interval.is_some());
    }
}
