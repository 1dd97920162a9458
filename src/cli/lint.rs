//! `plan158 lint [ID] [--format human|json|csv] [--office NAME] [--by-office]`: commitments that cannot be evaluated as written, as
//! questions to ask. Findings are answers, so the exit code is 0 whatever is found.

use std::fmt::Write as _;
use std::io::Write;

use serde::Serialize;

use super::CommandContext;
use super::args::{LintArgs, LintForm};
use super::failure::{Exit, Stop};
use super::open::{OpenPlan, open};
use super::output::Output;
use super::show;
use crate::export::csv::defused;
use crate::find::fold_text::folded;
use crate::plan::{NodeId, Plan};
use crate::progress::lint::rules::{LintRule, LintRuleSpec};
use crate::progress::lint::{Commitment, LintReport, Question, Waived, lint, title, wording};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Text, Ui};

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, args: &LintArgs) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let scope = args.id.as_deref().map(|id| opened.node(id)).transpose()?;
    let mut report = lint(&opened.judge(), scope);
    if let Some(name) = &args.office {
        let is_wanted = |office: &Text| office.iter().any(|(_, text)| folded(text).contains(&folded(name)));
        report.questions.retain(|own| own.office(opened.plan()).is_some_and(is_wanted));
    }
    match args.format {
        LintForm::Human => {
            let ui = context.ui();
            let reader = opened.reader(ui);
            let blocks =
                if args.by_office { reader.lint_by_office(&report) } else { reader.lint(&report, scope) };
            show::print_blocks(out, ui, &blocks, show::FILE_COLS)?;
        }
        LintForm::Json => json(&opened, scope, &report, out)?,
        LintForm::Csv => out.write_all(csv(opened.plan(), &report).as_bytes())?,
    }
    Ok(Exit::Done)
}

/// Prints the rules as Markdown, as `docs/lint.md` holds them.
///
/// # Errors
/// When the result cannot be written.
pub fn run_rules(context: &CommandContext, out: &mut Output) -> Result<Exit, Stop> {
    out.write_all(rules_table(context.ui()).as_bytes())?;
    Ok(Exit::Done)
}

/// The rules as a Markdown table.
pub fn rules_table(ui: Ui) -> String {
    let mut table = String::from(ui.pick(
        "| 代码 | 规则 | 适用于 | 不满足时 | 权重 |\n|---|---|---|---|---|\n",
        "| code | rule | applies to | not met where | weight |\n|---|---|---|---|---|\n",
    ));
    for rule in LintRule::ALL {
        let LintRuleSpec { code, name, applies, reason, weight, .. } = rule.spec();
        let (name, applies, reason) = (pick(ui, *name), pick(ui, *applies), pick(ui, *reason));
        let _ = writeln!(table, "| {code} | {name} | {applies} | {reason} | {weight} |");
    }
    table
}

fn pick(ui: Ui, (zh, en): (&'static str, &'static str)) -> &'static str {
    ui.pick(zh, en)
}

#[derive(Serialize)]
struct LintAnswer<'a> {
    id: Option<&'a str>,
    commitments: Vec<ScoredEntry<'a>>,
    questions: Vec<LintEntry<'a>>,
    waived: Vec<SetAside<'a>>,
    unknown_waivers: Vec<SetAside<'a>>,
    set_aside: usize,
    left_to_people: usize,
    practices: usize,
    rules: Vec<NamedNode>,
}

#[derive(Serialize)]
struct ScoredEntry<'a> {
    id: &'a str,
    title: Bilingual,
    role: &'static str,
    score: Option<f64>,
    met: usize,
    applicable: usize,
    failed: Vec<&'static str>,
    waived: Vec<&'static str>,
}

#[derive(Serialize)]
struct LintEntry<'a> {
    rank: usize,
    rule: &'static str,
    weight: i32,
    node: Option<&'a str>,
    nodes: Vec<&'a str>,
    commitments: usize,
    question: &'a Bilingual,
    reason: &'a Bilingual,
    unread: Option<Unread>,
    office: Option<Bilingual>,
}

/// The part of the plan's document that may hold the answer.
#[derive(Serialize)]
struct Unread {
    chapter: Bilingual,
    state: &'static str,
    #[serde(rename = "where")]
    place: Bilingual,
}

#[derive(Serialize)]
struct SetAside<'a> {
    node: &'a str,
    rule: String,
    reason: String,
    findings: usize,
}

