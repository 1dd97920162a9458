//! From findings to questions: findings of one rule that read better together become one, and all are ranked.
//!
//! Weight = the rule's, + 2 for a node at most one step below a root, + 1 for a question about five nodes or
//! more, − 3 where what is asked about is another plan's. Equal weights keep the order of the rules, then
//! reading order.

use std::collections::BTreeMap;

use super::super::Judge;
use super::reach::{Facts, Totals, is_other_plans, subtree};
use super::rules::{LintRule, QuestionGrouping, said};
use super::{Commitment, LintFinding, Question, title, wording};
use crate::plan::{NodeId, Plan};
use crate::text::{Bilingual, Ui};

/// So many nodes in one question make it weigh more.
const MANY: usize = 5;

/// Turns findings into ranked questions.
pub(super) fn ask(
    judge: &Judge<'_>,
    facts: &Facts,
    scope: Option<NodeId>,
    commitments: &[Commitment],
    findings: Vec<LintFinding>,
) -> Vec<Question> {
    let mut questions = Vec::new();
    for rule in LintRule::ALL {
        let of_rule: Vec<&LintFinding> = findings.iter().filter(|finding| finding.rule == rule).collect();
        if of_rule.is_empty() {
            continue;
        }
        match rule.spec().asked {
            QuestionGrouping::Singly => {
                questions.extend(of_rule.into_iter().map(|finding| single(judge, facts, finding)))
            }
            QuestionGrouping::Together => {
                questions.extend(together(judge, facts, scope, rule, commitments, &of_rule))
            }
        }
    }
    questions.sort_by(|one, other| {
        let order = other.weight.cmp(&one.weight).then(one.rule.cmp(&other.rule));
        order.then(one.about.first().cmp(&other.about.first()))
    });
    questions
}

/// The part of the plan's document that may hold the answer and was not read: of what is another plan's there
/// is none, and neither where one of several things asked about was read.
fn unread(plan: &Plan, about: &[NodeId]) -> Option<usize> {
    let mut parts = about.iter().map(|id| plan.to_read(*id).filter(|_| !is_other_plans(plan, *id)));
    let first = parts.next().flatten()?;
    parts.all(|part| part.is_some()).then_some(first)
}

fn single(judge: &Judge<'_>, facts: &Facts, finding: &LintFinding) -> Question {
    let (id, rule) = (finding.node, finding.rule);
    let reason = match &finding.detail {
        None => said(rule.spec().reason),
        Some(detail) => {
            let (zh, en) = rule.spec().reason;
            Bilingual::new(format!("{zh}（{}）", detail.zh), format!("{en} ({})", detail.en))
        }
    };
    Question {
        rule,
        node: Some(id),
        about: vec![id],
        covers: 1,
        weight: weight(judge, rule, &[id], Some(id)),
        question: about_one(judge.plan, rule, id),
        reason,
        unread: unread(judge.plan, &[id]),
        office: facts.office[id.index()],
    }
}

