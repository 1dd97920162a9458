//! What is known of one figure of a text.

use std::fmt;
use std::ops::Range;

use crate::plan::metric::{Bound, Decimal, Moment, words};

words!(
    /// What a figure says of what it counts.
    FigureKind {
        /// So many there are.
        Level = "level" ("水平", "level"),
        /// So many more or fewer than before.
        ChangeBy = "change-by" ("变化量", "change by"),
        /// From something else to so many.
        ChangeTo = "change-to" ("变化到", "change to"),
        /// A part of a whole, in per cent.
        Share = "share" ("占比", "share"),
        /// So many times another amount.
        Multiple = "multiple" ("倍数", "multiple"),
        /// A place among others; 1 is first.
        Rank = "rank" ("位次", "rank"),
        /// A number in a row: the third batch.
        Ordinal = "ordinal" ("序数", "ordinal"),
    }
);

/// The time a figure speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureTime {
    /// A year, month or day.
    At(Moment),
    /// From the first to the last.
    Span(Moment, Moment),
}

impl FigureTime {
    /// Its last year.
    pub fn year(self) -> i16 {
        match self {
            FigureTime::At(at) | FigureTime::Span(_, at) => at.year(),
        }
    }

    /// Its first year.
    pub fn first_year(self) -> i16 {
        match self {
            FigureTime::At(at) | FigureTime::Span(at, _) => at.year(),
        }
    }
}

impl fmt::Display for FigureTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FigureTime::At(at) => write!(out, "{at}"),
            FigureTime::Span(from, to) => write!(out, "{from}/{to}"),
        }
    }
}

/// A countable figure of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct TextFigure {
    /// Its characters in the line, with the words of its bound and its counter.
    pub span: Range<usize>,
    /// The sentence it stands in, in characters of the line.
    pub sentence: Range<usize>,
    /// The clause it stands in, in characters of the line.
    pub clause: Range<usize>,
    /// The amount: whole (8.4万 is 84000); per cent as printed; fractions and 成 in per cent.
    pub value: Decimal,
    /// The upper end of a range.
    pub to: Option<Decimal>,
    /// Unit or counter as printed; `%` for every way to write per cent, `pp` for percentage points; empty
    /// where there is none.
    pub unit: String,
    /// What it says of the true value.
    pub bound: Bound,
    /// What it says of what it counts.
    pub kind: FigureKind,
    /// The time it speaks of, where the sentence says it.
    pub time: Option<FigureTime>,
    /// The words it counts.
    pub what: String,
    /// Whether the sentence says that it is to be, not that it is.
    pub is_aim: bool,
}

/// What is known of a text besides its lines: when it was written, and what the lines before spoke of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextContext {
    /// The year in which it was written, for 今年 and "last year".
    pub written: Option<i16>,
    /// The last time that was named, for 一年来.
    pub spoken_of: Option<FigureTime>,
}
