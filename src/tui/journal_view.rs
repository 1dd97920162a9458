//! What people say, as the screen sees it, and how every node stands with it; now, or as it was when one
//! looks back.

use std::sync::Arc;

use crate::journal::{Author, Fold, Journal, JournalProblem};
use crate::plan::NodeId;
use crate::plan::as_of::AsOf;
use crate::progress::States;
use crate::progress::dashboard::Dashboard;
use crate::text::Bilingual;

/// The journal on screen.
#[derive(Clone, Debug)]
pub struct JournalView {
    /// What people added to this plan, once it is read. Nobody else holds it for long, so that a step does
    /// not copy it.
    pub journal: Option<Arc<Journal>>,
    /// Who writes, or why nobody can.
    pub author: Result<Author, Bilingual>,
    /// Grows with every change, so that what was worked out before is known to be old.
    pub version: u64,
    /// How every node stands, once that is worked out.
    pub states: Option<Arc<States>>,
    /// The version as of which the states were asked for: an answer for another is old.
    pub asked: u64,
    /// How often all of it was worked out.
    pub judged: u64,
    /// The plan at a glance, and the version it was counted for.
    pub glance: Option<(u64, Arc<Dashboard>)>,
    /// Nodes that changed after their states were asked for.
    pub late: Vec<NodeId>,
    /// Files of the journal that are left out, as far as the user has been told.
    pub left_out: Vec<JournalProblem>,
    /// What one looks back at.
    pub past: Option<LookBack>,
}

/// The plan as it stood after some record.
#[derive(Clone, Debug)]
pub struct LookBack {
    pub fold: Fold,
    pub as_of: AsOf,
    /// How every node stood; `None` in plans too large to work it out with each key.
    pub states: Option<States>,
}

impl Default for JournalView {
    fn default() -> Self {
        Self {
            journal: None,
            author: Err(Bilingual::new("尚未设置作者名", "no author name is set")),
            version: 0,
            states: None,
            asked: 0,
            judged: 0,
            glance: None,
            late: Vec::new(),
            left_out: Vec::new(),
            past: None,
        }
    }
}

impl JournalView {
    /// Everything may have changed: the states are to be worked out again (`Effect::Index`).
    pub fn renew(&mut self) {
        self.version += 1;
        self.asked = self.version;
        self.states = None;
        self.late.clear();
    }
}