/// One question for a node if all below it lack the same, else one for the nodes of one parent.
fn together(
    judge: &Judge<'_>,
    facts: &Facts,
    scope: Option<NodeId>,
    rule: LintRule,
    commitments: &[Commitment],
    findings: &[&LintFinding],
) -> Vec<Question> {
    let plan = judge.plan;
    let mut asked = vec![false; plan.tree.count()];
    let mut lacking = vec![false; plan.tree.count()];
    for commitment in commitments.iter().filter(|own| own.applicable.contains(&rule)) {
        asked[commitment.node.index()] = true;
    }
    findings.iter().for_each(|finding| lacking[finding.node.index()] = true);
    let (applies, lacks) = (Totals::new(asked.into_iter()), Totals::new(lacking.iter().copied()));
    let all_lack = |id: NodeId| applies.within(subtree(plan, id)) == lacks.within(subtree(plan, id));
    // Of each node the topmost at or above it that lacks it with all below, and with no other between that
    // does not. A parent stands before its children.
    let mut topmost: Vec<Option<NodeId>> = vec![None; plan.tree.count()];
    let in_scope = |id: NodeId| scope.is_none_or(|scope| plan.tree.contains(scope, id));
    for id in plan.tree.ids().filter(|id| in_scope(*id) && all_lack(*id)) {
        let above = plan.tree.node(id).parent.and_then(|up| topmost[up.index()]);
        topmost[id.index()] = above.or_else(|| lacking[id.index()].then_some(id));
    }
    let above = |id: NodeId| plan.tree.node(id).parent.and_then(|up| topmost[up.index()]);
    let mut is_asked = vec![false; plan.tree.count()];
    // What another office answers for is another question.
    let mut groups: BTreeMap<(Option<NodeId>, Option<NodeId>), Vec<NodeId>> = BTreeMap::new();
    for finding in findings {
        let top = above(finding.node).unwrap_or(finding.node);
        if !std::mem::replace(&mut is_asked[top.index()], true) {
            let office = facts.office[top.index()];
            groups.entry((plan.tree.node(top).parent, office)).or_default().push(top);
        }
    }
    let covers = |about: &[NodeId]| about.iter().map(|id| lacks.within(subtree(plan, *id)) as usize).sum();
    let grouped = |((parent, office), about): (_, Vec<NodeId>)| Question {
        office,
        ..grouped(judge, rule, parent, covers(&about), about)
    };
    groups.into_iter().map(grouped).collect()
}

fn grouped(
    judge: &Judge<'_>,
    rule: LintRule,
    parent: Option<NodeId>,
    covers: usize,
    about: Vec<NodeId>,
) -> Question {
    let plan = judge.plan;
    let single = (about.len() == 1).then(|| about[0]);
    let question = match (single, parent) {
        (Some(id), _) => about_one(plan, rule, id),
        (None, Some(parent)) => about_many(rule, about.len(), |ui| title(plan, parent, ui)),
        (None, None) => about_many(rule, about.len(), |ui| wording(plan, &plan.title, ui).into_owned()),
    };
    let mut reason = said(rule.spec().reason);
    let more = covers.saturating_sub(about.len());
    if more > 0 {
        reason = Bilingual::new(
            format!("{}；其下另有{more}项也是如此", reason.zh),
            format!("{}; the same holds for {more} more below", reason.en),
        );
    }
    let node = single.or(parent);
    let (weight, unread) = (weight(judge, rule, &about, node), unread(plan, &about));
    Question { rule, node, weight, about, covers, question, reason, unread, office: None }
}

/// A title that will stand in quotation marks: its own become single ones.
fn inner(title: &str) -> String {
    title.replace('“', "‘").replace('”', "’")
}

fn about_one(plan: &Plan, rule: LintRule, id: NodeId) -> Bilingual {
    let (zh, en) = rule.spec().one;
    let fill = |pattern: &str, ui: Ui| pattern.replace("{title}", &inner(&title(plan, id, ui)));
    Bilingual::new(fill(zh, Ui::Zh), fill(en, Ui::En))
}

fn about_many(rule: LintRule, count: usize, parent: impl Fn(Ui) -> String) -> Bilingual {
    let (zh, en) = rule.spec().many;
    let fill = |pattern: &str, ui: Ui| {
        pattern.replace("{n}", &count.to_string()).replace("{parent}", &inner(&parent(ui)))
    };
    Bilingual::new(fill(zh, Ui::Zh), fill(en, Ui::En))
}

fn weight(judge: &Judge<'_>, rule: LintRule, about: &[NodeId], node: Option<NodeId>) -> i32 {
    let plan = judge.plan;
    let high = node.is_none_or(|id| plan.tree.level_depth(id) <= 1);
    let others = about.iter().all(|id| is_other_plans(plan, *id));
    rule.spec().weight + if high { 2 } else { 0 } + i32::from(about.len() >= MANY)
        - if others { 3 } else { 0 }
}
