//! A verdict with everything behind it: the figures it rests on, the arithmetic with the figures filled in,
//! what the other rule sets say, cautions, and the reason in one sentence of each language.

pub use super::beside::{ByRule, Contest, IfDue};
use super::case::MetricCase;
use super::flag::Flag;
use super::flags;
use super::interval::Interval;
use super::no_number::NoNumberReason;
use super::rules::RuleRef;
use super::series::{JournalData, Reading, ReadingOrigin, Series};
use super::status::{self, Decision, DecisionStep, severity};
use super::steps::{self, ArithmeticStep, ArithmeticTerm, Depth};
use super::trend::{self, Distance, Trend};
use super::{Judge, open_sdg, why};
use crate::plan::metric::{Direction, Kind};
use crate::plan::node::Judging;
use crate::plan::{NodeId, State};
use crate::text::Bilingual;

/// A verdict and its grounds. Numbers that are open lie between two ends; [`Interval::exact`] where they are
/// not.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The computed verdict. A node's own state may be a person's: [`Judge::state`].
    pub state: State,
    /// The rule set the verdict was made under.
    pub rule: RuleRef,
    /// Why there is no number behind it.
    pub lack: Option<NoNumberReason>,
    /// Worst and best class of an undetermined verdict.
    pub open: Option<(State, State)>,
    /// The baseline it rests on.
    pub baseline: Option<Reading>,
    /// Why there is no number.
    pub baseline_lack: Option<NoNumberReason>,
    /// The latest actual, by reference interval; [`None`] where there is none.
    pub actual: Option<Reading>,
    /// Others of its time and grade that rival it.
    pub rivals: Vec<Reading>,
    /// The target that decides: the next one due, or the last one past.
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
    /// Cautions to read with the verdict; none of them changes it.
    pub flags: Vec<Flag>,
    /// One sentence, in both languages, that gives the verdict its reason.
    pub why: Bilingual,
    /// The arithmetic. Empty where nothing is computed.
    pub steps: Vec<ArithmeticStep>,
    /// Under every rule set, in their order.
    pub by_rule: Vec<ByRule>,
    /// For an undated target: the verdicts it would have.
    pub if_due: Vec<IfDue>,
    /// Sources that disagree.
    pub contests: Vec<Contest>,
    /// Whether it turned better or worse from its first comparable value to its last.
    pub trend: Option<Trend>,
    /// How far it is from others' values.
    pub distances: Vec<Distance>,
    /// Every reading, for charts and tables.
    pub series: Series,
}

impl Assessment {
    /// Whether a rule set's number decided under any of them: only then does the verdict depend on the rule.
    pub fn is_ruled(&self) -> bool {
        self.by_rule.iter().any(|one| one.value.is_some())
    }

    /// The verdict under the rule set that was chosen, with its number.
    pub fn ruled(&self) -> Option<&ByRule> {
        self.by_rule.iter().find(|one| one.rule == self.rule)
    }

