//! Answering the figures of a document one after another: an action in, a step for the journal out. What was
//! decided is read back from the journal, so that a session resumes by itself and asks nothing twice.

use std::collections::{HashMap, HashSet};

use super::document::TextDocument;
use super::known::{self, KnownValue};
use super::paragraphs::PlacedFigure;
use super::questions::{FigureQuestion, paragraph_places, questions};
use super::report::{Comparison, DocumentFacts, beside};
use super::verdict::{Would, would};
use crate::figures::FigureTime;
use crate::journal::event::{RecordedAmount, RecordedFigure};
use crate::journal::quote::{FigureDecision, FigureOutcome, Quote, ReadDocument};
use crate::journal::{Annotations, Author, Event, Journal, ReadDocuments, Record, Step};
use crate::plan::as_of::AsOf;
use crate::plan::metric::When;
use crate::plan::{NodeId, Plan, SourceId};
use crate::text::{Bilingual, hex};

use sha2::{Digest, Sha256};

/// What a session looks at, as it stands now.
#[derive(Clone, Copy)]
pub struct IntakeScene<'a> {
    pub plan: &'a Plan,
    pub journal: &'a Journal,
    /// Who answers.
    pub by: &'a Author,
    pub as_of: AsOf,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntakeAction {
    /// The answer that is proposed.
    Accept,
    Decide(FigureOutcome),
    /// A candidate by its number, from 1.
    Choose(usize),
    Next,
    Previous,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq)]
pub enum IntakeResult {
    /// To be written, one after the other; then [`IntakeSession::settle`].
    Record(Vec<Step>),
    Moved,
    Refused(Bilingual),
}

/// What taking a figure to its node would come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    pub would: Would,
    /// The known value that it repeats or contradicts.
    pub beside: Option<KnownValue>,
    /// The answer that is proposed.
    pub proposed: FigureOutcome,
}

/// A sitting over one document.
#[derive(Clone, Debug)]
pub struct IntakeSession {
    document: ReadDocument,
    /// The plan's own source that the document is.
    source: Option<SourceId>,
    /// When its figures were said, for those that give no time.
    said: When,
    questions: Vec<FigureQuestion>,
    at: usize,
    decided: HashMap<usize, FigureDecision>,
    /// Figures put off in this sitting.
    put_off: HashSet<usize>,
}

impl IntakeSession {
    /// Begins, or goes on where the journal has answers already. `name` stands for a title where the document
    /// gives none.
    pub fn begin(
        comparison: &Comparison<'_>,
        journal: &Journal,
        document: &TextDocument,
        (facts, name): (&DocumentFacts, &str),
    ) -> Self {
        let places = paragraph_places(document);
        let written = document.lines.iter().zip(&places).filter(|(line, _)| !line.trim().is_empty());
        let digests: Box<[Box<str>]> = written.map(|(_, (digest, ..))| digest.clone()).collect();
        let sha256: Box<str> = document.text_sha256.as_str().into();
        let known = ReadDocuments::of(journal);
        let id: Box<str> = match known.recognise(&sha256, &digests) {
            Some(id) => id.into(),
            None => format!("doc-{}", &hex(Sha256::digest(sha256.as_bytes()))[..12]).into(),
        };
        let earlier = known.document(&id);
        let title = facts.title.as_deref().or(earlier.map(|earlier| &*earlier.title));
        let title = title.or(document.title.as_deref()).unwrap_or(name).to_owned();
        let date = facts.date.map(|at| at.to_string().into());
        let read = ReadDocument {
            title: title.as_str().into(),
            publisher: facts
                .publisher
                .as_deref()
                .map(Box::from)
                .or_else(|| earlier.and_then(|earlier| earlier.publisher.clone())),
            date: date.or_else(|| earlier.and_then(|earlier| earlier.date.clone())),
            sha256,
            paragraphs: digests,
            id,
        };
        let source = comparison.sources.of_document(comparison.plan, document, Some(&title));
        let dated = facts.date.or_else(|| source.and_then(|source| comparison.plan.source(source).date));
        let facts = DocumentFacts { title: Some(title), ..facts.clone() };
        let questions = questions(document, &read.id, &places, comparison.intake(document, &facts));
        let said = dated.map_or(When::Unstated, When::Announced);
        let mut session = Self {
            document: read,
            source,
            said,
            questions,
            at: 0,
            decided: HashMap::new(),
            put_off: HashSet::new(),
        };
        session.read_back(journal);
        session.at = session.next_open(0).unwrap_or(session.questions.len());
        session
    }

    /// The document as it is recorded.
    pub fn document(&self) -> &ReadDocument {
        &self.document
    }

    pub fn questions(&self) -> &[FigureQuestion] {
        &self.questions
    }

