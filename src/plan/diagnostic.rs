//! Problems of a plan as values: a stable code, a place, what is wrong and what to do, in both languages.

use super::text::Said;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something of the plan could not be taken as written.
    Error,
    /// The plan was read as written; somebody should look.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// The line a problem stands on, with the stretch it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The line without its end, at most a few hundred characters of it.
    pub line: String,
    /// Bytes of `line` that the caret marks; may be empty.
    pub bytes: std::ops::Range<usize>,
}

/// One problem, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code: `E…` for errors, `W…` for warnings; never reused.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file, as the plan names it; empty where there is none.
    pub file: String,
    /// Line from 1; 0 where the problem has no place in the file.
    pub line: u32,
    /// Column in characters from 1; 0 where there is none.
    pub column: u32,
    /// What is wrong.
    pub message: Said,
    /// What to do next.
    pub help: Said,
    /// The line itself. Absent for a text that must not be shown or could not be read again.
    pub snippet: Option<Snippet>,
}
