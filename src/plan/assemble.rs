//! From what each file says to one plan: names become places, and what does not fit is reported and set right
//! as gently as it can be.

mod cycles;
mod refs;

use std::collections::HashSet;

use super::Plan;
use super::check::Glossary;
use super::diagnostic::trouble;
use super::diagnostic::{ByteSpan, DiagnosticText, Severity};
use super::fields::manifest::Manifest;
use super::frame::ManifestFrame;
use super::key::NodeId;
use super::node::Node;
use super::raw::FileRead;
use super::tree::Tree;
use super::unresolved::RawNode;
use refs::Refs;

/// How much of the plan has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it: what is unknown now is a problem.
    Whole,
    /// The first files: what hangs on something not read yet is left out without a word.
    Beginning,
}

/// The id of a plan whose manifest has none that is valid. Its journal and kept place go by this until it
/// gets one.
pub const UNNAMED: &str = "unnamed-plan";

/// What every step needs: the files for their problems, and how to take an unknown name.
struct AssemblyContext<'a> {
    files: &'a mut [FileRead],
    names: &'a [&'a str],
    extent: Extent,
    /// Ids of texts too broken to be read: naming one is no further problem.
    lost: HashSet<Box<str>>,
}

impl AssemblyContext<'_> {
    /// Every problem that only the whole can tell, but for the glossary's, is an error.
    fn report(&mut self, file: u32, span: ByteSpan, trouble: impl FnOnce() -> DiagnosticText) {
        if self.extent == Extent::Whole {
            self.files[file as usize].problems.add_lazily(span, Severity::Error, trouble);
        }
    }

    fn name(&self, file: u32) -> &str {
        self.names.get(file as usize).copied().unwrap_or_default()
    }
}

/// Builds the plan. `files` are in load order and have `names`; their problems grow by what only the whole
/// can tell, and their contents are used up.
pub(super) fn assemble(
    manifest: &Manifest,
    frame: &ManifestFrame,
    names: &[&str],
    files: &mut [FileRead],
    extent: Extent,
) -> Plan {
    let lost = files.iter_mut().flat_map(|file| std::mem::take(&mut file.lost)).collect();
    let mut ground = AssemblyContext { files, names, extent, lost };
    let (mut sources, sections) = refs::sources(&mut ground);
    let documents = refs::documents(&mut ground, &mut sources);
    let terms = refs::terms(&mut ground, &documents);
    let mut nodes = flatten(&mut ground);
    let index = cycles::index(&mut ground, &mut nodes);
    let parents = cycles::parents(&mut ground, &nodes, &index);
    let order = cycles::order(&mut ground, &nodes, parents);
    let mut refs = Refs::new(&index, &order.place_of, &terms, &documents);
    for raw in 0..nodes.len() {
        refs.resolve(&mut ground, &mut nodes, raw);
    }
    refs.sections(&mut ground, &nodes, &mut sources, sections);
    let facts = refs.facts(&mut ground, &nodes);
    let readings = refs.readings(&mut ground, &nodes, &manifest.readings);
    let glossary = Glossary::new(&terms);
    if extent == Extent::Whole && !glossary.is_empty() {
        check_glossary(&mut ground, &nodes, &glossary, frame);
    }
    Plan {
        format: manifest.format,
        id: manifest.id.clone().unwrap_or_else(|| UNNAMED.into()),
        title: manifest.title.clone(),
        languages: frame.languages.clone(),
        period: frame.period,
        checkpoints: manifest.checkpoints.to_vec(),
        levels: frame.levels.clone(),
        tree: build(nodes, &order),
        sources,
        facts,
        terms,
        readings,
        rules: manifest.rules.to_vec(),
        matrix: manifest.matrix,
        files: names.iter().map(|name| (*name).into()).collect(),
    }
}

/// All nodes in place order, each with the number of its file.
#[allow(clippy::vec_box)] // as they come from the files
fn flatten(ground: &mut AssemblyContext<'_>) -> Vec<Box<RawNode>> {
    let total = ground.files.iter().map(|file| file.nodes.len()).sum();
    let mut nodes: Vec<Box<RawNode>> = Vec::with_capacity(total);
    for (number, file) in (0u32..).zip(ground.files.iter_mut()) {
        nodes.extend(std::mem::take(&mut file.nodes).into_iter().map(|mut raw| {
            raw.node.origin.file = number;
            raw
        }));
    }
    nodes
}

fn check_glossary(
    ground: &mut AssemblyContext<'_>,
    nodes: &[Box<RawNode>],
    glossary: &Glossary<'_>,
    frame: &ManifestFrame,
) {
    for raw in nodes {
        let texts = [(Some(&raw.node.title), raw.title_at), (raw.node.summary.as_ref(), raw.summary_at)];
        for (text, at) in texts {
            for trouble in text.map(|text| glossary.departures(text, &frame.languages)).unwrap_or_default() {
                ground.files[raw.node.origin.file as usize].problems.add(at, trouble);
            }
        }
    }
}

/// Puts the nodes into reading order, with depth and the end of each subtree.
#[allow(clippy::vec_box)] // as they come from the files
fn build(nodes: Vec<Box<RawNode>>, order: &cycles::ReadingOrder) -> Tree {
    let mut slots: Vec<Option<Box<RawNode>>> = nodes.into_iter().map(Some).collect();
    let mut out: Vec<Node> = Vec::with_capacity(order.raw.len());
    for (place, raw) in (0u32..).zip(&order.raw) {
        let Some(mut node) = slots[*raw as usize].take().map(|raw| raw.node) else { continue };
        node.parent = order.parents[*raw as usize].and_then(|parent| order.place_of[parent as usize]);
        node.depth = node.parent.map_or(0, |parent| out[parent.index()].depth + 1);
        node.subtree_end = NodeId(place + 1);
        out.push(node);
    }
    for place in (0..out.len()).rev() {
        let end = out[place].subtree_end;
        if let Some(parent) = out[place].parent {
            let parent = &mut out[parent.index()];
            parent.subtree_end = parent.subtree_end.max(end);
        }
    }
    Tree::new(out)
}

/// The nearest of many names; not sought among very many, where every miss would cost a walk over all of
/// them.
fn near<'a>(name: &str, count: usize, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if count > MAX_SUGGESTED_FROM { None } else { crate::text::suggest::closest(name, names) }
}

/// Above this many names no suggestion is made.
const MAX_SUGGESTED_FROM: usize = 5_000;

/// A name that nothing has.
fn unknown(named: trouble::NamedKind, name: &str, near: Option<&str>) -> DiagnosticText {
    trouble::unknown(named, name, near, 1)
}
