//! The numeral at a place, whatever its script.

use super::english;
use super::letters::Letters;
use super::numeral::{Numeral, chinese, digits};

/// The numeral that begins at a place, whatever its script.
pub fn numeral(line: &Letters, at: usize) -> Option<Numeral> {
    digits(line, at).or_else(|| chinese(line, at)).or_else(|| english::numeral(line, at))
}
