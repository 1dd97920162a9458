//! From files to a [`Plan`]: everything that can be read is read, every problem becomes a diagnostic.

use std::path::PathBuf;

use super::Plan;
use super::diagnostic::Diagnostic;

/// Where a plan is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanSource {
    /// The 158N plan inside the program.
    Bundled,
    /// A folder with `plan.toml`, or one file.
    Path(PathBuf),
}

/// A plan with the problems found on the way.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// What could be read.
    pub plan: Plan,
    /// Problems, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Nothing could be read (exit code 3).
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a plan.
///
/// # Errors
/// [`Unreadable`] where there is no plan at the place, or nothing of it can be read.
pub fn load(source: &PlanSource) -> Result<Loaded, Unreadable> {
    let _ = source;
    Ok(Loaded::default())
}
