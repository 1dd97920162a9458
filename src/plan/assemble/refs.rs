//! Every other name that a file uses: links, terms and documents.

use std::collections::HashMap;

use super::cycles::NameIndex;
use super::{AssemblyContext, Extent, near, unknown};
use crate::plan::diagnostic::ByteSpan;
use crate::plan::diagnostic::trouble::{self, NamedKind};
use crate::plan::input::InputName;
use crate::plan::key::{NodeId, SourceId, TermId};
use crate::plan::metric::{Metric, PartOf, Value};
use crate::plan::node::{Link, LinkNote, TermUse};
use crate::plan::register::{ChapterReading, Fact, GlossaryTerm, Source};
use crate::plan::unresolved::{RawLink, RawNode, RawReading, RawRefs};

/// Links of a source's sections, by name, with the number of the file they stand in.
pub(super) type SectionLinks = Vec<(u32, Vec<Box<[RawLink]>>)>;

/// Registered documents in load order; of two with one id the first stays.
pub(super) fn sources(ground: &mut AssemblyContext<'_>) -> (Vec<Source>, SectionLinks) {
    let (mut sources, mut links): (Vec<Source>, SectionLinks) = Default::default();
    let mut first: HashMap<Box<str>, u32> = HashMap::new();
    for file in (0u32..).take(ground.files.len()) {
        for raw in std::mem::take(&mut ground.files[file as usize].sources) {
            if let Some(first) = first.get(&raw.source.id) {
                let first = ground.name(*first).to_owned();
                ground.report(file, raw.id_at, || trouble::duplicate(&raw.source.id, Some(&first)));
                continue;
            }
            first.insert(raw.source.id.clone(), file);
            sources.push(raw.source);
            links.push((file, raw.maps_to));
        }
    }
    (sources, links)
}

/// For each file, the plan's number of each document it names. A document that is not registered is entered
/// by its id alone.
pub(super) fn documents(ground: &mut AssemblyContext<'_>, sources: &mut Vec<Source>) -> Vec<Vec<SourceId>> {
    let number = |at: usize| SourceId(u32::try_from(at).unwrap_or(u32::MAX));
    let mut known: HashMap<Box<str>, SourceId> =
        sources.iter().enumerate().map(|(at, source)| (source.id.clone(), number(at))).collect();
    let registered = sources.len();
    let mut missing: Vec<(u32, ByteSpan, u32)> = Vec::new();
    let mut numbers = Vec::with_capacity(ground.files.len());
    for file in (0u32..).take(ground.files.len()) {
        let used = std::mem::take(&mut ground.files[file as usize].used);
        let mut own = Vec::with_capacity(used.len());
        for used in used {
            let id = *known.entry(used.name.clone()).or_insert_with(|| {
                sources.push(Source { id: used.name.clone(), ..Source::default() });
                missing.push((file, used.first, 0));
                number(sources.len() - 1)
            });
            if let Some((.., times)) =
                (id.0 as usize).checked_sub(registered).and_then(|at| missing.get_mut(at))
            {
                *times += used.times;
            }
            own.push(id);
        }
        numbers.push(own);
    }
    for (at, (file, span, times)) in missing.into_iter().enumerate() {
        let name = &sources[registered + at].id;
        if !ground.lost.contains(name) {
            let ids = sources[..registered].iter().map(|source| source.id.as_ref());
            ground.report(file, span, || {
                trouble::unknown(NamedKind::Source, name, near(name, registered, ids), times)
            });
        }
    }
    numbers
}

