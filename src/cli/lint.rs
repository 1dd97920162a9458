//! `plan158 lint [ID] [--format human|json|csv]`: commitments that cannot be evaluated as written, as questions to ask. Findings are answers, so
//! the exit code is 0 whatever is found.

use std::fmt::Write as _;
use std::io::Write;

use serde::Serialize;

use super::Context;
use super::args::LintForm;
use super::failure::{Exit, Stop};
use super::open::{Opened, open};
use super::output::{Output, Target};
use crate::export::csv::defused;
use crate::plan::{NodeId, Plan};
use crate::progress::lint::rules::{Rule, Spec};
use crate::progress::lint::{Commitment, EVERY_RULE, Question, Report, Waived, lint, title};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};
use crate::tui::text::{cols, fit, wrap};

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &Context, out: &mut Output, id: Option<&str>, format: LintForm) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let scope = id.map(|id| opened.node(id)).transpose()?;
    let report = lint(&opened.judge(), scope);
    match format {
        LintForm::Human => human(&opened, scope, &report, context.ui(), out)?,
        LintForm::Json => json(&opened, scope, &report, out)?,
        LintForm::Csv => out.write_all(csv(opened.plan(), &report).as_bytes())?,
    }
    Ok(Exit::Done)
}

/// Prints the rules as Markdown, as `docs/lint.md` holds them.
///
/// # Errors
/// When the result cannot be written.
pub fn run_rules(context: &Context, out: &mut Output) -> Result<Exit, Stop> {
    out.write_all(rules_table(context.ui()).as_bytes())?;
    Ok(Exit::Done)
}

/// The rules as a Markdown table.
pub fn rules_table(ui: Ui) -> String {
    let mut table = String::from(ui.pick(
        "| 代码 | 规则 | 适用于 | 不满足时 | 权重 |\n|---|---|---|---|---|\n",
        "| code | rule | applies to | not met where | weight |\n|---|---|---|---|---|\n",
    ));
    for rule in Rule::ALL {
        let Spec { code, name, applies, reason, weight, .. } = rule.spec();
        let (name, applies, reason) = (pick(ui, *name), pick(ui, *applies), pick(ui, *reason));
        let _ = writeln!(table, "| {code} | {name} | {applies} | {reason} | {weight} |");
    }
    table
}

fn pick(ui: Ui, (zh, en): (&'static str, &'static str)) -> &'static str {
    ui.pick(zh, en)
}

/// A line at most so wide where nobody says how wide it may be.
const FILE_COLS: usize = 100;

/// Commitments shown with their scores: those up to so many steps below the scope, and every metric with a target.
const SHOWN_DEPTH: u32 = 1;

fn human(
    opened: &Opened,
    scope: Option<NodeId>,
    report: &Report,
    ui: Ui,
    out: &mut Output,
) -> Result<(), Stop> {
    let width = match out.target {
        Target::Terminal { cols } => cols,
        Target::Other => FILE_COLS,
    };
    let plan = opened.plan();
    write!(out, "{}", head(report, ui, width))?;
    let ink = out.ink;
    for (number, question) in (1..).zip(&report.questions) {
        let code = ink.strong(question.rule.code());
        let place = question.node.map_or(String::new(), |id| plan.tree.node(id).key.to_string());
        let name = question.rule.name();
        writeln!(out, "\n{number:>3}. {code} {}  {}", name.get(ui), ink.quiet(&place))?;
        let mut lines = vec![question.question.get(ui).to_owned()];
        lines.push(format!("{}{}", ui.pick("因：", "because "), question.reason.get(ui)));
        for line in lines.iter().flat_map(|line| wrap(line, width.saturating_sub(5))) {
            writeln!(out, "     {line}")?;
        }
        if question.about.len() > 1 {
            for id in &question.about {
                let shown =
                    format!("{}  {}", title(plan, *id, ui), ink.quiet(plan.tree.node(*id).key.as_str()));
                writeln!(out, "     - {shown}")?;
            }
        }
    }
    write!(out, "{}", scores(plan, scope, report, ui))?;
    write!(out, "{}", waivers(plan, report, ui))?;
    Ok(())
}

/// The counts, in sentences.
fn head(report: &Report, ui: Ui, width: usize) -> String {
    let total = report.commitments.len();
    let whole = report.commitments.iter().filter(|own| own.failed.is_empty()).count();
    let (asked, aside) = (report.questions.len(), report.set_aside);
    let (people, practices) = (report.left_to_people, report.practices);
    let text = ui.pick(
        format!(
            "承诺 {total} 项，其中 {whole} 项满足全部适用规则；提问 {asked} 个，按权重排列。另有：{people} 项留给人判断，{aside} 项已搁置，均不评分；{practices} 项行动只见于报道，不算承诺。"
        ),
        format!(
            "{total} commitments, of which {whole} meet every rule that applies; {asked} questions, the weightiest first. Not scored: {people} left to people, {aside} set aside; {practices} actions are known from reports only and are no commitments."
        ),
    );
    wrap(&text, width).join("\n") + "\n"
}

