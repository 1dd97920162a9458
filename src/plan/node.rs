//! One node of the plan: a goal, an action, a metric, or a group that is a heading over others.

use super::key::{Key, LevelId, NodeId, SourceId, TermId};
use super::metric::{Basis, Metric, Moment};
use crate::text::words::words;
use crate::text::{Lang, Text};

words!(
    /// What a level's nodes are, whatever the plan calls them.
    Role {
        /// Something to be reached.
        Goal = "goal" ("目标", "goal"),
        Action = "action" ("行动", "action"),
        /// Something that is measured.
        Metric = "metric" ("指标", "metric"),
        /// A heading over other nodes: it commits to nothing and nobody judges it.
        Group = "group" ("分组", "group"),
    }
);

words!(
    /// How binding a target is in Chinese planning terms.
    Attribute {
        /// 约束性.
        Binding = "binding" ("约束性", "binding"),
        /// 预期性.
        Expected = "expected" ("预期性", "expected"),
        Unspecified = "unspecified" ("未说明", "unspecified"),
    }
);

words!(
    /// A standing that a source claims; always attributed to it.
    Claim {
        /// 首.
        First = "first" ("首个", "first"),
        /// 唯一.
        Only = "only" ("唯一", "only"),
        /// 领先.
        Leading = "leading" ("领先", "leading"),
    }
);

/// A many-to-many link across the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The node it leads to.
    pub to: NodeId,
    /// Whether the link is the source's or ours.
    pub basis: Basis,
}

/// A remark on a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkNote {
    /// The node the link leads to.
    pub to: NodeId,
    /// Why the two are linked, where the link does not explain itself.
    pub note: Text,
}

/// Where a node's content comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The document that says so.
    pub source: SourceId,
    /// The page, paragraph or table in that document.
    pub at: Option<Box<str>>,
    /// Whether the document says so or it was inferred.
    pub basis: Basis,
    /// A remark of the plan's authors.
    pub note: Option<Box<Text>>,
}

/// A source that says otherwise; kept, never smoothed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The document that contradicts the plan.
    pub source: Option<SourceId>,
    /// The page, paragraph or table in that document.
    pub at: Option<Box<str>>,
    /// What is in conflict; `None` where the data does not say.
    pub kind: Option<ConflictKind>,
    /// What the document says instead.
    pub note: Text,
}

words!(
    /// What two sources disagree on.
    ConflictKind {
        Figure = "figure" ("数值不同", "another figure"),
        Wording = "wording" ("表述不同", "another wording"),
        /// What is counted, or an earlier value: no contradiction.
        Scope = "scope" ("口径或时间不同", "another scope or an earlier value"),
    }
);

impl Conflict {
    /// Whether the sources contradict one another.
    pub fn is_contradiction(&self) -> bool {
        matches!(self.kind, Some(ConflictKind::Figure | ConflictKind::Wording))
    }
}

/// A set whose source counts more members than it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Members {
    /// How many the source counts.
    pub total: u32,
    /// The number of members that the source names, which may be fewer than it counts.
    pub named: u32,
}

/// A lint rule set aside for a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule's code (`L03`).
    pub rule: Box<str>,
    /// Why the question need not be answered.
    pub reason: Box<str>,
}

/// Who may judge a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Judging {
    /// A verdict is computed where the figures allow one.
    #[default]
    Computed,
    /// People only (`judge = false`).
    PeopleOnly,
}

/// A span of the plan in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first moment that belongs to it.
    pub start: Moment,
    /// The last moment that belongs to it.
    pub end: Moment,
}

/// What only some nodes have; kept apart so that a plain node stays small.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeDetails {
    /// Earlier ids; annotations on them fold to this node.
    pub aliases: Box<[Key]>,
    /// A shorter title, for matrix heads and paths.
    pub title_short: Option<Text>,
    /// Earlier titles.
    pub former_titles: Box<[Text]>,
    /// A set's counts.
    pub members: Option<Members>,
    /// A standing claimed by a source.
    pub claim: Option<Claim>,
    /// What the claim or the rank is among.
    pub among: Option<Text>,
    /// Sources that say otherwise.
    pub conflicts: Box<[Conflict]>,
    /// Whether the state is computed, given by people, or neither.
    pub judging: Judging,
    /// Glossary entries it uses, with the sense where the term has several.
    pub terms: Box<[TermUse]>,
    /// The period of this node; without one it inherits its parent's.
    pub period: Option<Period>,
    /// Binding or expected.
    pub attribute: Option<Attribute>,
    /// Responsible office, by role.
    pub office: Option<Text>,
    /// Lint rules set aside.
    pub waivers: Box<[Waiver]>,
    /// Remarks on some of its links.
    pub link_notes: Box<[LinkNote]>,
}

