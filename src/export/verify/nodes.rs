//! The marks of a JSON export: taken from the nodes themselves, in the file and today alike.

use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::export::mark::{FigureMark, ReportMark, SaidMark};
use crate::plan::metric::Bound;
use crate::plan::{State, figure};

#[derive(Deserialize)]
struct ClaimedNode {
    id: String,
    /// Null where nobody judges it, or nobody has.
    state: Option<String>,
    metric: Option<ClaimedMetric>,
    annotation: Option<ClaimedAnnotation>,
}

#[derive(Deserialize)]
struct ClaimedMetric {
    values: Vec<ClaimedValue>,
    assessment: Option<ClaimedAssessment>,
}

#[derive(Deserialize)]
struct ClaimedAssessment {
    status: String,
    pace: Option<f64>,
}

#[derive(Deserialize)]
struct ClaimedValue {
    kind: String,
    year: Option<i16>,
    on: Option<String>,
    announced: Option<String>,
    period: Option<ClaimedPeriod>,
    value: Option<Box<RawValue>>,
    to: Option<Box<RawValue>>,
    label: Option<serde_json::Map<String, Json>>,
    bound: String,
    source: Option<String>,
    by: Option<String>,
    undated: bool,
    increment: bool,
    force: String,
    stage: Option<String>,
}

#[derive(Deserialize)]
struct ClaimedPeriod {
    start: Json,
    end: Json,
}

#[derive(Deserialize)]
struct ClaimedAnnotation {
    authors: Vec<ClaimedAuthor>,
}

#[derive(Deserialize)]
struct ClaimedAuthor {
    by: String,
    status: Option<String>,
    progress: Option<u8>,
}

/// The mark of a node as the JSON export has it; `None` where it is none.
pub(super) fn mark(raw: &str) -> Option<ReportMark> {
    let node: ClaimedNode = serde_json::from_str(raw).ok()?;
    let (values, assessment) =
        node.metric.map(|metric| (metric.values, metric.assessment)).unwrap_or_default();
    let pace = assessment.as_ref().and_then(|found| found.pace);
    let authors = node.annotation.map(|said| said.authors).unwrap_or_default();
    let (all, more) = ReportMark::digests(&compact(raw));
    let spoke = |author: &ClaimedAuthor| author.status.is_some() || author.progress.is_some();
    Some(ReportMark {
        id: node.id,
        state: node.state.unwrap_or_else(|| State::NotJudged.word().to_owned()),
        computed: assessment.map(|found| found.status),
        pace: pace.map(|pace| figure::rounded(pace, 6)),
        values: values.into_iter().map(figure_mark).collect(),
        said: authors
            .into_iter()
            .filter(spoke)
            .map(|ClaimedAuthor { by, status, progress }| SaidMark { by, status, progress })
            .collect(),
        all,
        more,
    })
}

fn figure_mark(value: ClaimedValue) -> FigureMark {
    let when = if value.undated { "undated".to_owned() } else { when(&value) };
    let adds = if value.increment { "+" } else { "" };
    let words = || value.label.as_ref().and_then(|label| label.values().find_map(Json::as_str));
    let amount = match (words(), &value.stage, &value.value, &value.to) {
        (Some(words), ..) => words.to_owned(),
        (None, Some(stage), ..) => stage.clone(),
        (None, None, Some(from), Some(to)) => format!("{}..{}", from.get(), to.get()),
        (None, None, Some(number), None) => number.get().to_owned(),
        (None, None, None, _) => String::new(),
    };
    FigureMark {
        when,
        amount: format!("{adds}{amount}"),
        bound: Some(value.bound).filter(|bound| bound != Bound::Exact.word()),
        force: Some(value.force).filter(|force| force == "strive"),
        kind: value.kind,
        source: value.source,
        by: value.by,
    }
}

fn when(value: &ClaimedValue) -> String {
    let bare = |moment: &Json| moment.as_str().map_or_else(|| moment.to_string(), ToOwned::to_owned);
    let year = value.year.map(|year| year.to_string());
    let span = value.period.as_ref().map(|span| format!("{}/{}", bare(&span.start), bare(&span.end)));
    let announced = value.announced.as_ref().map(|day| format!("announced {day}"));
    year.or_else(|| value.on.clone()).or(span).or(announced).unwrap_or_default()
}

/// JSON without the white space between its parts: a file that was only set out again says the same.
fn compact(raw: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    raw.chars()
        .filter(|c| {
            let keeps = in_string || !c.is_ascii_whitespace();
            match (in_string, escaped, c) {
                (true, true, _) => escaped = false,
                (true, false, '\\') => escaped = true,
                (_, _, '"') => in_string = !in_string,
                _ => {}
            }
            keeps
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_outside_of_strings_only() {
        assert_eq!(
            compact("{ \"a b\" : [ 1,\n 2 ], \"c\\\" d\" : \" \" }"),
            "{\"a b\":[1,2],\"c\\\" d\":\" \"}"
        );
    }

    #[test]
    fn a_node_of_the_contract_becomes_the_mark_of_a_report() {
        let raw = r#"{"id":"a","state":"on-track","metric":{"values":[
            {"kind":"target","year":null,"on":"2028-02","announced":null,"period":null,"value":98.50,"to":null,"label":null,"bound":"at-least","source":"s","by":null,"undated":false,"increment":false,"force":"strive","stage":null},
            {"kind":"observed","year":null,"on":null,"announced":null,"period":{"start":2021,"end":"2025-06"},"value":130,"to":140,"label":null,"bound":"exact","source":null,"by":"li","undated":false,"increment":true,"force":"firm","stage":null}
        ],"assessment":{"status":"on-track","pace":0.9733}},"annotation":{"authors":[{"by":"li","status":null,"progress":null},{"by":"wang","status":null,"progress":40}]}}"#;
        let mark = mark(raw).unwrap();
        let figure = |kind: &str, when: &str, amount: &str| FigureMark {
            kind: kind.into(),
            when: when.into(),
            amount: amount.into(),
            bound: None,
            force: None,
            source: None,
            by: None,
        };
        assert_eq!(
            mark.values,
            [
                FigureMark {
                    bound: Some("at-least".into()),
                    force: Some("strive".into()),
                    source: Some("s".into()),
                    ..figure("target", "2028-02", "98.50")
                },
                FigureMark { by: Some("li".into()), ..figure("observed", "2021/2025-06", "+130..140") },
            ]
        );
        assert_eq!(mark.said, [SaidMark { by: "wang".into(), status: None, progress: Some(40) }]);
        assert_eq!((mark.computed.as_deref(), mark.pace.as_deref()), (Some("on-track"), Some("0.9733")));
    }
}
