//! Onward or back, in whatever has an order.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiblingDirection {
    /// Towards the end: down, the next.
    On,
    /// Towards the beginning: up, the one before.
    Back,
}

impl SiblingDirection {
    /// The place `by` places further, however far that is; no lower than 0.
    pub fn from(self, at: usize, by: usize) -> usize {
        match self {
            SiblingDirection::On => at.saturating_add(by),
            SiblingDirection::Back => at.saturating_sub(by),
        }
    }

    /// The place beside `at` among `count`, round the ends; 0 where there is none.
    pub fn round(self, at: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            SiblingDirection::On => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            SiblingDirection::Back => {
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
        assert_eq!(
            (
                SiblingDirection::On.from(3, 2),
                SiblingDirection::Back.from(3, 2),
                SiblingDirection::Back.from(3, 5)
            ),
            (5, 1, 0)
        );
        assert_eq!((SiblingDirection::On.round(1, 3), SiblingDirection::On.round(2, 3)), (2, 0));
        assert_eq!((SiblingDirection::Back.round(1, 3), SiblingDirection::Back.round(0, 3)), (0, 2));
        assert_eq!(
            (
                SiblingDirection::On.round(0, 0),
                SiblingDirection::Back.round(0, 0),
                SiblingDirection::Back.round(0, 1)
            ),
            (0, 0, 0)
        );
    }
}