#[derive(Serialize)]
struct NamedNode {
    code: &'static str,
    name: Bilingual,
    weight: i32,
}

fn json(opened: &OpenPlan, scope: Option<NodeId>, report: &LintReport, out: &mut Output) -> Result<(), Stop> {
    let plan = opened.plan();
    let aside = |own: &Waived| SetAside {
        node: key(plan, own.node),
        rule: one_line(&own.rule).into_owned(),
        reason: one_line(&own.reason).into_owned(),
        findings: own.findings,
    };
    let answer = LintAnswer {
        id: scope.map(|id| key(plan, id)),
        commitments: report.commitments.iter().map(|own| scored(plan, own)).collect(),
        questions: (1..).zip(&report.questions).map(|(rank, own)| entry(plan, rank, own)).collect(),
        waived: report.waived.iter().map(aside).collect(),
        unknown_waivers: report.unknown.iter().map(aside).collect(),
        set_aside: report.set_aside,
        left_to_people: report.left_to_people,
        practices: report.practices,
        rules: LintRule::ALL.map(named).into(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn key(plan: &Plan, id: NodeId) -> &str {
    plan.tree.node(id).key.as_str()
}

fn named(rule: LintRule) -> NamedNode {
    NamedNode { code: rule.code(), name: rule.name(), weight: rule.spec().weight }
}

fn codes(rules: &[LintRule]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.code()).collect()
}

fn scored<'a>(plan: &'a Plan, own: &Commitment) -> ScoredEntry<'a> {
    let node = plan.tree.node(own.node);
    ScoredEntry {
        id: node.key.as_str(),
        title: Bilingual::new(title(plan, own.node, Ui::Zh), title(plan, own.node, Ui::En)),
        role: node.role.word(),
        score: own.score(),
        met: own.applicable.len() - own.failed.len(),
        applicable: own.applicable.len(),
        failed: codes(&own.failed),
        waived: codes(&own.waived),
    }
}

fn entry<'a>(plan: &'a Plan, rank: usize, own: &'a Question) -> LintEntry<'a> {
    LintEntry {
        rank,
        rule: own.rule.code(),
        weight: own.weight,
        node: own.node.map(|id| key(plan, id)),
        nodes: own.about.iter().map(|id| key(plan, *id)).collect(),
        commitments: own.covers,
        question: &own.question,
        reason: &own.reason,
        unread: own.unread.map(|part| unread(plan, part)),
        office: own.office(plan).map(|office| in_both(plan, office)),
    }
}

fn unread(plan: &Plan, part: usize) -> Unread {
    let part = &plan.readings[part];
    Unread {
        chapter: in_both(plan, &part.chapter),
        state: part.state.word(),
        place: in_both(plan, &part.place),
    }
}

/// A text of the plan in both languages of the program, another wording where one is missing.
fn in_both(plan: &Plan, text: &Text) -> Bilingual {
    Bilingual::new(wording(plan, text, Ui::Zh), wording(plan, text, Ui::En))
}

/// One line a question, in both languages; RFC 4180 with a byte order mark, so that spreadsheets read the
/// Chinese.
fn csv(plan: &Plan, report: &LintReport) -> String {
    let mut text =
        "\u{feff}rank,rule,weight,node,nodes,commitments,question_zh,question_en,reason_zh,reason_en,not_read,office\r\n"
            .to_owned();
    for (rank, own) in (1..).zip(&report.questions) {
        let nodes = own.about.iter().map(|id| key(plan, *id)).collect::<Vec<_>>().join(" ");
        let node = own.node.map_or("", |id| key(plan, id));
        let (rule, weight, covers) = (own.rule.code(), own.weight, own.covers);
        let unread = own.unread.map(|part| in_both(plan, &plan.readings[part].chapter).zh);
        let office = own.office(plan).map(|office| in_both(plan, office).zh);
        let (unread, office) = (unread.unwrap_or_default(), office.unwrap_or_default());
        let words = [&own.question.zh, &own.question.en, &own.reason.zh, &own.reason.en, &*unread, &*office];
        let words = words.map(quoted).join(",");
        let _ = write!(text, "{rank},{rule},{weight},{node},{nodes},{covers},{words}\r\n");
    }
    text
}

/// A field in quotation marks, which no spreadsheet takes for a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", defused(text).replace('"', "\"\""))
}
