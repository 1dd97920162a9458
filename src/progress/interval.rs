//! A figure that is known to lie between two ends; most often both ends are the same.

/// Two finite ends, the lower first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    lo: f64,
    hi: f64,
}

impl Interval {
    /// Nothing, exactly.
    pub const ZERO: Self = Self { lo: 0.0, hi: 0.0 };

    /// From one end to the other, in whichever order they come; `None` unless both are finite.
    pub fn new(one: f64, other: f64) -> Option<Self> {
        (one.is_finite() && other.is_finite()).then(|| Self { lo: one.min(other), hi: one.max(other) })
    }

    /// A figure known as it is; `None` unless finite.
    pub fn point(value: f64) -> Option<Self> {
        Self::new(value, value)
    }

    /// Lower end.
    pub fn lo(self) -> f64 {
        self.lo
    }

    /// Upper end.
    pub fn hi(self) -> f64 {
        self.hi
    }

    /// The figure itself, where both ends are the same.
    pub fn exact(self) -> Option<f64> {
        self.is_point().then_some(self.lo)
    }

    /// Whether both ends are the same.
    pub fn is_point(self) -> bool {
        self.lo >= self.hi
    }

    /// The smallest interval around both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// Halfway between its ends.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.lo, self.hi)
    }

    /// How far it is from the other at least; 0 where they meet.
    pub fn distance(self, other: Self) -> f64 {
        (self.lo - other.hi).max(other.lo - self.hi).max(0.0)
    }

    /// Its ends: one where both are the same.
    pub fn ends(self) -> impl Iterator<Item = f64> + Clone {
        std::iter::once(self.lo).chain((!self.is_point()).then_some(self.hi))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_no_interval() {
        assert_eq!(Interval::new(f64::NAN, 1.0), None);
        assert_eq!(Interval::point(f64::INFINITY), None);
    }

    #[test]
    fn ends_come_in_order_and_once() {
        let span = Interval::new(3.0, 1.0).unwrap();
        assert_eq!(span.ends().collect::<Vec<_>>(), [1.0, 3.0]);
        assert_eq!(Interval::point(2.0).unwrap().ends().collect::<Vec<_>>(), [2.0]);
    }

    #[test]
    fn the_distance_of_overlapping_intervals_is_nothing() {
        let left = Interval::new(80.0, 90.0).unwrap();
        assert!(left.distance(Interval::point(85.0).unwrap()).abs() < 1e-12);
        assert!((left.distance(Interval::point(92.5).unwrap()) - 2.5).abs() < 1e-12);
        assert!((Interval::point(92.5).unwrap().distance(left) - 2.5).abs() < 1e-12);
    }
}
