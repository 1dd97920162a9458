//! Everything an export says, free of any format, so that no format drops what another has.
//!
//! ```text
//! plan + journal + states ─► Scene ─► Document (scope × filter × sources × stamp)
//!                                        ├ entries()  one NodeEntry at a time, built when asked for ─► csv xlsx toml
//!                                        │ each()     the same rendered on all processors, in order ─► json md
//!                                        ├ orphans()  what belongs to no node                       ─► all
//!                                        └ report     the same in words and tables                  ─► md html docx opml
//! ```
//!
//! It holds numbers of nodes and sources, never texts: a plan of 100,000 nodes needs no second copy of
//! itself. It knows nothing of formats, a file and the clock.

mod cited;
mod entry;
mod parallel;
mod shape;
mod stamp;

pub use cited::Cited;
pub use entry::{LinkEntry, NodeEntry, NodeTie, Time, ValueEntry};
pub use shape::{PageStyle, ReportLength, ReportShape, ReportSubject, ShapeStamp};
pub use stamp::{
    BLANK, CsvStamp, JournalStamp, OlderLines, PlanStamp, ReportStamp, RuleStamp, STAMP_VERSION, TOOL, sealed,
};

use crate::journal::{Journal, NodeRecords};
use crate::outline::Sieve;
use crate::page::{PageReader, ReadingMedium};
use crate::plan::{NodeId, Plan, Role, SourceId, State};
use crate::progress::{Judge, Promises, Rollup, States};
use crate::text::language::{Locale, speak};
use crate::text::{Lang, ShownLanguages, Ui};

/// The plan as every export sees it.
#[derive(Clone, Debug)]
pub struct ExportContext<'p> {
    pub plan: &'p Plan,
    /// Errors found while it was read.
    pub errors: usize,
    /// The judge of verdicts; what is later than its as-of is left out.
    pub judge: Judge<'p>,
    /// Every node's state.
    pub states: States,
    /// Whose promise each node is, by the judge's day.
    pub promises: Promises,
    /// What people add.
    pub journal: &'p Journal,
    /// Which of the plan's languages are shown. JSON carries all of them anyway.
    pub show: ShownLanguages,
    /// The language the program speaks where a plan has neither of its two.
    pub ui: Ui,
}

impl<'p> ExportContext<'p> {
    /// The languages asked for: a tag or `both`.
    pub fn lang(&self) -> &'p str {
        match self.show {
            ShownLanguages::Both(..) => "both",
            ShownLanguages::One(lang) => self.plan.tag(lang),
        }
    }

    /// The languages shown, the main one first, each with the language the program speaks beside it.
    pub fn voices(&self) -> Vec<ExportLanguage> {
        std::iter::once(self.show.main()).chain(self.show.second()).map(|lang| self.voice(lang)).collect()
    }

    /// Who reads what is exported: in the languages shown, with its rule set and day.
    pub fn reader(&self) -> PageReader<'p> {
        let ui = self.voice(self.show.main()).ui;
        let Judge { plan, rule, as_of, .. } = self.judge;
        PageReader { plan, show: self.show, ui, rule, as_of }
    }

    /// A language of the plan with the one the program speaks beside it.
    pub fn voice(&self, lang: Lang) -> ExportLanguage {
        let locale = self.ui.pick(Locale::Chinese, Locale::Other);
        ExportLanguage { lang, ui: speak(self.plan.tag(lang), locale) }
    }

    /// How what is below a node (or serves it) stands.
    pub fn rollup(&self, id: NodeId) -> Option<Rollup> {
        self.states.rollup(self.plan, id)
    }

    /// One node with all that is said of it.
    pub fn entry(&self, id: NodeId) -> NodeEntry<'p> {
        NodeEntry::new(self, id)
    }
}

/// A language shown, and the language in which the program's own words stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportLanguage {
    /// The plan's.
    pub lang: Lang,
    /// The program's.
    pub ui: Ui,
}

