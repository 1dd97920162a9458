//! What there is to say, as blocks in every language shown: of a node, of a verdict and its arithmetic, of
//! the plan at a glance. The card of the screen, `show`, `explain`, `status`, the review card and the reports
//! are drawn from the same blocks.
//!
//! ```text
//! Reader (languages, rule set, day) ─ node, explain, dashboard ─► Page of Sections of Blocks ┬ terminal ─► lines of so many columns
//!                                                                                            └ export ─► md, html, docx, opml
//! ```
//!
//! A section is known by its kind, never by the words of its heading. Nothing here knows colours, keys or
//! files.

mod agreement;
pub mod block;
pub mod changes;
pub mod columns;
mod dashboard;
mod details;
mod explain;
mod figures;
mod kinds;
mod legend;
mod lint;
pub mod matrix;
mod node;
mod people;
mod reader;
mod reading;
pub mod row;
mod state;
mod status;
pub mod terminal;
#[cfg(test)]
mod tests;
mod ties;

pub use block::{LineTarget, Page, Section};
pub use figures::{Time, ValueEntry};
pub use kinds::{AnnotationItem, SectionKind, ValueKind};
pub use node::NodeSubject;
pub use people::{People, moment, when};
pub use reader::{PageReader, ReadingMedium};
pub use ties::{LinkEntry, NodeTie, links};
