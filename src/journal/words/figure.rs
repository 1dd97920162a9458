//! An observed value as it is typed, read the way its metric takes one.

use super::{RefusedText, plain, word, words};
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
    let bound = text.bound.map(|bound| word(bound, Bound::ALL, Bound::word));
    let grade = text.grade.map(|grade| word(&grade.to_uppercase(), Grade::ALL, Grade::word));
    Ok(RecordedFigure {
        reading: reading(metric, text.value).map_err(at(FigurePart::Value))?,
        when: when(text.on).map_err(at(FigurePart::On))?,
        bound: bound.transpose().map_err(at(FigurePart::Bound))?.unwrap_or(Bound::Exact),
        source: text.source.map(words).transpose().map_err(at(FigurePart::Source))?,
        grade: grade.transpose().map_err(at(FigurePart::Grade))?,
    })
}

fn reading(metric: &Metric, text: &str) -> Result<RecordedAmount, RefusedText> {
    let text = text.trim();
    let on_scale = metric.scale.iter().any(|step| step.label.iter().any(|(_, wording)| wording == text));
    match metric.measure {
        Measure::Milestone => word(text, Stage::ALL, Stage::word).map(RecordedAmount::Stage),
        Measure::Qualitative => words(text).map(RecordedAmount::Label),
        Measure::Ordinal if on_scale || metric.scale.is_empty() => words(text).map(RecordedAmount::Label),
        Measure::Ordinal => step_of_scale(metric, text),
        Measure::Unit | Measure::Percentage | Measure::Rank => number(metric, text),
    }
}

fn step_of_scale(metric: &Metric, text: &str) -> Result<RecordedAmount, RefusedText> {
    let found = Decimal::parse(&plain(text))
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

/// What 万 and 亿 behind a number make of it.
const MULTIPLES: [(char, &str); 2] = [('万', "e4"), ('亿', "e8")];

/// A number as it is typed: `8,4000`, `8.4万`.
fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim().replace(',', "");
    let multiple = MULTIPLES.iter().find_map(|(word, power)| Some((text.strip_suffix(*word)?, power)));
    // The power is only for what the word stood behind.
    match multiple {
        Some((number, _)) if number.contains(['e', 'E']) => None,
        Some((number, power)) => Decimal::parse(&format!("{}{power}", number.trim())),
        None => Decimal::parse(&text),
    }
}

/// A number or a range (`35..45`), within what the measure can be.
fn number(metric: &Metric, text: &str) -> Result<RecordedAmount, RefusedText> {
    let typed = plain(text);
    let one = |text: &str| {
        let bare = match metric.measure {
            Measure::Percentage => text.strip_suffix('%').unwrap_or(text),
            _ => text,
        };
        let number = decimal(bare).ok_or_else(|| {
            let next = Bilingual::new(
                "写作数字（95.2），或范围（35..45）",
                "write a number (95.2), or a range (35..45)",
            );
            RefusedText::new(text, next)
        })?;
        in_range(metric, number).map_or(Ok(number), |next| Err(RefusedText::new(text, next)))
    };
    match typed.split_once("..") {
        Some((from, to)) => {
            let (from, to) = (one(from)?, one(to)?);
            if from.value > to.value {
                let next = Bilingual::new("范围从小到大", "a range goes from the smaller to the greater");
                return Err(RefusedText::new(text, next));
            }
            Ok(RecordedAmount::Range(from, to))
        }
        None => one(&typed).map(RecordedAmount::Number),
    }
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
    let one = |text: &str| moment(text).ok();
    let read = match plain(text).split_once("..") {
        Some((from, to)) => one(from)
            .zip(one(to))
            .filter(|(from, to)| from.year() <= to.year())
            .map(|(from, to)| When::Period(from, to)),
        None => one(text).map(When::At),
    };
    read.ok_or_else(|| {
        let next = Bilingual::new(
            "写作 2025、2025-10 或 2025-10-20；时段写作 2021..2025",
            "write 2025, 2025-10 or 2025-10-20; a period as 2021..2025",
        );
        RefusedText::new(text, next)
    })
}

/// A time written with 年, 月 and 日 as one with dashes: `2025年3月` is `2025-03`. Anything else stays as it is.
fn dashed(text: &str) -> String {
    let parts: Vec<&str> = text.split_inclusive(['年', '月', '日']).collect();
    let numbers: Option<Vec<&str>> =
        parts.iter().zip(['年', '月', '日']).map(|(part, word)| part.strip_suffix(word)).collect();
    match numbers {
        Some(numbers) if numbers.len() == parts.len() && !parts.is_empty() => {
            let numbers: Vec<String> =
                numbers.iter().map(|number| format!("{:0>2}", number.trim())).collect();
            numbers.join("-")
        }
        _ => text.to_owned(),
    }
}

/// A year, month or day.
///
/// # Errors
/// Where it is none.
pub fn moment(text: &str) -> Result<Moment, RefusedText> {
    Moment::parse(&dashed(&plain(text))).ok_or_else(|| {
        RefusedText::new(
            text,
            Bilingual::new("写作 2025、2025-10 或 2025-10-20", "write 2025, 2025-10 or 2025-10-20"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
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
    #[case("2025月", None)]
    #[case("年", None)]
    #[case("2025..2021", None)]
    #[case("2025-13", None)]
    #[case("last year", None)]
    fn a_time_is_as_precise_as_it_is_written(#[case] text: &str, #[case] expected: Option<When>) {
        assert_eq!(when(text).ok(), expected);
    }

    #[rstest]
    #[case("8.4万", Some("84000"))]
    #[case("８．４万", Some("84000"))]
    #[case("1.23456万", Some("12345.6"))]
    #[case("2.5 亿", Some("250000000"))]
    #[case("３，２４７", Some("3247"))]
    #[case("−6.5", Some("-6.5"))]
    #[case("－6.50", Some("-6.50"))]
    #[case("95.20", Some("95.20"))]
    #[case("1e3万", None)]
    #[case("万", None)]
    #[case("几万", None)]
    fn a_number_is_read_as_people_type_it(#[case] text: &str, #[case] expected: Option<&str>) {
        let found = decimal(&plain(text)).map(|number| number.to_string());
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn a_refusal_shows_the_form() {
        let refused = when("soon").unwrap_err();
        assert!(refused.value == "soon" && refused.next.en.contains("2025-10-20"), "{refused:?}");
    }
}
