//! An observed value as it is typed, read the way its metric takes one.

use super::{RefusedText, word, words};
use crate::figures::dates;
use crate::figures::input::{self, TypedNumber};
use crate::journal::event::{RecordedAmount, RecordedFigure};
use crate::plan::metric::{Bound, Decimal, Grade, Measure, Metric, Moment, Stage, When};
use crate::text::Bilingual;

/// An observed value as it is typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct FigureText<'t> {
    /// The amount, as in `at least 88.5%`.
    pub value: &'t str,
    /// The time it refers to.
    pub on: &'t str,
    /// What it says of the true value; `exact` where nothing is said.
    pub bound: Option<&'t str>,
    /// The document it was found in.
    pub source: Option<&'t str>,
    /// How sure the author is of it.
    pub grade: Option<&'t str>,
}

/// Which part of a value something is wrong with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigurePart {
    /// The amount.
    Value,
    /// The date or year it was measured.
    On,
    /// The bound, such as `at least`.
    Bound,
    /// The source.
    Source,
    /// How sure the author is.
    Grade,
}

/// A value as its metric takes one.
///
/// # Errors
/// The first part that is not taken, and what would be.
pub fn figure(metric: &Metric, text: FigureText<'_>) -> Result<RecordedFigure, (FigurePart, RefusedText)> {
    let at = |part| move |refused| (part, refused);
    let named = text.bound.map(|bound| word(bound, Bound::ALL, Bound::word)).transpose();
    let named = named.map_err(at(FigurePart::Bound))?;
    let grade = text.grade.map(|grade| word(&grade.to_uppercase(), Grade::ALL, Grade::word));
    let (reading, typed) = reading(metric, text.value).map_err(at(FigurePart::Value))?;
    let bound = match (named, typed) {
        // A form always has a bound, and shows `exact` where nothing was chosen.
        (Some(Bound::Exact) | None, Some(typed)) => typed,
        (Some(named), Some(typed)) if named != typed => {
            let next = Bilingual::new(
                "数值里写的界限与这里选的不同：两处留一处",
                "the value was typed with another bound than the one chosen here: leave one of them",
            );
            return Err((FigurePart::Bound, RefusedText::new(named.word(), next)));
        }
        (named, _) => named.unwrap_or(Bound::Exact),
    };
    Ok(RecordedFigure {
        reading,
        when: when(text.on).map_err(at(FigurePart::On))?,
        bound,
        source: text.source.map(words).transpose().map_err(at(FigurePart::Source))?,
        grade: grade.transpose().map_err(at(FigurePart::Grade))?,
        quote: None,
    })
}

/// What was typed, and the bound that was typed with it.
fn reading(metric: &Metric, text: &str) -> Result<(RecordedAmount, Option<Bound>), RefusedText> {
    let text = text.trim();
    let on_scale = metric.scale.iter().any(|step| step.label.iter().any(|(_, wording)| wording == text));
    let amount = match metric.measure {
        Measure::Milestone => word(text, Stage::ALL, Stage::word).map(RecordedAmount::Stage),
        Measure::Qualitative => words(text).map(RecordedAmount::Label),
        Measure::Ordinal if on_scale || metric.scale.is_empty() => words(text).map(RecordedAmount::Label),
        Measure::Ordinal => step_of_scale(metric, text),
        Measure::Unit | Measure::Percentage | Measure::Rank => return number(metric, text),
    };
    amount.map(|amount| (amount, None))
}

fn step_of_scale(metric: &Metric, text: &str) -> Result<RecordedAmount, RefusedText> {
    let found = Decimal::parse(&input::plain(text))
        .filter(|number| metric.scale.iter().any(|step| (step.value.value - number.value).abs() < 1e-9));
    found.map(RecordedAmount::Number).ok_or_else(|| {
        let steps: Vec<String> = metric.scale.iter().map(|step| step.value.to_string()).collect();
        let list = steps.join(", ");
        RefusedText::new(
            text,
            Bilingual::new(format!("量表的一级：{list}"), format!("a step of the scale: {list}")),
        )
    })
}

