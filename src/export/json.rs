//! The JSON export: a contract (`data.md`, `format = 1`). All keys are always present; more may join, none leaves.
//!
//! Characters that a terminal must not see are replaced, as on every output (`data.md`). Written node by node, so that a large plan needs no second copy of itself in memory.

mod people;

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use self::people::{AnnotationJson, OrphanJson};
use crate::journal::Journal;
use crate::plan::metric::{Amount, Decimal, Force, Grade, Kind, Metric, Moment, Stage, Value, When};
use crate::plan::text::{many_lines, one_line};
use crate::plan::{Key, Lang, NodeId, Period, Plan, Said, SourceId, State, Text};
use crate::progress::{Added, Assessment, Interval, Judge, Rollup, States};

/// What is exported, and how it is seen.
#[derive(Clone, Debug)]
pub struct Scene<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Errors found while it was read.
    pub errors: usize,
    /// The judge of verdicts; what is later than its as-of is left out.
    pub judge: Judge<'p>,
    /// Every node's state.
    pub states: States,
    /// What people add.
    pub journal: &'p Journal,
    /// The languages asked for: a tag or `both`. The document carries all of the plan's languages anyway.
    pub lang: &'p str,
    /// Only this node and what is below it.
    pub scope: Option<NodeId>,
}

/// A text as one entry a language of the plan, in its order; a missing wording is null, a text without any wording null itself.
fn text(plan: &Plan, text: &Text) -> Json {
    if text.is_empty() {
        return Json::Null;
    }
    let langs = (0u8..).map(Lang).take(plan.languages.len());
    let entry = |lang| {
        (plan.tag(lang).to_owned(), text.get(lang).map_or(Json::Null, |words| Json::from(many_lines(words))))
    };
    Json::Object(langs.map(entry).collect())
}

fn optional_text(plan: &Plan, own: Option<&Text>) -> Json {
    own.map_or(Json::Null, |own| text(plan, own))
}

/// A number with its decimals as written: 84000, 95.20.
fn number(decimal: Decimal) -> Option<Box<RawValue>> {
    RawValue::from_string(decimal.to_string()).ok()
}

/// A year as a number, a month or day as text.
fn moment(moment: Moment) -> Json {
    match moment {
        Moment::Year(year) => Json::from(year),
        Moment::Month(..) | Moment::Day(_) => Json::from(moment.to_string()),
    }
}

#[derive(Serialize)]
struct PeriodJson {
    start: Json,
    end: Json,
}

impl From<Period> for PeriodJson {
    fn from(period: Period) -> Self {
        Self { start: moment(period.start), end: moment(period.end) }
    }
}

#[derive(Serialize)]
struct EvidenceJson<'p> {
    source: Cow<'p, str>,
    at: Option<Cow<'p, str>>,
    basis: &'static str,
    note: Json,
}

/// One node, as the export and `show --json` have it.
#[derive(Serialize)]
pub struct NodeJson<'p> {
    id: &'p str,
    aliases: Vec<&'p str>,
    parent: Option<&'p str>,
    role: &'static str,
    level: Cow<'p, str>,
    depth: u32,
    title: Json,
    summary: Json,
    tags: Vec<Cow<'p, str>>,
    serves: Vec<&'p str>,
    served_by: Vec<&'p str>,
    attribute: &'static str,
    period: Option<PeriodJson>,
    office: Json,
    evidence: Vec<EvidenceJson<'p>>,
    state: &'static str,
    metric: Option<MetricJson<'p>>,
    annotation: Option<AnnotationJson<'p>>,
    rollup: Option<RollupJson<'p>>,
}

#[derive(Serialize)]
struct MetricJson<'p> {
    measure: &'static str,
    unit: Json,
    direction: &'static str,
    values: Vec<ValueJson<'p>>,
    assessment: Option<AssessmentJson>,
    stat: &'static str,
}

/// The computed verdict. A number that is open between two ends is null, and its ends stand under `open`.
#[derive(Serialize)]
struct AssessmentJson {
    status: &'static str,
    pace: Option<f64>,
    progress_share: Option<f64>,
    time_share: Option<f64>,
    landing: Option<f64>,
    rule: &'static str,
    flags: Vec<&'static str>,
    why: Said,
    open: serde_json::Map<String, Json>,
}

impl From<Assessment> for AssessmentJson {
    fn from(found: Assessment) -> Self {
        let numbers = [
            ("pace", found.pace),
            ("progress_share", found.progress_share),
            ("time_share", found.time_share),
            ("landing", found.landing),
        ];
        let open = numbers.into_iter().filter_map(|(name, number)| {
            let number = number.filter(|number| !number.is_point())?;
            Some((name.to_owned(), Json::from(vec![rounded(number.lo()), rounded(number.hi())])))
        });
        let exact = |number: Option<Interval>| number.and_then(Interval::exact).map(rounded);
        Self {
            status: found.state.word(),
            pace: exact(found.pace),
            progress_share: exact(found.progress_share),
            time_share: exact(found.time_share),
            landing: exact(found.landing),
            rule: found.rule.word(),
            flags: found.flags.iter().map(|flag| flag.word()).collect(),
            why: found.why,
            open: open.collect(),
        }
    }
}

