//! Text on the screen's grid: the one width function, cutting, padding and wrapping, as [`crate::grid`] has them.

pub use crate::grid::{cols, cut, fit, plain_cols, right, wrap};
