//! Whether what the plan promises can be evaluated as it is written, and the questions to ask where it
//! cannot.
//!
//! A **commitment** is a goal, a metric with a target, or an action that the plan itself, a document that
//! implements it or another plan states (an action right below a root always is one). What is only reported
//! as practice is none, and nodes that are left to people (`judge = false`) are not scored. A commitment's
//! **score** is the share of the rules that apply to it which it meets; a waived rule does not apply. Scores
//! are never averaged: the report counts.
//!
//! Findings of one rule are asked together: once for a node if everything below it lacks the same, else once
//! for the nodes of one parent. Nothing is corrected here, and no wish of ours is read into the plan: a rule
//! asks only for what an evaluation needs.

mod commitment;
mod figures;
mod questions;
mod reach;
pub mod rules;
mod words;

pub use rules::LintRule;

use super::Judge;
use crate::plan::node::Waiver;
use crate::plan::tree::Holders;
use crate::plan::{Node, NodeId, Plan};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Text, Ui};

/// The rule of a waiver that sets every rule aside.
pub const EVERY_RULE: &str = "*";

/// A node that promises something, with the answers it has and lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    /// The node that promises.
    pub node: NodeId,
    /// Rules that apply to it, waived ones left out, in their order.
    pub applicable: Vec<LintRule>,
    /// Those of them that it does not meet.
    pub failed: Vec<LintRule>,
    /// Rules set aside that it would not have met.
    pub waived: Vec<LintRule>,
}

impl Commitment {
    /// The share of the applicable rules that it meets; `None` where none applies.
    pub fn score(&self) -> Option<f64> {
        let applicable = self.applicable.len();
        let met = applicable - self.failed.len();
        // Rules are few: both counts are exact as f64.
        (applicable > 0).then(|| met as f64 / applicable as f64)
    }
}

/// A question to whoever answers for the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The rule that asks.
    pub rule: LintRule,
    /// Where it is put: the node itself, or the parent of several; `None` for several roots.
    pub node: Option<NodeId>,
    /// The nodes that one answer would serve.
    pub about: Vec<NodeId>,
    /// How many commitments it covers, those below included.
    pub covers: usize,
    /// What it weighs; questions are ranked by it.
    pub weight: i32,
    /// The question as it could be sent, in both languages.
    pub question: Bilingual,
    /// Why it matters, in both languages.
    pub reason: Bilingual,
    /// The part of the plan's document that was not read, or only in part, and may hold the answer, by its
    /// place in [`Plan::readings`]; `None` where the plan does not say.
    pub unread: Option<usize>,
    /// The node that names the office responsible for all it is about; `None` where none is known.
    pub office: Option<NodeId>,
}

impl Question {
    /// The office that answers for what it is about, where one is known.
    pub fn office<'p>(&self, plan: &'p Plan) -> Option<&'p Text> {
        plan.tree.node(self.office?).office()
    }
}

/// A waiver that set findings aside, or that names no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// The node that holds the waiver; it covers what is below, too.
    pub node: NodeId,
    /// The code of the rule that the plan waives.
    pub rule: Box<str>,
    /// The reason the plan gives.
    pub reason: Box<str>,
    /// How many findings it set aside in the scope.
    pub findings: usize,
}

/// Everything lint has to say about a plan or a part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LintReport {
    /// Commitments in reading order.
    pub commitments: Vec<Commitment>,
    /// Questions, the weightiest first.
    pub questions: Vec<Question>,
    /// Waivers that cover the scope, in reading order.
    pub waived: Vec<Waived>,
    /// Waivers in the scope that name no rule there is.
    pub unknown: Vec<Waived>,
    /// Commitments of which waivers cover every rule; they are not scored either.
    pub set_aside: usize,
    /// Commitments left to people, which are not scored.
    pub left_to_people: usize,
    /// Actions known from reports only, which are no commitments.
    pub practices: usize,
}

/// A rule that a node does not meet.
#[derive(Clone, Debug, PartialEq)]
struct LintFinding {
    rule: LintRule,
    node: NodeId,
    detail: Option<Bilingual>,
}

/// Whether a node promises something, to be judged by figures or left to people.
pub(super) fn is_commitment(plan: &Plan, id: NodeId) -> bool {
    matches!(commitment::stand(plan, id), commitment::Stand::Commitment | commitment::Stand::LeftToPeople)
}