/// The distribution of states below a node, as the export and `status --json` have it.
#[derive(Serialize)]
pub struct RollupJson<'p> {
    leaves: u32,
    assessed: u32,
    by_state: serde_json::Map<String, Json>,
    worst: Option<&'p str>,
    own_targets: u32,
    other_targets: u32,
}

/// A reckoned number for JSON. Six decimals: more would show the arithmetic's noise, and differ between machines.
pub fn rounded(number: f64) -> f64 {
    // Adding zero turns -0.0 into 0.0.
    (number * 1e6).round() / 1e6 + 0.0
}

/// A figure. The keys from `published` on join the contract: without them an increment, an aspiration or a milestone's stage would read as
/// something it is not.
#[derive(Serialize)]
struct ValueJson<'p> {
    kind: &'static str,
    year: Option<i16>,
    on: Option<String>,
    announced: Option<String>,
    period: Option<PeriodJson>,
    value: Option<Box<RawValue>>,
    to: Option<Box<RawValue>>,
    label: Json,
    bound: &'static str,
    source: Option<Cow<'p, str>>,
    at: Option<Cow<'p, str>>,
    grade: Option<&'static str>,
    basis: &'static str,
    note: Json,
    by: Option<Cow<'p, str>>,
    published: Option<String>,
    when_basis: &'static str,
    undated: bool,
    increment: bool,
    force: &'static str,
    stage: Option<&'static str>,
    also: Vec<Cow<'p, str>>,
    id: Option<&'p str>,
}

