//! A verdict with everything behind it: the figures it rests on, the arithmetic with the figures filled in, what the other rule sets
//! say, what to beware of, and the reason in one sentence of each language.

pub use super::beside::{ByRule, Contest, IfDue};
use super::case::{Case, Corner};
use super::flags;
use super::interval::Interval;
use super::lack::Lack;
use super::rules::{Flag, Rule};
use super::series::{Added, Reading, Series};
use super::status::{self, Ground, Outcome, severity};
use super::steps::{self, Depth, Step, Term};
use super::{Judge, why};
use crate::plan::node::Judging;
use crate::plan::{NodeId, State};
use crate::text::Bilingual;

/// A verdict and its grounds. Numbers that are open lie between two ends; [`Interval::exact`] where they are not.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The computed verdict. A node's own state may be a person's: [`Judge::state`].
    pub state: State,
    /// The rule set.
    pub rule: Rule,
    /// Why there is no number behind it.
    pub lack: Option<Lack>,
    /// Worst and best class of an undetermined verdict.
    pub open: Option<(State, State)>,
    /// The baseline it rests on.
    pub baseline: Option<Reading>,
    /// Why there is none to reckon with.
    pub baseline_lack: Option<Lack>,
    /// The latest actual.
    pub actual: Option<Reading>,
    /// Others of its time and grade that rival it.
    pub rivals: Vec<Reading>,
    /// The target that counts.
    pub target: Option<Reading>,
    /// P. Not to be shown as a ratio where the state is hold.
    pub progress_share: Option<Interval>,
    /// E.
    pub time_share: Option<Interval>,
    /// X(t).
    pub expected: Option<Interval>,
    /// ρ; only where a rule decides.
    pub pace: Option<Interval>,
    /// When it arrives at this pace, decimal years; only where a rule decides.
    pub landing: Option<Interval>,
    /// What to beware of.
    pub flags: Vec<Flag>,
    /// The reason.
    pub why: Bilingual,
    /// The arithmetic. Empty where no figure is reckoned with.
    pub steps: Vec<Step>,
    /// Under every rule set, in their order.
    pub by_rule: Vec<ByRule>,
    /// For an undated target: the verdicts it would have.
    pub if_due: Vec<IfDue>,
    /// Sources that disagree.
    pub contests: Vec<Contest>,
    /// Every reading, for charts and tables.
    pub series: Series,
}

impl Assessment {
    /// Whether a rule set's number decided under any of them: only then does the verdict depend on the rule.
    pub fn is_ruled(&self) -> bool {
        self.by_rule.iter().any(|one| one.value.is_some())
    }

    /// Targets between the baseline and the one that counts, which bend the path; earliest first, one a date.
    pub fn checkpoints(&self) -> Vec<Reading> {
        let Some(target) = self.target else { return Vec::new() };
        let from = self.baseline.map_or(f64::NEG_INFINITY, |baseline| baseline.at.hi());
        let dated = self.series.targets.iter();
        let mut between: Vec<Reading> =
            dated.filter(|one| one.at.lo() > from && one.at.lo() < target.at.lo()).copied().collect();
        between.dedup_by(|later, first| later.at.lo() <= first.at.lo());
        between
    }
}

/// Whether the arithmetic is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    /// Line by line.
    Written,
    /// Not at all: putting the formulas into words takes longer than everything else.
    LeftOut,
}

/// What a verdict comes to, without its grounds: for columns and orders over many nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gist {
    /// The computed verdict.
    pub state: State,
    /// The latest actual.
    pub actual: Option<Reading>,
    /// The rule's number, where it decided.
    pub number: Option<Interval>,
}

/// See [`Judge::gist`].
pub(super) fn gist(judge: &Judge<'_>, id: NodeId, added: &Added<'_>) -> Option<Gist> {
    let node = judge.plan.tree.node(id);
    let metric = node.metric.as_ref().filter(|_| node.judging() == Judging::Computed)?;
    let case = Case::new(judge, metric, added);
    let outcome = status::decide(node, &case, judge.rule);
    Some(Gist { state: outcome.state, actual: case.latest.first().copied(), number: outcome.number })
}

/// See [`Judge::is_at_odds`].
pub(super) fn is_at_odds(judge: &Judge<'_>, id: NodeId, added: &Added<'_>) -> bool {
    let node = judge.plan.tree.node(id);
    let Some(metric) = node.metric.as_ref() else { return false };
    let case = Case::new(judge, metric, added);
    if !flags::contests(&case, added).is_empty() {
        return true;
    }
    let computed = node.judging() == Judging::Computed;
    computed
        && flags::differing(judge, &case, added, status::decide(node, &case, judge.rule).state).any(|_| true)
}

