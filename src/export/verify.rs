//! What an exported file says of itself, and what has changed since.
//!
//! ```text
//! bytes ─► read ─► Claim (stamp, marks) ┐
//! plan + journal of today ─► Document ──┴─► compare ─► Verification
//! ```
//!
//! A claim names the scope, filter, rule, as-of and language that the document must be produced again with,
//! which is the caller's task. This module knows nothing of files and flags.

mod claim;
mod compare;
mod figures;
mod nodes;
mod rerun;
mod workbook;

pub use claim::{StampClaim, UnverifiableReason, read};
pub use compare::{CurrentState, FileDifference, NodeChange, NodeFate, compare};
pub use rerun::{RerunBody, rerun};

use super::document::{Document, JournalStamp};
use super::format::{ExportError, ExportProgress};

/// Something that was one thing and is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub was: String,
    pub now: String,
}

impl Moved {
    /// `None` where nothing has moved.
    pub fn of(was: &str, now: &str) -> Option<Self> {
        (was != now).then(|| Self { was: was.to_owned(), now: now.to_owned() })
    }
}

/// What came of looking at a file again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The plan's files.
    pub plan: Option<Moved>,
    pub journal: Option<Moved>,
    pub tool: Option<Moved>,
    /// The moment looked at, where another than the file's was asked for.
    pub as_of: Option<Moved>,
    /// The rule set with its cut-offs, likewise.
    pub rule: Option<Moved>,
    /// How many nodes the file speaks of.
    pub nodes: usize,
    /// What has changed, node by node.
    pub changes: Vec<NodeChange>,
    /// Whether the file is what a new run writes.
    pub body: RerunBody,
}

impl Verification {
    /// Compares a file with a document made today by what the file says of itself; without a document there
    /// is nothing of it left.
    ///
    /// # Errors
    /// When somebody stops it.
    pub fn new(
        claim: &StampClaim,
        bytes: &[u8],
        today: &CurrentState<'_, '_>,
        progress: &mut dyn ExportProgress,
    ) -> Result<Self, ExportError> {
        let now = &today.stamp;
        let mut found = Self {
            plan: Moved::of(&claim.stamp.plan.hash, &now.plan.hash),
            journal: Moved::of(&claim.stamp.journal.hash, &now.journal.hash),
            tool: Moved::of(&claim.stamp.tool, &now.tool),
            as_of: Moved::of(&claim.stamp.as_of, &now.as_of),
            rule: Moved::of(&claim.stamp.rule.said(), &now.rule.said()),
            nodes: claim.marks.len(),
            changes: compare(claim, today, progress)?,
            body: RerunBody::NotCompared,
        };
        let comparable = found.tool.is_none() && found.as_of.is_none() && found.rule.is_none();
        if let Some(document) = today.document.filter(|_| comparable) {
            // With the file's own hashes, so that only what they stand for is compared.
            let mut document: Document<'_> = document.clone();
            document.plan_hash = claim.stamp.plan.hash.as_str().into();
            document.journal = JournalStamp::clone(&claim.stamp.journal);
            found.body = rerun(&document, claim.format, bytes, progress)?;
        }
        Ok(found)
    }

    /// Nothing that the file says has changed.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty() && !matches!(self.body, RerunBody::Differs { .. })
    }

    /// It was made from what there is now, and is not what was made: somebody, or another program, changed
    /// the file.
    pub fn is_edited(&self) -> bool {
        let held = [&self.plan, &self.journal, &self.tool, &self.as_of, &self.rule];
        held.iter().all(|moved| moved.is_none()) && matches!(self.body, RerunBody::Differs { .. })
    }
}