/// Lints the plan, or a node and what is below it, with what was known by the judge's day.
pub fn lint(judge: &Judge<'_>, scope: Option<NodeId>) -> LintReport {
    let plan = judge.plan;
    let facts = reach::Facts::new(judge);
    let waiving = Holders::new(plan.tree.nodes(), |node| !waivers_of(node).is_empty());
    let mut report = LintReport::default();
    let mut findings = Vec::new();
    let ids: Vec<NodeId> = match scope {
        Some(top) => plan.tree.subtree(top).collect(),
        None => plan.tree.ids().collect(),
    };
    for id in ids {
        match commitment::stand(plan, id) {
            commitment::Stand::Commitment => {}
            commitment::Stand::LeftToPeople => report.left_to_people += 1,
            commitment::Stand::Practice => report.practices += 1,
            commitment::Stand::Figure => {}
        }
        let checked = commitment::check(judge, &facts, id);
        if !checked.applicable.is_empty() {
            take(plan, &waiving, checked, &mut report, &mut findings);
        }
    }
    report.unknown = unknown(plan, scope);
    report.questions = questions::ask(judge, &facts, scope, &report.commitments, findings);
    report
}

/// Parts what a node does not meet into findings and what a waiver covers.
fn take(
    plan: &Plan,
    waiving: &Holders,
    checked: commitment::Checked,
    report: &mut LintReport,
    findings: &mut Vec<LintFinding>,
) {
    let id = checked.node;
    let waivers: Vec<(LintRule, Option<(NodeId, usize)>)> =
        checked.applicable.iter().map(|rule| (*rule, waiver(plan, waiving, id, *rule))).collect();
    let is_waived =
        |rule: LintRule| waivers.iter().find(|(own, _)| *own == rule).and_then(|(_, waiver)| *waiver);
    let mut commitment = Commitment {
        node: id,
        applicable: checked.applicable.iter().copied().filter(|rule| is_waived(*rule).is_none()).collect(),
        failed: Vec::new(),
        waived: Vec::new(),
    };
    for finding in checked.findings {
        match is_waived(finding.rule) {
            Some(place) => {
                set_aside(plan, place, report);
                commitment.waived.push(finding.rule);
            }
            None => {
                commitment.failed.push(finding.rule);
                findings.push(finding);
            }
        }
    }
    let scored = checked.scored == commitment::Scoring::Yes;
    match (scored, commitment.applicable.is_empty()) {
        (true, false) => report.commitments.push(commitment),
        (true, true) => report.set_aside += 1,
        (false, _) => {}
    }
}

/// The nearest waiver of a rule, on the node or above it.
fn waiver(plan: &Plan, waiving: &Holders, id: NodeId, rule: LintRule) -> Option<(NodeId, usize)> {
    waiving.at_or_above(plan.tree.nodes(), id).find_map(|holder| {
        let names = |name: &str| name == rule.code() || name == EVERY_RULE;
        let found = waivers(plan, holder).iter().position(|waiver| names(&waiver.rule));
        found.map(|which| (holder, which))
    })
}

fn waivers(plan: &Plan, id: NodeId) -> &[Waiver] {
    waivers_of(plan.tree.node(id))
}

fn waivers_of(node: &Node) -> &[Waiver] {
    node.more.as_ref().map_or(&[], |more| &more.waivers)
}

fn set_aside(plan: &Plan, (node, which): (NodeId, usize), report: &mut LintReport) {
    let waiver = &waivers(plan, node)[which];
    match report.waived.iter_mut().find(|known| known.node == node && known.rule == waiver.rule) {
        Some(known) => known.findings += 1,
        None => report.waived.push(Waived {
            node,
            rule: waiver.rule.clone(),
            reason: waiver.reason.clone(),
            findings: 1,
        }),
    }
}

/// Waivers in the scope that name no rule there is.
fn unknown(plan: &Plan, scope: Option<NodeId>) -> Vec<Waived> {
    let inside = |id: &NodeId| scope.is_none_or(|top| plan.tree.contains(top, *id));
    let of = |node: NodeId| {
        waivers(plan, node)
            .iter()
            .filter(|waiver| &*waiver.rule != EVERY_RULE && LintRule::parse(&waiver.rule).is_none())
            .map(move |waiver| Waived {
                node,
                rule: waiver.rule.clone(),
                reason: waiver.reason.clone(),
                findings: 0,
            })
    };
    plan.tree.ids().filter(inside).flat_map(of).collect()
}

/// A text of the plan in the program's language, or the first there is, on one line.
pub fn wording<'t>(plan: &Plan, text: &'t Text, ui: Ui) -> std::borrow::Cow<'t, str> {
    let lang = plan.lang(ui.pick("zh", "en")).unwrap_or(crate::text::Lang(0));
    one_line(text.get_or_first(lang).text)
}

/// A node's title in the program's language; its id where it has none.
pub fn title(plan: &Plan, id: NodeId, ui: Ui) -> String {
    let node = plan.tree.node(id);
    match wording(plan, &node.title, ui) {
        text if text.is_empty() => node.key.to_string(),
        text => text.into_owned(),
    }
}
