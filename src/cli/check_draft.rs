//! `plan158 check-draft FILE|- [--format human|json|github]`: a text of one's own held against the plan.

use std::io::Write;

use serde::Serialize;

use super::CommandContext;
use super::args::{CheckDraftArgs, DraftForm};
use super::failure::{Exit, Stop};
use super::intake::values_of;
use super::open::{OpenPlan, open};
use super::output::Output;
use super::texts;
use crate::intake::draft::{DraftFinding, DraftVerdict};
use crate::intake::known::KnownValue;
use crate::intake::report::Comparison;
use crate::plan::metric::Moment;
use crate::plan::{NodeId, figure};
use crate::text::Ui;
use crate::text::clean::one_line;

#[derive(Serialize)]
struct DraftAnswer<'f> {
    file: &'f str,
    findings: Vec<FindingEntry>,
}

#[derive(Serialize)]
struct FindingEntry {
    line: usize,
    start: usize,
    end: usize,
    kind: &'static str,
    found: String,
    expected: Option<String>,
    node: Option<String>,
    source: Option<String>,
    as_of: Option<String>,
    ignored: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When the text, the plan or the journal cannot be read, or the result not be written.
pub fn run(context: &CommandContext, out: &mut Output, args: &CheckDraftArgs) -> Result<Exit, Stop> {
    let read = texts::read("check-draft", &args.file, context.ui())?;
    let date = texts::date(args.date.as_deref())?;
    let opened = open(context)?;
    let added = |node: NodeId| values_of(&opened, node);
    let comparison = Comparison::new(opened.plan(), opened.as_of, &added);
    let written = date.map_or_else(|| opened.as_of.day().year(), Moment::year);
    let findings = comparison.check(&read.document, Some(written));
    let differs = findings.iter().any(|finding| finding.verdict.differs() && finding.waived.is_none());
    let told = Told { opened: &opened, ui: context.ui(), file: one_line(&read.name).into_owned() };
    match args.format {
        DraftForm::Json => told.json(&findings, out)?,
        DraftForm::Human => told.human(&findings, out)?,
        DraftForm::Github => told.github(&findings, out)?,
    }
    Ok(if differs { Exit::No } else { Exit::Done })
}

struct Told<'a> {
    opened: &'a OpenPlan,
    ui: Ui,
    file: String,
}

impl Told<'_> {
    fn key(&self, node: NodeId) -> String {
        self.opened.plan().tree.node(node).key.as_str().to_owned()
    }

    /// What the plan says, as it writes it.
    fn expected(&self, finding: &DraftFinding, value: &KnownValue) -> String {
        let plan = self.opened.plan();
        let unit = finding
            .node
            .and_then(|node| plan.tree.node(node).metric.as_deref())
            .map_or("", |metric| metric.unit.get_or_first(self.opened.show.main()).text);
        let number = match value.to {
            Some(to) => format!("{}..{}", figure::number(value.amount, self.ui), figure::number(to, self.ui)),
            None => figure::number(value.amount, self.ui),
        };
        let whole = figure::with_unit(&number, unit, self.ui);
        one_line(&figure::bounded(&whole, value.bound, self.ui)).into_owned()
    }

    fn source(&self, finding: &DraftFinding) -> Option<String> {
        finding.source.map(|source| self.opened.plan().source(source).id.to_string())
    }

    fn json(&self, findings: &[DraftFinding], out: &mut Output) -> Result<(), Stop> {
        let entry = |finding: &DraftFinding| FindingEntry {
            line: finding.line,
            start: finding.span.start,
            end: finding.span.end,
            kind: finding.verdict.word(),
            found: one_line(&finding.found).into_owned(),
            expected: finding.expected.as_ref().map(|value| self.expected(finding, value)),
            node: finding.node.map(|node| self.key(node)),
            source: self.source(finding),
            as_of: finding.expected.as_ref().and_then(KnownValue::last_moment).map(|at| at.to_string()),
            ignored: finding.waived.as_deref().map(|reason| one_line(reason).into_owned()),
        };
        let answer = DraftAnswer { file: &self.file, findings: findings.iter().map(entry).collect() };
        serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
        writeln!(out)?;
        Ok(())
    }

    /// What is wrong in one sentence.
    fn message(&self, finding: &DraftFinding) -> String {
        let ui = self.ui;
        let found = one_line(&finding.found);
        let verdict = finding.verdict.label(ui);
        let known = finding.expected.as_ref().map(|value| {
            let number = self.expected(finding, value);
            let when = figure::when(value.when, ui);
            let source = self
                .source(finding)
                .map_or(String::new(), |source| ui.pick(format!("，{source}"), format!(", {source}")));
            ui.pick(
                format!("；规划为 {number}（{when}{source}）"),
                format!("; the plan has {number} ({when}{source})"),
            )
        });
        let node = finding.node.map_or(String::new(), |node| {
            let this = self.opened.plan().tree.node(node);
            let title = one_line(this.title.get_or_first(self.opened.show.main()).text).into_owned();
            format!(" [{} {title}]", this.key)
        });
        let colon = ui.pick("：", ": ");
        format!("{found}{colon}{verdict}{}{node}", known.unwrap_or_default())
    }

    fn human(&self, findings: &[DraftFinding], out: &mut Output) -> Result<(), Stop> {
        let file = &self.file;
        for finding in findings {
            let (line, column) = (finding.line, finding.span.start + 1);
            writeln!(out, "{file}:{line}:{column}: {}", self.message(finding))?;
            if let Some(reason) = &finding.waived {
                let reason = one_line(reason);
                let said = self.ui.pick(format!("不计：{reason}"), format!("ignored: {reason}"));
                writeln!(out, "    {said}")?;
            }
        }
        let count =
            |is: &dyn Fn(&DraftFinding) -> bool| findings.iter().filter(|finding| is(finding)).count();
        let agrees = count(&|finding| finding.verdict == DraftVerdict::Agrees);
        let differs = count(&|finding| finding.verdict.differs() && finding.waived.is_none());
        let ignored = count(&|finding| finding.verdict.differs() && finding.waived.is_some());
        let unknown = count(&|finding| finding.verdict == DraftVerdict::Unknown);
        let line = self.ui.pick(
            format!("{file}：一致{agrees}处，不一致{differs}处，不计{ignored}处，规划中没有{unknown}处"),
            format!("{file}: {agrees} agree, {differs} differ, {ignored} ignored, {unknown} not in the plan"),
        );
        writeln!(out, "{line}")?;
        Ok(())
    }

    fn github(&self, findings: &[DraftFinding], out: &mut Output) -> Result<(), Stop> {
        for finding in findings.iter().filter(|finding| finding.verdict.differs() && finding.waived.is_none())
        {
            let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
            let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
            writeln!(
                out,
                "::error file={},line={},col={},endColumn={},title={}::{}",
                property(&self.file),
                finding.line,
                finding.span.start + 1,
                finding.span.end + 1,
                property(finding.verdict.word()),
                escaped(&self.message(finding)),
            )?;
        }
        Ok(())
    }
}
