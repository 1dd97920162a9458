//! plan158: a plan of goals, actions and metrics as a tree to search, record progress on, review and export.
//!
//! The modules, in one-way order (an arrow means "may be used by"; `tests/layering` holds it):
//!
//! ```text
//! text ─► plan ─► figures ─► journal ─► progress ─► find ─► outline ─► chart ─► page ─► review ─► intake ─► export  ║  tui ─► cli ─► main
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
//! * [`plan`] holds what the plan says; it knows nothing of people, verdicts or appearance.
//! * [`progress`] judges how nodes stand, by arithmetic only; it reads no files and no clocks, and does not
//!   judge actions.
//! * [`figures`] reads figures out of Chinese and English texts, and the one that is typed into a form.
//! * [`text`] holds the languages, and measures, cuts and cleans text for a terminal; [`chart`] draws figures
//!   as rows of such text, without colours.
//! * [`find`] searches plan and what people added in any script; it reads no journals and knows nothing of
//!   the screen.

pub mod chart;
pub mod cli;
pub mod export;
pub mod figures;
pub mod find;
pub mod intake;
pub mod journal;
pub mod outline;
pub mod page;
pub mod plan;
pub mod progress;
pub mod review;
pub mod text;
pub mod tui;
