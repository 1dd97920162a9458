//! What a card is made of.

use super::kinds::{Item, SectionKind, ValueKind};
use crate::plan::{NodeId, State};
use crate::text::Lang;

/// A wording with its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The language it is in.
    pub lang: Lang,
    /// The words, as the plan has them: unsafe characters are the drawer's matter.
    pub text: String,
    /// It stands in for a missing wording.
    pub borrowed: bool,
}

/// A figure, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRow {
    /// What it is to the metric.
    pub kind: ValueKind,
    /// The kind's name.
    pub label: String,
    /// The time it refers to.
    pub when: String,
    /// How much, with bound and unit.
    pub amount: String,
    /// Source, grade, basis, note.
    pub remark: String,
    /// What people recorded, for edits and retractions.
    pub item: Option<Item>,
}

/// One thing said of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// A paragraph, one wording a language shown.
    Words(Vec<Phrase>),
    /// A sentence of the program's own.
    Note(String),
    /// The head of something somebody wrote, which edits and retractions name.
    Item {
        /// When.
        label: String,
        /// Who, what.
        value: String,
        /// It.
        item: Item,
    },
    /// A named detail.
    Pair {
        /// What it is.
        label: String,
        /// What it says.
        value: String,
    },
    /// How the node stands.
    State(State),
    /// Another node.
    Link {
        /// How the two are tied.
        label: String,
        /// The other node.
        to: NodeId,
        /// Its title.
        title: Vec<Phrase>,
        /// Its id, and whether the link is ours.
        remark: String,
    },
    /// A figure.
    Value(ValueRow),
}

/// Fields that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub kind: SectionKind,
    /// They, in order; never empty.
    pub fields: Vec<Field>,
}

/// One node, whole; or what people said of one that has left the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The node; `None` where it has left the plan.
    pub node: Option<NodeId>,
    /// Title, one wording a language shown.
    pub title: Vec<Phrase>,
    /// The node's id.
    pub id: String,
    /// The level's mark and name.
    pub level: (String, String),
    /// What is said of it.
    pub sections: Vec<Section>,
}