/// See [`Judge::assess`].
pub(super) fn assess(
    judge: &Judge<'_>,
    id: NodeId,
    added: &Added<'_>,
    arithmetic: Arithmetic,
) -> Option<Assessment> {
    let node = judge.plan.tree.node(id);
    let metric = node.metric.as_ref().filter(|_| node.judging() == Judging::Computed)?;
    let case = Case::new(judge, metric, added);
    let outcomes: Vec<(Rule, Outcome)> =
        Rule::ALL.iter().map(|rule| (*rule, status::decide(node, &case, *rule))).collect();
    let outcome = status::decide(node, &case, judge.rule);
    let contests = flags::contests(&case, added);
    let flags = flags::flags(judge, &case, added, (&outcome, &outcomes), &contests);
    let undated = undated_case(&case, outcome.state);
    let reckoned = undated.as_ref().unwrap_or(&case);
    let if_due = if undated.is_some() { if_due(judge, reckoned) } else { Vec::new() };
    let ruled = outcomes.iter().any(|(_, one)| one.ground == Ground::Rule);
    let spread = |term: Term| steps::spread(reckoned, term).ok();
    let path = !case.only_compares() && case.doubt().is_none();
    let dated = path && undated.is_none();
    let depth = match (ruled, path && undated.is_some()) {
        (true, _) => Depth::Whole,
        (false, true) => Depth::Share,
        (false, false) => Depth::Differences,
    };
    Some(Assessment {
        state: outcome.state,
        rule: judge.rule,
        lack: outcome.lack,
        open: outcome.open,
        baseline: case.baseline.ok(),
        baseline_lack: case.baseline.err(),
        actual: case.latest.first().copied(),
        rivals: case.latest.get(1..).unwrap_or_default().to_vec(),
        target: reckoned.targets.first().copied(),
        progress_share: path.then(|| spread(Term::ProgressShare)).flatten(),
        time_share: dated.then(|| spread(Term::TimeShare)).flatten(),
        expected: dated.then(|| spread(Term::Expected)).flatten(),
        pace: ruled.then(|| spread(Term::Pace)).flatten(),
        landing: ruled.then(|| spread(Term::Landing)).flatten(),
        why: why::why(judge, reckoned, &outcome, &if_due),
        steps: match arithmetic {
            Arithmetic::Written => steps::steps(reckoned, depth),
            Arithmetic::LeftOut => Vec::new(),
        },
        by_rule: outcomes.into_iter().map(by_rule).collect(),
        flags,
        if_due,
        contests,
        series: case.series,
    })
}

fn by_rule((rule, outcome): (Rule, Outcome)) -> ByRule {
    ByRule { rule, state: outcome.state, value: outcome.number, lack: outcome.lack }
}

/// The case with its undated target in place, where that is what it lacks.
fn undated_case<'m>(case: &Case<'m>, state: State) -> Option<Case<'m>> {
    let target = *case.series.undated.first().filter(|_| state == State::Undated)?;
    (!case.latest.is_empty()).then(|| Case { targets: vec![target], ..case.clone() })
}

/// What the rule set says of an undated target if it were due by the plan's checkpoints, its end, or a five-year plan's end between.
fn if_due(judge: &Judge<'_>, case: &Case<'_>) -> Vec<IfDue> {
    if case.only_compares() || case.doubt().is_some() {
        return Vec::new();
    }
    let today = judge.as_of.day().year();
    let end = judge.plan.period.map_or(today.saturating_add(10), |period| period.end.year());
    let round = (today..=end.min(today.saturating_add(50))).filter(|year| year % 5 == 0);
    let mut years: Vec<i16> = judge.plan.checkpoints.iter().copied().chain(round).chain([end]).collect();
    years.retain(|year| f64::from(*year) + 1.0 > case.now);
    years.sort_unstable();
    years.dedup();
    let Some(main) = case.main() else { return Vec::new() };
    let verdict = |year: i16| {
        let corner = Corner { target_at: f64::from(year) + 1.0, ..main };
        let outcome = status::at_corner(case, &corner, judge.rule);
        (severity(outcome.state).is_some()).then_some(IfDue {
            year,
            state: outcome.state,
            value: outcome.number.and_then(Interval::exact),
        })
    };
    years.into_iter().filter_map(verdict).collect()
}