/// Glossary entries in load order.
pub(super) fn terms(ground: &mut AssemblyContext<'_>, documents: &[Vec<SourceId>]) -> Vec<GlossaryTerm> {
    let mut terms: Vec<GlossaryTerm> = Vec::new();
    let mut first: HashMap<Box<str>, u32> = HashMap::new();
    for file in (0u32..).take(ground.files.len()) {
        for mut raw in std::mem::take(&mut ground.files[file as usize].terms) {
            if let Some(first) = first.get(&raw.term.id) {
                let first = ground.name(*first).to_owned();
                ground.report(file, raw.id_at, || trouble::duplicate(&raw.term.id, Some(&first)));
                continue;
            }
            for evidence in &mut raw.term.evidence {
                renumber(&mut evidence.source, &documents[file as usize]);
            }
            first.insert(raw.term.id.clone(), file);
            terms.push(raw.term);
        }
    }
    terms
}

/// A document's number in its file becomes its number in the plan.
fn renumber(source: &mut SourceId, numbers: &[SourceId]) {
    if let Some(number) = numbers.get(source.0 as usize) {
        *source = *number;
    }
}

/// Resolves names, once every node has its place.
pub(super) struct Refs<'a> {
    index: &'a NameIndex,
    place_of: &'a [Option<NodeId>],
    terms: &'a [GlossaryTerm],
    term_of: HashMap<&'a str, TermId>,
    documents: &'a [Vec<SourceId>],
}

impl<'a> Refs<'a> {
    pub fn new(
        index: &'a NameIndex,
        place_of: &'a [Option<NodeId>],
        terms: &'a [GlossaryTerm],
        documents: &'a [Vec<SourceId>],
    ) -> Self {
        let term_of = (0u32..).zip(terms).map(|(at, term)| (term.id.as_ref(), TermId(at))).collect();
        Self { index, place_of, terms, term_of, documents }
    }

    pub fn resolve(&mut self, ground: &mut AssemblyContext<'_>, nodes: &mut [Box<RawNode>], raw: usize) {
        let file = nodes[raw].node.origin.file;
        if let Some(named) = nodes[raw].refs.take() {
            let RawRefs { serves, part_of, which, terms, .. } = *named;
            let (links, notes) = self.links(ground, nodes, file, serves);
            nodes[raw].node.serves = links.into();
            if !notes.is_empty() {
                nodes[raw].node.more.get_or_insert_default().link_notes = notes.into();
            }
            if !terms.is_empty() {
                let uses = terms.iter().filter_map(|term| self.term(ground, file, term)).collect();
                nodes[raw].node.more.get_or_insert_default().terms = uses;
            }
            let whole = part_of.and_then(|(name, span)| self.node(ground, nodes, file, &name, span));
            if let (Some(metric), Some(whole)) = (&mut nodes[raw].node.metric, whole) {
                metric.part_of = Some(Box::new(PartOf { whole, which: which.unwrap_or_default() }));
            }
        }
        self.renumber_node(&mut nodes[raw], file);
    }

    fn renumber_node(&self, raw: &mut RawNode, file: u32) {
        let numbers = &self.documents[file as usize];
        for evidence in &mut raw.node.evidence {
            renumber(&mut evidence.source, numbers);
        }
        let conflicts = raw.node.more.as_mut().map(|more| &mut more.conflicts);
        for source in conflicts.into_iter().flatten().filter_map(|conflict| conflict.source.as_mut()) {
            renumber(source, numbers);
        }
        if let Some(metric) = &mut raw.node.metric {
            renumber_metric(metric, numbers);
        }
    }

    /// The place of a named node.
    fn node(
        &self,
        ground: &mut AssemblyContext<'_>,
        nodes: &[Box<RawNode>],
        file: u32,
        name: &str,
        at: ByteSpan,
    ) -> Option<NodeId> {
        let found = self.index.find(nodes, name).and_then(|raw| self.place_of[raw as usize]);
        if found.is_none() && ground.extent == Extent::Whole && !ground.lost.contains(name) {
            ground.report(file, at, || unknown(NamedKind::Link, name, self.index.near(nodes, name)));
        }
        found
    }