/// Which nodes of the scope are exported: those a query finds, and what is above them, so that each stands in
/// its place.
#[derive(Clone, Debug)]
pub struct ExportFilter {
    /// The query as it was typed.
    pub query: Box<str>,
    pub sieve: Sieve,
}

/// Whether a node is there for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryReason {
    /// It is in scope, and the filter found it where there is one.
    Whole,
    /// It is only above something the filter found: reports show its name, not its content.
    Context,
}

/// What is exported. Made again for each export; never holds more than numbers of nodes and sources.
#[derive(Clone, Debug)]
pub struct Document<'p> {
    /// The plan as it is seen.
    pub scene: ExportContext<'p>,
    /// The hash of the plan's files, `sha256:…`.
    pub plan_hash: Box<str>,
    pub journal: JournalStamp,
    /// Only this node and what is below it.
    pub scope: Option<NodeId>,
    /// Only what a query finds in it.
    pub filter: Option<ExportFilter>,
    /// What shapes a report.
    pub shape: ReportShape,
    cited: Cited,
    nodes: usize,
}

impl<'p> Document<'p> {
    /// A document of a scope and a filter. Walks over the nodes once, to number the sources in the order in
    /// which they are cited.
    pub fn new(
        scene: ExportContext<'p>,
        plan_hash: impl Into<Box<str>>,
        scope: Option<NodeId>,
        filter: Option<ExportFilter>,
    ) -> Self {
        let plan_hash = plan_hash.into();
        let journal = JournalStamp::of(scene.journal);
        let mut document = Self {
            scene,
            plan_hash,
            journal,
            scope,
            filter,
            shape: ReportShape::default(),
            cited: Cited::default(),
            nodes: 0,
        };
        document.number_sources();
        document
    }

    /// The same document as a report of some shape.
    #[must_use]
    pub fn shaped(mut self, shape: ReportShape) -> Self {
        if self.shape != shape {
            self.shape = shape;
            self.number_sources();
        }
        self
    }

    /// Counts its nodes and numbers the sources that it cites: a brief report those of the figures it shows.
    fn number_sources(&mut self) {
        let mut cited = Cited::new(self.plan());
        let mut nodes = 0;
        for id in self.ids() {
            nodes += 1;
            if self.part(id) == EntryReason::Context {
                continue;
            }
            match self.shape.length {
                ReportLength::Full => cited.visit(&self.scene, id),
                ReportLength::Brief => cited.visit_figures(&self.scene, id),
            }
        }
        (self.cited, self.nodes) = (cited, nodes);
    }

