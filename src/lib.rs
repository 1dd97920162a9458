//! plan158: a plan of goals, actions and metrics as a tree to search, record progress on, review and export.
//!
//! Rooms, in one-way order (an arrow means "may be used by"; `tests/layering` holds it):
//!
//! ```text
//! text ─► plan ─► journal ─► progress ─► find ─► outline ─► chart ─► page ─► review ─► export  ║  tui ─► cli ─► main
//! ```
//!
//! ```
//! use plan158::plan::load::{PlanSource, load};
//!
//! let loaded = load(&PlanSource::Bundled).expect("the 158N plan is inside the program");
//! let actions = loaded.plan.tree.nodes().iter().filter(|node| &*loaded.plan.level(node.level).id == "action");
//! assert_eq!(actions.count(), 8);
//! ```
//!
//! * [`plan`] says what the plan says, and refuses to know people, verdicts or looks.
//! * [`progress`] judges how nodes stand, by arithmetic only; it refuses to read files or clocks and to judge actions.
//! * [`text`] holds the languages, and measures, cuts and cleans text for a terminal; [`chart`] draws figures as rows of such text, and refuses colours.
//! * [`find`] searches plan and what people added in any script; it refuses to read journals and to know the screen.

pub mod chart;
pub mod cli;
pub mod export;
pub mod find;
pub mod journal;
pub mod outline;
pub mod page;
pub mod plan;
pub mod progress;
pub mod review;
pub mod text;
pub mod tui;