    fn links(
        &self,
        ground: &mut AssemblyContext<'_>,
        nodes: &[Box<RawNode>],
        file: u32,
        raw: Box<[RawLink]>,
    ) -> (Vec<Link>, Vec<LinkNote>) {
        let (mut links, mut notes) = (Vec::with_capacity(raw.len()), Vec::new());
        for link in raw {
            let Some(to) = self.node(ground, nodes, file, &link.to, link.at) else { continue };
            links.push(Link { to, basis: link.basis });
            notes.extend(link.note.map(|note| LinkNote { to, note }));
        }
        (links, notes)
    }

    /// `puhui`, or `shuangchuang.party` for a sense of a term.
    fn term(
        &self,
        ground: &mut AssemblyContext<'_>,
        file: u32,
        (name, at): &(Box<str>, ByteSpan),
    ) -> Option<TermUse> {
        if let Some(term) = self.term_of.get(name.as_ref()) {
            return Some(TermUse { term: *term, sense: None });
        }
        let sense = name.rsplit_once('.').and_then(|(term, sense)| {
            let term = *self.term_of.get(term)?;
            let known = self.terms[term.0 as usize].senses.iter().any(|known| known.id.as_ref() == sense);
            known.then(|| TermUse { term, sense: Some(sense.into()) })
        });
        if sense.is_none() && !ground.lost.contains(name) {
            let ids = self.terms.iter().map(|term| term.id.as_ref());
            ground.report(file, *at, || unknown(NamedKind::Term, name, near(name, self.terms.len(), ids)));
        }
        sense
    }

    /// What the sections of documents are about.
    pub fn sections(
        &self,
        ground: &mut AssemblyContext<'_>,
        nodes: &[Box<RawNode>],
        sources: &mut [Source],
        sections: SectionLinks,
    ) {
        for (source, (file, links)) in sources.iter_mut().zip(sections) {
            for (section, links) in source.sections.iter_mut().zip(links) {
                section.maps_to = self.links(ground, nodes, file, links).0.into();
            }
        }
    }

    /// The parts of the plan's document, with the nodes that hang on them. They stand in the manifest, which
    /// is the first file.
    pub fn readings(
        &self,
        ground: &mut AssemblyContext<'_>,
        nodes: &[Box<RawNode>],
        raw: &[RawReading],
    ) -> Vec<ChapterReading> {
        let mut readings = Vec::with_capacity(raw.len());
        for (reading, touches) in raw {
            let node = |(name, at): &InputName| self.node(ground, nodes, 0, name, *at);
            let touches = touches.iter().filter_map(node).collect();
            readings.push(ChapterReading { touches, ..reading.clone() });
        }
        readings
    }

    /// Facts in load order, each with the node that carries it.
    pub fn facts(&self, ground: &mut AssemblyContext<'_>, nodes: &[Box<RawNode>]) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        let mut first: HashMap<Box<str>, u32> = HashMap::new();
        for file in (0u32..).take(ground.files.len()) {
            for mut raw in std::mem::take(&mut ground.files[file as usize].facts) {
                if let Some(first) = first.get(&raw.fact.id) {
                    let first = ground.name(*first).to_owned();
                    ground.report(file, raw.id_at, || trouble::duplicate(&raw.fact.id, Some(&first)));
                    continue;
                }
                first.insert(raw.fact.id.clone(), file);
                raw.fact.node = raw.node.and_then(|(name, at)| self.node(ground, nodes, file, &name, at));
                renumber(&mut raw.fact.source, &self.documents[file as usize]);
                facts.push(raw.fact);
            }
        }
        facts
    }
}

fn renumber_metric(metric: &mut Metric, numbers: &[SourceId]) {
    let values = metric
        .baseline
        .iter_mut()
        .chain(&mut metric.observed)
        .chain(&mut metric.target)
        .chain(&mut metric.comparators);
    for Value { source, also, .. } in values {
        for source in source.iter_mut().chain(also) {
            renumber(source, numbers);
        }
    }
    if let Some(source) = metric.official.as_mut().and_then(|official| official.source.as_mut()) {
        renumber(source, numbers);
    }
}
