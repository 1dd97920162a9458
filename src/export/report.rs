//! A document in words: its head, its nodes, what has left the plan, its sources, each in the languages
//! shown. Reports (md, html, docx, opml) draw from it, so that one says what the others say; what it says of
//! a node is the node's page.
//!
//! How anything looks is not known here. The texts are not yet safe to print: each format cleans and escapes
//! them.

mod brief;
mod front;
mod head;
mod numbering;
mod sources;

pub use brief::ReportPart;
pub use numbering::{HeadingNumbers, number};
pub use sources::SourceReport;

use super::document::{Document, EntryReason, NodeEntry, ReportLength};
use crate::journal::NodeRecords;
use crate::page::block::{Section, Words};
use crate::page::{NodeSubject, PageReader, ReadingMedium};
use crate::plan::{NodeId, Role, State};
use crate::text::Ui;

#[derive(Clone, Debug, PartialEq)]
pub struct NodeReport {
    /// Steps from the top of the document.
    pub depth: u32,
    /// Whether it is there for itself, or only above something a filter found; then it has no sections.
    pub part: EntryReason,
    /// The number of its heading, with what stands between the two.
    pub number: String,
    pub level: Words,
    pub title: Words,
    pub id: String,
    pub state: State,
    /// The same in words, without the glyph; empty for a group, which does not stand at all.
    pub stands: Words,
    pub sections: Vec<Section>,
}

/// Puts a document into words, piece by piece.
#[derive(Clone, Debug)]
pub struct ReportBuilder<'d, 'p> {
    document: &'d Document<'p>,
    reader: PageReader<'p>,
    /// By node: its place among those beside it that the document has, from 1; 0 for what it has not.
    ordinals: Vec<u32>,
    /// How many chapters stand before the nodes.
    before: usize,
}

/// A line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsEntry {
    /// 1 for a chapter, 2 for what is in one.
    pub level: u8,
    pub number: String,
    pub heading: Words,
    /// The node that it leads to; a chapter of the report's own else.
    pub node: Option<NodeId>,
}

/// Levels of nodes that a table of contents lists, and how many lines it has at most.
const CONTENTS_LEVELS: u32 = 2;
const CONTENTS_ENTRIES: usize = 120;

/// The place of each node of a document among those beside it.
fn ordinals(document: &Document<'_>) -> Vec<u32> {
    let mut ordinals = vec![0; document.plan().tree.count()];
    let mut counts: Vec<u32> = Vec::new();
    for id in document.ids() {
        let level = document.depth(id) as usize + 1;
        counts.resize(level, 0);
        counts[level - 1] += 1;
        ordinals[id.0 as usize] = counts[level - 1];
    }
    ordinals
}

/// Deepest heading with a number. Below it a number has a part for each of hundreds of levels.
const MAX_NUMBERED_DEPTH: u32 = 64;

impl<'d, 'p> ReportBuilder<'d, 'p> {
    /// A report of a document, in the languages the document is shown in.
    pub fn new(document: &'d Document<'p>) -> Self {
        let before = usize::from(document.rollup().is_some());
        Self { document, reader: document.scene.reader(), ordinals: ordinals(document), before }
    }

    /// The language that headings are numbered in: that of the program beside the main one shown.
    pub fn ui(&self) -> Ui {
        self.reader.ui
    }

    /// The number of a chapter of a full report: of those before the nodes from 0, then of those behind them.
    pub fn chapter(&self, place: usize) -> String {
        let top = self.document.ids().filter(|id| self.document.depth(*id) == 0).count();
        number(&[if place < self.before { place + 1 } else { place + top + 1 }], self.ui())
    }

    /// The number of a node's heading; none where it would be a line of numbers.
    fn number(&self, id: NodeId) -> String {
        let place = |id: NodeId| self.ordinals.get(id.0 as usize).map_or(0, |place| *place as usize);
        let mut places = vec![place(id)];
        let mut depth = self.document.depth(id);
        if depth > MAX_NUMBERED_DEPTH {
            return String::new();
        }
        for above in self.document.plan().tree.ancestors(id) {
            if depth == 0 {
                break;
            }
            depth -= 1;
            places.push(place(above));
        }
        places.reverse();
        if let Some(first) = places.first_mut() {
            *first += self.before;
        }
        number(&places, self.ui())
    }

    pub fn document(&self) -> &'d Document<'p> {
        self.document
    }

