//! Where authors agree, as JSON: the list of nodes first, then coefficients with their n and the cautions
//! that go with them.

use serde::Serialize;

use super::super::open::OpenPlan;
use super::in_scope;
use crate::export::json::rounded;
use crate::plan::NodeId;
use crate::progress::agreement::{
    Agreement, Coefficient, Disagreement, GivenVerdict, MONTHS_APART, Measures, RepeatedVerdict, STEPS,
    Settling,
};
use crate::text::Bilingual;

/// The answer of `status --json --agreement`.
#[derive(Serialize)]
pub struct AgreementJson<'p> {
    judged_by_several: usize,
    differing: Vec<Differing<'p>>,
    /// The ordered steps of the coefficients, the worst first.
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
struct MeasuresJson {
    judged: usize,
    alike: usize,
    n: usize,
    same: usize,
    left_out: usize,
    kappa: Option<f64>,
    kappa_interval: Option<[f64; 2]>,
    alpha: Option<f64>,
    alpha_interval: Option<[f64; 2]>,
    ac2: Option<f64>,
    ac2_interval: Option<[f64; 2]>,
    /// A caution, or why there is no coefficient.
    note: Bilingual,
}

#[derive(Serialize)]
struct PairJson {
    authors: [String; 2],
    #[serde(flatten)]
    measures: MeasuresJson,
}

#[derive(Serialize)]
struct AgainJson<'p> {
    by: String,
    #[serde(flatten)]
    measures: MeasuresJson,
    changed: Vec<TwiceJson<'p>>,
}

#[derive(Serialize)]
struct TwiceJson<'p> {
    id: &'p str,
    before: GivenJson,
    now: GivenJson,
}

fn given(own: &GivenVerdict) -> GivenJson {
    GivenJson {
        by: own.by.to_string(),
        status: own.status.word(),
        at: own.at.to_string(),
        reason: own.reason.clone(),
    }
}

fn measures(own: &Measures) -> MeasuresJson {
    let interval = |one: Coefficient| one.interval.map(|(low, high)| [rounded(low), rounded(high)]);
    let value = |one: Coefficient| one.value.ok().map(rounded);
    MeasuresJson {
        judged: own.judged,
        alike: own.alike,
        n: own.n,
        same: own.same,
        left_out: own.left_out,
        kappa: value(own.kappa),
        kappa_interval: interval(own.kappa),
        alpha: value(own.alpha),
        alpha_interval: interval(own.alpha),
        ac2: value(own.ac2),
        ac2_interval: interval(own.ac2),
        note: own.caveat(),
    }
}

/// Looks at a node and what is below it, or at everything.
pub fn look(opened: &OpenPlan, top: Option<NodeId>) -> Agreement {
    Agreement::new(opened.plan(), &opened.journal, in_scope(opened, top))
}

/// On how many nodes authors differ and nobody settled it.
pub fn open_count(found: &Agreement) -> usize {
    found.differing.iter().filter(|one| one.settling == Settling::Open).count()
}

pub fn json<'p>(opened: &'p OpenPlan, found: &Agreement) -> AgreementJson<'p> {
    let key = |node: NodeId| opened.plan().tree.node(node).key.as_str();
    let differing = |one: &Disagreement| Differing {
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
    let twice = |own: &RepeatedVerdict| TwiceJson {
        id: key(own.node),
        before: given(&own.before),
        now: given(&own.now),
    };
    let pairs = found.pairs.iter();
    let again = found.again.iter();
    AgreementJson {
        judged_by_several: found.judged_by_several,
        differing: found.differing.iter().map(differing).collect(),
        scale: STEPS.iter().map(|state| state.word()).collect(),
        pairs: pairs
            .map(|pair| PairJson {
                authors: [pair.one.to_string(), pair.other.to_string()],
                measures: measures(&pair.measures),
            })
            .collect(),
        months_apart: MONTHS_APART,
        again: again
            .map(|own| AgainJson {
                by: own.by.to_string(),
                measures: measures(&own.measures),
                changed: own.changed.iter().map(twice).collect(),
            })
            .collect(),
    }
}
