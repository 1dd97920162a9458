//! What is being looked for: the line being typed, the last search, the standing filter, the lenses. Plain
//! data; `update::find` changes it.
//!
//! ```text
//! nothing ── / f F & ──► Prompt ── Enter ──► Search (n/N, marks) or Standing (F, g1…) ── Esc ends a search, never a filter
//!                          └─ Esc ──► everything exactly as before
//! ```

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tui_input::Input;

use super::card_window::CardWindow;
use super::chord::Chord;
use super::pages::matrix::state::MatrixPage;
use super::pages::window::PlaceBefore;
use super::view::Focus;
use crate::find::query::complete::Suggestion;
use crate::find::{JournalExtras, Query};
use crate::outline::{Outline, OutlinePlace, Sieve};
use crate::plan::{Key, NodeId};

/// Most characters of a query.
pub const MAX_QUERY_CHARS: usize = 1_000;

/// How many of the best matches the flat list shows.
pub const FLAT_LIMIT: usize = 1_000;

/// Waiting longer than this shows, in milliseconds.
pub const PATIENCE_MS: u64 = 100;

/// Everything about finding.
#[derive(Clone, Debug, Default)]
pub struct FindState {
    /// The line being typed.
    pub prompt: Option<Prompt>,
    /// The last search that was taken.
    pub search: Option<Search>,
    pub standing: Option<StandingFilter>,
    /// Lenses of the configuration, in the order of their keys.
    pub lenses: Vec<Lens>,
    /// Queries taken before, oldest first.
    pub history: Vec<String>,
    /// The number of the last search asked for.
    pub generation: u64,
    /// The searches that are not answered, by what they are for.
    pub awaited: BTreeMap<Purpose, u64>,
    /// Since when something is awaited, in milliseconds since the program began.
    pub since_ms: Option<u64>,
    /// The spinner's step, once the wait is long enough to show.
    pub spin: Option<usize>,
}

/// What a search is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// The line being typed.
    Prompt,
    Standing,
    /// The last search taken, looked for again because plan, scope or filter changed.
    Last,
}

/// A search, as the worker gets it.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchQuery {
    pub purpose: Purpose,
    pub generation: u64,
    pub query: Query,
    /// The query of the filter that holds besides.
    pub within: Option<Query>,
    /// The branch to look in.
    pub scope: Option<NodeId>,
}

/// What the worker found.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The query as it was read.
    pub query: Query,
    /// All matches, in their tree.
    pub sieve: Arc<Sieve>,
    /// The best matches, best first.
    pub hits: Vec<NodeId>,
    /// What people added when it was found.
    pub extra: Arc<JournalExtras>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// To go to a match.
    Search,
    /// To let only matches show.
    Filter,
    LensName,
}

/// How matches are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// In their tree, in reading order.
    #[default]
    Tree,
    /// The best first.
    Flat,
}

/// Whether a search was accepted before its answer came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Taking {
    #[default]
    No,
    /// It was: it is carried out with the answer, then these keys are.
    WithAnswer(Vec<Chord>),
}

/// A line being typed, and what shows because of it.
#[derive(Clone, Debug)]
pub struct Prompt {
    pub asking: Asking,
    pub input: Input,
    /// The line as a query.
    pub query: Query,
    /// How matches are laid out.
    pub arrangement: Arrangement,
    /// The match that was selected when plan or journal changed: it stays selected where it still matches.
    pub kept: Option<Key>,
    /// What shows: the answer to the last query that could be understood.
    pub answer: Option<Arc<Answer>>,
    /// The selected line of the flat list, and the first on screen.
    pub list: ListWindow,
    /// Which entry of the history stands in the line, counted from the newest, and what stood there before.
    pub recalled: Option<(usize, String)>,
    /// What `Tab` offers.
    pub completing: Option<Completing>,
    /// Whether Enter came before the answer.
    pub taking: Taking,
    pub before: Box<Before>,
}

