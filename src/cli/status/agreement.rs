//! Where authors agree, as JSON and in words: the list of nodes first, then κ with its n and what to bear in mind.

use std::io::Write;

use serde::Serialize;

use super::super::failure::Stop;
use super::super::open::Opened;
use super::super::output::{Output, counted};
use super::{in_scope, title};
use crate::journal::describe;
use crate::plan::NodeId;
use crate::review::agreement::{
    Agreement, Difference, Given, Kappa, MONTHS_APART, NoKappa, STEPS, Settling, Twice,
};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Ui};

/// The answer of `status --json --agreement`.
#[derive(Serialize)]
pub struct AgreementJson<'p> {
    judged_by_several: usize,
    differing: Vec<Differing<'p>>,
    /// The ordered steps of κ, the worst first.
    scale: Vec<&'static str>,
    pairs: Vec<PairJson>,
    /// Verdicts of one person on one node, so many months apart at least.
    months_apart: i32,
    again: Vec<AgainJson<'p>>,
}

#[derive(Serialize)]
struct Differing<'p> {
    id: &'p str,
    settled: bool,
    settled_by: Option<SettledJson>,
    authors: Vec<GivenJson>,
}

#[derive(Serialize)]
struct SettledJson {
    by: String,
    at: String,
    reason: Option<Box<str>>,
}

#[derive(Serialize)]
struct GivenJson {
    by: String,
    status: &'static str,
    at: String,
    reason: Option<Box<str>>,
}

#[derive(Serialize)]
struct KappaJson {
    n: usize,
    same: usize,
    left_out: usize,
    kappa: Option<f64>,
    /// Why there is none, else what to bear in mind.
    note: Bilingual,
}

#[derive(Serialize)]
struct PairJson {
    authors: [String; 2],
    #[serde(flatten)]
    kappa: KappaJson,
}

#[derive(Serialize)]
struct AgainJson<'p> {
    by: String,
    #[serde(flatten)]
    kappa: KappaJson,
    changed: Vec<TwiceJson<'p>>,
}

#[derive(Serialize)]
struct TwiceJson<'p> {
    id: &'p str,
    before: GivenJson,
    now: GivenJson,
}

fn given(own: &Given) -> GivenJson {
    GivenJson {
        by: own.by.to_string(),
        status: own.status.word(),
        at: own.at.to_string(),
        reason: own.reason.clone(),
    }
}

fn kappa(own: &Kappa) -> KappaJson {
    let note = own.value.err().map_or_else(|| own.caveat(), NoKappa::said);
    KappaJson { n: own.n, same: own.same, left_out: own.left_out, kappa: own.value.ok(), note }
}

/// Looks at a node and what is below it, or at everything.
pub fn look(opened: &Opened, top: Option<NodeId>) -> Agreement {
    Agreement::new(opened.plan(), &opened.journal, in_scope(opened, top))
}

/// On how many nodes authors differ and nobody settled it.
pub fn open_count(found: &Agreement) -> usize {
    found.differing.iter().filter(|one| one.settling == Settling::Open).count()
}

/// As JSON.
pub fn json<'p>(opened: &'p Opened, found: &Agreement) -> AgreementJson<'p> {
    let key = |node: NodeId| opened.plan().tree.node(node).key.as_str();
    let differing = |one: &Difference| Differing {
        id: key(one.node),
        settled: one.settling != Settling::Open,
        settled_by: match &one.settling {
            Settling::Open => None,
            Settling::Settled { by, at, reason } => {
                Some(SettledJson { by: by.to_string(), at: at.to_string(), reason: reason.clone() })
            }
        },
        authors: one.verdicts.iter().map(given).collect(),
    };
    let twice =
        |own: &Twice| TwiceJson { id: key(own.node), before: given(&own.before), now: given(&own.now) };
    let pairs = found.pairs.iter();
    let again = found.again.iter();
    AgreementJson {
        judged_by_several: found.judged_by_several,
        differing: found.differing.iter().map(differing).collect(),
        scale: STEPS.iter().map(|state| state.word()).collect(),
        pairs: pairs
            .map(|pair| PairJson {
                authors: [pair.one.to_string(), pair.other.to_string()],
                kappa: kappa(&pair.kappa),
            })
            .collect(),
        months_apart: MONTHS_APART,
        again: again
            .map(|own| AgainJson {
                by: own.by.to_string(),
                kappa: kappa(&own.kappa),
                changed: own.changed.iter().map(twice).collect(),
            })
            .collect(),
    }
}

