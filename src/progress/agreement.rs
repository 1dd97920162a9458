//! Where reviewers agree: the nodes on which current verdicts differ, first of all; then each pair of authors
//! with raw agreement and three coefficients; and what one and the same person said months apart.
//!
//! A coefficient is one number about habits; the list of nodes is what can be talked over, and stands first.

mod coefficient;

use std::collections::BTreeMap;

use jiff::Span;

use crate::journal::{Annotations, Author, Event, Fold, Journal, ZonedInstant};
use crate::plan::{NodeId, Plan, State};
use crate::text::Bilingual;

pub use coefficient::{Coefficient, FEW_FOR_INTERVAL, NoCoefficient};

/// The ordered steps, the worst first. Not started, dropped and too little evidence are no steps of it and
/// are left out of the coefficients.
pub const STEPS: [State; 5] =
    [State::Regressing, State::Limited, State::NeedsAcceleration, State::OnTrack, State::Achieved];

/// So many months lie between two verdicts of one person that are compared.
pub const MONTHS_APART: i32 = 3;

/// Where one step makes up so much of what both gave, κ and α say little.
const LOPSIDED: f64 = 0.8;

/// A verdict with who gave it when.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenVerdict {
    /// The author of the verdict.
    pub by: Author,
    /// The state that was given.
    pub status: State,
    /// When it was given.
    pub at: ZonedInstant,
    /// The author's grounds, where any were given.
    pub reason: Option<Box<str>>,
}

/// Whether a disagreement was talked over.
#[derive(Clone, Debug, PartialEq)]
pub enum Settling {
    /// It was not, or verdicts came after it.
    Open,
    /// Somebody recorded that it was settled.
    Settled {
        /// The author of that record.
        by: Author,
        /// When it was recorded.
        at: ZonedInstant,
        /// How it was settled, in that author's words.
        reason: Option<Box<str>>,
    },
}

/// A node on which current verdicts differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The node on which the verdicts differ.
    pub node: NodeId,
    /// Everybody's current verdict.
    pub verdicts: Vec<GivenVerdict>,
    /// Whether somebody recorded that it was settled, and whether that still holds.
    pub settling: Settling,
}

/// How well two authors agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// The number of nodes judged by both, n of every coefficient.
    pub judged: usize,
    /// Of these, nodes on which both gave the same verdict, whichever of the eight.
    pub alike: usize,
    /// Nodes on which both gave a step of the scale: those of the coefficients.
    pub n: usize,
    /// Of these, nodes on which both gave the same.
    pub same: usize,
    /// Nodes that both judged, at least one of them outside the scale.
    pub left_out: usize,
    /// Cohen's κ with linear weights.
    pub kappa: Coefficient,
    /// Krippendorff's α for ordered values.
    pub alpha: Coefficient,
    /// Gwet's AC2 with ordinal weights.
    pub ac2: Coefficient,
    /// One step makes up most of what both gave.
    pub lopsided: bool,
}

/// Two authors who judged some of the same nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthorPair {
    /// The one whose name sorts first.
    pub one: Author,
    /// The second author; the order of the two carries no meaning.
    pub other: Author,
    /// How well they agree.
    pub measures: Measures,
}

/// One person's verdicts on one node, months apart.
#[derive(Clone, Debug, PartialEq)]
pub struct RepeatedVerdict {
    /// The node that was judged twice.
    pub node: NodeId,
    /// The latest of those given [`MONTHS_APART`] or more before.
    pub before: GivenVerdict,
    /// The verdict that holds.
    pub now: GivenVerdict,
}

/// How far one person agrees with their own earlier verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct SelfAgreement {
    /// The author whose verdicts are compared with their own earlier ones.
    pub by: Author,
    /// Nodes on which the two differ, in reading order.
    pub changed: Vec<RepeatedVerdict>,
    /// How well both agree.
    pub measures: Measures,
}

/// Everything about agreement on some nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Nodes that two or more authors judge.
    pub judged_by_several: usize,
    /// Where they differ: those not settled first, each in reading order.
    pub differing: Vec<Disagreement>,
    /// Pairs of authors who judged a node both, by name.
    pub pairs: Vec<AuthorPair>,
    /// People who judged a node again months later, by name.
    pub again: Vec<SelfAgreement>,
}