    /// Targets between the baseline and the one that counts, which bend the path; earliest first, one a date.
    pub fn checkpoints(&self) -> Vec<Reading> {
        let Some(target) = self.target else { return Vec::new() };
        let from = self.baseline.map_or(f64::NEG_INFINITY, |baseline| baseline.at.hi());
        let dated = self.series.targets.iter();
        let mut between: Vec<Reading> = dated
            .filter(|one| one.own == target.own && one.at.lo() > from && one.at.lo() < target.at.lo())
            .copied()
            .collect();
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
pub struct QuickVerdict {
    /// The state, as [`Assessment`] would give it.
    pub state: State,
    /// The latest actual, by reference interval.
    pub actual: Option<Reading>,
    /// The rule's number, where it decided.
    pub number: Option<Interval>,
}

/// See [`Judge::gist`].
pub(super) fn gist(judge: &Judge<'_>, id: NodeId, added: &JournalData<'_>) -> Option<QuickVerdict> {
    let node = judge.plan.tree.node(id);
    let metric = node.metric.as_ref().filter(|_| node.judging() == Judging::Computed)?;
    let case = MetricCase::new(judge, metric, added);
    let outcome = status::decide(judge, node, &case, judge.rule);
    Some(QuickVerdict { state: outcome.state, actual: case.latest.first().copied(), number: outcome.number })
}

/// See [`Judge::is_at_odds`].
pub(super) fn is_at_odds(judge: &Judge<'_>, id: NodeId, added: &JournalData<'_>) -> bool {
    let node = judge.plan.tree.node(id);
    let Some(metric) = node.metric.as_ref() else { return false };
    let case = MetricCase::new(judge, metric, added);
    if flags::is_contested(judge, node, &flags::contests(&case, added)) {
        return true;
    }
    let computed = node.judging() == Judging::Computed;
    computed
        && flags::differing(judge, &case, added, status::decide(judge, node, &case, judge.rule).state)
            .any(|_| true)
}

/// See [`Judge::assess`].
pub(super) fn assess(
    judge: &Judge<'_>,
    id: NodeId,
    added: &JournalData<'_>,
    arithmetic: Arithmetic,
) -> Option<Assessment> {
    let node = judge.plan.tree.node(id);
    let metric = node.metric.as_ref().filter(|_| node.judging() == Judging::Computed)?;
    let case = MetricCase::new(judge, metric, added);
    let rules = judge.rules();
    let outcomes: Vec<(RuleRef, Decision)> =
        rules.iter().map(|rule| (*rule, status::decide(judge, node, &case, *rule))).collect();
    let outcome = status::decide(judge, node, &case, judge.rule);
    let contests = flags::contests(&case, added);
    let contested = flags::is_contested(judge, node, &contests);
    let flags = flags::flags(judge, &case, added, (&outcome, &outcomes), contested);
    let undated = outcome.state == State::Undated && !case.latest.is_empty();
    let if_due = if undated { if_due(judge, &case) } else { Vec::new() };
    let numbers = VerdictNumbers::of(&case, &outcome);
    let trend = trend::trend(&case);
    let distances = trend::distances(judge, &case);
    let decided = severity(outcome.state).is_some();
    let after =
        |one: &Reading| decided || !matches!(one.origin, ReadingOrigin::Baseline | ReadingOrigin::Start);
    Some(Assessment {
        state: outcome.state,
        rule: judge.rule,
        lack: outcome.lack,
        open: outcome.open,
        baseline: case.baseline.ok(),
        baseline_lack: case.baseline.err(),
        actual: case.latest.first().copied().filter(after),
        rivals: case.latest.get(1..).unwrap_or_default().to_vec(),
        target: case.targets.first().copied(),
        progress_share: numbers.progress_share,
        time_share: numbers.time_share,
        expected: numbers.expected,
        pace: numbers.pace,
        landing: numbers.landing,
        why: why::why(&why::SentenceParts {
            judge,
            case: &case,
            outcome: &outcome,
            if_due: &if_due,
            trend: &trend,
            distances: &distances,
        }),
        steps: match arithmetic {
            Arithmetic::Written => written_steps(judge, &case, numbers.depth),
            Arithmetic::LeftOut => Vec::new(),
        },
        by_rule: outcomes.into_iter().map(by_rule).collect(),
        flags,
        if_due,
        contests,
        trend,
        distances,
        series: case.series,
    })
}

/// The numbers that are shown beside a verdict, as far as they mean anything there.
struct VerdictNumbers {
    progress_share: Option<Interval>,
    time_share: Option<Interval>,
    expected: Option<Interval>,
    pace: Option<Interval>,
    landing: Option<Interval>,
    depth: Depth,
}

impl VerdictNumbers {
    fn of(case: &MetricCase<'_>, outcome: &Decision) -> Self {
        let ruled = matches!(outcome.ground, DecisionStep::Rule | DecisionStep::PathBehind)
            && outcome.scale.is_none();
        let closed = !case.is_open_upwards();
        let path = closed && !case.only_compares() && case.doubt().is_none() && !case.has_only_baseline();
        let dated = path && !case.dated.is_empty();
        let landed = ruled && case.metric.direction != Direction::Maintain;
        let spread = |shown: bool, term: ArithmeticTerm| {
            (shown && closed).then(|| steps::spread(case, term).ok()).flatten()
        };
        Self {
            progress_share: spread(path, ArithmeticTerm::ProgressShare),
            time_share: spread(dated, ArithmeticTerm::TimeShare),
            expected: spread(dated, ArithmeticTerm::Expected),
            pace: spread(ruled, ArithmeticTerm::Pace),
            landing: spread(landed, ArithmeticTerm::Landing),
            depth: match (ruled && closed, path && outcome.state == State::Undated) {
                (true, _) if landed => Depth::Whole,
                (true, _) => Depth::Kept,
                (false, true) => Depth::Share,
                (false, false) => Depth::Differences,
            },
        }
    }
}

/// The arithmetic, with that of Open SDG's method where it is the one used.
fn written_steps(judge: &Judge<'_>, case: &MetricCase<'_>, depth: Depth) -> Vec<ArithmeticStep> {
    let mut written = steps::steps(case, depth);
    let measured = judge.rule.is_open_sdg().then(|| open_sdg::measured(judge, case).ok()).flatten();
    written.extend(measured.iter().flat_map(steps::of_open_sdg));
    written
}

fn by_rule((rule, outcome): (RuleRef, Decision)) -> ByRule {
    ByRule {
        rule,
        state: outcome.state,
        value: outcome.number,
        lack: outcome.lack,
        scale: outcome.scale,
        score: outcome.score,
    }
}

/// What the rule set says of an undated target if it were due by the plan's checkpoints, its end, or a
/// five-year plan's end between. Where its figure may be a total or an addition, under both.
fn if_due(judge: &Judge<'_>, case: &MetricCase<'_>) -> Vec<IfDue> {
    if case.only_compares() || case.doubt().is_some() || judge.rule.is_open_sdg() {
        return Vec::new();
    }
    let today = judge.as_of.day().year();
    let end = judge.plan.period.map_or(today.saturating_add(10), |period| period.end.year());
    let round = (today..=end.min(today.saturating_add(50))).filter(|year| year % 5 == 0);
    let mut years: Vec<i16> = judge.plan.checkpoints.iter().copied().chain(round).chain([end]).collect();
    years.retain(|year| f64::from(*year) + 1.0 > case.now);
    years.sort_unstable();
    years.dedup();
    let visible = || case.metric.target.iter().filter(|value| !judge.as_of.hides(judge.plan, value));
    let Some(main) = case.main().filter(|_| !case.is_open_upwards()) else { return Vec::new() };
    let verdict = |year: i16, added: Option<f64>| {
        let target = main.target + added.unwrap_or(0.0);
        let outcome = status::if_due(case, judge.rule, f64::from(year) + 1.0, target);
        let known = severity(outcome.state).is_some() || outcome.open.is_some();
        known.then_some(IfDue {
            year,
            state: outcome.state,
            value: outcome.number.and_then(Interval::exact),
            added: added.is_some(),
        })
    };
    let stated = visible().any(|target| target.kind != Kind::Unstated);
    let addition = main.baseline.map(|(from, _)| from).filter(|_| !stated);
    let all = [None].into_iter().chain(addition.map(Some));
    all.flat_map(|added| years.iter().filter_map(move |year| verdict(*year, added))).collect()
}
