//! Figures as rows of typed cells: a dial, a chart, a timeline. Each has a form in braille or box drawing and
//! one in ASCII.
//!
//! Positions come from data coordinates ([`Plot`]), which other drawings (SVG) can use as well. A cell says
//! what it stands for, whoever draws it may colour it; nothing depends on colour. It does not judge, and
//! knows nothing of the screen.

mod braille;
pub mod cells;
pub mod dial;
pub mod plot;
pub mod timeline;

pub use cells::{ChartCell, ChartRole, ChartRow, Glyphs};
pub use dial::Dial;
pub use plot::{Plot, PlotMark};