impl Agreement {
    /// Looks at some nodes, in reading order.
    pub fn new(plan: &Plan, journal: &Journal, nodes: impl IntoIterator<Item = NodeId>) -> Self {
        let mut found =
            Self { judged_by_several: 0, differing: Vec::new(), pairs: Vec::new(), again: Vec::new() };
        let mut pairs: BTreeMap<(Author, Author), Vec<(State, State)>> = BTreeMap::new();
        let mut twice: BTreeMap<Author, Vec<RepeatedVerdict>> = BTreeMap::new();
        for node in nodes.into_iter().filter(|node| node.index() < plan.tree.count()) {
            let Some(said) = journal.annotations(node) else { continue };
            let verdicts = current(said);
            found.judged_by_several += usize::from(verdicts.len() > 1);
            for (at, one) in verdicts.iter().enumerate() {
                for other in &verdicts[at + 1..] {
                    let (one, other) = if one.by <= other.by { (one, other) } else { (other, one) };
                    let both = pairs.entry((one.by.clone(), other.by.clone())).or_default();
                    both.push((one.status, other.status));
                }
            }
            for own in said_again(journal, node) {
                twice.entry(own.now.by.clone()).or_default().push(own);
            }
            if said.differs() {
                let settling = settling(journal, node, said);
                found.differing.push(Disagreement { node, verdicts, settling });
            }
        }
        found.differing.sort_by_key(|one| (one.settling != Settling::Open, one.node));
        let pair =
            |((one, other), both): (_, Vec<_>)| AuthorPair { one, other, measures: Measures::of(&both) };
        found.pairs = pairs.into_iter().map(pair).collect();
        found.again = twice.into_iter().map(again).collect();
        found
    }
}

fn again((by, all): (Author, Vec<RepeatedVerdict>)) -> SelfAgreement {
    let both: Vec<(State, State)> = all.iter().map(|own| (own.before.status, own.now.status)).collect();
    let changed = all.into_iter().filter(|own| own.before.status != own.now.status).collect();
    SelfAgreement { by, changed, measures: Measures::of(&both) }
}

fn current(said: &Annotations) -> Vec<GivenVerdict> {
    let given = said.authors().filter_map(|author| Some((author, author.verdict.as_ref()?)));
    let given = given.map(|(author, verdict)| GivenVerdict {
        by: author.by.clone(),
        status: verdict.status,
        at: verdict.at,
        reason: verdict.reason.clone(),
    });
    given.collect()
}

/// Events on a node that hold, oldest first, with who and when.
fn events<'j>(
    fold: &'j Fold,
    journal: &'j Journal,
    node: NodeId,
) -> impl Iterator<Item = (&'j Author, ZonedInstant, &'j Event)> {
    let records = fold.home(node).map_or(&[][..], |home| &home.records);
    let holding = records.iter().filter(|index| fold.is_effective(**index));
    holding.flat_map(move |index| {
        let record = journal.record(*index);
        let own = record.events.iter().enumerate().filter(move |(at, _)| {
            fold.home_at(journal.book(), *index, *at).is_some_and(|home| home.node == Some(node))
        });
        own.map(|(_, event)| (&record.by, record.at, event))
    })
}

fn settling(journal: &Journal, node: NodeId, said: &Annotations) -> Settling {
    if said.is_disputed() {
        return Settling::Open;
    }
    let last = events(journal.fold(), journal, node).filter_map(|(by, at, event)| match event {
        Event::Settled { reason, .. } => {
            Some(Settling::Settled { by: by.clone(), at, reason: reason.clone() })
        }
        _ => None,
    });
    last.last().unwrap_or(Settling::Open)
}

