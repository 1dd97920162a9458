//! What a report said of each node, in a few words of its own, so that a later look can tell what has
//! changed, from what to what.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::document::{Document, NodeEntry, ValueEntry, sealed};
use super::json;
use crate::journal::Annotations;
use crate::journal::fold::AuthorRecords;
use crate::plan::Plan;
use crate::plan::figure;
use crate::plan::metric::{Amount, Bound, Force, Kind, Stage, When};
use crate::text::Lang;
use crate::text::hex;

/// A figure as it was said. Words are those of the files, the amount has its decimals as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FigureMark {
    /// `baseline`, `observed`, `target` or `comparator`.
    pub kind: String,
    /// `2024`, `2028-02`, `2021/2025`, `announced 2025-10-20`, `undated`, or nothing.
    pub when: String,
    /// `95.20`, `130..140`, a milestone's stage, or a label in the plan's first language; with `+` before an
    /// increment.
    pub amount: String,
    /// Its bound; left out where it is exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
    /// `strive`, for a target that is only striven for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<String>,
    /// Its source: an id, or a person's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidMark {
    pub by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<u8>,
}

/// What a report said of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMark {
    pub id: String,
    pub state: String,
    /// The computed verdict, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<String>,
    /// The number behind it, six decimals, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<String>,
    /// Its figures, in the report's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<FigureMark>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<SaidMark>,
    /// The first 16 hexadecimal digits of the SHA-256 of the node as the JSON export has it: whether anything
    /// else has changed. It is taken of the keys that the first version of the format had, so that a report
    /// of an earlier version of the program stays comparable.
    pub all: String,
    /// The same of the keys that joined since and say something; left out where none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
}

/// Keys of a node in the first version of the format.
const NODE_KEYS: [&str; 19] = [
    "id",
    "aliases",
    "parent",
    "role",
    "level",
    "depth",
    "title",
    "summary",
    "tags",
    "serves",
    "served_by",
    "attribute",
    "period",
    "office",
    "evidence",
    "state",
    "metric",
    "annotation",
    "rollup",
];

const METRIC_KEYS: [&str; 6] = ["measure", "unit", "direction", "values", "assessment", "stat"];

/// An object's keys with their values as they are written, in their order.
struct MarkedKeys<'j>(Vec<(Cow<'j, str>, &'j RawValue)>);

impl<'de> Deserialize<'de> for MarkedKeys<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = MarkedKeys<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut keys = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    keys.push(entry);
                }
                Ok(MarkedKeys(keys))
            }
        }
        from.deserialize_map(Collect)
    }
}

/// The state `no-data` in JSON.
const NO_DATA: &str = "\"no-data\"";

/// The parts of a node that the two digests are taken of: the keys of the first version, and those that
/// joined and say something.
#[derive(Default)]
struct Parts {
    first: String,
    joined: String,
}

impl Parts {
    /// Parts of an object of which the first version had some keys.
    fn of(json: &str, first_keys: &[&str]) -> Option<Self> {
        let MarkedKeys(keys) = serde_json::from_str(json).ok()?;
        let mut parts = Parts::default();
        for (key, value) in keys {
            let name = serde_json::to_string(&key).ok()?;
            // The first version said "no data" of what nobody had judged.
            let value = if key == "state" && value.get() == "null" { NO_DATA } else { value.get() };
            if !first_keys.contains(&&*key) {
                if !matches!(value, "null" | "[]" | "{}" | "false") {
                    parts.joined += &format!("{name}:{value},");
                }
                continue;
            }
            let metric = (key == "metric").then(|| Self::of(value, &METRIC_KEYS)).flatten();
            let value = match &metric {
                Some(metric) => {
                    parts.joined += &metric.joined;
                    &metric.first
                }
                None => value,
            };
            let comma = if parts.first.is_empty() { "" } else { "," };
            parts.first += &format!("{comma}{name}:{value}");
        }
        parts.first = format!("{{{}}}", parts.first);
        Some(parts)
    }
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text)[..8])
}

impl ReportMark {
    pub fn line(&self) -> String {
        sealed(self)
    }

    /// Reads a line back.
    pub fn parse(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    /// [`ReportMark::all`] and [`ReportMark::more`] of a node as the JSON export has it, without spaces.
    pub fn digests(json: &str) -> (String, Option<String>) {
        let Some(parts) = Parts::of(json, &NODE_KEYS) else { return (digest(json), None) };
        (digest(&parts.first), (!parts.joined.is_empty()).then(|| digest(&parts.joined)))
    }
}

impl<'p> Document<'p> {
    /// What the document says of a node, for verifying.
    pub fn mark(&self, entry: &NodeEntry<'p>) -> ReportMark {
        let plan = self.plan();
        let authors = entry.said.into_iter().flat_map(Annotations::authors);
        let pace = entry.assessment.as_ref().and_then(|found| found.pace?.exact());
        let (all, more) = ReportMark::digests(&String::from_utf8_lossy(&json::line(&self.scene, entry)));
        ReportMark {
            id: entry.node.key.to_string(),
            state: entry.state.word().to_owned(),
            computed: entry.assessment.as_ref().map(|found| found.state.word().to_owned()),
            pace: pace.map(|pace| figure::rounded(pace, 6)),
            values: entry.values.iter().map(|value| figure_mark(plan, value)).collect(),
            said: authors.filter_map(said_mark).collect(),
            all,
            more,
        }
    }
}

fn said_mark(author: &AuthorRecords) -> Option<SaidMark> {
    let status = author.verdict.as_ref().map(|verdict| verdict.status.word().to_owned());
    let progress = author.share.map(|share| share.progress);
    (status.is_some() || progress.is_some()).then(|| SaidMark {
        by: author.by.as_str().to_owned(),
        status,
        progress,
    })
}

/// A figure in the words of the files.
fn figure_mark(plan: &Plan, entry: &ValueEntry<'_>) -> FigureMark {
    let value = entry.value;
    let adds = if value.kind == Kind::Increment { "+" } else { "" };
    let amount = match &value.amount {
        Amount::Number(number) => number.to_string(),
        Amount::Range(from, to) => format!("{from}..{to}"),
        Amount::Label(label, _) => label.get_or_first(Lang(0)).text.to_owned(),
        Amount::Stage(stage) => stage.map(Stage::word).unwrap_or_default().to_owned(),
    };
    FigureMark {
        kind: entry.kind.word().to_owned(),
        when: when(value.when),
        amount: format!("{adds}{amount}"),
        bound: (value.bound != Bound::Exact).then(|| value.bound.word().to_owned()),
        force: (value.force == Force::Strive).then(|| "strive".to_owned()),
        source: entry.source(plan).map(ToOwned::to_owned),
        by: entry.by().map(|by| by.as_str().to_owned()),
    }
}

fn when(when: When) -> String {
    match when {
        When::At(at) => at.to_string(),
        When::Period(start, end) => format!("{start}/{end}"),
        When::Announced(day) => format!("announced {day}"),
        When::Undated => "undated".to_owned(),
        When::Unstated => String::new(),
    }
}
