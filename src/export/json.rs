//! The JSON export: a contract (`docs/json-format.md`, `format` 1). All keys are always present; more may join, none leaves.
//!
//! Characters that a terminal must not see are replaced, as on every output. Written node by node, so that a large plan needs no second
//! copy of itself in memory.

mod people;

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use self::people::{AnnotationJson, OrphanJson};
use super::document::{Document, NodeEntry, Scene, Tie, ValueEntry};
use super::format::{ExportError, Format, Options, Progress};
use crate::page::ValueKind;
use crate::plan::metric::{Decimal, Force, Grade, Kind, Metric, Moment, Stage, When};
use crate::plan::{Key, Node, NodeId, Period, Plan, State};
use crate::progress::{Assessment, Interval, Rollup};
use crate::text::{Bilingual, Lang, Text};
use crate::text::{clean::many_lines, clean::one_line};

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
    why: Bilingual,
    open: serde_json::Map<String, Json>,
}

impl From<&Assessment> for AssessmentJson {
    fn from(found: &Assessment) -> Self {
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
            why: found.why.clone(),
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

impl<'p> NodeJson<'p> {
    /// Makes one node.
    pub fn new(scene: &Scene<'p>, entry: &NodeEntry<'p>) -> Self {
        let plan = scene.plan;
        let node = entry.node;
        let key = |id: NodeId| plan.tree.node(id).key.as_str();
        let linked = |tie| entry.links_of(tie).map(|link| key(link.to));
        NodeJson {
            id: node.key.as_str(),
            aliases: node.aliases().iter().map(Key::as_str).collect(),
            parent: node.parent.map(key),
            role: node.role.word(),
            level: one_line(&entry.level.id),
            depth: node.depth,
            title: text(plan, &node.title),
            summary: optional_text(plan, node.summary.as_ref()),
            tags: node.tags.iter().map(|tag| one_line(tag)).collect(),
            serves: node.serves.iter().map(|link| key(link.to)).collect(),
            served_by: linked(Tie::ServedBy).collect(),
            attribute: node.attribute().word(),
            period: node.period().map(PeriodJson::from),
            office: optional_text(plan, node.office()),
            evidence: evidence(plan, node),
            state: entry.state.word(),
            metric: node.metric.as_deref().map(|metric| MetricJson::new(plan, metric, entry)),
            annotation: entry.said.map(AnnotationJson::from),
            rollup: entry.rollup.as_ref().map(|rollup| RollupJson::new(plan, rollup)),
        }
    }
}

impl<'p> RollupJson<'p> {
    /// Each state with its count, those that do not occur too.
    pub fn new(plan: &'p Plan, rollup: &Rollup) -> Self {
        let by_state =
            State::ALL.map(|state| (state.word().to_owned(), Json::from(rollup.by_state.get(state))));
        RollupJson {
            leaves: rollup.leaves,
            assessed: rollup.assessed,
            by_state: by_state.into_iter().collect(),
            worst: rollup.worst.map(|id| plan.tree.node(id).key.as_str()),
            own_targets: rollup.own_targets,
            other_targets: rollup.other_targets,
        }
    }
}

fn evidence<'p>(plan: &'p Plan, node: &'p Node) -> Vec<EvidenceJson<'p>> {
    let evidence = node.evidence.iter();
    evidence
        .map(|evidence| EvidenceJson {
            source: one_line(&plan.source(evidence.source).id),
            at: evidence.at.as_deref().map(one_line),
            basis: evidence.basis.word(),
            note: optional_text(plan, evidence.note.as_deref()),
        })
        .collect()
}

impl<'p> MetricJson<'p> {
    fn new(plan: &'p Plan, metric: &'p Metric, entry: &NodeEntry<'p>) -> Self {
        // Others' values are no values of this metric.
        let own = entry.values.iter().filter(|value| value.kind != ValueKind::Comparator);
        MetricJson {
            measure: metric.measure.word(),
            unit: text(plan, &metric.unit),
            direction: metric.direction.word(),
            values: own.map(|value| ValueJson::new(plan, value)).collect(),
            assessment: entry.assessment.as_ref().map(AssessmentJson::from),
            stat: metric.stat.word(),
        }
    }
}

impl<'p> ValueJson<'p> {
    /// A figure; a person's with whose it is, and where they found it in their own words where the plan has no such source.
    fn new(plan: &'p Plan, entry: &ValueEntry<'p>) -> Self {
        let value = entry.value;
        let (first, second) = entry.numbers();
        let time = entry.time();
        ValueJson {
            kind: entry.kind.word(),
            year: time.year,
            on: time.on.map(|at| at.to_string()),
            announced: time.announced.map(|day| day.to_string()),
            period: time.period.map(PeriodJson::from),
            value: first.and_then(number),
            to: second.and_then(number),
            label: entry.label().map_or(Json::Null, |label| text(plan, label)),
            bound: value.bound.word(),
            source: entry.source(plan).map(one_line),
            at: value.at.as_deref().map(one_line),
            grade: entry.grade(plan).map(Grade::word),
            basis: value.basis.word(),
            note: optional_text(plan, value.note.as_deref()),
            by: entry.by().map(|by| one_line(by.as_str())),
            published: value.published.map(|day| day.to_string()),
            when_basis: value.when_basis.word(),
            undated: value.when == When::Undated,
            increment: value.kind == Kind::Increment,
            force: if value.force == Force::Strive { "strive" } else { "firm" },
            stage: entry.stage().map(Stage::word),
            also: value.also.iter().map(|id| one_line(&plan.source(*id).id)).collect(),
            id: entry.own.map(|own| &*own.id),
        }
    }
}

/// A node as it stands in the document, on one line.
pub fn line(scene: &Scene<'_>, entry: &NodeEntry<'_>) -> Vec<u8> {
    // Nothing in a node refuses to be written into memory.
    serde_json::to_vec(&NodeJson::new(scene, entry)).unwrap_or_default()
}

/// A node as a value, for templates. Decimals lose their closing zeros.
pub(super) fn value(scene: &Scene<'_>, entry: &NodeEntry<'_>) -> Json {
    serde_json::to_value(NodeJson::new(scene, entry)).unwrap_or_default()
}

/// What belongs to no node, as a value.
pub(super) fn orphans(document: &Document<'_>) -> Json {
    let orphans: Vec<OrphanJson<'_>> = document.orphans().into_iter().map(OrphanJson::from).collect();
    serde_json::to_value(orphans).unwrap_or_default()
}

/// Everything before the nodes, key by key.
pub(super) fn head(document: &Document<'_>) -> Vec<(&'static str, Json)> {
    let plan = document.plan();
    let stamp = document.stamp(Format::Json);
    let period = plan
        .period
        .map(|period| serde_json::json!({"start": moment(period.start), "end": moment(period.end)}));
    let mut head = vec![
        ("format", Json::from(1)),
        ("tool", Json::from(stamp.tool)),
        ("as_of", Json::from(stamp.as_of)),
        ("scope", Json::from(stamp.scope)),
        ("filter", Json::from(stamp.filter.as_deref().map(one_line))),
        ("lang", Json::from(stamp.lang)),
        (
            "plan",
            serde_json::json!({
                "id": plan.id, "title": text(plan, &plan.title), "period": period, "hash": stamp.plan.hash,
                "errors": stamp.plan.errors,
            }),
        ),
        ("journal", serde_json::json!({"hash": stamp.journal.hash, "records": stamp.journal.records})),
        ("rule", serde_json::json!({"id": stamp.rule.id, "cuts": stamp.rule.cuts})),
    ];
    if let Some(filter) = &document.filter {
        let key = |id: &NodeId| plan.tree.node(*id).key.as_str();
        let matched = filter.sieve.within(&plan.tree, document.scope);
        head.push(("matched", Json::from(matched.iter().map(key).collect::<Vec<_>>())));
    }
    head
}

/// Writes the whole document, a node a line.
///
/// # Errors
/// When the sink fails, or somebody stops it.
pub fn write(
    document: &Document<'_>,
    _options: &Options,
    out: &mut dyn Write,
    progress: &mut dyn Progress,
) -> Result<(), ExportError> {
    out.write_all(b"{\n")?;
    for (name, value) in head(document) {
        writeln!(out, "  \"{name}\": {value},")?;
    }
    out.write_all(b"  \"nodes\": [")?;
    let mut separator = "\n    ";
    let mut done = 0;
    document.each(
        |entry, bytes| {
            bytes.extend(line(&document.scene, entry));
            Ok(())
        },
        |bytes| {
            out.write_all(separator.as_bytes())?;
            out.write_all(bytes)?;
            separator = ",\n    ";
            done += 1;
            progress.step(done, document.count())
        },
    )?;
    out.write_all(b"\n  ],\n  \"orphans\": [")?;
    let mut separator = "\n    ";
    for orphan in document.orphans() {
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *out, &OrphanJson::from(orphan)).map_err(io::Error::from)?;
        separator = ",\n    ";
    }
    let end = if separator.starts_with(',') { "\n  ]\n}\n" } else { "]\n}\n" };
    Ok(out.write_all(end.as_bytes())?)
}
