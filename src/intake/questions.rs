//! The figures of a document as questions, each with a place that outlives the moving of its paragraph.

use std::collections::HashMap;

use super::document::TextDocument;
use super::paragraphs;
use super::report::IntakeFigure;
use crate::journal::quote::QuotePlace;
use crate::plan::NodeId;

/// A figure to be answered.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureQuestion {
    pub found: IntakeFigure,
    /// Its place, which outlives the moving of paragraphs.
    pub place: QuotePlace,
    /// Digest of its sentence.
    pub sentence: Box<str>,
    /// The nodes that may be meant, in the order of their numbers; a search replaces them.
    pub candidates: Vec<NodeId>,
    /// The node that an answer takes; `None` until it is clear or chosen.
    pub node: Option<NodeId>,
}

/// Where each paragraph of a document stands for good.
pub(super) fn paragraph_places(document: &TextDocument) -> Vec<(Box<str>, u32, usize)> {
    let mut count: HashMap<Box<str>, u32> = HashMap::new();
    let place = |line: &String| {
        let digest: Box<str> = paragraphs::digest(line).into();
        let nth = count.entry(digest.clone()).or_insert(0);
        *nth += 1;
        let lead = line.chars().count() - line.trim_start().chars().count();
        (digest, *nth, lead)
    };
    document.lines.iter().map(place).collect()
}

/// The figures of a document as questions, each with its place.
pub(super) fn questions(
    document: &TextDocument,
    id: &str,
    places: &[(Box<str>, u32, usize)],
    found: Vec<IntakeFigure>,
) -> Vec<FigureQuestion> {
    let lines = paragraphs::LineChars::new(document);
    let question = |found: IntakeFigure| {
        let (digest, nth, lead) = &places[found.placed.line - 1];
        let span = &found.placed.figure.span;
        let count = |at: usize| u32::try_from(at.saturating_sub(*lead)).unwrap_or(u32::MAX);
        FigureQuestion {
            place: QuotePlace {
                document: id.into(),
                paragraph: u32::try_from(found.placed.line).unwrap_or(u32::MAX),
                digest: digest.clone(),
                nth: *nth,
                start: count(span.start),
                end: count(span.end),
            },
            sentence: paragraphs::digest(&lines.sentence(&found.placed)).into(),
            candidates: found.near.iter().map(|near| near.node).collect(),
            node: found.near.first().filter(|_| found.is_sure).map(|near| near.node),
            found,
        }
    };
    found.into_iter().map(question).collect()
}
