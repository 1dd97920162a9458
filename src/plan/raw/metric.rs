//! What makes a node a metric, and the values known of it.

use toml::de::DeTable;

use super::reader::{Item, Lines, Reader, span_of};
use crate::plan::check;
use crate::plan::diagnostic::Span;
use crate::plan::diagnostic::trouble::{self, Flaw, Want};
use crate::plan::metric::{
    Amount, Basis, Bound, Decimal, Direction, Force, Grade, Kind, Measure, Metric, Moment, Official,
    ScaleStep, Stage, Stat, Value, When,
};
use crate::plan::text::Text;

/// Keys of a metric beyond those of every node.
pub(crate) const METRIC_KEYS: &[&str] = &[
    "measure",
    "unit",
    "direction",
    "stat",
    "gross",
    "tolerance",
    "base",
    "scale",
    "breaks",
    "part_of",
    "where",
    "comparators",
    "baseline",
    "observed",
    "target",
    "official",
];

/// Keys of a value.
pub(crate) const VALUE_KEYS: &[&str] = &[
    "value",
    "to",
    "label",
    "stage",
    "year",
    "on",
    "period",
    "announced",
    "published",
    "undated",
    "kind",
    "force",
    "bound",
    "basis",
    "when_basis",
    "source",
    "also",
    "at",
    "grade",
    "note",
];

const KINDS: &[(&str, Kind)] = &[("level", Kind::Level), ("increment", Kind::Increment)];
const FORCES: &[(&str, Force)] = &[("firm", Force::Firm), ("strive", Force::Strive)];

/// What a value is to its metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Baseline,
    Observed,
    Target,
    Comparator,
}

/// A metric as it is being read.
pub(crate) struct RawMetric {
    pub metric: Metric,
    /// The whole it is a part of, by name.
    pub part_of: Option<(Box<str>, Span)>,
    pub which: Option<Text>,
    /// Measure or direction could not be read: what stands in must not lead to a verdict.
    pub guessed: bool,
}

impl RawMetric {
    /// Reads measure and unit first: the values are checked by them.
    pub fn begin(reader: &mut Reader<'_>, table: &DeTable<'_>, header: Span) -> Self {
        let measure = table.get("measure").and_then(|item| reader.word("measure", item));
        let direction = table.get("direction").and_then(|item| reader.word("direction", item));
        let gross = table.get("gross").and_then(|item| reader.flag("gross", item)).unwrap_or(false);
        let unit = table.get("unit").and_then(|item| reader.text("unit", item, Lines::One));
        for key in ["measure", "direction"] {
            if !table.contains_key(key) {
                reader.missing("[[metric]]", &[key], header);
            }
        }
        let counts =
            !matches!(measure, None | Some(Measure::Qualitative | Measure::Milestone | Measure::Ordinal));
        if counts && !table.contains_key("unit") {
            reader.missing("[[metric]]", &["unit"], header);
        }
        let metric = Metric {
            measure: measure.unwrap_or(Measure::Unit),
            unit: unit.unwrap_or_default(),
            direction: direction.unwrap_or(Direction::Increase),
            stat: Stat::Stock,
            gross,
            tolerance: None,
            base: None,
            scale: Box::default(),
            breaks: Box::default(),
            part_of: None,
            comparators: Box::default(),
            baseline: None,
            observed: Box::default(),
            target: Box::default(),
            official: None,
        };
        Self { metric, part_of: None, which: None, guessed: measure.is_none() || direction.is_none() }
    }

    /// Takes one key; `false` where it is none of a metric's.
    pub fn take(&mut self, reader: &mut Reader<'_>, key: &str, item: &Item<'_>) -> bool {
        let metric = &mut self.metric;
        match key {
            "measure" | "unit" | "direction" | "gross" => {}
            "stat" => metric.stat = reader.word(key, item).unwrap_or(Stat::Stock),
            "tolerance" => metric.tolerance = tolerance(reader, item),
            "base" => metric.base = reader.text(key, item, Lines::One).map(Box::new),
            "scale" => metric.scale = reader.each(key, Want::Tables, item, scale_step),
            "breaks" => metric.breaks = reader.each(key, Want::List, item, |r, item| r.year("breaks", item)),
            "part_of" => self.part_of = reader.str(key, item).map(|name| (name.into(), span_of(item))),
            "where" => self.which = reader.text(key, item, Lines::One),
            "comparators" => metric.comparators = values(reader, metric, Part::Comparator, key, item),
            "baseline" => metric.baseline = value(reader, metric, Part::Baseline, item),
            "observed" => metric.observed = values(reader, metric, Part::Observed, key, item),
            "target" => metric.target = values(reader, metric, Part::Target, key, item),
            "official" => metric.official = official(reader, item),
            _ => return false,
        }
        true
    }
}

