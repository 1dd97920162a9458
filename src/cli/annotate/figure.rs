//! An observed value from the flags, as its metric takes one.

use super::super::args::Annotate;
use super::super::failure::Failure;
use super::{refused, word, words};
use crate::journal::event::{Figure, Reading};
use crate::plan::metric::{Bound, Decimal, Grade, Measure, Metric, Moment, Stage, When};
use crate::plan::{NodeId, Plan, Said};

/// The value that is wished for, if one is.
pub fn figure(plan: &Plan, node: NodeId, wish: &Annotate) -> Result<Option<Figure>, Failure> {
    let (Some(value), Some(on)) = (&wish.observe, &wish.on) else { return Ok(None) };
    let metric = metric(plan, node)?;
    let bound = wish.bound.as_deref().map(|text| word("--bound", text, Bound::ALL, Bound::word));
    let grade =
        wish.grade.as_deref().map(|text| word("--grade", &text.to_uppercase(), Grade::ALL, Grade::word));
    Ok(Some(Figure {
        reading: reading(metric, value)?,
        when: when(on)?,
        bound: bound.transpose()?.unwrap_or(Bound::Exact),
        source: wish.value_source.as_deref().map(|text| words("--value-source", text)).transpose()?,
        grade: grade.transpose()?,
    }))
}

/// The moment after which a metric's series counts something else.
pub fn series_break(plan: &Plan, node: NodeId, text: &str) -> Result<Moment, Failure> {
    metric(plan, node)?;
    Moment::parse(text.trim()).ok_or_else(|| {
        let next = Said::new("写作 2025、2025-10 或 2025-10-20", "write 2025, 2025-10 or 2025-10-20");
        refused("--series-break", text, next)
    })
}

/// What makes the node a metric.
fn metric(plan: &Plan, node: NodeId) -> Result<&Metric, Failure> {
    let this = plan.tree.node(node);
    this.metric.as_deref().ok_or_else(|| {
        let what = Said::new(
            format!("{} 不是指标，没有数值", this.key),
            format!("{} is no metric and has no values", this.key),
        );
        let next = Said::new(
            "把数值记在它下面的指标上，或用 --note",
            "record the value on a metric below it, or use --note",
        );
        Failure::usage(what, next)
    })
}

fn reading(metric: &Metric, text: &str) -> Result<Reading, Failure> {
    let text = text.trim();
    let on_scale = metric.scale.iter().any(|step| step.label.iter().any(|(_, wording)| wording == text));
    match metric.measure {
        Measure::Milestone => word("--observe", text, Stage::ALL, Stage::word).map(Reading::Stage),
        Measure::Qualitative => words("--observe", text).map(Reading::Label),
        Measure::Ordinal if on_scale || metric.scale.is_empty() => {
            words("--observe", text).map(Reading::Label)
        }
        Measure::Ordinal => step_of_scale(metric, text),
        Measure::Unit | Measure::Percentage | Measure::Rank => number(metric, text),
    }
}

fn step_of_scale(metric: &Metric, text: &str) -> Result<Reading, Failure> {
    let found = Decimal::parse(text)
        .filter(|number| metric.scale.iter().any(|step| (step.value.value - number.value).abs() < 1e-9));
    found.map(Reading::Number).ok_or_else(|| {
        let steps: Vec<String> = metric.scale.iter().map(|step| step.value.to_string()).collect();
        let list = steps.join(", ");
        refused(
            "--observe",
            text,
            Said::new(format!("量表的一级：{list}"), format!("a step of the scale: {list}")),
        )
    })
}

/// A number or a range (`35..45`), within what the measure can be.
fn number(metric: &Metric, text: &str) -> Result<Reading, Failure> {
    let one = |text: &str| {
        let bare = match metric.measure {
            Measure::Percentage => text.strip_suffix(['%', '％']).unwrap_or(text),
            _ => text,
        };
        let number = Decimal::parse(bare.trim().replace(',', "").as_str()).ok_or_else(|| {
            let next =
                Said::new("写作数字（95.2），或范围（35..45）", "write a number (95.2), or a range (35..45)");
            refused("--observe", text, next)
        })?;
        in_range(metric, number).map_or(Ok(number), |next| Err(refused("--observe", text, next)))
    };
    match text.split_once("..") {
        Some((from, to)) => {
            let (from, to) = (one(from)?, one(to)?);
            if from.value > to.value {
                let next = Said::new("范围从小到大", "a range goes from the smaller to the greater");
                return Err(refused("--observe", text, next));
            }
            Ok(Reading::Range(from, to))
        }
        None => one(text).map(Reading::Number),
    }
}

/// What is wrong with a number, if anything.
fn in_range(metric: &Metric, number: Decimal) -> Option<Said> {
    match metric.measure {
        Measure::Percentage if number.value > 100.0 && !metric.gross => {
            Some(Said::new("百分比不超过 100", "a percentage is at most 100"))
        }
        Measure::Rank if number.value < 1.0 || number.value.fract() != 0.0 => {
            Some(Said::new("名次是 1 以上的整数", "a rank is a whole number from 1 up"))
        }
        _ => None,
    }
}

/// A year, month or day, or two of them with `..` between for a period.
fn when(text: &str) -> Result<When, Failure> {
    let one = |text: &str| Moment::parse(text.trim());
    let read = match text.split_once("..") {
        Some((from, to)) => one(from)
            .zip(one(to))
            .filter(|(from, to)| from.year() <= to.year())
            .map(|(from, to)| When::Period(from, to)),
        None => one(text).map(When::At),
    };
    read.ok_or_else(|| {
        let next = Said::new(
            "写作 2025、2025-10 或 2025-10-20；时段写作 2021..2025",
            "write 2025, 2025-10 or 2025-10-20; a period as 2021..2025",
        );
        refused("--on", text, next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Ui;
    use rstest::rstest;

    #[rstest]
    #[case("2025", Some(When::At(Moment::Year(2025))))]
    #[case("2025-10", Some(When::At(Moment::Month(2025, 10))))]
    #[case("2021..2025", Some(When::Period(Moment::Year(2021), Moment::Year(2025))))]
    #[case("2025..2021", None)]
    #[case("2025-13", None)]
    #[case("last year", None)]
    fn a_time_is_as_precise_as_it_is_written(#[case] text: &str, #[case] expected: Option<When>) {
        assert_eq!(when(text).ok(), expected);
    }

    #[test]
    fn a_refusal_shows_the_form() {
        let failure = when("soon").unwrap_err().render(Ui::En);
        assert!(failure.contains("--on does not take soon") && failure.contains("2025-10-20"), "{failure}");
    }
}