/// A glossary entry used by a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermUse {
    /// The entry that defines the term.
    pub term: TermId,
    /// The sense's id, for a term with several (`shuangchuang.party` names sense `party`).
    pub sense: Option<Box<str>>,
}

/// Where a node's table stands in the plan's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableOrigin {
    /// Index into [`super::Plan::files`].
    pub file: u32,
    /// Byte of the table's header in that file.
    pub byte: u32,
}

/// A goal, an action, a metric or a group, in its place in the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Stable id.
    pub key: Key,
    /// Level; its role is [`Node::role`].
    pub level: LevelId,
    /// The level's role.
    pub role: Role,
    /// Steps from a root.
    pub depth: u32,
    /// The parent; [`None`] for a root.
    pub parent: Option<NodeId>,
    /// Whether its place in the tree is the source's or ours.
    pub parent_basis: Basis,
    /// First node after its subtree.
    pub subtree_end: NodeId,
    /// Title, a wording a language.
    pub title: Text,
    /// A sentence or two in own words.
    pub summary: Option<Text>,
    /// The nodes it contributes to, outside its own branch.
    pub serves: Box<[Link]>,
    /// Free words.
    pub tags: Box<[Box<str>]>,
    /// The documents that support the node, in the order of the file.
    pub evidence: Box<[Evidence]>,
    /// Measure and values; there for role metric only.
    pub metric: Option<Box<Metric>>,
    /// Fields that few nodes have, kept apart so that the others stay small.
    pub more: Option<Box<NodeDetails>>,
    /// Where it stands in the files.
    pub origin: TableOrigin,
}

impl Node {
    /// Earlier ids.
    pub fn aliases(&self) -> &[Key] {
        self.more.as_ref().map_or(&[], |more| &more.aliases)
    }

    /// Earlier titles.
    pub fn former_titles(&self) -> &[Text] {
        self.more.as_ref().map_or(&[], |more| &more.former_titles)
    }

    /// Its shorter title, where it has one.
    pub fn title_short(&self) -> Option<&Text> {
        self.more.as_ref().and_then(|more| more.title_short.as_ref())
    }

    /// What stands where there is little space: the shorter title if a language has it, else the title.
    pub fn shortest_title(&self, lang: Lang) -> &str {
        let short = self.title_short().and_then(|short| short.get(lang));
        short.unwrap_or_else(|| self.title.get_or_first(lang).text)
    }

    /// Glossary entries it uses.
    pub fn terms(&self) -> &[TermUse] {
        self.more.as_ref().map_or(&[], |more| &more.terms)
    }

    /// Sources that say otherwise.
    pub fn conflicts(&self) -> &[Conflict] {
        self.more.as_ref().map_or(&[], |more| &more.conflicts)
    }

    /// Remarks on some of its links.
    pub fn link_notes(&self) -> &[LinkNote] {
        self.more.as_ref().map_or(&[], |more| &more.link_notes)
    }

    /// Whether the state is computed, given by people, or neither.
    pub fn judging(&self) -> Judging {
        self.more.as_ref().map(|more| more.judging).unwrap_or_default()
    }

    /// Binding, expected or not said.
    pub fn attribute(&self) -> Attribute {
        self.more.as_ref().and_then(|more| more.attribute).unwrap_or(Attribute::Unspecified)
    }

    /// The period of this node itself; see [`crate::plan::Tree`] for the one it inherits.
    pub fn period(&self) -> Option<Period> {
        self.more.as_ref().and_then(|more| more.period)
    }

    /// The office that is responsible, where a source names one.
    pub fn office(&self) -> Option<&Text> {
        self.more.as_ref().and_then(|more| more.office.as_ref())
    }
}
