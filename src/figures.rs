//! Figures in texts: every countable figure of a Chinese or English line with its place, value, unit, bound,
//! kind, time and the words it counts; and the one figure that somebody types into a form.
//!
//! ```text
//! line ─ folded ─► characters ─ names, times ─► what is no figure ┐
//!                             └ numeral, units, bounds, phrases ───┴─ scan ─► kinds, subject ─► TextFigure
//! text of a form ─ input ─► TypedNumber, Moment
//! ```
//! Pure, and right of `plan` only: it knows bounds and numbers, and no nodes. Places count characters of the
//! line as it was given.

pub mod bounds;
pub mod dates;
pub mod english;
pub mod grammar;
pub mod input;
pub mod kinds;
pub mod letters;
pub mod names;
pub mod numeral;
pub mod phrase;
pub mod phrases;
pub mod reading;
pub mod scan;
pub mod subject;
pub mod text_figure;
pub mod times;
pub mod units;

pub use grammar::Grammar;
pub use text_figure::{FigureKind, FigureTime, TextContext, TextFigure};
