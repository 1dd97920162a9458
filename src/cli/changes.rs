//! `plan158 changes --from DATE [--to DATE] [ID] [--json]`: what became known, and which states and verdicts
//! changed between two days.

use std::io::Write;

use jiff::tz::TimeZone;
use serde_json::{Value as Json, json};

use super::CommandContext;
use super::args::ChangesArgs;
use super::failure::{Exit, Failure, Stop};
use super::open::{OpenPlan, open};
use super::output::Output;
use super::show::{self, FILE_COLS};
use crate::journal::Author;
use crate::journal::fold::FoldLimit;
use crate::page::PageReader;
use crate::page::ValueEntry;
use crate::page::changes::{KnownOn, NodeDelta, changes_between};
use crate::plan::as_of::AsOf;
use crate::plan::{NodeId, State, figure};
use crate::text::counted;
use crate::text::{Bilingual, Ui, clean::one_line};

/// Runs the command.
///
/// # Errors
/// When the plan or the journal cannot be opened, a date is not valid, the id is unknown, or the result
/// cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, args: &ChangesArgs) -> Result<Exit, Stop> {
    let from = moment("--from", &args.from)?;
    let opened = open(context)?;
    let to = match &args.to {
        Some(to) => moment("--to", to)?,
        // Named, so that what is dated later is not known yet.
        None if !opened.as_of.is_named() => AsOf::on(opened.as_of.day()).ending_in(&TimeZone::system()),
        None => opened.as_of,
    };
    if to.day() < from.day() {
        return Err(backwards(from, to).into());
    }
    let scope = args.id.as_deref().map(|id| opened.node(id)).transpose()?;
    let ui = context.ui();
    let (plan, journal) = (opened.plan(), &opened.journal);
    let [was, now] = [from, to].map(|as_of| journal.fold_at(plan, FoldLimit { as_of, through: None }));
    let reader = |as_of| PageReader { as_of, ..opened.reader(ui) };
    let tree = &plan.tree;
    let nodes: Box<dyn Iterator<Item = NodeId>> = match scope {
        Some(top) => Box::new(tree.subtree(top)),
        None => Box::new(tree.ids()),
    };
    let (was, now) =
        (KnownOn { reader: reader(from), fold: &was }, KnownOn { reader: reader(to), fold: &now });
    let changes = changes_between(was, now, nodes);
    if args.json {
        let nodes: Vec<Json> = changes.iter().map(|own| entry(&opened, own)).collect();
        let answer = json!({"from": from.to_string(), "to": to.to_string(), "id": args.id, "nodes": nodes});
        serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        let head = ui.pick(
            format!("{from} 至 {to} 的变化：{}个节点", changes.len()),
            format!("Changes from {from} to {to}: {}", counted(changes.len(), "node")),
        );
        writeln!(out, "{head}\n")?;
        show::print_blocks(out, ui, &now.reader.changes_page(&changes), FILE_COLS)?;
    }
    Ok(if changes.is_empty() { Exit::No } else { Exit::Done })
}

fn moment(flag: &str, text: &str) -> Result<AsOf, Failure> {
    AsOf::parse(text).map(|as_of| as_of.ending_in(&TimeZone::system())).ok_or_else(|| {
        let text = one_line(text);
        Failure::usage(
            Bilingual::new(
                format!("{flag} 的值 {text} 不是日期"),
                format!("{flag} takes a date, not {text}"),
            ),
            Bilingual::new("写作 2025-10-20", "write 2025-10-20"),
        )
    })
}

fn backwards(from: AsOf, to: AsOf) -> Failure {
    Failure::usage(
        Bilingual::new(format!("--to {to} 早于 --from {from}"), format!("--to {to} is before --from {from}")),
        Bilingual::new("把两个日期对调", "give the earlier day to --from"),
    )
}

fn entry(opened: &OpenPlan, own: &NodeDelta<'_>) -> Json {
    let plan = opened.plan();
    let word = |state: State| if state == State::NotJudged { Json::Null } else { state.word().into() };
    let verdicts = own.verdicts.iter().map(
        |(by, was, now)| json!({"by": by.as_str(), "was": was.map(State::word), "now": now.map(State::word)}),
    );
    let value = |value: &ValueEntry<'_>| {
        let (number, to) = value.numbers();
        let source = value.source(plan).map(one_line);
        json!({
            "kind": value.kind.word(), "when": figure::when(value.value.when, Ui::En),
            "value": number.map(|number| number.to_string()), "to": to.map(|to| to.to_string()),
            "bound": value.value.bound.word(), "source": source, "by": value.by().map(Author::as_str),
        })
    };
    json!({
        "id": plan.tree.node(own.node).key.as_str(),
        "state": own.state.map(|(was, now)| json!({"was": word(was), "now": word(now)})),
        "values": own.values.iter().map(value).collect::<Vec<_>>(),
        "verdicts": verdicts.collect::<Vec<_>>(),
    })
}
