//! How long was spent, from the moments of answers: a gap counts for five minutes at most, so that a lunch
//! break is no review.

use jiff::Timestamp;

/// The most that a gap between two answers counts for, in seconds.
pub const LONGEST_GAP: u32 = 300;

/// Counts the time since the last decision.
#[derive(Clone, Copy, Debug)]
pub struct DecisionTimer {
    last: Timestamp,
    seconds: f64,
}

impl DecisionTimer {
    pub fn start(now: Timestamp) -> Self {
        Self { last: now, seconds: 0.0 }
    }

    /// Takes in that somebody did something now. A clock that ran backwards counts for nothing.
    pub fn touch(&mut self, now: Timestamp) {
        self.seconds += self.gap(now);
        self.last = now;
    }

    fn gap(&self, now: Timestamp) -> f64 {
        now.duration_since(self.last).as_secs_f64().clamp(0.0, f64::from(LONGEST_GAP))
    }

    /// Whole seconds up to the last touch.
    pub fn seconds(&self) -> u32 {
        // Gaps are capped, so this is far from the ends of the type.
        self.seconds.round().clamp(0.0, f64::from(u32::MAX)) as u32
    }

    /// Begins again from the last touch.
    pub fn reset(&mut self) {
        self.seconds = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_gap_counts_for_five_minutes_and_a_clock_set_back_for_nothing() {
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        let mut watch = DecisionTimer::start(at(0));
        watch.touch(at(20));
        assert_eq!(watch.seconds(), 20);
        watch.touch(at(20 + 3600));
        assert_eq!(watch.seconds(), 20 + 300);
        watch.touch(at(0));
        watch.touch(at(7));
        assert_eq!(watch.seconds(), 327);
        watch.reset();
        assert_eq!(watch.seconds(), 0);
    }
}
