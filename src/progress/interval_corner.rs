//! One end of everything that is open, as exact figures.

use super::series::Reading;
use crate::plan::metric::Bound;

/// One end of everything that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct IntervalCorner {
    /// The baseline and its time.
    pub baseline: Option<(f64, f64)>,
    pub actual: f64,
    pub actual_at: f64,
    /// Where the true value lies from `actual`: 1 above, −1 below, 0 maybe on it.
    pub lean: f64,
    pub target: f64,
    pub target_at: f64,
    /// The target is met only beyond its figure ("more than").
    pub beyond: bool,
}

/// A corner of three readings. A figure announced after the baseline refers to no time before it.
pub(super) fn corner(
    baseline: Option<(f64, f64)>,
    (actual, figure, at): (&Reading, f64, f64),
    (target, level): (&Reading, f64),
) -> IntervalCorner {
    let latest = actual.at.hi();
    let from = baseline.map(|(_, from)| from).filter(|from| latest > *from);
    IntervalCorner {
        baseline,
        actual: figure,
        actual_at: from.map_or(at, |from| at.max(from)),
        lean: actual.lean(figure),
        target: level,
        target_at: target.at.hi(),
        beyond: target.bound == Bound::MoreThan,
    }
}
