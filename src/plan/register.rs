//! What the plan rests on: the documents it comes from, the facts taken from them, and its terms.

use super::key::{NodeId, SourceId};
use super::metric::{Basis, Bound, Decimal, Grade, Moment, When};
use super::node::{Evidence, Link};
use crate::text::Text;
use crate::text::words::words;

words!(
    /// How a document stands to the plan.
    Standing {
        Plan = "plan" ("规划本身", "the plan itself"),
        Implementing = "implementing" ("实施文件", "carries the plan out"),
        /// Another plan, with targets of its own.
        OtherPlan = "other-plan" ("其他规划", "another plan"),
        Report = "report" ("报道或报告", "a report"),
    }
);

words!(
    /// How often a document appears.
    Cadence {
        /// Never again.
        Once = "once" ("一次", "once"),
        Monthly = "monthly" ("每月", "monthly"),
        /// Every three months.
        Quarterly = "quarterly" ("每季", "quarterly"),
        Yearly = "yearly" ("每年", "yearly"),
        FiveYearly = "five-yearly" ("每五年", "every five years"),
    }
);

words!(
    /// How much of a document was read.
    ReadExtent {
        Whole = "whole" ("全文", "whole"),
        Part = "part" ("部分", "part"),
        /// None; known through another text.
        Cited = "cited" ("转引", "cited"),
    }
);

words!(
    /// What a document is, for citations.
    SourceKind {
        Newspaper = "newspaper" ("报纸", "newspaper"),
        Web = "web" ("网页", "web page"),
        Document = "document" ("公文", "official document"),
        /// A press conference or meeting.
        Conference = "conference" ("会议", "conference"),
        Statistics = "statistics" ("统计", "statistics"),
    }
);

words!(
    /// How much of a part of the plan's own document was seen.
    ReadingState {
        Read = "read" ("已读", "read"),
        /// Some of it, or only what another document quotes of it.
        Partly = "partly" ("只读到一部分", "read in part"),
        Unread = "unread" ("未读", "not read"),
    }
);

/// A part of the plan's own document, with what was seen of it. What the plan does not say and what was not
/// read are two things, and this tells them apart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChapterReading {
    /// What the document calls that part.
    pub chapter: Text,
    /// How much of it was seen.
    pub state: ReadingState,
    /// Where it could be found; empty where that is not known.
    pub place: Text,
    /// What was seen of it, and what is missing.
    pub note: Option<Text>,
    /// The nodes whose content hangs on it, with all below them.
    pub touches: Box<[NodeId]>,
}

/// A document the plan's content comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The id that nodes, queries and exports cite it by.
    pub id: Box<str>,
    /// The title as published.
    pub title: Text,
    /// Whether the title is the document's own or a description of ours.
    pub title_basis: Option<Basis>,
    /// The body that issued or published it.
    pub publisher: Text,
    /// Who wrote it, where that is another than who published it.
    pub author: Text,
    /// The newspaper, journal or collection that it appeared in.
    pub appeared_in: Text,
    /// The pages that it takes there.
    pub pages: Option<Box<str>>,
    /// The date of publication, as precisely as it is known.
    pub date: Option<Moment>,
    /// Whether the document states its date or it was inferred.
    pub date_basis: Option<Basis>,
    /// Where it can be read.
    pub link: Option<Box<str>>,
    /// Its document number.
    pub index: Option<Box<str>>,
    /// Whether it is a plan, a report, statistics, an article and so on.
    pub kind: Option<SourceKind>,
    /// How it stands to the plan.
    pub standing: Option<Standing>,
    /// How often it appears.
    pub cadence: Option<Cadence>,
    /// How much of it was read.
    pub reading: Option<ReadExtent>,
    /// Grade of its figures where a value has none of its own.
    pub grade: Option<Grade>,
    /// A remark on the document, such as what could not be read.
    pub note: Option<Text>,
    /// SHA-256 of the whole document (CRLF as LF), lower-case hexadecimal.
    pub sha256: Option<Box<str>>,
    /// Its sections, where they are registered.
    pub sections: Box<[SourceSection]>,
}

/// A section of a registered document.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceSection {
    /// `s3`.
    pub id: Box<str>,
    /// The heading as printed; empty for text above the first heading.
    pub heading: Text,
    /// SHA-256 of the heading line and all paragraphs, each trimmed, joined by LF.
    pub sha256: Option<Box<str>>,
    /// Nodes it is about.
    pub maps_to: Box<[Link]>,
    /// Its place in reading order, where the copy is scrambled.
    pub order: Option<u32>,
    /// The paragraphs in order, each with its number.
    pub paragraphs: Box<[Paragraph]>,
}

/// A paragraph: one non-blank line of the document, trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// `p4`, numbered within its section.
    pub id: Box<str>,
    /// SHA-256 of the trimmed line.
    pub sha256: Option<Box<str>>,
    /// The paragraph (`s6.p9`) whose cut sentence goes on here.
    pub continues: Option<Box<str>>,
}

/// A fact taken from a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The id that exports cite it by.
    pub id: Box<str>,
    /// The document that states it.
    pub source: SourceId,
    /// Where in it (`s3.p3`).
    pub at: Option<Box<str>>,
    /// Whom or what the figure is about.
    pub subject: Text,
    /// The figure as the document writes it.
    pub written: Option<Box<str>>,
    /// Other figures of the same place that this entry accounts for.
    pub also_written: Box<[Box<str>]>,
    /// Names cited, as the document writes them.
    pub names: Box<[Box<str>]>,
    /// The number; [`None`] where the document gives words only.
    pub value: Option<Decimal>,
    /// What the number counts.
    pub unit: Option<Text>,
    /// What it says of the true value.
    pub bound: Bound,
    /// The time it refers to.
    pub when: When,
    /// The day it was published, where that is known besides.
    pub published: Option<Moment>,
    /// The node that carries it.
    pub node: Option<NodeId>,
    /// Why none does.
    pub left_out: Option<Text>,
}

/// A term with its translations and senses.
#[derive(Clone, Debug, PartialEq)]
pub struct GlossaryTerm {
    /// The id that nodes refer to it by.
    pub id: Box<str>,
    /// The term; the renderings are established.
    pub title: Text,
    /// Other renderings that are fine.
    pub accept: Box<[Box<str>]>,
    /// Renderings that are wrong.
    pub avoid: Box<[Box<str>]>,
    /// The definition in a sentence.
    pub summary: Option<Text>,
    /// `check` warns where a text departs from the rendering.
    pub enforce: Enforce,
    /// Its senses, where it has several.
    pub senses: Box<[TermSense]>,
    /// Where its meaning comes from.
    pub evidence: Box<[Evidence]>,
}

/// Whether a term's rendering is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enforce {
    /// Only its wrong renderings are.
    #[default]
    AvoidOnly,
    /// The established one must appear.
    Rendering,
}

/// One of several meanings of a term.
#[derive(Clone, Debug, PartialEq)]
pub struct TermSense {
    /// Stable within the term.
    pub id: Box<str>,
    /// The term as it reads in this sense, in each language.
    pub title: Text,
    /// When it is meant.
    pub note: Option<Text>,
}
