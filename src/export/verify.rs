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
mod edit;
mod figures;
mod nodes;
mod rerun;
mod workbook;

pub use claim::{StampClaim, UnverifiableReason, read, read_beside};
pub use compare::{CurrentState, FileDifference, NodeChange, NodeFate, compare};
pub use edit::{EditCheck, EditPlace, FileEdit, MOST_EDITS};
pub use rerun::{RerunBody, rerun};

use super::document::{Document, JournalStamp, STAMP_VERSION};
use super::format::{ExportError, ExportProgress};
use super::writer::writer;
use crate::text::Text;

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
    /// Whether the file itself is as it was written, whatever has happened to plan and journal.
    pub edit: EditCheck,
    /// Whether every place that was edited is named: the file was held against what it was made from.
    pub is_placed: bool,
    /// Whether the file says of each node what it was; else it is compared as a whole.
    pub has_marks: bool,
}

/// What a file may call its nodes: by the ids in its marks, and by the titles of today.
fn names(document: &Document<'_>, claim: &StampClaim) -> edit::NodeNames {
    let tree = &document.plan().tree;
    let mut names = edit::NodeNames::default();
    for mark in &claim.marks {
        let node = tree.find(&mark.id).map(|id| tree.node(id));
        let titles = node
            .into_iter()
            .flat_map(|node| node.title.iter().chain(node.title_short().into_iter().flat_map(Text::iter)));
        names.add(&mark.id, titles.map(|(_, title)| title));
    }
    names
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
            nodes: claim.stamp.nodes,
            changes: if claim.has_marks() { compare(claim, today, progress)? } else { Vec::new() },
            body: RerunBody::NotCompared,
            edit: edit::check(claim, bytes),
            is_placed: false,
            has_marks: claim.has_marks(),
        };
        let is_as_it_was = found.moved().iter().all(|moved| moved.is_none());
        if is_as_it_was && matches!(found.edit, EditCheck::Edited(_)) {
            // Nothing can have changed since: a mark that says otherwise was edited too.
            found.changes.clear();
        }
        let comparable = claim.stamp.v == STAMP_VERSION
            && !claim.is_templated
            && found.tool.is_none()
            && found.as_of.is_none()
            && found.rule.is_none();
        if let Some(document) = today.document.filter(|_| comparable) {
            // With the file's own hashes, so that only what they stand for is compared.
            let mut document: Document<'_> = document.clone();
            document.plan_hash = claim.stamp.plan.hash.as_str().into();
            document.journal = JournalStamp::clone(&claim.stamp.journal);
            found.body = rerun(&document, claim.format, &claim.options(), bytes, progress)?;
            found.is_placed = is_as_it_was;
            match (&found.edit, found.body) {
                (EditCheck::Edited(_), _) => {
                    let mut whole = Vec::new();
                    writer(claim.format)(&document, &claim.options(), &mut whole, progress)?;
                    let mut edits = edit::edits(claim.format, &whole, bytes, &names(&document, claim));
                    edits.retain(|own| is_as_it_was || found.is_unchanged(own.node.as_deref()));
                    if let EditCheck::Edited(known) = &found.edit {
                        edits.extend(known.iter().cloned());
                    }
                    found.edit = EditCheck::Edited(edits);
                }
                // Made again it comes out the same, which proves as much.
                (EditCheck::Unknown, RerunBody::Same) => found.edit = EditCheck::Untouched,
                _ => {}
            }
        }
        Ok(found)
    }

    /// Takes the places that were edited from a look at the same file with its own moment and rule set, which
    /// can tell more of them.
    pub fn place_edits_as(&mut self, own: Verification) {
        (self.edit, self.is_placed) = (own.edit, own.is_placed);
    }

    /// What the file was made from and with, where that is another now.
    fn moved(&self) -> [&Option<Moved>; 5] {
        [&self.plan, &self.journal, &self.tool, &self.as_of, &self.rule]
    }

    /// Whether nothing has changed since of a node that the file speaks of.
    fn is_unchanged(&self, node: Option<&str>) -> bool {
        node.is_some_and(|node| self.changes.iter().all(|change| change.id != node))
    }

    /// The file is as it was written, nothing that it says has changed since, and nothing is left unchecked.
    pub fn is_same(&self) -> bool {
        matches!(self.edit, EditCheck::Untouched | EditCheck::LineEnds)
            && self.changes.is_empty()
            && !matches!(self.body, RerunBody::Differs { .. })
            && !self.is_unchecked()
    }

    /// Whether nothing can be said of what has changed since: neither node by node nor as a whole.
    pub fn is_unchecked(&self) -> bool {
        !self.has_marks && self.body == RerunBody::NotCompared
    }

    /// The file says something else than what was written: by its digest, or where it has none, because it
    /// was made from what there is now, and is not what is made of that.
    pub fn is_edited(&self) -> bool {
        let held = self.moved();
        match &self.edit {
            EditCheck::Edited(_) => true,
            EditCheck::Unknown => {
                held.iter().all(|moved| moved.is_none()) && matches!(self.body, RerunBody::Differs { .. })
            }
            EditCheck::Untouched | EditCheck::LineEnds | EditCheck::ChartsUnknown => false,
        }
    }
}
