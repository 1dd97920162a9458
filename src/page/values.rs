//! The figures of a metric as rows: what, when, how much, from where.

use super::{Field, Item, Reader, ValueKind, ValueRow};
use crate::journal::fold::Observed;
use crate::journal::{Annotations, describe};
use crate::plan::NodeId;
use crate::plan::figure;
use crate::plan::metric::{Basis, Metric, Value};
use crate::text::clean::one_line;

/// A metric's own details, then its figures: baseline, actual values, targets, others' values.
pub(super) fn fields(reader: &Reader<'_>, node: NodeId, said: Option<&Annotations>) -> Vec<Field> {
    let Some(metric) = &reader.plan.tree.node(node).metric else { return Vec::new() };
    let mut fields = Vec::new();
    if let Some(base) = &metric.base {
        fields.push(reader.pair("基数", "base", reader.word(base)));
    }
    let rows = metric.baseline.iter().map(|value| (ValueKind::Baseline, value));
    let rows = rows.chain(metric.observed.iter().map(|value| (ValueKind::Observed, value)));
    let rows = rows.chain(metric.target.iter().map(|value| (ValueKind::Target, value)));
    let rows = rows.chain(metric.comparators.iter().map(|value| (ValueKind::Comparator, value)));
    fields.extend(
        rows.filter(|(_, value)| !reader.as_of.hides(reader.plan, value))
            .map(|(kind, value)| Field::Value(row(reader, metric, kind, value))),
    );
    let recorded = said.into_iter().flat_map(Annotations::values);
    fields.extend(recorded.map(|own| Field::Value(recorded_row(reader, metric, own))));
    fields
}

/// A value somebody recorded: with their name, and with its source in their own words where the plan has no such document.
pub(super) fn recorded_row(reader: &Reader<'_>, metric: &Metric, own: &Observed) -> ValueRow {
    let row = row(reader, metric, ValueKind::Observed, &own.value);
    let mut parts = vec![one_line(own.by.as_str()).into_owned()];
    if own.value.source.is_none() {
        let grade = own.figure.grade.map(|grade| format!(" [{}]", grade.word())).unwrap_or_default();
        let source = own.figure.source.as_deref().map(one_line).unwrap_or_default();
        parts.push(format!("{source}{grade}"));
    }
    parts.push(row.remark);
    parts.retain(|part| !part.is_empty());
    ValueRow { remark: parts.join(" · "), item: Some(Item::Value(own.id.clone())), ..row }
}

/// A value recorded on a node that has left the plan, whose unit nobody knows any more.
pub(super) fn bare_row(reader: &Reader<'_>, own: &Observed) -> Field {
    let grade = own.figure.grade.map(|grade| format!("[{}]", grade.word()));
    let source = own.figure.source.as_deref().map(|source| one_line(source).into_owned());
    let parts: Vec<String> =
        [Some(one_line(own.by.as_str()).into_owned()), source, grade].into_iter().flatten().collect();
    Field::Value(ValueRow {
        kind: ValueKind::Observed,
        label: reader.ui.pick("实际", "actual").to_owned(),
        when: String::new(),
        amount: describe::figure(&own.figure, reader.ui),
        remark: parts.join(" · "),
        item: Some(Item::Value(own.id.clone())),
    })
}

pub(super) fn row(reader: &Reader<'_>, metric: &Metric, kind: ValueKind, value: &Value) -> ValueRow {
    let ui = reader.ui;
    ValueRow {
        kind,
        label: kind.label(ui).to_owned(),
        when: figure::when(value.when, ui),
        amount: figure::amount(value, metric, reader.show.main(), ui),
        remark: remark(reader, value),
        item: None,
    }
}

/// Where a figure comes from and how sure it is: source, place and grade, other sources that repeat it, how it is known, the note.
fn remark(reader: &Reader<'_>, value: &Value) -> String {
    let ui = reader.ui;
    let mut parts: Vec<String> = value.whose.iter().map(|whose| reader.word(whose)).collect();
    if let Some(source) = value.source {
        let grade = value.grade.or(reader.plan.source(source).grade);
        let grade = grade.map(|grade| format!(" [{}]", grade.word())).unwrap_or_default();
        parts.push(format!("{}{grade}", reader.cited(source, value.at.as_deref())));
    }
    for source in &value.also {
        parts.push(format!("{}{}", ui.pick("另见 ", "also "), reader.source(*source)));
    }
    if value.basis != Basis::Stated {
        parts.push(reader.basis(value.basis).to_owned());
    }
    if value.when_basis == Basis::Inferred {
        parts.push(ui.pick("时间推定", "time inferred").to_owned());
    }
    if let Some(published) = value.published {
        parts.push(format!("{} {published}", ui.pick("发布", "published")));
    }
    if let Some(note) = &value.note {
        parts.push(reader.word(note));
    }
    parts.join(" · ")
}
