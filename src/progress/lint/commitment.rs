//! Which nodes are commitments, which rules apply to them, and which they do not meet.

use super::super::Judge;
use super::figures::MetricFigures;
use super::reach::Facts;
use super::rules::LintRule;
use super::{LintFinding, words};
use crate::plan::metric::{Direction, Kind, Measure};
use crate::plan::node::Judging;
use crate::plan::register::Standing;
use crate::plan::{Node, NodeId, Plan, Role};
use crate::text::{Bilingual, Text};

/// What a node is to lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// It promises something.
    Commitment,
    /// It promises something, and people judge it (`judge = false`).
    LeftToPeople,
    /// An action that is only reported.
    Practice,
    /// A metric without a target.
    Figure,
}

/// Whether a node is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scoring {
    Yes,
    /// Its figures are looked at, and nothing else.
    No,
}

/// What a node was asked and what it does not meet.
pub(super) struct Checked {
    pub node: NodeId,
    pub scored: Scoring,
    pub applicable: Vec<LintRule>,
    pub findings: Vec<LintFinding>,
}

/// What a node is to lint. Targets hidden by the judge's day still make a commitment: what was promised later
/// is no answer to when.
pub(super) fn stand(plan: &Plan, id: NodeId) -> Stand {
    let node = plan.tree.node(id);
    let commits = match node.role {
        Role::Goal => true,
        Role::Action => is_top(plan, id) || is_stated(plan, node),
        Role::Metric => node.metric.as_ref().is_some_and(|metric| !metric.target.is_empty()),
        Role::Group => false,
    };
    match (commits, node.role) {
        (true, _) if node.judging() == Judging::PeopleOnly => Stand::LeftToPeople,
        (true, _) => Stand::Commitment,
        (false, Role::Action) => Stand::Practice,
        (false, _) => Stand::Figure,
    }
}

/// A root, or right below one.
fn is_top(plan: &Plan, id: NodeId) -> bool {
    plan.tree.level_depth(id) <= 1
}

/// A plan states it: one of its documents is the plan, implements it or is another plan; or nothing is known
/// of its documents.
fn is_stated(plan: &Plan, node: &Node) -> bool {
    let standings = || node.evidence.iter().filter_map(|evidence| plan.source(evidence.source).standing);
    let states = |standing| matches!(standing, Standing::Plan | Standing::Implementing | Standing::OtherPlan);
    standings().next().is_none() || standings().any(states)
}

/// Asks a node everything that applies to it.
pub(super) fn check(judge: &Judge<'_>, facts: &Facts, id: NodeId) -> Checked {
    let plan = judge.plan;
    let node = plan.tree.node(id);
    let mut asked = Asked { node: id, applicable: Vec::new(), findings: Vec::new() };
    let stand = stand(plan, id);
    match (stand, node.metric.as_deref()) {
        (Stand::LeftToPeople | Stand::Practice, _) => {}
        (Stand::Commitment, None) => wording_of_node(judge, facts, node, id, &mut asked),
        (Stand::Commitment, Some(metric)) => {
            let figures = MetricFigures { judge, node, metric };
            target(&figures, facts, plan, id, &mut asked);
            figure(&figures, &mut asked);
        }
        (Stand::Figure, Some(metric)) if node.judging() == Judging::Computed => {
            figure(&MetricFigures { judge, node, metric }, &mut asked);
        }
        (Stand::Figure, _) => {}
    }
    asked.applicable.sort_unstable();
    asked.findings.sort_by_key(|finding| finding.rule);
    let scored = if stand == Stand::Commitment { Scoring::Yes } else { Scoring::No };
    Checked { node: id, scored, applicable: asked.applicable, findings: asked.findings }
}

struct Asked {
    node: NodeId,
    applicable: Vec<LintRule>,
    findings: Vec<LintFinding>,
}

impl Asked {
    /// The rule applies; it is met where something holds.
    fn met_if(&mut self, rule: LintRule, holds: impl FnOnce() -> bool) {
        self.applicable.push(rule);
        if !holds() {
            self.findings.push(LintFinding { rule, node: self.node, detail: None });
        }
    }

    /// The rule applies; it is not met where there is a detail.
    fn open(&mut self, rule: LintRule, detail: Option<Bilingual>) {
        self.applicable.push(rule);
        if detail.is_some() {
            self.findings.push(LintFinding { rule, node: self.node, detail });
        }
    }
}