/// A number or a range (`35..45`, 35—45%), within what the measure can be, and the bound that was typed with
/// it.
fn number(metric: &Metric, text: &str) -> Result<(RecordedAmount, Option<Bound>), RefusedText> {
    let refused = |text: &str| {
        let next = Bilingual::new(
            "写作数字（95.2），或范围（35..45）",
            "write a number (95.2), or a range (35..45)",
        );
        RefusedText::new(text, next)
    };
    let fits = |typed: &TypedNumber| -> Result<(), RefusedText> {
        let is_unit = match metric.measure {
            Measure::Percentage => matches!(typed.unit.as_str(), "" | "%"),
            _ => {
                let is_own = |own: &str| own == typed.unit;
                typed.unit.is_empty() || metric.unit.iter().any(|(_, own)| is_own(own))
            }
        };
        if !is_unit {
            return Err(refused(text));
        }
        in_range(metric, typed.value).map_or(Ok(()), |next| Err(RefusedText::new(text, next)))
    };
    // The unit as the plan writes it may be any words.
    let plain = input::plain(text);
    let units = metric.unit.iter().filter_map(|(_, unit)| plain.strip_suffix(unit));
    let bare = units.filter(|bare| !bare.trim().is_empty()).min_by_key(|bare| bare.len());
    for text in bare.into_iter().chain([plain.as_str()]) {
        if let Some(typed) = input::number(text) {
            fits(&typed)?;
            return Ok((RecordedAmount::Number(typed.value), typed.bound));
        }
        if let Some((from, to)) = input::range(text) {
            fits(&from)?;
            fits(&to)?;
            if from.value.value > to.value.value {
                let next = Bilingual::new("范围从小到大", "a range goes from the smaller to the greater");
                return Err(RefusedText::new(text, next));
            }
            return Ok((RecordedAmount::Range(from.value, to.value), from.bound));
        }
    }
    Err(refused(text))
}

/// What is wrong with a number, if anything.
fn in_range(metric: &Metric, number: Decimal) -> Option<Bilingual> {
    match metric.measure {
        Measure::Percentage if number.value > 100.0 && !metric.gross => {
            Some(Bilingual::new("百分比不超过 100", "a percentage is at most 100"))
        }
        Measure::Rank if number.value < 1.0 || number.value.fract() != 0.0 => {
            Some(Bilingual::new("名次是 1 以上的整数", "a rank is a whole number from 1 up"))
        }
        _ => None,
    }
}

/// A year, month or day, or two of them with `..` between for a period.
///
/// # Errors
/// Where it is no such time.
pub fn when(text: &str) -> Result<When, RefusedText> {
    let read = match dates::period(text) {
        Some((from, to)) => (from.year() <= to.year()).then_some(When::Period(from, to)),
        None => dates::moment(text).map(When::At),
    };
    read.ok_or_else(|| {
        let next = Bilingual::new(
            "写作 2025、2025-10 或 2025-10-20；时段写作 2021..2025",
            "write 2025, 2025-10 or 2025-10-20; a period as 2021..2025",
        );
        RefusedText::new(text, next)
    })
}

