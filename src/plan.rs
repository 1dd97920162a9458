//! What the plan says: its nodes, levels, sources and terms, read from TOML and never written back.
//!
//! What people add (`journal`), how a node stands (`progress`) and how anything looks are not known here.

#![warn(missing_docs)]

pub mod as_of;
mod assemble;
pub mod bundled;
pub mod check;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod fields;
pub mod figure;
mod frame;
mod input;
pub mod key;
pub mod load;
pub mod metric;
pub mod node;
mod raw;
pub mod register;
pub mod regular_file;
pub mod rule_set;
pub mod settings_rules;
pub mod state;
pub mod tree;
pub(crate) mod unresolved;
pub mod write_file;

pub use assemble::UNNAMED;
pub use key::{Key, LevelId, NodeId, SourceId, TermId};
pub use node::{Node, Period, Role};
pub use register::{ChapterReading, Fact, GlossaryTerm, ReadingState, Source};
pub use state::State;
pub use tree::Tree;

use crate::text::{Lang, Text};

/// A level of the plan: what its nodes are called here, and what they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// The id that `plan.toml` gives the level; queries and flags name it by this.
    pub id: Box<str>,
    /// Whether its nodes are goals, measures, metrics, events and so on.
    pub role: Role,
    /// The mark in the outline, a few columns wide; [`Level::mark_in`] is what shows.
    pub mark: Text,
    /// Its name in this plan.
    pub label: Text,
}

impl Level {
    /// The mark for readers of a language; a dot where the plan gives none.
    pub fn mark_in(&self, lang: Lang) -> &str {
        match self.mark.get_or_first(lang).text.trim() {
            "" => "·",
            mark => mark,
        }
    }
}

/// The levels that span the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The level whose nodes make the rows.
    pub rows: LevelId,
    /// The level whose nodes make the columns.
    pub columns: LevelId,
}

/// A plan as it was read, with everything resolved.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The version of the format it was written in.
    pub format: u32,
    /// Stable id of the plan; its journal and its kept place go by it.
    pub id: Box<str>,
    /// The plan's name in its languages.
    pub title: Text,
    /// Language tags (BCP 47), in the plan's order. Never empty in a loaded plan.
    pub languages: Vec<Box<str>>,
    /// The years it covers.
    pub period: Option<Period>,
    /// Years at which it wants to be looked at.
    pub checkpoints: Vec<i16>,
    /// Levels, in the manifest's order.
    pub levels: Vec<Level>,
    /// The nodes with their order and parents.
    pub tree: Tree,
    /// Documents. One that is only named and not registered has an empty title.
    pub sources: Vec<Source>,
    /// The registered facts, which are figures of documents that no metric carries.
    pub facts: Vec<Fact>,
    /// The glossary, which translations and searches follow.
    pub terms: Vec<GlossaryTerm>,
    /// What was seen of the plan's own document, part by part; empty where the plan does not say.
    pub readings: Vec<ChapterReading>,
    /// Rule sets that the plan declares beside the program's own.
    pub rules: Vec<rule_set::OwnRule>,
    /// Levels that span the matrix.
    pub matrix: Option<Matrix>,
    /// The files it was read from, in load order: manifest, files, sources, facts, glossary; paths as written
    /// in messages and hashes.
    pub files: Vec<Box<str>>,
}

impl Plan {
    /// The part of the plan's own document that has to be read before anything can be said of a node, by its
    /// place in [`Plan::readings`]: the first that was not read, else the first that was read only in part.
    pub fn to_read(&self, id: NodeId) -> Option<usize> {
        let touches =
            |reading: &ChapterReading| reading.touches.iter().any(|top| self.tree.contains(*top, id));
        let first = |state| self.readings.iter().position(|own| own.state == state && touches(own));
        first(ReadingState::Unread).or_else(|| first(ReadingState::Partly))
    }

    /// The level of a node.
    pub fn level(&self, id: LevelId) -> &Level {
        &self.levels[usize::from(id.0)]
    }

    /// Looks a document up by its index.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// Looks a glossary entry up by its index.
    pub fn term(&self, id: TermId) -> &GlossaryTerm {
        &self.terms[id.0 as usize]
    }

    /// The language with that tag, without regard to case.
    pub fn lang(&self, tag: &str) -> Option<Lang> {
        (0u8..)
            .zip(&self.languages)
            .find(|(_, own)| own.eq_ignore_ascii_case(tag))
            .map(|(lang, _)| Lang(lang))
    }

    /// A language's tag.
    pub fn tag(&self, lang: Lang) -> &str {
        self.languages.get(usize::from(lang.0)).map_or("", AsRef::as_ref)
    }
}
