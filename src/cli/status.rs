//! `plan158 status [ID] [--json] [--agreement]`: how things stand below a node: the distribution of states, coverage and the worst; and where
//! authors differ. No averages.

mod agreement;
mod dashboard;

use std::io::Write;

use serde::Serialize;

use self::dashboard::DashboardJson;
use super::Context;
use super::export::scene;
use super::failure::{Exit, Stop};
use super::open::{Opened, open};
use super::output::{Ink, Output, counted};
use super::show::{self, Form};
use crate::export::json::RollupJson;
use crate::page::SectionKind;
use crate::plan::{NodeId, State};
use crate::progress::{Dashboard, Rollup, States};
use crate::text::Ui;
use crate::text::clean::one_line;
use crate::tui::text::{cols, fit};

/// Whether authors' differences are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// They are.
    Asked,
    /// They are only counted.
    Not,
}

#[derive(Serialize)]
struct Answer<'p> {
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
pub fn run(
    context: &Context,
    out: &mut Output,
    id: Option<&str>,
    form: Form,
    agreement: Agreement,
) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let tree = &opened.plan().tree;
    let mut roots = tree.roots();
    let only_root = roots.next().filter(|_| roots.next().is_none());
    let top = match id {
        Some(id) => Some(opened.node(id)?),
        None => only_root,
    };
    match form {
        Form::Json => json(context, &opened, top, (id.is_none(), agreement), out)?,
        Form::Card => {
            let ui = context.ui();
            if id.is_none() {
                let states = opened.states();
                let dashboard = Dashboard::new(&opened.judge(), &states, &opened.journal);
                let mut card = opened.reader(ui).dashboard_card(&dashboard, &states);
                card.sections.retain(|section| section.kind != SectionKind::Rollup); // follows below
                show::print(out, ui, &card)?;
                writeln!(out)?;
            }
            human(&opened, top, agreement, ui, out)?;
        }
    }
    Ok(Exit::Done)
}

