//! The marks of a file held against those of today.

use std::collections::HashMap;
use std::io::Write;

use super::claim::StampClaim;
use super::{figures, nodes};
use crate::export::document::{Document, NodeEntry, ReportStamp};
use crate::export::format::{ExportError, ExportProgress, Format};
use crate::export::json;
use crate::export::mark::{FigureMark, ReportMark, SaidMark};
use crate::plan::{NodeId, Plan, State};

/// What a file is compared with.
#[derive(Clone, Copy, Debug)]
pub struct CurrentState<'t, 'p> {
    pub plan: &'p Plan,
    /// What the file says of itself, made again; `None` where its scope has left the plan, or its filter
    /// finds nothing any more.
    pub document: Option<&'t Document<'p>>,
    /// What a document of today is signed with.
    pub stamp: &'t ReportStamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileDifference {
    State {
        was: String,
        now: String,
    },
    Computed {
        was: Option<String>,
        now: Option<String>,
    },
    /// The number behind it.
    Pace {
        was: Option<String>,
        now: Option<String>,
    },
    Figure {
        /// In the file; `None` for one that is new.
        was: Option<FigureMark>,
        /// Now; `None` for one that is gone.
        now: Option<FigureMark>,
    },
    Said {
        by: String,
        was: Option<SaidMark>,
        now: Option<SaidMark>,
    },
    /// Something else: words, a note, a tag, a link, the roll-up of what is below it.
    Rest,
}

/// What became of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeFate {
    /// It is there, and differs in this.
    Differs(Vec<FileDifference>),
    /// The file does not have it.
    New,
    LeftPlan,
    /// It stands elsewhere in the plan.
    LeftScope,
    /// The filter does not find it any more.
    LeftFilter,
}

/// A node that is not as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeChange {
    /// Its id in the file; for a new one, its id.
    pub id: String,
    /// It, where the plan has it.
    pub node: Option<NodeId>,
    /// Its id now, where that is another.
    pub renamed: Option<String>,
    pub fate: NodeFate,
}

/// Everything that differs, in today's reading order; what is gone comes last, in the file's.
///
/// # Errors
/// When somebody stops it.
pub fn compare(
    claim: &StampClaim,
    today: &CurrentState<'_, '_>,
    progress: &mut dyn ExportProgress,
) -> Result<Vec<NodeChange>, ExportError> {
    let tree = &today.plan.tree;
    let mut known: HashMap<NodeId, &ReportMark> = HashMap::with_capacity(claim.marks.len());
    let mut gone: Vec<(&ReportMark, Option<NodeId>)> = Vec::new();
    for mark in &claim.marks {
        match tree.find(&mark.id) {
            Some(node) if today.document.is_some_and(|document| document.holds(node)) => {
                known.insert(node, mark);
            }
            node => gone.push((mark, node)),
        }
    }
    let mut changes = Vec::new();
    if let Some(document) = today.document {
        let mut ids = document.ids();
        let mut done = 0;
        document.each(
            |entry, bytes| render(document, claim.format, entry, bytes),
            |bytes| {
                let Some(node) = ids.next() else { return Ok(()) };
                changes.extend(change(known.get(&node).copied(), node, parse(claim.format, bytes)));
                done += 1;
                progress.step(done, document.count() * 2)
            },
        )?;
    }
    changes.extend(gone.into_iter().map(|(mark, node)| NodeChange {
        id: mark.id.clone(),
        node,
        renamed: None,
        fate: fate(today, node),
    }));
    Ok(changes)
}

/// Why a node of the file is not among those of today.
fn fate(today: &CurrentState<'_, '_>, node: Option<NodeId>) -> NodeFate {
    let tree = &today.plan.tree;
    let scope = today.stamp.scope.as_deref().map(|top| tree.find(top));
    match (node, scope) {
        (None, _) => NodeFate::LeftPlan,
        (Some(node), Some(Some(top))) if !tree.contains(top, node) => NodeFate::LeftScope,
        (Some(_), Some(None)) => NodeFate::LeftScope,
        (Some(_), _) => NodeFate::LeftFilter,
    }
}

/// A node as the file's format has it.
fn render(
    document: &Document<'_>,
    format: Format,
    entry: &NodeEntry<'_>,
    bytes: &mut Vec<u8>,
) -> Result<(), ExportError> {
    match format {
        Format::Json => bytes.extend(json::line(&document.scene, entry)),
        _ => write!(bytes, "{}", document.mark(entry).line())?,
    }
    Ok(())
}

fn parse(format: Format, bytes: &[u8]) -> Option<ReportMark> {
    let line = std::str::from_utf8(bytes).ok()?;
    if format == Format::Json { nodes::mark(line) } else { ReportMark::parse(line) }
}

fn change(was: Option<&ReportMark>, node: NodeId, now: Option<ReportMark>) -> Option<NodeChange> {
    let now = now?;
    let Some(was) = was else {
        return Some(NodeChange { id: now.id, node: Some(node), renamed: None, fate: NodeFate::New });
    };
    let renamed = (was.id != now.id).then(|| now.id.clone());
    let differences = differences(was, &now);
    let differs = renamed.is_some() || !differences.is_empty();
    differs.then(|| NodeChange {
        id: was.id.clone(),
        node: Some(node),
        renamed,
        fate: NodeFate::Differs(differences),
    })
}

fn differences(was: &ReportMark, now: &ReportMark) -> Vec<FileDifference> {
    let mut all = Vec::new();
    // Files of before 0.3 said “no data” of what nobody had judged.
    let is_unjudged =
        was.computed.is_none() && was.state == State::NoData.word() && now.state == State::NotJudged.word();
    if was.state != now.state && !is_unjudged {
        all.push(FileDifference::State { was: was.state.clone(), now: now.state.clone() });
    }
    if was.computed != now.computed {
        all.push(FileDifference::Computed { was: was.computed.clone(), now: now.computed.clone() });
    }
    if was.pace != now.pace {
        all.push(FileDifference::Pace { was: was.pace.clone(), now: now.pace.clone() });
    }
    let figures = figures::differences(&was.values, &now.values).into_iter();
    all.extend(figures.map(|(was, now)| FileDifference::Figure { was, now }));
    let of = |said: &[SaidMark], by: &str| said.iter().find(|said| said.by == by).cloned();
    let came = now.said.iter().filter(|said| of(&was.said, &said.by).is_none());
    for by in was.said.iter().chain(came).map(|said| said.by.as_str()) {
        let (was, now) = (of(&was.said, by), of(&now.said, by));
        if was != now {
            all.push(FileDifference::Said { by: by.to_owned(), was, now });
        }
    }
    // A name is part of all that is said of a node.
    let differ = was.all != now.all || was.more.is_some() && was.more != now.more;
    if all.is_empty() && differ && was.id == now.id {
        all.push(FileDifference::Rest);
    }
    all
}