/// Goals and actions.
fn wording_of_node(judge: &Judge<'_>, facts: &Facts, node: &Node, id: NodeId, asked: &mut Asked) {
    let plan = judge.plan;
    let has_number = facts.number.has(plan, id);
    asked.met_if(LintRule::NoNumber, || has_number);
    asked.met_if(LintRule::NoDate, || node.period().is_some() || facts.date.has(plan, id));
    asked.met_if(LintRule::NoOffice, || facts.office[id.index()].is_some());
    if let Some(word) = found(&node.title, words::standing) {
        asked.open(LintRule::NoComparator, (!facts.ranked.has(plan, id)).then_some(word));
    }
    asked.open(LintRule::Untestable, untestable(node).filter(|_| !has_number));
    match node.role {
        Role::Action => asked.met_if(LintRule::NoIndicator, || facts.indicator.has(plan, id)),
        _ => asked.met_if(LintRule::NothingServes, || facts.deed.has(plan, id)),
    }
    served_standing(judge, id, asked);
}

/// Words without a test, in the title; of a goal in its summary too, which says what the goal says.
fn untestable(node: &Node) -> Option<Bilingual> {
    let summary = node.summary.iter().filter(|_| node.role == Role::Goal);
    std::iter::once(&node.title).chain(summary).find_map(|text| found(text, words::untestable))
}

/// A goal that a metric serves: is it hardly above that metric's baseline? The target of the goal's own end
/// counts.
fn served_standing(judge: &Judge<'_>, id: NodeId, asked: &mut Asked) {
    let plan = judge.plan;
    let Some(end) = plan.tree.node(id).period().map(|period| period.end.year()) else { return };
    for link in plan.tree.served_by(id) {
        let server = plan.tree.node(link.to);
        let Some(metric) = server.metric.as_deref() else { continue };
        let figures = MetricFigures { judge, node: server, metric };
        if figures.ahead().is_empty() {
            continue;
        }
        let detail = figures.hardly_above().filter(|(_, year)| *year == end).map(|(said, _)| said);
        if !asked.applicable.contains(&LintRule::HardlyAboveBaseline) {
            asked.open(LintRule::HardlyAboveBaseline, detail);
        }
    }
}

/// Whether a goal asks for a metric's slight target in its place.
fn is_asked_at_goal(plan: &Plan, id: NodeId, year: i16) -> bool {
    let ends = |to: NodeId| plan.tree.node(to).period().is_some_and(|period| period.end.year() == year);
    plan.tree.node(id).serves.iter().any(|link| plan.tree.node(link.to).role == Role::Goal && ends(link.to))
}

fn target(figures: &MetricFigures<'_>, facts: &Facts, plan: &Plan, id: NodeId, asked: &mut Asked) {
    if figures.targets().next().is_none() {
        return;
    }
    let (metric, numeric) = (figures.metric, figures.is_numeric());
    asked.open(LintRule::UndatedTarget, figures.undated());
    asked.met_if(LintRule::NoOffice, || facts.office[id.index()].is_some());
    if metric.measure == Measure::Milestone {
        return;
    }
    asked.met_if(LintRule::NoNumber, || numeric);
    if numeric {
        let increments = figures.targets().all(|target| target.kind == Kind::Increment);
        if !increments {
            asked.met_if(LintRule::NoBaseline, || figures.has_baseline());
        }
        asked.met_if(LintRule::NoUnit, || !metric.unit.is_empty());
    } else {
        let word = figures.labels().find_map(|label| found(label, words::untestable));
        asked.open(LintRule::Untestable, word);
    }
    let says_standing = figures.labels().any(|label| found(label, words::standing).is_some());
    if metric.measure == Measure::Rank || says_standing {
        asked.open(LintRule::NoComparator, figures.unplaced());
    }
    if !figures.ahead().is_empty() && metric.direction != Direction::Maintain {
        asked.open(LintRule::MetAtBaseline, figures.met_at_baseline());
        let slight = figures.hardly_above().filter(|(_, year)| !is_asked_at_goal(plan, id, *year));
        asked.open(LintRule::HardlyAboveBaseline, slight.map(|(said, _)| said));
    }
    if figures.dated_targets().len() > 1 {
        asked.open(LintRule::GoesBackwards, figures.backwards());
    }
}

fn figure(figures: &MetricFigures<'_>, asked: &mut Asked) {
    if figures.metric.measure != Measure::Percentage {
        return;
    }
    asked.open(LintRule::PointsOrPerCent, figures.change_in_per_cent());
    if !figures.metric.gross {
        asked.open(LintRule::NetAboveHundred, figures.above_hundred());
    }
}

/// The words that a list finds in a text.
fn found(text: &Text, find: impl Fn(&str) -> Option<&'static str>) -> Option<Bilingual> {
    let (zh, en) = words::in_each(text.iter().filter_map(|(_, text)| find(text)))?;
    Some(Bilingual::new(format!("所用字样：“{zh}”"), format!("it says “{en}”")))
}
