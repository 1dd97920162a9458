//! `plan158 explain ID [--json]`: the arithmetic behind a verdict, with the figures filled in and their
//! sources, under every rule set.

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::open::{OpenPlan, open};
use super::output::Output;
use super::show::{self, ShowForm};
use crate::export::json::{RollupJson, rounded};
use crate::plan::{NodeId, State};
use crate::progress::{
    ArithmeticStep, Assessment, Contest, Distance, IfDue, Interval, NoNumberReason, Reading, RuleRef, Trend,
    Turn,
};
use crate::text::{Bilingual, Ui};

/// Runs the command.
///
/// # Errors
/// When the plan or journal cannot be opened, the id is unknown, or the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, id: &str, form: ShowForm) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let node = opened.node(id)?;
    match form {
        ShowForm::Json => json(&opened, node, out)?,
        ShowForm::Card => {
            let ui = context.ui();
            let card = opened.reader(ui).explain(node, Some((&opened.journal).into()), &opened.states());
            show::print(out, ui, &card)?;
        }
    }
    Ok(Exit::Done)
}

/// `status` is the computed verdict, null where nothing is computed; `state` is the node's, a person's maybe.
#[derive(Serialize)]
struct ExplainAnswer<'p> {
    id: &'p str,
    status: Option<&'static str>,
    state: &'static str,
    rule: &'static str,
    cuts: [f64; 3],
    as_of: String,
    why: Option<Bilingual>,
    open: Option<[&'static str; 2]>,
    figures: Map<String, Json>,
    steps: Vec<StepJson>,
    by_rule: Map<String, Json>,
    if_due: Vec<Json>,
    flags: Vec<&'static str>,
    flag_meanings: Map<String, Json>,
    contests: Vec<Json>,
    trend: Option<Json>,
    distances: Vec<Json>,
    verdicts: VerdictsJson<'p>,
    rollup: Option<RollupJson<'p>>,
}

/// A line of the arithmetic. `value` is null where the number is open, between `low` and `high`, or there is
/// none, for the reason in `lack`.
#[derive(Serialize)]
struct StepJson {
    name: &'static str,
    title: Bilingual,
    formula: String,
    value: Option<f64>,
    written: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    lack: Option<Bilingual>,
}

impl From<&ArithmeticStep> for StepJson {
    fn from(step: &ArithmeticStep) -> Self {
        Self {
            name: step.term.symbol(),
            title: step.term.title(),
            formula: step.formula.clone(),
            value: exact(step.value),
            written: step.written.map(rounded),
            low: step.value.map(|value| rounded(value.lo())),
            high: step.value.map(|value| rounded(value.hi())),
            lack: step.lack.map(NoNumberReason::said),
        }
    }
}

/// Everybody's verdict, side by side.
#[derive(Serialize)]
struct VerdictsJson<'p> {
    computed: Option<&'static str>,
    people: Vec<PersonJson<'p>>,
    official: Option<OfficialJson<'p>>,
}

#[derive(Serialize)]
struct PersonJson<'p> {
    by: &'p str,
    at: String,
    status: &'static str,
    reason: Option<&'p str>,
}

#[derive(Serialize)]
struct OfficialJson<'p> {
    status: &'static str,
    source: Option<&'p str>,
}

fn exact(value: Option<Interval>) -> Option<f64> {
    value.and_then(Interval::exact).map(rounded)
}