/// `5/8`, with the rules that are not met.
fn scores(plan: &Plan, scope: Option<NodeId>, report: &Report, ui: Ui) -> String {
    let base = scope.map_or(0, |id| plan.tree.node(id).depth);
    let is_shown = |own: &&Commitment| {
        let node = plan.tree.node(own.node);
        node.metric.is_some() || node.depth <= base + SHOWN_DEPTH
    };
    let shown: Vec<&Commitment> = report.commitments.iter().filter(is_shown).collect();
    if shown.is_empty() {
        return String::new();
    }
    let title_cols = shown.iter().map(|own| cols(&title(plan, own.node, ui))).max().unwrap_or(0).min(60);
    let mut text = format!(
        "\n{}\n",
        ui.pick(
            "得分（满足 / 适用；其后为不满足的规则）",
            "Scores (met / applicable; then the rules not met)"
        )
    );
    for own in &shown {
        let met = own.applicable.len() - own.failed.len();
        let codes = own.failed.iter().map(|rule| rule.code()).collect::<Vec<_>>().join(" ");
        let title = fit(&title(plan, own.node, ui), title_cols);
        let key = &plan.tree.node(own.node).key;
        let line = format!("  {met:>2}/{:<2}  {title}  {codes}", own.applicable.len());
        let _ = writeln!(text, "{}  ({key})", line.trim_end());
    }
    let more = report.commitments.len() - shown.len();
    if more > 0 {
        text += &ui.pick(
            format!("  另有 {more} 项：`plan158 lint ID` 或 --format json\n"),
            format!("  and {more} more: `plan158 lint ID` or --format json\n"),
        );
    }
    text
}

fn waivers(plan: &Plan, report: &Report, ui: Ui) -> String {
    let mut text = String::new();
    let line = |own: &Waived| {
        let rule = one_line(&own.rule).into_owned();
        let rule = if rule == EVERY_RULE {
            ui.pick("全部规则".to_owned(), "every rule".to_owned())
        } else {
            rule
        };
        let (key, reason, count) = (&plan.tree.node(own.node).key, one_line(&own.reason), own.findings);
        ui.pick(
            format!("  {rule}  {key}（{count} 处）：{reason}\n"),
            format!("  {rule}  {key} ({count}): {reason}\n"),
        )
    };
    if !report.waived.is_empty() {
        text += ui.pick("\n已搁置（连同下级）\n", "\nWaived (the node and what is below it)\n");
        text.extend(report.waived.iter().map(line));
    }
    if !report.unknown.is_empty() {
        text += ui.pick("\n搁置了不存在的规则\n", "\nWaivers of rules that do not exist\n");
        text.extend(report.unknown.iter().map(line));
    }
    text
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a str>,
    commitments: Vec<Scored<'a>>,
    questions: Vec<Entry<'a>>,
    waived: Vec<SetAside<'a>>,
    unknown_waivers: Vec<SetAside<'a>>,
    set_aside: usize,
    left_to_people: usize,
    practices: usize,
    rules: Vec<Named>,
}

#[derive(Serialize)]
struct Scored<'a> {
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
struct Entry<'a> {
    rank: usize,
    rule: &'static str,
    weight: i32,
    node: Option<&'a str>,
    nodes: Vec<&'a str>,
    commitments: usize,
    question: &'a Bilingual,
    reason: &'a Bilingual,
}

#[derive(Serialize)]
struct SetAside<'a> {
    node: &'a str,
    rule: String,
    reason: String,
    findings: usize,
}

#[derive(Serialize)]
struct Named {
    code: &'static str,
    name: Bilingual,
    weight: i32,
}

fn json(opened: &Opened, scope: Option<NodeId>, report: &Report, out: &mut Output) -> Result<(), Stop> {
    let plan = opened.plan();
    let aside = |own: &Waived| SetAside {
        node: key(plan, own.node),
        rule: one_line(&own.rule).into_owned(),
        reason: one_line(&own.reason).into_owned(),
        findings: own.findings,
    };
    let answer = Answer {
        id: scope.map(|id| key(plan, id)),
        commitments: report.commitments.iter().map(|own| scored(plan, own)).collect(),
        questions: (1..).zip(&report.questions).map(|(rank, own)| entry(plan, rank, own)).collect(),
        waived: report.waived.iter().map(aside).collect(),
        unknown_waivers: report.unknown.iter().map(aside).collect(),
        set_aside: report.set_aside,
        left_to_people: report.left_to_people,
        practices: report.practices,
        rules: Rule::ALL.map(named).into(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn key(plan: &Plan, id: NodeId) -> &str {
    plan.tree.node(id).key.as_str()
}

fn named(rule: Rule) -> Named {
    Named { code: rule.code(), name: rule.name(), weight: rule.spec().weight }
}

fn codes(rules: &[Rule]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.code()).collect()
}

fn scored<'a>(plan: &'a Plan, own: &Commitment) -> Scored<'a> {
    let node = plan.tree.node(own.node);
    Scored {
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

fn entry<'a>(plan: &'a Plan, rank: usize, own: &'a Question) -> Entry<'a> {
    Entry {
        rank,
        rule: own.rule.code(),
        weight: own.weight,
        node: own.node.map(|id| key(plan, id)),
        nodes: own.about.iter().map(|id| key(plan, *id)).collect(),
        commitments: own.covers,
        question: &own.question,
        reason: &own.reason,
    }
}

/// One line a question, in both languages; RFC 4180 with a byte order mark, so that spreadsheets read the Chinese.
fn csv(plan: &Plan, report: &Report) -> String {
    let mut text =
        "\u{feff}rank,rule,weight,node,nodes,commitments,question_zh,question_en,reason_zh,reason_en\r\n"
            .to_owned();
    for (rank, own) in (1..).zip(&report.questions) {
        let nodes = own.about.iter().map(|id| key(plan, *id)).collect::<Vec<_>>().join(" ");
        let node = own.node.map_or("", |id| key(plan, id));
        let (rule, weight, covers) = (own.rule.code(), own.weight, own.covers);
        let words = [&own.question.zh, &own.question.en, &own.reason.zh, &own.reason.en];
        let words = words.map(|text| quoted(text)).join(",");
        let _ = write!(text, "{rank},{rule},{weight},{node},{nodes},{covers},{words}\r\n");
    }
    text
}

/// A field in quotation marks, which no spreadsheet takes for a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", defused(text).replace('"', "\"\""))
}
