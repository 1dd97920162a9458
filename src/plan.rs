//! What the plan says: its nodes, levels, sources and terms, read from TOML and never written back.
//!
//! This module refuses to know what people add (`journal`), how a node stands (`progress`), or how anything looks.

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
pub mod state;
pub mod tree;
pub(crate) mod unresolved;
pub mod write_file;

pub use assemble::UNNAMED;
pub use key::{Key, LevelId, NodeId, SourceId, TermId};
pub use node::{Node, Period, Role};
pub use register::{Fact, GlossaryTerm, Source};
pub use state::State;
pub use tree::Tree;

use crate::text::{Lang, Text};

/// A level of the plan: what its nodes are called here, and what they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Stable id.
    pub id: Box<str>,
    /// What its nodes are.
    pub role: Role,
    /// The mark in the outline, a few columns wide.
    pub mark: Box<str>,
    /// Its name in this plan.
    pub label: Text,
}

/// The levels that span the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// Level of the rows.
    pub rows: LevelId,
    /// Level of the columns.
    pub columns: LevelId,
}

/// A plan as it was read, with everything resolved.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The version of the format it was written in.
    pub format: u32,
    /// Stable id of the plan; its journal and its kept place go by it.
    pub id: Box<str>,
    /// Title.
    pub title: Text,
    /// Language tags (BCP 47), in the plan's order. Never empty in a loaded plan.
    pub languages: Vec<Box<str>>,
    /// The years it covers.
    pub period: Option<Period>,
    /// Years at which it wants to be looked at.
    pub checkpoints: Vec<i16>,
    /// Levels, in the manifest's order.
    pub levels: Vec<Level>,
    /// The nodes.
    pub tree: Tree,
    /// Documents. One that is only named and not registered has an empty title.
    pub sources: Vec<Source>,
    /// Facts taken from them.
    pub facts: Vec<Fact>,
    /// Glossary.
    pub terms: Vec<GlossaryTerm>,
    /// Rule sets of its own.
    pub rules: Vec<rule_set::OwnRule>,
    /// Levels that span the matrix.
    pub matrix: Option<Matrix>,
    /// The files it was read from, in load order: manifest, files, sources, facts, glossary; paths as written in messages and hashes.
    pub files: Vec<Box<str>>,
}

impl Plan {
    /// The level of a node.
    pub fn level(&self, id: LevelId) -> &Level {
        &self.levels[usize::from(id.0)]
    }

    /// A document.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// A glossary entry.
    pub fn term(&self, id: TermId) -> &GlossaryTerm {
        &self.terms[id.0 as usize]
    }

    /// The language that bears a tag, without regard to case.
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
