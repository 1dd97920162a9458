//! What can be said of a metric without a target, in the JSON export: its trend, and how far it is from others.

use super::item::JsonItem;
use super::shape::{JsonObject, JsonType};
use super::verdict::rounded;
use crate::plan::figure;
use crate::progress::series::Reading;
use crate::progress::{Distance, Trend, Turn};
use crate::text::Ui;
use crate::text::words::VocabularyWord;

/// Which way a metric's figures went.
pub(super) fn trend() -> JsonObject {
    let number = || JsonType::Number;
    let keys = [
        (
            "turn",
            JsonType::words(Turn::NAMES).or_null(),
            "Better, worse or flat in the wanted direction; null where that is not known",
        ),
        ("from", number(), "The earliest comparable value"),
        ("from_when", JsonType::String, "Its time"),
        ("to", number(), "The latest actual"),
        ("to_when", JsonType::String, "Its time"),
        ("change", number(), "`to` less `from`, in the metric's unit"),
        ("per_year", number(), "The change per year"),
        ("slope", number().or_null(), "Slope of the least-squares line, per year; from four values on"),
        ("points", JsonType::Whole, "How many values there are"),
    ];
    JsonObject::new(
        "trend",
        "From the first comparable value to the last. Computed numbers have six decimals.",
        keys,
    )
}

pub(super) fn trend_entries<'p>(trend: &Trend) -> Vec<(&'p str, JsonItem<'p>)> {
    let when = |reading: &Reading| JsonItem::Line(figure::when(reading.when, Ui::En).into());
    let number = |number: f64| JsonItem::Float(rounded(number));
    vec![
        ("turn", trend.turn.map_or(JsonItem::Nothing, JsonItem::word)),
        ("from", number(trend.first.written())),
        ("from_when", when(&trend.first)),
        ("to", number(trend.last.written())),
        ("to_when", when(&trend.last)),
        ("change", number(trend.change)),
        ("per_year", number(trend.per_year)),
        ("slope", trend.slope.map_or(JsonItem::Nothing, number)),
        ("points", JsonItem::Whole(i64::try_from(trend.points).unwrap_or(i64::MAX))),
    ]
}

/// How far a metric is from another's value.
pub(super) fn distance() -> JsonObject {
    let number = || JsonType::Number;
    let keys = [
        ("comparator", JsonType::Whole, "Which of `comparators`, counted from 0"),
        ("other", number(), "The comparator's value"),
        ("own", number(), "The metric's own: of the same time where there is one, else the latest"),
        ("own_when", JsonType::String, "Its time"),
        (
            "difference",
            number().or_null(),
            "`own` less `other`: in points for percentages, else in per cent of `other`; null where the two are not of one stated time",
        ),
    ];
    JsonObject::new("distance", "How far a metric is from another's value.", keys)
}

pub(super) fn distance_entries<'p>(distance: &Distance) -> Vec<(&'p str, JsonItem<'p>)> {
    let number = |number: f64| JsonItem::Float(rounded(number));
    vec![
        ("comparator", JsonItem::Whole(i64::try_from(distance.comparator).unwrap_or(i64::MAX))),
        ("other", number(distance.other)),
        ("own", number(distance.own.written())),
        ("own_when", JsonItem::Line(figure::when(distance.own.when, Ui::En).into())),
        ("difference", distance.difference.map_or(JsonItem::Nothing, number)),
    ]
}