/// How everything was before a prompt opened.
#[derive(Clone, Debug)]
pub struct Before {
    /// Rows, folds, cursor, scope, filter.
    pub outline: Outline,
    pub card: CardWindow,
    /// Which pane had the keys.
    pub focus: Focus,
    pub awaited: Option<OutlinePlace>,
}

/// A selection in a list, and the stretch of it on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListWindow {
    pub selected: usize,
    /// The first on screen.
    pub top: usize,
}

impl ListWindow {
    /// Selects a line of so many and keeps it on screen.
    pub fn select(&mut self, line: usize, lines: usize, height: usize) {
        self.selected = line.min(lines.saturating_sub(1));
        let height = height.max(1);
        self.top = self.top.clamp((self.selected + 1).saturating_sub(height), self.selected);
    }
}

/// What `Tab` offers, and which of it stands in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completing {
    /// Bytes of the line that the chosen suggestion takes up.
    pub bytes: Range<usize>,
    pub suggestions: Vec<Suggestion>,
    pub chosen: usize,
}

/// The last search that was taken.
#[derive(Clone, Debug)]
pub struct Search {
    pub text: String,
    /// The branch it was asked in.
    pub scope: Option<NodeId>,
    /// The filter it was asked under.
    pub within: Option<String>,
    /// What was found; `None` while it is looked for again.
    pub answer: Option<Arc<Answer>>,
    /// Whether its matches are marked.
    pub lit: Lit,
}

/// Whether matches are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lit {
    Yes,
    /// Esc ended that; `n` begins it again.
    No,
}

/// A filter that holds until it is cleared.
#[derive(Clone, Debug)]
pub struct StandingFilter {
    pub text: String,
    pub lens: Option<String>,
    /// What it lets through; `None` while it is looked for.
    pub answer: Option<Arc<Answer>>,
    /// The cell of the matrix whose nodes it lets through: then it has no query.
    pub cell: Option<Box<FromMatrix>>,
}

/// A cell of the matrix shown as an outline, and the way back.
#[derive(Clone, Debug)]
pub struct FromMatrix {
    pub row: NodeId,
    pub column: NodeId,
    pub matrix: MatrixPage,
    /// Where one was before the matrix.
    pub left: PlaceBefore,
    pub before: Option<StandingFilter>,
}

impl StandingFilter {
    /// A filter that nothing is known of yet.
    pub fn new(text: String, lens: Option<String>) -> Self {
        Self { text, lens, answer: None, cell: None }
    }
}

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    pub name: String,
    pub query: String,
}

impl FindState {
    /// The answer whose matches are marked: of the line being typed, else of the search, else of the filter.
    pub fn marked(&self) -> Option<&Arc<Answer>> {
        if let Some(prompt) = self.prompt.as_ref().filter(|prompt| prompt.asking != Asking::LensName) {
            return prompt.answer.as_ref();
        }
        let search = self.search.as_ref().filter(|search| search.lit == Lit::Yes);
        search
            .and_then(|search| search.answer.as_ref())
            .or_else(|| self.standing.as_ref().and_then(|standing| standing.answer.as_ref()))
    }

    /// Whether a search is marked.
    pub fn is_lit(&self) -> bool {
        self.search.as_ref().is_some_and(|search| search.lit == Lit::Yes)
    }

    /// The cell of the matrix that shows as an outline.
    pub fn cell(&self) -> Option<&FromMatrix> {
        self.standing.as_ref()?.cell.as_deref()
    }

    /// The key's number of the lens that stands, where it is one of the first nine.
    pub fn lens_number(&self) -> Option<usize> {
        let standing = self.standing.as_ref()?;
        let name = standing.lens.as_ref()?;
        self.lenses.iter().take(9).position(|lens| lens.name == *name).map(|at| at + 1)
    }

    /// Whether the line being typed is laid out as a flat list.
    pub fn is_flat(&self) -> bool {
        self.prompt.as_ref().is_some_and(|prompt| prompt.arrangement == Arrangement::Flat)
    }
}