impl<'p> Scene<'p> {
    /// Makes one node.
    pub fn node(&self, id: NodeId) -> NodeJson<'p> {
        let plan = self.plan;
        let node = plan.tree.node(id);
        let key = |id: NodeId| plan.tree.node(id).key.as_str();
        NodeJson {
            id: node.key.as_str(),
            aliases: node.aliases().iter().map(Key::as_str).collect(),
            parent: node.parent.map(key),
            role: node.role.word(),
            level: one_line(&plan.level(node.level).id),
            depth: node.depth,
            title: text(plan, &node.title),
            summary: optional_text(plan, node.summary.as_ref()),
            tags: node.tags.iter().map(|tag| one_line(tag)).collect(),
            serves: node.serves.iter().map(|link| key(link.to)).collect(),
            served_by: plan.tree.served_by(id).iter().map(|link| key(link.to)).collect(),
            attribute: node.attribute().word(),
            period: node.period().map(PeriodJson::from),
            office: optional_text(plan, node.office()),
            evidence: self.evidence(id),
            state: self.states.of(id).word(),
            metric: node.metric.as_deref().map(|metric| self.metric(id, metric)),
            annotation: self.journal.annotations(id).map(AnnotationJson::from),
            rollup: self.rollup(id),
        }
    }

    /// The computed verdict; none where the plan leaves judging to people.
    fn assessment(&self, id: NodeId) -> Option<AssessmentJson> {
        let added = Added::of(self.journal.annotations(id));
        self.judge.assess(id, &added).map(AssessmentJson::from)
    }

    /// How what is below a node (or serves it) stands, each state with its count, those that do not occur too.
    pub fn rollup(&self, id: NodeId) -> Option<RollupJson<'p>> {
        self.states.rollup(self.plan, id).map(|rollup| self.rollup_json(&rollup))
    }

    /// A roll-up in the export's keys.
    pub fn rollup_json(&self, rollup: &Rollup) -> RollupJson<'p> {
        let by_state =
            State::ALL.map(|state| (state.word().to_owned(), Json::from(rollup.by_state.get(state))));
        RollupJson {
            leaves: rollup.leaves,
            assessed: rollup.assessed,
            by_state: by_state.into_iter().collect(),
            worst: rollup.worst.map(|id| self.plan.tree.node(id).key.as_str()),
            own_targets: rollup.own_targets,
            other_targets: rollup.other_targets,
        }
    }

    fn evidence(&self, id: NodeId) -> Vec<EvidenceJson<'p>> {
        let plan = self.plan;
        let evidence = plan.tree.node(id).evidence.iter();
        evidence
            .map(|evidence| EvidenceJson {
                source: one_line(&plan.source(evidence.source).id),
                at: evidence.at.as_deref().map(one_line),
                basis: evidence.basis.word(),
                note: optional_text(plan, evidence.note.as_deref()),
            })
            .collect()
    }

    fn metric(&self, id: NodeId, metric: &'p Metric) -> MetricJson<'p> {
        let baseline = metric.baseline.iter().map(|value| ("baseline", value));
        let observed = metric.observed.iter().map(|value| ("observed", value));
        let target = metric.target.iter().map(|value| ("target", value));
        let said = self.journal.annotations(id);
        let recorded = said.into_iter().flat_map(crate::journal::Annotations::values);
        MetricJson {
            measure: metric.measure.word(),
            unit: text(self.plan, &metric.unit),
            direction: metric.direction.word(),
            values: baseline
                .chain(observed)
                .chain(target)
                .filter(|(_, value)| !self.judge.as_of.hides(self.plan, value))
                .map(|(kind, value)| self.value(kind, value))
                .chain(recorded.map(|own| self.value("observed", &own.value).recorded(own)))
                .collect(),
            assessment: self.assessment(id),
            stat: metric.stat.word(),
        }
    }

    fn value(&self, kind: &'static str, value: &'p Value) -> ValueJson<'p> {
        let plan = self.plan;
        let source = |id: SourceId| one_line(&plan.source(id).id);
        let (first, second) = match &value.amount {
            Amount::Number(number) => (Some(*number), None),
            Amount::Range(from, to) => (Some(*from), Some(*to)),
            Amount::Label(_, number) => (*number, None),
            Amount::Stage(_) => (None, None),
        };
        let (at, period, announced) = match value.when {
            When::At(at) => (Some(at), None, None),
            When::Period(start, end) => (None, Some(Period { start, end }), None),
            When::Announced(day) => (None, None, Some(day)),
            When::Undated | When::Unstated => (None, None, None),
        };
        let grade = value.grade.or_else(|| value.source.and_then(|id| plan.source(id).grade));
        ValueJson {
            kind,
            year: at.and_then(|at| if let Moment::Year(year) = at { Some(year) } else { None }),
            on: at.filter(|at| !matches!(at, Moment::Year(_))).map(|at| at.to_string()),
            announced: announced.map(|day| day.to_string()),
            period: period.map(PeriodJson::from),
            value: first.and_then(number),
            to: second.and_then(number),
            label: match &value.amount {
                Amount::Label(label, _) => text(plan, label),
                _ => Json::Null,
            },
            bound: value.bound.word(),
            source: value.source.map(source),
            at: value.at.as_deref().map(one_line),
            grade: grade.map(Grade::word),
            basis: value.basis.word(),
            note: optional_text(plan, value.note.as_deref()),
            by: None,
            published: value.published.map(|day| day.to_string()),
            when_basis: value.when_basis.word(),
            undated: value.when == When::Undated,
            increment: value.kind == Kind::Increment,
            force: if value.force == Force::Strive { "strive" } else { "firm" },
            stage: match value.amount {
                Amount::Stage(stage) => stage.map(Stage::word),
                _ => None,
            },
            also: value.also.iter().map(|id| source(*id)).collect(),
            id: None,
        }
    }

    fn head(&self, hash: &str) -> Vec<(&'static str, Json)> {
        let plan = self.plan;
        let period = plan
            .period
            .map(|period| serde_json::json!({"start": moment(period.start), "end": moment(period.end)}));
        vec![
            ("format", Json::from(1)),
            ("tool", Json::from(concat!("plan158 ", env!("CARGO_PKG_VERSION")))),
            ("as_of", Json::from(self.judge.as_of.to_string())),
            ("scope", self.scope.map_or(Json::Null, |id| Json::from(plan.tree.node(id).key.as_str()))),
            ("filter", Json::Null),
            ("lang", Json::from(self.lang)),
            (
                "plan",
                serde_json::json!({
                    "id": plan.id, "title": text(plan, &plan.title), "period": period, "hash": hash, "errors": self.errors,
                }),
            ),
            (
                "journal",
                serde_json::json!({"hash": self.journal.hash(), "records": self.journal.line_count()}),
            ),
            ("rule", serde_json::json!({"id": self.judge.rule.word(), "cuts": self.judge.rule.cuts()})),
        ]
    }

    /// Writes the whole document, a node a line. `hash` is that of the plan's files, `sha256:…`.
    ///
    /// # Errors
    /// When the sink fails.
    pub fn write(&self, hash: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\n")?;
        for (name, value) in self.head(hash) {
            writeln!(out, "  \"{name}\": {value},")?;
        }
        out.write_all(b"  \"nodes\": [")?;
        let tree = &self.plan.tree;
        let ids: Box<dyn Iterator<Item = NodeId>> = match self.scope {
            Some(top) => Box::new(tree.subtree(top)),
            None => Box::new(tree.ids()),
        };
        let mut separator = "\n    ";
        for id in ids {
            out.write_all(separator.as_bytes())?;
            serde_json::to_writer(&mut *out, &self.node(id)).map_err(io::Error::from)?;
            separator = ",\n    ";
        }
        out.write_all(b"\n  ],\n  \"orphans\": [")?;
        let mut separator = "\n    ";
        for orphan in self.journal.orphans() {
            out.write_all(separator.as_bytes())?;
            serde_json::to_writer(&mut *out, &OrphanJson::from(orphan)).map_err(io::Error::from)?;
            separator = ",\n    ";
        }
        let end = if separator.starts_with(',') { "\n  ]\n}\n" } else { "]\n}\n" };
        out.write_all(end.as_bytes())
    }
}
