//! How the screen is looked at: languages, day, pane; how fresh its plan is; what is under the cursor.

use std::sync::Arc;

use crate::chart::Glyphs;
use crate::journal::NodeName;
use crate::plan::NodeId;
use crate::plan::as_of::AsOf;
use crate::plan::diagnostic::Diagnostic;
use crate::progress::RuleRef;
use crate::text::language::Locale;
use crate::text::{ShownLanguages, Ui};

/// What is shown and how it is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Which of the plan's languages.
    pub show: ShownLanguages,
    /// Which language the program speaks.
    pub ui: Ui,
    /// What the locale says, for a plan in neither of the program's languages.
    pub locale: Locale,
    /// The rule set of verdicts.
    pub rule: RuleRef,
    /// The day everything is looked at from.
    pub as_of: AsOf,
    /// What charts are drawn with.
    pub glyphs: Glyphs,
}

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    Outline,
    Card,
}

/// Whether a wide screen shows the card beside the outline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardBeside {
    #[default]
    Shown,
    Hidden,
}

/// How fresh the plan on screen is.
#[derive(Clone, Debug, Default)]
pub enum Freshness {
    /// All of it is read.
    #[default]
    Whole,
    Reading(Progress),
    /// The files changed and nothing of them could be taken: the last good plan shows, and why.
    Stale(Arc<[Diagnostic]>),
}

/// How far a reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files read.
    pub done: usize,
    /// Files to read.
    pub total: usize,
}

/// What the next step is about: a node, or an id that has left the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub name: NodeName,
    /// The node, where it is one.
    pub node: Option<NodeId>,
}
