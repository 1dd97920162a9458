//! Parts of the sentences of verdicts: figures, differences and times as each language writes them.

use super::case::MetricCase;
use super::interval_corner::IntervalCorner;
use super::series::Reading;
use super::time;
use crate::plan::figure::{self, rounded};
use crate::plan::metric::{Bound, Measure, When};
use crate::text::clean::one_line;
use crate::text::{Bilingual, Text, Ui};

/// A difference, with noise of the arithmetic taken for 0.
pub(super) fn apart(one: f64, other: f64) -> f64 {
    let difference = one - other;
    if difference.abs() <= 1e-12 * one.abs().max(other.abs()) { 0.0 } else { difference }
}

/// How far the actual is from the target, without its sign.
pub(super) fn gap(case: &MetricCase<'_>, main: &IntervalCorner) -> Bilingual {
    difference(case, apart(main.target, main.actual))
}

/// A difference in the metric's own terms: points of a percentage, places of a rank.
pub(super) fn difference(case: &MetricCase<'_>, difference: f64) -> Bilingual {
    let unit = told(case, &case.metric.unit);
    let percent = [&unit.zh, &unit.en].into_iter().any(|unit| matches!(unit.trim(), "%" | "％"));
    if case.metric.measure == Measure::Percentage || percent {
        return Bilingual::new(figure::points(difference, Ui::Zh), figure::points(difference, Ui::En));
    }
    let unit = if case.metric.measure == Measure::Unit { unit } else { Bilingual::new("", "") };
    let shown = number(difference.abs());
    Bilingual::new(
        figure::with_unit(&shown.zh, &unit.zh, Ui::Zh),
        figure::with_unit(&shown.en, &unit.en, Ui::En),
    )
}

/// A text of the plan in the program's languages, as far as it has them.
pub(super) fn told(case: &MetricCase<'_>, text: &Text) -> Bilingual {
    let wording = |tag: &str| {
        let own = case.plan.lang(tag).and_then(|lang| text.get(lang));
        one_line(own.unwrap_or_default()).into_owned()
    };
    Bilingual::new(wording("zh"), wording("en"))
}

/// A figure as each language writes it.
pub(super) fn number(value: f64) -> Bilingual {
    Bilingual::new(figure::told(value, 4, Ui::Zh), figure::told(value, 4, Ui::En))
}

/// A share in per cent, with one decimal, or three digits where it is small.
pub(super) fn percent(share: f64) -> String {
    let share = share * 100.0;
    rounded(share, figure::places_for(share, 1))
}

/// A reading's figure: with the words of its bound where it is open upwards, else from end to end.
pub(super) fn shown(reading: &Reading) -> Bilingual {
    if reading.bound == Bound::AtLeast || reading.bound == Bound::MoreThan {
        let written = number(reading.written());
        let bounded = |text: &str, ui| figure::bounded(text, reading.bound, ui);
        return Bilingual::new(bounded(&written.zh, Ui::Zh), bounded(&written.en, Ui::En));
    }
    let (low, high) = (number(reading.amount.lo()), number(reading.amount.hi()));
    let joined =
        |low: String, high: String, dash: &str| if low == high { low } else { format!("{low}{dash}{high}") };
    Bilingual::new(joined(low.zh, high.zh, "—"), joined(low.en, high.en, "–"))
}

pub(super) fn when(when: When) -> Bilingual {
    Bilingual::new(figure::when(when, Ui::Zh), figure::when(when, Ui::En))
}

/// The month of a time in decimal years; the year alone where no calendar reaches.
pub(super) fn month(at: f64) -> Bilingual {
    match time::month_of(at) {
        Some(month) => Bilingual::new(figure::moment(month, Ui::Zh), figure::moment(month, Ui::En)),
        None => Bilingual::new(format!("{at:.0}年"), format!("{at:.0}")),
    }
}

/// Two parts as one sentence; Chinese takes its own marks.
pub(super) fn both(first: &Bilingual, mark: &str, second: &Bilingual) -> Bilingual {
    let zh = match mark {
        "," => "，",
        ";" => "；",
        _ => "：",
    };
    Bilingual::new(format!("{}{zh}{}", first.zh, second.zh), format!("{}{mark} {}", first.en, second.en))
}

/// "4.3 years late", "0.6 years early", "on time". What is late is never called on time.
pub(super) fn lateness(years: f64) -> Bilingual {
    let shown = rounded(years.abs(), 1);
    match years {
        late if shown == "0" && late > 1e-6 => Bilingual::new("晚不到0.1年", "less than 0.1 years late"),
        _ if shown == "0" => Bilingual::new("按期", "on time"),
        late if late > 0.0 => Bilingual::new(format!("晚{shown}年"), format!("{shown} years late")),
        _ => Bilingual::new(format!("早{shown}年"), format!("{shown} years early")),
    }
}

/// "4 points below the target of 95".
pub(super) fn beside(case: &MetricCase<'_>, from: f64, other: f64, (zh, en): (&str, &str)) -> Bilingual {
    let named = number(other);
    let named = Bilingual::new(format!("{zh}{}", named.zh), format!("the {en} of {}", named.en));
    beside_named(case, apart(from, other), &named)
}

/// "1 point above the 60 expected by then".
pub(super) fn beside_expected(case: &MetricCase<'_>, from: f64, expected: f64) -> Bilingual {
    let named = number(expected);
    let named =
        Bilingual::new(format!("此时应达的{}", named.zh), format!("the {} expected by then", named.en));
    beside_named(case, apart(from, expected), &named)
}

/// "3 points above 67.5 (the nation)".
pub(super) fn beside_other(case: &MetricCase<'_>, own: f64, other: f64, whose: &Bilingual) -> Bilingual {
    let named = number(other);
    let named =
        Bilingual::new(format!("{}（{}）", named.zh, whose.zh), format!("{} ({})", named.en, whose.en));
    beside_named(case, apart(own, other), &named)
}

fn beside_named(case: &MetricCase<'_>, by: f64, named: &Bilingual) -> Bilingual {
    if by == 0.0 {
        return Bilingual::new(format!("与{}相同", named.zh), format!("the same as {}", named.en));
    }
    let (apart, above) = (difference(case, by), by > 0.0);
    Bilingual::new(
        format!("{}{}达{}", if above { "高于" } else { "低于" }, named.zh, apart.zh),
        format!("{} {} {}", apart.en, if above { "above" } else { "below" }, named.en),
    )
}