/// In words.
pub fn print(opened: &Opened, found: &Agreement, ui: Ui, out: &mut Output) -> Result<(), Stop> {
    let (several, differing) = (found.judged_by_several, found.differing.len());
    let line = ui.pick(
        format!("多人判断的节点 {several} 个，结论不同 {differing} 个"),
        format!("{} judged by several authors, {differing} differently", counted(several, "node")),
    );
    writeln!(out, "\n{line}")?;
    for one in &found.differing {
        difference(opened, one, ui, out)?;
    }
    if !found.pairs.is_empty() {
        let steps: Vec<&str> = STEPS.iter().map(|state| state.glyph()).collect();
        let (zh, en) = (steps.join("＜"), steps.join(" < "));
        let head = ui.pick(
            format!("\n两人一致程度（加权 κ，量级 {zh}；未、止、证不计）"),
            format!("\nagreement of pairs (weighted κ on {en}; 未, 止, 证 are left out)"),
        );
        writeln!(out, "{head}")?;
    }
    for pair in &found.pairs {
        let names = format!("{} – {}", one_line(pair.one.as_str()), one_line(pair.other.as_str()));
        writeln!(out, "  {names}  {}", told(&pair.kappa, ui))?;
    }
    if !found.again.is_empty() {
        let head = ui.pick(
            format!("\n同一人相隔 {MONTHS_APART} 个月以上的结论"),
            format!("\nverdicts of one person, {MONTHS_APART} months or more apart"),
        );
        writeln!(out, "{head}")?;
    }
    for own in &found.again {
        writeln!(out, "  {}  {}", one_line(own.by.as_str()), told(&own.kappa, ui))?;
        for twice in &own.changed {
            let (before, now) = (&twice.before, &twice.now);
            let (from, to) = (describe::state(before.status, ui), describe::state(now.status, ui));
            let (then, today) = (before.at.day(), now.at.day());
            let key = out.ink.quiet(opened.plan().tree.node(twice.node).key.as_str());
            writeln!(out, "    {}  {key}  {from} ({then}) → {to} ({today})", title(opened, twice.node))?;
        }
    }
    Ok(())
}

fn difference(opened: &Opened, one: &Difference, ui: Ui, out: &mut Output) -> Result<(), Stop> {
    let key = &opened.plan().tree.node(one.node).key;
    let settled = if one.settling == Settling::Open { "" } else { ui.pick("（已解决）", " (settled)") };
    writeln!(out, "{}  {}{settled}", title(opened, one.node), out.ink.quiet(key.as_str()))?;
    for said in &one.verdicts {
        let reason = said.reason.as_deref().map(|reason| format!("  {}", one_line(reason)));
        let (by, state) = (one_line(said.by.as_str()), describe::state(said.status, ui));
        writeln!(out, "  {by}  {state}{}", reason.unwrap_or_default())?;
    }
    if let Settling::Settled { by, at, reason } = &one.settling {
        let (by, day) = (one_line(by.as_str()), at.day());
        let reason = one_line(reason.as_deref().unwrap_or_default());
        writeln!(out, "  {}{by} {day}  {reason}", ui.pick("解决：", "settled: "))?;
    }
    Ok(())
}

/// κ with its n, the nodes left out, and its caveat or why there is none.
fn told(kappa: &Kappa, ui: Ui) -> String {
    let (n, same, out) = (kappa.n, kappa.same, kappa.left_out);
    let counts = ui.pick(
        format!("n = {n}，相同 {same}，不计 {out}"),
        format!("n = {n}, {same} the same, {out} left out"),
    );
    match kappa.value {
        Ok(value) => {
            let caveat = kappa.caveat();
            format!("κ = {value:.2}  {counts}  {}", caveat.get(ui))
        }
        Err(none) => format!("κ —  {counts}  {}", none.said().get(ui)),
    }
}