    /// The place of the question at hand, from 0; the number of questions where all are answered.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The question at hand; `None` where all are answered.
    pub fn question(&self) -> Option<&FigureQuestion> {
        self.questions.get(self.at)
    }

    /// What was decided of a question.
    pub fn decision(&self, at: usize) -> Option<&FigureDecision> {
        self.decided.get(&at)
    }

    /// How many questions wait for an answer.
    pub fn left(&self) -> usize {
        (0..self.questions.len()).filter(|at| self.is_open(*at)).count()
    }

    fn is_open(&self, at: usize) -> bool {
        self.decided.get(&at).is_none_or(|decision| decision.outcome.is_open()) && !self.put_off.contains(&at)
    }

    fn next_open(&self, from: usize) -> Option<usize> {
        let all = self.questions.len();
        (from..all).chain(0..from.min(all)).find(|at| self.is_open(*at))
    }

    /// Takes up what the journal says, also of what others decided meanwhile.
    fn read_back(&mut self, journal: &Journal) {
        let documents = ReadDocuments::of(journal);
        let decision = |(at, question): (usize, &FigureQuestion)| {
            documents.decision(&question.place).map(|decision| (at, decision.clone()))
        };
        self.decided = self.questions.iter().enumerate().filter_map(decision).collect();
        self.put_off.retain(|at| self.decided.get(at).is_some_and(|decision| decision.outcome.is_open()));
    }

    /// Follows the journal after a step or an undo: on to the next open question, or back to the one whose
    /// answer was taken back.
    pub fn settle(&mut self, journal: &Journal) {
        let before: HashSet<usize> = self.decided.keys().copied().collect();
        self.read_back(journal);
        let reopened = before.into_iter().filter(|at| !self.decided.contains_key(at)).min();
        self.at = match reopened {
            Some(at) => at,
            None if self.question().is_some() && self.is_open(self.at) => self.at,
            None => self.next_open(self.at).unwrap_or(self.questions.len()),
        };
    }

    /// What taking the question at hand to its node would come to, by what is known now.
    pub fn outlook(&self, scene: &IntakeScene<'_>) -> Outlook {
        let Some((question, node)) = self.question().and_then(|question| Some((question, question.node?)))
        else {
            return Outlook { would: Would::None, beside: None, proposed: FigureOutcome::Later };
        };
        let figure = &question.found.placed.figure;
        let said = scene.journal.annotations(node);
        let own_words = said.into_iter().flat_map(Annotations::all_values).any(|own| {
            let here =
                own.figure.quote.as_ref().is_some_and(|quote| quote.place.document == self.document.id);
            here && own.value.amount.number().is_some_and(|number| number.value == figure.value.value)
        });
        let metric = known::metric(scene.plan.tree.node(node));
        let added = known::recorded(said);
        let values =
            metric.map(|metric| known::values(scene.plan, scene.as_of, metric, &added)).unwrap_or_default();
        let outcome = match would(figure, &values, self.source, scene.as_of.day().year()) {
            Would::OtherSource if own_words => Would::Same,
            other => other,
        };
        let proposed = match outcome {
            Would::NewValue | Would::Earlier => FigureOutcome::Observed,
            Would::Target => FigureOutcome::Target,
            Would::OtherSource => FigureOutcome::SameValue,
            Would::Conflict => FigureOutcome::Conflict,
            Would::Same => FigureOutcome::Known,
            Would::None => FigureOutcome::Later,
        };
        Outlook { would: outcome, beside: beside(&question.found.placed, &values), proposed }
    }

    /// Puts other nodes in the place of the candidates, as a search found them. Only metrics can be taken.
    pub fn offer(&mut self, plan: &Plan, nodes: impl Iterator<Item = NodeId>) -> usize {
        let Some(question) = self.questions.get_mut(self.at) else { return 0 };
        let takes = |node: &NodeId| {
            known::metric(plan.tree.node(*node)).is_some_and(|metric| metric.measure.has_unit())
        };
        let found: Vec<NodeId> = nodes.filter(takes).take(MAX_CANDIDATES).collect();
        if !found.is_empty() {
            question.node = match found.as_slice() {
                [only] => Some(*only),
                _ => None,
            };
            question.candidates.clone_from(&found);
        }
        found.len()
    }

    /// What comes of an action.
    pub fn act(&mut self, scene: &IntakeScene<'_>, action: IntakeAction) -> IntakeResult {
        match action {
            IntakeAction::Next => self.go(self.at + 1),
            IntakeAction::Previous => match self.at.checked_sub(1) {
                Some(before) => self.go(before),
                None => IntakeResult::Refused(Bilingual::new("已是第一个", "this is the first one")),
            },
            IntakeAction::Choose(number) => self.choose(number),
            IntakeAction::Accept => self.decide(scene, self.outlook(scene).proposed),
            IntakeAction::Decide(outcome) => self.decide(scene, outcome),
        }
    }

