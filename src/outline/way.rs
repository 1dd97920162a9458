//! Onward or back, in whatever has an order.

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the end: down, the next.
    On,
    /// Towards the beginning: up, the one before.
    Back,
}

impl Way {
    /// The place `by` places further, however far that is; no lower than 0.
    pub fn from(self, at: usize, by: usize) -> usize {
        match self {
            Way::On => at.saturating_add(by),
            Way::Back => at.saturating_sub(by),
        }
    }

    /// The place beside `at` among `count`, round the ends; 0 where there is none.
    pub fn round(self, at: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Way::On => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            Way::Back => {
                if at == 0 {
                    last
                } else {
                    (at - 1).min(last)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_at_the_beginning_or_goes_round() {
        assert_eq!((Way::On.from(3, 2), Way::Back.from(3, 2), Way::Back.from(3, 5)), (5, 1, 0));
        assert_eq!((Way::On.round(1, 3), Way::On.round(2, 3)), (2, 0));
        assert_eq!((Way::Back.round(1, 3), Way::Back.round(0, 3)), (0, 2));
        assert_eq!((Way::On.round(0, 0), Way::Back.round(0, 0), Way::Back.round(0, 1)), (0, 0, 0));
    }
}
