//! `plan158 status [ID] [--json] [--agreement|--reading]`: how things stand below a node: the distribution of states,
//! coverage and the worst; and where authors differ. No averages.

mod agreement;
mod dashboard;
mod reading;

use std::io::Write;

use serde::Serialize;

use self::dashboard::DashboardJson;
use super::CommandContext;
use super::args::StatusArgs;
use super::export::scene;
use super::failure::{Exit, Stop};
use super::open::{OpenPlan, open};
use super::output::Output;
use super::show::{self, ShowForm};
use crate::export::json::RollupJson;
use crate::plan::NodeId;
use crate::progress::Dashboard;
use crate::text::Ui;

/// Whether authors' differences are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AgreementListing {
    Asked,
    /// They are only counted.
    Not,
}

#[derive(Serialize)]
struct StatusAnswer<'p> {
    id: Option<&'p str>,
    rollup: Option<RollupJson<'p>>,
    children: Vec<Child<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreement: Option<agreement::AgreementJson<'p>>,
    rule: &'static str,
    as_of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dashboard: Option<DashboardJson<'p>>,
}

#[derive(Serialize)]
struct Child<'p> {
    id: &'p str,
    rollup: Option<RollupJson<'p>>,
}

/// Runs the command.
///
/// # Errors
/// When the plan or the journal cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, args: &StatusArgs) -> Result<Exit, Stop> {
    let id = args.id.as_deref();
    let form = if args.json { ShowForm::Json } else { ShowForm::Card };
    if args.reading {
        return run_reading(context, out, form);
    }
    let agreement = if args.agreement { AgreementListing::Asked } else { AgreementListing::Not };
    let opened = open(context)?;
    let tree = &opened.plan().tree;
    let mut roots = tree.roots();
    let only_root = roots.next().filter(|_| roots.next().is_none());
    let top = match id {
        Some(id) => Some(opened.node(id)?),
        None => only_root,
    };
    match form {
        ShowForm::Json => json(context, &opened, top, (id.is_none(), agreement), out)?,
        ShowForm::Card => human(&opened, (id, top), agreement, context.ui(), out)?,
    }
    Ok(Exit::Done)
}

/// What was read of the plan's own document.
fn run_reading(context: &CommandContext, out: &mut Output, form: ShowForm) -> Result<Exit, Stop> {
    let opened = open(context)?;
    match form {
        ShowForm::Json => {
            serde_json::to_writer_pretty(&mut *out, &reading::json(opened.plan()))
                .map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        ShowForm::Card => {
            let ui = context.ui();
            show::print_blocks(out, ui, &opened.reader(ui).reading_page(), show::FILE_COLS)?;
        }
    }
    Ok(Exit::Done)
}

fn json(
    context: &CommandContext,
    opened: &OpenPlan,
    top: Option<NodeId>,
    (whole, agreement): (bool, AgreementListing),
    out: &mut Output,
) -> Result<(), Stop> {
    let scene = scene(context, opened, opened.states());
    let plan = opened.plan();
    let rollup = |id: NodeId| scene.rollup(id).map(|rollup| RollupJson::new(plan, &rollup));
    let tree = &opened.plan().tree;
    let key = |id: NodeId| tree.node(id).key.as_str();
    let answer = StatusAnswer {
        id: top.map(key),
        rollup: match top {
            Some(top) => rollup(top),
            None => Some(RollupJson::new(plan, &scene.states.whole())),
        },
        children: tree
            .next_level(top)
            .into_iter()
            .map(|id| Child { id: key(id), rollup: rollup(id) })
            .collect(),
        agreement: (agreement == AgreementListing::Asked)
            .then(|| agreement::json(opened, &agreement::look(opened, top))),
        rule: opened.rule.word(),
        as_of: opened.as_of.to_string(),
        dashboard: whole.then(|| dashboard::dashboard(opened, &scene.states)),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn in_scope(opened: &OpenPlan, top: Option<NodeId>) -> impl Iterator<Item = NodeId> {
    let tree = &opened.plan().tree;
    let ids: Box<dyn Iterator<Item = NodeId>> = match top {
        Some(top) => Box::new(tree.subtree(top)),
        None => Box::new(tree.ids()),
    };
    ids
}

/// What is known of one node or of everything, then of each below it, and where authors differ.
fn human(
    opened: &OpenPlan,
    (id, top): (Option<&str>, Option<NodeId>),
    wish: AgreementListing,
    ui: Ui,
    out: &mut Output,
) -> Result<(), Stop> {
    let (reader, states) = (opened.reader(ui), opened.states());
    match top.filter(|_| id.is_some()) {
        Some(top) => show::print(out, ui, &reader.status_page(top, &states))?,
        None => {
            let dashboard = Dashboard::new(&opened.judge(), &states, &opened.journal);
            show::print(out, ui, &reader.dashboard_page(&dashboard, &states))?;
        }
    }
    writeln!(out)?;
    let found = agreement::look(opened, top);
    let mut blocks = Vec::new();
    // The plan's only root is no row of the table.
    blocks.extend(top.filter(|_| id.is_none()).map(|top| reader.stands_as(top, &states)));
    blocks.extend(reader.below(top, &states));
    match wish {
        AgreementListing::Asked => blocks.extend(reader.agreement(&found)),
        AgreementListing::Not => blocks.extend(reader.disputes(agreement::open_count(&found))),
    }
    show::print_blocks(out, ui, &blocks, usize::MAX / 2)
}