fn json(opened: &OpenPlan, node: NodeId, out: &mut Output) -> Result<(), Stop> {
    let states = opened.states();
    let found = opened.judge().assess(node, &opened.added(node));
    let found = found.as_ref();
    let answer = ExplainAnswer {
        id: opened.plan().tree.node(node).key.as_str(),
        status: found.map(|found| found.state.word()),
        state: states.of(node).word(),
        rule: opened.rule.word(),
        cuts: opened.rule.cuts(),
        as_of: opened.as_of.to_string(),
        why: found.map(|found| found.why.clone()),
        open: found.and_then(|found| found.open).map(|(worst, best)| [worst.word(), best.word()]),
        figures: found.map(|found| figures(opened, found)).unwrap_or_default(),
        steps: found.into_iter().flat_map(|found| &found.steps).map(StepJson::from).collect(),
        by_rule: by_rule(opened, found),
        if_due: found.into_iter().flat_map(|found| &found.if_due).map(due).collect(),
        flags: found.into_iter().flat_map(|found| &found.flags).map(|flag| flag.word()).collect(),
        flag_meanings: found
            .into_iter()
            .flat_map(|found| &found.flags)
            .map(|flag| (flag.word().to_owned(), said(&flag.meaning())))
            .collect(),
        contests: found
            .into_iter()
            .flat_map(|found| &found.contests)
            .map(|contest| contested(opened, contest))
            .collect(),
        trend: found.and_then(|found| found.trend.as_ref()).map(|trend| self::trend(opened, trend)),
        distances: found
            .into_iter()
            .flat_map(|found| &found.distances)
            .map(|distance| self::distance(opened, node, distance))
            .collect(),
        verdicts: verdicts(opened, node, found.map(|found| found.state)),
        rollup: states.rollup(opened.plan(), node).map(|rollup| RollupJson::new(opened.plan(), &rollup)),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn said(said: &Bilingual) -> Json {
    serde_json::json!({"zh": said.zh, "en": said.en})
}

/// Every rule set by its word. Null, each, where nothing is computed.
fn by_rule(opened: &OpenPlan, found: Option<&Assessment>) -> Map<String, Json> {
    let entry = |rule: RuleRef| {
        let one = found.and_then(|found| found.by_rule.iter().find(|one| one.rule == rule));
        let json = one.map_or(Json::Null, |one| {
            serde_json::json!({
                "status": one.state.word(),
                "value": exact(one.value),
                "low": one.value.map(|value| rounded(value.lo())),
                "high": one.value.map(|value| rounded(value.hi())),
                "lack": one.lack.map(|lack| said(&lack.said())),
                "number": one.symbol(),
                "cuts": one.cuts(),
                "class": one.class_said(Ui::En).zip(one.class_said(Ui::Zh)).map(|(en, zh)| serde_json::json!({"zh": zh, "en": en})),
                "score": one.score.map(rounded),
            })
        });
        (rule.word().to_owned(), json)
    };
    opened.judge().rules().into_iter().map(entry).collect()
}

/// The figures that the verdict rests on, each with its source and what arithmetic makes of it.
fn figures(opened: &OpenPlan, found: &Assessment) -> Map<String, Json> {
    let one = |reading: Option<&Reading>| reading.map_or(Json::Null, |reading| figure(opened, reading));
    let all = |readings: &[Reading]| readings.iter().map(|reading| figure(opened, reading)).collect::<Json>();
    [
        ("baseline", one(found.baseline.as_ref())),
        ("actual", one(found.actual.as_ref())),
        ("rivals", all(&found.rivals)),
        ("checkpoints", all(&found.checkpoints())),
        ("target", one(found.target.as_ref())),
    ]
    .into_iter()
    .map(|(name, json)| (name.to_owned(), json))
    .collect()
}

fn figure(opened: &OpenPlan, reading: &Reading) -> Json {
    let source = reading.source.map(|id| opened.plan().source(id).id.to_string());
    let dated = reading.when != crate::plan::metric::When::Undated;
    let at = dated.then_some(reading.at);
    serde_json::json!({
        "value": rounded(reading.written()),
        "bound": reading.bound.word(),
        "low": rounded(reading.amount.lo()),
        "high": (!reading.open).then(|| rounded(reading.amount.hi())),
        "when": crate::plan::figure::when(reading.when, Ui::En),
        "from": at.map(|at| rounded(at.lo())),
        "to": at.map(|at| rounded(at.hi())),
        "grade": reading.grade.map(crate::plan::metric::Grade::word),
        "source": source,
    })
}

fn contested(opened: &OpenPlan, contest: &Contest) -> Json {
    serde_json::json!({
        "low": figure(opened, &contest.low),
        "high": figure(opened, &contest.high),
        "spread": rounded(contest.spread),
    })
}

fn trend(opened: &OpenPlan, trend: &Trend) -> Json {
    serde_json::json!({
        "turn": trend.turn.map(Turn::word),
        "from": figure(opened, &trend.first),
        "to": figure(opened, &trend.last),
        "change": rounded(trend.change),
        "per_year": rounded(trend.per_year),
        "slope": trend.slope.map(rounded),
        "points": trend.points,
    })
}

/// `difference` is in points for percentages, else in per cent of the other; null where the two are not of
/// one stated time.
fn distance(opened: &OpenPlan, node: NodeId, distance: &Distance) -> Json {
    let metric = opened.plan().tree.node(node).metric.as_deref();
    let other = metric.and_then(|metric| metric.comparators.get(distance.comparator));
    serde_json::json!({
        "where": other.and_then(|other| other.whose.as_deref()).map(|whose| text_json(opened, whose)),
        "when": other.map(|other| crate::plan::figure::when(other.when, Ui::En)),
        "value": rounded(distance.other),
        "own": figure(opened, &distance.own),
        "difference": distance.difference.map(rounded),
    })
}

fn text_json(opened: &OpenPlan, text: &crate::text::Text) -> Json {
    let all = text.iter().map(|(lang, text)| (opened.plan().tag(lang).to_owned(), Json::from(text)));
    Json::Object(all.collect())
}

fn due(due: &IfDue) -> Json {
    serde_json::json!({
        "year": due.year,
        "as": if due.added { "addition" } else { "total" },
        "status": due.state.word(),
        "value": due.value.map(rounded),
    })
}

fn verdicts(opened: &OpenPlan, node: NodeId, computed: Option<State>) -> VerdictsJson<'_> {
    let authors = opened.journal.annotations(node).into_iter().flat_map(crate::journal::Annotations::authors);
    let people = authors.filter_map(|author| {
        let verdict = author.verdict.as_ref()?;
        Some(PersonJson {
            by: author.by.as_str(),
            at: verdict.at.to_string(),
            status: verdict.status.word(),
            reason: verdict.reason.as_deref(),
        })
    });
    let plan = opened.plan();
    let metric = plan.tree.node(node).metric.as_ref();
    let official = metric.and_then(|metric| opened.as_of.official(plan, metric));
    VerdictsJson {
        computed: computed.map(State::word),
        people: people.collect(),
        official: official.map(|official| OfficialJson {
            status: official.status.word(),
            source: official.source.map(|id| &*plan.source(id).id),
        }),
    }
}