    pub fn reader(&self) -> &PageReader<'p> {
        &self.reader
    }

    /// How it cites sources.
    pub fn form(&self) -> ReadingMedium<'d> {
        self.document.form()
    }

    /// The language of the report, as a tag (BCP 47): the main one shown.
    pub fn tag(&self) -> &'p str {
        self.document.plan().tag(self.document.scene.show.main())
    }

    /// The program's words for something.
    pub fn say(&self, zh: &str, en: &str) -> Words {
        self.reader.say(zh, en)
    }

    /// A node with all that is said of it; of one that is only above a match, its name and state.
    pub fn node(&self, entry: &NodeEntry<'p>) -> NodeReport {
        let part = self.document.part(entry.id);
        NodeReport {
            depth: self.document.depth(entry.id),
            part,
            number: self.number(entry.id),
            level: self.reader.text(&entry.level.label),
            title: self.reader.text(&entry.node.title),
            id: entry.node.key.to_string(),
            state: entry.state,
            stands: if entry.node.role == Role::Group {
                Words::default()
            } else {
                self.reader.state(entry.state)
            },
            sections: if part == EntryReason::Whole { self.sections(entry) } else { Vec::new() },
        }
    }

    fn sections(&self, entry: &NodeEntry<'p>) -> Vec<Section> {
        let scene = &self.document.scene;
        let subject = NodeSubject {
            node: entry.id,
            state: entry.state,
            said: entry.said,
            found: entry.assessment.as_ref(),
            steps: &entry.steps(scene),
            below: entry.rollup.as_ref().map(|rollup| (rollup, &scene.states)),
            is_top: self.document.depth(entry.id) == 0,
        };
        self.reader.node_sections(&subject, self.form())
    }

    /// The sections of what has left the plan.
    pub fn orphan(&self, home: &NodeRecords) -> Vec<Section> {
        self.reader.orphan_sections(home, self.form())
    }

    /// What a table of contents lists: of a brief report its parts, of a full one its chapters and the nodes a
    /// step below the top. Each with what it is led to by. `parts` are those of a brief report.
    pub fn contents(&self, parts: &[ReportPart]) -> Vec<ContentsEntry> {
        let mut entries = Vec::new();
        let [sources, made] = self.closing_headings();
        let has_sources = !self.document.sources().is_empty();
        if self.document.shape.length == ReportLength::Brief {
            let mut numbers = HeadingNumbers::default();
            let closing = [Some(sources).filter(|_| has_sources), Some(made)].into_iter().flatten();
            let parts = parts.iter().map(|part| (part.level, part.heading.clone()));
            for (level, heading) in parts.chain(closing.map(|heading| (1, heading))) {
                let number = numbers.next(level.into(), self.ui());
                entries.push(ContentsEntry { level, number, heading, node: None });
            }
            return entries;
        }
        let chapter = |place: usize, heading: Words| ContentsEntry {
            level: 1,
            number: self.chapter(place),
            heading,
            node: None,
        };
        entries.extend(self.overview().map(|overview| chapter(0, overview.heading)));
        for id in self.document.ids().filter(|id| self.document.depth(*id) < CONTENTS_LEVELS) {
            let level = if self.document.depth(id) == 0 { 1 } else { 2 };
            let heading = self.reader.text(&self.document.plan().tree.node(id).title);
            entries.push(ContentsEntry { level, number: self.number(id), heading, node: Some(id) });
            if entries.len() > CONTENTS_ENTRIES {
                break;
            }
        }
        let orphans = (!self.document.orphans().is_empty()).then(|| self.orphans_heading().0);
        let closing = [orphans, Some(sources).filter(|_| has_sources), Some(made)].into_iter().flatten();
        entries.extend((self.before..).zip(closing).map(|(place, heading)| chapter(place, heading)));
        entries
    }

    /// The heading over the sources, and the one over what the report was made from.
    pub fn closing_headings(&self) -> [Words; 2] {
        [self.say("来源", "Sources"), self.say("编制依据", "How this report was made")]
    }

    /// How the report can be verified.
    pub fn how_to_verify(&self) -> Words {
        self.say(
            "此文件可复核：plan158 verify 文件名，列出此后的变化。",
            "This file can be verified: plan158 verify FILE lists what has changed since.",
        )
    }

    /// The heading over what has left the plan, and what it means.
    pub fn orphans_heading(&self) -> (Words, Words) {
        (
            self.say("无主的记录", "Orphaned annotations"),
            self.say(
                "以下节点已不在规划中，记录保留；plan158 doctor --reattach OLD=NEW 可重新关联。",
                "These nodes have left the plan; what was said of them is kept. plan158 doctor --reattach OLD=NEW moves it.",
            ),
        )
    }
}
