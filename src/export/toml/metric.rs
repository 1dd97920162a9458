//! What makes a node a metric, and its figures. Figures that were not yet known on the as-of are left out, as everywhere.

use super::Scope;
use super::ink::{Inline, Lines, moment, period, string, text};
use super::node::{basis, source};
use crate::plan::metric::{
    Amount, Bound, Force, Grade, Kind, Measure, Metric, Official, ScaleStep, Stage, Stat, Value, When,
};
use crate::plan::{Period, Plan};

impl Scope<'_, '_> {
    pub(super) fn metric(&self, metric: &Metric, lines: &mut Lines<'_>) {
        let plan = self.plan();
        lines.put("measure", string(metric.measure.word()));
        let counts = matches!(metric.measure, Measure::Unit | Measure::Percentage | Measure::Rank);
        if counts || !metric.unit.is_empty() {
            lines.put("unit", text(plan, &metric.unit));
        }
        lines.put("direction", string(metric.direction.word()));
        if metric.stat != Stat::Stock {
            lines.put("stat", string(metric.stat.word()));
        }
        if metric.gross {
            lines.put("gross", "true");
        }
        lines.some("tolerance", metric.tolerance.map(|number| number.to_string()));
        lines.some("base", metric.base.as_deref().map(|base| text(plan, base)));
        lines.tables("scale", metric.scale.iter().map(|step| scale_step(plan, step)));
        lines.all("breaks", metric.breaks.iter().map(ToString::to_string));
        if let Some(part) = &metric.part_of {
            if self.holds(part.whole) {
                lines.put("part_of", string(plan.tree.node(part.whole).key.as_str()));
                if !part.which.is_empty() {
                    lines.put("where", text(plan, &part.which));
                }
            } else {
                self.outside(lines, "part_of", &[part.whole]);
            }
        }
        let known = |value: &&Value| !self.document.scene.judge.as_of.hides(plan, value);
        let values = |values: &[Value]| -> Vec<String> {
            values.iter().filter(known).map(|one| value(plan, one)).collect()
        };
        lines.some("baseline", metric.baseline.iter().find(known).map(|one| value(plan, one)));
        lines.tables("observed", values(&metric.observed));
        lines.tables("target", values(&metric.target));
        lines.tables("comparators", values(&metric.comparators));
        lines.some("official", metric.official.as_ref().map(|one| official(plan, one)));
    }
}

fn scale_step(plan: &Plan, step: &ScaleStep) -> String {
    format!("{{ value = {}, label = {} }}", step.value, text(plan, &step.label))
}

fn official(plan: &Plan, official: &Official) -> String {
    let mut table = Inline::default();
    table.put("status", string(official.status.word()));
    table.some("source", official.source.map(|id| source(plan, id)));
    table.close()
}

/// The key of a time, and how it is written.
pub(super) fn when(when: When) -> Option<(&'static str, String)> {
    Some(match when {
        When::At(at @ crate::plan::metric::Moment::Year(_)) => ("year", moment(at)),
        When::At(at) => ("on", moment(at)),
        When::Announced(day) => ("announced", moment(day)),
        When::Period(start, end) => ("period", period(Period { start, end })),
        When::Undated => ("undated", "true".to_owned()),
        When::Unstated => return None,
    })
}

fn value(plan: &Plan, value: &Value) -> String {
    let mut table = Inline::default();
    table.some("where", value.whose.as_deref().map(|whose| text(plan, whose)));
    if let Some((key, time)) = when(value.when) {
        table.put(key, time);
    }
    match &value.amount {
        Amount::Number(number) => table.put("value", number.to_string()),
        Amount::Range(from, to) => {
            table.put("value", from.to_string());
            table.put("to", to.to_string());
        }
        Amount::Label(label, number) => {
            table.put("label", text(plan, label));
            table.some("value", number.map(|number| number.to_string()));
        }
        Amount::Stage(stage) => table.some("stage", stage.map(Stage::word).map(string)),
    }
    table.some("kind", (value.kind == Kind::Increment).then(|| string("increment")));
    table.some("force", (value.force == Force::Strive).then(|| string("strive")));
    table.some("bound", (value.bound != Bound::Exact).then(|| string(value.bound.word())));
    table.some("basis", basis(value.basis));
    table.some("when_basis", basis(value.when_basis));
    table.some("published", value.published.map(moment));
    table.some("source", value.source.map(|id| source(plan, id)));
    if !value.also.is_empty() {
        table.put("also", super::ink::list(value.also.iter().map(|id| source(plan, *id))));
    }
    table.some("at", value.at.as_deref().map(string));
    table.some("grade", value.grade.map(Grade::word).map(string));
    table.some("note", value.note.as_deref().map(|note| text(plan, note)));
    table.close()
}
