//! A document in words: its head, its nodes, what has left the plan, its sources, each in the languages
//! shown. Reports (md, html, docx, opml) draw from it, so that one says what the others say; what it says of
//! a node is the node's page.
//!
//! How anything looks is not known here. The texts are not yet safe to print: each format cleans and escapes
//! them.

mod head;
mod sources;

pub use sources::SourceReport;

use super::document::{Document, EntryReason, NodeEntry};
use crate::journal::NodeRecords;
use crate::page::block::{Section, Words};
use crate::page::{NodeSubject, PageReader, ReadingMedium};
use crate::plan::State;

#[derive(Clone, Debug, PartialEq)]
pub struct NodeReport {
    /// Steps from the top of the document.
    pub depth: u32,
    /// Whether it is there for itself, or only above something a filter found; then it has no sections.
    pub part: EntryReason,
    /// The level's mark.
    pub mark: String,
    pub level: Words,
    pub title: Words,
    pub id: String,
    pub state: State,
    /// The same in words, without the glyph.
    pub stands: Words,
    pub sections: Vec<Section>,
}

/// Puts a document into words, piece by piece.
#[derive(Clone, Debug)]
pub struct ReportBuilder<'d, 'p> {
    document: &'d Document<'p>,
    reader: PageReader<'p>,
}

impl<'d, 'p> ReportBuilder<'d, 'p> {
    /// A report of a document, in the languages the document is shown in.
    pub fn new(document: &'d Document<'p>) -> Self {
        Self { document, reader: document.scene.reader() }
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
            mark: entry.level.mark_in(self.reader().show.main()).to_owned(),
            level: self.reader.text(&entry.level.label),
            title: self.reader.text(&entry.node.title),
            id: entry.node.key.to_string(),
            state: entry.state,
            stands: self.reader.state(entry.state),
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
