//! Computed verdicts and roll-ups in the JSON export, in `explain --json` and in `status --json`.

use serde::Serialize;
use serde_json::Value as Json;

use super::shape::{JsonObject, JsonType};
use crate::plan::{Plan, State};
use crate::progress::{Assessment, Flag, Interval, Rollup};
use crate::text::Bilingual;
use crate::text::words::VocabularyWord;

/// The computed verdict. A number that is open between two ends is null, and its ends stand under `open`.
#[derive(Debug, Serialize)]
pub(super) struct AssessmentJson {
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

pub(super) fn assessment() -> JsonObject {
    let number = || JsonType::Number.or_null();
    let keys = [
        ("status", JsonType::words(State::NAMES), "The computed [state](cli.md#states)"),
        ("pace", number(), "The rule set's number (ρ under `pace`)"),
        ("progress_share", number(), "(actual − baseline) / (target − baseline); may be below 0 or above 1"),
        ("time_share", number(), "Share of the time between baseline and target that has passed"),
        ("landing", number(), "When the target is reached at the pace so far, in decimal years"),
        ("rule", JsonType::String, "The rule set"),
        (
            "flags",
            JsonType::Word(Flag::ALL.iter().map(|flag| flag.word()).collect()).list(),
            "Cautions beside the verdict ([judging.md](judging.md))",
        ),
        ("why", JsonType::Sentence, "The reason in one sentence"),
        (
            "open",
            JsonType::Map(Box::new(JsonType::Number.list())),
            "For each number that is known only as lying between two ends (a bound, an unknown reference time): its name and `[low, high]`. The number's own key is then null",
        ),
    ];
    JsonObject::new("assessment", "A computed verdict. Computed numbers have six decimals.", keys)
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
#[derive(Debug, Serialize)]
pub struct RollupJson<'p> {
    leaves: u32,
    assessed: u32,
    by_state: serde_json::Map<String, Json>,
    worst: Option<&'p str>,
    own_targets: u32,
    other_targets: u32,
}

pub(super) fn rollup() -> JsonObject {
    let keys = [
        ("leaves", JsonType::Whole, "Metrics and childless actions below the node, each once"),
        ("assessed", JsonType::Whole, "How many of them can be judged"),
        ("by_state", JsonType::Map(Box::new(JsonType::Whole)), "Every state with its count, zeros too"),
        (
            "worst",
            JsonType::String.or_null(),
            "Id of the first leaf that is regressing, overdue, limited or needs acceleration, in this order",
        ),
        ("own_targets", JsonType::Whole, "Leaves with a target of the plan's own"),
        ("other_targets", JsonType::Whole, "Leaves with a target of another document only"),
    ];
    JsonObject::new("rollup", "How what is below a node stands.", keys)
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

/// A computed number for JSON. Six decimals: more would show the arithmetic's noise, and differ between
/// machines.
pub fn rounded(number: f64) -> f64 {
    // Adding zero turns -0.0 into 0.0.
    (number * 1e6).round() / 1e6 + 0.0
}