/// For each author with a current verdict on a node, that and the latest one given months before it.
fn said_again(journal: &Journal, node: NodeId) -> Vec<RepeatedVerdict> {
    let mut by_author: BTreeMap<&Author, Vec<GivenVerdict>> = BTreeMap::new();
    for (by, at, event) in events(journal.fold(), journal, node) {
        let Event::Status { status, reason, .. } = event else { continue };
        let own = by_author.entry(by).or_default();
        match status {
            Some(status) => {
                own.push(GivenVerdict { by: by.clone(), status: *status, at, reason: reason.clone() });
            }
            None => own.clear(),
        }
    }
    let pair = |mut own: Vec<GivenVerdict>| {
        let now = own.pop()?;
        let long_before = |one: &GivenVerdict| {
            let by = one.at.day().checked_add(Span::new().months(MONTHS_APART));
            by.is_ok_and(|by| by <= now.at.day())
        };
        let before = own.into_iter().rev().find(long_before)?;
        Some(RepeatedVerdict { node, before, now })
    };
    by_author.into_values().filter_map(pair).collect()
}

impl Measures {
    /// Of what two said of the same nodes.
    pub fn of(both: &[(State, State)]) -> Self {
        let step = |state: State| STEPS.iter().position(|step| *step == state);
        let on_scale: Vec<(usize, usize)> =
            both.iter().filter_map(|(one, other)| Some((step(*one)?, step(*other)?))).collect();
        let same = on_scale.iter().filter(|(one, other)| one == other).count();
        let given = |step: usize| {
            on_scale
                .iter()
                .map(|(one, other)| usize::from(*one == step) + usize::from(*other == step))
                .sum::<usize>()
        };
        let most = (0..STEPS.len()).map(given).max().unwrap_or(0);
        Self {
            judged: both.len(),
            alike: both.iter().filter(|(one, other)| one == other).count(),
            n: on_scale.len(),
            same,
            left_out: both.len() - on_scale.len(),
            kappa: coefficient::with_interval(&on_scale, coefficient::weighted_kappa),
            alpha: coefficient::with_interval(&on_scale, coefficient::ordinal_alpha),
            ac2: coefficient::with_interval(&on_scale, coefficient::ac2),
            lopsided: most as f64 > LOPSIDED * 2.0 * on_scale.len() as f64,
        }
    }