    fn go(&mut self, at: usize) -> IntakeResult {
        if at > self.questions.len() {
            return IntakeResult::Refused(all_answered());
        }
        self.at = at;
        IntakeResult::Moved
    }

    fn choose(&mut self, number: usize) -> IntakeResult {
        let Some(question) = self.questions.get_mut(self.at) else {
            return IntakeResult::Refused(all_answered());
        };
        match number.checked_sub(1).and_then(|at| question.candidates.get(at)) {
            Some(node) => {
                question.node = Some(*node);
                IntakeResult::Moved
            }
            None => IntakeResult::Refused(Bilingual::new(
                "没有这个序号；/ 加几个词可以搜索别的指标",
                "there is no such number; / and some words search for other metrics",
            )),
        }
    }

    fn decide(&mut self, scene: &IntakeScene<'_>, outcome: FigureOutcome) -> IntakeResult {
        let Some(question) = self.questions.get(self.at) else {
            return IntakeResult::Refused(all_answered());
        };
        let node = question.node.filter(|_| outcome.takes_node() || outcome == FigureOutcome::Known);
        let name = node.map(|node| scene.plan.tree.node(node).key.as_str().into());
        let mut events = Vec::new();
        if outcome.takes_node() {
            let Some(node) = &name else {
                return IntakeResult::Refused(Bilingual::new(
                    "先选指标：键入序号，或 / 加几个词搜索",
                    "choose a metric first: its number, or / and some words to search",
                ));
            };
            let (node, figure) = (std::sync::Arc::clone(node), self.figure(scene.plan, question));
            events.push(match outcome.role() {
                Some(role) => Event::Claim { node, role, figure },
                None => Event::Value { node, figure },
            });
        }
        events.extend(earlier_answers(scene, question));
        let place = question.place.clone();
        events.push(Event::Decided(Box::new(FigureDecision { place, outcome, node: name })));
        let read = ReadDocuments::of(scene.journal);
        let mut steps = Vec::new();
        if !read.has_state(&self.document.id, &self.document.sha256) {
            steps.push(Step::new(vec![Event::Document(Box::new(self.document.clone()))]));
        }
        steps.push(Step::new(events));
        if outcome.is_open() {
            self.put_off.insert(self.at);
        }
        IntakeResult::Record(steps)
    }

    /// The figure as it is recorded, with its place: none is taken without one.
    fn figure(&self, plan: &Plan, question: &FigureQuestion) -> RecordedFigure {
        let PlacedFigure { figure, .. } = &question.found.placed;
        let source = self.source.map(|source| plan.source(source).id.as_ref().into());
        RecordedFigure {
            reading: match figure.to {
                Some(to) => RecordedAmount::Range(figure.value, to),
                None => RecordedAmount::Number(figure.value),
            },
            when: match figure.time {
                Some(FigureTime::At(at)) => When::At(at),
                Some(FigureTime::Span(from, to)) => When::Period(from, to),
                // When a target is due is not when it was said.
                None if figure.is_aim => When::Unstated,
                None => self.said,
            },
            bound: figure.bound,
            source: Some(source.unwrap_or_else(|| self.document.title.clone())),
            grade: None,
            quote: Some(Box::new(Quote {
                place: question.place.clone(),
                sentence: question.sentence.clone(),
            })),
        }
    }

    /// Whether an author's undo would take back an answer of this document.
    pub fn may_undo(&self, journal: &Journal, by: &Author) -> bool {
        journal.undo_target(by).is_some_and(|record| self.is_answer(record))
    }

    fn is_answer(&self, record: &Record) -> bool {
        record.events.iter().any(
            |event| matches!(event, Event::Decided(decision) if decision.place.document == self.document.id),
        )
    }
}

/// What takes back one's own values of a question that is answered once more.
fn earlier_answers(scene: &IntakeScene<'_>, question: &FigureQuestion) -> Vec<Event> {
    let homes = scene.journal.fold().homes().iter();
    let values = homes.flat_map(|home| home.annotations.all_values());
    let of_place = values.filter(|own| {
        own.by == *scene.by
            && own.figure.quote.as_ref().is_some_and(|quote| quote.place.is_same(&question.place))
    });
    of_place.map(|own| Event::ValueRetract { node: None, of: own.id.clone() }).collect()
}

/// Most nodes that are offered: one has a digit each.
const MAX_CANDIDATES: usize = 9;

fn all_answered() -> Bilingual {
    Bilingual::new("全部已答", "all are answered")
}