fn tolerance(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<f64> {
    let number = reader.decimal("tolerance", item)?.value;
    if number < 0.0 {
        reader.invalid("tolerance", Flaw::NotPositive, item);
        return None;
    }
    Some(number)
}

fn scale_step(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<ScaleStep> {
    let table = reader.table("scale", Want::Table, item)?;
    let (mut value, mut label) = (None, None);
    for (name, item) in table {
        match name.get_ref().as_ref() {
            "value" => value = reader.decimal("value", item),
            "label" => label = reader.text("label", item, Lines::One),
            _ => reader.unknown_key("scale", name, &["value", "label"]),
        }
    }
    for key in ["value", "label"] {
        if !table.contains_key(key) {
            reader.missing("scale", &[key], span_of(item));
        }
    }
    Some(ScaleStep { value: value?, label: label? })
}

fn official(reader: &mut Reader<'_>, item: &Item<'_>) -> Option<Official> {
    let table = reader.table("official", Want::Table, item)?;
    let (mut status, mut source) = (None, None);
    for (name, item) in table {
        match name.get_ref().as_ref() {
            "status" => status = reader.word("status", item),
            "source" => source = reader.source("source", item),
            _ => reader.unknown_key("official", name, &["status", "source"]),
        }
    }
    for key in ["status", "source"] {
        if !table.contains_key(key) {
            reader.missing("official", &[key], span_of(item));
        }
    }
    Some(Official { status: status?, source })
}

fn values(reader: &mut Reader<'_>, metric: &Metric, part: Part, key: &str, item: &Item<'_>) -> Box<[Value]> {
    reader.each(key, Want::Tables, item, |reader, item| value(reader, metric, part, item))
}

/// A value as its keys come in.
#[derive(Default)]
struct RawValue {
    number: Option<Decimal>,
    to: Option<Decimal>,
    label: Option<Text>,
    stage: Option<Stage>,
    time: RawTime,
    kind: Option<Kind>,
    force: Option<Force>,
    bound: Option<Bound>,
    basis: Option<Basis>,
    when_basis: Option<Basis>,
    grade: Option<Grade>,
}

/// The one time of a value or a fact, with the key that gave it.
#[derive(Default)]
pub(crate) struct RawTime {
    when: Option<(When, &'static str)>,
    pub published: Option<Moment>,
}

/// The keys that give a time.
const TIME_KEYS: &[&str] = &["year", "on", "period", "announced"];

impl RawTime {
    /// Takes one key; `false` where it gives no time.
    pub fn take(&mut self, reader: &mut Reader<'_>, key: &str, item: &Item<'_>) -> bool {
        let (key, found) = match key {
            "year" => ("year", reader.year(key, item).map(|year| When::At(Moment::Year(year)))),
            "on" => ("on", reader.moment(key, item).map(When::At)),
            "announced" => ("announced", reader.moment(key, item).map(When::Announced)),
            "period" => ("period", reader.period(key, item).map(|span| When::Period(span.start, span.end))),
            "undated" => ("undated", reader.flag(key, item).filter(|yes| *yes).map(|_| When::Undated)),
            "published" => {
                self.published = reader.moment(key, item);
                return true;
            }
            _ => return false,
        };
        match (found, self.when) {
            (Some(_), Some((_, first))) => reader.problems.add(span_of(item), trouble::exclusive(first, key)),
            (Some(when), None) => self.when = Some((when, key)),
            (None, _) => {}
        }
        true
    }

    pub fn when(&self) -> When {
        self.when.map_or(When::Unstated, |(when, _)| when)
    }
}

fn value(reader: &mut Reader<'_>, metric: &Metric, part: Part, item: &Item<'_>) -> Option<Value> {
    let table = reader.table(part.key(), Want::Table, item)?;
    let mut raw = RawValue::default();
    let (mut source, mut also, mut at, mut note, mut whose) = (None, Box::default(), None, None, None);
    for (name, item) in table {
        let key = name.get_ref().as_ref();
        match key {
            "source" => source = reader.source(key, item),
            "also" => also = reader.each(key, Want::List, item, |reader, item| reader.source("also", item)),
            "at" => at = reader.boxed(key, item),
            "note" => note = reader.text(key, item, Lines::Many).map(Box::new),
            "where" if part == Part::Comparator => whose = reader.text(key, item, Lines::One).map(Box::new),
            _ if raw.take(reader, key, item) || raw.time.take(reader, key, item) => {}
            _ => reader.unknown_key(part.key(), name, VALUE_KEYS),
        }
    }
    let has = |keys: &[&str]| keys.iter().any(|key| table.contains_key(*key));
    if !has(TIME_KEYS) && !has(&["undated"]) {
        let keys =
            if part == Part::Target { &["year", "on", "period", "announced", "undated"] } else { TIME_KEYS };
        reader.missing(part.key(), keys, span_of(item));
    } else if part != Part::Target && raw.time.when() == When::Undated {
        reader.problems.add(span_of(item), trouble::misplaced("undated", "目标值", "targets"));
    }
    let amount = raw.amount(reader, metric, part, table, item)?;
    let value = Value {
        amount,
        when: raw.time.when(),
        published: raw.time.published,
        bound: raw.bound.unwrap_or(Bound::Exact),
        basis: raw.basis.unwrap_or(Basis::Stated),
        when_basis: raw.when_basis.unwrap_or(Basis::Stated),
        kind: raw.kind.unwrap_or(Kind::Level),
        force: raw.force.unwrap_or(Force::Firm),
        source,
        also,
        at,
        grade: raw.grade,
        note,
        whose,
    };
    check::value(reader, metric, part, &value, table, span_of(item));
    Some(value)
}

impl Part {
    /// Its key in the metric's table.
    pub fn key(self) -> &'static str {
        match self {
            Part::Baseline => "baseline",
            Part::Observed => "observed",
            Part::Target => "target",
            Part::Comparator => "comparators",
        }
    }
}

impl RawValue {
    fn take(&mut self, reader: &mut Reader<'_>, key: &str, item: &Item<'_>) -> bool {
        match key {
            "value" => self.number = reader.decimal(key, item),
            "to" => self.to = reader.decimal(key, item),
            "label" => self.label = reader.text(key, item, Lines::One),
            "stage" => self.stage = reader.word(key, item),
            "kind" => self.kind = reader.one_of(key, item, KINDS),
            "force" => self.force = reader.one_of(key, item, FORCES),
            "bound" => self.bound = reader.word(key, item),
            "basis" => self.basis = reader.word(key, item),
            "when_basis" => self.when_basis = reader.word(key, item),
            "grade" => self.grade = reader.word(key, item),
            _ => return false,
        }
        true
    }

    /// What the value says; `None`, with the reason reported, where it says nothing that can be kept.
    fn amount(
        &mut self,
        reader: &mut Reader<'_>,
        metric: &Metric,
        part: Part,
        table: &DeTable<'_>,
        item: &Item<'_>,
    ) -> Option<Amount> {
        if metric.measure == Measure::Milestone {
            let number = ["value", "to", "label"].into_iter().find(|key| table.contains_key(*key));
            if let Some(key) = number {
                let trouble = trouble::misplaced(key, "非里程碑类指标", "metrics that are no milestones");
                reader.problems.add(span_of(item), trouble);
            } else if part != Part::Target && !table.contains_key("stage") {
                reader.missing(part.key(), &["stage"], span_of(item));
            }
            return Some(Amount::Stage(self.stage));
        }
        if table.contains_key("stage") {
            let trouble = trouble::misplaced("stage", "里程碑类指标", "milestones");
            reader.problems.add(span_of(item), trouble);
        }
        if let Some(label) = self.label.take() {
            return Some(Amount::Label(label, self.number));
        }
        if !table.contains_key("value") && !table.contains_key("label") {
            reader.missing(part.key(), &["value", "label"], span_of(item));
        }
        let number = self.number?;
        let Some(to) = self.to else { return Some(Amount::Number(number)) };
        if to.value < number.value {
            reader.invalid("to", Flaw::EndBeforeStart, table.get("to").unwrap_or(item));
            return None;
        }
        Some(Amount::Range(number, to))
    }
}
