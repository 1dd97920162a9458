//! Figures of a document beside those of the plan: what a text brings, and whether a draft agrees.
//!
//! ```text
//! bytes ─ decode, docx, html ─► TextDocument ─ figures ─► TextFigure ─ nearest ─► nodes ┬ verdict ─► intake
//!                                              the plan's values ─ known ─────────────┴ draft ───► check-draft
//! ```
//! Pure: it is handed bytes and gives answers; files are read and written by the callers.

pub mod claims;
pub mod decode;
pub mod document;
pub mod docx;
pub mod draft;
pub mod html;
pub mod known;
pub mod nearest;
pub mod paragraphs;
pub mod patch;
pub mod questions;
pub mod report;
pub mod session;
pub mod sources;
pub mod unreadable;
pub mod verdict;

pub use document::{DocumentFormat, TextDocument};
pub use nearest::{NearNode, NodeFinder};
pub use unreadable::UnreadableDocument;