/// A year, month or day.
///
/// # Errors
/// Where it is none.
pub fn moment(text: &str) -> Result<Moment, RefusedText> {
    dates::moment(text).ok_or_else(|| {
        RefusedText::new(
            text,
            Bilingual::new("写作 2025、2025-10 或 2025-10-20", "write 2025, 2025-10 or 2025-10-20"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;
    use rstest::rstest;

    #[rstest]
    #[case("2025", Some(When::At(Moment::Year(2025))))]
    #[case("2025-10", Some(When::At(Moment::Month(2025, 10))))]
    #[case("2021..2025", Some(When::Period(Moment::Year(2021), Moment::Year(2025))))]
    #[case("２０２５", Some(When::At(Moment::Year(2025))))]
    #[case("2025年", Some(When::At(Moment::Year(2025))))]
    #[case("2025年3月", Some(When::At(Moment::Month(2025, 3))))]
    #[case("２０２５年１２月", Some(When::At(Moment::Month(2025, 12))))]
    #[case("2021年..2025年", Some(When::Period(Moment::Year(2021), Moment::Year(2025))))]
    #[case("Mar 2025", Some(When::At(Moment::Month(2025, 3))))]
    #[case("2021—2025年", Some(When::Period(Moment::Year(2021), Moment::Year(2025))))]
    #[case("2021–2025", Some(When::Period(Moment::Year(2021), Moment::Year(2025))))]
    #[case("2025月", None)]
    #[case("年", None)]
    #[case("2025..2021", None)]
    #[case("2025-13", None)]
    #[case("last year", None)]
    fn a_time_is_as_precise_as_it_is_written(#[case] text: &str, #[case] expected: Option<When>) {
        assert_eq!(when(text).ok(), expected);
    }

    fn metric(measure: Measure, zh: &str, en: &str) -> Metric {
        Metric { measure, unit: Text::new(vec![zh.into(), en.into()]), ..Metric::default() }
    }

    #[rstest]
    #[case("8.4万", "84000", Bound::Exact)]
    #[case("84,000 people", "84000", Bound::Exact)]
    #[case("8.4万人", "84000", Bound::Exact)]
    #[case("1.23456万", "12345.6", Bound::Exact)]
    #[case("超8.4万人", "84000", Bound::MoreThan)]
    #[case("at least 84,000 people", "84000", Bound::AtLeast)]
    #[case("约 88", "88", Bound::About)]
    #[case("不少于 90", "90", Bound::AtLeast)]
    #[case("－6.50", "-6.50", Bound::Exact)]
    #[case("35..45", "35..45", Bound::Exact)]
    #[case("35—45人", "35..45", Bound::Exact)]
    #[case("35–45 people", "35..45", Bound::Exact)]
    fn a_number_is_read_as_people_type_it(#[case] text: &str, #[case] expected: &str, #[case] bound: Bound) {
        let found = number(&metric(Measure::Unit, "人", "people"), text).unwrap();
        let shown = match found.0 {
            RecordedAmount::Number(number) => number.to_string(),
            RecordedAmount::Range(from, to) => format!("{from}..{to}"),
            other => panic!("{other:?}"),
        };
        assert_eq!((shown.as_str(), found.1.unwrap_or(Bound::Exact)), (expected, bound));
    }

    #[rstest]
    #[case(Measure::Unit, "88%")]
    #[case(Measure::Percentage, "88个百分点")]
    #[case(Measure::Percentage, "101")]
    #[case(Measure::Unit, "45..35")]
    #[case(Measure::Unit, "几万")]
    fn what_the_measure_cannot_be_is_refused(#[case] measure: Measure, #[case] text: &str) {
        assert!(number(&metric(measure, "人", "people"), text).is_err());
    }

    #[test]
    fn a_bound_that_is_typed_and_another_that_is_chosen_are_not_guessed_between() {
        let text =
            FigureText { value: "约 88", on: "2025", bound: Some("at-least"), source: None, grade: None };
        let (part, _) = figure(&metric(Measure::Unit, "人", "people"), text).unwrap_err();
        assert_eq!(part, FigurePart::Bound);
        let same = FigureText { bound: Some("about"), ..text };
        assert_eq!(figure(&metric(Measure::Unit, "人", "people"), same).unwrap().bound, Bound::About);
    }

    #[test]
    fn a_refusal_shows_the_form() {
        let refused = when("soon").unwrap_err();
        assert!(refused.value == "soon" && refused.next.en.contains("2025-10-20"), "{refused:?}");
    }
}
