//! The figures of a document with their nearest nodes and what each would change: the answer of `intake`.

use serde::Serialize;
use serde_json::Number;

use super::document::TextDocument;
use super::known::{self, KnownRole, KnownValue};
use super::nearest::{LinePieces, NearNode, NodeFinder};
use super::paragraphs::{self, LineChars, PlacedFigure};
use super::sources::SourceNames;
use super::verdict::{Would, would};
use crate::figures::Grammar;
use crate::plan::as_of::AsOf;
use crate::plan::metric::{Decimal, Moment, Value};
use crate::plan::{NodeId, Plan, SourceId};
use crate::text::{Bilingual, Lang};

/// What the figures of documents are held against.
pub struct Comparison<'a> {
    pub plan: &'a Plan,
    pub as_of: AsOf,
    /// The values that people recorded of a node.
    pub added: &'a dyn Fn(NodeId) -> Vec<(KnownRole, &'a Value)>,
    pub grammar: Grammar,
    pub finder: NodeFinder,
    pub sources: SourceNames,
}

/// What is said of a document besides its text.
#[derive(Clone, Debug, Default)]
pub struct DocumentFacts {
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// When it was written.
    pub date: Option<Moment>,
}

/// A figure with what it is near and what it would change.
#[derive(Clone, Debug, PartialEq)]
pub struct IntakeFigure {
    pub placed: PlacedFigure,
    /// The nearest nodes, best first.
    pub near: Vec<NearNode>,
    /// Whether the first of them is clear enough to be taken.
    pub is_sure: bool,
    pub would: Would,
    /// The known value that it repeats or contradicts.
    pub beside: Option<KnownValue>,
}

impl<'a> Comparison<'a> {
    pub fn new(
        plan: &'a Plan,
        as_of: AsOf,
        added: &'a dyn Fn(NodeId) -> Vec<(KnownRole, &'a Value)>,
    ) -> Self {
        Self {
            plan,
            as_of,
            added,
            grammar: Grammar::default(),
            finder: NodeFinder::new(plan),
            sources: SourceNames::new(plan),
        }
    }

    /// What is known of a node.
    pub fn values(&self, node: NodeId) -> Vec<KnownValue> {
        let added = (self.added)(node);
        let metric = known::metric(self.plan.tree.node(node));
        metric.map(|metric| known::values(self.plan, self.as_of, metric, &added)).unwrap_or_default()
    }

    /// The figures of a document that are none of the plan's own names made of digits (33618).
    pub fn figures(&self, document: &TextDocument, written: Option<i16>) -> Vec<PlacedFigure> {
        let figures = paragraphs::figures(&self.grammar, document, written);
        figures.into_iter().filter(|figure| !self.is_name(figure)).collect()
    }

    fn is_name(&self, placed: &PlacedFigure) -> bool {
        let text = placed.text.trim();
        text.chars().count() > 1
            && text.chars().all(|c| c.is_ascii_digit())
            && self.plan.terms.iter().any(|term| term.id.as_ref() == text)
    }

    /// The figures of a document, each with its nodes and what it would change.
    pub fn intake(&self, document: &TextDocument, facts: &DocumentFacts) -> Vec<IntakeFigure> {
        let title = facts.title.as_deref().or(document.title.as_deref());
        let is = self.sources.of_document(self.plan, document, title);
        let date = facts.date.or_else(|| is.and_then(|source| self.plan.source(source).date));
        let year = date.map(Moment::year);
        let lines = LineChars::new(document);
        let mut cut: (usize, LinePieces) = (0, self.finder.cut(""));
        let mut out = Vec::new();
        for placed in self.figures(document, year) {
            if cut.0 != placed.line {
                cut = (placed.line, self.finder.cut(&document.lines[placed.line - 1]));
            }
            out.push(self.one((lines.line(placed.line), &cut.1), placed, is));
        }
        out
    }

    fn one(&self, line: (&[char], &LinePieces), placed: PlacedFigure, is: Option<SourceId>) -> IntakeFigure {
        let mut near = self.finder.near(self.plan, line, &placed);
        near.retain(|near| near.agrees && near.score >= NearNode::POSSIBLE);
        near.truncate(3);
        let is_sure = match near.as_slice() {
            [] => false,
            [only] => only.is_sure(),
            [first, second, ..] => first.is_sure() && first.score - second.score > 0.02,
        };
        let year = self.as_of.day().year();
        let (outcome, beside) = match near.first().filter(|_| is_sure) {
            Some(first) => {
                let values = self.values(first.node);
                let outcome = would(&placed.figure, &values, is, year);
                let beside = beside(&placed, &values);
                (outcome, beside)
            }
            None => (Would::None, None),
        };
        IntakeFigure { placed, near, is_sure, would: outcome, beside }
    }
}

