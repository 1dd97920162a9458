//! An amount that is said in words of its own.

use super::text_figure::FigureKind;
use crate::plan::metric::{Bound, Decimal};

/// An amount with all that the phrase itself says.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountPhrase {
    pub start: usize,
    pub end: usize,
    pub value: Decimal,
    pub unit: &'static str,
    pub kind: FigureKind,
    pub bound: Option<Bound>,
}

/// So much of a whole, in per cent.
pub fn percent(part: f64, whole: f64) -> Option<Decimal> {
    if whole <= 0.0 || part > whole * 10.0 {
        return None;
    }
    let value = part / whole * 100.0;
    // Fifteen digits are kept; a whole result is written as one.
    let text =
        if (value - value.round()).abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.12}") };
    Decimal::parse(text.trim_end_matches('0'))
        .filter(|_| text.contains('.'))
        .or_else(|| Decimal::parse(&text))
}

/// A part of a whole.
pub fn share(start: usize, end: usize, value: Decimal) -> AmountPhrase {
    AmountPhrase { start, end, value, unit: "%", kind: FigureKind::Share, bound: None }
}