    /// Every coefficient with its sign, in the order in which they are shown.
    pub fn coefficients(&self) -> [(&'static str, Coefficient); 3] {
        [("κ", self.kappa), ("α", self.alpha), ("AC2", self.ac2)]
    }

    /// Raw agreement over all eight verdicts.
    pub fn raw(&self) -> Bilingual {
        let (alike, judged) = (self.alike, self.judged);
        Bilingual::new(format!("原始一致{alike}/{judged}"), format!("the same on {alike} of {judged}"))
    }

    /// The coefficients, each with its interval where it has one.
    pub fn coefficients_said(&self) -> Bilingual {
        let one = |(sign, coefficient): (&str, Coefficient)| match (coefficient.value, coefficient.interval) {
            (Ok(value), Some((low, high))) => format!("{sign} = {value:.2} [{low:.2}, {high:.2}]"),
            (Ok(value), None) => format!("{sign} = {value:.2}"),
            (Err(_), _) => format!("{sign} —"),
        };
        let all = self.coefficients().map(one).join(" · ");
        Bilingual::new(all.clone(), all)
    }

    /// Over how many nodes the coefficients are, and how many were left out.
    pub fn counts(&self) -> Bilingual {
        let (n, out) = (self.n, self.left_out);
        Bilingual::new(format!("n = {n}，不计{out}"), format!("n = {n}, {out} left out"))
    }

    /// Cautions on the coefficients, and which of them to trust.
    pub fn caveat(&self) -> Bilingual {
        if let Err(NoCoefficient::NothingInCommon) = self.kappa.value {
            return NoCoefficient::NothingInCommon.said();
        }
        if self.lopsided || self.kappa.value.is_err() {
            return Bilingual::new(
                "结论几乎都是同一级：κ 和 α 会很低或没有，看原始一致和 AC2",
                "nearly all verdicts are one step: κ and α fall low or have no value there; trust the raw agreement and AC2",
            );
        }
        if self.n < FEW_FOR_INTERVAL {
            let n = self.n;
            return Bilingual::new(
                format!("仅{n}个节点，偶然性大，不给区间"),
                format!("on {n} only, chance moves them a lot; no interval is given"),
            );
        }
        Bilingual::new(
            "系数随结论的分布而变，不宜跨组比较；方括号内为重抽样的95%区间",
            "coefficients depend on how verdicts are spread: do not compare them across groups; in brackets where 95% of resamples lie",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    use State::{
        Achieved, Dropped, InsufficientEvidence, Limited, NeedsAcceleration, NotStarted, OnTrack, Regressing,
    };

    /// Every value is worked out by hand: 1 − n·Σd / ΣΣ d·row·column, d the distance in steps.
    #[rstest]
    // Observed: 1 + 0. Chance: rows 顺 1 微 1, columns 成 1 微 1: 顺成 1, 顺微 2, 微成 3, 微微 0 = 6. 1 − 2·1/6.
    #[case(&[(OnTrack, Achieved), (Limited, Limited)], Ok(2.0 / 3.0))]
    #[case(&[(OnTrack, OnTrack), (Limited, Limited)], Ok(1.0))]
    // Crossed: said 2 + 2 = 4; chance 顺顺 0, 顺微 2, 微顺 2, 微微 0 = 4. 1 − 2·4/4.
    #[case(&[(OnTrack, Limited), (Limited, OnTrack)], Ok(-1.0))]
    // One always says 顺, the other 顺 and 缓: said 1; chance 顺 2 × (顺 1 at 0, 缓 1 at 1) = 2. 1 − 2·1/2.
    #[case(&[(OnTrack, OnTrack), (OnTrack, NeedsAcceleration)], Ok(0.0))]
    // Four nodes: 退退, 微缓, 缓缓, 成顺. Observed 0+1+0+1 = 2. Rows 退1 微1 缓1 成1 (0,1,2,4), columns 退1 缓2 顺1
    // (0,2,2,3): from 0: 0+2+2+3 = 7; from 1: 1+1+1+2 = 5; from 2: 2+0+0+1 = 3; from 4: 4+2+2+1 = 9; together 24. 1 − 4·2/24.
    #[case(
        &[(Regressing, Regressing), (Limited, NeedsAcceleration), (NeedsAcceleration, NeedsAcceleration), (Achieved, OnTrack)],
        Ok(2.0 / 3.0)
    )]
    #[case(&[], Err(NoCoefficient::NothingInCommon))]
    #[case(&[(NotStarted, OnTrack), (Dropped, Dropped), (Limited, InsufficientEvidence)], Err(NoCoefficient::NothingInCommon))]
    #[case(&[(OnTrack, OnTrack), (OnTrack, OnTrack)], Err(NoCoefficient::NoVariation))]
    #[case(&[(Achieved, Achieved)], Err(NoCoefficient::NoVariation))]
    // One node, two verdicts: said 1, chance 1·1·1 = 1. 1 − 1·1/1.
    #[case(&[(OnTrack, Achieved)], Ok(0.0))]
    fn kappa_is_as_worked_out_by_hand(
        #[case] both: &[(State, State)],
        #[case] expected: Result<f64, NoCoefficient>,
    ) {
        let turned: Vec<(State, State)> = both.iter().map(|(one, other)| (*other, *one)).collect();
        for both in [both, &turned] {
            match (Measures::of(both).kappa.value, expected) {
                (Ok(value), Ok(expected)) => assert!((value - expected).abs() < 1e-12, "{value} {expected}"),
                (value, expected) => assert_eq!(value, expected),
            }
        }
    }

    #[test]
    fn what_is_no_step_is_left_out_and_counted() {
        let both = [(OnTrack, OnTrack), (NotStarted, Limited), (Limited, OnTrack), (Dropped, Dropped)];
        let found = Measures::of(&both);
        assert_eq!((found.n, found.same, found.left_out), (2, 1, 2));
        assert_eq!((found.judged, found.alike), (4, 2), "raw agreement is over all eight");
        assert!(found.caveat().en.contains("on 2 only"));
    }
}