fn json(
    context: &Context,
    opened: &Opened,
    top: Option<NodeId>,
    (whole, agreement): (bool, Agreement),
    out: &mut Output,
) -> Result<(), Stop> {
    let scene = scene(context, opened, opened.states());
    let plan = opened.plan();
    let rollup = |id: NodeId| scene.rollup(id).map(|rollup| RollupJson::new(plan, &rollup));
    let tree = &opened.plan().tree;
    let key = |id: NodeId| tree.node(id).key.as_str();
    let answer = Answer {
        id: top.map(key),
        rollup: match top {
            Some(top) => rollup(top),
            None => Some(RollupJson::new(plan, &scene.states.whole())),
        },
        children: tree.below(top).map(|id| Child { id: key(id), rollup: rollup(id) }).collect(),
        agreement: (agreement == Agreement::Asked)
            .then(|| agreement::json(opened, &agreement::look(opened, top))),
        rule: opened.rule.word(),
        as_of: opened.as_of.to_string(),
        dashboard: whole.then(|| dashboard::dashboard(opened, &scene.states)),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn in_scope(opened: &Opened, top: Option<NodeId>) -> impl Iterator<Item = NodeId> {
    let tree = &opened.plan().tree;
    let ids: Box<dyn Iterator<Item = NodeId>> = match top {
        Some(top) => Box::new(tree.subtree(top)),
        None => Box::new(tree.ids()),
    };
    ids
}

/// A node's title in the main language, or its id.
fn title(opened: &Opened, id: NodeId) -> String {
    let node = opened.plan().tree.node(id);
    match node.title.get_or_first(opened.show.main()).text {
        "" => node.key.to_string(),
        text => one_line(text).into_owned(),
    }
}

/// `顺 on-track 3 · 缺 no-data 9`, or with glyphs only.
fn distribution(rollup: &Rollup, ui: Ui, ink: Ink, words: Words) -> String {
    let part = |(state, count): (State, u32)| {
        let text = match words {
            Words::All => format!("{} {} {count}", state.glyph(), state.label(ui)),
            Words::Glyphs => format!("{} {count}", state.glyph()),
        };
        ink.state(&text, state)
    };
    rollup.by_state.iter().map(part).collect::<Vec<_>>().join(" · ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    All,
    Glyphs,
}

fn human(
    opened: &Opened,
    top: Option<NodeId>,
    agreement: Agreement,
    ui: Ui,
    out: &mut Output,
) -> Result<(), Stop> {
    let states = opened.states();
    let ink = out.ink;
    let whole = match top {
        Some(top) => states.rollup(opened.plan(), top),
        None => Some(states.whole()),
    };
    if let Some(top) = top {
        let state = states.of(top);
        let state = ink.state(&format!("{} {}", state.glyph(), state.label(ui)), state);
        writeln!(out, "{}  {state}", ink.strong(&title(opened, top)))?;
    }
    if let Some(rollup) = whole {
        summary(opened, &states, &rollup, ui, out)?;
    }
    let rule = opened.reader(ui).rule_named(opened.rule);
    let line = ui.pick(
        format!("规则：{rule} · 截至 {}", opened.as_of),
        format!("rule: {rule} · as of {}", opened.as_of),
    );
    writeln!(out, "{}", ink.quiet(&line))?;
    children(opened, top, &states, ui, out)?;
    disputes(opened, top, agreement, ui, out)
}

fn summary(opened: &Opened, states: &States, rollup: &Rollup, ui: Ui, out: &mut Output) -> Result<(), Stop> {
    let ink = out.ink;
    let (assessed, leaves) = (rollup.assessed, rollup.leaves);
    writeln!(out, "{}{}", ui.pick("分布：", "states: "), distribution(rollup, ui, ink, Words::All))?;
    writeln!(
        out,
        "{}",
        ui.pick(
            format!("覆盖：{leaves} 项中 {assessed} 项有结论"),
            format!("coverage: {assessed} of {leaves} assessed")
        )
    )?;
    if let Some(worst) = rollup.worst {
        let state = states.of(worst);
        let shown = ink.state(&format!("{} {}", state.glyph(), state.label(ui)), state);
        let key = &opened.plan().tree.node(worst).key;
        writeln!(
            out,
            "{}{shown}  {}  {}",
            ui.pick("最差：", "worst: "),
            title(opened, worst),
            ink.quiet(key.as_str())
        )?;
    }
    Ok(())
}

fn children(
    opened: &Opened,
    top: Option<NodeId>,
    states: &States,
    ui: Ui,
    out: &mut Output,
) -> Result<(), Stop> {
    let tree = &opened.plan().tree;
    let ink = out.ink;
    let rows: Vec<(NodeId, Rollup)> =
        tree.below(top).filter_map(|id| Some((id, states.rollup(opened.plan(), id)?))).collect();
    let width = rows.iter().map(|(id, _)| cols(&title(opened, *id))).max().unwrap_or(0).min(48);
    if !rows.is_empty() {
        writeln!(out)?;
    }
    for (id, rollup) in rows {
        let share = format!("{}/{}", rollup.assessed, rollup.leaves);
        let spread = distribution(&rollup, ui, ink, Words::Glyphs);
        let key = ink.quiet(tree.node(id).key.as_str());
        writeln!(out, "{}  {share:>7}  {key}  {spread}", fit(&title(opened, id), width))?;
    }
    Ok(())
}

fn disputes(
    opened: &Opened,
    top: Option<NodeId>,
    wish: Agreement,
    ui: Ui,
    out: &mut Output,
) -> Result<(), Stop> {
    let found = agreement::look(opened, top);
    let count = agreement::open_count(&found);
    if wish == Agreement::Not {
        if count > 0 {
            let line = ui.pick(
                format!("异 {count} 个节点上作者结论不同；`plan158 status --agreement` 列出"),
                format!(
                    "异 authors differ on {}; `plan158 status --agreement` lists them",
                    counted(count, "node")
                ),
            );
            writeln!(out, "\n{line}")?;
        }
        return Ok(());
    }
    agreement::print(opened, &found, ui, out)
}
