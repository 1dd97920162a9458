//! What a figure would change of a metric.

use super::known::{KnownRole, KnownValue};
use crate::figures::{FigureKind, TextFigure};
use crate::plan::SourceId;
use crate::text::words::words;

words!(
    /// What taking a figure in would come to.
    Would {
        NewValue = "new-value" ("新的数值", "a new value"),
        /// The document's own value stands in the plan already.
        Same = "same" ("已有，同一来源", "there already, from this source"),
        OtherSource = "other-source" ("已有，另一来源", "there already, from another source"),
        Conflict = "conflict" ("与已有数值冲突", "in conflict with a value"),
        /// A value for a time before those that are known.
        Earlier = "earlier" ("更早时间的数值", "a value of an earlier time"),
        Target = "target" ("目标", "a target"),
        /// Nothing near, or it is not clear what it speaks of.
        None = "none" ("附近没有", "nothing near"),
    }
);

/// What a figure would change of a metric with these values. `is` is the source that the document is, and
/// `year` the present one.
pub fn would(figure: &TextFigure, values: &[KnownValue], is: Option<SourceId>, year: i16) -> Would {
    let repeated = |value: &&KnownValue| value.is_equal(figure) || value.is_covered_by(figure);
    let in_time = |value: &&KnownValue| figure.time.is_none_or(|time| value.may_be_of(time));
    let ahead = figure.time.is_some_and(|time| time.year() > year);
    let role = if figure.is_aim || ahead { KnownRole::Target } else { KnownRole::Actual };
    let of_role = || values.iter().filter(|value| value.role == role);
    let told = |value: &KnownValue| match is {
        Some(source) if value.sources.contains(&source) => Would::Same,
        _ => Would::OtherSource,
    };
    if let Some(value) = of_role().filter(in_time).find(repeated) {
        return told(value);
    }
    if role == KnownRole::Target {
        // "…将达到95.2%" of what is reached already is known all the same.
        let reached = values.iter().filter(|value| value.role == KnownRole::Actual && figure.time.is_some());
        if let Some(value) = reached.filter(in_time).find(repeated).filter(|_| !ahead) {
            return told(value);
        }
        let rival = of_role()
            .any(|value| figure.time.is_some_and(|time| value.years().is_some() && value.may_be_of(time)));
        return if rival { Would::Conflict } else { Would::Target };
    }
    if figure.kind == FigureKind::ChangeBy
        && !values.iter().any(|value| value.is_increment)
        && figure.unit == "pp"
    {
        return Would::NewValue;
    }
    let known = || of_role().filter(|value| !value.is_increment && value.years().is_some());
    let Some(time) = figure.time else {
        return Would::NewValue;
    };
    let exact = |value: &&KnownValue| !matches!(value.when, crate::plan::metric::When::Announced(_));
    if known().filter(exact).any(|value| value.may_be_of(time))
        || known().any(|value| value.years().is_some_and(|(_, last)| last == time.year()))
    {
        return Would::Conflict;
    }
    let newest = known().filter_map(KnownValue::years).map(|(_, last)| last).max();
    match newest {
        Some(newest) if time.year() < newest => Would::Earlier,
        _ => Would::NewValue,
    }
}