    pub fn plan(&self) -> &'p Plan {
        self.scene.plan
    }

    /// How many nodes it has, those above matches included.
    pub fn count(&self) -> usize {
        self.nodes
    }

    /// How many of them are there for themselves.
    pub fn matched(&self) -> usize {
        self.filter
            .as_ref()
            .map_or(self.nodes, |filter| filter.sieve.within(&self.plan().tree, self.scope).len())
    }

    /// Its nodes in reading order. With a filter, the matches and what is above them, up to the scope.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<'_, 'p> {
        let tree = &self.plan().tree;
        let all = 0..u32::try_from(tree.count()).unwrap_or(u32::MAX);
        let range = self.scope.map_or(all, |top| top.0..tree.end(top).0);
        range.map(NodeId).filter(move |id: &NodeId| self.keeps(*id))
    }

    /// Whether a node of its scope is in it.
    fn keeps(&self, id: NodeId) -> bool {
        let node = self.plan().tree.node(id);
        self.filter.as_ref().is_none_or(|filter| filter.sieve.keeps(id))
            && self.shape.depth.is_none_or(|depth| self.levels_down(id) < depth)
            && self.shape.only.is_none_or(|ReportSubject::Metrics| node.metric.is_some())
    }

    /// Its nodes with all that is said of each, built one at a time.
    pub fn entries(&self) -> impl Iterator<Item = NodeEntry<'p>> + use<'_, 'p> {
        self.ids().map(|id| self.scene.entry(id))
    }

    /// Whether a node is in it, for itself or above a match.
    pub fn holds(&self, id: NodeId) -> bool {
        self.scope.is_none_or(|top| self.plan().tree.contains(top, id)) && self.keeps(id)
    }

    /// Whether a node is there for itself.
    pub fn part(&self, id: NodeId) -> EntryReason {
        match &self.filter {
            Some(filter) if !filter.sieve.matches(id) => EntryReason::Context,
            _ => EntryReason::Whole,
        }
    }

    /// A node's steps from the top of the document. Where only metrics are in it, all stand at the top.
    pub fn depth(&self, id: NodeId) -> u32 {
        if self.shape.only.is_some() { 0 } else { self.levels_down(id) }
    }

    /// A node's steps from the top of the scope.
    fn levels_down(&self, id: NodeId) -> u32 {
        let depth = |id: NodeId| self.plan().tree.node(id).depth;
        depth(id) - self.scope.map_or(0, depth)
    }

    /// Whether it has not all nodes of its scope.
    pub fn is_partial(&self) -> bool {
        self.filter.is_some() || self.shape.depth.is_some() || self.shape.only.is_some()
    }

    /// The roll-up of the scope: of its top, or of the whole plan. Of a document that has not all nodes of its
    /// scope, of those that it has.
    pub fn rollup(&self) -> Option<Rollup> {
        if self.is_partial() {
            return Some(self.rollup_of_own());
        }
        match self.scope {
            Some(top) => self.scene.rollup(top),
            None => Some(self.scene.states.whole()),
        }
    }

    fn rollup_of_own(&self) -> Rollup {
        let mut rollup = Rollup::default();
        for id in self.leaves() {
            let state = self.scene.states.of(id);
            rollup.leaves += 1;
            rollup.by_state.add(state);
        }
        rollup.assessed = rollup.by_state.assessed();
        rollup
    }

    /// What counts among its nodes: metrics, and actions without anything below them; no events.
    pub fn leaves(&self) -> impl Iterator<Item = NodeId> + use<'_, 'p> {
        let counts = |id: &NodeId| {
            let node = self.plan().tree.node(*id);
            let is_bare_action =
                || self.plan().level(node.level).role == Role::Action && node.subtree_end.0 == id.0 + 1;
            self.part(*id) == EntryReason::Whole
                && (node.metric.is_some() || is_bare_action())
                && self.scene.states.of(*id) != State::Occurred
        };
        self.ids().filter(counts)
    }

    /// The sources cited, in the order in which reports number them (from 1).
    pub fn sources(&self) -> &[SourceId] {
        self.cited.sources()
    }

    /// The sources that any of its nodes refers to: those cited, then those of what is only above a match.
    pub fn referred(&self) -> Vec<SourceId> {
        let mut cited = self.cited.clone();
        for id in self.ids().filter(|id| self.part(*id) == EntryReason::Context) {
            cited.visit(&self.scene, id);
        }
        cited.sources().to_vec()
    }

    /// The number a source is cited by.
    pub fn number(&self, source: SourceId) -> Option<usize> {
        self.cited.number(source)
    }

    /// What is exported is kept, and cites sources by their numbers.
    pub fn form(&self) -> ReadingMedium<'_> {
        ReadingMedium::Report(self.cited.numbers())
    }

    /// What people said of nodes that have left the plan, by name. A part of the plan has those whose id says
    /// that they stood in it (`a2.gone` stood in `a2`, also under an earlier id of it); the whole plan, or
    /// its only root, has all.
    pub fn orphans(&self) -> Vec<&'p NodeRecords> {
        let mut orphans = self.scene.journal.orphans();
        orphans.retain(|home| self.holds_name(&home.name));
        orphans
    }

    fn holds_name(&self, name: &str) -> bool {
        let tree = &self.plan().tree;
        let Some(top) = self.scope.filter(|top| tree.subtree(*top).count() < tree.count()) else {
            return true;
        };
        let above = name.match_indices('.').rev().map(|(at, _)| &name[..at]);
        above.into_iter().find_map(|above| tree.find(above)).is_some_and(|home| tree.contains(top, home))
    }
}
