//! What can be said without a target: the trend, and the distance from others' values.

use super::super::block::Pair;
use super::super::reader::PageReader;
use crate::plan::figure::{self, places_for, rounded};
use crate::plan::metric::{Measure, Metric, Value};
use crate::progress::{Distance, Reading, Trend};
use crate::text::Ui;
use crate::text::clean::one_line;

impl PageReader<'_> {
    /// "better: 60 (2015) → 70.5 (2025), 1.05 points a year".
    pub(super) fn trend(&self, metric: &Metric, trend: &Trend) -> Pair {
        self.worded("趋势", "trend", |one| {
            let ui = one.ui;
            let (first, last) = (dated(&trend.first, ui), dated(&trend.last, ui));
            let turn = trend.turn.map_or("", |turn| turn.label(ui));
            let number = rounded(trend.per_year, places_for(trend.per_year, 2));
            let points = metric.measure == Measure::Percentage;
            let unit = if points { ui.pick(" 个百分点", " points") } else { "" };
            ui.pick(
                format!("{turn}：{first} → {last}，年均{number}{unit}"),
                format!("{turn}: {first} → {last}, {number}{unit} a year"),
            )
        })
    }

    /// "3 points above 67.5 (the nation)", or both side by side.
    pub(super) fn distance(&self, metric: &Metric, distance: &Distance) -> Option<Pair> {
        let other = metric.comparators.get(distance.comparator)?;
        Some(self.worded("对照", "beside", |one| {
            let ui = one.ui;
            let whose =
                other.whose.as_deref().map(|whose| one_line(whose.get_or_first(one.show.main()).text));
            let whose = whose.unwrap_or_else(|| ui.pick("对照值", "comparator").into());
            let theirs = figure::told(distance.other, 4, ui);
            match distance.difference {
                Some(apart) => apart_from(metric, apart, (&theirs, &whose), ui),
                None => side_by_side(distance, other, (&theirs, &whose), ui),
            }
        }))
    }
}

fn dated(reading: &Reading, ui: Ui) -> String {
    let number = figure::told(reading.written(), usize::from(reading.places), ui);
    format!("{} ({})", figure::bounded(&number, reading.bound, ui), figure::when(reading.when, ui))
}

fn apart_from(metric: &Metric, apart: f64, (theirs, whose): (&str, &str), ui: Ui) -> String {
    let by = match metric.measure {
        Measure::Percentage => figure::points(apart, ui),
        _ => format!("{}%", rounded(apart.abs(), places_for(apart, 1))),
    };
    match apart {
        _ if apart == 0.0 => {
            ui.pick(format!("与{theirs}（{whose}）相同"), format!("the same as {theirs} ({whose})"))
        }
        apart if apart > 0.0 => {
            ui.pick(format!("高于{theirs}（{whose}）达{by}"), format!("{by} above {theirs} ({whose})"))
        }
        _ => ui.pick(format!("低于{theirs}（{whose}）达{by}"), format!("{by} below {theirs} ({whose})")),
    }
}

fn side_by_side(distance: &Distance, other: &Value, (theirs, whose): (&str, &str), ui: Ui) -> String {
    let own = figure::told(distance.own.written(), 4, ui);
    let (when, then) = (figure::when(distance.own.when, ui), figure::when(other.when, ui));
    ui.pick(
        format!("{own}（{when}）；{whose} {theirs}（{then}）；不是同一时间，不算差距"),
        format!("{own} ({when}); {whose} {theirs} ({then}); not of one stated time, so no difference"),
    )
}
