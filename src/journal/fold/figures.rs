//! A recorded figure in the plan's own terms, so that it is judged like the plan's.

use super::super::event::{RecordedAmount, RecordedFigure};
use crate::plan::metric::{Amount, Decimal, Measure, Metric, Value};
use crate::plan::{NodeId, Plan, SourceId};
use crate::text::{Lang, Text};

/// The figure as a value of the plan. A source that the plan has is meant by its id; any other stays in the
/// figure only.
pub(super) fn value(plan: &Plan, node: Option<NodeId>, figure: &RecordedFigure) -> Value {
    let metric = node.and_then(|id| plan.tree.node(id).metric.as_deref());
    let sources = (0u32..).zip(&plan.sources);
    let source = figure.source.as_deref().and_then(|id| {
        sources.filter(|(_, source)| *source.id == *id).map(|(index, _)| SourceId(index)).next()
    });
    Value {
        bound: figure.bound,
        source,
        grade: figure.grade,
        at: figure.quote.as_ref().map(|quote| quote.place.short().into()),
        ..Value::new(amount(plan, metric, &figure.reading), figure.when)
    }
}

fn amount(plan: &Plan, metric: Option<&Metric>, reading: &RecordedAmount) -> Amount {
    let scale = metric.map_or(&[][..], |metric| &metric.scale);
    match reading {
        RecordedAmount::Number(number) => {
            let on_scale = metric.is_some_and(|metric| metric.measure == Measure::Ordinal);
            let step = scale.iter().find(|step| on_scale && is_same(step.value, *number));
            step.map_or(Amount::Number(*number), |step| Amount::Label(step.label.clone(), Some(step.value)))
        }
        RecordedAmount::Range(from, to) => Amount::Range(*from, *to),
        RecordedAmount::Stage(stage) => Amount::Stage(Some(*stage)),
        RecordedAmount::Label(label) => {
            let step = scale.iter().find(|step| step.label.iter().any(|(_, wording)| wording == &**label));
            match step {
                Some(step) => Amount::Label(step.label.clone(), Some(step.value)),
                None => Amount::Label(in_every_language(plan, label), None),
            }
        }
    }
}

fn is_same(one: Decimal, other: Decimal) -> bool {
    (one.value - other.value).abs() < 1e-9
}

/// What somebody wrote is in whatever language they write; it stands for all.
fn in_every_language(plan: &Plan, text: &str) -> Text {
    let languages = (0u8..).map(Lang).zip(&plan.languages);
    Text::new(languages.map(|_| Box::from(text)).collect())
}
