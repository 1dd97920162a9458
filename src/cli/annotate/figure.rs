//! An observed value from the flags, as its metric takes one.

use super::super::args::AnnotateArgs;
use super::super::failure::Failure;
use super::refused;
use crate::journal::event::RecordedFigure;
use crate::journal::words::{self, FigurePart, FigureText};
use crate::plan::metric::{Metric, Moment};
use crate::plan::{NodeId, Plan};
use crate::text::Bilingual;

/// The value that is wished for, if one is.
pub fn figure(plan: &Plan, node: NodeId, wish: &AnnotateArgs) -> Result<Option<RecordedFigure>, Failure> {
    let (Some(value), Some(on)) = (&wish.observe, &wish.on) else { return Ok(None) };
    let metric = metric(plan, node)?;
    let text = FigureText {
        value,
        on,
        bound: wish.bound.as_deref(),
        source: wish.value_source.as_deref(),
        grade: wish.grade.as_deref(),
    };
    words::figure(metric, text).map(Some).map_err(|(part, why)| refused(flag(part), why))
}

/// The moment after which a metric's series counts something else.
pub fn series_break(plan: &Plan, node: NodeId, text: &str) -> Result<Moment, Failure> {
    metric(plan, node)?;
    words::moment(text).map_err(|why| refused("--series-break", why))
}

fn metric(plan: &Plan, node: NodeId) -> Result<&Metric, Failure> {
    let this = plan.tree.node(node);
    this.metric.as_deref().ok_or_else(|| {
        let what = Bilingual::new(
            format!("{} 不是指标，没有数值", this.key),
            format!("{} is no metric and has no values", this.key),
        );
        let next = Bilingual::new(
            "把数值记在它下面的指标上，或用 --note",
            "record the value on a metric below it, or use --note",
        );
        Failure::usage(what, next)
    })
}

fn flag(part: FigurePart) -> &'static str {
    match part {
        FigurePart::Value => "--observe",
        FigurePart::On => "--on",
        FigurePart::Bound => "--bound",
        FigurePart::Source => "--value-source",
        FigurePart::Grade => "--grade",
    }
}