/// The known value that a figure repeats, else the newest of its role.
pub(super) fn beside(placed: &PlacedFigure, values: &[KnownValue]) -> Option<KnownValue> {
    let figure = &placed.figure;
    let equal = values.iter().find(|value| value.is_equal(figure));
    let role = if figure.is_aim { KnownRole::Target } else { KnownRole::Actual };
    let of_time = values.iter().find(|value| {
        value.role == role && figure.time.is_some_and(|time| value.years().is_some() && value.may_be_of(time))
    });
    equal.or(of_time).or_else(|| known::newest(values, role)).cloned()
}

/// Why a node is near, in words.
pub fn why(near: &NearNode, plan: &Plan, lang: Lang) -> Bilingual {
    let title = plan.tree.node(near.node).title.get_or_first(lang).text.to_owned();
    let words = near.words.join("·");
    let (zh, en) = if near.is_sure() { ("", "") } else { ("；不能确定", "; not sure") };
    Bilingual::new(format!("{title}：有“{words}”{zh}"), format!("{title}: by “{words}”{en}"))
}

/// A number as JSON writes it: whole without a point.
pub fn number(decimal: Decimal) -> Number {
    let value = decimal.value;
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Number::from(value as i64);
    }
    Number::from_f64(value).unwrap_or_else(|| Number::from(0))
}

/// The document of `intake --json`.
#[derive(Serialize)]
pub struct IntakeAnswer<'d> {
    pub file: &'d str,
    pub sha256: &'d str,
    pub title: Option<&'d str>,
    pub figures: Vec<FigureEntry>,
}

#[derive(Serialize)]
pub struct FigureEntry {
    line: usize,
    start: usize,
    end: usize,
    text: String,
    value: Number,
    to: Option<Number>,
    unit: String,
    bound: &'static str,
    kind: &'static str,
    time: Option<String>,
    what: String,
    nodes: Vec<NearEntry>,
    would: &'static str,
    sure: bool,
    sentence: SentenceEntry,
}

#[derive(Serialize)]
struct NearEntry {
    id: String,
    why: String,
}

#[derive(Serialize)]
struct SentenceEntry {
    start: usize,
    end: usize,
    sha256: String,
}

/// One figure for `intake --json`.
pub fn entry(
    plan: &Plan,
    lines: &LineChars,
    found: &IntakeFigure,
    (lang, ui): (Lang, crate::text::Ui),
) -> FigureEntry {
    let PlacedFigure { line, figure, text, .. } = &found.placed;
    let clean = |text: &str| crate::text::clean::one_line(text).into_owned();
    FigureEntry {
        line: *line,
        start: figure.span.start,
        end: figure.span.end,
        text: clean(text),
        value: number(figure.value),
        to: figure.to.map(number),
        unit: figure.unit.clone(),
        bound: figure.bound.word(),
        kind: figure.kind.word(),
        time: figure.time.map(|time| time.to_string()),
        what: clean(&figure.what),
        nodes: found
            .near
            .iter()
            .map(|near| NearEntry {
                id: plan.tree.node(near.node).key.as_str().to_owned(),
                why: clean(why(near, plan, lang).get(ui)),
            })
            .collect(),
        would: found.would.word(),
        sure: found.is_sure,
        sentence: SentenceEntry {
            start: figure.sentence.start,
            end: figure.sentence.end,
            sha256: paragraphs::digest(&lines.sentence(&found.placed)),
        },
    }
}
